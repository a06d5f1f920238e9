"""What the audit log keeps of temporary passwords: never a password, a name or an identifier."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.core.audit import AuditEntry
from bot.core.decision import ALLOWED, Decision
from bot.core.handover.model import Recipient
from bot.core.passwords.model import BURN, Failure, Job, NewOperation, Operation
from bot.core.tasks import NewTask

REQUESTED = "password.requested"
SET = "password.set"
FAILED = "password.failed"
SHOWN = "password.shown"
SHOWN_AGAIN = "password.shown-again"
HANDED = "password.handed"
KEY_DESTROYED = "password.key-destroyed"
NOT_SET = "password.not-set"
LIFE_ENDED = "password.life-ended"
SUPERSEDED = "password.superseded"
ALARM = "password.alarm"
SLIPS_OFFERED = "password.slips-offered"
SLIPS_COLLECTED = "password.slips-collected"
SLIPS_COLLECTED_AGAIN = "password.slips-collected-again"


def requested_entry(new: NewOperation, decision: Decision) -> AuditEntry:
    """A request that was judged whole: allowed, or denied by the day's limit."""
    detail = _detail(new)
    if new.revoke:
        detail["revoke"] = "asked"
    return AuditEntry(new.at, new.actor, REQUESTED, new.person, _outcome(decision, detail), detail)


def refused_entry(
    at: datetime, actor: str, operation_id: str, *, person: str, recipient: Recipient | None, decision: Decision
) -> AuditEntry:
    """A request denied before there was anything to begin."""
    detail = {"operation": operation_id}
    if recipient is not None:
        detail["recipient"] = recipient.value
    return AuditEntry(at, actor, REQUESTED, person, _outcome(decision, detail), detail)


def set_entry(operation: Operation, at: datetime, *, revoked: bool) -> AuditEntry:
    """The directory has the password, and its director can see it. `revoked`: and the account is signed out."""
    return _entry(operation, SET, at, "done", revoked="yes" if revoked else "no")


def failed_entry(operation: Operation, at: datetime, failure: Failure, reason: str) -> AuditEntry:
    """It was not set, or nobody can tell whether it was (`doubt`)."""
    doubt = "yes" if operation.in_doubt else "no"
    return _entry(operation, FAILED, at, failure.value, doubt=doubt, **({"reason": reason} if reason else {}))


def not_set_entry(operation: Operation, at: datetime) -> AuditEntry:
    """It failed without a clear answer, and now the directory shows that it was not set."""
    return _entry(operation, NOT_SET, at, "certain")


def shown_entry(operation: Operation, at: datetime, *, again: bool) -> AuditEntry:
    """The secret went to its director."""
    return _entry(operation, SHOWN_AGAIN if again else SHOWN, at, "shown")


def showing(
    now: datetime, lease_until: datetime
) -> Callable[[Operation, bool], tuple[Sequence[AuditEntry], Sequence[NewTask]]]:
    """What is kept of each secret that is shown (`Operations.reveal`): the entry, and the first time the task that
    destroys it when its lease ends.
    """

    def record(operation: Operation, again: bool) -> tuple[Sequence[AuditEntry], Sequence[NewTask]]:
        burn = NewTask(BURN, f"{operation.asked.id}:lease", lease_until, {"operation": operation.asked.id})
        return (shown_entry(operation, now, again=again),), () if again else (burn,)

    return record


def not_shown_entry(operation: Operation, at: datetime, actor: str, decision: Decision) -> AuditEntry:
    """Somebody (perhaps its director, who is no director any more) was refused the secret."""
    detail = _detail(operation.asked)
    return AuditEntry(at, actor, SHOWN, operation.asked.person, _outcome(decision, detail), detail)


def slips_entry(
    action: str,
    at: datetime,
    actor: str,
    every: Sequence[Operation],
    *,
    count: int,
    job: str,
    decision: Decision = ALLOWED,
) -> AuditEntry:
    """A link to `count` slips: about the person of its one operation, or about the school of its job."""
    detail = ({"job": job} if job else _detail(every[0].asked)) | {"slips": str(count)}
    subject = every[0].asked.school if job else every[0].asked.person
    return AuditEntry(at, actor, action, subject, _outcome(decision, detail), detail)


def handed_entry(operation: Operation, at: datetime) -> AuditEntry:
    """The receipt: the director says that it was handed over."""
    return _entry(operation, HANDED, at, "done")


def key_destroyed_entry(operation: Operation, at: datetime) -> AuditEntry:
    """The secret cannot be read any more by anybody."""
    return _entry(operation, KEY_DESTROYED, at, "unseen" if operation.shown_at is None else "seen")


def life_ended_entry(operation: Operation, at: datetime, ending: str) -> AuditEntry:
    """How the password's life ended: `changed`, `expired`, `replaced`."""
    return _entry(operation, LIFE_ENDED, at, ending)


def superseded_entry(operation: Operation, at: datetime, by: NewOperation) -> AuditEntry:
    """A password that somebody had seen, or that was printed, works no more: a newer one was set."""
    entry = _entry(operation, SUPERSEDED, at, "ended", by=by.id)
    return replace(entry, actor=by.actor)


def alarm_entry(
    at: datetime,
    presser: str,
    verb: str,
    about: NewOperation | Job | None,
    *,
    operation_id: str = "",
    job_id: str = "",
) -> AuditEntry:
    """A genuine card in the wrong hands. The actor is who pressed; the subject the person it is about, of a job its
    school, and where neither is known any more what the card said, or who pressed.
    """
    if isinstance(about, NewOperation):
        return AuditEntry(at, presser, ALARM, about.person, "raised", _detail(about) | {"verb": verb})
    detail = {"operation": operation_id} if operation_id else {"job": job_id}
    if about is None:
        subject = operation_id or job_id or presser
    else:
        subject = about.school
        detail |= {"recipient": about.recipient.value, "school": about.school}
    return AuditEntry(at, presser, ALARM, subject, "raised", detail | {"verb": verb})


def _entry(operation: Operation, action: str, at: datetime, outcome: str, **more: str) -> AuditEntry:
    asked = operation.asked
    return AuditEntry(at, asked.actor, action, asked.person, outcome, _detail(asked) | more)


def _detail(asked: NewOperation) -> dict[str, str]:
    detail = {
        "operation": asked.id,
        "recipient": asked.recipient.value,
        "ground": asked.ground.value,
        "school": asked.school,
    }
    return detail | ({"job": asked.job} if asked.job else {})


def _outcome(decision: Decision, detail: dict[str, str]) -> str:
    if decision.denied_because is None:
        return "allowed"
    detail["reason"] = decision.denied_because.value
    return "denied"
