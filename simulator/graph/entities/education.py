"""`educationUser`, `educationSchool`, `educationClass`, and the `group` behind a class."""

# ruff: noqa: SIM905 -- lists of words are read as words

from typing import Any

from simulator.graph.entities.plans import CREATED
from simulator.graph.entities.user import NAMES, no_items, nothing
from simulator.graph.odata.entity import Entity, Navigation, Value
from simulator.graph.odata.filter import Filterable
from simulator.store.tenant import Row, Tenant

_EQ = frozenset({"eq", "in"})
_EQ_STARTS = _EQ | {"startswith"}
_ONLY_EQ = frozenset({"eq"})


def _student(row: Row) -> dict[str, Any] | None:
    if row["role"] != "student":
        return None
    return {
        "birthDate": None,  # НЕИСПУО does not send it
        "externalId": row["external_id"],
        "gender": None,
        "grade": str(row["grade"]) if row["grade"] else None,
        "graduationYear": None,
        "studentNumber": row["external_id"],
    }


def _teacher(row: Row) -> dict[str, Any] | None:
    if row["role"] != "teacher":
        return None
    return {"externalId": row["external_id"], "teacherNumber": f"T{row['n']:07d}"}


def _term(row: Row) -> dict[str, Any] | None:
    """As the ministry's synchronisation sends it: the lessons of the year."""
    year = row["year"]
    if year is None:
        return None
    return {
        "displayName": f"{year}/{year + 1}",
        "externalId": str(year),
        "startDate": f"{year}-09-15",
        "endDate": f"{year + 1}-06-30",
    }


def _role(row: Row) -> str:
    return row["role"] if row["role"] in {"student", "teacher"} else "none"


_USER_PROPERTIES: dict[str, Value] = {
    **dict.fromkeys(
        "createdBy department externalSource externalSourceDetail mailingAddress mobilePhone officeLocation "
        "onPremisesInfo passwordPolicies passwordProfile preferredLanguage refreshTokensValidFromDateTime "
        "residenceAddress showInAddressList".split(),
        nothing,
    ),
    **dict.fromkeys(("businessPhones", "relatedContacts"), no_items),
    **NAMES,
    "externalSource": lambda row: "sis",  # noqa: ARG005 -- a property is asked of a row, even when it is constant
    "middleName": lambda row: row["middle"],
    "primaryRole": _role,
    "student": _student,
    "teacher": _teacher,
}

EDUCATION_USER: Entity = Entity(
    name="microsoft.graph.educationUser",
    properties=_USER_PROPERTIES,
    default=tuple(_USER_PROPERTIES),
    filterable={
        "accountEnabled": Filterable("user.enabled {}", _ONLY_EQ, "Edm.Boolean"),
        "displayName": Filterable("user.display {}", _EQ_STARTS),
        "givenName": Filterable("user.given {}", _EQ_STARTS),
        "surname": Filterable("user.family {}", _EQ_STARTS),
        "mail": Filterable("user.upn {}", _EQ_STARTS),
        "userPrincipalName": Filterable("user.upn {}", _EQ_STARTS),
        "mailNickname": Filterable("substr(user.upn, 1, instr(user.upn, '@') - 1) {}", _ONLY_EQ),
        "student/externalId": Filterable("user.role = 'student' AND user.external_id {}", _ONLY_EQ),
        "teacher/externalId": Filterable("user.role = 'teacher' AND user.external_id {}", _ONLY_EQ),
    },
    parts=frozenset(
        "student/externalId student/studentNumber student/grade student/birthDate student/gender "
        "student/graduationYear teacher/externalId teacher/teacherNumber".split()
    ),
    navigation={
        "schools": Navigation(lambda: EDUCATION_SCHOOL, Tenant.schools_of_user),
        "classes": Navigation(lambda: EDUCATION_CLASS, Tenant.classes_of_user),
        "taughtClasses": Navigation(lambda: EDUCATION_CLASS, Tenant.taught_by_user),
    },
)

_SCHOOL_PROPERTIES: dict[str, Value] = {
    **dict.fromkeys("createdBy description externalSourceDetail fax phone".split(), nothing),
    "id": lambda row: row["id"],
    "displayName": lambda row: row["name"],
    "schoolNumber": lambda row: row["code"],
    "externalId": lambda row: row["code"],
    "externalSource": lambda row: "sis",  # noqa: ARG005 -- same
    "externalPrincipalId": nothing,
    "principalEmail": nothing,  # exists, but is not maintained in this tenant
    "principalName": lambda row: row["principal"],
    "lowestGrade": lambda row: str(row["lowest_grade"]),
    "highestGrade": lambda row: str(row["highest_grade"]),
    "address": lambda row: {
        "city": row["town"],
        "countryOrRegion": "България",
        "postalCode": None,
        "state": row["region"],
        "street": None,
    },
}

EDUCATION_SCHOOL: Entity = Entity(
    name="microsoft.graph.educationSchool",
    properties=_SCHOOL_PROPERTIES,
    default=tuple(_SCHOOL_PROPERTIES),
    filterable={
        "displayName": Filterable("school.name {}", _EQ_STARTS),
        "schoolNumber": Filterable("school.code {}", _EQ),
        "externalId": Filterable("school.code {}", _EQ),
    },
    navigation={
        "users": Navigation(lambda: EDUCATION_USER, Tenant.users_of_school),
        "classes": Navigation(lambda: EDUCATION_CLASS, Tenant.teams_of_school),
    },
)

_CLASS_PROPERTIES: dict[str, Value] = {
    **dict.fromkeys("course createdBy externalSourceDetail".split(), nothing),
    "id": lambda row: row["id"],
    "displayName": lambda row: row["name"],
    "description": lambda row: row["name"],
    "mailNickname": lambda row: f"class{row['external_id']}",
    "classCode": lambda row: row["external_id"],
    "externalId": lambda row: row["external_id"],
    "externalName": lambda row: row["name"],
    "externalSource": lambda row: "sis",  # noqa: ARG005 -- same
    "grade": lambda row: str(row["grade"]),
    "term": _term,
}

EDUCATION_CLASS: Entity = Entity(
    name="microsoft.graph.educationClass",
    properties=_CLASS_PROPERTIES,
    default=tuple(_CLASS_PROPERTIES),
    filterable={
        "displayName": Filterable("team.name {}", _EQ_STARTS),
        "externalId": Filterable("team.external_id {}", _EQ),
    },
    navigation={
        "schools": Navigation(lambda: EDUCATION_SCHOOL, Tenant.school_of_team),
        "members": Navigation(lambda: EDUCATION_USER, Tenant.members_of_team),
        "teachers": Navigation(lambda: EDUCATION_USER, Tenant.teachers_of_team),
        "group": Navigation(lambda: GROUP, Tenant.team_itself, many=False),
    },
)

_GROUP_PROPERTIES: dict[str, Value] = {
    **dict.fromkeys(
        "classification deletedDateTime expirationDateTime isAssignableToRole membershipRule "
        "membershipRuleProcessingState onPremisesDomainName onPremisesLastSyncDateTime onPremisesNetBiosName "
        "onPremisesSamAccountName onPremisesSecurityIdentifier onPremisesSyncEnabled preferredDataLocation "
        "preferredLanguage theme".split(),
        nothing,
    ),
    **dict.fromkeys(("onPremisesProvisioningErrors", "proxyAddresses", "resourceBehaviorOptions"), no_items),
    "id": lambda row: row["id"],
    "createdDateTime": lambda row: row["created"] or CREATED,
    "renewedDateTime": lambda row: CREATED,  # noqa: ARG005 -- same
    "displayName": lambda row: row["name"],
    "description": lambda row: row["name"],
    "groupTypes": lambda row: ["Unified"],  # noqa: ARG005 -- same
    "mail": lambda row: f"class{row['external_id']}@edu.mon.bg",
    "mailEnabled": lambda row: True,  # noqa: ARG005 -- same
    "mailNickname": lambda row: f"class{row['external_id']}",
    "resourceProvisioningOptions": lambda row: ["Team"] if row["teamed"] else [],
    "securityEnabled": lambda row: False,  # noqa: ARG005 -- same
    "visibility": lambda row: "HiddenMembership",  # noqa: ARG005 -- same
}

GROUP: Entity = Entity(
    name="microsoft.graph.group",
    properties=_GROUP_PROPERTIES,
    default=tuple(_GROUP_PROPERTIES),
    filterable={"id": Filterable("team.id {}", _EQ)},
    navigation={"owners": Navigation(lambda: EDUCATION_USER, Tenant.teachers_of_team)},
)

_TEAM_PROPERTIES: dict[str, Value] = {
    "id": lambda row: row["id"],
    "displayName": lambda row: row["name"],
    "isArchived": lambda row: bool(row["archived"]),
}
TEAM: Entity = Entity(name="microsoft.graph.team", properties=_TEAM_PROPERTIES, default=tuple(_TEAM_PROPERTIES))
TEAM_BETA: Entity = Entity(
    name="microsoft.graph.team",
    properties={**_TEAM_PROPERTIES, "isMembershipLimitedToOwners": lambda row: not row["active"]},
    default=tuple(_TEAM_PROPERTIES),
)
"""Whether a class is open to its students is told by /beta only."""
