"""Who is in which class, and until when, by the dates of the enrolments (docs/adr/0084).

A list is of one school year, from 15 September to 14 September: what begins with the year counts from the summer
before it, in which its classes are made, and what ends with the lessons lasts until the next year begins
(docs/adr/0079).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.core.class_links.expected import Change, Fault, RosterFault, RosterUnusable, RowFault
from bot.core.school_year import YEAR_ENDS
from bot.documents.dates import day
from bot.documents.limits import LATEST, MOST_CHANGES, MOST_PLACES
from bot.documents.roster_people import PARTS, Part
from bot.documents.roster_tables import Faults, Table

_CHANGES = (7, 1)
"""From then on schools make the classes of the next year."""
_OPENS = (9, 17)
"""The last day on which school can open: the 15th, or the Monday after it."""
_LESSONS_END = (6, 30)
"""Of most grades, and in НЕИСПУО of all rows of a year (`inst_basic.CurrentYear.ValidTo`)."""


@dataclass(frozen=True, slots=True)
class _Enrolment:
    """`begins` and `ends`: the first and the last day, as written; None: nothing is."""

    username: str
    part: Part
    begins: date | None
    ends: date | None

    def from_day(self) -> date:
        """From when on it counts. What begins within the year does not count before."""
        first = self.begins or date.min
        return first.replace(month=7, day=1) if _CHANGES <= (first.month, first.day) <= _OPENS else first

    def to_day(self, class_ends: date | None) -> date:
        """Until when it counts, in a class that ends then itself."""
        last = self.ends or date.max
        of_year, with_the_class = (last.month, last.day), last == class_ends
        if of_year <= YEAR_ENDS and (with_the_class or of_year >= _LESSONS_END):
            return last.replace(month=9, day=14)
        if of_year > _OPENS and with_the_class and last.year + 1 < LATEST.year:  # else it was written for „never“
            return last.replace(year=last.year + 1, month=9, day=14)
        return last


class ClassPlaces:
    """The enrolments of the school's classes. `settled`: ids of classes, and of people, that are gone, another
    school's or named already: what belongs to them is not called faulty itself.
    """

    def __init__(
        self,
        classes: Mapping[str, str],
        usernames: Mapping[str, str],
        settled: tuple[set[str], set[str]],
        faults: Faults,
    ) -> None:
        self._places: dict[str, list[_Enrolment]] = defaultdict(list)
        self._classes = classes
        self._usernames = usernames
        self._classes_settled, self._people_settled = settled
        self._faults = faults
        self._days: dict[str, date | None] = {"": None}
        self._taken = 0

    def fill(self, table: Table) -> None:
        """Takes the rows of enrollments.csv."""
        for line, row in table.rows():
            class_id, person = row["classsourcedid"], row["usersourcedid"]
            part = PARTS.get(row["role"].lower())
            known = class_id in self._classes and person in self._usernames
            if not known:
                if class_id not in self._classes and class_id not in self._classes_settled:
                    self._faults.add(table.name, line, RowFault.NO_CLASS)
                elif class_id in self._classes and person not in self._people_settled:
                    self._faults.add(table.name, line, RowFault.NO_PERSON)
            elif part is None:
                self._faults.add(table.name, line, RowFault.ROLE)
            else:
                try:
                    begins, ends = self._day(row["begindate"]), self._day(row["enddate"])
                except ValueError:
                    self._faults.add(table.name, line, RowFault.DATE)
                else:
                    self._places[class_id].append(_Enrolment(self._usernames[person], part, begins, ends))

    def last_day(self, today: date) -> date:
        """Today; of a list whose year is over its last day, as of which it is read (`ExpectedList.on`)."""
        ends = [(places, _ends_of(places)) for places in self._places.values()]
        last = max((place.to_day(class_ends) for places, class_ends in ends for place in places), default=today)
        return min(today, last) if (last.month, last.day) == YEAR_ENDS else today

    def of_class(self, class_id: str, today: date) -> tuple[Change, ...]:
        """Who is in the class today, and after each day on which that changes, of which the nearest are given.

        Errors: RosterUnusable (TOO_LARGE).
        """
        places = self._places.get(class_id, [])
        class_ends = _ends_of(places)
        spans = [(place, place.from_day(), place.to_day(class_ends)) for place in places]
        turns = {first for _, first, _ in spans} | {
            last + timedelta(days=1) for _, _, last in spans if last < date.max
        }
        found: list[Change] = []
        for each in (today, *sorted(one for one in turns if one > today)[:MOST_CHANGES]):
            there = _on(each, (place for place, first, last in spans if first <= each <= last))
            if not found or (there.teachers, there.students) != (found[-1].teachers, found[-1].students):
                found.append(there)
                self._taken += len(there.teachers) + len(there.students)
            if self._taken > MOST_PLACES:
                raise RosterUnusable(RosterFault(Fault.TOO_LARGE, "enrollments.csv"))
        return tuple(found)

    def _day(self, written: str) -> date | None:
        """Errors: ValueError. A file writes the same few days again and again."""
        if written not in self._days:
            self._days[written] = day(written)
        return self._days[written]


def _on(when: date, places: Iterable[_Enrolment]) -> Change:
    there = {part: set[str]() for part in Part}
    for one in places:
        there[one.part].add(one.username)
    staff = there[Part.STAFF]
    return Change(when, tuple(sorted(staff)), tuple(sorted(there[Part.STUDENT] - staff)))


def _ends_of(places: Sequence[_Enrolment]) -> date | None:
    """When the class itself ends: its last place does, be it taught in the first half alone or to grade XII. None
    where somebody stays, or where it has no students or no teachers: then a teacher has only left.
    """
    ends = [place.ends for place in places if place.ends is not None]
    both = len({place.part for place in places}) == len(Part)
    return max(ends) if both and len(ends) == len(places) else None
