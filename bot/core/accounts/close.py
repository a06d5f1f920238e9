"""Noting who was handed their account, after the class has signed; and taking a mistake back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.core.accounts.model import LONGEST_REASON, BoardRow, BoardTiming, NewReceipt, ReceiptOutcome
from bot.core.accounts.policy import may_close, may_see_board, noted
from bot.core.accounts.ports import Boards, OwnClass, OwnClasses, Receipts, Reversal, SchoolChoices
from bot.core.accounts.record import handed_entry, reversed_entry
from bot.core.accounts.signatures import mark_of_row
from bot.core.accounts.states import handed_over
from bot.core.actors.model import Actor, Role
from bot.core.actors.ports import FreshActors
from bot.core.clock import Clock, day_in_sofia
from bot.core.decision import ALLOWED, Decision, Reason
from bot.core.handover.model import Ground, Handing, Recipient
from bot.core.handover.policy import may_receive, student_birth
from bot.core.people.classes import grade_in
from bot.core.people.free_text import free_text
from bot.core.people.model import Person, School
from bot.core.people.ports import PeopleOfSchool

NOTED = frozenset({ReceiptOutcome.DONE, ReceiptOutcome.BEFORE})


@dataclass(frozen=True, slots=True)
class Signed:
    """One who signed. `mark` stands for the password they signed for (`signatures.mark_of`), and for none of somebody
    who does not stand on the board. `sen`: the director attests that the student has СОП.
    """

    person: str
    recipient: Recipient
    mark: str
    sen: bool = False


@dataclass(frozen=True, slots=True)
class CloseWish:
    """What was ticked; at first nobody is. `closing` identifies the press with what was chosen on the form: to whom.
    `school` is the one of the card.
    """

    closing: str
    school: str
    signed: tuple[Signed, ...]


@dataclass(frozen=True, slots=True)
class Closed:
    """What became of each: noted (or why nothing was to be noted), and who may not be handed it in this way."""

    noted: Mapping[str, ReceiptOutcome]
    refused: Mapping[str, Reason]
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def left_out(self) -> tuple[str, ...]:
        """Of whom nothing is noted."""
        return (*self.refused, *(person for person, outcome in self.noted.items() if outcome not in NOTED))


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseHandover:
    """One receipt for each, all that are allowed in one transaction."""

    actors: FreshActors
    own_classes: OwnClasses
    boards: Boards
    people: PeopleOfSchool
    receipts: Receipts
    choices: SchoolChoices
    clock: Clock
    timing: BoardTiming
    admit_synthetic: bool = False

    async def __call__(self, actor: Actor, wish: CloseWish) -> Closed | Decision:
        """The same press gives the same receipts, however often. Errors: DirectoryError and its kinds,
        StoreUnavailable.
        """
        fresh = await self.actors.fresh(actor.object_id, actor.tenant_id)
        school, own = await self._school(fresh, wish.school)
        if isinstance(school, Decision):
            return school
        permit = may_close(fresh, own, await self.choices.choices(school.id))
        if not permit.allowed:
            return permit
        roster = {one.id: one for one in await self.people.people_of_school(school)}
        class_of = {row.account.person: row.account.class_ for row in (await self.boards.kept(school.id)).rows}
        mine = self._own_people(fresh, own, class_of)
        found: dict[str, Handing] = {}
        refused: dict[str, Reason] = {}
        for one in wish.signed:
            person = roster.get(one.person)
            handing = self._handing(person, one, class_of.get(one.person, ""), attests=fresh.role is Role.DIRECTOR)
            if mine is not None and one.person not in mine:
                refused[one.person] = Reason.NOT_CLASS_TEACHER
            elif isinstance(handing, Decision):
                refused[one.person] = handing.denied_because or Reason.NOBODY
            else:
                found[one.person] = handing
        now = self.clock()
        unknown = [person for person, reason in refused.items() if reason is Reason.AGE_UNKNOWN]
        stated = await self.receipts.made_for_parents(school.id, unknown, now) if unknown else {}
        found |= dict.fromkeys(stated, Handing(Recipient.PARENT, Ground.UNDER_14))
        refused = {person: reason for person, reason in refused.items() if person not in stated}
        new = [
            NewReceipt(wish.closing, now, fresh.object_id, school.id, person, handing.recipient, handing.ground)
            for person, handing in found.items()
        ]
        marks = {one.person: one.mark for one in wish.signed}

        def judge(row: BoardRow) -> ReceiptOutcome:
            person = row.account.person
            outcome = self._judged(row, marks[person], stated.get(person))
            receipt = handed_over(row) if outcome is ReceiptOutcome.BEFORE else None
            # What another school has noted is not told.
            otherwise = receipt is not None and receipt.recipient is not found[person].recipient
            own = receipt is not None and receipt.school == school.id
            return ReceiptOutcome.OTHERWISE if otherwise and own else outcome

        done = await self.receipts.note(new, judge, handed_entry)
        seen = roster.keys() if mine is None else roster.keys() & mine
        names = {one.person: roster[one.person].name for one in wish.signed if one.person in seen}
        return Closed(done, refused, names)

    def _judged(self, row: BoardRow, mark: str, stated: datetime | None) -> ReceiptOutcome:
        """Of what is read where it is noted: since the press was read a newer password may have been handed out.
        `stated`: when the password was asked for by which alone the recipient is allowed.
        """
        outcome = noted(row, self.timing)
        meant = stated is None or (row.given is not None and row.given.asked_at == stated)
        newer = outcome is ReceiptOutcome.DONE and (mark_of_row(row) != mark or not meant)
        return ReceiptOutcome.NEWER if newer else outcome

    async def _school(self, actor: Actor, school_id: str) -> tuple[School | Decision, tuple[OwnClass, ...]]:
        """The school of the card, if the actor has to do with it, and the actor's own classes in it."""
        if actor.role is Role.TEACHER and actor.enabled:
            own = await self.own_classes.own_classes(actor.object_id, actor.works_at)
            here = tuple(one for one in own if one.school.id == school_id)
            return (here[0].school if here else Decision(Reason.NOT_CLASS_TEACHER)), here
        permit = may_see_board(actor)
        if not permit.allowed or actor.school is None:
            return permit, ()
        return (actor.school if actor.school.id == school_id else Decision(Reason.SCHOOL_CHANGED)), ()

    def _own_people(
        self, actor: Actor, own: Sequence[OwnClass], class_of: Mapping[str, str]
    ) -> frozenset[str] | None:
        """Whom a class teacher may note; None: anybody of the school."""
        if actor.role is not Role.TEACHER:
            return None
        classes = {one.name for one in own}
        return frozenset(person for person, class_ in class_of.items() if class_ in classes)

    def _handing(self, person: Person | None, signed: Signed, class_: str, *, attests: bool) -> Handing | Decision:
        """What is attested of health is attested by the director alone."""
        if person is None:
            return Decision(Reason.NOT_OURS)
        today = day_in_sofia(self.clock())
        birth = student_birth(person, today, self.admit_synthetic, grade=grade_in(person, class_))
        return may_receive(
            person.kind, signed.recipient, birth=birth, today=today, sen=signed.sen and attests, identity=True
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReverseReceipt:
    """A receipt given by mistake: the director says so, with a reason. Nothing is erased."""

    actors: FreshActors
    receipts: Receipts
    clock: Clock

    async def __call__(self, actor: Actor, press: str, *, person: str, receipt: str, reason: str) -> Decision:
        """The same press, repeated, is allowed again. Errors: DirectoryError and its kinds, StoreUnavailable."""
        fresh = await self.actors.fresh(actor.object_id, actor.tenant_id)
        permit = may_see_board(fresh)
        if not permit.allowed or fresh.school is None:
            return permit
        why = free_text(reason, LONGEST_REASON)
        if not why:
            return Decision(Reason.REASON_MISSING)
        reversal = Reversal(press, receipt, self.clock(), fresh.object_id, fresh.school.id, person, why)
        kept = await self.receipts.reverse(reversal, (reversed_entry(reversal),))
        return ALLOWED if kept else Decision(Reason.NO_RECEIPT)
