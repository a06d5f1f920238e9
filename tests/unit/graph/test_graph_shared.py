"""A reading outlives a turn that has no time left, and the next press has it."""

import asyncio
import gc

import pytest

from bot.core.errors import DirectoryUnavailable
from bot.core.people.model import School
from bot.graph.class_links import GraphClassLinks
from bot.graph.shared import Shared
from bot.graph.sweeps import Sweeps
from tests.fakes import FakeClock
from tests.unit.graph.hostile import Bench, says

OURS = School("s1", "2990001", "СУ „Сребърна липа“")


class Slow:
    """Something that is read slowly: `gate` lets it end."""

    def __init__(self, outcome):
        self.outcome = outcome
        self.begun = 0
        self.gate = asyncio.Event()

    async def __call__(self):
        self.begun += 1
        await self.gate.wait()
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome


async def cut_off(waiting) -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.02):
            await waiting


async def test_who_has_no_time_left_does_not_stop_the_reading_or_others():
    shared, read = Shared[str](), Slow("read")
    await cut_off(shared.of("a", read))
    waiting = [asyncio.create_task(shared.of("a", read)) for _ in range(3)]
    await asyncio.sleep(0)
    read.gate.set()

    assert [await one for one in waiting] == ["read"] * 3
    assert read.begun == 1
    assert await shared.of("a", read) == "read"
    assert read.begun == 2, "nothing is kept here"


async def test_a_failure_reaches_all_who_wait_and_nobody_else(caplog):
    shared, read = Shared[str](), Slow(DirectoryUnavailable("down"))
    await cut_off(shared.of("a", read))
    read.gate.set()
    await asyncio.sleep(0.01)
    gc.collect()
    assert caplog.records == [], "nobody waited: nothing is lost, and nothing is shouted"

    read.gate.clear()
    waiting = [asyncio.create_task(shared.of("a", read)) for _ in range(2)]
    await asyncio.sleep(0)
    read.gate.set()
    found = await asyncio.gather(*waiting, return_exceptions=True)
    assert [type(one) for one in found] == [DirectoryUnavailable] * 2


async def test_a_sweep_that_was_not_waited_for_is_there_with_the_next_press():
    sweeps, sweep = Sweeps[int](lambda: 0.0), Slow((1, 2))
    for _ in range(3):
        await cut_off(sweeps.of("s1", sweep))
    sweep.gate.set()
    await asyncio.sleep(0.01)

    assert await sweeps.of("s1", sweep) == (1, 2)
    assert sweep.begun == 1


async def test_the_classes_of_a_school_are_read_once_though_the_first_press_had_no_time(bench: Bench):
    clock, gate = FakeClock(), asyncio.Event()
    links = GraphClassLinks(bench.transport, bench.transport.options, clock)

    async def slowly(request):
        await gate.wait()
        return await says({"value": []})(request)

    bench.graph.will(slowly)
    await cut_off(links.of_school(OURS, ()))
    gate.set()
    for _ in range(200):
        await asyncio.sleep(0.01)
        if links._left:
            break

    bench.graph.will(slowly)
    await links.of_school(OURS, ("101",))
    assert len(bench.graph.seen) == 2, "with another list other classes are read"

    first = await links.of_school(OURS, ())
    assert (first.classes, len(bench.graph.seen)) == ((), 2)

    bench.graph.will(slowly)
    await links.of_school(OURS, ())
    assert len(bench.graph.seen) == 3, "what was taken is not given twice"

    bench.graph.will(slowly, slowly)
    gate.clear()
    await cut_off(links.of_school(OURS, ()))
    gate.set()
    await asyncio.sleep(0.1)
    clock.move(minutes=4)
    await links.of_school(OURS, ())
    assert len(bench.graph.seen) == 5, "what nobody took for minutes is read anew"
