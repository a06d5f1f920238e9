"""Lists of a school (its people, its class teams), kept for some minutes: a director asks several times in a row."""

from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from cachetools import TTLCache

from bot.graph.shared import Shared

Entry = TypeVar("Entry")

FRESH_FOR = 300.0
"""Seconds."""
MOST_SCHOOLS = 50
MOST_ENTRIES = 40_000
"""About 0.5 KB each: 20 MB at most."""


class Sweeps(Generic[Entry]):
    """Bounded, in memory only, least recently used out first. Callers who ask at the same time share one sweep.
    `now` is a monotonic clock in seconds. Not for threads: all of it runs on one event loop.
    """

    def __init__(self, now: Callable[[], float]) -> None:
        self._kept: TTLCache[str, tuple[Entry, ...], float] = TTLCache(MOST_ENTRIES, FRESH_FOR, now, _room)
        self._running: Shared[tuple[Entry, ...]] = Shared()

    async def of(self, school_id: str, sweep: Callable[[], Awaitable[tuple[Entry, ...]]]) -> tuple[Entry, ...]:
        """The kept entries, or those that `sweep` brings. An error reaches all who waited and is not kept."""
        if (kept := self._kept.get(school_id)) is not None:
            return kept

        async def swept() -> tuple[Entry, ...]:
            entries = self._kept[school_id] = await sweep()
            return entries

        return await self._running.of(school_id, swept)


def _room(entries: tuple[object, ...]) -> int:
    """What a list takes of MOST_ENTRIES: so much that no more than MOST_SCHOOLS fit; a longer one stands alone."""
    return min(max(len(entries), MOST_ENTRIES // MOST_SCHOOLS), MOST_ENTRIES)
