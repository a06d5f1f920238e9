"""POST and DELETE …/$ref: who is in a school, who is in a class team."""

import re
import time
from collections.abc import Callable, Mapping
from datetime import datetime

from simulator.graph.call import Answer, Call, bad_request, not_found
from simulator.graph.route import WRITE_ROSTER, Operation, Route
from simulator.graph.world import World
from simulator.store import moves
from simulator.store.tenant import Row, Tenant

_BAD = "Request_BadRequest"
_REFERENCE = re.compile(r"/(?:v1\.0|beta)/(?:education/users|users|directoryObjects)(?:/([^/()]+)|\('([^'()]+)'\))")

Holder = Callable[[World, Mapping[str, str]], Row]
Asks = Callable[[Tenant, int, int], bool]
Changes = Callable[[Tenant, int, int], None]


def adds(holder: Holder, is_in: Asks, join: Changes, what: str) -> Operation:
    """POST …/$ref of somebody."""

    def add(call: Call, world: World, parameters: Mapping[str, str]) -> Answer:
        target, person = holder(world, parameters), _referenced(call, world)
        if is_in(world.tenant, person["n"], target["n"]):
            raise bad_request(
                f"One or more added object references already exist for the following modified properties: '{what}'.",
                _BAD,
            )
        world.replication.write(lambda: join(world.tenant, person["n"], target["n"]), time.monotonic())
        return Answer(204)

    return add


def removes(holder: Holder, is_in: Asks, leave: Changes) -> Operation:
    """DELETE …/$ref of somebody."""

    def remove(call: Call, world: World, parameters: Mapping[str, str]) -> Answer:  # noqa: ARG001 -- every operation's shape
        target = holder(world, parameters)
        person = world.tenant.user(parameters["user"])
        if person is None or not is_in(world.tenant, person["n"], target["n"]):
            raise not_found(parameters["user"])
        world.replication.write(lambda: leave(world.tenant, person["n"], target["n"]), time.monotonic())
        return Answer(204)

    return remove


def _referenced(call: Call, world: World) -> Row:
    """The person a reference points to: an absolute address of this service."""
    body = call.body
    if not isinstance(body, dict) or set(body) != {"@odata.id"} or not isinstance(body["@odata.id"], str):
        raise bad_request("An '@odata.id' annotation is expected in the payload, and nothing else.", _BAD)
    found = _REFERENCE.fullmatch(body["@odata.id"].removeprefix(call.base))
    if not body["@odata.id"].startswith(call.base) or found is None:
        raise bad_request("Invalid URL format specified in @odata.id of payload.", _BAD)
    return written(world, found[1] or found[2])


def written(world: World, key: str) -> Row:
    """An account as a write finds it: one just made is not everywhere yet. Errors: 404."""
    row = world.tenant.user(key)
    if row is None or age(row["created"]) < world.dialect.account_wait:
        raise not_found(key)
    return row


def age(created: str | None) -> float:
    """Seconds since then."""
    return time.time() - datetime.fromisoformat(created).timestamp() if created else float("inf")


def school_of(world: World, parameters: Mapping[str, str]) -> Row:
    """The school in the path. Errors: 404."""
    row = world.tenant.school(parameters["school"])
    if row is None:
        raise not_found(parameters["school"])
    return row


def team_of(world: World, parameters: Mapping[str, str]) -> Row:
    """The class in the path. Errors: 404."""
    row = world.tenant.team(parameters["class"])
    if row is None:
        raise not_found(parameters["class"])
    return row


_SCHOOL = "education/schools/{school}/users"
_CLASS = "education/classes/{class}/members"
ROUTES = (
    Route("POST", f"{_SCHOOL}/$ref", WRITE_ROSTER, adds(school_of, moves.is_in_school, moves.join_school, "members")),
    Route(
        "DELETE", _SCHOOL + "/{user}/$ref", WRITE_ROSTER, removes(school_of, moves.is_in_school, moves.leave_school)
    ),
    Route("POST", f"{_CLASS}/$ref", WRITE_ROSTER, adds(team_of, moves.is_in_team, moves.join_team, "members")),
    Route("DELETE", _CLASS + "/{user}/$ref", WRITE_ROSTER, removes(team_of, moves.is_in_team, moves.leave_team)),
)
