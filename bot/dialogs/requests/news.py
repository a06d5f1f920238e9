"""Messages of their own about transfer requests: where a changed card, which makes no sound, would not do."""

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass
from datetime import datetime, timedelta

from bot.announcer.speaking import Doubt, Speaking
from bot.announcer.urgency import Urgency
from bot.conversation import ConversationReference, Reply
from bot.core.actors.model import Actor
from bot.core.known import known
from bot.core.tasks import Task, TaskHandler
from bot.core.transfers.model import NOTICE, REMINDER, Event, Group, Side, State, Transfer
from bot.core.transfers.policy import side_of
from bot.core.transfers.ports import Transfers
from bot.core.transfers.read import ReadTransfers
from bot.dialogs.requests import notes
from bot.dialogs.requests.cards_kept import MOST_CARDS
from bot.presser import Presser
from bot.seals import Holder

_A_MORNING = timedelta(hours=4)
_MOST_COUNTED = 200

_STILL_SO: Mapping[Event, frozenset[State]] = {
    Event.REMINDED: frozenset({State.REQUESTED, State.REMINDED, State.OVERDUE}),
    Event.RETURNED: frozenset({State.REQUESTED, State.REMINDED, State.OVERDUE}),
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

    One of which nobody knows whether it arrived is not sent again: the card shows the same.
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
        reference = await self.speaking.reference(task.payload["to"])
        if reference is None:
            return
        side = known(Side, task.payload["side"])
        receiver = await self.speaking.actors.fresh(task.payload["to"], transfer.asked.tenant)
        if not receiver.enabled or side_of(receiver, transfer) is not side:
            return
        expert = None
        if event is Event.OPENED:
            expert = await self.speaking.actors.fresh(task.payload["by"], transfer.asked.tenant)
        language = await self.speaking.language(reference)
        holder = Holder(receiver.object_id, transfer.asked.tenant, reference.conversation_id)
        presser = self.speaking.presser(holder)
        if event is Event.REMINDED and (count := await self._reminded_with(transfer)) > MOST_CARDS:
            await self._remind_of_many(task, reference, count, presser, language)
            return
        reply = await self._reply(task.payload, language, transfer, presser, receiver=receiver, side=side, by=expert)
        await self.speaking.deliver(
            f"transfer-notice:{task.key}",
            reference,
            reply,
            "once",
            failures=task.failures,
            tries=task.attempt,
            doubt=Doubt.SKIP,
            urgency=Urgency.REMINDER if event is Event.REMINDED else Urgency.NEWS,
        )

    async def _reminded_with(self, transfer: Transfer) -> int:
        """How many requests the school that is asked is reminded of within the same day."""
        rows = await self.transfers.page(Group.RECEIVED, school=transfer.asked.releasing.id, most=_MOST_COUNTED)
        last = transfer.last_reminded_at
        same = (row.last_reminded_at for row in rows if row.state in _STILL_SO[Event.REMINDED])
        return sum(at is not None and last is not None and abs(at - last) < _A_MORNING for at in same)

    async def _remind_of_many(
        self, task: Task, reference: ConversationReference, count: int, presser: Presser, language: str
    ) -> None:
        """One message in the place of as many as there are requests: once in a morning."""
        t = self.speaking.catalog.speak(language)
        day = datetime.fromisoformat(task.payload["at"]).date().isoformat()
        await self.speaking.deliver(
            f"transfer-reminders:{task.payload['to']}:{day}",
            reference,
            notes.reminders_reply(t, count, presser),
            "once",
            failures=task.failures,
            tries=task.attempt,
            doubt=Doubt.SKIP,
            urgency=Urgency.REMINDER,
        )

    async def _reply(
        self,
        given: Mapping[str, str],
        language: str,
        transfer: Transfer,
        presser: Presser,
        *,
        receiver: Actor,
        side: Side,
        by: Actor | None,
    ) -> Reply:
        t = self.speaking.catalog.speak(language)
        seen = await self.read.as_seen(receiver, transfer, side)
        event = known(Event, given["event"])
        if event is Event.REMINDED:
            return notes.reminder_reply(t, language, seen, presser)
        if by is not None:
            at = datetime.fromisoformat(given["at"])
            return notes.opened_reply(t, language, seen, presser, expert=by.name, at=at)
        return notes.outcome_reply(t, language, seen, event, presser)


class RemindOfTransfer(TellOfTransfer):
    """Task handler of `REMINDER`: the same, after everything that is news."""

    kind = REMINDER
    urgency = Urgency.REMINDER
