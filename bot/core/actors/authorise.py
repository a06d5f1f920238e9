"""The director authorises a teacher of the school to decide about transfer requests, and ends it."""

from dataclasses import dataclass
from datetime import date

from bot.core.actors.deputies import LONGEST_ORDER, Deputy, end_of_authority
from bot.core.actors.model import Actor
from bot.core.actors.permits import directs, may_authorise
from bot.core.actors.ports import Deputies, FreshActors, PasswordsElsewhere
from bot.core.audit import AuditEntry, AuditLog
from bot.core.clock import Clock, day_in_sofia, sofia
from bot.core.decision import Decision, Reason
from bot.core.people.free_text import free_text
from bot.core.people.model import Kind, Person, School
from bot.core.people.ports import PeopleById

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
    clock: Clock

    async def listed(self, actor: Actor) -> tuple[Deputy, ...] | Decision:
        """Who is authorised for the actor's school now. Errors: StoreUnavailable."""
        permit = may_authorise(actor)
        if not permit.allowed or actor.school is None:
            return permit
        return await self.deputies.of_school(actor.school.id, self.clock())

    async def colleague(self, actor: Actor, person_id: str) -> Person | Decision:
        """The person, if they may be authorised. Errors: DirectoryError and its kinds, StoreUnavailable."""
        permit = may_authorise(actor)
        if not permit.allowed or actor.school is None:
            return permit
        return await self._colleague(actor, actor.school, person_id)

    async def authorise(self, actor: Actor, authority: Authority) -> Deputy | Decision:
        """Writes it down. Refusals are in the audit log. Errors: as above, StoreUnavailable."""
        given = await self._judged(actor, authority)
        if isinstance(given, Decision):
            await self._refused(actor, authority.person, given)
            return given
        detail = {"school": given.school, "order": given.order, "until": given.until.isoformat()}
        entry = AuditEntry(given.since, actor.object_id, GIVEN, given.person, "authorised", detail)
        await self.deputies.authorise(given, (entry,))
        return given

    async def end(self, actor: Actor, school_id: str, person_id: str) -> bool | Decision:
        """Ends an authority now; False when there is none (any more). Errors: as above."""
        permit = directs(await self.actors.fresh(actor.object_id, actor.tenant_id), school_id)
        if not permit.allowed:
            await self._refused(actor, person_id, permit)
            return permit
        now = self.clock()
        entry = AuditEntry(now, actor.object_id, ENDED, person_id, "ended", {"school": school_id})
        return await self.deputies.end(school_id, person_id, now, (entry,))

    async def _judged(self, actor: Actor, authority: Authority) -> Deputy | Decision:
        fresh = await self.actors.fresh(actor.object_id, actor.tenant_id)
        permit = directs(fresh, authority.school)
        if not permit.allowed or fresh.school is None:
            return permit
        person = await self._colleague(fresh, fresh.school, authority.person)
        if isinstance(person, Decision):
            return person
        order = free_text(authority.order, LONGEST_ORDER)
        if not order:
            return Decision(Reason.ORDER_MISSING)
        now = self.clock()
        today = day_in_sofia(now)
        issued, until = authority.order_date, authority.until
        if issued is None or issued > today or until is None or until < today:
            return Decision(Reason.ORDER_DATES)
        return Deputy(
            school=fresh.school.id,
            person=person.id,
            name=person.name,
            order=order,
            order_date=issued,
            given_by=fresh.object_id,
            since=now,
            until=end_of_authority(until, today, sofia()),
        )

    async def _colleague(self, actor: Actor, school: School, person_id: str) -> Person | Decision:
        person = await self.colleagues.find_by_id(person_id)
        if person is None:
            return Decision(Reason.NOBODY)
        own = person.id.casefold() == actor.object_id.casefold()
        if own or person.kind is not Kind.TEACHER or not person.attends(school.id):
            return Decision(Reason.NOT_A_COLLEAGUE)
        if await self.given_elsewhere(person.id, school.id):
            return Decision(Reason.PASSWORD_ELSEWHERE)
        return person

    async def _refused(self, actor: Actor, person: str, decision: Decision) -> None:
        reason = decision.denied_because.value if decision.denied_because else ""
        entry = AuditEntry(self.clock(), actor.object_id, DENIED, person, "denied", {"reason": reason})
        await self.audit.append(entry)
