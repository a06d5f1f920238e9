"""The app in the catalog, and /users/{id}/teamwork/installedApps: it is installed for somebody (who never hears of it
here), and found.
"""

import re
import time
from collections.abc import Mapping
from typing import Any

from simulator.graph.call import Answer, Call, GraphError, bad_request, not_found
from simulator.graph.dialect import REFUSED, SHOWN
from simulator.graph.route import INSTALL_APPS, READ_CATALOG, Route
from simulator.graph.world import World
from simulator.people.directory_names import APP_CATALOG_ID
from simulator.store.tenant import Row

_ANY_APP = frozenset({"TeamsAppInstallation.ReadWriteForUser.All"})
_FILTER = re.compile(r"teamsApp/(id|externalId|distributionMethod) eq '((?:[^']|'')*)'")
_EXPANDS = ("teamsApp", "teamsAppDefinition")


def install(call: Call, world: World, parameters: Mapping[str, str]) -> Answer:
    """201 without a body; 409 where it is installed, 403 where the person's policy does not allow it, or where the
    app is not the caller's.
    """
    body = call.body
    if not isinstance(body, dict) or set(body) != {"teamsApp@odata.bind"}:
        raise bad_request("Bad Request: 'teamsApp@odata.bind' is expected.")
    if world.dialect.app_of_caller and _foreign(call, world):
        raise _not_its_own(call)
    row = _person(world, parameters)
    if body["teamsApp@odata.bind"] != f"{call.root}/appCatalogs/teamsApps/{APP_CATALOG_ID}":
        raise not_found("teamsApp")
    if row["n"] in world.apps_forbidden:
        raise GraphError(403, "Forbidden", "App is blocked by app permission policy.")
    if row["n"] in world.apps_installed:
        raise GraphError(409, "Conflict", "App already installed.")
    world.replication.write(lambda: world.apps_installed.add(row["n"]), time.monotonic())
    return Answer(201)


def list_installed(call: Call, world: World, parameters: Mapping[str, str]) -> Answer:
    """The bot's app, where it is installed for this person and fits `$filter`; the caller sees no other by
    …SelfForUser.All.
    """
    foreign, shown = _foreign(call, world), world.dialect.foreign_apps
    if foreign and shown == REFUSED:
        raise _not_its_own(call)
    row = _person(world, parameters)
    there = row["n"] in world.apps_installed and (not foreign or shown == SHOWN)
    app = {
        "id": APP_CATALOG_ID,
        "externalId": world.administration.external_id,
        "distributionMethod": "organization",
    }
    definition = {"teamsAppId": APP_CATALOG_ID, "azureADAppId": world.administration.app_names or None}
    expanded = {
        name: {"teamsApp": app, "teamsAppDefinition": definition}[name]
        for name in filter(None, call.options.get("$expand", "").split(","))
        if name in _EXPANDS
    }
    fits = _fits(call.options.get("$filter", ""), app)
    value = [{"id": f"installation-{row['n']}", **expanded}] if there and fits else []
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


def _fits(text: str, app: Mapping[str, Any]) -> bool:
    if not text:
        return True
    if (clause := _FILTER.fullmatch(text)) is None:
        raise bad_request("Invalid filter clause.")
    return str(app[clause[1]]).casefold() == clause[2].replace("''", "'").casefold()


def _foreign(call: Call, world: World) -> bool:
    """Whether the app of the catalog names another application than the caller, which may manage its own alone."""
    another = world.administration.app_names.lower() != call.client.lower()
    return another and not call.permissions & _ANY_APP


def _not_its_own(call: Call) -> GraphError:
    return GraphError(
        403, "Forbidden", f"AAD App Id '{call.client}' is not allowed to manage the Teams App '{APP_CATALOG_ID}'."
    )


def _person(world: World, parameters: Mapping[str, str]) -> Row:
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
