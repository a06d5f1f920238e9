"""Every screen of every dialog over a hostile world: names, schools, classes and links as the directory may hold them.

The walk presses every button; each card that comes back must be valid, and what a list holds must be reachable.
"""

import asyncio
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from bot.conversation import Pressed
from bot.core.actors.deputies import Deputy
from bot.core.class_links.expected import Carrier, ExpectedClass, ExpectedList
from bot.core.class_links.ports import KeptList
from bot.core.class_links.read import LinksSeen
from bot.core.people.free_text import free_text
from bot.core.people.model import Kind, SchoolClass
from tests.conversations.bot import DIRECTOR, LIPA, OTHER_DIRECTOR, PEOPLE, RUO, TEACHER, UTRO, Bot, nodes, person
from tests.conversations.canary_walk import Walk
from tests.conversations.link_room import STUDENTS, there
from tests.conversations.test_inputs import ELSEWHERE, UTTERANCES, _honest, _messages, _work
from tests.properties.hostile import TEXTS, texts
from tests.properties.test_hostile_cards import assert_valid

# A walk takes seconds: what it finds is clear enough without trying to say it shorter.
ONCE = settings(deadline=None, suppress_health_check=list(HealthCheck), phases=(Phase.explicit, Phase.generate))
FEW, PAGED = settings(ONCE, max_examples=2), settings(ONCE, max_examples=3)


def hostile_bot(names: list[str]) -> Bot:
    """The bot in a world in which whatever can be called anything is called one of these."""

    def name(number: int) -> str:
        return names[number % len(names)]

    ours, theirs = (replace(school, name=name(0), town=name(1), region=school.region) for school in (LIPA, UTRO))
    schools = {LIPA.id: ours, UTRO.id: theirs}
    people = tuple(
        replace(
            one,
            name=name(number),
            teams=(f"{name(number)} - {name(number + 1)} - ООП",) if number % 2 else ("Музика - 5 б - ООП",),
            grade="" if number % 2 else one.grade,
            schools=tuple(schools[school.id] for school in one.schools),
        )
        for number, one in enumerate((*PEOPLE, *ELSEWHERE))
    )
    colleagues = tuple(
        person(700 + number, name(number), f"99{number}", ours, kind=Kind.TEACHER) for number in range(7)
    )
    bot = Bot(people=(*people, *colleagues))
    bot.roles.schools = list(schools.values())
    bot.roles.facts = {
        who: replace(facts, name=name(number), schools=tuple(schools.get(one.id, one) for one in facts.schools))
        for number, (who, facts) in enumerate(bot.roles.facts.items())
    }
    for number, one in enumerate(colleagues):
        bot.deputies.rows.append(
            Deputy(
                LIPA.id, one.id, one.name, free_text(name(number), 40), bot.clock().date(), DIRECTOR, bot.clock(),
                bot.clock().replace(year=2027),
            )
        )  # fmt: skip
    rows = tuple(
        ExpectedClass(str(100 + number), name(number), ("a.b",) * (1 + number % 2), STUDENTS, name(number + 1))
        for number in range(60)
    )
    known = {one: name(number) for number, one in enumerate((*STUDENTS, "a.b"))}
    expected = ExpectedList(LIPA.code, Carrier.SDS, bot.clock(), rows, known)
    bot.links.lists.kept[LIPA.code] = KeptList(bot.clock().replace(year=2027), expected)
    for number in range(60):
        class_ = replace(there(str(100 + number % 40), "x"), id=f"class-{number}", title=name(number))
        bot.links.classes.classes[class_.id] = class_
    return bot


async def walk_of(names: list[str]) -> Walk:
    bot = hostile_bot(names)

    async def press(who, button, inputs):
        reply = await bot.responder(bot.turn(who, Pressed(button["verb"], {**button["data"], **inputs})))
        return reply and (reply.card or reply.text)

    walk = Walk(press, _honest(), most_alike=2, looks=False)
    for _ in range(2):
        for who in (DIRECTOR, OTHER_DIRECTOR, TEACHER, RUO):
            said = [(await bot.says(who, words)).card for words in UTTERANCES]
            assert all(said), "what is typed is answered by a card"
            inbox = [message[-1].card for message in _messages(bot) if message[0] == f"chat-{who}"][-10:]
            await walk.from_(who, (*said, *inbox))
            await _work(bot)
    return walk


@pytest.mark.long
@pytest.mark.slow
@FEW
@given(st.lists(texts(), min_size=1, max_size=6))
@example(list(TEXTS))
def test_every_screen_is_a_valid_card(names):
    walk = asyncio.run(walk_of(names))
    assert walk.presses > 100
    assert walk.apologies == []
    for card in walk.cards:
        assert_valid(card)


def values_of(card, name):
    return {choice["value"] for part in nodes(card) if part.get("id") == name for choice in part["choices"]}


async def pages(bot, who, page, turn="Следващи"):
    """The page and those after it; a list that begins again at its end is read once."""
    for _ in range(60):
        yield page
        if not any(node.get("title") == turn for node in nodes(page.card)):
            return
        page = await bot.presses(who, page, turn)


@pytest.mark.slow
@PAGED
@given(st.lists(texts(), min_size=1, max_size=6))
@example(list(TEXTS))
def test_every_row_of_every_list_is_reached(names):
    async def reached() -> None:
        bot = hostile_bot(names)
        seen = await bot.links.read(await bot.recognise(DIRECTOR, "tenant-of-the-ministry"))
        assert isinstance(seen, LinksSeen)
        page = await bot.says(DIRECTOR, "класове")
        page = await bot.presses(DIRECTOR, page, "Всички класни стаи")
        keys = set()
        async for one in pages(bot, DIRECTOR, page):
            for row in [node for node in nodes(one.card) if node.get("verb") == "link.open" and "data" in node]:
                opened = await bot.responder(bot.turn(DIRECTOR, Pressed("link.open", row["data"])))
                assert opened is not None
                keys.add(next(ids["key"] for ids in ids_of(opened.card) if "key" in ids))
        assert keys == {link.key for link in seen.links}
        deputies = await bot.presses(DIRECTOR, await bot.says(DIRECTOR, "искания"), "Упълномощени лица")
        ended = set()
        async for one in pages(bot, DIRECTOR, deputies):
            ended |= {ids["person"] for ids in ids_of(one.card) if "person" in ids}
        assert ended == {one.person for one in bot.deputies.rows}

    asyncio.run(reached())


def ids_of(card):
    return [node["data"]["action"]["ids"] for node in nodes(card) if node.get("type") == "Action.Execute"]


@settings(PAGED, max_examples=40)
@given(st.lists(texts(), min_size=1, max_size=12))
@example(list(TEXTS))
def test_every_class_of_a_school_can_be_picked(names):
    """A class has its name from teams, which are called anything at all."""

    async def picked() -> None:
        bot = hostile_bot(names)
        classes = bot.room.rosters.classes[LIPA.id]
        page = await bot.presses(DIRECTOR, await bot.says(DIRECTOR, "парола"), "Цяла паралелка")
        rows = {
            part["selectAction"]["data"]["action"]["ids"]["class"]: part["selectAction"]["title"]
            for part in nodes(page.card)
            if "selectAction" in part
        }
        assert values_of(page.card, "class") | set(rows) == {one.name for one in classes}
        for one in classes:
            opened = await (
                bot.presses(DIRECTOR, page, rows[one.name])
                if rows
                else bot.presses(DIRECTOR, page, "Напред", **{"class": one.name})
            )
            assert values_of(opened.card, "students") == {each.id for each in students(bot, one)}

    asyncio.run(picked())


def students(bot: Bot, one: SchoolClass):
    return bot.room.rosters.students[LIPA.id, one.name]
