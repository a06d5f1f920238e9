"""A reading that several may wait for, and that outlives a turn which has no time left."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

from bot.core.errors import DirectoryError, DirectoryUnavailable

Read = TypeVar("Read")


class Shared(Generic[Read]):
    """Callers who ask for the same at the same time share one reading. Whoever stops waiting stops nobody else, nor
    the reading: a large school's list takes longer than a turn may, and would else be begun again with every press.
    """

    def __init__(self) -> None:
        self._running: dict[Hashable, asyncio.Task[Read | DirectoryError]] = {}

    async def of(self, key: Hashable, read: Callable[[], Awaitable[Read]]) -> Read:
        """What `read` brings, or what it brings somebody already. Errors: those of `read`, to all who waited."""
        running = self._running.get(key)
        if running is None:
            # Not detached: it is kept here, ends with the deadline of its list, and its failure is an outcome.
            running = asyncio.create_task(self._read(key, read))  # noqa: TID251 -- see above
            self._running[key] = running
        await asyncio.wait([running])  # neither cancels what it waits for nor raises its outcome
        if running.cancelled():
            raise DirectoryUnavailable("stopped")
        outcome = running.result()
        if isinstance(outcome, DirectoryError):
            raise outcome
        return outcome

    async def _read(self, key: Hashable, read: Callable[[], Awaitable[Read]]) -> Read | DirectoryError:
        try:
            return await read()
        except DirectoryError as error:
            return error
        finally:
            del self._running[key]
