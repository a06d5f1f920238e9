"""What is kept of a school's lists of accounts, and what another list makes of it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from bot.core.clock import day_in_sofia
from bot.core.lists.changes import ListChanges, changes
from bot.core.lists.files import place
from bot.core.lists.merge import PeopleNamed, name_of, people_of, ranked
from bot.core.lists.model import (
    AccountList,
    BadListRow,
    ListedPerson,
    ListFault,
    ListFileFault,
    ListFileNote,
    ListUnusable,
)
from bot.core.school_year import first_of_year

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
    """A file is open in Excel. Told of the file itself by now (`ListFault.LOCKED`): what an older release kept."""
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
    files, the newest last; `came`: when each came, or was changed last in the folder. `from_folder`: names of those
    that lie in the folder. `checked_at`, `trouble`: the last look into it; `mark` tells one state of it from another.
    `asked`: tables in it of unknown columns.
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
    came: Mapping[str, datetime] = field(default_factory=dict, repr=False)
    people: tuple[ListedPerson, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "people", people_of(self.rows, self.order))

    @property
    def files(self) -> tuple[str, ...]:
        """The files whose rows count."""
        return tuple(sorted({one.place.file for one in self.rows}))

    @property
    def removable(self) -> tuple[str, ...]:
        """The files of which rows are kept, also if only those that did not count."""
        return tuple(sorted({*self.files, *(one.place.file for one in self.bad)}))

    @property
    def told_of(self) -> frozenset[str]:
        """All of which something is kept."""
        places = [*(one.place for one in self.rows), *(one.place for one in self.bad)]
        said = [*(one.file for one in self.faults), *(one.file for one in self.notes)]
        return frozenset(filter(None, (*(one.file for one in places), *said)))

    def came_at(self, file: str) -> datetime:
        """When a file came. An older release kept of all files when the newest did."""
        return self.came.get(file, self.dated)


def taken_in(
    before: KeptAccountList | None,
    read: AccountList,
    school: str,
    source: ListSource,
    now: datetime,
    *,
    dates: Mapping[str, datetime] | None = None,
) -> tuple[KeptAccountList, ListChanges]:
    """The lists of a school with this one, and what that changes. `dates`: when files were changed last, by
    their names in small letters.

    A file takes the place of the one it corrects (`files.place`); what comes from the folder, of all that came from
    there. Of a file that could not be read as a whole everybody stays whom it does not name: a row that was not read
    may be theirs. Errors: ListUnusable.
    """
    kept = before or KeptAccountList(school, now, read.dated)
    folder = source is ListSource.FOLDER
    asked = {file for one in read.questions for file in (one.place.file, *one.also)}
    unread = {name_of(one.file) for one in read.faults} | set(map(name_of, asked))
    placed = place(kept.rows, kept.bad, read, kept.from_folder if folder else ())
    read = placed.read
    here = set(placed.called)

    def again(file: str) -> bool:
        return file in placed.takers or (folder and file in kept.from_folder and name_of(file) not in unread)

    named = PeopleNamed()
    named.add(read.people)
    left = [one for one in kept.rows if not again(one.place.file)]
    left += [
        replace(one, place=replace(one.place, file=heir))
        for one in kept.rows
        if (heir := placed.heir(one.place.file)) is not None and named.place_of(one) is None
    ]
    rows = (*left, *read.people)
    if len(rows) > MOST_KEPT:
        raise ListUnusable(ListFileFault(ListFault.ALL_TOO_LARGE))
    bad_left = tuple(one for one in kept.bad if not again(one.place.file))
    # Of many rows only the first are kept by name: once some are put right, those that are named are counted.
    bad_rows = kept.bad_rows if len(bad_left) == len(kept.bad) else len(bad_left)
    still = {one.place.file for one in left}
    if folder:
        from_folder = here | (kept.from_folder & still)
        faults = read.faults
    else:
        from_folder = set(kept.from_folder - here)
        names = set(map(name_of, here))
        faults = tuple(one for one in kept.faults if name_of(one.file) not in names)
    # A folder is read as a whole when one of its files changes: the others say nothing new by that.
    as_it_was = _as_it_was(kept.rows, read.people) if folder else set()
    older = (still - here) | as_it_was
    came = {file: kept.came_at(file) for file in {*older, *(one.place.file for one in bad_left)}}
    came |= dict.fromkeys(here - as_it_was, read.dated)
    known = dates or {}
    came |= {file: at for file, called in placed.called.items() if (at := known.get(called.casefold())) is not None}
    if folder:
        wrong = {one.file for one in faults if one.file} - came.keys()
        came |= {file: known.get(file.casefold(), read.dated) for file in wrong}
    after = replace(
        kept,
        dated=max(came.values(), default=max(kept.dated, read.dated)),
        rows=rows,
        order=(*(one for one in ranked(still | here, kept.order) if one in older), *sorted(here - older)),
        bad=(*bad_left, *read.bad)[-MOST_BAD:],
        bad_rows=bad_rows + read.bad_rows,
        faults=faults,
        notes=(*(one for one in kept.notes if not again(one.file)), *read.notes),
        from_folder=frozenset(from_folder),
        asked=sum(one.tables for one in read.questions) if folder else kept.asked,
        came=came,
    )
    after = counting(after, day_in_sofia(now))
    changed = changes(kept.people, after.people)
    if before is None or changed.new or changed.gone or changed.changed:
        after = replace(after, at=now)
    return after, replace(changed, files=() if folder else placed.files)


def _as_it_was(before: Iterable[ListedPerson], after: Iterable[ListedPerson]) -> set[str]:
    """The files of which all rows are what they were."""
    some, others = defaultdict[str, set[ListedPerson]](set), defaultdict[str, set[ListedPerson]](set)
    for rows, of in ((before, some), (after, others)):
        for one in rows:
            of[one.place.file].add(one)
    return {file for file, rows in others.items() if some.get(file) == rows}


def counting(kept: KeptAccountList, today: date) -> KeptAccountList:
    """What counts of it today: a file ends with the school year of which it came."""
    first = first_of_year(today)
    return without(kept, {one for one in kept.told_of if day_in_sofia(kept.came_at(one)) < first})


def without(kept: KeptAccountList, files: Collection[str]) -> KeptAccountList:
    """As if these files had never come, with all that was found out of those whom they alone name."""
    if not files:
        return kept
    rows = tuple(one for one in kept.rows if one.place.file not in files)
    bad = tuple(one for one in kept.bad if one.place.file not in files)
    came = {file: kept.came_at(file) for file in kept.told_of if file not in files}
    return replace(
        kept,
        dated=max(came.values(), default=kept.dated),
        rows=rows,
        order=tuple(one for one in kept.order if one not in files),
        bad=bad,
        bad_rows=kept.bad_rows if len(bad) == len(kept.bad) else len(bad),
        faults=tuple(one for one in kept.faults if one.file not in files),
        notes=tuple(one for one in kept.notes if one.file not in files),
        from_folder=kept.from_folder.difference(files),
        came=came,
        resolved=None if kept.resolved is None else _of(kept.resolved, rows),
    )


def _of(resolved: Resolved, rows: Iterable[ListedPerson]) -> Resolved:
    """What was found out of these. Who was asked for stays for as long as nobody is to be asked for again."""
    every = list(rows)
    numbers = {number for one in every for number in one.identifiers}
    usernames = {name for one in every for name in one.usernames}
    return replace(
        resolved,
        numbers={number: ids for number, ids in resolved.numbers.items() if number in numbers},
        elsewhere=tuple(one for one in resolved.elsewhere if one.username.lower() in usernames),
        waiting=resolved.waiting if every else 0,
    )


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
    after = replace(kept, checked_at=now, trouble=trouble, mark=mark, faults=tuple(faults) or kept.faults)
    came = {one: kept.came_at(one) for one in after.told_of} | {one.file: now for one in faults if one.file}
    return replace(after, came=came)
