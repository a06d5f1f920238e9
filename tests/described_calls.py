"""Every call to Graph that is described anywhere in its room: found, not listed, so that a new one is among them."""

import inspect
import re
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from bot.core.passwords.secret import Secret
from bot.graph.describing import Call
from bot.graph.options import GraphOptions
from bot.graph.ways import Ways

ROOM = Path(__file__).resolve().parents[1] / "bot" / "graph"
_MACHINERY = {"describing", "batch"}
"""How a call is described, and a batch of them."""
_DESCRIBES = re.compile(r"from bot\.graph\.describing import .*\bCall\b")
OBJECT_ID = "00000000-0000-4000-8000-000000000001"
ARGUMENTS: dict[str, Any] = {
    "forms": ["4146054046", "04146054046"],
    "username": "ip01234567@edu.mon.bg",
    "person_id": OBJECT_ID,
    "class_id": OBJECT_ID,
    "code": "299001",
    "school_id": OBJECT_ID,
    "password": Secret("abcd1234"),
    "priority": "low",
    "external_id": "90000001",
    "class_ids": [OBJECT_ID],
    "fields": {"displayName": "Музика - 5 а - ООП"},
    "account": "2990001@edu.mon.bg",
    "site_id": f"contoso-my.sharepoint.com,{OBJECT_ID},{OBJECT_ID}",
    "path": ("НЕИСПУО",),
    "domain": "edu.mon.bg",
    "top": 5,
    "expand": ("schools",),
    "extensions": (),
    "version": "v1.0",
    "client_id": OBJECT_ID,
    "principal_id": OBJECT_ID,
    "manifest_id": OBJECT_ID,
    "catalog_id": OBJECT_ID,
    "host": "contoso-my.sharepoint.com",
}
"""A plausible argument for each parameter; a new parameter without one fails."""


def describers() -> tuple[Any, ...]:
    """What describes calls: classes, and functions by themselves."""
    found = []
    for path in sorted(ROOM.glob("*.py")):
        if path.stem in _MACHINERY or not _DESCRIBES.search(path.read_text(encoding="utf-8")):
            continue
        module = import_module(f"bot.graph.{path.stem}")
        for name, one in vars(module).items():
            own = getattr(one, "__module__", "") == module.__name__ and not name.startswith("_")
            if own and (_describes(one) if inspect.isfunction(one) else inspect.isclass(one) and _methods(one)):
                found.append(one)
    return tuple(found)


def described(of: Any, options: GraphOptions, ways: Ways) -> Iterator[Call]:
    """Its calls, each once, under these options to a tenant of which this is known."""
    given = {**ARGUMENTS, "options": options, "ways": ways, "base_url": options.base_url}
    if inspect.isfunction(of):
        yield from _called(of, given)
        return
    given["version"] = ways.classes_version
    made = of(**{name: given[name] for name in inspect.signature(of).parameters if name in given})
    for name in _methods(of):
        yield from _called(getattr(made, name), given)


def _called(method: Callable[..., Any], given: dict[str, Any]) -> tuple[Call, ...]:
    parameters = inspect.signature(method).parameters.values()
    needed = [one.name for one in parameters if one.default is inspect.Parameter.empty]
    made = method(*[given[one] for one in needed])
    return made if isinstance(made, tuple) else (made,)


def _methods(of: type) -> list[str]:
    return [name for name, one in inspect.getmembers(of, inspect.isfunction) if name[0] != "_" and _describes(one)]


def _describes(method: Callable[..., Any]) -> bool:
    return inspect.signature(method).return_annotation in {Call, tuple[Call, ...]}
