"""The worker does in the directory what was approved: recorded, repeatable steps, and at the end a look.

Another look follows on the mornings after: НЕИСПУО is the source of the directory, and its nightly synchronisation
may take back what only the directory knows.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.core.calendar import WorkCalendar
from bot.core.clock import Clock
from bot.core.errors import (
    AccountMissing,
    DirectoryBusy,
    DirectoryError,
    DirectoryForbidden,
    DirectoryMisunderstood,
    NotGranted,
    StoreUnavailable,
)
from bot.core.tasks import RateLimit, Task, TaskHandler, TaskLost, TryAgain
from bot.core.transfers.finish import ChangeByWorker
from bot.core.transfers.model import (
    CARRY_OUT,
    RECHECK,
    Clocks,
    Event,
    Placement,
    Problem,
    Remark,
    State,
    StepKind,
    Transfer,
)
from bot.core.transfers.plan import has_arrived, next_together, plan, remark_of, shows, stands
from bot.core.transfers.policy import has_moved
from bot.core.transfers.ports import EnrolmentWriter, Placements, StepOutcome, Transfers
from bot.core.turns import A_MOMENT, Turns, put_off

_PROBLEMS: dict[type[Exception], Problem] = {
    DirectoryForbidden: Problem.FORBIDDEN,
    NotGranted: Problem.NOT_GRANTED,
    AccountMissing: Problem.MISSING,
    DirectoryMisunderstood: Problem.NOT_UNDERSTOOD,
}
"""Answers that asking again would not change."""

_ITS_OWN = frozenset({State.APPROVED, State.CARRYING_OUT})

PATIENCE = timedelta(minutes=10)
"""How long Microsoft may not answer, or reading may not show what was written, before people are told. Reads follow
writes within half a minute as a rule (facts: eventual consistency).
"""

_LOOK_AGAIN = timedelta(seconds=2)
_STALE_AFTER = timedelta(days=1)
"""An approval found this old (a worker that was down, a restored backup) is neither begun nor gone on with without
somebody looking.
"""

MORNINGS = 2
"""Working days during which it is looked at: НЕИСПУО's repair jobs run at night, and not every night."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryOutTransfer(TaskHandler):
    """Task handler of `CARRY_OUT`. Payload: `transfer`.

    - Nothing is written without an approval that stands, read in the same attempt.
    - Every step is recorded when it is done; an attempt that comes after begins where the last one ended.
    - It ends as DONE only after reading has shown it; as NEEDS_ATTENTION otherwise, never in between. Who is found
      where the approval wanted, before anything is begun, is moved by nobody.
    """

    kind = CARRY_OUT
    most_failures = 1_000
    """Time ends it, not a number (`PATIENCE`)."""

    transfers: Transfers
    placements: Placements
    writer: EnrolmentWriter
    rate_limit: RateLimit
    calendar: WorkCalendar
    clock: Clock
    clocks: Clocks
    writes_per_second: float

    @property
    def _turns(self) -> Turns:
        return Turns(self.rate_limit, self.clock, self.writes_per_second)

    @property
    def _by_worker(self) -> ChangeByWorker:
        return ChangeByWorker(transfers=self.transfers, calendar=self.calendar, clock=self.clock, clocks=self.clocks)

    async def carry_out(self, task: Task) -> None:
        """See `TaskHandler`."""
        transfer = await self.transfers.one(task.payload["transfer"])
        if transfer is None or transfer.state not in _ITS_OWN:
            return
        try:
            await self._try(task, transfer)
        except (TryAgain, TaskLost, StoreUnavailable):
            raise
        except DirectoryError as error:
            await self._later(task, error)
        except Exception:
            # A bug, logged with every attempt: after a while people are told instead of nobody.
            if not self._late(transfer):
                raise
            await self._stumble(task, Problem.UNAVAILABLE)

    async def on_dead_letter(self, task: Task, error: Exception) -> None:  # noqa: ARG002 -- whatever it was, it is over
        """See `TaskHandler`."""
        await self._stumble(task, Problem.UNAVAILABLE)

    async def _try(self, task: Task, transfer: Transfer) -> None:
        read_at = self.clock()
        placement = await self.placements.of(transfer.asked.person)
        if placement is None:
            await self._stumble(task, Problem.MISSING)
            return
        if transfer.state is State.APPROVED and has_arrived(transfer.asked, placement):
            steps = await self.transfers.steps(transfer.id)
            await self._by_worker.arrived(task, transfer, remark_of(transfer, placement, steps))
            return
        if not placement.ordinary:
            await self._stumble(task, Problem.PROTECTED)
            return
        if self.clock() >= (transfer.started_at or transfer.asked.at) + _STALE_AFTER:
            await self._stumble(task, Problem.UNAVAILABLE)
            return
        if not await self._stands(task, transfer, placement):
            return
        if transfer.state is State.APPROVED:
            transfer = await self._begin(task, transfer, placement)
        if not await self._do_steps(task, transfer, read_at):
            return
        await self._look(task, transfer)

    async def _stands(self, task: Task, transfer: Transfer, placement: Placement) -> bool:
        """Whether the student is where the next step takes them from: in the school that was asked, or the other one,
        or in none, if the first has discharged them. Of whom somebody else has moved meanwhile nothing (more) is
        written, and who was taken out of the new school again must not be taken out of the old one. Our own writing
        may not be seen yet: it is waited for.
        """
        begun = transfer.state is State.CARRYING_OUT
        arrived = placement.person.attends(transfer.asked.receiving.id)
        moved = has_moved(transfer.asked, tuple(school.id for school in placement.person.schools))
        if arrived or not (moved or (begun and await self._joined(transfer))):
            return True
        if begun and not self._late(transfer):
            raise TryAgain(_LOOK_AGAIN, "not-visible-yet")
        if moved:
            await self._by_worker.moved_away(task, transfer, placement)
        else:
            await self._stumble(task, Problem.NOT_VISIBLE)
        return False

    async def _joined(self, transfer: Transfer) -> bool:
        steps = await self.transfers.steps(transfer.id)
        return any(step.kind is StepKind.JOIN_SCHOOL and step.done_at is not None for step in steps)

    async def _begin(self, task: Task, transfer: Transfer, placement: Placement) -> Transfer:
        """The plan is made and written down."""
        asked = transfer.asked
        joins, old = await asyncio.gather(
            self.placements.teams_of_class(asked.receiving, asked.to_class),
            self.placements.teams_of_school(asked.releasing.id),
        )
        steps = plan(asked, placement, joins, old)
        remark = Remark.NONE
        if asked.to_class and not joins:
            over = await self.placements.class_is_over(asked.receiving, asked.to_class)
            remark = Remark.CLASS_OVER if over else Remark.CLASS_GONE
        begun = replace(transfer, state=State.CARRYING_OUT, remark=remark)
        return await self._by_worker.begin(task, transfer, begun, steps)

    async def _do_steps(self, task: Task, transfer: Transfer, read_at: datetime) -> bool:
        """Whether every step of the plan is done now."""
        while True:
            together = next_together(await self.transfers.steps(transfer.id))
            if not together:
                return True
            await self._turns.take_together(len(together))
            if self.clock() - read_at > A_MOMENT:
                raise TryAgain(timedelta(0), "frozen")
            try:
                outcomes = await self.writer.carry_out(transfer.asked.person, together)
            except DirectoryBusy as busy:
                await self._turns.throttled(busy)
                raise
            done = [one.step for one in outcomes if one.error is None]
            if done:
                await self.transfers.record(task, transfer.id, done, self.clock())
            if any(one.gone and one.step.kind is StepKind.JOIN_TEAM for one in outcomes):
                transfer = await self._remark(task, transfer)
            if not await self._without_errors(task, outcomes):
                return False

    async def _without_errors(self, task: Task, outcomes: Sequence[StepOutcome]) -> bool:
        errors = [one.error for one in outcomes if one.error is not None]
        for error in errors:
            if type(error) in _PROBLEMS:
                await self._stumble(task, _PROBLEMS[type(error)])
                return False
        for error in errors:
            if isinstance(error, DirectoryBusy):
                await self._turns.throttled(error)
            raise error
        return True

    async def _remark(self, task: Task, transfer: Transfer) -> Transfer:
        if transfer.remark is Remark.CLASS_GONE:
            return transfer
        changed = replace(transfer, remark=Remark.CLASS_GONE)
        return await self._by_worker.change(task, transfer, changed, Event.CHANGED)

    async def _look(self, task: Task, transfer: Transfer) -> None:
        """The end: reading shows it, or it is looked at again, or people are told."""
        placement = await self.placements.of(transfer.asked.person)
        steps = await self.transfers.steps(transfer.id)
        if transfer.remark is Remark.CLASS_GONE and placement is not None:
            steps = tuple(step for step in steps if step.kind is not StepKind.JOIN_TEAM)
        if placement is None or not shows(transfer.asked, placement, steps):
            if self._late(transfer):
                await self._stumble(task, Problem.MISSING if placement is None else Problem.NOT_VISIBLE)
                return
            raise TryAgain(_LOOK_AGAIN, "not-visible-yet")
        await self._by_worker.arrived(task, transfer, transfer.remark)

    async def _later(self, task: Task, error: DirectoryError) -> None:
        """TryAgain; or the end, when asking again would not help or has been tried for long enough."""
        transfer = await self.transfers.one(task.payload["transfer"])
        if transfer is None or transfer.state not in _ITS_OWN:
            return
        if type(error) in _PROBLEMS:
            await self._stumble(task, _PROBLEMS[type(error)])
            return
        if self._late(transfer):
            await self._stumble(task, Problem.UNAVAILABLE)
            return
        raise put_off(error, task.failures) from error

    async def _stumble(self, task: Task, problem: Problem) -> None:
        transfer = await self.transfers.one(task.payload["transfer"])
        if transfer is not None and transfer.state in _ITS_OWN:
            await self._by_worker.stumble(task, transfer, problem)

    def _late(self, transfer: Transfer) -> bool:
        began = transfer.started_at or transfer.asked.at
        return self.clock() >= began + PATIENCE


@dataclass(frozen=True, slots=True, kw_only=True)
class RecheckTransfer(TaskHandler):
    """Task handler of `RECHECK`. Payload: `transfer`. Given up, nothing is known and nothing said: it stays done."""

    kind = RECHECK
    most_failures = 500
    first_pause = timedelta(minutes=1)

    transfers: Transfers
    placements: Placements
    calendar: WorkCalendar
    clock: Clock
    clocks: Clocks

    @property
    def _by_worker(self) -> ChangeByWorker:
        return ChangeByWorker(transfers=self.transfers, calendar=self.calendar, clock=self.clock, clocks=self.clocks)

    async def carry_out(self, task: Task) -> None:
        """See `TaskHandler`."""
        transfer = await self.transfers.one(task.payload["transfer"])
        if transfer is None or transfer.state is not State.DONE:
            return
        if await self.transfers.overtaken(transfer):
            return  # where the student is has been decided since
        now = self.clock()
        if await self.transfers.unfinished_of(transfer.asked.person) is not None:  # it may be refused yet
            raise TryAgain(self.calendar.next_morning(now) - now, "asked-again")
        placement = await self.placements.of(transfer.asked.person)
        if placement is not None and not stands(transfer.asked, placement):
            problem = Problem.UNDONE if placement.person.schools else Problem.NOWHERE
            await self._by_worker.stumble(task, transfer, problem)
            return
        moved_on = placement is None or not placement.person.attends(transfer.asked.receiving.id)
        done_at = transfer.ended_at or now
        if not moved_on and self.calendar.after(done_at, MORNINGS) > now:
            raise TryAgain(self.calendar.next_morning(now) - now, "another-morning")
