"""The receiving director asks for a student's account."""

from dataclasses import dataclass, field
from datetime import date

from bot.core.actors.model import Actor
from bot.core.actors.permits import may_request_transfers
from bot.core.actors.ports import FreshActors
from bot.core.audit import AuditLog
from bot.core.calendar import WorkCalendar
from bot.core.clock import Clock, day_in_sofia
from bot.core.decision import Decision
from bot.core.people.classes import class_of
from bot.core.people.free_text import NO_WORDS, free_text
from bot.core.people.identifiers import masked
from bot.core.people.model import Person, School, SchoolClass
from bot.core.tasks import NewTask
from bot.core.transfers.limits import AskLimits, Past, may_ask_again
from bot.core.transfers.model import (
    CLOCK,
    LONGEST_CERTIFICATE,
    LONGEST_NOTE,
    Asked,
    Basis,
    Clocks,
    Deadlines,
    Event,
    Placement,
    State,
    Transfer,
)
from bot.core.transfers.policy import form_problem, may_ask_for, school_asked
from bot.core.transfers.ports import Kept, Placements, Transfers
from bot.core.transfers.record import denied_entry, requested_entry
from bot.core.transfers.told import WhoIsConcerned, tell


@dataclass(frozen=True, slots=True)
class TransferWish:
    """What the director filled in. `id` identifies the press; `school` is the directory id of the school the card was
    made for, `releasing` that of the school to be asked (needed where the student attends several).
    """

    id: str
    person: str
    school: str
    conversation: str
    releasing: str = ""
    to_class: str = ""
    basis: Basis | None = None
    basis_text: str = field(default="", repr=False)
    certificate: str = ""
    certificate_date: date | None = None
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class PreparedTransfer:
    """The student may be asked for: what the form shows and offers."""

    placement: Placement
    classes: tuple[SchoolClass, ...]


@dataclass(frozen=True, slots=True)
class Sent:
    """The request is written down (perhaps by an earlier delivery of the same press)."""

    transfer: Transfer


@dataclass(frozen=True, slots=True)
class AlreadyAsked:
    """The student has an unfinished request; `own` when it is of the same school."""

    number: int
    own: bool
    transfer_id: str
    """Empty unless `own`."""


@dataclass(frozen=True, slots=True)
class NotAsked:
    """Not possible. `placement` is what is known of the student, None where that is none of the actor's business."""

    decision: Decision
    placement: Placement | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestTransfer:
    """Reads everything again at the moment of asking: the actor, where the student is, what is under way."""

    actors: FreshActors
    placements: Placements
    transfers: Transfers
    concerned: WhoIsConcerned
    audit: AuditLog
    calendar: WorkCalendar
    clock: Clock
    clocks: Clocks
    limits: AskLimits = field(default_factory=AskLimits)

    async def prepare(self, actor: Actor, person: str) -> PreparedTransfer | AlreadyAsked | NotAsked:
        """What the form needs; nothing is written. `person` is the object id from a sealed card.

        Errors: DirectoryError and its kinds, StoreUnavailable.
        """
        if actor.school is None:
            return NotAsked(may_ask_for(actor, "", None))
        placement = await self.placements.of(person)
        decision = may_ask_for(actor, actor.school.id, placement)
        if not decision.allowed or placement is None:
            return NotAsked(decision, placement)
        if (known := await self.transfers.unfinished_of(placement.person.id)) is not None:
            return _already(known, actor.school)
        decision = await self._may_ask_again(actor, placement.person)
        if not decision.allowed:
            return NotAsked(decision)
        return PreparedTransfer(placement, await self.placements.classes_of(actor.school))

    async def __call__(self, actor: Actor, wish: TransferWish) -> Sent | AlreadyAsked | NotAsked:
        """The request, written down. Refusals are in the audit log. Errors: as above."""
        if not wish.id:
            raise ValueError("without an id a repeated press would ask twice")
        if (known := await self.transfers.one(wish.id)) is not None:
            return self._same_press(known, actor, wish)
        asked = await self._judged(actor, wish)
        if isinstance(asked, NotAsked):
            entry = denied_entry(self.clock(), actor.object_id, "request", wish.person, asked.decision)
            await self.audit.append(entry)
            return asked
        deadlines = deadlines_from(self.calendar, self.clocks, asked)
        state = State.ESCALATED if asked.office_only else State.REQUESTED
        transfer = await self.transfers.submit(asked, deadlines, state, self._kept, self._judge)
        if isinstance(transfer, Decision):
            entry = denied_entry(self.clock(), actor.object_id, "request", wish.person, transfer)
            await self.audit.append(entry)
            return NotAsked(transfer)
        if transfer.id != asked.id:
            return _already(transfer, asked.receiving)
        return self._same_press(transfer, actor, wish)

    async def _judged(self, actor: Actor, wish: TransferWish) -> Asked | NotAsked:
        actor = await self.actors.fresh(actor.object_id, actor.tenant_id)
        if actor.school is None:
            return NotAsked(may_ask_for(actor, wish.school, None))
        placement = await self.placements.of(wish.person)
        decision = may_ask_for(actor, wish.school, placement)
        if not decision.allowed or placement is None:
            return NotAsked(decision, placement)
        classes = await self.placements.classes_of(actor.school)
        now = self.clock()
        problem = form_problem(
            basis=wish.basis,
            basis_text=wish.basis_text,
            to_class=wish.to_class,
            classes=tuple(one.name for one in classes),
            issued=wish.certificate_date,
            today=day_in_sofia(now),
        )
        releasing = school_asked(placement, wish.releasing)
        if isinstance(releasing, Decision) or not problem.allowed or wish.basis is None:
            return NotAsked(releasing if isinstance(releasing, Decision) else problem, placement)
        person = placement.person
        return Asked(
            id=wish.id,
            at=now,
            actor=actor.object_id,
            actor_name=actor.name,
            tenant=actor.tenant_id,
            conversation=wish.conversation,
            receiving=actor.school,
            releasing=releasing,
            person=person.id,
            name=person.name,
            username=person.username,
            class_=class_of(person),
            masked=masked(person.identifier),
            to_class=wish.to_class if classes else "",
            basis=wish.basis,
            basis_text=free_text(wish.basis_text, LONGEST_NOTE) if wish.basis is Basis.OTHER else NO_WORDS,
            certificate=free_text(wish.certificate, LONGEST_CERTIFICATE),
            certificate_date=wish.certificate_date,
            note=free_text(wish.note, LONGEST_NOTE),
            office_only=await self.concerned.directs_both(actor, releasing.id, releasing.code),
        )

    def _judge(self, past: Past) -> Decision:
        return may_ask_again(past, self.clock(), self.limits)

    async def _may_ask_again(self, actor: Actor, person: Person) -> Decision:
        """Said before the form is filled in; what counts is the judgement in the transaction that writes."""
        if actor.school is None:
            return may_request_transfers(actor)
        releasing = person.schools[0].id if len(person.schools) == 1 else ""
        past = await self.transfers.past(
            actor.object_id, person.id, receiving=actor.school.id, releasing=releasing, now=self.clock()
        )
        return self._judge(past)

    def _kept(self, transfer: Transfer) -> Kept:
        at = transfer.asked.at
        clock = NewTask(CLOCK, f"{transfer.id}:0", self.calendar.opening(at), {"transfer": transfer.id, "round": "0"})
        return Kept(
            entries=(requested_entry(transfer),),
            tasks=(tell(transfer, Event.SUBMITTED, at, transfer.version), clock),
        )

    def _same_press(self, transfer: Transfer, actor: Actor, wish: TransferWish) -> Sent | NotAsked:
        """The request this press made before; one id never stands for two students."""
        asked = transfer.asked
        if (asked.actor, asked.person.casefold()) != (actor.object_id, wish.person.casefold()):
            return NotAsked(may_ask_for(actor, "", None))
        return Sent(transfer)


def deadlines_from(calendar: WorkCalendar, clocks: Clocks, asked: Asked) -> Deadlines:
    """When time acts on a request. One that only the office can decide is the office's at once."""
    at = asked.at
    return Deadlines(
        remind_at=calendar.after(at, clocks.remind_days),
        overdue_at=calendar.after(at, clocks.overdue_days),
        escalate_at=at if asked.office_only else calendar.after(at, clocks.escalate_days),
        expire_at=calendar.after(at, clocks.expire_days),
    )


def _already(known: Transfer, school: School) -> AlreadyAsked:
    own = known.asked.receiving.id == school.id
    return AlreadyAsked(known.number, own, known.id if own else "")
