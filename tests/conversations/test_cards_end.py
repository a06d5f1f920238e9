"""A card that nobody can be brought is tried as long as the request waits for that person, and no longer."""

from dataclasses import replace

import pytest

from bot.core.transfers.model import CARD, Side, State
from bot.core.transfers.told import DeliveryState
from tests.conversations.bot import DIRECTOR, OTHER_DIRECTOR, RUO, Bot, shown
from tests.conversations.test_transfer_messages import asked, now_shows, only, refuse, sent_to


@pytest.fixture
def bot():
    return Bot()


def cards(bot: Bot) -> list[str]:
    """For whom one is still tried."""
    return [row.payload["to"] for row in bot.moves.queue.rows.values() if (row.kind, row.status) == (CARD, "ready")]


async def reaches(bot: Bot) -> dict[tuple[Side, str], DeliveryState]:
    return {(one.side, one.person): one.reach for one in await bot.moves.transfers.deliveries(only(bot).id)}


def disable(bot: Bot, who: str) -> None:
    bot.roles.facts[who] = replace(bot.roles.facts[who], enabled=False)


async def test_of_a_closed_request_nobody_who_has_removed_the_app_gets_it_back(bot):
    await asked(bot)
    await bot.moves.work()
    bot.moves.without_app.add(DIRECTOR)
    bot.moves.installer.allowed.add(DIRECTOR)

    await refuse(bot)
    await bot.moves.wait(days=3)

    assert only(bot).state is State.REFUSED
    assert DIRECTOR not in bot.moves.installer.asked
    assert cards(bot) == []
    assert (await reaches(bot))[Side.RECEIVING, DIRECTOR] is DeliveryState.NOT_INSTALLED


async def test_as_long_as_the_request_waits_it_is_tried(bot):
    bot.moves.without_app.add(DIRECTOR)
    await asked(bot)
    await bot.moves.wait(hours=2)
    assert bot.moves.installer.asked.count(DIRECTOR) > 1

    bot.moves.without_app.clear()
    await bot.moves.wait(minutes=20)

    assert "Очаква се решение" in now_shows(bot, DIRECTOR)


@pytest.mark.parametrize("who", [DIRECTOR, OTHER_DIRECTOR, RUO])
async def test_for_a_disabled_account_nothing_is_installed_and_nothing_tried_on(bot, who):
    """Disabled while the app is being looked for, so that a card is already on its way."""
    await bot.says(RUO, "помощ")
    bot.moves.without_app.add(who)
    await asked(bot)
    await bot.moves.work()
    if who == RUO:
        await bot.moves.wait(days=8)
    disable(bot, who)
    installed = bot.moves.installer.asked.count(who)

    await bot.moves.wait(days=1)

    assert bot.moves.installer.asked.count(who) == installed
    assert who not in cards(bot)
    assert not sent_to(bot, who)


async def test_that_the_director_who_is_asked_was_disabled_meanwhile_who_asked_reads(bot):
    bot.moves.without_app.add(OTHER_DIRECTOR)
    await asked(bot)
    await bot.moves.wait(minutes=5)
    assert "Директорът още не е отворил бота" in now_shows(bot, DIRECTOR)
    disable(bot, OTHER_DIRECTOR)

    await bot.moves.wait(hours=2)

    assert "Профилът на директора не е активен" in now_shows(bot, DIRECTOR)
    assert (await reaches(bot))[Side.RELEASING, OTHER_DIRECTOR] is DeliveryState.DISABLED


async def test_who_asked_and_was_disabled_leaves_no_task_behind(bot):
    await asked(bot)
    await bot.moves.work()
    form = await bot.presses(OTHER_DIRECTOR, sent_to(bot, OTHER_DIRECTOR)[0], "Отхвърляне")
    bot.moves.without_app.add(DIRECTOR)
    disable(bot, DIRECTOR)

    refused = await bot.presses(OTHER_DIRECTOR, form, "Отхвърляне", reason="Още е при нас.")
    await bot.moves.wait(days=1)

    assert "Отхвърлихте искането" in shown(refused)
    assert (cards(bot), bot.moves.installer.asked) == ([], [])
