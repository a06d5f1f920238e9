"""What is written when the operations of a job begin: a verdict for each, and with the first allowed one what belongs
to the job as a whole, all of it in one transaction.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.core.audit import AuditEntry
from bot.core.decision import Decision, Reason
from bot.core.passwords.model import NOTICE, PROGRESS, RESET, Job, NewOperation, Operation, Timing
from bot.core.passwords.notices import CLASS_TEACHER
from bot.core.passwords.policy import unaware, within_day
from bot.core.passwords.ports import Judgement
from bot.core.passwords.record import refused_entry, requested_entry
from bot.core.tasks import NewTask

_ANSWERED_WITHIN = timedelta(seconds=3)
"""The answer to the press shows the beginning; what the message shows next comes behind it."""


class JobVerdicts:
    """The judge (`bot.core.passwords.ports.Judge`) of the operations of one job.

    `new` are all of them in the order in which they are judged; `refused` those already refused, by operation id;
    `told` the object ids of the other directors of the school; `message`, `knows`: see `ManyWish`. May be asked again
    from the beginning, as by a transaction that is repeated.
    """

    def __init__(
        self,
        job: Job,
        new: Sequence[NewOperation],
        refused: Mapping[str, Decision],
        *,
        told: Collection[str],
        timing: Timing,
        message: str = "",
        knows: datetime | None = None,
    ) -> None:
        self._job = job
        self._order = [one.id for one in new]
        self._refused = refused
        self._told = tuple(told)
        self._message = message
        self._knows = knows
        self._timing = timing
        self._allowed: dict[str, bool] = {}

    def __call__(self, new: NewOperation, past: Sequence[Operation]) -> Judgement:
        """The verdict on one of them."""
        # The limit first: nobody is asked about what would be refused whatever they answer.
        decision = self._refused.get(new.id) or within_day(past, new.at, self._timing)
        if decision.allowed:
            decision = unaware(past, new.actor, new.at, self._knows)
        self._allowed[new.id] = decision.allowed
        requested = self._requested(new, decision)
        if not decision.allowed:
            return Judgement(decision, (requested,))
        reset = NewTask(RESET, new.id, new.at, {"operation": new.id})
        if not self._first(new.id):
            return Judgement(decision, (requested,), (reset,))
        return Judgement(decision, (self._begun(), requested), (reset, *self._of_the_job(new.at)))

    def unreadable(self, new: NewOperation) -> Judgement:
        """The verdict on one of whose past something cannot be read: none is given beside what nobody here knows."""
        decision = self._refused.get(new.id) or Decision(Reason.NOT_READABLE)
        self._allowed[new.id] = False
        return Judgement(decision, (self._requested(new, decision),))

    def _first(self, operation_id: str) -> bool:
        """Whether none before it is allowed: each of those was judged before it, this time too."""
        before = self._order[: self._order.index(operation_id)]
        return not any(self._allowed.get(earlier, False) for earlier in before)

    def _requested(self, new: NewOperation, decision: Decision) -> AuditEntry:
        if new.id not in self._refused:
            return requested_entry(new, decision)
        entry = refused_entry(
            new.at, new.actor, new.id, person=new.person, recipient=new.recipient, decision=decision
        )
        return replace(entry, detail={**entry.detail, "job": new.job})

    def _begun(self) -> AuditEntry:
        job = self._job
        detail = {"job": job.id, "recipient": job.recipient.value, "chosen": str(len(self._order))}
        return AuditEntry(job.at, job.actor, "password.job", job.school, "allowed", detail)

    def _of_the_job(self, at: datetime) -> Iterator[NewTask]:
        job = self._job.id
        if self._message:
            yield NewTask(PROGRESS, job, at + _ANSWERED_WITHIN, {"job": job, "message": self._message})
        else:
            yield NewTask(PROGRESS, job, at, {"job": job})
        for to in (*self._told, CLASS_TEACHER):
            yield NewTask(NOTICE, f"job:{job}:{to}", at, {"what": "job", "job": job, "to": to})


def refused_job_entry(
    at: datetime, actor: str, job: str, *, school: str, chosen: int, decision: Decision
) -> AuditEntry:
    """A job refused as a whole, before any of its students was looked at."""
    detail = {"job": job, "chosen": str(chosen)}
    if decision.denied_because is not None:
        detail["reason"] = decision.denied_because.value
    return AuditEntry(at, actor, "password.job", school, "denied", detail)
