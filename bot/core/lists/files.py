"""Which kept file another one takes the place of. НЕИСПУО calls whatever it exports `export.xlsx`, and browsers
number what is downloaded again: a name alone tells nothing.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.core.lists.changes import TakenFile, keys_of
from bot.core.lists.merge import copy_of, name_of
from bot.core.lists.model import AccountList, BadListRow, ListedPerson, ListRowFault


@dataclass(frozen=True, slots=True)
class Placed:
    """What was read, by the names under which it is kept. `takers`: by kept file those that take its place;
    `partly`: those of which not everything was read; `called`: how a file was called, by its name here.
    """

    read: AccountList
    files: tuple[TakenFile, ...] = ()
    takers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    partly: frozenset[str] = frozenset()
    called: Mapping[str, str] = field(default_factory=dict)

    def heir(self, file: str) -> str | None:
        """The file to which what it did not read of this one belongs; None: nothing of it is left."""
        return next((one for one in self.takers.get(file, ()) if one in self.partly), None)


def place(
    rows: Sequence[ListedPerson], bad: Sequence[BadListRow], read: AccountList, mirrored: Iterable[str] = ()
) -> Placed:
    """A file takes the place of those of its name, whatever their number, of whose people it names at least half:
    else it stands beside them, under a name of its own if need be. A row that was not read may be of any of them.
    `rows`, `bad`: of the kept files; `mirrored`: those that are replaced by their very name, or go.
    """
    mirrored = frozenset(mirrored)
    old, new = _by_file(rows), _by_file(read.people)
    unread = {file for one in read.questions for file in (one.place.file, *one.also)}
    unread |= {one.file for one in read.faults}
    bad_of: dict[str, int] = defaultdict(int)
    for one in read.bad:
        bad_of[one.place.file] += one.why is not ListRowFault.OTHER_SCHOOL
    kept = sorted({*old, *(one.place.file for one in bad)})
    coming = sorted({*new, *bad_of})
    replaced: dict[str, list[str]] = {file: [] for file in coming}
    beside: dict[str, list[str]] = {file: [] for file in coming}
    for file in coming:
        for other in kept:
            same = other.casefold() == file.casefold()
            if other in mirrored:
                if same:
                    replaced[file].append(other)
            elif name_of(other) == name_of(file):
                whole = file not in unread
                alike = same if not new[file] else _alike(old[other], new[file], bad_of[file], whole=whole)
                (replaced if alike else beside)[file].append(other)
    gone = mirrored.union(*replaced.values())
    names = _names(coming, replaced, {one.casefold() for one in kept if one not in gone})
    takers: dict[str, tuple[str, ...]] = {}
    for file in coming:
        for other in replaced[file]:
            takers[other] = (*takers.get(other, ()), names[file])
    return Placed(
        _renamed(read, names),
        tuple(
            TakenFile(file, names[file], tuple(replaced[file]), () if replaced[file] else tuple(beside[file]))
            for file in coming
            if replaced[file] or beside[file]
        ),
        takers,
        frozenset(names[file] for file in coming if file in unread or bad_of[file]),
        {names[file]: file for file in coming},
    )


def _names(coming: Sequence[str], replaced: Mapping[str, Sequence[str]], taken: set[str]) -> dict[str, str]:
    """A name for each that no other file has: its own, that of one it takes the place of, or that of a copy."""
    names: dict[str, str] = {}
    free = [file for file in coming if file.casefold() not in taken]
    for file in (*free, *(file for file in coming if file not in free)):
        wanted = (file, *replaced[file], *(copy_of(file, number) for number in range(1, len(taken) + 2)))
        names[file] = next(one for one in wanted if one.casefold() not in taken)
        taken.add(names[file].casefold())
    return names


def _renamed(read: AccountList, names: Mapping[str, str]) -> AccountList:
    if all(file == name for file, name in names.items()):
        return read
    return replace(
        read,
        people=tuple(replace(one, place=replace(one.place, file=names[one.place.file])) for one in read.people),
        bad=tuple(replace(one, place=replace(one.place, file=names[one.place.file])) for one in read.bad),
        notes=tuple(replace(one, file=names.get(one.file, one.file)) for one in read.notes),
    )


def _by_file(rows: Iterable[ListedPerson]) -> Mapping[str, list[ListedPerson]]:
    found: dict[str, list[ListedPerson]] = defaultdict(list)
    for one in rows:
        found[one.place.file].append(one)
    return found


def _alike(old: Sequence[ListedPerson], new: Sequence[ListedPerson], unread: int, *, whole: bool) -> bool:
    """Whether one is the other, corrected. `unread`: rows that were not read; `whole`: all tables were."""
    if not old:
        return True
    shared = _shared(old, new)
    return shared > 0 and (not whole or 2 * (shared + unread) >= len(old))


def _shared(old: Sequence[ListedPerson], new: Sequence[ListedPerson]) -> int:
    """How many of these are named by the others, too: by number, username, or name and class."""
    known = {key for one in new for key in _keys(one)}
    return sum(not known.isdisjoint(_keys(one)) for one in old)


def _keys(one: ListedPerson) -> Sequence[Hashable]:
    return keys_of(one) if one.name else keys_of(one)[:-1]
