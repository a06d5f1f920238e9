"""What lists of accounts need from outside."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO, Protocol

from bot.core.audit import AuditEntry
from bot.core.listed_schools import ListedSchools
from bot.core.lists.kept import FolderTrouble, KeptAccountList
from bot.core.lists.model import AccountList, Columns, ListFault
from bot.core.people.model import School
from bot.core.people.ports import PeopleByUsername, PeopleOfSchool
from bot.core.tasks import NewTask


@dataclass(frozen=True, slots=True)
class ListUpload:
    """A form as a browser sent it, not looked into yet: an open file with its bytes, and its media type."""

    content: BinaryIO = field(repr=False)
    media_type: str


class AccountListReader(Protocol):
    """Reads lists of accounts: hostile until read. Errors: ListUnusable."""

    async def read(
        self,
        files: Mapping[str, bytes] | ListUpload,
        *,
        school_code: str,
        dated: datetime,
        columns: Mapping[str, Columns],
    ) -> AccountList:
        """What the files say of this school. `columns`: answers to earlier questions, by fingerprint."""
        ...


MOST_REMEMBERED = 40
"""Tables whose columns are remembered for a school, the newest ones."""


class KeptLists(ListedSchools, Protocol):
    """The lists of schools, by the school's id: what counts of them today (`kept.counting`).
    Errors: StoreUnavailable.
    """

    async def list_of(self, school_id: str) -> KeptAccountList | None:
        """None: no list of the school was ever looked for."""
        ...

    async def change_list(
        self,
        school_id: str,
        to: Callable[[KeptAccountList | None], KeptAccountList],
        entries: Sequence[AuditEntry] = (),
        tasks: Sequence[NewTask] = (),
    ) -> KeptAccountList:
        """In one transaction, in the school's turn: what is kept becomes what `to` makes of it. Only rows that differ
        are written. What `to` raises is raised, and nothing kept. `entries` are read after `to`, which may fill them.
        """
        ...

    async def columns_of(self, school_id: str) -> Mapping[str, Columns]:
        """What was told of the school's columns, by fingerprint; the newest last."""
        ...

    async def remember_columns(
        self, school_id: str, told: Mapping[str, Columns], at: datetime, entries: Sequence[AuditEntry]
    ) -> None:
        """In the place of earlier answers to the same. What lies in the folder is read anew at the next look."""
        ...


@dataclass(frozen=True, slots=True)
class FolderFiles:
    """Files of the folder by name, when the newest was changed, and what tells this state of them from another.
    `left_out`: why others could not be had, by name. `trouble`: why there are none. `changed`: when each was, by
    name.
    """

    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    dated: datetime | None = None
    mark: str = ""
    left_out: Mapping[str, ListFault] = field(default_factory=dict, repr=False)
    trouble: FolderTrouble | None = None
    changed: Mapping[str, datetime] = field(default_factory=dict, repr=False)


class ListFolders(Protocol):
    """The folder of a school's account in which lists are put. Errors: DirectoryError and its kinds."""

    async def lists_in(self, school: School, known: str) -> FolderFiles:
        """The files; none of a state that is `known` already."""
        ...


class ListedPeople(PeopleByUsername, PeopleOfSchool, Protocol):
    """People whom a list may name. Errors: DirectoryError and its kinds."""
