"""The budget of each school for students it takes in."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from bot.core.audit import AuditEntry
from bot.core.decision import ALLOWED, Decision
from bot.core.intake.model import Charged
from bot.core.intake.ports import Follows
from bot.database.audit import ChainedAuditLog
from bot.database.connections import Connections
from bot.database.intake_tables import intake_charge
from bot.database.queue import StoredQueue
from bot.database.tables import from_milliseconds, to_milliseconds
from bot.database.transaction import transaction

KEPT = timedelta(days=400)

_OF = intake_charge.c


class StoredIntake:
    """`bot.core.intake.ports.IntakeLedger`. Errors: StoreUnavailable."""

    def __init__(self, connections: Connections, audit: ChainedAuditLog, queue: StoredQueue) -> None:
        self._connections = connections
        self._audit = audit
        self._queue = queue

    @transaction
    def charges(self, connection: Connection, school: str, season: int) -> tuple[Charged, ...]:
        """See the port."""
        return _charges(connection, school, season)

    @transaction
    def reserve(
        self,
        connection: Connection,
        school: str,
        operation: str,
        *,
        actor: str,
        at: datetime,
        season: int,
        count: int,
        judge: Callable[[Sequence[Charged]], Decision],
    ) -> Decision:
        """See the port. The judge is asked inside the transaction: nobody spends the same budget meanwhile."""
        self._connections.serialise(connection, "intake", school)
        here = (_OF.school == school, _OF.operation == operation)
        if connection.execute(select(_OF.at).where(*here)).first() is not None:
            return ALLOWED
        decision = judge(_charges(connection, school, season))
        if decision.allowed:
            _write(connection, school, operation, Charged(at, count), actor=actor, season=season)
        return decision

    @transaction
    def settle(
        self,
        connection: Connection,
        school: str,
        operation: str,
        charged: Charged,
        *,
        actor: str,
        season: int,
        entries: Sequence[AuditEntry],
        follows: Callable[[Sequence[Charged]], Follows],
    ) -> tuple[Charged, ...]:
        """See the port."""
        self._connections.serialise(connection, "intake", school)
        here = (_OF.school == school, _OF.operation == operation)
        before = connection.execute(select(_OF.season, _OF.missed).where(*here)).first()
        if before is None:
            _write(connection, school, operation, charged, actor=actor, season=season)
        elif before.missed is None:
            connection.execute(update(intake_charge).where(*here).values(asked=charged.count, missed=charged.missed))
        charges = _charges(connection, school, season if before is None else before.season)
        then = follows(charges) if before is None or before.missed is None else Follows()
        self._queue.add_in(connection, then.tasks)
        self._audit.append_in(connection, (*entries, *then.entries))
        return charges

    @transaction
    def release(self, connection: Connection, school: str, operation: str, entries: Sequence[AuditEntry]) -> None:
        """See the port."""
        self._connections.serialise(connection, "intake", school)
        connection.execute(
            delete(intake_charge).where(_OF.school == school, _OF.operation == operation, _OF.missed.is_(None))
        )
        self._audit.append_in(connection, entries)

    @transaction
    def purge(self, connection: Connection, now: datetime) -> int:
        """Removes what belongs to former seasons; returns how many."""
        return connection.execute(delete(intake_charge).where(_OF.at < to_milliseconds(now - KEPT))).rowcount


def _write(connection: Connection, school: str, operation: str, charged: Charged, *, actor: str, season: int) -> None:
    connection.execute(
        insert(intake_charge).values(
            school=school,
            operation=operation,
            season=season,
            at=to_milliseconds(charged.at),
            actor=actor,
            asked=charged.count,
            missed=charged.missed,
        )
    )


def _charges(connection: Connection, school: str, season: int) -> tuple[Charged, ...]:
    found = connection.execute(
        select(_OF.at, _OF.asked, _OF.missed)
        .where(_OF.school == school, _OF.season == season)
        .order_by(_OF.at, _OF.operation)
    )
    return tuple(Charged(from_milliseconds(row.at), row.asked, row.missed) for row in found)
