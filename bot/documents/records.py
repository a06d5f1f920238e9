"""Text as rows of cells. A row whose quotation marks do not fit is a row, not the end of the file."""

import csv
import re
from collections.abc import Iterator

from bot.documents.limits import LONGEST_LINE, MOST_LINES, MOST_ROWS

DELIMITERS = ",;\t|"
"""Excel writes ";" where the comma divides whole numbers from parts, as in Bulgaria; programs of schools "|"."""

_TOLD = re.compile(r'"?sep=([,;\t|])"?', re.IGNORECASE)
"""Excel's own first line."""


class TooLong(Exception):
    """A line longer, or more rows, than any list has."""


def split_heading(text: str, wanted: frozenset[str]) -> tuple[str, list[str], str, int]:
    """The delimiter, the heads of the columns, the text below them and the number of its first line.

    The delimiter is the one by which most of the `wanted` columns (in small letters) are found. Errors: TooLong.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    line, first, rest = 2, *_halves(text)
    if told := _TOLD.fullmatch(first.strip(" ")):
        line, first, rest = 3, *_halves(rest)
    if len(first) > LONGEST_LINE:
        raise TooLong
    best, heads = ",", [first]
    if told:
        best, heads = told[1], _cells(first, told[1])
    else:
        for delimiter in DELIMITERS:
            cells = _cells(first, delimiter)
            if _rank(cells, wanted) > _rank(heads, wanted):
                best, heads = delimiter, cells
    return best, heads, rest, line


def records(text: str, delimiter: str, line: int) -> Iterator[tuple[int, list[str] | None]]:
    """Each row with the number of its first line; None for one whose quotation marks do not fit: the next line then
    begins a row again. Errors: TooLong, also for too many rows.
    """
    at = number = 0
    while at < len(text):
        end, number = _end(text, at), number + 1
        if end - at > LONGEST_LINE or number > MOST_ROWS:
            raise TooLong
        first = text[at:end]
        cells: list[str] | None = None
        taken = 1
        if '"' not in first:
            cells = first.split(delimiter)
        else:
            reader = csv.reader(_lines(text, at), delimiter=delimiter, strict=True)
            try:
                cells = next(reader)
                taken = reader.line_num
            except (csv.Error, StopIteration):
                pass
        yield line, cells
        line += taken
        for _ in range(taken):
            at = _end(text, at) + 1


def _lines(text: str, at: int) -> Iterator[str]:
    for _ in range(MOST_LINES):
        if at >= len(text):
            return
        end = min(_end(text, at), at + LONGEST_LINE)
        yield text[at:end] + "\n"
        at = end + 1


def _end(text: str, at: int) -> int:
    found = text.find("\n", at)
    return len(text) if found < 0 else found


def _halves(text: str) -> tuple[str, str]:
    first, _, rest = text.partition("\n")
    return first, rest


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter, strict=True), [])
    except csv.Error:
        return line.split(delimiter)


def _rank(cells: list[str], wanted: frozenset[str]) -> tuple[int, int]:
    return len(wanted & {cell.strip().lower() for cell in cells}), len(cells)
