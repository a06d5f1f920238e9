"""A copy of the database was put back: directors are told that their authorities have ended, and give them anew."""

from dataclasses import KW_ONLY, dataclass
from datetime import timedelta

from bot.announcer.speaking import Speaking
from bot.announcer.urgency import Urgency
from bot.conversation import Reply
from bot.core.actors.deputies import RESTORED
from bot.core.actors.directors import WhoDirects
from bot.core.actors.permits import directs
from bot.core.people.model import School
from bot.core.tasks import NewTask, Task, TaskHandler, TaskQueue
from bot.dialogs.menu import notice
from bot.presser import Voice
from cards.actions import Button


@dataclass(frozen=True, slots=True)
class TellOfRestoring(TaskHandler):
    """Task handler of `RESTORED`. Payload: `school`, `at`; of a message to one director also `to`."""

    kind = RESTORED
    urgency = Urgency.NEWS
    most_failures = 40
    first_pause = timedelta(minutes=1)

    speaking: Speaking
    _: KW_ONLY
    directors: WhoDirects
    queue: TaskQueue
    tenant: str

    async def carry_out(self, task: Task) -> None:
        """See `TaskHandler`."""
        school, now = task.payload["school"], self.speaking.clock()
        if "to" not in task.payload:
            directors = await self.directors(School(school, "", ""), self.tenant)
            await self.queue.add(
                [NewTask(RESTORED, f"{task.key}:{one}", now, {**task.payload, "to": one}) for one in directors]
            )
            return
        receiver = await self.speaking.to(task.payload["to"], self.tenant)
        if receiver is None or not directs(receiver.actor, school).allowed:
            return
        await self.speaking.deliver(
            f"deputies-restored:{task.key}", receiver.reference, restored(receiver), "once", failures=task.failures
        )


def restored(to: Voice) -> Reply:
    """Nobody is named: who was authorised is for the list and for the audit log."""
    button = Button(to.t("deputies"), to.presser.press("deputies"), "positive")
    words = (to.t("deputy-restored"), to.t("deputy-restored-next"))
    return notice(to, to.t("deputy-restored-title"), *words, buttons=(button,))
