"""Whatever a regional office presses, in whichever order: no student before it has said why, and then only that one."""

import json

import pytest

from bot.core.transfers.model import Side, State
from tests.conversations.bot import RUO
from tests.conversations.office_walk import CASES, answers, every_button, secrets, world

EVERYTHING = frozenset().union(*(secrets(name) for name in CASES))

WORLDS = [(state, Side.RELEASING) for state in State] + [
    (State.REQUESTED, Side.OFFICE),
    (State.REFUSED, Side.OFFICE),
    (State.WITHDRAWN, Side.RECEIVING),
]
QUICK = {(State.REFUSED, Side.OFFICE)}
"""What an office has decided itself."""


@pytest.mark.parametrize(
    ("state", "decided_as"),
    [pytest.param(*one, marks=[] if one in QUICK else [pytest.mark.long]) for one in WORLDS],
)
async def test_no_sequence_of_presses_shows_a_student_before_a_reason(state, decided_as):
    bot, cards = await world(state, decided_as)
    entries = [*cards, await bot.says(RUO, "искания"), await bot.says(RUO, "помощ"), *every_button(bot)]

    reached = await answers(bot, entries, deepest=5)

    shown_to_the_office = 0
    for place, allowed in reached:
        written = _readable(place.reply)
        seen = {word for word in EVERYTHING if word in written}
        assert not seen - allowed, f"{sorted(seen - allowed)} after {place.way}"
        shown_to_the_office += bool(seen)
    assert shown_to_the_office >= 2  # each of the two requests was opened at least once: the walk can see a student
    assert len(reached) > 300


def _readable(reply):
    """All of an answer, but what the client carries back unread."""

    def without_data(value):
        if isinstance(value, dict):
            return {name: without_data(one) for name, one in value.items() if name != "data"}
        return [without_data(one) for one in value] if isinstance(value, list) else value

    return json.dumps(without_data(reply.card), ensure_ascii=False) + (reply.text or "")
