"""Students whom another school's director has released."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select

from bot.database.audit import ChainedAuditLog
from bot.database.connections import Connections
from bot.database.password_tables import release
from bot.database.rights import Note, Rights, marked, transaction_with_alarm
from bot.database.tables import to_milliseconds
from bot.database.transaction import transaction

KEPT = timedelta(days=30)
"""After its end."""


class StoredReleases:
    """`bot.core.passwords.ports.Releases`, and their writing. Errors: StoreUnavailable."""

    def __init__(self, connections: Connections, rights: Rights, audit: ChainedAuditLog) -> None:
        self._connections = connections
        self._rights = rights
        self._audit = audit

    @transaction_with_alarm
    def released(self, connection: Connection, note: Note, person_id: str, school_id: str, now: datetime) -> bool:
        """See the port. From the moment of the approval, to its end exclusively. A row that is not as it was written
        last releases nobody, and is an alarm.
        """
        found = connection.execute(
            select(release).where(release.c.person == person_id, release.c.school == school_id)
        )
        row = found.one_or_none()
        if row is not None:
            row = self._rights.current_in(connection, release, row, person_id, note)
        return row is not None and row.at <= to_milliseconds(now) < row.until

    @transaction
    def add(  # noqa: PLR0917 -- its caller gives five
        self, connection: Connection, person: str, school: str, at: datetime, until: datetime, request: str
    ) -> None:
        """The request was approved: the person is released to the school. A newer release takes the place of one."""
        marks = self.add_in(connection, person, school, at=at, until=until, request=request)
        self._audit.append_in(connection, marked((), marks, person, at))

    def add_in(
        self, connection: Connection, person: str, school: str, *, at: datetime, until: datetime, request: str
    ) -> dict[str, str]:
        """The same within the transaction that keeps the approval; the mark belongs into its audit entry."""
        self._connections.serialise(connection, "release", person, school)
        here = (release.c.person == person, release.c.school == school)
        connection.execute(delete(release).where(*here))
        values = {"at": to_milliseconds(at), "until": to_milliseconds(until), "request": request}
        connection.execute(insert(release).values(person=person, school=school, **values))
        return self._rights.seal_in(connection, release, *here)

    @transaction
    def purge(self, connection: Connection, now: datetime) -> int:
        """Removes releases that ended a month ago; returns how many."""
        old = release.c.until < to_milliseconds(now - KEPT)
        return connection.execute(delete(release).where(old)).rowcount
