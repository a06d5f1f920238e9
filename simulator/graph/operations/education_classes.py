"""/education/classes: one class team, who is in it, the group behind it (same id)."""

from collections.abc import Callable, Mapping

from simulator.graph.call import Answer, Call, not_found
from simulator.graph.entities.education import EDUCATION_CLASS, EDUCATION_SCHOOL, EDUCATION_USER, GROUP
from simulator.graph.odata.collection import answer_object, answer_page
from simulator.graph.odata.entity import Entity
from simulator.graph.route import READ_ROSTER, Operation, Route
from simulator.graph.world import World
from simulator.store.tenant import Row, Source, Tenant


def list_classes(call: Call, world: World, _: Mapping[str, str]) -> Answer:
    """All class teams; `$filter=externalId eq '…'` finds one by its CurriculumID."""
    return answer_page(call, world.tenant, EDUCATION_CLASS, world.tenant.teams(), "education/classes")


def get_class(call: Call, world: World, parameters: Mapping[str, str]) -> Answer:
    """One class team by id."""
    return answer_object(call, world.tenant, EDUCATION_CLASS, _class(world, parameters), "education/classes")


def get_group(call: Call, world: World, parameters: Mapping[str, str]) -> Answer:
    """The group of a class."""
    return answer_object(call, world.tenant, GROUP, _class(world, parameters), "groups")


def _related(name: str, entity: Entity, rows: Callable[[Tenant, int], Source]) -> Operation:
    def list_related(call: Call, world: World, parameters: Mapping[str, str]) -> Answer:
        row = _class(world, parameters)
        context = f"education/classes('{row['id']}')/{name}"
        return answer_page(call, world.tenant, entity, rows(world.tenant, row["n"]), context)

    return list_related


def _class(world: World, parameters: Mapping[str, str]) -> Row:
    row = world.tenant.team(parameters["class"])
    if row is None:
        raise not_found(parameters["class"])
    return row


_BASE = "education/classes/{class}"
ROUTES = (
    Route("GET", "education/classes", READ_ROSTER, list_classes),
    Route("GET", _BASE, READ_ROSTER, get_class),
    Route("GET", f"{_BASE}/group", READ_ROSTER, get_group),
    Route("GET", f"{_BASE}/schools", READ_ROSTER, _related("schools", EDUCATION_SCHOOL, Tenant.school_of_team)),
    Route("GET", f"{_BASE}/teachers", READ_ROSTER, _related("teachers", EDUCATION_USER, Tenant.teachers_of_team)),
    Route("GET", f"{_BASE}/members", READ_ROSTER, _related("members", EDUCATION_USER, Tenant.members_of_team)),
)
