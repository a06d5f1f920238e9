"""Every button of every card, pressed by whoever has it, with nothing, with much and with nonsense typed: never the
apology, also on the ways back.
"""

from collections.abc import Callable

import pytest

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


@pytest.mark.parametrize("every_title", [False, pytest.param(True, marks=pytest.mark.long)])
async def test_every_button_that_is_reached_is_answered(every_title):
    """In Bulgarian; in English, from a phone first, in `test_by_message.py`."""
    await all_answered("bg", World, every_title=every_title)


async def all_answered(language: str, make: Callable[[str], World], *, every_title: bool = False) -> list[World]:
    """Everybody presses what they reach: the worlds afterwards, one for each."""
    reached: set[str] = set()
    worlds: list[World] = []
    for who in EVERYBODY:
        worlds.append(make(language))
        await worlds[-1].prepare()
        count, verbs = await worlds[-1].walk(who, every_title=every_title)
        reached |= verbs
        assert count < MOST, "there would have been more"
        assert (count > 20) == (who not in NOTHING_BUT_HELP)

    assert set(VERBS) - ELSEWHERE <= reached
    return worlds
