"""The part of `/_simulator/…` about class links and the register's lists."""

from datetime import UTC, datetime
from typing import Any

from simulator.graph.operations.drives import REFUSALS
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


def about_list(world: World, code: str, body: dict[str, Any]) -> dict[str, Any]:
    """The export of a school; `there`: it is put into the school's folder, or taken out. `refuses`: files of its
    folders are refused from now on, in a way of `REFUSALS`, or (None) given again.
    """
    school = world.tenant.school_by_code(code)
    if school is None:
        raise ValueError(f"no school {code}")
    if not set(body) <= {"there", "refuses"}:
        raise ValueError("there, refuses, or both")
    if "there" in body:
        change = world.registers.hidden.discard if body["there"] else world.registers.hidden.add
        change(school["n"])
    for name, how in body.get("refuses", {}).items():
        if how not in {None, *REFUSALS}:
            raise ValueError(f"not {how}: {', '.join(REFUSALS)} or null")
        world.registers.refusing[school["n"], name] = how
    now = datetime.now(UTC)
    found = world.registers.of(world.tenant, school, now) is not None
    made = world.registers.made(world.tenant, school, now)
    return {"there": found, "files": {name: raw.decode() for name, raw in made.items()}}
