"""CSV files of an export as rows. Hostile until read: everything has a limit, and only what we use is kept."""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.core.class_links.expected import BadRow, Fault, RosterFault, RosterUnusable, RowFault
from bot.documents.letters import DAMAGED, text_of
from bot.documents.limits import LONGEST_FIELD, MOST_COLUMNS, MOST_NAMED
from bot.documents.records import DELIMITERS, TooLong, records, split_heading

STATUSES = "statuses.csv"
"""The register's own word on each row: no part of either format, and not needed."""

_GONE = frozenset({"tobedeleted", "inactive"})
NEEDED: Mapping[str, tuple[str, ...]] = {
    "orgs.csv": ("sourcedid",),
    "users.csv": ("sourcedid", "username"),
    "classes.csv": ("sourcedid", "title"),
    "enrollments.csv": ("classsourcedid", "usersourcedid", "role"),
    STATUSES: ("classsourcedid", "status"),
}
"""The columns a file must have, in small letters."""

KEPT: Mapping[str, frozenset[str]] = {
    "orgs.csv": frozenset({"sourcedid", "status", "identifier"}),
    "users.csv": frozenset(
        {"sourcedid", "status", "username", "activedirectorymatchid", "givenname", "middlename", "familyname"}
    ),
    "classes.csv": frozenset({"sourcedid", "status", "title", "orgsourcedid", "schoolsourcedid"}),
    "enrollments.csv": frozenset({"status", "classsourcedid", "usersourcedid", "role", "begindate", "enddate"}),
    STATUSES: frozenset({"classsourcedid", "status", "datelastmodified"}),
}
"""Those that are looked at."""

Row = dict[str, str]


@dataclass(slots=True)
class Faults:
    """Rows left out, by file."""

    count: Counter[str] = field(default_factory=Counter)
    first: dict[str, int] = field(default_factory=dict)
    named: list[BadRow] = field(default_factory=list)
    whole: list[RosterFault] = field(default_factory=list)
    """What is wrong with a file that was not needed."""

    def add(self, where: str, line: int, why: RowFault) -> None:
        """One more row of this file."""
        self.count[where] += 1
        self.first.setdefault(where, line)
        if self.count[where] <= MOST_NAMED:
            self.named.append(BadRow(where, line, why))

    def all(self) -> tuple[RosterFault, ...]:
        """One for each file."""
        rows = [RosterFault(Fault.ROW, where, self.first[where], self.count[where]) for where in sorted(self.count)]
        return (*self.whole, *rows)


@dataclass(frozen=True, slots=True)
class Table:
    """One file, its heads read. `gone` fills with the ids that are to be deleted while the rows are gone through."""

    name: str
    heads: tuple[str, ...]
    delimiter: str
    body: str = field(repr=False)
    line: int
    faults: Faults = field(repr=False)
    gone: set[str] = field(default_factory=set, repr=False)

    @property
    def empty(self) -> bool:
        """Whether there is nothing below the heads."""
        return not self.body.strip(f'"\n {DELIMITERS}')

    def rows(self) -> Iterator[tuple[int, Row]]:
        """Line and cells by column, those not there empty. Rows of no use are left out and counted.

        Errors: RosterUnusable (TOO_LARGE).
        """
        places = [(self.heads.index(head), head) for head in sorted(KEPT[self.name]) if head in self.heads]
        absent = dict.fromkeys(KEPT[self.name], "")
        try:
            for line, cells in records(self.body, self.delimiter, self.line):
                if (row := self._row(line, cells, places, absent)) is not None:
                    yield line, row
        except TooLong:
            raise RosterUnusable(RosterFault(Fault.TOO_LARGE, self.name)) from None

    def _row(
        self, line: int, cells: list[str] | None, places: list[tuple[int, str]], absent: Mapping[str, str]
    ) -> Row | None:
        if cells is None:
            self.faults.add(self.name, line, RowFault.QUOTES)
            return None
        if any(len(cell) > LONGEST_FIELD for cell in cells):
            raise TooLong
        row = {**absent, **{head: clean_cell(cells[place]) for place, head in places if place < len(cells)}}
        if not any(cell.strip() for cell in cells):
            return None
        if self.name != STATUSES and row["status"].lower() in _GONE:
            self.gone.add(row.get("sourcedid", ""))
            return None
        if any(DAMAGED in cell for cell in row.values()):
            self.faults.add(self.name, line, RowFault.LETTERS)
            return None
        if not all(row[needed] for needed in NEEDED[self.name] if _must(needed)):
            self.faults.add(self.name, line, RowFault.LACKS)
            return None
        return row


def open_table(name: str, raw: bytes, faults: Faults) -> Table:
    """The table, before its rows. Errors: RosterUnusable (NOT_TEXT, TOO_LARGE, NO_COLUMN)."""
    try:
        delimiter, heads, body, line = split_heading(text_of(name, raw), frozenset(NEEDED[name]))
    except TooLong:
        raise RosterUnusable(RosterFault(Fault.TOO_LARGE, name)) from None
    if len(heads) > MOST_COLUMNS:
        raise RosterUnusable(RosterFault(Fault.TOO_LARGE, name))
    columns = tuple(clean_cell(head).lower() for head in heads)
    for needed in NEEDED[name]:
        if needed not in columns:
            raise RosterUnusable(RosterFault(Fault.NO_COLUMN, f"{name}: {needed}"))
    return Table(name, columns, delimiter, body, line, faults)


def _must(column: str) -> bool:
    """Whether a row is of no use without it: an empty username is replaced by the id, an empty title too."""
    return column not in {"username", "title", "status"}


def clean_cell(cell: str) -> str:
    """Without control and format characters, white space collapsed."""
    if not cell.isprintable():
        cell = "".join(" " if char.isspace() else char for char in cell if char.isspace() or not _hidden(char))
    return " ".join(cell.split())


def _hidden(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Cf", "Cs"}
