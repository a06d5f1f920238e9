"""What temporary passwords need from outside, beside what is in `bot.core.ports` and `bot.core.tasks`."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.core.actors.ports import KnownDirectors
from bot.core.audit import AuditEntry, Notes
from bot.core.decision import Decision
from bot.core.passwords.model import (
    AccountFacts,
    Afterwards,
    Failure,
    Job,
    NewOperation,
    Operation,
    PasswordDates,
    SetTimes,
    Shown,
)
from bot.core.passwords.secret import Secret
from bot.core.people.free_text import FreeText
from bot.core.people.model import Person, School, SchoolClass
from bot.core.people.ports import ClassesOfSchool
from bot.core.tasks import NewTask, Task


class AccountReader(Protocol):
    """Accounts as the reader identity sees them. Errors: DirectoryError and its kinds."""

    async def facts(self, person_id: str) -> AccountFacts | None:
        """Everything that decides, read now, in one request; None: no such account. A part unread fails the whole."""
        ...

    async def password_changes(self, person_ids: Sequence[str]) -> Mapping[str, datetime | None]:
        """When each of these (at most 100) last changed the password; who could not be read is not in the answer."""
        ...

    async def password_dates(self, person_ids: Sequence[str]) -> Mapping[str, PasswordDates]:
        """The same, and when each account was made."""
        ...


class AccountWriter(Protocol):
    """What only the worker's writer identity may do. Each call is one request; repeating it leads to the same state.

    Errors: DirectoryBusy (throttled or never sent: certainly not done), DirectoryUnavailable (in doubt),
    DirectoryForbidden, PasswordRefused, AccountMissing, DirectoryMisunderstood (all: not done).
    """

    async def set_password(self, person_id: str, password: Secret, *, many: bool) -> datetime:
        """Sets it, to be changed at the next sign-in; the directory's own time of doing so. `many`: less urgent."""
        ...

    async def revoke_sessions(self, person_id: str) -> None:
        """Signs the account out everywhere (takes minutes)."""
        ...


class Waiting(Protocol):
    """Who waits for a password of somebody. Errors: StoreUnavailable."""

    async def __call__(self, person: str, school: str, asked_at: datetime, operation: str) -> Sequence[NewTask]:
        """What they are to be told once the password of this operation, which a director of this school asked for
        then, is set.
        """
        ...


class Received(Protocol):
    """Who was handed their account, as is noted on the boards of schools. Errors: StoreUnavailable."""

    async def __call__(self, person_ids: Collection[str]) -> Collection[str]:
        """Those of these with a receipt that was not taken back, whichever school's."""
        ...


class Rosters(ClassesOfSchool, Protocol):
    """Classes of a school and who is in them. Errors: DirectoryError and its kinds."""

    async def students_of(self, school: School, class_: SchoolClass) -> tuple[Person, ...]:
        """The students of the class who attend the school now, by name, teams read as far as they tell the class."""
        ...

    async def students_among(self, school: School, person_ids: Collection[str]) -> tuple[Person, ...]:
        """Those of these who are students of the school now, by name, with their teams."""
        ...

    async def class_teachers(self, person_id: str) -> tuple[str, ...]:
        """Object ids of the teachers of the student's „Час на класа“; empty when there is no such team."""
        ...


class Releases(Protocol):
    """Students whom another school's director has released by approving a request. Errors: StoreUnavailable."""

    async def released_by(self, person_id: str, school_id: str, now: datetime) -> str | None:
        """The directory id of the school that has released this student to this one; None when none has."""
        ...


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is to be kept when an operation begins: the decision, its audit entry, and (when allowed) its tasks."""

    decision: Decision
    entries: tuple[AuditEntry, ...]
    tasks: tuple[NewTask, ...] = ()


Judge = Callable[[NewOperation, Sequence[Operation]], Judgement]
"""Given an operation about to begin and the person's operations of the last 48 hours, newest first."""


@dataclass(frozen=True, slots=True)
class Begun:
    """`operation` is None when `decision` denied it."""

    operation: Operation | None
    decision: Decision


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest operation of each person that counts. `unreadable`: the persons whose newest is there, but another
    release wrote it, or somebody changed its row.
    """

    operations: Mapping[str, Operation]
    unreadable: frozenset[str]


@dataclass(frozen=True, slots=True)
class SlipLink:
    """A way to the slips of one operation or one job. `digest` stands for the link's token."""

    digest: bytes = field(repr=False)
    actor: str
    conversation: str
    operation: str
    job: str
    until: datetime


OwnSentence = Callable[[str], Awaitable[FreeText]]
"""The own words of a school, by its id, for its slips. Errors: StoreUnavailable."""

Entries = Callable[[Operation], Sequence[AuditEntry]]  # of an operation as it is after a change
LinkEntries = Callable[[SlipLink, bool], Sequence[AuditEntry]]  # of a use of a link, and whether it was used before


class Operations(KnownDirectors, Notes, Protocol):
    """Where operations, their secrets, their jobs and links are. Each call is one transaction, with the audit entries
    last. Calls that take a `task` are fenced by it: TaskLost when another worker holds it, and nothing is kept. By
    beginning an operation somebody becomes known as a director of the school.

    Errors of all calls: StoreUnavailable.
    """

    async def begin(
        self,
        new: Sequence[NewOperation],
        judge: Judge,
        job: Job | None = None,
        *,
        unreadable: Callable[[NewOperation], Judgement] | None = None,
    ) -> tuple[Begun, ...]:
        """Serialised per person: asks the judge for each and keeps what it says, all in one transaction, in the
        order given. An id already stored gives the stored operation, unjudged (a repeated press). A job already
        stored is kept as it is; one none of whose operations is allowed is not stored. `unreadable` refuses, in the
        judge's place, those of whose past something cannot be read (`Newest`); without it that is an error.
        """
        ...

    async def one(self, operation_id: str) -> Operation | None:
        """The operation."""
        ...

    async def of_job(self, job_id: str) -> tuple[Operation, ...]:
        """Its operations by class list order (name)."""
        ...

    async def job(self, job_id: str) -> Job | None:
        """The job."""
        ...

    async def latest(self, person_ids: Collection[str]) -> Mapping[str, Operation]:
        """The newest operation of each person that `counts`; who has none is not in the answer. An error where one of
        them cannot be read.
        """
        ...

    async def newest(self, person_ids: Collection[str]) -> Newest:
        """The same for a class: of whom it cannot be read holds up no other."""
        ...

    async def afterwards(self, operation: Operation) -> Afterwards:
        """What came after it: of several newer passwords the newest that was certainly set, and of the receipts not
        taken back the newest since it was asked for, wherever it was noted.
        """
        ...

    async def candidate(
        self, task: Task, operation_id: str, propose: Callable[[], Secret], superseded: Entries | None = None
    ) -> Secret | None:
        """The one password of this operation: the stored one, else a proposed one, stored before this returns. None
        when the operation is no longer REQUESTED. The secrets of all other operations of the same person are
        destroyed with it (READY becomes UNSEEN, SHOWN becomes CLOSED), with the entries `superseded` has for each.
        """
        ...

    async def refuse_candidate(self, task: Task, operation_id: str) -> int:
        """The directory certainly did not take it: it is destroyed. Returns how many were refused so far."""
        ...

    async def doubt(self, task: Task, operation_id: str) -> None:
        """The request was sent and not clearly answered."""
        ...

    async def ready(
        self,
        task: Task,
        operation_id: str,
        times: SetTimes,
        *,
        revoked: bool = False,
        entries: Sequence[AuditEntry],
        tasks: Sequence[NewTask],
        superseded: Entries | None = None,
    ) -> bool:
        """REQUESTED → READY, and the task is done. False (and nothing kept) when it is no longer REQUESTED.
        `superseded` is asked about the person's newest other password that was set, if there is one.
        """
        ...

    async def fail(
        self,
        task: Task,
        operation_id: str,
        failure: Failure,
        reason: str,
        *,
        entries: Sequence[AuditEntry],
        tasks: Sequence[NewTask],
    ) -> bool:
        """REQUESTED → FAILED, its secret destroyed, and the task is done. False: as above."""
        ...

    async def reveal(
        self,
        operation_ids: Sequence[str],
        actor: str,
        conversation: str,
        *,
        now: datetime,
        lease_until: datetime,
        record: Callable[[Operation, bool], tuple[Sequence[AuditEntry], Sequence[NewTask]]],
    ) -> tuple[Shown, ...]:
        """The secrets of those operations that are this actor's in this conversation and READY (before
        `unseen_until`: becomes SHOWN, its lease begins) or SHOWN within their lease. `record` is asked for each,
        with whether it had been shown before. All others are left out.
        """
        ...

    async def hand_over(self, operation_id: str, now: datetime, entries: Sequence[AuditEntry]) -> bool:
        """Notes `handed_at` and destroys the secret (SHOWN → CLOSED). False when noted before (also on the
        board, if it was not taken back there), never shown, or followed by a newer password.
        """
        ...

    async def burn(self, operation_id: str, now: datetime, entries: Entries) -> bool:
        """Destroys the secret of a SHOWN operation past its lease (→ CLOSED) or of a READY one past `unseen_until`
        (→ UNSEEN). False when it is not time, or was done.
        """
        ...

    async def end(self, operation_id: str, ending: str, now: datetime, entries: Sequence[AuditEntry]) -> bool:
        """Notes how its life ended (`Operation.ending`). False when it was noted before."""
        ...

    async def not_set(self, operation_id: str, entries: Sequence[AuditEntry]) -> bool:
        """A FAILED one in doubt was certainly not set: it is in doubt no more, and so counts no more. False when it
        is nothing of the kind (any more).
        """
        ...

    async def cancel(self, job_id: str, now: datetime, entries: Callable[[int], Sequence[AuditEntry]]) -> int:
        """REQUESTED → CANCELLED for every operation of the job without a candidate; how many. The job notes it."""
        ...

    async def offer_link(self, link: SlipLink, entries: Sequence[AuditEntry]) -> None:
        """Keeps the link; earlier ones of the same actor for the same operation or job stop working."""
        ...

    async def link(self, digest: bytes, now: datetime) -> SlipLink | None:
        """The link if it would work now; it is not used by asking (what may fail is asked before it is used)."""
        ...

    async def use_link(self, digest: bytes, now: datetime, ends: datetime, entries: LinkEntries) -> SlipLink | None:
        """The link, which with its first use works until `ends`; a later use can only bring that nearer. None when it
        is unknown, over or withdrawn.
        """
        ...
