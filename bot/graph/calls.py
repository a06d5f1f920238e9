"""The calls that find people and schools, tell roles, and read class teams. See `describing` for how, and what
travels in a `$batch`.
"""

from collections.abc import Sequence

from bot.graph.describing import PERSON, Call, Priority, entity_id, object_id, reads, warm
from bot.graph.identities import is_school_code, is_stored_form, is_username, quoted
from bot.graph.options import GraphOptions
from bot.graph.ways import TenantWays, Ways

__all__ = ["Calls", "RosterCalls", "warm"]
"""`warm` too: outside this room nobody names `describing`, which describes writes as well."""

_SCHOOL = ("id", "displayName", "schoolNumber", "address")
THE_CLASS = ("id", "displayName", "externalId", "externalName", "term")
"""What is read of a class: see `school_years`."""
_MOST_TEAMS = 100
_A_FEW, _SOME = 3, 10
EDUCATION_USER = "educationUser%2Did"
"""The parameter of a path (as those below), as the SDK's templates spell it."""
USER = "user%2Did"
SCHOOL = "educationSchool%2Did"
CLASS = "educationClass%2Did"


class Calls:
    """The calls, under one set of options. Each raises ValueError for an argument outside its grammar. `ways`: how
    the tenant is asked; a tenant that takes everything, if not given.
    """

    def __init__(self, options: GraphOptions, ways: Ways | None = None) -> None:
        self._options = options
        self._ways = ways = ways or TenantWays(options).now
        self._extensions = tuple(filter(None, (options.role_extension, options.identifier_extension)))
        self._expand_person = ("schools", "classes")[: ways.expands]
        self._expand_schools = ("schools",)[: ways.expands]

    def people_by_identifier(self, forms: Sequence[str]) -> tuple[Call, ...]:
        """The accounts whose student or teacher identifier is one of these stored forms: one call, or one a clause.
        For a `$batch` only.
        """
        if not forms or not all(is_stored_form(form) for form in forms):
            raise ValueError("a stored form of an identifier is 1 to 50 digits")
        clauses = [f"{part}/externalId eq {quoted(form)}" for part in ("student", "teacher") for form in forms]
        return tuple(
            reads(
                "find-by-identifier",
                "EducationUsersBuilder",
                version=self._ways.users_version,
                where=where,
                select=PERSON,
                expand=self._expand_person,
            )
            for where in self._any_of(clauses)
        )

    def _any_of(self, clauses: Sequence[str]) -> Sequence[str]:
        return (" or ".join(clauses),) if self._ways.or_in_filter else clauses

    def person_by_username(self, username: str) -> Call:
        """The account with this user principal name. For a `$batch` only."""
        if not is_username(username):
            raise ValueError("not a user principal name")
        return self._person("find-by-username", username)

    def person_by_id(self, person_id: str, intent: str = "find-by-id") -> Call:
        """The account with this object id."""
        return self._person(intent, object_id(person_id))

    def _person(self, intent: str, key: str) -> Call:
        return reads(intent, "EducationUserBuilder", (EDUCATION_USER, key), select=PERSON, expand=self._expand_person)

    def schools_of(self, person_id: str, intent: str = "schools-of-person", priority: Priority = "high") -> Call:
        """The schools of one person."""
        path = (EDUCATION_USER, object_id(person_id))
        return reads(intent, "UserSchoolsBuilder", path, select=_SCHOOL, priority=priority)

    def classes_of(self, person_id: str, intent: str = "classes-of-person", priority: Priority = "high") -> Call:
        """The class teams of one person."""
        return reads(
            intent,
            "UserClassesBuilder",
            (EDUCATION_USER, object_id(person_id)),
            select=THE_CLASS,
            top=_MOST_TEAMS,
            priority=priority,
        )

    def account(self, person_id: str) -> Call:
        """The signed-in person as a directory object, with the extensions that tell the role."""
        return reads(
            "role-facts",
            "UserBuilder",
            (USER, object_id(person_id)),
            select=("id", "displayName", "userPrincipalName", "accountEnabled", *self._extensions),
        )

    def account_by_username(self, username: str) -> Call:
        """The account with this user principal name as a directory object. For a `$batch` only."""
        if not is_username(username):
            raise ValueError("not a user principal name")
        return reads("account-by-username", "UserBuilder", (USER, username), select=("id", "userPrincipalName"))

    def education_account(self, person_id: str) -> Call:
        """The signed-in person as the roster knows them."""
        return reads(
            "role-facts",
            "EducationUserBuilder",
            (EDUCATION_USER, object_id(person_id)),
            select=("id", "primaryRole"),
            expand=self._expand_schools,
        )

    def app_roles(self, person_id: str) -> Call:
        """The app roles assigned to the signed-in person, directly or through a group."""
        return reads(
            "role-facts",
            "AppRolesBuilder",
            (USER, object_id(person_id)),
            select=("appRoleId", "resourceId"),
            top=self._options.page_size,
        )

    def schools_by_code(self, code: str) -> tuple[Call, ...]:
        """The schools with this code, with its leading zero or without: one call, or two."""
        if not is_school_code(code):
            raise ValueError("not a school code")
        bare = code.lstrip("0")
        forms = dict.fromkeys((bare, bare.zfill(7)))
        clauses = [f"schoolNumber eq {quoted(form)}" for form in forms]
        return tuple(
            reads("school-by-code", "SchoolsBuilder", where=where, select=_SCHOOL) for where in self._any_of(clauses)
        )

    def every_school(self) -> Call:
        """All schools of the tenant; paged."""
        return reads("every-school", "SchoolsBuilder", select=_SCHOOL, top=self._options.page_size)

    def some_schools(self) -> Call:
        """A few schools, whichever they are: how the tenant answers is learnt from their people."""
        return reads("probe", "SchoolsBuilder", select=("id",), top=_SOME, priority="low")

    def some_people(self, school_id: str) -> Call:
        """A few people of this school."""
        return reads(
            "probe",
            "SchoolUsersBuilder",
            (SCHOOL, entity_id(school_id, "school")),
            select=("id", "userPrincipalName"),
            top=_A_FEW,
            priority="low",
        )

    def people_of_school(self, school_id: str) -> Call:
        """Everybody of one school; paged."""
        return reads(
            "people-of-school",
            "SchoolUsersBuilder",
            (SCHOOL, entity_id(school_id, "school")),
            select=PERSON,
            expand=self._expand_schools,
            top=self._options.page_size,
        )


class RosterCalls:
    """Each raises ValueError for an argument outside its grammar."""

    def __init__(self, options: GraphOptions) -> None:
        self._page_size = options.page_size

    def classes_of_school(self, school_id: str, priority: Priority = "high") -> Call:
        """The class teams of one school; paged."""
        return reads(
            "classes-of-school",
            "SchoolClassesBuilder",
            (SCHOOL, entity_id(school_id, "school")),
            select=THE_CLASS,
            top=self._page_size,
            priority=priority,
        )

    def members(self, class_id: str, priority: Priority = "high") -> Call:
        """Who is in a class team, by id alone; paged."""
        return reads(
            "class-members",
            "ClassMembersBuilder",
            (CLASS, entity_id(class_id, "class")),
            select=("id",),
            top=self._page_size,
            priority=priority,
        )

    def members_and_roles(self, class_id: str) -> Call:
        """The same, and what each is."""
        return reads(
            "class-members",
            "ClassMembersBuilder",
            (CLASS, entity_id(class_id, "class")),
            select=("id", "primaryRole"),
            top=self._page_size,
        )

    def teachers(self, class_id: str) -> Call:
        """Who teaches a class team, by id alone; nobody waits for it."""
        return reads(
            "class-teachers",
            "ClassTeachersBuilder",
            (CLASS, entity_id(class_id, "class")),
            select=("id",),
            priority="low",
        )
