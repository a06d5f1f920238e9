"""POST /_simulator/settings: how the running simulator behaves from now on."""

from collections.abc import Callable, Mapping
from typing import Any

from simulator.graph.dialect import Dialect, changed
from simulator.graph.quirks import QUIRKS
from simulator.graph.service import GraphService


def change(graph: GraphService, body: Mapping[str, Any]) -> None:
    """Changes what is named, in order. Errors: ValueError, TypeError."""
    for name, value in body.items():
        if name not in _SETTINGS:
            raise ValueError(f"no setting {name}")
        _SETTINGS[name](graph, value)


def _at_least_one(value: Any) -> int:
    if int(value) < 1:
        raise ValueError("at least 1")
    return int(value)


def _quirks(names: Any) -> set[str]:
    if unknown := {*names} - QUIRKS:
        raise ValueError(f"no quirks {sorted(unknown)}")
    return {*names}


def _speak(graph: GraphService, before: Dialect, own: Mapping[str, Any]) -> None:
    graph.world.speak(changed(before, own))


_SETTINGS: Mapping[str, Callable[[GraphService, Any], None]] = {
    "latency": lambda graph, value: setattr(graph.faults, "latency", float(value) / 1000),
    "throttle": lambda graph, value: setattr(graph.faults, "throttle", float(value)),
    "errors": lambda graph, value: setattr(graph.faults, "errors", float(value)),
    "replicationLag": lambda graph, value: setattr(graph.world.replication, "lag", float(value) / 1000),
    "tokenLifetime": lambda graph, value: setattr(graph.tokens, "lifetime", int(value)),
    "writesPer150s": lambda graph, value: setattr(graph.world.limits, "per_app", _at_least_one(value)),
    "writesPer5min": lambda graph, value: setattr(graph.world.limits, "per_tenant", _at_least_one(value)),
    "passwordErrorDetails": lambda graph, value: setattr(graph.world, "explains_passwords", bool(value)),
    "teamWait": lambda graph, value: _speak(graph, graph.world.dialect, {"team_wait": float(value)}),
    "classWait": lambda graph, value: _speak(graph, graph.world.dialect, {"class_wait": float(value)}),
    "dialect": lambda graph, value: _speak(graph, graph.world.usual, dict(value)),
    "appNames": lambda graph, value: setattr(graph.world.administration, "app_names", str(value)),
    "package": lambda graph, value: graph.world.administration.upload(value),
    "manifestId": lambda graph, value: setattr(graph.world.administration, "manifest_id", str(value)),
    "siteGrants": lambda graph, value: setattr(
        graph.world.administration, "sites", None if value is None else frozenset(value)
    ),
    "siteAdmins": lambda graph, value: setattr(graph.world.administration, "site_admins", frozenset(value)),
    "federated": lambda graph, value: setattr(graph.world.administration, "federated", bool(value)),
    "synchronised": lambda graph, value: setattr(graph.world.administration, "synchronised", bool(value)),
    "appDirectoryRoles": lambda graph, value: graph.world.administration.give_roles(
        {client: frozenset(names) for client, names in value.items()}
    ),
    "quirks": lambda graph, value: setattr(graph.world, "quirks", _quirks(value)),
}
