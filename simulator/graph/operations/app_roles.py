"""GET /users/{id}/appRoleAssignments."""

from collections.abc import Mapping

from simulator.graph.call import Answer, Call, not_found
from simulator.graph.entities.plans import CREATED
from simulator.graph.entities.user import nothing
from simulator.graph.odata.collection import answer_page
from simulator.graph.odata.entity import Entity, Value
from simulator.graph.odata.filter import Filterable
from simulator.graph.route import READ_APP_ROLES, Route
from simulator.graph.world import World
from simulator.people.directory_names import ASSIGNMENT, BOT_SERVICE_PRINCIPAL_ID, object_id
from simulator.store.tenant import Row


def _resource_name(row: Row) -> str:
    return "Електронни профили" if row["resource_id"] == BOT_SERVICE_PRINCIPAL_ID else "Чуждо приложение"


_PROPERTIES: dict[str, Value] = {
    "id": lambda row: object_id(ASSIGNMENT, row["n"]),
    "deletedDateTime": nothing,
    "appRoleId": lambda row: row["role_id"],
    "createdDateTime": lambda row: CREATED,  # noqa: ARG005 -- a property is asked of a row, even when it is constant
    "principalDisplayName": lambda row: row["display"],
    "principalId": lambda row: row["person_id"],
    "principalType": lambda row: "User",  # noqa: ARG005 -- same
    "resourceDisplayName": _resource_name,
    "resourceId": lambda row: row["resource_id"],
}
APP_ROLE_ASSIGNMENT = Entity(
    name="microsoft.graph.appRoleAssignment",
    properties=_PROPERTIES,
    default=tuple(_PROPERTIES),
    filterable={"resourceId": Filterable("app_role.resource_id {}", frozenset({"eq"}), "Edm.Guid")},
)


def list_app_role_assignments(call: Call, world: World, parameters: Mapping[str, str]) -> Answer:
    """The app roles assigned to a user, of any application."""
    row = world.tenant.user(parameters["user"])
    if row is None:
        raise not_found(parameters["user"])
    source = world.tenant.app_roles_of_user(row["n"])
    return answer_page(call, world.tenant, APP_ROLE_ASSIGNMENT, source, f"users('{row['id']}')/appRoleAssignments")


ROUTES = (Route("GET", "users/{user}/appRoleAssignments", READ_APP_ROLES, list_app_role_assignments),)
