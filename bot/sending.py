"""Speaking first: who brings a message into a conversation, and what can become of it, by what one may do next."""

from typing import Protocol

from bot.conversation import ConversationReference, Reply

BLOCKED_CODES = frozenset(
    {
        "BotDisabledByAdmin",
        "BotDisabledByUser",
        "BotNotInConversationRoster",
        "ConversationBlockedByUser",
        "ConversationNotFound",
        "ForbiddenOperationException",
        "MessageWritesBlocked",
    }
)
"""Codes that say the person cannot be reached in this conversation until they act (install, unblock).

Not among them: TenantNoPermission, “Tenant is disabled.” (MicrosoftDocs/bot-docs#1960). It is about everybody at once
and passes when the app is allowed again: what waits for people is tried on, and ends as a dead letter to be revived.
"""


class SendError(Exception):
    """A message, update or deletion did not go through as far as we know. Without content or addresses."""


class NotSent(SendError):
    """The request never left: no connection, no token, or an address we do not talk to. Sending later is safe."""


class TooLarge(SendError):
    """The message is over Teams' 100 KB, counted as UTF-16. It cannot be sent as it is."""


class SendInDoubt(SendError):
    """The request went out and no clear answer came (5xx, time-out, lost connection): it may have been delivered."""

    def __init__(self, status: int | None = None) -> None:
        super().__init__(f"no clear answer ({status or 'no status'})")
        self.status = status


class SendRefused(SendError):
    """The channel answered that it did not take it. `code` is the channel's word for why, empty when it gave none.

    `retry_after` is in seconds, given when the channel asked for a longer pause than a turn can wait.
    """

    def __init__(self, status: int, code: str = "", retry_after: float | None = None) -> None:
        super().__init__(f"refused: {status} {code}".rstrip())
        self.status = status
        self.code = code
        self.retry_after = retry_after


class SendBlocked(SendRefused):
    """The person removed or blocked the bot, or an administrator did: stop writing to this conversation."""


class WrongAddress(SendRefused):
    """The person's conversation is to be reached at another address by now. The next thing the person does brings it;
    nobody else knows it.
    """


class MessageGone(SendRefused):
    """The message that was to be changed or deleted is not there any more."""


class Messenger(Protocol):
    """Brings messages into conversations. Errors of its calls: the kinds of SendError."""

    async def send(self, reference: ConversationReference, reply: Reply) -> str:
        """Sends a message; gives its id, empty when the channel told none."""
        ...

    async def update(self, reference: ConversationReference, activity_id: str, reply: Reply) -> None:
        """Replaces a message sent earlier."""
        ...
