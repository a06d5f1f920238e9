"""What the board needs from outside, beside what is in `bot.core.people.ports` and `bot.core.tasks`."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.core.accounts.model import BoardRow, Choices, Looked, NewReceipt, OwnGroup, ReceiptOutcome, Week
from bot.core.audit import AuditEntry
from bot.core.decision import Decision
from bot.core.people.model import School
from bot.core.tasks import NewTask, Task


class SchoolAccounts(Protocol):
    """The accounts of a school as the directory has them. Errors: DirectoryError and its kinds."""

    async def look(self, school: School) -> Looked:
        """All of them, read now, unhurriedly: few requests, nobody's before a waiting person's."""
        ...


@dataclass(frozen=True, slots=True)
class OwnClass:
    """A class somebody is the class teacher of."""

    school: School
    name: str


class OwnClasses(Protocol):
    """Whose class teacher somebody is. Errors: DirectoryError and its kinds."""

    async def own_classes(self, teacher: str, schools: Sequence[School]) -> tuple[OwnClass, ...]:
        """The classes whose „Час на класа“ this person teaches in one of these schools, read now."""
        ...


@dataclass(frozen=True, slots=True)
class KeptBoard:
    """What was last seen of a school. `at` is None when it was never looked at, or not all that was seen can be read:
    then it is looked at anew.
    """

    at: datetime | None
    rows: tuple[BoardRow, ...] = ()
    weeks: tuple[Week, ...] = ()


Settle = Callable[[Sequence[str], Sequence[BoardRow]], tuple[Week, Sequence[NewTask]]]
"""Asked while a look is kept, of the new accounts of which was never told and the school as it is then: the week, and
what is to be done.
"""


class Boards(Protocol):
    """What was last seen of each school. Errors: StoreUnavailable."""

    async def kept(self, school_id: str) -> KeptBoard:
        """The school, with the weeks of the last year."""
        ...

    async def keep(self, looked: Looked, fresh: Sequence[str], settle: Settle, task: Task | None = None) -> bool:
        """In the place of what was seen before, in the school's turn; `fresh` are the new ones among its accounts.
        False, and nothing kept, when what is there is newer. Fenced by the task (TaskLost), which is then done.
        """
        ...

    async def due(self, before: datetime, directors_since: datetime) -> tuple[str, ...]:
        """Ids of the schools that some director has come from since then and that were not looked at since `before`,
        the longest ago first.
        """
        ...

    async def told(self, school_id: str, at: datetime) -> tuple[BoardRow, ...]:
        """Those of the school of whom was told at this look, as they are now."""
        ...


@dataclass(frozen=True, slots=True)
class Reversal:
    """A second record, about a receipt given by mistake. `reason` stands in the audit log alone."""

    id: str
    receipt: str
    at: datetime
    actor: str
    school: str
    person: str
    reason: str


class Receipts(Protocol):
    """Who was handed their account. Nothing of it is ever changed or taken out before its time; what was a mistake is
    told by another record. Errors: StoreUnavailable.
    """

    async def note(
        self,
        new: Sequence[NewReceipt],
        judge: Callable[[BoardRow], ReceiptOutcome],
        entry: Callable[[NewReceipt], AuditEntry],
    ) -> Mapping[str, ReceiptOutcome]:
        """By person. In one transaction, in the turn of the school (all are of one): of each, who is in the school no
        more is GONE; the judge is asked about the others as they are then, and for DONE receipt and entry are
        written. A receipt of the same id was noted before: DONE, or where that was taken back TAKEN_BACK, and nothing
        is written (a repeated press).
        """
        ...

    async def reverse(self, reversal: Reversal, entries: Sequence[AuditEntry]) -> bool:
        """False, and nothing kept, when the person has no such receipt of this school, or it was reversed before by
        another press.
        """
        ...

    async def received(self, person_ids: Collection[str]) -> Collection[str]:
        """Those of these with a receipt that was noted here and not reversed, whichever school's; not those noted
        with a temporary password.
        """
        ...

    async def made_for_parents(
        self, school_id: str, person_ids: Collection[str], now: datetime
    ) -> Mapping[str, datetime]:
        """Of these people of the school, whose temporary password (`BoardRow.given`) this school had made for a
        parent of a student under 14, with when it was asked for. Where no number tells the age a director had stated
        the day of birth, which is kept nowhere: what was judged by it holds for that password alone.
        """
        ...


class SchoolChoices(Protocol):
    """What a school has chosen, and its own groups. Errors: StoreUnavailable."""

    async def choices(self, school_id: str) -> Choices:
        """The choices; those of a school that never chose are the defaults."""
        ...

    async def choose(self, school_id: str, choices: Choices, entries: Sequence[AuditEntry]) -> None:
        """Keeps them in the place of the earlier ones."""
        ...

    async def groups(self, school_id: str) -> tuple[OwnGroup, ...]:
        """By name."""
        ...

    async def keep_group(self, school_id: str, group: OwnGroup, entries: Sequence[AuditEntry], most: int) -> bool:
        """In the place of the group with its id. False, and nothing kept, when the school has `most` others, or the
        id is another school's.
        """
        ...

    async def drop_group(self, school_id: str, group_id: str, entries: Sequence[AuditEntry]) -> bool:
        """False when there is none."""
        ...


@dataclass(frozen=True, slots=True)
class Ask:
    """A class teacher asks the directors for a password for a student. Over when they had one made since, and after
    its time. The names, the class and the school's `code` (by which its own account is found) are stored encrypted.
    """

    id: str
    school: str
    person: str
    at: datetime
    teacher: str
    tenant: str
    name: str
    teacher_name: str
    class_: str = ""
    code: str = ""


class Asks(Protocol):
    """What class teachers have asked. Errors: StoreUnavailable."""

    async def ask(
        self,
        new: Ask,
        judge: Callable[[Sequence[datetime]], Decision],
        entries: Sequence[AuditEntry],
        tasks: Sequence[NewTask],
    ) -> Ask | Decision:
        """In the turn of the school: one for the same student that is still open is the answer, and nothing is kept;
        else the judge is asked with when the teacher asked in the last day, the oldest first.
        """
        ...

    async def one(self, ask_id: str) -> tuple[Ask, bool] | None:
        """The question, and whether it is still open."""
        ...

    async def answered(self, ask: Ask) -> bool:
        """Whether a director of its school has asked for a password for the student since."""
        ...

    async def answered_by(self, person: str, school: str, at: datetime) -> tuple[str, ...]:
        """Ids of the questions about this person, in their time, that a password asked for in the name of this school
        at this moment answers.
        """
        ...


ASK_LIVES = timedelta(days=14)
