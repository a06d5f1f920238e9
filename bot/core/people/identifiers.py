"""National identifiers: ЕГН, ЛНЧ, служебен номер. (Contract; the rules are written here.)."""

from dataclasses import dataclass, field
from enum import StrEnum


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
    `suggestion` is the ten-digit form of a number that lost its zero.
    """

    kind: IdentifierKind
    problem: IdentifierProblem
    count: int = 0
    letter: str = ""
    position: int = 0
    suggestion: str = field(default="", repr=False)
