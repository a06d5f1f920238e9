"""Printed slips: a link in the chat, a PIN beside it, the secrets collected within the lease of the first use."""

import hmac
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256

from bot.core.actors.model import Actor
from bot.core.actors.permits import directs
from bot.core.actors.ports import FreshActors
from bot.core.audit import AuditEntry
from bot.core.clock import Clock
from bot.core.decision import ALLOWED, Decision, Reason
from bot.core.passwords.authorise import begun_by, belongs_to
from bot.core.passwords.model import Operation, Refused, Shown, Stage, Timing
from bot.core.passwords.ports import Operations, OwnSentence, SlipLink
from bot.core.passwords.record import SLIPS_COLLECTED, SLIPS_COLLECTED_AGAIN, SLIPS_OFFERED, showing, slips_entry
from bot.core.passwords.secret import Secret
from bot.core.people.free_text import NO_WORDS, FreeText, on_paper

_PIN_DIGITS = 12


@dataclass(frozen=True, slots=True)
class SlipOffer:
    """`token` is the unguessable end of the link, `pin` twelve digits that open the file. Neither is stored: the
    database knows a keyed digest of the token, and the PIN follows from token and key.
    """

    token: str = field(repr=False)
    pin: str = field(repr=False)
    until: datetime
    count: int


@dataclass(frozen=True, slots=True)
class Slip:
    """One student's (or teacher's) piece of paper."""

    name: str = field(repr=False)
    class_: str
    username: str = field(repr=False)
    password: Secret
    works_from: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class SlipSheet:
    """What goes into the file, and the PIN that opens it. By name: the number in class (НЕИСПУО's ClassNumber) is
    told neither by the directory nor by the lists that НЕИСПУО exports.
    """

    slips: tuple[Slip, ...]
    pin: str = field(repr=False)
    school: str = ""
    """Of the director who prints them."""
    sentence: FreeText = NO_WORDS
    """The school's own, on every slip."""


@dataclass(frozen=True, slots=True)
class SlipTokens:
    """Makes tokens, their digests and their PINs. `key` is 32 bytes derived from the master key for this alone."""

    key: bytes = field(repr=False)
    new_token: Callable[[], str]

    def new(self) -> str:
        """A token: 256 random bits, URL-safe."""
        return self.new_token()

    def digest(self, token: str) -> bytes:
        """What the database knows it by."""
        return self._keyed("digest", token)

    def pin(self, token: str) -> str:
        """Twelve digits: 40 bits, beyond what can be guessed offline within the three days a password lives."""
        number = int.from_bytes(self._keyed("pin", token), "big")  # 256 bits: the bias of the remainder is 2⁻²¹⁶
        return f"{number % 10**_PIN_DIGITS:0{_PIN_DIGITS}}"

    def _keyed(self, purpose: str, token: str) -> bytes:
        return hmac.digest(self.key, f"{purpose}|{token}".encode("utf-8", "surrogatepass"), sha256)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferSlips:
    """A link to the slips of one operation or of a job."""

    actors: FreshActors
    operations: Operations
    tokens: SlipTokens
    clock: Clock
    timing: Timing

    async def __call__(
        self, actor: Actor, conversation: str, *, operation: str = "", job: str = ""
    ) -> SlipOffer | Refused:
        """Refused also when nothing can be printed (any more). Errors: DirectoryError, StoreUnavailable."""
        operation = "" if job else operation
        every = await _operations_of(self.operations, operation, job)
        if not every:
            return Refused(Decision(Reason.NO_OPERATION))
        if not all(belongs_to(one.asked, actor, conversation).allowed for one in every):
            return Refused(Decision(Reason.NOT_YOURS))
        permit = _may_print(await self.actors.fresh(actor.object_id, actor.tenant_id), every)
        if not permit.allowed:
            return Refused(permit)
        now = self.clock()
        ends = [end for one in every if (end := _shown_until(one)) is not None and now < end]
        if not ends:
            return Refused(Decision(Reason.NO_OPERATION))
        token = self.tokens.new()
        until = min(now + timedelta(minutes=self.timing.link_minutes), max(ends))
        link = SlipLink(self.tokens.digest(token), actor.object_id, conversation, operation, job, until)
        entry = slips_entry(SLIPS_OFFERED, now, link.actor, every, count=len(ends), job=job)
        await self.operations.offer_link(link, (entry,))
        return SlipOffer(token, self.tokens.pin(token), until, len(ends))


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectSlips:
    """Redeems a link within its time. With the first use the secrets' leases begin, and the link answers until they
    end: a second click, or a download that broke, gives the same file (ADR 0082).

    The directory is asked before the link is used: while it does not answer, the link stays good.
    """

    actors: FreshActors
    operations: Operations
    tokens: SlipTokens
    sentence: OwnSentence
    clock: Clock
    timing: Timing

    async def __call__(self, token: str, tenant: str) -> SlipSheet | None:
        """None for every link that does not work (unknown, over, nothing left to show, its owner no longer director
        of that school): the asker is not told which. Errors: DirectoryError, StoreUnavailable.
        """
        digest = self.tokens.digest(token)
        link = await self.operations.link(digest, self.clock())
        if link is None:
            return None
        every = await _operations_of(self.operations, link.operation, link.job)
        if not every or not all(begun_by(one.asked, link.actor, tenant, link.conversation) for one in every):
            return None
        actor = await self.actors.fresh(link.actor, tenant)
        permit = _may_print(actor, every)
        now = self.clock()
        count = sum((end := _shown_until(one)) is not None and now < end for one in every)
        if permit.allowed and not count:
            return None

        def used(link: SlipLink, again: bool) -> tuple[AuditEntry, ...]:
            action = SLIPS_COLLECTED_AGAIN if again else SLIPS_COLLECTED
            return (slips_entry(action, now, link.actor, every, count=count, job=link.job, decision=permit),)

        sentence = await self.sentence(every[0].asked.school)
        lease_until = now + timedelta(seconds=self.timing.lease_seconds)
        # Who has lost the right has lost the link, and is recorded once.
        ends = lease_until if permit.allowed else now
        if await self.operations.use_link(digest, now, ends, used) is None or not permit.allowed:
            return None
        shown = await self._reveal(link, every, now, lease_until)
        school = actor.school.name if actor.school is not None else ""
        if not shown:
            return None
        return SlipSheet(tuple(_slip(one) for one in shown), self.tokens.pin(token), school, sentence)

    async def _reveal(
        self, link: SlipLink, every: Sequence[Operation], now: datetime, lease_until: datetime
    ) -> tuple[Shown, ...]:
        return await self.operations.reveal(
            [one.asked.id for one in every],
            link.actor,
            link.conversation,
            now=now,
            lease_until=lease_until,
            record=showing(now, lease_until),
        )


async def _operations_of(operations: Operations, operation: str, job: str) -> tuple[Operation, ...]:
    if job:
        return await operations.of_job(job)
    one = await operations.one(operation) if operation else None
    return () if one is None else (one,)


def _may_print(actor: Actor, operations: Sequence[Operation]) -> Decision:
    """Whether this is (still) the director of the school in whose name the passwords were set."""
    judged = (directs(actor, school) for school in {one.asked.school for one in operations})
    return next((decision for decision in judged if not decision.allowed), ALLOWED)


def _shown_until(operation: Operation) -> datetime | None:
    """Until when it can be printed; None where there is nothing to print."""
    match operation.stage:
        case Stage.READY:
            return operation.unseen_until
        case Stage.SHOWN:
            return operation.lease_until
        case _:
            return None


def _slip(shown: Shown) -> Slip:
    one = shown.operation
    if one.works_from is None or one.expires_at is None:
        raise LookupError("an operation whose secret is shown has its times")
    asked = one.asked
    name, class_ = on_paper(asked.name), on_paper(asked.class_)
    return Slip(name, class_, asked.username, shown.secret, one.works_from, one.expires_at)
