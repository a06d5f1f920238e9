"""What is asked of the outside about who acts: for recognising somebody, and for finding whom a school concerns."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from bot.core.actors.deputies import Deputy
from bot.core.actors.model import Actor, RoleFacts
from bot.core.audit import AuditEntry
from bot.core.decision import Decision
from bot.core.people.model import School
from bot.core.tasks import NewTask


class FreshActors(Protocol):
    """Who somebody is, read now and not from memory. Errors: DirectoryError and its kinds, StoreUnavailable."""

    async def fresh(self, object_id: str, tenant_id: str) -> Actor:
        """The person as an actor at this moment, with what a director has authorised them to."""
        ...


class RoleSource(Protocol):
    """What the directory says about who is signed in. Errors: DirectoryError and its kinds."""

    async def role_facts(self, object_id: str) -> RoleFacts:
        """One request. A person the directory does not know gives `exists=False`, never an error."""
        ...

    async def school_by_code(self, code: str) -> School | None:
        """The school with this НЕИСПУО code (with or without leading zero), None when there is none."""
        ...


class KnownDirectors(Protocol):
    """Directors whom the bot has met. Errors: StoreUnavailable."""

    async def directors(self, school_id: str, since: datetime) -> tuple[str, ...]:
        """Object ids of those who have acted as this school's director since then."""
        ...


class KnownExperts(Protocol):
    """Experts of the regional offices. Errors: StoreUnavailable."""

    async def experts(self, region: str) -> tuple[str, ...]:
        """Object ids of the experts of this region's office: those who are configured, and those seen.

        Errors: also DirectoryError and its kinds, where one is configured by username.
        """
        ...


class Deciders(KnownDirectors, KnownExperts, Protocol):
    """Everybody who may have to decide for a school or region. Errors: StoreUnavailable."""

    async def deputies(self, school_id: str, now: datetime) -> tuple[str, ...]:
        """Object ids of those who are authorised to decide for this school now."""
        ...


class PasswordsElsewhere(Protocol):
    """Whether another school has set somebody's password lately. Errors: StoreUnavailable."""

    async def __call__(self, person: str, school: str) -> bool:
        """Whether another school than this one (its directory id) may know it."""
        ...


class Deputies(Protocol):
    """Who is authorised to decide for a school. Errors: StoreUnavailable."""

    async def of_person(self, person: str, now: datetime) -> tuple[Deputy, ...]:
        """What this person is authorised to at this moment, the newest first."""
        ...

    async def of_school(self, school: str, now: datetime) -> tuple[Deputy, ...]:
        """Who is authorised for this school at this moment, by when it was given."""
        ...

    async def schools(self, now: datetime) -> tuple[str, ...]:
        """The schools that have authorised anybody at this moment."""
        ...

    async def authorise(
        self,
        deputy: Deputy,
        entries: Sequence[AuditEntry],
        judge: Callable[[Sequence[Deputy]], Decision],
        tasks: Sequence[NewTask] = (),
    ) -> Decision:
        """Writes it down with the tasks, in the place of an earlier authority of the same person for the same school.

        Serialised per person, across replicas: `judge` is asked with all that the person is authorised to and that is
        not over, the newest first. What it denies is given back, and nothing is kept.
        """
        ...

    async def end(
        self,
        school: str,
        person: str,
        now: datetime,
        entries: Sequence[AuditEntry],
        tasks: Sequence[NewTask] = (),
    ) -> bool:
        """Ends it now. False, and nothing kept, when there is none at this moment."""
        ...
