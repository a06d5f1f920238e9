"""The rows of an .xlsx file as text. Hostile until read, and read in a child only: what the package says of itself
is not believed, and a document that defines entities of its own is none.
"""

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from xml.parsers import expat

from bot.documents.limits import LONGEST_FIELD, MOST_COLUMNS, MOST_ROWS

MOST_UNPACKED = 64 * 1024 * 1024
"""Bytes of one part: the register's sheet has some 6 MB."""
_MOST_SHEETS = 20
_MOST_STRINGS = 500_000
_PIECE = 64 * 1024
_SHEET = re.compile(r"xl/worksheets/sheet([0-9]{1,4})\.xml", re.IGNORECASE)
_STRINGS = "xl/sharedstrings.xml"
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_PLACE = re.compile(r"([A-Z]{1,3})[0-9]+")

Row = list[str]


class NotASheet(Exception):
    """It is no .xlsx, is damaged, protected by a password, or larger than any register."""


def sheets(raw: bytes) -> Iterator[Iterator[Row]]:
    """The sheets in their order, each as its rows. Errors, also while rows are gone through: NotASheet."""
    try:
        with zipfile.ZipFile(BytesIO(raw)) as package:
            parts = {one.filename.lower(): one for one in package.infolist()}
            numbered = [(int(found[1]), name) for name in parts if (found := _SHEET.fullmatch(name))]
            strings = _shared(package, parts[_STRINGS]) if _STRINGS in parts else []
            for _, name in sorted(numbered)[:_MOST_SHEETS]:
                yield iter(_rows(package, parts[name], strings))
    except (zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, RuntimeError, OSError, ValueError) as error:
        raise NotASheet from error  # RuntimeError: it wants a password; NotImplementedError is one too


class _Reading:
    """Both kinds of part are read alike: text is gathered between the tags that hold it."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.gathers = False
        self.silent = 0  # within <rPh>, which tells how something is pronounced

    def begins(self, name: str, _attributes: Mapping[str, str]) -> None:
        self.silent += name == "rPh"
        self.gathers = name in {"t", "v"} and not self.silent

    def says(self, text: str) -> None:
        if self.gathers:
            self.text.append(text)

    def ends(self, name: str) -> None:
        self.silent -= name == "rPh"
        self.gathers = False

    def taken(self) -> str:
        text, self.text = "".join(self.text), []
        return text[:LONGEST_FIELD]


class _Strings(_Reading):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def ends(self, name: str) -> None:
        super().ends(name)
        if name == "si":
            if len(self.found) >= _MOST_STRINGS:
                raise NotASheet
            self.found.append(self.taken())


class _Sheet(_Reading):
    def __init__(self, strings: list[str]) -> None:
        super().__init__()
        self.rows: list[Row] = []
        self._strings = strings
        self._row: Row = []
        self._at = 0
        self._kind = ""

    def begins(self, name: str, attributes: Mapping[str, str]) -> None:
        super().begins(name, attributes)
        if name == "row":
            self._row, self._at = [], 0
        elif name == "c":
            self._kind = attributes.get("t", "n")
            place = _PLACE.fullmatch(attributes.get("r", ""))
            self._at = _column(place[1]) if place else self._at + 1
            self.taken()

    def ends(self, name: str) -> None:
        super().ends(name)
        if name == "c" and self._at <= MOST_COLUMNS:
            value = self.taken()
            if self._kind == "s":
                number = int(value) if value.isascii() and value.isdecimal() and len(value) < 8 else -1
                value = self._strings[number] if 0 <= number < len(self._strings) else ""
            self._row += [""] * (self._at - len(self._row))
            self._row[self._at - 1] = value
        elif name == "row":
            if len(self.rows) >= MOST_ROWS:
                raise NotASheet
            self.rows.append(self._row)


def _shared(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> list[str]:
    reading = _Strings()
    _read(package, part, reading)
    return reading.found


def _rows(package: zipfile.ZipFile, part: zipfile.ZipInfo, strings: list[str]) -> list[Row]:
    reading = _Sheet(strings)
    _read(package, part, reading)
    return reading.rows


def _read(package: zipfile.ZipFile, part: zipfile.ZipInfo, reading: _Reading) -> None:
    if part.compress_type not in _METHODS:
        raise NotASheet
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = _bare(reading.begins)
    parser.EndElementHandler = _bare(reading.ends)
    parser.CharacterDataHandler = reading.says
    parser.EntityDeclHandler = _refused
    left = MOST_UNPACKED
    with package.open(part) as opened:
        while piece := opened.read(_PIECE):
            left -= len(piece)
            if left < 0:
                raise NotASheet
            parser.Parse(piece)
    parser.Parse(b"", True)


def _bare(handler: Callable[..., None]) -> Callable[..., None]:
    """Names without their namespace: there are two for the same."""
    return lambda name, *more: handler(name.rpartition(" ")[2], *more)


def _refused(*_: object) -> None:
    raise NotASheet


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
