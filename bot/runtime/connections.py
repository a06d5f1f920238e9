"""What a connection may cost us before we know who is at its other end: bytes, seconds, and a place among the others.

aiohttp's protocol reads HTTP; it limits neither how many connections there are, nor how long a head may take, nor how
much of a body may come. `Connection` stands between it and the socket and does. Its words: `head` is the request line
with the headers; a connection is *silent* until its first whole head, *idle* between two requests.
"""

import asyncio
import logging
from collections.abc import Callable

from aiohttp import StreamReader, web

from bot.runtime.body_limits import BodyBroken, BodyLate, BodyLimit, BodyTooLarge
from bot.runtime.crowd import Crowd
from bot.runtime.door import Behind, Door

_log = logging.getLogger(__name__)

HEAD_SECONDS = 10.0
"""From the first byte of a head (of a connection: from its opening) to its last."""
HEAD_BYTES = 16 * 1024
"""A whole head. The channel's, with its token, has some 3 KB; what proxies add is less."""
READ_BYTES = 16 * 1024
"""Read from a socket at a time. Twice as much of a body waits at most until somebody asks for it."""
LINGER_SECONDS, LINGER_BYTES = 2.0, 1024 * 1024
"""After an early answer what still comes is thrown away unread, so that the answer is not lost in a reset."""
STALLED_SECONDS = 120.0
"""Within this time whoever asked must take some more of an answer. The kernel asks for more by the megabyte."""
_BEGINS_WITHIN = 8 * READ_BYTES
"""What may come between the end of a head and the moment its request begins (a few turns of the event loop)."""
_TOO_LARGE = b"HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
_END = b"\r\n\r\n"
_BUFFER = memoryview(bytearray(READ_BYTES))
"""One for all connections: it is filled and emptied between two turns of the event loop."""


class Connection(Behind, asyncio.BufferedProtocol):
    """One connection, around the protocol that `make` makes for it."""

    def __init__(self, make: Callable[[], web.RequestHandler], crowd: Crowd) -> None:
        self.address = ""
        self._loop = asyncio.get_running_loop()
        self._make = make
        self._crowd = crowd
        self._inner: web.RequestHandler | None = None
        self._transport: asyncio.Transport | None = None
        self._deadline: asyncio.TimerHandle | None = None
        self._stalled: asyncio.TimerHandle | None = None
        self._asked = False  # a request is under way
        self._resting = False  # between two requests
        self._leaving = False  # answered, and what still comes is thrown away
        self._came = 0  # bytes of what is waited for: a head, a body, or what nobody wants any more
        self._most = HEAD_BYTES
        self._tail = b""
        self._head_is_whole = False
        self._body: StreamReader | None = None

    # What asyncio tells

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A place, or none."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 -- a listening TCP socket has no others
        self._transport = transport
        peer = transport.get_extra_info("peername")
        self.address = str(peer[0]) if peer else ""
        if not self._crowd.takes(self):
            transport.abort()
            return
        self._inner = self._make()
        self._expect_head()
        self._inner.connection_made(Door(transport, self))

    def get_buffer(self, sizehint: int) -> memoryview:  # noqa: ARG002 -- asyncio's signature
        """Where the next bytes go."""
        return _BUFFER

    def buffer_updated(self, nbytes: int) -> None:
        """Bytes came: on to aiohttp, unless they are too many."""
        inner = self._inner
        if inner is None:
            return
        self._came += nbytes
        if self._leaving:
            if self._came > LINGER_BYTES:
                self.cut()
            return
        if self._resting:
            self._expect_head()
            self._came = nbytes
        data = bytes(_BUFFER[:nbytes])
        if not self._asked and not self._head_is_whole:
            self._look_for_end(data)
        if self._came <= self._most:
            inner.data_received(data)
        elif not self._asked:
            self._refuse_head()
        elif self._body is not None and not self._body.is_eof():
            self._body.set_exception(BodyTooLarge())
        else:
            inner.close()  # more requests before an answer than anybody sends: after this one it is over

    def eof_received(self) -> bool | None:
        """The other side says no more."""
        if self._inner is not None and not self._leaving:
            self._inner.eof_received()
        return None

    def pause_writing(self) -> None:
        """An answer is not being taken."""
        assert self._inner is not None and self._transport is not None  # noqa: S101, PT018 -- somebody wrote
        self._stalled = self._loop.call_later(
            STALLED_SECONDS, self._cut_if_stalled, self._transport.get_write_buffer_size()
        )
        self._inner.pause_writing()

    def resume_writing(self) -> None:
        """It is."""
        if self._stalled is not None:
            self._stalled.cancel()
            self._stalled = None
        if self._inner is not None:
            self._inner.resume_writing()

    def connection_lost(self, exc: Exception | None) -> None:
        """Closed, by whomever. A body that is being read then ends with BodyBroken."""
        self._no_deadline()
        if self._stalled is not None:
            self._stalled.cancel()
        self._crowd.leaves(self)
        inner, self._inner = self._inner, None
        if inner is not None:
            missing = self._asked and self._body is not None and not self._body.is_eof()
            inner.connection_lost(BodyBroken() if missing else exc)

    # What the server tells

    def begins(self, body: StreamReader, limit: BodyLimit) -> None:
        """A request with this body is about to be answered."""
        self._crowd.busy(self)
        self._asked, self._resting = True, False
        self._body = body
        # What came with the head or behind it counts, too: the next head, if somebody cannot wait.
        self._came, self._most = 0, limit.most + HEAD_BYTES
        self._no_deadline()
        if not body.is_eof():
            self._deadline = self._loop.call_later(limit.seconds, self._body_is_late)

    def ends(self) -> None:
        """Its answer is about to be written."""
        if self._inner is None or self._leaving:
            return
        self._asked, self._resting = False, True
        self._came, self._most = 0, HEAD_BYTES
        self._crowd.idle(self)
        self._no_deadline()
        self._deadline = self._loop.call_later(self._crowd.idle_seconds, self._idle_too_long)

    def closes(self) -> None:
        """There is no more to say. If the other side may still be speaking, it is let finish, for a moment."""
        transport = self._transport
        if transport is None or self._leaving or transport.is_closing():
            return
        unread = self._body is not None and not self._body.is_eof()
        if (self._resting and not unread) or not transport.can_write_eof():
            transport.close()
            return
        self._leaving = True
        self._came = 0
        self._crowd.silent(self)
        self._no_deadline()
        self._deadline = self._loop.call_later(LINGER_SECONDS, self.cut)
        transport.write_eof()
        transport.resume_reading()

    @property
    def leaving(self) -> bool:
        """Whether nothing more is read or written."""
        return self._leaving

    def cut(self) -> None:
        """Closes it now; what was not sent is lost."""
        self._crowd.leaves(self)
        if self._transport is not None:
            self._transport.abort()

    def _expect_head(self) -> None:
        self._resting, self._head_is_whole, self._tail = False, False, b""
        self._crowd.silent(self)
        self._no_deadline()
        self._deadline = self._loop.call_later(HEAD_SECONDS, self._head_is_late)

    def _look_for_end(self, data: bytes) -> None:
        """Bytes after a whole head are its body's: they are counted apart, until its request begins."""
        seen = self._tail + data
        end = seen.find(_END)
        if end < 0:
            self._tail = seen[1 - len(_END) :]
            return
        behind = len(seen) - end - len(_END)
        if self._came - behind <= HEAD_BYTES:
            self._head_is_whole = True
            self._most = HEAD_BYTES + _BEGINS_WITHIN

    def _refuse_head(self) -> None:
        if self._transport is None:
            return
        _log.warning("connection closed: its head is too large")
        self._transport.write(_TOO_LARGE)
        self.closes()

    def _head_is_late(self) -> None:
        if self._came:  # a browser opens connections it may never use: nothing to be told
            _log.warning("connection cut: its head did not come in time")
        self.cut()

    def _body_is_late(self) -> None:
        if self._body is not None and not self._body.is_eof():
            self._body.set_exception(BodyLate())

    def _idle_too_long(self) -> None:
        if self._stalled is None:
            self.cut()  # what has not been taken by now is not going to be
            return
        self._deadline = self._loop.call_later(self._crowd.idle_seconds, self._idle_too_long)

    def _cut_if_stalled(self, left: int) -> None:
        now = self._transport.get_write_buffer_size() if self._transport is not None else 0
        if now < left:
            self._stalled = self._loop.call_later(STALLED_SECONDS, self._cut_if_stalled, now)
            return
        _log.warning("connection cut: its answer was not taken")
        self.cut()

    def _no_deadline(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
