"""`/_simulator/…`: what tests and demonstrations may do behind Graph's back. Loopback only, like everything here.

POST faults    {"match": "GET /education/users", "fault": "429;retry-after=2", "times": 1}   (regular expression;
                "POST token" is the token endpoint)
GET  requests  counters by operation: of requests, of items inside batches, of the token endpoint
POST reset     everything as at the start: data, faults, counters
POST tokens/revoke                        every token issued so far counts as expired
POST settings  {"latency": ms, "throttle": share, "errors": share, "replicationLag": ms, "tokenLifetime": s}
GET  people    the answer of `python -m simulator people --cases`
POST users/{id or name}  {"schools": ["2990003"], "accountEnabled": false, "ready": true, "displayName": "…",
                          "externalId": "…", "extensionRole": "0" | null}      moves, disables, renames …
"""

import re
import time
from typing import Any

from simulator.entra.endpoint import Authority
from simulator.faults import read_fault
from simulator.graph.service import GraphService
from simulator.store.roster import roster

Reply = tuple[int, dict[str, Any]]

_COLUMNS = {
    "accountEnabled": "enabled",
    "ready": "ready",
    "displayName": "display",
    "externalId": "external_id",
    "extensionRole": "extension_role",
    "extensionIdentifier": "extension_identifier",
}


class Admin:
    """Handles one administrative request."""

    def __init__(self, graph: GraphService, authority: Authority) -> None:
        self._graph = graph
        self._authority = authority

    def answer(self, method: str, path: str, body: Any) -> Reply:
        """`path` is what follows `/_simulator/`. 400 explains itself in `error`."""
        try:
            return self._answer(method, path, body if isinstance(body, dict) else {})
        except (ValueError, KeyError, TypeError, re.error) as error:
            return 400, {"error": f"{type(error).__name__}: {error}"}

    def _answer(self, method: str, path: str, body: dict[str, Any]) -> Reply:
        match method, path.strip("/").split("/"):
            case "POST", ["faults"]:
                self._graph.faults.order(body["match"], read_fault(body["fault"]), int(body.get("times", 1)))
            case "GET", ["requests"]:
                return 200, {
                    "requests": dict(self._graph.requests),
                    "batchItems": dict(self._graph.batch_items),
                    "authority": dict(self._authority.requests),
                }
            case "POST", ["reset"]:
                self._reset()
            case "POST", ["tokens", "revoke"]:
                self._graph.tokens.revoke()
            case "POST", ["settings"]:
                self._set(body)
            case "GET", ["people"]:
                return 200, roster(self._graph.world.tenant, with_cases=True)
            case "POST", ["users", key]:
                return self._change_user(key, body)
            case _:
                return 404, {"error": "no such command"}
        return 200, {}

    def _reset(self) -> None:
        self._graph.world.replication.forget()
        self._graph.world.tenant.reset()
        self._graph.faults.forget()
        self._graph.requests.clear()
        self._graph.batch_items.clear()
        self._authority.requests.clear()

    def _set(self, body: dict[str, Any]) -> None:
        faults = self._graph.faults
        for name, value in body.items():
            match name:
                case "latency":
                    faults.latency = float(value) / 1000
                case "throttle":
                    faults.throttle = float(value)
                case "errors":
                    faults.errors = float(value)
                case "replicationLag":
                    self._graph.world.replication.lag = float(value) / 1000
                case "tokenLifetime":
                    self._graph.tokens.lifetime = int(value)
                case _:
                    raise ValueError(f"no setting {name}")

    def _change_user(self, key: str, body: dict[str, Any]) -> Reply:
        tenant = self._graph.world.tenant
        row = tenant.user(key)
        if row is None:
            return 404, {"error": "no such user"}
        schools = [school for code in body.get("schools", []) if (school := tenant.school_by_code(code))]
        if len(schools) < len(body.get("schools", [])):
            raise ValueError("no such school")
        if unknown := set(body) - set(_COLUMNS) - {"schools"}:
            raise ValueError(f"cannot change {sorted(unknown)}")

        def change() -> None:
            for name, value in body.items():
                if name in _COLUMNS:
                    tenant.set_user(row["n"], _COLUMNS[name], value)
            if "schools" in body:
                tenant.enrol(row["n"], [school["n"] for school in schools])

        self._graph.world.replication.write(change, time.monotonic())
        return 200, {}
