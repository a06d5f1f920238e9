"""Forms with files on their way from a browser: few at once, and one of each link."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import BinaryIO

from aiohttp import web

from bot.core.class_links.expected import Fault, RosterFault, RosterUnusable
from bot.documents.uploads import MOST_FORM, received
from bot.runtime.body_limits import BodyLate, BodyTooLarge

_MOST = 4
"""At once: they lie in files, up to 100 MB in all."""
_LONGEST_TYPE = 256


@dataclass(frozen=True, slots=True)
class Receiving:
    """`tokens`: the links whose form is on its way or being read."""

    tokens: set[str] = field(default_factory=set)

    @asynccontextmanager
    async def form(self, token: str, request: web.Request) -> AsyncIterator[tuple[BinaryIO, str]]:
        """An open file with the bytes of the form, and its media type. Errors: RosterUnusable (TOO_LARGE, BUSY,
        TOO_SLOW).
        """
        if (request.content_length or 0) > MOST_FORM:
            raise RosterUnusable(RosterFault(Fault.TOO_LARGE))
        if token in self.tokens or len(self.tokens) >= _MOST:
            raise RosterUnusable(RosterFault(Fault.BUSY))
        self.tokens.add(token)
        try:
            async with AsyncExitStack() as stack:
                try:  # how long it may take and how large it may be is the server's to say, for every address
                    content = await stack.enter_async_context(received(request.content.iter_any()))
                except BodyLate:
                    raise RosterUnusable(RosterFault(Fault.TOO_SLOW)) from None
                except BodyTooLarge:
                    raise RosterUnusable(RosterFault(Fault.TOO_LARGE)) from None
                yield content, request.headers["Content-Type"][:_LONGEST_TYPE]
        finally:
            self.tokens.discard(token)
