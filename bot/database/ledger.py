"""The budget of each director."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from bot.core.audit import AuditEntry
from bot.core.decision import ALLOWED, Decision
from bot.core.known import known, known_or_none
from bot.core.tasks import NewTask
from bot.core.usernames.model import Attempt, Outcome, Reach
from bot.database.audit import ChainedAuditLog
from bot.database.connections import Connections
from bot.database.queue import StoredQueue
from bot.database.tables import from_milliseconds, lookup_attempt, to_milliseconds
from bot.database.transaction import transaction

KEPT = timedelta(days=7)
"""What a judge is shown: whoever guesses so slowly that the misses are further apart finds nobody."""

# Every look-up runs these, and to build a statement costs as much as to run it.
_SAME = (lookup_attempt.c.actor == bindparam("by"), lookup_attempt.c.operation == bindparam("press"))
_OUTCOME = select(lookup_attempt.c.outcome).where(*_SAME)
_ATTEMPTS = (
    select(lookup_attempt.c.at, lookup_attempt.c.reach, lookup_attempt.c.outcome, lookup_attempt.c.schools)
    .where(
        lookup_attempt.c.actor == bindparam("by"),
        lookup_attempt.c.at > bindparam("since"),
        lookup_attempt.c.outcome != Outcome.FAILED,
    )
    .order_by(lookup_attempt.c.at, lookup_attempt.c.id)
)
NOWHERE: frozenset[str] = frozenset()
_RESERVED = insert(lookup_attempt)
_SETTLED = update(lookup_attempt).where(*_SAME, lookup_attempt.c.outcome.in_((Outcome.PENDING, Outcome.FAILED)))


class StoredLedger:
    """`bot.core.ports.LookupLedger`. Errors: StoreUnavailable."""

    def __init__(self, connections: Connections, audit: ChainedAuditLog, queue: StoredQueue) -> None:
        self._connections = connections
        self._audit = audit
        self._queue = queue

    @transaction
    def reserve(  # noqa: PLR0917 -- its caller gives five
        self,
        connection: Connection,
        actor: str,
        operation: str,
        reach: Reach,
        at: datetime,
        judge: Callable[[Sequence[Attempt]], Decision],
    ) -> Decision:
        """See the port. The judge is asked inside the transaction: nobody spends the same budget meanwhile."""
        self._connections.serialise(connection, "ledger", actor)
        written = _outcome(connection, actor, operation)
        if written is not None and written is not Outcome.FAILED:
            return ALLOWED
        decision = judge(_attempts(connection, actor, at - KEPT))
        if decision.allowed:
            if written is Outcome.FAILED:
                connection.execute(delete(lookup_attempt).where(*_SAME), {"by": actor, "press": operation})
            new = {"actor": actor, "operation": operation, "at": to_milliseconds(at), "reach": reach}
            connection.execute(_RESERVED, new | {"outcome": Outcome.PENDING, "schools": ""})
        return decision

    @transaction
    def settle(  # noqa: PLR0917 -- its caller gives five
        self,
        connection: Connection,
        actor: str,
        operation: str,
        reach: Reach,
        outcome: Outcome,
        entries: Sequence[AuditEntry],
        *,
        schools: frozenset[str] = frozenset(),
        tasks: Sequence[NewTask] = (),
    ) -> None:
        """See the port."""
        became = {"reach": reach, "outcome": outcome, "schools": ",".join(sorted(schools))}
        connection.execute(_SETTLED, became | {"by": actor, "press": operation})
        self._queue.add_in(connection, tasks)
        self._audit.append_in(connection, entries)

    @transaction
    def purge(self, connection: Connection, now: datetime) -> int:
        """Removes attempts older than seven days; returns how many."""
        gone = connection.execute(delete(lookup_attempt).where(lookup_attempt.c.at < to_milliseconds(now - KEPT)))
        return gone.rowcount


def _outcome(connection: Connection, actor: str, operation: str) -> Outcome | None:
    found = connection.execute(_OUTCOME, {"by": actor, "press": operation}).scalar_one_or_none()
    return known_or_none(Outcome, found)


def _attempts(connection: Connection, actor: str, since: datetime) -> tuple[Attempt, ...]:
    # An attempt of the same millisecond seven days ago is left out; one "in the future" (a replica whose clock
    # is ahead) is not: a budget must not grow by it.
    found = connection.execute(_ATTEMPTS, {"by": actor, "since": to_milliseconds(since)}).all()
    return tuple(
        Attempt(
            from_milliseconds(at),
            known(Reach, reach),
            known(Outcome, outcome),
            frozenset(schools.split(",")) if schools else NOWHERE,
        )
        for at, reach, outcome, schools in found
    )
