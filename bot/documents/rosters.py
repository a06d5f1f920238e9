"""Reads the register's export: School Data Sync v2.1 or OneRoster 1.1 CSV.

Formats: learn.microsoft.com/schooldatasync (SDS v2.1 CSV), 1EdTech OneRoster 1.1 CSV binding. Headers are compared
without regard to case and blanks around them, unknown columns and files are ignored.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.core.class_links.expected import (
    Carrier,
    ExpectedClass,
    ExpectedList,
    Fault,
    RosterFault,
    RosterUnusable,
    RowFault,
)
from bot.documents.dates import moment
from bot.documents.limits import (
    LONGEST_ID,
    LONGEST_TEXT,
    MOST_BYTES,
    MOST_CLASSES,
    MOST_IN_ALL,
)
from bot.documents.packages import unpacked
from bot.documents.roster_people import people_of
from bot.documents.roster_places import ClassPlaces
from bot.documents.roster_tables import NEEDED, STATUSES, Faults, Table, open_table

ACCOUNTS = "edu.mon.bg"


def read_roster(
    files: Mapping[str, bytes],
    *,
    school_code: str,
    dated: datetime,
    today: date,
    domain: str = ACCOUNTS,
) -> ExpectedList:
    """The list of the school with this code (6 or 7 digits, a leading zero may be lost). `files`: bytes by name, or
    packages (.zip) of them. `domain` is that of the accounts; who is in a class is said as of `today`, and what
    changes later with it. Takes seconds and memory: only for the child, see `bot.documents.reading`.

    Errors: RosterUnusable.
    """
    flat = unpacked(files)  # of two packages the later one counts, with all its files
    given = {name.replace("\\", "/").rpartition("/")[2].lower(): raw for name, raw in flat.items()}
    check_sizes(given)
    missing = [name for name in NEEDED if name not in given and name != STATUSES]
    if missing:
        raise RosterUnusable(RosterFault(Fault.NO_FILES, ", ".join(missing)))
    faults = Faults()
    tables = {name: open_table(name, given[name], faults) for name in NEEDED if name in given}
    is_oneroster = "manifest.csv" in given or (
        "role" in tables["users.csv"].heads and "schoolsourcedid" in tables["classes.csv"].heads
    )
    school_column = "schoolsourcedid" if is_oneroster else "orgsourcedid"
    if school_column not in tables["classes.csv"].heads:
        raise RosterUnusable(RosterFault(Fault.NO_COLUMN, f"classes.csv: {school_column}"))
    _check_filled(tables, faults)
    orgs = _orgs(tables["orgs.csv"], school_code)
    people = people_of(tables["users.csv"], domain.lower(), faults)
    classes = _classes(tables["classes.csv"], school_column, orgs, faults)
    if not classes.titles:
        fault = RosterFault(Fault.OTHER_SCHOOL if classes.others else Fault.EMPTY)
        raise RosterUnusable(fault, rows=tuple(faults.named))
    settled = (classes.others | classes.faulty, people.faulty | tables["users.csv"].gone)
    places = ClassPlaces(classes.titles, people.usernames, settled, faults)
    places.fill(tables["enrollments.csv"])
    statuses = dict(_statuses(tables[STATUSES], faults)) if STATUSES in tables else {}
    rows, as_of = [], places.last_day(today)
    for each, title in sorted(classes.titles.items()):
        now, *later = places.of_class(each, as_of)
        said, since = statuses.get(each, ("", None))
        rows.append(ExpectedClass(each, title, now.teachers, now.students, said, since, tuple(later)))
    named = {one for row in rows for one in row.everybody}
    known = {one: people.names[one] for one in sorted(named) if one in people.names}
    carrier = Carrier.ONEROSTER if is_oneroster else Carrier.SDS
    return ExpectedList(school_code, carrier, dated, tuple(rows), known, faults.all(), tuple(faults.named))


def check_sizes(given: Mapping[str, bytes]) -> None:
    """Errors: RosterUnusable (TOO_LARGE)."""
    large = [name[:LONGEST_TEXT] for name, raw in given.items() if len(raw) > MOST_BYTES]
    if large or sum(map(len, given.values())) > MOST_IN_ALL:
        raise RosterUnusable(RosterFault(Fault.TOO_LARGE, ", ".join(large[:3])))


def _check_filled(tables: Mapping[str, Table], faults: Faults) -> None:
    """A file without rows is no list of nothing: the export of it has failed."""
    empty = [RosterFault(Fault.EMPTY, name) for name, table in tables.items() if table.empty]
    needed = [fault for fault in empty if fault.where != STATUSES]
    if needed:
        raise RosterUnusable(*needed)
    faults.whole += empty


def _orgs(table: Table, school_code: str) -> frozenset[str]:
    """The ids under which the file knows the school."""
    wanted = _number(school_code)
    found = set()
    for _, row in table.rows():
        codes = {_number(row[column]) for column in ("sourcedid", "identifier")}
        if wanted is not None and wanted in codes:
            found.add(row["sourcedid"])
    return frozenset(found)


def _number(code: str) -> int | None:
    return int(code) if code.isascii() and code.isdigit() and len(code) < 12 else None


@dataclass(slots=True)
class _Classes:
    """Titles of the school's own; ids of those of others, to be deleted, or left out and named."""

    titles: dict[str, str] = field(default_factory=dict)
    others: set[str] = field(default_factory=set)
    faulty: set[str] = field(default_factory=set)


def _classes(table: Table, school_column: str, orgs: frozenset[str], faults: Faults) -> _Classes:
    found = _Classes()
    for line, row in table.rows():
        identifier = row["sourcedid"]
        if len(identifier) > LONGEST_ID:
            faults.add("classes.csv", line, RowFault.ID)
            found.faulty.add(identifier)
        elif identifier in found.titles:
            faults.add("classes.csv", line, RowFault.TWICE)
        elif row[school_column] in orgs:
            found.titles[identifier] = row["title"][:LONGEST_TEXT] or identifier
        else:
            found.others.add(identifier)
        if len(found.titles) > MOST_CLASSES:
            raise RosterUnusable(RosterFault(Fault.TOO_LARGE, "classes.csv"))
    found.faulty |= table.gone - found.titles.keys()
    return found


def _statuses(table: Table, faults: Faults) -> Iterator[tuple[str, tuple[str, datetime | None]]]:
    for line, row in table.rows():
        written = row["datelastmodified"]
        try:
            since = moment(written) if written else None
        except ValueError:
            faults.add(STATUSES, line, RowFault.DATE)
            continue
        yield row["classsourcedid"], (row["status"][:LONGEST_TEXT], since)
