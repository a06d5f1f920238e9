"""People and schools as the directory knows them."""

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class School:
    """A school. `code` is the institution id of НЕИСПУО without a leading zero (6 or 7 digits, `schoolNumber`)."""

    id: str
    code: str
    name: str
    town: str = ""
    region: str = ""

    def is_called(self, name: str) -> bool:
        """Whether this is the school's name, whatever its quotation marks and capitals."""
        return bool(name) and _WORD.findall(name.casefold()) == _WORD.findall(self.name.casefold())


class Kind(StrEnum):
    """What a person is in the school (`educationUser.primaryRole`)."""

    STUDENT = "student"
    TEACHER = "teacher"
    OTHER = "none"


class AccountState(StrEnum):
    """Whether the account can be used."""

    ACTIVE = "active"
    DISABLED = "disabled"
    BEING_CREATED = "being-created"


@dataclass(frozen=True, slots=True)
class Person:
    """One account of one person. A person can have several accounts with the same identifier.

    `id` is the Entra object id; `username` the full user principal name (`gk75059414@edu.mon.bg`).
    `grade` is `student.grade` (for what is known of the grade ask `grades.grade_of`), `born` is `student.birthDate`
    (ask `births.birth_of`). `teams` are the display names of the class teams the person is in, from which the
    class (паралелка) follows: the directory has one team per curriculum row and none per class. None: not read.
    """

    id: str
    name: str
    username: str
    kind: Kind
    state: AccountState
    schools: tuple[School, ...] = ()
    grade: str = ""
    teams: tuple[str, ...] | None = None
    identifier: str = field(default="", repr=False)
    """The national identifier as stored (`student/externalId` or `teacher/externalId`), possibly without its zero."""
    born: date | None = field(default=None, repr=False)

    def attends(self, school_id: str) -> bool:
        """Whether the person is enrolled in (or works at) the school with this directory id."""
        return any(school.id == school_id for school in self.schools)


@dataclass(frozen=True, slots=True)
class SchoolClass:
    """A class (паралелка) as the names of the class teams tell it. `teams` are the ids of those that name it alone
    (or, if none does, of all that name it).
    """

    name: str
    teams: tuple[str, ...] = field(repr=False)
