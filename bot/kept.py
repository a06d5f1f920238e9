"""What takes long to work out and comes out the same at every start, kept beside the code as Python keeps bytecode.

It is worked out again when what it was made of has changed. A folder that cannot be written to is no fault: then
every start does it. As trustworthy as the bytecode beside it: who may write one may write the other.
"""

import os
import sys
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar

import orjson

FOLDER = Path(__file__).parent / "__pycache__"

Read = TypeVar("Read")


def kept(name: str, made_of: Iterable[str | bytes], make: Callable[[], object], read: Callable[[Any], Read]) -> Read:
    """What `read` gives for the JSON value that `make` made, now or when `made_of` was last the same.

    Errors: those of `make` and `read`.
    """
    file, digest = FOLDER / f"{name}.json", _digest(made_of)
    try:
        held = orjson.loads(file.read_bytes())
        if held["digest"] == digest:
            return read(held["value"])
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        pass  # absent, or not of this release
    value = make()
    if not sys.dont_write_bytecode:
        with suppress(OSError):
            _write(file, orjson.dumps({"digest": digest, "value": value}))
    return read(value)


def _digest(parts: Iterable[str | bytes]) -> str:
    digest = blake2b(digest_size=16)
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


def _write(file: Path, content: bytes) -> None:
    """Whole or not at all: other processes read it meanwhile."""
    file.parent.mkdir(exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent)
    half = Path(name)
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(content)
        half.chmod(0o644)
        half.replace(file)
    except BaseException:
        half.unlink(missing_ok=True)
        raise
