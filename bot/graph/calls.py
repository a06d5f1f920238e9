"""Every call we make, described by msgraph-sdk's request builders and sent by nobody here.

What identifies a person by something they can be called by (national identifier, username) is only ever sent as an
item of a `$batch`, so that it travels in a body and no URL log of any proxy holds it (OWASP ASVS 5.0, 14.2.1).
"""

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from types import ModuleType
from typing import Any, Literal
from urllib.parse import quote

from bot.graph.identities import is_entity_id, is_object_id, is_school_code, is_stored_form, is_username, quoted
from bot.graph.options import GraphOptions, Version

Priority = Literal["high", "low"]
"""`x-ms-throttle-priority`: a person waits, or a sweep runs (learn.microsoft.com/graph/throttling)."""

_PERSON = (
    "id",
    "displayName",
    "userPrincipalName",
    "accountEnabled",
    "primaryRole",
    "student",
    "teacher",
    "provisionedPlans",
)
_SCHOOL = ("id", "displayName", "schoolNumber", "address")
_MOST_TEAMS = 100
_VALUE = "~value~"
"""Of characters no URL encodes, and `~` is in none of our grammars."""


@dataclass(frozen=True, slots=True)
class Call:
    """One request. `url` is relative to the API version and encoded; `template` is the same without any value, and
    the only form that is ever logged. `repeatable`: sending it twice leads to the same state.
    """

    intent: str
    method: str
    template: str
    url: str = field(repr=False)
    version: Version = "v1.0"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: object = field(default=None, repr=False)
    priority: Priority = "high"
    repeatable: bool = True


class _Nowhere:
    """What the builders take for a transport: they only ask it for a base URL."""

    base_url = ""


def _builders() -> ModuleType:
    from bot.graph import builders  # noqa: PLC0415 -- 0.3–0.7 s and 32 MB: loaded by `warm`, not at start-up

    return builders


async def warm() -> None:
    """Loads the SDK's builders in a thread. Await it before the first turn; a second call costs nothing."""
    await asyncio.to_thread(_builders)


class Calls:
    """The calls, under one set of options. Each raises ValueError for an argument outside its grammar."""

    def __init__(self, options: GraphOptions) -> None:
        self._options = options
        self._extensions = tuple(filter(None, (options.role_extension, options.identifier_extension)))
        self._expand_person = ("schools", "classes") if options.expands else ()
        self._expand_schools = ("schools",) if options.expands else ()

    def people_by_identifier(self, forms: Sequence[str]) -> Call:
        """The accounts whose student or teacher identifier is one of these stored forms. For a `$batch` only."""
        if not forms or not all(is_stored_form(form) for form in forms):
            raise ValueError("a stored form of an identifier is 1 to 20 digits")
        clauses = [f"{part}/externalId eq {quoted(form)}" for part in ("student", "teacher") for form in forms]
        return self._get(
            "find-by-identifier",
            "EducationUsersBuilder",
            version=self._options.users_version,
            where=" or ".join(clauses),
            select=_PERSON,
            expand=self._expand_person,
        )

    def person_by_username(self, username: str) -> Call:
        """The account with this user principal name. For a `$batch` only."""
        if not is_username(username):
            raise ValueError("not a user principal name")
        return self._person("find-by-username", username)

    def person_by_id(self, object_id: str) -> Call:
        """The account with this object id."""
        return self._person("find-by-id", _object_id(object_id))

    def _person(self, intent: str, key: str) -> Call:
        return self._get(
            intent,
            "EducationUserBuilder",
            ("educationUser%2Did", key),
            select=_PERSON,
            expand=self._expand_person,
        )

    def schools_of(self, object_id: str, intent: str = "schools-of-person") -> Call:
        """The schools of one person."""
        return self._get(intent, "UserSchoolsBuilder", ("educationUser%2Did", _object_id(object_id)), select=_SCHOOL)

    def classes_of(self, object_id: str, intent: str = "classes-of-person") -> Call:
        """The class teams of one person."""
        return self._get(
            intent,
            "UserClassesBuilder",
            ("educationUser%2Did", _object_id(object_id)),
            select=("id", "displayName"),
            top=_MOST_TEAMS,
        )

    def account(self, object_id: str) -> Call:
        """The signed-in person as a directory object, with the extensions that tell the role."""
        return self._get(
            "role-facts",
            "UserBuilder",
            ("user%2Did", _object_id(object_id)),
            select=("id", "displayName", "userPrincipalName", "accountEnabled", *self._extensions),
        )

    def education_account(self, object_id: str) -> Call:
        """The signed-in person as the roster knows them."""
        return self._get(
            "role-facts",
            "EducationUserBuilder",
            ("educationUser%2Did", _object_id(object_id)),
            select=("id", "primaryRole"),
            expand=self._expand_schools,
        )

    def app_roles(self, object_id: str) -> Call:
        """The app roles assigned to the signed-in person, directly or through a group."""
        return self._get(
            "role-facts",
            "AppRolesBuilder",
            ("user%2Did", _object_id(object_id)),
            select=("appRoleId", "resourceId"),
            top=self._options.page_size,
        )

    def schools_by_code(self, code: str) -> Call:
        """The schools with this code, with its leading zero or without."""
        if not is_school_code(code):
            raise ValueError("not a school code")
        bare = code.lstrip("0")
        forms = dict.fromkeys((bare, bare.zfill(7)))
        return self._get(
            "school-by-code",
            "SchoolsBuilder",
            where=" or ".join(f"schoolNumber eq {quoted(form)}" for form in forms),
            select=_SCHOOL,
        )

    def people_of_school(self, school_id: str) -> Call:
        """Everybody of one school; paged."""
        if not is_entity_id(school_id):
            raise ValueError("not a school id")
        return self._get(
            "people-of-school",
            "SchoolUsersBuilder",
            ("educationSchool%2Did", school_id),
            select=_PERSON,
            expand=self._expand_schools,
            top=self._options.page_size,
        )

    def _get(
        self,
        intent: str,
        builder: str,
        path: tuple[str, str] | None = None,
        *,
        version: Version = "v1.0",
        priority: Priority = "high",
        where: str | None = None,
        select: tuple[str, ...],
        expand: tuple[str, ...] = (),
        top: int | None = None,
    ) -> Call:
        url, template = _shape(
            builder, path and path[0], filtered=where is not None, select=select, expand=expand, top=top
        )
        if path is not None:
            url = url.replace(_VALUE, quote(path[1], safe=""))
        if where is not None:
            url = url.replace(_VALUE, quote(where, safe=""))
        return Call(intent=intent, method="GET", template=template, url=url, version=version, priority=priority)


@cache
def _shape(
    builder: str,
    path: str | None,
    *,
    filtered: bool,
    select: tuple[str, ...],
    expand: tuple[str, ...],
    top: int | None,
) -> tuple[str, str]:
    """URL and template of a call, with `_VALUE` where the one value that differs from call to call belongs.

    The SDK expands a URI template character by character (0.2–0.4 ms); a shape is therefore described once.
    """
    builders = _builders()
    kind = getattr(builders, builder)
    described = kind(_Nowhere(), {"baseurl": ""} if path is None else {"baseurl": "", path: _VALUE})
    query: dict[str, Any] = {
        "filter": _VALUE if filtered else None,
        "select": list(select),
        "expand": list(expand) or None,
        "top": top,
    }
    parameters = getattr(kind, f"{kind.__name__}GetQueryParameters")  # nested in every builder under its own name
    given = parameters(**{name: value for name, value in query.items() if value is not None})
    request = described.to_get_request_information(builders.RequestConfiguration(query_parameters=given))
    bare = described.url_template.removeprefix("{+baseurl}").split("{?", 1)[0]
    return request.url, f"GET {re.sub(r'{[^}]*}', '{id}', bare)}"


def _object_id(value: str) -> str:
    if not is_object_id(value):
        raise ValueError("not an object id")
    return value
