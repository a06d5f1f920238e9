"""The record of who did what to whom: one line of it, and where it is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.core.tasks import NewTask


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One line of the audit log: who did what to whom, when, and what came of it.

    `action` is a dotted name (`username.lookup`); `subject` an object id or a keyed pseudonym, never an identifier.
    `detail` is stored encrypted and must still hold no national identifier.
    """

    at: datetime
    actor: str
    action: str
    subject: str
    outcome: str
    detail: Mapping[str, str] = field(default_factory=dict)


class AuditLog(Protocol):
    """The append-only record. Errors: StoreUnavailable."""

    async def append(self, entry: AuditEntry) -> None:
        """Adds one entry to the chain."""
        ...


class Notes(Protocol):
    """Where something is recorded together with whom it is told. Errors: StoreUnavailable."""

    async def note(self, entries: Sequence[AuditEntry], tasks: Sequence[NewTask]) -> None:
        """Adds the entries to the chain and writes down the tasks, in one transaction."""
        ...
