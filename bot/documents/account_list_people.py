"""What was read of lists of accounts, while the numbers of people are in clear: in the child, and on the way out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from bot.core.class_links.expected import RosterFault
from bot.core.lists.model import (
    BadListRow,
    ColumnQuestion,
    ListedAt,
    ListFault,
    ListFileFault,
    ListFileNote,
    ListKind,
    ListRemark,
    ListUnusable,
)
from bot.core.people.free_text import free_text
from bot.core.people.identifier_traces import hold_identifier
from bot.core.people.identifiers import Identifier
from bot.core.people.model import Kind
from bot.documents.limits import LONGEST_TEXT, MOST_BYTES, MOST_IN_ALL

MOST_QUESTIONS = 5
MOST_NOTES = 100
_MOST_DIGITS = 24
"""Of one text: two numbers and a day. Looking for numbers among more takes milliseconds."""
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class RowPerson:
    """A person of a row, as long as the numbers are in clear: within the child, and on the way out of it."""

    name: str = field(repr=False)
    class_: str
    usernames: tuple[str, ...] = field(repr=False)
    identifiers: tuple[Identifier, ...] = field(repr=False)
    kind: Kind
    place: ListedAt
    remarks: tuple[ListRemark, ...] = ()


@dataclass(slots=True)
class ListsRead:
    """What files say; the numbers of people in clear."""

    kinds: set[ListKind] = field(default_factory=set)
    people: list[RowPerson] = field(default_factory=list)
    bad: list[BadListRow] = field(default_factory=list)
    questions: list[ColumnQuestion] = field(default_factory=list)
    faults: list[ListFileFault] = field(default_factory=list)
    notes: list[ListFileNote] = field(default_factory=list)


def list_fault(fault: RosterFault) -> ListFileFault:
    """What is wrong with a package, said of a list. What only lists of classes can have wrong is not said of it."""
    names = set(ListFault)
    name = fault.fault.value
    return ListFileFault(ListFault(name) if name in names else ListFault.BROKEN, fault.where)


@lru_cache(maxsize=2048)  # thousands of rows stand in one file and sheet
def without_numbers(text: str) -> str:
    """A text of somebody else's, also the name of a file or sheet, with dots in the place of numbers of people.
    Whoever goes through a list clears the cache at its end: numbers are in it.
    """
    digits = sum(map(str.isnumeric, text))
    if digits > _MOST_DIGITS:
        return _WORD.sub(lambda word: "•••" if any(map(str.isnumeric, word[0])) else word[0], text)
    return free_text(text, len(text) + _MOST_DIGITS) if digits and hold_identifier(text) else text


def check_list_sizes(files: Mapping[str, bytes]) -> None:
    """Errors: ListUnusable (TOO_LARGE)."""
    large = [without_numbers(name)[:LONGEST_TEXT] for name, raw in files.items() if len(raw) > MOST_BYTES]
    without_numbers.cache_clear()
    if large or sum(map(len, files.values())) > MOST_IN_ALL:
        raise ListUnusable(*(ListFileFault(ListFault.TOO_LARGE, name) for name in large[:3] or [""]))
