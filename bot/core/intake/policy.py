"""Who may take students in, when, and how many.

The budget is of the school and the season, beside that of the look-ups: a school takes in whole classes within days.
So that it is no way to guess numbers, a school of whose last numbers half were nobody's has to pause (abuse case
"enumeration", SECURITY.md).
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from bot.core.actors.model import Actor
from bot.core.actors.permits import may_look_up
from bot.core.clock import day_in_sofia, sofia
from bot.core.decision import ALLOWED, Decision, Reason
from bot.core.intake.model import MOST_AT_ONCE, Charged, IntakeLimits
from bot.core.intake.season import GRADES

_UNDER_WAY = timedelta(minutes=5)
"""No look-up of a list takes longer. What was not settled by then never will be: the process ended meanwhile."""


def may_take_in(actor: Actor) -> Decision:
    """Whether the actor may take students in at all: the director of a school. A deputy decides about transfers."""
    return may_look_up(actor)


def may_ask(grade: str, count: int, now: datetime, limits: IntakeLimits) -> Decision:
    """Whether such a list may be asked for at this moment, whatever was asked before."""
    today = day_in_sofia(now)
    if not limits.season.open_on(today):
        return Decision(Reason.INTAKE_CLOSED, _midnight(limits.season.opens_after(today)))
    if grade not in GRADES:
        return Decision(Reason.INTAKE_GRADE)
    return ALLOWED if count <= MOST_AT_ONCE else Decision(Reason.INTAKE_TOO_MANY)


def within_budget(charges: Sequence[Charged], count: int, now: datetime, limits: IntakeLimits) -> Decision:
    """Whether the school may ask for so many more. `charges` are those of the season, oldest first."""
    ends = pause_ends(charges, now, limits)
    if ends is not None and now < ends:
        return Decision(Reason.INTAKE_MISSES, ends)
    return ALLOWED if count <= left(charges, limits) else Decision(Reason.INTAKE_SPENT)


def left(charges: Sequence[Charged], limits: IntakeLimits) -> int:
    """How many more."""
    return max(0, limits.per_school - sum(one.count for one in charges))


def pause_ends(charges: Sequence[Charged], now: datetime, limits: IntakeLimits) -> datetime | None:
    """When a pause is over that some list began; the latest of them."""
    for place in range(len(charges), 0, -1):
        if is_guessing(charges[:place], now, limits):
            return charges[place - 1].at + timedelta(minutes=limits.pause_minutes)
    return None


def is_guessing(charges: Sequence[Charged], now: datetime, limits: IntakeLimits) -> bool:
    """Whether at least half of what was asked last was missed, and the last list has some of it. A list that is still
    being looked up counts as missed: otherwise parallel presses would not count at all.
    """
    asked = missed = 0
    for one in reversed(charges):
        each = one.missed if one.missed is not None else one.count if now - one.at < _UNDER_WAY else 0
        if asked == 0 and not each:
            return False
        asked, missed = asked + one.count, missed + each
        if asked >= limits.misses_within:
            return 2 * missed >= asked
    return False


def season_of(now: datetime) -> int:
    """What a season is called: the year it is in."""
    return day_in_sofia(now).year


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, sofia()).astimezone(UTC)
