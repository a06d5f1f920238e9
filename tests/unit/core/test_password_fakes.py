"""The in-memory operations, tasks and accounts the simulations rest on: a call that dies keeps all of it or nothing."""

import asyncio
from datetime import timedelta

import pytest

from bot.core.audit import AuditEntry
from bot.core.decision import ALLOWED
from bot.core.errors import AccountMissing, DirectoryBusy, DirectoryError, DirectoryUnavailable, StoreUnavailable
from bot.core.handover.model import Ground, Recipient
from bot.core.passwords.model import RESET, AccountFacts, Form, NewOperation, SetTimes, Stage
from bot.core.passwords.ports import Judgement
from bot.core.passwords.secret import Secret
from bot.core.people.model import AccountState, Kind, Person
from bot.core.tasks import NewTask, TaskLost
from tests.fakes import NOON, FakeAuditLog, FakeClock
from tests.fakes_passwords import FakeAccounts, FakeOperations, FakeQueue, FakeRateLimit

MINUTE = timedelta(minutes=1)
TIMES = SetTimes(NOON, NOON, NOON + 30 * MINUTE, NOON + 72 * 60 * MINUTE)


class Killed(Exception):
    pass


class World:
    def __init__(self, yields=False):
        self.clock = FakeClock()
        self.audit = FakeAuditLog()
        self.queue = FakeQueue(self.clock, yields=yields)
        self.operations = FakeOperations(self.audit, self.queue, yields=yields)

    def state(self):
        kept = self.operations
        tasks = [(row.kind, row.key, row.status, row.run_at) for row in self.queue.rows.values()]
        return dict(kept.operations), dict(kept.secrets), dict(kept.jobs), tasks, list(self.audit.entries)

    async def begin(self, id_="op", person="person"):
        def judge(new, past):
            return Judgement(ALLOWED, (entry("requested"),), (NewTask(RESET, new.id, new.at, {"operation": new.id}),))

        (begun,) = await self.operations.begin([new(id_, person, self.clock())], judge)
        return begun.operation

    async def claim(self):
        (task,) = await self.queue.claim({RESET}, 1, MINUTE)
        return task

    async def ready(self, task, id_="op"):
        return await self.operations.ready(
            task, id_, TIMES, entries=[entry("set")], tasks=[NewTask("burn", id_, TIMES.unseen_until)]
        )


def entry(action):
    return AuditEntry(NOON, "director", f"password.{action}", "person", "ok")


def new(id_, person, at):
    return NewOperation(
        id=id_,
        at=at,
        actor="director",
        tenant="tenant",
        conversation="chat",
        school="school-1",
        person=person,
        name="Ия Щерева",
        username="is01234567@edu.mon.bg",
        class_="5 б",
        is_student=True,
        recipient=Recipient.STUDENT,
        ground=Ground.OWNER,
        form=Form.PUPIL,
    )


STEPS = {
    "begin": lambda world, task: world.begin("second", "other"),
    "candidate": lambda world, task: world.operations.candidate(task, "op", lambda: Secret("Dadadada2235")),
    "ready": lambda world, task: world.ready(task),
    "doubt": lambda world, task: world.operations.doubt(task, "op"),
}


@pytest.mark.parametrize("call", STEPS)
@pytest.mark.parametrize("moment", ["before", "after"])
async def test_a_call_that_dies_keeps_nothing_or_everything(call, moment):
    whole = World()
    killed = World()
    await whole.begin()
    await killed.begin()
    task, same_task = await whole.claim(), await killed.claim()
    untouched = killed.state()

    def interrupt(name, when):
        if (name, when) == (call, moment):
            raise Killed

    killed.operations.interrupt = interrupt
    await STEPS[call](whole, task)
    with pytest.raises(Killed):
        await STEPS[call](killed, same_task)

    assert killed.state() == (untouched if moment == "before" else whole.state())


async def test_a_full_audit_log_keeps_the_operation_from_beginning():
    world = World()
    world.audit.fail_with = StoreUnavailable()

    with pytest.raises(StoreUnavailable):
        await world.begin()

    assert world.state() == ({}, {}, {}, [], [])


async def test_an_attempt_that_lost_its_task_changes_nothing():
    world = World()
    await world.begin()
    first = await world.claim()
    world.clock.move(minutes=2)
    second = await world.claim()
    untouched = world.state()

    for step in ("candidate", "doubt", "ready"):
        with pytest.raises(TaskLost):
            await STEPS[step](world, first)
    assert world.state() == untouched
    assert second.attempt == 2
    assert await world.ready(second)
    assert world.operations.operations["op"].stage is Stage.READY


async def test_two_attempts_at_once_get_one_password():
    world = World(yields=True)
    await world.begin()
    task = await world.claim()

    proposals = iter(("Dadadada2235", "Zuzuzuzu9886"))
    both = await asyncio.gather(
        *(world.operations.candidate(task, "op", lambda: Secret(next(proposals))) for _ in range(2))
    )

    assert [one and one.reveal() for one in both] == ["Dadadada2235"] * 2


async def test_what_is_burnt_is_nowhere():
    world = World()
    await world.begin()
    task = await world.claim()
    await world.operations.candidate(task, "op", lambda: Secret("Dadadada2235"))
    await world.ready(task)
    assert await world.operations.burn("op", TIMES.unseen_until, lambda one: (entry("key-destroyed"),))

    assert world.operations.secrets == {}
    assert "Dadadada2235" not in repr([vars(world.operations), vars(world.queue), vars(world.audit)])


@pytest.mark.parametrize(
    ("fault", "applies", "applied"),
    [
        (None, False, True),
        (DirectoryBusy(1), True, False),
        (DirectoryUnavailable(), False, False),
        (DirectoryUnavailable(), True, True),
        (DirectoryUnavailable, False, True),
    ],
)
async def test_faults_of_the_directory(fault, applies, applied):
    person = Person("person", "Ия", "i01234567@edu.mon.bg", Kind.STUDENT, AccountState.ACTIVE)
    accounts = FakeAccounts([AccountFacts(person, "6", False, False, False, None)], doubt_applies=applies)
    accounts.fail_next.append(fault)

    failed = None
    try:
        await accounts.set_password("person", Secret("Dadadada2235"), many=False)
    except DirectoryError as error:
        failed = error

    assert (failed is None) == (fault is None)
    assert accounts.set_calls == [("person", "Dadadada2235")]
    assert accounts.passwords == ({"person": "Dadadada2235"} if applied else {})
    assert accounts.accounts["person"].password_changed_at == (NOON if applied else None)
    with pytest.raises(AccountMissing):
        await accounts.set_password("nobody", Secret("Dadadada2235"), many=False)


async def test_the_pace_lets_a_burst_go_and_then_one_at_a_time():
    clock = FakeClock()
    rate_limit = FakeRateLimit(clock)
    second = timedelta(seconds=1)

    assert [await rate_limit.take("graph-writes", second, 3) for _ in range(4)] == [timedelta(0)] * 3 + [second]
    clock.move(seconds=1)
    assert await rate_limit.take("graph-writes", second, 3) == timedelta(0)
    await rate_limit.pause("graph-writes", clock.now + 10 * second)
    await rate_limit.pause("graph-writes", clock.now + 5 * second)
    assert await rate_limit.take("graph-writes", second, 3) == 10 * second
    clock.move(seconds=10)
    assert await rate_limit.take("graph-writes", second, 3) == timedelta(0)
