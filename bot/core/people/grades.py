"""In which grade a student is. НЕИСПУО leaves `student.grade` empty (its synchronisation sends null), and the class
that the names of the person's teams tell has the grade in it.
"""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from bot.core.people.classes import classes_of_team, grade_of_class, normalise_grade
from bot.core.people.model import Kind, Person


class GradeSource(StrEnum):
    """What a grade is known from."""

    DIRECTORY = "directory"
    CLASS = "class"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Grade:
    """`number` is Arabic without zeros (`5`), what the directory wrote where that is no number (`ПГ`), or empty."""

    number: str
    source: GradeSource


NO_GRADE = Grade("", GradeSource.NOTHING)


def grade_of(person: Person) -> Grade:
    """The directory's grade, else that of the class that most of the person's teams name. Classes of two grades named
    equally often tell nothing: a guess could give a short password to somebody older.
    """
    if person.kind is not Kind.STUDENT:
        return NO_GRADE
    if number := normalise_grade(person.grade):
        return Grade(number, GradeSource.DIRECTORY)
    named = Counter(name for team in person.teams or () for name in classes_of_team(team) if grade_of_class(name))
    most = max(named.values(), default=0)
    grades = {grade_of_class(name) for name, count in named.items() if count == most}
    return Grade(grades.pop(), GradeSource.CLASS) if len(grades) == 1 else NO_GRADE
