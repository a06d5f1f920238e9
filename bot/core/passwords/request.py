"""A director asks for a temporary password: told first what was given before and who may receive it, then judged
twice, before the question "are you sure" and after it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.core.actors.model import Actor
from bot.core.actors.ports import Deputies, FreshActors
from bot.core.audit import AuditLog
from bot.core.clock import Clock, day_in_sofia
from bot.core.decision import Decision, Reason
from bot.core.handover.model import Handing, Recipient
from bot.core.handover.policy import may_receive, recipients, student_birth, under_14
from bot.core.passwords.authorise import Authorise, belongs_to, standing_of
from bot.core.passwords.model import (
    NOTHING_YET,
    RESET,
    AccountFacts,
    Afterwards,
    NewOperation,
    Operation,
    PasswordStatus,
    Refused,
    Timing,
)
from bot.core.passwords.policy import form_for, within_day
from bot.core.passwords.ports import AccountReader, Judgement, Operations, Received, Releases
from bot.core.passwords.record import refused_entry, requested_entry
from bot.core.passwords.status import status_by_dates, with_receipt
from bot.core.people.classes import class_of, grade_of
from bot.core.people.model import Kind
from bot.core.tasks import NewTask

AHEAD_OF_CLASSES = timedelta(hours=1)
"""The longest due task is claimed first, so one that a person waits for counts as due before any class's."""


@dataclass(frozen=True, slots=True)
class PreparedReset:
    """`choices` are the recipients worth offering (a parent of somebody of 14 or more only on the ground of СОП,
    which the director attests). `asks_birth`: the age does not follow from the identifier. `under_14` is None then.
    """

    facts: AccountFacts
    status: PasswordStatus
    last: Operation | None
    choices: tuple[Recipient, ...]
    asks_birth: bool
    under_14: bool | None
    after: Afterwards = NOTHING_YET
    """What came after the last one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparePassword:
    """Reads the account now and says whether its password may be set by this director at all."""

    reader: AccountReader
    operations: Operations
    received: Received
    releases: Releases
    deputies: Deputies
    clock: Clock
    timing: Timing
    admit_synthetic: bool = False

    async def __call__(self, actor: Actor, person_id: str) -> PreparedReset | Refused:
        """Errors: DirectoryError and its kinds, StoreUnavailable."""
        standing = await standing_of(
            actor,
            person_id,
            reader=self.reader,
            releases=self.releases,
            deputies=self.deputies,
            clock=self.clock,
        )
        if isinstance(standing, Decision):
            return Refused(standing)
        facts = standing.facts
        person = facts.person
        last = (await self.operations.latest((person.id,))).get(person.id)
        after = NOTHING_YET if last is None else await self.operations.afterwards(last)
        received = person.id in await self.received((person.id,))
        now = self.clock()
        young = None
        if person.kind is Kind.STUDENT:
            today = day_in_sofia(now)
            birth = student_birth(person, today, self.admit_synthetic, grade=grade_of(person).number)
            young = None if birth is None else under_14(birth, today)
        return PreparedReset(
            facts,
            with_receipt(status_by_dates(last, facts.dates, now, self.timing), received=received),
            last,
            recipients(person.kind, young),
            asks_birth=person.kind is Kind.STUDENT and young is None,
            under_14=young,
            after=after,
        )


@dataclass(frozen=True, slots=True)
class Wish:
    """What the director chose. `operation` identifies the confirming press; `school` is the directory id of the
    school the card was made for; `birth` the date of birth the director stated, if asked.
    """

    operation: str
    person: str
    school: str
    conversation: str
    recipient: Recipient | None = None
    birth: date | None = None
    sen: bool = False
    identity: bool = False
    compromised: bool = False


@dataclass(frozen=True, slots=True)
class Checked:
    """It may be done: for this account, handed over like this. `changed_at`: since when the password works that
    would end with it; None for one that nobody is known to have chosen.
    """

    facts: AccountFacts
    handing: Handing
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestPassword:
    """Writes the operation down; the worker carries it out. Everything is read again at the moment of asking: the
    actor, the account, the day.
    """

    actors: FreshActors
    reader: AccountReader
    operations: Operations
    releases: Releases
    deputies: Deputies
    audit: AuditLog
    clock: Clock
    timing: Timing
    admit_synthetic: bool = False

    @property
    def _authorise(self) -> Authorise:
        return Authorise(
            actors=self.actors,
            reader=self.reader,
            releases=self.releases,
            deputies=self.deputies,
            clock=self.clock,
        )

    async def check(self, actor: Actor, wish: Wish) -> Checked | Refused:
        """Everything but the day's limit, without writing anything.

        Errors: DirectoryError and its kinds, StoreUnavailable.
        """
        judged = await self._judged(actor, wish)
        if isinstance(judged, Decision):
            return Refused(judged)
        facts = judged.facts
        last = (await self.operations.latest((facts.person.id,))).get(facts.person.id)
        status = status_by_dates(last, facts.dates, self.clock(), self.timing)
        works = status is PasswordStatus.CHANGED
        return replace(judged, changed_at=facts.password_changed_at if works else None)

    async def __call__(self, actor: Actor, wish: Wish) -> Operation | Refused:
        """The operation, begun (or begun before, by the same press). Refusals are in the audit log.

        Errors: as above.
        """
        if not wish.operation:
            raise ValueError("without an operation id a repeated press would set a second password")
        known = await self.operations.one(wish.operation)
        if known is not None:
            return _same_wish(known, actor, wish)
        judged = await self._judged(actor, wish)
        if isinstance(judged, Decision):
            await self.audit.append(
                refused_entry(
                    self.clock(),
                    actor.object_id,
                    wish.operation,
                    person=wish.person,
                    recipient=wish.recipient,
                    decision=judged,
                )
            )
            return Refused(judged)
        (begun,) = await self.operations.begin((self._new(actor, wish, judged),), self._judge)
        return Refused(begun.decision) if begun.operation is None else _same_wish(begun.operation, actor, wish)

    async def _judged(self, actor: Actor, wish: Wish) -> Checked | Decision:
        standing = await self._authorise(actor.object_id, actor.tenant_id, wish.school, wish.person)
        if isinstance(standing, Decision):
            return standing
        person = standing.facts.person
        today = day_in_sofia(self.clock())
        birth = None
        if person.kind is Kind.STUDENT:
            # What the identifier tells is not for the director to state otherwise.
            birth = student_birth(person, today, self.admit_synthetic, grade=grade_of(person).number) or wish.birth
        handing = may_receive(
            person.kind, wish.recipient, birth=birth, today=today, sen=wish.sen, identity=wish.identity
        )
        return handing if isinstance(handing, Decision) else Checked(standing.facts, handing)

    def _judge(self, new: NewOperation, past: Sequence[Operation]) -> Judgement:
        decision = within_day(past, new.at, self.timing)
        reset = NewTask(RESET, new.id, new.at - AHEAD_OF_CLASSES, {"operation": new.id})
        return Judgement(decision, (requested_entry(new, decision),), (reset,) if decision.allowed else ())

    def _new(self, actor: Actor, wish: Wish, checked: Checked) -> NewOperation:
        person = checked.facts.person
        return NewOperation(
            id=wish.operation,
            at=self.clock(),
            actor=actor.object_id,
            tenant=actor.tenant_id,
            conversation=wish.conversation,
            school=wish.school,
            person=person.id,
            name=person.name,
            username=person.username,
            class_=class_of(person),
            is_student=person.kind is Kind.STUDENT,
            recipient=checked.handing.recipient,
            ground=checked.handing.ground,
            form=form_for(person, many=False),
            revoke=wish.compromised,
        )


def _same_wish(operation: Operation, actor: Actor, wish: Wish) -> Operation | Refused:
    """The operation this press began before; one id never stands for two people's accounts."""
    own = belongs_to(operation.asked, actor, wish.conversation)
    if own.allowed and operation.asked.person.casefold() != wish.person.casefold():
        own = Decision(Reason.NOT_YOURS)
    return operation if own.allowed else Refused(own)
