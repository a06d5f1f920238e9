"""The calls that move a student, mend a class link and install the app, for the writer identity only. The task engine
repeats what writes, nothing below does.
"""

from collections.abc import Mapping

from bot.graph.calls import CLASS, EDUCATION_USER, SCHOOL, USER
from bot.graph.calls_links import GROUP
from bot.graph.describing import Call, entity_id, object_id, reads, writes
from bot.graph.identities import quoted
from bot.graph.options import GraphOptions

_APP_EXPANDED = ("teamsApp", "teamsAppDefinition")
"""Microsoft's examples filter by a property of the app only where both are expanded."""


class EnrolmentCalls:
    """Each raises ValueError for an argument outside its grammar."""

    def __init__(self, options: GraphOptions) -> None:
        self._base = options.base_url.rstrip("/")

    def join_school(self, school_id: str, person_id: str) -> Call:
        """Adds the person to the school."""
        path = (SCHOOL, entity_id(school_id, "school"))
        body = _reference(self._base, "users", object_id(person_id))
        return writes("join-school", "POST", "SchoolUsersRefBuilder", path, body=body, priority="high")

    def leave_school(self, school_id: str, person_id: str) -> Call:
        """Removes the person from the school."""
        path = ((SCHOOL, entity_id(school_id, "school")), (EDUCATION_USER, object_id(person_id)))
        return writes("leave-school", "DELETE", "SchoolUserRefBuilder", *path, priority="high")

    def join_team(self, class_id: str, person_id: str) -> Call:
        """Adds the person to the class team."""
        path = (CLASS, entity_id(class_id, "class"))
        body = _reference(self._base, "users", object_id(person_id))
        return writes("join-team", "POST", "ClassMembersRefBuilder", path, body=body, priority="high")

    def leave_team(self, class_id: str, person_id: str) -> Call:
        """Removes the person from the class team."""
        path = ((CLASS, entity_id(class_id, "class")), (EDUCATION_USER, object_id(person_id)))
        return writes("leave-team", "DELETE", "ClassMemberRefBuilder", *path, priority="high")

    def enable(self, person_id: str) -> Call:
        """Lets the account sign in again."""
        path = (USER, object_id(person_id))
        return writes("enable", "PATCH", "UserBuilder", path, body={"accountEnabled": True}, priority="high")


def install_app(person_id: str, catalog_id: str, base_url: str) -> Call:
    """Installs the app of the tenant's catalog for the person. Errors: ValueError."""
    app = f"{base_url.rstrip('/')}/v1.0/appCatalogs/teamsApps/{object_id(catalog_id)}"
    path = (USER, object_id(person_id))
    body = {"teamsApp@odata.bind": app}
    return writes("install-app", "POST", "InstalledAppsBuilder", path, body=body, priority="low")


def installed_app(person_id: str, manifest_id: str) -> Call:
    """Whether the app whose manifest has this id is installed for the person: the catalog keeps it as `externalId`
    (learn.microsoft.com/graph/api/appcatalogs-list-teamsapps). Errors: ValueError.
    """
    path = (USER, object_id(person_id))
    where = f"teamsApp/externalId eq {quoted(object_id(manifest_id))}"
    return reads("installed-app", "InstalledAppsBuilder", path, priority="low", where=where, expand=_APP_EXPANDED)


class LinkWriteCalls:
    """Each raises ValueError for an argument outside its grammar."""

    def __init__(self, options: GraphOptions) -> None:
        self._base = options.base_url.rstrip("/")

    def add_teacher(self, class_id: str, person_id: str) -> Call:
        """Makes the person a teacher of the class, which owns its group. It makes nobody a member."""
        body = _reference(self._base, "users", object_id(person_id))
        path = (CLASS, entity_id(class_id, "class"))
        return writes("add-teacher", "POST", "ClassTeachersRefBuilder", path, body=body, priority="high")

    def create_class(self, fields: Mapping[str, object]) -> Call:
        """Makes the class, which is a group without a team. Not repeatable: look its `externalId` up first."""
        return writes("create-class", "POST", "ClassesBuilder", body=dict(fields), priority="high")

    def class_to_school(self, school_id: str, class_id: str) -> Call:
        """Adds the class to the school."""
        body = _reference(self._base, "classes", entity_id(class_id, "class"))
        path = (SCHOOL, entity_id(school_id, "school"))
        return writes("class-to-school", "POST", "SchoolClassesRefBuilder", path, body=body, priority="high")

    def make_team(self, class_id: str) -> Call:
        """Gives the group of a class its team. Another way of making a team loses assignments and the notebook
        (support.microsoft.com, "Provisioning class notebooks and sites at scale").
        """
        path = (GROUP, entity_id(class_id, "class"))
        return writes("make-team", "PUT", "GroupTeamBuilder", path, body={}, priority="high")


def _reference(base: str, kind: str, checked_id: str) -> dict[str, str]:
    """A reference is an absolute address (learn.microsoft.com/graph/api/educationschool-post-users)."""
    return {"@odata.id": f"{base}/v1.0/education/{kind}/{checked_id}"}
