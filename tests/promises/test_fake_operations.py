"""The in-memory stores of the core's tests keep the promises that the databases keep."""

import pytest

from bot.core.audit import AuditEntry
from tests.fakes import FakeAuditLog, FakeClock
from tests.fakes_passwords import FakeOperations, FakeQueue, FakeRateLimit
from tests.promises.operations_promises import OperationsPromises
from tests.promises.store import NOW, Store
from tests.promises.tasks_promises import PacePromises, QueuePromises


@pytest.fixture(params=[False, True], ids=["at once", "yielding"])
def store(request: pytest.FixtureRequest) -> Store:
    """The fakes, empty; both in the way of a simulation and in that of a test that wants others to have a turn."""
    clock = FakeClock(NOW)
    audit = FakeAuditLog()
    queue = FakeQueue(clock, yields=request.param)

    async def entries() -> list[AuditEntry]:
        return audit.entries

    operations = FakeOperations(audit, queue, yields=request.param)
    return Store(operations, queue, FakeRateLimit(clock), clock, entries)


class TestFakeOperations(OperationsPromises):
    pass


class TestFakeQueue(QueuePromises):
    pass


class TestFakePace(PacePromises):
    pass
