"""The small stores of a database keep their promises, on both engines."""

import pytest

from bot.core.audit import AuditEntry
from bot.database.engine import Database
from tests.integration.database.conftest import MovableClock
from tests.promises.small_promises import (
    DeputiesPromises,
    LedgerPromises,
    MessagesPromises,
    PreferencesPromises,
    SmallStores,
)
from tests.promises.store import NOW


@pytest.fixture
def store(database: Database, clock: MovableClock) -> SmallStores:
    async def entries() -> list[AuditEntry]:
        return [read.entry async for read in database.audit.entries(NOW.replace(year=2000))]

    return SmallStores(database.ledger, database.deputies, database.messages, database.preferences, clock, entries)


class TestStoredLedger(LedgerPromises):
    pass


class TestStoredDeputies(DeputiesPromises):
    pass


class TestStoredMessages(MessagesPromises):
    pass


class TestStoredPreferences(PreferencesPromises):
    pass
