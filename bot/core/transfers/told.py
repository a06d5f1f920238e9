"""Who is told of what: one card per person and request that is kept up to date, and few messages besides.

A card that is changed makes no sound in Teams. A message of its own is therefore sent where somebody must act or has
waited for it: at most one per event and person.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.tasks import NewTask
from bot.core.transfers.model import TELL, Event, Side, State, Transfer

_TOLD_EVERY = timedelta(hours=1)

CARDS_FOR = {
    Side.RECEIVING: frozenset(State),
    Side.RELEASING: frozenset({State.REQUESTED, State.REMINDED, State.OVERDUE, State.ESCALATED}),
    Side.OFFICE: frozenset({State.ESCALATED, State.NEEDS_ATTENTION}),
}
"""In which states somebody who has no card yet is sent one; in all others cards are only brought up to date."""

NOTICES = {
    Event.REMINDED: frozenset({Side.RELEASING}),
    Event.RETURNED: frozenset({Side.RELEASING}),
    Event.REFUSED: frozenset({Side.RECEIVING}),
    Event.NOT_OURS: frozenset({Side.RECEIVING}),
    Event.STALE: frozenset({Side.RECEIVING}),
    Event.EXPIRED: frozenset({Side.RECEIVING}),
    Event.DONE: frozenset({Side.RECEIVING}),
    Event.ATTENTION: frozenset({Side.RECEIVING, Side.RELEASING}),
    Event.OPENED: frozenset({Side.RECEIVING, Side.RELEASING}),
}
"""Which sides an event sends a message of its own, beside their cards."""


@dataclass(frozen=True, slots=True)
class Concerned:
    """The people a request concerns now, by object id: who asked, who may decide, the office's experts.

    `disabled` are those of the school that is asked whose account is not active: nobody can tell them anything.
    """

    receiving: tuple[str, ...]
    releasing: tuple[str, ...]
    office: tuple[str, ...]
    disabled: tuple[str, ...] = ()

    def of(self, side: Side) -> tuple[str, ...]:
        """Those of one side."""
        match side:
            case Side.RECEIVING:
                return self.receiving
            case Side.RELEASING:
                return self.releasing
            case Side.OFFICE:
                return self.office


def tell(transfer: Transfer, event: Event, at: datetime, version: int, *, by: str = "") -> NewTask:
    """The task that has everybody told of an event. `version` is the request's after it; `by` of OPENED, the expert's
    object id: of the same expert's looks at the same request the schools are told once an hour.
    """
    key = f"{transfer.id}:{version}:{event.value}"
    hour = int(at.timestamp() // _TOLD_EVERY.total_seconds())
    payload = {"transfer": transfer.id, "event": event.value, "at": at.isoformat()}
    return NewTask(TELL, key + (f":{by}:{hour}" if by else ""), at, payload | ({"by": by} if by else {}))


def new_card(side: Side, transfer: Transfer) -> bool:
    """Whether somebody on this side who has no card of the request yet is sent one."""
    if side is Side.RELEASING and transfer.asked.office_only:
        return False
    return transfer.state in CARDS_FOR[side]
