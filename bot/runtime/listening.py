"""Listening: the application behind limits that hold for every address, whoever answers there and however early.

No body is unpacked, ever: what is packed reaches nobody as anything but the bytes that were sent. None is read on
behalf of somebody who was answered already: the connection is closed instead.
"""

import asyncio
import errno
import logging
import resource
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import hdrs, web

from bot.runtime.body_limits import BodyLimit
from bot.runtime.connections import HEAD_SECONDS, READ_BYTES, Connection
from bot.runtime.crowd import Crowd
from bot.teams.bodies import WAITS_TO_SEND

_log = logging.getLogger(__name__)

NO_BODY = BodyLimit(0, HEAD_SECONDS)
"""For addresses that read none; what comes all the same is thrown away with the connection."""
_LINE_BYTES = 8190
_HEADERS = 64
_SPARE = 128
"""File descriptors that are not for connections from outside: database, Graph, Teams, files."""
_FEWEST = 16
_OUT_OF_DESCRIPTORS = {errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM}

_Handler = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What the operator and the application decide. `bodies`: the beginning of a path → what may be sent there."""

    connections: int = 1000
    connections_per_address: int = 0
    idle_seconds: float = 75.0
    bodies: Mapping[str, BodyLimit] = field(default_factory=dict)

    def body_of(self, path: str) -> BodyLimit:
        """The limit for a body sent there."""
        return next((limit for start, limit in self.bodies.items() if path.startswith(start)), NO_BODY)


@asynccontextmanager
async def listening(
    app: web.Application, limits: Limits, host: str, port: int, *, shutdown_seconds: float = 10.0
) -> AsyncIterator[tuple[str, int]]:
    """Serves for as long as the context is open; gives host and port. Errors: OSError when it cannot listen there."""
    loop = asyncio.get_running_loop()
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=shutdown_seconds)
    await runner.setup()
    crowd = Crowd(
        most=_places(limits.connections), most_of_one=limits.connections_per_address, idle_seconds=limits.idle_seconds
    )
    try:
        server = runner.server
        if server is None:
            raise RuntimeError("the runner was not set up")
        server.request_handler = _bounded(server.request_handler, limits)

        def protocol() -> web.RequestHandler:
            # Not `server()`: that one falls back to aiohttp's defaults, unpacking included, if an option displeases.
            return web.RequestHandler(
                server,
                loop=loop,
                access_log=None,  # type: ignore[arg-type]  # None is how aiohttp itself turns it off
                auto_decompress=False,
                lingering_time=0,
                read_bufsize=READ_BYTES,
                keepalive_timeout=limits.idle_seconds + 2 * HEAD_SECONDS,  # ours comes first
                max_line_size=_LINE_BYTES,
                max_field_size=_LINE_BYTES,
                max_headers=_HEADERS,
            )

        sockets = await loop.create_server(lambda: Connection(protocol, crowd), host, port)
        try:
            yield sockets.sockets[0].getsockname()[:2]
        finally:
            sockets.close()
    finally:
        await runner.cleanup()
        crowd.end()


def unhandled(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """The event loop's handler of exceptions nobody caught. Being out of file descriptors, which asyncio tells 128
    times a second with tracebacks, is one line a minute.
    """
    error = context.get("exception")
    if isinstance(error, OSError) and error.errno in _OUT_OF_DESCRIPTORS:
        _log.error("no connection can be accepted: %s", error.strerror, extra={"a_minute": 1})
        return
    if isinstance(error, ValueError) and "_start_serving" in str(context.get("message")):
        return  # asyncio, having been out of them, tries again to accept at a socket that was closed meanwhile
    loop.default_exception_handler(context)


def _bounded(handler: _Handler, limits: Limits) -> _Handler:
    """The application, between `begins` and `ends` of a connection."""

    async def handle(request: web.BaseRequest) -> web.StreamResponse:
        connection = _connection_of(request)
        if connection is not None:
            connection.begins(request.content, limits.body_of(request.path))
        try:
            response = await handler(_without_expect(request))
        except web.HTTPException as answer:
            _close_unless_read(request, answer)
            raise
        finally:
            if connection is not None:
                connection.ends()
        _close_unless_read(request, response)
        return response

    return handle


def _close_unless_read(request: web.BaseRequest, response: web.StreamResponse) -> None:
    """Says so in the answer; aiohttp, which does not linger here, then closes."""
    if not request.content.is_eof():
        response.force_close()


def _without_expect(request: web.BaseRequest) -> web.BaseRequest:
    """`Expect: 100-continue` is answered by whoever reads the body; aiohttp would answer it to anybody."""
    expected = request.headers.get(hdrs.EXPECT)
    if expected is None:
        return request
    headers = request.headers.copy()
    headers.popall(hdrs.EXPECT)
    plain = request.clone(headers=headers)
    if request.version >= (1, 1):
        if expected.lower() != "100-continue":
            raise web.HTTPExpectationFailed
        plain[WAITS_TO_SEND] = True
    return plain


def _connection_of(request: web.BaseRequest) -> Connection | None:
    """None when it is gone already."""
    protocol = request.transport.get_protocol() if request.transport is not None else None
    return protocol if isinstance(protocol, Connection) else None


def _places(wanted: int) -> int:
    """How many connections there can be, given the file descriptors this process may have."""
    descriptors, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if descriptors == resource.RLIM_INFINITY or wanted + _SPARE <= descriptors:
        return wanted
    places = max(descriptors - _SPARE, _FEWEST)
    _log.warning("%d file descriptors are too few for %d connections: %d are taken", descriptors, wanted, places)
    return places
