"""Teams for many people at once: which reply is for which message, and what the bot says of its own accord."""

import asyncio
import json
from collections import deque
from collections.abc import Callable
from typing import Any

from aiohttp import web

from benchmarks.channel import Channel

_KEPT = 12
"""Messages of a conversation that can still be waited for."""

Body = dict[str, Any]
Wish = Callable[[str], bool]
"""Whether a message is the one, by its JSON."""


class Teams(Channel):
    """Replies are found by the message they reply to, so one person may do several things at the same time."""

    def __init__(self) -> None:
        super().__init__()
        self._answers: dict[str, asyncio.Future[Body]] = {}
        self._told: dict[str, deque[str]] = {}
        self._waiting: dict[str, list[tuple[Wish, asyncio.Future[str]]]] = {}

    def expect(self, activity: str) -> asyncio.Future[Body]:
        """The reply to the message with this id, which is about to be posted."""
        self._answers[activity] = asyncio.get_running_loop().create_future()
        return self._answers[activity]

    def forget(self, activity: str) -> None:
        """Nobody waits for its reply any more."""
        self._answers.pop(activity, None)

    async def told(self, conversation: str, wish: Wish, *, seconds: float) -> str:
        """What the bot said, or says within `seconds`, in this conversation unasked. Errors: TimeoutError."""
        for text in reversed(self._told.get(conversation, ())):
            if wish(text):
                return text
        waiting: tuple[Wish, asyncio.Future[str]] = (wish, asyncio.get_running_loop().create_future())
        self._waiting.setdefault(conversation, []).append(waiting)
        try:
            async with asyncio.timeout(seconds):
                return await waiting[1]
        finally:
            self._waiting[conversation].remove(waiting)

    async def _reply(self, request: web.Request) -> web.Response:
        return await self._taken(request, request.match_info.get("activity", ""))

    async def _update(self, request: web.Request) -> web.Response:
        return await self._taken(request, "")

    async def _taken(self, request: web.Request, answers: str) -> web.Response:
        body: Body = await request.json()
        if body.get("type") == "message":
            asked = self._answers.pop(answers, None)
            if asked is None:
                self._say(request.match_info["conversation"], body)
            elif not asked.done():
                asked.set_result(body)
        return web.json_response({"id": request.match_info.get("activity") or f"reply-{self.number()}"}, status=201)

    def _say(self, conversation: str, body: Body) -> None:
        text = json.dumps(body, ensure_ascii=False)
        self._told.setdefault(conversation, deque(maxlen=_KEPT)).append(text)
        for wish, found in self._waiting.get(conversation, ()):
            if not found.done() and wish(text):
                found.set_result(text)
