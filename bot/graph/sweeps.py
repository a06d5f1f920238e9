"""Lists of a school (its people, its class teams), kept for some minutes: a director asks several times in a row."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from bot.core.errors import DirectoryError
from bot.core.ports import Clock

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
        self._running: dict[str, asyncio.Future[tuple[Entry, ...] | DirectoryError]] = {}

    async def of(self, school_id: str, sweep: Callable[[], Awaitable[tuple[Entry, ...]]]) -> tuple[Entry, ...]:
        """The kept entries, or those that `sweep` brings. An error reaches all who waited and is not kept."""
        while True:
            kept = self._kept.get(school_id)
            if kept is not None and self._clock() - kept.at < FRESH_FOR:
                self._kept.move_to_end(school_id)
                return kept.entries
            running = self._running.get(school_id)
            if running is None:
                return await self._lead(school_id, sweep)
            # `wait` neither cancels what it waits for nor raises its outcome.
            await asyncio.wait([running])
            if running.cancelled():
                continue  # whoever led was cancelled: lead, or wait for the next who does
            result = running.result()
            if isinstance(result, DirectoryError):
                raise result
            return result

    async def _lead(self, school_id: str, sweep: Callable[[], Awaitable[tuple[Entry, ...]]]) -> tuple[Entry, ...]:
        running = self._running[school_id] = asyncio.get_running_loop().create_future()
        try:
            entries = await sweep()
        except DirectoryError as error:
            running.set_result(error)
            raise
        else:
            running.set_result(entries)
            self._keep(school_id, entries)
            return entries
        finally:
            del self._running[school_id]
            running.cancel()  # does nothing to one that has its result

    def _keep(self, school_id: str, entries: tuple[Entry, ...]) -> None:
        self._kept[school_id] = _Kept(entries, self._clock())
        self._kept.move_to_end(school_id)
        while len(self._kept) > 1 and (len(self._kept) > MOST_SCHOOLS or self._count() > MOST_ENTRIES):
            self._kept.popitem(last=False)

    def _count(self) -> int:
        return sum(len(kept.entries) for kept in self._kept.values())
