"""What a director is told and asked before a password is set: for whom, what was given before, who may receive it."""

from dataclasses import dataclass, field
from datetime import tzinfo

from bot.core.actors.model import Actor
from bot.core.clock import Clock, sofia
from bot.core.decision import Decision
from bot.core.handover.birth import under_14
from bot.core.handover.model import Recipient
from bot.core.handover.policy import recipients, student_birth
from bot.core.passwords.authorise import standing_of
from bot.core.passwords.model import AccountFacts, Operation, PasswordStatus, Refused, Timing
from bot.core.passwords.ports import AccountReader, Operations, Releases
from bot.core.passwords.status import status_by_dates
from bot.core.people.model import Kind


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


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparePassword:
    """Reads the account now and says whether its password may be set by this director at all."""

    reader: AccountReader
    operations: Operations
    releases: Releases
    clock: Clock
    timing: Timing
    admit_synthetic: bool = False
    zone: tzinfo = field(default_factory=sofia)

    async def __call__(self, actor: Actor, person_id: str) -> PreparedReset | Refused:
        """Errors: DirectoryError and its kinds, StoreUnavailable."""
        standing = await standing_of(actor, person_id, reader=self.reader, releases=self.releases, clock=self.clock)
        if isinstance(standing, Decision):
            return Refused(standing)
        facts = standing.facts
        person = facts.person
        last = (await self.operations.latest((person.id,))).get(person.id)
        now = self.clock()
        young = None
        if person.kind is Kind.STUDENT:
            today = now.astimezone(self.zone).date()
            birth = student_birth(person, today, self.admit_synthetic)
            young = None if birth is None else under_14(birth, today)
        return PreparedReset(
            facts,
            status_by_dates(last, facts.dates, now, self.timing),
            last,
            recipients(person.kind, young),
            asks_birth=person.kind is Kind.STUDENT and young is None,
            under_14=young,
        )
