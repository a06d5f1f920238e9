"""Keeps one message of a job moving until nothing is left to be done."""

from dataclasses import KW_ONLY, dataclass
from datetime import datetime, timedelta

from bot.announcer.speaking import Speaking
from bot.announcer.urgency import Urgency
from bot.core.passwords.model import PROGRESS
from bot.core.passwords.ports import Operations
from bot.core.passwords.request_many import Progress
from bot.core.tasks import Task, TaskHandler, TryAgain
from bot.dialogs.password.progress import progress_reply

_MOVES_EVERY = timedelta(seconds=1)
"""Teams takes one message a second in one conversation without throttling (docs/adr/0025)."""


@dataclass(frozen=True, slots=True)
class KeepProgress(TaskHandler):
    """Task handler of `PROGRESS`. Payload: `job`. The message holds names of students and no password."""

    kind = PROGRESS
    urgency = Urgency.NEWS
    most_failures = 20

    speaking: Speaking
    _: KW_ONLY
    operations: Operations
    slips: bool

    async def carry_out(self, task: Task) -> None:
        """See `TaskHandler`."""
        job = await self.operations.job(task.payload["job"])
        if job is None:
            return
        chat = await self.speaking.chat(job.actor, job.tenant)
        if chat is None or chat.reference.conversation_id != job.conversation:
            return  # the app was removed there; the job itself goes on
        progress = Progress(job, await self.operations.of_job(job.id))
        reply = progress_reply(chat.t, chat.language, progress, chat.presser, slips=self.slips)
        shown = _state(progress, chat.presser.now)
        wanted = await self.speaking.deliver(f"progress:{job.id}", chat.reference, reply, shown)
        if wanted and not progress.finished:
            raise TryAgain(_MOVES_EVERY, "moving")


def _state(progress: Progress, now: datetime) -> str:
    """What the card says beside names and the time: it is the same card while this is the same."""
    cancelled = progress.job.cancelled_at is not None
    waits = (progress.unanswered, progress.stands_still(now))
    return f"{progress.done}/{progress.left}/{len(progress.failed)}/{progress.cancelled}/{cancelled}/{waits}"
