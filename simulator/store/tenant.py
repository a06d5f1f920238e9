"""Questions to the tenant's rows, and the few changes that tests and administrators may make.

A person, school or team is a row; `n` is its number inside the store and never leaves the simulator.
"""

import sqlite3
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from simulator.people.model import TenantOptions
from simulator.people.staff import PRIVILEGED_GROUP
from simulator.people.usernames import DOMAIN
from simulator.store import former
from simulator.store.files import open_copy
from simulator.store.fill import give_role
from simulator.store.memberships import CLASSES, MEMBERS, MEMBERSHIPS, SCOPED_ROLES

Row = sqlite3.Row

_NAMED = "UPDATE user SET display = school.{} FROM school WHERE user.upn = school.code || '@' || ?"


@dataclass(frozen=True, slots=True)
class Source:
    """Rows of one entity: a SELECT that ends in a WHERE, with its parameters. More conditions can be appended."""

    select: str
    parameters: dict[str, object]


class Tenant:
    """The tenant of one running simulator. Synchronous: every question is an index look-up of microseconds."""

    def __init__(self, options: TenantOptions, state: Path) -> None:
        self.options = options
        self._state = state
        state.mkdir(parents=True, exist_ok=True)
        # The copy lives as long as this object; closing removes it, and so does the interpreter's exit.
        self._folder = TemporaryDirectory(prefix="run-", dir=state, ignore_cleanup_errors=True)
        self._database = open_copy(options, state, Path(self._folder.name))
        self._former = self._as_schools = False

    def close(self) -> None:
        """Closes and removes the copy."""
        self._database.close()
        self._folder.cleanup()

    def reset(self) -> None:
        """Undoes every change."""
        self._database.close()
        self._database = open_copy(self.options, self._state, Path(self._folder.name))
        if self._former:
            former.plant(self._database, self.options.school_year)
        if self._as_schools:
            self._name("name")

    def keep_former(self, *, kept: bool) -> None:
        """The classes of last school year are there, or are not."""
        if kept and not self._former:
            former.plant(self._database, self.options.school_year)
        elif self._former and not kept:
            former.remove(self._database)
        self._former = kept

    def name_as_schools(self, *, named: bool) -> None:
        """The accounts of schools bear the schools' names, or their directors'."""
        if named is not self._as_schools:
            self._name("name" if named else "principal")
        self._as_schools = named

    def _name(self, column: str) -> None:
        self._database.execute(_NAMED.format(column), (DOMAIN,))

    def user(self, key: str) -> Row | None:
        """By object id or user principal name, in any case."""
        column = "upn" if "@" in key else "id"
        return self._one(f"SELECT * FROM user WHERE {column} = ?", key.lower())  # noqa: S608 -- one of two names

    def school(self, object_id: str) -> Row | None:
        """By object id."""
        return self._one("SELECT * FROM school WHERE id = ?", object_id.lower())

    def school_by_code(self, code: str) -> Row | None:
        """By code."""
        return self._one("SELECT * FROM school WHERE code = ?", code)

    def team(self, object_id: str) -> Row | None:
        """By object id, which the class and its group share; None too for one that is not visible yet."""
        return self._one("SELECT * FROM team WHERE id = ? AND visible_from <= ?", object_id.lower(), time.time())

    def users(self) -> Source:
        """Everybody whom the roster knows."""
        return Source("SELECT user.* FROM user WHERE in_roster", {})

    def schools(self) -> Source:
        """Every school."""
        return Source("SELECT school.* FROM school WHERE 1", {})

    def teams(self) -> Source:
        """Every class team that is visible by now."""
        return Source("SELECT team.* FROM team WHERE visible_from <= :seen", {"seen": time.time()})

    def schools_of_user(self, number: int) -> Source:
        """Where the person is enrolled or works; in a half-done transfer two, for an orphan none."""
        return Source(
            "SELECT school.* FROM school WHERE school.n IN (SELECT school FROM enrolment WHERE person = :n)",
            {"n": number},
        )

    def classes_of_user(self, number: int) -> Source:
        """Class teams the person is in, as member or teacher."""
        return Source(CLASSES, _seen(number))

    def taught_by_user(self, number: int) -> Source:
        """Class teams the person teaches."""
        return Source(
            "SELECT team.* FROM team WHERE visible_from <= :seen AND team.n IN "
            "(SELECT team FROM team_person WHERE person = :n AND part IN ('teacher', 'owner'))",
            _seen(number),
        )

    def users_of_school(self, number: int) -> Source:
        """Everybody enrolled or working in the school, as far as the roster knows them."""
        return Source(
            "SELECT user.* FROM user WHERE in_roster AND user.n IN (SELECT person FROM enrolment WHERE school = :n)",
            {"n": number},
        )

    def teams_of_school(self, number: int) -> Source:
        """The class teams of the school."""
        return Source("SELECT team.* FROM team WHERE visible_from <= :seen AND team.school = :n", _seen(number))

    def team_itself(self, number: int) -> Source:
        """The team, as a source of one row."""
        return Source("SELECT team.* FROM team WHERE team.n = :n", {"n": number})

    def school_of_team(self, number: int) -> Source:
        """The school of the class team."""
        return Source(
            "SELECT school.* FROM school WHERE school.n IN (SELECT school FROM team WHERE n = :n)", {"n": number}
        )

    def teachers_of_team(self, number: int) -> Source:
        """Its teachers."""
        return Source(
            "SELECT user.* FROM user WHERE user.n IN "
            "(SELECT person FROM team_person WHERE team = :n AND part IN ('teacher', 'owner'))",
            {"n": number},
        )

    def members_of_team(self, number: int) -> Source:
        """Its members, with those teachers who are members too."""
        return Source(MEMBERS, {"n": number})

    def users_of_unit(self, number: int) -> Source:
        """Everybody in the school as an administrative unit: in the roster or not."""
        return Source(
            "SELECT user.*, 'user' AS kind FROM user WHERE user.n IN "
            "(SELECT person FROM enrolment WHERE school = :n)",
            {"n": number},
        )

    def users_of_group(self, number: int) -> Source:
        """The members of a class's group, as a list of things of any kind."""
        return Source(MEMBERS.replace("user.*", "user.*, 'user' AS kind", 1), {"n": number})

    def app_roles_of_user(self, number: int) -> Source:
        """Assigned app roles; the row also carries the person's name and id."""
        return Source(
            "SELECT app_role.*, user.id AS person_id, user.display FROM app_role JOIN user ON user.n = person "
            "WHERE person = :n",
            {"n": number},
        )

    def memberships_of_user(self, number: int, kinds: Sequence[str] = ("class", "group", "unit", "role")) -> Source:
        """Groups, schools (as administrative units) and directory roles; `kind` in the row says which."""
        listed = ", ".join(f":kind{index}" for index in range(len(kinds)))
        named = {f"kind{index}": kind for index, kind in enumerate(kinds)}
        return Source(f"{MEMBERSHIPS} WHERE kind IN ({listed})", {**_seen(number), **named})

    def scoped_roles_of_user(self, number: int) -> Source:
        """Directory roles for one school only."""
        return Source(SCOPED_ROLES, {"n": number})

    def is_privileged(self, number: int) -> bool:
        """Whether the person has any directory role, or is in a group that can have one or owns it
        (learn.microsoft.com, "Who can perform sensitive actions").
        """
        holds = "SELECT 1 FROM role_holder WHERE person = :n"
        belongs, owns = (
            f"SELECT 1 FROM {table} JOIN other_group ON n = other_group WHERE assignable AND person = :n"  # noqa: S608 -- two tables
            for table in ("group_person", "group_owner")
        )
        query = f"{holds} UNION ALL {belongs} UNION ALL {owns} LIMIT 1"
        return self._database.execute(query, {"n": number}).fetchone() is not None

    def rows(
        self, source: Source, where: str = "1", values: Sequence[object] = (), after: int = -1, limit: int = -1
    ) -> list[Row]:
        """Rows of a source that also fulfil `where` (named parameters `v0`, `v1` …), in order of their number."""
        parameters = {**source.parameters, **_numbered(values), "after": after, "limit": limit}
        key = _key(source)
        return self._database.execute(
            f"{source.select} AND ({where}) AND {key} > :after ORDER BY {key} LIMIT :limit", parameters
        ).fetchall()

    def count(self, source: Source, where: str = "1", values: Sequence[object] = ()) -> int:
        """How many there are."""
        parameters = {**source.parameters, **_numbered(values)}
        counting = f"SELECT count(*) FROM ({source.select} AND ({where}))"  # noqa: S608 -- conditions carry parameters
        return int(self._database.execute(counting, parameters).fetchone()[0])

    def ask(self, query: str, *values: object) -> list[Row]:
        """Any other question or change, for the listing of people, moves and the administrator."""
        return self._database.execute(query, values).fetchall()

    def set_user(self, number: int, column: str, value: object) -> None:
        """Changes one column of a person."""
        self._database.execute(f"UPDATE user SET {column} = ? WHERE n = ?", (value, number))  # noqa: S608 -- a column's name

    def enrol(self, number: int, schools: Sequence[int]) -> None:
        """The person is in these schools and no other."""
        self._database.execute("DELETE FROM enrolment WHERE person = ?", (number,))
        self._database.executemany("INSERT INTO enrolment VALUES (?, ?)", ((number, school) for school in schools))

    def set_role(self, number: int, role: str | None, unit: int | None = None) -> None:
        """The person has this directory role and no other for the tenant (`unit` None) or for one school.

        ValueError: no such role.
        """
        self._database.execute(
            "DELETE FROM role_holder WHERE person = ? AND (unit IS NULL) = ?", (number, unit is None)
        )
        if role is not None:
            give_role(self._database, number, role, unit)

    def set_in_privileged_group(self, number: int, *, member: bool) -> None:
        """The person is, or is not, in the group that can have a role."""
        self._set_of_privileged_group("group_person", number, there=member)

    def set_owns_privileged_group(self, number: int, *, owner: bool) -> None:
        """The person is, or is not, an owner of the group that can have a role."""
        self._set_of_privileged_group("group_owner", number, there=owner)

    def _set_of_privileged_group(self, table: str, number: int, *, there: bool) -> None:
        self._database.execute(
            f"INSERT OR IGNORE INTO {table} VALUES (?, ?)"  # noqa: S608 -- one of two tables
            if there
            else f"DELETE FROM {table} WHERE other_group = ? AND person = ?",  # noqa: S608 -- the same
            (PRIVILEGED_GROUP, number),
        )

    def _one(self, query: str, *values: object) -> Row | None:
        row: Row | None = self._database.execute(query, values).fetchone()
        return row


def _seen(number: int) -> dict[str, object]:
    """For a question about somebody's classes: those that are visible by now."""
    return {"n": number, "seen": time.time()}


def _key(source: Source) -> str:
    table = source.select.split(None, 2)[1].split(".")[0]
    return f"{table}.n"


def _numbered(values: Sequence[object]) -> dict[str, object]:
    return {f"v{index}": value for index, value in enumerate(values)}
