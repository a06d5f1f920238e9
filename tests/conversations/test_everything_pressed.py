"""Every button of every card, pressed by whoever has it, with nothing, with much and with nonsense typed: never the
apology, also on the ways back.
"""

import pytest

from bot.texts.catalog import LANGUAGES
from tests.conversations.bot import DISABLED, LOST, STRANGER, STUDENT, VERBS
from tests.conversations.walk import EVERYBODY, MOST, UNREADABLE, World

NOTHING_BUT_HELP = {STUDENT, STRANGER, DISABLED, LOST, UNREADABLE}
ELSEWHERE = {
    "new-accounts.open",
    "accounts.parents",
    "class.retry",
    "password.handed",
    "password.check",
    "transfer.pick",
    "link.do",
    "link.answer",
    "requests.open",
}
"""Not on the way: they need typed words, a failure, a hurry, a first grade, a card of an older release, or a message of their own. The tests of their dialogs
press them, and `test_sealed_nonsense.py`.
"""


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_button_that_is_reached_is_answered(language):
    reached: set[str] = set()
    for who in EVERYBODY:
        world = World(language)
        await world.prepare()
        count, verbs = await world.walk(who)
        reached |= verbs
        assert count < MOST, "there would have been more"
        assert (count > 20) == (who not in NOTHING_BUT_HELP)

    assert set(VERBS) - ELSEWHERE <= reached
