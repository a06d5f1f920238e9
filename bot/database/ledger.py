"""The budget of each director."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

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


class StoredLedger:
    """`bot.core.ports.LookupLedger`. Errors: StoreUnavailable."""

    def __init__(self, connections: Connections, audit: ChainedAuditLog, queue: StoredQueue) -> None:
        self._connections = connections
        self._audit = audit
        self._queue = queue

    @transaction
    async def reserve(  # noqa: PLR0917 -- its caller gives five
        self,
        connection: AsyncConnection,
        actor: str,
        operation: str,
        reach: Reach,
        at: datetime,
        judge: Callable[[Sequence[Attempt]], Decision],
    ) -> Decision:
        """See the port. The judge is asked inside the transaction: nobody spends the same budget meanwhile."""
        await self._connections.serialise(connection, "ledger", actor)
        written = await _outcome(connection, actor, operation)
        if written is not None and written is not Outcome.FAILED:
            return ALLOWED
        decision = judge(await _attempts(connection, actor, at - KEPT))
        if decision.allowed:
            if written is Outcome.FAILED:
                await connection.execute(delete(lookup_attempt).where(*_same(actor, operation)))
            await connection.execute(
                insert(lookup_attempt).values(
                    actor=actor,
                    operation=operation,
                    at=to_milliseconds(at),
                    reach=reach,
                    outcome=Outcome.PENDING,
                    schools="",
                )
            )
        return decision

    @transaction
    async def settle(  # noqa: PLR0917 -- its caller gives five
        self,
        connection: AsyncConnection,
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
        await connection.execute(
            update(lookup_attempt)
            .where(*_same(actor, operation), lookup_attempt.c.outcome.in_((Outcome.PENDING, Outcome.FAILED)))
            .values(reach=reach, outcome=outcome, schools=",".join(sorted(schools)))
        )
        await self._queue.add_in(connection, tasks)
        await self._audit.append_in(connection, entries)

    @transaction
    async def purge(self, connection: AsyncConnection, now: datetime) -> int:
        """Removes attempts older than seven days; returns how many."""
        gone = await connection.execute(
            delete(lookup_attempt).where(lookup_attempt.c.at < to_milliseconds(now - KEPT))
        )
        return gone.rowcount


def _same(actor: str, operation: str) -> tuple[ColumnElement[bool], ...]:
    return lookup_attempt.c.actor == actor, lookup_attempt.c.operation == operation


async def _outcome(connection: AsyncConnection, actor: str, operation: str) -> Outcome | None:
    found = (
        await connection.execute(select(lookup_attempt.c.outcome).where(*_same(actor, operation)))
    ).scalar_one_or_none()
    return known_or_none(Outcome, found)


async def _attempts(connection: AsyncConnection, actor: str, since: datetime) -> tuple[Attempt, ...]:
    # An attempt of the same millisecond seven days ago is left out; one "in the future" (a replica whose clock
    # is ahead) is not: a budget must not grow by it.
    found = await connection.execute(
        select(lookup_attempt.c.at, lookup_attempt.c.reach, lookup_attempt.c.outcome, lookup_attempt.c.schools)
        .where(
            lookup_attempt.c.actor == actor,
            lookup_attempt.c.at > to_milliseconds(since),
            lookup_attempt.c.outcome != Outcome.FAILED,
        )
        .order_by(lookup_attempt.c.at, lookup_attempt.c.id)
    )
    return tuple(
        Attempt(
            from_milliseconds(row.at),
            known(Reach, row.reach),
            known(Outcome, row.outcome),
            frozenset(row.schools.split(",")) - {""},
        )
        for row in found
    )
