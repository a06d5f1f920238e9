"""What a row of the board says in words of ours is said whole, whatever it puts together."""

from itertools import combinations

import pytest

from bot.dialogs.accounts.board import _MOST_STATES, _TO_BE_DONE
from cards.accounts import PartRow, part_row
from cards.actions import Press
from tests.conversations.bot import CATALOG

_MOST = 99_999
"""More people than any school has."""


def told(words: str) -> str:
    """What the row says below its title."""
    row = part_row(PartRow("5 а", words, Press("accounts.list", {})))
    return "".join(row.lines)


@pytest.mark.parametrize("language", ["bg", "en"])
@pytest.mark.parametrize("count", range(1, _MOST_STATES + 1))
def test_of_the_ministrys_list_every_combination_of_states_is_told_whole(language, count):
    t = CATALOG.speak(language)
    for states in combinations(_TO_BE_DONE, count):
        words = "; ".join(t("accounts-apart-one", state=t(f"listed-state-{one}"), count=_MOST) for one in states)
        assert told(words) == words


@pytest.mark.parametrize("language", ["bg", "en"])
def test_what_a_row_says_of_what_is_to_be_done_is_told_whole(language):
    t = CATALOG.speak(language)
    ids = (
        "accounts-view-new-do", "accounts-view-not-handed-do", "accounts-view-not-handed-untold-do",
        "accounts-view-unused-do", "accounts-view-apart-do", "accounts-intake-do",
        *(f"listed-do-{one}" for one in (*_TO_BE_DONE, "found")),
    )  # fmt: skip
    for text_id in ids:
        assert told(t(text_id)) == t(text_id)
