"""Lists of a school (its people, its class teams), kept for some minutes: a director asks several times in a row."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from bot.core.clock import Clock
from bot.graph.shared import Shared

Entry = TypeVar("Entry")

FRESH_FOR = timedelta(minutes=5)
MOST_SCHOOLS = 50
MOST_ENTRIES = 40_000
"""About 0.5 KB each: 20 MB at most."""


@dataclass(frozen=True, slots=True)
class _Kept(Generic[Entry]):
    entries: tuple[Entry, ...]
    at: datetime


class Sweeps(Generic[Entry]):
    """Bounded, in memory only, least recently used out first. Callers who ask at the same time share one sweep."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._kept: OrderedDict[str, _Kept[Entry]] = OrderedDict()
        self._running: Shared[tuple[Entry, ...]] = Shared()

    async def of(self, school_id: str, sweep: Callable[[], Awaitable[tuple[Entry, ...]]]) -> tuple[Entry, ...]:
        """The kept entries, or those that `sweep` brings. An error reaches all who waited and is not kept."""
        kept = self._kept.get(school_id)
        if kept is not None and self._clock() - kept.at < FRESH_FOR:
            self._kept.move_to_end(school_id)
            return kept.entries

        async def swept() -> tuple[Entry, ...]:
            entries = await sweep()
            self._keep(school_id, entries)
            return entries

        return await self._running.of(school_id, swept)

    def _keep(self, school_id: str, entries: tuple[Entry, ...]) -> None:
        self._kept[school_id] = _Kept(entries, self._clock())
        self._kept.move_to_end(school_id)
        while len(self._kept) > 1 and (len(self._kept) > MOST_SCHOOLS or self._count() > MOST_ENTRIES):
            self._kept.popitem(last=False)

    def _count(self) -> int:
        return sum(len(kept.entries) for kept in self._kept.values())
