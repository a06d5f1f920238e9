"""Repeated deliveries: Teams sends an activity again, with the same id, when it got no answer in time.

(learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/conversation-messages; botframework-sdk #2161.)

Answers are not kept: they may hold a password whose lease is over, a PIN, or a number that somebody typed. A later
repeat runs again and is answered with the present state. It has no second effect, because an effect carries the key
of its press (`press_digest`) or the version that was seen; that also holds on a replica that never knew the answer.

A digest of each activity's content is kept, under a key of this process: the same id with other content is refused,
as Stripe does for its idempotency keys. The table of answered activities does not hold these digests, so on another
replica or after a restart such a message counts as a repeat, and such a press as a press.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from hashlib import blake2b

from cachetools import TTLCache

KNOWN_SECONDS = 3600.0
"""Far longer than any channel waits before a repeat."""
MOST_KNOWN = 20_000
"""Some 5 MB."""
_SIZE = 16


class AnotherActivity(Exception):
    """This id belongs to an activity with other content."""

    def __init__(self) -> None:
        super().__init__("the id of another activity")


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """The HTTP answer to the channel: a status and, for an invoke, a JSON body."""

    status: int
    body: bytes = b""


class Deliveries:
    """Runs an activity once at a time: a delivery of one that is running waits for that run and gets its answer.

    `key` (16 to 64 random bytes) is for the digests; `monotonic` gives seconds.
    """

    def __init__(
        self, key: bytes, *, monotonic: Callable[[], float] = time.monotonic, most_known: int = MOST_KNOWN
    ) -> None:
        self._key = key
        self._running: dict[bytes, asyncio.Future[HttpAnswer]] = {}
        self._known: TTLCache[bytes, bytes, float] = TTLCache(most_known, KNOWN_SECONDS, monotonic)

    async def once(
        self, activity: tuple[str, ...], content: bytes, run: Callable[[], Awaitable[HttpAnswer]]
    ) -> HttpAnswer:
        """The answer of the delivery that is running already, or else of `run`.

        `activity`: the activity's id, conversation and person; `content`: what it says. Errors: AnotherActivity.
        """
        name = self._digest("\0".join(activity).encode("utf-8", "surrogatepass"))
        said = self._digest(content)
        if self._known.setdefault(name, said) != said:
            raise AnotherActivity
        if name in self._running:
            return await asyncio.shield(self._running[name])
        running = self._running[name] = asyncio.get_running_loop().create_future()
        # Should this run be cut short, whoever waits for it is told to come again.
        answer = HttpAnswer(503)
        try:
            answer = await run()
        finally:
            del self._running[name]
            running.set_result(answer)
        return answer

    def _digest(self, content: bytes) -> bytes:
        return blake2b(content, key=self._key, digest_size=_SIZE).digest()
