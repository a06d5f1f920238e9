"""Who somebody is to the bot, judged from what the directory says: never from a name, never from a card.

НЕИСПУО's role number is decisive where it is present. A number that is not in the table gives no role at all,
whatever else is known of the person: rights are given by name, not by what is left over.
"""

import re
from collections.abc import Mapping

from bot.core.actors.model import Actor, Role, RoleFacts
from bot.core.people.model import Kind, School
from bot.core.people.regions import REGIONS

REGIONAL_OFFICE_ROLES = frozenset({"RegionalOffice"})
"""The values of the app roles of the regional office, unless configured otherwise."""

# SysRole of НЕИСПУО: 0 institution, 2 and 9 regional office, 5 teacher, 6 student, 8 class teacher. Not here, so
# without rights: 1 and 13 ministry administrators, 7 parent, 14 IT administrator, 18 helpdesk.
_SYS_ROLES = {
    "0": Role.DIRECTOR,
    "2": Role.REGIONAL_OFFICE,
    "5": Role.TEACHER,
    "6": Role.STUDENT,
    "8": Role.TEACHER,
    "9": Role.REGIONAL_OFFICE,
}
_EDUCATION_ROLES = {Kind.STUDENT: Role.STUDENT, Kind.TEACHER: Role.TEACHER}
_NUMBER = re.compile(r"[0-9]+")


def role_of(facts: RoleFacts) -> Role:
    """The role of an existing, enabled account: НЕИСПУО's role, else the education role, else an app role."""
    if not facts.exists or not facts.enabled:
        return Role.NONE
    number = (facts.extension_role or "").strip()
    if number:
        return _SYS_ROLES.get(number, Role.NONE)
    if facts.education_role in _EDUCATION_ROLES:
        return _EDUCATION_ROLES[facts.education_role]
    if any(role in REGIONAL_OFFICE_ROLES for role in facts.app_roles):
        return Role.REGIONAL_OFFICE
    return Role.NONE


def school_code_of(facts: RoleFacts) -> str | None:
    """The code of the school a director answers for, without leading zeros: the institution of the role, else the
    account's own number (`299001@…`). None when neither is a number.
    """
    identifier = (facts.extension_identifier or "").strip()
    local = facts.username.partition("@")[0]
    for text in (identifier, local):
        if _NUMBER.fullmatch(text):
            return text.lstrip("0") or None
    return None


def region_of(facts: RoleFacts, configured: Mapping[str, str]) -> str:
    """The region (област) an expert of a regional office answers for: as configured for the account (object id or
    username → region), else the region of the role by НЕИСПУО's number. Empty when neither tells it.
    """
    for key in (facts.object_id, facts.username):
        if region := configured.get(key.casefold(), ""):
            return region
    identifier = (facts.extension_identifier or "").strip()
    number = int(identifier) if _NUMBER.fullmatch(identifier) and len(identifier) < 3 else 0
    return REGIONS[number - 1] if 1 <= number <= len(REGIONS) else ""


def recognise(
    facts: RoleFacts,
    tenant_id: str,
    school: School | None,
    regions: Mapping[str, str] | None = None,
) -> Actor:
    """The actor. `school` is the school with the code of `school_code_of`; one with another code is not believed.
    `regions`: see `region_of`, keys in small letters.

    A disabled account is an actor without a role that says so; one that does not exist is a stranger.
    """
    role = role_of(facts)
    if role is not Role.DIRECTOR or school is None or school.code.lstrip("0") != school_code_of(facts):
        school = None
    return Actor(
        object_id=facts.object_id,
        tenant_id=tenant_id,
        role=role,
        school=school,
        enabled=facts.enabled or not facts.exists,
        name=facts.name,
        works_at=tuple(facts.schools) if role in {Role.TEACHER, Role.DIRECTOR} else (),
        region=region_of(facts, regions or {}) if role is Role.REGIONAL_OFFICE else "",
        username=facts.username,
    )
