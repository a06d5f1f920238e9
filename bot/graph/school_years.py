"""The only way from Graph's educationClass records to classes: each caller says whose they are, and gets those of the
present school year (docs/adr/0079).

НЕИСПУО makes a new class of every curriculum row every year, and old ones stay until somebody deletes them: a school
has two „Математика - 5а - ООП“, and they are other students'. A year is told by `term`, which the ministry's
synchronisation sends; a class without one stays. One whose term says 1900 to 9999 is of a year that nobody had dated,
as all were until 2022: beside dated ones of this year it is taken for a former one.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from bot.core.people.classes import classes_of_team
from bot.graph import reading

_BEGINS = (9, 15)
"""A school year is from 15 September to 14 September. Lessons, and so terms, end by 30 June: in summer the classes of
the year are still the classes there are.
"""
_CHANGES = 7
"""From July on schools make the classes of the next year (`inst_basic.CurrentYear.ChangeYearFrom`: 1 to 23 July)."""

_UNREADABLE = 0
"""A year before all others: a term of an unknown form gives nobody a right."""


@dataclass(frozen=True, slots=True)
class KnownClass:
    """An educationClass. `registered`: its name in the register it comes from (`externalName`): an owner of its team
    can change the title in Teams, and not this one; empty where the tenant does not keep it. `year` is the one in
    which its school year begins; None: nothing tells it. `undated`: its term has dates, and they tell nothing.
    """

    id: str
    title: str
    external_id: str = ""
    registered: str = ""
    year: int | None = None
    ends: date | None = None
    undated: bool = False

    def has_ended(self, today: date) -> bool:
        """Whether its lessons are over: nobody is to join it."""
        return self.year == _UNREADABLE or (self.ends is not None and self.ends < today)


class EducationClasses:
    """What Graph told of some classes. Errors: DirectoryMisunderstood for a record that is none."""

    def __init__(self, records: Iterable[object]) -> None:
        self._classes = tuple({one.id: one for one in map(_known, records)}.values())

    def every(self) -> tuple[KnownClass, ...]:
        """Of every year: what a student leaves, and what was asked for by its own row."""
        return self._classes

    def of_this_year(self, today: date, rows: Collection[str] = ()) -> tuple[KnownClass, ...]:
        """Without those of former school years, except what is the class of one of these rows. From July on perhaps
        those of two: the newer first, undated last.
        """
        now = _school_year(today)
        running = [one for one in self._classes if one.year is None or one.year >= now or one.external_id in rows]
        return tuple(sorted(running, key=lambda one: (one.undated, -_rank(one, today))))

    def newest_of_person(self, today: date) -> tuple[KnownClass, ...]:
        """Of one person: who is in a class of the next year already is in none of the last."""
        running = self.of_this_year(today)
        newest = max((_rank(one, today) for one in running if one.year is not None), default=0)
        return tuple(
            one
            for one in running
            if (not (one.undated and newest) if one.year is None else _rank(one, today) == newest)
        )

    def newest_of_school(self, today: date) -> tuple[KnownClass, ...]:
        """Of one school, the newer first: a class („5 а“) is the newest of its name. Schools make them one by one,
        and until the next 5 а is made that of the year that ends is the one there is.
        """
        running = self.of_this_year(today)
        newest: dict[str, int] = {}
        for one in running:
            if one.year is not None:
                for name in _names(one):
                    newest[name] = max(newest.get(name, 0), _rank(one, today))
        return tuple(
            one
            for one in running
            if (
                not (one.undated and newest.keys() & _names(one))
                if one.year is None
                else all(newest[name] == _rank(one, today) for name in _names(one))
            )
        )

    def titles(self, today: date) -> tuple[str, ...]:
        """The names of those `newest_of_person`, as a `Person` has them."""
        return tuple(one.title for one in self.newest_of_person(today) if one.title)

    def are_certain(self, name: str, today: date) -> bool:
        """Whether every class of this name among them tells its year: none can be a newer one."""
        return all(one.year is not None for one in self.of_this_year(today) if name in _names(one))

    def are_dated(self, name: str, today: date) -> bool:
        """Whether any class of this name among them tells its year: one that has no term may then be a former one."""
        return any(one.year is not None for one in self.of_this_year(today) if name in _names(one))


def expanded(person: object) -> EducationClasses:
    """Those that came with an educationUser; Graph may leave an empty expansion out."""
    return EducationClasses(reading.listed(reading.thing(person, "person").get("classes"), "classes"))


def by_year(classes: Iterable[KnownClass], today: date) -> tuple[tuple[KnownClass, ...], ...]:
    """The same classes, those of the newest year first. What tells none is of the present one: in summer it is not
    ahead of what does.
    """
    years: dict[int, list[KnownClass]] = {}
    for one in classes:
        years.setdefault(_school_year(today) if one.year is None else _rank(one, today), []).append(one)
    return tuple(tuple(years[year]) for year in sorted(years, reverse=True))


def is_in_doubt(one: KnownClass, today: date) -> bool:
    """Whether its school may have a newer class of its name: nothing tells its year, or in summer it is of the one
    that ends.
    """
    return one.year is None or _rank(one, today) < _newest(today)


def _names(one: KnownClass) -> tuple[str, ...]:
    """What it is the newest of: its classes, or where its title speaks of none all of these together."""
    return classes_of_team(one.title) or ("",)


def _school_year(today: date) -> int:
    return today.year - ((today.month, today.day) < _BEGINS)


def _newest(today: date) -> int:
    """The latest year of which there are classes."""
    return today.year - (today.month < _CHANGES)


def _rank(one: KnownClass, today: date) -> int:
    """Its year, as far as it can be; of a class of no known year the newest."""
    newest = _newest(today)
    return newest if one.year is None else min(one.year, newest)


def _known(record: object) -> KnownClass:
    found = reading.thing(record, "class")
    year, ends, undated = _term(found.get("term"))
    return KnownClass(
        reading.entity(found, "class"),
        reading.text(found.get("displayName")),
        reading.text(found.get("externalId")),
        reading.text(found.get("externalName")),
        year,
        ends,
        undated,
    )


def _term(term: object) -> tuple[int | None, date | None, bool]:
    """The school year, when the term ends, and whether its dates tell nothing. A row that is taught in the first half
    alone ends in winter.
    """
    if term is None:
        return None, None, False
    if not isinstance(term, Mapping):
        return _UNREADABLE, None, False
    said = term.get("endDate"), term.get("startDate")
    try:
        ends, starts = map(_day, said)
    except ValueError:
        return _UNREADABLE, None, False
    if ends is not None:
        return ends.year - ((ends.month, ends.day) < _BEGINS), ends, False
    if starts is not None:
        return starts.year - (starts.month < _CHANGES), None, False
    return None, None, any(one is not None for one in said)


def _day(value: object) -> date | None:
    """None for what is not known: НЕИСПУО has years that it has not dated yet from 1900 to 9999, and counts the weeks
    of a half from there. Errors: ValueError for what is no date.
    """
    if value is None:
        return None
    day = date.fromisoformat(reading.text(value)[:10])
    return day if 2000 <= day.year < 9999 else None
