"""Messages of their own about transfer requests: where a changed card, which makes no sound, would not do."""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.announcer.speaking import Doubt, Speaking, code_of
from bot.conversation import Reply
from bot.core.actors.model import Actor
from bot.core.errors import DirectoryBusy, DirectoryError
from bot.core.known import known
from bot.core.tasks import Task, TryAgain
from bot.core.transfers.model import NOTICE, Event, Side, State, Transfer
from bot.core.transfers.policy import side_of
from bot.core.transfers.ports import Transfers
from bot.core.transfers.read import ReadTransfers
from bot.core.turns import back_off, wait_of
from bot.dialogs import transfer_notes
from bot.dialogs.scene import Presser
from bot.seals import Holder, Sealer

log = logging.getLogger(__name__)

_MINUTE = timedelta(minutes=1)

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


class TellOfTransfer:
    """Task handler of `NOTICE`. Payload: `transfer`, `event`, `at`, `to`, `side`, of OPENED `by`.

    One of which nobody knows whether it arrived is not sent again: the card shows the same.
    """

    kind = NOTICE
    most_failures = 8

    def __init__(self, speaking: Speaking, *, transfers: Transfers, read: ReadTransfers, sealer: Sealer) -> None:
        self._speaking = speaking
        self._transfers = transfers
        self._read = read
        self._sealer = sealer

    async def carry_out(self, task: Task) -> None:
        """See `TaskHandler`."""
        transfer = await self._transfers.one(task.payload["transfer"])
        event = known(Event, task.payload["event"])
        if transfer is None or transfer.state not in _STILL_SO[event]:
            return
        reference = await self._speaking.reference(task.payload["to"])
        if reference is None:
            return
        side = known(Side, task.payload["side"])
        try:
            receiver = await self._speaking.actors.fresh(task.payload["to"], transfer.asked.tenant)
            if not receiver.enabled or side_of(receiver, transfer) is not side:
                return
            expert = None
            if event is Event.OPENED:
                expert = await self._speaking.actors.fresh(task.payload["by"], transfer.asked.tenant)
        except DirectoryBusy as busy:
            raise TryAgain(wait_of(busy), type(busy).__name__) from busy
        except DirectoryError as error:
            raise TryAgain(back_off(task.failures, _MINUTE), type(error).__name__, failed=True) from error
        language = await self._speaking.language(reference)
        holder = Holder(receiver.object_id, transfer.asked.tenant, reference.conversation_id)
        presser = Presser(holder, self._speaking.clock(), self._sealer)
        reply = await self._reply(task.payload, language, transfer, presser, receiver=receiver, side=side, by=expert)
        await self._speaking.deliver(
            f"transfer-notice:{task.key}", reference, reply, "once", failures=task.failures, doubt=Doubt.SKIP
        )

    async def give_up(self, task: Task, error: Exception) -> None:
        """What it tells of stands on the card."""
        log.warning("transfer notice %d was not delivered: %s", task.id, code_of(error))

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
        t = self._speaking.catalog.speak(language)
        seen = await self._read.as_seen(receiver, transfer, side)
        event = known(Event, given["event"])
        if event is Event.REMINDED:
            return transfer_notes.reminder_reply(t, language, seen, presser)
        if by is not None:
            at = datetime.fromisoformat(given["at"])
            return transfer_notes.opened_reply(t, language, seen, presser, expert=by.name, at=at)
        return transfer_notes.outcome_reply(t, language, seen, event, presser)
