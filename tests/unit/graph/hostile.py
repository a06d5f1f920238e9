"""A Graph that misbehaves on command, and a clock that only moves when somebody sleeps."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.core.clock import MachineClock
from bot.graph.accounts import GraphAccounts, GraphPlacements
from bot.graph.directory import GraphDirectory
from bot.graph.enrolments import GraphEnrolments
from bot.graph.installer import GraphInstaller, WasThere
from bot.graph.machine import Machine
from bot.graph.options import ClientSecret, GraphOptions
from bot.graph.rosters import GraphRosters
from bot.graph.transport import GraphTransport
from bot.graph.writer import GraphWriter

REQUEST_ID = "0b5e2a52-7f7e-4a6c-9d53-0f2a0a4f1c11"
TENANT = "7c1f3a52-1111-4a6c-9d53-0f2a0a4f1c11"
START = datetime(2026, 9, 15, 8, tzinfo=UTC)
AT_ONCE = "Error due to concurrent requests being made to the tenant. Please wait briefly and retry."
UNREAD = "Unable to read the company information from the directory."
Reply = Callable[[web.Request], Awaitable[web.StreamResponse]]


async def nobody(_: str) -> None:
    """Where nobody speaks first."""


@dataclass(frozen=True)
class Seen:
    """One request as the server got it."""

    method: str
    raw_path: str
    headers: dict[str, str]
    body: Any


def says(body: Any = None, status: int = 200, **headers: str) -> Reply:
    named = {name.replace("_", "-"): value for name, value in headers.items()}

    async def reply(request: web.Request) -> web.StreamResponse:
        if isinstance(body, str | bytes):
            raw = body.encode() if isinstance(body, str) else body
            return web.Response(status=status, body=raw, headers=named, content_type="text/html")
        return web.json_response(body, status=status, headers=named)

    return reply


def refuses(status: int, code: str, **headers: str) -> Reply:
    return says(error(code), status, **{"request_id": REQUEST_ID, **headers})


def error(code: str, message: str = "no") -> dict[str, Any]:
    return {"error": {"code": code, "message": message, "innerError": {"request-id": REQUEST_ID}}}


def answers(*parts: tuple[int, Any] | tuple[int, Any, dict[str, str]]) -> Reply:
    """A batch answer whose parts go to the asked items in order."""

    async def reply(request: web.Request) -> web.StreamResponse:
        asked = (await request.json())["requests"]
        assert len(asked) == len(parts), f"{len(asked)} items asked, {len(parts)} answers prepared"
        responses = [
            {"id": item["id"], "status": part[0], "body": part[1], "headers": part[2] if len(part) > 2 else {}}
            for item, part in zip(asked, parts, strict=True)
        ]
        return web.json_response({"responses": responses[::-1]})  # Graph answers in any order

    return reply


async def hangs(request: web.Request) -> web.StreamResponse:
    await asyncio.sleep(60)
    return web.Response()


async def resets(request: web.Request) -> web.StreamResponse:
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


@dataclass
class Clockwork:
    """Time that passes only in `sleep`."""

    time: float = 1000.0
    slept: list[float] = field(default_factory=list)

    def now(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds
        await asyncio.sleep(0)

    def machine(self) -> Machine:
        return Machine(now=self.now, sleep=self.sleep, chance=lambda: 0.0)


class FixedTokens:
    """Gives token-1, token-2, … a new one after each drop."""

    def __init__(self) -> None:
        self.number = 1
        self.dropped: list[str] = []

    async def bearer(self) -> str:
        return f"token-{self.number}"

    def drop(self, token: str) -> None:
        self.dropped.append(token)
        if token == f"token-{self.number}":
            self.number += 1


class HostileGraph:
    """Replies in the order given; a request nobody prepared for fails the test."""

    def __init__(self) -> None:
        self.replies: list[Reply] = []
        self.seen: list[Seen] = []
        self.unexpected: list[str] = []
        application = web.Application(client_max_size=2**26)
        application.router.add_route("*", "/{path:.*}", self._serve)
        self.server = TestServer(application)

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        raw = await request.read()
        body = json.loads(raw) if raw else None
        self.seen.append(Seen(request.method, request.raw_path, dict(request.headers), body))
        if not self.replies:
            self.unexpected.append(request.raw_path)
            return web.Response(status=418)
        return await self.replies.pop(0)(request)

    def will(self, *replies: Reply) -> None:
        self.replies.extend(replies)

    @property
    def url(self) -> str:
        return str(self.server.make_url("")).rstrip("/")


@dataclass
class Bench:
    """Everything a test needs, wired the way the container wires it."""

    graph: HostileGraph
    session: aiohttp.ClientSession
    options: GraphOptions
    clock: Clockwork
    tokens: FixedTokens
    start: datetime = START
    transport: GraphTransport = field(init=False)

    def __post_init__(self) -> None:
        self.rebuild()

    def rebuild(self, **changes: Any) -> "Bench":
        self.options = replace(self.options, **changes)
        self.options.check()
        self.transport = GraphTransport(self.session, self.tokens, self.options, self.clock.machine())
        return self

    def directory(self, **changes: Any) -> GraphDirectory:
        self.rebuild(**changes)
        return GraphDirectory(self.transport, self.options, self.today)

    def accounts(self, **changes: Any) -> GraphAccounts:
        self.rebuild(**changes)
        return GraphAccounts(self.transport, self.options, self.today)

    def rosters(self, **changes: Any) -> GraphRosters:
        directory = self.directory(**changes)
        return GraphRosters(self.transport, self.options, directory, self.today)

    def writer(self, **changes: Any) -> GraphWriter:
        self.rebuild(**changes)
        return GraphWriter(self.transport, MachineClock(self.today))

    def placements(self, **changes: Any) -> GraphPlacements:
        rosters = self.rosters(**changes)
        accounts = GraphAccounts(self.transport, self.options, self.today)
        return GraphPlacements(self.transport, self.options, accounts, rosters, self.today)

    def enrolments(self, **changes: Any) -> GraphEnrolments:
        self.rebuild(**changes)
        return GraphEnrolments(self.transport, self.options)

    def installer(self, catalog_id: str, was_there: WasThere = nobody, **changes: Any) -> GraphInstaller:
        self.rebuild(**changes)
        return GraphInstaller(self.transport, self.options, catalog_id, was_there)

    def today(self) -> datetime:
        return self.start + timedelta(seconds=self.clock.now() - 1000.0)


def options(base_url: str) -> GraphOptions:
    return GraphOptions(
        tenant_id=TENANT,
        client_id="bot-client",
        credential=ClientSecret("s3cret"),
        base_url=base_url,
        role_extension="extension_3fd591523047404483834154c3498778_NEISPUO_ROLE",
        identifier_extension="extension_3fd591523047404483834154c3498778_NEISPUO_ROLE_ADDITIONAL_IDENTIFIER",
    )
