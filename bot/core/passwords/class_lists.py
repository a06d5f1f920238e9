"""Classes and their students, with what is known of their passwords."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from zoneinfo import ZoneInfo

from bot.core.actors.model import Actor
from bot.core.actors.permits import may_reset_passwords
from bot.core.clock import Clock
from bot.core.handover.birth import under_14
from bot.core.handover.policy import student_birth
from bot.core.passwords.model import PasswordStatus, Refused
from bot.core.passwords.ports import AccountReader, Operations, Rosters
from bot.core.passwords.status import status_of
from bot.core.people.model import Person, SchoolClass

_MOST_ASKED = 100
"""How many password changes one call of `AccountReader` gives."""


@dataclass(frozen=True, slots=True)
class StudentRow:
    """`under_14` is None where the identifier does not tell the age."""

    person: Person
    status: PasswordStatus
    under_14: bool | None


@dataclass(frozen=True, slots=True)
class ClassList:
    """By name."""

    class_: SchoolClass
    rows: tuple[StudentRow, ...]


class ListClasses:
    """The classes of the actor's school."""

    def __init__(self, *, rosters: Rosters) -> None:
        self._rosters = rosters

    async def __call__(self, actor: Actor) -> tuple[SchoolClass, ...] | Refused:
        """Errors: DirectoryError and its kinds."""
        permit = may_reset_passwords(actor)
        if not permit.allowed or actor.school is None:
            return Refused(permit)
        return await self._rosters.classes_of(actor.school)


class ListStudents:
    """The students of one class of the actor's school."""

    def __init__(
        self,
        *,
        rosters: Rosters,
        reader: AccountReader,
        operations: Operations,
        clock: Clock,
        admit_synthetic: bool = False,
        zone: tzinfo | None = None,
    ) -> None:
        self._rosters = rosters
        self._reader = reader
        self._operations = operations
        self._clock = clock
        self._admit_synthetic = admit_synthetic
        self._zone = zone or ZoneInfo("Europe/Sofia")

    async def __call__(self, actor: Actor, class_name: str) -> ClassList | Refused:
        """Empty when there is no such class. Errors: DirectoryError and its kinds, StoreUnavailable."""
        found = await self._found(actor, class_name)
        if isinstance(found, Refused):
            return found
        class_, students = found
        now = self._clock()
        latest = await self._operations.latest([person.id for person in students])
        changes = await self._changes([person.id for person in students if person.id in latest])
        return ClassList(
            class_,
            tuple(
                StudentRow(
                    person,
                    status_of(latest.get(person.id), changes.get(person.id), now),
                    self._under_14(person, now),
                )
                for person in students
            ),
        )

    async def roster(self, actor: Actor, class_name: str) -> tuple[Person, ...] | Refused:
        """Only who is in the class now, without what became of their passwords. Errors: DirectoryError."""
        found = await self._found(actor, class_name)
        return found if isinstance(found, Refused) else found[1]

    def birth(self, person: Person, today: date) -> date | None:
        """The date of birth that the person's identifier tells for certain."""
        return student_birth(person, today, self._admit_synthetic)

    async def _found(self, actor: Actor, class_name: str) -> tuple[SchoolClass, tuple[Person, ...]] | Refused:
        permit = may_reset_passwords(actor)
        if not permit.allowed or actor.school is None:
            return Refused(permit)
        for class_ in await self._rosters.classes_of(actor.school):
            if class_.name == class_name:
                return class_, await self._rosters.students_of(actor.school, class_)
        return SchoolClass(class_name, ()), ()

    async def _changes(self, person_ids: Sequence[str]) -> Mapping[str, datetime | None]:
        changes: dict[str, datetime | None] = {}
        for first in range(0, len(person_ids), _MOST_ASKED):
            changes.update(await self._reader.password_changes(person_ids[first : first + _MOST_ASKED]))
        return changes

    def _under_14(self, person: Person, now: datetime) -> bool | None:
        today = now.astimezone(self._zone).date()
        birth = self.birth(person, today)
        return None if birth is None else under_14(birth, today)
