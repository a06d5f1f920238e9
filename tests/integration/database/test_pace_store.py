import asyncio
from datetime import timedelta

import pytest

from bot.core.tasks import RateLimit
from bot.database.engine import Database
from tests.integration.database.conftest import MovableClock, Open
from tests.integration.database.owner import as_owner
from tests.integration.database.passwords import store_of
from tests.promises.store import NOW, Store
from tests.promises.tasks_promises import PacePromises

EVERY = timedelta(milliseconds=50)


@pytest.fixture
def store(database: Database, clock: MovableClock) -> Store:
    return store_of(database, clock)


class TestStoredPace(PacePromises):
    pass


def test_a_database_offers_the_port(database: Database):
    rate_limit: RateLimit = database.rate_limit
    assert rate_limit is database.rate_limit


async def test_replicas_share_one_limit(open_database: Open, postgres_url: str, clock: MovableClock):
    replicas = [await open_database(postgres_url) for _ in range(2)]
    gone = 0
    for _ in range(60):
        waits = await asyncio.gather(*(replicas[which % 2].rate_limit.take("writes", EVERY, 5) for which in range(6)))
        gone += sum(wait == timedelta(0) for wait in waits)
        clock.advance(milliseconds=50)
    assert gone == 5 + 59

    await replicas[0].rate_limit.pause("writes", clock() + timedelta(seconds=3))
    assert await replicas[1].rate_limit.take("writes", EVERY, 7) == timedelta(seconds=3)
    assert await replicas[0].rate_limit.take("writes", EVERY, 7) == timedelta(seconds=3) + EVERY


async def test_an_interval_of_a_broken_number_of_milliseconds_is_rather_longer(
    database: Database, clock: MovableClock
):
    gone = 0
    for _ in range(1000):
        gone += await database.rate_limit.take("writes", timedelta(seconds=1) / 17, 1) == timedelta(0)
        clock.advance(milliseconds=1)
    assert gone == 17


async def test_a_clock_that_goes_back_gives_nothing_away(database: Database, clock: MovableClock):
    assert await database.rate_limit.take("writes", EVERY, 1) == timedelta(0)
    clock.advance(milliseconds=-30)
    assert await database.rate_limit.take("writes", EVERY, 1) == timedelta(milliseconds=80)


async def test_forgotten_limits_are_purged(database: Database, database_url: str):
    await database.rate_limit.take("writes", EVERY, 1)
    await database.rate_limit.pause("reads", NOW + timedelta(days=3))
    await database.purge(NOW + timedelta(days=2))
    assert await as_owner(database_url, "SELECT name FROM pace") == [("reads (pause)",)]
