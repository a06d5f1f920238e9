"""Writes about classes: making one, its teachers, its school, its team."""

import re
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from simulator.graph.call import Answer, Call, GraphError, bad_request, not_found
from simulator.graph.entities.education import EDUCATION_CLASS, GROUP
from simulator.graph.odata.entity import Shape
from simulator.graph.operations.enrolments import adds, age, removes, school_of, team_of
from simulator.graph.route import WRITE_GROUPS, WRITE_ROSTER, Route
from simulator.graph.world import World
from simulator.store import classes

_FIELDS = frozenset(
    {"displayName", "mailNickname", "description", "classCode", "externalId", "externalName", "externalSource"}
)
_REFERENCE = re.compile(r"/(?:v1\.0|beta)/education/classes/([^/()]+)")
_BAD = "Request_BadRequest"


def create_class(call: Call, world: World, _: Mapping[str, str]) -> Answer:
    """A group without a team, in no school."""
    body = call.body
    if not isinstance(body, dict) or not set(body) <= _FIELDS | {"grade", "term"}:
        raise bad_request("A property that educationClass has not, or no object.", _BAD)
    for needed in ("displayName", "mailNickname"):
        if not isinstance(body.get(needed), str) or not body[needed]:
            raise bad_request(f"Property {needed} is required.", _BAD)
    if classes.has_nickname(world.tenant, body["mailNickname"]):
        raise bad_request("Another object with the same value for property mailNickname already exists.", _BAD)
    row = classes.create(
        world.tenant, str(body.get("externalId") or ""), body["displayName"], datetime.now(UTC).isoformat()
    )
    term = body.get("term")
    if isinstance(term, dict) and (ends := str(term.get("endDate") or "")):
        classes.set_column(world.tenant, row["n"], "year", int(ends[:4]) - 1)
        row = world.tenant.ask("SELECT * FROM team WHERE n = ?", row["n"])[0]
    if world.dialect.class_wait:
        classes.set_column(world.tenant, row["n"], "visible_from", time.time() + world.dialect.class_wait)
    shown: dict[str, Any] = Shape(EDUCATION_CLASS).render(world.tenant, row)
    return Answer(201, shown)


def add_to_school(call: Call, world: World, parameters: Mapping[str, str]) -> Answer:
    """The class is of this school."""
    school, body = school_of(world, parameters), call.body
    given = body.get("@odata.id", "") if isinstance(body, dict) else ""
    found = _REFERENCE.fullmatch(given.removeprefix(call.base)) if isinstance(given, str) else None
    if found is None:
        raise bad_request("Invalid URL format specified in @odata.id of payload.", _BAD)
    row = world.tenant.team(found[1])
    if row is None:
        raise not_found(found[1])
    if row["school"] == school["n"]:
        raise bad_request(
            "One or more added object references already exist for the following modified properties: 'members'.",
            _BAD,
        )
    world.replication.write(
        lambda: classes.set_column(world.tenant, row["n"], "school", school["n"]), time.monotonic()
    )
    return Answer(204)


def make_team(call: Call, world: World, parameters: Mapping[str, str]) -> Answer:  # noqa: ARG001 -- every operation's shape
    """The team of a group that has an owner and is old enough."""
    row = world.tenant.team(parameters["group"])
    if row is None or age(row["created"]) < world.dialect.team_wait:
        raise GraphError(404, "NotFound", "Failed to execute Templates backend request: the group is not found.")
    if row["teamed"]:
        raise GraphError(409, "Conflict", "The group is already provisioned.")
    if not world.tenant.rows(world.tenant.teachers_of_team(row["n"])):
        raise bad_request("The group must have an owner to be made a team.", "BadRequest")

    def change() -> None:
        classes.set_column(world.tenant, row["n"], "teamed", 1)
        classes.set_column(world.tenant, row["n"], "active", 0)  # closed to students until a teacher activates it

    world.replication.write(change, time.monotonic())
    return Answer(201, Shape(GROUP, ("id", "displayName")).render(world.tenant, row))


_TEACHERS = "education/classes/{class}/teachers"
ROUTES = (
    Route("POST", "education/classes", WRITE_ROSTER, create_class),
    Route("POST", "education/schools/{school}/classes/$ref", WRITE_ROSTER, add_to_school),
    Route("POST", f"{_TEACHERS}/$ref", WRITE_ROSTER, adds(team_of, classes.teaches, classes.add_owner, "owners")),
    Route(
        "DELETE",
        _TEACHERS + "/{user}/$ref",
        WRITE_ROSTER,
        removes(team_of, classes.teaches, classes.remove_owner),
    ),
    Route("PUT", "groups/{group}/team", WRITE_GROUPS, make_team),
)
