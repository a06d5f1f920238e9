"""Whoever decided for a school and does so no more: what their cards show of students goes."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.announcer.urgency import Urgency
from bot.core.actors.deputies import CARDS
from bot.core.clock import Clock, in_doubt
from bot.core.tasks import NewTask, Task, TaskHandler, TaskQueue, TryAgain
from bot.core.transfers.model import CARD, Side
from bot.core.transfers.ports import Transfers

APART = timedelta(seconds=1)
"""Between two cards of one person: a year's requests leave room for everybody else's news."""

_IN_DOUBT = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class LookAtDeputyCards(TaskHandler):
    """Task handler of `CARDS`. Payload: `school`, `person`.

    Each card is a task of its own, which reads who the person is then: of somebody who still, or again, decides for
    the school, or directs it now, it stays or comes back; else it is emptied.
    """

    kind = CARDS
    urgency = Urgency.NEWS
    most_failures = 200
    first_pause = timedelta(seconds=2)

    transfers: Transfers
    queue: TaskQueue
    clock: Clock

    async def carry_out(self, task: Task) -> None:
        """See `TaskHandler`."""
        if in_doubt(self.clock):
            raise TryAgain(_IN_DOUBT, "clock-in-doubt")  # it is looked once, and must not be before the end
        school, person = task.payload["school"], task.payload["person"]
        await self.queue.add(await card_looks(self.transfers, school, person, task.key, self.clock()))


async def card_looks(transfers: Transfers, school: str, person: str, key: str, now: datetime) -> list[NewTask]:
    """A task for each card that was sent to this person about a request to this school; `key`: of the occasion."""
    tasks = []
    for place, transfer in enumerate(await transfers.told_for(school, person)):
        payload = {"transfer": transfer, "to": person, "side": Side.RELEASING.value}
        tasks.append(NewTask(CARD, f"{key}:{transfer}", now + place * APART, payload))
    return tasks
