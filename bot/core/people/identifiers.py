"""National identifiers: ЕГН, ЛНЧ, служебен номер: reading what a person typed or pasted.

What can be cleaned without a guess is cleaned (`identifier_shapes.py`); everything else is refused with its own
problem. No digit is ever added, dropped, swapped or guessed: a number that lost its leading zero is only *suggested*.
Some numbers that exist break a rule of their kind; they are read once the person has said that they are as written.
Finding identifiers inside free text is in `identifier_traces.py`.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from stdnum.bg import egn, pnf
from stdnum.exceptions import ValidationError

from bot.core.people.identifier_shapes import LETTERS_FOR_DIGITS, Shape, bare_number


class IdentifierKind(StrEnum):
    """The kinds НЕИСПУО knows."""

    EGN = "egn"
    LNCH = "lnch"
    SERVICE = "service"


@dataclass(frozen=True, slots=True)
class Identifier:
    """A well-formed identifier, digits only. It shows itself masked wherever it is printed."""

    kind: IdentifierKind
    digits: str = field(repr=False)

    @property
    def stored_forms(self) -> tuple[str, ...]:
        """The forms the directory may hold: as it is, and without leading zeros (some values lost theirs)."""
        stripped = self.digits.lstrip("0")
        return (self.digits,) if stripped == self.digits or not stripped else (stripped, self.digits)


class IdentifierProblem(StrEnum):
    """What is wrong with what was typed."""

    EMPTY = "empty"
    NOT_DIGITS = "not-digits"
    LETTER_FOR_DIGIT = "letter-for-digit"
    ROUNDED = "rounded"
    TWO_WAYS = "two-ways"
    LENGTH = "length"
    LOST_ZERO = "lost-zero"
    DATE = "date"
    FUTURE = "future"
    TOO_OLD = "too-old"
    CHECK_DIGIT = "check-digit"
    TRIVIAL = "trivial"
    LOOKS_LIKE_EGN = "looks-like-egn"
    LOOKS_LIKE_LNCH = "looks-like-lnch"


@dataclass(frozen=True, slots=True)
class InvalidIdentifier:
    """`count` digits were typed; `letter` (a Cyrillic or Latin look-alike) stands at `position` (from 1);
    `suggestion` is the ten-digit form of a number that lost its zero. `as_written` is the number itself where numbers
    with this fault exist: it may be read all the same, once the person has said that it is written like that.
    """

    kind: IdentifierKind
    problem: IdentifierProblem
    count: int = 0
    letter: str = ""
    position: int = 0
    suggestion: str = field(default="", repr=False)
    as_written: str = field(default="", repr=False)


_SEQUENCES = ("01234567890123456789", "98765432109876543210")
_OLDEST_YEARS = 100
_SYNTHETIC_YEARS = range(2037, 2057)
_SYNTHETIC_SHIFT = 30
_USUAL_SERVICE_LENGTHS = range(3, 21)
LONGEST_NUMBER = 50
"""Digits of a служебен номер. НЕИСПУО sets no length; what is longer is no number."""
_SERVICE_LENGTHS = range(1, LONGEST_NUMBER + 1)
_SHAPES = {Shape.ROUNDED: IdentifierProblem.ROUNDED, Shape.TWO_WAYS: IdentifierProblem.TWO_WAYS}
_DOTS = "•" * 8


def read_identifier(
    kind: IdentifierKind, typed: str, today: date, admit_synthetic: bool
) -> Identifier | InvalidIdentifier:
    """The identifier in what a person typed, or what is wrong with it.

    `today` is the date in Sofia. With `admit_synthetic`, births 2037–2056 count as born 30 years earlier; without it
    they are births in the future.
    """
    number = bare_number(typed)
    if isinstance(number, Shape):
        return InvalidIdentifier(kind, _SHAPES[number], count=sum(char.isdigit() for char in typed))
    problem = _not_a_number(kind, number)
    if problem is not None:
        return problem
    match kind:
        case IdentifierKind.EGN:
            return _read_egn(number, today, admit_synthetic)
        case IdentifierKind.LNCH:
            return _read_lnch(number, today, admit_synthetic)
        case IdentifierKind.SERVICE:
            return _read_service(number)


def read_as_written(invalid: InvalidIdentifier) -> Identifier | None:
    """The identifier although it breaks a rule of its kind, as numbers that were issued do: ЛНЧ and ЕГН with another
    check digit (github.com/scalefocus/virusafe-android/issues/33 has eight), служебни номера of unusual length.
    """
    return Identifier(invalid.kind, invalid.as_written) if invalid.as_written else None


def birth_date(identifier: Identifier, admit_synthetic: bool) -> date | None:
    """The birth date an ЕГН carries; None for the other kinds, which carry none."""
    if identifier.kind is not IdentifierKind.EGN:
        return None
    return _birth(identifier.digits, admit_synthetic)


def as_issued(stored: str) -> str:
    """A number as the directory holds it; an ЕГН or ЛНЧ that lost its leading zeros has them again. A служебен номер
    has any length: with a zero more it is another one.
    """
    whole = stored.zfill(10)
    return whole if len(stored) in {8, 9} and (egn.is_valid(whole) or pnf.is_valid(whole)) else stored


def masked(digits: str) -> str:
    """The identifier as it may be shown: the last two digits after a constant number of dots.

    Of a number shorter than six digits nothing is shown: two of its digits would be most of it.
    """
    return _DOTS + digits[-2:] if len(digits) >= 6 else _DOTS


def _not_a_number(kind: IdentifierKind, number: str) -> InvalidIdentifier | None:
    if not number:
        return InvalidIdentifier(kind, IdentifierProblem.EMPTY)
    if number.isascii() and number.isdigit():
        return None
    count = sum(char.isdigit() for char in number)
    others = [(place, char) for place, char in enumerate(number, start=1) if not (char.isascii() and char.isdigit())]
    if count and all(char in LETTERS_FOR_DIGITS for _, char in others):
        position, letter = others[0]
        return InvalidIdentifier(
            kind, IdentifierProblem.LETTER_FOR_DIGIT, count=count, letter=letter, position=position
        )
    return InvalidIdentifier(kind, IdentifierProblem.NOT_DIGITS, count=count)


def _read_egn(number: str, today: date, admit_synthetic: bool) -> Identifier | InvalidIdentifier:
    kind = IdentifierKind.EGN
    if len(number) != 10:
        return _wrong_length(kind, number, today, admit_synthetic)
    born = _birth(number, admit_synthetic)
    if born is None:
        problem = IdentifierProblem.DATE
    elif not egn.is_valid(number):
        problem = IdentifierProblem.CHECK_DIGIT
    elif born > today:
        problem = IdentifierProblem.FUTURE
    elif today.year - born.year > _OLDEST_YEARS:
        problem = IdentifierProblem.TOO_OLD
    else:
        return Identifier(kind, number)
    # The form begins with ЕГН, and a ЛНЧ is easily typed into it. Most ЛНЧ carry no date a student could be born on;
    # where the date is possible, a valid ЛНЧ is no sign: one in ten mistyped ЕГН is one too.
    if problem in {IdentifierProblem.DATE, IdentifierProblem.TOO_OLD} and _is_lnch(number):
        problem = IdentifierProblem.LOOKS_LIKE_LNCH
    return _ten_digits(kind, problem, number)


def _read_lnch(number: str, today: date, admit_synthetic: bool) -> Identifier | InvalidIdentifier:
    kind = IdentifierKind.LNCH
    if len(number) != 10:
        return _wrong_length(kind, number, today, admit_synthetic)
    # 0000000000 and its like satisfy the checksum of a ЛНЧ and are typed to fill a field.
    if _is_trivial(number):
        return InvalidIdentifier(kind, IdentifierProblem.TRIVIAL, count=10)
    if _is_lnch(number):
        return Identifier(kind, number)
    is_egn = isinstance(_read_egn(number, today, admit_synthetic), Identifier)
    return _ten_digits(kind, IdentifierProblem.LOOKS_LIKE_EGN if is_egn else IdentifierProblem.CHECK_DIGIT, number)


def _ten_digits(kind: IdentifierKind, problem: IdentifierProblem, number: str) -> InvalidIdentifier:
    as_written = number if problem is IdentifierProblem.CHECK_DIGIT else ""
    return InvalidIdentifier(kind, problem, count=10, as_written=as_written)


def _is_trivial(number: str) -> bool:
    return len(set(number)) == 1 or any(number in sequence for sequence in _SEQUENCES)


def _is_lnch(number: str) -> bool:
    return bool(pnf.is_valid(number)) and not _is_trivial(number)


def _read_service(number: str) -> Identifier | InvalidIdentifier:
    """НЕИСПУО's rule: digits only, any length, and neither a valid ЕГН nor a valid ЛНЧ."""
    kind = IdentifierKind.SERVICE
    if len(number) not in _USUAL_SERVICE_LENGTHS:
        as_written = number if len(number) in _SERVICE_LENGTHS else ""
        return InvalidIdentifier(kind, IdentifierProblem.LENGTH, count=len(number), as_written=as_written)
    if egn.is_valid(number):
        return InvalidIdentifier(kind, IdentifierProblem.LOOKS_LIKE_EGN, count=len(number))
    if pnf.is_valid(number):
        return InvalidIdentifier(kind, IdentifierProblem.LOOKS_LIKE_LNCH, count=len(number))
    return Identifier(kind, number)


def _wrong_length(kind: IdentifierKind, number: str, today: date, admit_synthetic: bool) -> InvalidIdentifier:
    # A spreadsheet drops leading zeros: one for births 2001–2009, two for births in 2000.
    losses = {9, 8} if kind is IdentifierKind.EGN else {9}
    if len(number) in losses:
        whole = number.zfill(10)
        reader = _read_egn if kind is IdentifierKind.EGN else _read_lnch
        read = reader(whole, today, admit_synthetic)
        if isinstance(read, Identifier):
            return InvalidIdentifier(kind, IdentifierProblem.LOST_ZERO, count=len(number), suggestion=whole)
    return InvalidIdentifier(kind, IdentifierProblem.LENGTH, count=len(number))


def _birth(number: str, admit_synthetic: bool) -> date | None:
    try:
        born: date = egn.get_birth_date(number)
    except ValidationError:
        return None
    if not admit_synthetic or born.year not in _SYNTHETIC_YEARS:
        return born
    year = born.year - _SYNTHETIC_SHIFT
    # 30 years before a leap year is a common one: there the 29th of February becomes the 28th.
    return date(year, 2, 28) if (born.month, born.day) == (2, 29) else born.replace(year=year)
