"""The worker sets the password: judged again, generated and stored before it is sent, sent until it is certain."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.core.actors.ports import Deputies, FreshActors
from bot.core.audit import AuditEntry
from bot.core.clock import Clock, day_in_sofia
from bot.core.decision import Decision, Reason
from bot.core.errors import (
    AccountMissing,
    DirectoryBusy,
    DirectoryError,
    DirectoryForbidden,
    DirectoryMisunderstood,
    DirectoryUnavailable,
    NotGranted,
    PasswordRefused,
)
from bot.core.handover.model import Ground
from bot.core.handover.policy import student_birth, under_14
from bot.core.passwords.authorise import Authorise, Standing
from bot.core.passwords.avoid import pieces_of
from bot.core.passwords.finish import FinishReset
from bot.core.passwords.generator import generate
from bot.core.passwords.model import RESET, Failure, Operation, Stage, Timing
from bot.core.passwords.policy import awaited_for
from bot.core.passwords.ports import AccountReader, AccountWriter, Operations, Releases, Waiting
from bot.core.passwords.record import key_destroyed_entry
from bot.core.passwords.secret import Secret
from bot.core.people.classes import grade_of
from bot.core.people.model import Kind
from bot.core.tasks import RateLimit, Task, TaskHandler
from bot.core.turns import A_MOMENT, MOST_MISSED, Turns, put_off

_MOST_REFUSALS = 3

_CERTAIN = {
    DirectoryForbidden: Failure.FORBIDDEN,
    NotGranted: Failure.NOT_GRANTED,
    AccountMissing: Failure.MISSING,
    DirectoryMisunderstood: Failure.NOT_UNDERSTOOD,
}
"""Answers after which the password is certainly not set, and never will be; see `MOST_MISSED`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryOutReset(TaskHandler):
    """Task handler of `RESET` (`bot.core.tasks.TaskHandler`). Payload: `operation`.

    - Nothing is sent that was not judged a moment before: turn, director, account, candidate, request.
    - Every attempt at one operation sends the same password; another one only when this very attempt proposed it and
      the directory refused it, so that nobody else can have sent it.
    """

    kind = RESET
    most_failures = 1_000
    """Time ends it, not a number (`awaited_for`)."""

    actors: FreshActors
    reader: AccountReader
    writer: AccountWriter
    operations: Operations
    releases: Releases
    deputies: Deputies
    rate_limit: RateLimit
    clock: Clock
    timing: Timing
    writes_per_second: float
    below: Callable[[int], int]
    """`below(n)` is a random whole number in [0, n): `secrets.randbelow` in production."""
    waiting: Waiting
    admit_synthetic: bool = False

    @property
    def _authorise(self) -> Authorise:
        return Authorise(
            actors=self.actors,
            reader=self.reader,
            releases=self.releases,
            deputies=self.deputies,
            clock=self.clock,
        )

    @property
    def _turns(self) -> Turns:
        return Turns(self.rate_limit, self.clock, self.writes_per_second)

    @property
    def _finish(self) -> FinishReset:
        return FinishReset(
            reader=self.reader,
            operations=self.operations,
            clock=self.clock,
            timing=self.timing,
            waiting=self.waiting,
        )

    async def carry_out(self, task: Task) -> None:
        """See `TaskHandler`."""
        operation = await self.operations.one(task.payload["operation"])
        if operation is None or operation.stage is not Stage.REQUESTED:
            return
        if self._late(operation):
            # Whatever kept it (a worker that was down, a restored backup, a long pause of the directory's, a bug):
            # what was set now would be destroyed unseen, and the password that works would be lost.
            await self._finish.fail(task, operation, Failure.UNAVAILABLE)
            return
        await self._try(task, operation)

    async def on_dead_letter(self, task: Task, error: Exception) -> None:  # noqa: ARG002 -- whatever it was, it is over
        """See `TaskHandler`."""
        operation = await self.operations.one(task.payload["operation"])
        if operation is not None and operation.stage is Stage.REQUESTED:
            await self._finish.fail(task, operation, Failure.UNAVAILABLE)

    async def _try(self, task: Task, operation: Operation) -> None:
        while True:
            await self._turns.take(urgent=not operation.asked.job)
            judged_at = self.clock()
            try:
                standing = await self._standing(operation)
            except DirectoryError as error:
                await self._later(task, operation, error)
                return
            if isinstance(standing, Decision):
                reason = "" if standing.denied_because is None else standing.denied_because.value
                await self._finish.fail(task, operation, Failure.DENIED, reason)
                return
            if not await self._send(task, operation, standing, judged_at):
                return

    async def _standing(self, operation: Operation) -> Standing | Decision:
        asked = operation.asked
        standing = await self._authorise(asked.actor, asked.tenant, asked.school, asked.person)
        if isinstance(standing, Decision):
            return standing
        person, today = standing.facts.person, self._today()
        if (person.kind is Kind.STUDENT) != asked.is_student:
            # Who may receive it was judged for another kind of person.
            return Decision(Reason.ONLY_OWNER)
        if asked.ground is Ground.UNDER_14:
            birth = student_birth(person, today, self.admit_synthetic, grade=grade_of(person).number)
            if birth is not None and not under_14(birth, today):
                return Decision(Reason.FOURTEEN)
        return standing

    async def _send(self, task: Task, operation: Operation, standing: Standing, judged_at: datetime) -> bool:
        """One request. True when the password was refused and another one may be tried at once."""
        proposed: list[Secret] = []

        def propose() -> Secret:
            if operation.in_doubt:
                raise _LostCandidateError
            avoid = pieces_of(standing.facts.person, standing.school, self._today())
            proposed.append(generate(operation.asked.form, self.below, avoid))
            return proposed[-1]

        try:
            secret = await self.operations.candidate(task, operation.asked.id, propose, self._superseded)
        except _LostCandidateError:
            await self._finish.fail(task, operation, Failure.UNAVAILABLE)
            return False
        if secret is None:
            return False
        only_ours = bool(proposed)
        if self.clock() - judged_at > A_MOMENT:
            await self._later(task, operation, DirectoryUnavailable("frozen"), certain=only_ours)
            return False
        try:
            set_at = await self.writer.set_password(operation.asked.person, secret, many=bool(operation.asked.job))
        except DirectoryBusy as busy:
            await self._turns.throttled(busy)
            await self._later(task, operation, busy, certain=only_ours)
            return False
        except PasswordRefused:
            return await self._refused(task, operation, only_ours=only_ours)
        except (DirectoryForbidden, AccountMissing, DirectoryMisunderstood) as error:
            await self._not_done(task, operation, error, only_ours=only_ours)
            return False
        except DirectoryError as error:
            await self._doubt(task, operation, error)
            return False
        await self._set(task, operation, set_at)
        return False

    def _superseded(self, other: Operation) -> tuple[AuditEntry, ...]:
        return (key_destroyed_entry(other, self.clock()),)

    async def _not_done(self, task: Task, operation: Operation, error: DirectoryError, *, only_ours: bool) -> None:
        if isinstance(error, AccountMissing) and task.failures < MOST_MISSED:
            raise put_off(error, task.failures) from error
        await self._finish.fail(task, operation, _CERTAIN[type(error)], certain=only_ours)

    async def _refused(self, task: Task, operation: Operation, *, only_ours: bool) -> bool:
        """A new password is tried only if nobody can have set this one, and three in all."""
        if only_ours and await self.operations.refuse_candidate(task, operation.asked.id) < _MOST_REFUSALS:
            return True
        await self._finish.fail(task, operation, Failure.REFUSED, certain=only_ours)
        return False

    async def _set(self, task: Task, operation: Operation, set_at: datetime) -> None:
        revoked = operation.asked.revoke
        if revoked:
            try:
                await self.writer.revoke_sessions(operation.asked.person)
            except (DirectoryForbidden, AccountMissing, DirectoryMisunderstood):
                # Asking for half an hour would not change it. The password is set and is shown; that the sessions
                # go on is told with it.
                revoked = False
            except DirectoryError as error:
                # It is set and stays as it is: the next attempt sets the same one, and revokes.
                if isinstance(error, DirectoryBusy):
                    await self._turns.throttled(error)
                await self._doubt(task, operation, error)
                return
        await self._finish.ready(task, operation, set_at, revoked=revoked)

    async def _doubt(self, task: Task, operation: Operation, error: DirectoryError) -> None:
        await self.operations.doubt(task, operation.asked.id)
        await self._later(task, replace(operation, in_doubt=True), error)

    async def _later(self, task: Task, operation: Operation, error: DirectoryError, *, certain: bool = False) -> None:
        """TryAgain; or the end, when it has been tried for long enough."""
        if self._late(operation):
            await self._finish.fail(task, operation, Failure.UNAVAILABLE, certain=certain)
            return
        raise put_off(error, task.failures) from error

    def _late(self, operation: Operation) -> bool:
        return self.clock() >= operation.asked.at + awaited_for(bool(operation.asked.job), self.timing)

    def _today(self) -> date:
        return day_in_sofia(self.clock())


class _LostCandidateError(Exception):
    """A password was sent and is not known any more (a row that does not open): no second one may follow it."""
