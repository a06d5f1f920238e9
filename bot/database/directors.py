"""Who acts as which school's director: whom a notice about that school's accounts concerns."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, select, text

from bot.core.clock import Clock
from bot.core.memory import Memory
from bot.database.connections import Connections
from bot.database.password_tables import school_director
from bot.database.tables import to_milliseconds
from bot.database.transaction import transaction

WRITTEN_AFTER = timedelta(days=1)
"""How exactly it is known when somebody was last seen."""

REMEMBERED_DIRECTORS = 10_000

SEEN = text(
    "INSERT INTO school_director (school, object_id, seen) VALUES (:school, :object_id, :seen)"
    " ON CONFLICT (school, object_id) DO UPDATE SET seen = excluded.seen WHERE excluded.seen > school_director.seen"
)


class StoredDirectors:
    """Notes directors as they come. Errors: StoreUnavailable."""

    def __init__(self, connections: Connections, clock: Clock) -> None:
        self._connections = connections
        self._clock = clock
        self._recent: Memory[tuple[str, str], bool] = Memory(WRITTEN_AFTER, REMEMBERED_DIRECTORS)

    async def seen(self, school_id: str, object_id: str) -> None:
        """This person is this school's director now. Written once a day."""
        now = self._clock()
        if self._recent.get((school_id, object_id), now) is not None:
            return
        values = {"school": school_id, "object_id": object_id, "seen": to_milliseconds(now)}
        await self._connections.run(lambda connection: connection.execute(SEEN, values))
        self._recent.put((school_id, object_id), True, now)

    @transaction
    def of_school(self, connection: Connection, school_id: str, since: datetime) -> tuple[str, ...]:
        """Object ids of those who have acted as this school's director since then, sorted."""
        return directors_of(connection, school_id, since)


def directors_of(connection: Connection, school_id: str, since: datetime) -> tuple[str, ...]:
    """The same within a transaction of another store."""
    found = connection.execute(
        select(school_director.c.object_id)
        .where(school_director.c.school == school_id, school_director.c.seen >= to_milliseconds(since))
        .order_by(school_director.c.object_id)
    )
    return tuple(found.scalars())
