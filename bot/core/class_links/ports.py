"""What class links need from outside, beside what is in `bot.core.ports` and `bot.core.tasks`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import BinaryIO, Protocol

from bot.core.audit import AuditEntry
from bot.core.class_links.expected import ExpectedList, RosterFault
from bot.core.class_links.model import Existing
from bot.core.clock import day_in_sofia
from bot.core.people.model import School


@dataclass(frozen=True, slots=True)
class Reading:
    """What the directory said about classes, at `at`. `unread`: external ids of which it is not known whether a class
    has them. `requests` on the wire (a `$batch` is one, repeats after a refusal are not counted), `items` in them.
    """

    classes: tuple[Existing, ...]
    at: datetime
    unread: frozenset[str] = frozenset()
    requests: int = 0
    items: int = 0

    @property
    def whole(self) -> bool:
        """Whether everything that was asked was answered."""
        return not self.unread and not any(each.unread for each in self.classes)


class ClassReader(Protocol):
    """The classes that exist, with the reader identity. Errors: DirectoryError and its kinds, when nothing at all
    could be read; what single items failed at is said in the Reading.
    """

    async def of_teacher(self, person_id: str, expected: Sequence[str]) -> Reading:
        """The classes the person teaches, and those with these external ids. Three requests for 15 classes."""
        ...

    async def of_rows(self, expected: Sequence[str]) -> Reading:
        """The classes with these external ids, whoever asks for them."""
        ...

    async def schools_of(self, class_id: str) -> frozenset[str]:
        """The directory ids of the schools a class is of. AccountMissing: there is no such class."""
        ...

    async def schools_of_each(self, class_ids: Sequence[str]) -> Mapping[str, frozenset[str]]:
        """The same for several, twenty in a request; one that could not be read is not in the answer."""
        ...

    async def of_school(self, school: School, expected: Sequence[str]) -> Reading:
        """Every class of the school of this year, and those with these external ids whatever their year: a list may
        be last year's. At most 60 requests; what they do not suffice for is unread.
        """
        ...


UPLOADED = "uploaded "
"""With this the mark of a list begins that a director uploaded."""


@dataclass(frozen=True, slots=True)
class KeptList:
    """The list of a school as it was last fetched: who is in a class today, `on` says. `list` None: there is none, or
    it could not be used (`faults`). `mark` tells one state of the files from another.
    """

    checked_at: datetime
    list: ExpectedList | None = None
    faults: tuple[RosterFault, ...] = ()
    mark: str = ""

    @property
    def uploaded(self) -> bool:
        """Whether a director uploaded it. It stays so until a newer export takes its place."""
        return self.mark.startswith(UPLOADED)

    def on(self, now: datetime) -> ExpectedList | None:
        """The list as it is now: people join and leave classes on days that it names."""
        return self.list.on(day_in_sofia(now)) if self.list is not None else None


class ExpectedLists(Protocol):
    """The lists that were fetched, encrypted. Errors: StoreUnavailable."""

    async def of_school(self, school_code: str) -> KeptList | None:
        """What is kept for the school; None when its list was never looked for."""
        ...

    async def checked_at(self, school_code: str) -> datetime | None:
        """Its `checked_at` alone, without opening it: whether it is another than one has seen."""
        ...

    async def change(
        self,
        school_code: str,
        to: Callable[[KeptList | None], KeptList],
        entries: Sequence[AuditEntry] = (),
    ) -> KeptList:
        """What is kept, as `to` makes it of what is kept now, with the entries; one change of a school at a time.
        `to` only computes: whatever takes time is asked before, and judged in it.
        """
        ...


@dataclass(frozen=True, slots=True)
class RosterFiles:
    """Files of an export by name, the newest's time, what tells this state of them from another, and what is wrong
    with files that could not be had.
    """

    files: Mapping[str, bytes] = field(repr=False)
    dated: datetime
    mark: str
    faults: tuple[RosterFault, ...] = ()


class SchoolFiles(Protocol):
    """The folder of the school's account where the export lies. Errors: DirectoryError and its kinds."""

    async def export_of(self, school: School, known: str) -> RosterFiles | None:
        """The files; None when there is no such folder. Of a state that is `known` already the files are empty."""
        ...


@dataclass(frozen=True, slots=True)
class UploadedForm:
    """A form as a browser sent it, not looked into yet: an open file with its bytes, and its media type."""

    content: BinaryIO = field(repr=False)
    media_type: str


class RosterReader(Protocol):
    """Reads an export: hostile until read. Errors: RosterUnusable."""

    async def read(
        self, files: Mapping[str, bytes] | UploadedForm, *, school_code: str, dated: datetime
    ) -> ExpectedList:
        """The list of this school."""
        ...


class ClassWriter(Protocol):
    """What only the worker's writer identity may do about classes. Each call is one request (`add` one for each
    person, and what is wrong with one keeps no other out); somebody added before is no error. Errors: DirectoryBusy
    (certainly not done), DirectoryUnavailable (in doubt), DirectoryForbidden, AccountMissing (no such class or
    person), DirectoryMisunderstood (all: not done).
    """

    async def add_teachers(self, class_id: str, people: Sequence[str]) -> None:
        """Makes these (at most 20, by object id) teachers of the class, who own its group and need not be members."""
        ...

    async def add_members(self, class_id: str, people: Sequence[str]) -> None:
        """Adds these (at most 20) to the class."""
        ...

    async def create(self, external_id: str, title: str, day: date) -> str:
        """Makes the class, a group without a team, of the school year of that day; its id. To be called only when no
        class has this external id.
        """
        ...

    async def to_school(self, school_id: str, class_id: str) -> None:
        """Adds the class to the school."""
        ...

    async def make_team(self, class_id: str) -> bool:
        """Gives the class its team. False: the group is too new, try again in ten seconds."""
        ...
