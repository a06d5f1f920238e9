"""Students whom another school's director has released."""

from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.database.connections import Connections
from bot.database.password_tables import release
from bot.database.tables import to_milliseconds

KEPT = timedelta(days=30)
"""After its end."""


class StoredReleases:
    """`bot.core.passwords.ports.Releases`, and their writing. Errors: StoreUnavailable."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    async def released(self, person_id: str, school_id: str, now: datetime) -> bool:
        """See the port. From the moment of the approval, to its end exclusively."""

        async def work(connection: AsyncConnection) -> bool:
            found = await connection.execute(
                select(release.c.request).where(
                    release.c.person == person_id,
                    release.c.school == school_id,
                    release.c.at <= to_milliseconds(now),
                    release.c.until > to_milliseconds(now),
                )
            )
            return found.first() is not None

        return await self._connections.run(work)

    async def add(self, person: str, school: str, at: datetime, until: datetime, request: str) -> None:
        """The request was approved: the person is released to the school. A newer release takes the place of one."""

        async def work(connection: AsyncConnection) -> None:
            await self.add_in(connection, person, school, at=at, until=until, request=request)

        await self._connections.run(work)

    async def add_in(
        self, connection: AsyncConnection, person: str, school: str, *, at: datetime, until: datetime, request: str
    ) -> None:
        """The same within the transaction that keeps the approval."""
        await self._connections.serialise(connection, "release", person, school)
        await connection.execute(delete(release).where(release.c.person == person, release.c.school == school))
        values = {"at": to_milliseconds(at), "until": to_milliseconds(until), "request": request}
        await connection.execute(insert(release).values(person=person, school=school, **values))

    async def purge(self, now: datetime) -> int:
        """Removes releases that ended a month ago; returns how many."""

        async def work(connection: AsyncConnection) -> int:
            old = release.c.until < to_milliseconds(now - KEPT)
            return (await connection.execute(delete(release).where(old))).rowcount

        return await self._connections.run(work)
