"""What should exist: the curriculum rows of a school, as the register's export lists them.

The carrier is School Data Sync v2.1 or OneRoster 1.1 CSV (learn.microsoft.com/schooldatasync); its class `sourcedId`
is the `CurriculumID` of НЕИСПУО, which is `externalId` of the `educationClass`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.core.school_year import YEAR_ENDS


class Carrier(StrEnum):
    """The form of the export."""

    SDS = "sds-2.1"
    ONEROSTER = "oneroster-1.1"


class Fault(StrEnum):
    """Why an export, or a row of it, cannot be used."""

    NO_FILES = "no-files"
    """None of the files of either form, or not all that are needed."""
    FORBIDDEN = "forbidden"
    """The directory does not let us into the folder."""
    UNREACHABLE = "unreachable"
    LOCKED = "locked"
    """A file of the folder is open in Excel, or held by somebody else; `where` names it."""
    REFUSED = "refused"
    """A file of the folder that Microsoft does not give away, as a rule because of malware; `where` names it."""
    TOO_LARGE = "too-large"
    TOO_MANY = "too-many"
    """Files at once, or in one package."""
    NOT_TEXT = "not-text"
    """In no alphabet we know, or a damaged package."""
    NO_COLUMN = "no-column"
    """A required column is missing; `where` is file and column."""
    EMPTY = "empty"
    """No row of use; with `where`, that file has a header and nothing below it."""
    OTHER_SCHOOL = "other-school"
    """It lists no class of this school."""
    ROW = "row"
    """Single rows that were left out, `count` of them; see `RowFault`."""
    NOT_A_FORM = "not-a-form"
    """Not what the page of uploads sends."""
    BUSY = "busy"
    """Others are being read; to be tried again in a minute."""
    TOO_SLOW = "too-slow"
    TOO_MUCH_MEMORY = "too-much-memory"
    BROKEN = "broken"
    """Reading ended without an answer. Like TOO_SLOW, it may go better another time."""


class RowFault(StrEnum):
    """Why a single row was left out."""

    QUOTES = "quotes"
    """Quotation marks that do not fit."""
    LETTERS = "letters"
    """Letters that are damaged."""
    LACKS = "lacks"
    """A cell without which the row means nothing is empty."""
    ID = "id"
    """An id longer than any."""
    TWICE = "twice"
    """An id that another row has already."""
    NO_CLASS = "no-class"
    NO_PERSON = "no-person"
    DOMAIN = "domain"
    """A username that is not in the domain of the accounts."""
    USERNAME = "username"
    """No account can have this username."""
    ROLE = "role"
    """Neither staff nor student of the class."""
    DATE = "date"
    """No date, or one of no school."""


@dataclass(frozen=True, slots=True)
class RosterFault:
    """`where`: `users.csv`, or `users.csv: sourcedId`; `line` of the first such row, 0 where there is none."""

    fault: Fault
    where: str = ""
    line: int = 0
    count: int = 1


@dataclass(frozen=True, slots=True)
class BadRow:
    """One row that was left out. It says where, never what stands there."""

    where: str
    line: int
    why: RowFault


@dataclass(frozen=True, slots=True)
class Change:
    """Who is in a class from this day (in Sofia) on."""

    day: date
    teachers: tuple[str, ...] = field(default=(), repr=False)
    students: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class ExpectedClass:
    """One curriculum row: classes × subject × kind. `teachers` and `students` are usernames (the local part of the
    UPN, in small letters), sorted. `status` is the register's own word about it ("" when it says none), `since` when
    it last changed. `later`: what the list says already of days to come, the nearest first. `joined`: since which day
    (in Sofia) those teachers are in it who came on one of these days.
    """

    id: str
    title: str
    teachers: tuple[str, ...] = field(default=(), repr=False)
    students: tuple[str, ...] = field(default=(), repr=False)
    status: str = ""
    since: datetime | None = None
    later: tuple[Change, ...] = ()
    joined: Mapping[str, date] = field(default_factory=dict, repr=False)

    @property
    def everybody(self) -> tuple[str, ...]:
        """All who are named in it, some more than once."""
        return (
            *self.teachers,
            *self.students,
            *(one for each in self.later for one in (*each.teachers, *each.students)),
        )

    def on(self, day: date) -> "ExpectedClass":
        """The row as it is on this day (in Sofia), not before the one it was read on."""
        come = [each for each in self.later if each.day <= day]
        if not come:
            return self
        there, joined = self.teachers, dict(self.joined)
        for each in come:
            joined |= {one: each.day for one in each.teachers if one not in there}
            there = each.teachers
        return replace(
            self,
            teachers=there,
            students=come[-1].students,
            later=self.later[len(come) :],
            joined={one: since for one, since in joined.items() if one in there},
        )


@dataclass(frozen=True, slots=True)
class ExpectedList:
    """The whole export of one school, as it was on the day it was read; see `on`. `names` has the display name of
    each username that it names. `rows` are the first of those left out, for whoever has just brought the list; they
    are not kept.
    """

    school_code: str
    carrier: Carrier
    dated: datetime
    classes: tuple[ExpectedClass, ...]
    names: Mapping[str, str] = field(default_factory=dict, repr=False)
    faults: tuple[RosterFault, ...] = ()
    rows: tuple[BadRow, ...] = ()

    def on(self, day: date) -> "ExpectedList":
        """The list as it is on this day (in Sofia). One whose year is over stays as it was on its last day: that
        nobody is in any class tells nothing of the next year.
        """
        classes = tuple(row.on(day) for row in self.classes)
        changes = [each.day for row in self.classes for each in row.later]
        last = max(changes, default=day) - timedelta(days=1)
        if (last.month, last.day) == YEAR_ENDS and not any(row.everybody for row in classes):
            classes = tuple(row.on(last) for row in self.classes)
        return replace(self, classes=classes)


class RosterUnusable(Exception):
    """The export cannot be used as a whole; `faults` has at least one. `rows` as in `ExpectedList`."""

    def __init__(self, *faults: RosterFault, rows: tuple[BadRow, ...] = ()) -> None:
        super().__init__(", ".join(fault.fault for fault in faults))
        self.faults = faults
        self.rows = rows
