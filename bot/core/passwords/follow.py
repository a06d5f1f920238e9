"""How far an operation or a job (passwords for a class) is, stopping a job, and whether a password works."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.actors.model import Actor
from bot.core.audit import AuditEntry
from bot.core.clock import Clock
from bot.core.decision import Decision, Reason
from bot.core.passwords.authorise import own_operation, still_own
from bot.core.passwords.model import NOTHING_YET, Afterwards, Job, Operation, PasswordStatus, Refused, Stage, Timing
from bot.core.passwords.ports import AccountReader, Operations
from bot.core.passwords.status import is_accepted, status_of

STILL_AFTER = timedelta(seconds=20)
"""Without anything set for so long, whoever waits is told why: a class needs a tenth of a second for each."""

_LOOK_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Progress:
    """A job and its operations, by name. Everything else follows from their stages."""

    job: Job
    operations: tuple[Operation, ...]

    @property
    def left(self) -> int:
        """Not yet done."""
        return sum(one.stage is Stage.REQUESTED for one in self.operations)

    @property
    def failed(self) -> tuple[Operation, ...]:
        """Those that failed."""
        return tuple(one for one in self.operations if one.stage is Stage.FAILED)

    @property
    def cancelled(self) -> int:
        """Taken back before they were begun."""
        return sum(one.stage is Stage.CANCELLED for one in self.operations)

    @property
    def done(self) -> int:
        """Set, whether shown or not."""
        return len(self.operations) - self.left - len(self.failed) - self.cancelled

    @property
    def printable(self) -> int:
        """Whose slip can be had now."""
        return sum(one.stage in {Stage.READY, Stage.SHOWN} for one in self.operations)

    @property
    def finished(self) -> bool:
        """Nothing is left to be done."""
        return self.left == 0

    @property
    def unanswered(self) -> bool:
        """The directory did not answer for one of those that are left."""
        return any(one.stage is Stage.REQUESTED and one.in_doubt for one in self.operations)

    def stands_still(self, now: datetime) -> bool:
        """Something is left and nothing was set for a while: the directory takes no more just now."""
        moved = max((one.set_at for one in self.operations if one.set_at is not None), default=self.job.at)
        return not self.finished and now - max(moved, self.job.at) >= STILL_AFTER


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelJob:
    """Stops what is not yet begun."""

    operations: Operations
    clock: Clock

    async def __call__(self, actor: Actor, conversation: str, job_id: str) -> Progress | Refused:
        """Errors: StoreUnavailable."""
        before = await own_progress(self.operations, actor, conversation, job_id)
        if isinstance(before, Refused) or before.job.cancelled_at is not None:
            return before
        now, job = self.clock(), before.job

        def entries(count: int) -> tuple[AuditEntry, ...]:
            detail = {"job": job.id, "recipient": job.recipient.value, "cancelled": str(count)}
            entry = AuditEntry(now, actor.object_id, "password.cancelled", job.school, "cancelled", detail)
            return (entry,) if count else ()

        await self.operations.cancel(job_id, now, entries)
        return await own_progress(self.operations, actor, conversation, job_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadJob:
    """How far a job is, for its director."""

    operations: Operations

    async def __call__(self, actor: Actor, conversation: str, job_id: str) -> Progress | Refused:
        """Errors: StoreUnavailable."""
        return await own_progress(self.operations, actor, conversation, job_id)


async def own_progress(operations: Operations, actor: Actor, conversation: str, job_id: str) -> Progress | Refused:
    """A job of this actor in this conversation, for the school they still direct. Errors: StoreUnavailable."""
    job = await operations.job(job_id)
    if job is None:
        return Refused(Decision(Reason.NO_OPERATION))
    own = still_own(job, actor, conversation)
    if not own.allowed:
        return Refused(own)
    return Progress(job, await operations.of_job(job_id))


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowOperation:
    """The present state of an operation, for its director."""

    operations: Operations
    sleep: Callable[[float], Awaitable[None]]

    async def __call__(
        self, actor: Actor, conversation: str, operation_id: str, *, patience: float = 0.0
    ) -> Operation | Refused:
        """The operation; waits up to `patience` seconds for it to leave REQUESTED. Errors: StoreUnavailable."""
        operation = await own_operation(self.operations, actor, conversation, operation_id)
        looks = round(patience / _LOOK_SECONDS)
        while looks > 0 and isinstance(operation, Operation) and operation.stage is Stage.REQUESTED:
            await self.sleep(_LOOK_SECONDS)
            looks -= 1
            operation = await own_operation(self.operations, actor, conversation, operation_id)
        return operation


@dataclass(frozen=True, slots=True)
class PasswordState:
    """`accepted`: the directory shows the change already; None where there is nothing to see (not set, ended, or
    followed by a newer password). `status` is what would be without what came `after` it.
    """

    operation: Operation
    status: PasswordStatus
    accepted: bool | None
    after: Afterwards = NOTHING_YET


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckPassword:
    """Whether the password has reached the directory, and whether its owner has changed it."""

    reader: AccountReader
    operations: Operations
    clock: Clock
    timing: Timing

    async def __call__(self, actor: Actor, conversation: str, operation_id: str) -> PasswordState | Refused:
        """Errors: DirectoryError and its kinds, StoreUnavailable."""
        operation = await own_operation(self.operations, actor, conversation, operation_id)
        if isinstance(operation, Refused):
            return operation
        after = await self.operations.afterwards(operation)
        over = operation.ending in {"changed", "replaced"}  # "expired" is not: it goes on working
        # What a newer one has changed, or may have, is no change by its owner.
        if operation.set_at is None or over or after.newer is not None:
            return PasswordState(operation, status_of(operation, None, self.clock(), self.timing), None, after)
        changes = await self.reader.password_changes((operation.asked.person,))
        changed_at: datetime | None = changes.get(operation.asked.person)
        status = status_of(operation, changed_at, self.clock(), self.timing)
        return PasswordState(operation, status, is_accepted(operation, changed_at), after)
