"""Lists are read in a process of their own: within limits, without anything of the bot's, and none is left behind."""

import asyncio
import os
import signal
import subprocess
import sys
import tempfile
import textwrap
from contextlib import suppress
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.core.class_links.expected import ExpectedList, Fault, RosterUnusable, RowFault
from bot.documents.limits import MOST_BYTES
from bot.documents.reading import PROGRAM, ReadingLimits, ReadRosters
from tests.fakes import FakeClock
from tests.integration.hostile_lists import (
    of_the_largest_school,
    packed,
    quoted,
    unclosed,
    varied,
    wide,
    wide_package,
)
from tests.integration.processes import alive, children, gone, resident
from tests.shapes import CANARIES
from tests.unit.documents.test_rosters import CODE, DATED, read, sds

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
ROOT = Path(__file__).parents[2]


def reader(**options) -> ReadRosters:
    return ReadRosters(domain="edu.mon.bg", clock=FakeClock(), zone=ZoneInfo("Europe/Sofia"), **options)


def python(code: str) -> tuple[str, ...]:
    """A child of our own making; what follows are descriptor, bytes and seconds, as for the real one."""
    return (sys.executable, "-I", "-S", "-c", code)


async def reading(files: dict[str, bytes], of: ReadRosters | None = None) -> ExpectedList:
    return await (of or reader()).read(files, school_code=CODE, dated=DATED)


OTHERS: set[int] = set()
"""What this process had started before the test: the database server of other tests lives to the end."""


def born() -> set[int]:
    """Children of this test."""
    return children() - OTHERS


async def refused(files: dict[str, bytes], of: ReadRosters | None = None) -> Fault:
    with pytest.raises(RosterUnusable) as caught:
        await reading(files, of)
    assert not born()
    return caught.value.faults[0].fault


@pytest.fixture(autouse=True)
def places(tmp_path, monkeypatch):
    """Temporary files are made here, and nothing is left."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    OTHERS.clear()
    OTHERS.update(children())
    yield tmp_path
    assert list(tmp_path.iterdir()) == []
    assert not born()


@pytest.mark.parametrize(
    "files",
    [
        sds,
        lambda: {"a.zip": packed(sds())},
        of_the_largest_school,
        lambda: sds(users="sourcedId,username\nt1,a@b.c\n"),
        lambda: sds(
            enrollments="classSourcedId,userSourcedId,role,beginDate,endDate\n101,t1,teacher,,2031-01-31\n"
            "101,t2,teacher,2031-02-01,2099-12-31\n101,s1,student,,2031-06-30\n"
        ),
    ],
    ids=["plain", "packed", "the largest school", "no rows", "days to come"],
)
async def test_what_the_child_reads_is_what_stands_there(files):
    found = await reading(files())
    assert found == read(files())


@pytest.mark.parametrize("number", CANARIES)
async def test_no_identifier_of_a_list_is_kept_wherever_it_stands(number):
    """The register's id of a person may be the ЕГН; without a username it would be taken for one."""
    files = sds(
        users=f"sourcedId,username,givenName,familyName\n{number},,Мая,Пробна\n2,b.b@edu.mon.bg,Ива,Втора {number}\n",
        classes=f"sourcedId,orgSourcedId,title\n101,2990001,Музика {number} - 5 б\n",
        enrollments=f"classSourcedId,userSourcedId,role\n101,{number},teacher\n101,2,teacher\n",
    )
    found = await reading(files)

    said = [*found.names.values(), *found.names, *(row.title for row in found.classes)]
    said += [one for row in found.classes for one in (*row.teachers, *row.students)]
    assert not [one for one in said if number in one]
    assert [(row.title, row.teachers) for row in found.classes] == [("Музика •••••• - 5 б", ("b.b",))]
    assert [(row.where, row.line, row.why) for row in found.rows] == [("users.csv", 2, RowFault.USERNAME)]


async def test_a_refusal_comes_back_as_one():
    assert await refused(sds(users="")) is Fault.NO_FILES
    assert await refused({"a.zip": b"no zip"}) is Fault.NOT_TEXT
    assert await refused({"orgs.csv": b"x" * (MOST_BYTES + 1)}) is Fault.TOO_LARGE


@pytest.mark.parametrize(
    "files",
    [
        pytest.param(lambda: {"a.zip": wide_package()}, marks=pytest.mark.long),
        lambda: sds() | {"users.csv": wide("users.csv")},
        lambda: sds() | {"classes.csv": quoted()},
        pytest.param(lambda: sds() | {"classes.csv": unclosed()}, marks=pytest.mark.long),
        pytest.param(lambda: sds() | {"users.csv": varied()}, marks=pytest.mark.long),
        lambda: {"a.zip": packed({"users.csv": b"0" * (MOST_BYTES + 1)})},
        lambda: {f"{name}.csv": raw * MOST_BYTES for name, raw in zip("abc", (b"x", b'"', b"\n"), strict=True)},
    ],
    ids=["wide package", "wide", "quoted", "unclosed", "varied", "bomb", "as many bytes as may be"],
)
async def test_what_is_made_to_cost_much_costs_the_child(files):
    """Each ends as a list or a refusal; how, is its own affair."""
    before = resident(os.getpid())
    with suppress(RosterUnusable):
        assert (await reading(files())).classes
    assert resident(os.getpid()) - before < 50 * 1024 * 1024


async def test_too_much_memory_is_an_answer():
    few = reader(limits=ReadingLimits(memory=48 * 1024 * 1024))
    assert await refused(sds() | {"users.csv": varied()}, few) is Fault.TOO_MUCH_MEMORY
    assert (await reading(sds(), few)).classes


async def test_too_much_time_is_an_answer():
    endless = reader(program=real("while True: pass"), limits=ReadingLimits(cpu=1, wall=600))
    assert await refused(sds(), endless) is Fault.TOO_SLOW


async def test_a_child_that_hangs_is_killed():
    hangs = reader(program=python("import time; time.sleep(600)"), limits=ReadingLimits(wall=0.5))
    assert await refused(sds(), hangs) is Fault.TOO_SLOW


async def test_a_child_that_will_not_be_asked_is_killed():
    stubborn = "import signal, time; [signal.signal(n, signal.SIG_IGN) for n in (2, 15)]; time.sleep(600)"
    assert await refused(sds(), reader(program=python(stubborn), limits=ReadingLimits(wall=0.5))) is Fault.TOO_SLOW


@pytest.mark.parametrize(
    "code",
    [
        "import os; os.kill(os.getpid(), 9)",
        "import os; os.kill(os.getpid(), 11)",
        "raise SystemExit(3)",
        "pass",
        "print('nonsense')",
        "print('{}')",
        "import os\nwhile True: os.write(1, b'x' * 65536)",
        "import os; os.close(1); os.close(0)",
    ],
)
async def test_a_child_that_ends_without_an_answer_is_broken(code):
    assert await refused(sds(), reader(program=python(code))) is Fault.BROKEN


async def test_a_program_that_is_not_there_is_broken():
    assert await refused(sds(), reader(program=("/nowhere/python",))) is Fault.BROKEN


async def test_the_child_gets_nothing_of_the_bots(monkeypatch):
    monkeypatch.setenv("GRAPH_CLIENT_SECRET", "not-for-children")
    told = (
        "import os, sys; sys.stdin.readline(); fds = sorted(map(int, os.listdir('/proc/self/fd')))[:-1];"
        "told = f'{sorted(set(os.environ) - {\"LC_CTYPE\"})} {len(fds)} {os.getcwd()} {sys.argv[1:]}';"
        'print(\'{"faults":[["empty","\' + told + \'",0,1]],"rows":[]}\')'
    )
    with open(__file__), pytest.raises(RosterUnusable) as caught:  # noqa: ASYNC230, PTH123 -- one more descriptor
        await reading(sds(), reader(program=python(told)))
    environment, descriptors, folder, *arguments = caught.value.faults[0].where.split(" ")
    assert (environment, descriptors, folder) == ("[]", "4", "/")  # its three, and the bytes
    assert len(arguments) == 3
    assert all(each.strip("[],'").isdigit() for each in arguments)


async def test_the_child_knows_the_rows_of_a_list_and_nothing_else_of_the_bot():
    look = (
        "roots = {name.partition('.')[0] for name in sys.modules} - set(sys.stdlib_module_names) - {'__main__'}\n"
        "ours = [name for name in sys.modules if name.startswith('bot.') and not name.startswith('bot.documents')]\n"
        "raise RosterUnusable(RosterFault(Fault.EMPTY, f'{sorted(roots)} {sorted(ours)}'))"
    )
    with pytest.raises(RosterUnusable) as caught:
        await reading(sds(), reader(program=real(look)))
    ours = ["bot.core", "bot.core.class_links", "bot.core.class_links.expected", "bot.core.school_year"]
    assert caught.value.faults[0].where == f"['bot'] {ours}"


def real(body: str) -> tuple[str, ...]:
    """The real child, with something else in the place of its reading."""
    start = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "import resource as r, bot.documents.child as child\n"
        "from bot.core.class_links.expected import Fault, RosterFault, RosterUnusable\n"
        f"def instead(descriptor, order):\n{textwrap.indent(body, '    ')}\n"
        "child._read = instead\n"
        "child.main(*map(int, sys.argv[2:]))"
    )
    return (*python(start), PROGRAM[-1])


async def test_limits_hold_before_a_byte_is_read():
    look = (
        "which = (r.RLIMIT_AS, r.RLIMIT_CPU, r.RLIMIT_CORE, r.RLIMIT_FSIZE, r.RLIMIT_NPROC)\n"
        "raise RosterUnusable(RosterFault(Fault.EMPTY, str([r.getrlimit(one)[0] for one in which])))"
    )
    with pytest.raises(RosterUnusable) as caught:
        await reading(sds(), reader(program=real(look)))
    assert caught.value.faults[0].where == str([ReadingLimits().memory, ReadingLimits().cpu, 0, 0, 0])


async def test_two_at_once_and_who_waits_too_long_is_told():
    limits = ReadingLimits(wall=1.5, patience=0.2)
    many = reader(program=python("import time; time.sleep(600)"), limits=limits)
    running = [asyncio.create_task(refused_quietly(many)) for _ in range(5)]
    await asyncio.sleep(0.1)
    most = len(born())
    faults = sorted(await asyncio.gather(*running))
    assert most == 2
    assert faults == sorted([Fault.BUSY] * 3 + [Fault.TOO_SLOW] * 2)
    assert (await reading(sds(), reader())).classes


async def refused_quietly(of: ReadRosters) -> Fault:
    with pytest.raises(RosterUnusable) as caught:
        await reading(sds(), of)
    return caught.value.faults[0].fault


async def test_who_waits_a_little_is_read():
    found = await asyncio.gather(*(reading(sds(), one) for one in [reader(limits=ReadingLimits(patience=60))] * 6))
    assert {len(each.classes) for each in found} == {2}


async def started() -> set[int]:
    for _ in range(500):
        if found := born():
            return found
        await asyncio.sleep(0.01)
    raise AssertionError("no child")


async def test_who_goes_away_leaves_no_child():
    task = asyncio.create_task(reading(sds(), reader(program=python("import time; time.sleep(600)"))))
    left = await started()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert not any(map(alive, left))


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
@pytest.mark.parametrize("busy", [True, False])
async def test_a_bot_that_is_killed_leaves_no_child(end: signal.Signals, busy: bool):
    """Whether the child is at work or has not been told yet what to do."""
    work = (
        "import asyncio, tests.integration.test_reading_in_a_child as here\n"
        "from bot.documents import children\n"
        f"if not {busy}:\n"
        "    async def never(child, order): await asyncio.sleep(600)\n"
        "    children._answer = never\n"
        "endless = here.reader(program=here.real('while True: pass'), limits=here.ReadingLimits(cpu=500, wall=600))\n"
        "async def main():\n"
        "    async with asyncio.TaskGroup() as group:\n"
        "        group.create_task(here.reading(here.sds(), endless))\n"
        "        await here.started()\n"
        "        print('started', flush=True)\n"
        "asyncio.run(main())"
    )
    bot = subprocess.Popen([sys.executable, "-c", work], cwd=ROOT, stdout=subprocess.PIPE)  # noqa: ASYNC220 -- the bot
    assert bot.stdout is not None
    assert await asyncio.to_thread(bot.stdout.readline) == b"started\n"
    await asyncio.sleep(0.2)
    left = children(bot.pid)
    assert left
    assert all(map(alive, left))
    os.kill(bot.pid, end)
    bot.wait()
    bot.stdout.close()
    assert await gone(left)
