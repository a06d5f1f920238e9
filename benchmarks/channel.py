"""The other side of a bot during a measurement: it takes the bot's replies and knows when a turn is over."""

import asyncio
import itertools
from typing import Any, Self

from aiohttp import ClientSession, TCPConnector, web


class Channel:
    """A stand-in for the Bot Connector and for Slack's Web API on one loopback port. A reply ends a turn."""

    def __init__(self) -> None:
        self.url = ""
        self._replies: dict[str, asyncio.Queue[dict[str, Any]]] = {}
        self._ids = itertools.count(1)
        self._session: ClientSession | None = None
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_post("/v3/conversations/{conversation}/activities", self._reply)
        app.router.add_post("/v3/conversations/{conversation}/activities/{activity}", self._reply)
        app.router.add_put("/v3/conversations/{conversation}/activities/{activity}", self._update)
        app.router.add_post("/api/chat.postMessage", self._slack_reply)
        app.router.add_post("/api/auth.test", self._slack_identity)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self._session = ClientSession(connector=TCPConnector(limit=0))
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._session:
            await self._session.close()
        if self._runner:
            await self._runner.cleanup()

    def number(self) -> int:
        """A number never given before."""
        return next(self._ids)

    async def post(self, address: str, body: bytes, headers: dict[str, str]) -> Any:
        """Posts to the bot; the JSON of its answer if there is any. Errors: RuntimeError when it is not a success."""
        if self._session is None:
            raise RuntimeError("the channel is not open")
        async with self._session.post(address, data=body, headers=headers) as response:
            raw = await response.read()
            if response.status >= 300:
                raise RuntimeError(f"the bot answered {response.status}: {raw[:300]!r}")
            return await response.json(content_type=None) if raw else None

    async def reply(self, conversation: str) -> dict[str, Any]:
        """The next thing the bot says in a conversation."""
        async with asyncio.timeout(30):
            return await self._of(conversation).get()

    def _of(self, conversation: str) -> asyncio.Queue[dict[str, Any]]:
        return self._replies.setdefault(conversation, asyncio.Queue())

    async def _reply(self, request: web.Request) -> web.Response:
        body = await request.json()
        if body.get("type") == "message":
            self._of(request.match_info["conversation"]).put_nowait(body)
        return web.json_response({"id": f"reply-{self.number()}"}, status=201)

    async def _update(self, request: web.Request) -> web.Response:
        """A message that moves is no reply."""
        return web.json_response({"id": request.match_info["activity"]})

    async def _slack_reply(self, request: web.Request) -> web.Response:
        posted = await request.post() if "form" in request.content_type else await request.json()
        self._of(str(posted["channel"])).put_nowait(dict(posted))
        return web.json_response({"ok": True, "channel": posted["channel"], "ts": f"{self.number()}.0"})

    async def _slack_identity(self, _: web.Request) -> web.Response:
        identity = {"team_id": "T1", "user_id": "U0", "bot_id": "B0", "team": "t", "user": "bot", "url": self.url}
        return web.json_response({"ok": True, **identity})
