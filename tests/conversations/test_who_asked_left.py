"""Who asked directs the school no more: whoever directs it now is told what becomes of its request."""

from dataclasses import replace
from typing import Any

import pytest

from bot.core.actors.model import RoleFacts
from bot.core.transfers.model import State
from tests.conversations.bot import DIRECTOR, LIPA, OTHER_DIRECTOR, Bot, buttons, shown
from tests.conversations.test_transfer_messages import NAME, asked, now_shows, only, refuse, sent_to

NEW = "new-director"
OTHER_SCHOOL = replace(LIPA, id="school-3", code="2990003", name="ОУ „Трето“")
LEFT: dict[str, dict[str, Any]] = {
    "directs another school": {"extension_identifier": OTHER_SCHOOL.code},
    "is no director": {"extension_role": None},
    "is disabled": {"enabled": False},
    "is no more": {"exists": False, "enabled": False},
}


@pytest.fixture
def bot():
    bot = Bot()
    bot.roles.schools.append(OTHER_SCHOOL)
    bot.roles.facts[DIRECTOR] = replace(
        bot.roles.facts[DIRECTOR], username="e.d@edu.mon.bg", extension_identifier=LIPA.code
    )
    bot.roles.facts[NEW] = RoleFacts(
        NEW,
        exists=True,
        enabled=True,
        name="Нова Пробна Директорка",
        extension_role="0",
        extension_identifier=LIPA.code,
    )
    return bot


async def leaves(bot: Bot, how: str) -> None:
    await asked(bot)
    await bot.moves.work()
    bot.roles.facts[DIRECTOR] = replace(bot.roles.facts[DIRECTOR], **LEFT[how])
    bot.moves.deciders.of_school[LIPA.id] = (DIRECTOR, NEW)


@pytest.mark.parametrize("how", LEFT)
async def test_a_refusal_reaches_whoever_directs_the_school_now(bot, how):
    await leaves(bot, how)

    await refuse(bot)
    await bot.moves.work()

    card, note = sent_to(bot, NEW)
    assert "Искането е отхвърлено" in shown(card)
    assert "Отнасяне към РУО" in buttons(card)
    assert "Причина: Още е при нас." in shown(note)
    assert len(sent_to(bot, DIRECTOR)) == 1, "of the refusal who has left is told nothing"
    assert NAME not in now_shows(bot, DIRECTOR), "the card is emptied"


async def test_the_new_director_gives_the_password_of_an_account_that_was_released(bot):
    await leaves(bot, "directs another school")

    (card,) = sent_to(bot, OTHER_DIRECTOR)
    await bot.presses(OTHER_DIRECTOR, await bot.presses(OTHER_DIRECTOR, card, "Одобряване"), "Одобряване")
    await bot.moves.work()

    assert only(bot).state is State.DONE
    card, note = sent_to(bot, NEW)
    assert "Временна парола" in buttons(note)
    assert "Потребителско име" in buttons(note)
    assert NAME not in now_shows(bot, DIRECTOR)


async def test_as_long_as_who_asked_is_there_nobody_else_of_the_school_is_written_to(bot):
    await asked(bot)
    await bot.moves.work()
    bot.moves.deciders.of_school[LIPA.id] = (DIRECTOR, NEW)
    await refuse(bot)
    await bot.moves.work()

    assert len(sent_to(bot, DIRECTOR)) == 2
    assert not sent_to(bot, NEW)


async def test_a_school_that_nobody_directs_is_told_nothing_and_nothing_waits(bot):
    await leaves(bot, "is disabled")
    bot.moves.deciders.of_school[LIPA.id] = (DIRECTOR,)

    await refuse(bot)
    await bot.moves.work()

    assert only(bot).state is State.REFUSED
    assert len(sent_to(bot, DIRECTOR)) == 1
    assert "transfer.card" not in {row.kind for row in bot.moves.queue.rows.values() if row.status == "ready"}
