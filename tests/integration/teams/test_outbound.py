"""The connector client against a connector that misbehaves: what is repeated, what is not, and what the caller learns."""

import asyncio
import json
import re
import time
from dataclasses import replace
from typing import Self

import pytest

from bot.conversation import ConversationReference, Reply
from bot.sending import (
    MessageGone,
    NotSent,
    SendBlocked,
    SendError,
    SendInDoubt,
    SendRefused,
    TooLarge,
    WrongAddress,
)
from bot.teams.credentials import CredentialsUnavailable
from bot.teams.options import ConfigurationError, TeamsOptions
from bot.teams.outbound import DEADLINE, MAX_PAUSE, Connector
from tests.connector import MEMBER, FakeTeams
from tests.connector.fake_teams import BOT_TOKEN

HTML = "<!DOCTYPE html><html><body>Bad Gateway</body></html>"
REPLY = Reply(text="Добре")


class Line:
    """A connector client whose waiting takes no time, and a known conversation."""

    def __init__(self, teams: FakeTeams, session, **changes) -> None:
        self.teams = teams
        self.waited: list[float] = []
        self.seconds = 0.0
        options = teams.options(**changes)
        self.connector = Connector(
            options, session, teams.bot_token, sleep=self._sleep, monotonic=lambda: self.seconds
        )
        self.reference = ConversationReference(
            conversation_id=teams.conversation_id(MEMBER),
            service_url=teams.service_url,
            tenant_id=MEMBER.tenant_id,
            bot_id=teams.bot_id,
            user_id=MEMBER.channel_id,
            object_id=MEMBER.object_id,
            locale="bg-BG",
        )
        teams._known.add(self.reference.conversation_id)

    async def _sleep(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.seconds += seconds

    async def send(self) -> str:
        return await self.connector.send(self.reference, REPLY)

    async def delete(self, number):
        where = self.reference
        await self.connector.delete_message(where.service_url, where.conversation_id, number)


@pytest.fixture
async def line():
    async with FakeTeams() as teams, teams.session(teams.options()) as session:
        yield Line(teams, session)


async def call(line: Line, name: str) -> None:
    """One of the calls, on a message sent before."""
    if name == "send":
        await line.send()
    elif name == "update":
        await line.connector.update(line.reference, "1:sent1", REPLY)
    else:
        await line.delete("1:sent1")


async def test_a_message_sent_first_can_be_replaced_and_deleted(line: Line) -> None:
    number = await line.connector.send(line.reference, REPLY, reply_to="1700")
    await line.connector.update(line.reference, number, Reply(text="Ново"))
    await line.delete(number)

    assert (line.teams.sent[0].text, line.teams.sent[0].reply_to) == ("Добре", "1700")
    assert (line.teams.updated[0].text, line.teams.updated[0].body["id"]) == ("Ново", number)
    assert line.teams.deleted == [number]
    assert len(line.teams.connections) == 1


@pytest.mark.parametrize("name", ["send", "update"])
async def test_what_is_sent_first_says_of_which_tenant_it_is_and_for_whom(line: Line, name: str) -> None:
    await line.send()
    await call(line, name)

    message = (line.teams.updated or line.teams.sent)[-1].body
    assert message["conversation"] == {
        "id": line.reference.conversation_id,
        "tenantId": MEMBER.tenant_id,
        "conversationType": "personal",
    }
    assert message["channelData"] == {"tenant": {"id": MEMBER.tenant_id}}
    assert message["recipient"] == {"id": MEMBER.channel_id, "aadObjectId": MEMBER.object_id}
    assert message["from"] == {"id": line.teams.bot_id}


async def test_of_whom_the_entra_id_is_not_known_is_written_to_by_the_channels_id_alone(line: Line) -> None:
    line.teams.wants_whole_address = False
    await line.connector.send(replace(line.reference, object_id=""), REPLY)

    assert line.teams.sent[-1].body["recipient"] == {"id": MEMBER.channel_id}


async def test_a_conversation_can_be_opened_before_a_word_was_said(line: Line) -> None:
    conversation = await line.connector.open_personal_conversation(
        service_url=line.teams.service_url,
        tenant_id=MEMBER.tenant_id,
        user_id="aaaaaaaa-0000-4000-8000-00000000000b",
        bot_id=line.teams.bot_id,
    )
    await line.connector.send(replace(line.reference, conversation_id=conversation), REPLY)

    assert line.teams.sent[0].conversation_id == conversation


@pytest.mark.parametrize("status", [429, 412])
@pytest.mark.parametrize("name", ["send", "update", "delete"])
async def test_throttling_is_waited_out_by_every_call(line: Line, name: str, status: int) -> None:
    await line.send()
    line.teams.fail(status, times=2, headers={"Retry-After": "1"})

    await call(line, name)

    assert line.waited == [1.0, 1.0]


async def test_without_retry_after_the_pauses_grow(line: Line) -> None:
    line.teams.fail(429, times=3)
    await line.send()

    assert line.waited == sorted(set(line.waited))
    assert len(line.waited) == 3


@pytest.mark.parametrize("asked", ["Wed, 21 Oct 2026 07:28:00 GMT", "-5", "1e3", "", "99999999999999"])
async def test_a_retry_after_that_is_no_number_of_seconds_is_not_believed(line: Line, asked: str) -> None:
    line.teams.fail(429, headers={"Retry-After": asked})
    await line.send()

    assert line.waited == [0.5]


async def test_a_longer_pause_than_a_turn_has_is_the_callers_business(line: Line) -> None:
    line.teams.fail(429, times=9, headers={"Retry-After": str(int(MAX_PAUSE) + 1)})

    with pytest.raises(SendRefused) as caught:
        await line.send()

    assert (caught.value.status, caught.value.retry_after, line.waited) == (429, MAX_PAUSE + 1, [])


async def test_endless_throttling_ends_within_the_deadline(line: Line) -> None:
    line.teams.fail(429, times=99, headers={"Retry-After": str(int(MAX_PAUSE))})

    with pytest.raises(SendRefused):
        await line.send()

    assert line.seconds < DEADLINE
    assert line.waited


@pytest.mark.parametrize("status", [500, 501, 502, 503, 504])
async def test_a_send_in_doubt_is_never_repeated(line: Line, status: int) -> None:
    line.teams.fail(status, body=HTML, delivered=True)

    with pytest.raises(SendInDoubt) as caught:
        await line.send()

    assert (caught.value.status, len(line.teams.sent), len(line.teams.calls)) == (status, 1, 1)


async def test_a_send_whose_connection_breaks_is_in_doubt_and_not_repeated(line: Line) -> None:
    line.teams.fail(drop=True, delivered=True)

    with pytest.raises(SendInDoubt):
        await line.send()

    assert len(line.teams.calls) == 1


async def test_a_send_is_not_lost_on_a_connection_that_the_channel_is_about_to_close(line: Line) -> None:
    """Node, on which the Playground runs, closes a connection after five idle seconds (`server.keepAliveTimeout`).
    What is sent at that moment gets no answer, is in doubt, and the person would wait in vain.
    """
    async with ClosesIdle(seconds=4.5) as server:
        reference = replace(line.reference, service_url=server.url)
        await line.connector.send(reference, REPLY)
        await line.connector.send(reference, REPLY)
        assert server.connections == 1  # at other times it is used again
        await asyncio.sleep(4.6)

        await line.connector.send(reference, REPLY)

        assert server.connections == 2


class ClosesIdle:
    """A connector that closes, unanswered, a connection on which somebody speaks after so many idle seconds."""

    def __init__(self, seconds: float) -> None:
        self.connections = 0
        self._seconds = seconds

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}/"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        answered = time.monotonic()
        try:
            while (head := await reader.readuntil(b"\r\n\r\n")) and time.monotonic() - answered < self._seconds:
                length = re.search(rb"(?i)content-length: (\d+)", head)
                await reader.readexactly(int(length[1]) if length else 0)
                writer.write(b'HTTP/1.1 201 Created\r\nContent-Length: 10\r\n\r\n{"id":"1"}')
                answered = time.monotonic()
        except asyncio.IncompleteReadError:
            return
        finally:
            writer.close()


@pytest.mark.parametrize("status", [502, 503, 504])
@pytest.mark.parametrize("name", ["update", "delete"])
async def test_what_may_be_repeated_is_repeated_after_a_gateway_error(line: Line, name: str, status: int) -> None:
    await line.send()
    line.teams.fail(status, times=2, body=HTML)

    await call(line, name)

    assert len(line.teams.updated + line.teams.deleted) == 1


@pytest.mark.parametrize("name", ["update", "delete"])
async def test_what_may_be_repeated_is_repeated_after_a_broken_connection(line: Line, name: str) -> None:
    await line.send()
    line.teams.fail(times=2, drop=True)

    await call(line, name)

    assert len(line.teams.updated) + len(line.teams.deleted) == 1


async def test_an_update_is_given_up_after_four_attempts(line: Line) -> None:
    await line.send()
    line.teams.fail(503, times=9)

    with pytest.raises(SendInDoubt):
        await call(line, "update")

    assert [method for method, _ in line.teams.calls].count("PUT") == 4


@pytest.mark.parametrize("status", [400, 401, 404, 409, 500])
async def test_an_update_that_is_plainly_refused_is_not_repeated(line: Line, status: int) -> None:
    await line.send()
    line.teams.fail(status)

    with pytest.raises(SendError):
        await call(line, "update")

    assert [method for method, _ in line.teams.calls].count("PUT") == 1


@pytest.mark.parametrize("name", ["update", "delete"])
async def test_a_404_of_a_gateway_does_not_say_that_the_message_is_gone(line: Line, name: str) -> None:
    await line.send()
    line.teams.fail(404, body=HTML)

    with pytest.raises(SendRefused) as caught:
        await call(line, name)

    assert type(caught.value) is SendRefused


@pytest.mark.parametrize("name", ["send", "update", "delete"])
@pytest.mark.parametrize(("refusals", "told"), [(1, False), (2, True)])
async def test_a_refused_token_is_tried_once_more_with_another(
    line: Line, name: str, refusals: int, *, told: bool
) -> None:
    await line.send()
    line.teams.calls.clear()
    line.teams.fail(401, times=refusals)
    dropped: list[str] = []
    line.connector._drop = lambda token: not dropped.append(token)  # type: ignore[func-returns-value]

    if told:
        with pytest.raises(SendRefused) as caught:
            await call(line, name)
        assert caught.value.status == 401
    else:
        await call(line, name)

    assert dropped == [BOT_TOKEN]
    assert len(line.teams.calls) == 2
    assert line.waited == []
    assert len(line.teams.sent) == (1 if told or name != "send" else 2), "a refused message was not delivered"


async def test_what_came_after_a_new_token_is_judged_as_ever(line: Line) -> None:
    line.teams.fail(401)
    line.teams.fail(429, headers={"Retry-After": "1"})
    line.connector._drop = lambda _: True

    await line.send()

    assert line.waited == [1.0]
    assert len(line.teams.calls) == 3


async def test_an_unreachable_connector_was_not_told_anything(line: Line) -> None:
    gone = replace(line.reference, service_url="http://127.0.0.1:9/emea/")

    with pytest.raises(NotSent):
        await line.connector.send(gone, REPLY)
    assert line.waited == []
    with pytest.raises(NotSent):
        await line.connector.update(gone, "1", REPLY)
    assert len(line.waited) == 3


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("BotDisabledByAdmin", SendBlocked),
        ("BotDisabledByUser", SendBlocked),
        ("BotNotInConversationRoster", SendBlocked),
        ("ConversationBlockedByUser", SendBlocked),
        ("ForbiddenOperationException", SendBlocked),
        ("InvalidBotApiHost", WrongAddress),
        ("NotEnoughPermissions", SendRefused),
        ("TenantNoPermission", SendRefused),
    ],
)
async def test_a_person_who_blocked_the_bot_is_told_from_other_refusals(
    line: Line, code: str, kind: type[SendRefused]
) -> None:
    line.teams.blocked[line.reference.conversation_id] = code

    with pytest.raises(SendRefused) as caught:
        await line.send()

    assert (type(caught.value), caught.value.status, caught.value.code) == (kind, 403, code)
    assert len(line.teams.calls) == 1


MESSAGE = '{"subCode":"MessageWritesBlocked","details":"Thread is not able to be messaged by the bot."}'
BLOCKED_BODIES = [
    {"errorCode": 209, "message": MESSAGE},
    {"errorCode": 209, "message": MESSAGE.replace(",", ",\r\n  ").replace("}", ',"errorCode":null}')},
    {"errorCode": 209, "message": "Thread is blocked from message writes."},
    {"errorCode": "209", "message": "{"},
    {"error": {"code": "MessageWritesBlocked", "message": "made up"}},
    {"error": {"code": "BadArgument", "message": MESSAGE}},
    {"error": {"code": "Forbidden", "innerHttpError": {"statusCode": 403, "body": {"code": "MessageWritesBlocked"}}}},
    {"error": {"code": "209", "message": MESSAGE}},
    {"error": {"errorCode": 209, "message": MESSAGE}},
    {"error": "ConversationBlockedByUser"},
    {"code": "BotNotInConversationRoster", "message": "The bot is not part of the conversation roster."},
    {"Code": "BotDisabledByAdmin", "Message": "The tenant admin disabled this bot"},
    {"Error": {"Code": "BotDisabledByAdmin"}},
    {"subCode": "MessageWritesBlocked"},
    {"message": MESSAGE},
]


@pytest.mark.parametrize("body", BLOCKED_BODIES, ids=json.dumps)
@pytest.mark.parametrize("name", ["send", "update"])
async def test_whoever_blocked_the_bot_is_known_in_every_form_of_the_answer(
    line: Line, name: str, body: object
) -> None:
    line.teams.refusals[line.reference.conversation_id] = (403, json.dumps(body))

    with pytest.raises(SendBlocked) as caught:
        await call(line, name)

    assert caught.value.code in json.dumps(body) or caught.value.code == "MessageWritesBlocked"
    assert len(line.teams.calls) == 1


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (400, {"code": "BadArgument", "message": "a payload"}, "BadArgument"),
        (400, {"error": {"code": "Bad Argument", "message": "a payload"}}, "BadArgument"),
        (403, {"errorCode": 1000, "message": "Unknown error"}, ""),
        (403, {"error": {"code": "ServiceError", "message": "Unknown"}}, "ServiceError"),
        (401, {"error": "invalid_client", "error_description": "AADSTS7000215"}, "invalid_client"),
        (403, {"error": {"code": "NotEnoughPermissions", "message": "wrong"}}, "NotEnoughPermissions"),
        (403, {"error": {"error": {"error": {"error": {"error": {"code": "BotDisabledByAdmin"}}}}}}, ""),
    ],
)
async def test_other_refusals_are_told_by_their_code(line: Line, status: int, body: object, code: str) -> None:
    line.teams.refusals[line.reference.conversation_id] = (status, json.dumps(body))

    with pytest.raises(SendRefused) as caught:
        await line.send()

    assert (type(caught.value), caught.value.status, caught.value.code) == (SendRefused, status, code)


@pytest.mark.parametrize("name", ["send", "update", "delete"])
async def test_a_conversation_that_was_moved_is_told_from_a_wrong_message(line: Line, name: str) -> None:
    await line.send()
    line.teams.moved[line.reference.conversation_id] = "eudb"

    with pytest.raises(WrongAddress):
        await call(line, name)

    there = replace(line.reference, service_url=line.teams.service_url_of("eudb"))
    assert await line.connector.send(there, REPLY) == "1:sent2"


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (400, {"code": "BadArgument", "message": "… wrong geo! Current geo: EMEA, Target geo: EUDB"}),
        (400, {"error": {"code": "BadArgument", "message": "… wrong geo! Current geo: EMEA, Target geo: EUDB"}}),
        (403, {"error": {"code": "BadArgument", "message": "User is from different region"}}),
        (403, {"error": {"code": "InvalidBotApiHost", "message": "Invalid bot api host."}}),
    ],
)
async def test_every_word_for_another_region_is_understood(line: Line, status: int, body: object) -> None:
    line.teams.refusals[line.reference.conversation_id] = (status, json.dumps(body))

    with pytest.raises(WrongAddress):
        await line.send()


async def test_a_card_that_the_person_deleted_is_gone_and_not_refused(line: Line) -> None:
    number = await line.send()
    line.teams.thrown_away.add(number)

    with pytest.raises(MessageGone):
        await line.connector.update(line.reference, number, REPLY)
    await line.delete(number)
    with pytest.raises(MessageGone):
        await line.connector.update(line.reference, "1:never", REPLY)
    line.teams.fail(400, body='{"error":{"code":"BadArgument","message":"not a known activity id"}}')
    with pytest.raises(MessageGone):
        await line.connector.update(line.reference, number, REPLY)


async def test_a_conversation_that_is_gone_is_blocked_for_good(line: Line) -> None:
    with pytest.raises(SendBlocked):
        await line.connector.send(replace(line.reference, conversation_id="a:gone"), REPLY)


@pytest.mark.parametrize(
    "body",
    [
        "",
        HTML,
        "{",
        "null",
        "[]",
        '{"error":null}',
        '{"error":{"code":5}}',
        '{"error":{"code":"a b\\n"}}',
        "[" * 9000,
    ],
)
async def test_any_error_body_is_survived(line: Line, body: str) -> None:
    line.teams.fail(400, body=body)

    with pytest.raises(SendRefused) as caught:
        await line.send()

    assert (caught.value.status, caught.value.code) == (400, "")


@pytest.mark.parametrize("body", ["", HTML, '{"id":5}', "[]"])
async def test_a_message_taken_without_an_id_was_still_sent(line: Line, body: str) -> None:
    line.teams.fail(201, body=body, delivered=True)

    assert await line.send() == ""


@pytest.mark.parametrize("status", [301, 302, 307, 308])
async def test_a_redirect_is_not_followed_with_our_token(line: Line, status: int) -> None:
    line.teams.fail(status, headers={"Location": f"{line.teams.origin}/emea/v3/conversations"})

    with pytest.raises(SendRefused) as caught:
        await line.send()

    assert (caught.value.status, len(line.teams.calls)) == (status, 1)


async def test_a_deleted_message_is_deleted_however_it_went(line: Line) -> None:
    await line.delete("1:never")
    line.teams.cannot_delete = True
    await line.delete("1:sent1")

    assert line.teams.deleted == []


@pytest.mark.parametrize(
    ("text", "fits"), [("я" * 50_600, True), ("я" * 51_200, False), ("😀" * 25_300, True), ("😀" * 25_700, False)]
)
async def test_the_limit_is_counted_in_utf16(line: Line, text: str, fits: bool) -> None:
    if fits:
        await line.connector.send(line.reference, Reply(text=text))
        assert line.teams.sent[0].text == text
        return
    with pytest.raises(TooLarge):
        await line.connector.send(line.reference, Reply(text=text))
    assert line.teams.calls == []


async def test_the_channels_own_413_is_too_large_as_well(line: Line) -> None:
    line.teams.fail(413, body=HTML)

    with pytest.raises(TooLarge):
        await line.send()


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.trafficmanager.net/emea/",
        "https://smba.trafficmanager.net.evil.tld/",
        "https://user@smba.trafficmanager.net/",
        "https://smba.trafficmanager.net:8443/",
        "http://smba.trafficmanager.net/",
        "https://127.0.0.1/",
        "",
    ],
)
async def test_a_stored_reference_with_a_foreign_address_gets_neither_message_nor_token(address: str) -> None:
    asked: list[str] = []

    async def token() -> str:
        asked.append("token")
        return BOT_TOKEN

    async with FakeTeams(tls=True) as teams, teams.session(teams.options()) as session:
        line = Line(teams, session)
        connector = Connector(teams.options(), session, token)
        with pytest.raises(NotSent):
            await connector.send(replace(line.reference, service_url=address), REPLY)
        with pytest.raises(NotSent):
            await connector.delete_message(address, line.reference.conversation_id, "1")
        assert (asked, teams.calls) == ([], [])

        await connector.send(line.reference, REPLY)
        assert (asked, len(teams.sent)) == (["token"], 1)


async def test_a_server_without_the_right_certificate_is_not_told_anything(line: Line) -> None:
    async with FakeTeams(tls=True) as real, FakeTeams(tls=True) as trusted_by_nobody:
        untrusting = replace(real.options(), ca_file=None)
        async with trusted_by_nobody.session(untrusting) as session:
            with pytest.raises(NotSent):
                await Connector(untrusting, session, real.bot_token).send(Line(real, session).reference, REPLY)
        assert trusted_by_nobody.calls == []


@pytest.mark.parametrize("part", ["", ".", ".."])
async def test_an_id_cannot_climb_out_of_its_path(line: Line, part: str) -> None:
    with pytest.raises(NotSent):
        await line.connector.update(line.reference, part, REPLY)
    assert line.teams.calls == []


async def test_ids_are_quoted_whole(line: Line) -> None:
    odd = "19:a/b?c#d@thread.tacv2;messageid=1"
    line.teams._known.add(odd)
    await line.connector.send(replace(line.reference, conversation_id=odd), REPLY)

    assert line.teams.sent[0].conversation_id == odd


async def test_without_a_token_nothing_is_sent(line: Line) -> None:
    async def no_token() -> str:
        raise CredentialsUnavailable("invalid_client")

    line.connector._token = no_token
    with pytest.raises(NotSent):
        await line.send()
    assert line.teams.calls == []


async def test_a_slow_connector_does_not_hold_others_up(line: Line) -> None:
    line.teams.fail(200, times=20, delay=1)
    async with asyncio.timeout(15):  # one after the other would take twenty
        await asyncio.gather(*(line.send() for _ in range(20)))


def test_an_app_id_needs_credentials() -> None:
    with pytest.raises(ConfigurationError):
        Connector(TeamsOptions(app_id="x", development=True), session=None, token=None)  # type: ignore[arg-type]
