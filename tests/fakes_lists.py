"""Lists of accounts in memory: honest stand-ins for their store, the folder they arrive in and the process that reads."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import PurePath

from bot.core.audit import AuditEntry
from bot.core.class_links.expected import RosterUnusable
from bot.core.clock import day_in_sofia
from bot.core.lists.kept import KeptAccountList, Resolved, counting
from bot.core.lists.model import (
    AccountList,
    Columns,
    ListedAt,
    ListedPerson,
    ListFault,
    ListFileFault,
    ListUnusable,
)
from bot.core.lists.ports import FolderFiles, ListUpload
from bot.core.people.model import Kind, Person, School
from bot.core.tasks import NewTask
from bot.documents.account_list_answers import list_answer, list_taken
from bot.documents.account_list_guess import Judging
from bot.documents.account_lists import read_account_lists
from bot.documents.forms import form_files
from tests.fakes import FakeAuditLog, FakeClock, FakePseudonyms
from tests.fakes_passwords import FakeQueue

TODAY = date(2026, 11, 24)


def list_naming(school: School, people: Sequence[Person], *new: str) -> KeptAccountList:
    """A list of these, with their usernames, and of some who have no account."""
    at = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
    names = [(one.name, (one.username,)) for one in people] + [(name, ()) for name in new]
    rows = tuple(
        ListedPerson(name, "5 б", usernames, (), Kind.STUDENT, ListedAt("5 б клас.xlsx", "", row))
        for row, (name, usernames) in enumerate(names, start=2)
    )
    return KeptAccountList(
        school.id, at, at, rows, checked_at=datetime(2056, 1, 1, tzinfo=UTC), resolved=Resolved(at)
    )


class FakeKeptLists:
    """`KeptLists`."""

    def __init__(self, audit: FakeAuditLog, queue: FakeQueue, clock: FakeClock) -> None:
        self.audit, self.queue, self.clock = audit, queue, clock
        self.kept: dict[str, KeptAccountList] = {}
        self.told: dict[str, dict[str, tuple[datetime, Columns]]] = {}

    async def list_of(self, school_id: str) -> KeptAccountList | None:
        await asyncio.sleep(0)
        return self._counting(school_id)

    def _counting(self, school_id: str) -> KeptAccountList | None:
        kept = self.kept.get(school_id)
        return None if kept is None else counting(kept, day_in_sofia(self.clock()))

    async def change_list(
        self,
        school_id: str,
        to: Callable[[KeptAccountList | None], KeptAccountList],
        entries: Sequence[AuditEntry] = (),
        tasks: Sequence[NewTask] = (),
    ) -> KeptAccountList:
        await asyncio.sleep(0)
        after = to(self._counting(school_id))
        rows = sorted(after.rows, key=lambda one: (one.place.file, one.place.sheet, one.place.row))
        self.kept[school_id] = replace(after, rows=tuple(rows))
        self.audit.entries.extend(entries)
        self.queue.write(tasks)
        return after

    async def columns_of(self, school_id: str) -> Mapping[str, Columns]:
        await asyncio.sleep(0)
        told = sorted(self.told.get(school_id, {}).items(), key=lambda one: (one[1][0], one[0]))
        return {mark: columns for mark, (_, columns) in told}

    async def remember_columns(
        self, school_id: str, told: Mapping[str, Columns], at: datetime, entries: Sequence[AuditEntry]
    ) -> None:
        await asyncio.sleep(0)
        self.told.setdefault(school_id, {}).update({mark: (at, columns) for mark, columns in told.items()})
        if school_id in self.kept:
            self.kept[school_id] = replace(self.kept[school_id], mark="")
        self.audit.entries.extend(entries)

    async def schools_listed(self) -> frozenset[str]:
        await asyncio.sleep(0)
        return frozenset(school for school in self.kept if (one := self._counting(school)) and one.people)


@dataclass
class FakeFolders:
    """`ListFolders`: the files of each school's folder by its id."""

    files: dict[str, dict[str, bytes]] = field(default_factory=dict)
    trouble: dict[str, FolderFiles] = field(default_factory=dict)
    dated: datetime = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
    read: int = 0
    error: Exception | None = None

    async def lists_in(self, school: School, known: str) -> FolderFiles:
        await asyncio.sleep(0)
        if self.error is not None:
            raise self.error
        if school.id in self.trouble:
            return self.trouble[school.id]
        files = self.files.get(school.id, {})
        mark = str(hash(tuple(sorted(files.items()))))
        if mark == known:
            return FolderFiles({}, self.dated, mark)
        self.read += 1
        return FolderFiles(dict(files), self.dated, mark)


class ReadLists:
    """`AccountListReader` without a process: what the child says, and what the bot makes of it."""

    def __init__(self) -> None:
        self.busy = False
        self.pseudonyms = FakePseudonyms()

    async def read(
        self,
        files: Mapping[str, bytes] | ListUpload,
        *,
        school_code: str,
        dated: datetime,
        columns: Mapping[str, Columns],
    ) -> AccountList:
        await asyncio.sleep(0)
        if self.busy:
            raise ListUnusable(ListFileFault(ListFault.BUSY))
        if isinstance(files, ListUpload):
            files.content.seek(0)
            try:
                files = form_files(files.content.read(), files.media_type)
            except RosterUnusable as error:
                raise ListUnusable(ListFileFault(ListFault(error.faults[0].fault.value))) from None
        by = Judging("edu.mon.bg", TODAY, True)
        bare = {PurePath(name).name: raw for name, raw in files.items()}
        read = read_account_lists(bare, school_code=school_code, by=by, answers=dict(columns))
        return list_taken(list_answer(read), school_code, dated, self.pseudonyms.of)
