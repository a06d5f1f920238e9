"""Bringing one message to one person, so that nothing is lost and hardly anything is said twice.

A message is intended (written down), sent, recorded (docs/adr/0025). One that may or may not have arrived is sent
again (a notice twice is better than none, and two cards of one thing show the same state), unless its kind says that
it is better left out.
"""

import logging
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Protocol

from bot.announcer.urgency import PATIENCE, TENANT, TENANT_INTERVAL, THREAD_INTERVAL, Urgency
from bot.conversation import ConversationReference, Reply
from bot.core.actors.model import Actor
from bot.core.actors.ports import FreshActors
from bot.core.clock import Clock
from bot.core.ports import Preferences
from bot.core.tasks import RateLimit, TryAgain
from bot.core.turns import back_off
from bot.presser import Entries, Presser
from bot.seals import Holder, Sealer
from bot.sending import (
    MessageGone,
    Messenger,
    NotSent,
    SendBlocked,
    SendError,
    SendInDoubt,
    SendRefused,
    TooLarge,
    WrongAddress,
)
from bot.texts.catalog import Catalog, Translate, language_of
from bot.texts.support import Asker, Noted

log = logging.getLogger(__name__)

_SOON = timedelta(seconds=30)

_SELDOM = timedelta(minutes=10)
LONGEST_WAIT = timedelta(days=14)
"""For a new address of a person: a school's holiday. Nobody but the person's next step in the chat brings it."""

_WHILE_SENT = timedelta(seconds=2)
"""Before it is looked again whether what another worker is sending was sent."""

_PAUSE = 5.0
"""Seconds, where the channel wants a pause and does not say how long."""


class WaitsForAddress(TryAgain):
    """The channel has moved the person's conversation: the message waits until the person's next step tells where."""


class BeingSent(TryAgain):
    """Another worker is sending it at this moment."""


class Doubt(StrEnum):
    """What becomes of a message of which nobody knows whether it arrived."""

    RESEND = "resend"
    SKIP = "skip"


class DeliveryOutcome(StrEnum):
    """What became of a message."""

    DELIVERED = "delivered"
    BLOCKED = "blocked"
    """The person, or an administrator, does not let the bot write."""
    UNWANTED = "unwanted"
    """It is too large, or its person has had no new address for two weeks: it is not sent, now or later."""
    NOTHING = "nothing"
    """There was nothing to be changed, and nothing new was to be sent."""


class KeptMessage(Protocol):
    """A message of ours as far as it is known: `state` is `intent` or `sent`; `shown` says which state of its subject
    it shows. `in_doubt`: its sending was begun, and not certainly refused. `at`: when it was intended, or last
    changed.
    """

    @property
    def at(self) -> datetime: ...  # noqa: D102 -- said above
    @property
    def activity_id(self) -> str: ...  # noqa: D102 -- the channel's own word
    @property
    def state(self) -> str: ...  # noqa: D102 -- said above
    @property
    def shown(self) -> str: ...  # noqa: D102 -- said above
    @property
    def in_doubt(self) -> bool: ...  # noqa: D102 -- said above


class Messages(Protocol):
    """What was sent. Errors: StoreUnavailable."""

    async def known(self, key: str) -> KeptMessage | None:
        """What is known of a message; None: it was never intended."""
        ...

    async def intend(self, key: str, conversation_id: str) -> KeptMessage:
        """Writes down that a message is about to be sent; or gives what is known of it."""
        ...

    async def begin(self, key: str) -> str | None:
        """Takes the sending of what is intended, for somewhat longer than a sending may last: the sign of it, for
        `not_sent`. None: another worker is sending it, or it is sent.
        """
        ...

    async def not_sent(self, key: str, sign: str, *, in_doubt: bool) -> None:
        """That sending is over, and it is not known to have arrived: it may be sent by anybody."""
        ...

    async def sent(self, key: str, activity_id: str, shown: str) -> None:
        """It was sent."""
        ...

    async def shown(self, key: str, shown: str) -> None:
        """It was updated."""
        ...

    async def forget(self, key: str) -> None:
        """It is not there any more."""
        ...

    async def since(self, key: str, conversation_id: str) -> datetime:
        """When this key was first written down: now, if it was not."""
        ...

    async def unsent(self, keys: Collection[str]) -> frozenset[str]:
        """Those of these that were not sent."""
        ...

    async def covered(self, keys: Collection[str], conversation_id: str, shown: str) -> None:
        """Another message speaks for these: they count as sent, and there is nothing to be changed. One that was sent
        meanwhile stays as it is.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """A person's chat with the bot: where it is, its language, and what makes words and buttons for it."""

    reference: ConversationReference
    language: str
    t: Translate
    presser: Presser


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver(Chat):
    """A person's chat, and who the person is, read from the directory for this message."""

    actor: Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaking:
    """Brings messages to people. `reference`: a person's conversation; None where the app is not installed."""

    actors: FreshActors
    reference: Callable[[str], Awaitable[ConversationReference | None]]
    messages: Messages
    messenger: Messenger
    preferences: Preferences
    catalog: Catalog
    clock: Clock
    rate_limit: RateLimit
    sealer: Sealer
    entries: Entries
    new_reference: Callable[[], str]

    async def to(self, object_id: str, tenant: str) -> Receiver | None:
        """The person's chat, and who the person is now: there is no chat without. None where the app is not
        installed; then the directory is not asked.

        Errors: DirectoryError, StoreUnavailable.
        """
        reference = await self.reference(object_id)
        if reference is None:
            return None
        language = await self.language(reference)
        actor = await self.actors.fresh(object_id, tenant)
        return Receiver(
            reference=reference,
            language=language,
            t=self.catalog.speak(language, Asker.of(actor.role), Noted(self.new_reference, _log_shown)),
            presser=Presser(
                Holder(object_id, tenant, reference.conversation_id), self.clock(), self.sealer, self.entries
            ),
            actor=actor,
        )

    async def language(self, reference: ConversationReference) -> str:
        """The person's own choice, else the client's."""
        return await self.preferences.language(reference.object_id) or language_of(reference.locale)

    async def deliver(
        self,
        key: str,
        reference: ConversationReference,
        reply: Reply,
        shown: str,
        *,
        failures: int = 0,
        doubt: Doubt = Doubt.RESEND,
        may_send: bool = True,
        urgency: Urgency = Urgency.NEWS,
        tries: int = 1,
    ) -> DeliveryOutcome:
        """Sends the message of this key, or updates it where it shows something else; without `may_send` only the
        latter. After so many `failures` the pause before the next try is longer; after many `tries` (`Task.attempt`)
        a message is more urgent.

        Errors: TryAgain, also as WaitsForAddress; StoreUnavailable.
        """
        if not may_send and await self.messages.known(key) is None:
            return DeliveryOutcome.NOTHING
        kept = await self.messages.intend(key, reference.conversation_id)
        if kept.state == "sent" and (kept.shown == shown or not kept.activity_id):
            return DeliveryOutcome.DELIVERED
        kind = key.partition(":")[0]
        if doubt is Doubt.SKIP and kept.in_doubt:
            log.info("%s may have arrived and is not sent again", kind)
            return DeliveryOutcome.DELIVERED
        try:
            await self._turn(reference, kept, urgency, tries)
            return await self._bring(key, kept, reference, reply, shown)
        except BeingSent:
            raise
        except (TryAgain, NotSent, SendRefused) as certain:
            if isinstance(certain, WrongAddress):
                return await self._wait_for_address(f"{key}/{shown}", reference)
            return self._not_delivered(kind, certain, failures)
        except TooLarge:
            log.exception("%s cannot be sent", kind)
            return DeliveryOutcome.UNWANTED
        except SendInDoubt as error:
            raise TryAgain(back_off(failures, _SOON), type(error).__name__, failed=True) from error

    async def take_over(self, key: str, reference: ConversationReference, activity_id: str) -> None:
        """A message of ours that is there already is the one of this key from now on. Errors: StoreUnavailable."""
        if await self.messages.known(key) is None:
            await self.messages.intend(key, reference.conversation_id)
            await self.messages.sent(key, activity_id, "")

    async def _turn(self, reference: ConversationReference, kept: KeptMessage, urgency: Urgency, tries: int) -> None:
        """Waits for nothing: TryAgain (no failure) when it is not this message's turn."""
        wait = timedelta(0)
        new = kept.state == "intent"
        if new:
            urgency = urgency.after((self.clock() - kept.at) // PATIENCE, tries)
            thread = sha256(reference.conversation_id.encode("utf-8", "surrogatepass")).hexdigest()[:32]
            wait = await self.rate_limit.take(f"{TENANT}:{thread}", THREAD_INTERVAL, urgency.thread())
        wait = wait or await self.rate_limit.take(TENANT, TENANT_INTERVAL, urgency.tenant())
        if wait > timedelta(0):
            raise TryAgain(wait, "rate-limit")

    async def _bring(
        self, key: str, kept: KeptMessage, reference: ConversationReference, reply: Reply, shown: str
    ) -> DeliveryOutcome:
        if kept.state == "sent":
            try:
                await self.messenger.update(reference, kept.activity_id, reply)
            except MessageGone as error:
                await self.messages.forget(key)  # the person deleted it: a new one takes its place
                raise TryAgain(timedelta(0), "message-gone", failed=True) from error
            await self.messages.shown(key, shown)
        else:
            await self.messages.sent(key, await self._send(key, reference, reply), shown)
        return DeliveryOutcome.DELIVERED

    async def _send(self, key: str, reference: ConversationReference, reply: Reply) -> str:
        sign = await self.messages.begin(key)
        if sign is None:
            raise BeingSent(_WHILE_SENT, "being-sent")
        try:
            return await self.messenger.send(reference, reply)
        except SendError as error:
            await self.messages.not_sent(key, sign, in_doubt=isinstance(error, SendInDoubt))
            raise

    async def _wait_for_address(self, what: str, reference: ConversationReference) -> DeliveryOutcome:
        """Tries again ever more seldom, at last every ten minutes: each try reads again where the person is. Since
        when it waits is written down, so that a restart does not begin to count again.
        """
        waits = f"{what}\0{reference.conversation_id}\0{reference.service_url}".encode("utf-8", "surrogatepass")
        since = await self.messages.since(f"address:{sha256(waits).hexdigest()[:32]}", reference.conversation_id)
        waited = self.clock() - since
        if waited > LONGEST_WAIT:
            log.warning("%s not delivered: no new address in %d days", what.partition(":")[0], LONGEST_WAIT.days)
            return DeliveryOutcome.UNWANTED
        raise WaitsForAddress(min(max(waited / 4, _SOON), _SELDOM), "address-moved")

    def _not_delivered(self, kind: str, error: TryAgain | NotSent | SendRefused, failures: int) -> DeliveryOutcome:
        """What certainly did not arrive: TryAgain, but where the channel says by a code that this person, or somebody
        for them, has removed or blocked the bot.
        """
        match error:
            case TryAgain():
                raise error
            case SendBlocked():
                log.info("%s not delivered: %s", kind, error)
                return DeliveryOutcome.BLOCKED
            case NotSent():
                raise TryAgain(back_off(failures, _SOON), type(error).__name__, failed=True) from error
        if error.retry_after is not None or error.status == 429:
            raise TryAgain(timedelta(seconds=error.retry_after or _PAUSE), "throttled") from error
        # Of us, or of what a gateway on the way said, HTML included: it passes, or somebody finds the dead letter.
        log.warning("%s refused: %s", kind, error)
        raise TryAgain(back_off(failures, _SOON), f"refused-{error.status}", failed=True) from error


def _log_shown(reference: str, text_id: str) -> None:
    log.info("reference %s is shown with %s in a message", reference, text_id)
