"""A child process that reads files and can be killed: what a file costs, it costs the child.

See docs/adr/0048. What it is asked and what it says is for `reading.py` and `account_list_reading.py`.
"""

import asyncio
import json
import logging
import signal
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, BinaryIO

from bot.core.class_links.expected import Fault, RosterFault, RosterUnusable
from bot.documents.limits import MOST_ANSWER

log = logging.getLogger(__name__)

_ROOT = str(Path(__file__).parents[2])
_START = """
import sys
sys.path.insert(0, sys.argv[1])
from bot.documents.child import main
main(*map(int, sys.argv[2:]))
"""
PROGRAM = (sys.executable, "-I", "-S", "-c", _START, _ROOT)
"""Without site packages and environment: a start takes a tenth of a second. Descriptor, bytes, seconds follow."""


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """`memory`: bytes of address space. `cpu`, `wall`: seconds. `together`: children at once; `patience`: seconds to
    wait for one's turn.
    """

    memory: int = 256 * 1024 * 1024
    cpu: int = 10
    wall: float = 20.0
    together: int = 2
    patience: float = 5.0


@dataclass(frozen=True, slots=True)
class SentForm:
    """A form as a browser sent it: an open file with its bytes, and its media type."""

    content: BinaryIO
    media_type: str


class ReadingChildren:
    """One for the process: so many at once, whoever has them read. Errors: RosterUnusable with BUSY, TOO_SLOW,
    TOO_MUCH_MEMORY and BROKEN.
    """

    def __init__(self, limits: ReadingLimits | None = None, program: Sequence[str] = PROGRAM) -> None:
        self._limits = limits or ReadingLimits()
        self._program = tuple(program)
        self._turns = asyncio.Semaphore(self._limits.together)
        if sys.platform != "linux":
            log.warning("files are read without a limit of memory: this system has none")

    async def said(
        self, files: Mapping[str, bytes] | SentForm, order: Mapping[str, Any], program: Sequence[str] = ()
    ) -> bytes:
        """What a child says of these files: the one that runs `program`, if it is given."""
        async with self._turn():
            try:
                return await self._said(files, order, tuple(program) or self._program)
            except OSError as error:  # no descriptor, no process, no room for the bytes
                log.warning("a list cannot be read: %s", type(error).__name__)
                raise unusable(Fault.BROKEN) from error

    async def _said(
        self, files: Mapping[str, bytes] | SentForm, order: Mapping[str, Any], program: tuple[str, ...]
    ) -> bytes:
        if isinstance(files, SentForm):
            return await self._child(program, files.content, {**order, "form": files.media_type})
        with TemporaryFile(buffering=0) as content:
            await asyncio.to_thread(_fill, content, tuple(files.values()))
            sizes = [[name, len(raw)] for name, raw in files.items()]
            return await self._child(program, content, {**order, "files": sizes})

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout(self._limits.patience):
                await self._turns.acquire()
        except TimeoutError:
            raise unusable(Fault.BUSY) from None
        try:
            yield
        finally:
            self._turns.release()

    async def _child(self, program: tuple[str, ...], content: BinaryIO, order: Mapping[str, Any]) -> bytes:
        number = content.fileno()
        child = await asyncio.create_subprocess_exec(
            *program,
            *(str(each) for each in (number, self._limits.memory, self._limits.cpu)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            pass_fds=(number,),
            env={},
            cwd="/",
        )
        try:
            async with asyncio.timeout(self._limits.wall):
                said = await _answer(child, json.dumps(order).encode() + b"\n")
                ended = await child.wait()
        except TimeoutError:
            raise unusable(Fault.TOO_SLOW) from None
        finally:
            # Whatever happened, also when this was cancelled: nobody is left behind.
            with suppress(ProcessLookupError):
                child.kill()
            await child.wait()
        if ended == -signal.SIGXCPU:
            raise unusable(Fault.TOO_SLOW)
        if ended == -signal.SIGABRT:  # how a library in Rust says that there is no memory left
            raise unusable(Fault.TOO_MUCH_MEMORY)
        if ended != 0:
            log.warning("the child that reads lists ended with %d", ended)
            raise unusable(Fault.BROKEN)
        return said


async def _answer(child: asyncio.subprocess.Process, order: bytes) -> bytes:
    """All it says, and not a byte more than it may."""
    if child.stdin is None or child.stdout is None:
        raise RuntimeError("a child without pipes")
    child.stdin.write(order)
    said = bytearray()
    with suppress(ConnectionError):  # it may be dead already, which its end tells
        await child.stdin.drain()
    while piece := await child.stdout.read(64 * 1024):
        said += piece
        if len(said) > MOST_ANSWER:
            child.kill()
            break
    return bytes(said)


def _fill(content: BinaryIO, files: Sequence[bytes]) -> None:
    for raw in files:
        left = memoryview(raw)
        while left:
            left = left[content.write(left) :]


def unusable(fault: Fault) -> RosterUnusable:
    """A list of which this is wrong as a whole."""
    return RosterUnusable(RosterFault(fault))
