"""How an operation leaves REQUESTED: the password is set, or it failed. One transaction each, fenced by the task."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.core.actors.directors import DIRECTORS_SINCE
from bot.core.audit import AuditEntry
from bot.core.clock import Clock, at_earliest
from bot.core.errors import DirectoryError
from bot.core.handover.changes import CLOCKS_DIFFER, DOUBT_ENDS
from bot.core.passwords.model import BURN, EXPIRE, SETTLE, Failure, Operation, SetTimes, Timing
from bot.core.passwords.notices import CLASS_TEACHER, given_up, notice
from bot.core.passwords.policy import life_of, unseen_for
from bot.core.passwords.ports import AccountReader, Operations, Waiting
from bot.core.passwords.record import failed_entry, set_entry, superseded_entry
from bot.core.passwords.secret import Secret
from bot.core.tasks import NewTask, Task

_LOOKS_NO_MORE = timedelta(minutes=2)
"""After which the card that says that it is being done is hardly looked at."""

_OTHERS_OF_THE_CLASS = timedelta(minutes=1)
"""Within which the others of a class are given up as well, so that all are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishReset:
    """The two ends of a reset, with their audit entries and what is to be done afterwards."""

    reader: AccountReader
    operations: Operations
    clock: Clock
    timing: Timing
    waiting: Waiting

    async def ready(self, task: Task, operation: Operation, set_at: datetime, *, revoked: bool) -> None:
        """The password is set; `set_at` by the directory's clock, all that we enforce by our own. `revoked`: and all
        sessions were ended.
        """
        now, asked = self.clock(), operation.asked
        times = SetTimes(
            set_at=set_at,
            works_from=set_at + timedelta(minutes=self.timing.works_after_minutes),
            unseen_until=now + unseen_for(bool(asked.job), self.timing),
            expires_at=now + life_of(asked.form, self.timing),
        )
        given = {"operation": asked.id}
        tasks = [
            NewTask(BURN, f"{asked.id}:unseen", times.unseen_until, given),
            NewTask(EXPIRE, asked.id, times.expires_at, given),
        ]
        if not asked.job:  # a job tells once, for all of it
            directors = await self.operations.directors(asked.school, now - DIRECTORS_SINCE)
            tasks += _notices(operation, {*directors, asked.actor}, now)
        tasks += await self.waiting(asked.person, asked.school, asked.at, asked.id)
        entry = set_entry(operation, now, revoked=revoked)

        def superseded(earlier: Operation) -> tuple[AuditEntry, ...]:
            in_hands = earlier.shown_at is not None and not earlier.ending
            living = in_hands and earlier.expires_at is not None and now < earlier.expires_at
            return (superseded_entry(earlier, now, asked),) if living else ()

        await self.operations.ready(
            task, asked.id, times, revoked=revoked, entries=(entry,), tasks=tasks, superseded=superseded
        )

    async def fail(
        self, task: Task, operation: Operation, failure: Failure, reason: str = "", *, certain: bool = False
    ) -> None:
        """It is not set; or may be, if an earlier attempt was cut off: then it is looked at again when that can be
        told. `certain`: none can have sent anything.
        """
        if not certain and not operation.in_doubt and await self._may_be_set(task, operation):
            await self.operations.doubt(task, operation.asked.id)
            operation = replace(operation, in_doubt=True)
        asked = operation.asked
        entry = failed_entry(operation, self.clock(), failure, reason)
        settle = NewTask(SETTLE, asked.id, asked.at + DOUBT_ENDS, {"operation": asked.id})
        tasks = (*((settle,) if operation.in_doubt else ()), *self._told(operation, failure))
        await self.operations.fail(task, asked.id, failure, reason, entries=(entry,), tasks=tasks)

    def _told(self, operation: Operation, failure: Failure) -> tuple[NewTask, ...]:
        """What is given up is told; and of one alone whatever ends it when its card is looked at no more."""
        now, asked = self.clock(), operation.asked
        late = not asked.job and now - asked.at >= _LOOKS_NO_MORE
        if failure is not Failure.UNAVAILABLE and not late:
            return ()
        return (given_up(asked, now + _OTHERS_OF_THE_CLASS if asked.job else now),)

    async def _may_be_set(self, task: Task, operation: Operation) -> bool:
        """Whether an attempt that never came back may have set it: a candidate is stored, and the directory does not
        deny a change since then.
        """
        if not await self._has_candidate(task, operation):
            return False
        try:
            changes = await self.reader.password_changes((operation.asked.person,))
        except DirectoryError:
            return True
        if operation.asked.person not in changes:
            return True
        changed_at = changes[operation.asked.person]
        return changed_at is not None and changed_at >= at_earliest(operation.asked.at, self.clock) - CLOCKS_DIFFER

    async def _has_candidate(self, task: Task, operation: Operation) -> bool:
        def none_stored() -> Secret:
            raise _NoneStoredError  # ends the transaction: nothing is kept of having asked

        try:
            return await self.operations.candidate(task, operation.asked.id, none_stored) is not None
        except _NoneStoredError:
            return False


class _NoneStoredError(Exception):
    pass


def _notices(operation: Operation, directors: set[str], now: datetime) -> Iterator[NewTask]:
    """The actor among them: it is the lasting receipt in the chat."""
    for director in sorted(directors):
        yield notice("set", operation.asked.id, director, now)
    if operation.asked.is_student:
        yield notice("set", operation.asked.id, CLASS_TEACHER, now)
