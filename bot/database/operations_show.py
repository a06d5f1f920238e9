"""Showing secrets within their lease, and the many ways their time ends."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, update

from bot.core.audit import AuditEntry
from bot.core.passwords.model import Operation, Shown, Stage
from bot.core.tasks import NewTask
from bot.database.operation_rows import reading
from bot.database.operations_after import AfterOperations
from bot.database.password_tables import password_job, password_operation
from bot.database.tables import to_milliseconds
from bot.database.transaction import transaction

SKEW = timedelta(seconds=30)
"""By how much the clocks of two replicas may differ, generously (they follow one mark, docs/adr/0050)."""

Record = Callable[[Operation, bool], tuple[Sequence[AuditEntry], Sequence[NewTask]]]


class ShowOperations(AfterOperations):
    """The part of `bot.core.passwords.ports.Operations` that serves directors and timers."""

    @transaction
    def reveal(
        self,
        connection: Connection,
        operation_ids: Sequence[str],
        actor: str,
        conversation: str,
        *,
        now: datetime,
        lease_until: datetime,
        record: Record,
    ) -> tuple[Shown, ...]:
        """See the port. In the order asked for; `record` is given the operation as it is while it is shown."""
        wanted = tuple(dict.fromkeys(operation_ids))
        found = self._in_turn(connection, password_operation.c.id.in_(wanted))
        theirs = [
            one
            for one in (found[id_] for id_ in wanted if id_ in found)
            if one.asked.actor == actor and one.asked.conversation == conversation and _may_be_seen(one, now)
        ]
        passwords = self._vault.open_in(connection, [one.asked.id for one in theirs])
        shown: list[Shown] = []
        for operation in theirs:
            password = passwords.get(operation.asked.id)
            if password is None:  # destroyed without its stage being changed: never by us
                continue
            again = operation.stage is Stage.SHOWN
            after = operation
            if not again:
                changes = {"stage": Stage.SHOWN, "shown_at": now, "lease_until": lease_until}
                after = self._changed(connection, operation, **changes)
            shown.append(Shown(after, password, again))
        recorded = [record(one.operation, one.again) for one in shown]
        self._queue.add_in(connection, [task for _, tasks in recorded for task in tasks])
        self._audit.append_in(connection, [entry for entries, _ in recorded for entry in entries])
        return tuple(shown)

    @transaction
    def hand_over(
        self, connection: Connection, operation_id: str, now: datetime, entries: Sequence[AuditEntry]
    ) -> bool:
        """See the port. What was shown may be noted as handed over also after its lease."""
        operation = self._one_in_turn(connection, operation_id)
        if operation is None or operation.shown_at is None or operation.handed_at is not None:
            return False
        after = self.afterwards.within(connection, operation)
        if after.newer is not None or after.handed is not None:
            return False
        self._vault.burn_in(connection, [operation_id])
        self._changed(connection, operation, stage=Stage.CLOSED, handed_at=now)
        self._audit.append_in(connection, entries)
        return True

    @transaction
    def burn(
        self,
        connection: Connection,
        operation_id: str,
        now: datetime,
        entries: Callable[[Operation], Sequence[AuditEntry]],
    ) -> bool:
        """See the port. `entries` is given the operation as it is afterwards."""
        operation = self._one_in_turn(connection, operation_id)
        if operation is None or not time_is_over(operation, now):
            return False
        self._vault.burn_in(connection, [operation_id])
        stage = Stage.UNSEEN if operation.stage is Stage.READY else Stage.CLOSED
        after = self._changed(connection, operation, stage=stage)
        self._audit.append_in(connection, entries(after))
        return True

    @transaction
    def end(
        self,
        connection: Connection,
        operation_id: str,
        ending: str,
        now: datetime,
        entries: Sequence[AuditEntry],
    ) -> bool:
        """See the port."""
        operation = self._one_in_turn(connection, operation_id)
        if operation is None or operation.ended_at is not None:
            return False
        self._changed(connection, operation, ending=ending, ended_at=now)
        self._audit.append_in(connection, entries)
        return True

    @transaction
    def not_set(self, connection: Connection, operation_id: str, entries: Sequence[AuditEntry]) -> bool:
        """See the port."""
        operation = self._one_in_turn(connection, operation_id)
        if operation is None or operation.stage is not Stage.FAILED or not operation.in_doubt:
            return False
        self._changed(connection, operation, in_doubt=False)
        self._audit.append_in(connection, entries)
        return True

    @transaction
    def cancel(
        self, connection: Connection, job_id: str, now: datetime, entries: Callable[[int], Sequence[AuditEntry]]
    ) -> int:
        """See the port. A second cancelling finds nothing to do and records nothing."""
        self._connections.serialise(connection, "job", job_id)
        job = self.job.within(connection, job_id)
        if job is None or job.cancelled_at is not None:
            return 0
        operations = self._in_turn(connection, password_operation.c.job == job_id)
        begun = self._read(
            connection, reading(password_operation.c.job == job_id, password_operation.c.candidates > 0)
        )
        idle = set(operations) - {one.asked.id for one in begun}
        waiting = [operations[id_] for id_ in sorted(idle) if operations[id_].stage is Stage.REQUESTED]
        for operation in waiting:
            self._changed(connection, operation, stage=Stage.CANCELLED)
        connection.execute(
            update(password_job).where(password_job.c.id == job_id).values(cancelled_at=to_milliseconds(now))
        )
        self._audit.append_in(connection, entries(len(waiting)))
        return len(waiting)


def time_is_over(operation: Operation, now: datetime, late: timedelta = timedelta(0)) -> bool:
    """Whether its secret is to be destroyed: not seen in time, or seen and its lease over, for so long already."""
    if operation.stage not in {Stage.READY, Stage.SHOWN}:
        return False
    times = _times(operation)
    return times is None or not times[0] - SKEW <= now < times[1] + late


def _may_be_seen(operation: Operation, now: datetime) -> bool:
    times = _times(operation)
    return times is not None and times[0] - SKEW <= now < times[1]


def _times(operation: Operation) -> tuple[datetime, datetime] | None:
    """From when to when it may be seen; None where there is nothing to be seen. Before the first it may not, either:
    a wrong clock has written the row, and a secret is rather lost than shown for longer.
    """
    if operation.stage is Stage.READY and operation.unseen_until is not None:
        return operation.asked.at, operation.unseen_until
    if operation.stage is Stage.SHOWN and operation.shown_at is not None and operation.lease_until is not None:
        return operation.shown_at, operation.lease_until
    return None
