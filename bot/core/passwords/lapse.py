"""What time does to a password: its key is destroyed after the lease, its life ends after three days."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo

from bot.core.actors.directors import DIRECTORS_SINCE
from bot.core.audit import AuditEntry
from bot.core.clock import Clock, in_doubt, lead, sofia
from bot.core.errors import AccountMissing, DirectoryBusy
from bot.core.passwords.model import BURN, EXPIRE, Operation, Stage, Timing
from bot.core.passwords.notices import notice
from bot.core.passwords.ports import AccountReader, AccountWriter, Operations
from bot.core.passwords.record import key_destroyed_entry, life_ended_entry
from bot.core.passwords.secret import Secret
from bot.core.passwords.status import changed_in, is_the_setting_of
from bot.core.tasks import RateLimit, Task, TaskHandler, TaskQueue, TryAgain
from bot.core.turns import A_MOMENT, Turns, back_off

_SHORTEST_WAIT = timedelta(seconds=1)
_WHILE_ANOTHER_RUNS = timedelta(minutes=5)
_WHILE_IN_DOUBT = timedelta(minutes=10)

_SCHOOL_BEGINS, _SCHOOL_ENDS = time(7), time(19)
_SATURDAY = 5

_LOWER = "abcdefghijklmnopqrstuvwxyz"
_UPPER = _LOWER.upper()
_DIGITS = "0123456789"
_UNKNOWN_LENGTH = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class BurnSecret(TaskHandler):
    """Task handler of `BURN`. Payload: `operation`."""

    kind = BURN
    most_failures = 1_000

    operations: Operations
    clock: Clock

    async def carry_out(self, task: Task) -> None:
        """See `TaskHandler`."""
        operation_id = task.payload["operation"]
        now = self.clock()

        def entries(operation: Operation) -> tuple[AuditEntry, ...]:
            return (key_destroyed_entry(operation, now),)

        if await self.operations.burn(operation_id, now, entries):
            return
        operation = await self.operations.one(operation_id)
        due = None if operation is None else operation.secret_until
        if due is not None:
            raise TryAgain(max(due - now, _SHORTEST_WAIT), "not yet")


@dataclass(frozen=True, slots=True, kw_only=True)
class EndOfLife(TaskHandler):
    """Task handler of `EXPIRE`. Payload: `operation`. Notes what became of the password; where the operator wants it,
    an unused one is replaced by one nobody knows, outside school hours.
    """

    kind = EXPIRE
    most_failures = 100
    first_pause = timedelta(minutes=1)

    reader: AccountReader
    writer: AccountWriter
    operations: Operations
    queue: TaskQueue
    rate_limit: RateLimit
    clock: Clock
    timing: Timing
    writes_per_second: float
    below: Callable[[int], int]

    @property
    def _turns(self) -> Turns:
        return Turns(self.rate_limit, self.clock, self.writes_per_second)

    async def carry_out(self, task: Task) -> None:
        """See `TaskHandler`."""
        operation = await self.operations.one(task.payload["operation"])
        if operation is None or operation.set_at is None or operation.expires_at is None:
            return
        if operation.ending:
            if operation.ending == "replaced":  # perhaps by an attempt that was cut off before it said so
                await self._tell(operation)
            return
        now = self.clock()
        if now < operation.expires_at:
            raise TryAgain(operation.expires_at - now, "not yet")
        if in_doubt(self.clock):
            raise TryAgain(_WHILE_IN_DOUBT, "clock-in-doubt")  # it may still have its whole life before it
        if await self._followed(operation):
            return
        changed_at = await self._change(task, operation)
        if changed_at is not None:
            ours = self._may_be_ours(task, changed_at, operation.expires_at)
            await self._end(operation, "replaced" if ours else self._ended_by(operation, changed_at))
        elif self.timing.replace_unused:
            await self._replace(task, operation)
        else:
            await self._end(operation, "expired")

    async def on_dead_letter(self, task: Task, error: Exception) -> None:  # noqa: ARG002 -- whatever it was, it is over
        """Its life is over, whatever the directory would say."""
        operation = await self.operations.one(task.payload["operation"])
        if operation is not None and operation.set_at is not None and not operation.ending:
            await self._end(operation, "expired")

    async def _followed(self, operation: Operation) -> bool:
        """Whether a newer reset of the person counts: then its end is what matters."""
        asked = operation.asked
        latest = (await self.operations.latest((asked.person,))).get(asked.person)
        if latest is None or latest.asked.id == asked.id:
            return False
        if latest.stage is Stage.REQUESTED:
            raise TryAgain(_WHILE_ANOTHER_RUNS, "another is running")
        return True

    async def _change(self, task: Task, operation: Operation) -> datetime | None:
        """When the password was changed after ours was set, or may have been; None when ours is still the last."""
        changes = await self.reader.password_changes((operation.asked.person,))
        if operation.asked.person not in changes:
            raise TryAgain(back_off(task.failures, self.first_pause), "unreadable", failed=True)
        changed_at = changes[operation.asked.person]
        return None if is_the_setting_of(operation, changed_at) else changed_at

    def _ended_by(self, operation: Operation, changed_at: datetime) -> str:
        """What may be its owner's change or the date of our own setting is neither taken away nor called a change."""
        return "changed" if changed_in(operation, changed_at, self.timing) else "expired"

    def _may_be_ours(self, task: Task, changed_at: datetime, expires_at: datetime) -> bool:
        """Whether the change was made by an earlier attempt that never came back, as far as can be told."""
        by_us = changed_at + lead(self.clock)
        if not self.timing.replace_unused or task.attempt == 1 or by_us < expires_at:
            return False
        return not school_time_left(by_us, sofia())

    async def _replace(self, task: Task, operation: Operation) -> None:
        left = school_time_left(self.clock(), sofia())
        if left:
            raise TryAgain(left, "school hours")
        await self._turns.take(urgent=False)
        asked_at = self.clock()
        # Asked again: what its owner chose a moment ago must not be taken away.
        if (changed_at := await self._change(task, operation)) is not None:
            await self._end(operation, self._ended_by(operation, changed_at))
            return
        if await self._followed(operation):  # nor what somebody was given a moment ago
            return
        if self.clock() - asked_at > A_MOMENT:
            raise TryAgain(_SHORTEST_WAIT, "frozen", failed=True)
        try:
            await self.writer.set_password(operation.asked.person, unknown_password(self.below), many=True)
        except AccountMissing:
            await self._end(operation, "expired")
            return
        except DirectoryBusy as busy:
            await self._turns.throttled(busy)
            raise
        await self._end(operation, "replaced")

    async def _end(self, operation: Operation, ending: str) -> None:
        now = self.clock()
        await self.operations.end(operation.asked.id, ending, now, (life_ended_entry(operation, now, ending),))
        if ending == "replaced":
            await self._tell(operation)

    async def _tell(self, operation: Operation) -> None:
        now, asked = self.clock(), operation.asked
        told = {asked.actor, *await self.operations.directors(asked.school, now - DIRECTORS_SINCE)}
        await self.queue.add([notice("replaced", asked.id, director, now) for director in sorted(told)])


def school_time_left(moment: datetime, zone: tzinfo) -> timedelta:
    """How long school hours (Monday to Friday, 7 to 19 in `zone`) still last at this moment; zero outside them."""
    local = moment.astimezone(zone)
    if local.weekday() >= _SATURDAY or not _SCHOOL_BEGINS <= local.time() < _SCHOOL_ENDS:
        return timedelta(0)
    return datetime.combine(local.date(), _SCHOOL_ENDS, zone).astimezone(UTC) - moment


def unknown_password(below: Callable[[int], int]) -> Secret:
    """A password nobody is ever shown: 24 random characters, and one of each class that Entra asks for."""

    def one_of(characters: str) -> str:
        return characters[below(len(characters))]

    random_ones = "".join(one_of(_LOWER + _UPPER + _DIGITS) for _ in range(_UNKNOWN_LENGTH))
    return Secret(random_ones + one_of(_LOWER) + one_of(_UPPER) + one_of(_DIGITS))
