"""Who acts: the signed-in person, as far as rights depend on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.core.people.model import Kind, School


class Role(StrEnum):
    """What the signed-in person is to the bot."""

    DIRECTOR = "director"
    TEACHER = "teacher"
    STUDENT = "student"
    REGIONAL_OFFICE = "ruo"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Actor:
    """The signed-in person. `school` is the school a director answers for, None for everybody else.

    `works_at` are the schools a director or teacher works at; `deputy_of` the one of them whose director has
    authorised the teacher to decide about transfers; `region` (in Bulgarian: област) what an expert of a regional
    office answers for, empty where it is not known; `username` the full user principal name.
    """

    object_id: str
    tenant_id: str
    role: Role
    school: School | None = None
    enabled: bool = True
    name: str = ""
    works_at: tuple[School, ...] = ()
    deputy_of: School | None = None
    region: str = ""
    username: str = ""

    @property
    def own_name(self) -> str:
        """The display name, where it can be a person's: "" of an account that is a school's. НЕИСПУО makes these
        (`299001@…`) of the institution alone and calls them by its name, which dozens of schools have.
        """
        local = self.username.partition("@")[0]
        schools = self.works_at if self.school is None else (self.school, *self.works_at)
        of_school = local.isdecimal() or any(school.is_called(self.name) for school in schools)
        return "" if of_school else self.name

    @property
    def school_id(self) -> str:
        """Of `school`; "" without one."""
        return self.school.id if self.school is not None else ""

    @property
    def school_name(self) -> str:
        """Of `school`; "" without one."""
        return self.school.name if self.school is not None else ""


@dataclass(frozen=True, slots=True)
class RoleFacts:
    """What the directory says about a signed-in person, before it is judged (`bot/core/actors/policy.py`).

    `extension_role` and `extension_identifier` are the values of the configured directory extensions (НЕИСПУО's
    SysRole number and the institution it is for), None where absent. `app_roles` are the values of the app roles
    assigned to the person, as configured (for example `RegionalOffice`).
    """

    object_id: str
    exists: bool
    enabled: bool = False
    name: str = ""
    username: str = ""
    extension_role: str | None = None
    extension_identifier: str | None = None
    education_role: Kind | None = None
    schools: Sequence[School] = ()
    app_roles: Sequence[str] = ()
