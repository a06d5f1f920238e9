"""An event that nobody can ask for again is kept before it is acknowledged."""

import asyncio

import pytest

from bot.conversation import EventNotKept
from bot.core.errors import StoreUnavailable
from tests.conversations.bot import DIRECTOR, Bot


def broken(bot, name, monkeypatch, error):
    async def fails(*_):
        if error is TimeoutError:
            await asyncio.sleep(60)
        raise error

    monkeypatch.setattr(bot.conversations, name, fails)


@pytest.mark.parametrize("error", [StoreUnavailable, TimeoutError])
async def test_an_installation_that_was_not_kept_is_not_acknowledged(monkeypatch, error):
    bot = Bot(patience=0.05)
    with monkeypatch.context() as meanwhile:
        broken(bot, "remember", meanwhile, error)
        with pytest.raises(EventNotKept):
            await bot.installs(DIRECTOR)

    assert await bot.installs(DIRECTOR) is not None, "and is greeted when it comes again"


async def test_a_removal_that_was_not_kept_is_not_acknowledged(monkeypatch):
    bot = Bot()
    broken(bot, "forget", monkeypatch, StoreUnavailable)

    with pytest.raises(EventNotKept):
        await bot.removes(DIRECTOR)


async def test_who_writes_meanwhile_is_told_so_as_ever(monkeypatch):
    bot = Bot()
    broken(bot, "remember", monkeypatch, StoreUnavailable)

    reply = await bot.says(DIRECTOR, "помощ")

    assert "Базата данни" in str(reply.text or reply.card)
