"""Whose turn it is to write to the directory, and how long to wait after a failure."""

from dataclasses import dataclass
from datetime import timedelta

from bot.core.clock import Clock
from bot.core.errors import DirectoryBusy, DirectoryError
from bot.core.tasks import RateLimit, TryAgain

WRITES = "graph-writes"
"""The name of the limit that all writing to the directory shares."""

A_MOMENT = timedelta(seconds=30)
"""How old a judgement may be when a write is sent. A worker that was frozen for longer (its machine slept) may have
lost its task, and things may have changed meanwhile: it asks again for everything, its turn included.
"""

MOST_MISSED = 14
"""After so many failures, some five minutes, somebody whom reading tells of and a write does not find is taken for
missing: an account just made is not everywhere at once. Whoever is gone meanwhile, reading tells first.
"""

_MOST_TOGETHER = 20
_SHORTEST = timedelta(seconds=1)
_MOST_DOUBLINGS = 5


@dataclass(frozen=True, slots=True)
class Turns:
    """The common limit on writes: `per_second` over time. One person who waits may go two seconds' worth ahead of it,
    a class a quarter of a second's: whoever stands before a desk is not kept waiting by the classes of the country.
    """

    rate_limit: RateLimit
    clock: Clock
    per_second: float

    def __post_init__(self) -> None:
        if self.per_second <= 0:
            raise ValueError("nothing would ever be written")

    async def take(self, *, urgent: bool) -> None:
        """Returns when one write may go now. TryAgain (no failure) when it is not its turn."""
        await self._take(max(1, int(self.per_second * 2 if urgent else self.per_second / 4)), 1)

    async def take_together(self, count: int) -> None:
        """The same for the writes of one decision, at most twenty, which go together or not at all: four seconds'
        worth (or those twenty) may be ahead, so that whoever has decided need not wait for them one by one.
        """
        await self._take(max(_MOST_TOGETHER, int(self.per_second * 4)), count)

    async def _take(self, burst: int, count: int) -> None:
        wait = await self.rate_limit.take(WRITES, timedelta(seconds=1 / self.per_second), burst, count)
        if wait > timedelta(0):
            raise TryAgain(wait, "rate-limit")

    async def throttled(self, busy: DirectoryBusy) -> None:
        """Where the directory wants nobody to write for a while, nobody does. What puts off a read, or one write,
        puts off nobody else.
        """
        if busy.everybody:
            await self.rate_limit.pause(WRITES, self.clock() + _wait_of(busy))


def _wait_of(busy: DirectoryBusy) -> timedelta:
    """How long the directory asked to be left alone, at least a second."""
    return max(timedelta(seconds=busy.retry_after), _SHORTEST)


def put_off(error: DirectoryError, failures: int, first: timedelta = _SHORTEST) -> TryAgain:
    """When a task that the directory failed is run again: after the time it asked for, which counts as no failure, or
    after `back_off`.
    """
    why = type(error).__name__
    if isinstance(error, DirectoryBusy):
        return TryAgain(_wait_of(error), why)
    return TryAgain(back_off(failures, first), why, failed=True)


def back_off(failures: int, first: timedelta = _SHORTEST) -> timedelta:
    """The pause after so many failures: 1, 2, 4, 8, 16, 30, 30 … times `first`."""
    return first * (30 if failures >= _MOST_DOUBLINGS else 2**failures)
