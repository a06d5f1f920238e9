"""Keeps one card per person and transfer request at the request's present state.

Where many requests come at once, one card speaks for all that have none yet; each is reached through the list.
"""

from collections.abc import Iterable, Iterator
from dataclasses import KW_ONLY, dataclass
from datetime import timedelta

from bot.announcer.installing import installed_now, look_again, tries_now
from bot.announcer.speaking import DeliveryOutcome, Receiver, Speaking, WaitsForAddress
from bot.announcer.urgency import Urgency
from bot.core.known import known
from bot.core.tasks import NewTask, Task, TaskHandler, TryAgain
from bot.core.transfers.model import CARD, Group, Side, State, Transfer
from bot.core.transfers.policy import side_of
from bot.core.transfers.ports import Installer, Transfers
from bot.core.transfers.read import ReadTransfers
from bot.core.transfers.told import NOBODY, Delivery, DeliveryState, new_card, unreached
from bot.dialogs.requests import notes
from bot.dialogs.requests.status_card import status_reply

MOST_CARDS = 3
"""Up to this many new requests are a card each; where more wait to be sent, one card says how many there are."""

_MOST_COUNTED = 200
_GATE = timedelta(seconds=2)
"""Of several workers that find the same burst one tells of it; the others look again after this time."""
_ONE_BURST = timedelta(hours=1)
"""Within this time the same card is updated; after it a new card makes itself heard."""

_REACHES = {
    DeliveryOutcome.DELIVERED: DeliveryState.REACHED,
    DeliveryOutcome.BLOCKED: DeliveryState.BLOCKED,
    DeliveryOutcome.UNWANTED: DeliveryState.FAILED,
}


@dataclass(frozen=True, slots=True)
class _Many:
    """`concerned`: all that wait for this person; `keys` of the messages that were not sent."""

    concerned: tuple[Transfer, ...]
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class KeepCards(TaskHandler):
    """Task handler of `CARD`. Payload: `transfer`, `to`, `side`.

    A person without the app is looked for again, and the app is installed for them where that is allowed, as long as
    the request waits for them.
    """

    kind = CARD
    urgency = Urgency.NEWS
    most_failures = 40
    first_pause = timedelta(seconds=2)

    speaking: Speaking
    _: KW_ONLY
    transfers: Transfers
    read: ReadTransfers
    installer: Installer

    async def carry_out(self, task: Task) -> None:
        """See `TaskHandler`."""
        transfer = await self.transfers.one(task.payload["transfer"])
        if transfer is None:
            return
        side, person = known(Side, task.payload["side"]), task.payload["to"]
        receiver = await self.speaking.to(person, transfer.asked.tenant)
        if receiver is None:
            await self._unreached(task, transfer, side, person)
        else:
            await self._bring(task, transfer, side, receiver)

    async def on_dead_letter(self, task: Task, error: Exception) -> None:  # noqa: ARG002 -- whatever it was
        """Whoever asked is shown that it could not be delivered."""
        transfer = await self.transfers.one(task.payload["transfer"])
        if transfer is not None:
            await self._note(transfer, known(Side, task.payload["side"]), task.payload["to"], DeliveryState.FAILED)

    async def _bring(self, task: Task, transfer: Transfer, side: Side, to: Receiver) -> None:
        person = to.actor.object_id
        key = _key(transfer.id, person)
        if not to.actor.enabled or side_of(to.actor, transfer) is not side:
            gone = notes.not_yours_reply(to, transfer.number)
            await self.speaking.deliver(key, to.reference, gone, "gone", failures=task.failures, may_send=False)
            return
        told = await self._told_of_many(task, transfer, side, to)
        if told is not None:
            await self._note(transfer, side, person, told)
            return
        seen = await self.read.as_seen(to.actor, transfer, side)
        shown = _shown(transfer, to, side, seen.deliveries)
        try:
            outcome = await self.speaking.deliver(
                key,
                to.reference,
                status_reply(to, seen),
                shown,
                failures=task.failures,
                may_send=new_card(side, transfer),
            )
        except WaitsForAddress:
            await self._note(transfer, side, person, DeliveryState.WAITING)
            raise
        if outcome in _REACHES:
            await self._note(transfer, side, person, _REACHES[outcome])
        await self._still_theirs(to, transfer, side)
        now = await self.transfers.one(transfer.id)
        if now is not None and _shown(now, to, side, await self.transfers.deliveries(now.id)) != shown:
            # Another worker may have shown that already, and this sending have come after it.
            raise TryAgain(timedelta(0), "changed-meanwhile")

    async def _still_theirs(self, to: Receiver, transfer: Transfer, side: Side) -> None:
        """An authority ends with a press, and whoever empties its cards may not have found one that was just on its
        way. TryAgain where that is so.
        """
        if to.actor.deputy_of is None:
            return
        actor = await self.speaking.actors.fresh(to.actor.object_id, transfer.asked.tenant)
        if not actor.enabled or side_of(actor, transfer) is not side:
            raise TryAgain(timedelta(0), "changed-meanwhile")

    async def _told_of_many(self, task: Task, transfer: Transfer, side: Side, to: Receiver) -> DeliveryState | None:
        """One card for all requests that have none yet, where they are many: whether it reached the person. None: the
        request has a card of its own.
        """
        if side is Side.RECEIVING or not new_card(side, transfer):
            return None
        if await self._without_card(transfer, side, to) is None:
            return None
        person, now = to.actor.object_id, self.speaking.clock()
        wait = await self.speaking.rate_limit.take(f"burst:{person}", _GATE, 1)
        if wait > timedelta(0):
            raise TryAgain(wait, "burst")
        waiting = await self._without_card(transfer, side, to)  # another worker may just have told of them
        if waiting is None:
            return None
        count = len(waiting.concerned)
        hour = int(now.timestamp() // _ONE_BURST.total_seconds())
        outcome = await self.speaking.deliver(
            f"transfer-burst:{side.value}:{person}:{hour}",
            to.reference,
            notes.burst_reply(to, side, count),
            f"{count}/{to.language}",
            failures=task.failures,
        )
        if outcome is DeliveryOutcome.DELIVERED:
            await self.speaking.messages.covered(waiting.keys, to.reference.conversation_id, "many")
        return _REACHES.get(outcome, DeliveryState.FAILED)

    async def _without_card(self, transfer: Transfer, side: Side, to: Receiver) -> _Many | None:
        """The requests of the same school, or region, that have no card in this person's chat; None when they are few
        or this one is not among them.
        """
        asked, person = transfer.asked.releasing, to.actor.object_id
        if side is Side.OFFICE:
            rows = await self.transfers.page(Group.OFFICE, region=asked.region, most=_MOST_COUNTED)
        else:
            rows = await self.transfers.page(Group.RECEIVED, school=asked.id, most=_MOST_COUNTED)
        concerned = tuple(row for row in rows if new_card(side, row) and side_of(to.actor, row) is side)
        keys = await self.speaking.messages.unsent([_key(row.id, person) for row in concerned])
        return _Many(concerned, keys) if _key(transfer.id, person) in keys and len(keys) > MOST_CARDS else None

    async def _unreached(self, task: Task, transfer: Transfer, side: Side, person: str) -> None:
        if not new_card(side, transfer):
            return
        if tries_now(task):
            actor = await self.speaking.actors.fresh(person, transfer.asked.tenant)
            if not actor.enabled:
                await self._note(transfer, side, person, DeliveryState.DISABLED)
                return
            if side_of(actor, transfer) is not side:
                return  # nothing is installed for somebody whom it does not concern any more
        if transfer.finished:  # nor for one whom it waits for no more: what came of it is in the list
            await self._note(transfer, side, person, DeliveryState.NOT_INSTALLED)
            return
        if not await installed_now(self.installer, task, person) and task.attempt > 1:
            await self._note(transfer, side, person, DeliveryState.NOT_INSTALLED)
        raise look_again(task)

    async def _note(self, transfer: Transfer, side: Side, person: str, reach: DeliveryState) -> None:
        """What is new about a delivery is shown to whom it matters."""
        before = await self.transfers.deliveries(transfer.id)
        known_before = next((one for one in before if (one.side, one.person) == (side, person)), None)
        if known_before is not None and known_before.reach is reach:
            return
        note = Delivery(person, side, reach, self.speaking.clock())
        first = reach is DeliveryState.REACHED and known_before is None and not unreached(before, side)
        told = () if first else tuple(_cards_that_say_so(transfer, before, note))
        await self.transfers.delivered(transfer.id, (note,), told)


def _cards_that_say_so(transfer: Transfer, before: Iterable[Delivery], note: Delivery) -> Iterator[NewTask]:
    """Whether the school that is asked could be told is said to who asked; whether the office could, to both."""
    if note.side is Side.RECEIVING:
        return
    sides = {Side.RECEIVING} if note.side is Side.RELEASING else {Side.RECEIVING, Side.RELEASING}
    people = {(one.side, one.person) for one in before if one.side in sides and one.person != NOBODY}
    for side, person in sorted(people | {(Side.RECEIVING, transfer.asked.actor)}):
        payload = {"transfer": transfer.id, "to": person, "side": side.value}
        key = f"{transfer.id}:{note.person}:{note.reach.value}:{note.at.isoformat()}:{side.value}:{person}"
        yield NewTask(CARD, key, note.at, payload)


def _key(transfer_id: str, person: str) -> str:
    return f"transfer:{transfer_id}:{person}"


def _shown(transfer: Transfer, to: Receiver, side: Side, deliveries: Iterable[Delivery]) -> str:
    """Which state of the request the card shows, with what it says of whom nobody could tell."""
    shown, deliveries = f"{transfer.version}/{to.language}/", tuple(deliveries)
    if side is Side.RECEIVING:
        shown += ",".join(unreached(deliveries, Side.RELEASING))
    of_office = side is not Side.OFFICE and transfer.state is State.ESCALATED and unreached(deliveries, Side.OFFICE)
    return f"{shown}/office" if of_office else shown
