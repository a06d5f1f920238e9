"""When students are taken in, into which grades, and whom that can concern.

Law: Наредба № 10 от 01.09.2016 (ДВ 50/2025), чл. 40й: enrolment in grades I, V, VIII and XI before the school year
begins is приемане, any other is преместване. Nobody releases an account for it.
"""

from dataclasses import dataclass, field
from datetime import date

from bot.core.people.classes import grade_of
from bot.core.people.model import Person

GRADES = ("1", "5", "8", "11")
"""Of intake, as `bot.core.people.classes` writes grades."""

_BEFORE_SCHOOL = frozenset({"", "0", "1", "ПГ"})
"""What may be known of the grade of somebody who enters the first."""


@dataclass(frozen=True, slots=True, order=True)
class DayOfYear:
    """A day of every year. ValueError: there is none such in every year."""

    month: int
    day: int

    def __post_init__(self) -> None:
        date(2001, self.month, self.day)  # a common year


@dataclass(frozen=True, slots=True)
class Season:
    """The days of intake, both included, in every year. It does not go over the end of a year."""

    first: DayOfYear = field(default_factory=lambda: DayOfYear(6, 1))
    last: DayOfYear = field(default_factory=lambda: DayOfYear(9, 14))

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("it ends before it begins")

    def open_on(self, day: date) -> bool:
        """Whether students are taken in on this day (in Sofia)."""
        return self.first <= DayOfYear(day.month, day.day if (day.month, day.day) != (2, 29) else 28) <= self.last

    def opens_after(self, day: date) -> date:
        """The first day of the next season after this day."""
        this = date(day.year, self.first.month, self.first.day)
        return this if this > day else date(day.year + 1, self.first.month, self.first.day)


def may_enter(person: Person, grade: str) -> bool:
    """Whether what is known of the student's grade allows that they enter this one: it is the one before, or the one
    itself once the register has moved on. Of whom nothing is known, anything may be.
    """
    known = grade_of(person).number
    if grade == "1":
        return known in _BEFORE_SCHOOL
    return known in {"", grade, str(int(grade) - 1)}


def grade_entered(person: Person) -> str:
    """The grade of intake the student is about to enter, as far as it is known; "" for all others."""
    known = grade_of(person).number
    return next((grade for grade in GRADES[1:] if known in {grade, str(int(grade) - 1)}), "")
