"""Planted class links: for the first teacher of school 2990001, one in every state somebody can meet.

The register (what should be) is in the table `register`, the directory (what is) in `team`.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from simulator.store import classes
from simulator.store.tenant import Row, Tenant

SCHOOL = 1
FIRST_ID = 990_001
OLD, RECENT = timedelta(days=40), timedelta(minutes=20)


@dataclass(frozen=True, slots=True)
class _Plan:
    """`status` is the register's word. `age` None: not in the directory. `listed`: the register has it."""

    key: str
    subject: str
    status: str = ""
    age: timedelta | None = OLD
    listed: bool = True
    owned: bool = True
    teamed: bool = True
    active: bool = True
    archived: bool = False
    students: bool = True
    missing: int = 0
    twice: bool = False
    student_owner: bool = False
    other_teacher: bool = False
    member: bool = True


_PLANS = (
    _Plan("in-order", "Български език и литература"),
    _Plan("waiting", "Математика", "Изчаква създаване", age=None),
    _Plan("being-created", "Английски език", "В процес на създаване", age=RECENT, teamed=False, students=False),
    _Plan("created", "История и цивилизации", "Създаден", age=RECENT, students=False),
    _Plan("synced", "География и икономика", "Синхронизиран"),
    _Plan("failed", "Човекът и природата", "Грешка при създаване", age=None),
    _Plan("looping", "Музика", "В безкраен цикъл", age=None),
    _Plan("missing", "Изобразително изкуство", age=None),
    _Plan("not-owner", "Технологии и предприемачество", owned=False),
    _Plan("no-team", "Физическо възпитание и спорт", teamed=False),
    _Plan("not-activated", "Немски език", active=False),
    _Plan("students-missing", "Френски език", missing=3),
    _Plan("archived", "Руски език", archived=True),
    _Plan("unexpected", "Испански език", listed=False),
    _Plan("duplicate", "Италиански език", twice=True),
    _Plan("student-owner", "Гражданско образование", student_owner=True),
    _Plan("of-another", "Философия", other_teacher=True),
    _Plan("not-member", "Информационни технологии", member=False),
)


def plant_links(tenant: Tenant, now: datetime) -> None:
    """Adds them. The teacher's own classes stay as they are."""
    teachers = tenant.ask(
        "SELECT n FROM user WHERE role = 'teacher' AND n IN (SELECT person FROM enrolment WHERE school = ?)"
        " ORDER BY n LIMIT 2",
        SCHOOL,
    )
    homeroom = tenant.ask(
        "SELECT homeroom.*, count(user.n) AS people FROM homeroom JOIN user ON user.homeroom = homeroom.n"
        " WHERE school = ? GROUP BY homeroom.n ORDER BY people DESC, homeroom.n LIMIT 1",
        SCHOOL,
    )[0]
    at = _Place((teachers[0]["n"], teachers[1]["n"]), homeroom, now)
    for place, plan in enumerate(_PLANS):
        _plant(tenant, plan, str(FIRST_ID + place), at)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a link is planted: whose it is (and another teacher), of which class, when."""

    teachers: tuple[int, int]
    homeroom: Row
    now: datetime


def _plant(tenant: Tenant, plan: _Plan, external_id: str, at: _Place) -> None:
    title = f"{plan.subject} - {at.homeroom['grade']} {at.homeroom['letter']} - ООП"
    teacher = at.teachers[1] if plan.other_teacher else at.teachers[0]
    if plan.listed:
        since = (at.now - (RECENT if plan.status else OLD)).isoformat()
        tenant.ask(
            "INSERT INTO register (external_id, school, title, homeroom, teacher, status, since, key)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            external_id, SCHOOL, title, at.homeroom["n"], teacher, plan.status, since, plan.key,
        )  # fmt: skip
    if plan.age is None:
        return
    for _ in range(2 if plan.twice else 1):
        created = (at.now - plan.age).astimezone(UTC).isoformat()
        _put(tenant, plan, classes.create(tenant, external_id, title, created, plan.key)["n"], at)


def _put(tenant: Tenant, plan: _Plan, team: int, at: _Place) -> None:
    for column, value in (
        ("school", SCHOOL),
        ("grade", at.homeroom["grade"]),
        ("year", tenant.options.school_year),
        ("teamed", int(plan.teamed)),
        ("active", int(plan.active)),
        ("archived", int(plan.archived)),
    ):
        classes.set_column(tenant, team, column, value)
    if plan.owned or plan.other_teacher:
        (classes.add_teacher if plan.member else classes.add_owner)(tenant, at.teachers[0], team)
    if not plan.students:
        return
    tenant.ask("INSERT INTO team_homeroom VALUES (?, ?)", at.homeroom["n"], team)
    students = tenant.ask("SELECT n FROM user WHERE homeroom = ? ORDER BY n", at.homeroom["n"])
    for student in students[: plan.missing]:
        tenant.ask("INSERT INTO team_person VALUES (?, ?, 'removed')", team, student["n"])
    if plan.student_owner:
        classes.add_teacher(tenant, students[-1]["n"], team)


def links(tenant: Tenant) -> list[dict[str, object]]:
    """The planted links, by key: for whoever tries them."""
    rows = tenant.ask(
        "SELECT coalesce(register.key, team.planted) AS key, coalesce(register.external_id, team.external_id) AS row,"
        " team.id, coalesce(register.title, team.name) AS title FROM team"
        " FULL JOIN register ON register.external_id = team.external_id"
        " WHERE team.planted IS NOT NULL OR register.key IS NOT NULL ORDER BY 1, 3"
    )
    return [{"key": one["key"], "externalId": one["row"], "id": one["id"], "name": one["title"]} for one in rows]
