"""Runs tasks: claims what is due, keeps it claimed while it is being done, and decides what a failure means.

Any number of replicas run one worker each. See docs/adr/0012 and `bot/core/tasks.py`.
"""

import asyncio
import logging
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from bot.core.clock import Clock
from bot.core.errors import DirectoryError, OutsideError, StoreUnavailable
from bot.core.tasks import Task, TaskHandler, TaskLost, TaskQueue, TryAgain, code_of
from bot.core.turns import put_off

log = logging.getLogger(__name__)

CONCURRENCY = 8
"""Tasks done at once by one process."""

_TICK = 0.002
"""Seconds by which clocks may differ: a look a little too early would find nothing."""

LEASE = timedelta(seconds=60)
"""How long a claimed task stays this worker's without a sign of life; after kill −9 it waits that long at most."""

LOOK_SECONDS = 1.0
"""How often the table is looked at for what other replicas have written down; see `TaskWorker.expect`."""

GRACE_SECONDS = 3.0
"""How long what is being done may go on after a stop was asked for: a message cut off while it is sent is sent twice,
and a request to the directory is in doubt.
"""

LONGEST_WAIT = timedelta(minutes=5)
"""Between two tries of a task that fails."""


class TaskWorker:
    """Carries out tasks until cancelled. What it was doing then it may finish, for a moment; the rest is given back,
    to be done at once by another.
    """

    def __init__(
        self,
        queue: TaskQueue,
        handlers: Iterable[TaskHandler],
        clock: Clock,
        *,
        concurrency: int = CONCURRENCY,
        lease: timedelta = LEASE,
        look: float = LOOK_SECONDS,
        grace: float = GRACE_SECONDS,
    ) -> None:
        self._queue = queue
        self._handlers = {handler.kind: handler for handler in handlers}
        self._clock = clock
        self._concurrency = concurrency
        self._lease = lease
        self._look = look
        self._grace = grace
        self._stop = asyncio.Event()
        self._mine: dict[tuple[int, int], Task] = {}
        """What is claimed and not yet finished, by id and attempt."""
        self._changed = asyncio.Event()

    async def run(self) -> None:
        """Until cancelled. A store that cannot be reached is waited for."""
        self._stop.clear()
        working = asyncio.create_task(self._work())  # noqa: TID251 -- not detached: it has ended when this returns
        try:
            await asyncio.shield(working)
        finally:
            self._stop.set()
            self._changed.set()
            await asyncio.wait((working,), timeout=self._grace)
            working.cancel()
            await asyncio.wait((working,))
            for task in tuple(self._mine.values()):
                await self._give_back(task)

    async def _work(self) -> None:
        async with asyncio.TaskGroup() as group:
            while not self._stop.is_set():
                self._changed.clear()  # before looking: what is written down while we look is looked for again
                free = self._concurrency - len(self._mine)
                claimed = await self._claim(free)
                for task in () if self._stop.is_set() else claimed:
                    group.create_task(self._one(task))
                if len(claimed) == free and len(self._mine) < self._concurrency:
                    continue  # as many as there was room for, and there is room again
                try:
                    async with asyncio.timeout(self._look):
                        await self._changed.wait()
                except TimeoutError:
                    pass

    def expect(self, due: Mapping[str, datetime]) -> None:
        """This process has just written down tasks of these kinds, due then: no need to wait for the next look."""
        ours = [at for kind, at in due.items() if kind in self._handlers]
        if not ours:
            return
        wait = (min(ours) - self._clock()).total_seconds()
        if wait < self._look:
            asyncio.get_running_loop().call_later(max(0.0, wait) + _TICK, self._changed.set)

    async def _claim(self, free: int) -> tuple[Task, ...]:
        if free <= 0:
            return ()
        try:
            claimed = await self._queue.claim(tuple(self._handlers), free, self._lease)
        except StoreUnavailable as error:
            log.warning("tasks cannot be claimed: %s", error)
            return ()
        self._mine.update(((task.id, task.attempt), task) for task in claimed)
        return claimed

    async def _one(self, task: Task) -> None:
        """One attempt. Cancelled (perhaps before its first step), it leaves the task among those to be given back."""
        try:
            await self._attempt(task, self._handlers[task.kind])
        except TaskLost:
            log.warning("task %s %d was taken over by another worker", task.kind, task.id)
        except StoreUnavailable as error:  # its lease ends, and somebody does it then
            log.warning("task %s %d: %s", task.kind, task.id, error)
        except Exception:  # a bug in writing down how it ended must not end everybody else's work
            log.exception("task %s %d: its end could not be written down", task.kind, task.id)
        full = len(self._mine) >= self._concurrency
        del self._mine[task.id, task.attempt]
        if full:  # what is due may have been left lying
            self._changed.set()

    async def _attempt(self, task: Task, handler: TaskHandler) -> None:
        try:
            await self._held(task, handler)
        except TryAgain as later:
            if later.failed and task.failures + 1 >= handler.most_failures:
                await self._dead_letter(task, handler, later)
            else:
                await self._again(task, later.after, later.why, failed=later.failed)
        except (TaskLost, StoreUnavailable):
            raise
        except Exception as error:
            kind = type(error).__name__
            # An outside failure is told by its own words, which hold no data; anything else is a bug.
            log.warning(
                "task %s %d failed: %s", task.kind, task.id, error if isinstance(error, OutsideError) else kind
            )
            if not isinstance(error, OutsideError):
                log.exception("task %s %d: unexpected failure", task.kind, task.id)
            if task.failures + 1 >= handler.most_failures:
                await self._dead_letter(task, handler, error)
            else:
                await self._again(task, pause(task.failures), kind, failed=True)
        else:
            await self._queue.done(task)

    async def _again(self, task: Task, after: timedelta, why: str, *, failed: bool) -> None:
        due = self._clock() + after
        await self._queue.again(task, due, why, failed=failed)
        self.expect({task.kind: due})

    async def _dead_letter(self, task: Task, handler: TaskHandler, error: Exception) -> None:
        try:
            await handler.on_dead_letter(task, error)
        except (TaskLost, StoreUnavailable):
            raise
        except Exception:
            # Whoever waits for it must be told: the task is not dead before that succeeded.
            log.exception("task %s %d: giving up failed", task.kind, task.id)
            await self._again(task, LONGEST_WAIT, "give-up", failed=True)
            return
        why = code_of(error)
        log.error("task %s %d is given up after %d failures: %s", task.kind, task.id, task.failures + 1, why)
        await self._queue.dead_letter(task, why)

    async def _held(self, task: Task, handler: TaskHandler) -> None:
        """The handler, while a heartbeat renews the lease; a lost lease cancels it (TaskLost)."""
        try:
            async with asyncio.TaskGroup() as group:
                heart = group.create_task(self._beat(task))
                try:
                    await attempt(handler, task)
                finally:
                    heart.cancel()
        except BaseExceptionGroup as several:
            raise several.exceptions[0] from None

    async def _beat(self, task: Task) -> None:
        ends = self._clock() + self._lease
        while True:
            await asyncio.sleep(self._lease.total_seconds() / 3)
            try:
                await self._queue.renew(task, self._lease)
                ends = self._clock() + self._lease
            except StoreUnavailable:
                if self._clock() >= ends:
                    raise TaskLost from None

    async def _give_back(self, task: Task) -> None:
        try:
            await self._queue.again(task, self._clock(), "stopped", failed=False)
        except (TaskLost, StoreUnavailable) as error:
            log.info("task %s %d was not given back: %s", task.kind, task.id, type(error).__name__)


async def attempt(handler: TaskHandler, task: Task) -> None:
    """Has the handler do the task. A failure of the directory becomes TryAgain, after the handler's own pause."""
    try:
        await handler.carry_out(task)
    except DirectoryError as error:
        raise put_off(error, task.failures, handler.first_pause) from error


def pause(failures: int) -> timedelta:
    """How long to wait after so many failures: 2, 4, 8 … seconds, five minutes at most."""
    return min(timedelta(seconds=2 ** min(failures + 1, 10)), LONGEST_WAIT)
