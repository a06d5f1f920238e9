"""What `provision` asks: applications, service principals, consents, directory roles, permissions of sites."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import uuid4

from simulator.graph.call import Answer, Call, bad_request, not_found
from simulator.graph.operations.sites import school_of_place
from simulator.graph.registrations import GRAPH_APP_ROLES
from simulator.graph.route import (
    ASSIGN_APP_ROLES,
    ASSIGN_DIRECTORY_ROLES,
    CONTROL_SITES,
    READ_APPLICATIONS,
    READ_SCOPED_ROLES,
    WRITE_APPLICATIONS,
    Route,
)
from simulator.graph.world import World
from simulator.people.directory_names import DIRECTORY_ROLES, PRINCIPALS

_BAD = "Request_BadRequest"
_EXISTS = "Permission being assigned already exists on the object"


def get_application(call: Call, world: World, parameters: Mapping[str, str]) -> Answer:
    """By its alternate key. A credential's `key` is told on $select only."""
    return _shown(call, world.registrations.applications.get(parameters["name"]), parameters["name"])


def get_application_by_app_id(call: Call, world: World, parameters: Mapping[str, str]) -> Answer:
    """By its client id."""
    return _shown(call, world.registrations.application(parameters["app"]), parameters["app"])


def get_application_by_id(call: Call, world: World, parameters: Mapping[str, str]) -> Answer:
    """By object id."""
    return _shown(call, world.registrations.object(parameters["id"]), parameters["id"])


def _shown(call: Call, found: dict[str, Any] | None, asked: str) -> Answer:
    if found is None:
        raise not_found(asked)
    credentials = found["keyCredentials"]
    if "keyCredentials" not in call.options.get("$select", ""):
        credentials = [{**one, "key": None} for one in credentials]
    return Answer(body={**found, "keyCredentials": credentials})


def list_applications(call: Call, world: World, _: Mapping[str, str]) -> Answer:
    """`$filter=displayName eq '…'`, and no other."""
    before, quote, rest = call.options.get("$filter", "").partition("'")
    if before + quote != "displayName eq '":
        raise bad_request("Invalid filter clause.")
    named = [one for one in world.registrations.applications.values() if one["displayName"] == rest.rstrip("'")]
    return Answer(body={"value": named})


def post_application(call: Call, world: World, _: Mapping[str, str]) -> Answer:
    """One without an alternate key, as the portal registers it."""
    body = _body(call)
    if not body.get("displayName"):
        raise bad_request("Property displayName is required.", _BAD)
    made = {"id": str(uuid4()), "appId": str(uuid4()), "uniqueName": None, "keyCredentials": [], **body}
    world.registrations.applications[made["id"]] = made
    return Answer(201, made)


def put_application(call: Call, world: World, parameters: Mapping[str, str]) -> Answer:
    """Changes it, or creates it where `Prefer: create-if-missing` says so."""
    name, body = parameters["name"], _body(call)
    found = world.registrations.applications.get(name)
    if found is not None:
        found.update(body)
        return Answer(204)
    if "create-if-missing" not in call.headers.get("prefer", ""):
        raise not_found(name)
    if not body.get("displayName"):
        raise bad_request("Property displayName is required.", _BAD)
    made = {"id": str(uuid4()), "appId": str(uuid4()), "uniqueName": name, "keyCredentials": [], **body}
    world.registrations.applications[name] = made
    return Answer(201, made)


def patch_application(call: Call, world: World, parameters: Mapping[str, str]) -> Answer:
    """By object id. An alternate key can be given once."""
    found, body = world.registrations.object(parameters["id"]), _body(call)
    if found is None:
        raise not_found(parameters["id"])
    if (name := body.get("uniqueName")) is not None:
        if found["uniqueName"] or name in world.registrations.applications:
            raise bad_request("Another object with the same value for property uniqueName already exists.", _BAD)
        world.registrations.applications[name] = world.registrations.applications.pop(found["id"])
    found.update(body)
    return Answer(204)


def get_principal(_: Call, world: World, parameters: Mapping[str, str]) -> Answer:
    """By application id."""
    found = world.registrations.principals.get(parameters["app"])
    if found is None:
        raise not_found(parameters["app"])
    return Answer(body=found)


def post_principal(call: Call, world: World, _: Mapping[str, str]) -> Answer:
    """Of an application that the directory has seen."""
    app_id = str(_body(call).get("appId"))
    application = world.registrations.application(app_id)
    if application is None or not world.registrations.seen(app_id):
        raise bad_request(
            f"The appId '{app_id}' of the service principal does not reference a valid application.", _BAD
        )
    if app_id in world.registrations.principals:
        raise bad_request("The service principal cannot be created: the name is already in use.", _BAD)
    made = {"id": str(uuid4()), "appId": app_id, "displayName": application["displayName"], "appRoles": []}
    world.registrations.principals[app_id] = made
    return Answer(201, made)


def list_assignments(_: Call, world: World, parameters: Mapping[str, str]) -> Answer:
    """Application permissions that a service principal was given."""
    if world.registrations.principal(parameters["id"]) is None:
        raise not_found(parameters["id"])
    return Answer(body={"value": world.registrations.app_roles.get(parameters["id"], [])})


def post_assignment(call: Call, world: World, parameters: Mapping[str, str]) -> Answer:
    """Consent to one."""
    principal, body = parameters["id"], _body(call)
    if world.registrations.principal(principal) is None or not world.registrations.seen(principal):
        raise not_found(principal)
    resource = world.registrations.principal(str(body.get("resourceId")))
    if body.get("principalId") != principal or resource is None or body.get("appRoleId") not in _roles():
        raise bad_request("Not a valid reference update.", _BAD)
    given = world.registrations.app_roles.setdefault(principal, [])
    if any(one["appRoleId"] == body["appRoleId"] for one in given):
        raise bad_request(_EXISTS, _BAD)
    given.append({"id": uuid4().hex, **body})
    return Answer(201, given[-1])


def list_directory_roles(call: Call, world: World, _: Mapping[str, str]) -> Answer:
    """`$filter=principalId eq '…'`, and no other."""
    before, quote, rest = call.options.get("$filter", "").partition("'")
    if before + quote != "principalId eq '":
        raise bad_request("Invalid filter clause.")
    principal = rest.rstrip("'")
    held = [one for one in world.registrations.directory_roles if one["principalId"] == principal]
    return Answer(body={"value": [*held, *_given(world, principal)]})


def _given(world: World, principal: str) -> Iterator[dict[str, Any]]:
    """What the applications of the tenant were given before."""
    client = next((client for client, id_ in PRINCIPALS.items() if id_ == principal.lower()), "")
    for role, scope in world.assigned(client):
        yield {
            "id": f"{DIRECTORY_ROLES[role]}{scope}",
            "principalId": principal,
            "roleDefinitionId": DIRECTORY_ROLES[role],
            "directoryScopeId": scope,
        }


def post_directory_role(call: Call, world: World, _: Mapping[str, str]) -> Answer:
    """For the whole tenant or an administrative unit."""
    body = _body(call)
    if world.registrations.principal(str(body.get("principalId"))) is None:
        raise not_found(str(body.get("principalId")))
    if body.get("roleDefinitionId") not in DIRECTORY_ROLES.values() or not body.get("directoryScopeId"):
        raise bad_request("The role definition or the scope is invalid.", _BAD)
    if any({**one, "id": ""} == {**body, "id": ""} for one in world.registrations.directory_roles):
        raise bad_request("A conflicting object with one or more of the specified property values is present.", _BAD)
    world.registrations.directory_roles.append({"id": uuid4().hex, **body})
    return Answer(201, world.registrations.directory_roles[-1])


def list_site_permissions(call: Call, world: World, parameters: Mapping[str, str]) -> Answer:
    """Whom a site was granted to. Graph tells no roles in this list."""
    school_of_place(call, world, parameters)
    granted = world.registrations.grants.get(parameters["site"], [])
    return Answer(body={"value": [{key: one[key] for key in one if key != "roles"} for one in granted]})


def post_site_permission(call: Call, world: World, parameters: Mapping[str, str]) -> Answer:
    """Grants a site to an application."""
    school_of_place(call, world, parameters)
    body = _body(call)
    identities = body.get("grantedToIdentities")
    if not isinstance(identities, list) or not identities or not set(body.get("roles", ())) <= {"read", "write"}:
        raise bad_request("One or more of the provided values is invalid.", "invalidRequest")
    granted = world.registrations.grants.setdefault(parameters["site"], [])
    granted.append({"id": uuid4().hex, "grantedToIdentitiesV2": identities, **body})
    return Answer(201, granted[-1])


def _roles() -> frozenset[str]:
    return frozenset(GRAPH_APP_ROLES.values())


def _body(call: Call) -> dict[str, Any]:
    if not isinstance(call.body, dict):
        raise bad_request("A JSON object is expected.")
    return call.body


_APPLICATION = "applications(uniqueName='{name}')"
ROUTES = (
    Route("GET", _APPLICATION, READ_APPLICATIONS, get_application),
    Route("PATCH", _APPLICATION, WRITE_APPLICATIONS, put_application),
    Route("GET", "applications(appId='{app}')", READ_APPLICATIONS, get_application_by_app_id),
    Route("GET", "applications/{id}", READ_APPLICATIONS, get_application_by_id),
    Route("GET", "applications", READ_APPLICATIONS, list_applications),
    Route("POST", "applications", WRITE_APPLICATIONS, post_application),
    Route("PATCH", "applications/{id}", WRITE_APPLICATIONS, patch_application),
    Route("GET", "servicePrincipals(appId='{app}')", READ_APPLICATIONS, get_principal),
    Route("POST", "servicePrincipals", WRITE_APPLICATIONS, post_principal),
    Route("GET", "servicePrincipals/{id}/appRoleAssignments", READ_APPLICATIONS, list_assignments),
    Route("POST", "servicePrincipals/{id}/appRoleAssignments", ASSIGN_APP_ROLES, post_assignment),
    Route(
        "GET",
        "roleManagement/directory/roleAssignments",
        ASSIGN_DIRECTORY_ROLES | READ_SCOPED_ROLES,
        list_directory_roles,
    ),
    Route("POST", "roleManagement/directory/roleAssignments", ASSIGN_DIRECTORY_ROLES, post_directory_role),
    Route("GET", "sites/{site}/permissions", CONTROL_SITES, list_site_permissions),
    Route("POST", "sites/{site}/permissions", CONTROL_SITES, post_site_permission),
)
