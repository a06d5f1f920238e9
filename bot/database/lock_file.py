"""One process per SQLite file: the operating system's lock on a file beside it, freed even by kill -9.

Two processes writing one WAL can corrupt it in SQLite 3.7.0 to 3.51.2 (sqlite.org/wal.html, "The WAL-reset bug").
"""

import os
import sys
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class LockFile:
    """Holds the lock from its making until `release`. OSError when somebody else holds it."""

    def __init__(self, path: Path) -> None:
        # The file is never deleted: whoever waits for a deleted file's lock would not see the next holder.
        self._descriptor: int | None = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(self._descriptor)
        except OSError:
            self.release()
            raise

    def release(self) -> None:
        """Lets the next process in. May be called twice."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
