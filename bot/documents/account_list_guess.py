"""What stands in a column without a head that is known, told by what stands there; and what of it may be shown."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.core.lists.class_cells import class_in, is_class
from bot.core.lists.model import ColumnMeaning, Columns
from bot.core.people.identifier_shapes import Shape, bare_number
from bot.core.people.identifiers import (
    Identifier,
    IdentifierKind,
    IdentifierProblem,
    InvalidIdentifier,
    read_identifier,
)
from bot.core.people.usernames import is_students, read_username

M = ColumnMeaning
_NAME = re.compile(r"[^\W\d_]{2,}(?:[-–'’ ]+[^\W\d_]{1,}\.?){1,5}")
_WORD = re.compile(r"[^\W\d_]{2,}(?:[-–'’][^\W\d_]{2,})?")
_SURNAME = re.compile(r".*(?:ов|ова|ев|ева|ски|ска|ин|ина|оглу|ка|ти|их)", re.IGNORECASE)
_TEACHERS = re.compile(r"[a-z]{2,}(?:\.[a-z]{1,})+\d{0,3}", re.ASCII)
_SCHOOL = re.compile(r"0?[1-9]\d{5,6}", re.ASCII)
_YEAR = re.compile(r"20\d\d", re.ASCII)
_MOSTLY = 0.8
_LOOKED_AT = 60
_DOTS = "•••"
_LONGEST_SHOWN = 60
_LONGEST_NUMBER = 100
"""Characters of a cell with a number and its wrapping."""
_EXCHANGE: Columns = (
    M.SCHOOL, M.NOTHING, M.NOTHING, M.NOTHING, M.IDENTIFIER, M.FIRST, M.MIDDLE, M.LAST,
    M.NOTHING, M.NOTHING, M.NOTHING, M.CLASS,
)  # fmt: skip
"""InstitutionCode|SchoolYear|Month|IdType|Ident|First|Middle|Last|BasicClass|ClassCode|GroupCode|ClassName"""


class CellShape(StrEnum):
    """What a cell looks like."""

    EMPTY = "empty"
    USERNAME = "username"
    IDENTIFIER = "identifier"
    CLASS = "class"
    NAME = "name"
    WORD = "word"
    SCHOOL = "school"
    NUMBER = "number"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Judging:
    """By what cells are judged: the domain of accounts, the day in Sofia, whether synthetic identifiers count."""

    domain: str
    today: date
    admit_synthetic: bool


def shape_of(cell: str, by: Judging) -> CellShape:
    """What this cell looks like."""
    if not cell or cell in {"-", "–", "—"}:
        return CellShape.EMPTY
    if looks_like_username(cell, by.domain):
        return CellShape.USERNAME
    if is_identifier(cell, by):
        return CellShape.IDENTIFIER
    if is_class(class_in(cell)[0]):
        return CellShape.CLASS
    if _NAME.fullmatch(cell):
        return CellShape.NAME
    if _WORD.fullmatch(cell):
        return CellShape.WORD
    if _SCHOOL.fullmatch(cell):
        return CellShape.SCHOOL
    return CellShape.NUMBER if cell.isascii() and cell.isdigit() else CellShape.OTHER


def names_somebody(cell: str, *, like_below: bool) -> bool:
    """Whether a cell of several words is the name of a person and no head („На кого“). `like_below`: names stand
    below it.
    """
    parts = cell.split()
    surname = bool(_SURNAME.fullmatch(parts[-1]))
    if all(part[0].isupper() for part in parts):
        return surname or (like_below and not cell.isupper())
    return surname and like_below


def looks_like_username(cell: str, domain: str) -> bool:
    """Whether any account of the cell has the form of a student's or teacher's."""
    return any(is_username(part, domain) for part in cell.split("|"))


def is_username(written: str, domain: str) -> bool:
    """Whether it has the form of a student's or teacher's. A password may fit the grammar too, so here more is asked;
    and of what has blanks in it, which may be a username and a password, the form of a student's.
    """
    found = read_username(written, domain)
    local = found.partition("@")[0] if found else ""
    if is_students(local):
        return True
    if local == domain.lower():  # stands in heads
        return False
    apart = len(written.split()) > 1
    return bool(found) and not apart and ("@" in written or bool(_TEACHERS.fullmatch(local)))


def is_identifier(cell: str, by: Judging) -> bool:
    """Whether it is a valid ЕГН or ЛНЧ, also one that has lost its zeros."""
    if len(cell) > _LONGEST_NUMBER or not any(map(str.isdigit, cell)):
        return False
    for kind in (IdentifierKind.EGN, IdentifierKind.LNCH):
        read = read_identifier(kind, cell, by.today, by.admit_synthetic)
        if isinstance(read, Identifier) or read.problem is IdentifierProblem.LOST_ZERO:
            return True
    return False


def shapes(rows: Sequence[Sequence[str]], width: int, by: Judging) -> tuple[CellShape, ...]:
    """What most cells of each column look like; OTHER where they differ."""
    found = []
    for column in range(width):
        counted = Counter(shape_of(row[column], by) for row in rows[:_LOOKED_AT] if column < len(row))
        empty = counted.pop(CellShape.EMPTY, 0)
        shape, count = counted.most_common(1)[0] if counted else (CellShape.EMPTY, empty)
        told = not counted or count >= _MOSTLY * counted.total()
        found.append(shape if told else CellShape.OTHER)
    return tuple(found)


def exchange_columns(rows: Sequence[Sequence[str]], by: Judging) -> Columns | None:
    """Of the file that programs of schools hand in to НЕИСПУО, which has no heads."""
    some = [row for row in rows[:_LOOKED_AT] if len(row) >= len(_EXCHANGE)]
    if not some or len(some) < _MOSTLY * len(rows[:_LOOKED_AT]):
        return None
    told = shapes(some, len(_EXCHANGE), by)
    fits = all(_SCHOOL.fullmatch(row[0]) and _YEAR.fullmatch(row[1]) for row in some)
    words = {CellShape.WORD, CellShape.NAME}
    return _EXCHANGE if fits and told[5] in words and told[7] in words else None


def guessed(
    known: Sequence[ColumnMeaning | None], told: Sequence[CellShape], rows: Sequence[Sequence[str]]
) -> tuple[ColumnMeaning | None, ...]:
    """The same, with what the cells tell where the heads do not. What two columns could be, neither is."""
    found = list(known)
    for meaning, shape in (
        (M.USERNAME, CellShape.USERNAME),
        (M.IDENTIFIER, CellShape.IDENTIFIER),
        (M.CLASS, CellShape.CLASS),
        (M.NAME, CellShape.NAME),
    ):
        there = meaning in found or (meaning is M.NAME and {M.FIRST, M.LAST} & set(found))
        free = [place for place, one in enumerate(found) if one is None and told[place] is shape]
        if not there and len(free) == 1:
            found[free[0]] = meaning
    if not {M.NAME, M.FIRST, M.LAST} & {one for one in found if one}:
        _three_names(found, told, rows)
    return tuple(found)


def _three_names(found: list[ColumnMeaning | None], told: Sequence[CellShape], rows: Sequence[Sequence[str]]) -> None:
    """Three columns of one word each side by side, the last two of which end as surnames do."""
    words = [place for place, shape in enumerate(told) if shape is CellShape.WORD and found[place] is None]
    if len(words) != 3 or words[2] - words[0] != 2:
        return

    def surnames(place: int) -> float:
        cells = [row[place] for row in rows[:_LOOKED_AT] if place < len(row) and row[place]]
        return sum(bool(_SURNAME.fullmatch(cell)) for cell in cells) / len(cells) if cells else 0.0

    if min(surnames(words[1]), surnames(words[2])) >= _MOSTLY > surnames(words[0]):
        found[words[0] : words[2] + 1] = [M.FIRST, M.MIDDLE, M.LAST]


def shown(cell: str, by: Judging) -> str:
    """A cell as a question may show it: Cyrillic words, classes and usernames with their domain. Everything else may
    be a password, a day of birth or the number of a person, and is dots.
    """
    match shape_of(cell, by):
        case CellShape.EMPTY:
            return ""
        case CellShape.USERNAME if all("@" in one and is_username(one, by.domain) for one in cell.split("|")):
            return cell[:_LONGEST_SHOWN]
        case CellShape.CLASS if class_in(cell)[1] is None:
            return cell[:_LONGEST_SHOWN]
        case CellShape.NAME | CellShape.WORD if not cell.isascii():
            return cell[:_LONGEST_SHOWN]
        case CellShape.NUMBER if len(cell) <= 2:
            return cell
    return _DOTS


@dataclass(frozen=True, slots=True)
class ReadNumber:
    """An identifier as it stands in a cell: of each kind that it may be, and what is in doubt."""

    identifiers: tuple[Identifier, ...] = ()
    lost_zero: bool = False
    doubtful: bool = False
    """It fails the checks of ЕГН and ЛНЧ: a служебен номер, or mistyped."""
    rounded: bool = False


def read_number(cell: str, by: Judging) -> ReadNumber:
    """The identifier of a cell. Of which kind it is, a list does not tell."""
    if len(cell) > _LONGEST_NUMBER:
        return ReadNumber()
    if bare_number(cell) is Shape.ROUNDED:
        return ReadNumber(rounded=True)

    def read(kind: IdentifierKind) -> Identifier | InvalidIdentifier:
        return read_identifier(kind, cell, by.today, by.admit_synthetic)

    egn, lnch = read(IdentifierKind.EGN), read(IdentifierKind.LNCH)
    if valid := tuple(one for one in (egn, lnch) if isinstance(one, Identifier)):
        return ReadNumber(valid)
    for one in (egn, lnch):
        if isinstance(one, InvalidIdentifier) and one.suggestion:
            return ReadNumber((Identifier(one.kind, one.suggestion),), lost_zero=True)
    service = read(IdentifierKind.SERVICE)
    if not isinstance(service, Identifier):
        return ReadNumber()
    mistyped = isinstance(egn, InvalidIdentifier) and egn.problem is IdentifierProblem.CHECK_DIGIT
    return ReadNumber((service,), doubtful=mistyped)
