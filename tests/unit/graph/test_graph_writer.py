"""Setting a password and ending sessions: what each answer means, one write at a time, and no word of the password."""

import inspect
import json
import logging
import traceback
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime
from typing import Any

import pytest

from bot.core.errors import (
    AccountMissing,
    DirectoryBusy,
    DirectoryError,
    DirectoryForbidden,
    DirectoryMisunderstood,
    DirectoryUnavailable,
    PasswordRefused,
)
from bot.core.passwords.ports import AccountWriter
from bot.core.passwords.secret import Secret
from bot.graph.calls_accounts import WriteCalls
from bot.graph.describing import Cost
from tests.unit.graph.hostile import (
    AT_ONCE,
    REQUEST_ID,
    START,
    UNREAD,
    Bench,
    Reply,
    error,
    hangs,
    refuses,
    resets,
    says,
)
from tests.unit.graph.test_graph_directory import ID

CANARY = "kanar4e-7391"
PASSWORD = Secret(CANARY)
DATE = "Tue, 15 Sep 2026 08:00:07 GMT"
DONE = datetime(2026, 9, 15, 8, 0, 7, tzinfo=UTC)


def done(status: int = 204, body: Any = b"", **headers: str) -> Reply:
    return says(body, status, **{"Date": DATE, **headers})


def worded(message: str = "no", code: str = "Request_BadRequest", **parts: Any) -> dict[str, Any]:
    return {"error": {"code": code, "message": message, **parts}}


async def test_it_has_every_method_of_its_port(bench: Bench):
    writer: AccountWriter = bench.writer()
    for name, method in vars(AccountWriter).items():
        if inspect.isfunction(method) and not name.startswith("_"):
            assert inspect.signature(getattr(type(writer), name)) == inspect.signature(method)


# what is sent


@pytest.mark.parametrize(("many", "priority"), [(False, "high"), (True, "low")])
async def test_a_password_is_set_to_be_changed_at_the_next_sign_in(bench: Bench, many: bool, priority: str):
    bench.graph.will(done())
    assert await bench.writer().set_password(ID, PASSWORD, many=many) == DONE
    (seen,) = bench.graph.seen
    assert (seen.method, seen.raw_path) == ("PATCH", f"/v1.0/users/{ID}")
    assert seen.body == {"passwordProfile": {"password": CANARY, "forceChangePasswordNextSignIn": True}}
    assert seen.body["passwordProfile"]["forceChangePasswordNextSignIn"] is True
    assert seen.headers["x-ms-throttle-priority"] == priority
    assert seen.headers["Content-Type"] == "application/json"


async def test_sessions_are_ended_without_a_body(bench: Bench):
    bench.graph.will(says({"value": True}))
    await bench.writer().revoke_sessions(ID)
    (seen,) = bench.graph.seen
    assert (seen.method, seen.raw_path, seen.body) == ("POST", f"/v1.0/users/{ID}/revokeSignInSessions", None)
    assert seen.headers["x-ms-throttle-priority"] == "high"


@pytest.mark.parametrize("odd", ["", "..", "ip01234567@edu.mon.bg", f"{ID}/x", f"{ID}?x", ID + "\n"])
async def test_what_is_no_object_id_is_no_account_and_nothing_is_sent(bench: Bench, odd: str):
    writer = bench.writer()
    with pytest.raises(AccountMissing):
        await writer.set_password(odd, PASSWORD, many=False)
    with pytest.raises(AccountMissing):
        await writer.revoke_sessions(odd)


@pytest.mark.parametrize("odd", ["", "а" * 9, CANARY + "\n", CANARY + "\x00", CANARY + "\ud800", CANARY * 30])
async def test_what_is_no_password_is_refused_without_being_shown(bench: Bench, odd: str):
    with pytest.raises(ValueError, match="not a password") as caught:
        await bench.writer().set_password(ID, Secret(odd), many=False)
    told = "".join(traceback.format_exception(caught.value)) + repr(vars(caught.value))
    assert "kanar4e-7391" not in told


# when it was done


@pytest.mark.parametrize(
    "date",
    [
        "Tue, 15 Sep 2026 11:00:07 +0300",
        "Tue, 15 Sep 2026 08:00:07 -0000",
        format_datetime(DONE.astimezone(timezone(timedelta(hours=-9)))),
    ],
)
async def test_the_directorys_own_time_is_told_in_utc(bench: Bench, date: str):
    bench.graph.will(done(Date=date))
    at = await bench.writer().set_password(ID, PASSWORD, many=False)
    assert (at, at.utcoffset()) == (DONE, timedelta(0))


@pytest.mark.parametrize(
    "date",
    [
        "soon",
        "",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "Tue, 15 Sep 2026 09:00:01 GMT",
        "Mon, 01 Jan 0001 00:00:00 +1400",
        "Tue, 99 Sep 2026 09:00:01 GMT",
    ],
)
async def test_a_time_that_cannot_be_is_replaced_by_ours(bench: Bench, date: str):
    bench.graph.will(done(Date=date))
    assert await bench.writer().set_password(ID, PASSWORD, many=False) == START


# what an answer means: (reply, error, seconds to wait)


@pytest.mark.parametrize("body", [{}, {"id": ID}])
async def test_a_200_with_the_account_is_done_too(bench: Bench, body: Any):
    bench.graph.will(done(200, body))
    assert await bench.writer().set_password(ID, PASSWORD, many=False) == DONE


ANSWERS: dict[str, tuple[Reply, type[DirectoryError]]] = {
    "throttled": (refuses(429, "TooManyRequests", Retry_After="17"), DirectoryBusy),
    "throttled without a word": (says(None, 429, Retry_After="17"), DirectoryBusy),
    "changed by two at once": (refuses(409, "Directory_ConcurrencyViolation"), DirectoryBusy),
    "two at once, as a bad request": (says(error("Directory_ConcurrencyViolation", AT_ONCE), 400), DirectoryBusy),
    "two at once, by its sentence alone": (says(error("Request_BadRequest", AT_ONCE), 400), DirectoryBusy),
    "two at once, by its code alone": (says(error("Directory_ConcurrencyViolation", "no"), 400), DirectoryBusy),
    "a directory that does not find itself": (says(error("Directory_ObjectNotFound", UNREAD), 404), DirectoryBusy),
    "the same as a bad request": (says(error("Request_BadRequest", UNREAD), 400), DirectoryBusy),
    "two at once while it breaks": (
        says(error("Directory_ConcurrencyViolation", AT_ONCE), 500),
        DirectoryUnavailable,
    ),
    "forbidden": (refuses(403, "Authorization_RequestDenied"), DirectoryForbidden),
    "forbidden by a page": (says("<html>no</html>", 403), DirectoryForbidden),
    "no such account": (refuses(404, "Request_ResourceNotFound"), AccountMissing),
    "a 404 of somebody between us": (says("<html>nothing here</html>", 404), DirectoryMisunderstood),
    "a bad request": (refuses(400, "Request_BadRequest"), DirectoryMisunderstood),
    "a synchronised account": (
        says(
            worded(
                "Unable to update the specified properties for on-premises mastered Directory Sync objects or "
                "objects currently undergoing migration."
            ),
            400,
        ),
        DirectoryMisunderstood,
    ),
    "a page instead of a refusal": (says("<html>password policy</html>", 400), DirectoryMisunderstood),
    "a redirect": (says(None, 302, Location="http://127.0.0.1:1/"), DirectoryMisunderstood),
    "broken": (refuses(500, "UnknownError"), DirectoryUnavailable),
    "a bad gateway": (says("<html>502</html>", 502), DirectoryUnavailable),
    "unavailable": (refuses(503, "ServiceUnavailable", Retry_After="1"), DirectoryUnavailable),
    "unavailable and called busy": (refuses(503, "TooManyRequests", Retry_After="1"), DirectoryUnavailable),
    "broken and called forbidden": (refuses(500, "Authorization_RequestDenied"), DirectoryUnavailable),
    "broken and called not found": (refuses(500, "Request_ResourceNotFound"), DirectoryUnavailable),
    "broken and about a password": (says(worded("PasswordPolicy"), 500), DirectoryUnavailable),
    "too slow": (refuses(504, "GatewayTimeout"), DirectoryUnavailable),
    "timed out there": (refuses(408, "RequestTimeout"), DirectoryUnavailable),
    "a connection lost": (resets, DirectoryUnavailable),
    "accepted for later": (says(None, 202), DirectoryUnavailable),
    "a page instead of success": (says("<html>sign in</html>"), DirectoryUnavailable),
    "a list instead of success": (says([True]), DirectoryUnavailable),
}


@pytest.mark.parametrize("act", ["set", "revoke"])
@pytest.mark.parametrize("answer", list(ANSWERS))
async def test_each_answer_has_its_meaning_and_nothing_is_sent_twice(bench: Bench, answer: str, act: str):
    reply, kind = ANSWERS[answer]
    bench.graph.will(reply)
    writer = bench.writer()
    with pytest.raises(DirectoryError) as caught:
        await (writer.set_password(ID, PASSWORD, many=False) if act == "set" else writer.revoke_sessions(ID))
    assert type(caught.value) is kind
    assert len(bench.graph.seen) == 1
    assert bench.clock.slept == []


async def test_silence_is_a_doubt_and_is_not_repeated(bench: Bench):
    bench.graph.will(hangs)
    with pytest.raises(DirectoryUnavailable):
        await bench.writer(attempt_timeout=0.2).set_password(ID, PASSWORD, many=False)
    assert len(bench.graph.seen) == 1


async def test_how_long_to_wait_is_told(bench: Bench):
    bench.graph.will(refuses(429, "TooManyRequests", Retry_After="17"))
    with pytest.raises(DirectoryBusy) as caught:
        await bench.writer().set_password(ID, PASSWORD, many=True)
    assert (caught.value.retry_after, caught.value.code) == (17, "TooManyRequests")
    assert caught.value.request_id == REQUEST_ID


async def test_after_being_throttled_the_next_does_not_leave(bench: Bench):
    bench.graph.will(refuses(429, "TooManyRequests", Retry_After="17"))
    writer = bench.writer(deadline=8.0)
    for _ in range(2):
        with pytest.raises(DirectoryBusy):
            await writer.set_password(ID, PASSWORD, many=False)
    assert len(bench.graph.seen) == 1


@pytest.mark.parametrize("body", [{"value": False}, {"value": None}, {"value": "true"}, {}, None])
async def test_sessions_that_were_not_said_to_be_ended_are_a_doubt(bench: Bench, body: Any):
    bench.graph.will(says(body))
    with pytest.raises(DirectoryUnavailable):
        await bench.writer().revoke_sessions(ID)


async def test_sessions_ended_without_content_are_ended(bench: Bench):
    bench.graph.will(done())
    await bench.writer().revoke_sessions(ID)


# the password policy


@pytest.mark.parametrize(
    "body",
    [
        worded(
            "The specified password does not comply with password complexity requirements. Please provide a "
            "different password."
        ),
        worded("PasswordPolicy"),
        worded(details=[{"code": "PasswordPolicyViolation", "target": "passwordProfile", "message": "no"}]),
        worded(details=[{"code": "InvalidValue", "target": "password", "message": "no"}]),
        worded(details=[7, None, {"code": "PasswordBanned"}]),
        worded(code="InvalidPassword"),
        worded(innerError={"code": "PasswordTooWeak"}),
        worded(innererror={"code": "PasswordTooWeak"}),
        worded("Password contains a banned word."),
    ],
)
async def test_a_password_that_the_tenant_does_not_take(bench: Bench, body: Any):
    bench.graph.will(says(body, 400, request_id=REQUEST_ID))
    with pytest.raises(PasswordRefused) as caught:
        await bench.writer().set_password(ID, PASSWORD, many=False)
    assert caught.value.request_id == REQUEST_ID
    assert len(bench.graph.seen) == 1


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        "password policy",
        {"error": "password policy"},
        {"error": ["PasswordPolicy"]},
        worded("Invalid value specified for a property."),
        worded("Federated users have no password here."),
        worded(details={"code": "PasswordPolicy"}),
        worded(details=[{"code": ["PasswordPolicy"], "message": {"password": "policy"}}]),
        worded(details=[{}] * 20 + [{"code": "PasswordPolicy"}]),
    ],
)
async def test_other_bad_requests_are_not_about_the_password(bench: Bench, body: Any):
    bench.graph.will(says(body, 400))
    with pytest.raises(DirectoryMisunderstood):
        await bench.writer().set_password(ID, PASSWORD, many=False)


# what certainly did not leave


async def test_a_refused_token_is_renewed_once(bench: Bench):
    bench.graph.will(refuses(401, "InvalidAuthenticationToken"), done())
    assert await bench.writer().set_password(ID, PASSWORD, many=False) == DONE
    assert [seen.headers["Authorization"] for seen in bench.graph.seen] == ["Bearer token-1", "Bearer token-2"]
    assert bench.graph.seen[0].body == bench.graph.seen[1].body


async def test_tokens_refused_twice_are_a_refusal(bench: Bench):
    bench.graph.will(*[refuses(401, "InvalidAuthenticationToken")] * 2)
    with pytest.raises(DirectoryForbidden):
        await bench.writer().set_password(ID, PASSWORD, many=False)


@pytest.mark.parametrize("failure", [DirectoryForbidden("token-x"), DirectoryUnavailable("token-x")])
async def test_without_a_token_nothing_left(bench: Bench, monkeypatch: pytest.MonkeyPatch, failure: DirectoryError):
    async def refused() -> str:
        raise failure

    monkeypatch.setattr(bench.tokens, "bearer", refused)
    with pytest.raises(DirectoryBusy) as caught:
        await bench.writer().set_password(ID, PASSWORD, many=False)
    assert caught.value.code == "token-x"
    assert caught.value.retry_after >= 1


async def test_when_graph_is_down_nothing_leaves_any_more(bench: Bench):
    bench.graph.will(*[refuses(500, "UnknownError")] * 8)
    writer = bench.writer()
    for _ in range(8):
        with pytest.raises(DirectoryUnavailable):
            await writer.set_password(ID, PASSWORD, many=False)
    with pytest.raises(DirectoryBusy) as caught:
        await writer.set_password(ID, PASSWORD, many=False)
    assert caught.value.code == "circuit-open"
    assert len(bench.graph.seen) == 8


async def test_over_our_own_budget_nothing_leaves(bench: Bench):
    writer = bench.writer(requests_per_second=1)
    bench.transport.budget.take(Cost(1000))
    with pytest.raises(DirectoryBusy) as caught:
        await writer.set_password(ID, PASSWORD, many=True)
    assert caught.value.code == "own-budget"


# no word of it anywhere

LOUD = json.loads(json.dumps(error(CANARY, f"password {CANARY} does not meet the policy")))
TROUBLES: dict[str, list[Reply]] = {
    "success": [done()],
    "loud success": [done(200, {"passwordProfile": {"password": CANARY}})],
    "echoed refusal": [says(LOUD, 400)],
    "echoed 403": [says(LOUD, 403)],
    "echoed 500": [says(LOUD, 500)],
    "echoed 401": [says(LOUD, 401)] * 2,
    "echoed 429": [says(LOUD, 429, Retry_After="99")],
    "echoed page": [says(f"<html>{CANARY}</html>", 502)],
    "broken success": [says('{"password": "' + CANARY)],
    "echoed headers": [says(None, 400, request_id=CANARY, Date=CANARY, Location=f"http://x/{CANARY}")],
    "lost": [resets],
    "silence": [hangs],
}


@pytest.mark.parametrize("trouble", list(TROUBLES))
async def test_the_password_is_in_no_log_error_or_url(bench: Bench, caplog: pytest.LogCaptureFixture, trouble: str):
    caplog.set_level(logging.DEBUG)
    bench.graph.will(*TROUBLES[trouble])
    writer = bench.writer(attempt_timeout=0.3 if trouble == "silence" else 4.0)
    told = ""
    try:
        told = repr(await writer.set_password(ID, PASSWORD, many=False))
    except DirectoryError as error:
        told = "".join(traceback.format_exception(error)) + repr(error) + repr(vars(error))
    logged = "\n".join(f"{record.getMessage()} {record.exc_text} {record.args}" for record in caplog.records)
    assert CANARY not in told
    assert CANARY not in logged
    for seen in bench.graph.seen:
        assert CANARY not in seen.raw_path
        assert CANARY not in repr(seen.headers)
        assert CANARY in json.dumps(seen.body)
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("bot.graph")]
    assert ours
    assert all("PATCH /users/{id}" in line for line in ours)
    assert all(ID not in line.replace(f"request-id={REQUEST_ID}", "") for line in ours)


def test_a_described_write_does_not_show_its_password():
    call = WriteCalls().set_password(ID, PASSWORD, "high")
    assert CANARY not in repr(call)
    assert ID not in repr(call)
    assert not call.repeatable


@pytest.mark.parametrize(
    ("reply", "everybody"),
    [
        (refuses(429, "TooManyRequests", Retry_After="17"), True),
        (refuses(400, "Request_ThrottledTemporarily"), True),
        (refuses(409, "Request_Conflict"), False),
    ],
)
@pytest.mark.parametrize("act", ["set", "revoke"])
async def test_whether_one_or_all_are_to_wait_is_told(bench: Bench, reply: Any, everybody: bool, act: str):
    """409: two changed this account at once."""
    bench.graph.will(reply)
    writer = bench.writer()
    with pytest.raises(DirectoryBusy) as caught:
        await (writer.set_password(ID, PASSWORD, many=False) if act == "set" else writer.revoke_sessions(ID))

    assert caught.value.everybody is everybody


async def test_what_our_own_budget_puts_off_concerns_nobody_else(bench: Bench):
    writer = bench.writer(requests_per_second=1)
    bench.transport.budget.take(Cost(1000))
    with pytest.raises(DirectoryBusy) as caught:
        await writer.set_password(ID, PASSWORD, many=True)

    assert not caught.value.everybody
