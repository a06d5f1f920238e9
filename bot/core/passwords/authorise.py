"""Whether this director may set this account's password, by what the directory says at this moment."""

from dataclasses import dataclass

from bot.core.actors.model import Actor
from bot.core.actors.permits import directs, may_reset_passwords
from bot.core.actors.ports import Deputies, FreshActors
from bot.core.clock import Clock
from bot.core.decision import ALLOWED, Decision, Reason
from bot.core.errors import DirectoryMisunderstood
from bot.core.passwords.model import AccountFacts, Job, NewOperation, Operation, Refused
from bot.core.passwords.policy import may_reset
from bot.core.passwords.ports import AccountReader, Operations, Releases
from bot.core.people.model import Kind, School


@dataclass(frozen=True, slots=True)
class Standing:
    """Director and account as they are now, the one allowed to set the other's password."""

    actor: Actor
    school: School
    facts: AccountFacts


async def standing_of(
    actor: Actor,
    person_id: str,
    *,
    reader: AccountReader,
    releases: Releases,
    deputies: Deputies,
    clock: Clock,
) -> Standing | Decision:
    """The account read now and judged for an actor known already, with what the bot itself lets the person do. What
    needs no reading is refused without it.

    Errors: DirectoryError and its kinds, StoreUnavailable.
    """
    permit = may_reset_passwords(actor)
    if not permit.allowed or actor.school is None:
        return permit
    if person_id.casefold() == actor.object_id.casefold():
        return Decision(Reason.SELF)
    facts = await reader.facts(person_id)
    if facts is None:
        return Decision(Reason.NOBODY)
    person = facts.person
    if person.id.casefold() != person_id.casefold():
        raise DirectoryMisunderstood(code="OtherPerson")
    elsewhere = person.kind is Kind.STUDENT and not person.attends(actor.school.id)
    released_by = await releases.released_by(person.id, actor.school.id, clock()) if elsewhere else None
    # Nobody is authorised who is a student, and a class is asked about one by one.
    authorities = () if person.kind is Kind.STUDENT else await deputies.of_person(person.id, clock())
    decision = may_reset(actor, facts, released_by=released_by, decides_for={one.school for one in authorities})
    return Standing(actor, actor.school, facts) if decision.allowed else decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Authorise:
    """Reads both again: who acts, and on whose account."""

    actors: FreshActors
    reader: AccountReader
    releases: Releases
    deputies: Deputies
    clock: Clock

    async def __call__(self, actor_id: str, tenant: str, school: str, person_id: str) -> Standing | Decision:
        """`school` is the directory id of the school in whose name it was asked.

        Errors: DirectoryError and its kinds, StoreUnavailable: so nothing is allowed by default.
        """
        actor = await self.actors.fresh(actor_id, tenant)
        decision = directs(actor, school)
        if not decision.allowed:
            return decision
        return await standing_of(
            actor,
            person_id,
            reader=self.reader,
            releases=self.releases,
            deputies=self.deputies,
            clock=self.clock,
        )


def belongs_to(asked: NewOperation | Job, actor: Actor, conversation: str) -> Decision:
    """Whether it was begun by this person in this conversation."""
    own = begun_by(asked, actor.object_id, actor.tenant_id, conversation)
    return ALLOWED if own else Decision(Reason.NOT_YOURS)


def still_own(asked: NewOperation | Job, actor: Actor, conversation: str) -> Decision:
    """The same, and whether this person still directs the school: who left it is told of nobody there any more."""
    own = belongs_to(asked, actor, conversation)
    return directs(actor, asked.school) if own.allowed else own


async def own_operation(
    operations: Operations, actor: Actor, conversation: str, operation_id: str
) -> Operation | Refused:
    """An operation that this person began in this conversation, for the school they still direct. Errors:
    StoreUnavailable.
    """
    operation = await operations.one(operation_id)
    if operation is None:
        return Refused(Decision(Reason.NO_OPERATION))
    decision = still_own(operation.asked, actor, conversation)
    return operation if decision.allowed else Refused(decision)


def begun_by(asked: NewOperation | Job, actor: str, tenant: str, conversation: str) -> bool:
    """The same, of somebody of whom only the ids are known."""
    return (asked.actor, asked.tenant, asked.conversation) == (actor, tenant, conversation)
