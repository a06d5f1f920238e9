"""Runs the turn of each activity: once, in the order of its conversation, and with an answer whatever happens."""

import logging
import secrets
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.conversation import EventNotKept, SeenActivities
from bot.sending import SendError, SendInDoubt
from bot.teams.conversation_order import ConversationOrder, TooManyTurns
from bot.teams.deliveries import Deliveries, HttpAnswer
from bot.teams.inbound import CARD_ACTION
from bot.teams.invokes import failed_invoke

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Arrival:
    """An activity as it arrived, whichever bot answers it.

    `activity_id` is empty for an event without one, which cannot be recognised when it is delivered again. `who` are
    the ids of tenant and person, `content` is what the activity says, `invoke` the name of an invoke, else None.
    """

    activity_id: str
    conversation_id: str
    who: tuple[str, ...]
    content: bytes = field(repr=False)
    invoke: str | None = None

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
        self._deliveries = Deliveries(key or secrets.token_bytes(32), monotonic=monotonic)
        self._order = ConversationOrder()

    async def run(self, arrival: Arrival, turn: Callable[[], Awaitable[HttpAnswer]]) -> HttpAnswer:
        """The answer to this arrival. Errors: AnotherActivity; none of the turn's own."""
        if not arrival.activity_id:
            return await self._in_order(arrival, turn)
        key = (arrival.conversation_id, arrival.activity_id, *arrival.who)
        return await self._deliveries.once(key, arrival.content, lambda: self._in_order(arrival, turn))

    async def _in_order(self, arrival: Arrival, turn: Callable[[], Awaitable[HttpAnswer]]) -> HttpAnswer:
        try:
            async with self._order.turn(arrival.conversation_id):
                return await self._answered(arrival, turn)
        except TooManyTurns:
            _log.warning("too many turns wait in one conversation")
            return HttpAnswer(503)

    async def _answered(self, arrival: Arrival, turn: Callable[[], Awaitable[HttpAnswer]]) -> HttpAnswer:
        # An invoke needs its answer every time; effects behind it carry their own key.
        if arrival.invoke is None and await self._was_seen(arrival):
            return HttpAnswer(200)
        try:
            answer = await turn()
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
