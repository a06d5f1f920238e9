"""Two ways to serve one pretend Teams: our own bot, and a bot of the SDK on our adapter."""

import logging
import threading
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol

from aiohttp import web
from botbuilder.core import ActivityHandler, BotAdapter, TurnContext
from botbuilder.schema import AdaptiveCardInvokeResponse

from bot.conversation import Pressed, Reply, Said, Turn
from bot.core.clock import MachineClock
from bot.runtime.logs import new_reference
from bot.teams.edge import TeamsEdge, open_teams
from bot.teams.keys import UNKNOWN_KEY_PAUSE
from tests.connector import FakeTeams
from tests.connector.fake_teams import BOT_TOKEN
from tests.integration.teams.conftest import CARD, Hours, Seen

BUG = "сгреши"
"""Whoever says this, or presses a button with this verb, meets a bug in the bot."""

_log = logging.getLogger("stock")


@dataclass
class Identity:
    """Stands in for MSAL: counts its clients and notes in which thread it is asked."""

    clients: int = 0
    asked: list[str] = field(default_factory=list)

    def __call__(self, *_: object, **__: object) -> "Identity":
        self.clients += 1
        return self

    def acquire_token_silent(self, *_: object, **__: object) -> None:
        """A new client's cache is empty."""

    def acquire_token_for_client(self, **_: object) -> dict[str, object]:
        self.asked.append(thread())
        return {"access_token": BOT_TOKEN, "expires_in": 3600}


class BlockingKeys:
    """Stands in for `requests.get` of the SDK's key reader: called on the event loop, it could never be answered."""

    def __init__(self, teams: FakeTeams) -> None:
        self._teams = teams
        self.asked: list[str] = []

    def __call__(self, url: str) -> "BlockingKeys":
        self.asked.append(thread())
        self._url = url
        return self

    def raise_for_status(self) -> None:
        """Never fails."""

    def json(self) -> object:
        return self._teams.signer.key_set() if self._url.endswith("keys") else {"jwks_uri": "https://keys"}


def thread() -> str:
    return "event loop" if threading.current_thread() is threading.main_thread() else "thread"


class Echo(ActivityHandler):  # type: ignore[misc]  # the SDK ships no types
    """A bot as the SDK's documentation writes it: echoes, and answers a press with a card."""

    def __init__(self, turns: list[str]) -> None:
        self._turns = turns

    async def on_turn(self, turn_context: TurnContext) -> None:
        self._turns.append(turn_context.activity.id)
        await super().on_turn(turn_context)

    async def on_message_activity(self, turn_context: TurnContext) -> None:
        if turn_context.activity.text == BUG:
            raise KeyError("4146054046")
        await turn_context.send_activity("ехо")

    async def on_adaptive_card_invoke(
        self, turn_context: TurnContext, invoke_value: Any
    ) -> AdaptiveCardInvokeResponse:
        if invoke_value.action["verb"] == BUG:
            raise KeyError("4146054046")
        return AdaptiveCardInvokeResponse(
            status_code=200, type="application/vnd.microsoft.card.adaptive", value=dict(CARD)
        )


class Side(Protocol):
    """One of the two, behind a pretend Teams."""

    name: str
    teams: FakeTeams
    turns: list[str]
    adapter: BotAdapter

    def hours_later(self) -> None: ...

    def open(self) -> AbstractAsyncContextManager[None]: ...


class Ours:
    """Our adapter with a bot of our own kind."""

    name = "ours"

    def __init__(self, teams: FakeTeams) -> None:
        self.teams = teams
        self.turns: list[str] = []
        self._hours = Hours()

    def hours_later(self) -> None:
        self._hours.seconds += UNKNOWN_KEY_PAUSE

    async def _answer(self, turn: Turn) -> Reply:
        self.turns.append(turn.activity_id)
        match turn.occasion:
            case Said(text) if text == BUG:
                raise KeyError("4146054046")
            case Pressed(verb) if verb == BUG:
                raise KeyError("4146054046")
            case Pressed():
                return Reply(card=CARD)
        return Reply(text="ехо")

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        async with (
            open_teams(
                self.teams.options(),
                answer=self._answer,
                seen=Seen(),
                clock=MachineClock(lambda: datetime.now(UTC)),
                new_reference=new_reference,
                monotonic=self._hours,
            ) as edge,
            self._serving(edge),
        ):
            self.adapter = edge.adapter
            yield

    def _serving(self, edge: TeamsEdge) -> AbstractAsyncContextManager[str]:
        return self.teams.serving(edge.adapter.handle)


class Hosted(Ours):
    """Our adapter with the SDK's bot."""

    name = "hosted"

    def _serving(self, edge: TeamsEdge) -> AbstractAsyncContextManager[str]:
        bot = Echo(self.turns)

        async def handle(request: web.Request) -> web.StreamResponse:
            return await edge.adapter.process(request, bot)

        return self.teams.serving(handle)
