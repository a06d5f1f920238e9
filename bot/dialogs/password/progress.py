"""How far a class is → its card: the answer to a press, and the message that moves by itself."""

from collections.abc import Sequence
from datetime import datetime

from bot.conversation import PeopleShown, Reply, Shows
from bot.core.passwords.model import Failure, Operation, Stage
from bot.core.passwords.request_many import Progress
from bot.dialogs.password.cases import JOB_LIFETIME
from bot.dialogs.password.view import can_be_shown
from bot.presser import Presser
from bot.refusals import failed
from bot.texts.catalog import Translate
from bot.texts.moments import hour, moment
from cards.actions import Button, Style
from cards.class_progress import class_progress_card

MOVES = "moves"
"""What a button of the message that updates itself carries: the answer takes its place and goes on being updated."""


def progress_reply(
    t: Translate,
    language: str,
    progress: Progress,
    presser: Presser,
    *,
    slips: bool,
    notice: str = "",
    moves: bool = True,
    retried: str = "",
) -> Reply:
    """The card of a job: names of who failed, no password. `slips`: whether slips can be printed at all. `moves`: the
    message that updates itself, or what was pressed on it. `retried`: the job in which the failed are tried again.
    """
    waiting = [one for one in progress.operations if can_be_shown(one, presser.now)]
    until = _until(waiting)
    retry = progress.finished and not retried and any(one.failure is not Failure.DENIED for one in progress.failed)
    card = class_progress_card(
        t,
        class_=progress.job.label,
        total=len(progress.operations),
        done=progress.done,
        left=progress.left,
        cancelled=progress.cancelled,
        failed=tuple((one.name, _why(one, t)) for one in progress.failed),
        state=_state(progress),
        waits=_waits(progress, presser.now, t),
        recipient=progress.job.recipient.value,
        moves=moves,
        retry=retry,
        printable=len(waiting) if slips else 0,
        printable_until=hour(until, language) if until and slips else "",
        at=moment(presser.now, language),
        notice=notice,
        buttons=_buttons(
            t, progress, presser, printable=bool(waiting) and slips, moves=moves, retry=retry, retried=retried
        ),
    )
    job = progress.job
    people = PeopleShown(Shows.CLASS, job.school, len(progress.failed), job.label) if progress.failed else None
    return Reply(card=card, people=people)


def _why(operation: Operation, t: Translate) -> str:
    """That the old password is as it was need not be said forty times."""
    why, became = failed(operation, t)
    return f"{why} {became}" if operation.in_doubt else why


def _state(progress: Progress) -> str:
    if progress.finished:
        return "finished"
    return "running" if progress.job.cancelled_at is None else "cancelling"


def _waits(progress: Progress, now: datetime, t: Translate) -> str:
    """It stands still only because Microsoft does."""
    if progress.unanswered:
        return t("class-waits")
    return t("class-slow") if progress.stands_still(now) else ""


def _until(waiting: Sequence[Operation]) -> datetime | None:
    """Until when all of them can be had."""
    ends = [one.unseen_until if one.stage is Stage.READY else one.lease_until for one in waiting]
    return min((end for end in ends if end is not None), default=None)


def _buttons(
    t: Translate, progress: Progress, presser: Presser, *, printable: bool, moves: bool, retry: bool, retried: str
) -> tuple[Button, ...]:
    ids = {"job": progress.job.id} | ({MOVES: "true"} if moves else {})

    def button(words: str, verb: str, style: Style = "default") -> Button:
        return Button(words, presser.press(verb, JOB_LIFETIME, ids=ids), style)

    anew = presser.press("class.progress", JOB_LIFETIME, ids={"job": retried}) if retried else None
    running = not progress.finished
    return (
        *([button(t("class-slips"), "password.slips", "positive")] if printable and not running else []),
        *([button(t("class-retry"), "class.retry")] if retry else []),
        *([Button(t("class-retry-progress"), anew)] if anew else []),
        button(t("class-refresh"), "class.progress"),
        *([button(t("class-cancel"), "class.cancel")] if running and progress.job.cancelled_at is None else []),
        *([] if running else [Button(t("class-another"), presser.press("class.open"))]),
    )
