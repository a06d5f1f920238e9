"""The small in-memory stores keep the promises that the databases keep."""

import pytest

from bot.core.audit import AuditEntry
from tests.fakes import FakeAuditLog, FakeClock, FakeLedger, FakePreferences
from tests.fakes_transfers import FakeDeputies
from tests.promises.small_promises import (
    DeputiesPromises,
    LedgerPromises,
    MessagesPromises,
    PreferencesPromises,
    SmallStores,
)
from tests.promises.store import NOW
from tests.unit.announcer.room import FakeMessages


@pytest.fixture
def store() -> SmallStores:
    clock, audit = FakeClock(NOW), FakeAuditLog()

    async def entries() -> list[AuditEntry]:
        return audit.entries

    return SmallStores(FakeLedger(audit), FakeDeputies(audit), FakeMessages(clock), FakePreferences(), clock, entries)


class TestFakeLedger(LedgerPromises):
    pass


class TestFakeDeputies(DeputiesPromises):
    pass


class TestFakeMessages(MessagesPromises):
    pass


class TestFakePreferences(PreferencesPromises):
    pass
