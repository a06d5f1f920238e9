"""What the core needs from outside, said in the core's own words. Who provides it is the container's business.

What only one feature needs is said in that feature's own `ports.py`.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from bot.core.audit import AuditEntry
from bot.core.decision import Decision
from bot.core.tasks import NewTask
from bot.core.usernames.model import Attempt, Outcome, Reach


class LookupLedger(Protocol):
    """The budget of each director, and with it the audit of each look-up. Errors: StoreUnavailable."""

    async def reserve(
        self,
        actor: str,
        operation: str,
        reach: Reach,
        at: datetime,
        judge: Callable[[Sequence[Attempt]], Decision],
    ) -> Decision:
        """In one transaction, serialised per actor: read the actor's attempts of the last seven days (oldest first,
        `FAILED` ones left out), ask `judge`, and if it allows, write a `PENDING` attempt under `operation`.

        An `operation` already written is allowed again without being charged or judged (double press, resend), unless
        it `FAILED`: it was charged to nobody, so it is judged and charged like a new one.
        """
        ...

    async def settle(
        self,
        actor: str,
        operation: str,
        reach: Reach,
        outcome: Outcome,
        entries: Sequence[AuditEntry],
        *,
        schools: frozenset[str] = frozenset(),
        tasks: Sequence[NewTask] = (),
    ) -> None:
        """In one transaction: the attempt's final reach, outcome and schools, the tasks, and the audit entries. An
        operation settled before keeps its first outcome, unless that was `FAILED`; entries and tasks are written all
        the same.
        """
        ...


class Preferences(Protocol):
    """What a person chose. Errors: StoreUnavailable."""

    async def language(self, object_id: str) -> str | None:
        """The chosen language (`bg`, `en`), None when never chosen."""
        ...

    async def choose_language(self, object_id: str, language: str) -> None:
        """Remembers the choice."""
        ...
