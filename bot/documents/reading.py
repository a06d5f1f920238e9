"""Reading lists in a child process that can be killed: what a file costs, it costs the child.

See docs/adr/0020 and docs/adr/0048.
"""

import asyncio
import json
import logging
import signal
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, BinaryIO

from bot.core.class_links.expected import ExpectedList, Fault, RosterFault, RosterUnusable
from bot.core.class_links.ports import UploadedForm
from bot.core.clock import Clock
from bot.core.people.free_text import free_text
from bot.core.people.identifier_traces import hold_identifier
from bot.documents.answers import Unlikely, taken
from bot.documents.limits import MOST_ANSWER
from bot.documents.rosters import check_sizes

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


class ReadRosters:
    """`RosterReader`; one for the process. `zone`: in which a day begins."""

    def __init__(
        self,
        *,
        domain: str,
        clock: Clock,
        zone: tzinfo,
        limits: ReadingLimits | None = None,
        program: Sequence[str] = PROGRAM,
    ) -> None:
        self._domain = domain
        self._clock = clock
        self._zone = zone
        self._limits = limits or ReadingLimits()
        self._program = tuple(program)
        self._turns = asyncio.Semaphore(self._limits.together)
        if sys.platform != "linux":
            log.warning("files are read without a limit of memory: this system has none")

    async def read(
        self, files: Mapping[str, bytes] | UploadedForm, *, school_code: str, dated: datetime
    ) -> ExpectedList:
        """See the port. Errors: RosterUnusable, also with BUSY, TOO_SLOW, TOO_MUCH_MEMORY and BROKEN."""
        order = {
            "school": school_code,
            "dated": dated.isoformat(),
            "domain": self._domain,
            "today": self._clock().astimezone(self._zone).date().isoformat(),
        }
        if not isinstance(files, UploadedForm):
            check_sizes(files)
        async with self._turn():
            try:
                said = await self._said(files, order)
            except OSError as error:  # no descriptor, no process, no room for the bytes
                log.warning("a list cannot be read: %s", type(error).__name__)
                raise _unusable(Fault.BROKEN) from error
        try:
            return await asyncio.to_thread(_taken, said, school_code, dated)
        except Unlikely:
            log.warning("the child that reads lists gave no likely answer")
            raise _unusable(Fault.BROKEN) from None

    async def _said(self, files: Mapping[str, bytes] | UploadedForm, order: Mapping[str, Any]) -> bytes:
        if isinstance(files, UploadedForm):
            return await self._child(files.content, {**order, "form": files.media_type})
        with TemporaryFile(buffering=0) as content:
            await asyncio.to_thread(_fill, content, tuple(files.values()))
            sizes = [[name, len(raw)] for name, raw in files.items()]
            return await self._child(content, {**order, "files": sizes})

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout(self._limits.patience):
                await self._turns.acquire()
        except TimeoutError:
            raise _unusable(Fault.BUSY) from None
        try:
            yield
        finally:
            self._turns.release()

    async def _child(self, content: BinaryIO, order: Mapping[str, Any]) -> bytes:
        number = content.fileno()
        child = await asyncio.create_subprocess_exec(
            *self._program,
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
            raise _unusable(Fault.TOO_SLOW) from None
        finally:
            # Whatever happened, also when this was cancelled: nobody is left behind.
            with suppress(ProcessLookupError):
                child.kill()
            await child.wait()
        if ended == -signal.SIGXCPU:
            raise _unusable(Fault.TOO_SLOW)
        if ended != 0:
            log.warning("the child that reads lists ended with %d", ended)
            raise _unusable(Fault.BROKEN)
        return said


def _taken(said: bytes, school_code: str, dated: datetime) -> ExpectedList:
    """The list as it may be kept and shown: it is a text of somebody else's, like what people type. Errors: those of
    `taken`.
    """
    read = taken(said, school_code, dated)
    classes = tuple(
        replace(row, title=free_text(row.title, len(row.title))) if hold_identifier(row.title) else row
        for row in read.classes
    )
    names = {one: free_text(name, len(name)) if hold_identifier(name) else name for one, name in read.names.items()}
    return replace(read, classes=classes, names=names)


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


def _unusable(fault: Fault) -> RosterUnusable:
    return RosterUnusable(RosterFault(fault))
