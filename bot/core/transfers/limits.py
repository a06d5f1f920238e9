"""How often may be asked: each request is a card in somebody else's chat (SECURITY.md, "What reaches others")."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.clock import STEP
from bot.core.decision import ALLOWED, Decision, Reason

DAY, WEEK = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True, slots=True)
class AskLimits:
    """A school that takes in a whole grade in one day stays below; whoever wants to fill a chat does not."""

    per_director: int = 80
    """In a day."""
    per_school: int = 80
    """From one school to one other, in a day."""
    per_student: int = 3
    """For one student from one school, in a week."""
    cooling: timedelta = timedelta(hours=4)
    """After a school has withdrawn its request for a student."""


@dataclass(frozen=True, slots=True)
class Past:
    """When the asking school has asked within a week, oldest first: by this director, of this school, for this
    student; and when it last withdrew a request for this student.
    """

    by_director: tuple[datetime, ...] = ()
    of_school: tuple[datetime, ...] = ()
    for_student: tuple[datetime, ...] = ()
    withdrawn_at: datetime | None = None


def may_ask_again(past: Past, now: datetime, limits: AskLimits) -> Decision:
    """Whether one more request is within the limits; `until` says when it opens again. Of several reached the one
    that opens latest is given. What a clock that was wrong by days has written counts for nothing.
    """
    denied = [
        Decision(reason, until)
        for reason, until in (
            (Reason.STUDENT_ASKED_OFTEN, _opens(past.for_student, now, limits.per_student, WEEK)),
            (Reason.SCHOOL_ASKED_OFTEN, _opens(past.of_school, now, limits.per_school, DAY)),
            (Reason.ASKED_OFTEN, _opens(past.by_director, now, limits.per_director, DAY)),
            (Reason.WITHDRAWN_JUST_NOW, _cools(past.withdrawn_at, now, limits.cooling)),
        )
        if until is not None
    ]
    return max(denied, key=lambda one: one.until or now, default=ALLOWED)


def _opens(moments: Sequence[datetime], now: datetime, most: int, window: timedelta) -> datetime | None:
    counted = [at for at in moments if now - window < at <= now + STEP]
    return counted[-most] + window if len(counted) >= most else None


def _cools(withdrawn_at: datetime | None, now: datetime, cooling: timedelta) -> datetime | None:
    if withdrawn_at is None or withdrawn_at > now + STEP or now >= withdrawn_at + cooling:
        return None
    return withdrawn_at + cooling
