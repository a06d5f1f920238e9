"""CSV files of an export as rows. Hostile until read: everything has a cap, and what is no CSV is refused."""

import csv
import io
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.core.class_links.expected import Fault, RosterFault, RosterUnusable

MOST_BYTES = 8 * 1024 * 1024
"""Of one file: a school of 3,000 people has about 2 MB of enrolments."""

MOST_IN_ALL = 24 * 1024 * 1024
MOST_ROWS = 200_000
MOST_COLUMNS = 64
LONGEST_FIELD = 10_000
"""Characters."""

LONGEST_TEXT = 200
_GONE = frozenset({"tobedeleted", "inactive"})
NEEDED: Mapping[str, tuple[str, ...]] = {
    "orgs.csv": ("sourcedid",),
    "users.csv": ("sourcedid", "username"),
    "classes.csv": ("sourcedid", "title"),
    "enrollments.csv": ("classsourcedid", "usersourcedid", "role"),
    "statuses.csv": ("classsourcedid", "status"),
}
"""The columns a file must have, in small letters."""


@dataclass(slots=True)
class Faults:
    """Rows left out, by file."""

    count: Counter[str] = field(default_factory=Counter)
    first: dict[str, int] = field(default_factory=dict)

    def add(self, where: str, line: int) -> None:
        """One more row of this file."""
        self.count[where] += 1
        self.first.setdefault(where, line)

    def all(self) -> tuple[RosterFault, ...]:
        """One for each file."""
        return tuple(
            RosterFault(Fault.ROW, where, self.first[where], self.count[where]) for where in sorted(self.count)
        )


@dataclass(frozen=True, slots=True)
class Table:
    """Rows with their line numbers, cells by column; columns in small letters."""

    columns: frozenset[str]
    rows: tuple[tuple[int, dict[str, str]], ...]


def read_table(name: str, raw: bytes, faults: Faults) -> Table:
    """The table. Rows that lack what is needed are left out and counted. Errors: RosterUnusable."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RosterUnusable(RosterFault(Fault.NOT_TEXT, name)) from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        columns = [column.strip().lower() for column in next(reader, [])]
        _check_columns(name, columns)
        rows: list[tuple[int, dict[str, str]]] = []
        for cells in reader:
            if len(rows) >= MOST_ROWS or any(len(cell) > LONGEST_FIELD for cell in cells):
                raise RosterUnusable(RosterFault(Fault.TOO_LARGE, name))
            row = dict.fromkeys(columns, "") | {
                column: _clean(cell) for column, cell in zip(columns, cells, strict=False)
            }
            if not any(row.values()) or (name != "statuses.csv" and row.get("status", "").lower() in _GONE):
                continue
            rows.append((reader.line_num, row))
    except csv.Error:
        raise RosterUnusable(RosterFault(Fault.NOT_TEXT, name)) from None
    whole = [(line, row) for line, row in rows if all(row[needed] for needed in NEEDED[name] if _must(needed))]
    lacking = {line for line, _ in rows} - {line for line, _ in whole}
    for line in sorted(lacking):
        faults.add(name, line)
    return Table(frozenset(columns), tuple(whole))


def _must(column: str) -> bool:
    """Whether a row is of no use without it: an empty username is replaced by the id, an empty title too."""
    return column not in {"username", "title", "status"}


def _check_columns(name: str, columns: list[str]) -> None:
    if len(columns) > MOST_COLUMNS:
        raise RosterUnusable(RosterFault(Fault.TOO_LARGE, name))
    for needed in NEEDED[name]:
        if needed not in columns:
            raise RosterUnusable(RosterFault(Fault.NO_COLUMN, f"{name}: {needed}"))


def _clean(cell: str) -> str:
    """Without control and format characters, white space collapsed, cut."""
    kept = "".join(" " if char.isspace() else char for char in cell if char.isspace() or not _hidden(char))
    return " ".join(kept.split())[:LONGEST_TEXT]


def _hidden(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Cf", "Cs"}
