"""What others do about a planted link, outside the bot: the night's synchronisation, the register, Teams' people."""

from datetime import datetime

from simulator.store import classes
from simulator.store.links import OLD, SCHOOL
from simulator.store.registers import Registers
from simulator.store.tenant import Row, Tenant

WHO = {
    "waiting": "НЕИСПУО: нощна синхронизация",
    "being-created": "Teams: екипът е готов",
    "created": "Teams: хората са пренесени",
    "failed": "НЕИСПУО: екипът за помощ поправи реда",
    "looping": "НЕИСПУО: екипът за помощ поправи реда",
    "missing": "НЕИСПУО: директорът поправи разпределението на часовете",
    "not-owner": "НЕИСПУО: учителят е добавен",
    "not-member": "НЕИСПУО: учителят е добавен и сред членовете",
    "no-team": "НЕИСПУО: екипът е създаден",
    "not-activated": "Учителят натисна „Активиране“ в Teams",
    "students-missing": "НЕИСПУО: учениците са добавени",
    "archived": "Учителят възстанови екипа в Teams",
    "unexpected": "НЕИСПУО: учителят е върнат към реда",
    "duplicate": "НЕИСПУО: екипът за помощ премахна дубликата",
    "student-owner": "Директорът отне правата на ученика в Teams",
}
"""What happens, by the key of the link; the others are in order."""


class NothingToMend(ValueError):
    """There is no such planted link, or nobody has anything to do about it."""


def mend_outside(tenant: Tenant, registers: Registers, key: str, now: datetime) -> None:
    """The link becomes as it should be: in the directory, and in the register's next export."""
    if key not in WHO:
        raise NothingToMend(key)
    rows = tenant.ask("SELECT * FROM register WHERE key = ?", key)
    teams = tenant.ask("SELECT * FROM team WHERE planted = ? ORDER BY n", key)
    if not rows and not teams:
        raise NothingToMend(key)
    teacher, homeroom = _people(tenant)
    if rows:
        tenant.ask("UPDATE register SET status = 'Синхронизиран', since = ? WHERE key = ?", now.isoformat(), key)
    else:
        tenant.ask(
            "INSERT INTO register (external_id, school, title, homeroom, teacher, status, since, key)"
            " VALUES (?, ?, ?, ?, ?, 'Синхронизиран', ?, ?)",
            teams[0]["external_id"], SCHOOL, teams[0]["name"], homeroom["n"], teacher, now.isoformat(), key,
        )  # fmt: skip
    if not teams:
        created = (now - OLD).isoformat()
        teams = [classes.create(tenant, rows[0]["external_id"], rows[0]["title"], created, key)]
    for double in teams[1:]:
        classes.remove(tenant, double["n"])
    _whole(tenant, teams[0]["n"], teacher, homeroom, now)
    registers.corrected(tenant, tenant.ask("SELECT * FROM school WHERE n = ?", SCHOOL)[0], now)


def _people(tenant: Tenant) -> tuple[int, Row]:
    """The teacher and the class of the planted links."""
    row = tenant.ask("SELECT teacher, homeroom FROM register WHERE key = 'in-order'")[0]
    return int(row["teacher"]), tenant.ask("SELECT * FROM homeroom WHERE n = ?", row["homeroom"])[0]


def _whole(tenant: Tenant, team: int, teacher: int, homeroom: Row, now: datetime) -> None:
    values = {
        "school": SCHOOL,
        "grade": homeroom["grade"],
        "teamed": 1,
        "active": 1,
        "archived": 0,
        "created": (now - OLD).isoformat(),
    }
    for column, value in values.items():
        classes.set_column(tenant, team, column, value)
    students = [one["n"] for one in tenant.ask("SELECT n FROM user WHERE homeroom = ?", homeroom["n"])]
    for student in students:
        tenant.ask("DELETE FROM team_person WHERE team = ? AND person = ?", team, student)
    tenant.ask("INSERT OR IGNORE INTO team_homeroom VALUES (?, ?)", homeroom["n"], team)
    classes.add_teacher(tenant, teacher, team)
