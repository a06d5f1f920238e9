"""What somebody wants done with a request, and what came of it."""

from dataclasses import dataclass, field

from bot.core.decision import Decision, Reason
from bot.core.transfers.blind import SeenTransfer
from bot.core.transfers.model import Side
from bot.core.transfers.policy import Choice


@dataclass(frozen=True, slots=True)
class Decided:
    """It is done; `transfer` as it is now, as this side may see it."""

    transfer: SeenTransfer
    side: Side


@dataclass(frozen=True, slots=True)
class TooLate:
    """Nothing was done: somebody has decided, it is over, or it has changed since the card was made."""

    transfer: SeenTransfer
    side: Side
    reason: Reason


@dataclass(frozen=True, slots=True)
class NotDecided:
    """Not permitted. With a request, it may be shown to the actor beside the reason."""

    decision: Decision
    transfer: SeenTransfer | None = None
    side: Side | None = None


@dataclass(frozen=True, slots=True)
class MayBeDone:
    """It could be done now; nothing was written. `transfer` as this side may see it."""

    transfer: SeenTransfer
    side: Side


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody wants done with which request. `version` is that of the card it was decided on."""

    transfer_id: str
    version: int
    choice: Choice
    reason: str = field(default="", repr=False)
    where: str = field(default="", repr=False)
