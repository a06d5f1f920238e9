"""How the worker changes a request: one transaction each, fenced by its task, with its entry and whoever is told."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256

from bot.core.calendar import WorkCalendar
from bot.core.clock import Clock
from bot.core.tasks import NewTask, Task, TryAgain
from bot.core.transfers.model import (
    CLOCK,
    CLOSED,
    RECHECK,
    UNDER_WAY,
    Clocks,
    Event,
    Placement,
    Problem,
    Remark,
    State,
    Step,
    Transfer,
)
from bot.core.transfers.plan import closed_as_moved
from bot.core.transfers.ports import Kept, Released, Transfers
from bot.core.transfers.record import begun_entry, carried_out_entry, changed_entry
from bot.core.transfers.told import tell

ATTENTION = "attention"
"""The `round` of the clock of a request that needs attention (see `keep_time.py`)."""

LOOK_EVERY = timedelta(hours=4)
"""How long, within working hours, nobody may have noticed that a student has moved."""

_SPREAD = 3600
"""Seconds over which the looks of all requests are spread: else every one would fall on the opening of the day."""


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
        """The task is done with it, and with its end the release is over."""
        now = self.clock()
        done = [step for step in await self.transfers.steps(before.id) if step.done_at is not None]
        kept = Kept(
            entries=(carried_out_entry(changed, now, done),),
            tasks=(tell(before, event, now, before.version + 1), *tasks),
            release=ended_release(before, changed, now),
            task=task,
            finishes=True,
        )
        await _written(self.transfers, before, changed, kept)

    async def arrived(self, task: Task, before: Transfer, remark: Remark) -> None:
        """Reading shows it. It is looked at again on the mornings after, whoever has done it."""
        now = self.clock()
        done = replace(before, state=State.DONE, problem=None, remark=remark, ended_at=now)
        morning = self.calendar.next_morning(now)
        recheck = NewTask(RECHECK, f"{before.id}:{before.version}", morning, {"transfer": before.id})
        await self.end(task, before, done, Event.DONE, (recheck,))

    async def moved_away(self, task: Task, before: Transfer, placement: Placement) -> None:
        """Somebody else has moved the student, to neither of the two schools."""
        await self.end(task, before, closed_as_moved(before, placement, self.clock()), Event.STALE)

    async def stumble(self, task: Task, before: Transfer, problem: Problem) -> None:
        """People must look; if nobody does it ends after as long as a request waits. The bot looks too."""
        now = self.clock()
        expire_at = self.calendar.after(now, self.clocks.expire_days)
        stumbled = replace(
            before,
            state=State.NEEDS_ATTENTION,
            problem=problem,
            ended_at=None,
            deadlines=replace(before.deadlines, expire_at=expire_at),
        )
        payload = {"transfer": before.id, "round": ATTENTION}
        look = next_look(self.calendar, before, now)
        clock = NewTask(CLOCK, f"{before.id}:{ATTENTION}-{before.version}", look, payload)
        await self.end(task, before, stumbled, Event.ATTENTION, (clock,))


def next_look(calendar: WorkCalendar, transfer: Transfer, now: datetime) -> datetime:
    """When it is looked next whether somebody else has moved the student."""
    seconds = int.from_bytes(sha256(transfer.id.encode()).digest()[:4], "big") % _SPREAD
    return calendar.opening(now + LOOK_EVERY) + timedelta(seconds=seconds)


def ended_release(before: Transfer, changed: Transfer, now: datetime) -> Released | None:
    """An approval that has ended, however it did, releases nobody any more; what is written then."""
    if before.state not in UNDER_WAY or changed.state not in CLOSED:
        return None
    return Released(before.asked.person, before.asked.receiving.id, now)


async def change(
    transfers: Transfers, task: Task, before: Transfer, changed: Transfer, event: Event, *, now: datetime
) -> Transfer:
    """A change by time or the worker that is told of; the task goes on. Errors: those of `ChangeByWorker`."""
    kept = Kept(
        entries=(changed_entry(changed, now),),
        tasks=(tell(before, event, now, before.version + 1),),
        release=ended_release(before, changed, now),
        task=task,
    )
    return await _written(transfers, before, changed, kept)


async def _written(transfers: Transfers, before: Transfer, changed: Transfer, kept: Kept) -> Transfer:
    written = await transfers.change(before, changed, kept)
    if written is None:
        raise TryAgain(timedelta(0), "moved-on")
    return written
