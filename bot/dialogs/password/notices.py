"""What is said about passwords without being asked → cards. They are messages that stay: never a password in them."""

from datetime import datetime

from bot.conversation import Reply
from bot.core.passwords.model import Job, Operation
from bot.core.passwords.request_many import Progress
from bot.dialogs.password.sessions import sessions_words, still_signed_in
from bot.texts.catalog import Translate
from bot.texts.moments import moment
from cards.lines import Mood
from cards.password_state import password_state_card


def set_notice(t: Translate, language: str, operation: Operation, actor_name: str, *, own: bool = False) -> Reply:
    """To every director of the school: a password was set. `own`: to whoever asked for it, as the receipt that stays
    in the chat.
    """
    facts = (
        *_by(t, actor_name),
        (t("notice-at"), moment(operation.set_at or operation.at, language)),
        (t("password-recipient"), t(f"recipient-{operation.recipient.value}")),
        *([(t("password-expires"), moment(operation.expires_at, language))] if operation.expires_at else []),
    )
    title, said, not_you = (
        ("notice-receipt-title", "notice-receipt", "notice-receipt-not-you")
        if own
        else ("notice-set-title", "notice-set", "notice-not-you")
    )
    paragraphs = (t(said), *sessions_words(operation, t), t(not_you))
    mood: Mood = "attention" if still_signed_in(operation) else "plain"
    return _about(t, operation, t(title), paragraphs, *facts, mood=mood)


def alarm_notice(t: Translate, language: str, operation: Operation, at: datetime) -> Reply:
    """To the director who asked for it: somebody else has tried to have it."""
    when = (t("notice-at"), moment(at, language))
    words = (t("notice-alarm"), t("notice-alarm-next"))
    return _about(t, operation, t("notice-alarm-title"), words, when, mood="attention")


def job_alarm_notice(t: Translate, language: str, job: Job, at: datetime) -> Reply:
    """To the director who asked for the passwords of a class: somebody else has pressed a button of its card."""
    card = password_state_card(
        t,
        title=t("notice-alarm-job-title"),
        paragraphs=(t("notice-alarm-job"), t("notice-alarm-job-next")),
        facts=(*_class(t, job.label), (t("notice-at"), moment(at, language))),
        mood="attention",
    )
    return Reply(card=card)


def replaced_notice(t: Translate, language: str, operation: Operation) -> Reply:
    """To the director who had it made: unused, it was replaced when its life was over."""
    at = operation.ended_at or operation.expires_at
    facts = ((t("notice-at"), moment(at, language)),) if at else ()
    return _about(t, operation, t("notice-replaced-title"), (t("notice-replaced"), t("notice-replaced-next")), *facts)


def job_notice(t: Translate, language: str, progress: Progress, actor_name: str) -> Reply:
    """To the other directors of the school: passwords are being made for a class."""
    job = progress.job
    facts = (
        *_class(t, job.label),
        *_by(t, actor_name),
        (t("notice-at"), moment(job.at, language)),
        (t("password-recipient"), t(f"recipient-{job.recipient.value}")),
    )
    card = password_state_card(
        t,
        title=t("notice-job-title"),
        paragraphs=(t("notice-job", count=len(progress.operations)), t("notice-not-you-many")),
        facts=facts,
    )
    return Reply(card=card)


def class_teacher_notice(t: Translate, *, name: str, class_: str, count: int = 1) -> Reply:
    """To the class teacher: one student (by name) or `count` students of the class got a temporary password."""
    words = t("notice-teacher-one") if name else t("notice-teacher-many", count=count)
    card = password_state_card(
        t,
        title=t("notice-set-title" if name else "notice-job-title"),
        paragraphs=(words, t("notice-teacher-next")),
        name=name,
        class_=class_ if name else "",
        facts=() if name else _class(t, class_),
    )
    return Reply(card=card)


def _about(
    t: Translate,
    operation: Operation,
    title: str,
    paragraphs: tuple[str, ...],
    *facts: tuple[str, str],
    mood: Mood = "plain",
) -> Reply:
    card = password_state_card(
        t,
        title=title,
        paragraphs=paragraphs,
        name=operation.name,
        class_=operation.class_,
        username=operation.username,
        facts=facts,
        mood=mood,
    )
    return Reply(card=card)


def _class(t: Translate, class_: str) -> tuple[tuple[str, str], ...]:
    """Where nobody is named, the class stands for itself."""
    return ((t("card-result-class"), class_),) if class_ else ()


def _by(t: Translate, actor_name: str) -> tuple[tuple[str, str], ...]:
    return ((t("notice-by"), actor_name),) if actor_name else ()
