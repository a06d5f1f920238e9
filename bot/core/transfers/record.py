"""What the audit log keeps of transfer requests: never a name, an identifier, or what somebody wrote about a student.

What a regional expert states before being shown a student is kept: it is the ground of an access to personal data.
"""

from collections.abc import Sequence
from datetime import datetime

from bot.core.audit import AuditEntry
from bot.core.decision import Decision
from bot.core.people.free_text import FreeText
from bot.core.transfers.model import Asked, Side, Step, Transfer

REQUESTED = "transfer.requested"
DECIDED = "transfer.decided"
CHANGED = "transfer.changed"
APPEALED = "transfer.appealed"
BEGUN = "transfer.begun"
CARRIED_OUT = "transfer.carried-out"
OPENED = "transfer.opened"
DENIED = "transfer.denied"

WORKER = "worker"
"""The actor of what time and the worker do."""


def requested_entry(transfer: Transfer) -> AuditEntry:
    """The request is made."""
    return _entry(transfer, REQUESTED, transfer.asked.at, transfer.asked.actor, "requested")


def decided_entry(transfer: Transfer) -> AuditEntry:
    """Somebody approved, refused, returned or withdrew it; `transfer` is as it is afterwards."""
    verdict = transfer.verdict
    if verdict is None:
        raise ValueError("nobody has decided")
    detail = {"as": verdict.as_.value, "state": transfer.state.value}
    return _entry(transfer, DECIDED, verdict.at, verdict.by, transfer.state.value, **detail)


def appealed_entry(transfer: Transfer) -> AuditEntry:
    """The receiving director has brought a refusal before the regional office; `transfer` is as it is afterwards."""
    appeal = transfer.appeal
    if appeal is None:
        raise ValueError("nobody has brought it before the office")
    detail = {"against": appeal.against.value}
    return _entry(transfer, APPEALED, appeal.at, appeal.by, transfer.state.value, **detail)


def retried_entry(transfer: Transfer, at: datetime, actor: str, side: Side) -> AuditEntry:
    """Somebody had it carried out again."""
    return _entry(transfer, CHANGED, at, actor, "retried", **{"as": side.value})


def changed_entry(transfer: Transfer, at: datetime) -> AuditEntry:
    """Time has passed, or the student was found elsewhere; `transfer` is as it is afterwards."""
    return _entry(transfer, CHANGED, at, WORKER, transfer.state.value)


def placed_entry(transfer: Transfer, at: datetime) -> AuditEntry:
    """The region of the school that is asked became known; `transfer` is as it is afterwards."""
    return _entry(transfer, CHANGED, at, WORKER, "placed", region=transfer.asked.releasing.region)


def begun_entry(transfer: Transfer, at: datetime, steps: Sequence[Step]) -> AuditEntry:
    """Carrying out begins: what is going to be done in the directory."""
    return _entry(transfer, BEGUN, at, WORKER, "begun", steps=_listed(steps))


def carried_out_entry(transfer: Transfer, at: datetime, steps: Sequence[Step]) -> AuditEntry:
    """Carrying out ended, well or not; `steps` are those that were done."""
    problem = transfer.problem.value if transfer.problem is not None else ""
    detail = {"steps": _listed(steps), "problem": problem, "remark": transfer.remark.value}
    return _entry(transfer, CARRIED_OUT, at, WORKER, transfer.state.value, **detail)


def opened_entry(transfer: Transfer, at: datetime, expert: str, reason: FreeText) -> AuditEntry:
    """An expert of the regional office was shown whom it is about, and why."""
    return _entry(transfer, OPENED, at, expert, "shown", reason=reason)


def denied_entry(at: datetime, actor: str, what: str, subject: str, decision: Decision) -> AuditEntry:
    """Somebody was refused something. `subject` is the student's object id, or the request's id where that is not
    for this person to touch.
    """
    reason = decision.denied_because
    return AuditEntry(at, actor, DENIED, subject, "denied", {"what": what, "reason": reason.value if reason else ""})


def _entry(transfer: Transfer, action: str, at: datetime, actor: str, outcome: str, **more: str) -> AuditEntry:
    asked: Asked = transfer.asked
    detail = {
        "transfer": asked.id,
        "number": str(transfer.number),
        "receiving": asked.receiving.id,
        "releasing": asked.releasing.id,
        "version": str(transfer.version),
    }
    return AuditEntry(at, actor, action, asked.person, outcome, detail | more)


def _listed(steps: Sequence[Step]) -> str:
    return ",".join(f"{step.kind.value}:{step.target}" for step in steps)
