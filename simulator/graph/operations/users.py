"""GET /users/{id or user principal name}."""

from collections.abc import Mapping

from simulator.graph.call import Answer, Call, not_found
from simulator.graph.entities.user import USER_ENTITY
from simulator.graph.odata.collection import answer_object
from simulator.graph.route import READ_USERS, Route
from simulator.graph.world import World


def get_user(call: Call, world: World, parameters: Mapping[str, str]) -> Answer:
    """One user. Directory extensions only by $select, and only where set."""
    row = world.tenant.user(parameters["user"])
    if row is None:
        raise not_found(parameters["user"])
    return answer_object(call, world.tenant, USER_ENTITY, row, "users")


ROUTES = (Route("GET", "users/{user}", READ_USERS, get_user),)
