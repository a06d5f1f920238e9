"""Changes to classes: new ones, their teachers, their state."""

from simulator.people.directory_names import CLASS, object_id
from simulator.store import moves
from simulator.store.tenant import Row, Tenant

FIRST_CREATED = 9_000_000
"""Numbers from here on are classes that were not in the tenant when it began."""


def teaches(tenant: Tenant, person: int, team: int) -> bool:
    """Whether the person is a teacher (and so an owner) of the class."""
    return bool(
        tenant.ask(
            "SELECT 1 FROM team_person WHERE person = ? AND team = ? AND part IN ('teacher', 'owner')", person, team
        )
    )


def add_teacher(tenant: Tenant, person: int, team: int) -> None:
    """The person teaches the class: owner and member, as the register's synchronisation makes them."""
    tenant.ask("INSERT OR REPLACE INTO team_person VALUES (?, ?, 'teacher')", team, person)


def add_owner(tenant: Tenant, person: int, team: int) -> None:
    """The person owns the class, and is a member of it if they were one."""
    part = "teacher" if moves.is_in_team(tenant, person, team) else "owner"
    tenant.ask("INSERT OR REPLACE INTO team_person VALUES (?, ?, ?)", team, person, part)


def remove_owner(tenant: Tenant, person: int, team: int) -> None:
    """The person does not own it any more; a member stays one."""
    tenant.ask("DELETE FROM team_person WHERE person = ? AND team = ? AND part = 'owner'", person, team)
    tenant.ask(
        "UPDATE team_person SET part = 'member' WHERE person = ? AND team = ? AND part = 'teacher'", person, team
    )


def has_nickname(tenant: Tenant, nickname: str) -> bool:
    """Whether a class has this `mailNickname`."""
    return bool(tenant.ask("SELECT 1 FROM team WHERE 'class' || external_id = ?", nickname))


def create(tenant: Tenant, external_id: str, name: str, created: str, planted: str | None = None) -> Row:
    """A class without a team, in no school."""
    highest = tenant.ask("SELECT max(n) AS n FROM team")[0]["n"] or 0
    number = max(FIRST_CREATED, int(highest) + 1)
    tenant.ask(
        "INSERT INTO team (n, id, external_id, subject, name, teamed, created, active, planted)"
        " VALUES (?, ?, ?, ?, ?, 0, ?, 0, ?)",
        number,
        object_id(CLASS, number),
        external_id,
        name.partition(" - ")[0],
        name,
        created,
        planted,
    )
    return tenant.ask("SELECT * FROM team WHERE n = ?", number)[0]


def set_column(tenant: Tenant, team: int, column: str, value: object) -> None:
    """Changes one column of a class."""
    tenant.ask(f"UPDATE team SET {column} = ? WHERE n = ?", value, team)  # noqa: S608 -- a column's name


def rename(tenant: Tenant, team: int, name: str) -> None:
    """An owner gives it another name in Teams; the register's stays."""
    tenant.ask("UPDATE team SET registered = coalesce(registered, name), name = ? WHERE n = ?", name, team)


def remove(tenant: Tenant, team: int) -> None:
    """The class is gone."""
    for table in ("team_person", "team_homeroom"):
        tenant.ask(f"DELETE FROM {table} WHERE team = ?", team)  # noqa: S608 -- a table's name
    tenant.ask("DELETE FROM team WHERE n = ?", team)
