"""Who can be played and who can be looked up: the answer of `python -m simulator people`."""

from typing import Any

from simulator.people.directory_names import TENANT_ID
from simulator.people.identifiers import counted_birth, kind_of
from simulator.people.others import FIRST_OTHER
from simulator.people.population import FIRST_PLANTED
from simulator.people.staff import FIRST_STAFF
from simulator.store.tenant import Row, Tenant

MOST_STUDENTS = 200
_MOST_SCHOOLS = 12
_TEACHERS_PER_SCHOOL = 3

_PEOPLE = (
    "SELECT user.*, planted.key, planted.identifier, school.code, school.name AS school_name, homeroom.letter, "
    "iif(user.display = school.name, school.principal, user.display) AS called "
    "FROM user LEFT JOIN planted ON planted.person = user.n LEFT JOIN homeroom ON homeroom.n = user.homeroom "
    "LEFT JOIN school ON school.n = (SELECT min(school) FROM enrolment WHERE person = user.n) "
    "WHERE {} ORDER BY user.n"
)


_IN_SCHOOL = "role = 'teacher' AND user.n IN (SELECT person FROM enrolment WHERE school = ?)"


def roster(tenant: Tenant, *, with_cases: bool = False) -> dict[str, Any]:
    """The tenant, the people who can sign in, and up to 200 students with every planted case among them.

    `with_cases` adds to everybody the key of the case (`""` for one of the many), to students all schools' codes
    and the object id.
    """
    return {
        "tenant": TENANT_ID,
        "people": _people(tenant, with_cases=with_cases),
        "students": _students(tenant, with_cases=with_cases),
    }


def _people(tenant: Tenant, *, with_cases: bool) -> list[dict[str, Any]]:
    schools = min(tenant.options.schools, _MOST_SCHOOLS)
    found = [
        *tenant.ask(
            _PEOPLE.format("role = 'director' AND user.n IN (SELECT person FROM enrolment WHERE school <= ?)"),
            schools,
        ),
        *(
            row
            for school in range(1, schools + 1)
            for row in tenant.ask(_PEOPLE.format(_IN_SCHOOL) + " LIMIT ?", school, _TEACHERS_PER_SCHOOL)
        ),
        *tenant.ask(_PEOPLE.format("user.n BETWEEN ? AND ? AND role = 'ruo'"), FIRST_OTHER, FIRST_STAFF - 1),
        *tenant.ask(_PEOPLE.format("key IN ('first-grader', 'twelfth-grader')")),
        *tenant.ask(_PEOPLE.format("user.n BETWEEN ? AND ? AND role = 'none'"), FIRST_OTHER, FIRST_STAFF - 1),
        *tenant.ask(_PEOPLE.format("user.n >= ?"), FIRST_STAFF),
    ]
    return [
        {
            "name": row["called"],
            "role": row["role"],
            "aadObjectId": row["id"],
            "upn": row["upn"],
            "schoolCode": row["code"],
            "schoolName": row["school_name"],
            **({"case": row["key"] or ""} if with_cases else {}),
        }
        for row in found
    ]


def _students(tenant: Tenant, *, with_cases: bool) -> list[dict[str, Any]]:
    planted = tenant.ask(_PEOPLE.format("planted.key IS NOT NULL AND role = 'student'"))
    # Up to three of each class, the first classes of the tenant first.
    some = (
        "user.n IN (SELECT min(n) FROM user WHERE role = 'student' AND n < ? AND homeroom <= 200 "
        "GROUP BY homeroom, n % 3)"
    )
    others = tenant.ask(_PEOPLE.format(some) + " LIMIT ?", FIRST_PLANTED, MOST_STUDENTS - len(planted))
    return [_student(tenant, row, with_cases=with_cases) for row in (*planted, *others)]


def _student(tenant: Tenant, row: Row, *, with_cases: bool) -> dict[str, Any]:
    identifier = row["identifier"] or row["external_id"]
    birth = counted_birth(identifier)
    entry = {
        "name": row["display"],
        "identifier": identifier,
        "identifierKind": kind_of(identifier),
        "username": row["upn"],
        "schoolCode": row["code"],
        "class": f"{row['grade']} {row['letter']}" if row["letter"] else None,
        "birthDate": birth.isoformat() if birth else None,
        "state": "disabled" if not row["enabled"] else "active" if row["ready"] else "being-created",
    }
    if with_cases:
        schools = tenant.rows(tenant.schools_of_user(row["n"]))
        entry["case"] = row["key"] or ""
        entry["schools"] = [school["code"] for school in schools]
        entry["aadObjectId"] = row["id"]
    return entry
