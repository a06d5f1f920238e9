"""When a student was born, as far as the directory tells: by its own date, by the stored identifier, or by both."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from stdnum.bg import egn, pnf

from bot.core.people.identifiers import Identifier, IdentifierKind, birth_date
from bot.core.people.model import Person

OLDEST_STUDENT = 30
"""Years: a student born longer ago is a mistyped date or a wrong identifier."""
_STORED_LENGTHS = range(8, 11)
"""Ten digits; a spreadsheet lost one zero of births 2001–2009 and two of births in 2000."""
_AGE_BEFORE_GRADES = 6
"""A student of grade n is n + 6 years old, give or take two."""
_GIVE_OR_TAKE = 2


class BirthSource(StrEnum):
    """What a birth is known from. OLDER: the two disagree, and it is the earlier of them."""

    DIRECTORY = "directory"
    IDENTIFIER = "identifier"
    BOTH = "both"
    OLDER = "older"


@dataclass(frozen=True, slots=True)
class Birth:
    """A day of birth that is possible for a student."""

    day: date
    source: BirthSource


def birth_of(person: Person, today: date, admit_synthetic: bool, *, grade: str) -> Birth | None:
    """The student's birth; None where nothing tells it. One that is not possible for a student tells of a wrong
    number or date and not of an age. Of two that disagree the earlier counts: a parent is handed the password of a
    child under 14, and nobody is that who may be older.
    """
    told = person.born if person.born is not None and possible_birth(person.born, today) else None
    read = known_birth(person, today, admit_synthetic, grade=grade)
    if read is not None and not possible_birth(read, today):
        read = None
    if told is None or read is None:
        day, source = (told, BirthSource.DIRECTORY) if read is None else (read, BirthSource.IDENTIFIER)
        return None if day is None else Birth(day, source)
    return Birth(told, BirthSource.BOTH) if told == read else Birth(min(told, read), BirthSource.OLDER)


def known_birth(person: Person, today: date, admit_synthetic: bool, *, grade: str) -> date | None:
    """The date of birth the person's stored identifier carries, as it is: also one in the future or long ago.

    None where there is none (ЛНЧ, служебен номер, nothing stored) and where it is in doubt: one valid ЕГН in ten is a
    valid ЛНЧ too, and such a number is believed only when the student's grade fits the age. `grade` is asked for
    because the list of a whole school comes without teams: `classes.grade_of`, there `classes.grade_in`; "" where it
    is not known. `today` is the date in Sofia; with `admit_synthetic`, births 2037–2056 count as 30 years earlier.
    """
    stored = person.identifier.strip()
    if not (stored.isascii() and stored.isdecimal() and len(stored) in _STORED_LENGTHS):
        return None
    digits = stored.zfill(10)
    if not egn.is_valid(digits):
        return None
    birth = birth_date(Identifier(IdentifierKind.EGN, digits), admit_synthetic)
    if birth is not None and pnf.is_valid(digits) and not _fits_grade(birth, grade, today):
        return None
    return birth


def possible_birth(birth: date, today: date) -> bool:
    """Whether a student can be born then."""
    return birth <= today <= birthday(birth, OLDEST_STUDENT)


def earliest_birth(today: date) -> date:
    """The first day on which a student can be born. On 29 February those of 28 February are past it already."""
    day = birthday(today, -OLDEST_STUDENT)
    return day if possible_birth(day, today) else day + timedelta(days=1)


def birthday(birth: date, age: int) -> date:
    """The day on which somebody born then becomes so many years old; for 29 February the 28th in a common year
    (ЗЗД чл. 72: a period ends with the last day of the month that has no such day).
    """
    try:
        return birth.replace(year=birth.year + age)
    except ValueError:
        return date(birth.year + age, 2, 28)


def _fits_grade(birth: date, number: str, today: date) -> bool:
    if not number.isdecimal():
        return False
    age = today.year - birth.year
    if today < birthday(birth, age):
        age -= 1
    return abs(age - (int(number) + _AGE_BEFORE_GRADES)) <= _GIVE_OR_TAKE
