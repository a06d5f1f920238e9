"""Eventual consistency: a write is acknowledged at once and seen by reads a little later."""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Replication:
    """Changes that readers do not see yet. `lag` is in seconds; 0 makes every change visible at once."""

    lag: float = 0.0
    _waiting: list[tuple[float, Callable[[], None]]] = field(default_factory=list)

    def write(self, change: Callable[[], None], now: float) -> None:
        """Makes a change visible after the lag. Changes keep their order."""
        if self.lag <= 0 and not self._waiting:
            change()
        else:
            self._waiting.append((now + self.lag, change))

    def catch_up(self, now: float) -> None:
        """Applies what is due; called before every read."""
        while self._waiting and self._waiting[0][0] <= now:
            self._waiting.pop(0)[1]()

    def forget(self) -> None:
        """Drops what is not visible yet."""
        self._waiting.clear()
