"""`/_simulator/…`: what tests and demonstrations may do behind Graph's back. Loopback only, like everything here.

POST faults    {"match": "GET /education/users", "fault": "429;retry-after=2", "times": 1}   (regular expression;
                "POST token" is the token endpoint; the fault "lost" carries the request out and loses the answer)
GET  requests  counters by operation: of requests, of items inside batches, of the token endpoint; what they cost by
                area (graph.quotas), and how many were answered 429
POST reset     everything as at the start: data, faults, counters
POST tokens/revoke                        every token issued so far counts as expired
POST settings  {"latency": ms, "throttle": share, "errors": share, "replicationLag": ms, "tokenLifetime": s,
                "writesPer150s": n, "writesPer5min": n, "passwordErrorDetails": true, "teamWait": s,
                "classWait": s (so long a new class is known to nobody), "quirks": [one of graph.quirks.QUIRKS, …],
                "dialect": {"or-refused": true, …} on top of the dialect it began with (see graph.dialect),
                "appNames": application id, "siteGrants": [school code, …] | null for all,
                "siteAdmins": [school code, …],
                "appDirectoryRoles": {application id: ["Password Administrator", "Password Administrator@2990001"]},
                "package": the manifest of the app, which from now on is in the catalog,
                "federated": false (the domain), "synchronised": false (the organization)}
GET  people    the answer of `python -m simulator people --cases`
POST users/{id or name}  {"schools": ["2990003"], "accountEnabled": false, "ready": true, "displayName": "…",
                          "externalId": "…", "extensionRole": "0" | null,
                          "userType": "Guest" | null, "synced": true, "inRoster": false,
                          "created": "2025-09-01T06:00:00Z", "passwordChanged": "…" | null,
                          "directoryRole": "Helpdesk Administrator" | null,    for the whole tenant
                          "scopedRole": true, "roleAssignableGroup": true, "ownsAssignableGroup": true,
                          "appAllowed": false, "appInstalled": true}
                moves, disables, renames, empowers, lets the bot's app be installed or not …
                (scopedRole: "Password Administrator" for the first school of the person, or of school 1; schools: the
                class teams stay as they are)
POST users/{id or name}/move  {"school": "2990003", "class": "6 б" | null}    what НЕИСПУО's synchronisation does: the
                person is in this school and no other, in the teams of this class (null: of none) and no others
POST classes/{id}  {"displayName": "…", "registered": "…" | "" | null}    an owner renames the team in Teams, which
                the register's name (externalName) does not follow; "": the tenant does not keep that one
POST signin    {"username": "…", "password": "…", "newPassword": "…"} → {"outcome": "signed-in" | "must-change" | …},
                one of entra.credentials.Outcome
GET  links     the planted class links (`serve --links`): {"links": [{"key", "externalId", "id", "name", "outside"}]},
                `outside` says what others can do about it, "" where nothing is left to do
POST links/{key}                          they do it: in the directory, and in the register's next export
GET  lists/{code}                         the register's export of a school: {"there": true, "files": {name: text}}
POST lists/{code}  {"there": false}       takes it out of the school's folder, or puts it back
                {"refuses": {name: "malware" | "forbidden" | "locked" | "checked-out" | null, …}}    these files of
                the school's folders are listed and not given away
GET  passwords {"passwords": […], "refused": […]}: every password set since the start (or reset), and every one that
                the policy refused: {"user", "username", "password", "at", "forceChange", "by": "graph" | "owner"}
"""

import re
import time
from datetime import UTC, datetime
from typing import Any

from simulator.admin_links import about_list, planted, renamed, settled
from simulator.admin_settings import change
from simulator.entra.credentials import By, Outcome
from simulator.entra.endpoint import Authority
from simulator.faults import read_fault
from simulator.graph.operations.accounts import now_as_graph
from simulator.graph.registrations import Registrations
from simulator.graph.service import GraphService
from simulator.people.directory_names import DIRECTORY_ROLES
from simulator.store import moves
from simulator.store.links import plant_links
from simulator.store.roster import roster

Reply = tuple[int, dict[str, Any]]

_NO_COMMAND: Reply = (404, {"error": "no such command"})
_COLUMNS = {
    "accountEnabled": "enabled",
    "ready": "ready",
    "displayName": "display",
    "externalId": "external_id",
    "extensionRole": "extension_role",
    "extensionIdentifier": "extension_identifier",
    "userType": "user_type",
    "synced": "synced",
    "inRoster": "in_roster",
    "created": "created",
    "passwordChanged": "password_changed",
}
_POWERS = {
    "directoryRole",
    "scopedRole",
    "roleAssignableGroup",
    "ownsAssignableGroup",
    "appAllowed",
    "appInstalled",
}
_SCOPED_ROLE = "Password Administrator"


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
            case "POST", ["reset"]:
                self._reset()
            case "POST", ["tokens", "revoke"]:
                self._graph.tokens.revoke()
            case "POST", ["settings"]:
                change(self._graph, body)
            case "POST", ["users", key, *what]:
                return self._about_user(key, what, body)
            case "POST", ["signin"]:
                return 200, {"outcome": self._sign_in(body).value}
            case "POST", ["links" | "classes" as what, key]:
                world = self._graph.world
                return 200, renamed(world, key, body) if what == "classes" else settled(world, key)
            case _, ["lists", code]:
                return 200, about_list(self._graph.world, code, body)
            case "GET", [what]:
                return self._told(what)
            case _:
                return _NO_COMMAND
        return 200, {}

    def _told(self, what: str) -> Reply:
        """What can be asked for."""
        match what:
            case "requests":
                return 200, {
                    "requests": dict(self._graph.requests),
                    "batchItems": dict(self._graph.batch_items),
                    "authority": dict(self._authority.requests),
                    "units": dict(self._graph.world.quotas.units),
                    "throttled": self._graph.throttled,
                }
            case "people":
                return 200, roster(self._graph.world.tenant, with_cases=True)
            case "links":
                return 200, planted(self._graph.world)
            case "passwords":
                credentials = self._graph.world.credentials
                return 200, {"passwords": credentials.accepted, "refused": credentials.refused}
            case _:
                return _NO_COMMAND

    def _reset(self) -> None:
        world = self._graph.world
        world.replication.forget()
        world.credentials.forget()
        world.limits.forget()
        world.quotas.forget()
        world.apps_installed.clear()
        world.apps_forbidden.clear()
        world.tenant.reset()
        world.registers.forget()
        world.registrations = Registrations()
        world.administration.uploaded = ""
        if world.links:
            plant_links(world.tenant, datetime.now(UTC))
        self._graph.faults.forget()
        self._graph.requests.clear()
        self._graph.batch_items.clear()
        self._graph.throttled = 0
        self._authority.requests.clear()

    def _about_user(self, key: str, what: list[str], body: dict[str, Any]) -> Reply:
        match what:
            case []:
                return self._change_user(key, body)
            case ["move"]:
                return self._move(key, body)
            case _:
                return _NO_COMMAND

    def _change_user(self, key: str, body: dict[str, Any]) -> Reply:
        tenant = self._graph.world.tenant
        row = tenant.user(key)
        if row is None:
            return 404, {"error": "no such user"}
        schools = [school for code in body.get("schools", []) if (school := tenant.school_by_code(code))]
        if len(schools) < len(body.get("schools", [])):
            raise ValueError("no such school")
        if unknown := set(body) - set(_COLUMNS) - _POWERS - {"schools"}:
            raise ValueError(f"cannot change {sorted(unknown)}")
        if body.get("directoryRole") not in {None, *DIRECTORY_ROLES}:
            raise ValueError(f"no such role: there are {', '.join(DIRECTORY_ROLES)}")

        def change() -> None:
            for name, value in body.items():
                if name in _COLUMNS:
                    tenant.set_user(row["n"], _COLUMNS[name], value)
            if "schools" in body:
                tenant.enrol(row["n"], [school["n"] for school in schools])
            self._empower(row["n"], body)

        self._graph.world.replication.write(change, time.monotonic())
        return 200, {}

    def _move(self, key: str, body: dict[str, Any]) -> Reply:
        tenant, title = self._graph.world.tenant, body["class"]
        row, school = tenant.user(key), tenant.school_by_code(body["school"])
        if row is None:
            return 404, {"error": "no such user"}
        if school is None or set(body) != {"school", "class"}:
            raise ValueError("a school that exists, a class or null, and nothing else")
        homeroom = None if title is None else moves.homeroom_of(tenant, school["n"], title)

        def change() -> None:
            moves.place(tenant, row["n"], school["n"], homeroom)

        self._graph.world.replication.write(change, time.monotonic())
        return 200, {}

    def _empower(self, number: int, body: dict[str, Any]) -> None:
        tenant = self._graph.world.tenant
        if "directoryRole" in body:
            tenant.set_role(number, body["directoryRole"])
        if "scopedRole" in body:
            schools = tenant.rows(tenant.schools_of_user(number), limit=1)
            tenant.set_role(number, _SCOPED_ROLE if body["scopedRole"] else None, schools[0]["n"] if schools else 1)
        if "roleAssignableGroup" in body:
            tenant.set_in_privileged_group(number, member=bool(body["roleAssignableGroup"]))
        if "ownsAssignableGroup" in body:
            tenant.set_owns_privileged_group(number, owner=bool(body["ownsAssignableGroup"]))
        if "appAllowed" in body:
            forbidden = self._graph.world.apps_forbidden
            (forbidden.discard if body["appAllowed"] else forbidden.add)(number)
        if "appInstalled" in body:
            installed = self._graph.world.apps_installed
            (installed.add if body["appInstalled"] else installed.discard)(number)

    def _sign_in(self, body: dict[str, Any]) -> Outcome:
        world, now = self._graph.world, time.monotonic()
        world.replication.catch_up(now)
        username, password, new = str(body["username"]), str(body["password"]), body.get("newPassword")
        user = world.tenant.user(username) if "@" in username else None
        if user is None:
            return Outcome.UNKNOWN_USER

        def change(chosen: str) -> None:
            world.credentials.remember(user, chosen, force_change=False, by=By.OWNER, accepted=True)
            moment = now_as_graph()

            def visible() -> None:
                world.credentials.set(user["n"], chosen, must_change=False)
                world.tenant.set_user(user["n"], "password_changed", moment)

            world.replication.write(visible, now)

        outcome = world.credentials.sign_in(user, password, None if new is None else str(new), now, change)
        world.tenant.set_user(user["n"], "tried_to_sign_in", now_as_graph())
        if outcome is Outcome.SIGNED_IN:
            world.tenant.set_user(user["n"], "signed_in", now_as_graph())
        return outcome
