"""A world that can be tried in several ways: each way in a copy of it."""

import copy

from tests.conversations.bot import CATALOG, ROUTER, Bot


def copied(bot: Bot) -> Bot:
    """A world of its own, as this one is now. Words and router are the same ones; a secret cannot be copied."""
    same = (CATALOG, ROUTER, *bot.room.operations.secrets.values())
    return copy.deepcopy(bot, {id(one): one for one in same})
