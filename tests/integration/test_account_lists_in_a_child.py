"""Lists of accounts are read in a process of their own, and leave it without a number of anybody in clear."""

import asyncio
import os
import subprocess
import sys
import tempfile
import textwrap
import time
from contextlib import suppress
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.core.lists.model import AccountList, ColumnMeaning, ListFault, ListUnusable
from bot.core.lists.ports import AccountListReader, ListUpload
from bot.database.keys import DatabaseKeys, KeyedPseudonyms
from bot.documents import child
from bot.documents.account_list_answers import list_answer, list_taken
from bot.documents.account_list_reading import ReadAccountLists, program
from bot.documents.account_lists import read_account_lists
from bot.documents.children import ReadingChildren, ReadingLimits
from tests.corpus import good, hostile, sloppy
from tests.corpus.books import book, other_book, text
from tests.corpus.cases import BY, CODE, IVA, MAYA, PASSWORDS, PETAR, PUPILS, Case
from tests.fakes import FakeClock
from tests.integration.processes import children, resident
from tests.shapes import CANARIES

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
DATED = datetime(2026, 9, 14, 6, tzinfo=UTC)
ROOT = Path(__file__).parents[2]


def named(name: str) -> Case:
    return next(one for one in (*good.CASES, *sloppy.CASES, *hostile.CASES) if one.name == name)


@pytest.fixture
def pseudonyms() -> KeyedPseudonyms:
    return KeyedPseudonyms(DatabaseKeys.derive(b"k" * 32))


@pytest.fixture
def reader(pseudonyms):
    def made(limits: ReadingLimits | None = None, of: tuple[str, ...] = ()) -> AccountListReader:
        return ReadAccountLists(
            domain="edu.mon.bg",
            clock=FakeClock(),
            zone=ZoneInfo("Europe/Sofia"),
            pseudonyms=pseudonyms,
            children=ReadingChildren(limits),
            admit_synthetic=True,
            program=of,
        )

    return made


@pytest.fixture(autouse=True)
def nothing_left(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = children()
    yield
    assert list(tmp_path.iterdir()) == []
    assert children() == before


async def reading(of: AccountListReader, files, columns=None) -> AccountList:
    return await of.read(files, school_code=CODE, dated=DATED, columns=columns or {})


async def refused(of: AccountListReader, files) -> ListFault:
    with pytest.raises(ListUnusable) as caught:
        await reading(of, files)
    return caught.value.faults[0].fault


@pytest.mark.parametrize("name", ["class page", "exchange", "SDS packed", "numbers that are lost", "said twice"])
async def test_what_the_child_reads_is_what_stands_there(reader, pseudonyms, name):
    files = named(name).files()
    here = read_account_lists(files, school_code=CODE, by=BY, answers={})

    assert await reading(reader(), files) == list_taken(list_answer(here), CODE, DATED, pseudonyms.of)


async def test_a_number_leaves_as_a_pseudonym_and_is_that_of_every_other_room(reader, pseudonyms):
    found = await reading(reader(), named("class page").files())

    assert pseudonyms.of("egn", IVA.number) in found.people[0].identifiers
    assert not [one for one in PUPILS if one.number in str([(each.identifiers, each) for each in found.people])]


async def test_no_number_and_no_password_is_in_what_was_read_wherever_it_stood(reader, caplog):
    caplog.set_level("DEBUG")
    files = {
        f"{CANARIES[0]}.xlsx": book(
            (CANARIES[1], [("Име", "Профил", "Бел."), (f"Ива {CANARIES[2]}", IVA.username, PASSWORDS[0])])
        ),
        "тайни.csv": text(
            [("Кой", f"№ {CANARIES[3]}", "?"), *((one.name, one.name, PASSWORDS[0]) for one in PUPILS)]
        ),
        "без глави.csv": text([(one.name, one.name, PASSWORDS[2]) for one in PUPILS]),
        "глава.csv": text(
            [("Кой", "На кого", PASSWORDS[1]), *((one.name, one.name, PASSWORDS[3]) for one in PUPILS)]
        ),
        "акаунти.csv": text(
            [
                ("Име", "Потребителско име", "Клас"),
                (PETAR.name, f"{PETAR.username} {PASSWORDS[1]}", "5 б"),
                ("Потребител", "Office код"),
                (MAYA.username, PASSWORDS[2]),
                (f"ЕГН {CANARIES[0]}", PASSWORDS[1]),
            ]
        ),
        f"{CANARIES[4]}.csv": b"",
    }
    found = await reading(reader(), files)
    with pytest.raises(ListUnusable) as caught:
        await reading(reader(), {f"{CANARIES[0]}.csv": text([(PASSWORDS[0],), (PASSWORDS[1], "Парола")])})

    people = [(one.name, one.usernames) for one in found.people]
    shown = [(one.heads, one.rows) for one in found.questions]
    said = (
        f"{found!r} {people!r} {shown!r} {caught.value!r} {caught.value.faults!r} {caught.value.bad!r} {caplog.text}"
    )
    assert len(found.questions) == 3
    assert [name for _, (name, *_) in people] == [f"{one.username}@edu.mon.bg" for one in (IVA, PETAR, MAYA)]
    assert found.faults
    assert not [one for one in (*CANARIES, *PASSWORDS) if one.casefold() in said.casefold()]


async def test_columns_that_are_not_known_are_asked_once(reader):
    files = {**named("a table of which nobody knows").files(), "x.csv": named("openpyxl").files()["a.xlsx"]}
    asked = await reading(reader(), files)
    answer = {asked.questions[0].fingerprint: (ColumnMeaning.NAME, ColumnMeaning.NOTHING, ColumnMeaning.SECRET)}

    assert [one.heads for one in asked.questions] == [("Кой", "На кого", "Тайно")]
    assert {cell for row in asked.questions[0].rows for cell in row[2:]} == {"•••"}
    assert not (await reading(reader(), files, answer)).questions


async def test_as_much_as_was_ever_told_reaches_the_child_and_no_more_than_it_takes(reader):
    """Two hundred tables of 64 columns, and names of files as long as they may be."""
    told = {f"{n:032x}": (ColumnMeaning.IDENTIFIER,) * 64 for n in range(200)}
    files = {f"{n:02}{'а' * 190}.csv": text([("Име", "Профил"), (IVA.name, IVA.username)]) for n in range(90)}

    assert len((await reading(reader(), files, told)).people) == 1
    many = {f"{n:04}{'а' * 190}.csv": b"x" for n in range(600)}
    assert await refused(reader(), many) is ListFault.BROKEN


@pytest.mark.parametrize("ends", [True, False])
def test_an_order_is_read_in_pieces_and_only_whole(monkeypatch, ends):
    coming, asked = BytesIO(b"x" * 400_000 + b"\n" * ends), []

    def read(descriptor: int, count: int) -> bytes:
        asked.append(descriptor)
        return coming.read(min(count, 64 * 1024))

    monkeypatch.setattr("bot.documents.child.os.read", read)
    if ends:
        assert child._order() == b"x" * 400_000 + b"\n"
    else:
        with pytest.raises(SystemExit):
            child._order()
    assert len(asked) < 20


async def test_a_form_is_taken_apart_in_the_child(reader):
    body = (
        b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.csv"\r\n\r\n'
        + text([("Име", "Профил"), (IVA.name, IVA.username)])
        + b"\r\n--x--\r\n"
    )
    with tempfile.TemporaryFile(buffering=0) as content:
        content.write(body)
        found = await reading(reader(), ListUpload(content, "multipart/form-data; boundary=x"))
        assert [one.name for one in found.people] == [IVA.name]
        assert await refused(reader(), ListUpload(content, "text/plain")) is ListFault.NOT_A_FORM


@pytest.mark.parametrize(
    "files",
    [
        lambda: {"а.xlsx": hostile.laughs()},
        lambda: {"а.xlsx": hostile.at_the_end()},
        pytest.param(lambda: {"а.xlsx": hostile.long_list()}, marks=pytest.mark.long),
        pytest.param(lambda: {"а.xlsx": hostile.bomb()}, marks=pytest.mark.long),
        lambda: {"а.xlsx": other_book(("x", [["а" * 30_000] * 60] * 8))},
    ],
    ids=["laughs", "two far corners", "350,000 rows", "bomb", "large cells"],
)
async def test_what_is_made_to_cost_much_costs_the_child(reader, files):
    """Each ends as a list or a refusal; how, is its own affair."""
    before = resident(os.getpid())
    with suppress(ListUnusable):
        assert (await reading(reader(), files())).school_code == CODE
    assert resident(os.getpid()) - before < 50 * 1024 * 1024


def real(body: str) -> tuple[str, ...]:
    """The real child, with something else in the place of its reading."""
    given = program()
    instead = (
        "import bot.documents.account_list_child as child\n"
        f"def instead(descriptor, order):\n{textwrap.indent(body, '    ')}\n"
        "child._said = instead\n"
    )
    return (*given[:4], given[4].replace("main(*", f"{instead}main(*"), *given[5:])


async def test_the_end_of_memory_is_an_answer_in_whichever_language_it_is_met(reader):
    assert await refused(reader(of=real("import os; os.abort()")), {"a.csv": b"x"}) is ListFault.TOO_MUCH_MEMORY
    assert await refused(reader(of=real("bytearray(10**10)")), {"a.csv": b"x"}) is ListFault.TOO_MUCH_MEMORY


async def test_a_child_that_lies_or_hangs_is_broken_or_slow(reader):
    assert await refused(reader(of=real("return b'{}'")), {"a.csv": b"x"}) is ListFault.BROKEN
    slow = reader(ReadingLimits(wall=0.5), real("while True: pass"))
    assert await refused(slow, {"a.csv": b"x"}) is ListFault.TOO_SLOW


async def test_the_child_imports_the_two_libraries_and_what_a_list_is(reader):
    look = """
import sys
import bot.core.lists.model as m
roots = {name.partition(".")[0] for name in sys.modules if name[:2] != "_s"} - set(sys.stdlib_module_names)
ours = {".".join(name.split(".")[:3]) for name in sys.modules if name.startswith("bot.core.")}
where = f"{sorted(roots)} {sorted(ours)}"
fault = m.ListUnusable(m.ListFileFault(m.ListFault.NOBODY, where))
return sys.modules["bot.documents.account_list_child"].list_refusal(fault)
"""
    with pytest.raises(ListUnusable) as caught:
        await reading(reader(of=real(look)), {"a.csv": b"x"})
    assert caught.value.faults[0].file == (
        "['__main__', 'bot', 'python_calamine', 'stdnum'] "
        "['bot.core.class_links', 'bot.core.lists', 'bot.core.people', 'bot.core.school_year']"
    )


def test_the_bot_itself_does_not_load_what_reads_workbooks():
    look = "import sys, bot.documents.account_list_reading as r; r.program(); print('python_calamine' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", look], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout == "False\n"


async def test_others_are_answered_while_a_large_list_is_read(reader):
    """As a share of the whole, the best of three: what stops the loop stops it each time, a busy machine does not."""
    rows = [
        ("Име", "Потребителско име", "Клас"),
        *((f"{PETAR.name} {n} 1 2 3 4 5 6", f"ab{n:08}", "5 б") for n in range(4000)),  # each is looked through
    ]
    raw = other_book(("а", rows))

    async def share() -> float:
        """The longest pause of the loop, of the time that it took."""
        longest = 0.0

        async def others() -> None:
            nonlocal longest
            while True:
                before = time.perf_counter()
                await asyncio.sleep(0.002)
                longest = max(longest, time.perf_counter() - before)

        ticking = asyncio.create_task(others())
        began = time.perf_counter()
        assert len((await reading(reader(), {"а.xlsx": raw})).people) == 4000
        took = time.perf_counter() - began
        await asyncio.sleep(0.01)  # a pause at the very end is seen, too
        ticking.cancel()
        return longest / took

    shares: list[float] = []
    while not shares or (min(shares) >= 0.1 and len(shares) < 3):
        shares.append(await share())
    assert min(shares) < 0.1
