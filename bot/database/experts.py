"""Experts of regional offices, as the bot meets them, and all who have to do with a school or region."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select, text

from bot.core.clock import Clock
from bot.core.memory import Memory
from bot.core.people.regions import region_key
from bot.database.connections import Connections
from bot.database.deputies import StoredDeputies
from bot.database.directors import WRITTEN_AFTER, StoredDirectors
from bot.database.tables import to_milliseconds
from bot.database.transaction import transaction
from bot.database.transfer_tables import regional_expert

REMEMBERED_EXPERTS = 1_000

KEPT = timedelta(days=400)
"""After which somebody who was not seen is not looked for any more."""

SEEN = text(
    "INSERT INTO regional_expert (region, object_id, seen) VALUES (:region, :object_id, :seen)"
    " ON CONFLICT (region, object_id) DO UPDATE SET seen = excluded.seen WHERE excluded.seen > regional_expert.seen"
)


class StoredExperts:
    """Notes experts as they come. Errors: StoreUnavailable."""

    def __init__(self, connections: Connections, clock: Clock) -> None:
        self._connections = connections
        self._clock = clock
        self._recent: Memory[tuple[str, str], bool] = Memory(WRITTEN_AFTER, REMEMBERED_EXPERTS)

    async def seen(self, region: str, object_id: str) -> None:
        """This person is an expert of this region's office now. Written once a day."""
        region, now = region_key(region), self._clock()
        if self._recent.get((region, object_id), now) is not None:
            return
        values = {"region": region, "object_id": object_id, "seen": to_milliseconds(now)}
        await self._connections.run(lambda connection: connection.execute(SEEN, values))
        self._recent.put((region, object_id), True, now)

    @transaction
    def of_region(self, connection: Connection, region: str, since: datetime) -> tuple[str, ...]:
        """Those seen since then, sorted."""
        found = connection.execute(
            select(regional_expert.c.object_id)
            .where(regional_expert.c.region == region_key(region), regional_expert.c.seen >= to_milliseconds(since))
            .order_by(regional_expert.c.object_id)
        )
        return tuple(found.scalars())

    @transaction
    def purge(self, connection: Connection, now: datetime) -> int:
        """Removes those not seen in 400 days; returns how many."""
        old = regional_expert.c.seen < to_milliseconds(now - KEPT)
        return connection.execute(delete(regional_expert).where(old)).rowcount


class StoredDeciders:
    """`bot.core.transfers.ports.Deciders`. `configured`: object id of an expert → region."""

    def __init__(
        self,
        directors: StoredDirectors,
        deputies: StoredDeputies,
        experts: StoredExperts,
        clock: Clock,
        configured: Mapping[str, str],
    ) -> None:
        self._directors = directors
        self._deputies = deputies
        self._experts = experts
        self._clock = clock
        self._configured = dict(configured)

    async def directors(self, school_id: str, since: datetime) -> tuple[str, ...]:
        """See the port."""
        return await self._directors.of_school(school_id, since)

    async def deputies(self, school_id: str, now: datetime) -> tuple[str, ...]:
        """See the port."""
        return tuple(one.person for one in await self._deputies.of_school(school_id, now))

    async def experts(self, region: str) -> tuple[str, ...]:
        """See the port."""
        wanted = region_key(region)
        if not wanted:
            return ()
        named = [person for person, office in self._configured.items() if region_key(office) == wanted]
        seen = await self._experts.of_region(region, self._clock() - KEPT)
        return tuple(dict.fromkeys((*named, *seen)))
