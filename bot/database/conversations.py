"""Where the bot may speak first: one row per conversation the app is installed in.

Only personal conversations belong here: `of` answers where a person can be spoken to, and does not know of scopes.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any, Protocol

from sqlalchemy import delete, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.ports import Clock
from bot.database.connections import Connections
from bot.database.recent import Recent
from bot.database.tables import conversation, to_milliseconds

REMEMBERED_FOR = timedelta(seconds=60)
"""How long another replica may not have noticed that the app was removed here."""

REMEMBERED_CONVERSATIONS = 10_000

ADD = text(
    "INSERT INTO conversation"
    " (conversation_id, service_url, tenant_id, bot_id, user_id, object_id, locale, updated)"
    " VALUES (:conversation_id, :service_url, :tenant_id, :bot_id, :user_id, :object_id, :locale, :updated)"
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


class Conversations:
    """The conversation references. Errors: StoreUnavailable."""

    def __init__(self, connections: Connections, clock: Clock) -> None:
        self._connections = connections
        self._clock = clock
        self._recent: Recent[str, StoredReference] = Recent(REMEMBERED_CONVERSATIONS, REMEMBERED_FOR)
        self._removals = 0

    async def remember(self, reference: Reference) -> bool:
        """Keeps the reference. True when the conversation is new, or new again after `forget`: time to greet.

        Of several replicas that see a new conversation at once exactly one is told True. An unchanged reference is
        not written; one that names nobody does not wipe out the name that is known.
        """
        given = StoredReference(**{name: getattr(reference, name) for name in FIELDS})
        now = self._clock()
        if self._recent.get(given.conversation_id, now) == (given,):
            return False

        async def work(connection: AsyncConnection) -> bool:
            here = conversation.c.conversation_id == given.conversation_id
            written = asdict(given) | {"updated": to_milliseconds(now)}
            known = await _read(connection, here)
            if known is None and (await connection.execute(ADD, written)).rowcount == 1:
                return True
            known = known or await _read(connection, here)  # another replica was quicker
            if known is None:
                return False  # and it has been removed again meanwhile
            written["object_id"] = given.object_id or known.object_id
            if any(getattr(known, name) != written[name] for name in FIELDS):
                await _overwrite(connection, written)
            return False

        removals = self._removals
        new = await self._connections.run(work)
        if removals == self._removals:  # else it may be this very conversation that was removed meanwhile
            self._recent.put(given.conversation_id, given, now)
        return new

    async def forget(self, conversation_id: str) -> None:
        """The app was removed there: nothing of the conversation is kept."""

        async def work(connection: AsyncConnection) -> None:
            await connection.execute(delete(conversation).where(conversation.c.conversation_id == conversation_id))

        await self._connections.run(work)
        self._removals += 1
        self._recent.drop(conversation_id)

    async def of(self, object_id: str) -> StoredReference | None:
        """The person's conversation that changed last, None when the app is not installed for the person."""
        if not object_id:
            return None

        async def work(connection: AsyncConnection) -> StoredReference | None:
            return await _read(connection, conversation.c.object_id == object_id)

        return await self._connections.run(work)

    async def anybody(self) -> str:
        """The object id of whoever's conversation changed last; empty when there is none yet."""

        async def work(connection: AsyncConnection) -> str:
            found = await _read(connection, conversation.c.object_id != "")
            return found.object_id if found else ""

        return await self._connections.run(work)


async def _read(connection: AsyncConnection, wanted: Any) -> StoredReference | None:
    found = await connection.execute(
        select(conversation).where(wanted).order_by(conversation.c.updated.desc(), conversation.c.conversation_id)
    )
    row = found.first()
    return None if row is None else StoredReference(**{name: getattr(row, name) for name in FIELDS})


async def _overwrite(connection: AsyncConnection, written: Mapping[str, Any]) -> None:
    await connection.execute(
        update(conversation)
        .where(conversation.c.conversation_id == written["conversation_id"])
        .values({name: written[name] for name in (*FIELDS, "updated")})
    )
