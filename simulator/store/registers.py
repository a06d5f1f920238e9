"""The register's export in the OneDrive of a school's account: School Data Sync v2.1 or OneRoster 1.1 CSV.

Made when it is first asked for, and the same from then on: the register does not follow what the directory does.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from simulator.store.tenant import Row, Tenant

ONEROSTER_SCHOOL, WITHOUT = 2, frozenset({3})
"""The second school's export is OneRoster, the third has none."""

_AGE = timedelta(days=3)
_ROWS = (
    "SELECT team.external_id, team.name AS title, team.n AS team, NULL AS homeroom, NULL AS teacher, '' AS status,"
    " NULL AS since FROM team WHERE team.school = ? AND team.planted IS NULL AND team.n < 6000000"
    " UNION ALL SELECT external_id, title, NULL, homeroom, teacher, status, since FROM register WHERE school = ?"
)


@dataclass(slots=True)
class Registers:
    """Files by school number, made once. `tokens`: what a pre-authenticated address opens. `hidden`: schools whose
    folder is empty for now. `refusing`: files that are not given away, by school number and name, and how.
    """

    files: dict[int, dict[str, bytes]] = field(default_factory=dict)
    dated: dict[int, datetime] = field(default_factory=dict)
    tokens: dict[str, bytes] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    refusing: dict[tuple[int, str], str | None] = field(default_factory=dict)

    def forget(self) -> None:
        """As at the start."""
        self.files.clear()
        self.dated.clear()
        self.tokens.clear()
        self.hidden.clear()
        self.refusing.clear()

    def of(self, tenant: Tenant, school: Row, now: datetime) -> dict[str, bytes] | None:
        """The files of the school; None where it has no such folder."""
        number = school["n"]
        return None if number in WITHOUT or number in self.hidden else self.made(tenant, school, now)

    def made(self, tenant: Tenant, school: Row, now: datetime) -> dict[str, bytes]:
        """The school's export, wherever it lies."""
        number = school["n"]
        if number not in self.files:
            self.files[number] = _made(tenant, school)
            self.dated[number] = (now - _AGE).astimezone(UTC).replace(microsecond=0)
        return self.files[number]

    def corrected(self, tenant: Tenant, school: Row, now: datetime) -> None:
        """The register has learnt something: a new export."""
        self.files[school["n"]] = _made(tenant, school)
        self.dated[school["n"]] = now.astimezone(UTC).replace(microsecond=0)


def _made(tenant: Tenant, school: Row) -> dict[str, bytes]:
    people = {row["n"]: row for row in tenant.rows(tenant.users_of_school(school["n"]))}
    rows = tenant.ask(_ROWS, school["n"], school["n"])
    enrolled = [(row, number, role) for row in rows for number, role in _enrolled(tenant, row) if number in people]
    make = _oneroster if school["n"] == ONEROSTER_SCHOOL else _sds
    files = make(
        school, tuple(people.values()), rows, [(row, people[number], role) for row, number, role in enrolled]
    )
    said = [(row["external_id"], row["status"], row["since"]) for row in rows if row["status"]]
    if said:
        files["statuses.csv"] = _csv(("classSourcedId", "status", "dateLastModified"), said)
    return files


def _enrolled(tenant: Tenant, row: Row) -> Iterable[tuple[int, str]]:
    if row["team"] is not None:
        for person in tenant.rows(tenant.members_of_team(row["team"])):
            yield person["n"], "teacher" if person["role"] == "teacher" else "student"
        return
    yield row["teacher"], "teacher"
    for person in tenant.ask("SELECT n FROM user WHERE homeroom = ? ORDER BY n", row["homeroom"]):
        yield person["n"], "student"


Enrolled = Sequence[tuple[Row, Row, str]]


def _sds(school: Row, people: Sequence[Row], rows: Sequence[Row], enrolled: Enrolled) -> dict[str, bytes]:
    return {
        "orgs.csv": _csv(("sourcedId", "name", "type"), [(school["code"], school["name"], "school")]),
        "users.csv": _csv(
            ("sourcedId", "username", "givenName", "familyName"),
            [(_local(one), one["upn"], one["given"], one["family"]) for one in people],
        ),
        "roles.csv": _csv(
            ("userSourcedId", "orgSourcedId", "role"),
            [(_local(one), school["code"], _role(one)) for one in people],
        ),
        "classes.csv": _csv(
            ("sourcedId", "orgSourcedId", "title"),
            [(row["external_id"], school["code"], row["title"]) for row in rows],
        ),
        "enrollments.csv": _csv(
            ("classSourcedId", "userSourcedId", "role"),
            [(row["external_id"], _local(person), role) for row, person, role in enrolled],
        ),
    }


def _oneroster(school: Row, people: Sequence[Row], rows: Sequence[Row], enrolled: Enrolled) -> dict[str, bytes]:
    org = f"org-{school['code']}"
    return {
        "manifest.csv": _csv(("propertyName", "value"), [("manifest.version", "1.0"), ("oneroster.version", "1.1")]),
        "orgs.csv": _csv(
            ("sourcedId", "status", "dateLastModified", "name", "type", "identifier"),
            [(org, "", "", school["name"], "school", school["code"])],
        ),
        "users.csv": _csv(
            (
                "sourcedId",
                "status",
                "dateLastModified",
                "enabledUser",
                "orgSourcedIds",
                "role",
                "username",
                "givenName",
                "familyName",
            ),
            [
                (_local(one), "", "", "true", org, _role(one), one["upn"], one["given"], one["family"])
                for one in people
            ],
        ),
        "classes.csv": _csv(
            ("sourcedId", "status", "dateLastModified", "title", "schoolSourcedId"),
            [(row["external_id"], "", "", row["title"], org) for row in rows],
        ),
        "enrollments.csv": _csv(
            ("sourcedId", "status", "dateLastModified", "classSourcedId", "schoolSourcedId", "userSourcedId", "role"),
            [
                (f"e{place}", "", "", row["external_id"], org, _local(person), role)
                for place, (row, person, role) in enumerate(enrolled)
            ],
        ),
    }


def _role(person: Row) -> str:
    return {"director": "administrator", "teacher": "teacher"}.get(person["role"], "student")


def _local(person: Row) -> str:
    return str(person["upn"]).partition("@")[0]


def _csv(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(heads)
    writer.writerows(rows)
    return written.getvalue().encode()
