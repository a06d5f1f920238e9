"""What the bot may ask Microsoft Graph for: any addition is a decision, so it must change this test too."""

import inspect
import json
from pathlib import Path

from bot.graph.calls import Call, Calls
from bot.graph.options import GraphOptions, Secret

ROOT = Path(__file__).resolve().parents[2]
PERMISSIONS = json.loads((ROOT / "deploy" / "permissions.json").read_text(encoding="utf-8"))
OBJECT_ID = "00000000-0000-4000-8000-000000000001"


def entries() -> list[dict]:
    reader = PERMISSIONS["reader"]
    return [*reader["permissions"], *reader["only_with_app_roles"], *PERMISSIONS["writer"]["permissions"]]


def test_the_reader_has_these_permissions_and_no_others() -> None:
    reader = PERMISSIONS["reader"]
    assert {one["name"]: one["id"] for one in reader["permissions"]} == {
        "EduRoster.Read.All": "e0ac9e1b-cb65-4fc5-87c5-1a8bc181f648",
        "User.Read.All": "df021288-bdef-4463-88db-98f22de89214",
    }
    assert {one["name"]: one["id"] for one in reader["only_with_app_roles"]} == {
        "Directory.Read.All": "7ab1d382-f21e-4acd-a863-ba3e13f7da61"
    }
    assert set(reader) == {"about", "permissions", "only_with_app_roles"}


def test_the_writer_has_none() -> None:
    assert PERMISSIONS["writer"]["permissions"] == []
    assert set(PERMISSIONS) == {"about", "resource", "reader", "writer"}


def test_nothing_granted_can_write() -> None:
    assert not [one["name"] for one in entries() if "Write" in one["name"] or "Manage" in one["name"]]


def test_every_call_of_the_code_is_covered_and_every_permission_is_used() -> None:
    covered = {call for one in entries() for call in one["calls"]}
    assert {call.template for call in every_call()} == covered


def test_every_permission_says_why() -> None:
    assert all(len(one["reason"]) > 60 for one in entries())


def every_call() -> list[Call]:
    """Each public method of `Calls` with a plausible argument; a new method without one fails here."""
    arguments = {
        "forms": ["4146054046"],
        "username": "ip01234567@edu.mon.bg",
        "object_id": OBJECT_ID,
        "code": "2990001",
        "school_id": OBJECT_ID,
    }
    calls = Calls(GraphOptions(tenant_id="t", client_id="c", credential=Secret("s")))
    made = []
    for name, method in inspect.getmembers(calls, inspect.ismethod):
        if name.startswith("_"):
            continue
        needed = [
            parameter.name
            for parameter in inspect.signature(method).parameters.values()
            if parameter.default is inspect.Parameter.empty
        ]
        made.append(method(*[arguments[one] for one in needed]))
    assert len(made) > 5
    return made
