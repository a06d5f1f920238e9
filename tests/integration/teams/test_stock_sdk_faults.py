"""The faults of botbuilder 4.17.1 this edge was written for: each row runs on the stock CloudAdapter and on ours.

A row that stops being true of the stock SDK is no reason to keep code; a row that stops being true of ours is a bug.
"""

import json
import logging
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

import msal
import pytest
from aiohttp import web
from botbuilder.core import ActivityHandler, TurnContext
from botbuilder.integration.aiohttp import CloudAdapter, ConfigurationBotFrameworkAuthentication
from botbuilder.schema import AdaptiveCardInvokeResponse
from botframework.connector.auth import AuthenticationConstants, ChannelValidation
from botframework.connector.auth.jwt_token_extractor import JwtTokenExtractor

from bot.conversation import Pressed, Reply, Turn
from bot.runtime.logs import new_reference
from bot.teams.edge import open_teams
from bot.teams.keys import UNKNOWN_KEY_PAUSE
from bot.teams.options import ConfigurationError, TeamsOptions
from tests.connector import MEMBER, TENANT, FakeTeams
from tests.connector.fake_teams import BOT_TOKEN
from tests.connector.people import without
from tests.connector.signing import signed
from tests.integration.teams.conftest import CARD, Hours, Seen

JSON = {"Content-Type": "application/json"}
PRESS = {"type": "Action.Execute", "verb": "help", "data": {}}


@dataclass
class Identity:
    """Stands in for MSAL in both: counts its clients and notes in which thread it is asked."""

    clients: int = 0
    asked: list[str] = field(default_factory=list)

    def __call__(self, *_: object, **__: object) -> "Identity":
        self.clients += 1
        return self

    def acquire_token_silent(self, *_: object, **__: object) -> None:
        """A new client's cache is empty."""

    def acquire_token_for_client(self, **_: object) -> dict[str, object]:
        self.asked.append(_thread())
        return {"access_token": BOT_TOKEN, "expires_in": 3600}


class BlockingKeys:
    """Stands in for `requests.get` of the stock SDK: called on the event loop, it could never be answered from it."""

    def __init__(self, teams: FakeTeams) -> None:
        self._teams = teams
        self.asked: list[str] = []

    def __call__(self, url: str) -> "BlockingKeys":
        self.asked.append(_thread())
        self._url = url
        return self

    def raise_for_status(self) -> None:
        """Never fails."""

    def json(self) -> object:
        return self._teams.signer.key_set() if self._url.endswith("keys") else {"jwks_uri": "https://keys"}


def _thread() -> str:
    return "event loop" if threading.current_thread() is threading.main_thread() else "thread"


class Side(Protocol):
    """One of the two adapters behind one pretend Teams."""

    teams: FakeTeams
    turns: list[str]
    identity: Identity
    blocking: BlockingKeys

    def hours_later(self) -> None: ...


class Stock:
    """The SDK as its documentation sets it up, with a bot that echoes and answers presses with a card."""

    def __init__(self, teams: FakeTeams, identity: Identity) -> None:
        self.teams, self.identity = teams, identity
        self.turns: list[str] = []
        self.blocking = BlockingKeys(teams)

    def hours_later(self) -> None:
        for metadata in JwtTokenExtractor.metadataCache.values():
            metadata.last_updated -= timedelta(hours=2)

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        adapter = CloudAdapter(ConfigurationBotFrameworkAuthentication(_Config(self.teams.app_id), logger=_log))
        bot = _Echo(self.turns)

        async def handle(request: web.Request) -> web.StreamResponse:
            return await adapter.process(request, bot) or web.Response(status=201)

        async with self.teams.serving(handle, most=4 * 1024 * 1024):
            yield


class Ours:
    """Our edge, asking the same identity provider."""

    def __init__(self, teams: FakeTeams, identity: Identity) -> None:
        self.teams, self.identity = teams, identity
        self.turns: list[str] = []
        self.blocking = BlockingKeys(teams)
        self._hours = Hours()

    def hours_later(self) -> None:
        self._hours.seconds += UNKNOWN_KEY_PAUSE

    async def _answer(self, turn: Turn) -> Reply:
        self.turns.append(turn.activity_id)
        return Reply(card=CARD) if isinstance(turn.occasion, Pressed) else Reply(text="ехо")

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        async with (
            open_teams(
                self.teams.options(),
                answer=self._answer,
                seen=Seen(),
                clock=lambda: datetime.now(UTC),
                new_reference=new_reference,
                monotonic=self._hours,
            ) as edge,
            self.teams.serving(edge.adapter.handle),
        ):
            yield


class _Echo(ActivityHandler):  # type: ignore[misc]  # the SDK ships no types
    def __init__(self, turns: list[str]) -> None:
        self._turns = turns

    async def on_turn(self, turn_context: TurnContext) -> None:
        self._turns.append(turn_context.activity.id)
        await super().on_turn(turn_context)

    async def on_message_activity(self, turn_context: TurnContext) -> None:
        await turn_context.send_activity("ехо")

    async def on_adaptive_card_invoke(
        self, turn_context: TurnContext, invoke_value: Any
    ) -> AdaptiveCardInvokeResponse:
        return AdaptiveCardInvokeResponse(
            status_code=200, type="application/vnd.microsoft.card.adaptive", value=dict(CARD)
        )


class _Config:
    APP_PASSWORD = "made-up"
    APP_TYPE = "SingleTenant"
    APP_TENANTID = TENANT

    def __init__(self, app_id: str) -> None:
        self.APP_ID = app_id


_log = logging.getLogger("stock")


@pytest.fixture
async def sides(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[dict[str, Side]]:
    identity = {"stock": Identity(), "ours": Identity()}
    monkeypatch.setattr(
        "botframework.connector.auth.microsoft_app_credentials.ConfidentialClientApplication", identity["stock"]
    )
    monkeypatch.setattr(msal, "ConfidentialClientApplication", identity["ours"])
    JwtTokenExtractor.metadataCache.clear()
    async with AsyncExitStack() as stack:
        stock = Stock(await stack.enter_async_context(FakeTeams()), identity["stock"])
        ours = Ours(await stack.enter_async_context(FakeTeams()), identity["ours"])
        monkeypatch.setattr(ChannelValidation, "open_id_metadata_endpoint", stock.teams.openid_metadata_url)
        monkeypatch.setattr(
            AuthenticationConstants, "TO_BOT_FROM_EMULATOR_OPENID_METADATA_URL", stock.teams.openid_metadata_url
        )
        monkeypatch.setattr("botframework.connector.auth.jwt_token_extractor.requests.get", stock.blocking)
        await stack.enter_async_context(stock.open())
        await stack.enter_async_context(ours.open())
        yield {"stock": stock, "ours": ours}
    JwtTokenExtractor.metadataCache.clear()


# What is done to either side, and what is looked at


async def press(side: Side) -> object:
    return (await side.teams.press(MEMBER, PRESS)).status


async def say_after_a_key_rotation(side: Side) -> object:
    await side.teams.say(MEMBER, "а")
    side.teams.signer.rotate("key-2")
    side.hours_later()
    return (await side.teams.say(MEMBER, "б")).status


def say_with_token(**claims: object) -> Callable[[Side], Awaitable[object]]:
    async def act(side: Side) -> object:
        token = side.teams.signer.token(**claims)  # type: ignore[arg-type]
        return (await side.teams.deliver(side.teams.activity("message", text="а"), token=token)).status

    return act


def say_with_raw_token(make: Callable[[Side], str]) -> Callable[[Side], Awaitable[object]]:
    async def act(side: Side) -> object:
        return (await side.teams.deliver(side.teams.activity("message", text="а"), token=make(side))).status

    return act


def turns_after(act: Callable[[Side], Awaitable[object]]) -> Callable[[Side], Awaitable[object]]:
    async def looked(side: Side) -> object:
        await act(side)
        return len(side.turns)

    return looked


def deliver_changed(*left_out: str, **changes: object) -> Callable[[Side], Awaitable[object]]:
    async def act(side: Side) -> object:
        made = side.teams.activity("message", text="а") | changes
        return (await side.teams.deliver(without(made, *left_out))).status

    return act


async def deliver_with_a_signed_foreign_address(side: Side) -> object:
    foreign = "https://evil.trafficmanager.net/"
    made = side.teams.activity("endOfConversation" if isinstance(side, Stock) else "message", service_url=foreign)
    return (await side.teams.deliver(made, token=side.teams.signer.token(serviceurl=foreign))).status


async def deliver_with_a_token_bought_with_the_bots_own_secret(side: Side) -> object:
    claims = side.teams.signer.claims(
        iss="https://login.microsoftonline.com/d6d49420-f39b-4df7-a1dc-d59a935871db/v2.0",
        ver="2.0",
        azp=side.teams.app_id,
        serviceurl=None,
    )
    token = signed(claims, 1, {"kid": "key-1"})
    return (await side.teams.deliver(side.teams.activity("message", text="а"), token=token)).status


def post(body: bytes, headers: dict[str, str] = JSON) -> Callable[[Side], Awaitable[object]]:
    async def act(side: Side) -> object:
        token = {"Authorization": f"Bearer {side.teams.signer.token()}"}
        return (await side.teams.post(body, headers | token)).status

    return act


async def post_without_content_type(side: Side) -> object:
    return await post(json.dumps(side.teams.activity("message", text="а")).encode(), {})(side)


async def post_900_kb(side: Side) -> object:
    made = side.teams.activity("event", padding="а" * 450_000)
    await side.teams.deliver(made)
    return (await side.teams.deliver(made)).status


async def throttled_reply(side: Side) -> object:
    side.teams.fail(429, headers={"Retry-After": "0"})
    answer = await side.teams.say(MEMBER, "а")
    return answer.status, len(side.teams.sent), len(side.teams.calls)


async def reply_through_a_broken_gateway(side: Side) -> object:
    side.teams.fail(502, body="<html>Bad Gateway</html>")
    return (await side.teams.say(MEMBER, "а")).status, len(side.teams.calls)


async def identity_clients_for_three_turns(side: Side) -> object:
    for _ in range(3):
        await side.teams.say(MEMBER, "а")
    return side.identity.clients, set(side.identity.asked)


async def blocking_reads_of_keys(side: Side) -> object:
    await side.teams.say(MEMBER, "а")
    return side.blocking.asked


async def connections_for_three_turns(side: Side) -> object:
    for _ in range(3):
        await side.teams.say(MEMBER, "а")
    return len(side.teams.connections)


async def replies_to_a_repeated_delivery(side: Side) -> object:
    made = side.teams.activity("message", text="а")
    for _ in range(2):
        await side.teams.deliver(made)
    return len(side.teams.sent)


FAULTS: dict[str, tuple[Callable[[Side], Awaitable[object]], object, object]] = {
    # what is done and looked at; what the stock SDK does; what ours does
    "a press is serialised twice": (press, 500, 200),
    "a new signing key is not looked for": (say_after_a_key_rotation, 500, 200),
    "a token without exp is taken": (turns_after(say_with_token(exp=None)), 1, 0),
    "an activity without serviceUrl skips the address check": (turns_after(deliver_changed("serviceUrl")), 1, 0),
    "an activity without channelId skips the endorsement": (turns_after(deliver_changed("channelId")), 1, 0),
    "any signed address is trusted": (turns_after(deliver_with_a_signed_foreign_address), 1, 0),
    "two tenants in one activity are taken": (
        turns_after(deliver_changed(channelData={"tenant": {"id": "another"}})),
        1,
        0,
    ),
    "no tenant at all is taken": (turns_after(deliver_changed(channelData={})), 1, 0),
    "a token bought with the bot's own secret is a channel's": (
        turns_after(deliver_with_a_token_bought_with_the_bots_own_secret),
        1,
        0,
    ),
    "a garbage token is a server error": (say_with_raw_token(lambda side: "garbage"), 500, 401),
    "an unsigned token is a server error": (
        say_with_raw_token(lambda side: side.teams.signer.unsigned_token()),
        500,
        401,
    ),
    "HS256 with the public key is a server error": (
        say_with_raw_token(lambda side: side.teams.signer.confused_token()),
        500,
        401,
    ),
    "no kid is a server error": (say_with_raw_token(lambda side: side.teams.signer.token_without_key_id()), 500, 401),
    "an unknown kid is a server error": (say_with_token(key_id="key-9"), 500, 401),
    "a wrong signature is a server error": (say_with_token(key_number=9), 500, 401),
    "an expired token is a server error": (say_with_token(exp=1_700_000_000), 500, 401),
    "an un-endorsed channel is a server error": (deliver_changed(channelId="directline"), 500, 403),
    "malformed JSON is a server error": (post(b"{"), 500, 400),
    "a list is a server error": (post(b"[]"), 500, 400),
    "null is a server error": (post(b"null"), 500, 400),
    "invalid UTF-8 is a server error": (post(b'{"type":"\xff"}'), 500, 400),
    "deep JSON is a server error": (post(b"[" * 100_000), 500, 400),
    "no Content-Type is a server error": (post_without_content_type, 500, 415),
    "900 KB are parsed": (post_900_kb, 201, 413),
    "a throttled reply is lost": (throttled_reply, (500, 0, 1), (200, 1, 2)),
    "a gateway's HTML is a server error": (reply_through_a_broken_gateway, (500, 1), (202, 1)),
    "identity is asked for every turn, on the event loop": (
        identity_clients_for_three_turns,
        (3, {"event loop"}),
        (1, {"thread"}),
    ),
    "keys are read by a blocking call on the event loop": (blocking_reads_of_keys, ["event loop", "event loop"], []),
    "every turn opens a connection": (connections_for_three_turns, 3, 1),
    "a repeated delivery is answered again": (replies_to_a_repeated_delivery, 2, 1),
}


@pytest.mark.parametrize("name", FAULTS)
async def test_the_stock_sdk_has_this_fault_and_we_do_not(sides: dict[str, Side], name: str) -> None:
    act, stock, ours = FAULTS[name]

    assert (await act(sides["stock"]), await act(sides["ours"])) == (stock, ours)


async def test_both_sides_answer_a_plain_message(sides: dict[str, Side]) -> None:
    for side in sides.values():
        assert (await side.teams.say(MEMBER, "здравей")).text == "ехо"


async def test_without_an_app_id_the_stock_sdk_takes_everything_and_we_do_not_start() -> None:
    class Empty(_Config):
        APP_TYPE = "MultiTenant"
        APP_PASSWORD = ""

    turns: list[str] = []
    adapter = CloudAdapter(ConfigurationBotFrameworkAuthentication(Empty(""), logger=_log))

    async def handle(request: web.Request) -> web.StreamResponse:
        return await adapter.process(request, _Echo(turns)) or web.Response(status=201)

    async with FakeTeams(app_id="") as teams, teams.serving(handle):
        made = teams.activity("endOfConversation", service_url="https://evil.example/")
        assert (await teams.deliver(made, token=None)).status == 201
    assert len(turns) == 1

    with pytest.raises(ConfigurationError, match="app_id"):
        TeamsOptions().check()
