"""Files of the tenant: one that is generated once and kept, and a copy that a running simulator may change."""

import hashlib
import os
import shutil
import sqlite3
import tempfile
from contextlib import suppress
from pathlib import Path

from simulator.people.model import TenantOptions
from simulator.store.fill import fill, fill_cases

_GENERATION = 9
"""To be raised whenever the same options would give other people, or other tables."""


def kept_file(options: TenantOptions, state: Path) -> Path:
    """The generated file for these options; makes it if it is missing. Two processes may do so at once.

    It holds what depends on the school year only. What depends on the day is added to the copy.
    """
    key = f"{_GENERATION}/{options.schools}/{options.students}/{options.seed}/{options.school_year}"
    path = state / f"tenant-{hashlib.sha256(key.encode()).hexdigest()[:16]}.sqlite"
    if not path.exists():
        state.mkdir(parents=True, exist_ok=True)
        handle, unfinished = tempfile.mkstemp(prefix="unfinished-", suffix=".sqlite", dir=state)
        os.close(handle)
        try:
            with sqlite3.connect(unfinished) as database:
                fill(database, options)
            database.close()
            Path(unfinished).replace(path)
        finally:
            Path(unfinished).unlink(missing_ok=True)
    return path


def open_copy(options: TenantOptions, state: Path, folder: Path) -> sqlite3.Connection:
    """A private copy in `folder`, with the cases of the day. Changes to it are gone when it is closed."""
    path = folder / "tenant.sqlite"
    path.unlink(missing_ok=True)
    shutil.copyfile(kept_file(options, state), path)
    database = sqlite3.connect(path, isolation_level=None)
    database.row_factory = sqlite3.Row
    database.executescript("PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF; PRAGMA cache_size=-32768;")
    with suppress(OSError):
        path.unlink()  # so that nothing is left behind by a process that was killed; Windows does not allow it
    fill_cases(database, options)
    return database
