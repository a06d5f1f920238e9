"""Messages of their own about transfer requests: where a changed card, which makes no sound, would not do."""

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass
from datetime import datetime, timedelta

from bot.announcer.speaking import Doubt, Receiver, Speaking
from bot.announcer.urgency import Urgency
from bot.conversation import Reply
from bot.core.actors.model import Actor
from bot.core.actors.permits import directs
from bot.core.clock import day_in_sofia
from bot.core.known import known
from bot.core.tasks import Task, TaskHandler
from bot.core.transfers.model import NOTICE, REMINDER, UNDER_WAY, Event, Group, Side, State, Transfer
from bot.core.transfers.policy import side_of
from bot.core.transfers.ports import Transfers
from bot.core.transfers.read import ReadTransfers
from bot.dialogs.requests import notes
from bot.dialogs.requests.cards_kept import MOST_CARDS

_A_MORNING = timedelta(hours=4)
_MOST_COUNTED = 200

_STILL_SO: Mapping[Event, frozenset[State]] = {
    Event.REMINDED: frozenset({State.REQUESTED, State.REMINDED, State.OVERDUE}),
    Event.RETURNED: frozenset({State.REQUESTED, State.REMINDED, State.OVERDUE}),
    Event.APPEALED: frozenset({State.ESCALATED}),
    Event.APPROVED: UNDER_WAY | {State.DONE},
    Event.REFUSED: frozenset({State.REFUSED}),
    Event.NOT_OURS: frozenset({State.NOT_OURS}),
    Event.STALE: frozenset({State.STALE}),
    Event.EXPIRED: frozenset({State.EXPIRED}),
    Event.DONE: frozenset({State.DONE}),
    Event.ATTENTION: frozenset({State.NEEDS_ATTENTION}),
    Event.OPENED: frozenset(State),
}
"""In which states an event is still worth a message: one that comes late must not say what is not so any more."""


@dataclass(frozen=True, slots=True)
class TellOfTransfer(TaskHandler):
    """Task handler of `NOTICE`. Payload: `transfer`, `event`, `at`, `to`, `side`, of OPENED `by`.

    A message that may or may not have arrived is not sent again: the card shows the same.
    """

    kind = NOTICE
    urgency = Urgency.NEWS
    most_failures = 8
    first_pause = timedelta(minutes=1)

    speaking: Speaking
    _: KW_ONLY
    transfers: Transfers
    read: ReadTransfers

    async def carry_out(self, task: Task) -> None:
        """See `TaskHandler`."""
        transfer = await self.transfers.one(task.payload["transfer"])
        event = known(Event, task.payload["event"])
        if transfer is None or transfer.state not in _STILL_SO[event]:
            return
        side, to = known(Side, task.payload["side"]), task.payload["to"]
        receiver = await self.speaking.to(to, transfer.asked.tenant)
        if receiver is None or not receiver.actor.enabled or side_of(receiver.actor, transfer) is not side:
            return
        if event is Event.APPROVED and not _approved_for(receiver.actor, transfer):
            return
        reminds = event is Event.REMINDED
        if reminds and (count := await self._reminded_with(transfer)) > MOST_CARDS:
            # One message in the place of as many as there are requests: once in a morning.
            day = day_in_sofia(datetime.fromisoformat(task.payload["at"])).isoformat()
            key, reply = f"transfer-reminders:{to}:{day}", notes.reminders_reply(receiver, count)
        else:
            key, reply = f"transfer-notice:{task.key}", await self._reply(task, transfer, side, receiver)
        await self.speaking.deliver(
            key,
            receiver.reference,
            reply,
            "once",
            failures=task.failures,
            tries=task.attempt,
            doubt=Doubt.SKIP,
            urgency=Urgency.REMINDER if reminds else Urgency.NEWS,
        )

    async def _reminded_with(self, transfer: Transfer) -> int:
        """How many requests the school that is asked is reminded of within the same day."""
        rows = await self.transfers.page(Group.RECEIVED, school=transfer.asked.releasing.id, most=_MOST_COUNTED)
        last = transfer.last_reminded_at
        same = (row.last_reminded_at for row in rows if row.state in _STILL_SO[Event.REMINDED])
        return sum(at is not None and last is not None and abs(at - last) < _A_MORNING for at in same)

    async def _reply(self, task: Task, transfer: Transfer, side: Side, to: Receiver) -> Reply:
        given, event = task.payload, known(Event, task.payload["event"])
        seen = await self.read.as_seen(to.actor, transfer, side)
        if event is Event.REMINDED:
            return notes.reminder_reply(to, seen)
        if event is Event.OPENED:
            expert = await self.speaking.actors.fresh(given["by"], transfer.asked.tenant)
            return notes.opened_reply(to, seen, expert=expert.name, at=datetime.fromisoformat(given["at"]))
        return notes.outcome_reply(to, seen, event)


def _approved_for(director: Actor, transfer: Transfer) -> bool:
    """Whether it was approved in the place of this director of the school."""
    if not directs(director, transfer.asked.releasing.id).allowed or transfer.verdict is None:
        return False
    return transfer.verdict.by.casefold() != director.object_id.casefold()


class RemindOfTransfer(TellOfTransfer):
    """Task handler of `REMINDER`: the same, after everything that is news."""

    kind = REMINDER
    urgency = Urgency.REMINDER
