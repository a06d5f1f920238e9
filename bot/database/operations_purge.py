"""What goes without anybody asking: links and receipts past their time, and whatever a lost task left behind."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import Connection, and_, delete, exists, func, or_, select

from bot.core.passwords.model import RESET, Failure, Stage
from bot.core.passwords.record import failed_entry, key_destroyed_entry
from bot.database.kept_states import RECEIPTS_KEPT, old_operations
from bot.database.operation_rows import OperationRows, Unread
from bot.database.operations_show import time_is_over
from bot.database.password_tables import password_job, password_operation, school_director, secret, slip_link
from bot.database.slip_links import LINKS_KEPT
from bot.database.tables import task as stored_task
from bot.database.tables import to_milliseconds
from bot.database.transaction import transaction

TASKS_TURN = timedelta(minutes=10)
"""How long the task that is to destroy a secret may be late before it is done without it."""

LONGEST_RUN = timedelta(hours=1)
"""After which an operation whose task is gone is no longer waited for: begun with it in one transaction, ended with
it in another, it will not be carried out any more, and nobody can be given a new password while it stands there.
"""


LEFT = timedelta(days=7)
"""After which a secret that another release never set, and does not work on, is destroyed: it does not come back."""

_HAS_TASK = exists().where(
    stored_task.c.kind == RESET,
    stored_task.c.key == password_operation.c.id,
    stored_task.c.status == "ready",
)


class PurgeOperations(OperationRows):
    """The housekeeping of operations, jobs, secrets, links and the list of directors."""

    async def purge(self, now: datetime) -> int:
        """Removes what has served its time; returns how many rows. Errors: StoreUnavailable."""
        burned = await self._burn_forgotten(now)
        await self._fail_forgotten(now)
        return burned + await self._remove(now)

    @transaction
    def _burn_forgotten(self, connection: Connection, now: datetime) -> int:
        kept = connection.execute(select(secret.c.operation)).scalars().all()
        unread = Unread()
        found = self._in_turn(connection, password_operation.c.id.in_(kept), unread=unread).values()
        # What does not open can be shown to nobody, and nothing can be recorded of it.
        useless = unread.spoilt | self._served(connection, unread.of_another_release, now)
        illegible = self._vault.burn_in(connection, sorted(useless))
        over = [one for one in found if time_is_over(one, now, late=TASKS_TURN)]
        ended = [one for one in found if one.stage not in {Stage.REQUESTED, Stage.READY, Stage.SHOWN}]
        self._supersede(connection, [*over, *ended])
        self._audit.append_in(connection, [key_destroyed_entry(one, now) for one in over])
        return illegible + len(over) + len(ended)

    @staticmethod
    def _served(connection: Connection, of_another_release: Collection[str], now: datetime) -> set[str]:
        """Those of another release whose secret has served its time by their own clocks. The others it may yet give
        out, or set once more: with their secret gone that would be a second password.
        """
        if not of_another_release:
            return set()
        until = func.coalesce(password_operation.c.lease_until, password_operation.c.unseen_until)
        over = until < to_milliseconds(now - TASKS_TURN)
        left = and_(until.is_(None), password_operation.c.at < to_milliseconds(now - LEFT), ~_HAS_TASK)
        ids = password_operation.c.id.in_(sorted(of_another_release))
        return set(connection.execute(select(password_operation.c.id).where(ids, or_(over, left))).scalars())

    @transaction
    def _fail_forgotten(self, connection: Connection, now: datetime) -> int:
        lost = connection.execute(
            select(password_operation.c.id).where(
                password_operation.c.stage == Stage.REQUESTED,
                password_operation.c.at < to_milliseconds(now - LONGEST_RUN),
                ~_HAS_TASK,
            )
        )
        # What does not open lost its secret a moment ago, and is left to whoever reads the log.
        ids = lost.scalars().all()
        found = self._in_turn(connection, password_operation.c.id.in_(ids), unread=Unread())
        failed = []
        for operation in found.values():
            if operation.stage is Stage.REQUESTED:
                sent = self._vault.burn_in(connection, [operation.asked.id])  # nobody knows whether it arrived
                changes = {"in_doubt": operation.in_doubt or bool(sent), "failure": Failure.UNAVAILABLE}
                failed.append(self._changed(connection, operation, stage=Stage.FAILED, **changes))
        entries = [failed_entry(one, now, Failure.UNAVAILABLE, "") for one in failed]
        self._audit.append_in(connection, entries)
        return len(failed)

    @transaction
    def _remove(self, connection: Connection, now: datetime) -> int:
        old = to_milliseconds(now - RECEIPTS_KEPT)
        of_old = select(password_operation.c.id).where(password_operation.c.at < old)
        removed = 0
        for statement in (
            delete(slip_link).where(slip_link.c.until < to_milliseconds(now - LINKS_KEPT)),
            delete(secret).where(secret.c.operation.in_(of_old)),
            *old_operations(old),
            delete(password_job).where(
                password_job.c.at < old, ~exists().where(password_operation.c.job == password_job.c.id)
            ),
            delete(school_director).where(school_director.c.seen < old),
        ):
            removed += connection.execute(statement).rowcount
        if removed:
            self._connections.empty_log_after(connection)
        return removed
