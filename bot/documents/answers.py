"""What was read, on its way from the child to the bot. The bot believes the child no more than the file."""

import json
import re
from datetime import UTC, date, datetime
from itertools import starmap
from typing import Any

from bot.core.class_links.expected import (
    BadRow,
    Carrier,
    Change,
    ExpectedClass,
    ExpectedList,
    Fault,
    RosterFault,
    RosterUnusable,
    RowFault,
)
from bot.documents.limits import (
    EARLIEST,
    LATEST,
    LONGEST_ID,
    LONGEST_TEXT,
    MOST_BYTES,
    MOST_CHANGES,
    MOST_CLASSES,
    MOST_NAMED,
    MOST_PLACES,
)

_USERNAME = re.compile(r"[a-z0-9._'+-]{1,64}", re.ASCII)
_MOST_FAULTS = 16
"""One for each file, and what is wrong with the whole."""


class Unlikely(Exception):
    """No answer that the child would give."""


def refusal(error: RosterUnusable) -> bytes:
    """Of a list that cannot be used."""
    return _bytes({"faults": _faults(error.faults), "rows": _rows(error.rows)})


def answer(read: ExpectedList) -> bytes:
    """Of a list that can."""
    people = sorted({one for row in read.classes for one in row.everybody})
    place = {one: number for number, one in enumerate(people)}

    def numbers(usernames: tuple[str, ...]) -> list[int]:
        return [place[one] for one in usernames]

    return _bytes(
        {
            "carrier": read.carrier.value,
            "people": [[one, read.names.get(one, "")] for one in people],
            "classes": [
                [
                    row.id,
                    row.title,
                    numbers(row.teachers),
                    numbers(row.students),
                    row.status,
                    row.since and row.since.isoformat(),
                    [[one.day.isoformat(), numbers(one.teachers), numbers(one.students)] for one in row.later],
                ]
                for row in read.classes
            ],
            "faults": _faults(read.faults),
            "rows": _rows(read.rows),
        }
    )


def taken(raw: bytes, school_code: str, dated: datetime) -> ExpectedList:
    """The list. Errors: RosterUnusable as the child says it; Unlikely."""
    try:
        given = json.loads(raw)
        faults = tuple(_fault(*one) for one in _some(given["faults"], _MOST_FAULTS))
        rows = tuple(_row(*one) for one in _some(given["rows"], MOST_NAMED * _MOST_FAULTS))
        if "classes" not in given and faults:
            raise RosterUnusable(*faults, rows=rows)
        people = [(_username(one), _text(name)) for one, name in _some(given["people"], MOST_PLACES)]
        places = 0
        classes: list[ExpectedClass] = []

        def named(numbers: list[Any]) -> tuple[str, ...]:
            nonlocal places
            places += len(numbers)
            if places > MOST_PLACES:
                raise Unlikely
            return tuple(people[_number(one, len(people))][0] for one in numbers)

        for identifier, title, teachers, students, status, since, later in _some(given["classes"], MOST_CLASSES):
            changes = [(_day(day), named(staff), named(pupils)) for day, staff, pupils in _some(later, MOST_CHANGES)]
            if changes != sorted(changes, key=lambda one: one[0]):
                raise Unlikely
            classes.append(
                ExpectedClass(
                    _text(identifier, LONGEST_ID),
                    _text(title),
                    named(teachers),
                    named(students),
                    _text(status),
                    _moment(since),
                    tuple(starmap(Change, changes)),
                )
            )
        names = {one: name for one, name in people if name}
        return ExpectedList(school_code, Carrier(given["carrier"]), dated, tuple(classes), names, faults, rows)
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        raise Unlikely from None


def _bytes(written: dict[str, Any]) -> bytes:
    return json.dumps(written, separators=(",", ":"), ensure_ascii=False).encode()


def _faults(faults: tuple[RosterFault, ...]) -> list[list[Any]]:
    return [[one.fault.value, one.where[:LONGEST_TEXT], one.line, one.count] for one in faults[:_MOST_FAULTS]]


def _rows(rows: tuple[BadRow, ...]) -> list[list[Any]]:
    return [[one.where, one.line, one.why.value] for one in rows]


def _some(given: Any, most: int) -> list[Any]:
    if not isinstance(given, list) or len(given) > most:
        raise Unlikely
    return given


def _fault(fault: str, where: str, line: int, count: int) -> RosterFault:
    return RosterFault(Fault(fault), _text(where), _number(line, MOST_BYTES), _number(count, MOST_BYTES))


def _row(where: str, line: int, why: str) -> BadRow:
    return BadRow(_text(where), _number(line, MOST_BYTES), RowFault(why))


def _text(given: Any, longest: int = LONGEST_TEXT) -> str:
    if not isinstance(given, str) or len(given) > longest:
        raise Unlikely
    return given


def _username(given: Any) -> str:
    if not isinstance(given, str) or not _USERNAME.fullmatch(given):
        raise Unlikely
    return given


def _number(given: Any, below: int) -> int:
    if not isinstance(given, int) or isinstance(given, bool) or not 0 <= given < below:
        raise Unlikely
    return given


def _day(given: Any) -> date:
    read = date.fromisoformat(given)
    if not EARLIEST <= read <= LATEST:  # the day after the last
        raise Unlikely
    return read


def _moment(given: Any) -> datetime | None:
    if given is None:
        return None
    read = datetime.fromisoformat(given)
    if read.tzinfo is None or not EARLIEST <= read.date() < LATEST:
        raise Unlikely
    return read.astimezone(UTC)
