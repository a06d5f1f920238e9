"""What is kept of a school's lists of accounts, and what another list makes of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from bot.core.lists.changes import ListChanges, changes
from bot.core.lists.merge import PeopleNamed, name_of, people_of
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
    newest is. `rows` are all that are kept of each file, `people` whom they name, each once; `order`: names of the
    files, the newest last. `from_folder` are the names of the files that lie in the folder. `checked_at`, `trouble`:
    the last look into it; `mark` tells one state of it from another. `asked`: tables in it of unknown columns.
    """

    school: str
    at: datetime
    dated: datetime
    rows: tuple[ListedPerson, ...] = field(default=(), repr=False)
    order: tuple[str, ...] = ()
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
    people: tuple[ListedPerson, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "people", people_of(self.rows, self.order))

    @property
    def files(self) -> tuple[str, ...]:
        """The files whose rows count."""
        return tuple(sorted({one.place.file for one in self.rows}))


def taken_in(
    before: KeptAccountList | None, read: AccountList, school: str, source: ListSource, now: datetime
) -> tuple[KeptAccountList, ListChanges]:
    """The lists of a school with this one, and what that changes.

    A file takes the place of the one of its name (of which browsers number the copies); what comes from the folder,
    of all that came from there. Of a file that could not be read as a whole everybody stays whom it does not name: a
    row that was not read may be theirs. Errors: ListUnusable.
    """
    kept = before or KeptAccountList(school, now, read.dated)
    asked = {file for one in read.questions for file in (one.place.file, *one.also)}
    unread = {name_of(one.file) for one in read.faults} | set(map(name_of, asked))
    here = {one.place.file for one in read.people} | {one.place.file for one in read.bad}
    names = {name_of(one) for one in here}
    partly = unread | {name_of(one.place.file) for one in read.bad if one.why is not ListRowFault.OTHER_SCHOOL}

    def again(file: str) -> bool:
        name = name_of(file)
        gone = source is ListSource.FOLDER and file in kept.from_folder and name not in unread
        return name in names or gone

    named = PeopleNamed()
    named.add(read.people)
    left = [
        one
        for one in kept.rows
        if not again(one.place.file) or (name_of(one.place.file) in partly and named.place_of(one) is None)
    ]
    rows = (*left, *read.people)
    if len(rows) > MOST_KEPT:
        raise ListUnusable(ListFileFault(ListFault.ALL_TOO_LARGE))
    bad_left = tuple(one for one in kept.bad if not again(one.place.file))
    # Of many rows only the first are kept by name: once some are put right, those that are named are counted.
    bad_rows = kept.bad_rows if len(bad_left) == len(kept.bad) else len(bad_left)
    still = {one.place.file for one in left}
    if source is ListSource.FOLDER:
        from_folder = here | {file for file in kept.from_folder & still if name_of(file) in unread}
        faults = read.faults
    else:
        from_folder = set(kept.from_folder - here)
        faults = tuple(one for one in kept.faults if name_of(one.file) not in names)
    # A folder is read as a whole when one of its files changes: the others say nothing new by that.
    as_it_was = _as_it_was(kept.rows, read.people) if source is ListSource.FOLDER else set()
    older = (set(map(name_of, still)) - names) | as_it_was
    after = replace(
        kept,
        dated=max(kept.dated, read.dated),
        rows=rows,
        order=(*(one for one in kept.order if one in older), *sorted(names - older)),
        bad=(*bad_left, *read.bad)[-MOST_BAD:],
        bad_rows=bad_rows + read.bad_rows,
        faults=faults,
        notes=(*(one for one in kept.notes if not again(one.file)), *read.notes),
        from_folder=frozenset(from_folder),
        asked=sum(one.tables for one in read.questions) if source is ListSource.FOLDER else kept.asked,
    )
    changed = changes(kept.people, after.people)
    if before is None or changed.new or changed.gone or changed.changed:
        after = replace(after, at=now)
    return after, changed


def _as_it_was(before: Iterable[ListedPerson], after: Iterable[ListedPerson]) -> set[str]:
    """Names of the files of which all rows are what they were."""
    some, others = defaultdict[str, set[ListedPerson]](set), defaultdict[str, set[ListedPerson]](set)
    for rows, of in ((before, some), (after, others)):
        for one in rows:
            of[name_of(one.place.file)].add(one)
    return {name for name, rows in others.items() if some.get(name) == rows}


def looked_into(
    before: KeptAccountList | None,
    school: str,
    now: datetime,
    *,
    trouble: FolderTrouble | None,
    mark: str | None = "",
    faults: Sequence[ListFileFault] = (),
) -> KeptAccountList:
    """The folder brought nothing new: what was known stays. `mark` None: its mark, too, as it is now."""
    kept = before or KeptAccountList(school, now, now)
    mark = kept.mark if mark is None else mark
    return replace(kept, checked_at=now, trouble=trouble, mark=mark, faults=tuple(faults) or kept.faults)
