"""Students whom another school's director has released."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select

from bot.database.connections import Connections
from bot.database.password_tables import release
from bot.database.rights import Note, Rights, transaction_with_alarm
from bot.database.tables import to_milliseconds
from bot.database.transaction import transaction
from bot.database.transfer_tables import transfer

KEPT = timedelta(days=30)
"""After its end."""


class StoredReleases:
    """`bot.core.passwords.ports.Releases`, and their writing. Errors: StoreUnavailable."""

    def __init__(self, connections: Connections, rights: Rights) -> None:
        self._connections = connections
        self._rights = rights

    @transaction_with_alarm
    def released_by(
        self, connection: Connection, note: Note, person_id: str, school_id: str, now: datetime
    ) -> str | None:
        """See the port. From the moment of the approval, to its end exclusively. A row, or one of its request, that
        is not as it was written last releases nobody, and is an alarm.
        """
        found = connection.execute(
            select(release).where(release.c.person == person_id, release.c.school == school_id)
        )
        row = found.one_or_none()
        if row is not None:
            row = self._rights.current_in(connection, release, row, person_id, note)
        if row is None or not row.at <= to_milliseconds(now) < row.until:
            return None
        asked = connection.execute(select(transfer).where(transfer.c.id == row.request)).one_or_none()
        if asked is not None:
            asked = self._rights.current_in(connection, transfer, asked, asked.person, note)
        if asked is None or (asked.person, asked.receiving) != (person_id, school_id):
            return None
        return str(asked.releasing)

    def add_in(
        self, connection: Connection, person: str, school: str, *, at: datetime, until: datetime, request: str
    ) -> dict[str, str]:
        """The request was approved: the person is released to the school, in the transaction that keeps the approval.
        A newer release takes the place of one. The mark belongs into the entry of the audit log.
        """
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
