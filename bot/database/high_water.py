"""The latest moment this database has seen, so that a clock that was put back is found out also after a restart."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select, text, update

from bot.core.audit import AuditEntry
from bot.core.clock import STEP
from bot.database.audit import ChainedAuditLog
from bot.database.connections import Connections
from bot.database.queue import READY
from bot.database.tables import from_milliseconds, high_water, task, to_milliseconds
from bot.database.transaction import transaction

NAME, DOUBT = "clock", "doubt"

CONFIRMED = "clock.confirmed"

OPERATOR = "operator"

ROOM = timedelta(minutes=1)
"""What was written while the doubt was being noted down."""

ONCE = text("INSERT INTO high_water (name, at) VALUES (:name, :at) ON CONFLICT (name) DO NOTHING")

MOVE = text(
    "INSERT INTO high_water (name, at) VALUES (:name, :at)"
    " ON CONFLICT (name) DO UPDATE SET at = excluded.at"
    " WHERE excluded.at > high_water.at AND excluded.at - high_water.at <= :step"
)

SET = text("INSERT INTO high_water (name, at) VALUES (:name, :at) ON CONFLICT (name) DO UPDATE SET at = excluded.at")


class StoredHighWater:
    """The mark of all replicas. Errors: StoreUnavailable."""

    def __init__(self, connections: Connections, audit: ChainedAuditLog) -> None:
        self._connections = connections
        self._audit = audit

    @transaction
    def read(self, connection: Connection) -> datetime | None:
        """The mark; None in a database that has none yet."""
        found = connection.execute(select(high_water.c.at).where(high_water.c.name == NAME))
        at = found.scalar_one_or_none()
        return None if at is None else from_milliseconds(at)

    @transaction
    def move(self, connection: Connection, now: datetime) -> datetime:
        """Moves the mark on to `now`, unless it is there already or that is over two days away; the mark then."""
        values = {"name": NAME, "at": to_milliseconds(now), "step": int(STEP.total_seconds() * 1_000)}
        connection.execute(MOVE, values)
        return self.read.within(connection) or now

    @transaction
    def doubted(self, connection: Connection, at: datetime) -> None:
        """A process began with a clock that is too far ahead to be believed: from this moment on it writes."""
        connection.execute(ONCE, {"name": DOUBT, "at": to_milliseconds(at)})

    @transaction
    def settle_doubt(self, connection: Connection, now: datetime) -> int:
        """By a clock that is not in doubt: where one that was has put tasks off until later than `now`, they are
        looked at again at once, so that nothing waits for years; returns how many.
        """
        gone = connection.execute(delete(high_water).where(high_water.c.name == DOUBT).returning(high_water.c.at))
        at = gone.scalar_one_or_none()
        if at is None or from_milliseconds(at) <= now:
            return 0
        return _wake(connection, from_milliseconds(at) - ROOM, now)

    @transaction
    def confirm(self, connection: Connection, now: datetime) -> datetime | None:
        """The operator's word that it is `now`: the mark is set to it, forward or back; in that case what was put off
        until later is looked at again at once. Gives the mark before. The word is in the audit log.
        """
        before = self.read.within(connection)
        connection.execute(SET, {"name": NAME, "at": to_milliseconds(now)})
        if before is not None and before > now:
            _wake(connection, now + STEP, now)
        detail = {"mark": before.isoformat() if before else ""}
        self._audit.append_in(connection, (AuditEntry(now, OPERATOR, CONFIRMED, NAME, "set", detail),))
        return before


def _wake(connection: Connection, later_than: datetime, now: datetime) -> int:
    """Has every task that waits for a later moment looked at now; returns how many. A task reads its subject again,
    and is put off again where it is too early.
    """
    late = (READY, task.c.run_at > to_milliseconds(later_than))
    return connection.execute(update(task).where(*late).values(run_at=to_milliseconds(now), held=0)).rowcount
