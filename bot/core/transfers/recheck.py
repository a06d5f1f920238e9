"""The morning after: is the student still where the request brought them?

НЕИСПУО is the source of the directory, and its nightly synchronisation may take back what only the directory knows.
"""

from dataclasses import dataclass
from datetime import timedelta

from bot.core.calendar import WorkCalendar
from bot.core.clock import Clock
from bot.core.tasks import Task, TaskHandler, TryAgain
from bot.core.transfers.finish import ChangeByWorker
from bot.core.transfers.model import RECHECK, Clocks, Problem, State
from bot.core.transfers.plan import stands
from bot.core.transfers.ports import Placements, Transfers

MORNINGS = 2
"""Working days during which it is looked at: НЕИСПУО's repair jobs run at night, and not every night."""


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
        placement = await self.placements.of(transfer.asked.person)
        now = self.clock()
        if placement is not None and not stands(transfer.asked, placement):
            await self._by_worker.stumble(task, transfer, Problem.UNDONE)
            return
        moved_on = placement is None or not placement.person.attends(transfer.asked.receiving.id)
        done_at = transfer.ended_at or now
        if not moved_on and self.calendar.after(done_at, MORNINGS) > now:
            raise TryAgain(self.calendar.next_morning(now) - now, "another-morning")
