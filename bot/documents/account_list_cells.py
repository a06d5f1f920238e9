"""Files of accounts as sheets of text cells. Hostile until read, and read in a child only."""

import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from io import BytesIO
from itertools import islice

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from bot.core.class_links.expected import RosterUnusable
from bot.core.lists.model import ListFault
from bot.documents.letters import text_of
from bot.documents.limits import (
    LONGEST_CELL,
    LONGEST_FIELD,
    LONGEST_TEXT,
    MOST_COLUMNS,
    MOST_LISTED,
    MOST_SHEETS,
    MOST_WORKBOOK,
    MOST_WORKBOOK_PARTS,
)
from bot.documents.packages import METHODS
from bot.documents.records import DELIMITERS, TooLong, records
from bot.documents.roster_tables import clean_cell

_OLD = b"\xd0\xcf\x11\xe0"
_PACKAGE = b"PK"
_SNIFFED = 60
"""Rows by which the delimiter is told."""
_EMPTY_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"})
_PIECE = 256 * 1024
_LAST_EXACT = 10**15
"""Spreadsheets keep fifteen digits of a number."""

Cells = list[str]
Line = tuple[int, Cells | None]
"""A row with its number from 1; None: its quotation marks do not fit."""


class FileUnread(Exception):
    """Nothing of the file can be read."""

    def __init__(self, fault: ListFault) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(slots=True)
class ListSheet:
    """One sheet; of a text the only one, without a name."""

    name: str
    rows: list[Line] = field(default_factory=list, repr=False)
    hidden: bool = False


def sheets_of(name: str, raw: bytes) -> list[ListSheet]:
    """The sheets of a file, of which the content tells what it is and not the name. Errors: FileUnread."""
    if raw.startswith(_OLD):
        raise FileUnread(ListFault.OLD_FORMAT)
    if raw.startswith(_PACKAGE):
        return _workbook(raw)
    try:
        return [ListSheet("", text_rows(text_of(name, raw)))]
    except (RosterUnusable, TooLong) as error:
        raise FileUnread(ListFault.TOO_LARGE if isinstance(error, TooLong) else ListFault.NOT_TEXT) from None


def text_rows(text: str, most: int = MOST_LISTED) -> list[Line]:
    """The rows of a text, divided by what divides most of them alike. Errors: TooLong."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    first, _, rest = text.partition("\n")
    told = first.strip(' "').lower()
    if told in {f"sep={one}" for one in DELIMITERS}:
        return _limited(records(rest, told[-1], 2), most)
    return _limited(records(text, _delimiter(text), 1), most)


def _limited(rows: Iterator[Line], most: int) -> list[Line]:
    read: list[Line] = []
    for number, cells in rows:
        if cells is not None and any(len(cell) > LONGEST_FIELD for cell in cells):
            raise TooLong
        cleaned = cells if cells is None else [clean_cell(cell[:LONGEST_CELL]) for cell in cells[:MOST_COLUMNS]]
        if cleaned is None or any(cleaned):
            if len(read) >= most:
                raise TooLong
            read.append((number, cleaned))
    return read


def _delimiter(text: str) -> str:
    """By which the most rows have the same number of cells; and of two alike, the one with more cells."""

    def rank(delimiter: str) -> tuple[int, int]:
        rows = [cells for _, cells in islice(records(text, delimiter, 1), _SNIFFED) if cells and any(cells)]
        widths = Counter(len(cells) for cells in rows if len(cells) > 1)
        width, count = max(widths.items(), key=lambda one: (one[1], one[0]), default=(0, 0))
        return count, width

    return max(DELIMITERS, key=rank)


def _workbook(raw: bytes) -> list[ListSheet]:
    _check(raw)
    try:
        with CalamineWorkbook.from_filelike(BytesIO(raw)) as book:
            return _sheets(book)
    except CalamineError:
        raise FileUnread(ListFault.NOT_TEXT) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # a fault of the library, met by what was made to meet it
            raise
        raise FileUnread(ListFault.NOT_TEXT) from None


def _sheets(book: CalamineWorkbook) -> list[ListSheet]:
    listed = [one for one in book.sheets_metadata if one.typ is SheetTypeEnum.WorkSheet]
    if len(listed) > MOST_SHEETS:
        raise FileUnread(ListFault.TOO_LARGE)
    return [
        ListSheet(_called(one.name), _rows(book.get_sheet_by_name(one.name)))
        if one.visible is SheetVisibleEnum.Visible
        else ListSheet(_called(one.name), hidden=True)
        for one in listed
    ]


def _called(sheet: str) -> str:
    return clean_cell(sheet[:LONGEST_TEXT])


def _check(raw: bytes) -> None:
    """Goes through the whole package before anything is made of it: what it says of itself is not believed."""
    try:
        with zipfile.ZipFile(BytesIO(raw)) as package:
            parts = package.infolist()
            if len(parts) > MOST_WORKBOOK_PARTS:
                raise FileUnread(ListFault.TOO_LARGE)
            if any(one.filename.lower().endswith("vbaproject.bin") for one in parts):
                raise FileUnread(ListFault.MACROS)
            left = MOST_WORKBOOK
            for one in parts:
                if one.compress_type not in METHODS:
                    raise FileUnread(ListFault.NOT_TEXT)
                left = _unpacked(package, one, left)
            names = {one.filename.lower().replace("\\", "/") for one in parts}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError):
        raise FileUnread(ListFault.NOT_TEXT) from None
    if "xl/workbook.xml" not in names and not any(name.endswith("workbook.xml") for name in names):
        raise FileUnread(ListFault.NOT_TEXT)


def _unpacked(package: zipfile.ZipFile, one: zipfile.ZipInfo, left: int) -> int:
    """How many bytes are left. A document that defines anything of its own is none that a spreadsheet wrote; pictures
    are counted only.
    """
    before = b""
    none = () if one.filename.lower().startswith("xl/media/") else (b"<!DOCTYPE", b"<!ENTITY")
    with package.open(one) as opened:
        while piece := opened.read(_PIECE):
            left -= len(piece)
            if left < 0:
                raise FileUnread(ListFault.TOO_LARGE)
            if b"<!" in (seen := before + piece) and any(word in seen for word in none):
                raise FileUnread(ListFault.NOT_TEXT)
            before = piece[-16:]
    return left


def _rows(sheet: CalamineSheet) -> list[Line]:
    if sheet.start is None:
        return []
    if sheet.height > MOST_LISTED:
        raise FileUnread(ListFault.TOO_LARGE)
    top, left = sheet.start
    read = [[_text(cell) for cell in row[:MOST_COLUMNS]] for row in sheet.to_python(skip_empty_area=True)]
    for (first, column), (last, to) in sheet.merged_cell_ranges or ():
        _fill(read, first - top, last - top, column - left, to - left)
    return [(top + number, cells) for number, cells in enumerate(read, start=1) if any(cells)]


def _fill(read: list[Cells], first: int, last: int, column: int, to: int) -> None:
    """Of a cell that goes over several rows, each has it. One over columns alone is a title, and stands once."""
    if first < 0 or column != to or not 0 <= column < MOST_COLUMNS or last <= first:
        return
    for row in read[first : last + 1]:
        if column < len(row):
            row[column] = read[first][column]


def _text(cell: object) -> str:
    match cell:
        case str():
            text = cell[:LONGEST_CELL]
            return "" if text in _EMPTY_ERRORS else clean_cell(text)
        case bool():
            return "TRUE" if cell else "FALSE"
        case float() if cell.is_integer() and abs(cell) < _LAST_EXACT:
            return str(int(cell))
        case float():
            return f"{cell:.14E}" if abs(cell) >= _LAST_EXACT else repr(cell)
        case datetime() | date() | time():
            return cell.isoformat()
        case int():
            return str(cell)
    return ""
