"""Who runs tasks: nothing is lost, nothing is run by two, a failure is not a verdict."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest

from bot.core.errors import NotKnownHere, OutsideError, StoreUnavailable
from bot.core.tasks import NewTask, Task, TaskHandler, TaskLost, TryAgain
from bot.runtime.task_worker import TaskWorker, pause
from tests.fakes import FakeClock


@dataclass
class Row:
    task: Task
    run_at: datetime
    status: str = "ready"
    why: str = ""


class MemoryQueue:
    """A table of tasks as `bot.core.tasks.TaskQueue` promises it."""

    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self.rows: dict[tuple[str, str], Row] = {}
        self.claims = 0
        self.renewals = 0
        self.fail_claims = 0
        self.fail_renewals = False

    async def add(self, tasks: Collection[NewTask]) -> None:
        for new in tasks:
            task = Task(len(self.rows) + 1, new.kind, new.key, dict(new.payload), 0)
            self.rows.setdefault((new.kind, new.key), Row(task, new.run_at))

    async def claim(self, kinds: Collection[str], most: int, lease: timedelta) -> tuple[Task, ...]:
        self.claims += 1
        if self.fail_claims:
            self.fail_claims -= 1
            raise StoreUnavailable
        now = self.clock()
        due = [row for row in self.rows.values() if row.status == "ready" and row.run_at <= now]
        chosen = [row for row in sorted(due, key=lambda row: row.run_at) if row.task.kind in kinds][:most]
        for row in chosen:
            row.run_at = now + lease
            row.task = replace(row.task, attempt=row.task.attempt + 1)
        return tuple(row.task for row in chosen)

    def _held(self, task: Task) -> Row:
        row = self.rows[task.kind, task.key]
        if row.task.attempt != task.attempt:
            raise TaskLost
        return row

    async def renew(self, task: Task, lease: timedelta) -> None:
        self.renewals += 1
        if self.fail_renewals:
            raise StoreUnavailable
        self._held(task).run_at = self.clock() + lease

    async def done(self, task: Task) -> None:
        self._held(task).status = "done"

    async def again(self, task: Task, at: datetime, why: str, *, failed: bool) -> None:
        row = self._held(task)
        row.run_at, row.why = at, why
        row.task = replace(row.task, failures=row.task.failures + failed)

    async def dead_letter(self, task: Task, why: str) -> None:
        row = self._held(task)
        row.status, row.why = "dead", why

    def status(self, key: str) -> str:
        return self.rows["work", key].status


class Handler(TaskHandler):
    kind = "work"

    def __init__(self, act: Callable[[Task], Awaitable[None]], most_failures: int = 3) -> None:
        self.act = act
        self.most_failures = most_failures
        self.attempts: list[Task] = []
        self.given_up: list[tuple[Task, Exception]] = []

    async def carry_out(self, task: Task) -> None:
        self.attempts.append(task)
        await self.act(task)

    async def on_dead_letter(self, task: Task, error: Exception) -> None:
        self.given_up.append((task, error))


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
def queue(clock):
    return MemoryQueue(clock)


async def nothing(_: Task) -> None:
    await asyncio.sleep(0)


def worker(queue, *handlers, **more):
    return TaskWorker(queue, handlers, queue.clock, **{"look": 0.001, "grace": 0.05, **more})


@contextlib.asynccontextmanager
async def working(worker: TaskWorker):
    running = asyncio.create_task(worker.run())
    try:
        yield running
    finally:
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not true():  # noqa: ASYNC110 -- what is waited for is in the rows, and tells nobody
            await asyncio.sleep(0.001)


async def added(queue: MemoryQueue, *keys: str) -> None:
    await queue.add([NewTask("work", key, queue.clock(), {"id": key}) for key in keys])


async def test_what_is_due_is_done_once_and_what_is_not_due_waits(queue):
    handler = Handler(nothing)
    await added(queue, "now")
    await queue.add([NewTask("work", "later", queue.clock() + timedelta(hours=1))])

    async with working(worker(queue, handler)):
        await until(lambda: queue.status("now") == "done" and queue.claims > 5)

    assert [task.key for task in handler.attempts] == ["now"]
    assert queue.status("later") == "ready"


async def test_a_kind_nobody_here_does_is_left_to_others(queue):
    await added(queue, "mine")
    await queue.add([NewTask("other", "theirs", queue.clock())])

    async with working(worker(queue, Handler(nothing))):
        await until(lambda: queue.status("mine") == "done")

    assert queue.rows["other", "theirs"].task.attempt == 0


async def test_no_more_at_once_than_there_are_hands(queue):
    busy, most = 0, 0

    async def act(_: Task) -> None:
        nonlocal busy, most
        busy += 1
        most = max(most, busy)
        await asyncio.sleep(0.005)
        busy -= 1

    await added(queue, *(f"{number}" for number in range(20)))
    async with working(worker(queue, Handler(act), concurrency=3)):
        await until(lambda: all(row.status == "done" for row in queue.rows.values()))

    assert most == 3


async def test_an_unknown_exception_is_a_failure_and_not_the_end(queue, clock):
    tries = iter([RuntimeError("a bug"), OutsideError("x"), None])

    async def act(_: Task) -> None:
        error = next(tries)
        if error:
            raise error

    handler = Handler(act)
    await added(queue, "one")
    async with working(worker(queue, handler)):
        await until(lambda: queue.rows["work", "one"].why == "RuntimeError")
        assert queue.status("one") == "ready"
        assert queue.rows["work", "one"].run_at == clock() + timedelta(seconds=2)
        clock.move(seconds=2)
        await until(lambda: queue.rows["work", "one"].why == "OutsideError")
        assert queue.rows["work", "one"].run_at == clock() + timedelta(seconds=4)
        clock.move(seconds=4)
        await until(lambda: queue.status("one") == "done")

    assert [task.failures for task in handler.attempts] == [0, 1, 2]
    assert not handler.given_up


async def test_the_last_failure_is_told_and_the_task_kept_as_dead(queue, clock):
    async def act(_: Task) -> None:
        raise RuntimeError

    handler = Handler(act, most_failures=2)
    await added(queue, "one")
    async with working(worker(queue, handler)):
        await until(lambda: len(handler.attempts) == 1 and queue.rows["work", "one"].why)
        clock.move(hours=1)
        await until(lambda: queue.status("one") == "dead")

    assert len(handler.given_up) == 1
    assert len(handler.attempts) == 2


async def test_giving_up_that_fails_is_tried_again_before_the_task_is_dead(queue, clock):
    async def act(_: Task) -> None:
        raise RuntimeError

    class Unlucky(Handler):
        async def on_dead_letter(self, task: Task, error: Exception) -> None:
            await super().on_dead_letter(task, error)
            if len(self.given_up) == 1:
                raise RuntimeError

    handler = Unlucky(act, most_failures=1)
    await added(queue, "one")
    async with working(worker(queue, handler)):
        await until(lambda: queue.rows["work", "one"].why == "give-up")
        assert queue.status("one") == "ready"
        clock.move(minutes=5)
        await until(lambda: queue.status("one") == "dead")

    assert len(handler.given_up) == 2


async def test_what_only_another_release_can_read_is_left_for_it(queue, clock):
    async def act(task: Task) -> None:
        if task.attempt == 1:
            raise NotKnownHere("Event")

    handler = Handler(act, most_failures=1)
    await added(queue, "one")
    async with working(worker(queue, handler)):
        await until(lambda: len(handler.attempts) == 1)
        clock.move(seconds=61)
        await until(lambda: queue.status("one") == "done")

    assert handler.given_up == []


async def test_waiting_is_no_failure(queue, clock):
    async def act(task: Task) -> None:
        if task.attempt < 50:
            raise TryAgain(timedelta(0), "not my turn")

    handler = Handler(act, most_failures=1)
    await added(queue, "one")
    async with working(worker(queue, handler)):
        await until(lambda: queue.status("one") == "done")

    assert len(handler.attempts) == 50
    assert not handler.given_up


async def test_waiting_that_counts_as_failing_is_given_up_in_the_end(queue):
    async def act(_: Task) -> None:
        raise TryAgain(timedelta(0), "in doubt", failed=True)

    handler = Handler(act, most_failures=3)
    await added(queue, "one")
    async with working(worker(queue, handler)):
        await until(lambda: queue.status("one") == "dead")

    assert len(handler.attempts) == 3


async def test_a_task_another_worker_has_taken_is_neither_finished_nor_failed(queue):
    async def act(task: Task) -> None:
        row = queue.rows["work", "one"]
        row.task = replace(row.task, attempt=row.task.attempt + 1)  # claimed elsewhere after the lease

    await added(queue, "one")
    handler = Handler(act)
    async with working(worker(queue, handler)):
        await until(lambda: len(handler.attempts) == 1)
        await asyncio.sleep(0.01)

    assert queue.status("one") == "ready"
    assert queue.rows["work", "one"].why == ""


async def test_a_long_task_stays_claimed(queue):
    go_on = asyncio.Event()

    async def act(_: Task) -> None:
        await go_on.wait()

    await added(queue, "one")
    async with working(worker(queue, Handler(act), lease=timedelta(seconds=0.03))):
        await until(lambda: queue.renewals >= 3)
        go_on.set()
        await until(lambda: queue.status("one") == "done")

    assert queue.rows["work", "one"].task.attempt == 1


async def test_a_lost_heartbeat_ends_the_work_and_not_only_its_result(queue):
    ended = asyncio.Event()

    async def act(_: Task) -> None:
        try:
            await asyncio.sleep(60)
        finally:
            ended.set()

    await added(queue, "one")
    async with working(worker(queue, Handler(act), lease=timedelta(seconds=0.03))):
        await until(lambda: queue.rows["work", "one"].task.attempt == 1)
        row = queue.rows["work", "one"]
        row.task = replace(row.task, attempt=7)
        await asyncio.wait_for(ended.wait(), 10)

    assert queue.status("one") == "ready"


async def test_a_store_that_is_away_while_nobody_looks_does_not_end_the_lease_early(queue, clock):
    async def act(_: Task) -> None:
        await until(lambda: queue.renewals >= 3)
        queue.fail_renewals = False

    queue.fail_renewals = True
    await added(queue, "one")
    async with working(worker(queue, Handler(act), lease=timedelta(seconds=0.03))):
        await until(lambda: queue.status("one") == "done")


async def test_a_store_that_is_away_is_waited_for(queue):
    queue.fail_claims = 3
    await added(queue, "one")

    async with working(worker(queue, Handler(nothing))):
        await until(lambda: queue.status("one") == "done")


async def test_what_was_being_done_at_a_stop_is_given_back_at_once(queue, clock):
    async def act(_: Task) -> None:
        await asyncio.sleep(60)

    await added(queue, "one")
    async with working(worker(queue, Handler(act))):
        await until(lambda: queue.rows["work", "one"].task.attempt == 1)

    row = queue.rows["work", "one"]
    assert row.status == "ready"
    assert row.run_at == clock()
    assert row.task.failures == 0


async def test_what_was_claimed_and_hardly_begun_at_a_stop_is_given_back(queue, clock):
    """A coroutine that is cancelled before its first step never runs at all, not even to clean up."""

    async def act(_: Task) -> None:
        await asyncio.sleep(60)

    await added(queue, "one", "two")
    claim = queue.claim

    async def claim_and_stop(*given):
        claimed = await claim(*given)
        running.cancel()
        return claimed

    queue.claim = claim_and_stop
    running = asyncio.create_task(worker(queue, Handler(act), grace=0).run())
    with contextlib.suppress(asyncio.CancelledError):
        await running

    assert {(row.task.attempt, row.status, row.run_at) for row in queue.rows.values()} == {(1, "ready", clock())}


@pytest.mark.parametrize("after", [1, 2, 5])
async def test_what_was_just_being_claimed_at_a_stop_is_given_back(queue, clock, after):
    """The claim is in the table before its answer is here."""

    async def act(_: Task) -> None:
        await asyncio.sleep(60)

    await added(queue, "one")
    claim, asked = queue.claim, asyncio.Event()

    async def slow(*given):
        claimed = await claim(*given)
        asked.set()
        for _ in range(after):
            await asyncio.sleep(0)
        return claimed

    queue.claim = slow
    running = asyncio.create_task(worker(queue, Handler(act)).run())
    await asked.wait()
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running

    row = queue.rows["work", "one"]
    assert (row.task.attempt, row.status, row.run_at, row.why) == (1, "ready", clock(), "stopped")


async def test_what_is_nearly_done_at_a_stop_is_finished_and_nothing_new_is_begun(queue):
    begun, finished = asyncio.Event(), []

    async def act(task: Task) -> None:
        begun.set()
        await asyncio.sleep(0.02)
        finished.append(task.key)

    await added(queue, "one", "two")
    running = asyncio.create_task(worker(queue, Handler(act), concurrency=1, grace=10.0).run())
    await begun.wait()
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running

    assert finished == ["one"]
    assert (queue.status("one"), queue.status("two")) == ("done", "ready")
    assert queue.rows["work", "two"].task.attempt == 0


async def test_a_bug_of_the_queue_ends_the_crew_and_gives_back_what_it_holds(queue, clock):
    async def act(_: Task) -> None:
        await asyncio.sleep(60)

    await added(queue, "one")
    claim = queue.claim

    async def broken(*given):
        if queue.claims:
            raise ZeroDivisionError
        return await claim(*given)

    queue.claim = broken
    with pytest.raises(ExceptionGroup) as several:
        await worker(queue, Handler(act), concurrency=2).run()

    assert several.value.subgroup(ZeroDivisionError) is not None
    assert (queue.rows["work", "one"].why, queue.rows["work", "one"].run_at) == ("stopped", clock())


async def test_a_claim_that_never_ends_does_not_keep_the_process(queue):
    asked = asyncio.Event()

    async def never(*_):
        asked.set()
        await asyncio.Event().wait()

    queue.claim = never
    running = asyncio.create_task(worker(queue, Handler(nothing)).run())
    await asked.wait()
    running.cancel()
    async with asyncio.timeout(5):
        with contextlib.suppress(asyncio.CancelledError):
            await running


async def test_a_task_that_comes_back_to_the_same_crew_while_its_first_attempt_lingers(queue, clock):
    """Its lease was lost for a while: two attempts of one task are two."""
    free = asyncio.Event()

    async def act(task: Task) -> None:
        if task.attempt == 1:
            await free.wait()

    handler = Handler(act)
    await added(queue, "one")
    async with working(worker(queue, handler)):
        await until(lambda: len(handler.attempts) == 1)
        clock.move(minutes=2)
        await until(lambda: queue.status("one") == "done")
        free.set()
        await added(queue, "two")
        await until(lambda: queue.status("two") == "done")

    assert [task.attempt for task in handler.attempts][:2] == [1, 2]


async def test_two_crews_share_the_work(queue):
    one, other = Handler(nothing), Handler(nothing)
    await added(queue, *(f"{number}" for number in range(40)))

    async with working(worker(queue, one, concurrency=2)), working(worker(queue, other, concurrency=2)):
        await until(lambda: all(row.status == "done" for row in queue.rows.values()))

    done = [task.key for task in (*one.attempts, *other.attempts)]
    assert sorted(done) == sorted(f"{number}" for number in range(40))


def test_pauses_grow_and_end_at_five_minutes():
    assert [pause(failures).total_seconds() for failures in (0, 1, 2, 3, 20, 10_000)] == [2, 4, 8, 16, 300, 300]


async def test_a_bug_in_the_queue_costs_one_task_and_not_the_crew(queue, monkeypatch):
    done = MemoryQueue.done

    async def broken(self: MemoryQueue, task: Task) -> None:
        if task.key == "odd":
            raise TypeError
        await done(self, task)

    monkeypatch.setattr(MemoryQueue, "done", broken)
    await added(queue, "odd")
    async with working(worker(queue, Handler(nothing), concurrency=1)) as running:
        await until(lambda: queue.rows["work", "odd"].task.attempt == 1)
        await added(queue, "next")
        await until(lambda: queue.status("next") == "done")
        assert not running.done()


@pytest.mark.parametrize("wait", [0.0, 0.05])
async def test_what_this_process_writes_down_waits_for_no_look(queue, clock, wait):
    own = worker(queue, Handler(nothing), look=60)
    async with working(own):
        await until(lambda: queue.claims == 1)
        due = clock() + timedelta(seconds=wait)
        await queue.add([NewTask("work", "one", due)])
        own.expect({"other": clock(), "work": due})
        if wait:
            await asyncio.sleep(0.01)
            assert queue.claims == 1
        clock.now = due
        await until(lambda: queue.status("one") == "done")


async def test_what_others_are_to_do_wakes_nobody(queue, clock):
    own = worker(queue, Handler(nothing), look=60)
    async with working(own):
        await until(lambda: queue.claims == 1)
        own.expect({"other": clock()})
        await asyncio.sleep(0.05)
        assert queue.claims == 1


async def test_what_is_written_down_during_a_look_is_looked_for_again(queue, clock, monkeypatch):
    claim = MemoryQueue.claim

    async def slow(self: MemoryQueue, *asked):
        found = await claim(self, *asked)
        if self.claims == 1:
            await added(self, "one")
            own.expect({"work": clock()})
            await asyncio.sleep(0.05)
        return found

    monkeypatch.setattr(MemoryQueue, "claim", slow)
    own = worker(queue, Handler(nothing), look=60)
    async with working(own):
        await until(lambda: ("work", "one") in queue.rows and queue.status("one") == "done")


async def test_a_place_that_is_free_again_is_used_without_waiting_for_a_look(queue, monkeypatch):
    """Two are claimed, as many as there was room for; meanwhile the others have ended: the third is not left lying."""
    claim = MemoryQueue.claim

    async def slow(self: MemoryQueue, *asked):
        found = await claim(self, *asked)
        if self.claims == 2:
            first.set()
            await until(lambda: self.status("first") == "done")
        return found

    first = asyncio.Event()

    async def held(task):
        if task.key == "first":
            await first.wait()

    monkeypatch.setattr(MemoryQueue, "claim", slow)
    await added(queue, "first")
    own = worker(queue, Handler(held), concurrency=2, look=60)
    async with working(own):
        await until(lambda: queue.claims == 1)
        for key in ("second", "third"):
            await added(queue, key)
        own.expect({"work": queue.clock()})
        await until(lambda: queue.status("third") == "done")


async def test_what_is_due_much_later_is_found_by_looking(queue, clock):
    own = worker(queue, Handler(nothing), look=0.05)
    async with working(own):
        own.expect({"work": clock() + timedelta(days=30)})
        await added(queue, "one")
        await until(lambda: queue.status("one") == "done")
