"""What the worker does with a school's list: fetches the register's export from the OneDrive of the school's account,
and reminds teachers of a team that students do not see until it is activated, of a class not made in Classroom.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256

from bot.core.actors.model import Actor, Role
from bot.core.calendar import WorkCalendar
from bot.core.class_links.cases import LIST, NUDGE, REMIND, about_school, school_of
from bot.core.class_links.expected import Fault, RosterFault, RosterUnusable
from bot.core.class_links.model import Link, LinkState
from bot.core.class_links.one_time_links import still_stands
from bot.core.class_links.policy import local_part, may_see_links
from bot.core.class_links.ports import ExpectedLists, KeptList, RosterFiles, RosterReader, SchoolFiles
from bot.core.class_links.read import ReadLinks
from bot.core.clock import Clock
from bot.core.errors import DirectoryForbidden
from bot.core.people.model import Kind, School
from bot.core.people.ports import PeopleOfSchool
from bot.core.tasks import NewTask, Task, TaskHandler, TaskQueue, Tasks, TryAgain

_WHILE_BUSY = timedelta(minutes=1)
_WHILE_LOCKED, _MOST_LOCKED = timedelta(minutes=5), 4
"""How long somebody is waited for who has a file open, and how often, before that is said."""

_TEACHERS = frozenset({LinkState.NOT_ACTIVATED, LinkState.TO_BE_MADE})
_SPREAD = 120
"""Minutes after the opening over which the schools are spread."""


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
            await self._say(school, Fault.FORBIDDEN)
            return
        if found is not None and task.attempt < _MOST_LOCKED and any(_is_locked(fault) for fault in found.faults):
            raise TryAgain(_WHILE_LOCKED, Fault.LOCKED)
        dated = found.dated if found is not None else None
        read: Callable[[KeptList | None], KeptList] | None = None
        if found is not None and (before is None or not (found.mark == before.mark or still_stands(before, dated))):
            read = await self._read(school, found)
        now = self.clock()

        def judged(kept: KeptList | None) -> KeptList:
            # As it is now: somebody may have uploaded a list while the folder was asked.
            if kept is not None and kept.list is not None and still_stands(kept, dated):
                return replace(kept, checked_at=now, faults=kept.list.faults)
            if found is None:
                return KeptList(now, None, (RosterFault(Fault.NO_FILES),))
            if read is not None and (kept is None or kept.mark != found.mark):
                return read(kept)
            return replace(kept or before or KeptList(now), checked_at=now)

        await self.lists.change(school.code, judged)

    async def _read(self, school: School, found: RosterFiles) -> Callable[[KeptList | None], KeptList]:
        """What becomes of what is kept, with these files read. Without one of them the others say something else."""
        now = self.clock()
        if missing := found.faults:
            mark = "" if any(map(_is_locked, missing)) else found.mark
            return lambda kept: _with_faults(kept, now, missing, mark)
        try:
            read = await self.reader.read(found.files, school_code=school.code, dated=found.dated)
        except RosterUnusable as error:
            faults = error.faults
            said = {fault.fault for fault in faults}
            if Fault.BUSY in said:
                raise TryAgain(_WHILE_BUSY, Fault.BUSY.value) from error
            # What may go better another time is read again then; the rest, when there is another file.
            mark = "" if said & {Fault.TOO_SLOW, Fault.BROKEN} else found.mark
            return lambda kept: _with_faults(kept, now, faults, mark)
        return lambda _: KeptList(now, read, read.faults, found.mark)

    async def on_dead_letter(self, task: Task, error: Exception) -> None:  # noqa: ARG002 -- whatever it was, it is said
        """See `TaskHandler`."""
        await self._say(school_of(task), Fault.UNREACHABLE)

    async def _say(self, school: School, fault: Fault) -> None:
        """The list that was, without its mark: the next time all of it is read."""
        now = self.clock()
        await self.lists.change(school.code, lambda kept: _with_faults(kept, now, (RosterFault(fault),), ""))


def _is_locked(fault: RosterFault) -> bool:
    return fault.fault is Fault.LOCKED


def _with_faults(kept: KeptList | None, now: datetime, faults: tuple[RosterFault, ...], mark: str) -> KeptList:
    """The list that was, and why there is no newer one. One that was uploaded stays one that was."""
    if kept is None:
        return KeptList(now, None, faults, mark)
    return KeptList(now, kept.list, faults, kept.mark if kept.uploaded else mark)


def overdue(links: Iterable[Link], now: datetime, days: int) -> tuple[Link, ...]:
    """Those that have waited for their teacher longer than so many days. 0: nobody is reminded, also of what was
    planned before that was set.
    """
    return (
        ()
        if not days
        else tuple(
            link
            for link in links
            if link.teacher
            and _TEACHERS & {link.state, *link.also}
            and link.since is not None
            and now - link.since > timedelta(days=days)
        )
    )


def first_look(school: School, now: datetime, days: WorkCalendar) -> NewTask:
    """The task that looks at the school on the next working morning; each looks after the one of the day after."""
    morning = days.next_morning(now)
    late = timedelta(minutes=int.from_bytes(sha256(school.code.encode()).digest()[:2], "big") % _SPREAD)
    return NewTask(REMIND, f"{school.code}:{days.day_of(morning).isoformat()}", morning + late, about_school(school))


@dataclass(frozen=True, slots=True, kw_only=True)
class LookForWaiting(TaskHandler):
    """Task handler of `REMIND`. Payload: `school`, `code`, `name`. Ends by itself when nobody has looked at the
    school's links for so long that its list is gone.
    """

    kind = REMIND
    most_failures = 4

    read: ReadLinks
    lists: ExpectedLists
    people: PeopleOfSchool
    queue: TaskQueue
    clock: Clock
    days: WorkCalendar
    after: int

    async def carry_out(self, task: Task) -> None:
        """See `TaskHandler`."""
        school, now = school_of(task), self.clock()
        if not self.days.is_open(now):
            raise TryAgain(self.days.opening(now) - now, "not-working-time")
        kept = await self.lists.of_school(school.code)
        if kept is None:
            return
        tasks = await self._nudges(school, now)
        await self.queue.add((*tasks, first_look(school, now, self.days)))

    async def on_dead_letter(self, task: Task, error: Exception) -> None:  # noqa: ARG002 -- whatever it was, tomorrow is a day
        """See `TaskHandler`."""
        await self.queue.add((first_look(school_of(task), self.clock(), self.days),))

    async def _nudges(self, school: School, now: datetime) -> Sequence[NewTask]:
        """One for each teacher, at most one a week."""
        seen = await self.read.of_school(school)
        waiting = {link.teacher for link in overdue(seen.links, now, self.after)}
        if not waiting:
            return ()
        year, week, _ = self.days.day_of(now).isocalendar()
        people = await self.people.people_of_school(school)
        teachers = [one for one in people if one.kind is Kind.TEACHER and local_part(one.username) in waiting]
        return [NewTask(NUDGE, f"{one.id}:{year}-{week}", now, {"to": one.id}) for one in teachers]


async def own_overdue(read: ReadLinks, actor: Actor, now: datetime, days: int) -> tuple[Link, ...]:
    """What a teacher is reminded of, as it is now."""
    if actor.role is not Role.TEACHER or not may_see_links(actor).allowed:
        return ()
    return overdue((await read.of_teacher(actor)).links, now, days)
