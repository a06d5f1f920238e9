"""A school whose list of НЕИСПУО is not there yet, arrives, or is uploaded through another process."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.class_links.cases import Platform
from bot.core.class_links.expected import Fault, RosterFault
from bot.core.class_links.ports import KeptList
from tests.conversations.bot import DIRECTOR, TEACHER, UTRO, Bot, buttons
from tests.conversations.test_link_conversation import card_text, opened, row_of

READ = "Списъкът от НЕИСПУО се чете"
NONE = "Няма списък от НЕИСПУО"
UPLOAD = "качете"


@pytest.fixture
def bot() -> Bot:
    """Nobody has looked at the school's links before."""
    bot = Bot()
    bot.links.lists.kept.clear()
    return bot


def arrives(bot: Bot) -> None:
    """The worker has read the folder, or another process has taken an upload."""
    bot.links.lists.kept["2990001"] = replace(Bot().links.lists.kept["2990001"], checked_at=bot.clock())


async def test_the_list_is_there_with_the_next_opening_and_not_after_minutes(bot):
    first = await bot.says(DIRECTOR, "класове")
    assert READ in card_text(first)
    assert "Проверка сега" in buttons(first)
    assert UPLOAD not in card_text(first)
    assert NONE not in card_text(first)
    bot.clock.move(seconds=2)
    arrives(bot)
    bot.clock.move(seconds=1)
    again = await bot.says(DIRECTOR, "класове")
    assert READ not in card_text(again)
    assert "Списък на НЕИСПУО от" in card_text(again)
    assert row_of(again, "Липсват ученици")
    readings = bot.links.classes.readings
    await bot.says(DIRECTOR, "класове")
    assert bot.links.classes.readings == readings, "the directory is not asked again for a list that is the same"


async def test_check_now_shows_at_once_a_list_that_has_arrived(bot):
    first = await bot.says(DIRECTOR, "класове")
    bot.clock.move(seconds=2)
    arrives(bot)
    assert row_of(await bot.presses(DIRECTOR, first, "Проверка сега"), "Липсват ученици")


async def test_one_link_asks_for_no_upload_while_the_list_is_being_read(bot):
    link = card_text(await opened(bot, DIRECTOR, "Физика"))
    assert READ in link
    assert UPLOAD not in link.casefold()
    bot.links.lists.kept["2990001"] = KeptList(bot.clock(), None, (RosterFault(Fault.NO_FILES),))
    link = card_text(await opened(bot, DIRECTOR, "Физика"))
    assert READ not in link
    assert UPLOAD in link.casefold()


async def test_a_folder_without_a_list_is_said_as_soon_as_it_was_looked_into(bot):
    await bot.says(DIRECTOR, "класове")
    bot.clock.move(seconds=5)
    bot.links.lists.kept["2990001"] = KeptList(bot.clock(), None, (RosterFault(Fault.NO_FILES),))
    text = card_text(await bot.says(DIRECTOR, "класове"))
    assert NONE in text
    assert UPLOAD in text


@pytest.mark.parametrize("who", [DIRECTOR, TEACHER])
async def test_a_list_uploaded_through_another_process_is_shown_at_once(bot, who):
    bot.links.lists.kept["2990001"] = KeptList(bot.clock(), None, (RosterFault(Fault.NO_FILES),))
    assert NONE in card_text(await bot.says(who, "класове"))
    bot.clock.move(seconds=30)
    arrives(bot)
    assert NONE not in card_text(await bot.says(who, "класове"))


async def test_a_teacher_without_classes_is_not_told_what_a_list_says_into_which_nobody_has_looked(bot):
    bot.links.classes.classes.clear()
    for kept in (None, KeptList(bot.clock(), None, (RosterFault(Fault.NO_FILES),))):
        if kept is not None:
            bot.links.lists.kept["2990001"] = kept
        text = card_text(await bot.says(TEACHER, "класове"))
        assert "нито в списъка на НЕИСПУО" not in text
        assert "Няма класни стаи за показване" in text
    bot.clock.move(seconds=1)
    arrives(bot)
    kept = bot.links.lists.kept["2990001"]
    bot.links.lists.kept["2990001"] = replace(kept, list=replace(kept.list, classes=()))
    assert "нито в списъка на НЕИСПУО" in card_text(await bot.says(TEACHER, "класове"))


async def test_in_a_school_on_classroom_it_is_said_too_that_the_list_is_being_read(bot):
    bot.links.by_hand.platforms["school-1"] = Platform.CLASSROOM
    text = card_text(await bot.says(DIRECTOR, "класове"))
    assert READ in text
    assert "съществува в Teams" not in text


async def test_of_two_schools_the_one_whose_list_is_being_read_is_waited_for(bot):
    arrives(bot)
    bot.roles.facts[TEACHER] = replace(bot.roles.facts[TEACHER], schools=(*bot.roles.facts[TEACHER].schools, UTRO))
    assert READ in card_text(await bot.says(TEACHER, "класове"))
    bot.links.lists.kept[UTRO.code] = KeptList(
        bot.clock() + timedelta(seconds=1), None, (RosterFault(Fault.NO_FILES),)
    )
    assert READ not in card_text(await bot.says(TEACHER, "класове"))
