"""The director authorises a teacher of the school to decide about transfer requests, and ends it."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.core.actors.deputies import (
    LONGEST_ORDER,
    Absence,
    AuthorityEvent,
    Deputy,
    absence_of,
    elsewhere,
    end_of_authority,
    look_at_cards,
    look_whether_left,
)
from bot.core.actors.model import Actor
from bot.core.actors.permits import directs, may_authorise
from bot.core.actors.ports import Deputies, FreshActors, PasswordsElsewhere
from bot.core.audit import AuditEntry, AuditLog
from bot.core.clock import Clock, day_in_sofia, sofia
from bot.core.decision import ALLOWED, Decision, Reason
from bot.core.errors import DirectoryError
from bot.core.people.free_text import free_text, holds_dots
from bot.core.people.model import Kind, Person, School
from bot.core.people.ports import PeopleById
from bot.core.tasks import Tasks

GIVEN, ENDED, DENIED = "deputy.authorised", "deputy.ended", "deputy.denied"


@dataclass(frozen=True, slots=True)
class Authority:
    """What the director filled in, the `order` as it was typed. `school`: the directory id of the school the card was
    made for.
    """

    person: str
    school: str
    order: str
    order_date: date | None
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthoriseDeputy:
    """Everything is read again at the moment of the press."""

    actors: FreshActors
    colleagues: PeopleById
    deputies: Deputies
    given_elsewhere: PasswordsElsewhere
    audit: AuditLog
    tasks: Tasks
    clock: Clock

    async def listed(self, actor: Actor) -> tuple[Deputy, ...] | Decision:
        """Who is authorised for the actor's school now. Errors: StoreUnavailable."""
        permit = may_authorise(actor)
        if not permit.allowed or actor.school is None:
            return permit
        return await self.deputies.of_school(actor.school.id, self.clock())

    async def resting(self, listed: Sequence[Deputy]) -> Mapping[str, datetime]:
        """Of these who decides for another school at present, by object id, and until when: given by a release that
        did not ask. Errors: DirectoryError and its kinds, StoreUnavailable.
        """
        until = {}
        for one in listed:
            held = await self.deputies.of_person(one.person, self.clock())
            newer = held[: held.index(one)] if one in held else held
            person = await self.colleagues.find_by_id(one.person) if newer else None
            if person is not None and (other := elsewhere(newer, one.school, _schools(person))) is not None:
                until[one.person] = other.until
        return until

    async def absent(self, actor: Actor, listed: Sequence[Deputy]) -> Mapping[str, Absence]:
        """Of these whom the directory keeps from deciding, by object id, and why; what their cards show goes. Who
        cannot be read now is taken to be there. Errors: StoreUnavailable.
        """
        said = await asyncio.gather(*(self._absence(actor, one) for one in listed))
        absent = {one.person: why for one, why in zip(listed, said, strict=True) if why is not None}
        await self.tasks.add([look_whether_left(one, self.clock()) for one in listed if one.person in absent])
        return absent

    async def _absence(self, actor: Actor, one: Deputy) -> Absence | None:
        try:
            return absence_of(await self.actors.fresh(one.person, actor.tenant_id), one.school)
        except DirectoryError:
            return None

    async def colleague(self, actor: Actor, person_id: str) -> Person | Decision:
        """The person, if they may be authorised. Errors: DirectoryError and its kinds, StoreUnavailable."""
        permit = may_authorise(actor)
        if not permit.allowed or actor.school is None:
            return permit
        return await self._colleague(actor, actor.school, person_id)

    async def authorise(self, actor: Actor, authority: Authority) -> Deputy | Decision:
        """Writes it down. Refusals are in the audit log. Errors: as above, StoreUnavailable."""
        given = await self._given(actor, authority)
        if isinstance(given, Decision):
            await self._refused(actor, authority.person, given)
        return given

    async def end(self, actor: Actor, school_id: str, person_id: str) -> bool | Decision:
        """Ends an authority now; False when there is none (any more). Errors: as above."""
        permit = directs(await self.actors.fresh(actor.object_id, actor.tenant_id), school_id)
        if not permit.allowed:
            await self._refused(actor, person_id, permit)
            return permit
        now = self.clock()
        entry = AuditEntry(now, actor.object_id, ENDED, person_id, "ended", {"school": school_id})
        looks = (look_at_cards(school_id, person_id, AuthorityEvent.ENDED, now),)
        return await self.deputies.end(school_id, person_id, now, (entry,), looks)

    async def _given(self, actor: Actor, authority: Authority) -> Deputy | Decision:
        judged = await self._judged(actor, authority)
        if isinstance(judged, Decision):
            return judged
        given, person = judged
        detail = {"school": given.school, "order": given.order, "until": given.until.isoformat()}
        entry = AuditEntry(given.since, actor.object_id, GIVEN, given.person, "authorised", detail)
        events = ((AuthorityEvent.GIVEN, given.since), (AuthorityEvent.OVER, given.until))
        looks = tuple(look_at_cards(given.school, given.person, event, at) for event, at in events)
        # Asked before too, but another school's director may be doing the same at this moment.
        written = await self.deputies.authorise(
            given, (entry,), lambda held: _free(person, given.school, held), looks
        )
        return given if written.allowed else written

    async def _judged(self, actor: Actor, authority: Authority) -> tuple[Deputy, Person] | Decision:
        fresh = await self.actors.fresh(actor.object_id, actor.tenant_id)
        permit = directs(fresh, authority.school)
        if not permit.allowed or fresh.school is None:
            return permit
        person = await self._colleague(fresh, fresh.school, authority.person)
        if isinstance(person, Decision):
            return person
        order = free_text(authority.order, LONGEST_ORDER)
        if holds_dots(order):
            return Decision(Reason.ORDER_HIDDEN)
        if not any(map(str.isalnum, order)):
            return Decision(Reason.ORDER_MISSING)
        now = self.clock()
        today = day_in_sofia(now)
        issued, until = authority.order_date, authority.until
        if issued is None or issued > today or until is None or until < today:
            return Decision(Reason.ORDER_DATES)
        given = Deputy(
            school=fresh.school.id,
            person=person.id,
            name=person.name,
            order=order,
            order_date=issued,
            given_by=fresh.object_id,
            since=now,
            until=end_of_authority(until, today, sofia()),
        )
        return given, person

    async def _colleague(self, actor: Actor, school: School, person_id: str) -> Person | Decision:
        person = await self.colleagues.find_by_id(person_id)
        if person is None:
            return Decision(Reason.NOBODY)
        own = person.id.casefold() == actor.object_id.casefold()
        if own or person.kind is not Kind.TEACHER or not person.attends(school.id):
            return Decision(Reason.NOT_A_COLLEAGUE)
        free = _free(person, school.id, await self.deputies.of_person(person.id, self.clock()))
        if not free.allowed:
            return free
        if await self.given_elsewhere(person.id, school.id):
            return Decision(Reason.PASSWORD_ELSEWHERE)
        return person

    async def _refused(self, actor: Actor, person: str, decision: Decision) -> None:
        reason = decision.denied_because.value if decision.denied_because else ""
        entry = AuditEntry(self.clock(), actor.object_id, DENIED, person, "denied", {"reason": reason})
        await self.audit.append(entry)


def _free(person: Person, school: str, held: Sequence[Deputy]) -> Decision:
    other = elsewhere(held, school, _schools(person))
    return ALLOWED if other is None else Decision(Reason.DEPUTY_ELSEWHERE, other.until)


def _schools(person: Person) -> frozenset[str]:
    return frozenset(school.id for school in person.schools)
