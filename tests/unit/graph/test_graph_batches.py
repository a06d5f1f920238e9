"""Many calls in one request, and an answer that is right in parts."""

from dataclasses import replace

import pytest
from aiohttp import web

from bot.core.errors import DirectoryBusy, DirectoryForbidden, DirectoryMisunderstood, DirectoryUnavailable
from bot.graph.batch import Item
from bot.graph.describing import Call, Cost
from tests.unit.graph.hostile import REQUEST_ID, Bench, answers, error, refuses, says


def read(name: str) -> Call:
    return Call("look", "GET", f"GET /{name}", f"/{name}")


def write(name: str, *, repeatable: bool = True) -> Call:
    return Call("write", "POST", f"POST /{name}", f"/{name}", body={"n": name}, repeatable=repeatable)


def asked(bench: Bench, number: int) -> list[dict]:
    requests: list[dict] = bench.graph.seen[number].body["requests"]
    return requests


async def test_answers_come_back_in_the_order_asked(bench: Bench):
    bench.graph.will(answers((200, "a"), (200, "b"), (404, error("NotFound"))))
    first, second, third = await bench.transport.batch([read("a"), read("b"), read("c")])
    assert (first.value(), second.value(), third.found()) == ("a", "b", None)
    assert bench.graph.seen[0].raw_path == "/v1.0/$batch"
    assert bench.transport.sent == {"look": 1}


async def test_each_item_carries_its_own_headers_and_body(bench: Bench):
    bench.graph.will(answers((200, {}), (201, {})))
    await bench.transport.batch([read("a"), write("b")])
    plain, posted = asked(bench, 0)
    assert (plain["method"], plain["url"]) == ("GET", "/a")
    assert "body" not in plain
    assert posted["headers"]["Content-Type"] == "application/json"
    assert posted["body"] == {"n": "b"}
    assert plain["headers"]["x-ms-throttle-priority"] == "high"


async def test_only_what_failed_for_a_moment_is_sent_again(bench: Bench):
    bench.graph.will(
        answers((200, "a"), (429, error("TooManyRequests"), {"retry-after": "2"}), (403, error("AccessDenied"))),
        answers((200, "b")),
    )
    first, second, third = await bench.transport.batch([read("a"), read("b"), read("c")])
    assert [item["url"] for item in asked(bench, 1)] == ["/b"]
    assert (first.value(), second.value()) == ("a", "b")
    with pytest.raises(DirectoryForbidden):
        third.value()
    assert sum(bench.clock.slept) == 2


async def test_the_longest_wait_asked_for_is_kept(bench: Bench):
    busy = error("TooManyRequests")
    bench.graph.will(
        answers((429, busy, {"Retry-After": "1"}), (429, busy, {"RETRY-AFTER": "3"})), answers((200, 1), (200, 2))
    )
    await bench.transport.batch([read("a"), read("b")])
    assert sum(bench.clock.slept) == 3


async def test_a_wait_beyond_the_deadline_belongs_to_its_item(bench: Bench):
    bench.graph.will(answers((200, "a"), (429, error("TooManyRequests"), {"Retry-After": "99"})))
    first, second = await bench.transport.batch([read("a"), read("b")])
    assert first.value() == "a"
    with pytest.raises(DirectoryBusy) as caught:
        second.value()
    assert caught.value.retry_after == 99
    assert caught.value.request_id == REQUEST_ID


async def test_a_whole_batch_throttled_inside_a_200_ends(bench: Bench):
    bench.graph.will(*[answers((429, error("TooManyRequests")))] * 4)
    (answer,) = await bench.transport.batch([read("a")])
    with pytest.raises(DirectoryBusy):
        answer.value()


async def test_order_is_kept_and_survives_a_repeat(bench: Bench):
    bench.graph.will(
        answers((200, "a"), (503, error("x")), (424, error("FailedDependency"))), answers((200, "b"), (200, "c"))
    )
    items = [Item(write("a")), Item(write("b"), after=(0,)), Item(write("c"), after=(0, 1))]
    result = await bench.transport.batch(items)
    assert [item.get("dependsOn") for item in asked(bench, 0)] == [None, ["0"], ["0", "1"]]
    # What came before is done and must not be named any more; what is still to come must.
    assert [(item["id"], item.get("dependsOn")) for item in asked(bench, 1)] == [("1", None), ("2", ["1"])]
    assert [answer.value() for answer in result] == ["a", "b", "c"]


async def test_a_dependency_that_failed_for_good_is_final(bench: Bench):
    bench.graph.will(answers((403, error("AccessDenied")), (424, error("FailedDependency"))))
    first, second = await bench.transport.batch([Item(write("a")), Item(write("b"), after=(0,))])
    with pytest.raises(DirectoryForbidden):
        first.value()
    with pytest.raises(DirectoryMisunderstood):
        second.value()
    assert len(bench.graph.seen) == 1


async def test_a_write_that_may_not_be_repeated_stays_failed(bench: Bench):
    bench.graph.will(answers((503, error("x"))))
    (answer,) = await bench.transport.batch([write("a", repeatable=False)])
    with pytest.raises(DirectoryUnavailable):
        answer.value()


REFUSED_TOKEN = (401, error("InvalidAuthenticationToken"))


async def test_items_whose_token_was_refused_are_sent_once_more_with_a_new_one(bench: Bench):
    bench.graph.will(answers((200, "a"), REFUSED_TOKEN, REFUSED_TOKEN), answers((200, "b"), (204, None)))
    first, second, third = await bench.transport.batch([read("a"), read("b"), write("c", repeatable=False)])
    assert [item["url"] for item in asked(bench, 1)] == ["/b", "/c"]
    assert (first.value(), second.value(), third.status) == ("a", "b", 204)
    assert bench.tokens.dropped == ["token-1"]
    assert bench.graph.seen[1].headers["Authorization"] == "Bearer token-2"


async def test_items_that_are_refused_again_are_not_ours_to_read(bench: Bench):
    """And a service that refuses whatever comes takes no new token each time."""
    bench.graph.will(*[answers(REFUSED_TOKEN)] * 4)
    for _ in range(2):
        (answer,) = await bench.transport.batch([read("a")])
        with pytest.raises(DirectoryForbidden):
            answer.value()
    assert len(bench.graph.seen) == 4
    assert bench.tokens.dropped == ["token-1"]


async def test_what_was_answered_survives_a_repeat_that_fails_whole(bench: Bench):
    bench.graph.will(answers((200, "a"), (503, error("x"))), refuses(500, "UnknownError"))
    first, second = await bench.transport.batch([read("a"), read("b")])
    assert first.value() == "a"
    with pytest.raises(DirectoryUnavailable):
        second.value()


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        {},
        {"responses": None},
        {"responses": {}},
        {"responses": []},
        {"responses": ["x"]},
        {"responses": [{"id": "0"}]},
        {"responses": [{"id": "0", "status": "200"}]},
        {"responses": [{"id": "0", "status": True}]},
        {"responses": [{"status": 200}]},
        {"responses": [{"id": 0, "status": 200}]},
        {"responses": [{"id": "7", "status": 200}]},
        {"responses": [{"id": "0", "status": 200}, {"id": "0", "status": 200}]},
        {"responses": [{"id": "0", "status": 200}, {"id": "1", "status": 200}]},
        "<html>",
    ],
)
async def test_an_answer_that_does_not_fit_the_question_is_refused(bench: Bench, body):
    bench.graph.will(says(body))
    with pytest.raises(DirectoryMisunderstood):
        await bench.transport.batch([read("a")])


@pytest.mark.parametrize("number", [0, 21])
async def test_a_batch_has_1_to_20_items(bench: Bench, number: int):
    with pytest.raises(ValueError, match="1 to 20"):
        await bench.transport.batch([read("a")] * number)


async def test_every_item_counts_against_the_budget(bench: Bench):
    full = Cost(2 * 200)
    assert bench.transport.budget.wait(full, "high") == 0
    bench.graph.will(answers(*[(200, {})] * 20))
    await bench.transport.batch([read("a")] * 20)
    assert bench.transport.budget.wait(full, "high") == pytest.approx(20 / 200)


async def test_what_teams_refuses_stops_others_that_ask_teams_and_nobody_else(bench: Bench):
    team = Call("teams", "GET", "GET /teams/{id}", "/teams/1")
    bench.graph.will(refuses(429, "TooManyRequests", Retry_After="20"))
    with pytest.raises(DirectoryBusy):
        await bench.transport.send(team)
    with pytest.raises(DirectoryBusy) as caught:
        await bench.transport.send(team)
    assert caught.value.retry_after == pytest.approx(20)
    bench.graph.will(answers((200, {})))
    await bench.transport.batch([read("a")])


TEAM = Call("teams", "GET", "GET /teams/{id}", "/teams/1")


async def test_an_item_that_teams_refuses_stops_others_that_ask_teams_and_nobody_else(bench: Bench):
    """As one that was sent alone: for as long as Graph asks, and only those behind the same limit."""
    bench.graph.will(answers((200, {}), (429, error("TooManyRequests"), {"Retry-After": "20"})))
    _, refused = await bench.transport.batch([TEAM, TEAM])
    with pytest.raises(DirectoryBusy):
        refused.value()
    with pytest.raises(DirectoryBusy) as caught:
        await bench.transport.batch([TEAM])
    assert caught.value.retry_after == pytest.approx(20)
    bench.graph.will(answers((200, {})))
    await bench.transport.batch([read("a")])
    bench.clock.time += 20
    bench.graph.will(says({}))
    await bench.transport.send(TEAM)


OF_EACH = {
    "education": Call("roster", "GET", "GET /education/classes/{id}/members", "/education/classes/1/members"),
    "identity": Call("account", "GET", "GET /users/{id}", "/users/1"),
    "teams": TEAM,
    "files": Call("files", "GET", "GET /sites/{id}/drive/root:/{path}:/children", "/sites/1/drive/root:/a:/children"),
}


@pytest.mark.parametrize("area", OF_EACH)
@pytest.mark.parametrize("alone", [True, False])
async def test_what_is_throttled_stops_the_calls_of_its_own_area_that_are_no_more_urgent(
    bench: Bench, area: str, alone: bool
):
    """Sent alone or in a batch: an unhurried one stops what nobody waits for, behind the same service."""
    low = {each: replace(call, priority="low") for each, call in OF_EACH.items()}
    if alone:
        bench.graph.will(refuses(429, "TooManyRequests", Retry_After="20"))
        with pytest.raises(DirectoryBusy):
            await bench.transport.send(low[area])
    else:
        bench.graph.will(answers((429, error("TooManyRequests"), {"Retry-After": "20"})))
        await bench.transport.batch([low[area]])
    with pytest.raises(DirectoryBusy):
        await bench.transport.batch(list(low.values()))
    others = [call for each, call in low.items() if each != area]
    bench.graph.will(answers(*[(200, {})] * 3), says({}))
    await bench.transport.batch(others)
    await bench.transport.send(OF_EACH[area])


async def test_a_batch_that_is_throttled_as_a_whole_stops_all_the_areas_it_asks(bench: Bench):
    bench.graph.will(refuses(429, "TooManyRequests", Retry_After="20"))
    with pytest.raises(DirectoryBusy):
        await bench.transport.batch([OF_EACH["education"], OF_EACH["identity"]])
    for each in ("education", "identity"):
        with pytest.raises(DirectoryBusy):
            await bench.transport.send(OF_EACH[each])
    bench.graph.will(says({}))
    await bench.transport.send(OF_EACH["files"])


async def test_items_without_a_wait_and_those_that_only_failed_stop_nobody(bench: Bench):
    bench.graph.will(
        answers((429, error("TooManyRequests")), (503, error("x"), {"Retry-After": "20"})), answers((200, {}))
    )
    await bench.transport.batch([replace(read("a"), repeatable=False), replace(read("b"), repeatable=False)])
    await bench.transport.batch([read("a")])
    assert bench.clock.slept == []


async def test_items_refused_for_a_moment_are_repeated_no_later_than_before(bench: Bench):
    """The pause of the others ends when the batch itself goes on."""
    bench.graph.will(answers((200, {}), (429, error("TooManyRequests"), {"Retry-After": "3"})), answers((200, {})))
    before = bench.clock.time
    await bench.transport.batch([TEAM, TEAM])
    assert bench.clock.time - before == pytest.approx(3)


async def test_what_a_batch_carries_to_teams_waits_for_the_share_of_teams(bench: Bench):
    team = Call("teams", "GET", "GET /teams/{id}", "/teams/1", version="beta")
    bench.graph.will(*[answers(*[(200, {})] * 20)] * 5)
    before = bench.clock.time
    for _ in range(5):
        await bench.transport.batch([team] * 20)
    assert bench.clock.time - before == pytest.approx(4)  # a batch of 20 a second


async def test_two_versions_do_not_share_a_batch(bench: Bench):
    beta = Call("look", "GET", "GET /a", "/a", version="beta")
    with pytest.raises(ValueError, match="version"):
        await bench.transport.batch([read("a"), beta])


async def test_item_headers_of_any_kind_are_read(bench: Bench):
    async def odd(request: web.Request) -> web.StreamResponse:
        return web.json_response({"responses": [{"id": "0", "status": 503, "headers": [1], "body": "x"}]})

    bench.graph.will(odd, answers((200, "a")))
    (answer,) = await bench.transport.batch([read("a")])
    assert answer.value() == "a"
