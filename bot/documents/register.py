"""The public register of institutions, as МОН's pages and data.egov.bg give it out, made into the file of schools.

Its columns are told by their heads (Код по НЕИСПУО or, before 2022, Код по Админ; Наименование; Населено място;
Община; Област), wherever they stand and however many rows of titles stand above them. `main` runs in a process of
its own, without keys and environment and within limits: the file comes from outside.
"""

import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from bot.core.class_links.expected import RosterUnusable
from bot.core.people.places import Place
from bot.core.people.regions import region_named
from bot.documents.child import forbid, limit
from bot.documents.letters import text_of
from bot.documents.limits import LONGEST_TEXT, MOST_IN_ALL
from bot.documents.records import DELIMITERS, TooLong, records
from bot.documents.schools_file import COLUMNS, MOST_SCHOOLS
from bot.documents.sheets import NotASheet, sheets

_TITLES = 40
"""Rows above which the heads of the columns must stand."""
_MOST_REMARKS = 50
_CODE = re.compile(r"0?([1-9][0-9]{5,6})")
_WRAPPED = re.compile(r'="?([0-9 ]+)"?')
_KIND = re.compile(r"^(?:гр\.?|град)\s+|^гр\.", re.IGNORECASE)
_HEADS = {
    "code": (r"код по неиспуо\b.*", r"код по админ\b.*", r"код на институция.*", r"код"),
    "name": (r"наименование.*", r"пълно наименование.*", r"име на институция.*", r"институция", r"училище", r"име"),
    "town": (r"населено място.*", r"нас място"),
    "municipality": (r"община",),
    "region": (r"област", r"регион"),
}
"""By which heads a column is known, the surest first; in small letters, their words alone."""

Row = Sequence[str] | None
"""None: a row whose quotation marks do not fit."""


class NotARegister(Exception):
    """Why no schools can be taken from the file, for the operator."""


@dataclass(slots=True)
class Register:
    """The schools by code without leading zero, and what the operator should look at."""

    places: dict[str, Place] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)


def read_register(raw: bytes) -> Register:
    """What the register says. Errors: NotARegister."""
    try:
        for rows in _tables(raw):
            numbered = enumerate(rows, start=1)
            for _, row in islice(numbered, _TITLES):
                if (columns := _columns(row)) is not None:
                    return _read(numbered, columns)
    except RosterUnusable:
        raise NotARegister("its letters cannot be read: save it as .xlsx, or as CSV in UTF-8") from None
    except (TooLong, NotASheet):
        raise NotARegister("it is damaged, protected by a password, or larger than the register is") from None
    raise NotARegister(
        "no row names the columns Код по НЕИСПУО, Населено място and Област; an .xls is first saved as .xlsx"
    )


def _tables(raw: bytes) -> Iterator[Iterable[Row]]:
    """Each sheet; of a text, its rows by each delimiter."""
    if raw.startswith(b"PK"):
        yield from sheets(raw)
        return
    text = text_of("", raw).replace("\r\n", "\n").replace("\r", "\n")
    for delimiter in DELIMITERS:
        yield (cells for _, cells in records(text, delimiter, 1))


def _columns(row: Row) -> dict[str, int] | None:
    heads = [" ".join(re.findall(r"\w+", cell.casefold())) for cell in row or ()]
    found: dict[str, int] = {}
    for name, forms in _HEADS.items():
        places = [place for form in forms for place, head in enumerate(heads) if re.fullmatch(form, head)]
        if places:
            found[name] = places[0]
    return found if {"code", "town", "region"} <= found.keys() else None


def _read(rows: Iterable[tuple[int, Row]], columns: dict[str, int]) -> Register:
    register = Register()
    for number, row in rows:
        if row is None:
            _remark(register, number, "left out: its quotation marks do not fit")
            continue
        cells = {name: _cell(row[place]) if place < len(row) else "" for name, place in columns.items()}
        code = _code(cells["code"])
        if not code:
            if cells["code"] and any(char.isdigit() for char in cells["code"]):
                _remark(register, number, "left out: this is no code by НЕИСПУО")
            continue
        region = _region(cells["region"], cells.get("municipality", ""))
        if not region:
            _remark(register, number, f"{code}: the region is not told; its regional office will see no requests")
        place = Place(cells.get("name", ""), _town(cells["town"]), region)
        if register.places.setdefault(code, place) != place:
            _remark(register, number, f"{code} is there twice with different places; the first is kept")
        if len(register.places) > MOST_SCHOOLS:
            raise TooLong
    if not register.places:
        raise NotARegister("there is no school below the heads of its columns")
    return register


def _remark(register: Register, number: int, words: str) -> None:
    if len(register.remarks) < _MOST_REMARKS:
        register.remarks.append(f"row {number}: {words}")
    elif len(register.remarks) == _MOST_REMARKS:
        register.remarks.append("and more rows like these")


def _cell(cell: str) -> str:
    tidy = " ".join("".join(char if char.isprintable() else " " for char in cell).split())
    return tidy[:LONGEST_TEXT]


def _code(cell: str) -> str:
    """As spreadsheets write it: `2 990 001`, `2990001.0`, `="0299001"`."""
    wrapped = _WRAPPED.fullmatch(cell)
    found = _CODE.fullmatch((wrapped[1] if wrapped else cell).replace(" ", "").removesuffix(".0"))
    return found[1] if found else ""


def _town(cell: str) -> str:
    town = _KIND.sub("", cell).strip()
    return town.title() if town.isupper() else town


def _region(cell: str, municipality: str) -> str:
    """A bare "София" is one of two, which the municipality tells: the city is Столична община."""
    named = region_named(cell)
    if not named and municipality and region_named(f"{cell}-град") == "София-град":
        return "София-град" if municipality.casefold().startswith("столична") else "София-област"
    return named


def as_file(register: Register) -> str:
    """The file of schools as Excel of a Bulgarian computer opens it."""
    lines = [COLUMNS, *((code, one.name, one.town, one.region) for code, one in sorted(register.places.items()))]
    return "".join(";".join(map(_quoted, line)) + "\r\n" for line in lines)


def _quoted(cell: str) -> str:
    plain = cell.lstrip("=+-@\t ")  # a spreadsheet takes what begins so for a formula
    return '"' + plain.replace('"', '""') + '"' if any(char in plain for char in '";\r\n') else plain


def main(memory: int, seconds: int) -> None:
    """Standard input brings the register, standard output takes one line of JSON."""
    limit(memory, seconds)
    forbid()
    try:
        raw = sys.stdin.buffer.read(MOST_IN_ALL + 1)
        if len(raw) > MOST_IN_ALL:
            raise NotARegister("it is larger than the register is")  # noqa: TRY301 -- answered like the others
        register = read_register(raw)
        said: dict[str, object] = {
            "file": as_file(register),
            "schools": len(register.places),
            "remarks": register.remarks,
        }
    except NotARegister as error:
        said = {"fault": str(error)}
    except MemoryError:
        said = {"fault": "it takes more memory than the register does"}
    left = memoryview(json.dumps(said).encode())
    while left:
        left = left[os.write(1, left) :]
