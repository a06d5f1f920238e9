"""/education/users: the search by national identifier, one user, and what the user belongs to."""

from collections.abc import Callable, Mapping

from simulator.graph.call import Answer, Call, not_found
from simulator.graph.entities.education import EDUCATION_CLASS, EDUCATION_SCHOOL, EDUCATION_USER
from simulator.graph.odata.collection import answer_object, answer_page
from simulator.graph.odata.entity import Entity
from simulator.graph.route import READ_ROSTER, Operation, Route
from simulator.graph.world import World
from simulator.people.model import DIRECTOR
from simulator.store.tenant import Row, Source, Tenant

_EXTERNAL_IDS = {"student/externalId", "teacher/externalId"}


def list_users(call: Call, world: World, _: Mapping[str, str]) -> Answer:
    """All users of the tenant. Nobody found is 200 with an empty list."""
    filterable = EDUCATION_USER.filterable
    if call.version == "v1.0" and world.dialect.external_id_only_in_beta:
        filterable = {path: how for path, how in filterable.items() if path not in _EXTERNAL_IDS}
    users = of_roster(world.tenant.users(), world)
    return answer_page(call, world.tenant, EDUCATION_USER, users, "education/users", filterable=filterable)


def get_user(call: Call, world: World, parameters: Mapping[str, str]) -> Answer:
    """One user by object id or user principal name."""
    return answer_object(call, world.tenant, EDUCATION_USER, _user(world, parameters), "education/users")


def _related(name: str, entity: Entity, rows: Callable[[Tenant, int], Source]) -> Operation:
    def list_related(call: Call, world: World, parameters: Mapping[str, str]) -> Answer:
        row = _user(world, parameters)
        context = f"education/users('{row['id']}')/{name}"
        return answer_page(call, world.tenant, entity, rows(world.tenant, row["n"]), context)

    return list_related


def _user(world: World, parameters: Mapping[str, str]) -> Row:
    row = world.tenant.user(parameters["user"])
    if row is None or not row["in_roster"] or (world.dialect.outside_roster and row["role"] == DIRECTOR):
        raise not_found(parameters["user"])
    return row


def of_roster(users: Source, world: World) -> Source:
    """Those of the users whom this tenant's roster knows."""
    if not world.dialect.outside_roster:
        return users
    return Source(f"{users.select} AND user.role <> '{DIRECTOR}'", users.parameters)


_BASE = "education/users/{user}"
ROUTES = (
    Route("GET", "education/users", READ_ROSTER, list_users),
    Route("GET", _BASE, READ_ROSTER, get_user),
    Route("GET", f"{_BASE}/schools", READ_ROSTER, _related("schools", EDUCATION_SCHOOL, Tenant.schools_of_user)),
    Route("GET", f"{_BASE}/classes", READ_ROSTER, _related("classes", EDUCATION_CLASS, Tenant.classes_of_user)),
    Route(
        "GET",
        f"{_BASE}/taughtClasses",
        READ_ROSTER,
        _related("taughtClasses", EDUCATION_CLASS, Tenant.taught_by_user),
    ),
)
