"""The OneDrive of school accounts: the folders of the register's export and of lists of accounts."""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from simulator.graph.call import Answer, Call, GraphError
from simulator.graph.operations.sites import drive_of, school_of_place
from simulator.graph.quirks import FULL_FOLDER
from simulator.graph.route import READ_FILES, Route
from simulator.graph.world import World
from simulator.store.school_lists import lists_of
from simulator.store.tenant import Row

FOLDER = ("НЕИСПУО", "Класове")
ACCOUNTS = ("НЕИСПУО", "Профили")
_OTHERS = 230
_LOCKED = "The file is currently checked out or locked for editing by another user."
REFUSALS = {
    "malware": (403, "malwareDetected", "Malware detected"),
    "forbidden": (403, "accessDenied", "Access denied"),
    "locked": (423, "resourceLocked", _LOCKED),
    "checked-out": (423, "accessDenied", _LOCKED),
}
"""How a file of a folder that is open may not be had (OneDrive/onedrive-api-docs#1626, #1199)."""
DOWNLOADS = "_files"
"""Where the addresses lead that are themselves the permission."""


def list_children(call: Call, world: World, parameters: Mapping[str, str]) -> Answer:
    """A page of the files of the folder."""
    school, files = _folder(call, world, parameters)
    changed = world.registers.dated[school["n"]].isoformat()
    refusing = world.registers.refusing
    value = [
        {
            "id": hashlib.sha256(f"{school['code']}/{name}".encode()).hexdigest()[:20].upper(),
            "name": name,
            "size": len(raw),
            "eTag": f'"{{{hashlib.sha256(raw).hexdigest()[:24]}}},1"',
            "lastModifiedDateTime": changed,
            "file": {"mimeType": "text/csv"},
            **({"malware": {"description": "Trojan"}} if refusing.get((school["n"], name)) == "malware" else {}),
        }
        for name, raw in sorted(files.items())
    ]
    if FULL_FOLDER in world.quirks:
        value = [*({**value[0], "name": f"{place:03}.jpg", "id": f"F{place}"} for place in range(_OTHERS)), *value]
    size, start = int(call.options.get("$top", "200")), int(call.options.get("$skiptoken", "0"))
    body: dict[str, Any] = {"value": value[start : start + size]}
    if len(value) > start + size:
        path = "/".join(quote(segment, safe="@:,!") for segment in call.segments)
        body["@odata.nextLink"] = f"{call.root}/{path}?$top={size}&$skiptoken={start + size}"
    return Answer(body=body)


def get_content(call: Call, world: World, parameters: Mapping[str, str]) -> Answer:
    """302 to an address that needs no token."""
    school, files = _folder(call, world, parameters)
    name = parameters["file"].removesuffix(":")
    if name not in files:
        raise _no_item()
    if (how := world.registers.refusing.get((school["n"], name))) is not None:
        raise GraphError(*REFUSALS[how])
    token = secrets.token_urlsafe(24)
    world.registers.tokens[token] = files[name]
    return Answer(302, None, {"Location": f"{call.base}/{DOWNLOADS}/{token}"})


def get_drive(call: Call, world: World, parameters: Mapping[str, str]) -> Answer:
    """The drive itself: where its id is found."""
    return Answer(body=drive_of(call, school_of_place(call, world, parameters)))


def _folder(call: Call, world: World, parameters: Mapping[str, str]) -> tuple[Row, dict[str, bytes]]:
    school = school_of_place(call, world, parameters)
    asked = tuple(parameters[name].removesuffix(":") for name in ("first", "second"))
    files = world.registers.of(world.tenant, school, datetime.now(UTC))
    if files is not None and asked == ACCOUNTS:
        files = lists_of(world.tenant, school)
    if not files or asked not in {FOLDER, ACCOUNTS}:
        raise _no_item()
    return school, files


def _no_item() -> GraphError:
    return GraphError(404, "itemNotFound", "The resource could not be found.")


_DRIVES = (
    "users/{user}/drive",
    "sites/{site}/drive",
    "sites/{host}/personal/{name}/drive",
    "drives/{drive}",
)
_PATH = "/root:/{first}/{second}"
ROUTES = (
    *(Route("GET", drive, READ_FILES, get_drive) for drive in _DRIVES),
    *(Route("GET", f"{drive}{_PATH}/children", READ_FILES, list_children) for drive in _DRIVES),
    *(Route("GET", drive + _PATH + "/{file}/content", READ_FILES, get_content) for drive in _DRIVES),
)
