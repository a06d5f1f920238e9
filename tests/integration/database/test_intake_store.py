"""Both databases keep the promises of intake's ledger."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from bot.core.decision import ALLOWED
from bot.database.engine import Database
from bot.database.tables import task
from tests.promises.intake_promises import IntakePromises, IntakeStore
from tests.promises.store import NOW


@pytest.fixture
def store(database: Database) -> IntakeStore:
    async def entries():
        return [one.entry async for one in database.audit.entries(datetime(1980, 1, 1, tzinfo=UTC))]

    async def tasks() -> int:
        return await database.connections.run(
            lambda connection: connection.execute(select(func.count()).select_from(task)).scalar_one()
        )

    return IntakeStore(database.intake, entries, tasks)


class TestStoredIntake(IntakePromises):
    pass


async def test_former_seasons_are_forgotten(database: Database, store: IntakeStore):
    assert await store.reserves("press", 3) == ALLOWED

    assert await database.intake.purge(NOW + timedelta(days=399)) == 0
    assert await database.intake.purge(NOW + timedelta(days=401)) == 1
    assert await database.intake.charges("school", 2026) == ()
