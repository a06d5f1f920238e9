"""A bot that does as it is told, behind the real adapter, called by the pretend Teams."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import web
from botbuilder.core import TurnContext
from botbuilder.schema import Activity

from bot.conversation import Reply, Turn
from bot.core.clock import MachineClock
from bot.runtime.logs import new_reference
from bot.teams.edge import TeamsEdge, open_teams
from tests.connector import FakeTeams

CARD = {"type": "AdaptiveCard", "version": "1.5", "body": [{"type": "TextBlock", "text": "Готово"}]}


class Seen:
    """Remembered activities, in memory."""

    def __init__(self) -> None:
        self.noted: list[tuple[str, str]] = []
        self.broken = False

    async def seen(self, conversation_id: str, activity_id: str) -> bool:
        if self.broken:
            raise RuntimeError("no database")
        return (conversation_id, activity_id) in self.noted

    def mark(self, conversation_id: str, activity_id: str) -> None:
        if self.broken:
            raise RuntimeError("no database")
        self.noted.append((conversation_id, activity_id))


class ScriptedBot:
    """Answers every turn with `reply`, after `gate` opens; keeps the turns it saw."""

    def __init__(self) -> None:
        self.turns: list[Turn] = []
        self.hosted: list[Activity] = []
        self.reply: Reply | Callable[[Turn], Awaitable[Reply | None]] | None = Reply(text="Добре")
        self.asked = asyncio.Event()
        self.gate = asyncio.Event()
        self.gate.set()
        self.error: Exception | None = None

    async def answer(self, turn: Turn) -> Reply | None:
        self.turns.append(turn)
        self.asked.set()
        await self.gate.wait()
        if self.error is not None:
            raise self.error
        return await self.reply(turn) if callable(self.reply) else self.reply

    async def on_turn(self, context: TurnContext) -> None:
        """The same bot as one of the SDK's, where it is hosted."""
        self.hosted.append(context.activity)
        await context.send_activity("Добре")


class Hours:
    """A clock that stands still until it is moved; counts in seconds."""

    def __init__(self) -> None:
        self.seconds = 1_000.0

    def __call__(self) -> float:
        return self.seconds


@dataclass
class House:
    """Everything a test of the endpoint needs."""

    teams: FakeTeams
    edge: TeamsEdge
    bot: ScriptedBot
    seen: Seen
    hours: Hours = field(default_factory=Hours)


@asynccontextmanager
async def open_house(
    *, teams: FakeTeams | None = None, hosted: bool = False, **option_changes: Any
) -> AsyncIterator[House]:
    """`hosted`: the endpoint has the bot as one of the SDK's."""
    async with AsyncExitStack() as stack:
        teams = await stack.enter_async_context(teams or FakeTeams())
        bot, seen, hours = ScriptedBot(), Seen(), Hours()
        options = teams.options(**option_changes)
        session = await stack.enter_async_context(teams.session(options))
        edge = await stack.enter_async_context(
            open_teams(
                options,
                answer=bot.answer,
                seen=seen,
                clock=MachineClock(lambda: datetime.now(UTC)),
                new_reference=new_reference,
                monotonic=hours,
                session=session,
                token=teams.bot_token if options.app_id else None,
            )
        )

        async def host(request: web.Request) -> web.StreamResponse:
            return await edge.adapter.process(request, bot)

        await stack.enter_async_context(teams.serving(host if hosted else edge.adapter.handle))
        yield House(teams, edge, bot, seen, hours)


@pytest.fixture
async def house() -> AsyncIterator[House]:
    """Authentication on, loopback (development with an app id)."""
    async with open_house() as opened:
        yield opened


@pytest.fixture
async def production() -> AsyncIterator[House]:
    """Production's own options: real host names over TLS, all of them leading to this machine."""
    async with open_house(teams=FakeTeams(tls=True)) as opened:
        yield opened


@pytest.fixture
async def developer() -> AsyncIterator[House]:
    """Development without app id: no tokens."""
    async with open_house(teams=FakeTeams(app_id="")) as opened:
        yield opened
