"""How much we may ask: token buckets under the published limits, shared by all calls of the process.

Limits: learn.microsoft.com/graph/throttling-limits. A sweep may use only the upper half of what Graph answers, so a
waiting person always finds the lower half.
"""

from collections import defaultdict
from collections.abc import Callable, Collection
from itertools import product

from bot.graph.describing import Area, Cost, Priority

MOST_PAUSE = 30.0
"""Seconds a service is not asked after a 429, at most: one that says "a day" does not switch us off for a day."""

_A_MOMENT = 0.001
"""Seconds not worth sleeping for; rounding may leave less than a clock can count."""


class Budget:
    """Our share of what Graph answers in all, and of what Teams answers behind it, by far the tightest limit. `now`
    is a monotonic clock in seconds.
    """

    def __init__(self, rate: float, teams_rate: float, now: Callable[[], float]) -> None:
        self._now = now
        self._all = _Bucket(rate, now())
        self._teams = _Window(teams_rate)
        self._paused: dict[tuple[Area, Priority], float] = defaultdict(float)

    def wait(self, cost: Cost, priority: Priority, areas: Collection[Area] = ()) -> float:
        """Seconds until so much may be sent to these services; 0 when it may be sent now. Takes nothing."""
        now = self._now()
        waits = [
            self._all.wait(cost.requests, priority, now),
            *(self._paused[each, priority] - now for each in areas),
        ]
        if cost.to_teams:
            waits.append(self._teams.wait(cost.to_teams, now))
        wait = max(waits)
        return wait if wait > _A_MOMENT else 0.0

    def take(self, cost: Cost) -> None:
        """Counts so much as sent."""
        self._all.take(cost.requests)
        if cost.to_teams:
            self._teams.take(cost.to_teams, self._now())

    def pause(self, seconds: float, priority: Priority, areas: Collection[Area]) -> None:
        """Graph throttled a request of this priority to these services: stop all to them that are no more urgent.
        Whoever asks another service is not stopped: each counts for itself.
        """
        until = self._now() + min(seconds, MOST_PAUSE)
        urgent: tuple[Priority, ...] = ("low", "high") if priority == "high" else ("low",)
        for key in product(areas, urgent):
            self._paused[key] = max(self._paused[key], until)


class _Bucket:
    """`rate` requests a second, twice that many at once."""

    def __init__(self, rate: float, now: float) -> None:
        self._rate = rate
        self._full = max(40.0, 2 * rate)  # two whole batches always fit
        self._level = self._full
        self._filled_at = now

    def wait(self, cost: int, priority: Priority, now: float) -> float:
        self._level = min(self._full, self._level + (now - self._filled_at) * self._rate)
        self._filled_at = now
        floor = 0.0 if priority == "high" else self._full / 2
        return (cost + floor - self._level) / self._rate

    def take(self, cost: int) -> None:
        self._level -= cost


class _Window:
    """At most `rate` requests in any second, however they come. A batch of more may be sent when nothing else was,
    and then counts for so much longer. Nothing is kept for those who wait for an answer: they ask for a few, which
    find room before a whole batch does.
    """

    def __init__(self, rate: float) -> None:
        self._rate = rate
        self._spent: list[tuple[float, int]] = []
        """Until when it counts, and how much was sent."""

    def wait(self, cost: int, now: float) -> float:
        self._spent = sorted(one for one in self._spent if one[0] > now)
        level, wait = sum(sent for _, sent in self._spent), 0.0
        for until, sent in self._spent:
            if level + cost <= max(self._rate, cost):
                break
            level, wait = level - sent, until - now
        return wait

    def take(self, cost: int, now: float) -> None:
        self._spent.append((now + max(1.0, cost / self._rate), cost))
