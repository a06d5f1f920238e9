"""Reading operations and jobs."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, func, or_, select

from bot.core.passwords.model import Operation, Stage
from bot.core.passwords.ports import Newest
from bot.database.directors import directors_of
from bot.database.operation_rows import READ_JOB, READ_ONE, OperationRows, Unread
from bot.database.password_tables import password_operation
from bot.database.transaction import transaction

AT_ONCE = 1_000
"""Values in one statement: SQLite takes 32,766, PostgreSQL 32,767."""


def counts(operation: Any) -> ColumnElement[bool]:
    """`Operation.counts`, of the columns of an operation."""
    return or_(operation.stage.not_in((Stage.FAILED, Stage.CANCELLED)), operation.in_doubt == 1)


COUNTS = counts(password_operation.c)

_RANKED = (
    select(
        password_operation.c.id,
        func.row_number()
        .over(
            partition_by=password_operation.c.person,
            order_by=(password_operation.c.at.desc(), password_operation.c.id.desc()),
        )
        .label("place"),
    )
    .where(password_operation.c.person.in_(bindparam("persons", expanding=True)), COUNTS)
    .subquery()
)
_LATEST = (
    select(password_operation).join(_RANKED, _RANKED.c.id == password_operation.c.id).where(_RANKED.c.place == 1)
)


class ReadOperations(OperationRows):
    """The part of `bot.core.passwords.ports.Operations` that changes nothing."""

    @transaction
    def one(self, connection: Connection, operation_id: str) -> Operation | None:
        """See the port."""
        found = self._read(connection, READ_ONE, {"operation": operation_id})
        return found[0] if found else None

    @transaction
    def of_job(self, connection: Connection, job_id: str) -> tuple[Operation, ...]:
        """See the port."""
        found = self._read(connection, READ_JOB, {"job": job_id})
        return tuple(sorted(found, key=lambda one: (one.asked.name.casefold(), one.asked.id)))

    @transaction
    def latest(self, connection: Connection, person_ids: Collection[str]) -> Mapping[str, Operation]:
        """See the port."""
        return self._latest(connection, person_ids)

    @transaction
    def newest(self, connection: Connection, person_ids: Collection[str]) -> Newest:
        """See the port."""
        unread = Unread()
        found = self._latest(connection, person_ids, unread)
        return Newest(found, frozenset(unread.persons))

    def _latest(
        self, connection: Connection, person_ids: Collection[str], unread: Unread | None = None
    ) -> Mapping[str, Operation]:
        wanted = sorted(set(person_ids))
        found: dict[str, Operation] = {}
        for start in range(0, len(wanted), AT_ONCE):
            given = {"persons": wanted[start : start + AT_ONCE]}
            found.update((one.asked.person, one) for one in self._read(connection, _LATEST, given, unread=unread))
        return found

    @transaction
    def directors(self, connection: Connection, school_id: str, since: datetime) -> tuple[str, ...]:
        """See the port. Sorted."""
        return directors_of(connection, school_id, since)
