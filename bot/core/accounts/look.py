"""Looking at a school: when a person asks, and from time to time without anybody asking.

A look costs Graph some 70 requests for a school of 1,500, so no school is looked at more often than the setting says.
Of each account that is new it is told once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from hashlib import sha256

from bot.core.accounts.board import counted
from bot.core.accounts.model import BoardPerson, BoardRow, BoardTiming, Week
from bot.core.accounts.ports import Boards, SchoolAccounts, SchoolChoices
from bot.core.accounts.states import is_new, state_of
from bot.core.actors.directors import DIRECTORS_SINCE
from bot.core.calendar import WorkCalendar
from bot.core.clock import Clock, day_in_sofia, sofia
from bot.core.people.model import School
from bot.core.tasks import NewTask, Task, TaskHandler, Tasks, TryAgain

ROUND = "accounts.round"
"""Task kinds: see which schools are due."""
LOOK = "accounts.look"
"""Look at one school."""
NEW = "accounts.new"
"""Tell a school's directors of new accounts. Payload: `school`, and `at`, the look that found them."""
WEEKLY = "accounts.weekly"
"""Tell them once a week what is left. Payload: `school`, `week`."""

_ROUND_EVERY = timedelta(minutes=15)
_OVER = timedelta(minutes=12)
"""The looks of one round are spread over so long."""
_ROSTER_IS_NEW = timedelta(minutes=6)
"""After which nobody is given a roster of before (`PeopleOfSchool`: it is five minutes old at most)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Reads a school from the directory and keeps what it saw."""

    accounts: SchoolAccounts
    boards: Boards
    choices: SchoolChoices
    calendar: WorkCalendar
    timing: BoardTiming
    after_new: Sequence[str]
    """Kinds of tasks that are written down where there are new accounts (payload: `school`)."""

    async def __call__(self, school: School, task: Task | None = None) -> None:
        """Errors: DirectoryError and its kinds, StoreUnavailable; TaskLost."""
        looked = await self.accounts.look(school)
        weekly = (await self.choices.choices(school.id)).weekly
        fresh = [one.person for one in looked.accounts if is_new(one, looked.at, self.timing)]

        def settle(untold: Sequence[str], rows: Sequence[BoardRow]) -> tuple[Week, Sequence[NewTask]]:
            week = week_of(rows, looked.at, self.timing)
            tasks = [self._news(school.id, looked.at), *self._after_new(school.id, looked.at)] if untold else []
            return week, [*tasks, self._weekly(school.id, looked.at)] if weekly and week.handed < week.of else tasks

        await self.boards.keep(looked, fresh, settle, task)

    def _news(self, school: str, at: datetime) -> NewTask:
        payload = {"school": school, "at": at.isoformat()}
        return NewTask(NEW, f"{school}:{at.isoformat()}", self.calendar.opening(at), payload)

    def _after_new(self, school: str, at: datetime) -> Sequence[NewTask]:
        key, when = f"{school}:new {at.isoformat()}", at + _ROSTER_IS_NEW
        return [NewTask(kind, key, when, {"school": school}) for kind in self.after_new]

    def _weekly(self, school: str, at: datetime) -> NewTask:
        """Once, at the beginning of the working week after this one."""
        next_week = self.calendar.opening(_week_after(at))
        week = monday_of(next_week)
        return NewTask(WEEKLY, f"{school}:{week}", next_week, {"school": school, "week": week})


@dataclass(frozen=True, slots=True, kw_only=True)
class LookAtSchool(TaskHandler):
    """Does LOOK."""

    look: Look

    kind = LOOK
    in_background = True
    most_failures = 5
    first_pause = timedelta(minutes=1)

    async def carry_out(self, task: Task) -> None:
        """See `TaskHandler`."""
        await self.look(School(task.payload["school"], "", ""), task)


@dataclass(frozen=True, slots=True, kw_only=True)
class GoRound(TaskHandler):
    """Does ROUND, which is never done: from time to time it has the schools looked at that are due."""

    boards: Boards
    tasks: Tasks
    calendar: WorkCalendar
    clock: Clock
    every: timedelta

    kind = ROUND
    most_failures = 1_000_000

    async def carry_out(self, task: Task) -> None:  # noqa: ARG002 -- a round is about no one
        """Nobody is waiting outside working hours, and nobody is told then."""
        now = self.clock()
        if not self.calendar.is_open(now):
            raise TryAgain(self.calendar.opening(now) - now, "closed")
        due = await self.boards.due(now - self.every, now - DIRECTORS_SINCE)
        await self.tasks.add([at_its_moment(LOOK, school, now, self.every) for school in due])
        raise TryAgain(_ROUND_EVERY, "next-round")


def first_round(now: datetime) -> NewTask:
    """Written down by every worker at its start: it is one task."""
    return NewTask(ROUND, "round", now)


def at_its_moment(kind: str, school: str, now: datetime, every: timedelta) -> NewTask:
    """One a school and period, at a moment of its own."""
    number = int.from_bytes(sha256(school.encode()).digest()[:4], "big")
    period = int(now.timestamp() // every.total_seconds())
    return NewTask(kind, f"{school}:{period}", now + _OVER * (number / 2**32), {"school": school})


def week_of(rows: Sequence[BoardRow], at: datetime, timing: BoardTiming) -> Week:
    """How far the school is in the week of this moment."""
    counts = counted([BoardPerson(row, state_of(row, timing)) for row in rows])
    return Week(monday_of(at), counts.handed, counts.of, counts.used)


def monday_of(at: datetime) -> str:
    """The Monday of the week in which this moment is, in Sofia."""
    day = day_in_sofia(at)
    return (day - timedelta(days=day.weekday())).isoformat()


def _week_after(at: datetime) -> datetime:
    local = at.astimezone(sofia())
    monday = local.date() + timedelta(days=7 - local.weekday())
    return datetime.combine(monday, time.min, sofia())
