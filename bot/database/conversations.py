"""Where the bot may speak first: one row per conversation the app is installed in.

Only personal conversations belong here: `of` answers where a person can be spoken to, and does not know of scopes.

A row says whose chat a message about students goes to, so it is sealed (`rights.py`): an object id written into
another's row, or a row made up, gives nothing and is an alarm. The person's next step in the chat writes it again.
"""

import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Connection, Row, Select, delete, select, text, update

from bot.core.audit import AuditEntry
from bot.core.clock import Clock
from bot.core.memory import Memory
from bot.database.audit import ChainedAuditLog
from bot.database.connections import Connections
from bot.database.rights import DATABASE, RESEALED, Note, Rights, transaction_with_alarm
from bot.database.tables import conversation, to_milliseconds
from bot.database.transaction import transaction

log = logging.getLogger(__name__)

SEALED_SINCE = "0007"
"""The revision of the tables that has the seal."""

REMEMBERED_FOR = timedelta(seconds=60)
"""How long another replica may not have noticed that the app was removed here."""

REMEMBERED_CONVERSATIONS = 10_000

ADD = text(
    "INSERT INTO conversation"
    " (conversation_id, service_url, tenant_id, bot_id, user_id, object_id, locale, updated, seal)"
    " VALUES (:conversation_id, :service_url, :tenant_id, :bot_id, :user_id, :object_id, :locale, :updated, :seal)"
    " ON CONFLICT (conversation_id) DO NOTHING"
)


class Reference(Protocol):
    """What a conversation reference has, whoever made it."""

    @property
    def conversation_id(self) -> str: ...  # noqa: D102 -- the channel's own words; StoredReference shows them together
    @property
    def service_url(self) -> str: ...  # noqa: D102 -- said above
    @property
    def tenant_id(self) -> str: ...  # noqa: D102 -- said above
    @property
    def bot_id(self) -> str: ...  # noqa: D102 -- said above
    @property
    def user_id(self) -> str: ...  # noqa: D102 -- said above
    @property
    def object_id(self) -> str: ...  # noqa: D102 -- said above
    @property
    def locale(self) -> str | None: ...  # noqa: D102 -- said above


@dataclass(frozen=True, slots=True)
class StoredReference:
    """A reference as read back; the fields are those of `Reference`."""

    conversation_id: str
    service_url: str
    tenant_id: str
    bot_id: str
    user_id: str
    object_id: str
    locale: str | None = None


FIELDS = tuple(StoredReference.__slots__)


class StoredConversations:
    """The conversation references. Errors: StoreUnavailable."""

    def __init__(self, connections: Connections, audit: ChainedAuditLog, rights: Rights, clock: Clock) -> None:
        self._connections = connections
        self._audit = audit
        self._rights = rights
        self._clock = clock
        self._recent: Memory[str, StoredReference] = Memory(REMEMBERED_FOR, REMEMBERED_CONVERSATIONS)
        self._removals = 0

    def seal_older(self, connection: Connection, before: str) -> None:
        """Within the migration from revision `before`: seals the rows of a release without seals, and says so in the
        audit log. It is never done again, so a row whose seal is taken away later stays without one.
        """
        if before >= SEALED_SINCE:
            return
        rows = connection.execute(select(conversation)).all()
        for row in rows:
            _overwrite(connection, self._sealed(row._asdict()))
        detail = {"count": str(len(rows))}
        entry = AuditEntry(self._clock(), DATABASE, RESEALED, conversation.name, "sealed", detail)
        self._audit.append_in(connection, (entry,))
        log.info("%d conversations of a release without seals are sealed now", len(rows))

    async def remember(self, reference: Reference) -> bool:
        """Keeps the reference. True when the conversation is new, or new again after `forget`: time to greet.

        Of several replicas that see a new conversation at once exactly one is told True. An unchanged reference is
        not written; one that names nobody does not wipe out the name that is known.
        """
        given = StoredReference(**{name: getattr(reference, name) for name in FIELDS})
        now = self._clock()
        if self._recent.get(given.conversation_id, now) == given:
            return False
        removals = self._removals
        new = await self._keep(given, to_milliseconds(now))
        if removals == self._removals:  # else it may be this very conversation that was removed meanwhile
            self._recent.put(given.conversation_id, given, now)
        return new

    async def forget(self, conversation_id: str) -> None:
        """The app was removed there: nothing of the conversation is kept."""
        await self._delete(conversation_id)
        self._removals += 1
        self._recent.drop(conversation_id)

    @transaction
    def _delete(self, connection: Connection, conversation_id: str) -> None:
        connection.execute(delete(conversation).where(conversation.c.conversation_id == conversation_id))

    @transaction_with_alarm
    def _keep(self, connection: Connection, note: Note, given: StoredReference, now: int) -> bool:
        """Whether it is new."""
        here = conversation.c.conversation_id == given.conversation_id
        written = self._sealed(asdict(given) | {"updated": now})
        known = _first(connection, here)
        if known is None and connection.execute(ADD, written).rowcount == 1:
            return True
        known = known or _first(connection, here)  # another replica was quicker
        if known is None:
            return False  # and it has been removed again meanwhile
        sound = self._rights.sound(conversation, known, note)
        written["object_id"] = given.object_id or (known.object_id if sound else "")
        if not sound or any(getattr(known, name) != written[name] for name in FIELDS):
            _overwrite(connection, self._sealed(written))
        return False

    @transaction_with_alarm
    def of(self, connection: Connection, note: Note, object_id: str) -> StoredReference | None:
        """The person's conversation that changed last, None when the app is not installed for the person."""
        if not object_id:
            return None
        found = connection.execute(_newest(conversation.c.object_id == object_id)).all()
        sound = next((row for row in found if self._rights.sound(conversation, row, note)), None)
        return None if sound is None else _reference(sound)

    def _sealed(self, values: Mapping[str, Any]) -> dict[str, Any]:
        return {**values, "seal": self._rights.seal(conversation, values)}

    @transaction
    def anybody(self, connection: Connection) -> str:
        """The object id of whoever's conversation changed last; empty when there is none yet."""
        found = _first(connection, conversation.c.object_id != "")
        return found.object_id if found else ""


def _newest(wanted: ColumnElement[bool]) -> Select[Any]:
    return select(conversation).where(wanted).order_by(conversation.c.updated.desc(), conversation.c.conversation_id)


def _first(connection: Connection, wanted: ColumnElement[bool]) -> Row[Any] | None:
    found: Row[Any] | None = connection.execute(_newest(wanted).limit(1)).first()
    return found


def _reference(row: Row[Any]) -> StoredReference:
    return StoredReference(**{name: getattr(row, name) for name in FIELDS})


def _overwrite(connection: Connection, written: Mapping[str, Any]) -> None:
    connection.execute(
        update(conversation)
        .where(conversation.c.conversation_id == written["conversation_id"])
        .values({name: written[name] for name in (*FIELDS, "updated", "seal")})
    )
