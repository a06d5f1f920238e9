"""Tells directors and class teachers that a password was given, without the password."""

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass
from datetime import datetime, timedelta

from bot.announcer.speaking import Receiver, Speaking
from bot.announcer.urgency import Urgency
from bot.conversation import Reply
from bot.core.actors.model import Actor, Role
from bot.core.passwords.jobs import Progress
from bot.core.passwords.model import ALARM, NOTICE, Operation
from bot.core.passwords.notices import CLASS_TEACHER
from bot.core.passwords.ports import Operations, Rosters
from bot.core.tasks import NewTask, Task, TaskHandler, TaskQueue
from bot.dialogs.password import notices


@dataclass(frozen=True, slots=True)
class TellPeople(TaskHandler):
    """Task handler of `NOTICE`. Payload: `what`, `operation` or `job`, `to` (an object id or `class-teacher`), of an
    alarm `at` (when it was raised).

    Who the receiver is, is read from the directory: somebody who is no longer this school's director learns nothing.
    """

    kind = NOTICE
    urgency = Urgency.NEWS
    most_failures = 5
    first_pause = timedelta(minutes=1)
    """Nobody waits for it, and it must outlast a short outage."""

    speaking: Speaking
    _: KW_ONLY
    operations: Operations
    rosters: Rosters
    queue: TaskQueue

    async def carry_out(self, task: Task) -> None:
        """See `TaskHandler`."""
        about = await self._about(task.payload)
        if about is None:
            return
        operation, progress = about
        if task.payload["to"] == CLASS_TEACHER:
            await self._find_class_teachers(task, operation)
            return
        receiver = await self.speaking.to(task.payload["to"], operation.asked.tenant)
        if receiver is None:
            return
        teacher = task.payload.get("as") == CLASS_TEACHER
        if not _concerns(receiver.actor, operation.asked.school, teacher=teacher):
            return
        if teacher:
            reply = _to_teacher(receiver, operation, progress)
        else:
            by = await self.speaking.actors.fresh(operation.asked.actor, operation.asked.tenant)
            reply = _to_director(task.payload, receiver, operation, progress, by)
        urgency = Urgency.ALARM if task.payload["what"] == "alarm" else Urgency.NEWS
        await self.speaking.deliver(
            f"notice:{task.key}", receiver.reference, reply, "once", failures=task.failures, urgency=urgency
        )

    async def _about(self, given: Mapping[str, str]) -> tuple[Operation, Progress | None] | None:
        """The operation it is about; or the first of a job, and the job."""
        operations = self.operations
        if "operation" in given:
            operation = await operations.one(given["operation"])
            return None if operation is None else (operation, None)
        job = await operations.job(given["job"])
        several = await operations.of_job(given["job"])
        return (several[0], Progress(job, several)) if job is not None and several else None

    async def _find_class_teachers(self, task: Task, operation: Operation) -> None:
        now = self.speaking.clock()
        teachers = await self.rosters.class_teachers(operation.asked.person)
        found = [teacher for teacher in teachers if teacher.casefold() != operation.asked.actor.casefold()]
        await self.queue.add(
            [
                NewTask(NOTICE, f"{task.key}:{teacher}", now, {**task.payload, "to": teacher, "as": CLASS_TEACHER})
                for teacher in found
            ]
        )


class TellAlarm(TellPeople):
    """Task handler of `ALARM`: the same, but nothing that waits goes before it."""

    kind = ALARM
    urgency = Urgency.ALARM


def _to_teacher(to: Receiver, operation: Operation, progress: Progress | None) -> Reply:
    if progress is None:
        return notices.class_teacher_notice(to, name=operation.asked.name, class_=operation.asked.class_)
    count = progress.done + progress.left
    return notices.class_teacher_notice(to, name="", class_=progress.job.label, count=count)


def _to_director(
    given: Mapping[str, str], to: Receiver, operation: Operation, progress: Progress | None, by: Actor
) -> Reply:
    if given["what"] == "alarm":
        at = datetime.fromisoformat(given["at"])
        if progress is not None:
            return notices.job_alarm_notice(to, progress.job, at)
        return notices.alarm_notice(to, operation, at)
    if progress is not None:
        return notices.job_notice(to, progress, by.name)
    if given["what"] == "replaced":
        return notices.replaced_notice(to, operation)
    own = given["to"].casefold() == operation.asked.actor.casefold()
    return notices.set_notice(to, operation, by.name, own=own)


def _concerns(receiver: Actor, school_id: str, *, teacher: bool) -> bool:
    if not receiver.enabled:
        return False
    if teacher:  # found among the teachers of the student's class a moment ago
        return receiver.role is Role.TEACHER
    return receiver.role is Role.DIRECTOR and receiver.school is not None and receiver.school.id == school_id
