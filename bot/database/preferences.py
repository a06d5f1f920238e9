"""What a person chose."""

from datetime import timedelta

from sqlalchemy import Connection, select, text

from bot.core.clock import Clock
from bot.core.memory import Memory
from bot.database.connections import Connections
from bot.database.tables import preference
from bot.database.transaction import transaction

REMEMBERED_FOR = timedelta(seconds=60)
"""How long another replica may show the old language."""

REMEMBERED_PEOPLE = 10_000

CHOOSE = text(
    "INSERT INTO preference (object_id, language) VALUES (:object_id, :language)"
    " ON CONFLICT (object_id) DO UPDATE SET language = excluded.language"
)


class StoredPreferences:
    """`bot.core.ports.Preferences`, remembered for a minute. Errors: StoreUnavailable."""

    def __init__(self, connections: Connections, clock: Clock) -> None:
        self._connections = connections
        self._clock = clock
        self._recent: Memory[str, tuple[str | None]] = Memory(REMEMBERED_FOR, REMEMBERED_PEOPLE)
        self._choices = 0

    async def language(self, object_id: str) -> str | None:
        """The chosen language, None when never chosen."""
        now = self._clock()
        known = self._recent.get(object_id, now)
        if known is not None:
            return known[0]
        choices = self._choices
        language = await self._chosen(object_id)
        if choices == self._choices:  # else what was read may be older than what was chosen meanwhile
            self._recent.put(object_id, (language,), now)
        return language

    async def choose_language(self, object_id: str, language: str) -> None:
        """Remembers the choice."""
        self._recent.drop(object_id)
        chosen = {"object_id": object_id, "language": language}
        await self._connections.run(lambda connection: connection.execute(CHOOSE, chosen))
        self._choices += 1
        self._recent.put(object_id, (language,), self._clock())

    @transaction
    def _chosen(self, connection: Connection, object_id: str) -> str | None:
        found = connection.execute(select(preference.c.language).where(preference.c.object_id == object_id))
        return found.scalar_one_or_none()
