"""What is kept of a school's lists of accounts, and what another list makes of it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from bot.core.lists.changes import ListChanges, changes, keys_of
from bot.core.lists.model import (
    AccountList,
    BadListRow,
    ListedPerson,
    ListFault,
    ListFileFault,
    ListFileNote,
    ListRowFault,
    ListUnusable,
)

MOST_KEPT = 20_000
"""People of one school: the largest has some 3,000."""
MOST_BAD = 1_000
"""Rows left out that are kept by name."""

_COPY = re.compile(r"(?:\s*[(\[]\d{1,3}[)\]]|\s+-\s+(?:copy|копие)(?:\s*\(\d{1,3}\))?)+(?=\.[^.]+\Z)", re.IGNORECASE)


class ListSource(StrEnum):
    """Where a list came from."""

    UPLOAD = "upload"
    FOLDER = "folder"
    """The folder in the OneDrive of the school's account."""


class FolderTrouble(StrEnum):
    """Why nothing, or not everything, came from the folder when it was last looked into."""

    ABSENT = "absent"
    """There is no such folder, or the account has no OneDrive."""
    EMPTY = "empty"
    """It holds no file of ours."""
    TOO_MANY = "too-many"
    """It holds more lists than are read."""
    LOCKED = "locked"
    """A file is open in Excel, or held by somebody else."""
    CHANGING = "changing"
    """The files changed again and again while they were read."""
    FORBIDDEN = "forbidden"
    """The bot was not given this folder."""
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class ElsewhereAccount:
    """An account that a username of the list has outside the school (`HeldAccount`). Which school it is, is not kept:
    that is for a look-up with a reason to tell.
    """

    person: str
    name: str = field(repr=False)
    username: str = field(repr=False)
    enabled: bool | None
    class_: str = ""


@dataclass(frozen=True, slots=True)
class Resolved:
    """What the directory said of a list as it was `at`. `numbers`: ids of those with a number, by its pseudonym;
    `asked`: when each username that the school does not have was asked for, and `elsewhere` whom it belongs to;
    `waiting`: how many are still to be asked for.
    """

    at: datetime
    numbers: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    asked: Mapping[str, datetime] = field(default_factory=dict, repr=False)
    elsewhere: tuple[ElsewhereAccount, ...] = ()
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class KeptAccountList:
    """All that the lists of a school say. `at`: when they last said something new; `dated`: of which moment the
    newest is. `from_folder` are the names of the files that lie in the folder. `checked_at`, `trouble`: the last look
    into it; `mark` tells one state of it from another. `asked`: tables in it whose columns nobody knows.
    """

    school: str
    at: datetime
    dated: datetime
    people: tuple[ListedPerson, ...] = field(default=(), repr=False)
    bad: tuple[BadListRow, ...] = ()
    bad_rows: int = 0
    faults: tuple[ListFileFault, ...] = ()
    notes: tuple[ListFileNote, ...] = ()
    from_folder: frozenset[str] = frozenset()
    asked: int = 0
    checked_at: datetime | None = None
    trouble: FolderTrouble | None = None
    mark: str = ""
    resolved: Resolved | None = None

    @property
    def files(self) -> tuple[str, ...]:
        """The files whose people count."""
        return tuple(sorted({one.place.file for one in self.people}))


def taken_in(
    before: KeptAccountList | None, read: AccountList, school: str, source: ListSource, now: datetime
) -> tuple[KeptAccountList, ListChanges]:
    """The lists of a school with this one, and what that changes.

    A file takes the place of the one of its name (of which browsers number the copies); what comes from the folder,
    of all that came from there. Of other files everybody stays whom this one does not name; so they do of a file that
    could not be read as a whole, for a row that was not read may be theirs. Errors: ListUnusable.
    """
    kept = before or KeptAccountList(school, now, read.dated)
    unread = {name_of(one.file) for one in read.faults} | {name_of(one.place.file) for one in read.questions}
    here = {one.place.file for one in read.people} | {one.place.file for one in read.bad}
    names = {name_of(one) for one in here}
    partly = unread | {name_of(one.place.file) for one in read.bad if one.why is not ListRowFault.OTHER_SCHOOL}

    def again(file: str) -> bool:
        name = name_of(file)
        gone = source is ListSource.FOLDER and file in kept.from_folder and name not in unread
        return name in names or gone

    named = _Named(read.people)
    left = [
        one
        for one in kept.people
        if not (again(one.place.file) and name_of(one.place.file) not in partly) and not named.has(one)
    ]
    people = (*left, *read.people)
    if len(people) > MOST_KEPT:
        raise ListUnusable(ListFileFault(ListFault.TOO_LARGE))
    bad_left = tuple(one for one in kept.bad if not again(one.place.file))
    # Of many rows only the first are kept by name: once some are put right, those that are named are counted.
    bad_rows = kept.bad_rows if len(bad_left) == len(kept.bad) else len(bad_left)
    changed = changes(kept.people, people)
    something = bool(changed.new or changed.gone or changed.changed)
    still = {one.place.file for one in left}
    if source is ListSource.FOLDER:
        from_folder = here | {file for file in kept.from_folder & still if name_of(file) in unread}
        faults = read.faults
    else:
        from_folder = kept.from_folder - here
        faults = tuple(one for one in kept.faults if name_of(one.file) not in names)
    after = replace(
        kept,
        at=now if something or before is None else kept.at,
        dated=max(kept.dated, read.dated),
        people=people,
        bad=(*bad_left, *read.bad)[-MOST_BAD:],
        bad_rows=bad_rows + read.bad_rows,
        faults=faults,
        notes=(*(one for one in kept.notes if not again(one.file)), *read.notes),
        from_folder=frozenset(from_folder),
        asked=len(read.questions) if source is ListSource.FOLDER else kept.asked,
    )
    return after, changed


class _Named:
    """Whom a list names. By name and class alone only where one of the two has neither number nor account: two of a
    class may be called alike.
    """

    def __init__(self, people: Sequence[ListedPerson]) -> None:
        keys = [(one, keys_of(one)) for one in people]
        self._surely = {key for _, every in keys for key in every[:-1]}
        self._called = {every[-1] for _, every in keys}
        self._only_called = {every[-1] for _, every in keys if len(every) == 1}

    def has(self, one: ListedPerson) -> bool:
        *surely, called = keys_of(one)
        if not surely:
            return called in self._called
        return not self._surely.isdisjoint(surely) or called in self._only_called


def name_of(file: str) -> str:
    """By which name a file takes the place of another: `5 б клас (1).xlsx` is `5 б клас.xlsx` once more."""
    return _COPY.sub("", file).casefold()


def looked_into(
    before: KeptAccountList | None,
    school: str,
    now: datetime,
    *,
    trouble: FolderTrouble | None,
    mark: str = "",
    faults: Sequence[ListFileFault] = (),
) -> KeptAccountList:
    """The folder brought nothing new: what was known stays."""
    kept = before or KeptAccountList(school, now, now)
    return replace(kept, checked_at=now, trouble=trouble, mark=mark, faults=tuple(faults) or kept.faults)
