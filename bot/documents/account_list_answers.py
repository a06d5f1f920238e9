"""What was read of lists of accounts, on its way from the child to the bot. The bot believes the child no more than
the file; what is in clear here becomes a pseudonym, or dots, before it leaves this room.
"""

import json
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.core.lists.model import (
    AccountList,
    BadListRow,
    ColumnMeaning,
    ColumnQuestion,
    ListedAt,
    ListedPerson,
    ListFault,
    ListFileFault,
    ListFileNote,
    ListKind,
    ListNote,
    ListRemark,
    ListRowFault,
    ListUnusable,
)
from bot.core.people.classes import LONGEST_CLASS
from bot.core.people.identifiers import LONGEST_NUMBER, IdentifierKind
from bot.core.people.model import Kind
from bot.documents.account_list_people import MOST_NOTES, MOST_QUESTIONS, ListsRead, without_numbers
from bot.documents.answers import Unlikely
from bot.documents.limits import (
    LONGEST_FILE_NAME,
    LONGEST_TEXT,
    MOST_BAD_ROWS,
    MOST_BYTES,
    MOST_COLUMNS,
    MOST_LISTED,
    MOST_USERNAMES,
)

_DIGITS = re.compile(rf"[0-9]{{1,{LONGEST_NUMBER}}}", re.ASCII)
_FINGERPRINT = re.compile(r"[0-9a-f]{32}", re.ASCII)
_USERNAME = re.compile(r"[a-z][a-z0-9._-]{2,63}@[a-z0-9.-]{3,100}", re.ASCII)
_MOST_SAMPLES, _LONGEST_SAMPLE = 5, 60
_MOST_KINDS = 3

Pseudonym = Callable[[str, str], str]
"""Of a kind and digits: `Pseudonyms.of`."""


def list_refusal(error: ListUnusable) -> bytes:
    """Of files that cannot be used. The faults stand as those of a list of classes do."""
    return _bytes({"faults": _faults(error.faults), "rows": _bad(error.bad)})


def list_answer(read: ListsRead) -> bytes:
    """Of files that can."""
    files = {one.place.file for one in read.people}
    place = {one: number for number, one in enumerate(sorted(files))}
    return _bytes(
        {
            "kinds": sorted(read.kinds),
            "files": sorted(files),
            "people": [
                [
                    one.name,
                    one.class_,
                    one.usernames,
                    [[each.kind, each.digits] for each in one.identifiers],
                    one.kind,
                    [place[one.place.file], one.place.sheet, one.place.row],
                    one.remarks,
                ]
                for one in read.people
            ],
            "questions": [
                [_place(one.place), one.fingerprint, one.heads, one.guesses, one.rows, one.tables, one.also]
                for one in read.questions
            ],
            "notes": [[one.note, one.file, one.sheet, one.count] for one in read.notes],
            "faults": _faults(read.faults),
            "rows": _bad(read.bad),
            "bad": len(read.bad),
        }
    )


def list_taken(raw: bytes, school_code: str, dated: datetime, pseudonym: Pseudonym) -> AccountList:
    """The list. Errors: ListUnusable as the child says it; Unlikely."""
    try:
        given = json.loads(raw)
        faults = tuple(
            ListFileFault(ListFault(one[0]), _name(one[1])) for one in _some(given["faults"], MOST_BAD_ROWS)
        )
        bad = tuple(
            BadListRow(_place_of(place), ListRowFault(why)) for place, why in _some(given["rows"], MOST_BAD_ROWS)
        )
        if "people" not in given and faults:
            raise ListUnusable(*faults, bad=bad)
        files = tuple(_name(one) for one in _some(given["files"], MOST_LISTED))
        return AccountList(
            school_code,
            dated,
            frozenset(map(ListKind, _some(given["kinds"], len(ListKind)))),
            tuple(_person(one, files, pseudonym) for one in _some(given["people"], MOST_LISTED)),
            bad,
            _number(given["bad"], MOST_BYTES),
            tuple(_question(one) for one in _some(given["questions"], MOST_QUESTIONS)),
            faults,
            tuple(
                ListFileNote(ListNote(note), _name(file), _name(sheet), _number(count, MOST_BYTES))
                for note, file, sheet, count in _some(given["notes"], MOST_NOTES)
            ),
        )
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        raise Unlikely from None
    finally:
        without_numbers.cache_clear()


def _person(given: Any, files: tuple[str, ...], pseudonym: Pseudonym) -> ListedPerson:
    name, class_, usernames, identifiers, kind, (file, sheet, row), remarks = given
    return ListedPerson(
        _name(name),
        _name(class_, LONGEST_CLASS),
        tuple(map(_username, _some(usernames, MOST_USERNAMES))),
        tuple(
            pseudonym(IdentifierKind(one).value, _matching(_DIGITS, digits))
            for one, digits in _some(identifiers, _MOST_KINDS)
        ),
        Kind(kind),
        ListedAt(files[_number(file, len(files))], _name(sheet), _number(row, MOST_BYTES)),
        tuple(map(ListRemark, _some(remarks, len(ListRemark)))),
    )


def _question(given: Any) -> ColumnQuestion:
    place, fingerprint, heads, guesses, rows, tables, also = given
    return ColumnQuestion(
        _place_of(place),
        _matching(_FINGERPRINT, fingerprint),
        tuple(_name(one, _LONGEST_SAMPLE) for one in _some(heads, MOST_COLUMNS)),
        tuple(one if one is None else ColumnMeaning(one) for one in _some(guesses, MOST_COLUMNS)),
        tuple(
            tuple(_name(cell, _LONGEST_SAMPLE) for cell in _some(row, MOST_COLUMNS))
            for row in _some(rows, _MOST_SAMPLES)
        ),
        _number(tables, MOST_BYTES),
        tuple(map(_name, _some(also, MOST_LISTED))),
    )


def _bytes(written: dict[str, Any]) -> bytes:
    return json.dumps(written, separators=(",", ":"), ensure_ascii=False).encode()


def _faults(faults: Any) -> list[list[Any]]:
    return [[one.fault, one.file[:LONGEST_TEXT], 0, 1] for one in faults[:MOST_BAD_ROWS]]


def _bad(rows: Any) -> list[list[Any]]:
    return [[_place(one.place), one.why] for one in rows[:MOST_BAD_ROWS]]


def _place(place: ListedAt) -> list[Any]:
    return [place.file, place.sheet, place.row]


def _place_of(given: Any) -> ListedAt:
    file, sheet, row = given
    return ListedAt(_name(file), _name(sheet), _number(row, MOST_BYTES))


def _some(given: Any, most: int) -> list[Any]:
    if not isinstance(given, list) or len(given) > most:
        raise Unlikely
    return given


def _text(given: Any, longest: int = LONGEST_TEXT) -> str:
    if not isinstance(given, str) or len(given) > longest:
        raise Unlikely
    return given


def _name(given: Any, longest: int = max(LONGEST_TEXT, LONGEST_FILE_NAME)) -> str:
    """A text of somebody else's, also the name of a file or sheet: numbers of people in it become dots."""
    return without_numbers(_text(given, longest))[:longest]


def _username(given: Any) -> str:
    return _matching(_USERNAME, given)


def _matching(pattern: re.Pattern[str], given: Any) -> str:
    if not isinstance(given, str) or not pattern.fullmatch(given):
        raise Unlikely
    return given


def _number(given: Any, below: int) -> int:
    if not isinstance(given, int) or isinstance(given, bool) or not 0 <= given < below:
        raise Unlikely
    return given
