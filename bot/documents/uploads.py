"""Bytes on their way from a browser to the child: in a file without a name, which nobody else can open and which is
gone with the process at the latest.
"""

import asyncio
from collections.abc import AsyncIterable, AsyncIterator
from contextlib import asynccontextmanager
from tempfile import TemporaryFile
from typing import BinaryIO

from bot.core.class_links.expected import Fault, RosterFault, RosterUnusable
from bot.documents.limits import MOST_IN_ALL

_PIECE = 256 * 1024
MOST_FORM = MOST_IN_ALL + 64 * 1024
"""Bytes of a form: the files, and what stands around them."""


@asynccontextmanager
async def received(pieces: AsyncIterable[bytes]) -> AsyncIterator[BinaryIO]:
    """The file with all of the bytes, never more than `MOST_FORM`. Errors: RosterUnusable (TOO_LARGE)."""
    with TemporaryFile(buffering=0) as content:
        size = 0
        waiting = bytearray()
        async for piece in pieces:
            size += len(piece)
            if size > MOST_FORM:
                raise RosterUnusable(RosterFault(Fault.TOO_LARGE))
            waiting += piece
            if len(waiting) >= _PIECE:
                await asyncio.to_thread(_write, content, bytes(waiting))
                waiting.clear()
        await asyncio.to_thread(_write, content, bytes(waiting))
        yield content


def _write(content: BinaryIO, raw: bytes) -> None:
    left = memoryview(raw)
    while left:
        left = left[content.write(left) :]
