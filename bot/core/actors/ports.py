"""What recognising an actor needs from outside. Everybody else finds it in `bot.core.ports`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.core.actors.deputies import Deputy
from bot.core.actors.model import RoleFacts
from bot.core.audit import AuditEntry
from bot.core.people.model import School


class RoleSource(Protocol):
    """What the directory says about who is signed in. Errors: DirectoryError and its kinds."""

    async def role_facts(self, object_id: str) -> RoleFacts:
        """One request. A person the directory does not know gives `exists=False`, never an error."""
        ...

    async def school_by_code(self, code: str) -> School | None:
        """The school with this НЕИСПУО code (with or without leading zero), None when there is none."""
        ...


class AccountIds(Protocol):
    """Accounts, whether or not the roster knows them: a school's own account need not be in it.

    Errors: DirectoryError and its kinds.
    """

    async def account_id(self, username: str) -> str | None:
        """The object id of the account with this full user principal name."""
        ...


class Deputies(Protocol):
    """Who is authorised to decide for a school. Errors: StoreUnavailable."""

    async def of_person(self, person: str, now: datetime) -> tuple[Deputy, ...]:
        """What this person is authorised to at this moment, the newest first."""
        ...

    async def of_school(self, school: str, now: datetime) -> tuple[Deputy, ...]:
        """Who is authorised for this school at this moment, by when it was given."""
        ...

    async def authorise(self, deputy: Deputy, entries: Sequence[AuditEntry]) -> None:
        """Writes it down in the place of an earlier authority of the same person for the same school."""
        ...

    async def end(self, school: str, person: str, now: datetime, entries: Sequence[AuditEntry]) -> bool:
        """Ends it now. False, and nothing kept, when there is none at this moment."""
        ...
