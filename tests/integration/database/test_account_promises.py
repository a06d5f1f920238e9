"""Both databases keep the promises of a school's board."""

from datetime import UTC, datetime

import pytest

from bot.core.audit import AuditEntry
from bot.database.engine import Database
from tests.integration.database.conftest import MovableClock
from tests.promises.accounts_promises import AccountPromises, AccountStore


@pytest.fixture
def store(database: Database, clock: MovableClock) -> AccountStore:
    async def director_came(school: str, person: str) -> None:
        await database.directors.seen(school, person)

    async def entries() -> list[AuditEntry]:
        return [one.entry async for one in database.audit.entries(datetime(1980, 1, 1, tzinfo=UTC))]

    return AccountStore(
        database.boards,
        database.receipts,
        database.school_choices,
        database.asks,
        database.operations,
        database.queue,
        clock,
        director_came,
        entries,
    )


class TestStoredAccounts(AccountPromises):
    pass
