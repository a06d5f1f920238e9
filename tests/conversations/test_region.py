"""A regional office sees its schools by figures; nobody else does, and nobody sees a person."""

from dataclasses import replace

import pytest

from bot.core.errors import DirectoryUnavailable
from bot.core.oversight.figures import SchoolFigures
from bot.core.people.model import School
from tests.conversations.bot import (
    DEPUTY,
    DIRECTOR,
    DISABLED,
    LIPA,
    PEOPLE,
    RUO,
    STRANGER,
    STUDENT,
    TEACHER,
    UTRO,
    Bot,
    buttons,
    shown,
)

FOUR = tuple(
    School(f"varna-{number}", f"29901{number:02}", f"СУ „Пример {number}“", "Варна", "обл. Варна")
    for number in range(12)
)


async def test_an_expert_sees_the_schools_of_the_region_and_no_other():
    bot = Bot()

    reply = await bot.says(RUO, "училища в областта")

    words = shown(reply)
    assert UTRO.name in words
    assert LIPA.name not in words, "it is in another region"
    assert "предадени 60 % (60 от 100)" in words
    assert "чакащи искания: 25, просрочени: 10" in words
    assert "без списък от МОН" in words
    assert not [one.name for one in PEOPLE if one.name in str(reply.card)]


@pytest.mark.parametrize("who", [DIRECTOR, DEPUTY, TEACHER, STUDENT, STRANGER, DISABLED])
async def test_nobody_else_is_shown_any_school(who):
    bot = Bot()
    bot.appoint()

    reply = await bot.says(who, "училища в областта")

    assert UTRO.name not in shown(reply)
    assert "60 от 100" not in shown(reply)


async def test_small_numbers_are_on_no_page_of_any_view():
    bot = Bot()
    bot.region.schools = FOUR
    bot.region.known = {one.id: SchoolFigures("2026-11-16", 97, 100, 3, 2) for one in FOUR}

    reply = await bot.says(RUO, "училища в областта")
    for title in ("Следващи училища", "С чакащи искания: 12"):
        words = shown(reply)
        assert "предадени са почти всички от 100" in words
        assert "чакащи искания: под 5, просрочени: под 5" in words
        assert "97" not in words
        assert "предадени: 0" not in words
        assert "чакат решение на училищата: 0, от тях просрочени: 0" in words
        reply = await bot.presses(RUO, reply, title)

    assert "С чакащи искания: 12" in shown(reply)
    assert "Всички училища: 12" in buttons(reply)


async def test_where_nobody_keeps_lists_nothing_is_said_of_them():
    bot = Bot()
    cases = bot.services["region"]
    object.__setattr__(cases.show, "listed", None)

    reply = await bot.says(RUO, "училища в областта")

    assert "списък" not in shown(reply)


async def test_an_office_whose_schools_are_not_known_is_told_so():
    bot = Bot()
    bot.region.schools = ()

    assert "не са намерени училища" in shown(await bot.says(RUO, "училища в областта"))


async def test_an_expert_who_is_none_any_more_gets_nothing_from_an_old_card():
    bot = Bot()
    reply = await bot.says(RUO, "училища в областта")
    bot.roles.facts[RUO] = replace(bot.roles.facts[RUO], app_roles=())

    for title in ("Таблица (Excel)", "С чакащи искания: 1"):
        refused = await bot.presses(RUO, reply, title)
        assert UTRO.name not in shown(refused)
        assert "bot.example.bg/links" not in str(refused.card)


async def test_a_silent_directory_is_said_and_not_apologised_for():
    bot = Bot()
    bot.region.fail_with = DirectoryUnavailable("down")

    words = shown(await bot.says(RUO, "училища в областта"))

    assert "REF12345" not in words
    assert UTRO.name not in words


async def test_the_table_is_offered_as_a_page():
    bot = Bot()

    reply = await bot.presses(RUO, await bot.says(RUO, "училища в областта"), "Таблица (Excel)")

    assert "https://bot.example.bg/links/region/" in str(reply.card)
    assert [entry.outcome for entry in bot.links.one_time_links.entries] == ["offered"]
