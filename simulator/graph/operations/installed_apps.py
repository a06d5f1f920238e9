"""The app in the catalog, and /users/{id}/teamwork/installedApps: it is installed for somebody (who never hears of it
here), and found.
"""

from collections.abc import Mapping

from simulator.graph.call import Answer, Call, GraphError, bad_request, not_found
from simulator.graph.route import INSTALL_APPS, READ_CATALOG, Route
from simulator.graph.world import World
from simulator.people.directory_names import APP_CATALOG_ID
from simulator.store.tenant import Row

_ANY_APP = frozenset({"TeamsAppInstallation.ReadWriteForUser.All"})


def install(call: Call, world: World, parameters: Mapping[str, str]) -> Answer:
    """201 without a body; 409 where it is installed, 403 where the person's policy does not allow it, or where the
    app is not the caller's.
    """
    body = call.body
    if not isinstance(body, dict) or set(body) != {"teamsApp@odata.bind"}:
        raise bad_request("Bad Request: 'teamsApp@odata.bind' is expected.")
    row = _allowed(call, world, parameters)
    if body["teamsApp@odata.bind"] != f"{call.root}/appCatalogs/teamsApps/{APP_CATALOG_ID}":
        raise not_found("teamsApp")
    if row["n"] in world.apps_forbidden:
        raise GraphError(403, "Forbidden", "App is blocked by app permission policy.")
    if row["n"] in world.apps_installed:
        raise GraphError(409, "Conflict", "App already installed.")
    world.apps_installed.add(row["n"])
    return Answer(201)


def list_installed(call: Call, world: World, parameters: Mapping[str, str]) -> Answer:
    """The bot's app, where it is installed for this person; the caller sees no other by …SelfForUser.All."""
    row = _allowed(call, world, parameters)
    app = {"id": APP_CATALOG_ID, "externalId": _external_id(world), "distributionMethod": "organization"}
    expanded = {"teamsApp": app} if call.options.get("$expand") == "teamsApp" else {}
    value = [{"id": f"installation-{row['n']}", **expanded}] if row["n"] in world.apps_installed else []
    return Answer(body={"@odata.context": f"{call.root}/$metadata#installedApps", "value": value})


def list_catalog(call: Call, world: World, _: Mapping[str, str]) -> Answer:
    """The bot's app, once its package was uploaded. `$filter=externalId eq '…'`, and no other."""
    before, quote, rest = call.options.get("$filter", "").partition("'")
    if before + quote != "externalId eq '":
        raise bad_request("Invalid filter clause.")
    ours = world.administration.uploaded
    app = {"id": APP_CATALOG_ID, "externalId": ours, "distributionMethod": "organization"}
    value = [app] if ours and ours.lower() == rest.rstrip("'").lower() else []
    return Answer(body={"@odata.context": f"{call.root}/$metadata#appCatalogs/teamsApps", "value": value})


def _external_id(world: World) -> str:
    return world.administration.uploaded or world.administration.app_names


def _allowed(call: Call, world: World, parameters: Mapping[str, str]) -> Row:
    another = world.administration.app_names.lower() != call.client.lower()
    if world.dialect.app_of_caller and another and not call.permissions & _ANY_APP:
        raise GraphError(
            403, "Forbidden", f"AAD App Id '{call.client}' is not allowed to manage the Teams App '{APP_CATALOG_ID}'."
        )
    row = world.tenant.user(parameters["user"])
    if row is None:
        raise not_found(parameters["user"])
    return row


_PATH = "users/{user}/teamwork/installedApps"
ROUTES = (
    Route("POST", _PATH, INSTALL_APPS, install),
    Route("GET", _PATH, INSTALL_APPS, list_installed),
    Route("GET", "appCatalogs/teamsApps", READ_CATALOG, list_catalog),
)
