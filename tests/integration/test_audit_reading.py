"""`python app.py audit --since`: who looked up this child, what did this director do."""

import io
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.core.actors.model import Actor, Role
from bot.core.audit import AuditEntry
from bot.core.errors import DirectoryUnavailable
from bot.core.people.free_text import free_text
from bot.core.people.identifiers import IdentifierKind
from bot.core.people.model import AccountState, Kind, Person, School
from bot.core.usernames.find import FindUsername
from bot.core.usernames.model import ByIdentifier, ByUsername, Denied, Found, LookupLimits, Purpose, PurposeKind
from bot.runtime.audit_reading import AuditWish, read_audit, typed_when_asked
from demo.stack import PERMISSIONS, ROOT, clean_environment
from simulator.entra.clients import read_permissions
from simulator.people.model import TenantOptions
from simulator.server import ServerOptions
from tests.fakes import FakeClock, FakeDirectory
from tests.integration.database.owner import without_triggers
from tests.integration.doctor_visit import environment as tenant_settings
from tests.integration.test_confirm_clock import NOW, environment, opened
from tests.unit.simulator.living import TODAY, Client, served

__all__ = ["environment"]
OWN = School("school-1", "2206412", "Първо училище")
OTHER = School("school-2", "2206413", "Второ училище")
DIRECTOR, COLLEAGUE = "d1ec0000-0000-4000-8000-000000000001", "d1ec0000-0000-4000-8000-000000000002"
CHILD = Person(
    "5a1e0000-0000-4000-8000-000000000003", "Юлия Иванова Щерева", "ip75059414@edu.mon.bg", Kind.STUDENT,
    AccountState.ACTIVE, (OTHER,), "5", (), "4146054046",
)  # fmt: skip
ELSE = "4251020743"
MOVED = Purpose(PurposeKind.OTHER, free_text("проверка по жалба", 200))
SINCE = date(2026, 9, 15)


@pytest.fixture
def both(environment, database_url):
    """The settings of a start; the tests that ask for them run on both engines."""
    return environment | {"DATABASE_URL": database_url}


def looking(database, *people, limits=None):
    return FindUsername(
        directory=FakeDirectory(people),
        ledger=database.ledger,
        audit=database.audit,
        pseudonyms=database.pseudonyms,
        clock=FakeClock(NOW),
        limits=limits or LookupLimits(),
        domain="edu.mon.bg",
        admit_synthetic=True,
    )


def director(object_id):
    return Actor(object_id, "tenant", Role.DIRECTOR, OWN)


async def looked_up(settings, child=CHILD):
    """The child was found by number and by username by one director, and another had no look-ups left that day; both
    looked for somebody else.
    """
    database = await opened(settings)
    number = ByIdentifier(IdentifierKind.EGN, child.identifier)
    try:
        find, none_left = looking(database, child), looking(database, child, limits=LookupLimits(other_per_day=0))
        assert isinstance(await find(director(DIRECTOR), number, MOVED, "one"), Found)
        assert isinstance(await find(director(DIRECTOR), ByUsername(child.username), MOVED, "two"), Found)
        await find(director(DIRECTOR), ByIdentifier(IdentifierKind.EGN, ELSE), MOVED, "three")
        assert isinstance(await none_left(director(COLLEAGUE), number, MOVED, "four"), Denied)
    finally:
        await database.close()


async def read(settings, *typed, fails=None, people=(CHILD,), **wish):
    """The exit code; `typed` is what is typed, each when asked for."""
    lines = iter(typed)

    @asynccontextmanager
    async def directory(_) -> AsyncIterator[FakeDirectory]:
        fake = FakeDirectory(people)
        fake.fail_with = fails
        yield fake

    return await read_audit(
        settings, AuditWish(**{"since": SINCE} | wish), ask=lambda _: next(lines), directories=directory
    )


def shown(capsys) -> list[Any]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


async def recorded(settings):
    """The newest entry."""
    database = await opened(settings)
    try:
        assert (await database.audit.verify()).intact
        return [one.entry async for one in database.audit.entries(NOW)][-1]
    finally:
        await database.close()


@pytest.mark.parametrize("typed", ["4146054046", "ЕГН 4146054046", CHILD.username, "IP75059414@edu.mon.bg"])
async def test_who_looked_up_this_child_is_told_by_number_and_by_username(both, capsys, typed):
    await looked_up(both)

    assert await read(both, typed, subject="-", as_json=True) == 0

    told = shown(capsys)
    assert [(one["actor"], one["outcome"]) for one in told] == [
        (DIRECTOR, "hit"), (DIRECTOR, "hit"), (COLLEAGUE, "denied"),
    ]  # fmt: skip
    assert {one["detail"]["purpose_text"] for one in told} == {"проверка по жалба"}
    assert told[0] | {"detail": {}} == {
        "entry": 1, "at": "2026-09-15T09:00:00+03:00", "actor": DIRECTOR, "action": "username.lookup",
        "subject": CHILD.id, "outcome": "hit", "detail": {}, "intact": True,
    }  # fmt: skip


async def test_what_this_director_did_is_told(both, capsys):
    await looked_up(both)

    assert await read(both, actor=DIRECTOR.upper(), as_json=True) == 0
    assert [one["entry"] for one in shown(capsys)] == [1, 2, 3]

    assert await read(both, actor=COLLEAGUE, subject=CHILD.id, as_json=True) == 0
    assert shown(capsys) == []


async def test_that_it_was_read_is_recorded_before_anything_is_shown(both, capsys):
    await looked_up(both)

    assert await read(both, CHILD.identifier, subject="-", actor=DIRECTOR, until=SINCE) == 0

    entry = await recorded(both)
    assert (entry.actor, entry.action, entry.subject, entry.outcome) == ("operator", "audit.read", CHILD.id, "read")
    assert entry.detail == {"since": "2026-09-15", "until": "2026-09-15", "actor": DIRECTOR}
    capsys.readouterr()
    assert await read(both, subject=CHILD.id, as_json=True) == 0
    assert [one["action"] for one in shown(capsys)][-1] == "audit.read"


async def test_without_a_person_everything_of_the_days_is_told(environment, capsys):
    await looked_up(environment)

    for since, until, count in [(SINCE, SINCE, 4), (date(2026, 9, 16), None, 1), (SINCE, None, 6)]:
        assert await read(environment, since=since, until=until, as_json=True) == 0
        assert len(shown(capsys)) == count  # each reading is an entry of the present day


async def test_a_line_says_when_who_what_and_why_and_no_number(environment, capsys):
    await looked_up(environment)

    assert await read(environment, CHILD.identifier, subject="-") == 0

    told = capsys.readouterr()
    _, first, _, third = told.out.splitlines()
    assert first.startswith(
        f"2026-09-15 09:00:00  1        {DIRECTOR}  username.lookup hit {CHILD.id} accounts=1 by=egn "
    )
    assert 'purpose_text="проверка по жалба"' in first
    assert "denied v1:" in third
    assert "3 entries." in told.err
    assert CHILD.identifier not in told.out + told.err


@pytest.mark.parametrize("who", ["actor", "subject"])
@pytest.mark.parametrize(
    "number", ["4146054046", "ЕГН: 4146054046", "41 46 05 40 46", "146054046", "Мария 4146054046"]
)
async def test_a_number_on_the_command_line_is_refused_and_not_repeated(environment, capsys, who, number):
    await looked_up(environment)

    assert await read(environment, **{who: number}) == 2

    told = capsys.readouterr()
    assert told.out == ""
    assert "-" in told.err
    assert number not in told.err
    assert (await recorded(environment)).action == "username.lookup"


async def test_a_number_that_lost_its_zeros_is_the_same(environment, capsys):
    child = Person(
        CHILD.id, CHILD.name, CHILD.username, CHILD.kind, CHILD.state, (OTHER,), "5", (), identifier="42250130"
    )
    database = await opened(environment)
    await database.audit.append(
        AuditEntry(NOW, DIRECTOR, "username.lookup", database.pseudonyms.of("egn", "0042250130"), "miss")
    )
    await database.close()

    for typed in ("0042250130", "042250130", "42250130", CHILD.username):
        assert await read(environment, typed, subject="-", people=[child], as_json=True) == 0
        assert shown(capsys)[0]["outcome"] == "miss"


async def test_whom_the_directory_has_not_is_sought_by_the_number_alone_and_it_is_said(environment, capsys):
    await looked_up(environment)

    assert await read(environment, ELSE, subject="-", as_json=True) == 0

    told = capsys.readouterr()
    assert [json.loads(line)["outcome"] for line in told.out.splitlines()] == ["miss"]
    assert "no such account" in told.err


async def test_while_the_directory_does_not_answer_an_object_id_is_enough(environment, capsys):
    await looked_up(environment)

    assert await read(environment, CHILD.username, subject="-", fails=DirectoryUnavailable("down")) == 2
    told = capsys.readouterr()
    assert (told.out, CHILD.username in told.err) == ("", False)
    assert "object id" in told.err

    assert await read(environment, subject=CHILD.id, fails=DirectoryUnavailable("down"), as_json=True) == 0
    assert len(shown(capsys)) == 2


@pytest.mark.parametrize("typed", ["Мария 4146054046", "4146054046 или 4251020743"])
async def test_a_number_among_words_is_not_recorded_and_not_repeated(environment, capsys, typed):
    await looked_up(environment)

    assert await read(environment, f"{typed}\n", subject="-") == 2
    told = capsys.readouterr()
    assert "Type the number alone" in told.err
    assert "4146054046" not in told.out + told.err
    assert (await recorded(environment)).action == "username.lookup"


async def test_nothing_typed_reads_nothing(environment, capsys):
    await looked_up(environment)

    assert await read(environment, " \n", subject="-") == 2
    assert "No subject was given" in capsys.readouterr().err
    assert (await recorded(environment)).action == "username.lookup"


async def test_an_entry_that_is_not_as_it_was_written_is_marked(both, capsys):
    await looked_up(both)
    await without_triggers(both["DATABASE_URL"], "UPDATE audit SET outcome = 'miss' WHERE seq = 2")

    assert await read(both, as_json=True) == 1
    assert [one["intact"] for one in shown(capsys)] == [True, False, True, True]

    assert await read(both) == 1
    told = capsys.readouterr()
    assert [line.endswith("NOT AS IT WAS WRITTEN") for line in told.out.splitlines()[1:4]] == [False, True, False]
    assert "1 of them" in told.err


async def test_what_somebody_wrote_does_not_write_on_the_screen(environment, capsys):
    database = await opened(environment)
    odd = {"words": "a\x1b[2Jb\nc\ud83d d\u202ee"}
    await database.audit.append(AuditEntry(NOW, DIRECTOR, "x\x1b[2J", "subject", "done", odd))
    await database.close()

    assert await read(environment) == 0
    told = capsys.readouterr().out
    assert len(told.splitlines()) == 2
    assert all(char.isprintable() for char in told.replace("\n", ""))
    assert await read(environment, until=SINCE, as_json=True) == 0
    assert shown(capsys)[0]["detail"] == odd


async def test_it_is_typed_unseen_at_a_terminal_and_read_as_a_line_elsewhere(monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.StringIO("4146054046\nnext"))
    assert typed_when_asked("subject") == "4146054046\n"

    terminal = io.StringIO()
    terminal.isatty = lambda: True  # type: ignore[method-assign]  # a terminal in short
    monkeypatch.setattr("sys.stdin", terminal)
    monkeypatch.setattr("getpass.getpass", lambda prompt: prompt)
    assert typed_when_asked("subject").startswith("subject (")
    assert capsys.readouterr().out == ""


@pytest.fixture(scope="module")
def tenant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    options = TenantOptions(today=TODAY, students=300)
    folder = tmp_path_factory.mktemp("simulator")
    with served(ServerOptions(options, folder, permissions=read_permissions(PERMISSIONS))) as client:
        yield client


def program(settings, *arguments, typed=""):
    return subprocess.run(
        [sys.executable, "app.py", "audit", *arguments],
        cwd=ROOT, env={**clean_environment(), **settings}, input=typed, capture_output=True, text=True, timeout=100,
        check=False,
    )  # fmt: skip


@pytest.mark.slow
async def test_the_program_tells_it_with_a_tenant_that_is_asked(tenant: Client, tmp_path: Path, database_url: str):
    student = next(one for one in tenant.roster["students"] if len(one["identifier"]) == 10)
    settings = tenant_settings(tenant, tmp_path, DATABASE_URL=database_url)
    child = Person(
        student["aadObjectId"], student["name"], student["username"], Kind.STUDENT, AccountState.ACTIVE, (OTHER,),
        "5", (), student["identifier"],
    )  # fmt: skip
    await looked_up(settings, child)

    found = program(settings, "--since", "2026-09-15", "--subject", "-", "--json", typed=f"{child.identifier}\n")
    by_name = program(settings, "--since", "2026-09-15", "--subject", child.username, "--until", "2026-09-15")
    refused = program(settings, "--since", "2026-09-15", "--subject", child.identifier)
    holds = program(settings)

    assert found.returncode == 0, found.stderr
    assert [json.loads(line)["outcome"] for line in found.stdout.splitlines()] == ["hit", "hit", "denied"]
    assert by_name.returncode == 0, by_name.stderr
    assert len(by_name.stdout.splitlines()) == 4
    assert (refused.returncode, refused.stdout) == (2, "")
    assert holds.returncode == 0
    for one in (found, by_name, refused):
        assert child.identifier not in one.stdout + one.stderr
        assert "Traceback" not in one.stderr
