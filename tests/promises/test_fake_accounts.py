"""The in-memory store of a school's board keeps the promises that the databases keep."""

import pytest

from bot.core.audit import AuditEntry
from tests.fakes import FakeAuditLog, FakeClock
from tests.fakes_accounts import FakeAccountStore
from tests.fakes_passwords import FakeOperations, FakeQueue
from tests.promises.accounts_promises import AccountPromises, AccountStore
from tests.promises.store import NOW


@pytest.fixture
def store() -> AccountStore:
    clock, audit = FakeClock(NOW), FakeAuditLog()
    queue = FakeQueue(clock)
    operations = FakeOperations(audit, queue)
    fake = FakeAccountStore(clock, audit, queue, operations)

    async def director_came(school: str, person: str) -> None:
        fake.directors[school] = clock()

    async def entries() -> list[AuditEntry]:
        return list(audit.entries)

    return AccountStore(fake, fake, fake, fake, operations, queue, clock, director_came, entries)


class TestFakeAccounts(AccountPromises):
    pass
