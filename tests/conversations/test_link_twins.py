"""Two classes of one name and row: both are listed, both can be opened, and old cards still find the one they mean."""

from dataclasses import replace

import pytest

from bot.core.class_links.cases import Matter
from bot.core.class_links.model import Link, LinkState, told_apart
from tests.conversations.bot import DIRECTOR, TEACHER, Bot, button_of, buttons, shown
from tests.conversations.link_room import there
from tests.conversations.test_link_conversation import card_text, listed, rows_of

SUBJECT = "Руски език"


@pytest.fixture(params=["no-list", "not-in-the-list"])
def bot(request) -> Bot:
    """A school of whose class 199 the directory has two, the second without a team."""
    bot = Bot()
    if request.param == "no-list":
        bot.links.lists.kept.clear()
    bot.links.classes.classes["twin"] = replace(there("199", SUBJECT, has_team=False), id="twin")
    return bot


def twins_on(reply):
    return [name for name in rows_of(reply) if name.startswith(SUBJECT)]


async def pages_of(bot, who):
    """Every page of the list."""
    page = await listed(bot, who)
    yield page
    while "Следващи" in buttons(page):
        page = await bot.presses(who, page, "Следващи")
        yield page


async def twins_of(bot, who):
    """Each twin: the page it stands on, and its name there."""
    return [(page, name) async for page in pages_of(bot, who) for name in twins_on(page)]


@pytest.mark.parametrize("who", [DIRECTOR, TEACHER])
async def test_both_are_listed_and_each_is_opened(bot, who):
    twins = await twins_of(bot, who)
    assert len(twins) == 2
    keys = set()
    for page, name in twins:
        opened = await bot.presses(who, page, name)
        assert SUBJECT in card_text(opened)
        key = button_of(opened, "Проверка сега")["data"]["action"]["ids"]["key"]
        again = await bot.presses(who, opened, "Проверка сега")
        assert button_of(again, "Проверка сега")["data"]["action"]["ids"]["key"] == key
        keys.add(key)
    assert keys == {"199~class-199/a.b", "199~twin/a.b"}


@pytest.mark.parametrize("who", [DIRECTOR, TEACHER])
async def test_twins_that_read_the_same_are_numbered(bot, who):
    bot.links.classes.classes["twin"] = replace(there("199", SUBJECT), id="twin")
    names = [name for _, name in await twins_of(bot, who)]
    assert len(set(names)) == 2
    assert names[1] == f"{names[0]} (2)"


async def test_every_page_of_both_can_be_reached(bot):
    seen = await bot.links.read(await bot.recognise(DIRECTOR, "tenant-of-the-ministry"))
    reached = [
        press["data"]["action"]["ids"]["key"]
        async for page in pages_of(bot, DIRECTOR)
        for press in rows_of(page).values()
    ]
    assert sorted(reached) == sorted(link.key for link in seen.links)


async def test_a_card_from_before_the_twin_came_still_opens_its_link(bot):
    twin = bot.links.classes.classes.pop("twin")
    ((page, old),) = await twins_of(bot, TEACHER)
    opened = await bot.presses(TEACHER, page, old)
    bot.links.classes.classes["twin"] = twin
    bot.clock.now += bot.clock.now.resolution * 10**9  # the memory of what was read is over
    for again in (
        await bot.presses(TEACHER, page, old),
        await bot.presses(TEACHER, opened, "Проверка сега"),
    ):
        assert SUBJECT in card_text(again)
        assert "Проверка сега" in buttons(again)


async def test_a_card_of_a_twin_still_opens_its_link_when_the_other_is_gone_and_no_other(bot):
    cards = [await bot.presses(TEACHER, page, name) for page, name in await twins_of(bot, TEACHER)]
    del bot.links.classes.classes["twin"]
    bot.clock.now += bot.clock.now.resolution * 10**9
    found = [await bot.presses(TEACHER, card, "Проверка сега") for card in cards]
    texts = [card_text(one) if "Проверка сега" in buttons(one) else shown(one) for one in found]
    assert sorted(SUBJECT in text for text in texts) == [False, True]


async def test_a_question_about_a_twin_is_about_that_twin(bot):
    asked = 0
    for page, name in await twins_of(bot, TEACHER):
        opened = await bot.presses(TEACHER, page, name)
        ask = "Въпрос до директора"
        if ask in buttons(opened):
            sent = await bot.presses(TEACHER, opened, ask)
            back = await bot.presses(TEACHER, sent, "Преглед на класната стая")
            assert SUBJECT in card_text(back)
            asked += 1
    cases = [case for case in bot.links.cases.cases.values() if case.matter is Matter.QUESTION]
    assert len(cases) == asked >= 1
    assert len({case.class_id for case in cases}) == len(cases)


def test_keys_are_unique_stay_so_and_know_their_older_forms():
    links = [
        Link("7", "А", "t", LinkState.FOUND, existing=("x",)),
        Link("7", "А", "t", LinkState.FOUND, existing=("y",)),
        Link("7", "А", "t", LinkState.FOUND, existing=("y",)),
        Link("7", "А", "u", LinkState.FOUND, existing=("x",)),
        Link("7", "А", "t", LinkState.TO_BE_MADE),
        Link("", "Б", "t", LinkState.FOUND, existing=("z",)),
    ]
    told = told_apart(links)
    assert [link.key for link in told] == ["7~x/t", "7~y/t", "7/u", "7/t", "z/t"]
    assert told_apart(told) == told
    assert told[0].keys == ("7~x/t", "7/t")
    assert told[2].keys == ("7/u", "7~x/u")
