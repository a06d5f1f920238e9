"""The process in which files from outside are read: fresh, without keys, connections or environment, and limited
before it reads a byte. `bot.documents.children` starts and kills it.

Standard input brings one line of JSON (what to read, and for whom) and stays open: its end is the bot's end, and then
ours. The bytes lie in an open file. Standard output takes the answer.
"""

import json
import os
import resource
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from mmap import ACCESS_READ, mmap
from typing import Any

from bot.core.class_links.expected import ExpectedList, Fault, RosterFault, RosterUnusable
from bot.documents.answers import answer, refusal
from bot.documents.forms import form_files
from bot.documents.limits import MOST_ANSWER
from bot.documents.rosters import read_roster

_LONGEST_ORDER = 512 * 1024
"""Bytes: two hundred tables whose columns were told are a quarter of it."""
_NO_MEMORY = refusal(RosterUnusable(RosterFault(Fault.TOO_MUCH_MEMORY)))
"""Written beforehand: then there may be none left to write it with."""


def main(descriptor: int, memory: int, seconds: int) -> None:
    """Reads the list of classes that lies in the file `descriptor`, within so many bytes and seconds of CPU."""
    serve(descriptor, memory, seconds, lambda number, order: answer(_read(number, order)))


def serve(descriptor: int, memory: int, seconds: int, read: Callable[[int, dict[str, Any]], bytes]) -> None:
    """Says what `read` says, or the refusal that it raises, within these limits; and ends."""
    limit(memory, seconds)
    order = json.loads(_order())
    threading.stack_size(256 * 1024)
    threading.Thread(target=_end_with_the_bot, daemon=True).start()
    forbid()
    try:
        said = read(descriptor, order)
        if len(said) > MOST_ANSWER:
            said = refusal(RosterUnusable(RosterFault(Fault.TOO_LARGE)))
    except RosterUnusable as error:
        said = refusal(error)
    except MemoryError:
        said = _NO_MEMORY
    left = memoryview(said)
    while left:
        left = left[os.write(1, left) :]
    os._exit(0)  # what is left in memory is not tidied up


def brought(descriptor: int, order: dict[str, Any]) -> dict[str, bytes]:
    """The files by name, also those of a form. Errors: RosterUnusable (NOT_A_FORM, TOO_MANY)."""
    size = os.fstat(descriptor).st_size
    with mmap(descriptor, 0, access=ACCESS_READ) if size else memoryview(b"") as content:
        if "form" in order:
            return form_files(content if isinstance(content, mmap) else b"", order["form"])
        files, at = {}, 0
        for name, length in order["files"]:
            files[name] = bytes(content[at : at + length])
            at += length
        return files


def _read(descriptor: int, order: dict[str, Any]) -> ExpectedList:
    return read_roster(
        brought(descriptor, order),
        school_code=order["school"],
        dated=datetime.fromisoformat(order["dated"]),
        domain=order["domain"],
        today=date.fromisoformat(order["today"]),
    )


def _order() -> bytes:
    """One line, and nothing comes after it."""
    got = bytearray()
    while not got.endswith(b"\n"):
        piece = os.read(0, 64 * 1024)
        got += piece
        if not piece or len(got) > _LONGEST_ORDER:
            sys.exit(1)
    return bytes(got)


def _end_with_the_bot() -> None:
    while os.read(0, 1):
        pass
    os._exit(1)


def limit(memory: int, seconds: int) -> None:
    """So many bytes of memory and seconds of CPU, and no more."""
    os.nice(10)  # people's turns first
    _set(resource.RLIMIT_CPU, seconds, seconds + 1)  # the first is told to the bot (SIGXCPU), the second only kills
    _set(resource.RLIMIT_CORE, 0)
    for what in (resource.RLIMIT_DATA, resource.RLIMIT_AS):
        with suppress(ValueError, OSError):  # macOS knows these limits and refuses them
            _set(what, memory)


def forbid() -> None:
    """No files, no descriptors, no processes more."""
    _set(resource.RLIMIT_FSIZE, 0)
    _set(resource.RLIMIT_NOFILE, 16)
    _set(resource.RLIMIT_NPROC, 0)


def _set(what: int, most: int, at_last: int | None = None) -> None:
    _, allowed = resource.getrlimit(what)
    soft, hard = (
        each if allowed == resource.RLIM_INFINITY else min(each, allowed)
        for each in (most, most if at_last is None else at_last)
    )
    resource.setrlimit(what, (soft, hard))
