"""What time brings to light of a password that was never clearly answered: whether it certainly was not set."""

from dataclasses import dataclass
from datetime import timedelta

from bot.core.clock import Clock, at_earliest, in_doubt
from bot.core.handover.changes import CLOCKS_DIFFER, DOUBT_ENDS
from bot.core.passwords.model import SETTLE, Operation, Stage
from bot.core.passwords.ports import AccountReader, Operations
from bot.core.passwords.record import not_set_entry
from bot.core.tasks import Task, TaskHandler, TryAgain
from bot.core.turns import back_off

_WHILE_THE_CLOCK_IS_IN_DOUBT = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleDoubt(TaskHandler):
    """Task handler of `SETTLE`. Payload: `operation`. Once nothing that was sent can have its effect any more, the
    directory is asked when the password was changed last. Before this one was asked for: it was not set, and counts
    no more, so that the password before it is the person's again. Anything else (a change since then, which may be
    its owner's, or no answer to that question) leaves the doubt: a new password is the way on.
    """

    kind = SETTLE
    most_failures = 100
    first_pause = timedelta(minutes=1)

    reader: AccountReader
    operations: Operations
    clock: Clock

    async def carry_out(self, task: Task) -> None:
        """See `TaskHandler`."""
        operation = await self.operations.one(task.payload["operation"])
        if operation is None or operation.stage is not Stage.FAILED or not operation.in_doubt:
            return
        now, over = self.clock(), operation.asked.at + DOUBT_ENDS
        if now < over:
            raise TryAgain(over - now, "not yet")
        if in_doubt(self.clock):
            raise TryAgain(_WHILE_THE_CLOCK_IS_IN_DOUBT, "clock-in-doubt")  # it may be sooner than it seems
        if await self._never_set(task, operation):
            await self.operations.not_set(operation.asked.id, (not_set_entry(operation, now),))

    async def _never_set(self, task: Task, operation: Operation) -> bool:
        asked = operation.asked
        changes = await self.reader.password_changes((asked.person,))
        if asked.person not in changes:
            raise TryAgain(back_off(task.failures, self.first_pause), "unreadable", failed=True)
        changed_at = changes[asked.person]
        return changed_at is not None and changed_at < at_earliest(asked.at, self.clock) - CLOCKS_DIFFER
