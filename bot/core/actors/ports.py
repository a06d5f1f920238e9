"""What recognising an actor needs from outside. Everybody else finds it in `bot.core.ports`."""

from typing import Protocol

from bot.core.actors.model import RoleFacts
from bot.core.people.model import School


class RoleSource(Protocol):
    """What the directory says about who is signed in. Errors: DirectoryError and its kinds."""

    async def role_facts(self, object_id: str) -> RoleFacts:
        """One request. A person the directory does not know gives `exists=False`, never an error."""
        ...

    async def school_by_code(self, code: str) -> School | None:
        """The school with this НЕИСПУО code (with or without leading zero), None when there is none."""
        ...
