"""PATCH /users/{id} (password, enabled or not) and POST /users/{id}/revokeSignInSessions."""

import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from simulator.entra.credentials import By
from simulator.entra.password_policy import objection
from simulator.graph.administration import ENABLING_ROLES, PASSWORD_ROLES
from simulator.graph.call import Answer, Call, GraphError, bad_request
from simulator.graph.entities.user import USER_ENTITY, mail_nickname
from simulator.graph.operations.enrolments import written
from simulator.graph.route import CHANGE_ACCOUNTS, REVOKE_SESSIONS, Route
from simulator.graph.world import World
from simulator.store.tenant import Row

_BAD = "Request_BadRequest"
_PASSWORD = frozenset({"User-PasswordProfile.ReadWrite.All"})
"""User.ReadWrite.All alone does not let an application set passwords."""
_ENABLED = frozenset({"User.EnableDisableAccount.All", "User.ReadWrite.All", "Directory.ReadWrite.All"})
_READ_TO_ENABLE = frozenset({"User.Read.All", "User.ReadWrite.All", "Directory.ReadWrite.All"})
_PROFILE = {
    "password": str,
    "forceChangePasswordNextSignIn": bool,
    "forceChangePasswordNextSignInWithMfa": bool,
}
TOO_WEAK = (
    "The specified password does not comply with password complexity requirements. "
    "Please provide a different password."
)


def update_user(call: Call, world: World, parameters: Mapping[str, str]) -> Answer:
    """Sets what the body names, visible after the replication lag. 204 without a body."""
    body = _read_body(call)
    row = written(world, parameters["user"])
    _check_permissions(call, world, body, row)
    if world.tenant.is_privileged(row["n"]):
        # learn.microsoft.com/graph/api/resources/users: who may do sensitive actions to whom.
        raise _denied()
    if row["synced"]:
        raise bad_request(
            "Unable to update the specified properties for on-premises mastered Directory Sync objects or objects "
            "currently undergoing migration.",
            _BAD,
        )
    profile: dict[str, Any] = body.get("passwordProfile", {})
    password = profile.get("password")
    force = bool(profile.get("forceChangePasswordNextSignIn") or profile.get("forceChangePasswordNextSignInWithMfa"))
    if password is not None:
        _check_password(world, row, password, force_change=force)
    moment = now_as_graph(world.dialect.dated_late)

    def change() -> None:
        if profile:
            world.credentials.set(row["n"], password, must_change=force)
        if password is not None:
            world.tenant.set_user(row["n"], "password_changed", moment)
        if "accountEnabled" in body:
            world.tenant.set_user(row["n"], "enabled", body["accountEnabled"])

    world.replication.write(change, time.monotonic())
    return Answer(204)


def revoke_sign_in_sessions(call: Call, world: World, parameters: Mapping[str, str]) -> Answer:
    """Every session begun before now is over."""
    row = written(world, parameters["user"])
    moment = now_as_graph()
    world.replication.write(lambda: world.tenant.set_user(row["n"], "sessions_from", moment), time.monotonic())
    return Answer(body={"@odata.context": f"{call.root}/$metadata#Edm.Boolean", "value": True})


def now_as_graph(late: float = 0.0) -> str:
    """The present moment, as Graph writes the times of an account; or so many seconds later."""
    return (datetime.now(UTC) + timedelta(seconds=late)).strftime("%Y-%m-%dT%H:%M:%SZ")


def _read_body(call: Call) -> dict[str, Any]:
    if not isinstance(call.body, dict) or not call.body:
        raise bad_request(
            "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid "
            "JSON format."
        )
    for name, value in call.body.items():
        if name not in USER_ENTITY.properties:
            raise bad_request(
                f"One or more property values specified are invalid. Property '{name}' does not exist.", _BAD
            )
        if name == "passwordProfile":
            _check_profile(value)
        elif name == "accountEnabled" and not isinstance(value, bool):
            raise _wrong_type(name)
    return call.body


def _check_profile(profile: Any) -> None:
    if not isinstance(profile, dict) or not profile:
        raise _wrong_type("passwordProfile")
    for name, value in profile.items():
        if name not in _PROFILE:
            raise bad_request(
                f"The property '{name}' does not exist on type 'microsoft.graph.passwordProfile'. "
                "Make sure to only use property names that are defined by the type.",
                _BAD,
            )
        if value is not None and not isinstance(value, _PROFILE[name]):
            raise _wrong_type(name)


def _check_permissions(call: Call, world: World, body: Mapping[str, Any], row: Row) -> None:
    needed = {"passwordProfile": _PASSWORD, "accountEnabled": _ENABLED}
    dialect, roles = world.dialect, world.roles_over(call, row["n"])
    if "passwordProfile" in body and dialect.role_for_passwords and not roles & PASSWORD_ROLES:
        raise _denied()
    if "accountEnabled" in body:
        if dialect.role_for_enabling and not roles & ENABLING_ROLES:
            raise _denied()
        if dialect.reading_to_enable and not call.permissions & _READ_TO_ENABLE:
            raise _denied()
    for name in body:
        if not call.permissions & needed.get(name, frozenset({"User.ReadWrite.All"})):
            raise _denied()
        if name not in needed:
            raise bad_request(f"The simulator does not change '{name}'.", _BAD)


def _check_password(world: World, row: Row, password: str, *, force_change: bool) -> None:
    weakness = objection(password, mail_nickname(row))
    world.credentials.remember(row, password, force_change=force_change, by=By.GRAPH, accepted=not weakness)
    if weakness:
        details = ({"code": "PasswordPolicy", "message": weakness, "target": "password"},)
        raise GraphError(400, _BAD, TOO_WEAK, details=details if world.explains_passwords else ())


def _wrong_type(name: str) -> GraphError:
    return bad_request(f"Invalid value specified for property '{name}' of resource 'User'.", _BAD)


def _denied() -> GraphError:
    return GraphError(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.")


ROUTES = (
    Route("PATCH", "users/{user}", CHANGE_ACCOUNTS, update_user),
    Route("POST", "users/{user}/revokeSignInSessions", REVOKE_SESSIONS, revoke_sign_in_sessions),
)
