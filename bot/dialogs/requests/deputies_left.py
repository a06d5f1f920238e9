"""Whoever is authorised for a school and has left it: what their cards show of students goes while they are away.

The directory takes a right away without telling. It is found out where somebody is read anyway (their own press, the
director's list), and once a day by a sweep of low priority. The authority stays: the director ends it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from bot.announcer.urgency import Urgency
from bot.core.actors.deputies import LEFT, LOOK, ROUND, absence_of, look_whether_left
from bot.core.actors.ports import Deputies, FreshActors
from bot.core.calendar import WorkCalendar
from bot.core.clock import Clock, in_doubt
from bot.core.tasks import NewTask, Task, TaskHandler, Tasks, TryAgain
from bot.core.transfers.ports import Placements, Transfers
from bot.dialogs.requests.deputy_cards import card_looks

_OVER = timedelta(hours=4)
"""The looks of a day are spread over so long."""

_MOST_AT_ONCE = 20
"""People whose schools are one request."""

_EVERY = timedelta(days=1)
_IN_DOUBT = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class GoRoundDeputies(TaskHandler):
    """Does ROUND, which is never done: every working day has each school looked at that has authorised somebody."""

    deputies: Deputies
    tasks: Tasks
    calendar: WorkCalendar
    clock: Clock

    kind = ROUND
    most_failures = 1_000_000

    async def carry_out(self, task: Task) -> None:  # noqa: ARG002 -- a round is about no one
        """In working hours: what a nightly synchronisation takes away it may give back by the morning."""
        now = self.clock()
        if not self.calendar.is_open(now):
            raise TryAgain(self.calendar.opening(now) - now, "closed")
        day = self.calendar.day_of(now).isoformat()
        schools = await self.deputies.schools(now)
        await self.tasks.add([NewTask(LOOK, f"{one}:{day}", now + _later(one), {"school": one}) for one in schools])
        raise TryAgain(self.calendar.next_morning(now) - now, "next-round")


@dataclass(frozen=True, slots=True, kw_only=True)
class LookWhoLeft(TaskHandler):
    """Task handler of LOOK. Payload: `school`. Who could not be read is looked at again the day after."""

    deputies: Deputies
    placements: Placements
    tasks: Tasks
    clock: Clock

    kind = LOOK
    most_failures = 6
    first_pause = timedelta(minutes=1)
    in_background = True

    async def carry_out(self, task: Task) -> None:
        """See `TaskHandler`."""
        now, school = self.clock(), task.payload["school"]
        held = await self.deputies.of_school(school, now)
        for place in range(0, len(held), _MOST_AT_ONCE):
            some = held[place : place + _MOST_AT_ONCE]
            schools = await self.placements.schools_of([one.person for one in some])
            left = [one for one in some if school not in schools.get(one.person, (school,))]
            await self.tasks.add([look_whether_left(one, now) for one in left])


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchWhoLeft(TaskHandler):
    """Task handler of LEFT. Payload: `school`, `person`. It lasts while somebody is authorised and away: so it is
    known whose cards were emptied, and they come back with the person.

    Whoever leaves again within a week of coming back is found with the first round after it: the task is known that
    long to be done.
    """

    actors: FreshActors
    deputies: Deputies
    transfers: Transfers
    queue: Tasks
    clock: Clock
    tenant: str

    kind = LEFT
    urgency = Urgency.NEWS
    most_failures = 1_000_000  # it ends with the authority
    first_pause = timedelta(seconds=2)

    async def carry_out(self, task: Task) -> None:
        """Each card is a task of its own, which reads anew who the person is."""
        if in_doubt(self.clock):
            raise TryAgain(_IN_DOUBT, "clock-in-doubt")
        now, school, person = self.clock(), task.payload["school"], task.payload["person"]
        if not any(one.school == school for one in await self.deputies.of_person(person, now)):
            return  # whatever ended it has the cards looked at
        absence = absence_of(await self.actors.fresh(person, self.tenant), school)
        if absence is None and task.attempt == 1:
            return
        key = f"{task.key}:{'away' if absence else f'back:{now.isoformat()}'}"
        await self.queue.add(await card_looks(self.transfers, school, person, key, now))
        if absence is not None:
            raise TryAgain(_EVERY, absence.value)


def first_round(now: datetime) -> NewTask:
    """Written down by every worker at its start: it is one task."""
    return NewTask(ROUND, "round", now)


def _later(school: str) -> timedelta:
    number = int.from_bytes(sha256(school.encode()).digest()[:4], "big")
    return _OVER * (number / 2**32)
