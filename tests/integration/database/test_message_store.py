import asyncio
from datetime import timedelta

from bot.database.engine import Database
from bot.database.messages import StoredMessage
from tests.integration.database.conftest import MovableClock, Open
from tests.promises.store import NOW

INTENT = StoredMessage("key", "a:1", "", "intent", "")


async def test_a_message_is_intended_sent_and_changed(database: Database):
    messages = database.messages
    assert await messages.intend("key", "a:1") == INTENT
    await messages.sent("key", "f:7", "3/27")
    assert await messages.intend("key", "a:1") == StoredMessage("key", "a:1", "f:7", "sent", "3/27")
    await messages.shown("key", "4/26")
    assert await messages.intend("key", "a:2") == StoredMessage("key", "a:1", "f:7", "sent", "4/26")


async def test_one_in_doubt_is_told_by_its_intent(database: Database):
    await database.messages.intend("key", "a:1")
    assert await database.messages.intend("key", "a:1") == INTENT


async def test_a_forgotten_one_begins_anew(database: Database):
    await database.messages.intend("key", "a:1")
    await database.messages.sent("key", "f:7", "x")
    await database.messages.intend("other", "a:1")
    await database.messages.forget("key")
    await database.messages.forget("key")
    assert await database.messages.intend("key", "a:2") == StoredMessage("key", "a:2", "", "intent", "")


async def test_what_was_never_intended_is_not_made_up(database: Database):
    await database.messages.sent("key", "f:7", "x")
    await database.messages.shown("key", "x")
    assert await database.messages.intend("key", "a:1") == INTENT


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


async def test_old_ones_are_purged(database: Database, clock: MovableClock):
    await database.messages.intend("old", "a:1")
    await database.messages.intend("touched", "a:1")
    clock.advance(days=60)
    await database.messages.sent("touched", "f:7", "x")

    assert await database.purge(NOW + timedelta(days=90)) == 0
    assert await database.purge(NOW + timedelta(days=91)) == 1
    assert (await database.messages.intend("touched", "a:1")).state == "sent"
