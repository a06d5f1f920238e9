"""A tenant whose lists take longer than a turn: what is asked for follows as a card of its own."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from demo.processes import stop_all
from demo.stack import Stack, start
from tests.connector import FakeTeams
from tests.conversations.bot import nodes
from tests.integration.test_whole_bot import button, words
from tests.integration.test_whole_passwords import admin
from tests.integration.test_whole_transfers import card_of, director, eventually, pressable

pytestmark = pytest.mark.long

FOLLOWS = "Щом данните бъдат прочетени, ще ги получите тук, в ново съобщение"


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


async def slow(stack: Stack, seconds: float) -> None:
    """So long a page of 500 takes from now on; an answer about one person takes its share, as good as nothing."""
    await admin(stack, "settings", {"dialect": {"page_seconds": seconds}})


async def test_the_students_and_the_links_of_a_slow_school_follow(teams, stack):
    people = await admin(stack, "people")
    first = director(people, "2990001")
    await teams.install(first)
    form = await teams.say(first, "парола")
    classes = await teams.press(first, button(form, "Цяла паралелка"))

    await slow(stack, 20)  # some 400 people: 16 seconds
    rows = [node["selectAction"]["title"] for node in nodes(classes.card) if "selectAction" in node]
    listed_ones = [node["choices"][0]["value"] for node in nodes(classes.card) if node.get("id") == "class"]
    one = [*rows, *listed_ones][0]
    cut = await teams.press(first, button(classes, one if rows else "Напред"), {} if rows else {"class": one})
    ready = await eventually(lambda: card_of(teams, first, "Списъкът е готов"))
    began = time.monotonic()
    listed = await teams.press(first, pressable(ready.card, "Отваряне на списъка"))
    took = time.monotonic() - began
    await slow(stack, 55)  # some 100 classes: 11 seconds, and who is in them
    said = await teams.say(first, "класове")
    links = await eventually(lambda: card_of(teams, first, "Кой списък да се отвори?"))

    assert FOLLOWS in words(cut)
    assert cut.refused
    assert one in str(ready.card)
    assert len(next(node for node in nodes(listed.card) if node.get("id") == "students")["choices"]) > 5
    assert took < 8, "the list is not read anew"
    assert FOLLOWS in words(said)
    assert pressable(links.card, "Отваряне на списъка")["verb"] == "links.group"
