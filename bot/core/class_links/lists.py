"""Fetching the list of a school: the register's export in the OneDrive of the school's account."""

from dataclasses import dataclass, replace
from datetime import timedelta

from bot.core.calendar import WorkCalendar
from bot.core.class_links.cases import LIST, school_of
from bot.core.class_links.expected import Fault, RosterFault, RosterUnusable
from bot.core.class_links.one_time_links import still_stands
from bot.core.class_links.ports import ExpectedLists, KeptList, RosterFiles, RosterReader, SchoolFiles
from bot.core.class_links.remind import first_look
from bot.core.clock import Clock
from bot.core.errors import DirectoryForbidden
from bot.core.people.model import School
from bot.core.tasks import Task, TaskHandler, Tasks, TryAgain

_WHILE_BUSY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchList(TaskHandler):
    """Task handler of `LIST`. Payload: `school`, `code`, `name`.

    An export that cannot be used takes nothing away: the list before it stays, and what is wrong is said. With it the
    school's teachers begin to be reminded of what waits for them; without `days` nobody is.
    """

    kind = LIST
    most_failures = 6
    first_pause = timedelta(seconds=5)

    files: SchoolFiles
    reader: RosterReader
    lists: ExpectedLists
    tasks: Tasks
    clock: Clock
    days: WorkCalendar | None

    async def carry_out(self, task: Task) -> None:
        """See `TaskHandler`."""
        school = school_of(task)
        before = await self.lists.of_school(school.code)
        if self.days is not None:
            await self.tasks.add((first_look(school, self.clock(), self.days),))
        try:
            found = await self.files.export_of(school, before.mark if before is not None else "")
        except DirectoryForbidden:
            await self._keep(school, before, Fault.FORBIDDEN)
            return
        now = self.clock()
        if before is not None and still_stands(before, found.dated if found is not None else None):
            await self.lists.keep(school.code, replace(before, checked_at=now))
        elif found is None:
            await self._keep(school, None, Fault.NO_FILES)
        elif before is not None and found.mark == before.mark:
            await self.lists.keep(school.code, replace(before, checked_at=now))
        else:
            await self.lists.keep(school.code, await self._newly_read(school, before, found))

    async def _newly_read(self, school: School, before: KeptList | None, found: RosterFiles) -> KeptList:
        now = self.clock()
        try:
            read = await self.reader.read(found.files, school_code=school.code, dated=found.dated)
        except RosterUnusable as error:
            said = {fault.fault for fault in error.faults}
            if Fault.BUSY in said:
                raise TryAgain(_WHILE_BUSY, Fault.BUSY.value) from error
            # What may go better another time is read again then; the rest, when there is another file.
            mark = "" if said & {Fault.TOO_SLOW, Fault.BROKEN} else found.mark
            return KeptList(now, before.list if before is not None else None, error.faults, mark)
        return KeptList(now, read, read.faults, found.mark)

    async def on_dead_letter(self, task: Task, error: Exception) -> None:  # noqa: ARG002 -- whatever it was, it is said
        """See `TaskHandler`."""
        school = school_of(task)
        await self._keep(school, await self.lists.of_school(school.code), Fault.UNREACHABLE)

    async def _keep(self, school: School, before: KeptList | None, fault: Fault) -> None:
        """The list that was, without its mark: the next time all of it is read."""
        known = before.list if before is not None else None
        await self.lists.keep(school.code, KeptList(self.clock(), known, (RosterFault(fault),)))
