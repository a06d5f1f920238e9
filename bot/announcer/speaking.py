"""Bringing one message to one person, so that nothing is lost and hardly anything is said twice.

A message is intended (written down), sent, recorded (docs/adr/0025). One that may or may not have arrived is sent
again: a notice twice is better than none, and two cards of one class show the same state.
"""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from bot.conversation import ConversationReference, Reply
from bot.core.clock import Clock
from bot.core.passwords.ports import FreshActors, Operations
from bot.core.passwords.turns import back_off
from bot.core.ports import Preferences
from bot.core.tasks import TryAgain
from bot.sending import Messenger, NotSent, SendBlocked, SendInDoubt, SendRefused, TooLarge
from bot.texts.catalog import Catalog, language_of

log = logging.getLogger(__name__)

_SOON = timedelta(seconds=30)

_PAUSE = 5.0
"""Seconds, where the channel wants a pause and does not say how long."""

_MAY_BE_REPEATED = frozenset({408, 412})
"""Refusals that say nothing about the message: "Status codes from bot conversational APIs" in
learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/conversation-messages.
"""


class KeptMessage(Protocol):
    """A message of ours as far as it is known: `state` is `intent` or `sent`; `shown` says which state of its subject
    it shows.
    """

    @property
    def activity_id(self) -> str: ...  # noqa: D102 -- the channel's own word
    @property
    def state(self) -> str: ...  # noqa: D102 -- said above
    @property
    def shown(self) -> str: ...  # noqa: D102 -- said above


class Messages(Protocol):
    """What was sent. Errors: StoreUnavailable."""

    async def intend(self, key: str, conversation_id: str) -> KeptMessage:
        """Writes down that a message is about to be sent; or gives what is known of it."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaking:
    """What is needed to say something to somebody. `reference` tells where a person can be spoken to: None when the
    app is not installed there.
    """

    operations: Operations
    actors: FreshActors
    reference: Callable[[str], Awaitable[ConversationReference | None]]
    messages: Messages
    messenger: Messenger
    preferences: Preferences
    catalog: Catalog
    clock: Clock

    async def language(self, reference: ConversationReference) -> str:
        """The person's own choice, else the client's."""
        return await self.preferences.language(reference.object_id) or language_of(reference.locale)

    async def deliver(
        self, key: str, reference: ConversationReference, reply: Reply, shown: str, *, failures: int = 0
    ) -> bool:
        """Sends the message of this key, or updates it where it shows something else. False: the person or the
        channel does not want it, now or later. After so many `failures` the pause before the next try is longer.

        Errors: TryAgain; StoreUnavailable.
        """
        kept = await self.messages.intend(key, reference.conversation_id)
        if kept.state == "sent" and (kept.shown == shown or not kept.activity_id):
            return True
        kind = key.partition(":")[0]
        try:
            if kept.state == "sent":
                await self.messenger.update(reference, kept.activity_id, reply)
                await self.messages.shown(key, shown)
            else:
                await self.messages.sent(key, await self.messenger.send(reference, reply), shown)
        except SendBlocked as error:
            log.info("%s not delivered: %s", kind, error)
            return False
        except SendRefused as error:
            if error.status == 404 and kept.state == "sent":  # the person deleted it: a new one takes its place
                await self.messages.forget(key)
                raise TryAgain(timedelta(0), "message-gone", failed=True) from error
            if error.retry_after is not None or error.status == 429:
                raise TryAgain(timedelta(seconds=error.retry_after or _PAUSE), "throttled") from error
            if error.status in _MAY_BE_REPEATED:
                raise TryAgain(back_off(failures, _SOON), f"refused-{error.status}", failed=True) from error
            log.warning("%s refused: %s", kind, error)
            return False
        except TooLarge:
            log.exception("%s cannot be sent", kind)
            return False
        except (NotSent, SendInDoubt) as error:
            raise TryAgain(back_off(failures, _SOON), type(error).__name__, failed=True) from error
        return True


def code_of(error: Exception) -> str:
    """What ended a task, for the log: a short code without data."""
    return error.why if isinstance(error, TryAgain) else type(error).__name__
