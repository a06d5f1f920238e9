"""How much we may ask: a token bucket under the published limits, shared by all calls of the process.

Limits: learn.microsoft.com/graph/throttling-limits. A sweep may use only the upper half of the bucket, so a waiting
person always finds the lower half.
"""

from collections.abc import Callable

from bot.graph.describing import Priority

MOST_PAUSE = 30.0
"""Seconds everybody stops after a 429, at most: a server that says "a day" does not switch the bot off for a day."""

_A_MOMENT = 0.001
"""Seconds not worth sleeping for; rounding may leave less than a clock can count."""


class Budget:
    """`rate` requests a second, twice that many at once. `now` is a monotonic clock in seconds."""

    def __init__(self, rate: float, now: Callable[[], float]) -> None:
        self._rate = rate
        self._full = max(40.0, 2 * rate)  # two whole batches always fit
        self._now = now
        self._level = self._full
        self._filled_at = now()
        self._paused: dict[Priority, float] = {"high": 0.0, "low": 0.0}

    def wait(self, cost: int, priority: Priority) -> float:
        """Seconds until `cost` requests may be sent; 0 when they may be sent now. Takes nothing."""
        now = self._now()
        self._level = min(self._full, self._level + (now - self._filled_at) * self._rate)
        self._filled_at = now
        floor = 0.0 if priority == "high" else self._full / 2
        missing = cost + floor - self._level
        wait = max(missing / self._rate, self._paused[priority] - now)
        return wait if wait > _A_MOMENT else 0.0

    def take(self, cost: int) -> None:
        """Counts `cost` requests as sent."""
        self._level -= cost

    def pause(self, seconds: float, priority: Priority) -> None:
        """Graph throttled a call of this priority: stop all that are no more urgent."""
        until = self._now() + min(seconds, MOST_PAUSE)
        self._paused["low"] = max(self._paused["low"], until)
        if priority == "high":
            self._paused["high"] = max(self._paused["high"], until)
