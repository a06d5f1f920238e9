"""One school with a director, its people, and everything a temporary password needs, on the fakes."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

from bot.core.actors.model import Actor, Role
from bot.core.handover.model import Recipient
from bot.core.passwords.carry_out import CarryOutReset
from bot.core.passwords.doubt import SettleDoubt
from bot.core.passwords.follow import CheckPassword, FollowOperation
from bot.core.passwords.lapse import BurnSecret, EndOfLife
from bot.core.passwords.model import BURN, EXPIRE, RESET, SETTLE, AccountFacts, Operation, Shown, Timing
from bot.core.passwords.request import PreparePassword, RequestPassword, Wish
from bot.core.passwords.reveal import HandOver, ReportTheft, RevealPassword
from bot.core.people.model import AccountState, Kind, Person
from bot.core.tasks import TaskHandler, TryAgain
from bot.runtime.task_worker import attempt
from tests.fakes import NOON, FakeAuditLog, FakeClock
from tests.fakes_passwords import (
    FakeAccounts,
    FakeActors,
    FakeOperations,
    FakeQueue,
    FakeRateLimit,
    FakeReleases,
    nobody_received,
    nobody_waits,
)
from tests.fakes_transfers import FakeDeputies
from tests.properties.strategies import DOMAIN, SYNTHETIC_EGN, SYNTHETIC_LNCH, TENANT, school_of

OWN, OTHER, THIRD = school_of(1), school_of(2), school_of(3)
DIRECTOR = Actor("director", TENANT, Role.DIRECTOR, OWN)
DEPUTY = Actor("deputy", TENANT, Role.DIRECTOR, OWN)
CHAT = "a:chat-of-the-director"
LEASE = timedelta(seconds=60)
MADE = NOON - timedelta(days=60)
TEAMS = ("Математика - 5 б - ООП",)

YOUNG, OLD, ALIEN = SYNTHETIC_EGN[6], SYNTHETIC_EGN[0], SYNTHETIC_LNCH[0]
"""Counted thirty years earlier: born on 8 February 2017, born on 5 June 2011, and without a date of birth."""
UNBORN = "5652240076"
"""Counted thirty years earlier: born on 24 December 2026, a month after the day of the tests."""
AGEING = "4750081017"
"""Counted thirty years earlier: born on 8 October 2017; no valid ЛНЧ, so it counts at every age."""


def facts_of(
    number, *, kind=Kind.STUDENT, schools=(OWN,), state=AccountState.ACTIVE, grade="5", identifier=YOUNG, **other
):
    person = Person(
        f"oid-{number}",
        "Юлия Иванова Щерева",
        f"ip0{number:07}@{DOMAIN}",
        kind,
        state,
        schools,
        grade,
        TEAMS,
        identifier,
    )
    known: dict[str, Any] = {
        "extension_role": {Kind.STUDENT: "6", Kind.TEACHER: "5"}.get(kind),
        "privileged": False,
        "guest": False,
        "synchronised": False,
        "password_changed_at": MADE,
        "created_at": MADE,
    }
    return AccountFacts(person, **(known | other))


PUPIL = facts_of(1)
TEACHER = facts_of(2, kind=Kind.TEACHER, grade="", identifier=SYNTHETIC_EGN[3])
ELSEWHERE = facts_of(3, schools=(OTHER,))
FIRST_GRADER = facts_of(4, grade="1")
GROWN = facts_of(5, grade="9", identifier=OLD)
FOREIGNER = facts_of(6, identifier=ALIEN)

WISH = Wish("press-1", PUPIL.person.id, OWN.id, CHAT, Recipient.STUDENT, identity=True)
TEACHERS_WISH = replace(WISH, person=TEACHER.person.id, recipient=Recipient.TEACHER)


class World:
    def __init__(self, *, timing=None, seed=1, writes_per_second=20.0, doubt_applies=False):
        self.clock = FakeClock()
        self.timing = timing or Timing()
        self.audit = FakeAuditLog()
        self.queue = FakeQueue(self.clock)
        self.operations = FakeOperations(self.audit, self.queue)
        self.accounts = FakeAccounts(
            (PUPIL, TEACHER, ELSEWHERE, FIRST_GRADER, GROWN, FOREIGNER), clock=self.clock, doubt_applies=doubt_applies
        )
        self.actors = FakeActors({one.object_id: one for one in (DIRECTOR, DEPUTY)})
        self.releases = FakeReleases()
        self.deputies = FakeDeputies(self.audit)
        self.rate_limit = FakeRateLimit(self.clock)
        self.slept: list[float] = []
        self.on_sleep: Callable[[], Awaitable[None]] | None = None
        read: dict[str, Any] = {
            "reader": self.accounts,
            "operations": self.operations,
            "clock": self.clock,
        }
        timed: dict[str, Any] = read | {"timing": self.timing}
        write: dict[str, Any] = {
            "writer": self.accounts,
            "rate_limit": self.rate_limit,
            "writes_per_second": writes_per_second,
            "below": Random(seed).randrange,
        }
        asked: dict[str, Any] = {"releases": self.releases, "deputies": self.deputies, "admit_synthetic": True}
        self.prepare = PreparePassword(received=nobody_received, **timed, **asked)
        self.request = RequestPassword(actors=self.actors, audit=self.audit, **timed, **asked)
        self.follow = FollowOperation(operations=self.operations, sleep=self.sleep)
        self.check = CheckPassword(**timed)
        self.reveal = RevealPassword(
            actors=self.actors, operations=self.operations, audit=self.audit, clock=self.clock, timing=self.timing
        )
        self.hand_over = HandOver(operations=self.operations, clock=self.clock)
        self.report_theft = ReportTheft(operations=self.operations, clock=self.clock)
        self.resetting = CarryOutReset(actors=self.actors, waiting=nobody_waits, **timed, **write, **asked)
        self.burning = BurnSecret(operations=self.operations, clock=self.clock)
        self.ending = EndOfLife(queue=self.queue, **timed, **write)
        self.settling = SettleDoubt(**read)
        self.handlers: dict[str, TaskHandler] = {
            RESET: self.resetting,
            BURN: self.burning,
            EXPIRE: self.ending,
            SETTLE: self.settling,
        }

    async def sleep(self, seconds):
        self.slept.append(seconds)
        if self.on_sleep is not None:
            await self.on_sleep()

    async def ask(self, wish=WISH, actor=DIRECTOR):
        return await self.request(actor, wish)

    async def claim(self, kind=RESET):
        """The task of this kind that is due, as a worker gets it."""
        (task,) = await self.queue.claim((kind,), 1, LEASE)
        return task

    async def attempt(self, kind=RESET):
        """One attempt of a worker at the next due task, the queue told of it. What it was told: None, or TryAgain."""
        task = await self.claim(kind)
        try:
            await attempt(self.handlers[kind], task)
        except TryAgain as later:
            await self.queue.again(task, self.clock() + later.after, later.why, failed=later.failed)
            return later
        await self.queue.done(task)
        return None

    async def work(self, kind=RESET, most=200):
        """Attempts until the task is done, waiting as long as each asks for; what each attempt was told."""
        told = []
        for _ in range(most):
            told.append(await self.attempt(kind))
            if told[-1] is None:
                return told
            self.clock.now += told[-1].after
        raise AssertionError("it never ends")

    async def ready(self, wish=WISH, actor=DIRECTOR):
        """An operation whose password is set."""
        begun = await self.ask(wish, actor)
        assert isinstance(begun, Operation)
        await self.work()
        return await self.operations.one(begun.asked.id)

    async def shown(self, wish=WISH):
        """An operation whose password was shown."""
        operation = await self.ready(wish)
        shown = await self.reveal(DIRECTOR, CHAT, operation.asked.id)
        assert isinstance(shown, Shown)
        return shown.operation

    def stored(self, operation="press-1"):
        return self.operations.operations[operation]

    def entries(self, action="password."):
        """(action without "password.", outcome), in order, of the actions that begin so."""
        return [
            (one.action.removeprefix("password."), one.outcome)
            for one in self.audit.entries
            if one.action.startswith(action)
        ]

    def tasks(self, kind):
        """(key, run_at) of all tasks of a kind, sorted."""
        return sorted((row.key, row.run_at) for row in self.queue.of(kind))

    @property
    def passwords(self):
        """The distinct passwords that were ever sent to the directory."""
        return {text for _, text in self.accounts.set_calls}

    def stand(self, facts=PUPIL, **changed):
        """From now on the account is like this."""
        present = self.accounts.accounts[facts.person.id]
        person = {
            name: changed.pop(name)
            for name in tuple(changed)
            if name in {"kind", "state", "schools", "grade", "identifier"}
        }
        self.accounts.put(replace(present, person=replace(present.person, **person), **changed))
