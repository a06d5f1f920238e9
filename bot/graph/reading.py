"""Graph's JSON as the core's people and schools. Total: whatever arrives, it is read, or DirectoryMisunderstood.

What names a thing (its id) must be there; what only describes it may be missing and is then empty, never invented,
and never in a way that gives somebody more rights.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from bot.core.actors.model import RoleFacts
from bot.core.errors import DirectoryMisunderstood
from bot.core.people.model import AccountState, Kind, Person, School
from bot.graph.identities import is_entity_id, is_object_id, normal
from bot.graph.options import GraphOptions

MOST_TEXT = 256
"""The longest name Graph keeps (`displayName`, learn.microsoft.com/graph/api/resources/user)."""


def text(value: object) -> str:
    """A string as it can be shown and stored: empty for anything else, halves of surrogate pairs replaced."""
    if not isinstance(value, str):
        return ""
    return value[:MOST_TEXT].encode(errors="replace").decode().strip()


def thing(value: object, what: str) -> Mapping[str, object]:
    """A JSON object. Errors: DirectoryMisunderstood."""
    if not isinstance(value, Mapping):
        raise DirectoryMisunderstood(f"{what}-is-no-object")
    return value


def same(record: Mapping[str, object], key: str, asked: str) -> Mapping[str, object]:
    """The record, if it is of whom we asked for. Errors: DirectoryMisunderstood."""
    if text(record.get(key)).lower() != asked.lower():
        raise DirectoryMisunderstood("answer-of-another")
    return record


def _part(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def entity(record: Mapping[str, object], what: str) -> str:
    """The id of a school or class. Errors: DirectoryMisunderstood."""
    return _id(record, what, is_entity_id)


def _id(record: Mapping[str, object], what: str, grammar: Callable[[str], bool]) -> str:
    """Checked here because it becomes part of our next URL. A GUID is kept in small letters, since it is compared."""
    identifier = record.get("id")
    if not isinstance(identifier, str) or not grammar(identifier):
        raise DirectoryMisunderstood(f"{what}-without-id")
    return normal(identifier)


def listed(value: object, what: str) -> Sequence[object]:
    """A collection; Graph may leave an empty one out or null."""
    if value is None:
        return ()
    if not isinstance(value, list):
        raise DirectoryMisunderstood(f"{what}-is-no-list")
    return value


def school(value: object, options: GraphOptions) -> School:
    """An educationSchool, with the place the operator's file gives it. The code loses its leading zero, as `School`
    wants it. Here every school is read, so that none is without its region.
    """
    record = thing(value, "school")
    address = _part(record.get("address"))
    return options.places.completed(
        School(
            id=entity(record, "school"),
            code=text(record.get("schoolNumber")).lstrip("0"),
            name=text(record.get("displayName")),
            town=text(address.get("city")),
            region=text(address.get("state")),
        )
    )


def schools(value: object, options: GraphOptions) -> tuple[School, ...]:
    """A collection of educationSchool, each once."""
    return tuple(dict.fromkeys(school(each, options) for each in listed(value, "schools")))


def kind(value: object) -> Kind:
    """`primaryRole`; unknown future values are nobody special."""
    return {"student": Kind.STUDENT, "teacher": Kind.TEACHER}.get(text(value), Kind.OTHER)


def person(value: object, options: GraphOptions) -> Person:
    """An educationUser. Schools are read where they were expanded; `teams` is None: see `school_years`."""
    record = thing(value, "person")
    role = kind(record.get("primaryRole"))
    student, teacher = _part(record.get("student")), _part(record.get("teacher"))
    of_student, of_teacher = text(student.get("externalId")), text(teacher.get("externalId"))
    identifier = (of_teacher or of_student) if role is Kind.TEACHER else (of_student or of_teacher)
    return Person(
        id=_id(record, "person", is_object_id),
        name=text(record.get("displayName")),
        username=text(record.get("userPrincipalName")),
        kind=role,
        state=_state(record),
        schools=schools(record.get("schools"), options),
        grade=text(student.get("grade")),
        identifier=identifier,
        born=_day(student.get("birthDate")) if options.birth_dates else None,
    )


def _day(value: object) -> date | None:
    """A date as Graph writes it; None for anything else and for .NET's year 1, "never"."""
    try:
        day = date.fromisoformat(text(value)[:10])
    except ValueError:
        return None
    return day if 1900 < day.year < 9999 else None


def person_id(value: object) -> str:
    """The id of an educationUser of whom nothing else was asked."""
    return _id(thing(value, "person"), "person", is_object_id)


def is_cut(record: object, relation: str, most: int) -> bool:
    """Whether an expanded relation may show only the first of its objects: `most` of them, or a link to more."""
    shown = _part(record)
    value = shown.get(relation)
    return f"{relation}@odata.nextLink" in shown or (isinstance(value, list) and len(value) >= most)


def identifiers(value: object) -> frozenset[str]:
    """Both identifiers of an educationUser: a teacher who was a student keeps both."""
    record = thing(value, "person")
    parts = (_part(record.get("student")), _part(record.get("teacher")))
    return frozenset(filter(None, (text(part.get("externalId")) for part in parts)))


def _state(record: Mapping[str, object]) -> AccountState:
    enabled = record.get("accountEnabled")
    if enabled is False:
        return AccountState.DISABLED
    # Entra has not finished the account: the flag is not set yet, or services are pending and none is ready
    # (`provisioningStatus`: Success, Pending…; learn.microsoft.com/graph/api/resources/provisionedplan).
    plans = record.get("provisionedPlans")
    if enabled is not True or (isinstance(plans, list) and _only_pending(plans)):
        return AccountState.BEING_CREATED
    return AccountState.ACTIVE


def _only_pending(plans: Iterable[object]) -> bool:
    states = [text(_part(plan).get("provisioningStatus")).lower() for plan in plans]
    return "success" not in states and any(state.startswith("pending") for state in states)


def role_facts(
    object_id: str,
    account: Mapping[str, object],
    education: Mapping[str, object],
    assignments: Iterable[object],
    options: GraphOptions,
) -> RoleFacts:
    """What the parts say together about a person who exists. `education` is empty for somebody not in the roster."""
    roles = (_app_role(_part(assignment), options) for assignment in assignments)
    return RoleFacts(
        object_id=object_id,
        exists=True,
        enabled=account.get("accountEnabled") is True,
        name=text(account.get("displayName")),
        username=text(account.get("userPrincipalName")),
        extension_role=extension(account, options.role_extension),
        extension_identifier=extension(account, options.identifier_extension),
        education_role=kind(education.get("primaryRole")) if education else None,
        schools=schools(education.get("schools"), options),
        app_roles=tuple(dict.fromkeys(filter(None, roles))),
    )


def _app_role(assignment: Mapping[str, object], options: GraphOptions) -> str:
    """Only roles that our own service principal defines: another application may define one with the same id."""
    if text(assignment.get("resourceId")).lower() != options.app_roles_resource.lower():
        return ""
    asked = text(assignment.get("appRoleId")).lower()
    return next((name for role, name in options.app_roles.items() if role.lower() == asked), "")


def extension(account: Mapping[str, object], name: str) -> str | None:
    """A directory extension: Integer or String, as whoever made it chose. Errors: DirectoryMisunderstood."""
    value = account.get(name) if name else None
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise DirectoryMisunderstood("extension-of-unknown-type")
    return text(str(value)) or None
