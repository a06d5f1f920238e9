"""Microsoft Graph as it is on a bad day: what it was asked, what it did, and what it said about it are three things."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import Protocol

from bot.core.actors.model import Actor, Role
from bot.core.errors import (
    AccountMissing,
    DirectoryBusy,
    DirectoryError,
    DirectoryForbidden,
    DirectoryMisunderstood,
    DirectoryUnavailable,
    PasswordRefused,
    StoreUnavailable,
)
from bot.core.passwords.model import AccountFacts, PasswordDates
from bot.core.passwords.secret import Secret
from bot.core.people.model import Kind, Person, School, SchoolClass
from bot.core.tasks import Task
from tests.fakes import NOON, FakeClock
from tests.simulation.cast import BEGINNING, CLASS, OTHER, OWN, Truth
from tests.simulation.threads import Thread, a_while

NO_TIME = timedelta(0)
MADE = NOON - timedelta(days=60)
"""Since when nobody has changed the password of any account."""


class Witness(Protocol):
    """Who looks on: told of each request before anything happens, of a certain no, and of each effect."""

    def sent(self, thread: Thread, person: str, text: str) -> None: ...
    def certainly_not(self, task: Task, text: str) -> None: ...
    def applied(self, task: Task, person: str, text: str, *, late: bool) -> None: ...


@dataclass(slots=True)
class Weather:
    """How bad the day is: chances in one. `calm` ends all of it."""

    reading: float = 0.0
    writing: float = 0.0
    policy: float = 0.0
    store: float = 0.0
    calm: bool = False


class Directory:
    """`AccountReader`, `AccountWriter`, `FreshActors`, `Rosters` and `Releases` of the world."""

    def __init__(self, rng: Random, clock: FakeClock, weather: Weather, skew: timedelta) -> None:
        self.rng = rng
        self.clock = clock
        self.weather = weather
        self.skew = skew
        self.truths: list[Truth] = [BEGINNING]
        self.truth = BEGINNING
        self.passwords: dict[str, str] = {}
        self.changed_at: dict[str, datetime] = {}
        self.faults = 0
        self.running: Thread | None = None
        self.critical = 0.0
        """How good a moment this is to stand still: most of all, when a request to write was just refused."""
        self.witness: Witness | None = None
        self.under_way: list[tuple[datetime, Callable[[bool], None]]] = []
        """Requests that nobody waits for any more, and when they arrive."""
        self.looked: dict[str, int] = {}
        """When it was last asked whether somebody's password had changed, in ticks."""
        self._ticks = 0
        self._unpopular: dict[str, bool] = {}

    def tick(self) -> int:
        """Counts what happens, so that it is known what came first."""
        self._ticks += 1
        return self._ticks

    def becomes(self, truth: Truth) -> None:
        """From now on things are like this."""
        self.truth = truth
        self.truths.append(truth)

    def since(self, step: int) -> list[Truth]:
        """Every truth there was from this step on."""
        found = []
        for truth in reversed(self.truths):
            found.append(truth)
            if truth.step < step:
                break
        return found

    def now(self) -> datetime:
        """The directory's own clock."""
        return self.clock.now + self.skew

    async def facts(self, person_id: str) -> AccountFacts | None:
        await a_while()
        self._reading()
        account = self.truth.accounts.get(person_id)
        if account is None or person_id not in self.changed_at:
            return account
        return replace(account, password_changed_at=self.changed_at[person_id])

    async def password_changes(self, person_ids: Sequence[str]) -> Mapping[str, datetime | None]:
        await a_while()
        self._reading()
        self.critical = 0.2
        self.looked.update(dict.fromkeys(person_ids, self.tick()))
        answer = {one: self.changed_at.get(one, MADE) for one in person_ids if one in self.truth.accounts}
        await a_while()  # and may be an old one when it is read
        return answer

    async def password_dates(self, person_ids: Sequence[str]) -> Mapping[str, PasswordDates]:
        changes = await self.password_changes(person_ids)
        return {one: PasswordDates(None, changed) for one, changed in changes.items()}

    async def fresh(self, object_id: str, tenant_id: str) -> Actor:
        await a_while()
        self._reading()
        return self.truth.actors.get(object_id) or Actor(object_id, tenant_id, Role.NONE)

    async def classes_of(self, school: School) -> tuple[SchoolClass, ...]:
        await a_while()
        self._reading()
        return (CLASS,) if school.id == OWN.id else ()

    async def students_of(self, school: School, class_: SchoolClass) -> tuple[Person, ...]:
        await a_while()
        self._reading()
        persons = (one.person for one in self.truth.accounts.values())
        return tuple(
            one for one in persons if one.kind is Kind.STUDENT and one.grade == "5" and one.attends(school.id)
        )

    async def students_among(self, school: School, person_ids: Collection[str]) -> tuple[Person, ...]:
        await a_while()
        self._reading()
        persons = (one.person for one in self.truth.accounts.values() if one.person.id in person_ids)
        return tuple(one for one in persons if one.kind is Kind.STUDENT and one.attends(school.id))

    async def class_teachers(self, person_id: str) -> tuple[str, ...]:
        return ("teacher",)

    async def released_by(self, person_id: str, school_id: str, now: datetime) -> str | None:
        await a_while()
        if self._happens(self.weather.store):
            raise StoreUnavailable
        return OTHER.id if now < self.truth.released.get((person_id, school_id), now) else None

    async def set_password(self, person_id: str, password: Secret, *, many: bool) -> datetime:
        thread, text = self._thread(), password.reveal()
        witness, task = self._witness(), thread.task
        if task is None:
            raise AssertionError("somebody writes to the directory without a task")
        witness.sent(thread, person_id, text)

        def apply(late: bool = False) -> None:
            self._apply(task, person_id, text, late=late)

        await self._on_the_way(apply)
        fault = AccountMissing() if person_id not in self.truth.accounts else self._writing(text)
        self.critical = 0.08 if fault is None else 0.35
        if isinstance(fault, DirectoryUnavailable):
            self._lost(apply)
        elif fault is not None:
            witness.certainly_not(task, text)
        if fault is not None:
            raise fault
        apply()
        at = self.now()
        await a_while()  # the answer may never be read
        return at

    async def revoke_sessions(self, person_id: str) -> None:
        await a_while()
        fault = self._writing("")
        if fault is not None:
            raise fault

    def owner_changes(self, person: str) -> None:
        """The owner chooses a password."""
        self.passwords[person] = "chosen by its owner"
        self.changed_at[person] = self.now()

    def deliver(self) -> None:
        """What was under way and is due arrives."""
        late, self.under_way = self.under_way, []
        for due, arrive in late:
            if due <= self.clock.now:
                arrive(True)
            else:
                self.under_way.append((due, arrive))

    def _apply(self, task: Task, person: str, text: str, *, late: bool) -> None:
        if person not in self.truth.accounts:
            return
        self.passwords[person] = text
        self.changed_at[person] = self.now()
        self._witness().applied(task, person, text, late=late)

    async def _on_the_way(self, apply: Callable[[bool], None]) -> None:
        try:
            await a_while()
        except GeneratorExit:  # the sender died; the request may have left
            if self.rng.random() < 0.6:
                self._lost(apply)
            raise

    def _lost(self, apply: Callable[[bool], None]) -> None:
        """A request whose answer nobody gets: done, not done, or done later."""
        self.faults += 1
        draw = self.rng.random()
        if draw < 0.4:
            apply(False)
        elif draw < 0.5:
            self.under_way.append((self.clock.now + timedelta(seconds=self.rng.randrange(1, 20)), apply))

    def _happens(self, chance: float) -> bool:
        if self.weather.calm or self.rng.random() >= chance:
            return False
        self.faults += 1
        return True

    def _reading(self) -> None:
        if not self._happens(self.weather.reading):
            return
        draw = self.rng.random()
        if draw < 0.4:
            raise DirectoryBusy(self.rng.choice((0.0, 2.0, 45.0)))
        raise DirectoryUnavailable if draw < 0.8 else DirectoryForbidden

    def _writing(self, text: str) -> DirectoryError | None:
        if self.weather.calm:
            return None
        if text and (self._refuses(text) or self._is_present(text)):
            self.faults += 1
            return PasswordRefused()
        if not self._happens(self.weather.writing):
            return None
        draw = self.rng.random()
        if draw < 0.3:
            return DirectoryBusy(self.rng.choice((0.0, 1.0, 20.0, 120.0)), everybody=True)
        if draw < 0.7:
            return DirectoryUnavailable()
        return DirectoryForbidden() if draw < 0.85 else DirectoryMisunderstood()

    def _refuses(self, text: str) -> bool:
        """The tenant's policy: of one mind about a password, as a rule."""
        if text not in self._unpopular or self.rng.random() < 0.1:
            self._unpopular[text] = self.rng.random() < self.weather.policy
        return self._unpopular[text]

    def _is_present(self, text: str) -> bool:
        """A policy may also refuse the password that is already the present one."""
        return self.weather.policy > 0 and self.rng.random() < 0.5 and text in self.passwords.values()

    def _thread(self) -> Thread:
        if self.running is None:
            raise AssertionError("somebody writes to the directory outside of every thread")
        return self.running

    def _witness(self) -> Witness:
        if self.witness is None:
            raise AssertionError("nobody looks on")
        return self.witness
