"""How much may be looked up, and who may be seen.

Source of the budgets: the abuse case "enumeration of identifiers" (SECURITY.md). One birth date has 1,000 possible
ЕГН, all computable, and a random well-formed one belongs to a child about one time in six: many misses mean guessing,
also where a known student is looked up now and then.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta, tzinfo

from bot.core.clock import STEP
from bot.core.decision import ALLOWED, Decision, Reason
from bot.core.people.free_text import free_text
from bot.core.people.model import Kind, Person
from bot.core.usernames.model import (
    LONGEST_PURPOSE,
    Attempt,
    ByIdentifier,
    ByUsername,
    LookupLimits,
    Outcome,
    Purpose,
    PurposeKind,
    Query,
    Reach,
)


def judge(attempts: Sequence[Attempt], reach: Reach, now: datetime, limits: LookupLimits, zone: tzinfo) -> Decision:
    """Whether one more look-up of this reach is within the budget; `attempts` are the actor's, oldest first.

    A day is a calendar day in `zone`. Of two limits reached the one that opens later is given. What was charged by a
    clock that was wrong by more than two days (see `SteadyClock`) counts no more: it would pause somebody until then.
    """
    day = now.astimezone(zone).date()
    charged = [one for one in _charged(attempts, reach) if one.at <= now + STEP]
    begun, midnight = (
        datetime.combine(day + timedelta(days=number), time.min, zone).astimezone(UTC) for number in (0, 1)
    )
    today = sum(begun <= attempt.at < midnight for attempt in charged)
    if reach is Reach.OWN:
        return Decision(Reason.OWN_BUDGET_SPENT, midnight) if today >= limits.own_per_day else ALLOWED
    pause_ends = _pause_ends(charged, limits)
    paused = pause_ends is not None and now < pause_ends
    spent = today >= limits.other_per_day
    if pause_ends is not None and paused and not (spent and midnight >= pause_ends):
        return Decision(Reason.TOO_MANY_MISSES, pause_ends)
    return Decision(Reason.OTHER_BUDGET_SPENT, midnight) if spent else ALLOWED


def last_outside(attempts: Sequence[Attempt], count: int) -> tuple[Attempt, ...]:
    """The last `count` look-ups outside the director's own school, oldest first."""
    return tuple(_charged(attempts, Reach.OTHER)[-count:]) if count > 0 else ()


def misses_among(attempts: Sequence[Attempt]) -> int:
    """How many of these were missed.

    One that is still pending counts as missed: otherwise parallel presses would not count at all.
    """
    return sum(attempt.outcome is not Outcome.HIT for attempt in attempts)


def schools_among(attempts: Sequence[Attempt]) -> frozenset[str]:
    """The schools of those that were found."""
    return frozenset().union(*(attempt.schools for attempt in attempts))


def reach_of(query: Query, purpose: Purpose | None) -> Reach:
    """How far the look-up sees: outside their school only by identifier or username, and with a stated reason."""
    return Reach.OTHER if isinstance(query, ByIdentifier | ByUsername) and purpose is not None else Reach.OWN


def stated(purpose: Purpose | None) -> Purpose | None:
    """The reason as it is kept; None when nothing was really stated („друго" without words)."""
    if purpose is None:
        return None
    text = free_text(purpose.text, LONGEST_PURPOSE)
    if purpose.kind is PurposeKind.OTHER and not any(char.isalpha() for char in text):
        return None
    return Purpose(purpose.kind, text)


def may_see(person: Person, school_id: str, reach: Reach) -> bool:
    """Whether a director of this school may be shown this account.

    Students and teachers of their school always; students of others with a stated reason; teachers of others and
    accounts that are no person's (schools, services) never.
    """
    if person.kind is Kind.OTHER:
        return False
    return person.attends(school_id) or (person.kind is Kind.STUDENT and reach is Reach.OTHER)


def _charged(attempts: Sequence[Attempt], reach: Reach) -> list[Attempt]:
    return [attempt for attempt in attempts if attempt.reach is reach and attempt.outcome is not Outcome.FAILED]


def _pause_ends(charged: Sequence[Attempt], limits: LookupLimits) -> datetime | None:
    """An hour after the last miss with which there were too many, whatever was found since."""
    for place in range(len(charged), 0, -1):
        last = charged[place - 1]
        within = charged[max(0, place - limits.misses_within) : place]
        if last.outcome is not Outcome.HIT and misses_among(within) >= limits.misses:
            return last.at + timedelta(minutes=limits.pause_minutes)
    return None
