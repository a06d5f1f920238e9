"""Deliveries of the same activity: Teams repeats one it had no answer to in time, with the same id.

(learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/conversation-messages; botframework-sdk #2161.)
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass

KEPT = 60.0
"""Seconds an invoke's answer is kept for repeats. It may hold a person's data, so not longer than a lease (I3)."""
MAX_KEPT = 500
MAX_KEPT_BYTES = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """What goes back to the channel: a status and, for an invoke, a JSON body."""

    status: int
    body: bytes = b""


class Deliveries:
    """Runs each activity once and gives its answer to every delivery of it.

    A delivery of a running activity waits for that run; with `keep`, one that comes within `KEPT` seconds after gets
    the same answer. `monotonic` gives seconds.
    """

    def __init__(
        self,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        max_kept: int = MAX_KEPT,
        max_kept_bytes: int = MAX_KEPT_BYTES,
    ) -> None:
        self._monotonic = monotonic
        self._max_kept = max_kept
        self._max_kept_bytes = max_kept_bytes
        self._running: dict[Hashable, asyncio.Future[HttpAnswer]] = {}
        self._kept: OrderedDict[Hashable, tuple[float, HttpAnswer]] = OrderedDict()
        self._kept_bytes = 0

    async def once(self, key: Hashable, run: Callable[[], Awaitable[HttpAnswer]], *, keep: bool) -> HttpAnswer:
        """The answer to this activity: an earlier one, the running one's, or that of `run`."""
        self._forget_old()
        if key in self._kept:
            return self._kept[key][1]
        if key in self._running:
            return await asyncio.shield(self._running[key])
        running = self._running[key] = asyncio.get_running_loop().create_future()
        # Should this run be cut short, whoever waits for it is told to come again.
        answer = HttpAnswer(503)
        try:
            answer = await run()
        finally:
            del self._running[key]
            running.set_result(answer)
        if keep and answer.status == 200:
            self._keep(key, answer)
        return answer

    def _keep(self, key: Hashable, answer: HttpAnswer) -> None:
        if len(answer.body) > self._max_kept_bytes:
            return
        self._kept[key] = (self._monotonic() + KEPT, answer)
        self._kept_bytes += len(answer.body)
        while len(self._kept) > self._max_kept or self._kept_bytes > self._max_kept_bytes:
            self._drop_oldest()

    def _forget_old(self) -> None:
        now = self._monotonic()
        while self._kept and next(iter(self._kept.values()))[0] <= now:
            self._drop_oldest()

    def _drop_oldest(self) -> None:
        _, (_, answer) = self._kept.popitem(last=False)
        self._kept_bytes -= len(answer.body)
