"""Where a student is in the directory, and the steps that move them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.core.people.model import Person


@dataclass(frozen=True, slots=True)
class Team:
    """A class team in the directory."""

    id: str
    name: str


class StepKind(StrEnum):
    """What is done in the directory, in this order."""

    JOIN_SCHOOL = "join-school"
    JOIN_TEAM = "join-team"
    LEAVE_TEAM = "leave-team"
    LEAVE_SCHOOL = "leave-school"
    ENABLE = "enable"


@dataclass(frozen=True, slots=True)
class Step:
    """One recorded, repeatable step. `target` is the directory id of the school or team, the person's of ENABLE."""

    kind: StepKind
    target: str
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a student is in the directory at this moment. `person` comes with schools; `teams` are all the person's.

    `ordinary`: a student's account without any power over others, mastered in the cloud.
    """

    person: Person
    teams: tuple[Team, ...]
    ordinary: bool
