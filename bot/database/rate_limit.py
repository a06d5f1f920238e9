"""Limits that all workers and replicas share."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, select, text

from bot.core.clock import Clock
from bot.database.connections import Connections
from bot.database.tables import rate_limit, to_milliseconds
from bot.database.transaction import transaction

KEPT = timedelta(days=1)

LONGEST = timedelta(days=1)
"""No service asks to be left alone for longer."""

MILLISECOND = timedelta(milliseconds=1)

LONGEST_LINE = timedelta(seconds=20)
"""After the next turn. Whoever comes when the line is longer is told its beginning: some of those before may not come
back (their work was cancelled), and nobody is to wait long for nobody.
"""

_KNOWN = select(rate_limit.c.name, rate_limit.c.next_free).where(
    rate_limit.c.name.in_(bindparam("names", expanding=True))
)

SET = text(
    "INSERT INTO pace (name, next_free) VALUES (:name, :next_free)"
    " ON CONFLICT (name) DO UPDATE SET next_free = excluded.next_free"
    " WHERE excluded.next_free > pace.next_free OR pace.next_free > :latest"
)
"""Forward only: neither a clock that goes back nor a shorter pause gives anything away. But what waits for longer
than anything may wait was written by a clock that was wrong, and does not hold everybody up until then.
"""


class StoredRateLimit:
    """`bot.core.tasks.RateLimit`: the generic cell rate algorithm (ITU-T I.371), one row per limit, one per pause,
    and one per line of those who were refused.

    `next_free` of a limit is the time at which a steady stream would have its next turn; a burst may be ahead of it.
    Errors: StoreUnavailable.
    """

    def __init__(self, connections: Connections, clock: Clock) -> None:
        self._connections = connections
        self._clock = clock

    @transaction
    def take(self, connection: Connection, name: str, interval: timedelta, burst: int, count: int = 1) -> timedelta:
        """See the port. Intervals count in whole milliseconds, rounded up: rather a little slower than too fast."""
        if not 1 <= count <= max(burst, 1):
            raise ValueError(f"{count} at once never fit into a burst of {burst}")
        step: int = -(-interval // MILLISECOND)
        to_wait: int = max(LONGEST // MILLISECOND, max(burst, 1) * step)
        self._connections.serialise(connection, "pace", name)
        now = to_milliseconds(self._clock())
        pause, line = f"{name} (pause)", f"{name} (line of {burst})"
        latest = now + to_wait
        found = connection.execute(_KNOWN, {"names": (name, pause, line)})
        known = {row.name: row.next_free for row in found if row.next_free <= latest}
        # Who comes to their place a little late must not make everybody in line come too early.
        since = now - step if known.get(line, now) > now else now
        next_free = max(known.get(name, now), since)
        turn: int = max(next_free - (max(burst, 1) - count) * step, known.get(pause, now))
        if turn <= now:
            connection.execute(SET, {"name": name, "next_free": next_free + count * step, "latest": latest})
            return timedelta()
        longest = turn + LONGEST_LINE // MILLISECOND
        place: int = max(known.get(line, turn), turn)
        if place >= longest:
            place = turn
        connection.execute(SET, {"name": line, "next_free": place + count * step, "latest": longest - 1})
        return (place - now) * MILLISECOND

    @transaction
    def pause(self, connection: Connection, name: str, until: datetime) -> None:
        """See the port. A pause that is shorter than the one that is on changes nothing."""
        self._connections.serialise(connection, "pace", name)
        latest = to_milliseconds(self._clock() + LONGEST)
        values = {"name": f"{name} (pause)", "next_free": min(to_milliseconds(until), latest), "latest": latest}
        connection.execute(SET, values)

    @transaction
    def purge(self, connection: Connection, now: datetime) -> int:
        """Removes limits nobody has asked for in a day; returns how many."""
        return connection.execute(
            delete(rate_limit).where(rate_limit.c.next_free < to_milliseconds(now - KEPT))
        ).rowcount
