import sqlite3

import pytest
from sqlalchemy.exc import ProgrammingError

from bot.conversation import SeenActivities
from bot.core.errors import StoreUnavailable
from bot.database.engine import Database
from bot.database.keys import DatabaseKeys
from bot.database.seen import StoredSeenActivities
from tests.integration.database.conftest import MovableClock, Open
from tests.integration.database.owner import as_owner


async def test_an_answered_activity_is_seen_at_once_and_only_in_its_conversation(database: Database):
    port: SeenActivities = database.seen
    assert not await port.seen("conversation", "1")
    port.mark("conversation", "1")
    assert await port.seen("conversation", "1")
    assert not await port.seen("conversation", "2")
    assert not await port.seen("another", "1")
    assert not await port.seen("conversation1", "")


async def test_it_is_seen_after_a_restart(open_database: Open, database_url: str):
    first = await open_database(database_url)
    first.seen.mark("conversation", "1")
    await first.close()
    second = await open_database(database_url)
    assert await second.seen.seen("conversation", "1")
    assert not await second.seen.seen("conversation", "2")


async def test_another_replica_sees_it_once_it_is_flushed(open_database: Open, postgres_url: str):
    one, other = [await open_database(postgres_url) for _ in range(2)]
    one.seen.mark("conversation", "1")
    await one.seen.flush()
    assert await other.seen.seen("conversation", "1")


async def test_both_replicas_may_have_answered(open_database: Open, postgres_url: str):
    replicas = [await open_database(postgres_url) for _ in range(2)]
    for replica in replicas:
        replica.seen.mark("conversation", "1")
        await replica.seen.flush()
    assert await as_owner(postgres_url, "SELECT count(*) FROM seen_activity") == [(1,)]


async def test_neither_id_is_written_as_it_is(database: Database, database_url: str):
    database.seen.mark("a:conversation", "f:activity")
    await database.seen.flush()
    ((digest,),) = await as_owner(database_url, "SELECT digest FROM seen_activity")
    assert len(digest) == 16


async def test_what_could_not_be_written_is_written_next_time(database: Database, database_url: str):
    database.seen.mark("conversation", "1")
    await as_owner(database_url, "ALTER TABLE seen_activity RENAME TO away")
    with pytest.raises((StoreUnavailable, ProgrammingError)):
        await database.seen.flush()
    database.seen.mark("conversation", "2")
    await as_owner(database_url, "ALTER TABLE away RENAME TO seen_activity")
    await database.seen.flush()
    await database.seen.flush()
    assert await as_owner(database_url, "SELECT count(*) FROM seen_activity") == [(2,)]


async def test_on_sqlite_memory_answers_without_the_table(open_database: Open, sqlite_url: str):
    database = await open_database(sqlite_url)
    database.seen.mark("conversation", "1")
    await as_owner(sqlite_url, "DROP TABLE seen_activity")
    assert await database.seen.seen("conversation", "1")
    assert not await database.seen.seen("conversation", "2")


async def test_memory_that_had_to_forget_asks_the_table(
    open_database: Open, database_url: str, keys: DatabaseKeys, clock: MovableClock
):
    database = await open_database(database_url)
    seen = StoredSeenActivities(database.connections, keys, clock, remembered=3)
    await seen.load()
    for number in range(3):
        seen.mark("conversation", str(number))
        await seen.flush()
    seen.mark("conversation", "3")
    await seen.flush()
    assert [await seen.seen("conversation", str(number)) for number in range(5)] == [True] * 4 + [False]
    assert len(seen._memory) == 3

    small = StoredSeenActivities(database.connections, keys, clock, remembered=2)
    await small.load()
    assert [await small.seen("conversation", str(number)) for number in range(5)] == [True] * 4 + [False]


async def test_what_waits_to_be_written_is_bounded(database: Database, keys: DatabaseKeys, clock: MovableClock):
    seen = StoredSeenActivities(database.connections, keys, clock, remembered=10)
    for number in range(1000):
        seen.mark("conversation", str(number))
    assert len(seen._unwritten) == len(seen._memory) == 10
    assert await seen.seen("conversation", "999")


async def test_old_ones_are_purged(database: Database, database_url: str, clock: MovableClock):
    for _ in range(3):
        database.seen.mark("conversation", str(clock.now))
        await database.seen.flush()
        clock.advance(days=4)
    assert await database.purge(clock.now) == 2
    assert await as_owner(database_url, "SELECT count(*) FROM seen_activity") == [(1,)]


async def test_close_writes_what_waits_and_may_be_called_twice(open_database: Open, database_url: str):
    database = await open_database(database_url)
    database.seen.mark("conversation", "1")
    await database.close()
    await database.close()
    assert await as_owner(database_url, "SELECT count(*) FROM seen_activity") == [(1,)]


async def test_a_database_locked_by_a_foreign_tool_is_unavailable_not_a_bug(
    open_database: Open, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("bot.database.connections.PRAGMAS", ("busy_timeout=10", "journal_mode=WAL"))
    database = await open_database(sqlite_url)
    tool = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    tool.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(StoreUnavailable, match="OperationalError"):
            await database.high_water.read()
    finally:
        tool.close()
    await database.high_water.read()
