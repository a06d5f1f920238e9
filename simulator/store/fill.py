"""People into rows."""

import sqlite3
from collections.abc import Iterable

from simulator.people.cases import PLANTED_STUDENTS, plant
from simulator.people.directory_names import (
    CLASS,
    DIRECTORY_ROLES,
    GROUP,
    ROLE,
    ROLE_MEMBERSHIP,
    SCHOOL,
    USER,
    object_id,
)
from simulator.people.model import Account, Homeroom, School, Team, TenantOptions
from simulator.people.others import OTHERS
from simulator.people.password_dates import password_dates
from simulator.people.population import populate
from simulator.people.staff import GROUPS, staff
from simulator.store.schema import INDEXES, TABLES


def fill(database: sqlite3.Connection, options: TenantOptions) -> None:
    """Creates the tables and writes everybody who does not depend on the day, one school at a time."""
    database.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-65536;" + TABLES)
    with database:
        for school, homerooms, accounts, teams in populate(options, options.students - PLANTED_STUDENTS):
            _write_school(database, school, homerooms, accounts[0].name.full)
            write_accounts(database, accounts, options.school_year)
            _write_teams(database, teams, options.school_year)
        write_accounts(database, OTHERS, options.school_year)
        _write_staff(database, options.school_year)
    database.executescript(INDEXES + "ANALYZE;")


def fill_cases(database: sqlite3.Connection, options: TenantOptions) -> None:
    """Adds the planted cases, some of which depend on today."""
    homerooms: dict[int, tuple[Homeroom, ...]] = {}
    for number in range(1, 7):
        rows = database.execute(
            "SELECT n, school, grade, letter FROM homeroom WHERE school = ? ORDER BY n", (number,)
        )
        homerooms[number] = tuple(Homeroom(*row) for row in rows)
    cases = tuple(plant(options, homerooms))
    with database:
        write_accounts(database, (case.account for case in cases), options.school_year)
        database.executemany(
            "INSERT INTO planted VALUES (?, ?, ?)",
            ((case.account.number, case.key, case.identifier) for case in cases),
        )


def write_accounts(database: sqlite3.Connection, accounts: Iterable[Account], school_year: int) -> None:
    """Inserts accounts with their enrolments and app roles."""
    accounts = tuple(accounts)
    dated = ((account, *password_dates(account, school_year)) for account in accounts)
    database.executemany(
        "INSERT INTO user VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?, NULL, NULL, ?)",
        ((*_user_row(account), changed, made, account.in_roster) for account, made, changed in dated),
    )
    database.executemany(
        "INSERT INTO enrolment VALUES (?, ?)",
        ((account.number, school) for account in accounts for school in account.schools),
    )
    database.executemany(
        "INSERT INTO app_role (person, role_id, resource_id) VALUES (?, ?, ?)",
        ((account.number, role, resource) for account in accounts for role, resource in account.app_roles),
    )


def _user_row(account: Account) -> tuple[object, ...]:
    name = account.name
    return (
        account.number,
        object_id(USER, account.number),
        account.upn,
        account.role,
        name.given,
        name.middle or None,
        name.family,
        name.full,
        account.external_id,
        account.homeroom,
        account.grade,
        account.enabled,
        account.ready,
        account.extension_role,
        account.extension_identifier,
        account.user_type,
        account.synced,
    )


def give_role(database: sqlite3.Connection, person: int, role: str, unit: int | None) -> None:
    """Gives a directory role (by its English name), for one school or for the tenant. ValueError: no such role."""
    found = database.execute("SELECT n FROM directory_role WHERE name = ?", (role,)).fetchone()
    if found is None:
        raise ValueError(f"no directory role {role}; there are {', '.join(DIRECTORY_ROLES)}")
    number = database.execute("SELECT coalesce(max(n), 0) + 1 FROM role_holder").fetchone()[0]
    database.execute(
        "INSERT INTO role_holder VALUES (?, ?, ?, ?, ?)",
        (number, object_id(ROLE_MEMBERSHIP, number), person, found[0], unit),
    )


def _write_staff(database: sqlite3.Connection, school_year: int) -> None:
    database.executemany(
        "INSERT INTO directory_role VALUES (?, ?, ?, ?)",
        (
            (number, object_id(ROLE, number), template, name)
            for number, (name, template) in enumerate(DIRECTORY_ROLES.items(), start=1)
        ),
    )
    database.executemany(
        "INSERT INTO other_group VALUES (?, ?, ?, ?)",
        ((number, object_id(GROUP, number), name, assignable) for number, (name, assignable) in GROUPS.items()),
    )
    members = tuple(staff())
    write_accounts(database, (member.account for member in members), school_year)
    for member in members:
        number = member.account.number
        database.execute("INSERT INTO planted VALUES (?, ?, ?)", (number, member.key, member.account.external_id))
        if member.directory_role:
            give_role(database, number, member.directory_role, member.account.schools[0] if member.scoped else None)
        if member.group:
            database.execute("INSERT INTO group_person VALUES (?, ?)", (member.group, number))


def _write_school(
    database: sqlite3.Connection, school: School, homerooms: tuple[Homeroom, ...], principal: str
) -> None:
    database.execute(
        "INSERT INTO school VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            school.number,
            object_id(SCHOOL, school.number),
            school.code,
            school.name,
            school.town,
            school.region,
            school.lowest_grade,
            school.highest_grade,
            principal,
        ),
    )
    database.executemany(
        "INSERT INTO homeroom VALUES (?, ?, ?, ?)",
        ((homeroom.number, homeroom.school, homeroom.grade, homeroom.letter) for homeroom in homerooms),
    )


def _write_teams(database: sqlite3.Connection, teams: tuple[Team, ...], school_year: int) -> None:
    database.executemany(
        "INSERT INTO team (n, id, school, external_id, subject, name, grade, year) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                team.number,
                object_id(CLASS, team.number),
                team.school,
                team.external_id,
                team.subject,
                team.name,
                team.grade,
                school_year,
            )
            for team in teams
        ),
    )
    database.executemany(
        "INSERT INTO team_homeroom VALUES (?, ?)",
        ((homeroom, team.number) for team in teams for homeroom in team.homerooms),
    )
    database.executemany(
        "INSERT INTO team_person VALUES (?, ?, 'teacher')",
        ((team.number, teacher) for team in teams for teacher in team.teachers),
    )
