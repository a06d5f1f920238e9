"""The operator's file of schools: code by НЕИСПУО, name, town, region. As CSV or JSON; one wrong row is told by its
number and none is guessed at.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from bot.core.class_links.expected import RosterUnusable
from bot.core.people.places import Place
from bot.core.people.regions import region_named
from bot.documents.letters import DAMAGED, text_of
from bot.documents.limits import LONGEST_TEXT, MOST_COLUMNS
from bot.documents.records import TooLong, records, split_heading

COLUMNS = ("code", "name", "town", "region")
MOST_SCHOOLS = 50_000
"""The register has some 5,000 schools, kindergartens and centres."""
_MOST_FAULTS = 10
_CODE = re.compile(r"0?[1-9][0-9]{5,6}")


class SchoolsFileError(Exception):
    """The file cannot be used. The message is for the operator and names the first rows that are wrong."""


def read_schools(raw: bytes) -> dict[str, Place]:
    """The places by code without leading zero. Errors: SchoolsFileError."""
    try:
        text = text_of("", raw)
    except RosterUnusable:
        raise SchoolsFileError("its letters cannot be read: save it as UTF-8") from None
    rows = _from_json(text) if text.lstrip()[:1] in {"{", "["} else _from_csv(text)
    places: dict[str, Place] = {}
    first: dict[str, str] = {}
    faults: list[str] = []
    for where, row in rows:
        if len(places) > MOST_SCHOOLS:
            raise SchoolsFileError(f"more than {MOST_SCHOOLS} schools")
        bare = row["code"].lstrip("0")
        if (fault := _fault(row)) is None and bare in first:
            fault = f"the school {bare} is in {first[bare]} too"
        if fault is not None:
            faults.append(f"{where}: {fault}")
            continue
        first[bare] = where
        places[bare] = Place(row["name"], row["town"], region_named(row["region"]))
    if faults:
        more = [f"and {len(faults) - _MOST_FAULTS} rows more"] if len(faults) > _MOST_FAULTS else []
        raise SchoolsFileError("; ".join([*faults[:_MOST_FAULTS], *more]))
    if not places:
        raise SchoolsFileError("there is no school in it")
    return places


def _fault(row: dict[str, str]) -> str | None:
    if any(DAMAGED in value for value in row.values()):
        return "damaged letters: save the file as UTF-8"
    if any(len(value) > LONGEST_TEXT for value in row.values()):
        return f"more than {LONGEST_TEXT} letters in one cell"
    if not _CODE.fullmatch(row["code"]):
        return "`code` is not a code by НЕИСПУО (6 or 7 digits, with or without the leading zero)"
    if row["region"] and not region_named(row["region"]):
        return (
            "`region` is none of the 28 regions; the two of Sofia are written София-град and София-област"
            if "софия" in row["region"].casefold()
            else "`region` is none of the 28 regions"
        )
    return None


def _from_csv(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    try:
        delimiter, heads, body, line = split_heading(text, frozenset(COLUMNS))
        columns = [_tidy(head).lower() for head in heads]
        if len(columns) > MOST_COLUMNS or not {"code", "town", "region"} <= set(columns):
            raise SchoolsFileError("its first row names the columns code, name, town and region")
        places = {name: columns.index(name) for name in COLUMNS if name in columns}
        for number, cells in records(body, delimiter, line):
            if cells is None:
                raise SchoolsFileError(f"row {number}: quotation marks that do not fit")
            if any(cell.strip() for cell in cells):
                found = {name: _tidy(cells[place]) for name, place in places.items() if place < len(cells)}
                yield f"row {number}", {**dict.fromkeys(COLUMNS, ""), **found}
    except TooLong:
        raise SchoolsFileError("it is longer than any list of schools") from None


class _Twice(ValueError):
    """A key that an object has twice."""


def _from_json(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    try:
        content: Any = json.loads(text, object_pairs_hook=_object)
    except _Twice as error:
        raise SchoolsFileError(f"{error} is there twice") from None
    except (ValueError, RecursionError) as error:
        raise SchoolsFileError(f"it cannot be read as JSON ({type(error).__name__})") from None
    if isinstance(content, dict):
        content = [
            {"code": code, **(value if isinstance(value, dict) else {"": None})} for code, value in content.items()
        ]
    for number, entry in enumerate(content, start=1):
        where = f"entry {number}"
        if not isinstance(entry, dict) or not set(entry) <= set(COLUMNS):
            raise SchoolsFileError(f"{where}: an object with code, name, town and region")
        if not all(isinstance(value, str) for value in entry.values()):
            raise SchoolsFileError(f"{where}: every value is a text in quotation marks")
        yield where, {name: _tidy(entry.get(name, "")) for name in COLUMNS}


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise _Twice(next(name for name in names if names.count(name) > 1)[:40])
    return found


def _tidy(cell: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in cell).split())
