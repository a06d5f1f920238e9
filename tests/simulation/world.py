"""The product's use cases put together on the in-memory ports, and the hand that moves time, workers and threads."""

from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from bot.core.errors import OutsideError, StoreUnavailable
from bot.core.passwords.carry_out import CarryOutReset
from bot.core.passwords.class_lists import ListStudents
from bot.core.passwords.doubt import SettleDoubt
from bot.core.passwords.follow import CancelJob, CheckPassword, FollowOperation, ReadJob
from bot.core.passwords.lapse import BurnSecret, EndOfLife
from bot.core.passwords.model import ALARM, BURN, EXPIRE, NOTICE, PROGRESS, RESET, SETTLE, Timing
from bot.core.passwords.request import PreparePassword, RequestPassword
from bot.core.passwords.request_many import RequestMany
from bot.core.passwords.reveal import HandOver, ReportTheft, RevealPassword
from bot.core.passwords.slips import CollectSlips, OfferSlips, SlipTokens
from bot.core.tasks import Task, TaskHandler, TaskLost, TryAgain
from bot.runtime.task_worker import attempt
from tests.fakes import FakeAuditLog, FakeClock
from tests.fakes_passwords import (
    FakeOperations,
    FakeQueue,
    FakeRateLimit,
    no_sentence,
    nobody_received,
    nobody_waits,
)
from tests.fakes_transfers import FakeDeputies
from tests.simulation.directory import Directory, Weather
from tests.simulation.records import Figures, Records
from tests.simulation.remains import texts_in
from tests.simulation.threads import Thread

KINDS = (RESET, BURN, EXPIRE, SETTLE, NOTICE, ALARM, PROGRESS)
LEASE = timedelta(seconds=60)
BEGINNINGS = tuple(
    datetime.fromisoformat(text).replace(tzinfo=UTC)
    for text in (
        "2026-11-23T10:00",  # a Monday in term
        "2026-10-24T23:59",  # the night in which summer time ends in Sofia
        "2027-03-27T23:40",  # and the one in which it begins
        "2026-11-01T21:55",  # somebody of the cast becomes 14 in Sofia five minutes later
        "2026-12-31T21:58",
        "2027-02-28T16:59",
    )
)
SHORT_WAITS = (1, 1, 2, 3, 5, 9)
LONG_WAITS = (25, 61, 90, 130, 300, 1_900, 7_300, 50_000, 90_000, 260_000)
"""Seconds: around the leases of tasks (60) and secrets (60–120), past `unseen_until`, `give_up` and ends of life."""


class Told(TaskHandler):
    """Stands for the messages: told is told."""

    most_failures = 5

    def __init__(self, kind: str) -> None:
        self.kind = kind

    async def carry_out(self, task: Task) -> None:
        pass


class World:
    """Everything of one seed. Plants (`plants.py`) override what is made here."""

    def __init__(self, seed: int, figures: Figures) -> None:
        self.seed = seed
        self.figures = figures
        self.rng = rng = Random(seed)
        self.step = 0
        self.trace: list[tuple[object, ...]] = []
        self.clock = FakeClock(rng.choice(BEGINNINGS))
        self.timing = Timing(lease_seconds=rng.choice((60, 120)), replace_unused=rng.random() < 0.5)
        bad = rng.choice((0.0, 0.05, 0.2))
        self.weather = Weather(bad / 2, bad * 2, rng.choice((0.0, 0.0, 0.3, 0.9)), bad / 4)
        self.directory = Directory(rng, self.clock, self.weather, timedelta(seconds=rng.choice((-20, 0, 0, 7))))
        self.audit = FakeAuditLog()
        self.queue = self.make_queue()
        self.operations = self.make_operations()
        self.queue.interrupt = self.operations.interrupt = self._interrupt
        self.rate_limit = FakeRateLimit(self.clock)
        self.records = Records(
            directory=self.directory,
            operations=self.operations,
            queue=self.queue,
            audit=self.audit,
            clock=self.clock,
            timing=self.timing,
            figures=figures,
        )
        self.directory.witness = self.records
        self.turns: list[Thread] = []
        self.workers: list[Thread] = []
        self.replies: dict[Thread, Callable[[Any], None]] = {}
        self.per_second = rng.choice((0.5, 4.0, 20.0))
        self.make_cases()
        self.handlers: dict[str, TaskHandler] = {one.kind: one for one in self.make_handlers()}

    # What there is, and what a planted bug replaces.

    def make_queue(self) -> FakeQueue:
        return FakeQueue(self.clock, yields=True)

    def make_operations(self) -> FakeOperations:
        return FakeOperations(self.audit, self.queue, yields=True)

    def make_cases(self) -> None:
        self.deputies = FakeDeputies(self.audit)
        directory, operations, clock, timing = self.directory, self.operations, self.clock, self.timing
        tokens = SlipTokens(b"k" * 32, self._new_token)
        self.request = RequestPassword(
            actors=directory,
            reader=directory,
            operations=operations,
            releases=directory,
            deputies=self.deputies,
            audit=self.audit,
            clock=clock,
            timing=timing,
            admit_synthetic=True,
        )
        self.prepare = PreparePassword(
            reader=directory,
            operations=operations,
            received=nobody_received,
            releases=directory,
            deputies=self.deputies,
            clock=clock,
            timing=timing,
            admit_synthetic=True,
        )
        self.reveal = RevealPassword(
            actors=directory, operations=operations, audit=self.audit, clock=clock, timing=timing
        )
        self.hand_over = HandOver(operations=operations, clock=clock)
        self.report_theft = ReportTheft(operations=operations, clock=clock)
        self.follow = FollowOperation(operations=operations, sleep=self._sleep)
        self.check = CheckPassword(reader=directory, operations=operations, clock=clock, timing=timing)
        students = ListStudents(
            rosters=directory,
            reader=directory,
            operations=operations,
            received=nobody_received,
            clock=clock,
            timing=timing,
            admit_synthetic=True,
        )
        self.many = RequestMany(
            actors=directory,
            students=students,
            operations=operations,
            audit=self.audit,
            clock=clock,
            timing=timing,
        )
        self.cancel = CancelJob(operations=operations, clock=clock)
        self.job = ReadJob(operations=operations)
        self.offer = OfferSlips(actors=directory, operations=operations, tokens=tokens, clock=clock, timing=timing)
        self.collect = CollectSlips(
            sentence=no_sentence, actors=directory, operations=operations, tokens=tokens, clock=clock, timing=timing
        )

    def make_handlers(self) -> tuple[TaskHandler, ...]:
        carry_out = CarryOutReset(
            actors=self.directory,
            reader=self.directory,
            writer=self.directory,
            operations=self.operations,
            releases=self.directory,
            deputies=self.deputies,
            rate_limit=self.rate_limit,
            clock=self.clock,
            timing=self.timing,
            writes_per_second=self.per_second,
            below=self.rng.randrange,
            waiting=nobody_waits,
            admit_synthetic=True,
        )
        end = EndOfLife(
            reader=self.directory,
            writer=self.directory,
            operations=self.operations,
            queue=self.queue,
            rate_limit=self.rate_limit,
            clock=self.clock,
            timing=self.timing,
            writes_per_second=self.per_second,
            below=self.rng.randrange,
        )
        burn = BurnSecret(operations=self.operations, clock=self.clock)
        settle = SettleDoubt(reader=self.directory, operations=self.operations, clock=self.clock)
        return carry_out, burn, end, settle, Told(NOTICE), Told(ALARM), Told(PROGRESS)

    # Threads.

    def press(self, name: str, coroutine: Coroutine[Any, Any, Any], reply: Callable[[Any], None]) -> Thread:
        """Somebody presses something; `reply` is told of the answer if there is one."""
        thread = Thread(name, coroutine, self.step, self.clock.now)
        self.turns.append(thread)
        self.replies[thread] = reply
        return thread

    def worker(self) -> Thread:
        """A worker looks for something to do."""
        thread = Thread("worker", self._work(self.rng.randrange(1, 5)), self.step, self.clock.now)
        self.workers.append(thread)
        return thread

    def advance(self, thread: Thread) -> bool:
        """The thread goes on to its next moment; whether it has ended."""
        self.directory.running = thread
        try:
            over = thread.step()
        except OutsideError as error:  # the bot says that something outside does not work
            thread.result, over = error, True
        finally:
            self.directory.running = None
        self.records.read_audit()
        if over:
            self._gone(thread)
            reply = self.replies.pop(thread, None)
            if reply is not None:
                reply(thread.result)
        return over

    def finish(self, thread: Thread) -> None:
        """The thread goes on to its end."""
        while not self.advance(thread):
            pass

    def kill(self, thread: Thread) -> None:
        """The thread dies where it is: kill −9, or a turn that ran out of time."""
        self.note("killed", thread.name, "" if thread.task is None else (thread.task.kind, thread.task.key))
        self.figures.kills += 1
        self.replies.pop(thread, None)
        self._gone(thread)
        thread.kill()
        self.records.read_audit()

    def restart(self) -> None:
        """The process dies with all its threads and is there again; a single process frees its tasks at once."""
        held = [thread.task for thread in self.workers if thread.task is not None]
        for thread in [*self.workers, *self.turns]:
            self.kill(thread)
        for task in held:
            row = self.queue.rows[task.id]
            if row.status == "ready" and row.attempts == task.attempt:
                row.run_at = self.clock.now
        self.note("restart")

    def wait(self, seconds: float) -> None:
        """Time passes: turns run out of theirs, workers that live keep their tasks, those that froze do not."""
        self.note("wait", seconds)
        if seconds > max(SHORT_WAITS):
            for thread in list(self.turns):
                self.kill(thread)
            for thread in list(self.workers):
                if not thread.frozen:
                    self._over_a_long_time(thread)
        self.clock.move(seconds=seconds)
        self.directory.deliver()
        for thread in self.workers:
            if not thread.frozen:
                self._heartbeat(thread)

    def note(self, *what: object) -> None:
        """One line of the trace."""
        self.trace.append((self.step, *what))

    def drain(self) -> None:
        """All faults stop, whoever still lives goes on, and time passes until nothing is left to be done."""
        self.note("drain")
        self.weather.calm = True
        self.queue.interrupt = self.operations.interrupt = None
        for thread in [*self.turns, *self.workers]:
            if self.rng.random() < 0.3:
                self.kill(thread)
            else:
                self.finish(thread)
        self.queue.yields = self.operations.yields = False
        for _ in range(2_000):
            due = self.queue.next_due()
            if due is None:
                break
            self.clock.now = max(self.clock.now, due)
            self.directory.deliver()
            self.step += 1
            self.records.step = self.step
            self.finish(self.worker())
            self.records.check_store()

    def remains(self) -> str:
        """Everything the store still holds, as one text."""
        return "\0".join(
            texts_in(
                self.operations.operations,
                self.operations.secrets,
                self.operations.jobs,
                self.operations.links,
                self.queue.rows,
                self.audit.entries,
                self.rate_limit.taken,
            )
        )

    def _over_a_long_time(self, thread: Thread) -> None:
        draw = self.rng.random()
        if draw < 0.3:
            self.kill(thread)
        elif draw < 0.6:
            self.note("frozen", thread.name)
            thread.frozen = True
        else:
            self.finish(thread)

    def _heartbeat(self, thread: Thread) -> None:
        task = thread.task
        if task is None:
            return
        row = self.queue.rows[task.id]
        if row.status == "ready" and row.attempts == task.attempt:
            row.run_at = self.clock.now + LEASE

    def _gone(self, thread: Thread) -> None:
        for threads in (self.turns, self.workers):
            if thread in threads:
                threads.remove(thread)

    async def _work(self, most: int) -> None:
        """As `bot/runtime/worker.py` does it."""
        thread = self.directory.running
        for task in await self.queue.claim(KINDS, most, LEASE):
            if thread is not None:
                thread.task, thread.since, thread.at = task, self.step, self.clock.now
            if task.attempt > 1:
                self.figures.taken_over += 1
            try:
                await self._attempt(task, self.handlers[task.kind])
            except TaskLost:
                self.note("lost its task", task.kind, task.key)

    async def _attempt(self, task: Task, handler: TaskHandler) -> None:
        try:
            await attempt(handler, task)
        except TryAgain as later:
            if later.failed and task.failures + 1 >= handler.most_failures:
                await handler.on_dead_letter(task, later)
                await self.queue.dead_letter(task, later.why)
            else:
                await self.queue.again(task, self.clock.now + later.after, later.why, failed=later.failed)
        else:
            await self.queue.done(task)

    def _interrupt(self, call: str, moment: str) -> None:
        if self.rng.random() < self.weather.store:
            self.figures.faults += 1
            self.note("store fails", moment, call)
            raise StoreUnavailable

    def _new_token(self) -> str:
        return f"token-{self.rng.getrandbits(64):x}"

    async def _sleep(self, seconds: float) -> None:
        pass
