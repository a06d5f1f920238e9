"""Class links in the product as a process: a link in every state is seen by its teacher and settled by whom it concerns."""

import asyncio
import io
import json
import re
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from demo.processes import stop_all
from demo.stack import Stack, start
from tests.connector import FakeTeams
from tests.connector.people import Person
from tests.connector.records import Exchange
from tests.conversations.bot import nodes
from tests.integration.test_whole_bot import button, tenant, words
from tests.integration.test_whole_passwords import admin
from tests.integration.test_whole_transfers import card_of, eventually, pressable

__all__ = ["tenant"]
pytestmark = [pytest.mark.slow, pytest.mark.long]

BY_DIRECTOR = {
    "missing": "Създаване на класната стая",
    "not-owner": "Добавяне като собственик",
    "not-member": "Добавяне като член",
    "no-team": "Създаване на екипа",
    "students-missing": "Добавяне на учениците",
}
"""What the bot may do about a link."""

OUTSIDE = {
    "waiting": "Изчаква създаване",
    "being-created": "В процес на създаване",
    "created": "Създаден",
    "failed": "Грешка при създаване",
    "looping": "В безкраен цикъл",
    "not-activated": "Екипът не е активиран за учениците",
    "archived": "Екипът е архивиран",
    "unexpected": "Още е в Teams, но вече не е в НЕИСПУО",
    "duplicate": "Дублирана класна стая",
}
"""What others settle, and what the link says before."""


@pytest.fixture(scope="module")
def of_many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    running = start(tmp_path_factory.mktemp("links"), simulator_options=("--links",))
    yield running
    stop_all(running.programs)


@pytest.fixture
def stack(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stack]:
    """For all tests but the long ones, which leave no link as it was and count on finding it so."""
    if request.node.get_closest_marker("long") is None:
        yield request.getfixturevalue("of_many")
        return
    running = start(tmp_path, simulator_options=("--links",))
    yield running
    stop_all(running.programs)


@pytest.fixture
async def teams(stack):
    async with FakeTeams(app_id="") as fake:
        fake.bot_url = stack.bot
        yield fake


async def probed(stack: Stack) -> None:
    """Waits until the bot has tried what this tenant takes: a fault is not to meet that, and hold everybody up."""
    async with aiohttp.ClientSession() as session, asyncio.timeout(30):
        while True:
            async with session.get(stack.bot.partition("/api")[0] + "/health") as page:
                if (await page.json())["directory"]["asked"] != "not yet":
                    return
            await asyncio.sleep(0.1)


async def person(stack: Stack, role: str, code: str = "2990001") -> Person:
    people = await admin(stack, "people")
    found = next(one for one in people["people"] if one["role"] == role and one["schoolCode"] == code)
    return Person(object_id=found["aadObjectId"], name=found["name"], tenant_id=people["tenant"])


async def rows(stack: Stack) -> dict[str, str]:
    return {one["key"]: one["externalId"] for one in (await admin(stack, "links"))["links"]}


def links_on(listed: Exchange) -> Iterator[dict[str, Any]]:
    """The rows of a list."""
    return (
        node for node in nodes(listed.card) if node.get("type") == "Action.Execute" and node["verb"] == "link.open"
    )


async def looks_for(teams: FakeTeams, director: Person, row: str) -> Exchange:
    """The director opens the link of this row, asked of the directory anew."""
    overview = await teams.say(director, "класове")
    listed = await teams.press(director, button(overview, "Търсене"), {"find": row})
    opened = await teams.press(director, next(links_on(listed)))
    return await teams.press(director, button(opened, "Проверка сега"))


async def opens(teams: FakeTeams, teacher: Person, title: str) -> Exchange:
    """The teacher opens a link from the pages of the own list."""
    listed = await teams.say(teacher, "класове")
    while True:
        row = next((one for one in links_on(listed) if one["title"].startswith(title)), None)
        if row is not None:
            return await teams.press(teacher, row)
        listed = await teams.press(teacher, button(listed, "Следващи"))


def waiting(overview: Exchange) -> int:
    """How many links wait, as the overview's bar is explained."""
    found = re.search(r"изчакват: (\d+)", text(overview))
    return int(found[1]) if found else 0


def text(exchange: Exchange) -> str:
    return words(exchange)


async def test_a_link_in_every_state_is_seen_and_settled(stack, teams):
    teacher, director = await person(stack, "teacher"), await person(stack, "director")
    for one in (teacher, director):
        await teams.install(one)
    known = await rows(stack)
    titles = {one["key"]: one["name"] for one in (await admin(stack, "links"))["links"]}

    for key, state in OUTSIDE.items():
        assert state in text(await opens(teams, teacher, titles[key])), key
    for key, act in BY_DIRECTOR.items():
        link = await looks_for(teams, director, known[key])
        assert "Данните идват от НЕИСПУО" in text(link)
        assert "Заявката е приета" in text(await teams.press(director, button(link, act)))
    done = (
        "Учителят е собственик и член",
        "Добавени ученици",
        "Създаден е екип „Изоб",
        "Създаден е екип „Физ",
    )
    for said in done:
        await eventually(partial(card_of, teams, director, said), 60)
    for key in OUTSIDE:
        await admin(stack, f"links/{key}", {})
    await admin(stack, "links/student-owner", {})

    closed = "Екипът не е активиран"  # as every new team: its teacher does that
    expected = {"missing": closed, "no-team": closed}
    await teams.say(director, "класове")
    await asyncio.sleep(21)  # as long "check now" asks nobody again
    for key in (*OUTSIDE, *BY_DIRECTOR):
        shown = text(await looks_for(teams, director, known[key]))
        assert expected.get(key, "Синхронизиран") in shown, (key, shown)


async def test_a_school_without_a_list_is_shown_what_is_there_and_uploads_one(stack, teams):
    director = await person(stack, "director", "2990002")
    await teams.install(director)
    taken = await admin(stack, "lists/2990002", {"there": False})
    overview = await teams.say(director, "класове")
    assert "Няма списък от НЕИСПУО" in text(overview)
    assert "Налична в Teams" in text(await teams.press(director, button(overview, "Всички класни стаи")))

    offer = await teams.press(director, button(overview, "Качване на класните стаи"))
    address = next(node["url"] for node in nodes(offer.card) if node.get("type") == "Action.OpenUrl")
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as package:
        for name, content in taken["files"].items():
            package.writestr(name, content)
    form = aiohttp.FormData()
    form.add_field("files", written.getvalue(), filename="spisak.zip")
    async with aiohttp.ClientSession() as session:
        async with session.post(address, data=form) as answer:
            assert "Списъкът е приет" in await answer.text()
        async with session.post(address, data=form) as answer:
            assert answer.status == 410

    after = await teams.say(director, "класове")
    assert "Качен списък от" in text(after)
    assert "Синхронизиран" in text(await teams.press(director, button(after, "Всички класни стаи")))
    assert "Няма списък от НЕИСПУО" not in text(after)


async def test_when_graph_leaves_questions_unanswered_the_answer_says_so_and_is_whole_later(stack, teams):
    director = await person(stack, "director")
    await teams.install(director)
    await probed(stack)
    fault = {"match": "^GET /education/classes/[{]class[}]/members$", "fault": "429;retry-after=900", "times": 3}
    await admin(stack, "faults", fault)
    overview = await teams.say(director, "класове")
    assert "показаното може да е непълно" in text(overview)
    before = waiting(overview)

    await asyncio.sleep(31)  # so long a throttled call stops the others, and "check now" asks nobody again for 20
    whole = await teams.press(director, button(overview, "Проверка сега"))
    assert "показаното може да е непълно" not in text(whole)
    assert waiting(whole) < before, "what was not read is counted among what waits"


async def test_a_teacher_asks_and_is_answered_no_with_the_directors_words(stack, teams):
    teacher, director = await person(stack, "teacher"), await person(stack, "director")
    for one in (teacher, director):
        await teams.install(one)
    title = next(one["name"] for one in (await admin(stack, "links"))["links"] if one["key"] == "missing")
    link = await opens(teams, teacher, title)
    await teams.press(teacher, button(link, "Въпрос до директора"))
    asked = await eventually(lambda: card_of(teams, director, "Въпрос от учител за класна стая"))
    wordless = await teams.press(director, pressable(asked.card, "Остава без промяна"), {"words": ""})
    assert "Моля, напишете защо" in text(wordless)
    answer = {"words": "Часовете са поети от друг учител."}
    await teams.press(director, pressable(asked.card, "Остава без промяна"), answer)
    told = await eventually(lambda: card_of(teams, teacher, "Остава без промяна"))
    assert "Часовете са поети от друг учител." in json.dumps(told.card, ensure_ascii=False)
    late: dict[str, Any] = {"words": "Все пак."}
    again = await teams.press(director, pressable(asked.card, "Решено е"), late)
    assert "Вече е отговорено" in text(again)
