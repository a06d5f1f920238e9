"""What goes first of all that is to be said: each urgency has workers of its own, and room in every limit."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from enum import IntEnum

from bot.core.tasks import TaskHandler

TENANT, TENANT_INTERVAL, TENANT_BURST = "teams", timedelta(milliseconds=34), 20
"""What all replicas may send to the channel together: an app may make 30 requests a second in one tenant (older text;
newer: 50; learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit).
"""

THREAD_INTERVAL, THREAD_BURST = timedelta(milliseconds=2_010), 6
"""New messages in one conversation: 7 in a second, 8 in two, 60 in thirty, 1,800 in an hour (same page)."""

PATIENCE, MANY_TRIES = timedelta(minutes=5), 100
"""After so long, or so often in vain, a message that waits is as urgent as the next kind: nothing waits for ever."""


class Urgency(IntEnum):
    """Who goes first where messages to one person, or all messages together, wait for their turn. What is less urgent
    leaves room in every limit, so that what is more urgent never waits behind it, in whichever replica.
    """

    ALARM = 0
    """Somebody may be doing harm just now."""
    NEWS = 1
    """Something has happened, and somebody is to act or has waited for it."""
    REMINDER = 2
    """Nothing has happened; it is to be said some time today."""

    def after(self, waited: int, tries: int) -> "Urgency":
        """Of what has waited so many times too long, or was tried so often."""
        return Urgency(max(Urgency.ALARM, self - max(0, waited, tries // MANY_TRIES)))

    def thread(self) -> int:
        """How many may go to one person at once."""
        return {Urgency.ALARM: THREAD_BURST + 1, Urgency.NEWS: THREAD_BURST, Urgency.REMINDER: THREAD_BURST - 2}[self]

    def tenant(self) -> int:
        """How many may go to all together at once."""
        return TENANT_BURST + 5 * (Urgency.NEWS - self)


CONCURRENCY: Mapping[Urgency, int] = {Urgency.ALARM: 2, Urgency.NEWS: 4, Urgency.REMINDER: 2}
"""So many at once in one process."""


def by_urgency(handlers: Iterable[TaskHandler]) -> Mapping[Urgency | None, tuple[TaskHandler, ...]]:
    """The handlers of each urgency, which a handler that speaks states as its `urgency`; under None, those that work
    in the directory and say nothing.
    """
    handlers = tuple(handlers)
    return {
        urgency: tuple(one for one in handlers if getattr(one, "urgency", None) is urgency)
        for urgency in (None, *Urgency)
    }
