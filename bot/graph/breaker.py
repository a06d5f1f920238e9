"""When Graph is down, say so at once instead of letting every person wait for a time-out."""

from collections.abc import Callable


class Breaker:
    """Opens after `failures` failures in a row; after `rest` seconds lets one request through to see.

    `now` is a monotonic clock in seconds. Not for threads: all of it runs on one event loop.
    """

    def __init__(self, now: Callable[[], float], failures: int = 8, rest: float = 10.0) -> None:
        self._now = now
        self._most = failures
        self._rest = rest
        self._failed = 0
        self._opened_at = 0.0
        self._probing = False

    @property
    def is_open(self) -> bool:
        """Whether requests are being refused."""
        return self._failed >= self._most

    def admits(self) -> bool:
        """Whether a request may go out now. One admitted must then report `succeeded`, `failed` or `abandoned`."""
        if not self.is_open:
            return True
        if self._probing or self._now() - self._opened_at < self._rest:
            return False
        self._probing = True
        return True

    def succeeded(self) -> None:
        """Graph answered, whatever it said."""
        self._failed = 0
        self._probing = False

    def failed(self) -> None:
        """Graph could not be reached, timed out or broke."""
        self._failed += 1
        self._opened_at = self._now()
        self._probing = False

    def abandoned(self) -> None:
        """The request was cancelled before anything was learned."""
        self._probing = False
