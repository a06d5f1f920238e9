"""A database as the suites of promises want it."""

from datetime import timedelta

from bot.core.audit import AuditEntry
from bot.database.engine import Database
from tests.integration.database.conftest import MovableClock
from tests.promises.store import NOW, Store

LONG_AGO = NOW - timedelta(days=900)


def store_of(database: Database, clock: MovableClock) -> Store:
    async def entries() -> list[AuditEntry]:
        assert (await database.audit.verify()).intact
        return [recorded.entry async for recorded in database.audit.entries(LONG_AGO)]

    return Store(database.operations, database.queue, database.rate_limit, clock, entries)
