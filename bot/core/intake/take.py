"""A director asks for the usernames of students of other schools whom the school takes in."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from bot.core.actors.model import Actor
from bot.core.actors.ports import FreshActors
from bot.core.audit import AuditEntry, AuditLog
from bot.core.clock import Clock
from bot.core.intake.model import (
    MISSED,
    Charged,
    IntakeFault,
    IntakeLimits,
    IntakeLine,
    LeftOut,
    Newcomer,
    NotTakenIn,
    TakenIn,
)
from bot.core.intake.policy import is_guessing, left, may_ask, may_take_in, pause_ends, season_of, within_budget
from bot.core.intake.ports import Follows, IntakeLedger
from bot.core.intake.record import IntakeQuestion, asked_entry, guessing_entry, refused_entry
from bot.core.intake.season import GRADES, may_enter
from bot.core.people.accounts import current_of, holders_of
from bot.core.people.identifiers import Identifier
from bot.core.people.model import AccountState, Kind, Person
from bot.core.people.ports import Directory
from bot.core.pseudonyms import Pseudonyms
from bot.core.tasks import NewTask

_AT_ONCE = 5
"""Look-ups of one list under way together: others are waiting for Graph, too."""

Alarm = Callable[[Actor, datetime, datetime], NewTask]
"""Tells a school's directors that numbers are being guessed: by whom, since when, until when the intake pauses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeIn:
    """Usernames alone: an account is released by nobody here and its password is not touched.

    - Everything is judged before the directory is asked: who asks, the season, how many at once, what is left.
    - The school is charged for each number before it is looked up, and for none if the directory does not answer. In
      the end it is not charged for its own students: beside their numbers, which it has, guesses would pass for few.
    - Each number leaves one audit entry with the reason, in the transaction that settles the list.
    """

    actors: FreshActors
    directory: Directory
    ledger: IntakeLedger
    audit: AuditLog
    aliases: Pseudonyms
    clock: Clock
    limits: IntakeLimits
    alarm: Alarm

    async def left(self, actor: Actor) -> int:
        """How many more the actor's school may ask for. Errors: StoreUnavailable."""
        return left(await self.ledger.charges(actor.school_id, season_of(self.clock())), self.limits)

    async def __call__(
        self, actor: Actor, grade: str, lines: Sequence[IntakeLine], operation: str
    ) -> TakenIn | NotTakenIn:
        """What is said of the list. `operation` identifies the press: delivered twice, it is charged once.

        Errors: DirectoryError and its kinds (charged to nobody), StoreUnavailable (nothing was shown).
        """
        if not operation:
            raise ValueError("without an operation id a repeated press would be charged as a new one")
        fresh = await self.actors.fresh(actor.object_id, actor.tenant_id)
        permit = may_take_in(fresh)
        if not permit.allowed or fresh.school is None:
            return NotTakenIn(permit)
        now = self.clock()
        grade = grade if grade in GRADES else ""  # chosen on a card: anything at all
        question = IntakeQuestion(fresh, now, fresh.school.id, grade, season_of(now))
        asked = self._asked(lines)
        permit = may_ask(grade, len(lines), now, self.limits)
        # What is asked belongs to the id: otherwise one press, resent with other inputs, would look up for free.
        asking = "\0".join((operation, fresh.object_id, grade, *(self._as_kept(one)[1] for one in asked)))
        asking = sha256(asking.encode("utf-8", "surrogatepass")).hexdigest()
        if permit.allowed and asked:
            permit = await self.ledger.reserve(
                question.school,
                asking,
                actor=fresh.object_id,
                at=now,
                season=question.season,
                count=len(asked),
                judge=lambda charges: within_budget(charges, len(asked), now, self.limits),
            )
        if not permit.allowed:
            await self.audit.append(refused_entry(question, len(lines), permit))
            return NotTakenIn(permit, await self.left(fresh))
        return await self._looked_up(question, lines, asked, asking)

    async def _looked_up(
        self, question: IntakeQuestion, lines: Sequence[IntakeLine], asked: Sequence[Identifier], operation: str
    ) -> TakenIn:
        try:
            found = dict(zip(asked, await self._find(asked), strict=True))
        except BaseException:  # also when the turn's time is over: nobody pays for a look-up that was not answered
            entries = [asked_entry(question, self._as_kept(one), "failed") for one in asked]
            await self.ledger.release(question.school, operation, entries)
            raise
        said = {one: self._judged(question, people) for one, people in found.items()}
        entries = [self._entry(question, one, people, said[one]) for one, people in found.items()]
        missed = sum(one in MISSED for one in said.values())
        own = sum(isinstance(one, Person) and one.attends(question.school) for one in said.values())
        charges: Sequence[Charged] = ()
        if asked:
            charges = await self.ledger.settle(
                question.school,
                operation,
                Charged(question.at, len(asked) - own, missed),
                actor=question.actor.object_id,
                season=question.season,
                entries=entries,
                follows=lambda every: self._follows(question, every),
            )
        newcomers: list[Newcomer] = []
        left_out: list[LeftOut] = []
        first: dict[Identifier, int] = {}
        for line in lines:
            wanted = line.wanted
            one = IntakeFault.UNREADABLE if wanted is None else said[wanted]
            if wanted is not None and wanted in first:
                left_out.append(LeftOut(line.number, IntakeFault.REPEATED, first[wanted]))
            elif isinstance(one, Person):
                here = one.attends(question.school)
                newcomers.append(Newcomer(line.number, one.name, one.username, one.state, here))
            else:
                left_out.append(LeftOut(line.number, one))
            if wanted is not None:
                first.setdefault(wanted, line.number)
        remaining = left(charges, self.limits) if asked else await self.left(question.actor)
        return TakenIn(question.grade, tuple(newcomers), tuple(left_out), remaining)

    async def _find(self, asked: Sequence[Identifier]) -> list[tuple[Person, ...]]:
        turn = asyncio.Semaphore(_AT_ONCE)

        async def one(wanted: Identifier) -> tuple[Person, ...]:
            async with turn:
                return await self._accounts(wanted)

        found = await asyncio.gather(*map(one, asked), return_exceptions=True)
        for each in found:
            if isinstance(each, BaseException):
                raise each
        return [each for each in found if not isinstance(each, BaseException)]

    async def _accounts(self, wanted: Identifier) -> tuple[Person, ...]:
        return tuple(holders_of(wanted, await self.directory.find_by_identifier(wanted.stored_forms)))

    @staticmethod
    def _judged(question: IntakeQuestion, people: Sequence[Person]) -> Person | IntakeFault:
        """Whose username is shown; or why none is. Accounts that are no person's are not there."""
        students = [one for one in people if one.kind is Kind.STUDENT]
        if not students:
            # Of another school's teacher it is not told that there is one.
            own_teacher = any(one.kind is Kind.TEACHER and one.attends(question.school) for one in people)
            return IntakeFault.NO_STUDENT if own_teacher else IntakeFault.NOT_FOUND
        current = current_of(students)
        if current is None and all(one.state is AccountState.DISABLED for one in students):
            return IntakeFault.DISABLED
        if current is None:
            return IntakeFault.TWO
        person = next(one for one in students if one.id == current)
        if not person.attends(question.school) and not may_enter(person, question.grade):
            return IntakeFault.OTHER_GRADE
        return IntakeFault.DISABLED if person.state is AccountState.DISABLED else person

    def _entry(
        self, question: IntakeQuestion, wanted: Identifier, people: Sequence[Person], said: Person | IntakeFault
    ) -> AuditEntry:
        if isinstance(said, Person):
            return asked_entry(question, self._as_kept(wanted), "hit", accounts=people, subject=said.id)
        return asked_entry(question, self._as_kept(wanted), said.value)

    def _follows(self, question: IntakeQuestion, charges: Sequence[Charged]) -> Follows:
        guessing = is_guessing(charges, question.at, self.limits)
        until = pause_ends(charges, question.at, self.limits) if guessing else None
        if until is None:
            return Follows()
        return Follows((guessing_entry(question, until),), (self.alarm(question.actor, question.at, until),))

    @staticmethod
    def _asked(lines: Sequence[IntakeLine]) -> tuple[Identifier, ...]:
        """Each once."""
        return tuple(dict.fromkeys(line.wanted for line in lines if line.wanted is not None))

    def _as_kept(self, wanted: Identifier) -> tuple[str, str]:
        """Its kind, and what stands for it in ledger and audit: never the number itself."""
        return wanted.kind.value, self.aliases.of(wanted.kind.value, wanted.digits)
