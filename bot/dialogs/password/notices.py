"""What is said about passwords without being asked → cards. They are messages that stay: never a password in them."""

from datetime import datetime

from bot.conversation import Reply
from bot.core.passwords.jobs import Progress
from bot.core.passwords.model import Job, Operation
from bot.dialogs.password.operation_screens import (
    Facts,
    about,
    expiry,
    recipient_fact,
    sessions_words,
    still_signed_in,
)
from bot.presser import Voice
from bot.texts.moments import moment
from cards.lines import Mood
from cards.password_state import password_state_card


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
    """To the director who asked for the passwords of a class: somebody else has pressed a button of its card."""
    card = password_state_card(
        to.t,
        title=to.t("notice-alarm-job-title"),
        paragraphs=(to.t("notice-alarm-job"), to.t("notice-alarm-job-next")),
        facts=(*_class(to, job.label), (to.t("notice-at"), moment(at, to.language))),
        mood="attention",
    )
    return Reply(card=card)


def replaced_notice(to: Voice, operation: Operation) -> Reply:
    """To the director who had it made: unused, it was replaced when its life was over."""
    at = operation.ended_at or operation.expires_at
    words = (to.t("notice-replaced"), to.t("notice-replaced-next"))
    facts = ((to.t("notice-at"), moment(at, to.language)),) if at else ()
    return Reply(card=about(to, operation, to.t("notice-replaced-title"), *words, facts=facts))


def job_notice(to: Voice, progress: Progress, actor_name: str) -> Reply:
    """To the other directors of the school: passwords are being made for a class."""
    job = progress.job
    facts = (
        *_class(to, job.label),
        *_by(to, actor_name),
        (to.t("notice-at"), moment(job.at, to.language)),
        recipient_fact(to, job),
    )
    card = password_state_card(
        to.t,
        title=to.t("notice-job-title"),
        paragraphs=(to.t("notice-job", count=len(progress.operations)), to.t("notice-not-you-many")),
        facts=facts,
    )
    return Reply(card=card)


def class_teacher_notice(to: Voice, *, name: str, class_: str, count: int = 1) -> Reply:
    """To the class teacher: one student (by name) or `count` students of the class got a temporary password."""
    words = to.t("notice-teacher-one") if name else to.t("notice-teacher-many", count=count)
    card = password_state_card(
        to.t,
        title=to.t("notice-set-title" if name else "notice-job-title"),
        paragraphs=(words, to.t("notice-teacher-next")),
        name=name,
        class_=class_ if name else "",
        facts=() if name else _class(to, class_),
    )
    return Reply(card=card)


def _class(to: Voice, class_: str) -> Facts:
    """Where nobody is named, the class stands for itself."""
    return ((to.t("card-result-class"), class_),) if class_ else ()


def _by(to: Voice, actor_name: str) -> Facts:
    return ((to.t("notice-by"), actor_name),) if actor_name else ()
