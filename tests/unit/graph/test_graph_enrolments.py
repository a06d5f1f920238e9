"""Moving a student: what is sent, what each answer means for each step, and that nothing is written twice."""

import inspect
import logging
import traceback
from typing import Any

import pytest
from aiohttp import web

from bot.core.errors import (
    AccountMissing,
    DirectoryBusy,
    DirectoryError,
    DirectoryForbidden,
    DirectoryMisunderstood,
    DirectoryUnavailable,
)
from bot.core.transfers.model import Step, StepKind
from bot.core.transfers.ports import EnrolmentWriter, StepOutcome
from bot.graph.calls_writer import EnrolmentCalls
from bot.graph.describing import Cost
from tests.unit.graph.hostile import (
    AT_ONCE,
    REQUEST_ID,
    UNREAD,
    Bench,
    Reply,
    answers,
    error,
    hangs,
    options,
    refuses,
    resets,
    says,
)
from tests.unit.graph.test_graph_directory import ID, OTHER

SCHOOL = "a1a1a1a1-1111-4a6c-9d53-0f2a0a4f1c11"
TEAM = "b2b2b2b2-2222-4a6c-9d53-0f2a0a4f1c11"
CONFLICT = "A conflicting object with one or more of the specified property values is present in the directory."
THERE = "One or more added object references already exist for the following modified properties: 'members'."
NOT_THERE = "One or more removed object references do not exist for the following modified properties: 'members'."
JOINS = (StepKind.JOIN_SCHOOL, StepKind.JOIN_TEAM)
LEAVES = (StepKind.LEAVE_TEAM, StepKind.LEAVE_SCHOOL)


def missing(identifier: str) -> str:
    return f"Resource '{identifier}' does not exist or one of its queried reference-property objects are not present."


def team(number: int) -> str:
    return f"{number:08}-2222-4a6c-9d53-0f2a0a4f1c11"


def step(kind: StepKind) -> Step:
    """One of the kind, about SCHOOL, TEAM or the person."""
    of_team = kind in {StepKind.JOIN_TEAM, StepKind.LEAVE_TEAM}
    return Step(kind, ID if kind is StepKind.ENABLE else TEAM if of_team else SCHOOL)


def steps(kind: StepKind, count: int) -> tuple[Step, ...]:
    return tuple(Step(kind, team(number)) for number in range(count))


Said = tuple[int, Any, dict[str, str]]
"""Status, body and headers of what Graph says to one step."""


def said(status: int, body: Any = None, **headers: str) -> Said:
    return status, body, {name.replace("_", "-"): value for name, value in headers.items()}


def worded(status: int, code: str, message: str = "no", **headers: str) -> Said:
    return said(status, error(code, message), **headers)


def replied(kind: StepKind, told: Said) -> Reply:
    """As it arrives: by itself, or (of somebody who leaves) in a batch of one."""
    status, body, headers = told
    return answers(told) if kind in LEAVES else says(b"" if status == 204 else body, status, **headers)


async def one(bench: Bench, kind: StepKind, told: Said) -> StepOutcome:
    """What becomes of a single step."""
    bench.graph.will(replied(kind, told))
    (outcome,) = await bench.enrolments().carry_out(ID, [step(kind)])
    assert outcome.step == step(kind)
    assert len(bench.graph.seen) == 1
    assert bench.clock.slept == []
    return outcome


async def test_it_has_every_method_of_its_port(bench: Bench):
    enrolments: EnrolmentWriter = bench.enrolments()
    for name, method in vars(EnrolmentWriter).items():
        if inspect.isfunction(method) and not name.startswith("_"):
            assert inspect.signature(getattr(type(enrolments), name)) == inspect.signature(method)


# what is sent


@pytest.mark.parametrize(
    ("kind", "method", "path"),
    [
        (StepKind.JOIN_SCHOOL, "POST", f"/v1.0/education/schools/{SCHOOL}/users/$ref"),
        (StepKind.JOIN_TEAM, "POST", f"/v1.0/education/classes/{TEAM}/members/$ref"),
        (StepKind.ENABLE, "PATCH", f"/v1.0/users/{ID}"),
    ],
)
async def test_a_single_step_is_a_single_call(bench: Bench, kind: StepKind, method: str, path: str):
    assert await one(bench, kind, said(204)) == StepOutcome(step(kind))
    (seen,) = bench.graph.seen
    assert (seen.method, seen.raw_path) == (method, path)
    reference = {"@odata.id": f"{bench.graph.url}/v1.0/education/users/{ID}"}
    assert seen.body == ({"accountEnabled": True} if kind is StepKind.ENABLE else reference)
    assert seen.headers["x-ms-throttle-priority"] == "high"


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        (StepKind.LEAVE_TEAM, f"/education/classes/{TEAM}/members/{ID}/$ref"),
        (StepKind.LEAVE_SCHOOL, f"/education/schools/{SCHOOL}/users/{ID}/$ref"),
    ],
)
async def test_leaving_is_a_batch_even_of_one(bench: Bench, kind: StepKind, path: str):
    assert await one(bench, kind, said(204)) == StepOutcome(step(kind))
    (seen,) = bench.graph.seen
    assert (seen.method, seen.raw_path) == ("POST", "/v1.0/$batch")
    (item,) = seen.body["requests"]
    assert (item["method"], item["url"]) == ("DELETE", path)
    assert item["headers"]["x-ms-throttle-priority"] == "high"
    assert "body" not in item


async def test_several_steps_are_one_batch_and_come_back_in_their_order(bench: Bench):
    bench.graph.will(answers((204, None), (204, None), (204, None)))
    asked = steps(StepKind.JOIN_TEAM, 3)
    assert await bench.enrolments().carry_out(ID, asked) == tuple(map(StepOutcome, asked))
    (seen,) = bench.graph.seen
    assert (seen.method, seen.raw_path) == ("POST", "/v1.0/$batch")
    requests = seen.body["requests"]
    assert [item["url"] for item in requests] == [f"/education/classes/{team(n)}/members/$ref" for n in range(3)]
    assert {item["body"]["@odata.id"] for item in requests} == {f"{bench.graph.url}/v1.0/education/users/{ID}"}
    assert {item["headers"]["Content-Type"] for item in requests} == {"application/json"}
    assert not any("dependsOn" in item for item in requests)


async def test_one_of_several_that_is_throttled_stops_the_next_for_as_long_as_graph_asks(bench: Bench):
    bench.graph.will(answers((204, None), (429, error("TooManyRequests"), {"Retry-After": "20"})))
    writing = bench.enrolments()
    done, refused = await writing.carry_out(ID, steps(StepKind.JOIN_TEAM, 2))
    assert (done.error, type(refused.error)) == (None, DirectoryBusy)
    with pytest.raises(DirectoryBusy) as caught:
        await writing.carry_out(ID, steps(StepKind.JOIN_TEAM, 2))
    assert caught.value.retry_after == pytest.approx(20)
    assert len(bench.graph.seen) == 1


async def test_leaving_carries_no_body_in_a_batch_either(bench: Bench):
    bench.graph.will(answers((204, None), (204, None)))
    await bench.enrolments().carry_out(ID, steps(StepKind.LEAVE_TEAM, 2))
    assert not any("body" in item for item in bench.graph.seen[0].body["requests"])


async def test_twenty_count_as_twenty_requests(bench: Bench):
    bench.graph.will(answers(*[(204, None)] * 20))
    enrolments = bench.enrolments(requests_per_second=1)
    bench.transport.budget.take(Cost(39))
    with pytest.raises(DirectoryBusy) as caught:
        await enrolments.carry_out(ID, steps(StepKind.JOIN_TEAM, 20))
    assert caught.value.code == "own-budget"
    bench.clock.time += 30
    assert len(await enrolments.carry_out(ID, steps(StepKind.JOIN_TEAM, 20))) == 20


@pytest.mark.parametrize(
    "odd", [(), steps(StepKind.JOIN_TEAM, 21), (step(StepKind.JOIN_SCHOOL), step(StepKind.JOIN_TEAM))]
)
async def test_what_does_not_go_together_is_not_sent(bench: Bench, odd: tuple[Step, ...]):
    with pytest.raises(ValueError, match="1 to 20 steps of one kind"):
        await bench.enrolments().carry_out(ID, odd)


@pytest.mark.parametrize("odd", ["", "..", "ip01234567@edu.mon.bg", f"{ID}/x", f"{ID}?x", ID + "\n"])
@pytest.mark.parametrize("kind", list(StepKind))
async def test_what_is_no_object_id_is_no_account_and_nothing_is_sent(bench: Bench, odd: str, kind: StepKind):
    with pytest.raises(AccountMissing):
        await bench.enrolments().carry_out(odd, [step(kind)])


@pytest.mark.parametrize("odd", ["", "..", f"{TEAM}/x", "a b", "~value1~", "$ref"])
@pytest.mark.parametrize("kind", [*JOINS, *LEAVES])
async def test_what_can_be_no_school_or_team_gets_near_no_url(bench: Bench, odd: str, kind: StepKind):
    with pytest.raises(ValueError, match="id"):
        await bench.enrolments().carry_out(ID, [Step(kind, odd), Step(kind, TEAM)])


# what an answer means


DONE: dict[str, Said] = {
    "no content": said(204),
    "an empty success": said(200),
    "a success with an object": said(200, {"id": ID}),
    "created": said(201, {}),
}


@pytest.mark.parametrize("kind", list(StepKind))
@pytest.mark.parametrize("answer", list(DONE))
async def test_success_is_done(bench: Bench, kind: StepKind, answer: str):
    assert await one(bench, kind, DONE[answer]) == StepOutcome(step(kind))


ERRORS: dict[str, tuple[Said, type[DirectoryError]]] = {
    "throttled": (worded(429, "TooManyRequests", Retry_After="17"), DirectoryBusy),
    "throttled without a word": (said(429, None, Retry_After="17"), DirectoryBusy),
    "changed by two at once": (worded(409, "Directory_ConcurrencyViolation"), DirectoryBusy),
    "two at once, as a bad request": (worded(400, "Directory_ConcurrencyViolation", AT_ONCE), DirectoryBusy),
    "two at once, by its sentence alone": (worded(400, "Request_BadRequest", AT_ONCE), DirectoryBusy),
    "forbidden": (worded(403, "Authorization_RequestDenied"), DirectoryForbidden),
    "forbidden by a page": (said(403, "<html>no</html>"), DirectoryForbidden),
    "a 404 of somebody between us": (said(404, "<html>nothing here</html>"), DirectoryMisunderstood),
    "a bad request": (worded(400, "Request_BadRequest"), DirectoryMisunderstood),
    "another property that exists": (
        worded(400, "Request_BadRequest", "Another object with the same value for property x already exists."),
        DirectoryMisunderstood,
    ),
    "a directory that does not find itself": (worded(404, "Directory_ObjectNotFound", UNREAD), DirectoryBusy),
    "a synchronised account": (
        worded(400, "Request_BadRequest", "Unable to update on-premises mastered Directory Sync objects."),
        DirectoryMisunderstood,
    ),
    "the sentence under another code": (worded(400, "BadRequest", THERE + NOT_THERE), DirectoryMisunderstood),
    "the sentence in a page": (
        said(400, f"<html>Request_BadRequest {THERE} {NOT_THERE}</html>"),
        DirectoryMisunderstood,
    ),
    "the sentence while it breaks": (worded(500, "Request_BadRequest", THERE + NOT_THERE), DirectoryUnavailable),
    "a redirect": (said(302, None, Location="http://127.0.0.1:1/"), DirectoryMisunderstood),
    "broken": (worded(500, "UnknownError"), DirectoryUnavailable),
    "a bad gateway": (said(502, "<html>502</html>"), DirectoryUnavailable),
    "unavailable": (worded(503, "ServiceUnavailable", Retry_After="1"), DirectoryUnavailable),
    "broken and called not found": (worded(500, "Request_ResourceNotFound", missing(TEAM)), DirectoryUnavailable),
    "too slow": (worded(504, "GatewayTimeout"), DirectoryUnavailable),
    "timed out there": (worded(408, "RequestTimeout"), DirectoryUnavailable),
    "accepted for later": (said(202), DirectoryUnavailable),
    "a page instead of success": (said(200, "<html>sign in</html>"), DirectoryUnavailable),
    "a list instead of success": (said(200, [True]), DirectoryUnavailable),
}


@pytest.mark.parametrize("kind", list(StepKind))
@pytest.mark.parametrize("answer", list(ERRORS))
async def test_each_answer_has_its_meaning_and_nothing_is_sent_twice(bench: Bench, kind: StepKind, answer: str):
    told, error_kind = ERRORS[answer]
    outcome = await one(bench, kind, told)
    assert type(outcome.error) is error_kind
    assert outcome.gone is False


@pytest.mark.parametrize("kind", list(StepKind))
@pytest.mark.parametrize("sentence", [THERE, THERE.replace("members", "users"), THERE.upper(), CONFLICT])
async def test_who_is_there_already_has_joined_and_nothing_else_has(bench: Bench, kind: StepKind, sentence: str):
    outcome = await one(bench, kind, worded(400, "Request_BadRequest", sentence))
    assert type(outcome.error) is (type(None) if kind in JOINS else DirectoryMisunderstood)


@pytest.mark.parametrize("kind", list(StepKind))
async def test_who_is_not_there_has_left_and_has_not_joined(bench: Bench, kind: StepKind):
    outcome = await one(bench, kind, worded(400, "Request_BadRequest", NOT_THERE))
    assert type(outcome.error) is (type(None) if kind in LEAVES else DirectoryMisunderstood)


@pytest.mark.parametrize("kind", LEAVES)
@pytest.mark.parametrize("named", [ID, TEAM, SCHOOL, "x"])
async def test_nobody_need_leave_what_is_not_there(bench: Bench, kind: StepKind, named: str):
    assert await one(bench, kind, worded(404, "Request_ResourceNotFound", missing(named))) == StepOutcome(step(kind))


@pytest.mark.parametrize(
    ("kind", "named", "expected"),
    [
        (StepKind.JOIN_SCHOOL, ID, DirectoryBusy),
        (StepKind.JOIN_SCHOOL, "x", DirectoryBusy),
        (StepKind.JOIN_SCHOOL, SCHOOL, AccountMissing),
        (StepKind.ENABLE, ID, DirectoryBusy),
        (StepKind.ENABLE, "x", DirectoryBusy),
    ],
)
async def test_a_person_who_was_read_a_moment_ago_is_not_everywhere_yet(
    bench: Bench, kind: StepKind, named: str, expected: type[DirectoryError]
):
    """Whether the account is gone tells the reading before the next attempt; that the school is, only its own id."""
    outcome = await one(bench, kind, worded(404, "Request_ResourceNotFound", missing(named)))
    assert type(outcome.error) is expected
    assert not outcome.gone


@pytest.mark.parametrize(
    ("message", "gone"),
    [
        (missing(TEAM), True),
        (missing(TEAM.upper()), True),
        (f"Групата {TEAM} не съществува.", True),
        (missing(ID), False),
        (missing(ID.upper()), False),
        (missing(TEAM) + missing(ID), False),
        (missing(f"{TEAM}1"), False),
        (missing(f"a{TEAM}"), False),
        (missing(f"{TEAM}-2"), False),
        ("no", False),
        ("", False),
        ("x" * 600 + TEAM, False),
    ],
)
async def test_a_team_is_given_up_only_where_it_is_named_as_the_missing_one(bench: Bench, message: str, gone: bool):
    outcome = await one(bench, StepKind.JOIN_TEAM, worded(404, "Request_ResourceNotFound", message))
    assert outcome.gone is gone
    assert type(outcome.error) is (type(None) if gone else DirectoryBusy)


@pytest.mark.parametrize("message", [None, 7, [TEAM], {"value": TEAM}])
async def test_a_sentence_of_no_known_form_tells_nothing(bench: Bench, message: Any):
    body = {"error": {"code": "Request_ResourceNotFound", "message": message}}
    outcome = await one(bench, StepKind.JOIN_TEAM, said(404, body))
    assert (type(outcome.error), outcome.gone) == (DirectoryBusy, False)


@pytest.mark.parametrize("kind", list(StepKind))
@pytest.mark.parametrize("reply", [resets, hangs])
async def test_silence_is_a_doubt_and_is_not_repeated(bench: Bench, kind: StepKind, reply: Reply):
    bench.graph.will(reply)
    with pytest.raises(DirectoryUnavailable):
        await bench.enrolments(attempt_timeout=0.2).carry_out(ID, [step(kind)])
    assert len(bench.graph.seen) == 1


# several at once


async def test_each_of_several_is_judged_by_itself(bench: Bench):
    asked = steps(StepKind.JOIN_TEAM, 9)
    bench.graph.will(
        answers(
            (204, None),
            (400, error("Request_BadRequest", THERE)),
            (404, error("Request_ResourceNotFound", missing(team(2)))),
            (404, error("Request_ResourceNotFound", missing(ID))),
            (404, error("Request_ResourceNotFound", missing(team(2)))),  # of another: not of this one
            (403, error("Authorization_RequestDenied")),
            (429, error("TooManyRequests"), {"Retry-After": "33"}),
            (503, error("ServiceUnavailable"), {"Retry-After": "1"}),
            (409, error("Directory_ConcurrencyViolation")),
        )
    )
    found = await bench.enrolments().carry_out(ID, asked)
    assert [outcome.step for outcome in found] == list(asked)
    assert [type(outcome.error).__name__ for outcome in found] == [
        "NoneType",
        "NoneType",
        "NoneType",
        "DirectoryBusy",
        "DirectoryBusy",
        "DirectoryForbidden",
        "DirectoryBusy",
        "DirectoryUnavailable",
        "DirectoryBusy",
    ]
    assert [outcome.gone for outcome in found] == [False, False, True, *[False] * 6]
    busy = found[6].error
    assert isinstance(busy, DirectoryBusy)
    assert busy.retry_after == 33
    assert len(bench.graph.seen) == 1, "what failed for a moment is not repeated here"
    assert bench.clock.slept == []


WHOLE: dict[str, tuple[Reply, type[DirectoryError]]] = {
    "throttled": (refuses(429, "TooManyRequests", Retry_After="17"), DirectoryBusy),
    "forbidden": (refuses(403, "Authorization_RequestDenied"), DirectoryForbidden),
    "refused": (refuses(400, "BadRequest"), DirectoryMisunderstood),
    "not there": (refuses(404, "ResourceNotFound"), DirectoryMisunderstood),
    "broken": (refuses(500, "UnknownError"), DirectoryUnavailable),
    "unavailable": (refuses(503, "ServiceUnavailable", Retry_After="1"), DirectoryUnavailable),
    "timed out there": (refuses(408, "RequestTimeout"), DirectoryUnavailable),
    "lost": (resets, DirectoryUnavailable),
    "accepted for later": (says({"responses": []}, 202), DirectoryUnavailable),
}


@pytest.mark.parametrize("answer", list(WHOLE))
async def test_a_batch_that_fails_as_a_whole_is_not_repeated(bench: Bench, answer: str):
    reply, kind = WHOLE[answer]
    bench.graph.will(reply)
    with pytest.raises(DirectoryError) as caught:
        await bench.enrolments().carry_out(ID, steps(StepKind.JOIN_TEAM, 2))
    assert type(caught.value) is kind
    assert len(bench.graph.seen) == 1
    assert bench.clock.slept == []


UNTOLD: list[Any] = [
    None,
    [],
    "<html>sign in</html>",
    {},
    {"responses": None},
    {"responses": []},
    {"responses": [{"id": "0", "status": 204}]},
    {"responses": [{"id": "0", "status": 204}, {"id": "0", "status": 204}]},
    {"responses": [{"id": "0", "status": 204}, {"id": "2", "status": 204}]},
    {"responses": [{"id": "0", "status": 204}, {"id": "1", "status": "204"}]},
    {"responses": [{"id": "0", "status": 204}, {"id": "1", "status": True}]},
    {"responses": [{"id": "0", "status": 204}, {"id": 1, "status": 204}]},
    {"responses": [{"id": "0", "status": 204}, 7]},
]


@pytest.mark.parametrize("body", UNTOLD, ids=[str(place) for place in range(len(UNTOLD))])
async def test_a_batch_that_does_not_say_what_became_of_each_leaves_a_doubt(bench: Bench, body: Any):
    """Not `DirectoryMisunderstood`, which would promise that nothing was done."""
    bench.graph.will(says(body))
    with pytest.raises(DirectoryUnavailable):
        await bench.enrolments().carry_out(ID, steps(StepKind.LEAVE_TEAM, 2))
    assert len(bench.graph.seen) == 1


async def test_how_long_to_wait_is_told(bench: Bench):
    bench.graph.will(refuses(429, "TooManyRequests", Retry_After="17"))
    with pytest.raises(DirectoryBusy) as caught:
        await bench.enrolments().carry_out(ID, steps(StepKind.JOIN_TEAM, 2))
    assert (caught.value.retry_after, caught.value.request_id) == (17, REQUEST_ID)


# what certainly did not leave


async def test_of_a_batch_those_whose_token_was_refused_are_sent_once_more(bench: Bench):
    refused = (401, error("InvalidAuthenticationToken"))
    bench.graph.will(answers((204, None), refused, refused), answers((204, None), refused))
    found = await bench.enrolments().carry_out(ID, steps(StepKind.JOIN_TEAM, 3))
    assert [type(outcome.error) for outcome in found] == [type(None), type(None), DirectoryForbidden]
    urls = [item["url"] for item in bench.graph.seen[1].body["requests"]]
    assert urls == [f"/education/classes/{team(n)}/members/$ref" for n in (1, 2)]
    assert bench.tokens.dropped == ["token-1"]


async def test_a_refused_token_is_renewed_once_for_a_batch_too(bench: Bench):
    bench.graph.will(refuses(401, "InvalidAuthenticationToken"), answers((204, None), (204, None)))
    found = await bench.enrolments().carry_out(ID, steps(StepKind.JOIN_TEAM, 2))
    assert [outcome.error for outcome in found] == [None, None]
    assert [seen.headers["Authorization"] for seen in bench.graph.seen] == ["Bearer token-1", "Bearer token-2"]
    assert bench.graph.seen[0].body == bench.graph.seen[1].body


async def test_tokens_refused_twice_are_a_refusal(bench: Bench):
    bench.graph.will(*[refuses(401, "InvalidAuthenticationToken")] * 2)
    with pytest.raises(DirectoryForbidden):
        await bench.enrolments().carry_out(ID, steps(StepKind.JOIN_TEAM, 2))


@pytest.mark.parametrize("failure", [DirectoryForbidden("token-x"), DirectoryUnavailable("token-x")])
@pytest.mark.parametrize("count", [1, 2])
async def test_without_a_token_nothing_left(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, failure: DirectoryError, count: int
):
    async def none() -> str:
        raise failure

    monkeypatch.setattr(bench.tokens, "bearer", none)
    with pytest.raises(DirectoryBusy) as caught:
        await bench.enrolments().carry_out(ID, steps(StepKind.JOIN_TEAM, count))
    assert caught.value.code == "token-x"


async def test_a_batch_that_was_cut_off_is_not_sent_again_by_anybody_here(bench: Bench):
    """The server takes it, does it, and says nothing: the one thing that must not be tried again by the transport."""
    done: list[Any] = []

    async def carried_out(request: web.Request) -> web.StreamResponse:
        done.append(await request.json())
        return await resets(request)

    bench.graph.will(carried_out)
    with pytest.raises(DirectoryUnavailable):
        await bench.enrolments().carry_out(ID, steps(StepKind.LEAVE_TEAM, 3))
    assert len(done) == 1


# no word of it anywhere


TROUBLES: dict[str, Reply] = {
    "echoed refusal": says(error(OTHER, OTHER), 400),
    "echoed 404": says(error("Request_ResourceNotFound", missing(OTHER)), 404),
    "echoed 500": says(error("UnknownError", missing(OTHER)), 500),
    "echoed page": says(f"<html>{OTHER}</html>", 502),
    "lost": resets,
}


@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize("trouble", list(TROUBLES))
async def test_who_is_moved_is_in_no_log_and_no_error(
    bench: Bench, caplog: pytest.LogCaptureFixture, trouble: str, count: int
):
    caplog.set_level(logging.DEBUG)
    bench.graph.will(TROUBLES[trouble])
    enrolments = bench.enrolments()
    try:
        found = await enrolments.carry_out(OTHER, steps(StepKind.JOIN_TEAM, count))
        told = repr([(outcome.error, vars(outcome.error)) for outcome in found if outcome.error is not None])
    except DirectoryError as caught:
        told = "".join(traceback.format_exception(caught)) + repr(vars(caught))
    logged = [record.getMessage() for record in caplog.records if record.name.startswith("bot.graph")]
    assert logged
    assert all("POST /education/classes/{id}/members/$ref" in line for line in logged)
    assert OTHER not in told + "".join(logged)


def test_a_described_write_does_not_show_whom_it_is_about():
    calls = EnrolmentCalls(options("https://graph.microsoft.com"))
    for call in (calls.join_team(TEAM, ID), calls.leave_school(SCHOOL, ID), calls.enable(ID)):
        assert ID not in repr(call)
        assert not call.repeatable


@pytest.mark.parametrize("base", ["https://graph.microsoft.com", "https://graph.microsoft.com/"])
def test_a_reference_is_an_absolute_address_of_the_same_service(base: str):
    body = EnrolmentCalls(options(base)).join_school(SCHOOL, ID).body
    assert body == {"@odata.id": f"https://graph.microsoft.com/v1.0/education/users/{ID}"}
