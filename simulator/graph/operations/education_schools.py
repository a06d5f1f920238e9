"""/education/schools: by code, one school, its users and classes."""

from collections.abc import Callable, Mapping

from simulator.graph.call import Answer, Call, not_found
from simulator.graph.entities.education import EDUCATION_CLASS, EDUCATION_SCHOOL, EDUCATION_USER
from simulator.graph.odata.collection import answer_object, answer_page
from simulator.graph.odata.entity import Entity
from simulator.graph.operations.education_users import of_roster
from simulator.graph.route import READ_ROSTER, Operation, Route
from simulator.graph.world import World
from simulator.store.tenant import Row, Source, Tenant


def list_schools(call: Call, world: World, _: Mapping[str, str]) -> Answer:
    """All schools; `$filter=schoolNumber eq '…'` finds one by its НЕИСПУО code."""
    return answer_page(call, world.tenant, EDUCATION_SCHOOL, world.tenant.schools(), "education/schools")


def get_school(call: Call, world: World, parameters: Mapping[str, str]) -> Answer:
    """One school by id."""
    return answer_object(call, world.tenant, EDUCATION_SCHOOL, _school(world, parameters), "education/schools")


def _related(name: str, entity: Entity, rows: Callable[[Tenant, int], Source]) -> Operation:
    def list_related(call: Call, world: World, parameters: Mapping[str, str]) -> Answer:
        row = _school(world, parameters)
        context = f"education/schools('{row['id']}')/{name}"
        found = rows(world.tenant, row["n"])
        if entity is EDUCATION_USER:
            found = of_roster(found, world)
        return answer_page(call, world.tenant, entity, found, context)

    return list_related


def _school(world: World, parameters: Mapping[str, str]) -> Row:
    row = world.tenant.school(parameters["school"])
    if row is None:
        raise not_found(parameters["school"])
    return row


_BASE = "education/schools/{school}"
ROUTES = (
    Route("GET", "education/schools", READ_ROSTER, list_schools),
    Route("GET", _BASE, READ_ROSTER, get_school),
    Route("GET", f"{_BASE}/users", READ_ROSTER, _related("users", EDUCATION_USER, Tenant.users_of_school)),
    Route("GET", f"{_BASE}/classes", READ_ROSTER, _related("classes", EDUCATION_CLASS, Tenant.teams_of_school)),
)
