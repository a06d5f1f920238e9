"""Whole lives of transfer requests on a real database, each cut off by kill −9 at another point.

`python -m tests.integration.database.transfer_worker URL FOLDER WHICH EVERY` works as `password_worker` does: life after
life ends at its first, second, third … point until one runs through; each is continued by a fresh process, which checks
what is left. The life `approved` is: asked, told, approved, carried out, told again, and looked at the next mornings;
`refused` is: asked, told, refused, told, and brought before the regional office.

A point is the moment just before and just after a commit that keeps something, before SQLite's log is emptied, and
just before and just after a write to the directory or a message to the channel. What a kill does not undo (the
directory, the messages that arrived, what people were answered) is in a file of FOLDER.
"""

import asyncio
import gc
import os
import signal
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

from bot.announcer.speaking import Speaking
from bot.conversation import ConversationReference, Reply
from bot.core.actors.model import Actor, Role
from bot.core.calendar import WorkCalendar
from bot.core.people.model import AccountState, Kind, Person, School
from bot.core.tasks import TaskHandler, TaskLost, TryAgain
from bot.core.transfers.carry_out import CarryOutTransfer, RecheckTransfer
from bot.core.transfers.decide import Decided, DecideTransfer, Deed
from bot.core.transfers.keep_time import KeepTime
from bot.core.transfers.model import Basis, Clocks, State, Step, StepKind
from bot.core.transfers.policy import Choice
from bot.core.transfers.ports import StepOutcome
from bot.core.transfers.read import ReadTransfers
from bot.core.transfers.request import RequestTransfer, Sent, TransferWish
from bot.core.transfers.told import WhoIsConcerned
from bot.database.engine import Database
from bot.database.keys import DatabaseKeys
from bot.dialogs import DIALOGS
from bot.dialogs.dialog import entries_of
from bot.dialogs.requests.cards_kept import KeepCards
from bot.dialogs.requests.news import RemindOfTransfer, TellOfTransfer
from bot.dialogs.requests.tell_concerned import TellConcerned
from bot.runtime.task_worker import attempt
from bot.seals import Sealer
from bot.texts.catalog import Catalog
from tests.fakes import FakeClock, FakeDirectory, FakePreferences
from tests.fakes_passwords import FakeActors
from tests.fakes_placements import FakeDeciders, Roster
from tests.integration.database.owner import MASTER_KEY
from tests.integration.database.password_worker import Outside, Points
from tests.properties.strategies import TENANT
from tests.templates import statements_kept

SCHOOLS = {key: School(key, f"299000{number}", "Училище", "Град") for number, key in enumerate("ab", start=1)}
ASKS = Actor("director-a", TENANT, Role.DIRECTOR, SCHOOLS["a"], name="Ана Аврамова Антонова")
DECIDES = Actor("director-b", TENANT, Role.DIRECTOR, SCHOOLS["b"], name="Боян Борисов Боев")
BEGINNING = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
"""Noon in Sofia on a Monday."""
APART = timedelta(days=7)
LEASE = timedelta(seconds=60)
CATALOG = Catalog.load()
_NUMBERS = count(1)
_WAITING = "SELECT min(run_at) FROM task WHERE status = 'ready'"
VERIFIED_EVERY = 20
"""Lives."""
MOST_SENT = {"director-a": 2, "director-b": 1}
"""The card, and to who asked the message that it is done."""


class RosterOutside(Roster):
    """A roster whose memory is outside: what was written before this process began is in it."""

    def __init__(self, outside: Outside, points: Points, clock: FakeClock, life: str) -> None:
        super().__init__(clock, SCHOOLS)
        self._outside, self._points, self._life = outside, points, life
        self.student = f"{life}-student"
        old = [self.team("b", f"{subject} - 5 б - ООП") for subject in ("Математика", "Музика")]
        self.new = [self.team("a", f"{subject} - 6 а - ООП") for subject in ("Математика", "Час на класа")]
        person = Person(
            self.student, "Ива Пробна Иванова", "iva@edu.mon.bg", Kind.STUDENT, AccountState.DISABLED, (SCHOOLS["b"],)
        )
        self.add(person, *old)
        for line in outside.of("written", life):
            super()._write(self.student, Step(StepKind(line["kind"]), line["target"]))

    async def carry_out(self, person_id: str, steps: Sequence[Step]) -> tuple[StepOutcome, ...]:
        self._points.pass_one()
        outcomes = await super().carry_out(person_id, steps)
        self._points.pass_one()
        return outcomes

    def _write(self, person_id: str, step: Step) -> StepOutcome:
        self._outside.add("written", self._life, kind=step.kind.value, target=step.target)
        return super()._write(person_id, step)


class MessengerOutside:
    """`Messenger` whose messages are outside."""

    def __init__(self, outside: Outside, points: Points, life: str) -> None:
        self._outside, self._points, self._life = outside, points, life

    async def send(self, reference: ConversationReference, reply: Reply) -> str:
        number = f"{self._life}-{os.getpid()}-{next(_NUMBERS)}"
        self._points.pass_one()
        self._outside.add("sent", self._life, to=reference.object_id, id=number, fallback=reply.text or "")
        self._points.pass_one()
        return number

    async def update(self, reference: ConversationReference, activity_id: str, _: Reply) -> None:
        self._points.pass_one()
        self._outside.add("updated", self._life, to=reference.object_id, id=activity_id)
        self._points.pass_one()


class NotInstalled:
    """`Installer` that is never needed."""

    async def install(self, person_id: str) -> bool:
        raise AssertionError(person_id)


async def reference_of(object_id: str) -> ConversationReference:
    url = "https://smba.trafficmanager.net/emea/"
    return ConversationReference(f"chat-{object_id}", url, TENANT, "28:b", f"29:{object_id}", object_id, "bg-BG")


class Life:
    """The use cases and the worker over one database, at the times of one life."""

    def __init__(self, database: Database, outside: Outside, points: Points, clock: FakeClock, name: str) -> None:
        self.database, self.outside, self.clock, self.name = database, outside, clock, name
        self.began = clock()
        self.id = f"{name}-press"
        self.roster = RosterOutside(outside, points, clock, name)
        actors = FakeActors({one.object_id: one for one in (ASKS, DECIDES)})
        calendar = WorkCalendar(lambda _: False)
        deciders = FakeDeciders({"a": (ASKS.object_id,), "b": (DECIDES.object_id,)})
        transfers, audit = database.transfers, database.audit
        concerned = WhoIsConcerned(
            actors=actors, deciders=deciders, accounts=FakeDirectory(), clock=clock, domain="edu.mon.bg"
        )
        reading: dict[str, Any] = {"transfers": transfers, "placements": self.roster, "calendar": calendar}
        reading["clock"] = clock
        more: dict[str, Any] = {**reading, "clocks": Clocks()}
        self.request = RequestTransfer(actors=actors, concerned=concerned, audit=audit, **more)
        self.decide = DecideTransfer(actors=actors, audit=audit, **more)
        read = ReadTransfers(actors=actors, transfers=transfers, audit=audit, clock=clock)
        sealer = Sealer(b"s" * 32, lambda: f"{name}-{os.getpid()}-{next(_NUMBERS)}")
        speaking = Speaking(
            actors=actors,
            reference=reference_of,
            messages=database.messages,
            messenger=MessengerOutside(outside, points, name),
            preferences=FakePreferences(),
            catalog=CATALOG,
            clock=clock,
            rate_limit=database.rate_limit,
            sealer=sealer,
            entries=entries_of(DIALOGS),
            new_reference=lambda: "REF12345",
        )
        said: dict[str, Any] = {"transfers": transfers, "read": read}
        handlers: tuple[TaskHandler, ...] = (
            KeepTime(**more),
            CarryOutTransfer(writer=self.roster, rate_limit=database.rate_limit, writes_per_second=1_000.0, **more),
            RecheckTransfer(**more),
            TellConcerned(transfers=transfers, concerned=concerned, queue=database.queue, clock=clock),
            KeepCards(speaking, installer=NotInstalled(), **said),
            TellOfTransfer(speaking, **said),
            RemindOfTransfer(speaking, **said),
        )
        self.handlers = {one.kind: one for one in handlers}

    async def live(self) -> None:
        """From the press that asks to the last announcement and the looks of the next mornings."""
        await self.ask()
        await self.settle(minutes=2)
        await self.approve()
        await self.settle(minutes=5)
        await self.settle(days=5)

    async def go_on(self) -> None:
        """After a kill: the leases of the dead end, and people press again where they were not answered."""
        self.clock.now += LEASE + timedelta(seconds=1)
        if not self.outside.of("asked", self.name):
            await self.ask()
        await self.settle(minutes=4)
        if not self.outside.of("approved", self.name):
            await self.approve()
        await self.settle(minutes=7)
        await self.settle(days=5)

    async def ask(self) -> None:
        wish = TransferWish(
            id=self.id,
            person=self.roster.student,
            school="a",
            conversation="a:chat",
            to_class="6 а",
            basis=Basis.APPLICATION,
        )
        assert isinstance(await self.request(ASKS, wish), Sent)
        self.outside.add("asked", self.name)

    async def approve(self) -> None:
        """The press, as it is repeated by somebody who got no answer: it is too late when it was done."""
        decided = await self.decide(DECIDES, Deed(self.id, 1, Choice.APPROVE))
        transfer = await self.database.transfers.one(self.id)
        assert transfer is not None
        assert transfer.verdict is not None
        assert isinstance(decided, Decided) or transfer.verdict.by == DECIDES.object_id
        self.outside.add("approved", self.name)

    async def settle(self, **by: float) -> None:
        """So much time passes, and what falls due in it is done."""
        until = self.clock() + timedelta(**by)
        while True:
            await self.work()
            due = await self._first(_WAITING)
            if due is None or datetime.fromtimestamp(due / 1000, UTC) > until:
                break
            self.clock.now = max(self.clock() + timedelta(milliseconds=100), datetime.fromtimestamp(due / 1000, UTC))
        self.clock.now = max(self.clock.now, until)

    async def work(self) -> None:
        """Everything that is due, and what follows from it at once."""
        queue = self.database.queue
        while claimed := await queue.claim(tuple(self.handlers), 8, LEASE):
            for task in claimed:
                try:
                    await attempt(self.handlers[task.kind], task)
                except TryAgain as later:
                    await queue.again(task, self.clock() + later.after, later.why, failed=later.failed)
                except TaskLost:
                    pass
                else:
                    await queue.done(task)

    async def check(self) -> None:
        """What must hold at the end of every life, however it was cut off."""
        transfer = await self.database.transfers.one(self.id)
        assert transfer is not None, "what was asked is lost (I9)"
        assert transfer.state is State.DONE, transfer.state
        told: Counter[str] = Counter()
        async for read in self.database.audit.entries(self.began):
            told[read.entry.action] += 1
        once = ("transfer.requested", "transfer.decided", "transfer.begun", "transfer.carried-out")
        assert {action: told[action] for action in once} == dict.fromkeys(once, 1)

        steps = await self.database.transfers.steps(self.id)
        assert len(steps) == 7
        assert all(step.done_at is not None for step in steps)
        assert self.roster.now_in(self.roster.student) == ("a",)
        inside = {team for team, members in self.roster.members.items() if self.roster.student in members}
        assert inside == {team.id for team in self.roster.new}
        assert self.roster.people[self.roster.student].state is AccountState.ACTIVE
        effects = Counter((line["kind"], line["target"]) for line in self.outside.of("written", self.name))
        assert set(effects) == {(step.kind.value, step.target) for step in steps}
        twice = {key for key, times in effects.items() if times > 1}
        assert len({kind for kind, _ in twice}) <= 1, "only what was in flight when it died is written again"
        assert max(effects.values()) <= 2

        sent = Counter(line["to"] for line in self.outside.of("sent", self.name))
        more = {who: n - MOST_SENT[who] for who, n in sent.items()}
        assert sorted(more.values()) in ([0, 0], [0, 1], [-1, 0]), (sent, "one twin, or one notice left out in doubt")
        for who in MOST_SENT:
            card = await self.database.messages.known(f"transfer:{self.id}:{who}")
            assert card is not None
            assert card.shown.startswith(f"{transfer.version}/"), "the card shows the present state"
        assert await self._first("SELECT count(*) FROM task WHERE status <> 'done'") == 0

    async def _first(self, query: str) -> int | None:
        def ask(connection: Connection) -> int | None:
            found: int | None = connection.execute(text(query)).scalar_one()
            return found

        return await self.database.connections.run(ask)


class RefusedLife(Life):
    """A life that ends before the regional office."""

    async def live(self) -> None:
        await self.ask()
        await self.settle(minutes=2)
        await self.refuse()
        await self.settle(minutes=2)
        await self.appeal()
        await self.settle(minutes=2)

    async def go_on(self) -> None:
        self.clock.now += LEASE + timedelta(seconds=1)
        for done, press in (("asked", self.ask), ("refused", self.refuse), ("appealed", self.appeal)):
            if not self.outside.of(done, self.name):
                await press()
            await self.settle(minutes=3)

    async def refuse(self) -> None:
        """The press, as it is repeated by somebody who got no answer."""
        await self.decide(DECIDES, Deed(self.id, 1, Choice.REFUSE, "Още е при нас"))
        transfer = await self.database.transfers.one(self.id)
        assert transfer is not None
        assert transfer.state is State.REFUSED
        self.outside.add("refused", self.name)

    async def appeal(self) -> None:
        """As above: once it is written, the same press is too late."""
        done = await self.decide(ASKS, Deed(self.id, 2, Choice.APPEAL, "Записан е при нас"))
        transfer = await self.database.transfers.one(self.id)
        assert transfer is not None
        assert transfer.appeal is not None
        assert isinstance(done, Decided) or transfer.appeal.by == ASKS.object_id
        self.outside.add("appealed", self.name)

    async def check(self) -> None:
        transfer = await self.database.transfers.one(self.id)
        assert transfer is not None, "what was asked is lost (I9)"
        assert (transfer.state, transfer.version, transfer.returned) == (State.ESCALATED, 3, 1)
        told: Counter[str] = Counter()
        async for read in self.database.audit.entries(self.began):
            told[read.entry.action] += 1
        once = ("transfer.requested", "transfer.decided", "transfer.appealed")
        assert {action: told[action] for action in once} == dict.fromkeys(once, 1)
        sent = Counter(line["to"] for line in self.outside.of("sent", self.name))
        assert sum(sent.values()) in {3, 4, 5}, (sent, "one twin, or one notice left out in doubt")
        for who in MOST_SENT:
            card = await self.database.messages.known(f"transfer:{self.id}:{who}")
            assert card is not None
            assert card.shown.startswith("3/"), "the card shows the present state"
        waiting = "SELECT count(*) FROM task WHERE status <> 'done' AND kind <> 'transfer.clock'"
        looks = f"{waiting} AND kind = 'transfer.tell'"
        assert (await self._first(waiting), await self._first(looks)) == (1, 1), (
            "whether an expert can be told by now"
        )
        await self.settle(hours=5)  # the clock of before the refusal has run out
        clocks = await self._first("SELECT count(*) FROM task WHERE status <> 'done' AND kind = 'transfer.clock'")
        assert clocks == 1, "one that stood still would leave the request with the office for ever"
        # So that it does not end in the life of another.
        assert isinstance(await self.decide(ASKS, Deed(self.id, 3, Choice.WITHDRAW)), Decided)
        await self.settle(hours=5)
        assert await self._first(waiting) == 0


def at(life: int) -> datetime:
    return BEGINNING + life * APART


async def lives(url: str, folder: Path, kind: type[Life], number: int, end: int) -> None:
    """Ends the life before this one and checks it; then lives this one to the point `end`, or whole (0)."""
    outside, points = Outside(folder), Points(statements=False)
    clock = FakeClock(at(number - 1))
    if end:
        points.watch()
    database = await Database.open(url, DatabaseKeys.derive(MASTER_KEY), clock)
    if number > 1:
        before = kind(database, outside, points, clock, f"life{number - 1}")
        await before.go_on()
        await before.check()
        if number % VERIFIED_EVERY == 0:
            assert (await database.audit.verify()).intact
    clock.now = at(number)
    life = kind(database, outside, points, clock, f"life{number}")
    points.arm(end)
    await life.live()
    points.arm(0)
    await life.check()
    assert (await database.audit.verify()).intact
    await database.close()


def main(url: str, folder: str, which: str, every: str) -> None:
    with statements_kept():
        _fork(url, Path(folder), RefusedLife if which == "refused" else Life, int(every))


def _fork(url: str, folder: Path, kind: type[Life], every: int) -> None:
    asyncio.run(lives(url, folder, kind, 0, 0))  # so that statements are compiled and texts read once
    gc.collect()
    gc.freeze()  # what is shared with the children stays shared
    number = 0
    status = signal.SIGKILL.value
    while status == signal.SIGKILL.value:
        number += 1
        child = os.fork()
        if child == 0:
            asyncio.run(lives(url, folder, kind, number, 1 + (number - 1) * every))
            os._exit(0)
        _, status = os.waitpid(child, 0)
    if status:
        sys.exit(f"life {number} ended with {status}")
    print(number - 1)


if __name__ == "__main__":
    main(*sys.argv[1:])
