"""From what was typed or pasted to lines that can be looked up."""

import re
from datetime import date

from bot.core.intake.model import IntakeLine
from bot.core.people.identifiers import (
    Identifier,
    IdentifierKind,
    IdentifierProblem,
    InvalidIdentifier,
    read_identifier,
)

_APART = re.compile(r"[;,\t]+|(?<=\d)\s+(?=\d{8})")
"""Between several in one line: cells that were pasted, or numbers beside each other."""
_MISTYPED = range(8, 13)
"""Digits of what is an ЕГН or ЛНЧ with a slip, rather than a служебен номер."""


def lines_of_text(text: str, today: date, *, admit_synthetic: bool = False) -> tuple[IntakeLine, ...]:
    """A line for each number. Lines that are empty are left out, and keep their count. Of a line of cells (a name, a
    class, a code beside the number) those that are ЕГН or ЛНЧ are meant, if there are any.
    """
    found: list[IntakeLine] = []
    for number, line in enumerate(text.splitlines(), start=1):
        cells = [cell for cell in map(str.strip, _APART.split(line)) if cell]
        read = [_read(cell, today, admit_synthetic=admit_synthetic) for cell in cells]
        known = [one for one in read if one is not None]
        national = [one for one in known if one.kind is not IdentifierKind.SERVICE]
        found += (IntakeLine(number, one) for one in national or known[:1] or read[:1])
    return tuple(found)


def _read(cell: str, today: date, *, admit_synthetic: bool) -> Identifier | None:
    """The number as ЕГН, else as ЛНЧ, else as служебен номер. Ten digits that are neither of the first two are taken
    for mistyped: who has such a number is found by the look-up, which asks of what kind it is. Zeros that a
    spreadsheet has lost are put back: it is what lists are pasted from, and the answer has the name.
    """
    for kind in (IdentifierKind.EGN, IdentifierKind.LNCH):
        read = read_identifier(kind, cell, today, admit_synthetic)
        if isinstance(read, InvalidIdentifier) and read.problem is IdentifierProblem.LOST_ZERO:
            read = read_identifier(kind, read.suggestion, today, admit_synthetic)
        if isinstance(read, Identifier):
            return read
    read = read_identifier(IdentifierKind.SERVICE, cell, today, admit_synthetic)
    return read if isinstance(read, Identifier) and len(read.digits) not in _MISTYPED else None
