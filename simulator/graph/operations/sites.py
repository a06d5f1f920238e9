"""The OneDrive sites of school accounts: one by its address or its id, and who may look into which."""

import hashlib
from collections.abc import Mapping
from typing import Any

from simulator.graph.call import Answer, Call, GraphError, not_found
from simulator.graph.route import READ_FILES, Route
from simulator.graph.world import World
from simulator.people.directory_names import SCHOOL, SITES_HOST, object_id
from simulator.people.model import DIRECTOR
from simulator.people.usernames import DOMAIN
from simulator.store.tenant import Row

_EVERYWHERE = frozenset(
    {"Files.Read.All", "Files.ReadWrite.All", "Sites.Read.All", "Sites.ReadWrite.All", "Sites.FullControl.All"}
)
"""What opens a drive without a grant of its own."""
_WEB = "5a1e0000-0000-4000-8000-0000000000e1"


def get_site(call: Call, world: World, parameters: Mapping[str, str]) -> Answer:
    """A site by `sites/{host}:/personal/{name}` or by its id."""
    school = school_of_place(call, world, parameters)
    body = {
        "id": site_id(school),
        "name": site_name(school["code"]),
        "displayName": school["name"],
        "webUrl": f"https://{SITES_HOST}/personal/{site_name(school['code'])}",
        "siteCollection": {"hostname": SITES_HOST},
    }
    asked = call.options.get("$select")
    return Answer(body=body if asked is None else {name: body[name] for name in asked.split(",") if name in body})


def site_name(code: str) -> str:
    """The last part of the address of an account's OneDrive."""
    return f"{code}@{DOMAIN}".replace("@", "_").replace(".", "_")


def site_id(school: Row) -> str:
    """Host, site collection and web."""
    return f"{SITES_HOST},{school['id']},{_WEB}"


def drive_of(call: Call, school: Row) -> dict[str, Any]:
    """The drive of a school's account."""
    return {
        "id": _drive_id(school["n"]),
        "driveType": "business",
        "name": "OneDrive",
        "webUrl": f"https://{SITES_HOST}/personal/{site_name(school['code'])}/Documents",
    } | {"@odata.context": f"{call.root}/$metadata#drives/$entity"}


def school_of_place(call: Call, world: World, parameters: Mapping[str, str]) -> Row:
    """The school whose drive or site the path names. Errors: GraphError, also 403 where the caller may not look."""
    school = _named(world, parameters)
    if (
        call.delegated
        and world.dialect.sites_of_their_owners
        and school["code"] not in world.administration.site_admins
    ):
        raise GraphError(403, "accessDenied", "Access denied")
    if call.permissions & _EVERYWHERE or not world.dialect.sites_by_grant:
        return school
    granted = world.administration.grants(school["code"])
    if "user" in parameters or not (granted or world.registrations.may_read(call.client, site_id(school))):
        raise GraphError(403, "accessDenied", "Access denied")
    return school


def _named(world: World, parameters: Mapping[str, str]) -> Row:
    if "user" in parameters:
        return _by_account(world, parameters["user"])
    found: Row | None = None
    match parameters:
        case {"host": host, "name": name} if host == f"{SITES_HOST}:":
            found = _by_name(world, name.removesuffix(":"))
        case {"site": site} if site.startswith(f"{SITES_HOST},"):
            found = world.tenant.school(site.split(",")[1])
        case {"drive": drive}:
            schools = world.tenant.rows(world.tenant.schools())
            found = next((school for school in schools if _drive_id(school["n"]) == drive), None)
    if found is None:
        raise GraphError(404, "itemNotFound", "Requested site could not be found")
    return found


def _by_account(world: World, user: str) -> Row:
    account = world.tenant.user(user)
    if account is None:
        raise not_found(user)
    found = world.tenant.school_by_code(str(account["upn"]).partition("@")[0])
    if account["role"] != DIRECTOR or found is None:
        raise GraphError(404, "ResourceNotFound", "User's mysite not found.")
    return found


def _by_name(world: World, name: str) -> Row | None:
    code = name.partition("_")[0]
    return world.tenant.school_by_code(code) if name == site_name(code) else None


def _drive_id(number: int) -> str:
    return "b!" + hashlib.sha256(object_id(SCHOOL, number).encode()).hexdigest()[:40]


ROUTES = (
    Route("GET", "sites/{site}", READ_FILES, get_site),
    Route("GET", "sites/{host}/personal/{name}", READ_FILES, get_site),
)
