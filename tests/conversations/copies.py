"""A world that can be tried in several ways: each way in a copy of it."""

import copy
from collections.abc import Iterator

from bot.dialogs import DIALOGS
from tests.conversations.bot import CATALOG, ROUTER, Bot


def copied(bot: Bot) -> Bot:
    """A world of its own, as this one is now. What nothing changes is the same in both; a secret cannot be copied."""
    return copy.deepcopy(bot, {id(one): one for one in _unchanging(bot)})


def _unchanging(bot: Bot) -> Iterator[object]:
    """Words, router, dialogs; secrets; and what was said, which grows with every day that goes by."""
    yield from (CATALOG, ROUTER, DIALOGS, *DIALOGS)
    yield from bot.room.operations.secrets.values()
    for message in (*bot.moves.messenger.sent, *bot.moves.messenger.updated):
        yield message
        yield message[-1]
