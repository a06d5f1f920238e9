"""Temporary passwords for the conversations: the real use cases and the real worker's handlers over honest fakes."""

import itertools
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from bot.core.actors.recognise import RecogniseActor
from bot.core.passwords.carry_out import CarryOutReset
from bot.core.passwords.doubt import SettleDoubt
from bot.core.passwords.lapse import BurnSecret
from bot.core.passwords.model import RESET, AccountFacts, Operation, Timing
from bot.core.passwords.ports import Waiting
from bot.core.passwords.slips import CollectSlips, SlipTokens
from bot.core.people.classes import class_of
from bot.core.people.model import Kind, Person, SchoolClass
from bot.core.tasks import TaskHandler, TryAgain
from bot.runtime.task_worker import attempt
from tests.fakes import NOON, FakeAuditLog, FakeClock
from tests.fakes_passwords import (
    FakeAccounts,
    FakeOperations,
    FakeQueue,
    FakeRateLimit,
    FakeReleases,
    FakeRosters,
    no_sentence,
    nobody_waits,
)
from tests.fakes_transfers import FakeDeputies

MADE = NOON - timedelta(days=60)
LEASE = timedelta(seconds=60)


def account_of(person: Person) -> AccountFacts:
    """An ordinary account, with the password it was made with."""
    return AccountFacts(
        person,
        extension_role=None,
        privileged=False,
        guest=False,
        synchronised=False,
        password_changed_at=MADE,
        created_at=MADE,
    )


class PasswordRoom:
    """What stands behind the password dialog. While `worker_is_there`, waiting for it lets it work."""

    def __init__(
        self,
        clock: FakeClock,
        audit: FakeAuditLog,
        actors: RecogniseActor,
        people: Iterable[Person],
        timing: Timing | None = None,
        *,
        deputies: FakeDeputies,
        queue: FakeQueue,
    ) -> None:
        self.clock = clock
        self.timing = timing or Timing()
        self.queue = queue
        self.operations = FakeOperations(audit, self.queue)
        self.accounts = FakeAccounts([account_of(person) for person in people], clock=clock)
        self.releases = FakeReleases()
        self.rosters = FakeRosters()
        for person in people:
            self.enrol(person)
        self.rate_limit = FakeRateLimit(clock)
        self.worker_is_there = True
        numbers, digits = itertools.count(1), itertools.count()
        tokens = SlipTokens(b"t" * 32, lambda: f"token-{next(numbers)}")
        self.collect = CollectSlips(
            sentence=no_sentence,
            actors=actors,
            operations=self.operations,
            tokens=tokens,
            clock=clock,
            timing=self.timing,
        )
        self.slip_tokens = tokens
        self._actors = actors
        self._audit = audit
        reset = CarryOutReset(
            actors=actors,
            reader=self.accounts,
            writer=self.accounts,
            operations=self.operations,
            releases=self.releases,
            deputies=deputies,
            rate_limit=self.rate_limit,
            clock=clock,
            timing=self.timing,
            writes_per_second=1_000.0,
            below=lambda most: (next(digits) * 7919 + 13) % most,
            waiting=nobody_waits,
            admit_synthetic=True,
        )
        burn = BurnSecret(operations=self.operations, clock=clock)
        settle = SettleDoubt(reader=self.accounts, operations=self.operations, clock=clock)
        self._handlers: dict[str, TaskHandler] = {one.kind: one for one in (reset, burn, settle)}

    def enrol(self, person: Person) -> None:
        """The person stands on the lists of the classes of the own schools."""
        name = class_of(person)
        if person.kind is not Kind.STUDENT or not name:
            return
        for school in person.schools:
            classes = self.rosters.classes.get(school.id, ())
            if all(one.name != name for one in classes):
                self.rosters.classes[school.id] = (*classes, SchoolClass(name, (f"team-{name}",)))
            key = (school.id, name)
            self.rosters.students[key] = (*self.rosters.students.get(key, ()), person)

    def tell(self, waiting: Waiting) -> None:
        """Who waits for a password is told from now on."""
        reset = self._handlers[RESET]
        assert isinstance(reset, CarryOutReset)
        self._handlers[RESET] = replace(reset, waiting=waiting)

    async def work(self, most: int = 1_000) -> int:
        """Carries out what is due, at most so many tasks; how many there were."""
        done = 0
        while done < most and (tasks := await self.queue.claim(tuple(self._handlers), 1, LEASE)):
            (task,) = tasks
            done += 1
            try:
                await attempt(self._handlers[task.kind], task)
            except TryAgain as later:
                await self.queue.again(task, self.clock() + later.after, later.why, failed=later.failed)
            else:
                await self.queue.done(task)
        return done

    @property
    def made(self) -> list[Operation]:
        """Every operation, in the order asked for."""
        return list(self.operations.operations.values())

    @property
    def passwords(self) -> set[str]:
        """Every password that was ever sent to the directory or may still be shown."""
        sent = {password for _, password in self.accounts.set_calls}
        return sent | {secret.reveal() for secret in self.operations.secrets.values()}

    async def sleep(self, seconds: float) -> None:
        if self.worker_is_there:
            await self.work()
        self.clock.move(seconds=seconds)
