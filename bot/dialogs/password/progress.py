"""How far a class is → its card: the answer to a press, and the message that moves by itself."""

from collections.abc import Sequence
from datetime import datetime

from bot.conversation import Reply, Verb
from bot.core.passwords.model import Failure, Operation, Stage
from bot.core.passwords.request_many import Progress
from bot.dialogs.password.cases import JOB_LIFETIME
from bot.dialogs.password.view import can_be_shown
from bot.dialogs.scene import Presser
from bot.refusals import failed
from bot.texts.catalog import Translate
from bot.texts.moments import hour
from cards.actions import Button, Style
from cards.class_progress import ClassProgress, class_progress_card


def progress_reply(
    t: Translate, language: str, progress: Progress, presser: Presser, *, slips: bool, notice: str = ""
) -> Reply:
    """The card of a job: names of who failed, no password. `slips`: whether slips can be printed at all."""
    waiting = [one for one in progress.operations if can_be_shown(one, presser.now)]
    until = _until(waiting)
    card = ClassProgress(
        class_=progress.job.label,
        total=len(progress.operations),
        done=progress.done,
        left=progress.left,
        cancelled=progress.cancelled,
        failed=tuple((one.name, _why(one, t)) for one in progress.failed),
        state=_state(progress),
        waits=_waits(progress, t),
        printable=len(waiting) if slips else 0,
        printable_until=hour(until, language) if until and slips else "",
        at=hour(presser.now, language),
        notice=notice,
        buttons=_buttons(t, progress, presser, printable=bool(waiting) and slips),
    )
    return Reply(card=class_progress_card(card, t))


def _why(operation: Operation, t: Translate) -> str:
    """That the old password is as it was need not be said forty times."""
    why, became = failed(operation, t)
    return f"{why} {became}" if operation.in_doubt else why


def _state(progress: Progress) -> str:
    if progress.finished:
        return "finished"
    return "running" if progress.job.cancelled_at is None else "cancelling"


def _waits(progress: Progress, t: Translate) -> str:
    """It stands still only because Microsoft does."""
    doubtful = any(one.stage is Stage.REQUESTED and one.in_doubt for one in progress.operations)
    return t("class-waits") if doubtful else ""


def _until(waiting: Sequence[Operation]) -> datetime | None:
    """Until when all of them can be had."""
    ends = [one.unseen_until if one.stage is Stage.READY else one.lease_until for one in waiting]
    return min((end for end in ends if end is not None), default=None)


def _buttons(t: Translate, progress: Progress, presser: Presser, *, printable: bool) -> tuple[Button, ...]:
    job = {"job": progress.job.id}

    def button(words: str, verb: Verb, style: Style = "default") -> Button:
        return Button(words, presser.press(verb, JOB_LIFETIME, ids=job), style)

    again = any(one.failure is not Failure.DENIED for one in progress.failed)
    running = not progress.finished
    return (
        *([button(t("class-slips"), Verb.PASSWORD_SLIPS, "positive")] if printable and not running else []),
        *([button(t("class-retry"), Verb.CLASS_RETRY)] if again and not running else []),
        button(t("class-refresh"), Verb.CLASS_PROGRESS),
        *([button(t("class-cancel"), Verb.CLASS_CANCEL)] if running and progress.job.cancelled_at is None else []),
        *([] if running else [Button(t("class-another"), presser.press(Verb.CLASS_OPEN))]),
    )
