"""Who lives in the pretend tenant, read from the file it was generated into: schools, classes, teachers, students."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from simulator.days import day_in_bulgaria
from simulator.people.identifiers import kind_of
from simulator.people.model import TenantOptions
from simulator.people.population import FIRST_PLANTED
from simulator.store.files import kept_file

_PLAIN = f"in_roster AND enabled AND ready AND user_type IS NULL AND user.n < {FIRST_PLANTED}"
_ROSTER = f"role = 'student' AND {_PLAIN} AND length(external_id) = 10"


@dataclass(frozen=True, slots=True)
class Student:
    """A student with an active account, found by a full-length ЕГН."""

    id: str
    identifier: str
    name: str


@dataclass(frozen=True, slots=True)
class Class:
    """A class (паралелка) of one school. `size`: students of it whom a password can be given."""

    number: int
    school: int
    title: str
    size: int


@dataclass(frozen=True, slots=True)
class School:
    """`director` and `teachers` are object ids."""

    number: int
    director: str
    teachers: Sequence[str]


class Country:
    """Reads only what is asked for, so that a country needs no more memory here than its schools and classes."""

    def __init__(self, schools: int, students: int, state: Path) -> None:
        """Generates the tenant if `state` has not got it: about a minute for 700,000 students, and 350 MB."""
        self.options = TenantOptions(today=day_in_bulgaria(), schools=schools, students=students)
        self.options.check()
        file = kept_file(self.options, state)
        self._database = sqlite3.connect(f"file:{file}?mode=ro", uri=True, check_same_thread=False)
        directors = dict(
            self._database.execute(
                "SELECT school, id FROM user JOIN enrolment ON person = user.n WHERE role = 'director'"
            )
        )
        teachers: dict[int, list[str]] = {}
        for school, teacher in self._database.execute(
            f"SELECT school, id FROM user JOIN enrolment ON person = user.n WHERE role = 'teacher' AND {_PLAIN}"  # noqa: S608 -- a constant
        ):
            teachers.setdefault(school, []).append(teacher)
        self.schools = [
            School(number, directors[number], teachers[number])
            for number in range(1, schools + 1)
            if number in directors and number in teachers
        ]
        self.classes = [
            Class(number, school, f"{grade} {letter}", size)
            for number, school, grade, letter, size in self._database.execute(
                "SELECT homeroom.n, school, homeroom.grade, letter, count(*) FROM homeroom "  # noqa: S608 -- a constant
                f"JOIN user ON user.homeroom = homeroom.n WHERE {_ROSTER} GROUP BY homeroom.n"
            )
        ]

    def close(self) -> None:
        """Closes the file."""
        self._database.close()

    def students(self, class_: Class) -> list[Student]:
        """Those of the class, always in the same order; nobody with ЛНЧ or a service number."""
        rows = self._database.execute(
            f"SELECT id, external_id, display FROM user WHERE homeroom = ? AND {_ROSTER} ORDER BY n",  # noqa: S608 -- same
            (class_.number,),
        )
        return [Student(*row) for row in rows if kind_of(row[1]) == "egn"]
