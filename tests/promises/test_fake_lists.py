"""The in-memory store of lists keeps the promises that the databases keep."""

import pytest

from bot.core.audit import AuditEntry
from tests.fakes import FakeAuditLog, FakeClock
from tests.fakes_lists import FakeKeptLists
from tests.fakes_passwords import FakeQueue
from tests.promises.lists_promises import ListPromises, ListStore
from tests.promises.store import NOW


@pytest.fixture
def store() -> ListStore:
    clock = FakeClock(NOW)
    audit, queue = FakeAuditLog(), FakeQueue(clock)

    async def entries() -> list[AuditEntry]:
        return list(audit.entries)

    return ListStore(FakeKeptLists(audit, queue, clock), queue, clock, entries)


class TestFakeLists(ListPromises):
    pass
