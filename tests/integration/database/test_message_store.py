import asyncio
from datetime import timedelta

from bot.database.engine import Database
from tests.integration.database.conftest import MovableClock, Open
from tests.promises.store import NOW


async def test_since_when_outlasts_a_restart(open_database: Open, database_url: str, clock: MovableClock):
    first = await open_database(database_url)
    began = await first.messages.since("address:1", "a:1")
    assert began == NOW
    await first.close()
    clock.advance(days=3)

    again = await open_database(database_url)
    assert await again.messages.since("address:1", "a:1") == NOW
    assert await again.messages.since("address:2", "a:1") == NOW + timedelta(days=3)
    assert await again.purge(NOW + timedelta(days=91)) == 1


async def test_intended_by_two_replicas_at_once_it_is_one(open_database: Open, postgres_url: str):
    replicas = [await open_database(postgres_url) for _ in range(2)]
    for number in range(100):
        kept = await asyncio.gather(*(one.messages.intend(f"key {number}", "a:1") for one in replicas))
        assert kept[0] == kept[1]


async def test_of_two_replicas_one_sends(open_database: Open, postgres_url: str):
    replicas = [await open_database(postgres_url) for _ in range(2)]
    for number in range(100):
        await replicas[0].messages.intend(f"key {number}", "a:1")
        signs = await asyncio.gather(*(one.messages.begin(f"key {number}") for one in replicas))
        assert sum(sign is not None for sign in signs) == 1


async def test_a_clock_that_was_wrong_keeps_nobody_from_sending(database: Database, clock: MovableClock):
    await database.messages.intend("key", "a:1")
    clock.advance(days=400)
    assert await database.messages.begin("key") is not None
    clock.advance(days=-400)
    assert await database.messages.begin("key") is not None


async def test_old_ones_are_purged(database: Database, clock: MovableClock):
    await database.messages.intend("old", "a:1")
    await database.messages.intend("touched", "a:1")
    clock.advance(days=60)
    await database.messages.sent("touched", "f:7", "x")

    assert await database.purge(NOW + timedelta(days=90)) == 0
    assert await database.purge(NOW + timedelta(days=91)) == 1
    assert (await database.messages.intend("touched", "a:1")).state == "sent"


async def test_where_a_card_of_a_request_is_stays_known_as_long_as_a_closed_request(
    database: Database, clock: MovableClock
):
    """The key is the one under which such a card is sent; a notice about a request is changed by nobody."""
    await database.messages.intend("transfer:request-1:teacher-1", "a:1")
    await database.messages.intend("transfer-notice:request-1:teacher-1", "a:1")

    assert await database.purge(NOW + timedelta(days=91)) == 1
    assert await database.messages.known("transfer:request-1:teacher-1") is not None
    assert await database.purge(NOW + timedelta(days=400)) == 0
    assert await database.purge(NOW + timedelta(days=401)) == 1
