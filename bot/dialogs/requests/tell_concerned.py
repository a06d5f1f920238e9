"""From an event of a transfer request to a task for each person it concerns."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.announcer.urgency import Urgency
from bot.core.clock import Clock
from bot.core.known import known
from bot.core.tasks import NewTask, Task, TaskHandler, TaskQueue, TryAgain
from bot.core.transfers.model import CARD, NOTICE, REMINDER, TELL, Event, Side, State, Transfer
from bot.core.transfers.ports import Transfers
from bot.core.transfers.told import (
    NOBODY,
    NOTICES,
    Concerned,
    Delivery,
    DeliveryState,
    WhoIsConcerned,
    new_card,
    version_of,
)

_HOUR = timedelta(hours=1)
_NOT_THE_OFFICES = frozenset({Event.SUBMITTED, Event.REMINDED, Event.CHANGED})
"""Events the regional office has no card about, unless the request is its alone."""

_FOR_AN_EXPERT = timedelta(hours=4)
"""How often it is looked whether the regional office has somebody by now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TellConcerned(TaskHandler):
    """Task handler of `TELL`. Payload: `transfer`, `event`, `at`, of OPENED `by`.

    The people concerned are read again each time. Whoever has a card of the request and has nothing to do with it any
    more is told too: the card is emptied. A request that is with the regional office waits for an expert there: one
    becomes known by writing to the bot.
    """

    kind = TELL
    urgency = Urgency.NEWS
    most_failures = 200
    first_pause = timedelta(seconds=2)

    transfers: Transfers
    concerned: WhoIsConcerned
    queue: TaskQueue
    clock: Clock

    async def carry_out(self, task: Task) -> None:
        """See `TaskHandler`."""
        transfer = await self.transfers.one(task.payload["transfer"])
        if transfer is None:
            return
        event = known(Event, task.payload["event"])
        office = transfer.asked.office_only or event not in _NOT_THE_OFFICES
        concerned = await self.concerned(transfer, office=office)
        told = await self.transfers.deliveries(transfer.id)
        nobody_there = office and transfer.state is State.ESCALATED and not concerned.office
        # Before the cards, which say so.
        undelivered = tuple(self._undelivered(transfer, concerned, nobody_there=nobody_there))
        await self.transfers.delivered(transfer.id, undelivered)
        await self.queue.add(tuple(self._tasks(task, transfer, event, concerned, told)))
        if nobody_there:
            raise TryAgain(_FOR_AN_EXPERT, "no-expert")

    def _tasks(
        self, task: Task, transfer: Transfer, event: Event, concerned: Concerned, told: tuple[Delivery, ...]
    ) -> Iterator[NewTask]:
        now = self.clock()
        people = {(side, person) for side in Side for person in concerned.of(side)}
        people |= {(one.side, one.person) for one in told if one.person != NOBODY}
        for side, person in sorted(people):
            payload = {"transfer": transfer.id, "to": person, "side": side.value}
            yield NewTask(CARD, f"{task.key}:{side.value}:{person}", now, payload)
        kind = REMINDER if event is Event.REMINDED else NOTICE
        have_a_card = {one.person for one in told if one.reach is DeliveryState.REACHED}
        for side in sorted(NOTICES.get(event, ())):
            for person in concerned.of(side):
                if side is Side.OFFICE and person not in have_a_card:
                    continue  # a new card is heard, and says the same
                payload = {**task.payload, "to": person, "side": side.value}
                key = f"{_once(task, event)}:{side.value}:{person}"
                yield NewTask(kind, key, now, payload, version_of(event))

    def _undelivered(self, transfer: Transfer, concerned: Concerned, *, nobody_there: bool) -> Iterator[Delivery]:
        now = self.clock()
        if nobody_there:
            yield Delivery(NOBODY, Side.OFFICE, DeliveryState.NOT_INSTALLED, now)
        if not new_card(Side.RELEASING, transfer):
            return
        for person in concerned.disabled:
            yield Delivery(person, Side.RELEASING, DeliveryState.DISABLED, now)
        if not concerned.releasing and not concerned.disabled:
            yield Delivery(NOBODY, Side.RELEASING, DeliveryState.NOT_INSTALLED, now)


def _once(task: Task, event: Event) -> str:
    """What an event is told once of. That a request needs attention is told once an hour: whoever tries it again and
    again must not fill the other school's chat.
    """
    if event is not Event.ATTENTION:
        return task.key
    hour = int(datetime.fromisoformat(task.payload["at"]).timestamp() // _HOUR.total_seconds())
    return f"{task.payload['transfer']}:{event.value}:{hour}"
