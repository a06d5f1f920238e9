"""Temporary passwords as they are kept: operations, their secrets, jobs and links to slips."""

from collections.abc import Sequence

from sqlalchemy import Connection

from bot.core.audit import AuditEntry
from bot.core.tasks import NewTask
from bot.database.operations_begin import BeginOperations
from bot.database.operations_purge import PurgeOperations
from bot.database.operations_read import ReadOperations
from bot.database.operations_show import ShowOperations
from bot.database.operations_work import WorkOnOperations
from bot.database.slip_links import KeepSlipLinks
from bot.database.transaction import transaction


class StoredOperations(
    BeginOperations, WorkOnOperations, ShowOperations, ReadOperations, KeepSlipLinks, PurgeOperations
):
    """`bot.core.passwords.ports.Operations`, and its housekeeping. Errors of all calls: StoreUnavailable."""

    @transaction
    def note(self, connection: Connection, entries: Sequence[AuditEntry], tasks: Sequence[NewTask]) -> None:
        """See the port."""
        self._queue.add_in(connection, tasks)
        self._audit.append_in(connection, entries)
