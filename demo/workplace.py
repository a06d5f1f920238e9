"""A folder of its own for each running demo, emptied at start: no demo meets another's data, budgets or ports."""

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MOST_AT_ONCE = 9


class NoFolderFree(Exception):
    """Too many demos run at once."""


@contextmanager
def workplace(parent: Path) -> Iterator[Path]:
    """The first folder `demo-1`, `demo-2`, … nobody uses, empty; kept afterwards so that the logs can be read.

    Errors: NoFolderFree.
    """
    parent.mkdir(parents=True, exist_ok=True)
    for number in range(1, MOST_AT_ONCE + 1):
        with (parent / f"demo-{number}.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            folder = parent / f"demo-{number}"
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            yield folder
            return
    raise NoFolderFree(f"{MOST_AT_ONCE} demos run already; stop one first (their folders: {parent})")
