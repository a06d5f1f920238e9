"""Runs the turn of each activity: once, in the order of its conversation, and with an answer whatever happens."""

import asyncio
import logging
import secrets
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace

from bot.conversation import EventNotKept, SeenActivities
from bot.sending import SendError, SendInDoubt
from bot.teams.conversation_order import ConversationOrder, NotItsTurn, TooManyTurns
from bot.teams.deliveries import Deliveries, HttpAnswer
from bot.teams.inbound import CARD_ACTION
from bot.teams.invokes import failed_invoke

_log = logging.getLogger(__name__)

SEEN_SECONDS = 1.0
"""How long it is asked whether a message was answered before: a database that does not answer must not take all of
the turn's time, nor that of the press behind it.
"""

RunTurn = Callable[[float], Awaitable[HttpAnswer]]
"""Runs one turn; it is told how many seconds have gone by since it arrived."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """An activity as it arrived, whichever bot answers it.

    `activity_id` is empty for an event without one, which cannot be recognised when it is delivered again. `who` are
    the ids of tenant and person, `content` is what the activity says, `invoke` the name of an invoke, else None,
    `at` when it arrived by the runner's clock (None: now).
    """

    activity_id: str
    conversation_id: str
    who: tuple[str, ...]
    content: bytes = field(repr=False)
    invoke: str | None = None
    at: float | None = None

    def failed(self, reference: str) -> HttpAnswer:
        """The answer when the bot failed. A press shows the reference; of a message the failure is only logged."""
        if self.invoke is None:
            return HttpAnswer(202)
        return failed_invoke(reference) if self.invoke == CARD_ACTION else HttpAnswer(500)


class TurnRunner:
    """`seen` remembers answered activities across restarts and replicas. `new_reference` makes the name of a failure
    for the log and the person, `key` is that of the digests in `Deliveries`, `monotonic` gives seconds.
    """

    def __init__(
        self,
        seen: SeenActivities,
        *,
        new_reference: Callable[[], str],
        monotonic: Callable[[], float] = time.monotonic,
        key: bytes | None = None,
    ) -> None:
        self._seen = seen
        self._new_reference = new_reference
        self._monotonic = monotonic
        self._deliveries = Deliveries(key or secrets.token_bytes(32), monotonic=monotonic)
        self._order = ConversationOrder()

    async def run(self, arrival: Arrival, turn: RunTurn, *, patience: float | None = None) -> HttpAnswer:
        """The answer to this arrival. Errors: AnotherActivity; none of the turn's own.

        `patience`: seconds from its arrival after which it waits no more for the turns before it, but is run beside
        them. For turns that do nothing then, and say so. None: it waits as long as they take.
        """
        arrival = replace(arrival, at=self._monotonic() if arrival.at is None else arrival.at)
        if not arrival.activity_id:
            return await self._in_order(arrival, turn, patience)
        key = (arrival.conversation_id, arrival.activity_id, *arrival.who)
        return await self._deliveries.once(key, arrival.content, lambda: self._in_order(arrival, turn, patience))

    async def _in_order(self, arrival: Arrival, turn: RunTurn, patience: float | None) -> HttpAnswer:
        left = None if patience is None else max(patience - self._waited(arrival), 0.0)
        try:
            async with self._order.turn(arrival.conversation_id, left):
                return await self._answered(arrival, turn)
        except NotItsTurn:
            return await self._answered(arrival, turn)
        except TooManyTurns:
            _log.warning("too many turns wait in one conversation")
            return HttpAnswer(503)

    def _waited(self, arrival: Arrival) -> float:
        now = self._monotonic()
        return now - (now if arrival.at is None else arrival.at)

    async def _answered(self, arrival: Arrival, turn: RunTurn) -> HttpAnswer:
        # An invoke needs its answer every time; effects behind it carry their own key.
        if arrival.invoke is None and await self._was_seen(arrival):
            return HttpAnswer(200)
        try:
            answer = await turn(self._waited(arrival))
        except EventNotKept as error:
            _log.warning("an event could not be kept: %s", error.__cause__)
            return HttpAnswer(503)
        except SendError as error:
            reference = self._new_reference()
            in_doubt = isinstance(error, SendInDoubt)
            _log.warning("reply %s: %s, reference %s", "in doubt" if in_doubt else "not sent", error, reference)
            if in_doubt:
                self._mark(arrival)
            return arrival.failed(reference)
        except Exception:  # noqa: BLE001 -- the last wall: whatever the bot raises, the channel gets an answer
            reference = self._new_reference()
            _log.exception("turn failed, reference %s", reference)
            return arrival.failed(reference)
        self._mark(arrival)
        return answer

    async def _was_seen(self, arrival: Arrival) -> bool:
        if not arrival.activity_id:
            return False
        try:
            async with asyncio.timeout(SEEN_SECONDS):
                return await self._seen.seen(arrival.conversation_id, arrival.activity_id)
        except Exception:  # noqa: BLE001 -- answering twice is a nuisance, not answering at all is a fault
            _log.exception("seen activities could not be read")
            return False

    def _mark(self, arrival: Arrival) -> None:
        if not arrival.activity_id:
            return
        try:
            self._seen.mark(arrival.conversation_id, arrival.activity_id)
        except Exception:  # noqa: BLE001 -- the answer is out already
            _log.exception("an answered activity could not be noted")
