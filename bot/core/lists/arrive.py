"""Lists that arrive by themselves: the folder in the OneDrive of a school's account is looked into with the board's
round. What cannot be used takes nothing away.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.core.actors.directors import WhoDirects
from bot.core.actors.ports import FreshActors
from bot.core.clock import Clock, day_in_sofia
from bot.core.errors import DirectoryForbidden
from bot.core.lists.kept import FolderTrouble, KeptAccountList, ListSource, looked_into, taken_in
from bot.core.lists.model import AccountList, ListFault, ListFileFault, ListUnusable
from bot.core.lists.ports import AccountListReader, FolderFiles, KeptLists, ListFolders
from bot.core.lists.record import WORKER, list_entry
from bot.core.lists.resolve import resolving
from bot.core.people.free_text import search_words
from bot.core.people.model import School
from bot.core.school_year import first_of_year
from bot.core.tasks import NewTask, Task, TaskHandler, TryAgain

ARRIVE = "lists.arrive"
"""Task kind: look into the folder of a school. Payload: `school`."""

_WHILE_BUSY = timedelta(minutes=1)
_WHILE_CHANGING = timedelta(minutes=5)
_MOST_CHANGES = 4
"""So often the folder is looked into again while it changes, or a file of it is locked, before that is said."""
_LONGEST_NAME = 200
_PACKAGE = ".zip"
_ANOTHER_TIME = {ListFault.BUSY, ListFault.TOO_SLOW, ListFault.BROKEN, ListFault.LOCKED}


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchAccountList(TaskHandler):
    """Does ARRIVE. The code of the school, by which its account is called, is that of its director, read now."""

    folders: ListFolders
    reader: AccountListReader
    lists: KeptLists
    directors: WhoDirects
    actors: FreshActors
    clock: Clock
    tenant: str

    kind = ARRIVE
    in_background = True
    most_failures = 6
    first_pause = timedelta(seconds=30)

    async def carry_out(self, task: Task) -> None:
        """See `TaskHandler`."""
        school = await self._school(task.payload["school"])
        if school is None:
            return
        before = await self.lists.list_of(school.id)
        known = before.mark if before is not None else ""
        try:
            found = await self.folders.lists_in(school, known)
        except DirectoryForbidden:
            found = FolderFiles(trouble=FolderTrouble.FORBIDDEN)
        changing = found.trouble is FolderTrouble.CHANGING
        if (changing or ListFault.LOCKED in found.left_out.values()) and task.attempt < _MOST_CHANGES:
            raise TryAgain(_WHILE_CHANGING, FolderTrouble.CHANGING if changing else ListFault.LOCKED)
        if found.trouble is not None:
            await self._note(school.id, found.trouble, "")
        elif found.mark == known:
            # Whoever tells of columns at this moment takes the mark away, so that the folder is read with them.
            await self._note(school.id, None, None)
        else:
            await self._read(school, found)

    async def _school(self, school_id: str) -> School | None:
        for one in await self.directors(School(school_id, "", ""), self.tenant):
            actor = await self.actors.fresh(one, self.tenant)
            if actor.school is not None and actor.school.id == school_id:
                return actor.school
        return None

    async def _note(self, school: str, trouble: FolderTrouble | None, mark: str | None) -> None:
        now = self.clock()
        await self.lists.change_list(
            school, lambda before: looked_into(before, school, now, trouble=trouble, mark=mark)
        )

    async def _read(self, school: School, found: FolderFiles) -> None:
        now = self.clock()
        told = await self.lists.columns_of(school.id)
        dates = {search_words(name, _LONGEST_NAME).casefold(): at for name, at in found.changed.items()}
        # What is called like no file there came in a package.
        packed = (at for name, at in found.changed.items() if name.lower().endswith(_PACKAGE))
        dated = max(packed, default=found.dated or now)
        left_out = tuple(_left_out(name, why) for name, why in found.left_out.items())
        waits = any(fault.fault in _ANOTHER_TIME for fault in left_out)
        try:
            # What has ended is not read: whom it names, another file may name, too, and the first one has the row.
            files = {name: raw for name, raw in found.files.items() if _counts(found.changed.get(name, now), now)}
            read = AccountList(school.code, dated, frozenset(), ())
            if files or not found.files:  # else all that lies there has ended
                read = await self.reader.read(files, school_code=school.code, dated=dated, columns=told)
            read = replace(read, faults=(*read.faults, *left_out))
            entry = list_entry(now, WORKER, school.id, "fetched", people=len(read.people))

            def taken(before: KeptAccountList | None) -> KeptAccountList:
                after, _ = taken_in(before, read, school.id, ListSource.FOLDER, now, dates=dates)
                return replace(after, checked_at=now, trouble=None, mark="" if waits else found.mark)

            await self.lists.change_list(school.id, taken, (entry,), (resolving(school, now),))
            if await self.lists.columns_of(school.id) != told:  # told while it was read: it is read with them, too
                await self._note(school.id, None, "")
        except ListUnusable as error:
            said = {fault.fault for fault in error.faults}
            if ListFault.BUSY in said:
                raise TryAgain(_WHILE_BUSY, ListFault.BUSY.value) from error
            # What may go better another time is read again then; the rest, when there is another file.
            anew = waits or bool(said & _ANOTHER_TIME) or await self.lists.columns_of(school.id) != told
            mark = "" if anew else found.mark
            faults = (*left_out, *error.faults)
            await self.lists.change_list(
                school.id, lambda before: looked_into(before, school.id, now, trouble=None, mark=mark, faults=faults)
            )

    async def on_dead_letter(self, task: Task, error: Exception) -> None:  # noqa: ARG002 -- whatever it was, it is said
        """See `TaskHandler`."""
        await self._note(task.payload["school"], FolderTrouble.UNREACHABLE, "")


def _counts(changed: datetime, now: datetime) -> bool:
    return day_in_sofia(changed) >= first_of_year(day_in_sofia(now))


def _left_out(name: str, why: ListFault) -> ListFileFault:
    """A file that could not be had; its name passes the gate that all names of files pass."""
    return ListFileFault(why, search_words(name, _LONGEST_NAME))


def arriving(school_id: str, key: str, at: datetime) -> NewTask:
    """The task that looks into the folder of a school; one for each key."""
    return NewTask(ARRIVE, f"{school_id}:{key}", at, {"school": school_id})
