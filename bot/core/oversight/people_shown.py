"""The record of who was shown which people: lists, and a person's details, wherever they are read."""

from datetime import timedelta

from bot.core.audit import AuditEntry, AuditLog
from bot.core.clock import Clock
from bot.core.memory import Memory

SHOWN = "people.shown"

ONCE_WITHIN = timedelta(minutes=1)
"""Who looks at the same again within a minute leaves no second entry: a card that is refreshed would fill the log."""

_MOST_REMEMBERED = 10_000


class RecordPeopleShown:
    """Writes one entry before the answer is given: who, what kind, whose people, how many. No name, no identifier.

    What was recorded within the last minute is remembered by this process alone; another replica records it again.
    """

    def __init__(self, audit: AuditLog, clock: Clock, within: timedelta = ONCE_WITHIN) -> None:
        self._audit = audit
        self._clock = clock
        self._recent: Memory[tuple[str, ...], bool] = Memory(within, _MOST_REMEMBERED)

    async def __call__(self, actor: str, kind: str, subject: str, class_: str, *, count: int, whom: str) -> None:
        """`subject`: the object id of the one person, or the id of the school, class or region whose people they are;
        `whom` tells some of them from others, and is written nowhere. Errors: StoreUnavailable (then they are not to
        be shown).
        """
        now = self._clock()
        what = (actor, kind, subject, class_, str(count), whom)
        if self._recent.get(what, now):
            return
        detail = {"count": str(count)} | ({"class": class_} if class_ else {})
        await self._audit.append(AuditEntry(now, actor, SHOWN, subject, kind, detail))
        self._recent.put(what, True, now)
