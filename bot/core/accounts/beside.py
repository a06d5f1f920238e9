"""What is done for schools from time to time beside looking at them, at times of its own: a school whose board is
opened each hour is never due for a look.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.accounts.look import at_its_moment
from bot.core.accounts.ports import Boards
from bot.core.actors.directors import DIRECTORS_SINCE
from bot.core.calendar import WorkCalendar
from bot.core.clock import Clock
from bot.core.tasks import NewTask, Task, TaskHandler, Tasks, TryAgain

BESIDE = "accounts.beside"
"""Task kind: write down what is done beside looks, for every school."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoRoundBeside(TaskHandler):
    """Does BESIDE, which is never done."""

    boards: Boards
    tasks: Tasks
    calendar: WorkCalendar
    clock: Clock
    every: timedelta
    kinds: Sequence[str]
    """Of the tasks; payload: `school`."""

    kind = BESIDE
    most_failures = 1_000_000

    async def carry_out(self, task: Task) -> None:  # noqa: ARG002 -- a round is about no one
        """As the round of looks: within working hours, for schools a director comes from."""
        now = self.clock()
        if not self.calendar.is_open(now):
            raise TryAgain(self.calendar.opening(now) - now, "closed")
        schools = await self.boards.due(now, now - DIRECTORS_SINCE)  # whenever they were looked at
        await self.tasks.add([at_its_moment(kind, one, now, self.every) for one in schools for kind in self.kinds])
        raise TryAgain(self.every, "next-round")


def first_round_beside(now: datetime) -> NewTask:
    """Written down by every worker at its start: it is one task."""
    return NewTask(BESIDE, "round", now)
