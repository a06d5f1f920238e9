"""One seed from its beginning to its end."""

from bisect import bisect
from collections.abc import Iterable
from itertools import accumulate

from tests.simulation.acts import Acts
from tests.simulation.cast import IDENTIFIERS
from tests.simulation.records import Broken, Figures
from tests.simulation.world import World

STEPS = 30
_SHARES = {
    "ask": 13,
    "work": 34,
    "look": 20,
    "hand": 4,
    "steal": 5,
    "ask_state": 3,
    "ask_many": 3,
    "ask_again": 1,
    "cancel": 2,
    "offer": 5,
    "collect": 2,
    "wait": 13,
    "change": 4,
    "owner_changes": 2,
    "disturb": 7,
    "freeze": 4,
}
_ACTS = tuple(_SHARES)
_UP_TO = tuple(accumulate(_SHARES.values()))


class SeedFailed(AssertionError):
    """What broke, under which seed, and everything that happened before."""

    def __init__(self, seed: int, broken: BaseException, trace: Iterable[tuple[object, ...]]) -> None:
        lines = "\n".join("  ".join(map(str, line)) for line in trace)
        super().__init__(f"seed {seed}\n{lines}\n{type(broken).__name__}: {broken}")
        self.seed = seed
        self.broken = broken


def run(seed: int, figures: Figures, make: type[World] = World) -> None:
    """Runs one seed; SeedFailed when an invariant breaks or the product raises what nobody expects."""
    world = make(seed, figures)
    try:
        _live(world)
    except Exception as error:
        raise SeedFailed(seed, error, world.trace) from error
    finally:
        for thread in [*world.turns, *world.workers]:
            thread.kill()
    figures.seeds += 1
    figures.faults += world.directory.faults


def _live(world: World) -> None:
    acts = Acts(world)
    doings = [getattr(acts, name) for name in _ACTS]
    total = _UP_TO[-1]
    acts.begin()
    for step in range(1, STEPS + 1):
        world.step = world.records.step = step
        doings[bisect(_UP_TO, world.rng.random() * total)]()
        world.records.check_store()
    world.figures.steps += STEPS
    world.drain()
    world.records.check_end()
    _nothing_remains(world)


def _nothing_remains(world: World) -> None:
    """I4 and I7: no password and no identifier in anything that is kept."""
    remains = world.remains()
    for text in world.records.known_texts:
        if text in remains:
            raise Broken("I4", "a password is left in the store")
    for identifier in IDENTIFIERS:
        if identifier in remains:
            raise Broken("I7", "an identifier is left in the store")
