"""What the bot said of its own accord, so that it says it once and can change it later.

Channels take no key for what is sent to them, so a message whose sending was not clearly answered is in doubt: an
intent was written and nothing after it.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, delete, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.clock import Clock
from bot.database.connections import Connections
from bot.database.tables import EPOCH, from_milliseconds, message, to_milliseconds

KEPT = timedelta(days=90)
"""As long as a dead task, which an operator may revive."""

INTEND = text(
    "INSERT INTO message (key, conversation_id, activity_id, state, shown, at)"
    " VALUES (:key, :conversation_id, '', 'intent', '', :at) ON CONFLICT (key) DO NOTHING"
)


COVER = text(
    "INSERT INTO message (key, conversation_id, activity_id, state, shown, at)"
    " VALUES (:key, :conversation_id, '', 'sent', :shown, :at)"
    " ON CONFLICT (key) DO UPDATE SET state = 'sent', shown = excluded.shown, at = excluded.at"
    " WHERE message.state = 'intent'"
)


@dataclass(frozen=True, slots=True)
class StoredMessage:
    """A message: `state` is `intent` (about to be sent, or in doubt) or `sent`; `shown` which state of its subject it
    shows. `fresh`: it was written down by this very call. `at`: when it was intended, or last changed.
    """

    key: str
    conversation_id: str
    activity_id: str
    state: str
    shown: str
    at: datetime = field(default=EPOCH, compare=False)
    fresh: bool = field(default=False, compare=False)


class StoredMessages:
    """The messages by their key. Errors: StoreUnavailable."""

    def __init__(self, connections: Connections, clock: Clock) -> None:
        self._connections = connections
        self._clock = clock

    async def intend(self, key: str, conversation_id: str) -> StoredMessage:
        """Writes down that it is about to be sent; or what is known of it already, unchanged."""

        async def work(connection: AsyncConnection) -> StoredMessage:
            values = {"key": key, "conversation_id": conversation_id, "at": to_milliseconds(self._clock())}
            fresh = (await connection.execute(INTEND, values)).rowcount == 1
            row = (await connection.execute(select(message).where(message.c.key == key))).one()
            return _read(row, fresh=fresh)

        return await self._connections.run(work)

    async def known(self, key: str) -> StoredMessage | None:
        """What is known of it; None: it was never intended."""

        async def work(connection: AsyncConnection) -> StoredMessage | None:
            row = (await connection.execute(select(message).where(message.c.key == key))).one_or_none()
            return None if row is None else _read(row)

        return await self._connections.run(work)

    async def sent(self, key: str, activity_id: str, shown: str) -> None:
        """The channel took it under this id."""
        await self._change(key, activity_id=activity_id, state="sent", shown=shown)

    async def shown(self, key: str, shown: str) -> None:
        """It was changed and shows this now."""
        await self._change(key, shown=shown)

    async def unsent(self, keys: Collection[str]) -> frozenset[str]:
        """Those of these that were not sent."""

        async def work(connection: AsyncConnection) -> frozenset[str]:
            sent = select(message.c.key).where(message.c.key.in_(sorted(keys)), message.c.state == "sent")
            return frozenset(keys) - set((await connection.execute(sent)).scalars())

        return await self._connections.run(work)

    async def covered(self, keys: Collection[str], conversation_id: str, shown: str) -> None:
        """Another message speaks for these: they count as sent, and there is nothing to be changed. One that was sent
        meanwhile stays as it is.
        """
        now = to_milliseconds(self._clock())
        rows = [{"key": key, "conversation_id": conversation_id, "shown": shown, "at": now} for key in sorted(keys)]

        async def work(connection: AsyncConnection) -> None:
            await connection.execute(COVER, rows)

        if rows:
            await self._connections.run(work)

    async def forget(self, key: str) -> None:
        """It certainly was not delivered, or is gone: it may be sent again."""

        async def work(connection: AsyncConnection) -> None:
            await connection.execute(delete(message).where(message.c.key == key))

        await self._connections.run(work)

    async def since(self, key: str, conversation_id: str) -> datetime:
        """When this key was first written down: now, if it was not."""

        async def work(connection: AsyncConnection) -> datetime:
            values = {"key": key, "conversation_id": conversation_id, "at": to_milliseconds(self._clock())}
            await connection.execute(INTEND, values)
            at = (await connection.execute(select(message.c.at).where(message.c.key == key))).scalar_one()
            return from_milliseconds(at)

        return await self._connections.run(work)

    async def purge(self, now: datetime) -> int:
        """Removes what was not touched for ninety days; returns how many."""

        async def work(connection: AsyncConnection) -> int:
            old = message.c.at < to_milliseconds(now - KEPT)
            return (await connection.execute(delete(message).where(old))).rowcount

        return await self._connections.run(work)

    async def _change(self, key: str, **values: str) -> None:
        async def work(connection: AsyncConnection) -> None:
            now = to_milliseconds(self._clock())
            await connection.execute(update(message).where(message.c.key == key).values(at=now, **values))

        await self._connections.run(work)


def _read(row: Row[Any], *, fresh: bool = False) -> StoredMessage:
    at = from_milliseconds(row.at)
    return StoredMessage(row.key, row.conversation_id, row.activity_id, row.state, row.shown, at, fresh=fresh)
