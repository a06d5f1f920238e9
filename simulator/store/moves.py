"""Into schools and class teams, and out of them.

A student is in the teams of the class (homeroom) without a row of their own: joining and leaving are exceptions.
"""

from simulator.store.tenant import Row, Tenant

_BY_CLASS = (
    "SELECT 1 FROM team_homeroom JOIN user ON user.homeroom = team_homeroom.homeroom WHERE user.n = ? AND team = ?"
)


def is_in_school(tenant: Tenant, person: int, school: int) -> bool:
    """Whether the person is enrolled there, or works there."""
    return bool(tenant.ask("SELECT 1 FROM enrolment WHERE person = ? AND school = ?", person, school))


def join_school(tenant: Tenant, person: int, school: int) -> None:
    """Adds the person; nothing when they are there."""
    tenant.ask("INSERT OR IGNORE INTO enrolment VALUES (?, ?)", person, school)


def leave_school(tenant: Tenant, person: int, school: int) -> None:
    """Removes the person; nothing when they are not there."""
    tenant.ask("DELETE FROM enrolment WHERE person = ? AND school = ?", person, school)


def is_in_team(tenant: Tenant, person: int, team: int) -> bool:
    """Whether the person is a member of the team: who only owns it is not."""
    own = tenant.ask("SELECT part FROM team_person WHERE person = ? AND team = ?", person, team)
    if own:
        return own[0]["part"] in {"teacher", "member"}
    return bool(tenant.ask(_BY_CLASS, person, team))


def join_team(tenant: Tenant, person: int, team: int) -> None:
    """Adds the person as a member; nothing when they are there."""
    if is_in_team(tenant, person, team):
        return
    tenant.ask(
        "UPDATE team_person SET part = 'teacher' WHERE person = ? AND team = ? AND part = 'owner'", person, team
    )
    tenant.ask("DELETE FROM team_person WHERE person = ? AND team = ? AND part = 'removed'", person, team)
    if not is_in_team(tenant, person, team):
        tenant.ask("INSERT INTO team_person VALUES (?, ?, 'member')", team, person)


def leave_team(tenant: Tenant, person: int, team: int) -> None:
    """Removes the person; nothing when they are not there."""
    tenant.ask(
        "UPDATE team_person SET part = 'owner' WHERE person = ? AND team = ? AND part = 'teacher'", person, team
    )
    tenant.ask("DELETE FROM team_person WHERE person = ? AND team = ? AND part = 'member'", person, team)
    if is_in_team(tenant, person, team):
        tenant.ask("INSERT OR REPLACE INTO team_person VALUES (?, ?, 'removed')", team, person)


def homeroom_of(tenant: Tenant, school: int, title: str) -> Row:
    """The class of the school with this title (`6 б`). Errors: ValueError."""
    found = tenant.ask("SELECT * FROM homeroom WHERE school = ? AND grade || ' ' || letter = ?", school, title)
    if not found:
        raise ValueError(f"no class {title} in this school")
    return found[0]


def place(tenant: Tenant, person: int, school: int, homeroom: Row | None) -> None:
    """The person is in this school and no other, in the teams of this class and no others."""
    tenant.enrol(person, [school])
    tenant.ask("DELETE FROM team_person WHERE person = ? AND part NOT IN ('teacher', 'owner')", person)
    tenant.set_user(person, "homeroom", None if homeroom is None else homeroom["n"])
    if homeroom is not None:
        tenant.set_user(person, "grade", homeroom["grade"])
