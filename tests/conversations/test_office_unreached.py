"""What is with the regional office while the bot knows nobody there, and what the office alone may decide."""

from dataclasses import replace

import pytest

from bot.core.transfers.model import State
from tests.conversations.bot import DIRECTOR, LIPA, OTHER_DIRECTOR, RUO, UTRO, Bot, buttons, row_of, shown
from tests.conversations.test_transfer_messages import asked, now_shows, only, sent_to

UNREACHED = "Ботът още не може да пише на експерт от РУО"
CALL = "Моля, обадете се в РУО и помолете експерт да отвори бота в Teams"
DECIDE = "Докато е така, решението зависи от Вас."
NOT_TRUE = ("Срокът", "в срок", "Училището също още може да реши", "Вие можете да решите", "върнете", "едно и също")


@pytest.fixture
def bot():
    return Bot()


async def escalated(bot: Bot) -> None:
    await asked(bot)
    await bot.moves.wait(days=8)
    assert only(bot).state is State.ESCALATED


async def office_only(bot: Bot) -> None:
    """The director works at the school that is asked, too."""
    bot.roles.facts[DIRECTOR] = replace(bot.roles.facts[DIRECTOR], schools=(LIPA, UTRO))
    await asked(bot)
    await bot.moves.work()
    assert (only(bot).state, only(bot).asked.office_only) == (State.ESCALATED, True)


async def opened(bot: Bot, who: str):
    listed = await bot.says(who, "искания")
    return await bot.presses(who, listed, row_of(listed))


async def test_that_nobody_of_the_office_is_known_both_schools_read_until_an_expert_is_reached(bot):
    await escalated(bot)
    assert UNREACHED in now_shows(bot, DIRECTOR)
    assert CALL in now_shows(bot, DIRECTOR)
    assert f"{UNREACHED} и там никой не е уведомен за искането. {DECIDE}" in now_shows(bot, OTHER_DIRECTOR)
    assert not sent_to(bot, RUO)

    await bot.says(RUO, "помощ")
    await bot.moves.wait(hours=4)

    (card,) = sent_to(bot, RUO)
    assert "Моля, решете или върнете искането" in shown(card)
    for who in (DIRECTOR, OTHER_DIRECTOR):
        assert "отнесено към РУО" in now_shows(bot, who)
        assert UNREACHED not in now_shows(bot, who)
    assert [len(sent_to(bot, who)) for who in (DIRECTOR, RUO)] == [1, 1], "cards, and no message beside them"


async def test_an_expert_without_the_app_is_nobody_until_it_is_there(bot):
    await bot.says(RUO, "помощ")
    bot.moves.without_app.add(RUO)
    await escalated(bot)
    assert CALL in now_shows(bot, DIRECTOR)
    assert DECIDE in now_shows(bot, OTHER_DIRECTOR)

    bot.moves.without_app.clear()
    await bot.moves.wait(minutes=20)

    assert len(sent_to(bot, RUO)) == 1
    assert not any(UNREACHED in now_shows(bot, who) for who in (DIRECTOR, OTHER_DIRECTOR))


async def test_once_the_school_has_decided_nobody_waits_for_an_expert(bot):
    await escalated(bot)
    card = await opened(bot, OTHER_DIRECTOR)
    assert DECIDE in shown(card)
    form = await bot.presses(OTHER_DIRECTOR, card, "Отхвърляне")
    await bot.presses(OTHER_DIRECTOR, form, "Отхвърляне", reason="Още е при нас.")
    await bot.moves.wait(days=1)

    assert not any(UNREACHED in now_shows(bot, who) for who in (DIRECTOR, OTHER_DIRECTOR))
    assert not [row.kind for row in bot.moves.queue.rows.values() if row.status == "ready"]


@pytest.mark.parametrize("known", [False, True])
async def test_of_what_the_office_alone_decides_nobody_reads_of_a_term_or_of_the_school_deciding(bot, known):
    if known:
        await bot.says(RUO, "помощ")
    await office_only(bot)
    asker, school = now_shows(bot, DIRECTOR), await opened(bot, OTHER_DIRECTOR)

    assert "решава само РУО" in asker
    assert "От Вас не се очаква решение" in shown(school)
    assert not sent_to(bot, OTHER_DIRECTOR)
    assert buttons(school) == ["Искания"]
    assert (CALL in asker, CALL in shown(school)) == (not known, not known)
    read = [asker, shown(school)]
    if known:
        (card,) = sent_to(bot, RUO)
        assert buttons(card)[:3] == ["Одобряване", "Отхвърляне", "Показване на данните"]
        read.append(shown(card))
    assert not [(words, text) for text in read for words in NOT_TRUE if words in text]


async def test_the_office_alone_decides_and_it_is_carried_out(bot):
    await bot.says(RUO, "помощ")
    await office_only(bot)
    (card,) = sent_to(bot, RUO)

    form = await bot.presses(RUO, card, "Одобряване")
    await bot.presses(RUO, form, "Одобряване", reason="Ученикът е записан в новото училище.")
    await bot.moves.work()

    assert only(bot).state is State.DONE
