"""The faults of botbuilder 4.17.1 this edge was written for.

Each row runs on the stock CloudAdapter, on our adapter with our own bot, and on our adapter with a bot of the SDK. A row
that stops being true of the stock SDK is no reason to keep code; a row that stops being true of ours is a bug.
"""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import NamedTuple

import msal
import pytest
from aiohttp import web
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
    Echo,
    Hosted,
    Identity,
    Ours,
    Side,
    Stock,
    StockConfig,
    stock_adapter,
)

JSON = {"Content-Type": "application/json"}
PRESS = {"type": "Action.Execute", "verb": "help", "data": {}}
SIDES: tuple[Callable[[FakeTeams], Side], ...] = (Stock, Ours, Hosted)

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
    made = at.teams.activity("endOfConversation" if at.side.name == "stock" else "message", service_url=foreign)
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
    """What is done and looked at; what comes of it with the stock SDK, with ours, and with a hosted bot if it differs."""

    act: Act
    stock: object
    ours: object
    hosted: object = None


FAULTS: dict[str, Fault] = {
    "a press is serialised twice": Fault(
        press,
        (500, None),
        (200, {"statusCode": 200, "type": "application/vnd.microsoft.card.adaptive", "value": CARD}),
    ),
    "a press that cannot be read is a server error": Fault(press_what_cannot_be_read, 500, 400),
    "a bug behind a press is said to be an unknown press": Fault(press_a_button_with_a_bug, (501, None), (200, 500)),
    "a bug behind a message is a server error": Fault(say_what_meets_a_bug, 500, 202),
    "an unsigned body is read": Fault(send_an_unsigned_body_that_is_no_activity, 500, 401),
    "another method is a server error": Fault(ask_with_get, 500, 405),
    # Our own bot does not read times, and tells people of another tenant politely that it is not for them.
    "a time that is none is a server error": Fault(deliver_changed(timestamp="вчера"), 500, 200, 400),
    "another tenant's activity reaches a bot that does not look at tenants": Fault(say_from_another_tenant, 1, 1, 0),
    "a new signing key is not looked for": Fault(say_after_a_key_rotation, 500, 200),
    "a token without exp is taken": Fault(turns_after(say_with_token(exp=None)), 1, 0),
    "an activity without serviceUrl skips the address check": Fault(turns_after(deliver_changed("serviceUrl")), 1, 0),
    "an activity without channelId skips the endorsement": Fault(turns_after(deliver_changed("channelId")), 1, 0),
    "any signed address is trusted": Fault(turns_after(deliver_with_a_signed_foreign_address), 1, 0),
    "two tenants in one activity are taken": Fault(
        turns_after(deliver_changed(channelData={"tenant": {"id": "another"}})),
        1,
        0,
    ),
    "no tenant at all is taken": Fault(turns_after(deliver_changed(channelData={})), 1, 0),
    "a token bought with the bot's own secret is a channel's": Fault(
        turns_after(deliver_with_a_token_bought_with_the_bots_own_secret),
        1,
        0,
    ),
    "a garbage token is a server error": Fault(say_with_raw_token(lambda at: "garbage"), 500, 401),
    "an unsigned token is a server error": Fault(
        say_with_raw_token(lambda at: at.teams.signer.unsigned_token()),
        500,
        401,
    ),
    "HS256 with the public key is a server error": Fault(
        say_with_raw_token(lambda at: at.teams.signer.confused_token()),
        500,
        401,
    ),
    "no kid is a server error": Fault(
        say_with_raw_token(lambda at: at.teams.signer.token_without_key_id()), 500, 401
    ),
    "an unknown kid is a server error": Fault(say_with_token(key_id="key-9"), 500, 401),
    "a wrong signature is a server error": Fault(say_with_token(key_number=9), 500, 401),
    "an expired token is a server error": Fault(say_with_token(exp=1_700_000_000), 500, 401),
    "an un-endorsed channel is a server error": Fault(deliver_changed(channelId="directline"), 500, 403),
    "malformed JSON is a server error": Fault(post(b"{"), 500, 400),
    "a list is a server error": Fault(post(b"[]"), 500, 400),
    "null is a server error": Fault(post(b"null"), 500, 400),
    "invalid UTF-8 is a server error": Fault(post(b'{"type":"\xff"}'), 500, 400),
    "deep JSON is a server error": Fault(post(b"[" * 100_000), 500, 400),
    "no Content-Type is a server error": Fault(post_without_content_type, 500, 415),
    "900 KB are parsed": Fault(post_900_kb, 201, 413),
    "a throttled reply is lost": Fault(throttled_reply, (500, 0, 1), (200, 1, 2)),
    "a gateway's HTML is a server error": Fault(reply_through_a_broken_gateway, (500, 1), (202, 1)),
    "identity is asked for every turn, on the event loop": Fault(
        identity_clients_for_three_turns,
        (3, {"event loop"}),
        (1, {"thread"}),
    ),
    "keys are read by a blocking call on the event loop": Fault(
        blocking_reads_of_keys, ["event loop", "event loop"], []
    ),
    "every turn opens a connection": Fault(connections_for_three_turns, 3, 1),
    "a repeated delivery is answered again": Fault(replies_to_a_repeated_delivery, 2, 1),
}


@pytest.mark.parametrize("name", FAULTS)
async def test_the_stock_sdk_has_this_fault_and_we_do_not(served: Served, name: str) -> None:
    fault = FAULTS[name]
    ours = fault.hosted if served.side.name == "hosted" and fault.hosted is not None else fault.ours

    assert await fault.act(served) == (fault.stock if served.side.name == "stock" else ours)


async def test_every_side_answers_a_plain_message(served: Served) -> None:
    assert (await served.teams.say(MEMBER, "здравей")).text == "ехо"


async def test_without_an_app_id_the_stock_sdk_takes_everything_and_we_do_not_start() -> None:
    class Empty(StockConfig):
        APP_TYPE = "MultiTenant"
        APP_PASSWORD = ""

    turns: list[str] = []
    adapter = stock_adapter(Empty(""))

    async def handle(request: web.Request) -> web.StreamResponse:
        return await adapter.process(request, Echo(turns)) or web.Response(status=201)

    async with FakeTeams(app_id="") as teams, teams.serving(handle):
        made = teams.activity("endOfConversation", service_url="https://evil.example/")
        assert (await teams.deliver(made, token=None)).status == 201
    assert len(turns) == 1

    with pytest.raises(ConfigurationError, match="app_id"):
        TeamsOptions().check()
