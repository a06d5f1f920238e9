"""How old a student is, as far as the stored identifier tells. Only an ЕГН carries a date of birth."""

from datetime import date

from stdnum.bg import egn, pnf

from bot.core.people.classes import normalise_grade
from bot.core.people.identifiers import Identifier, IdentifierKind, birth_date
from bot.core.people.model import Person

_STORED_LENGTHS = range(8, 11)
"""Ten digits; a spreadsheet lost one zero of births 2001–2009 and two of births in 2000."""
_AGE_BEFORE_GRADES = 6
"""A student of grade n is n + 6 years old, give or take two."""
_GIVE_OR_TAKE = 2


def known_birth(person: Person, today: date, admit_synthetic: bool) -> date | None:
    """The date of birth the person's stored identifier carries, as it is: also one in the future or long ago.

    None where there is none (ЛНЧ, служебен номер, nothing stored) and where it is in doubt: one valid ЕГН in ten is a
    valid ЛНЧ too, and such a number is believed only when the student's grade fits the age. `today` is the date in
    Sofia; with `admit_synthetic`, births 2037–2056 count as born 30 years earlier.
    """
    stored = person.identifier.strip()
    if not (stored.isascii() and stored.isdecimal() and len(stored) in _STORED_LENGTHS):
        return None
    digits = stored.zfill(10)
    if not egn.is_valid(digits):
        return None
    birth = birth_date(Identifier(IdentifierKind.EGN, digits), admit_synthetic)
    if birth is not None and pnf.is_valid(digits) and not _fits_grade(birth, person.grade, today):
        return None
    return birth


def under_14(birth: date, today: date) -> bool:
    """Whether somebody born then is not yet 14 on this day. The 14th birthday counts as 14."""
    return today < birthday(birth, 14)


def birthday(birth: date, age: int) -> date:
    """The day on which somebody born then becomes so many years old; for 29 February the 28th in a common year
    (ЗЗД чл. 72: a period ends with the last day of the month that has no such day).
    """
    try:
        return birth.replace(year=birth.year + age)
    except ValueError:
        return date(birth.year + age, 2, 28)


def _fits_grade(birth: date, grade: str, today: date) -> bool:
    number = normalise_grade(grade)
    if not number.isdecimal():
        return False
    age = today.year - birth.year
    if today < birthday(birth, age):
        age -= 1
    return abs(age - (int(number) + _AGE_BEFORE_GRADES)) <= _GIVE_OR_TAKE
