"""POST /users/{id}/teamwork/installedApps: the app is installed for somebody (who never hears of it here)."""

from collections.abc import Mapping

from simulator.graph.call import Answer, Call, GraphError, bad_request, not_found
from simulator.graph.route import INSTALL_APPS, Route
from simulator.graph.world import World
from simulator.people.directory_names import APP_CATALOG_ID

_ANY_APP = frozenset({"TeamsAppInstallation.ReadWriteForUser.All"})


def install(call: Call, world: World, parameters: Mapping[str, str]) -> Answer:
    """201 without a body; 409 where it is installed, 403 where the person's policy does not allow it, or where the
    app is not the caller's.
    """
    body = call.body
    if not isinstance(body, dict) or set(body) != {"teamsApp@odata.bind"}:
        raise bad_request("Bad Request: 'teamsApp@odata.bind' is expected.")
    another = world.administration.app_names.lower() != call.client.lower()
    if world.dialect.app_of_caller and another and not call.permissions & _ANY_APP:
        raise GraphError(
            403, "Forbidden", f"AAD App Id '{call.client}' is not allowed to manage the Teams App '{APP_CATALOG_ID}'."
        )
    row = world.tenant.user(parameters["user"])
    if row is None:
        raise not_found(parameters["user"])
    if body["teamsApp@odata.bind"] != f"{call.root}/appCatalogs/teamsApps/{APP_CATALOG_ID}":
        raise not_found("teamsApp")
    if row["n"] in world.apps_forbidden:
        raise GraphError(403, "Forbidden", "App is blocked by app permission policy.")
    if row["n"] in world.apps_installed:
        raise GraphError(409, "Conflict", "App already installed.")
    world.apps_installed.add(row["n"])
    return Answer(201)


ROUTES = (Route("POST", "users/{user}/teamwork/installedApps", INSTALL_APPS, install),)
