"""How many connections there may be, and which has to go when another one comes."""

import logging
from collections import Counter
from typing import Protocol

_log = logging.getLogger(__name__)


class OpenConnection(Protocol):
    """A connection, as far as it takes a place. `address`: where the other side is."""

    address: str

    def cut(self) -> None:
        """Closes it now; what was not sent is lost."""
        ...


class Crowd:
    """All connections of a process: how many may be open, and who has to go when another one comes.

    `most` in all; `most_of_one` from one address, 0: no limit (behind a proxy all come from one). When all places are
    taken the one that has been silent longest goes, then the one that has been idle longest; nobody who is being
    answered does. So who holds connections open and asks nothing shuts nobody out.
    """

    def __init__(self, *, most: int, most_of_one: int = 0, idle_seconds: float = 75.0) -> None:
        self.idle_seconds = idle_seconds
        self._most = most
        self._most_of_one = most_of_one
        self._open: set[OpenConnection] = set()
        self._silent: dict[OpenConnection, None] = {}
        self._idle: dict[OpenConnection, None] = {}
        self._addresses: Counter[str] = Counter()

    def __len__(self) -> int:
        return len(self._open)

    def takes(self, connection: OpenConnection) -> bool:
        """Whether there is a place for it; if so, it has it."""
        if self._most_of_one and self._addresses[connection.address] >= self._most_of_one:
            _log.warning("connection refused: too many from one address")
            return False
        if len(self._open) >= self._most and not self._make_room():
            _log.warning("connection refused: all %d places are taken", self._most)
            return False
        self._open.add(connection)
        self._addresses[connection.address] += 1
        return True

    def silent(self, connection: OpenConnection) -> None:
        """It waits for a head, or for nothing any more."""
        self._idle.pop(connection, None)
        self._silent[connection] = None

    def idle(self, connection: OpenConnection) -> None:
        """It was answered."""
        self._silent.pop(connection, None)
        self._idle[connection] = None

    def busy(self, connection: OpenConnection) -> None:
        """It is being answered."""
        self._silent.pop(connection, None)
        self._idle.pop(connection, None)

    def leaves(self, connection: OpenConnection) -> None:
        """It is closed."""
        self.busy(connection)
        if connection in self._open:
            self._open.remove(connection)
            self._addresses[connection.address] -= 1
            if not self._addresses[connection.address]:
                del self._addresses[connection.address]

    def end(self) -> None:
        """Cuts whatever is still open."""
        for connection in list(self._open):
            connection.cut()

    def _make_room(self) -> bool:
        longest = next(iter(self._silent or self._idle), None)
        if longest is None:
            return False
        _log.warning("all %d places are taken: connections that ask nothing are cut", self._most)
        longest.cut()
        return True
