"""How often a teacher may ask: each question is a card in every director's chat."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.clock import STEP
from bot.core.decision import ALLOWED, Decision, Reason

DAY = timedelta(days=1)
MOST_A_DAY = 20
"""More classes than anybody teaches in one school day."""


@dataclass(frozen=True, slots=True)
class AskedBefore:
    """When this teacher has asked within a day, oldest first: whatever it was, and about this link."""

    anything: tuple[datetime, ...] = ()
    this: tuple[datetime, ...] = ()


def may_ask_again(before: AskedBefore, now: datetime) -> Decision:
    """One question a day about one link, twenty about all."""
    for moments, most in ((before.this, 1), (before.anything, MOST_A_DAY)):
        counted = [at for at in moments if now - DAY < at <= now + STEP]
        if len(counted) >= most:
            return Decision(Reason.QUESTION_ASKED_OFTEN, counted[-most] + DAY)
    return ALLOWED
