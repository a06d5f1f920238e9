"""Experts of regional offices, as the bot meets them, and all who have to do with a school or region."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select, text

from bot.core.clock import Clock
from bot.core.memory import Memory
from bot.core.people.ports import AccountIds
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


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDeciders:
    """`bot.core.actors.ports.Deciders`. `configured`: object id or username of an expert → region; whose account a
    username is, is asked of `accounts` until it is known.
    """

    directors_seen: StoredDirectors
    authorised: StoredDeputies
    experts_seen: StoredExperts
    clock: Clock
    configured: Mapping[str, str]
    accounts: AccountIds
    _ids: dict[str, str] = field(default_factory=dict, init=False)

    async def directors(self, school_id: str, since: datetime) -> tuple[str, ...]:
        """See the port."""
        return await self.directors_seen.of_school(school_id, since)

    async def deputies(self, school_id: str, now: datetime) -> tuple[str, ...]:
        """See the port."""
        return tuple(one.person for one in await self.authorised.of_school(school_id, now))

    async def experts(self, region: str) -> tuple[str, ...]:
        """See the port."""
        wanted = region_key(region)
        if not wanted:
            return ()
        keys = [person for person, office in self.configured.items() if region_key(office) == wanted]
        named = [found for key in keys if (found := await self._id_of(key))]
        seen = await self.experts_seen.of_region(region, self.clock() - KEPT)
        return tuple(dict.fromkeys((*named, *seen)))

    async def _id_of(self, key: str) -> str | None:
        """None for a username that nobody has (yet)."""
        if "@" not in key:
            return key
        if key not in self._ids and (found := await self.accounts.account_id(key)) is not None:
            self._ids[key] = found
        return self._ids.get(key)
