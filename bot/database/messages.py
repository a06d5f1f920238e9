"""What the bot said of its own accord, so that it says it once and can change it later.

Channels take no key for what is sent to them, so a message whose sending was not clearly answered is in doubt: an
intent was written and nothing after it.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, not_, or_, select, text, update

from bot.core.clock import Clock
from bot.database.connections import Connections
from bot.database.tables import EPOCH, from_milliseconds, message, to_milliseconds
from bot.database.transaction import transaction

KEPT = timedelta(days=90)
"""As long as a dead task, which an operator may revive (`python app.py revive`)."""

REQUESTS, REQUESTS_KEPT = "transfer:", timedelta(days=400)
"""The keys of the cards of transfer requests begin so. They are kept as long as a request that is closed: a card of
last autumn is emptied when its holder's authority ends in summer.
"""

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

SENDING = timedelta(seconds=15)
"""After this time whoever was sending is gone: a sending may last ten seconds."""

_OF_KEY = message.c.key == bindparam("message")
_ONE = select(message).where(_OF_KEY)
_CHANGED = update(message).where(_OF_KEY)
_INTENDED = (_OF_KEY, message.c.state == "intent")
_FREE = or_(message.c.shown <= bindparam("over"), message.c.shown > bindparam("beyond"))
_BEGUN = update(message).where(*_INTENDED, _FREE).values(shown=bindparam("sign"))
_NOT_SENT = update(message).where(*_INTENDED, message.c.shown == bindparam("sign")).values(shown=bindparam("left"))
"""An intention shows nothing yet; or in its place until when it is being sent (`_sign`), or that nobody knows whether
it was (`_DOUBT`, which as a word comes before all signs).
"""
_DOUBT = "doubt"


@dataclass(frozen=True, slots=True)
class StoredMessage:
    """A message: `state` is `intent` (about to be sent, or in doubt) or `sent`; `shown` which state of its subject it
    shows, once it is sent. `at`: when it was intended, or last changed.
    """

    key: str
    conversation_id: str
    activity_id: str
    state: str
    shown: str
    at: datetime = field(default=EPOCH, compare=False)

    @property
    def in_doubt(self) -> bool:
        """Its sending was begun, and not certainly refused."""
        return self.state == "intent" and bool(self.shown)


class StoredMessages:
    """The messages by their key. Errors: StoreUnavailable."""

    def __init__(self, connections: Connections, clock: Clock) -> None:
        self._connections = connections
        self._clock = clock

    @transaction
    def intend(self, connection: Connection, key: str, conversation_id: str) -> StoredMessage:
        """Writes down that it is about to be sent; or what is known of it already, unchanged."""
        values = {"key": key, "conversation_id": conversation_id, "at": to_milliseconds(self._clock())}
        connection.execute(INTEND, values)
        return _read(connection.execute(_ONE, {"message": key}).one())

    @transaction
    def known(self, connection: Connection, key: str) -> StoredMessage | None:
        """What is known of it; None: it was never intended."""
        row = connection.execute(_ONE, {"message": key}).one_or_none()
        return None if row is None else _read(row)

    @transaction
    def begin(self, connection: Connection, key: str) -> str | None:
        """Takes the sending of what is intended: the sign of it, which lapses by itself. None: another worker is
        sending it, or it is sent.
        """
        now = self._clock()
        # One that is to last for longer than any may was written by a clock that was wrong.
        given = {"message": key, "over": _sign(now), "sign": _sign(now + SENDING), "beyond": _sign(now + 2 * SENDING)}
        return given["sign"] if connection.execute(_BEGUN, given).rowcount == 1 else None

    @transaction
    def not_sent(self, connection: Connection, key: str, sign: str, *, in_doubt: bool) -> None:
        """The sending with this sign is over: anybody may send it. `in_doubt`: it may have arrived."""
        connection.execute(_NOT_SENT, {"message": key, "sign": sign, "left": _DOUBT if in_doubt else ""})

    async def sent(self, key: str, activity_id: str, shown: str) -> None:
        """The channel took it under this id."""
        await self._change(key, activity_id=activity_id, state="sent", shown=shown)

    async def shown(self, key: str, shown: str) -> None:
        """It was changed and shows this now."""
        await self._change(key, shown=shown)

    @transaction
    def unsent(self, connection: Connection, keys: Collection[str]) -> frozenset[str]:
        """Those of these that were not sent."""
        sent = select(message.c.key).where(message.c.key.in_(sorted(keys)), message.c.state == "sent")
        return frozenset(keys) - set(connection.execute(sent).scalars())

    async def covered(self, keys: Collection[str], conversation_id: str, shown: str) -> None:
        """Another message speaks for these: they count as sent, and there is nothing to be changed. One that was sent
        meanwhile stays as it is.
        """
        now = to_milliseconds(self._clock())
        rows = [{"key": key, "conversation_id": conversation_id, "shown": shown, "at": now} for key in sorted(keys)]
        if rows:
            await self._connections.run(lambda connection: connection.execute(COVER, rows))

    @transaction
    def forget(self, connection: Connection, key: str) -> None:
        """It certainly was not delivered, or is gone: it may be sent again."""
        connection.execute(delete(message).where(message.c.key == key))

    @transaction
    def since(self, connection: Connection, key: str, conversation_id: str) -> datetime:
        """When this key was first written down: now, if it was not."""
        values = {"key": key, "conversation_id": conversation_id, "at": to_milliseconds(self._clock())}
        connection.execute(INTEND, values)
        at = connection.execute(select(message.c.at).where(message.c.key == key)).scalar_one()
        return from_milliseconds(at)

    @transaction
    def purge(self, connection: Connection, now: datetime) -> int:
        """Removes what was not touched for ninety days, cards of requests for 400; returns how many."""
        of_requests = message.c.key.like(f"{REQUESTS}%")
        removed = 0
        for kept, these in ((KEPT, not_(of_requests)), (REQUESTS_KEPT, of_requests)):
            old = message.c.at < to_milliseconds(now - kept)
            removed += connection.execute(delete(message).where(old, these)).rowcount
        return removed

    @transaction
    def _change(self, connection: Connection, /, key: str, **values: str) -> None:
        now = to_milliseconds(self._clock())
        connection.execute(_CHANGED, {"message": key, "at": now, **values})


def _sign(until: datetime) -> str:
    """All of one length, so that as words they are in the order of their times."""
    return f"sending {to_milliseconds(until):015}"


def _read(row: Row[Any]) -> StoredMessage:
    at = from_milliseconds(row.at)
    return StoredMessage(row.key, row.conversation_id, row.activity_id, row.state, row.shown, at)
