"""Reads the register's export: School Data Sync v2.1 or OneRoster 1.1 CSV.

Formats: learn.microsoft.com/schooldatasync (SDS v2.1 CSV), 1EdTech OneRoster 1.1 CSV binding. Headers are compared
without regard to case and blanks around them, unknown columns and files are ignored.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from bot.core.class_links.expected import (
    Carrier,
    ExpectedClass,
    ExpectedList,
    Fault,
    RosterFault,
    RosterUnusable,
)
from bot.documents.packages import unpacked
from bot.documents.roster_tables import LONGEST_TEXT, MOST_BYTES, MOST_IN_ALL, NEEDED, Faults, Table, read_table

LONGEST_ID = 64
STATUSES = "statuses.csv"
"""The register's own word on each row: no part of either format, and not needed."""


def read_roster(files: Mapping[str, bytes], *, school_code: str, dated: datetime) -> ExpectedList:
    """The list of the school with this code (6 or 7 digits, a leading zero may be lost). `files`: bytes by name, or
    packages (.zip) of them.

    Errors: RosterUnusable.
    """
    flat = sorted(unpacked(files).items())
    given = {name.replace("\\", "/").rpartition("/")[2].lower(): raw for name, raw in flat}
    _check(given)
    faults = Faults()
    tables = {name: read_table(name, given[name], faults) for name in NEEDED if name in given}
    is_oneroster = "manifest.csv" in given or (
        "role" in tables["users.csv"].columns and "schoolsourcedid" in tables["classes.csv"].columns
    )
    school_column = "schoolsourcedid" if is_oneroster else "orgsourcedid"
    if school_column not in tables["classes.csv"].columns:
        raise RosterUnusable(RosterFault(Fault.NO_COLUMN, f"classes.csv: {school_column}"))
    orgs = _orgs(tables["orgs.csv"], school_code)
    usernames, names = _people(tables["users.csv"])
    titles, others = _titles(tables["classes.csv"], school_column, orgs, faults)
    if not titles:
        raise RosterUnusable(RosterFault(Fault.OTHER_SCHOOL if others else Fault.EMPTY))
    teachers, students = _enrolled(tables["enrollments.csv"], titles, others, usernames, faults)
    statuses = _statuses(tables[STATUSES], faults) if STATUSES in tables else {}
    classes = tuple(
        ExpectedClass(
            each,
            titles[each],
            tuple(sorted(teachers[each])),
            tuple(sorted(students[each] - teachers[each])),
            *statuses.get(each, ("", None)),
        )
        for each in sorted(titles)
    )
    named = {one for row in classes for one in (*row.teachers, *row.students)}
    carrier = Carrier.ONEROSTER if is_oneroster else Carrier.SDS
    known = {one: names[one] for one in sorted(named) if names.get(one)}
    return ExpectedList(school_code, carrier, dated, classes, known, faults.all())


def _check(given: Mapping[str, bytes]) -> None:
    missing = [name for name in NEEDED if name not in given and name != STATUSES]
    if missing:
        raise RosterUnusable(RosterFault(Fault.NO_FILES, ", ".join(missing)))
    large = [name for name, raw in given.items() if len(raw) > MOST_BYTES]
    if large or sum(map(len, given.values())) > MOST_IN_ALL:
        raise RosterUnusable(RosterFault(Fault.TOO_LARGE, ", ".join(large)))


def _orgs(table: Table, school_code: str) -> frozenset[str]:
    """The ids under which the file knows the school."""
    wanted = _number(school_code)
    found = set()
    for _, row in table.rows:
        codes = {_number(row.get(column, "")) for column in ("sourcedid", "identifier")}
        if wanted is not None and wanted in codes:
            found.add(row["sourcedid"])
    return frozenset(found)


def _number(code: str) -> int | None:
    return int(code) if code.isascii() and code.isdigit() and len(code) < 12 else None


def _people(table: Table) -> tuple[dict[str, str], dict[str, str]]:
    """Username by id, and name by username."""
    usernames: dict[str, str] = {}
    names: dict[str, str] = {}
    for _, row in table.rows:
        identifier = row["sourcedid"]
        username = (row.get("username") or identifier).partition("@")[0].lower()
        if not identifier or not username:
            continue
        usernames.setdefault(identifier, username)
        name = " ".join(filter(None, (row.get(part, "") for part in ("givenname", "middlename", "familyname"))))
        if name:
            names.setdefault(username, name[:LONGEST_TEXT])
    return usernames, names


def _titles(
    table: Table, school_column: str, orgs: frozenset[str], faults: Faults
) -> tuple[dict[str, str], frozenset[str]]:
    """Titles of the school's classes, and the ids of other schools' classes."""
    titles: dict[str, str] = {}
    others: set[str] = set()
    for line, row in table.rows:
        identifier = row["sourcedid"]
        if not identifier or len(identifier) > LONGEST_ID or identifier in titles:
            faults.add("classes.csv", line)
        elif row.get(school_column, "") in orgs:
            titles[identifier] = row.get("title") or identifier
        else:
            others.add(identifier)
    return titles, frozenset(others)


def _enrolled(
    table: Table,
    titles: Mapping[str, str],
    others: frozenset[str],
    usernames: Mapping[str, str],
    faults: Faults,
) -> tuple[Mapping[str, set[str]], Mapping[str, set[str]]]:
    teachers: dict[str, set[str]] = defaultdict(set)
    students: dict[str, set[str]] = defaultdict(set)
    by_role = {"teacher": teachers, "student": students}
    for line, row in table.rows:
        class_id, person, role = row["classsourcedid"], row["usersourcedid"], row["role"].lower()
        if class_id in others or role not in by_role:
            continue
        if class_id not in titles or person not in usernames:
            faults.add("enrollments.csv", line)
            continue
        by_role[role][class_id].add(usernames[person])
    return teachers, students


def _statuses(table: Table, faults: Faults) -> dict[str, tuple[str, datetime | None]]:
    found: dict[str, tuple[str, datetime | None]] = {}
    for class_id, status, since in _status_rows(table, faults):
        found[class_id] = (status, since)
    return found


def _status_rows(table: Table, faults: Faults) -> Iterator[tuple[str, str, datetime | None]]:
    for line, row in table.rows:
        written = row.get("datelastmodified", "")
        try:
            since = datetime.fromisoformat(written) if written else None
        except ValueError:
            faults.add(STATUSES, line)
            continue
        if since is not None:
            since = since.replace(tzinfo=UTC) if since.tzinfo is None else since.astimezone(UTC)
        yield row["classsourcedid"], row["status"], since
