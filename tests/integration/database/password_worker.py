"""Whole lives of temporary passwords on a real database, each cut off by kill −9 at another point.

`python -m tests.integration.database.password_worker URL FOLDER WHICH EVERY` lets life after life end at its first,
second, third … point (with EVERY 3: its first, fourth, seventh …) until one runs through, and prints how many were cut
off. Each is continued by a fresh process, which checks what is left before it begins the next life. Processes are
forked, so that nothing is imported twice.

A point is the moment just before and just after a commit that keeps something, before SQLite's log is emptied, and
just before and just after the directory is written to. WHICH: `one`, a single reset to the end of its life, where
each statement from a transaction's first write to its commit is a point too; or `class`, three of a class with slips,
and one of them printed once more, until their secrets are destroyed.

What must survive the kill, because it is outside (the directory, the director's eyes), is in files of FOLDER.
"""

import asyncio
import gc
import json
import os
import signal
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import Connection, event, text
from sqlalchemy.engine import Engine

from bot.core.actors.model import Actor, Role
from bot.core.handover.model import Recipient
from bot.core.passwords.carry_out import CarryOutReset
from bot.core.passwords.class_lists import ListStudents
from bot.core.passwords.follow import Progress
from bot.core.passwords.generator import generate
from bot.core.passwords.lapse import BurnSecret, EndOfLife
from bot.core.passwords.model import (
    ALARM,
    BURN,
    EXPIRE,
    NOTICE,
    PROGRESS,
    RESET,
    AccountFacts,
    Form,
    Operation,
    PasswordDates,
    Shown,
    Stage,
    Timing,
)
from bot.core.passwords.request import RequestPassword, Wish
from bot.core.passwords.request_many import ManyWish, RequestMany
from bot.core.passwords.reveal import HandOver, RevealPassword
from bot.core.passwords.secret import Secret
from bot.core.passwords.slips import CollectSlips, OfferSlips, SlipOffer, SlipTokens
from bot.core.people.model import AccountState, Kind, Person, SchoolClass
from bot.core.tasks import Task, TaskHandler, TaskLost, TryAgain
from bot.database import connections
from bot.database.connections import Connections
from bot.database.engine import Database
from bot.database.keys import DatabaseKeys
from bot.database.tables import to_milliseconds
from bot.runtime.task_worker import attempt
from tests.fakes import FakeClock
from tests.fakes_passwords import FakeActors, FakeRosters, no_sentence, nobody_waits
from tests.integration.database.owner import MASTER_KEY
from tests.properties.strategies import DOMAIN, TENANT, school_of
from tests.templates import statements_kept

SCHOOL = school_of(1)
DIRECTOR = Actor("director", TENANT, Role.DIRECTOR, SCHOOL)
CHAT = "a:chat"
CLASS = SchoolClass("5 б", ("team",))
BEGINNING = datetime(2026, 9, 15, 17, 0, tzinfo=UTC)
"""Eight in the evening in Sofia, so that ends of life come outside school hours."""
APART = timedelta(days=10)
LEASE = timedelta(seconds=60)
TIMING = Timing(replace_unused=True)
_NUMBERS = count(1)
_OVERDUE = (
    "SELECT count(*) FROM secret JOIN password_operation ON id = operation"
    " WHERE stage NOT IN ('requested', 'ready', 'shown') OR lease_until < :now"
)
_TASKS = "SELECT count(*) FROM task WHERE status <> 'done'"
_TASKS_OF_CLASS = _TASKS + " AND kind <> 'password.expire'"
FINAL = {Stage.CLOSED, Stage.UNSEEN, Stage.FAILED, Stage.CANCELLED}
VERIFIED_EVERY = 20
"""Lives."""


class Outside:
    """What a kill does not undo: a file for each life, a line for each thing that happened."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def add(self, what: str, life: str, **line: str) -> None:
        """On the disk when this returns."""
        with (self._folder / f"{life}.jsonl").open("a") as file:
            file.write(json.dumps({"what": what} | line) + "\n")
            file.flush()
            os.fsync(file.fileno())

    def of(self, what: str, life: str) -> list[dict[str, str]]:
        """The lines of this kind and life, oldest first."""
        path = self._folder / f"{life}.jsonl"
        lines = path.read_text().splitlines() if path.exists() else []
        return [line for line in map(json.loads, lines) if line["what"] == what]


class Points:
    """Counts points and dies at the one it was armed for."""

    def __init__(self, *, statements: bool) -> None:
        self._statements = statements
        self._left = 0
        self._writes = False

    def arm(self, number: int) -> None:
        """From now on the number-th point is the last."""
        self._left = number

    def pass_one(self) -> None:
        """One more point."""
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(self) -> None:
        """Counts what every database connection of this process does."""
        event.listen(Engine, "before_cursor_execute", self._statement)
        event.listen(Engine, "commit", self._commit)
        run, emptied = Connections.run, connections.emptied

        async def counted_run(self_: Connections, *given: Any, **named: Any) -> Any:
            self._writes = False
            result = await run(self_, *given, **named)
            if self._writes:
                self.pass_one()  # after the commit, and before anybody knows
            return result

        def counted_emptying(engine: Engine) -> bool:
            self.pass_one()
            return emptied(engine)

        Connections.run = counted_run  # type: ignore[assignment,method-assign]  # so that the moment after it counts
        connections.emptied = counted_emptying  # and the moment before this

    def _statement(self, _connection: object, _cursor: object, statement: str, *_: object) -> None:
        self._writes |= statement.lstrip()[:6] in {"INSERT", "UPDATE", "DELETE"}
        if self._statements and self._writes:  # until something is written, there is nothing to lose by half
            self.pass_one()

    def _commit(self, _connection: object) -> None:
        if self._writes:
            self.pass_one()


class Directory:
    """`AccountReader` and `AccountWriter` whose memory is outside."""

    def __init__(self, outside: Outside, points: Points, clock: FakeClock, life: str) -> None:
        self.outside = outside
        self.points = points
        self.clock = clock
        self.life = life
        self.task: Task | None = None

    async def facts(self, person_id: str) -> AccountFacts | None:
        changed_at = (await self.password_changes((person_id,)))[person_id]
        return AccountFacts(person_of(person_id), "6", False, False, False, changed_at)

    async def password_changes(self, person_ids: Sequence[str]) -> Mapping[str, datetime | None]:
        changed = {line["person"]: datetime.fromisoformat(line["at"]) for line in self.outside.of("set", self.life)}
        return {one: changed.get(one) for one in person_ids}

    async def password_dates(self, person_ids: Sequence[str]) -> Mapping[str, PasswordDates]:
        changes = await self.password_changes(person_ids)
        return {one: PasswordDates(None, changed) for one, changed in changes.items()}

    async def set_password(self, person_id: str, password: Secret, *, many: bool) -> datetime:
        assert self.task is not None
        self.points.pass_one()
        self.outside.add(
            "set",
            self.life,
            kind=self.task.kind,
            operation=self.task.payload["operation"],
            person=person_id,
            text=password.reveal(),
            at=self.clock().isoformat(),
        )
        self.points.pass_one()
        return self.clock()

    async def revoke_sessions(self, person_id: str) -> None:
        self.points.pass_one()


class Told(TaskHandler):
    """Stands for messages."""

    most_failures = 5

    def __init__(self, kind: str) -> None:
        self.kind = kind

    async def carry_out(self, task: Task) -> None:
        pass


def person_of(person_id: str) -> Person:
    return Person(
        person_id,
        "Ньоми Яйцова",
        f"{person_id}@{DOMAIN}",
        Kind.STUDENT,
        AccountState.ACTIVE,
        (SCHOOL,),
        "5",
        ("Математика - 5 б - ООП",),
    )


class Life:
    """The use cases and the worker over one database, at the times of one life."""

    def __init__(self, database: Database, outside: Outside, points: Points, clock: FakeClock, name: str) -> None:
        self.database, self.outside, self.clock, self.name = database, outside, clock, name
        self.began = clock()
        self.directory = directory = Directory(outside, points, clock, name)
        operations, releases = database.operations, database.releases
        students = tuple(person_of(f"{name}-pupil{number}") for number in range(1, 4))
        rosters = FakeRosters({SCHOOL.id: (CLASS,)}, {(SCHOOL.id, CLASS.name): students})
        self.students = tuple(one.id for one in students)
        actors = FakeActors({DIRECTOR.object_id: DIRECTOR})
        tokens = SlipTokens(b"k" * 32, lambda: f"token {next(_NUMBERS)} of {name} {os.getpid()}")
        shared: dict[str, Any] = {"operations": operations, "clock": clock}
        timed: dict[str, Any] = {**shared, "timing": TIMING}
        self.request = RequestPassword(
            actors=actors,
            reader=directory,
            releases=releases,
            deputies=database.deputies,
            audit=database.audit,
            admit_synthetic=True,
            **timed,
        )
        listed = ListStudents(rosters=rosters, reader=directory, received=database.receipts.received, **timed)
        self.many = RequestMany(actors=actors, students=listed, audit=database.audit, **timed)
        self.reveal = RevealPassword(actors=actors, audit=database.audit, **timed)
        self.hand_over = HandOver(**shared)
        self.offer = OfferSlips(actors=actors, tokens=tokens, **timed)
        self.collect = CollectSlips(actors=actors, tokens=tokens, sentence=no_sentence, **timed)
        writing: dict[str, Any] = {
            "reader": directory,
            "writer": directory,
            "rate_limit": database.rate_limit,
            "writes_per_second": 1_000.0,
            "below": Random(f"{os.getpid()} {name}").randrange,
        }
        self.handlers: dict[str, TaskHandler] = {
            RESET: CarryOutReset(
                actors=actors, releases=releases, deputies=database.deputies, waiting=nobody_waits, **timed, **writing
            ),
            BURN: BurnSecret(**shared),
            EXPIRE: EndOfLife(queue=database.queue, **timed, **writing),
            NOTICE: Told(NOTICE),
            ALARM: Told(ALARM),
            PROGRESS: Told(PROGRESS),
        }
        if not name.startswith("one"):
            del self.handlers[EXPIRE]

    async def one(self) -> None:
        """A single reset: asked, set, shown twice, handed over; and its end three days later."""
        operation = f"{self.name}-operation"
        wish = Wish(operation, f"{self.name}-pupil", SCHOOL.id, CHAT, Recipient.STUDENT, identity=True)
        assert isinstance(await self.request(DIRECTOR, wish), Operation)
        self.outside.add("acknowledged", self.name, operation=operation)
        await self.work()
        await self.look(operation)
        await self.look(operation)
        await self.hand_over(DIRECTOR, CHAT, operation)
        await self.pass_by(*self._passes())

    async def class_(self) -> None:
        """Three of a class: asked, set, printed; one slip was lost and is printed once more; and their ends."""
        for job, students in (("job", self.students), ("again", self.students[:1])):
            self.clock.move(seconds=30 * (job == "again"))  # less than a lease: who goes on is later
            wish = ManyWish(
                f"{self.name}-{job}", CLASS.name, students, SCHOOL.id, CHAT, Recipient.STUDENT, identity=True
            )
            begun = await self.many(DIRECTOR, wish)
            assert isinstance(begun, Progress)
            for one in begun.operations:
                self.outside.add("acknowledged", self.name, operation=one.asked.id)
            await self.work()
            await self.slips(job)
        await self.pass_by(*self._passes())

    async def look(self, operation: str) -> bool:
        """Whether it was shown."""
        shown = await self.reveal(DIRECTOR, CHAT, operation)
        if isinstance(shown, Shown):
            self.outside.add("shown", self.name, operation=operation, text=shown.secret.reveal())
        return isinstance(shown, Shown)

    async def slips(self, job: str) -> None:
        """A link, and what comes by it."""
        offer = await self.offer(DIRECTOR, CHAT, job=f"{self.name}-{job}")
        if not isinstance(offer, SlipOffer):
            return
        sheet = await self.collect(offer.token, TENANT)
        assert sheet is not None
        operations = await self.database.operations.of_job(f"{self.name}-{job}")
        by_username = {one.asked.username: one.asked.id for one in operations}
        for slip in sheet.slips:
            self.outside.add(
                "shown",
                self.name,
                operation=by_username[slip.username],
                text=slip.password.reveal(),
            )

    async def pass_by(self, *seconds: float) -> None:
        """So much time passes, and what is due then is done."""
        for some in seconds:
            self.clock.move(seconds=some)
            self.outside.add("clock", self.name, now=self.clock().isoformat())
            await self.work()
            assert await self._count(_OVERDUE) == 0, "a secret outlives its lease"

    async def work(self) -> None:
        """Everything that is due, and what follows from it at once."""
        while claimed := await self.database.queue.claim(tuple(self.handlers), 8, LEASE):
            for task in claimed:
                self.directory.task = task
                try:
                    await attempt(self.handlers[task.kind], task)
                except TryAgain as later:
                    await self.database.queue.again(task, self.clock() + later.after, later.why, failed=later.failed)
                except TaskLost:
                    pass
                else:
                    await self.database.queue.done(task)

    async def go_on(self) -> None:
        """What is left of this life after a kill: the leases of the dead end, the director looks again."""
        cut_off = self.outside.of("clock", self.name)
        if cut_off:
            self.clock.now = datetime.fromisoformat(cut_off[-1]["now"])
        self.clock.now += LEASE + timedelta(seconds=1)
        await self.work()
        seen = {line["operation"] for line in self.outside.of("shown", self.name)}
        for operation in await self._operations():
            if operation.stage in {Stage.READY, Stage.SHOWN}:
                fetched = await self.look(operation.asked.id)
                assert fetched or len(cut_off) > 0 or operation.asked.id not in seen, (
                    "a lost answer has lost a password"
                )
        for job in ("job", "again"):
            await self.slips(job)
        await self.pass_by(*self._passes())

    async def check(self) -> None:
        """What must hold at the end of every life, however it was cut off."""
        of_class = not self.name.startswith("one")
        operations = {one.asked.id: one for one in await self._operations()}
        for line in self.outside.of("acknowledged", self.name):
            assert line["operation"] in operations, "an acknowledged operation is lost (I9)"
        sent: dict[str, list[str]] = {}
        for line in self.outside.of("set", self.name):
            if line["kind"] == RESET:
                sent.setdefault(line["operation"], []).append(line["text"])
        told: Counter[tuple[str, str, str]] = Counter()
        async for read in self.database.audit.entries(self.began):
            told[read.entry.detail.get("operation", ""), read.entry.action, read.entry.outcome] += 1
        for operation in operations.values():
            assert operation.stage in FINAL, (operation.asked.id, operation.stage)
            assert len(set(sent[operation.asked.id])) == 1, "two passwords were sent for one operation (I2)"
            assert told[operation.asked.id, "password.requested", "allowed"] == 1
            assert told[operation.asked.id, "password.set", "done"] == 1
            assert told[operation.asked.id, "password.shown", "shown"] == (operation.shown_at is not None)
            assert operation.ending == ("" if operation.asked.job else "replaced"), (
                operation.asked.id,
                operation.ending,
            )
            assert told[operation.asked.id, "password.life-ended", "replaced"] == (not operation.asked.job)
            again = operation.asked.job == f"{self.name}-job" and any(
                other.asked.job == f"{self.name}-again" and other.asked.person == operation.asked.person
                for other in operations.values()
            )
            assert told[operation.asked.id, "password.superseded", "ended"] == again, (
                "a printed one ends on the record"
            )
        for line in self.outside.of("shown", self.name):
            assert line["text"] == sent[line["operation"]][-1], "a dead password was shown"
            assert told[line["operation"], "password.shown", "shown"] == 1
        assert await self._count("SELECT count(*) FROM secret") == 0
        assert await self._count(_TASKS_OF_CLASS if of_class else _TASKS) == 0

    def _passes(self) -> tuple[int, ...]:
        """Seconds: over the lease and the time for looking (one, many), and over the end of life."""
        return (180, 2_000, 260_000, 3_700) if self.name.startswith("one") else (180, 7_300)

    async def _operations(self) -> list[Operation]:
        ids = [f"{self.name}-operation"]
        found = [await self.database.operations.one(one) for one in ids]
        jobs = [await self.database.operations.of_job(f"{self.name}-{job}") for job in ("job", "again")]
        return [*(one for one in found if one is not None), *(one for job in jobs for one in job)]

    async def _count(self, query: str) -> int:
        def ask(connection: Connection) -> int:
            asked = text(query).bindparams(now=to_milliseconds(self.clock())) if ":now" in query else text(query)
            return int(connection.execute(asked).scalar_one())

        return await self.database.connections.run(ask)


async def holds(database: Database) -> None:
    """The chain of the whole audit log."""
    assert (await database.audit.verify()).intact


def at(life: int) -> datetime:
    return BEGINNING + life * APART


async def lives(url: str, folder: Path, which: str, number: int, end: int) -> None:
    """Ends the life before this one and checks it; then lives this one to the point `end`, or whole (0)."""
    outside, points = Outside(folder), Points(statements=which == "one")
    clock = FakeClock(at(number - 1))
    if end:
        points.watch()
    database = await Database.open(url, DatabaseKeys.derive(MASTER_KEY), clock)
    if number > 1:
        before = Life(database, outside, points, clock, f"{which}{number - 1}")
        await before.go_on()
        await before.check()
        if number % VERIFIED_EVERY == 0:
            await holds(database)
    clock.now = at(number)
    life = Life(database, outside, points, clock, f"{which}{number}")
    points.arm(end)
    await (life.one() if which == "one" else life.class_())
    points.arm(0)
    await life.check()
    await holds(database)
    await database.close()


def main(url: str, folder: str, which: str, every: str) -> None:
    for form in Form:
        generate(form, Random(1).randrange)  # its tables are made once
    with statements_kept():
        _fork(url, Path(folder), which, int(every))


def _fork(url: str, folder: Path, which: str, every: int) -> None:
    asyncio.run(lives(url, folder, which, 0, 0))  # so that statements are compiled once
    gc.collect()
    gc.freeze()  # what is shared with the children stays shared
    number = 0
    status = signal.SIGKILL.value
    while status == signal.SIGKILL.value:
        number += 1
        child = os.fork()
        if child == 0:
            asyncio.run(lives(url, folder, which, number, 1 + (number - 1) * every))
            os._exit(0)
        _, status = os.waitpid(child, 0)
    if status:
        sys.exit(f"life {number} ended with {status}")
    print(number - 1)


if __name__ == "__main__":
    main(*sys.argv[1:])
