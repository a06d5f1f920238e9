"""Lists of accounts in the product as a process: the school's OneDrive, a sloppy upload, its correction; nothing of the
passwords in the database or the logs.
"""

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import pytest

from demo.processes import stop_all
from demo.stack import Stack, start
from tests.connector import FakeTeams
from tests.connector.people import Person
from tests.connector.records import Exchange
from tests.conversations.bot import nodes
from tests.corpus.books import book
from tests.integration.test_whole_bot import button, words
from tests.integration.test_whole_passwords import admin

pytestmark = [pytest.mark.slow, pytest.mark.long]

SECRET = "Kanarche-4-Parola"


@pytest.fixture
def stack(tmp_path: Path) -> Iterator[Stack]:
    running = start(tmp_path)
    yield running
    stop_all(running.programs)


@pytest.fixture
async def teams(stack):
    async with FakeTeams(app_id="") as fake:
        fake.bot_url = stack.bot
        yield fake


async def shows(teams: FakeTeams, who: Person, *said: str) -> Exchange:
    """The list, once it says so."""
    ends = time.monotonic() + 60
    while True:
        seen = await teams.say(who, "списък от мон")
        if all(one in words(seen) + str(seen.card) for one in said):
            return seen
        assert time.monotonic() < ends, words(seen)
        await asyncio.sleep(0.5)


async def sends(address: str, *rows: tuple[str, ...]) -> str:
    form = aiohttp.FormData()
    raw = book(
        (
            "Лист1",
            [
                ["СУ „Примерно“ – нови профили"],
                ["Трите имена", "Паралелка", "парола"],
                *map(list, rows),
                ["Общо", len(rows)],
            ],
        )
    )
    form.add_field("files", raw, filename="наши нови.xlsx")
    async with aiohttp.ClientSession() as session, session.post(address, data=form) as answer:
        assert answer.status == 200
        return await answer.text()


async def test_a_list_from_onedrive_a_sloppy_upload_and_its_correction_end_beside_the_board(stack, teams, tmp_path):
    people = await admin(stack, "people")
    found = next(one for one in people["people"] if one["role"] == "director" and one["schoolCode"] == "2990001")
    director = Person(object_id=found["aadObjectId"], name=found["name"], tenant_id=people["tenant"])
    await teams.install(director)

    arrived = await shows(
        teams, director, "Без профил в училището: 3", "С предишно потребителско име: 1", "В друго училище: 1"
    )
    assert "НЕИСПУО/Профили" in words(arrived)

    async def address() -> str:
        offered = await teams.press(director, button(arrived, "Качване на списък с профили"))
        return str(next(node["url"] for node in nodes(offered.card) if node.get("type") == "Action.OpenUrl"))

    sloppy = await sends(
        await address(), ("Пета Примерна Нова", "5А", SECRET), ("Шести Примерен Нов", "VI „б“", SECRET)
    )
    assert "Прочетени са 2 души." in sloppy
    assert SECRET not in sloppy
    await shows(teams, director, "Без профил в училището: 5")
    corrected = await sends(await address(), ("Пета Примерна Нова", "5А", SECRET))
    assert "нови: 0; променени: 0; отпаднали: 1;" in corrected
    await shows(teams, director, "Без профил в училището: 4")

    stop_all(stack.programs)
    kept = b"".join(path.read_bytes() for path in tmp_path.glob("bot.*") if path.is_file())
    for canary in (SECRET, "Nachalna-1234", "Пета Примерна"):
        assert canary.encode() not in kept
