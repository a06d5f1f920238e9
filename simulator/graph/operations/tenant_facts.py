"""What an administrator looks at: the organization, its domains, the directory roles of an application."""

import re
from collections.abc import Mapping
from typing import Any

from simulator.graph.call import Answer, Call, GraphError, bad_request, not_found
from simulator.graph.route import READ_MEMBERSHIPS, READ_USERS, Route
from simulator.graph.world import World
from simulator.people.directory_names import DIRECTORY_ROLES, READER_CLIENT_ID, TENANT_ID, WRITER_CLIENT_ID
from simulator.people.usernames import DOMAIN

_BY_APP = re.compile(r"servicePrincipals\(appId='([0-9a-fA-F-]{36})'\)")
_NEVER = 2147483647
"""Days after which a password of the domain must be changed: never."""


def list_organization(call: Call, world: World, _: Mapping[str, str]) -> Answer:
    """The one organization of the tenant, in a list."""
    kind = "Federated" if world.administration.federated else "Managed"
    domain = {"capabilities": "Email", "isDefault": True, "isInitial": False, "name": DOMAIN, "type": kind}
    whole = {
        "id": TENANT_ID,
        "displayName": "Министерство на образованието и науката",
        "verifiedDomains": [domain],
        "onPremisesSyncEnabled": world.administration.synchronised or None,
    }
    return Answer(body={"@odata.context": f"{call.root}/$metadata#organization", "value": [_selected(call, whole)]})


def get_domain(call: Call, world: World, parameters: Mapping[str, str]) -> Answer:
    """One domain by its name."""
    if parameters["domain"].lower() != DOMAIN:
        raise not_found(parameters["domain"])
    whole = {
        "id": DOMAIN,
        "authenticationType": "Federated" if world.administration.federated else "Managed",
        "isVerified": True,
        "passwordValidityPeriodInDays": _NEVER,
    }
    return Answer(body={"@odata.context": f"{call.root}/$metadata#domains/$entity", **_selected(call, whole)})


def list_roles_of_application(call: Call, world: World, parameters: Mapping[str, str]) -> Answer:
    """The directory roles of a service principal, for the whole tenant."""
    found = _BY_APP.fullmatch(parameters["principal"])
    if found is None:
        raise GraphError(400, "BadRequest", f"Resource not found for the segment '{parameters['principal']}'.")
    if found[1].lower() not in {READER_CLIENT_ID, WRITER_CLIENT_ID, *world.registrations.principals}:
        raise not_found(found[1])
    value = [
        _selected(call, {"id": DIRECTORY_ROLES[name], "displayName": name, "roleTemplateId": DIRECTORY_ROLES[name]})
        for name in sorted(world.roles_of(found[1].lower()))
    ]
    return Answer(body={"@odata.context": f"{call.root}/$metadata#directoryRoles", "value": value})


def _selected(call: Call, whole: Mapping[str, Any]) -> dict[str, Any]:
    names = [name for name in call.options.get("$select", "").split(",") if name] or list(whole)
    if unknown := [name for name in names if name not in whole]:
        raise bad_request(f"Could not find a property named '{unknown[0]}'.")
    return {name: whole[name] for name in names}


ROUTES = (
    Route("GET", "organization", READ_USERS | {"Organization.Read.All"}, list_organization),
    Route("GET", "domains/{domain}", READ_MEMBERSHIPS | {"Domain.Read.All"}, get_domain),
    Route(
        "GET",
        "{principal}/memberOf/microsoft.graph.directoryRole",
        READ_MEMBERSHIPS | {"Application.Read.All"},
        list_roles_of_application,
    ),
)
