"""A turn has one time, from when it arrived: what it waited for is not added to it."""

import asyncio
import time
from collections.abc import Awaitable, Callable

import pytest

from bot.teams import turn_runner
from bot.teams.deliveries import HttpAnswer
from bot.teams.turn_runner import Arrival, TurnRunner

A_LITTLE = 0.1


class Seen:
    """Answered activities behind a database that does not answer."""

    def __init__(self, silent: bool = True) -> None:
        self.silent, self.marked = silent, 0

    async def seen(self, conversation_id: str, activity_id: str) -> bool:
        if self.silent:
            await asyncio.sleep(40)
        return False

    def mark(self, conversation_id: str, activity_id: str) -> None:
        self.marked += 1


def runner(seen: Seen) -> TurnRunner:
    return TurnRunner(seen, new_reference=lambda: "R")


def arrived(name: str, *, press: bool = False, before: float = 0.0) -> Arrival:
    invoke = "adaptiveCard/action" if press else None
    return Arrival(name, "chat", ("who",), b"x", invoke, at=time.monotonic() - before)


def answering(waited: list[float]) -> Callable[[float], Awaitable[HttpAnswer]]:
    async def answer(so_long: float) -> HttpAnswer:
        waited.append(so_long)
        return HttpAnswer(200)

    return answer


async def test_a_database_that_is_silent_is_not_waited_for_before_a_message_is_answered(monkeypatch):
    monkeypatch.setattr(turn_runner, "SEEN_SECONDS", A_LITTLE)
    seen, waited = Seen(), list[float]()
    async with asyncio.timeout(5):
        answer = await runner(seen).run(arrived("one"), answering(waited), patience=9.0)

    assert (answer.status, seen.marked) == (200, 1)
    assert A_LITTLE <= waited[0] < 2, "and it has that much less time"


def test_it_is_waited_for_a_small_part_of_the_time():
    assert turn_runner.SEEN_SECONDS <= 1


async def test_what_has_waited_before_it_came_here_is_told():
    waited = list[float]()
    await runner(Seen(silent=False)).run(arrived("one", before=3), answering(waited), patience=9.0)

    assert 3 <= waited[0] < 5


async def test_a_press_behind_a_slow_message_is_answered_in_its_own_time_and_has_none_left_to_do_anything():
    running, ends, waited = runner(Seen(silent=False)), asyncio.Event(), list[float]()

    async def slowly(_: float) -> HttpAnswer:
        await ends.wait()
        return HttpAnswer(200)

    async with asyncio.timeout(5):
        message = asyncio.ensure_future(running.run(arrived("one"), slowly, patience=9.0))
        await asyncio.sleep(0)
        press = await running.run(arrived("two", press=True), answering(waited), patience=A_LITTLE)

        assert press.status == 200
        assert waited[0] >= A_LITTLE
        assert not message.done()
        ends.set()
        assert (await message).status == 200
    later = list[float]()
    await running.run(arrived("three"), answering(later), patience=9.0)
    assert later[0] < 1, "the line is free again"


async def test_whose_turn_comes_in_time_keeps_its_place_in_the_line():
    running, ran = runner(Seen(silent=False)), list[str]()

    def named(name: str) -> Callable[[float], Awaitable[HttpAnswer]]:
        async def turn(_: float) -> HttpAnswer:
            await asyncio.sleep(0.01)
            ran.append(name)
            return HttpAnswer(200)

        return turn

    names = [str(number) for number in range(5)]
    await asyncio.gather(*(running.run(arrived(one), named(one), patience=9.0) for one in names))

    assert ran == names


@pytest.mark.parametrize("press", [False, True])
async def test_an_event_that_nobody_waits_for_waits_as_long_as_it_takes(press: bool):
    running, ends, waited = runner(Seen(silent=False)), asyncio.Event(), list[float]()

    async def slowly(_: float) -> HttpAnswer:
        await ends.wait()
        return HttpAnswer(200)

    async with asyncio.timeout(5):
        first = asyncio.ensure_future(running.run(arrived("one"), slowly))
        await asyncio.sleep(0)
        event = asyncio.ensure_future(running.run(arrived("two", press=press, before=60), answering(waited)))
        await asyncio.sleep(A_LITTLE)
        assert not waited
        ends.set()
        await asyncio.gather(first, event)

    assert len(waited) == 1
