"""Whom the files of a school name together."""

import re
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace

from bot.core.lists.changes import keys_of
from bot.core.lists.hold import may_be_one
from bot.core.lists.model import ListedPerson

_COPY = re.compile(r"(?:\s*[(\[]\d{1,3}[)\]]|\s+-\s+(?:copy|копие)(?:\s*\(\d{1,3}\))?)+(?=\.[^.]+\Z)", re.IGNORECASE)


def name_of(file: str) -> str:
    """What a file and its copies are called alike: `5 б клас (1).xlsx` may be `5 б клас.xlsx` once more."""
    return _COPY.sub("", file).casefold()


def copy_of(file: str, number: int) -> str:
    """As a browser calls the copy of this number."""
    stem, dot, ending = _COPY.sub("", file).rpartition(".")
    return f"{stem} ({number}){dot}{ending}" if dot else f"{ending} ({number})"


def people_of(rows: Sequence[ListedPerson], order: Sequence[str]) -> tuple[ListedPerson, ...]:
    """Whom files name, each once, as the newest that names them says; what it leaves out is as an older one says.
    `order`: names of files, the newest last. Rows of one file are of different people.
    """
    files: dict[str, list[ListedPerson]] = {}
    for one in rows:
        files.setdefault(one.place.file, []).append(one)
    if len(files) < 2:
        return tuple(rows)
    known = PeopleNamed()
    by_name: dict[int, PeopleNamed] = {}
    for name in reversed(ranked(files, order)):
        new = []
        for one in files[name]:
            place = known.place_of(one)
            if place is None:
                new.append(one)
                continue
            if _surely(one) and not _surely(known.people[place]):
                by_name.setdefault(place, PeopleNamed()).add_new(one)
                continue
            filled = _filled(newer := known.people[place], one)
            if filled != newer and may_be_one(newer.name, one.name):
                known.people[place] = filled
        known.add(new)
    people = [*known.people]
    for place, called in by_name.items():
        if len(called.people) == 1:
            people[place] = _filled(people[place], called.people[0])
        else:  # two are called so: a row with a name alone is of one of them, and nobody knows of which
            people += called.people
    gone = {place for place, called in by_name.items() if len(called.people) > 1}
    people = [one for place, one in enumerate(people) if place not in gone]
    return tuple(sorted(people, key=lambda one: (one.place.file, one.place.sheet, one.place.row)))


def ranked(files: Iterable[str], order: Sequence[str]) -> list[str]:
    """The newest last. Another release wrote the name that a file shares with its copies."""
    rank = {name: place for place, name in enumerate(order)}
    oldest = sorted(files, reverse=True)
    return sorted(oldest, key=lambda one: rank.get(one, rank.get(name_of(one), -1)))


def _filled(newer: ListedPerson, older: ListedPerson) -> ListedPerson:
    return replace(
        newer,
        name=newer.name or older.name,
        class_=newer.class_ or older.class_,
        usernames=newer.usernames or older.usernames,
        identifiers=newer.identifiers or older.identifiers,
    )


class PeopleNamed:
    """Whom a list names. By name and class alone only where one of the two has neither number nor account: two of a
    class may be called alike.
    """

    def __init__(self) -> None:
        self.people: list[ListedPerson] = []
        self._surely: dict[Hashable, int] = {}
        self._only_called: dict[Hashable, int] = {}
        self._called: dict[Hashable, int] = {}
        self._uncalled: list[int] = []
        """Places of those whom nobody was sought by name and class among: telling words apart takes long."""

    def add(self, people: Iterable[ListedPerson]) -> None:
        """Also who is known: rows of one file are of different people."""
        for one in people:
            place = len(self.people)
            self.people.append(one)
            surely = _surely(one)
            for key in surely:
                self._surely.setdefault(key, place)
            if surely:
                self._uncalled.append(place)
            else:
                self._only_called.setdefault(_called(one), place)

    def add_new(self, one: ListedPerson) -> None:
        """Unless it is known already."""
        if self.place_of(one) is None:
            self.add((one,))

    def place_of(self, one: ListedPerson) -> int | None:
        """Where somebody stands who is this one."""
        surely = _surely(one)
        found = next((self._surely[key] for key in surely if key in self._surely), None)
        if found is not None or (surely and not self._only_called):
            return found
        called = _called(one)
        if surely or called in self._only_called:
            return self._only_called.get(called)
        for place in self._uncalled:
            self._called.setdefault(_called(self.people[place]), place)
        self._uncalled.clear()
        return self._called.get(called)


def _surely(one: ListedPerson) -> Sequence[Hashable]:
    return (*one.identifiers, *one.usernames)


def _called(one: ListedPerson) -> Hashable:
    return keys_of(one)[-1]
