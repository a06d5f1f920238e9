"""The in-memory store of requests keeps the promises that the databases keep."""

import pytest

from bot.core.audit import AuditEntry
from tests.fakes import FakeAuditLog, FakeClock
from tests.fakes_passwords import FakeQueue, FakeReleases
from tests.fakes_transfers import FakeDeputies, FakeTransfers
from tests.promises.store import NOW
from tests.promises.transfers_promises import TransfersPromises, TransferStore


@pytest.fixture
def store() -> TransferStore:
    clock, audit, releases = FakeClock(NOW), FakeAuditLog(), FakeReleases()
    queue = FakeQueue(clock)

    async def entries() -> list[AuditEntry]:
        return audit.entries

    transfers = FakeTransfers(audit, queue, releases)
    transfers.deputies = FakeDeputies(audit)
    return TransferStore(transfers, queue, clock, entries, releases.released_by, transfers.deputies)


class TestFakeTransfers(TransfersPromises):
    pass
