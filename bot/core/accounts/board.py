"""The board of a school: its people by state, and what of them is to be done next."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.core.accounts.model import (
    HANDED_OVER,
    TO_HAND_OVER,
    BoardPerson,
    BoardRow,
    BoardState,
    BoardTiming,
    View,
    Week,
)
from bot.core.accounts.states import is_new, state_of
from bot.core.people.classes import grade_of_class
from bot.core.people.model import Kind, School


@dataclass(frozen=True, slots=True)
class Counts:
    """How many are in each state; states in which nobody is are left out."""

    by_state: Mapping[BoardState, int]

    @property
    def all(self) -> int:
        """Everybody."""
        return sum(self.by_state.values())

    @property
    def left(self) -> int:
        """To be handed over."""
        return self._of(TO_HAND_OVER)

    @property
    def handed(self) -> int:
        """In their owners' hands, as far as anybody can tell."""
        return self._of(HANDED_OVER)

    @property
    def of(self) -> int:
        """Those whose accounts the school can hand over: what 100 % means."""
        return self.left + self.handed

    @property
    def used(self) -> int:
        """Of those handed over, the ones whose password is not the one that was handed over."""
        return self.handed - self.by_state.get(BoardState.HANDED, 0)

    @property
    def percent(self) -> int:
        """The share handed over, never rounded up to 100; 100 where there is nobody to hand over to."""
        return 100 * self.handed // self.of if self.of else 100

    def _of(self, states: frozenset[BoardState]) -> int:
        return sum(count for state, count in self.by_state.items() if state in states)


@dataclass(frozen=True, slots=True)
class Board:
    """A school as it was `at`; None: it was never looked at. `people` by class, then name; teachers last."""

    school: School
    at: datetime | None
    people: tuple[BoardPerson, ...]
    weeks: tuple[Week, ...] = ()
    """The oldest first."""

    @property
    def counts(self) -> Counts:
        """Of everybody."""
        return counted(self.people)

    def classes(self) -> Mapping[str, Counts]:
        """Of each class, in the order of grades and letters."""
        classes: dict[str, list[BoardPerson]] = {}
        for one in self._students():
            classes.setdefault(one.class_, []).append(one)
        return {name: counted(people) for name, people in classes.items()}

    def teachers(self) -> tuple[BoardPerson, ...]:
        """Everybody who is no student."""
        return tuple(one for one in self.people if one.kind is not Kind.STUDENT)

    def of_class(self, name: str) -> tuple[BoardPerson, ...]:
        """The students of one class; of "" those in no class."""
        return tuple(one for one in self._students() if one.class_ == name)

    def view(self, view: View, now: datetime, timing: BoardTiming, class_: str = "") -> tuple[BoardPerson, ...]:
        """The people of a view; `class_` for View.CLASS alone."""
        match view:
            case View.NEW:
                return tuple(
                    one for one in self.people if one.state is BoardState.NEW and is_new(one.row.account, now, timing)
                )
            case View.NOT_HANDED:
                return tuple(one for one in self.people if one.state in TO_HAND_OVER)
            case View.UNUSED:
                return tuple(one for one in self.people if one.state is BoardState.HANDED)
            case View.CLASS:
                return self.of_class(class_)
            case View.TEACHERS:
                return self.teachers()
            case View.APART:
                return tuple(one for one in self.people if one.state not in TO_HAND_OVER | HANDED_OVER)

    def among(self, ids: Iterable[str]) -> tuple[BoardPerson, ...]:
        """Those of these who are in the school, in the order of the board."""
        wanted = frozenset(ids)
        return tuple(one for one in self.people if one.id in wanted)

    def one(self, person_id: str) -> BoardPerson | None:
        """Somebody of the school."""
        return next((one for one in self.people if one.id == person_id), None)

    def _students(self) -> Iterable[BoardPerson]:
        return (one for one in self.people if one.kind is Kind.STUDENT)


def counted(people: Iterable[BoardPerson]) -> Counts:
    """How many are in each state."""
    found = Counter(one.state for one in people)
    return Counts({state: found[state] for state in BoardState if found[state]})


def board(
    school: School, at: datetime | None, rows: Sequence[BoardRow], timing: BoardTiming, weeks: Sequence[Week] = ()
) -> Board:
    """The board of these accounts."""
    people = [BoardPerson(row, state_of(row, timing)) for row in rows]
    return Board(school, at, tuple(sorted(people, key=_place)), tuple(sorted(weeks, key=lambda week: week.monday)))


def _place(one: BoardPerson) -> tuple[bool, bool, int, str, str, str]:
    grade = grade_of_class(one.class_)
    number = int(grade) if grade.isascii() and grade.isdigit() else 99
    return (one.kind is not Kind.STUDENT, not one.class_, number, one.class_, one.name.casefold(), one.id)
