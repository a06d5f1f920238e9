"""What transfer requests need from outside, beside what is in `bot.core.ports` and `bot.core.tasks`."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.core.actors.deputies import Deputy
from bot.core.audit import AuditEntry, Notes
from bot.core.decision import Decision
from bot.core.people.model import School
from bot.core.people.ports import ClassesOfSchool
from bot.core.tasks import NewTask, Task
from bot.core.transfers.limits import Past
from bot.core.transfers.model import Asked, Deadlines, Group, Placement, State, Step, Team, Transfer
from bot.core.transfers.told import Delivery


class Placements(ClassesOfSchool, Protocol):
    """Where students are, as the reader identity sees it. Errors: DirectoryError and its kinds."""

    async def of(self, person_id: str) -> Placement | None:
        """Everything that decides, read now, in two requests; None when there is no such account. A part that cannot
        be read fails the whole.
        """
        ...

    async def schools_of(self, person_ids: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
        """The directory ids of the schools of each of these (at most 20), in one request of low priority; who could
        not be read is not in the answer. One who is no more attends no school.
        """
        ...

    async def teams_of_class(self, school: School, class_name: str) -> tuple[Team, ...]:
        """All teams that name this class alone (if none does, all that name it); read now. Empty: no such class,
        or no name of one, or one that is over.
        """
        ...

    async def class_is_over(self, school: School, class_name: str) -> bool:
        """Whether this class has teams, and the lessons of all of them are over; read now."""
        ...

    async def teams_of_school(self, school_id: str) -> tuple[Team, ...]:
        """All class teams of a school; read now."""
        ...


@dataclass(frozen=True, slots=True)
class StepOutcome:
    """What became of one step of several that went together. `error`: why it is not done; `gone`: its team is no
    more, so that there is nothing to do.
    """

    step: Step
    error: Exception | None = None
    gone: bool = False


class EnrolmentWriter(Protocol):
    """What only the worker's writer identity may do. Each call is one request; repeating it leads to the same state:
    somebody added before or removed before is no error.
    """

    async def carry_out(self, person_id: str, steps: Sequence[Step]) -> tuple[StepOutcome, ...]:
        """At most 20 steps of one kind, in one request; what became of each, in the order given.

        Errors (of the request as a whole, and as `StepOutcome.error` of a step): DirectoryBusy (certainly not done;
        also of a person who is read and cannot be written yet), DirectoryUnavailable (in doubt), DirectoryForbidden,
        AccountMissing (no such school), DirectoryMisunderstood (all: not done).
        """
        ...


class Installer(Protocol):
    """Installs the bot's own app for a person, so that they can be spoken to. Errors: DirectoryError and kinds."""

    async def install(self, person_id: str) -> bool:
        """Whether it is installed now, or was before. False: it cannot be (not configured, or not allowed)."""
        ...


@dataclass(frozen=True, slots=True)
class Released:
    """A release to be written with a change: until then the student may be given a password by the receiving school.
    One whose `until` is the present moment ends an earlier one.
    """

    person: str
    school: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """What is written with a change, in its transaction: tasks, a release, audit entries last.

    `task`: the change is made by this task's attempt and fenced by it (TaskLost: nothing is kept); `finishes`: the
    task is done with it. `steps`: a new plan, in the place of any older one.
    """

    entries: tuple[AuditEntry, ...] = ()
    tasks: tuple[NewTask, ...] = ()
    release: Released | None = None
    steps: tuple[Step, ...] | None = None
    task: Task | None = None
    finishes: bool = False


class Transfers(Notes, Protocol):
    """Where requests are. Each call is one transaction. Errors of all calls: StoreUnavailable."""

    async def submit(
        self,
        asked: Asked,
        deadlines: Deadlines,
        state: State,
        keep: Callable[[Transfer], Kept],
        judge: Callable[[Past], Decision],
    ) -> Transfer | Decision:
        """Serialised per student and per school that asks: writes the request with the next number and version 1,
        with what `keep` says of it; or gives what `judge` denied, asked with what this school has asked before.

        An id already stored gives the stored request as it is now (a repeated press). Where the student has an
        unfinished request, that one is returned instead and nothing is written: its id is another.
        """
        ...

    async def past(self, actor: str, person: str, *, receiving: str, releasing: str, now: datetime) -> Past:
        """What a judge would be asked with."""
        ...

    async def one(self, transfer_id: str) -> Transfer | None:
        """The request."""
        ...

    async def unfinished_of(self, person_id: str) -> Transfer | None:
        """The student's one unfinished request."""
        ...

    async def change(self, before: Transfer, after: Transfer, kept: Kept) -> Transfer | None:
        """Writes what differs, guarded by `before.version`; the request as it is then, its version one more.

        None, and nothing kept, when the version has moved on (somebody else was first), or when what was closed would
        be the student's second unfinished request, or what was done is overtaken.
        """
        ...

    async def change_by_deputy(
        self,
        before: Transfer,
        after: Transfer,
        kept: Kept,
        deputy: str,
        judge: Callable[[Sequence[Deputy]], Decision],
    ) -> Transfer | Decision | None:
        """The same in a director's place, serialised with the end of the authority: `judge` is asked with all that
        the deputy is authorised to in this transaction. What it denies is given back, and nothing is kept.
        """
        ...

    async def overtaken(self, transfer: Transfer) -> bool:
        """Whether another request about the student, to or from one of its schools, was approved after this one, and
        has ended.
        """
        ...

    async def steps(self, transfer_id: str) -> tuple[Step, ...]:
        """The plan, in the order it was given."""
        ...

    async def record(self, task: Task, transfer_id: str, done: Sequence[Step], at: datetime) -> None:
        """These steps of the plan are done. Fenced by the task (TaskLost); what is recorded stays as it is."""
        ...

    async def page(
        self, group: Group, *, school: str = "", region: str = "", after: int = 0, most: int = 10
    ) -> tuple[Transfer, ...]:
        """A page of a list: at most `most`, leaving out the first `after`.

        SENT and RECEIVED: the unfinished ones of `school` as receiving or releasing school, those longest due first.
        CLOSED: the closed ones of `school` on either side, newest first. OFFICE: those that are ESCALATED, OVERDUE or
        NEEDS_ATTENTION whose releasing school is in `region`, in this order of states, then longest due first.
        """
        ...

    async def counts(self, *, school: str = "", region: str = "") -> Mapping[Group, int]:
        """How many there are in each list (OFFICE for a region; the others for a school)."""
        ...

    async def states(self, region: str) -> Mapping[State, int]:
        """How many of an office's list are in each state; none that nothing is in."""
        ...

    async def earlier(self, transfer: Transfer, since: datetime, most: int) -> tuple[Transfer, ...]:
        """Other requests of the same receiving school to the same releasing one since then, newest first."""
        ...

    async def delivered(
        self, transfer_id: str, deliveries: Collection[Delivery], tasks: Sequence[NewTask] = ()
    ) -> None:
        """Notes whether these people could be told, and the tasks; a later note takes the place of an earlier one."""
        ...

    async def told_for(self, school: str, person: str) -> tuple[str, ...]:
        """Ids of the requests to this school of which this person was, or was to be, told as one of those who decide
        there; the newest first.
        """
        ...

    async def deliveries(self, transfer_id: str) -> tuple[Delivery, ...]:
        """The newest note of each person, by side, then person."""
        ...
