"""Whether people could be told of a request."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.core.transfers.model import Side


class DeliveryState(StrEnum):
    """Whether a person's card could be delivered."""

    REACHED = "reached"
    NOT_INSTALLED = "not-installed"
    """The person has not got the app, and it could not be installed for them (yet)."""
    BLOCKED = "blocked"
    """The person or an administrator does not let the bot write."""
    WAITING = "waiting"
    """Microsoft has moved the person's conversation: the message waits for the person's next step in the chat."""
    DISABLED = "disabled"
    """The account is not active."""
    FAILED = "failed"
    """Microsoft did not take the message for too long."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """Whether somebody on one side of a request could be told of it."""

    person: str
    side: Side
    reach: DeliveryState
    at: datetime
