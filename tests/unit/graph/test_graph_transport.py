"""One call against a Graph that misbehaves."""

import asyncio
import zlib

import aiohttp
import pytest
from aiohttp import web

from bot.core.errors import (
    DirectoryBusy,
    DirectoryError,
    DirectoryForbidden,
    DirectoryMisunderstood,
    DirectoryUnavailable,
)
from bot.graph import wire
from bot.graph.describing import Call, Cost
from tests.unit.graph.hostile import REQUEST_ID, Bench, hangs, refuses, resets, says

READ = Call("look", "GET", "GET /things/{id}", "/things/a%2Fb?$select=id,%27x%27")
WRITE = Call("write", "POST", "POST /things", "/things", body={"име": "Ана"}, repeatable=False)


async def test_the_url_arrives_exactly_as_it_was_described(bench: Bench):
    bench.graph.will(says({"id": "1"}))
    answer = await bench.transport.send(READ)
    (seen,) = bench.graph.seen
    assert answer.value() == {"id": "1"}
    assert seen.raw_path == "/v1.0/things/a%2Fb?$select=id,%27x%27"
    assert seen.headers["Authorization"] == "Bearer token-1"
    assert seen.headers["x-ms-throttle-priority"] == "high"
    assert len(seen.headers["client-request-id"]) == 36


async def test_a_body_travels_as_json(bench: Bench):
    bench.graph.will(says({}, 201))
    await bench.transport.send(WRITE)
    assert bench.graph.seen[0].body == {"име": "Ана"}
    assert bench.graph.seen[0].headers["Content-Type"] == "application/json"


@pytest.mark.parametrize("status", [429, 502, 503, 504])
async def test_a_read_is_repeated_until_it_succeeds(bench: Bench, status: int):
    bench.graph.will(refuses(status, "x"), refuses(status, "x"), says({"id": "1"}))
    assert (await bench.transport.send(READ)).value() == {"id": "1"}
    assert bench.transport.sent == {"look": 3}


async def test_retry_after_is_obeyed(bench: Bench):
    bench.graph.will(refuses(429, "TooManyRequests", Retry_After="3"), says({}))
    await bench.transport.send(READ)
    assert sum(bench.clock.slept) == 3


async def test_retry_after_zero_still_backs_off(bench: Bench):
    bench.graph.will(refuses(429, "TooManyRequests", Retry_After="0"), says({}))
    await bench.transport.send(READ)
    assert sum(bench.clock.slept) > 0


@pytest.mark.parametrize("junk", ["soon", "-5", "1e3", "NaN", "", "9" * 40, "²"])
async def test_an_unreadable_retry_after_is_an_ordinary_backoff(bench: Bench, junk: str):
    bench.graph.will(refuses(503, "x", Retry_After=junk), says({}))
    await bench.transport.send(READ)
    assert 0 < sum(bench.clock.slept) < 1


async def test_retry_after_as_a_date_is_measured_by_the_servers_own_clock(bench: Bench):
    dates = {"Date": "Tue, 15 Sep 2026 08:00:00 GMT", "Retry_After": "Tue, 15 Sep 2026 08:00:04 GMT"}
    bench.graph.will(refuses(429, "x", **dates), says({}))
    await bench.transport.send(READ)
    assert sum(bench.clock.slept) == 4


@pytest.mark.parametrize("status", [429, 503])
async def test_a_wait_beyond_the_deadline_is_told_at_once(bench: Bench, status: int):
    bench.graph.will(refuses(status, "TooManyRequests", Retry_After="120"))
    with pytest.raises(DirectoryBusy) as caught:
        await bench.transport.send(READ)
    assert caught.value.retry_after == 120
    assert caught.value.request_id == REQUEST_ID
    assert bench.clock.slept == []


async def test_a_huge_retry_after_is_capped_and_does_not_switch_the_bot_off(bench: Bench):
    bench.graph.will(refuses(429, "x", Retry_After="999999999"), says({}))
    with pytest.raises(DirectoryBusy) as caught:
        await bench.transport.send(READ)
    assert caught.value.retry_after == 3600
    bench.clock.time += 31
    await bench.transport.send(READ)


async def test_after_a_429_others_wait_instead_of_asking(bench: Bench):
    bench.graph.will(refuses(429, "x", Retry_After="20"))
    with pytest.raises(DirectoryBusy):
        await bench.transport.send(READ)
    with pytest.raises(DirectoryBusy) as caught:
        await bench.transport.send(READ)
    assert caught.value.retry_after == pytest.approx(20)
    assert bench.transport.sent == {"look": 1}


async def test_a_throttled_sweep_does_not_stop_a_waiting_person(bench: Bench):
    sweep = Call("sweep", "GET", "GET /all", "/all", priority="low")
    bench.graph.will(refuses(429, "x", Retry_After="20"), says({}))
    with pytest.raises(DirectoryBusy):
        await bench.transport.send(sweep)
    await bench.transport.send(READ)
    assert bench.graph.seen[0].headers["x-ms-throttle-priority"] == "low"


async def test_a_read_is_not_repeated_for_ever(bench: Bench):
    bench.graph.will(*[says("<html>Bad Gateway</html>", 502)] * 4)
    with pytest.raises(DirectoryUnavailable):
        await bench.transport.send(READ)
    assert bench.transport.sent == {"look": 4}


async def test_a_plain_500_is_not_repeated(bench: Bench):
    bench.graph.will(refuses(500, "UnknownError"))
    with pytest.raises(DirectoryUnavailable):
        await bench.transport.send(READ)


@pytest.mark.parametrize("failing", [refuses(503, "x"), resets, refuses(429, "x")])
async def test_a_write_that_may_not_be_repeated_is_sent_once(bench: Bench, failing):
    bench.graph.will(failing)
    with pytest.raises((DirectoryUnavailable, DirectoryBusy)):
        await bench.transport.send(WRITE)
    assert bench.transport.sent == {"write": 1}


async def test_a_reset_connection_is_tried_again(bench: Bench):
    bench.graph.will(resets, says({"id": "1"}))
    assert (await bench.transport.send(READ)).value() == {"id": "1"}


async def test_a_silent_server_is_tried_again(bench: Bench):
    bench.rebuild(attempt_timeout=1.0)
    bench.graph.will(hangs, says({"id": "1"}))
    assert (await bench.transport.send(READ)).value() == {"id": "1"}


async def test_a_server_that_stays_silent_is_unavailable(bench: Bench):
    bench.rebuild(attempt_timeout=0.3)
    bench.graph.will(hangs, hangs, hangs, hangs)
    with pytest.raises(DirectoryUnavailable) as caught:
        await bench.transport.send(READ)
    assert "Timeout" in caught.value.code


async def test_nobody_listening_is_unavailable(bench: Bench):
    bench.rebuild(base_url="http://127.0.0.1:9")
    with pytest.raises(DirectoryUnavailable):
        await bench.transport.send(READ)


async def test_a_refused_token_is_dropped_and_the_call_repeated_once(bench: Bench):
    bench.graph.will(refuses(401, "InvalidAuthenticationToken"), says({"id": "1"}))
    assert (await bench.transport.send(READ)).value() == {"id": "1"}
    assert bench.tokens.dropped == ["token-1"]
    assert bench.graph.seen[1].headers["Authorization"] == "Bearer token-2"


async def test_a_token_refused_twice_is_an_operators_business(bench: Bench):
    bench.graph.will(*[refuses(401, "InvalidAuthenticationToken")] * 2)
    with pytest.raises(DirectoryForbidden) as caught:
        (await bench.transport.send(READ)).value()
    assert caught.value.code == "InvalidAuthenticationToken"


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (403, "Authorization_RequestDenied", DirectoryForbidden),
        (403, "AccessDenied", DirectoryForbidden),
        (403, "", DirectoryForbidden),
        (400, "Authorization_RequestDenied", DirectoryForbidden),
        (400, "Request_UnsupportedQuery", DirectoryMisunderstood),
        (400, "BadRequest", DirectoryMisunderstood),
        (403, "TooManyRequests", DirectoryBusy),
        (400, "activityLimitReached", DirectoryBusy),
        (404, "UnknownError", DirectoryUnavailable),
        (410, "syncStateNotFound", DirectoryMisunderstood),
        (302, "", DirectoryMisunderstood),
    ],
)
async def test_what_graph_refuses_with_becomes_the_cores_error(
    bench: Bench, status: int, code: str, kind: type[DirectoryError]
):
    bench.graph.will(refuses(status, code))
    with pytest.raises(kind) as caught:
        (await bench.transport.send(READ)).found()
    assert caught.value.request_id == REQUEST_ID
    assert caught.value.code == (code or f"HTTP{status}")


@pytest.mark.parametrize(
    "code",
    [
        "Request_ResourceNotFound",
        "Directory_ObjectNotFound",
        "directory_objectnotfound",
        "ObjectNotFound",
        "itemNotFound",
        "ErrorItemNotFound",
        "NotFound",
        "ResourceNotFound",
    ],
)
async def test_graphs_own_404_means_there_is_none(bench: Bench, code: str):
    bench.graph.will(refuses(404, code))
    assert (await bench.transport.send(READ)).found() is None


@pytest.mark.parametrize("reply", [says("<h1>404 at some proxy</h1>", 404), says({}, 404), says([], 404)])
async def test_a_404_that_graph_did_not_word_says_nothing(bench: Bench, reply):
    bench.graph.will(reply)
    with pytest.raises(DirectoryMisunderstood):
        (await bench.transport.send(READ)).found()


async def test_a_redirect_is_not_followed(bench: Bench):
    bench.graph.will(says(None, 302, Location=f"{bench.graph.url}/elsewhere"))
    with pytest.raises(DirectoryMisunderstood):
        (await bench.transport.send(READ)).found()
    assert len(bench.graph.seen) == 1


async def test_a_gigantic_answer_is_refused_before_it_fills_the_memory(bench: Bench, monkeypatch):
    monkeypatch.setattr(wire, "MOST_BYTES", 1000)
    bench.graph.will(says({"value": ["x" * 1001]}))
    with pytest.raises(DirectoryMisunderstood):
        async for _page in bench.transport.pages(READ):
            pass


async def test_a_small_answer_that_unpacks_to_a_gigantic_one_is_refused(bench: Bench, monkeypatch):
    monkeypatch.setattr(wire, "MOST_BYTES", 100_000)

    async def bomb(request: web.Request) -> web.StreamResponse:
        packed = zlib.compress(b'{"value":["' + b"x" * 5_000_000 + b'"]}')
        return web.Response(body=packed, headers={"Content-Encoding": "deflate", "Content-Type": "application/json"})

    bench.graph.will(bomb)
    with pytest.raises(DirectoryMisunderstood):
        async for _page in bench.transport.pages(READ):
            pass


async def test_cancelling_the_turn_gives_the_connection_back(bench: Bench):
    connector = aiohttp.TCPConnector(limit=1)
    async with aiohttp.ClientSession(connector=connector) as narrow:
        bench.session = narrow
        bench.rebuild()
        bench.graph.will(hangs, says({"id": "1"}))
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await bench.transport.send(READ)
        assert (await bench.transport.send(READ)).value() == {"id": "1"}


async def test_the_breaker_opens_answers_at_once_and_closes_again(bench: Bench):
    bench.graph.will(*[refuses(500, "UnknownError")] * 8)
    for _ in range(8):
        with pytest.raises(DirectoryUnavailable):
            await bench.transport.send(READ)
    with pytest.raises(DirectoryUnavailable) as caught:
        await bench.transport.send(READ)
    assert caught.value.code == "circuit-open"
    assert len(bench.graph.seen) == 8

    bench.clock.time += 10
    bench.graph.will(refuses(500, "UnknownError"))
    with pytest.raises(DirectoryUnavailable):
        await bench.transport.send(READ)
    with pytest.raises(DirectoryUnavailable) as caught:
        await bench.transport.send(READ)
    assert caught.value.code == "circuit-open"

    bench.clock.time += 10
    bench.graph.will(says({"id": "1"}), says({"id": "2"}))
    await bench.transport.send(READ)
    assert (await bench.transport.send(READ)).value() == {"id": "2"}


async def test_a_half_open_breaker_lets_one_request_through(bench: Bench):
    bench.graph.will(*[refuses(500, "UnknownError")] * 8)
    for _ in range(8):
        with pytest.raises(DirectoryUnavailable):
            await bench.transport.send(READ)
    bench.clock.time += 10
    bench.graph.will(says({"id": "1"}))
    results = await asyncio.gather(*(bench.transport.send(READ) for _ in range(5)), return_exceptions=True)
    assert sorted(type(result).__name__ for result in results) == ["Answer"] + ["DirectoryUnavailable"] * 4


async def test_a_cancelled_probe_leaves_the_breaker_able_to_probe_again(bench: Bench):
    bench.graph.will(*[refuses(500, "UnknownError")] * 8)
    for _ in range(8):
        with pytest.raises(DirectoryUnavailable):
            await bench.transport.send(READ)
    bench.clock.time += 10
    bench.graph.will(hangs, says({"id": "1"}))
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await bench.transport.send(READ)
    assert (await bench.transport.send(READ)).value() == {"id": "1"}


async def test_refusals_of_ours_are_no_reason_to_open_the_breaker(bench: Bench):
    bench.graph.will(*[refuses(403, "AccessDenied")] * 20, says({"id": "1"}))
    for _ in range(20):
        await bench.transport.send(READ)
    assert (await bench.transport.send(READ)).value() == {"id": "1"}


async def test_a_token_that_does_not_come_ends_with_the_deadline(bench: Bench):
    class Never:
        async def bearer(self) -> str:
            await asyncio.sleep(60)
            return ""

        def drop(self, token: str) -> None: ...

    bench.tokens = Never()  # type: ignore[assignment]
    bench.rebuild(attempt_timeout=0.05, deadline=0.05)
    with pytest.raises(DirectoryUnavailable) as caught:
        await bench.transport.send(READ)
    assert caught.value.code == "token-deadline"


async def test_more_calls_than_the_rate_allows_are_spread_out(bench: Bench):
    bench.rebuild(requests_per_second=40.0)
    bench.graph.will(*[says({})] * 120)
    for _ in range(120):
        await bench.transport.send(READ)
    assert bench.clock.time - 1000 == pytest.approx((120 - 80) / 40, abs=0.05)


async def test_a_spent_budget_is_told_instead_of_waited_for(bench: Bench):
    bench.transport.budget.take(Cost(400 + 200 * 9))
    with pytest.raises(DirectoryBusy) as caught:
        await bench.transport.send(READ)
    assert caught.value.code == "own-budget"
    assert bench.graph.seen == []
