"""What people write, in the product as a process: canaries through every input of every card, worker and all."""

import asyncio
import dataclasses
import itertools
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Table, select

from bot.database.engine import Database
from bot.database.keys import DatabaseKeys
from bot.database.tables import metadata
from bot.dialogs.dialog import Gate
from bot.runtime.keys import master_key
from demo.processes import stop_all
from demo.stack import Stack, start, without_patience
from simulator.days import day_in_bulgaria
from tests.connector import FakeTeams
from tests.connector.people import Person
from tests.conversations.bot import GATES
from tests.conversations.canary_walk import Card, Walk, holds_canary, texts
from tests.integration.test_whole_bot import tenant
from tests.integration.test_whole_passwords import admin
from tests.shapes import CANARIES, SHAPES

__all__ = ["tenant"]
pytestmark = [pytest.mark.long, pytest.mark.timeout(600)]

UTTERANCES = ("справка", "парола", "ново искане", "искания", "класове", "приемане", "помощ", "каквото и да е")
SCHOOLS = ("2990001", "2990002")


@pytest.fixture
def stack(tmp_path: Path) -> Iterator[Stack]:
    running = start(tmp_path, simulator_options=("--links",), more_settings=without_patience(tmp_path))
    yield running
    stop_all(running.programs)


@pytest.fixture
async def teams(stack):
    async with FakeTeams(app_id="") as fake:
        fake.bot_url = stack.bot
        yield fake


async def test_a_canary_typed_into_any_input_ends_in_no_message_table_log_or_file(stack, teams, tmp_path):
    people = await admin(stack, "people")
    whom = {f"{role} {code}": person(people, role, code) for code in SCHOOLS for role in ("director", "teacher")}
    whom["ruo"] = person(people, "ruo", None)
    for one in whom.values():
        await teams.install(one)

    async def press(who: str, button: Mapping[str, Any], inputs: Mapping[str, str]) -> Card | str | None:
        answer = await teams.press(whom[who], button, inputs)
        said: Card | str | None = answer.card or answer.text
        return said

    # A group that was dropped again could not be searched for what was typed into it.
    often = {"link.open": 16, "links.list": 8, "accounts.group-dropped": 0}
    walk = Walk(press, honest(people), most_alike=2, more_of=often)
    for platform in ("teams", "classroom"):
        walk.again()
        await choose(teams, whom["director 2990001"], platform)
        for _ in range(2):
            for who, one in whom.items():
                said = [(await teams.say(one, words)).card for words in UTTERANCES]
                await walk.from_(who, (*said, *inbox(teams, one)))
                await asyncio.sleep(1)

    director = whom["director 2990001"]
    await walk.from_("director 2990001", [(await teams.say(director, "профили")).card])

    wanted = {name for name, gate in GATES.items() if gate in {Gate.FREE_TEXT, Gate.SOUGHT, Gate.SEARCH}}
    assert walk.typed >= wanted
    assert walk.leaks == []
    assert walk.apologies == []
    messages = [*teams.sent, *teams.updated]
    assert len(messages) > 100
    assert [(path, text) for one in messages for path, text in texts(one.body) if holds_canary(text)] == []
    stop_all(stack.programs)
    written = "\n".join(path.read_text(encoding="utf-8") for path in tmp_path.glob("bot.log"))
    assert not any(holds_canary(line) for line in written.splitlines() if "says less" not in line)
    assert "says less" not in written
    assert hidden(tmp_path) == []
    kept = [one async for one in everything_kept(tmp_path)]
    assert {*SEALED, "entry of the audit log"} <= {kind for kind, _ in kept}
    assert [(kind, text) for kind, one in kept for _, text in texts(one) if holds_canary(text)] == []
    assert any("••••••" in text for _, one in kept for _, text in texts(one)), "the search would find something"


def person(people: dict[str, Any], role: str, code: str | None) -> Person:
    found = next(one for one in people["people"] if one["role"] == role and code in {None, one["schoolCode"]})
    return Person(object_id=found["aadObjectId"], name=found["name"], tenant_id=people["tenant"])


def honest(people: dict[str, Any]) -> dict[str, Iterator[str]]:
    """Students of all schools, so that there are requests between them and passwords within."""
    canaries = set(CANARIES)
    numbers = [
        one["identifier"]
        for one in people["students"]
        if one["identifierKind"] == "egn" and one["state"] == "active" and one["identifier"] not in canaries
    ]
    names = [one["name"].split()[0] for one in people["people"] if one["role"] == "teacher"]
    return {
        "typed": itertools.cycle(numbers),
        "deputy.search typed": itertools.cycle(names),
        "kind": itertools.repeat("egn"),
        "purpose": itertools.cycle(("moved", "other")),
        "basis": itertools.cycle(("other", "application")),
        "reason": itertools.repeat("Още учи при нас"),
        "words": itertools.repeat("Решено е"),
        "recipient": itertools.repeat("student"),
        "accounts.closed recipient": itertools.repeat("owner"),
        "order": itertools.repeat("РД-10-1345/2026"),
        "order_date": day(0),
        "until": day(0),
        "birth": day(-3650),
        "certificate_date": day(0),
    }


def day(days: int) -> Iterator[str]:
    """So many days from the present one; asked anew each time, for the walk may go on past midnight."""
    while True:
        yield (day_in_bulgaria() + timedelta(days=days)).isoformat()


async def choose(teams: FakeTeams, director: Person, platform: str) -> None:
    """Where the classes of the director's school are."""
    asked = (await teams.say(director, "класове")).card
    for verb in ("links.platform", "links.platform-set"):
        button = next((one for one in buttons(asked) if one["verb"] == verb), None)
        ids = button["data"]["action"]["ids"] if button else {}
        if button is not None and ids.get("platform", platform) == platform:
            asked = (await teams.press(director, button)).card


def buttons(card: Card | None) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []

    def look(value: object) -> None:
        if isinstance(value, dict):
            if value.get("type") == "Action.Execute":
                found.append(value)
            for each in value.values():
                look(each)
        elif isinstance(value, list):
            for each in value:
                look(each)

    look(card)
    return found


def inbox(teams: FakeTeams, one: Person) -> list[Card | None]:
    mine = [sent for sent in (*teams.sent, *teams.updated) if sent.conversation_id == teams.conversation_id(one)]
    cards: list[Card | None] = [sent.card for sent in mine]
    return cards[-160:]


def hidden(folder: Path) -> list[tuple[str, str]]:
    """Canaries in the bytes of the bot's own files, as they were typed."""
    shapes = {
        SHAPES[shape](one).encode(encoding)
        for shape in SHAPES
        for one in CANARIES
        for encoding in ("utf-8", "utf-16-le")
    }
    files = {path.name: path.read_bytes() for path in folder.glob("bot.*")}
    assert any(name.endswith(".db") for name in files)
    return [(name, str(shape)) for name, content in files.items() for shape in shapes if shape in content]


async def everything_kept(folder: Path) -> AsyncIterator[tuple[str, Any]]:
    """What the database holds under its keys, as plain values."""
    keys = DatabaseKeys.derive(master_key(folder / "keys" / "master.key", may_make=False))
    database = await Database.open(f"sqlite:///{folder / 'bot.db'}", keys, lambda: datetime.now(UTC))
    try:
        async for read in database.audit.entries(datetime.now(UTC) - timedelta(days=1)):
            yield "entry of the audit log", plain(read.entry)
        async for table, row in rows(database):
            for column, context in SEALED.get(table, {}).items():
                # As it lies there: what is read through the stores passes the gate, and would hide what was kept.
                if getattr(row, column) is not None:
                    yield table, keys.unseal(getattr(row, column), table, column, context(row))
            yield table, {name: value for name, value in row._mapping.items() if isinstance(value, str)}
    finally:
        await database.close()


SEALED: Mapping[str, Mapping[str, Callable[[Any], Any]]] = {
    "link_case": {"detail": lambda row: row.id},
    "link_mark": {"detail": lambda row: f"{row.school} {row.link.hex()}"},
    "transfer": {"detail": lambda row: row.id, "verdict": lambda row: row.id},
    "deputy": {"detail": lambda row: row.id},
    "account_receipt": {"detail": lambda row: row.id},
    "account_group": {"detail": lambda row: row.id},
}
"""What people's words lie in, and to what each is bound."""


async def rows(database: Database) -> AsyncIterator[tuple[str, Any]]:
    """Every row of every table."""
    for table in metadata.sorted_tables:

        def work(connection: Connection, table: Table = table) -> list[Any]:
            return list(connection.execute(select(table)).all())

        for row in await database.connections.run(work):
            yield table.name, row


def plain(value: object) -> object:
    """A dataclass as nested values."""
    return dataclasses.asdict(value) if dataclasses.is_dataclass(value) and not isinstance(value, type) else value
