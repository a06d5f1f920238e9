"""The OneDrive of school accounts: the folder with the register's export."""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from simulator.graph.call import Answer, Call, GraphError, not_found
from simulator.graph.quirks import FULL_FOLDER
from simulator.graph.route import READ_ANY_FILES, READ_FILES, Route
from simulator.graph.world import World
from simulator.people.directory_names import DRIVE_HOST
from simulator.store.tenant import Row

FOLDER = ("НЕИСПУО", "Класове")
_OTHERS = 230
DOWNLOADS = "_files"
"""Where the addresses lead that are themselves the permission."""


def list_children(call: Call, world: World, parameters: Mapping[str, str]) -> Answer:
    """A page of the files of the folder."""
    school, files = _folder(call, world, parameters)
    changed = world.registers.dated[school["n"]].isoformat()
    value = [
        {
            "id": hashlib.sha256(f"{school['code']}/{name}".encode()).hexdigest()[:20].upper(),
            "name": name,
            "size": len(raw),
            "eTag": f'"{{{hashlib.sha256(raw).hexdigest()[:24]}}},1"',
            "lastModifiedDateTime": changed,
            "file": {"mimeType": "text/csv"},
        }
        for name, raw in sorted(files.items())
    ]
    if FULL_FOLDER in world.quirks:
        value = [*({**value[0], "name": f"{place:03}.jpg", "id": f"F{place}"} for place in range(_OTHERS)), *value]
    size, start = int(call.options.get("$top", "200")), int(call.options.get("$skiptoken", "0"))
    body: dict[str, Any] = {"value": value[start : start + size]}
    if len(value) > start + size:
        path = "/".join(quote(segment, safe="@:") for segment in call.segments)
        body["@odata.nextLink"] = f"{call.root}/{path}?$top={size}&$skiptoken={start + size}"
    return Answer(body=body)


def get_content(call: Call, world: World, parameters: Mapping[str, str]) -> Answer:
    """302 to an address that needs no token."""
    _, files = _folder(call, world, parameters)
    name = parameters["file"].removesuffix(":")
    if name not in files:
        raise GraphError(404, "itemNotFound", "The resource could not be found.")
    token = secrets.token_urlsafe(24)
    world.registers.tokens[token] = files[name]
    return Answer(302, None, {"Location": f"{call.base}/{DOWNLOADS}/{token}"})


def get_site(call: Call, world: World, parameters: Mapping[str, str]) -> Answer:
    """The site of somebody's OneDrive, by its place."""
    user, _, domain = parameters["name"].partition("_")
    account = world.tenant.user(f"{user}@{domain.replace('_', '.')}")
    if account is None or parameters["host"] != f"{DRIVE_HOST}:":
        raise GraphError(404, "itemNotFound", "Requested site could not be found.")
    school = _of_account(world, account)
    _granted(world, call, school)
    body = {"id": site_of(school), "webUrl": f"https://{DRIVE_HOST}/personal/{parameters['name']}"}
    asked = call.options.get("$select", "id,webUrl").split(",")
    return Answer(body={name: value for name, value in body.items() if name in asked})


def site_of(school: Row) -> str:
    """Host, site collection and site."""
    number = int(school["code"])
    return f"{DRIVE_HOST},5a1e00a1-0000-4000-8000-{number:012},5a1e00a2-0000-4000-8000-{number:012}"


def _folder(call: Call, world: World, parameters: Mapping[str, str]) -> tuple[Row, dict[str, bytes]]:
    school = (
        _of_site(call, world, parameters["site"]) if "site" in parameters else _of_user(world, parameters["user"])
    )
    asked = tuple(parameters[name].removesuffix(":") for name in ("first", "second"))
    files = world.registers.of(world.tenant, school, datetime.now(UTC))
    if files is None or asked != FOLDER:
        raise GraphError(404, "itemNotFound", "The resource could not be found.")
    return school, files


def _of_user(world: World, key: str) -> Row:
    account = world.tenant.user(key)
    if account is None:
        raise not_found(key)
    return _of_account(world, account)


def _of_account(world: World, account: Row) -> Row:
    school = world.tenant.school_by_code(str(account["upn"]).partition("@")[0])
    if account["role"] != "director" or school is None:
        raise GraphError(404, "ResourceNotFound", "User's mysite not found.")
    return school


def _of_site(call: Call, world: World, site: str) -> Row:
    number = site[-12:]
    school = world.tenant.school_by_code(str(int(number))) if number.isascii() and number.isdigit() else None
    if school is None or site_of(school) != site:
        raise GraphError(404, "itemNotFound", "The provided site id was not found.")
    _granted(world, call, school)
    return school


def _granted(world: World, call: Call, school: Row) -> None:
    """Sites.Selected opens the sites that were granted, and no others."""
    everywhere = call.permissions & READ_ANY_FILES or world.site_grants is None
    if not everywhere and school["code"] not in (world.site_grants or ()):
        raise GraphError(403, "accessDenied", "Either scp or roles claim need to be present in the token.")


_OF_USER, _OF_SITE = "users/{user}/drive/root:/{first}/{second}", "sites/{site}/drive/root:/{first}/{second}"
ROUTES = (
    Route("GET", "sites/{host}/personal/{name}", READ_FILES, get_site),
    Route("GET", f"{_OF_SITE}/children", READ_FILES, list_children),
    Route("GET", _OF_SITE + "/{file}/content", READ_FILES, get_content),
    Route("GET", f"{_OF_USER}/children", READ_ANY_FILES, list_children),
    Route("GET", _OF_USER + "/{file}/content", READ_ANY_FILES, get_content),
)
"""By a person's account it takes more than Sites.Selected."""
