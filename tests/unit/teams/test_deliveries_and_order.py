import asyncio

import pytest

from bot.teams.conversation_order import ConversationOrder, TooManyTurns
from bot.teams.deliveries import KNOWN_SECONDS, AnotherActivity, Deliveries, HttpAnswer

KEY = b"k" * 32


def answering(body: bytes):
    async def run() -> HttpAnswer:
        return HttpAnswer(200, body)

    return run


async def test_nothing_of_an_answer_or_of_what_was_said_is_kept() -> None:
    deliveries = Deliveries(KEY)

    answers = [await deliveries.once(("a",), b"typed 4146054046", answering(body)) for body in (b"secret", b"gone")]

    assert [answer.body for answer in answers] == [b"secret", b"gone"]
    ((name, content),) = deliveries._known.items()
    assert {len(name), len(content)} == {16}
    assert content != Deliveries(b"x" * 32)._digest(b"typed 4146054046"), "the digest tells nothing without the key"


async def test_other_content_under_a_known_id_is_refused_and_runs_nothing() -> None:
    deliveries = Deliveries(KEY)
    await deliveries.once(("a", "b"), b"one", answering(b"first"))

    with pytest.raises(AnotherActivity):
        await deliveries.once(("a", "b"), b"two", answering(b"second"))
    assert (await deliveries.once(("a", "c"), b"two", answering(b"other"))).body == b"other"
    assert (await deliveries.once(("ab", ""), b"two", answering(b"other"))).body == b"other"


async def test_an_id_is_known_for_an_hour_even_if_nobody_asks_for_it() -> None:
    now = 0.0
    deliveries = Deliveries(KEY, monotonic=lambda: now)
    await deliveries.once(("a",), b"one", answering(b""))
    now = KNOWN_SECONDS
    await deliveries.once(("b",), b"", answering(b""))

    assert len(deliveries._known) == 1
    assert (await deliveries.once(("a",), b"two", answering(b"new"))).body == b"new"


async def test_a_repeat_does_not_make_an_id_known_for_longer_than_its_hour() -> None:
    now = 0.0
    deliveries = Deliveries(KEY, monotonic=lambda: now)
    await deliveries.once(("a",), b"one", answering(b""))
    now = KNOWN_SECONDS - 1
    await deliveries.once(("a",), b"one", answering(b""))
    now = KNOWN_SECONDS

    assert (await deliveries.once(("a",), b"two", answering(b"new"))).body == b"new"
    with pytest.raises(AnotherActivity):
        await deliveries.once(("a",), b"one", answering(b""))


async def test_so_many_ids_are_known_and_the_oldest_goes_first() -> None:
    deliveries = Deliveries(KEY, most_known=2)
    for name in "abc":
        await deliveries.once((name,), b"one", answering(b""))

    assert len(deliveries._known) == 2
    assert (await deliveries.once(("a",), b"two", answering(b"new"))).body == b"new"


async def test_when_the_run_is_cut_short_whoever_waits_for_it_is_told_to_come_again() -> None:
    deliveries, started = Deliveries(KEY), asyncio.Event()

    async def endless() -> HttpAnswer:
        started.set()
        await asyncio.Event().wait()
        raise AssertionError

    first = asyncio.ensure_future(deliveries.once(("a",), b"", endless))
    await started.wait()
    second = asyncio.ensure_future(deliveries.once(("a",), b"", answering(b"x")))
    await asyncio.sleep(0)
    first.cancel()

    assert await second == HttpAnswer(503)
    with pytest.raises(asyncio.CancelledError):
        await first
    assert deliveries._running == {}


async def test_who_stops_waiting_does_not_stop_the_run() -> None:
    deliveries, gate = Deliveries(KEY), asyncio.Event()

    async def gated() -> HttpAnswer:
        await gate.wait()
        return HttpAnswer(200, b"done")

    first = asyncio.ensure_future(deliveries.once(("a",), b"", gated))
    await asyncio.sleep(0)
    second = asyncio.ensure_future(deliveries.once(("a",), b"", gated))
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
