"""How the worker changes a request: one transaction each, fenced by its task, with its entry and whoever is told."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.core.calendar import WorkCalendar
from bot.core.clock import Clock
from bot.core.tasks import NewTask, Task, TryAgain
from bot.core.transfers.model import CLOCK, Clocks, Event, Problem, State, Step, Transfer
from bot.core.transfers.ports import Kept, Released, Transfers
from bot.core.transfers.record import begun_entry, carried_out_entry, changed_entry
from bot.core.transfers.told import tell

ATTENTION = "attention"
"""The `round` of the clock of a request that needs attention (see `keep_time.py`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeByWorker:
    """Changes by the worker. Errors of all calls: StoreUnavailable, TaskLost; TryAgain when the request has moved on
    meanwhile, so that it is read again.
    """

    transfers: Transfers
    calendar: WorkCalendar
    clock: Clock
    clocks: Clocks

    async def begin(self, task: Task, before: Transfer, changed: Transfer, steps: tuple[Step, ...]) -> Transfer:
        """The plan is written down. Nobody is told: what follows is told at once."""
        entry = begun_entry(changed, self.clock(), steps)
        return await _written(self.transfers, before, changed, Kept(entries=(entry,), steps=steps, task=task))

    async def change(self, task: Task, before: Transfer, changed: Transfer, event: Event) -> Transfer:
        """Something is to be known of it, and the work goes on."""
        return await change(self.transfers, task, before, changed, event, now=self.clock())

    async def end(
        self, task: Task, before: Transfer, changed: Transfer, event: Event, tasks: tuple[NewTask, ...] = ()
    ) -> None:
        """The task is done with it. Of a student who has arrived, or gone elsewhere, the release is over."""
        now = self.clock()
        done = [step for step in await self.transfers.steps(before.id) if step.done_at is not None]
        over = changed.state in {State.DONE, State.STALE}
        kept = Kept(
            entries=(carried_out_entry(changed, now, done),),
            tasks=(tell(before, event, now, before.version + 1), *tasks),
            release=Released(before.asked.person, before.asked.receiving.id, now) if over else None,
            task=task,
            finishes=True,
        )
        await _written(self.transfers, before, changed, kept)

    async def stumble(self, task: Task, before: Transfer, problem: Problem) -> None:
        """People must look; if nobody does it ends after as long as a request waits."""
        expire_at = self.calendar.after(self.clock(), self.clocks.expire_days)
        stumbled = replace(
            before,
            state=State.NEEDS_ATTENTION,
            problem=problem,
            ended_at=None,
            deadlines=replace(before.deadlines, expire_at=expire_at),
        )
        payload = {"transfer": before.id, "round": ATTENTION}
        clock = NewTask(CLOCK, f"{before.id}:{ATTENTION}-{before.version}", expire_at, payload)
        await self.end(task, before, stumbled, Event.ATTENTION, (clock,))


async def change(
    transfers: Transfers, task: Task, before: Transfer, changed: Transfer, event: Event, *, now: datetime
) -> Transfer:
    """A change by time or the worker that is told of; the task goes on. Errors: those of `ChangeByWorker`."""
    entries, told = (changed_entry(changed, now),), (tell(before, event, now, before.version + 1),)
    return await _written(transfers, before, changed, Kept(entries=entries, tasks=told, task=task))


async def _written(transfers: Transfers, before: Transfer, changed: Transfer, kept: Kept) -> Transfer:
    written = await transfers.change(before, changed, kept)
    if written is None:
        raise TryAgain(timedelta(0), "moved-on")
    return written
