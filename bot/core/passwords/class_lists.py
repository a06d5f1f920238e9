"""Classes and their students, with what is known of their passwords."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.core.actors.model import Actor
from bot.core.actors.permits import may_reset_passwords
from bot.core.clock import Clock, day_in_sofia
from bot.core.handover.policy import student_birth, under_14
from bot.core.passwords.model import NewOperation, Operation, PasswordDates, PasswordStatus, Refused, Timing
from bot.core.passwords.ports import AccountReader, Operations, Received, Rosters
from bot.core.passwords.status import begins_anew, is_accepted, status_by_dates, with_receipt
from bot.core.people.classes import grade_of
from bot.core.people.model import Person, SchoolClass

_MOST_ASKED = 100
"""Of how many one call of `AccountReader` gives the dates."""


@dataclass(frozen=True, slots=True)
class StudentRow:
    """`under_14` is None where the identifier does not tell the age. `anew`: nobody is known to use the password (see
    `status.begins_anew`); `changed_at`: when it was changed, with the status CHANGED.
    """

    person: Person
    status: PasswordStatus
    under_14: bool | None
    anew: bool = False
    changed_at: datetime | None = None
    given: NewOperation | None = None
    """As which the newest temporary password was asked for."""
    works: bool = False
    """The directory shows that one."""


@dataclass(frozen=True, slots=True)
class ClassList:
    """By name."""

    class_: SchoolClass
    rows: tuple[StudentRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListClasses:
    """The classes of the actor's school."""

    rosters: Rosters

    async def __call__(self, actor: Actor) -> tuple[SchoolClass, ...] | Refused:
        """Errors: DirectoryError and its kinds."""
        permit = may_reset_passwords(actor)
        if not permit.allowed or actor.school is None:
            return Refused(permit)
        return await self.rosters.classes_of(actor.school)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListStudents:
    """The students of one class of the actor's school, or of a selection: `among` these people, whose name is then
    in the place of a class's.
    """

    rosters: Rosters
    reader: AccountReader
    operations: Operations
    received: Received
    clock: Clock
    timing: Timing
    admit_synthetic: bool = False

    async def __call__(self, actor: Actor, class_name: str, among: Collection[str] = ()) -> ClassList | Refused:
        """Empty when there is no such class. Errors: DirectoryError and its kinds, StoreUnavailable."""
        found = await self._found(actor, class_name, among)
        if isinstance(found, Refused):
            return found
        class_, students = found
        return ClassList(class_, await self.rows(students))

    async def rows(self, students: Sequence[Person]) -> tuple[StudentRow, ...]:
        """What is known of the password of each. Errors: DirectoryError and its kinds, StoreUnavailable."""
        now = self.clock()
        ids = [person.id for person in students]
        newest, dates = await self.operations.newest(ids), await self._dates(ids)
        received = await self.received(ids)
        return tuple(
            StudentRow(person, PasswordStatus.UNREADABLE, self._under_14(person, now))
            if person.id in newest.unreadable
            else self._row(
                person,
                newest.operations.get(person.id),
                dates.get(person.id),
                now,
                received=person.id in received,
            )
            for person in students
        )

    def _row(
        self,
        person: Person,
        operation: Operation | None,
        dates: PasswordDates | None,
        now: datetime,
        *,
        received: bool,
    ) -> StudentRow:
        status = with_receipt(status_by_dates(operation, dates, now, self.timing), received=received)
        return StudentRow(
            person,
            status,
            self._under_14(person, now),
            anew=begins_anew(status, dates),
            changed_at=dates.changed if dates is not None and status is PasswordStatus.CHANGED else None,
            given=None if operation is None else operation.asked,
            works=is_accepted(operation, None if dates is None else dates.changed),
        )

    async def roster(
        self, actor: Actor, class_name: str, among: Collection[str] = ()
    ) -> tuple[Person, ...] | Refused:
        """Only who is in the class now, without what became of their passwords. Errors: DirectoryError."""
        found = await self._found(actor, class_name, among)
        return found if isinstance(found, Refused) else found[1]

    def birth(self, person: Person, today: date) -> date | None:
        """The date of birth that the person's identifier tells for certain."""
        return student_birth(person, today, self.admit_synthetic, grade=grade_of(person).number)

    async def _found(
        self, actor: Actor, class_name: str, among: Collection[str]
    ) -> tuple[SchoolClass, tuple[Person, ...]] | Refused:
        permit = may_reset_passwords(actor)
        if not permit.allowed or actor.school is None:
            return Refused(permit)
        if among:
            return SchoolClass(class_name, ()), await self.rosters.students_among(actor.school, among)
        for class_ in await self.rosters.classes_of(actor.school):
            if class_.name == class_name:
                return class_, await self.rosters.students_of(actor.school, class_)
        return SchoolClass(class_name, ()), ()

    async def _dates(self, person_ids: Sequence[str]) -> Mapping[str, PasswordDates]:
        dates: dict[str, PasswordDates] = {}
        for first in range(0, len(person_ids), _MOST_ASKED):
            dates.update(await self.reader.password_dates(person_ids[first : first + _MOST_ASKED]))
        return dates

    def _under_14(self, person: Person, now: datetime) -> bool | None:
        today = day_in_sofia(now)
        birth = self.birth(person, today)
        return None if birth is None else under_14(birth, today)
