"""/groups and /teams of classes: a class, its group and its team share one id."""

from collections.abc import Mapping

from simulator.graph.call import Answer, Call, GraphError, bad_request, not_found
from simulator.graph.entities.education import GROUP, TEAM, TEAM_BETA
from simulator.graph.odata.collection import answer_object, answer_page
from simulator.graph.route import READ_GROUPS, READ_TEAMS, Route
from simulator.graph.world import World
from simulator.store.tenant import Row

MOST_IN = 15


def list_groups(call: Call, world: World, _: Mapping[str, str]) -> Answer:
    """The groups of classes; `$filter=id in (…)` takes 15 values."""
    if call.options.get("$filter", "").count("',") >= MOST_IN:
        raise bad_request("Too many child clauses specified in search filter expression", "Request_UnsupportedQuery")
    return answer_page(call, world.tenant, GROUP, world.tenant.teams(), "groups")


def get_group(call: Call, world: World, parameters: Mapping[str, str]) -> Answer:
    """One group by id."""
    return answer_object(call, world.tenant, GROUP, _group(world, parameters), "groups")


def get_team(call: Call, world: World, parameters: Mapping[str, str]) -> Answer:
    """The team of a group that has one."""
    row = world.tenant.team(parameters["team"])
    if row is None or not row["teamed"]:
        raise GraphError(404, "NotFound", f"No team found with Group Id {parameters['team']}")
    return answer_object(call, world.tenant, TEAM_BETA if call.version == "beta" else TEAM, row, "teams")


def _group(world: World, parameters: Mapping[str, str]) -> Row:
    row = world.tenant.team(parameters["group"])
    if row is None:
        raise not_found(parameters["group"])
    return row


ROUTES = (
    Route("GET", "groups", READ_GROUPS, list_groups),
    Route("GET", "groups/{group}", READ_GROUPS, get_group),
    Route("GET", "teams/{team}", READ_TEAMS, get_team),
)
