"""GET /users/{id}/memberOf and /users/{id}/scopedRoleMemberOf, and the other way round: who is in a class's group and
in a school's administrative unit.
"""

from collections.abc import Mapping
from typing import Any

from simulator.graph.call import Answer, Call, GraphError, not_found
from simulator.graph.dialect import EMPTY, LIMITED, MISSING, REFUSED
from simulator.graph.entities.membership import DIRECTORY_OBJECT, KINDS, MEMBER, SCOPED_ROLE_MEMBERSHIP
from simulator.graph.odata.collection import answer_page
from simulator.graph.route import (
    READ_MEMBERS,
    READ_MEMBERSHIPS,
    READ_SCOPED_ROLES,
    READ_UNITS,
    Operation,
    Route,
)
from simulator.graph.world import World
from simulator.store.tenant import Row


def list_member_of(call: Call, world: World, parameters: Mapping[str, str]) -> Answer:
    """Groups, administrative units and directory roles, in this order: a role may be on a later page."""
    source = world.tenant.memberships_of_user(_user(world, parameters)["n"])
    return answer_page(call, world.tenant, DIRECTORY_OBJECT, source, "directoryObjects")


def list_scoped_roles(call: Call, world: World, parameters: Mapping[str, str]) -> Answer:
    """Directory roles for one administrative unit only; these are not in `memberOf`."""
    source = world.tenant.scoped_roles_of_user(_user(world, parameters)["n"])
    return answer_page(call, world.tenant, SCOPED_ROLE_MEMBERSHIP, source, "scopedRoleMemberships")


def _only(kind: str) -> Operation:
    def list_one_kind(call: Call, world: World, parameters: Mapping[str, str]) -> Answer:
        source = world.tenant.memberships_of_user(_user(world, parameters)["n"], KINDS[kind])
        return answer_page(call, world.tenant, DIRECTORY_OBJECT, source, f"{kind.rpartition('.')[2]}s")

    return list_one_kind


def list_unit_members(call: Call, world: World, parameters: Mapping[str, str]) -> Answer:
    """Who is in the administrative unit of a school, which has the school's id (see `Dialect.units`)."""
    school = world.tenant.school(parameters["unit"])
    if world.dialect.units == REFUSED:
        raise GraphError(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.")
    if school is None or world.dialect.units == MISSING:
        raise not_found(parameters["unit"])
    source = world.tenant.users_of_unit(school["n"])
    answer = answer_page(call, world.tenant, MEMBER, source, "directoryObjects")
    if world.dialect.units == EMPTY:
        return Answer(body={"@odata.context": answer.body["@odata.context"], "value": []})
    if world.dialect.units == LIMITED:
        return Answer(body={**answer.body, "value": [_limited(each) for each in answer.body["value"]]})
    return answer


def _limited(member: Mapping[str, Any]) -> dict[str, Any]:
    """What is told of a member whose kind the caller may not read."""
    return {name: value if name in {"@odata.type", "id"} else None for name, value in member.items()}


def list_group_members(call: Call, world: World, parameters: Mapping[str, str]) -> Answer:
    """Who is in the group of a class."""
    team = world.tenant.team(parameters["group"])
    if team is None:
        raise not_found(parameters["group"])
    return answer_page(call, world.tenant, MEMBER, world.tenant.users_of_group(team["n"]), "directoryObjects")


def _user(world: World, parameters: Mapping[str, str]) -> Row:
    row = world.tenant.user(parameters["user"])
    if row is None:
        raise not_found(parameters["user"])
    return row


_BASE = "users/{user}"
ROUTES = (
    Route("GET", f"{_BASE}/memberOf", READ_MEMBERSHIPS, list_member_of),
    *(
        Route("GET", f"{_BASE}/memberOf/{spelling}", READ_MEMBERSHIPS, _only(kind))
        for kind in KINDS
        for spelling in (kind, kind.removeprefix("microsoft."))
    ),
    Route("GET", "directory/administrativeUnits/{unit}/members", READ_UNITS, list_unit_members),
    Route("GET", "groups/{group}/members", READ_MEMBERS, list_group_members),
    Route("GET", f"{_BASE}/scopedRoleMemberOf", READ_SCOPED_ROLES, list_scoped_roles),
)
