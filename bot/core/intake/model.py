"""A list of students of other schools that are taken in: what is asked, and what is said of each line."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.core.decision import Decision
from bot.core.intake.season import Season
from bot.core.people.identifiers import Identifier
from bot.core.people.model import AccountState

MOST_AT_ONCE = 30
"""Lines of one list: a class, and as many as a card can answer."""


@dataclass(frozen=True, slots=True)
class IntakeLine:
    """A line of a list, counted from 1, and the number in it; None where there is none."""

    number: int
    wanted: Identifier | None = field(repr=False)


class IntakeFault(StrEnum):
    """Why a line brings no username."""

    UNREADABLE = "unreadable"
    """No number, or one that fails the checks: nobody was asked."""
    REPEATED = "repeated"
    """The same as an earlier line."""
    NOT_FOUND = "not-found"
    DISABLED = "disabled"
    NO_STUDENT = "no-student"
    OTHER_GRADE = "other-grade"
    """A student who cannot be about to enter this grade."""
    TWO = "two"
    """Several accounts in use."""


MISSED = frozenset({IntakeFault.NOT_FOUND, IntakeFault.NO_STUDENT, IntakeFault.OTHER_GRADE})
"""What guessing brings."""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A student whose username the school gets. No school, no class and no number: those are not needed for it."""

    line: int
    name: str = field(repr=False)
    username: str = field(repr=False)
    state: AccountState
    own: bool
    """The student is in this school already."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A line without a username: of whom it is, there is no place for."""

    line: int
    fault: IntakeFault
    same_as: int = 0
    """Of REPEATED: the earlier line."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What is said of a list, in its order. `left`: how many more the school may ask for in this season."""

    grade: str
    found: tuple[Newcomer, ...]
    left_out: tuple[LeftOut, ...]
    left: int


@dataclass(frozen=True, slots=True)
class NotTakenIn:
    """The list was not looked up. `left`: as above."""

    decision: Decision
    left: int = 0


@dataclass(frozen=True, slots=True)
class IntakeLimits:
    """When, and how many students of other schools one school may ask for in a season. Guessing is stopped as for
    look-ups: where of the last `misses_within` at least half were missed.
    """

    season: Season = field(default_factory=Season)
    per_school: int = 400
    misses_within: int = 20
    pause_minutes: int = 60


@dataclass(frozen=True, slots=True)
class Charged:
    """A list that was charged to a school. `missed` is None while it is being looked up."""

    at: datetime
    count: int
    missed: int | None = None
