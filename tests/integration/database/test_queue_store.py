import asyncio
import sqlite3
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from bot.core.tasks import AskedTasks, NewTask, TaskLost, TaskQueue
from bot.core.transfers.model import TELL, Event, State, Transfer
from bot.core.transfers.told import tell
from bot.database import queue
from bot.database.engine import Database
from bot.database.queue import QueueCounts
from tests.integration.database.conftest import MovableClock, Open
from tests.integration.database.owner import as_owner
from tests.integration.database.passwords import store_of
from tests.promises.store import NOW, TASK_LEASE, Store, claimed, due
from tests.promises.tasks_promises import QueuePromises
from tests.promises.transfers_promises import asked_for, deadlines

STATUS = "SELECT key, status FROM task ORDER BY key"


@pytest.fixture
def store(database: Database, clock: MovableClock) -> Store:
    return store_of(database, clock)


class TestStoredQueue(QueuePromises):
    pass


def test_a_database_offers_the_port(database: Database):
    queue: TaskQueue = database.queue
    asked: AskedTasks = database.queue
    assert queue is database.queue
    assert asked is database.queue


async def test_it_is_known_whether_a_task_is_over(database: Database):
    await database.queue.add([NewTask("kind", key, NOW) for key in ("done", "dead", "held", "waits")])
    taken = {task.key: task for task in await database.queue.claim(["kind"], 9, TASK_LEASE)}
    await database.queue.done(taken["done"])
    await database.queue.dead_letter(taken["dead"], "x")
    await database.queue.again(taken["waits"], NOW, "x", failed=True)
    over = {key: await database.queue.is_over("kind", key) for key in (*taken, "never")}
    assert over == {"done": True, "dead": True, "held": False, "waits": False, "never": False}
    assert not await database.queue.is_over("other", "done")


async def test_replicas_share_the_work_and_none_does_it_twice(
    open_database: Open, postgres_url: str, clock: MovableClock, rounds: Callable[[int], int]
):
    how_often = rounds(200)
    replicas = [await open_database(postgres_url) for _ in range(2)]
    for number in range(how_often):
        keys = {f"{number} {which}" for which in range(6)}
        await replicas[0].queue.add([NewTask("kind", key, NOW) for key in keys])
        taken = await asyncio.gather(
            *(replicas[which % 2].queue.claim(["kind"], 2, TASK_LEASE) for which in range(4))
        )
        got = [task.key for tasks in taken for task in tasks]
        assert len(got) == len(set(got))
        assert max(len(tasks) for tasks in taken) <= 2
        got += [task.key for task in await replicas[1].queue.claim(["kind"], 9, TASK_LEASE)]
        assert set(got) == keys


async def test_replicas_that_write_the_same_work_in_other_orders_write_it_once(
    open_database: Open, postgres_url: str, rounds: Callable[[int], int]
):
    how_often = rounds(50)
    replicas = [await open_database(postgres_url) for _ in range(2)]
    for number in range(how_often):
        tasks = [NewTask("kind", f"{number} {which}", NOW) for which in range(20)]
        await asyncio.gather(replicas[0].queue.add(tasks), replicas[1].queue.add(tasks[::-1]))
    assert await as_owner(postgres_url, "SELECT count(*) FROM task") == [(20 * how_often,)]


async def test_a_fence_holds_the_task_to_the_end_of_its_transaction(
    open_database: Open, postgres_url: str, clock: MovableClock
):
    one, two = [await open_database(postgres_url) for _ in range(2)]
    await one.queue.add([NewTask("kind", "key", NOW)])
    (task,) = await one.queue.claim(["kind"], 1, TASK_LEASE)
    clock.advance(minutes=1)

    def effect(connection):
        one.queue.fence_in(connection, task)
        others = asyncio.run_coroutine_threadsafe(two.queue.claim(["kind"], 1, TASK_LEASE), loop)
        assert others.result() == ()  # passed over, although its lease is over
        one.queue.done_in(connection, task)

    loop = asyncio.get_running_loop()

    await one.connections.run(effect)
    assert await two.queue.claim(["kind"], 1, TASK_LEASE) == ()


async def test_an_effect_and_the_end_of_its_task_are_kept_together_or_not_at_all(
    database: Database, database_url: str, store: Store
):
    await store.queue.add([NewTask("kind", "key", NOW)])
    task = await claimed(store, "kind")

    def effect(connection):
        database.queue.fence_in(connection, task)
        database.queue.add_in(connection, [NewTask("next", "key", NOW)])
        database.queue.done_in(connection, task)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await database.connections.run(effect)
    assert await as_owner(database_url, STATUS) == [("key", "ready")]


async def test_a_fence_refuses_an_old_attempt_and_a_finished_task(database: Database, store: Store):
    async def fence(task):
        await database.connections.run(lambda connection: database.queue.fence_in(connection, task))

    await store.queue.add([NewTask("kind", "key", NOW)])
    first = await claimed(store, "kind")
    await fence(first)
    store.pass_by(minutes=1)
    await fence(first)
    second = await claimed(store, "kind")
    with pytest.raises(TaskLost):
        await fence(first)
    await fence(second)
    await store.queue.done(second)
    with pytest.raises(TaskLost):
        await fence(second)


async def test_what_a_killed_process_had_claimed_is_free_at_the_next_start_and_only_that(
    open_database: Open, sqlite_url: str, clock: MovableClock
):
    database = await open_database(sqlite_url)
    later = NOW + timedelta(hours=1)
    await database.queue.add(
        [NewTask("kind", "claimed", NOW), NewTask("kind", "put off", NOW), NewTask("kind", "timer", later)]
    )
    tasks = {task.key: task for task in await database.queue.claim(["kind"], 9, timedelta(hours=2))}
    await database.queue.again(tasks["put off"], later, "busy", failed=False)
    await database.close()

    database = await open_database(sqlite_url)
    assert [task.key for task in await database.queue.claim(["kind"], 9, TASK_LEASE)] == ["claimed"]
    with pytest.raises(TaskLost):
        await database.queue.done(tasks["claimed"])


async def test_a_replica_that_starts_leaves_the_work_of_others_alone(open_database: Open, postgres_url: str):
    one = await open_database(postgres_url)
    await one.queue.add([NewTask("kind", "key", NOW)])
    assert await one.queue.claim(["kind"], 1, TASK_LEASE) != ()

    two = await open_database(postgres_url)

    assert await two.queue.claim(["kind"], 1, TASK_LEASE) == ()


async def test_what_a_newer_release_wrote_waits_for_it(
    database: Database,
    database_url: str,
    store: Store,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
):
    await store.queue.add([NewTask("kind", "newer", NOW, {"operation": "x"}, version="99")])
    await store.queue.add([NewTask("kind", "ours", NOW, {"operation": "y"})])

    (ours,) = await store.queue.claim(("kind",), 10, timedelta(minutes=1))
    assert (ours.key, ours.payload) == ("ours", {"operation": "y"})
    assert caplog.text.count("newer release") == 1
    assert await as_owner(
        database_url, "SELECT status, held, attempts, failures, last_error FROM task WHERE key = 'newer'"
    ) == [("ready", 0, 0, 0, "newer-payload")]

    store.pass_by(minutes=9)
    assert await due(store, "kind") == ["ours"]
    assert caplog.text.count("newer release") == 1
    store.pass_by(minutes=1)
    await store.queue.claim(("kind",), 10, timedelta(minutes=1))
    assert caplog.text.count("newer release") == 2
    store.pass_by(minutes=10)
    monkeypatch.setattr(queue, "VERSIONS", {*queue.VERSIONS, "99"})
    (newer_one,) = [one for one in await store.queue.claim(("kind",), 10, timedelta(minutes=1)) if one.key == "newer"]
    assert newer_one.payload == {"operation": "x"}


async def test_that_an_approval_is_told_of_waits_for_a_release_that_tells_it(
    store: Store, monkeypatch: pytest.MonkeyPatch
):
    """The release before would send no message about it, and fail at one that was written down."""
    transfer = Transfer(asked_for("press-1"), 1, State.APPROVED, 1, deadlines(NOW))
    told = [tell(transfer, event, NOW, 2) for event in (Event.APPROVED, Event.REFUSED)]
    assert {one.kind for one in told} == {TELL}
    await store.queue.add(told)
    with monkeypatch.context() as older:
        older.setattr(queue, "VERSIONS", {"1"})
        (one,) = await store.queue.claim((TELL,), 10, timedelta(minutes=1))
        assert one.payload["event"] == Event.REFUSED.value
    store.pass_by(minutes=10)
    (one,) = [one for one in await store.queue.claim((TELL,), 10, timedelta(minutes=1)) if one.attempt == 1]
    assert one.payload["event"] == Event.APPROVED.value


async def test_a_payload_is_not_in_clear_and_belongs_to_its_task(
    database: Database, database_url: str, store: Store, caplog: pytest.LogCaptureFixture
):
    await store.queue.add([NewTask("kind", "one", NOW, {"operation": "canary"}), NewTask("kind", "two", NOW, {})])
    assert b"canary" not in b"".join(row[0] for row in await as_owner(database_url, "SELECT payload FROM task"))

    await as_owner(
        database_url,
        "UPDATE task SET payload = (SELECT payload FROM task WHERE key = 'one') WHERE key = 'two'",
    )
    assert await due(store, "kind") == ["one"]  # the other one is dead, and holds nobody up
    assert "1 tasks do not open" in caplog.text
    assert await as_owner(database_url, "SELECT key, status, last_error FROM task ORDER BY key") == [
        ("one", "ready", ""),
        ("two", "dead", "undecipherable"),
    ]


async def test_how_the_queue_is_doing(database: Database, store: Store):
    assert await database.queue.counts() == QueueCounts(0, None, 0)
    await store.queue.add(
        [
            NewTask("kind", "ahead of others", NOW - timedelta(hours=1)),  # and waits since it was written
            NewTask("kind", "soon", NOW + timedelta(minutes=5)),
            NewTask("kind", "timer", NOW + timedelta(hours=1)),
        ]
    )
    store.pass_by(minutes=9)
    assert await database.queue.counts() == QueueCounts(2, NOW, 0)
    await store.queue.dead_letter(await claimed(store, "kind"), "bug")
    assert await database.queue.counts() == QueueCounts(1, NOW + timedelta(minutes=5), 1)


async def test_done_tasks_go_after_a_week_and_dead_ones_after_ninety_days(
    database: Database, database_url: str, store: Store
):
    await store.queue.add([NewTask("kind", key, NOW) for key in ("dead", "done", "held", "ready")])
    tasks = {task.key: task for task in await store.queue.claim(["kind"], 3, TASK_LEASE)}
    await store.queue.done(tasks["done"])
    await store.queue.dead_letter(tasks["dead"], "bug")

    async def left(**after: float) -> list[str]:
        await database.purge(NOW + timedelta(**after))
        return [key for (key,) in await as_owner(database_url, "SELECT key FROM task ORDER BY key")]

    assert await left(days=7) == ["dead", "done", "held", "ready"]
    assert await left(days=7, seconds=1) == ["dead", "held", "ready"]
    assert await left(days=90) == ["dead", "held", "ready"]
    assert await left(days=400) == ["held", "ready"]


async def test_who_listens_is_told_of_a_task_when_it_is_kept_and_not_before(database: Database):
    told: list[Mapping[str, datetime]] = []
    database.queue.tell(told.append)
    before: list[Mapping[str, datetime]] = []
    new = [NewTask("kind", "b", NOW + TASK_LEASE), NewTask("kind", "a", NOW), NewTask("other", "a", NOW + TASK_LEASE)]

    def written(connection):
        database.queue.add_in(connection, new)
        before.extend(told)

    def lost(connection):
        database.queue.add_in(connection, [NewTask("kind", "lost", NOW)])
        raise ValueError("lost")

    with pytest.raises(ValueError, match="lost"):
        await database.connections.run(lost)
    assert told == []
    await database.connections.run(written)
    assert before == []
    assert told == [{"kind": NOW, "other": NOW + TASK_LEASE}]


async def test_what_waits_is_not_read_to_find_what_is_due(open_database: Open, tmp_path: Path, clock: MovableClock):
    file = tmp_path / "bot.sqlite"
    database = await open_database(f"sqlite:///{file}")
    asked: list[str] = []
    raw = sqlite3.connect(file)
    later = [NewTask("kind", f"{number}", NOW + timedelta(days=1)) for number in range(2_000)]
    await database.queue.add(later)

    @event.listens_for(Engine, "before_cursor_execute")
    def note(_connection, _cursor, statement, _parameters, _context, _many):
        asked.append(statement)

    try:
        assert await database.queue.claim(["kind", "other"], 8, TASK_LEASE) == ()
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    (query,) = [statement for statement in asked if "FROM task" in statement]
    plan = raw.execute(f"EXPLAIN QUERY PLAN {query}", [None] * query.count("?")).fetchall()
    raw.close()
    assert ["ix_task_due" in row[3] for row in plan] == [True]
