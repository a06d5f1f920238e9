"""A password that nobody waits for any more is not set: the one that works would be lost with it."""

import pytest

from bot.core.passwords.model import NOTICE, Stage
from tests.conversations.bot import DIRECTOR, Bot, shown
from tests.conversations.passwords import ALL, only, ready


@pytest.mark.parametrize("hours", [1, 5, 11])
async def test_after_hours_without_a_worker_the_password_that_works_is_left_and_the_director_is_told(hours):
    bot = Bot(people=ALL)
    bot.room.worker_is_there = False
    running = await ready(bot)
    assert "Обикновено отнема няколко секунди" in shown(running)
    bot.clock.move(hours=hours)
    bot.room.worker_is_there = True
    await bot.work()

    assert bot.room.accounts.set_calls == []
    assert (only(bot).stage, only(bot).in_doubt) == (Stage.FAILED, False)
    (told,) = bot.room.queue.of(NOTICE)
    assert (told.payload["what"], told.payload["to"]) == ("given-up", DIRECTOR)


async def test_it_can_be_asked_for_again_at_once():
    bot = Bot(people=ALL)
    bot.room.worker_is_there = False
    await ready(bot)
    bot.clock.move(hours=5)
    bot.room.worker_is_there = True
    await bot.work()

    again = await ready(bot)

    assert "Временната парола е създадена" in shown(again)
    assert len(bot.room.accounts.set_calls) == 1
