"""Into schools and class teams, and out of them.

A student is in the teams of the class (homeroom) without a row of their own: joining and leaving are exceptions.
"""

from simulator.store.tenant import Tenant

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
    """Whether the person is a member or teacher of the team."""
    own = tenant.ask("SELECT part FROM team_person WHERE person = ? AND team = ?", person, team)
    if own:
        return bool(own[0]["part"] != "removed")
    return bool(tenant.ask(_BY_CLASS, person, team))


def join_team(tenant: Tenant, person: int, team: int) -> None:
    """Adds the person as a member; nothing when they are there."""
    if is_in_team(tenant, person, team):
        return
    tenant.ask("DELETE FROM team_person WHERE person = ? AND team = ? AND part = 'removed'", person, team)
    if not is_in_team(tenant, person, team):
        tenant.ask("INSERT INTO team_person VALUES (?, ?, 'member')", team, person)


def leave_team(tenant: Tenant, person: int, team: int) -> None:
    """Removes the person; nothing when they are not there."""
    tenant.ask("DELETE FROM team_person WHERE person = ? AND team = ? AND part = 'member'", person, team)
    if is_in_team(tenant, person, team):
        tenant.ask("INSERT OR REPLACE INTO team_person VALUES (?, ?, 'removed')", team, person)
