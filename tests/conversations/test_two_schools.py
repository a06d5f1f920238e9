"""Somebody of two schools: what one of them made and noted, and what the board of the other says of it."""

from dataclasses import replace

import pytest

from bot.conversation import Reply
from bot.core.accounts.board import board
from bot.core.accounts.model import BoardTiming, NewReceipt
from bot.core.handover.model import Ground, Recipient
from bot.dialogs.accounts.table import rows_of
from tests.conversations.bot import (
    CATALOG,
    DIRECTOR,
    LIPA,
    OTHER_DIRECTOR,
    TEACHER,
    UTRO,
    Bot,
    buttons,
    row_of,
    shown,
)
from tests.conversations.own_class_room import OwnClassRoom
from tests.conversations.test_handing_over import ANNA, BOYAN, VASIL, listed, printed, school

BOTH = replace(BOYAN, id="person-77", name="Двойна Пробна Двойна", schools=(LIPA, UTRO), identifier=VASIL.identifier)


async def with_theirs(*, shown_too: bool = True) -> Bot:
    """The other school has made a password for somebody of both."""
    bot = school(BOTH)
    await bot.says(DIRECTOR, "профили")
    if shown_too:
        await printed(bot, who=OTHER_DIRECTOR, students=BOTH.id)
    else:
        form = await bot.presses(OTHER_DIRECTOR, await listed(bot, who=OTHER_DIRECTOR), "Бележки с пароли")
        await bot.presses(
            OTHER_DIRECTOR, form, "Създаване на паролите", recipient="student", identity="true", students=BOTH.id
        )
        await bot.work()
    return bot


async def card_of(bot: Bot, who: str = DIRECTOR) -> Reply:
    people = await listed(bot, who=who)
    return await bot.presses(who, people, row_of(people, BOTH.name))


@pytest.mark.parametrize("shown_too", [True, False])
async def test_the_card_says_whose_password_it_is_and_offers_no_note_of_it(shown_too: bool):
    bot = await with_theirs(shown_too=shown_too)
    card = await card_of(bot)
    assert "Друго училище е поискало временна парола за този профил" in shown(card)
    assert "Покажете я от съобщението" not in shown(card)
    assert "отбележете предаването" not in shown(card)
    assert "Показана" not in shown(card)
    assert "поискана на" not in shown(card)
    assert "Отбелязване на предаването" not in buttons(card)
    theirs = await card_of(bot, OTHER_DIRECTOR)
    assert "Друго училище" not in shown(theirs)
    assert "поискана на" in shown(theirs)


async def test_the_list_of_who_signed_is_as_if_it_were_not_there():
    bot = await with_theirs()
    form = await bot.presses(DIRECTOR, await listed(bot), "Отбелязване на подписалите")
    assert all(one.name in shown(form) for one in (ANNA, BOYAN, VASIL))
    assert BOTH.name not in shown(form)


async def test_where_nobody_else_is_left_the_form_says_where_it_is_noted():
    bot = await with_theirs()
    form = await bot.presses(DIRECTOR, await listed(bot), "Отбелязване на подписалите")
    before = await listed(bot)
    await bot.presses(DIRECTOR, form, "Всички подписаха (3)", recipient="owner")
    assert "Отбелязване на подписалите" not in buttons(await listed(bot))
    late = await bot.presses(DIRECTOR, before, "Отбелязване на подписалите")
    assert "поискана от друго училище; предаването ѝ се отбелязва там" in shown(late)


@pytest.mark.parametrize("given", [True, False])
async def test_to_whom_and_when_another_school_has_handed_it_over_is_not_told(given: bool):
    """At fifteen a parent has received it only where the student has СОП."""
    bot = await with_theirs() if given else school(BOTH)
    await bot.says(DIRECTOR, "профили")
    await bot.says(OTHER_DIRECTOR, "профили")
    new = NewReceipt("theirs", bot.clock(), OTHER_DIRECTOR, UTRO.id, BOTH.id, Recipient.PARENT, Ground.SEN)
    bot.accounts.store.receipts[new.id] = new
    card = await card_of(bot)
    assert "отбелязано в друго училище" in shown(card)
    assert "на родител" not in shown(card)
    theirs = await card_of(bot, OTHER_DIRECTOR)
    assert "на родител" in shown(theirs)

    kept = await bot.accounts.store.kept(LIPA.id)
    seen = board(LIPA, kept.at, kept.rows, BoardTiming())
    (row,) = [one for one in rows_of(seen, BoardTiming(), CATALOG.speak("bg"), "bg").rows if BOTH.name in one]
    assert "отбелязано в друго училище" in row
    assert not [cell for cell in row if "родител" in cell and "собственик" not in cell and "(или" not in cell]


async def test_whoever_would_end_it_is_told_so_and_not_by_whom_it_was_made():
    bot = school(BOTH)
    bot.roles.facts[OTHER_DIRECTOR] = replace(bot.roles.facts[OTHER_DIRECTOR], name="Директор Чужд")
    await bot.says(DIRECTOR, "профили")
    await printed(bot, who=OTHER_DIRECTOR, students=BOTH.id)
    form = await bot.presses(DIRECTOR, await listed(bot), "Бележки с пароли")
    asked = await bot.presses(
        DIRECTOR, form, "Създаване на паролите", students=BOTH.id, recipient="student", identity="true"
    )
    assert "За 1 от избраните ученици вече е създадена парола" in shown(asked)
    assert "от друг потребител с права на директор" in shown(asked)
    assert "Чужд" not in shown(asked)


async def test_a_class_teacher_does_not_note_it_either():
    bot = await with_theirs()
    room = OwnClassRoom(bot=bot)
    room.lets_class_teachers_close()
    form = await bot.presses(TEACHER, await room.opened(), "Отбелязване на подписалите")
    assert ANNA.name in shown(form)
    assert BOTH.name not in shown(form)
