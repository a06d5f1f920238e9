"""The part of `/_simulator/…` about class links and the register's lists."""

from datetime import UTC, datetime
from typing import Any

from simulator.graph.world import World
from simulator.store import classes
from simulator.store.links import links
from simulator.store.mending import WHO, mend_outside


def planted(world: World) -> dict[str, Any]:
    """The planted links, with what others can do about each."""
    return {"links": [{**one, "outside": WHO.get(str(one["key"]), "")} for one in links(world.tenant)]}


def settled(world: World, key: str) -> dict[str, Any]:
    """They do it."""
    mend_outside(world.tenant, world.registers, key, datetime.now(UTC))
    return {}


def renamed(world: World, key: str, body: dict[str, Any]) -> dict[str, Any]:
    """An owner gives a class another name in Teams; or the tenant does not keep the register's."""
    row = world.tenant.team(key)
    if row is None or not body or not set(body) <= {"displayName", "registered"}:
        raise ValueError("a class that exists; displayName, registered, or both")
    if "displayName" in body:
        classes.rename(world.tenant, row["n"], str(body["displayName"]))
    if "registered" in body:
        classes.set_column(world.tenant, row["n"], "registered", body["registered"])
    return {}


def about_list(world: World, code: str, there: bool | None) -> dict[str, Any]:
    """The export of a school; `there`: it is put into the school's folder, or taken out."""
    school = world.tenant.school_by_code(code)
    if school is None:
        raise ValueError(f"no school {code}")
    if there is not None:
        change = world.registers.hidden.discard if there else world.registers.hidden.add
        change(school["n"])
    now = datetime.now(UTC)
    found = world.registers.of(world.tenant, school, now) is not None
    made = world.registers.made(world.tenant, school, now)
    return {"there": found, "files": {name: raw.decode() for name, raw in made.items()}}
