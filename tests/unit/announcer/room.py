"""One school, whom its directors and class teachers are, and a channel that can be made to misbehave, on the fakes."""

import asyncio
import itertools
import json
from collections import deque
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from bot.announcer.speaking import Speaking
from bot.conversation import ConversationReference, Reply
from bot.core.actors.model import Actor, Role
from bot.core.clock import Clock
from bot.core.handover.model import Recipient
from bot.core.passwords.model import ALARM, NOTICE, PROGRESS, Job, Operation
from bot.core.people.model import School
from bot.core.tasks import NewTask, TaskHandler, TryAgain
from bot.dialogs import DIALOGS
from bot.dialogs.dialog import entries_of
from bot.dialogs.password.news import TellAlarm, TellPeople
from bot.dialogs.password.progress import KeepProgress
from bot.runtime.task_worker import attempt
from bot.seals import Sealer
from bot.sending import WrongAddress
from bot.texts.catalog import Catalog
from tests.fakes import NOON, FakeAuditLog, FakeClock, FakePreferences
from tests.fakes_passwords import FakeActors, FakeOperations, FakeQueue, FakeRateLimit, FakeRosters
from tests.unit.bot.operations import operation

CATALOG = Catalog.load()
OURS, THEIRS = School("school-1", "299001", "СУ „Измислено“"), School("school-2", "299002", "ОУ „Друго“")
ASKED = Actor("director", "tenant", Role.DIRECTOR, OURS, name="Директор Едно")
DEPUTY = Actor("deputy", "tenant", Role.DIRECTOR, OURS, name="Директор Две")
TEACHER = Actor("teacher", "tenant", Role.TEACHER, name="Учител Класен", works_at=(OURS,))
LEASE = timedelta(minutes=1)
ONE = operation()
JOB = Job("job-1", ONE.asked.at, "director", "tenant", "a:director", "school-1", "5 б", Recipient.STUDENT)


def reference(object_id: str, locale: str | None = "bg-BG") -> ConversationReference:
    return ConversationReference(
        f"a:{object_id}", "https://channel.example/", "tenant", "28:bot", f"29:{object_id}", object_id, locale
    )


@dataclass
class FakeMessenger:
    """`Messenger`. Each call takes one fault from `faults`, if there is one: it is raised, and with `arrives` set the
    message arrives all the same. `sent` and `updated` are what arrived: (conversation, id, reply).
    """

    sent: list[tuple[str, str, Reply]] = field(default_factory=list)
    updated: list[tuple[str, str, Reply]] = field(default_factory=list)
    faults: deque[BaseException | None] = field(default_factory=deque)
    arrives: bool = False
    ids: bool = True
    calls: list[str] = field(default_factory=list)
    moved: dict[str, str] = field(default_factory=dict)
    """Conversation → the only address where it is."""

    async def send(self, to: ConversationReference, reply: Reply) -> str:
        self.calls.append("send")
        number = f"message-{len(self.sent) + 1}"
        self._here(to)
        await self._reach(self.sent, (to.conversation_id, number, reply))
        return number if self.ids else ""

    async def update(self, to: ConversationReference, activity_id: str, reply: Reply) -> None:
        self.calls.append("update")
        self._here(to)
        await self._reach(self.updated, (to.conversation_id, activity_id, reply))

    def _here(self, to: ConversationReference) -> None:
        if self.moved.get(to.conversation_id, to.service_url) != to.service_url:
            raise WrongAddress(400, "BadArgument")

    async def _reach(self, where: list[tuple[str, str, Reply]], message: tuple[str, str, Reply]) -> None:
        await asyncio.sleep(0)
        fault = self.faults.popleft() if self.faults else None
        if fault is None or self.arrives:
            where.append(message)
        if fault is not None:
            raise fault


@dataclass(frozen=True)
class Kept:
    conversation_id: str
    activity_id: str = ""
    state: str = "intent"
    shown: str = ""
    at: datetime = NOON

    @property
    def in_doubt(self) -> bool:
        return self.state == "intent" and bool(self.shown)


class FakeMessages:
    """`bot.announcer.speaking.Messages` in memory."""

    def __init__(self, clock: Clock | None = None) -> None:
        self.rows: dict[str, Kept] = {}
        self.firsts: dict[str, datetime] = {}
        self.clock = clock or FakeClock()

    async def intend(self, key: str, conversation_id: str) -> Kept:
        await asyncio.sleep(0)
        return self.rows.setdefault(key, Kept(conversation_id, at=self.clock()))

    async def begin(self, key: str) -> str | None:
        await asyncio.sleep(0)
        kept, now = self.rows.get(key), self.clock()
        if kept is None or kept.state != "intent" or kept.shown > f"sending {now.isoformat()}":
            return None
        sign = f"sending {(now + timedelta(seconds=15)).isoformat()}"
        self.rows[key] = replace(kept, shown=sign)
        return sign

    async def not_sent(self, key: str, sign: str, *, in_doubt: bool) -> None:
        await asyncio.sleep(0)
        kept = self.rows.get(key)
        if kept is not None and kept.state == "intent" and kept.shown == sign:
            self.rows[key] = replace(kept, shown="doubt" if in_doubt else "")

    async def known(self, key: str) -> Kept | None:
        await asyncio.sleep(0)
        return self.rows.get(key)

    async def sent(self, key: str, activity_id: str, shown: str) -> None:
        await asyncio.sleep(0)
        if key in self.rows:
            self.rows[key] = replace(self.rows[key], activity_id=activity_id, state="sent", shown=shown)

    async def shown(self, key: str, shown: str) -> None:
        await asyncio.sleep(0)
        if key in self.rows:
            self.rows[key] = replace(self.rows[key], shown=shown)

    async def forget(self, key: str) -> None:
        await asyncio.sleep(0)
        self.rows.pop(key, None)

    async def since(self, key: str, conversation_id: str) -> datetime:
        await asyncio.sleep(0)
        return self.firsts.setdefault(key, self.clock())

    async def unsent(self, keys: Collection[str]) -> frozenset[str]:
        await asyncio.sleep(0)
        return frozenset(key for key in keys if key not in self.rows or self.rows[key].state != "sent")

    async def covered(self, keys: Collection[str], conversation_id: str, shown: str) -> None:
        await asyncio.sleep(0)
        for key in keys:
            if key not in self.rows or self.rows[key].state == "intent":
                self.rows[key] = Kept(conversation_id, "", "sent", shown, self.clock())


class Room:
    """Everybody has the app installed, and one password was set by the director."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.queue = FakeQueue(self.clock)
        self.rate_limit = FakeRateLimit(self.clock)
        self.operations = FakeOperations(FakeAuditLog(), self.queue)
        self.operations.operations[ONE.asked.id] = ONE
        self.actors = FakeActors({one.object_id: one for one in (ASKED, DEPUTY, TEACHER)})
        self.rosters = FakeRosters(teachers={ONE.asked.person: ("teacher",)})
        self.messenger, self.messages, self.preferences = FakeMessenger(), FakeMessages(self.clock), FakePreferences()
        self.references = {one: reference(one) for one in ("director", "deputy", "teacher")}
        numbers = itertools.count(1)
        sealer = Sealer(b"k" * 32, lambda: f"nonce-{next(numbers)}")
        speaking = Speaking(
            actors=self.actors,
            reference=self._reference,
            messages=self.messages,
            messenger=self.messenger,
            preferences=self.preferences,
            catalog=CATALOG,
            clock=self.clock,
            rate_limit=self.rate_limit,
            sealer=sealer,
            entries=entries_of(DIALOGS),
            new_reference=lambda: "REFABCDE",
        )
        self.speaking = speaking
        telling = TellPeople(speaking, operations=self.operations, rosters=self.rosters, queue=self.queue)
        keeping = KeepProgress(speaking, operations=self.operations, slips=True)
        alarming = TellAlarm(speaking, operations=self.operations, rosters=self.rosters, queue=self.queue)
        self.handlers: dict[str, TaskHandler] = {NOTICE: telling, ALARM: alarming, PROGRESS: keeping}

    async def _reference(self, object_id: str) -> ConversationReference | None:
        await asyncio.sleep(0)
        return self.references.get(object_id)

    def job(self, *operations: Operation) -> None:
        """A class was asked for, and stands like this."""
        self.operations.jobs[JOB.id] = JOB
        for one in operations:
            self.put(one)

    def put(self, one: Operation) -> None:
        """The operation of the job is like this from now on."""
        known = self.operations._of_job.setdefault(JOB.id, [])
        self.operations.operations[one.asked.id] = one
        if one.asked.id not in known:
            known.append(one.asked.id)

    def add(self, kind: str, key: str, **payload: str) -> None:
        self.queue.write([NewTask(kind, key, self.clock(), payload)])

    def tell(self, what: str, to: str, **about: str) -> None:
        """As the core writes it down: about the one operation unless said otherwise."""
        about = about or {"operation": ONE.asked.id}
        subject = about.get("operation") or about["job"]
        self.add(NOTICE, f"{what}:{subject}:{to}", what=what, to=to, **about)

    async def work(self, most: int = 50) -> list[TryAgain | Exception | None]:
        """Carries out what is due as a worker does, until nothing is due at this moment; what each attempt said."""
        said: list[TryAgain | Exception | None] = []
        while len(said) < most and (tasks := await self.queue.claim(tuple(self.handlers), 1, LEASE)):
            (task,) = tasks
            handler = self.handlers[task.kind]
            try:
                await attempt(handler, task)
            except TryAgain as later:
                said.append(later)
                if later.failed and task.failures + 1 >= handler.most_failures:
                    await handler.on_dead_letter(task, later)
                    await self.queue.dead_letter(task, later.why)
                else:
                    await self.queue.again(task, self.clock() + later.after, later.why, failed=later.failed)
            else:
                said.append(None)
                await self.queue.done(task)
        return said

    async def to_the_end(self, most: int = 500) -> list[TryAgain | Exception | None]:
        """The same, waiting for whatever is to be run again."""
        said = await self.work()
        while (due := self.queue.next_due()) is not None:
            assert len(said) < most, "it never ends"
            self.clock.now = max(self.clock.now, due)
            said += await self.work()
        return said

    def run_again(self) -> None:
        """Every task, done or not, is due once more: the worker was killed before it could say that it was done."""
        for row in self.queue.rows.values():
            row.status, row.run_at = "ready", self.clock()
            self.queue._waiting[row.id] = row

    @property
    def received(self) -> dict[str, list[str]]:
        """What arrived as a message of its own, by receiver: all its words."""
        told: dict[str, list[str]] = {}
        for conversation, _, reply in self.messenger.sent:
            told.setdefault(conversation.removeprefix("a:"), []).append(words(reply))
        return told

    @property
    def statuses(self) -> list[str]:
        return [row.status for row in self.queue.rows.values()]


def words(reply: Reply) -> str:
    """Everything in the card, as JSON."""
    return json.dumps(reply.card, ensure_ascii=False)


def texts(reply: Reply) -> str:
    """What a person reads."""

    def read(node: Any) -> list[str]:
        if isinstance(node, dict):
            return [str(node[key]) for key in ("text", "title", "value") if isinstance(node.get(key), str)] + [
                line for value in node.values() for line in read(value)
            ]
        return [line for one in node for line in read(one)] if isinstance(node, list) else []

    return "\n".join(read(reply.card))
