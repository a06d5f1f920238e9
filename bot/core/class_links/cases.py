"""What people have begun about a link: an act the worker carries out, or a teacher's question to the director."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.core.audit import AuditEntry
from bot.core.class_links.limits import AskedBefore
from bot.core.class_links.model import Remedy
from bot.core.decision import Decision
from bot.core.people.free_text import NO_WORDS, FreeText
from bot.core.people.model import School
from bot.core.tasks import NewTask, Task

MEND, LIST, NEWS = "links.mend", "links.list", "links.news"
"""Kinds of tasks: an act to be carried out, a list to be fetched, somebody to be told."""

UNREACHED = "unreached"
"""What NEWS looks for a while after a question: whether a director was told of it."""

REMIND, NUDGE = "links.remind", "links.nudge"
"""A school to be looked at for what waits for its teachers, a teacher to be reminded."""


def about_school(school: School) -> Mapping[str, str]:
    """The payload of LIST and REMIND."""
    return {"school": school.id, "code": school.code, "name": school.name}


def school_of(task: Task) -> School:
    """The school of such a task."""
    return School(task.payload["school"], task.payload["code"], task.payload["name"])


class Matter(StrEnum):
    """What a case is about: one of the acts, or a question."""

    ADD_OWNER = Remedy.ADD_OWNER
    ADD_STUDENTS = Remedy.ADD_STUDENTS
    CREATE = Remedy.CREATE
    QUESTION = "question"


class CaseStage(StrEnum):
    """How far it is. Of one link at most one case a matter is OPEN."""

    OPEN = "open"
    DONE = "done"
    """Carried out; of a question: settled, says the director."""
    FAILED = "failed"
    """The worker could not do it."""
    DECLINED = "declined"
    """The director says no, with a reason."""


class Trouble(StrEnum):
    """Why the worker could not do it."""

    NOT_ANY_MORE = "not-any-more"
    """Who asked may not any more, or the link is not what it was."""
    NOBODY = "nobody"
    """The teacher, or a student, has no account in the school."""
    OTHER_SCHOOL = "other-school"
    """The class of this row is another school's."""
    REFUSED = "refused"
    """The directory does not let us."""
    UNAVAILABLE = "unavailable"
    """It did not answer, again and again."""


@dataclass(frozen=True, slots=True)
class LinkCase:
    """`id` identifies the press that opened it. `class_id` and `teacher` are those of the link. `answer`: what the
    director wrote; `trouble`: why it failed; `count`: how many people were added, where it is about that. `made`: the
    directory id of the class that it has made, "" before; `made_at`: when.
    """

    id: str
    matter: Matter
    school: School
    class_id: str
    teacher: str
    title: str
    at: datetime
    actor: str
    actor_name: str = field(repr=False)
    tenant: str
    stage: CaseStage = CaseStage.OPEN
    ended_at: datetime | None = None
    by: str = ""
    by_name: str = field(default="", repr=False)
    answer: FreeText = field(default=NO_WORDS, repr=False)
    trouble: Trouble | None = None
    count: int = 0
    made: str = ""
    made_at: datetime | None = None


class LinkCases(Protocol):
    """Errors: StoreUnavailable; TaskLost where a task is given that somebody else has by now."""

    async def open(self, case: LinkCase, entries: Sequence[AuditEntry], tasks: Sequence[NewTask]) -> LinkCase:
        """In one transaction: the case, its audit entries and tasks. A case of this id, or one of this link and
        matter that is open already, is given instead, and nothing is written.
        """
        ...

    async def ask(
        self,
        case: LinkCase,
        entries: Sequence[AuditEntry],
        tasks: Sequence[NewTask],
        judge: Callable[[AskedBefore], Decision],
    ) -> LinkCase | Decision:
        """The same for a question, serialised per teacher; what `judge` denies is given and nothing is written."""
        ...

    async def one(self, case_id: str) -> LinkCase | None:
        """The case of this id."""
        ...

    async def of_school(self, school_id: str, since: datetime) -> tuple[LinkCase, ...]:
        """Those open, and those ended since then; newest first."""
        ...

    async def ended_since(self, school_id: str, at: datetime) -> bool:
        """Whether a case of the school ended then or later, whatever it was."""
        ...

    async def note(self, case: LinkCase) -> None:
        """What an open case has done so far, kept until it ends. Nothing of one that was ended before."""
        ...

    async def end(
        self,
        case: LinkCase,
        entries: Sequence[AuditEntry],
        tasks: Sequence[NewTask],
        *,
        task: Task | None = None,
    ) -> LinkCase | None:
        """In one transaction: the ended case in the place of the open one, entries, tasks, and the end of `task`.
        None, and nothing written, when it was ended before.
        """
        ...


class Platform(StrEnum):
    """Where a school's classes live."""

    TEAMS = "teams"
    CLASSROOM = "classroom"


@dataclass(frozen=True, slots=True)
class Mark:
    """A link made by hand in Google Classroom. `where`: the class code or address, if given."""

    school: str
    class_id: str
    teacher: str
    where: FreeText
    by: str
    at: datetime

    @property
    def link(self) -> "MarkedLink":
        """Of which link it is."""
        return self.school, self.class_id, self.teacher


MarkedLink = tuple[str, str, str]
"""School, class and teacher."""


class ByHand(Protocol):
    """Which schools use Google Classroom, and what is made there. Errors: StoreUnavailable."""

    async def platform(self, school_id: str) -> Platform:
        """TEAMS for a school that never chose."""
        ...

    async def chosen_at(self, school_id: str) -> datetime | None:
        """When it chose what it uses now; None for a school that never chose."""
        ...

    async def choose(self, school_id: str, platform: Platform, entry: AuditEntry) -> None:
        """In one transaction with its audit entry."""
        ...

    async def changed_since(self, school_id: str, at: datetime) -> bool:
        """Whether the choice or a mark of the school was changed then or later."""
        ...

    async def marks(self, school_id: str) -> tuple[Mark, ...]:
        """Every mark of the school."""
        ...

    async def mark(self, marks: Sequence[Mark], entries: Sequence[AuditEntry]) -> None:
        """All in one transaction, each in the place of what was marked of its link before."""
        ...

    async def unmark(self, links: Sequence[MarkedLink], entries: Sequence[AuditEntry]) -> int:
        """How many of these had a mark; all in one transaction. `entries`: each link's, written where it had one."""
        ...
