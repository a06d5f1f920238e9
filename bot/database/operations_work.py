"""What the worker writes while it sets a password. Every call is fenced by its task."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from bot.core.audit import AuditEntry
from bot.core.passwords.model import Failure, Operation, SetTimes, Stage
from bot.core.passwords.ports import Entries
from bot.core.passwords.secret import Secret
from bot.core.tasks import NewTask, Task
from bot.database.operation_rows import OperationRows, Unread, reading
from bot.database.password_tables import password_operation
from bot.database.transaction import transaction

_OF_PERSON = password_operation.c.person == bindparam("person")
_LIVING = reading(_OF_PERSON, password_operation.c.stage.in_((Stage.READY, Stage.SHOWN)))
_OTHERS_SET = reading(
    _OF_PERSON, password_operation.c.id != bindparam("operation"), password_operation.c.set_at.is_not(None)
)
_TRIED_ONCE_MORE = (
    update(password_operation)
    .where(password_operation.c.id == bindparam("operation"))
    .values(candidates=password_operation.c.candidates + 1)
)


class WorkOnOperations(OperationRows):
    """The part of `bot.core.passwords.ports.Operations` that takes a task."""

    @transaction
    def candidate(
        self,
        connection: Connection,
        task: Task,
        operation_id: str,
        propose: Callable[[], Secret],
        superseded: Entries | None = None,
    ) -> Secret | None:
        """See the port."""
        operation = self._fenced(connection, task, operation_id)
        if operation is None or operation.stage is not Stage.REQUESTED:
            return None
        known = self._vault.open_in(connection, [operation_id]).get(operation_id)
        if known is not None:
            return known
        password = propose()
        others = self._read(connection, _LIVING, {"person": operation.asked.person})
        ended = self._supersede(connection, others)
        self._vault.put_in(connection, operation_id, password)
        _count_try(connection, operation_id)
        if superseded is not None:
            self._audit.append_in(connection, [entry for one in ended for entry in superseded(one)])
        return password

    @transaction
    def refuse_candidate(self, connection: Connection, task: Task, operation_id: str) -> int:
        """See the port. Told twice, it counts once."""
        operation = self._fenced(connection, task, operation_id)
        if operation is None:
            return 0
        if operation.stage is Stage.REQUESTED:
            self._vault.burn_in(connection, [operation_id])
        return _tried(connection, operation_id)

    @transaction
    def doubt(self, connection: Connection, task: Task, operation_id: str) -> None:
        """See the port. Nothing when it is no longer REQUESTED."""
        operation = self._fenced(connection, task, operation_id)
        if operation is not None and operation.stage is Stage.REQUESTED:
            self._changed(connection, operation, in_doubt=True)

    async def ready(
        self,
        task: Task,
        operation_id: str,
        times: SetTimes,
        *,
        revoked: bool = False,
        entries: Sequence[AuditEntry],
        tasks: Sequence[NewTask],
        superseded: Entries | None = None,
    ) -> bool:
        """See the port. What was in doubt is certain now."""
        changes = {
            "stage": Stage.READY,
            "in_doubt": False,
            "revoked": revoked,
            "set_at": times.set_at,
            "works_from": times.works_from,
            "unseen_until": times.unseen_until,
            "expires_at": times.expires_at,
        }
        return await self._finish(task, operation_id, changes, entries=entries, tasks=tasks, superseded=superseded)

    async def fail(
        self,
        task: Task,
        operation_id: str,
        failure: Failure,
        reason: str,
        *,
        entries: Sequence[AuditEntry],
        tasks: Sequence[NewTask],
    ) -> bool:
        """See the port."""
        changes = {"stage": Stage.FAILED, "failure": failure, "reason": reason}
        return await self._finish(task, operation_id, changes, entries=entries, tasks=tasks)

    @transaction
    def _finish(
        self,
        connection: Connection,
        task: Task,
        operation_id: str,
        changes: dict[str, Any],
        *,
        entries: Sequence[AuditEntry],
        tasks: Sequence[NewTask],
        superseded: Entries | None = None,
    ) -> bool:
        operation = self._fenced(connection, task, operation_id)
        if operation is None or operation.stage is not Stage.REQUESTED:
            return False
        after = self._changed(connection, operation, **changes)
        if after.stage is Stage.FAILED:
            self._vault.burn_in(connection, [operation_id])
        self._queue.done_in(connection, task)
        self._queue.add_in(connection, tasks)
        ended = () if superseded is None else self._ended_by(connection, operation, superseded)
        self._audit.append_in(connection, [*entries, *ended])
        return True

    def _ended_by(self, connection: Connection, operation: Operation, superseded: Entries) -> Sequence[AuditEntry]:
        given = {"person": operation.asked.person, "operation": operation.asked.id}
        others = self._read(connection, _OTHERS_SET, given, unread=Unread())
        return superseded(others[0]) if others else ()

    def _fenced(self, connection: Connection, task: Task, operation_id: str) -> Operation | None:
        operation = self._one_in_turn(connection, operation_id)
        self._queue.fence_in(connection, task)
        return operation


def _count_try(connection: Connection, operation_id: str) -> None:
    connection.execute(_TRIED_ONCE_MORE, {"operation": operation_id})


def _tried(connection: Connection, operation_id: str) -> int:
    tried = select(password_operation.c.candidates).where(password_operation.c.id == operation_id)
    return int(connection.execute(tried).scalar_one())
