"""What reading the texts came to, kept beside this package as Python keeps its bytecode.

Parsing and checking some 4,000 texts takes longer than all else of a start. It is done again when a file of texts, or
the code that reads them, has changed; where the folder cannot be written to, every start does it.
"""

import os
import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import Any

import orjson

Files = Mapping[str, Mapping[str, str]]
"""By language, the contents of its files by their names."""

FILE = Path(__file__).parent / "__pycache__" / "texts.json"
"""As trustworthy as the bytecode beside it: who may write one may write the other."""

_READERS = ("catalog.py", "kept.py", "source.py")


@dataclass(frozen=True, slots=True)
class KeptText:
    """One text of one language, checked.

    `variables` are what a caller gives, `counts` those of them that choose plural forms; it `sends` if it says whom
    to ask. `plain` is the whole text if nothing is put into it; otherwise it is rendered from `fluent`, which holds
    what it refers to as well.
    """

    variables: frozenset[str]
    counts: frozenset[str]
    sends: bool
    plain: str | None
    fluent: str


Texts = Mapping[str, Mapping[str, KeptText]]
"""By language and id."""


def kept(files: Files, read: Callable[[Files], Texts], file: Path = FILE) -> Texts:
    """What `read` makes of the files, from `file` if it was made of the same. Errors: those of `read`."""
    digest = _digest(files)
    try:
        held = orjson.loads(file.read_bytes())
        if held["digest"] == digest:
            return {language: _thawed(texts) for language, texts in held["texts"].items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        pass
    texts = read(files)
    if not sys.dont_write_bytecode:
        with suppress(OSError):
            _write(file, {"digest": digest, "texts": {language: _frozen(each) for language, each in texts.items()}})
    return texts


def _digest(files: Files) -> str:
    made = blake2b(digest_size=16)
    for name in ("fluent.runtime", "fluent.syntax"):
        made.update(f"{name} {version(name)}\0".encode())
    for name in _READERS:
        made.update(Path(__file__).with_name(name).read_bytes())
    for language, contents in files.items():
        for where, content in contents.items():
            made.update(f"\0{language}\0{where}\0{content}".encode())
    return made.hexdigest()


def _write(file: Path, held: object) -> None:
    """Whole or not at all: others read it meanwhile."""
    file.parent.mkdir(exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent)
    try:
        with os.fdopen(handle, "wb") as half:
            half.write(orjson.dumps(held))
        Path(name).chmod(0o644)
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _frozen(texts: Mapping[str, KeptText]) -> dict[str, tuple[object, ...]]:
    return {name: (sorted(x.variables), sorted(x.counts), x.sends, x.plain, x.fluent) for name, x in texts.items()}


def _thawed(texts: Mapping[str, Any]) -> dict[str, KeptText]:
    return {
        name: KeptText(frozenset(variables), frozenset(counts), sends, plain, fluent)
        for name, (variables, counts, sends, plain, fluent) in texts.items()
    }
