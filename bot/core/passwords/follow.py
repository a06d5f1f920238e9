"""How far an operation is, and whether the password works."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from bot.core.actors.model import Actor
from bot.core.clock import Clock
from bot.core.passwords.authorise import own_operation
from bot.core.passwords.model import Operation, PasswordStatus, Refused, Stage
from bot.core.passwords.ports import AccountReader, Operations
from bot.core.passwords.status import SAME_CHANGE, status_of

_LOOK_SECONDS = 0.1


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
    followed by a newer password).
    """

    operation: Operation
    status: PasswordStatus
    accepted: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckPassword:
    """Whether the password has reached the directory, and whether its owner has changed it."""

    reader: AccountReader
    operations: Operations
    clock: Clock

    async def __call__(self, actor: Actor, conversation: str, operation_id: str) -> PasswordState | Refused:
        """Errors: DirectoryError and its kinds, StoreUnavailable."""
        operation = await own_operation(self.operations, actor, conversation, operation_id)
        if isinstance(operation, Refused):
            return operation
        set_at = operation.set_at
        if set_at is None or operation.ending or await self._followed(operation):
            return PasswordState(operation, status_of(operation, None, self.clock()), None)
        changes = await self.reader.password_changes((operation.asked.person,))
        changed_at: datetime | None = changes.get(operation.asked.person)
        accepted = changed_at is not None and changed_at >= set_at - SAME_CHANGE
        return PasswordState(operation, status_of(operation, changed_at, self.clock()), accepted)

    async def _followed(self, operation: Operation) -> bool:
        """Whether a later reset has, or may have, changed the password: that is no change by its owner."""
        asked = operation.asked
        latest = (await self.operations.latest((asked.person,))).get(asked.person)
        if latest is None or latest.asked.id == asked.id:
            return False
        return latest.set_at is not None or latest.in_doubt
