"""Showing the password to the one who asked for it, once and a little longer, and noting that it was handed over."""

from dataclasses import dataclass
from datetime import timedelta

from bot.core.actors.model import Actor
from bot.core.actors.permits import directs
from bot.core.actors.ports import FreshActors
from bot.core.audit import AuditLog
from bot.core.clock import Clock
from bot.core.decision import Decision, Reason
from bot.core.passwords.authorise import belongs_to, own_operation
from bot.core.passwords.model import Job, NewOperation, Operation, Refused, Shown, Stage, Timing
from bot.core.passwords.notices import alarm
from bot.core.passwords.ports import Operations
from bot.core.passwords.record import alarm_entry, handed_entry, not_shown_entry, showing


@dataclass(frozen=True, slots=True, kw_only=True)
class RevealPassword:
    """The secret within its lease. The first showing begins the lease and a task that destroys the key at its end."""

    actors: FreshActors
    operations: Operations
    audit: AuditLog
    clock: Clock
    timing: Timing

    async def __call__(self, actor: Actor, conversation: str, operation_id: str) -> Shown | Operation | Refused:
        """Shown; or the operation, whose stage says why there is nothing to show (not yet, not any more, failed);
        or a refusal (not the actor's, other conversation, no longer director of that school).

        Errors: DirectoryError and its kinds, StoreUnavailable.
        """
        operation = await self.operations.one(operation_id)
        if operation is None:
            return Refused(Decision(Reason.NO_OPERATION))
        decision = belongs_to(operation.asked, actor, conversation)
        if decision.allowed:
            if operation.stage not in {Stage.READY, Stage.SHOWN}:
                return operation
            now_actor = await self.actors.fresh(actor.object_id, actor.tenant_id)
            decision = directs(now_actor, operation.asked.school)
        if not decision.allowed:
            await self.audit.append(not_shown_entry(operation, self.clock(), actor.object_id, decision))
            return Refused(decision)
        shown = await self._fetch(actor, conversation, operation_id)
        if shown is not None:
            return shown
        # Too late, or just handed over: what it is now says so.
        return await self.operations.one(operation_id) or Refused(Decision(Reason.NO_OPERATION))

    async def _fetch(self, actor: Actor, conversation: str, operation_id: str) -> Shown | None:
        now = self.clock()
        lease_until = now + timedelta(seconds=self.timing.lease_seconds)
        shown = await self.operations.reveal(
            (operation_id,),
            actor.object_id,
            conversation,
            now=now,
            lease_until=lease_until,
            record=showing(now, lease_until),
        )
        return shown[0] if shown else None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """The director notes that the password was handed over: the receipt, and the end of the lease."""

    operations: Operations
    clock: Clock

    async def __call__(self, actor: Actor, conversation: str, operation_id: str) -> Operation | Refused:
        """The operation as it is then: with `handed_at` if this press noted it, or an earlier one whose noting may
        have been taken back since. Not noted is what was never shown, what the board has noted, and what a newer one
        has ended or may have (`Operations.afterwards` says which of it).

        Errors: StoreUnavailable.
        """
        operation = await own_operation(self.operations, actor, conversation, operation_id)
        if isinstance(operation, Refused):
            return operation
        now = self.clock()
        await self.operations.hand_over(operation_id, now, (handed_entry(operation, now),))
        return await self.operations.one(operation_id) or operation


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportTheft:
    """Somebody pressed a genuine card that is another's: refused, recorded, and the owner is told."""

    operations: Operations
    clock: Clock

    async def __call__(self, presser: str, verb: str, operation_id: str = "", *, job_id: str = "") -> None:
        """Never refuses: recording is all it does. The card is that of an operation or of a job. Its owner is told
        once an hour of the same person's presses, and not of their own in another conversation.

        Errors: StoreUnavailable.
        """
        now = self.clock()
        about: NewOperation | Job | None
        if operation_id:
            operation = await self.operations.one(operation_id)
            about = None if operation is None else operation.asked
        else:
            about = await self.operations.job(job_id)
        entry = alarm_entry(now, presser, verb, about, operation_id=operation_id, job_id=job_id)
        told = (alarm(about, presser, now),) if about is not None and about.actor != presser else ()
        await self.operations.note((entry,), told)
