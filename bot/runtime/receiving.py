"""Forms with files on their way from a browser: few at once, and one of each link."""

import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from errno import ENOSPC
from typing import BinaryIO

from aiohttp import web

from bot.core.class_links.expected import Fault, RosterFault, RosterUnusable
from bot.documents.uploads import MOST_FORM, received
from bot.runtime.body_limits import BodyLate, BodyTooLarge

log = logging.getLogger(__name__)

_MOST = 4
"""At once, whichever page they are for: they lie in files, up to 100 MB in all."""
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
                except OSError as error:  # also how a connection ends
                    if error.errno != ENOSPC:
                        raise
                    log.warning("an upload is put off: there is no room for it")
                    raise RosterUnusable(RosterFault(Fault.BUSY)) from None
                yield content, request.headers["Content-Type"][:_LONGEST_TYPE]
        finally:
            self.tokens.discard(token)


_OF_APP = web.AppKey("receiving", Receiving)


def receiving_of(app: web.Application) -> Receiving:
    """One for all pages of the app: what is on its way lies in one place, whichever page it is for."""
    if _OF_APP not in app:
        app[_OF_APP] = Receiving()
    return app[_OF_APP]
