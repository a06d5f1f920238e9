"""How far a class is → its card: the answer to a press, and the message that moves by itself."""

from dataclasses import KW_ONLY, dataclass
from datetime import datetime, timedelta

from bot.announcer.speaking import DeliveryOutcome, Speaking
from bot.announcer.urgency import Urgency
from bot.conversation import PeopleShown, Reply, Shows
from bot.core.actors.permits import directs
from bot.core.passwords.follow import Progress
from bot.core.passwords.model import PROGRESS, Failure, Operation
from bot.core.passwords.ports import Operations
from bot.core.tasks import Task, TaskHandler, TryAgain
from bot.dialogs.menu import notice
from bot.presser import Voice
from bot.refusals import failed
from bot.texts.catalog import Translate
from bot.texts.moments import hour, moment
from cards.actions import Button
from cards.lookup_choices import told_apart
from cards.password_class import class_progress_card

JOB_LIFETIME = timedelta(hours=2)
"""A class: as long as what was made for it can be printed (`Timing.unseen_minutes_many`, docs/adr/0051)."""

MOVES = "moves"
"""What a button of the message that updates itself carries: the answer takes its place and goes on being updated."""

_EMPTIED = "emptied"

_MOVES_EVERY = timedelta(seconds=1)
"""Teams takes one message a second in one conversation without throttling (docs/adr/0025)."""


@dataclass(frozen=True, slots=True)
class KeepProgress(TaskHandler):
    """Task handler of `PROGRESS`. Payload: `job`, perhaps `message`: the one whose button began it. Keeps one message
    of a job moving until nothing is left to be done. It holds names of students and no password. Who the receiver is,
    is read whenever it would show something else: of who directs the school no more it is emptied.
    """

    kind = PROGRESS
    urgency = Urgency.NEWS
    most_failures = 20
    first_pause = timedelta(seconds=4)
    """Where the directory does not say who the receiver is, it is asked for as long as a password is tried for."""

    speaking: Speaking
    _: KW_ONLY
    operations: Operations
    slips: bool

    async def carry_out(self, task: Task) -> None:
        """See `TaskHandler`."""
        job = await self.operations.job(task.payload["job"])
        if job is None:
            return
        reference = await self.speaking.reference(job.actor)
        if reference is None or reference.conversation_id != job.conversation:
            return  # the app was removed there; the job itself goes on
        key = f"progress:{job.id}"
        if "message" in task.payload and task.attempt == 1:
            await self.speaking.take_over(key, reference, task.payload["message"])
        progress = Progress(job, await self.operations.of_job(job.id))
        shown = _shown(progress, self.speaking.clock())
        if not await self._is_shown(key, shown):
            outcome = await self._bring(key, progress, shown)
            if outcome is not DeliveryOutcome.DELIVERED:
                return
        if not progress.finished:
            raise TryAgain(_MOVES_EVERY, "moving")

    async def _is_shown(self, key: str, shown: str) -> bool:
        kept = await self.speaking.messages.known(key)
        return kept is not None and kept.state == "sent" and kept.shown == shown

    async def _bring(self, key: str, progress: Progress, shown: str) -> DeliveryOutcome:
        job = progress.job
        receiver = await self.speaking.to(job.actor, job.tenant)
        if receiver is None:
            return DeliveryOutcome.NOTHING
        if not directs(receiver.actor, job.school).allowed:
            await self.speaking.deliver(key, receiver.reference, emptied(receiver), _EMPTIED, may_send=False)
            return DeliveryOutcome.NOTHING
        reply = progress_reply(receiver, progress, slips=self.slips, moves=True)
        return await self.speaking.deliver(key, receiver.reference, reply, shown)


def emptied(to: Voice) -> Reply:
    """In the place of the card of who directs the school no more: nobody is named."""
    button = to.presser.to("help", to.t("command-help"))
    return notice(to, to.t("card-class-progress-emptied-title"), to.t("card-class-progress-emptied"), buttons=button)


def progress_reply(
    to: Voice, progress: Progress, *, slips: bool, moves: bool, notice: str = "", retried: str = ""
) -> Reply:
    """The card of a job: names of who failed, no password. `slips`: whether slips can be printed at all. `moves`: the
    message that updates itself, or what was pressed on it. `retried`: the job in which the failed are tried again.
    """
    job, now, t = progress.job, to.presser.now, to.t
    ends = [end for one in progress.operations if slips and (end := one.secret_until) and now < end]
    retry = progress.finished and not retried and any(one.failure is not Failure.DENIED for one in progress.failed)
    names = dict(
        zip(
            (one.asked.id for one in progress.operations),
            told_apart(*((one.asked.name, one.asked.username) for one in progress.operations)),
            strict=True,
        )
    )
    card = class_progress_card(
        t,
        class_=job.class_,
        group=job.group,
        total=len(progress.operations),
        done=progress.done,
        left=progress.left,
        cancelled=progress.cancelled,
        failed=tuple((names[one.asked.id], _why(one, t)) for one in progress.failed),
        state=_state(progress),
        waits=_waits(progress, now, t),
        recipient=job.recipient.value,
        moves=moves,
        retry=retry,
        printable=len(ends),
        printable_until=hour(min(ends), to.language) if ends else "",
        at=moment(now, to.language),
        notice=notice,
        buttons=_buttons(to, progress, printable=bool(ends), moves=moves, retry=retry, retried=retried),
    )
    failed = [one.asked.person for one in progress.failed]
    people = PeopleShown.several(Shows.CLASS, job.school, failed, job.class_)
    return Reply(card=card, people=people if failed else None)


def _why(operation: Operation, t: Translate) -> str:
    """Without "the old password still works", which would be repeated for every student."""
    why, became = failed(operation, t)
    return f"{why} {became}" if operation.in_doubt else why


def _state(progress: Progress) -> str:
    if progress.finished:
        return "finished"
    return "running" if progress.job.cancelled_at is None else "cancelling"


def _waits(progress: Progress, now: datetime, t: Translate) -> str:
    """Why nothing moves: Microsoft does not answer, or is slow."""
    if progress.unanswered:
        return t("class-waits")
    return t("class-slow") if progress.stands_still(now) else ""


def _shown(progress: Progress, now: datetime) -> str:
    """What the card shows apart from names and the time: the message is updated only when this changes."""
    cancelled = progress.job.cancelled_at is not None
    waits = (progress.unanswered, progress.stands_still(now))
    return f"{progress.done}/{progress.left}/{len(progress.failed)}/{progress.cancelled}/{cancelled}/{waits}"


def _buttons(
    to: Voice, progress: Progress, *, printable: bool, moves: bool, retry: bool, retried: str
) -> tuple[Button, ...]:
    t, by = to.t, to.presser
    ids = {"job": progress.job.id} | ({MOVES: "true"} if moves else {})
    running = not progress.finished
    buttons = []
    if printable and not running:
        buttons.append(Button(t("class-slips"), by.press("password.slips", JOB_LIFETIME, ids=ids), "positive"))
    if retry:
        buttons.append(Button(t("class-retry"), by.press("class.retry", JOB_LIFETIME, ids=ids)))
    if retried:
        ids_of_retry = {"job": retried}
        buttons.append(Button(t("class-retry-progress"), by.press("class.progress", JOB_LIFETIME, ids=ids_of_retry)))
    buttons.append(Button(t("class-refresh"), by.press("class.progress", JOB_LIFETIME, ids=ids)))
    if running and progress.job.cancelled_at is None:
        buttons.append(Button(t("class-cancel"), by.press("class.cancel", JOB_LIFETIME, ids=ids)))
    if not running:
        to_classes = "card-class-pick-title" if progress.job.selected else "class-another"
        buttons.append(Button(t(to_classes), by.press("class.open")))
    return tuple(buttons)
