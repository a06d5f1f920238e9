"""The stand-in keeps the promises of intake's ledger."""

import pytest

from tests.fakes_intake import FakeIntake
from tests.promises.intake_promises import IntakePromises, IntakeStore


@pytest.fixture
def store() -> IntakeStore:
    ledger = FakeIntake()

    async def entries():
        return ledger.audit.entries

    async def tasks() -> int:
        return len(ledger.tasks)

    return IntakeStore(ledger, entries, tasks)


class TestFakeIntake(IntakePromises):
    pass
