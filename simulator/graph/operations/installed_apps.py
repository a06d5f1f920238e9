"""/users/{id}/teamwork/installedApps: the app is installed for somebody (who never hears of it here)."""

from collections.abc import Mapping

from simulator.graph.call import Answer, Call, GraphError, bad_request, not_found
from simulator.graph.quirks import PACKAGE_OF_ANOTHER
from simulator.graph.route import INSTALL_APPS, Route
from simulator.graph.world import World
from simulator.people.directory_names import APP_CATALOG_ID
from simulator.store.tenant import Row


def install(call: Call, world: World, parameters: Mapping[str, str]) -> Answer:
    """201 without a body; 409 where it is installed, 403 where the person's policy does not allow it."""
    body = call.body
    if not isinstance(body, dict) or set(body) != {"teamsApp@odata.bind"}:
        raise bad_request("Bad Request: 'teamsApp@odata.bind' is expected.")
    row = _person(world, parameters)
    if body["teamsApp@odata.bind"] != f"{call.root}/appCatalogs/teamsApps/{APP_CATALOG_ID}":
        raise not_found("teamsApp")
    if row["n"] in world.apps_forbidden:
        raise GraphError(403, "Forbidden", "App is blocked by app permission policy.")
    if row["n"] in world.apps_installed:
        raise GraphError(409, "Conflict", "App already installed.")
    world.apps_installed.add(row["n"])
    return Answer(201)


def installed(call: Call, world: World, parameters: Mapping[str, str]) -> Answer:
    """Whether it is: the app has one external id here, whatever the filter asks for."""
    row = _person(world, parameters)
    if not call.options.get("$filter", "").startswith("teamsApp/externalId eq '"):
        raise bad_request("Only teamsApp/externalId can be asked for.")
    value = [{"id": f"installation-{row['n']}"}] if row["n"] in world.apps_installed else []
    return Answer(body={"value": value})


def _person(world: World, parameters: Mapping[str, str]) -> Row:
    if PACKAGE_OF_ANOTHER in world.quirks:
        raise GraphError(403, "Forbidden", "Application is not authorized: the app is not its own.")
    row = world.tenant.user(parameters["user"])
    if row is None:
        raise not_found(parameters["user"])
    return row


ROUTES = (
    Route("GET", "users/{user}/teamwork/installedApps", INSTALL_APPS, installed),
    Route("POST", "users/{user}/teamwork/installedApps", INSTALL_APPS, install),
)
