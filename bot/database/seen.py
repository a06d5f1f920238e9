"""Which activities were answered, so that a repeated delivery is answered once.

Channels send again what is not answered in about 15 seconds (MicrosoftDocs/msteams-docs#6084). Most of it is settled
in memory. The table serves what memory cannot: other replicas, and the time before a restart.
"""

from collections import OrderedDict
from datetime import datetime, timedelta
from functools import lru_cache

from sqlalchemy import Connection, delete, select, text

from bot.core.clock import Clock
from bot.database.connections import Connections
from bot.database.keys import DatabaseKeys
from bot.database.tables import seen_activity, to_milliseconds
from bot.database.transaction import transaction

KEPT = timedelta(days=7)

SENT_AGAIN_WITHIN = timedelta(hours=1)
"""Far more than any channel waits before it sends again."""

REMEMBERED = 50_000
"""About 8 MB. Also the most that may wait to be written while the database is away."""

ADD = text("INSERT INTO seen_activity (digest, at) VALUES (:digest, :at) ON CONFLICT (digest) DO NOTHING")


class StoredSeenActivities:
    """The activities answered. Errors of the calls that wait: StoreUnavailable."""

    def __init__(
        self, connections: Connections, keys: DatabaseKeys, clock: Clock, *, remembered: int = REMEMBERED
    ) -> None:
        self._connections = connections
        self._digest_of = lru_cache(maxsize=256)(keys.digest_of)  # asked before a turn and after it
        self._clock = clock
        self._remembered = remembered
        self._memory: OrderedDict[bytes, int] = OrderedDict()
        self._unwritten: dict[bytes, int] = {}
        # One process that has read what the last one left knows everything worth knowing: no need to ask the table.
        self._memory_knows_all = False

    async def load(self) -> None:
        """Reads what was answered within the last hour. Where one process is all there is, memory then suffices."""
        if not self._connections.sqlite:
            return
        newest = await self._newest(to_milliseconds(self._clock() - SENT_AGAIN_WITHIN))
        self._memory_knows_all = len(newest) <= self._remembered
        self._memory.update(reversed(newest[: self._remembered]))

    async def seen(self, conversation_id: str, activity_id: str) -> bool:
        """Whether this activity was already answered (here or by another replica)."""
        digest = self._digest_of(conversation_id, activity_id)
        if digest in self._memory:
            return True
        if self._memory_knows_all:
            return False
        known = select(seen_activity.c.at).where(seen_activity.c.digest == digest)
        return await self._connections.run(lambda connection: connection.execute(known).first() is not None)

    def mark(self, conversation_id: str, activity_id: str) -> None:
        """Notes that it is answered; `flush` brings it to the disk."""
        digest = self._digest_of(conversation_id, activity_id)
        now = to_milliseconds(self._clock())
        self._memory[digest] = now
        self._unwritten[digest] = now
        if len(self._memory) > self._remembered:
            _, at = self._memory.popitem(last=False)
            if at > to_milliseconds(self._clock() - SENT_AGAIN_WITHIN):
                self._memory_knows_all = False
        if len(self._unwritten) > self._remembered:
            del self._unwritten[next(iter(self._unwritten))]

    async def flush(self) -> None:
        """Writes what was marked since the last time, in one transaction. What fails to be written is kept."""
        if not self._unwritten:
            return
        taken, self._unwritten = self._unwritten, {}
        rows = [{"digest": digest, "at": at} for digest, at in taken.items()]
        written = False
        try:
            await self._connections.run(lambda connection: connection.execute(ADD, rows))
            written = True
        finally:
            if not written:
                self._unwritten = taken | self._unwritten

    @transaction
    def _newest(self, connection: Connection, since: int) -> list[tuple[bytes, int]]:
        found = connection.execute(
            select(seen_activity.c.digest, seen_activity.c.at)
            .where(seen_activity.c.at >= since)
            .order_by(seen_activity.c.at.desc())
            .limit(self._remembered + 1)
        )
        return [(row.digest, row.at) for row in found]

    @transaction
    def purge(self, connection: Connection, now: datetime) -> int:
        """Removes what is older than seven days; returns how many."""
        before = to_milliseconds(now - KEPT)
        return connection.execute(delete(seen_activity).where(seen_activity.c.at < before)).rowcount
