import asyncio

import pytest

from bot.teams.conversation_order import ConversationOrder, TooManyTurns
from bot.teams.deliveries import KEPT, Deliveries, HttpAnswer


def answering(body: bytes, ran: list[bytes] | None = None):
    async def run() -> HttpAnswer:
        if ran is not None:
            ran.append(body)
        return HttpAnswer(200, body)

    return run


async def test_at_most_so_many_answers_are_kept_and_the_oldest_goes_first() -> None:
    deliveries = Deliveries(max_kept=2)
    for number in range(3):
        await deliveries.once(number, answering(b"first"), keep=True)

    got = [(await deliveries.once(number, answering(b"again"), keep=False)).body for number in range(3)]

    assert got == [b"again", b"first", b"first"]


async def test_at_most_so_many_bytes_are_kept() -> None:
    deliveries = Deliveries(max_kept_bytes=10)
    await deliveries.once("a", answering(b"123456"), keep=True)
    await deliveries.once("b", answering(b"123456"), keep=True)
    await deliveries.once("c", answering(b"12345678901"), keep=True)

    assert list(deliveries._kept) == ["b"]
    assert deliveries._kept_bytes == 6


async def test_an_answer_is_forgotten_after_a_minute_even_if_nobody_asks_for_it() -> None:
    now = 0.0
    deliveries = Deliveries(monotonic=lambda: now)
    await deliveries.once("a", answering(b"secret"), keep=True)
    now = KEPT
    await deliveries.once("b", answering(b""), keep=False)

    assert deliveries._kept == {}
    assert deliveries._kept_bytes == 0


async def test_only_a_good_answer_is_kept() -> None:
    deliveries = Deliveries()

    async def overloaded() -> HttpAnswer:
        return HttpAnswer(503)

    await deliveries.once("a", overloaded, keep=True)

    assert (await deliveries.once("a", answering(b"good"), keep=True)).body == b"good"


async def test_when_the_run_is_cut_short_whoever_waits_for_it_is_told_to_come_again() -> None:
    deliveries, started = Deliveries(), asyncio.Event()

    async def endless() -> HttpAnswer:
        started.set()
        await asyncio.Event().wait()
        raise AssertionError

    first = asyncio.ensure_future(deliveries.once("a", endless, keep=True))
    await started.wait()
    second = asyncio.ensure_future(deliveries.once("a", answering(b"x"), keep=True))
    await asyncio.sleep(0)
    first.cancel()

    assert await second == HttpAnswer(503)
    with pytest.raises(asyncio.CancelledError):
        await first
    assert deliveries._running == {}


async def test_who_stops_waiting_does_not_stop_the_run() -> None:
    deliveries, gate = Deliveries(), asyncio.Event()

    async def gated() -> HttpAnswer:
        await gate.wait()
        return HttpAnswer(200, b"done")

    first = asyncio.ensure_future(deliveries.once("a", gated, keep=True))
    await asyncio.sleep(0)
    second = asyncio.ensure_future(deliveries.once("a", gated, keep=True))
    await asyncio.sleep(0)
    second.cancel()
    gate.set()

    assert (await first).body == b"done"


async def test_order_is_first_come_first_served_and_leaves_nothing_behind() -> None:
    order, ran = ConversationOrder(), []

    async def turn(number: int) -> None:
        async with order.turn("c"):
            await asyncio.sleep(0)
            ran.append(number)

    await asyncio.gather(*(turn(number) for number in range(10)))

    assert ran == list(range(10))
    assert len(order) == 0


async def test_a_turn_that_fails_or_is_cancelled_frees_the_conversation() -> None:
    order = ConversationOrder()
    with pytest.raises(KeyError):
        async with order.turn("c"):
            raise KeyError
    async with order.turn("c"):
        waiting = asyncio.ensure_future(order.turn("c").__aenter__())
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)

    assert len(order) == 0
    async with asyncio.timeout(1), order.turn("c"):
        pass


async def test_too_many_turns_of_one_conversation_are_refused_and_others_are_not() -> None:
    order = ConversationOrder(max_waiting=0)
    async with order.turn("c"):
        with pytest.raises(TooManyTurns):
            await order.turn("c").__aenter__()
        async with order.turn("d"):
            pass
    async with order.turn("c"):
        pass
