"""What a case of the corpus is, and the invented people in all of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from bot.core.lists.model import Columns, ListFault, ListKind, ListNote, ListRemark, ListRowFault
from bot.core.people.model import Kind
from bot.documents.account_list_guess import Judging
from bot.documents.account_list_people import RowPerson

CODE = "2990001"
OTHER = "2990002"
TODAY = date(2026, 11, 23)
BY = Judging("edu.mon.bg", TODAY, admit_synthetic=True)
PASSWORDS = ("Qx7#kanar41", "Zu4kanar42k", "Kanar43Mj9w", "AbCdkan4", "Kan-Parola-4")
"""Must be in nothing that was read; the fourth is the code of a parent, the fifth has the word of a head in it."""


class Listed(NamedTuple):
    """Somebody whom a case names, as expected. `usernames` without the domain, `numbers` in digits."""

    name: str
    class_: str
    usernames: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    kind: Kind = Kind.STUDENT
    remarks: tuple[ListRemark, ...] = ()


def listed(one: RowPerson) -> Listed:
    """A person who was read, to be compared."""
    return Listed(
        one.name,
        one.class_,
        tuple(each.removesuffix("@edu.mon.bg") for each in one.usernames),
        tuple(sorted({each.digits for each in one.identifiers})),
        one.kind,
        one.remarks,
    )


@dataclass(frozen=True, slots=True)
class Invented:
    """An invented person."""

    first: str
    middle: str
    last: str
    number: str
    username: str

    @property
    def name(self) -> str:
        return f"{self.first} {self.middle} {self.last}"

    def of(self, class_: str, *remarks: ListRemark, **changes) -> Listed:
        """As expected in a list that has all of it."""
        whole = Listed(self.name, class_, (self.username,), (self.number,), Kind.STUDENT, remarks)
        return whole._replace(**changes)


IVA = Invented("Ива", "Мирова", "Брезова", "4742080922", "im01234501")
PETAR = Invented("Петър", "Калоянов", "Липов", "4146054046", "pk01234502")
MAYA = Invented("Мая", "Стоянова", "Яворова", "4349043741", "ms01234503")
KRUM = Invented("Крум", "Димитров", "Дъбов", "9999999014", "kd01234504")
OLGA = Invented("Олга", "Ренева", "Кленова", "9999999025", "or01234505")
PUPILS = (IVA, PETAR, MAYA, KRUM, OLGA)
TEACHER = Invented("Ралица", "Горова", "Борова", "4450029316", "ralitsa.borova")


@dataclass(frozen=True, slots=True)
class Case:
    """Files, and what is expected of them. `bad` by row; `notes` by sheet; `refused`: of all of them."""

    name: str
    files: Callable[[], Mapping[str, bytes]]
    people: tuple[Listed, ...] = ()
    bad: tuple[tuple[int, ListRowFault], ...] = ()
    faults: tuple[tuple[str, ListFault], ...] = ()
    notes: tuple[tuple[ListNote, str], ...] = ()
    kinds: frozenset[ListKind] = frozenset({ListKind.TABLE})
    asks: int = 0
    answer: Columns | None = None
    refused: ListFault | None = None
    long: bool = field(default=False)
    """It takes seconds, or is large."""
