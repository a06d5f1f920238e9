"""Directors and class teachers are told that a password was given: messages that stay, never a password in them."""

from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from datetime import datetime, timedelta

from bot.announcer.speaking import Receiver, Speaking
from bot.announcer.urgency import Urgency
from bot.conversation import Reply
from bot.core.actors.model import Actor, Role
from bot.core.actors.permits import directs, works_at
from bot.core.passwords.follow import Progress
from bot.core.passwords.model import ALARM, NOTICE, Job, Operation
from bot.core.passwords.notices import CLASS_TEACHER, GIVEN_UP
from bot.core.passwords.ports import Operations, Rosters
from bot.core.tasks import NewTask, Task, TaskHandler, TaskQueue
from bot.dialogs.password.operation_screens import (
    Facts,
    about,
    expiry,
    recipient_fact,
    sessions_words,
    still_signed_in,
)
from bot.presser import Voice
from bot.refusals import failed
from bot.texts.moments import moment
from cards.card import Mood
from cards.password_state import password_state_card

_MOST_ASKED = 3
"""Students of one class who are asked for their class teacher, until one tells."""


def set_notice(to: Voice, operation: Operation, actor_name: str, *, own: bool = False) -> Reply:
    """To every director of the school: a password was set. `own`: to whoever asked for it, as the receipt that stays
    in the chat.
    """
    facts = (
        *_by(to, actor_name),
        (to.t("notice-at"), moment(operation.set_at or operation.asked.at, to.language)),
        recipient_fact(to, operation.asked),
        *expiry(to, operation),
    )
    title, said, not_you = (
        ("notice-receipt-title", "notice-receipt", "notice-receipt-not-you")
        if own
        else ("notice-set-title", "notice-set", "notice-not-you")
    )
    words = (to.t(said), *sessions_words(operation, to.t), to.t(not_you))
    mood: Mood = "attention" if still_signed_in(operation) else "plain"
    return Reply(card=about(to, operation, to.t(title), *words, facts=facts, mood=mood))


def alarm_notice(to: Voice, operation: Operation, at: datetime) -> Reply:
    """To the director who asked for it: somebody else has tried to have it."""
    words = (to.t("notice-alarm"), to.t("notice-alarm-next"))
    facts = ((to.t("notice-at"), moment(at, to.language)),)
    return Reply(card=about(to, operation, to.t("notice-alarm-title"), *words, facts=facts, mood="attention"))


def job_alarm_notice(to: Voice, job: Job, at: datetime) -> Reply:
    """To the director who asked for the passwords of a class or a selection: somebody else has pressed a button of
    its card.
    """
    title, said = (
        ("notice-alarm-group-title", "notice-alarm-group")
        if job.selected
        else ("notice-alarm-job-title", "notice-alarm-job")
    )
    card = password_state_card(
        to.t,
        title=to.t(title),
        paragraphs=(to.t(said), to.t("notice-alarm-job-next")),
        facts=(*_of_job(to, job), (to.t("notice-at"), moment(at, to.language))),
        mood="attention",
    )
    return Reply(card=card)


def replaced_notice(to: Voice, operation: Operation) -> Reply:
    """To the director who had it made: unused, it was replaced when its life was over."""
    at = operation.ended_at or operation.expires_at
    words = (to.t("notice-replaced"), to.t("notice-replaced-next"))
    facts = ((to.t("notice-at"), moment(at, to.language)),) if at else ()
    return Reply(card=about(to, operation, to.t("notice-replaced-title"), *words, facts=facts))


def given_up_notice(to: Voice, operation: Operation) -> Reply:
    """To whoever asked for it: it was not set, or not for certain."""
    title = "password-doubt-title" if operation.in_doubt else "password-failed-title"
    words = (*failed(operation, to.t), to.t("notice-given-up-next"))
    facts = ((to.t("notice-given-up-asked"), moment(operation.asked.at, to.language)),)
    return Reply(card=about(to, operation, to.t(title), *words, facts=facts, mood="attention"))


def job_given_up_notice(to: Voice, progress: Progress) -> Reply:
    """The same of a class or a selection, whose own card says of whom."""
    facts = (*_of_job(to, progress.job), (to.t("notice-given-up-asked"), moment(progress.job.at, to.language)))
    card = password_state_card(
        to.t,
        title=to.t("notice-given-up-many-title"),
        paragraphs=(to.t("notice-given-up-many", count=len(progress.failed)),),
        facts=facts,
        mood="attention",
    )
    return Reply(card=card)


def job_notice(to: Voice, progress: Progress, actor_name: str) -> Reply:
    """To the other directors of the school: passwords are being made for a class or a selection."""
    job = progress.job
    facts = (
        *_of_job(to, job),
        *_by(to, actor_name, "notice-by-many"),
        (to.t("notice-at"), moment(job.at, to.language)),
        recipient_fact(to, job),
    )
    card = password_state_card(
        to.t,
        title=to.t("notice-group-title" if job.selected else "notice-job-title"),
        paragraphs=(to.t("notice-job", count=len(progress.operations)), to.t("notice-not-you-many")),
        facts=facts,
    )
    return Reply(card=card)


def class_teacher_notice(to: Voice, *, name: str, class_: str, count: int = 1) -> Reply:
    """To the class teacher: one student (by name) or `count` students of the own class got a temporary password."""
    words = to.t("notice-teacher-one") if name else to.t("notice-teacher-many", count=count)
    card = password_state_card(
        to.t,
        title=to.t("notice-set-title" if name else "notice-teacher-many-title"),
        paragraphs=(words, to.t("notice-teacher-next")),
        name=name,
        class_=class_ if name else "",
        facts=() if name else _class(to, class_),
    )
    return Reply(card=card)


def _of_job(to: Voice, job: Job) -> Facts:
    """Which class; of a selection what it is called, which is for directors alone."""
    return ((to.t("card-closing-group"), job.group),) if job.group else _class(to, job.class_)


def _class(to: Voice, class_: str) -> Facts:
    """Where nobody is named, the class stands for itself."""
    return ((to.t("card-result-class"), class_),) if class_ else ()


def _by(to: Voice, actor_name: str, label: str = "notice-by") -> Facts:
    return ((to.t(label), actor_name),) if actor_name else ()


@dataclass(frozen=True, slots=True)
class TellPeople(TaskHandler):
    """Task handler of `NOTICE`. Payload: `what`, `operation` or `job`, `to` (an object id or `class-teacher`), of an
    alarm `at` (when it was raised). To a class teacher `as`, and where not all are theirs `operations`: the ids
    of those of the own pupils.

    Who the receiver is, is read from the directory: somebody who is no longer this school's director learns nothing.
    """

    kind = NOTICE
    urgency = Urgency.NEWS
    most_failures = 40
    """Nine hours where Teams does not take it: it is the witness of what was set."""
    first_pause = timedelta(minutes=1)

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
            await self._find_class_teachers(task, operation, progress)
            return
        receiver = await self.speaking.to(task.payload["to"], operation.asked.tenant)
        if receiver is None:
            return
        teacher = task.payload.get("as") == CLASS_TEACHER
        if not _concerns(receiver.actor, operation.asked.school, teacher=teacher):
            return
        if teacher:
            told = _to_teacher(task.payload, receiver, operation, progress)
            if told is None:
                return
            reply = told
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

    async def _find_class_teachers(self, task: Task, operation: Operation, progress: Progress | None) -> None:
        """Of each class once. Where the directory does not tell apart the classes of a grade, each student may have
        others.
        """
        several = (operation,) if progress is None else progress.operations
        classes: dict[str, list[Operation]] = {}
        for one in several:
            class_ = one.asked.class_
            told_apart = class_ and not class_.isdecimal()
            classes.setdefault(class_ if told_apart else f"of {one.asked.person}", []).append(one)
        pupils: dict[str, list[Operation]] = {}
        as_spelled: dict[str, str] = {}
        for of_class in classes.values():
            found = await self._class_teachers(of_class)
            for spelled in found:
                as_spelled.setdefault(spelled.casefold(), spelled)
            for teacher in dict.fromkeys(spelled.casefold() for spelled in found):
                pupils.setdefault(teacher, []).extend(of_class)
        pupils.pop(operation.asked.actor.casefold(), None)
        now = self.speaking.clock()
        tasks = []
        for teacher, theirs in pupils.items():
            to = as_spelled[teacher]
            whose = {} if len(theirs) == len(several) else {"operations": ",".join(one.asked.id for one in theirs)}
            given = {**task.payload, "to": to, "as": CLASS_TEACHER, **whose}
            tasks.append(NewTask(NOTICE, f"{task.key}:{to}", now, given))
        await self.queue.add(tasks)

    async def _class_teachers(self, of_class: Sequence[Operation]) -> tuple[str, ...]:
        """As the first student of the class tells them; of one who has left it the directory tells none."""
        for one in of_class[:_MOST_ASKED]:
            if found := await self.rosters.class_teachers(one.asked.person):
                return found
        return ()


class TellAlarm(TellPeople):
    """Task handler of `ALARM`: the same, but nothing that waits goes before it."""

    kind = ALARM
    urgency = Urgency.ALARM
    most_failures = 60
    """As other alarms."""


def _to_teacher(
    given: Mapping[str, str], to: Receiver, operation: Operation, progress: Progress | None
) -> Reply | None:
    """None where no pupil of theirs is given one. What a selection is called is not for them."""
    if progress is None:
        return class_teacher_notice(to, name=operation.asked.name, class_=operation.asked.class_)
    job, theirs = progress.job, progress.operations
    if "operations" in given:
        known = frozenset(given.get("operations", "").split(","))
        theirs = tuple(one for one in theirs if one.asked.id in known)
    own = Progress(job, theirs)
    count = own.done + own.left
    if not count:
        return None
    classes = dict.fromkeys(filter(None, (one.asked.class_ for one in theirs)))
    return class_teacher_notice(to, name="", class_=job.class_ or ", ".join(classes), count=count)


def _to_director(
    given: Mapping[str, str], to: Receiver, operation: Operation, progress: Progress | None, by: Actor
) -> Reply:
    if given["what"] == "alarm":
        at = datetime.fromisoformat(given["at"])
        if progress is not None:
            return job_alarm_notice(to, progress.job, at)
        return alarm_notice(to, operation, at)
    if given["what"] == GIVEN_UP:
        return given_up_notice(to, operation) if progress is None else job_given_up_notice(to, progress)
    if progress is not None:
        return job_notice(to, progress, by.name)
    if given["what"] == "replaced":
        return replaced_notice(to, operation)
    own = given["to"].casefold() == operation.asked.actor.casefold()
    return set_notice(to, operation, by.name, own=own)


def _concerns(receiver: Actor, school_id: str, *, teacher: bool) -> bool:
    if not receiver.enabled:
        return False
    if (
        teacher
    ):  # found among the teachers of the student's class a moment ago; who moves may be in two schools' teams
        return receiver.role is Role.TEACHER and works_at(receiver, school_id)
    return directs(receiver, school_id).allowed
