"""What intake needs from outside, beside what is in `bot.core.people.ports`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.core.audit import AuditEntry
from bot.core.decision import Decision
from bot.core.intake.model import Charged
from bot.core.tasks import NewTask


@dataclass(frozen=True, slots=True)
class Follows:
    """What else a list calls for."""

    entries: tuple[AuditEntry, ...] = ()
    tasks: tuple[NewTask, ...] = ()


class IntakeLedger(Protocol):
    """The budget of each school, and with it the audit of each list. Errors: StoreUnavailable."""

    async def charges(self, school: str, season: int) -> tuple[Charged, ...]:
        """What the school has asked for in this season, oldest first."""
        ...

    async def reserve(
        self,
        school: str,
        operation: str,
        *,
        actor: str,
        at: datetime,
        season: int,
        count: int,
        judge: Callable[[Sequence[Charged]], Decision],
    ) -> Decision:
        """In one transaction, serialised per school: ask `judge` with the charges of the season, and if it allows,
        charge this list. One that is charged already is allowed again without being charged or judged (a repeated
        press).
        """
        ...

    async def settle(
        self,
        school: str,
        operation: str,
        charged: Charged,
        *,
        actor: str,
        season: int,
        entries: Sequence[AuditEntry],
        follows: Callable[[Sequence[Charged]], Follows],
    ) -> tuple[Charged, ...]:
        """In one transaction: what the list came to, the audit entries, and what the charges of its season then call
        for; gives these charges. `charged.count` is what it costs now that it is known whom it asked for. A list
        settled before keeps its first outcome and calls for nothing; the entries are written all the same. One that
        was released meanwhile (the same press elsewhere had no answer) is charged anew.
        """
        ...

    async def release(self, school: str, operation: str, entries: Sequence[AuditEntry]) -> None:
        """The directory gave no answer: charged to nobody, recorded all the same. One settled before stays."""
        ...
