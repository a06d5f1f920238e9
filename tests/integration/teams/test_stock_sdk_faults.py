"""The faults of botbuilder 4.17.1 this edge was written for: none of them is ours.

Each row runs on our adapter with our own bot, and with a bot of the SDK. What the SDK's own adapter answers is written
down in ADR 0003: it is archived, and does not change.
"""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import NamedTuple

import msal
import pytest
from botbuilder.core import TurnContext
from botframework.connector.auth import AuthenticationConstants, ChannelValidation
from botframework.connector.auth.jwt_token_extractor import JwtTokenExtractor

from bot.teams.options import ConfigurationError, TeamsOptions
from tests.connector import MEMBER, FakeTeams, Person
from tests.connector.people import without
from tests.connector.signing import signed
from tests.integration.teams.conftest import CARD
from tests.integration.teams.sides import (
    BUG,
    BlockingKeys,
    Hosted,
    Identity,
    Ours,
    Side,
)

JSON = {"Content-Type": "application/json"}
PRESS = {"type": "Action.Execute", "verb": "help", "data": {}}
SIDES: tuple[Callable[[FakeTeams], Side], ...] = (Ours, Hosted)

Act = Callable[["Served"], Awaitable[object]]


class Served(NamedTuple):
    """A side that is being served, and what stands in for the outside of both adapters."""

    side: Side
    identity: Identity
    blocking: BlockingKeys

    @property
    def teams(self) -> FakeTeams:
        return self.side.teams


@pytest.fixture(params=SIDES, ids=lambda side: side.name)
async def served(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Served]:
    identity = Identity()
    credentials = "botframework.connector.auth.microsoft_app_credentials.ConfidentialClientApplication"
    monkeypatch.setattr(credentials, identity)
    monkeypatch.setattr(msal, "ConfidentialClientApplication", identity)
    JwtTokenExtractor.metadataCache.clear()
    async with FakeTeams() as teams:
        blocking = BlockingKeys(teams)
        monkeypatch.setattr(ChannelValidation, "open_id_metadata_endpoint", teams.openid_metadata_url)
        monkeypatch.setattr(
            AuthenticationConstants, "TO_BOT_FROM_EMULATOR_OPENID_METADATA_URL", teams.openid_metadata_url
        )
        monkeypatch.setattr("botframework.connector.auth.jwt_token_extractor.requests.get", blocking)
        side = request.param(teams)
        async with side.open():
            yield Served(side, identity, blocking)
    JwtTokenExtractor.metadataCache.clear()


# What is done, and what is looked at


async def press(at: Served) -> object:
    answer = await at.teams.press(MEMBER, PRESS)
    return answer.status, answer.body if answer.status == 200 else None


async def press_what_cannot_be_read(at: Served) -> object:
    made = at.teams.activity("invoke", name="adaptiveCard/action", value={"trigger": "manual"})
    return (await at.teams.deliver(made)).status


async def press_a_button_with_a_bug(at: Served) -> object:
    async def noted(context: TurnContext, error: Exception) -> None:
        """As the SDK's samples have it: the bot takes note, and the turn is over."""

    at.side.adapter.on_turn_error = noted
    answer = await at.teams.press(MEMBER, PRESS | {"verb": BUG})
    return answer.status, answer.body["statusCode"] if answer.raw.startswith(b"{") else None


async def say_what_meets_a_bug(at: Served) -> object:
    return (await at.teams.say(MEMBER, BUG)).status


async def send_an_unsigned_body_that_is_no_activity(at: Served) -> object:
    return (await at.teams.post(b"[]", JSON)).status


async def ask_with_get(at: Served) -> object:
    return (await at.teams.post(b"", {}, method="GET")).status


async def say_after_a_key_rotation(at: Served) -> object:
    await at.teams.say(MEMBER, "а")
    at.teams.signer.rotate("key-2")
    at.side.hours_later()
    return (await at.teams.say(MEMBER, "б")).status


async def say_from_another_tenant(at: Served) -> object:
    await at.teams.say(Person(tenant_id="cccccccc-0000-4000-8000-000000000003"), "а")
    return len(at.side.turns)


def say_with_token(**claims: object) -> Act:
    async def act(at: Served) -> object:
        token = at.teams.signer.token(**claims)  # type: ignore[arg-type]
        return (await at.teams.deliver(at.teams.activity("message", text="а"), token=token)).status

    return act


def say_with_raw_token(make: Callable[[Served], str]) -> Act:
    async def act(at: Served) -> object:
        return (await at.teams.deliver(at.teams.activity("message", text="а"), token=make(at))).status

    return act


def turns_after(act: Act) -> Act:
    async def looked(at: Served) -> object:
        await act(at)
        return len(at.side.turns)

    return looked


def deliver_changed(*left_out: str, **changes: object) -> Act:
    async def act(at: Served) -> object:
        made = at.teams.activity("message", text="а") | changes
        return (await at.teams.deliver(without(made, *left_out))).status

    return act


async def deliver_with_a_signed_foreign_address(at: Served) -> object:
    foreign = "https://evil.trafficmanager.net/"
    made = at.teams.activity("message", service_url=foreign)
    return (await at.teams.deliver(made, token=at.teams.signer.token(serviceurl=foreign))).status


async def deliver_with_a_token_bought_with_the_bots_own_secret(at: Served) -> object:
    claims = at.teams.signer.claims(
        iss="https://login.microsoftonline.com/d6d49420-f39b-4df7-a1dc-d59a935871db/v2.0",
        ver="2.0",
        azp=at.teams.app_id,
        serviceurl=None,
    )
    token = signed(claims, 1, {"kid": "key-1"})
    return (await at.teams.deliver(at.teams.activity("message", text="а"), token=token)).status


def post(body: bytes, headers: dict[str, str] = JSON) -> Act:
    async def act(at: Served) -> object:
        token = {"Authorization": f"Bearer {at.teams.signer.token()}"}
        return (await at.teams.post(body, headers | token)).status

    return act


async def post_without_content_type(at: Served) -> object:
    return await post(json.dumps(at.teams.activity("message", text="а")).encode(), {})(at)


async def post_900_kb(at: Served) -> object:
    made = at.teams.activity("event", padding="а" * 450_000)
    await at.teams.deliver(made)
    return (await at.teams.deliver(made)).status


async def throttled_reply(at: Served) -> object:
    at.teams.fail(429, headers={"Retry-After": "0"})
    answer = await at.teams.say(MEMBER, "а")
    return answer.status, len(at.teams.sent), len(at.teams.calls)


async def reply_through_a_broken_gateway(at: Served) -> object:
    at.teams.fail(502, body="<html>Bad Gateway</html>")
    return (await at.teams.say(MEMBER, "а")).status, len(at.teams.calls)


async def identity_clients_for_three_turns(at: Served) -> object:
    for _ in range(3):
        await at.teams.say(MEMBER, "а")
    return at.identity.clients, set(at.identity.asked)


async def blocking_reads_of_keys(at: Served) -> object:
    await at.teams.say(MEMBER, "а")
    return at.blocking.asked


async def connections_for_three_turns(at: Served) -> object:
    for _ in range(3):
        await at.teams.say(MEMBER, "а")
    return len(at.teams.connections)


async def replies_to_a_repeated_delivery(at: Served) -> object:
    made = at.teams.activity("message", text="а")
    for _ in range(2):
        await at.teams.deliver(made)
    return len(at.teams.sent)


class Fault(NamedTuple):
    """What is done and looked at; what comes of it with our own bot, and with a hosted one if it differs."""

    act: Act
    ours: object
    hosted: object = None


FAULTS: dict[str, Fault] = {
    "a press is serialised twice": Fault(
        press, (200, {"statusCode": 200, "type": "application/vnd.microsoft.card.adaptive", "value": CARD})
    ),
    "a press that cannot be read is a server error": Fault(press_what_cannot_be_read, 400),
    "a bug behind a press is said to be an unknown press": Fault(press_a_button_with_a_bug, (200, 500)),
    "a bug behind a message is a server error": Fault(say_what_meets_a_bug, 202),
    "an unsigned body is read": Fault(send_an_unsigned_body_that_is_no_activity, 401),
    "another method is a server error": Fault(ask_with_get, 405),
    # Our own bot does not read times, and tells people of another tenant politely that it is not for them.
    "a time that is none is a server error": Fault(deliver_changed(timestamp="вчера"), 200, 400),
    "another tenant's activity reaches a bot that does not look at tenants": Fault(say_from_another_tenant, 1, 0),
    "a new signing key is not looked for": Fault(say_after_a_key_rotation, 200),
    "a token without exp is taken": Fault(turns_after(say_with_token(exp=None)), 0),
    "an activity without serviceUrl skips the address check": Fault(turns_after(deliver_changed("serviceUrl")), 0),
    "an activity without channelId skips the endorsement": Fault(turns_after(deliver_changed("channelId")), 0),
    "any signed address is trusted": Fault(turns_after(deliver_with_a_signed_foreign_address), 0),
    "two tenants in one activity are taken": Fault(
        turns_after(deliver_changed(channelData={"tenant": {"id": "another"}})), 0
    ),
    "no tenant at all is taken": Fault(turns_after(deliver_changed(channelData={})), 0),
    "a token bought with the bot's own secret is a channel's": Fault(
        turns_after(deliver_with_a_token_bought_with_the_bots_own_secret), 0
    ),
    "a garbage token is a server error": Fault(say_with_raw_token(lambda at: "garbage"), 401),
    "an unsigned token is a server error": Fault(
        say_with_raw_token(lambda at: at.teams.signer.unsigned_token()), 401
    ),
    "HS256 with the public key is a server error": Fault(
        say_with_raw_token(lambda at: at.teams.signer.confused_token()), 401
    ),
    "no kid is a server error": Fault(say_with_raw_token(lambda at: at.teams.signer.token_without_key_id()), 401),
    "an unknown kid is a server error": Fault(say_with_token(key_id="key-9"), 401),
    "a wrong signature is a server error": Fault(say_with_token(key_number=9), 401),
    "an expired token is a server error": Fault(say_with_token(exp=1_700_000_000), 401),
    "an un-endorsed channel is a server error": Fault(deliver_changed(channelId="directline"), 403),
    "malformed JSON is a server error": Fault(post(b"{"), 400),
    "a list is a server error": Fault(post(b"[]"), 400),
    "null is a server error": Fault(post(b"null"), 400),
    "invalid UTF-8 is a server error": Fault(post(b'{"type":"\xff"}'), 400),
    "deep JSON is a server error": Fault(post(b"[" * 100_000), 400),
    "no Content-Type is a server error": Fault(post_without_content_type, 415),
    "900 KB are parsed": Fault(post_900_kb, 413),
    "a throttled reply is lost": Fault(throttled_reply, (200, 1, 2)),
    "a gateway's HTML is a server error": Fault(reply_through_a_broken_gateway, (202, 1)),
    "identity is asked for every turn, on the event loop": Fault(identity_clients_for_three_turns, (1, {"thread"})),
    "keys are read by a blocking call on the event loop": Fault(blocking_reads_of_keys, []),
    "every turn opens a connection": Fault(connections_for_three_turns, 1),
    "a repeated delivery is answered again": Fault(replies_to_a_repeated_delivery, 1),
}


@pytest.mark.parametrize("name", FAULTS)
async def test_a_fault_of_the_sdk_is_not_ours(served: Served, name: str) -> None:
    fault = FAULTS[name]
    expected = fault.hosted if served.side.name == "hosted" and fault.hosted is not None else fault.ours

    assert await fault.act(served) == expected


async def test_every_side_answers_a_plain_message(served: Served) -> None:
    assert (await served.teams.say(MEMBER, "здравей")).text == "ехо"


def test_without_an_app_id_we_do_not_start() -> None:
    with pytest.raises(ConfigurationError, match="app_id"):
        TeamsOptions().check()
