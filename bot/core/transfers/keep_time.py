"""What time does to an open request: reminds, calls it overdue, takes it to the regional office, ends it. Of one that
needs attention, as of an open one, it is looked whether somebody else has moved the student.

One task per request, which is run again at the next moment at which anything can be due. It reads the state again and
does nothing where it has moved on.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.core.calendar import WorkCalendar
from bot.core.clock import STEP, Clock, in_doubt
from bot.core.errors import DirectoryError
from bot.core.tasks import Task, TaskHandler, TryAgain
from bot.core.transfers.finish import ATTENTION, ChangeByWorker, change, next_look
from bot.core.transfers.model import CLOCK, OPEN, Clocks, Deadlines, Event, Side, State, Transfer
from bot.core.transfers.plan import closed_as_moved, has_arrived, remark_of
from bot.core.transfers.policy import has_moved
from bot.core.transfers.ports import Placements, Transfers
from bot.core.transfers.states import Act, after
from bot.core.transfers.told import DeliveryState

_EVENTS = {
    Act.REMIND: Event.REMINDED,
    Act.FALL_DUE: Event.REMINDED,
    Act.ESCALATE: Event.ESCALATED,
    Act.EXPIRE: Event.EXPIRED,
}
_IN_DOUBT = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepTime(TaskHandler):
    """Task handler of `CLOCK`. Payload: `transfer`, `round`: how often its time had begun anew when it began."""

    kind = CLOCK
    most_failures = 1_000_000
    """It ends with the request."""

    transfers: Transfers
    placements: Placements
    calendar: WorkCalendar
    clock: Clock
    clocks: Clocks

    async def carry_out(self, task: Task) -> None:
        """See `TaskHandler`."""
        transfer = await self.transfers.one(task.payload["transfer"])
        if transfer is None or not _runs(transfer, task):
            return
        now = self.clock()
        if not self.calendar.is_open(now):
            raise TryAgain(self.calendar.opening(now) - now, "closed")
        if await self._moved(task, transfer):
            return
        act = await self._due(transfer, now)
        if act is Act.EXPIRE and in_doubt(self.clock):
            raise TryAgain(_IN_DOUBT, "clock-in-doubt")  # a request that has ended does not come back
        if act is not None:
            transfer = await self._do(task, transfer, act, now)
        elif remind_again(self.calendar, transfer, now):
            reminded = replace(transfer, last_reminded_at=now)
            transfer = await change(self.transfers, task, transfer, reminded, Event.REMINDED, now=now)
        if not _runs(transfer, task):
            return
        raise TryAgain(max(self._wakes(transfer, now) - now, timedelta(seconds=1)), "waits")

    async def on_dead_letter(self, task: Task, error: Exception) -> None:  # noqa: ARG002 -- there is no giving up
        """Never: a request without a clock would wait for ever."""
        raise error

    async def _due(self, transfer: Transfer, now: datetime) -> Act | None:
        if_reached, otherwise = (due(transfer, now, reached=reached) for reached in (True, False))
        if if_reached is otherwise:
            return otherwise
        told = await self.transfers.deliveries(transfer.id)
        reached = any(one.side is Side.RELEASING and one.reach is DeliveryState.REACHED for one in told)
        return if_reached if reached else otherwise

    async def _moved(self, task: Task, transfer: Transfer) -> bool:
        """Whether somebody else has moved the student, and the request has ended with that. Only what the directory
        clearly says: no answer moves nobody.
        """
        asked = transfer.asked
        try:
            schools = (await self.placements.schools_of((asked.person,))).get(asked.person)
            if schools is None or asked.releasing.id in schools:
                return False
            placement = await self.placements.of(asked.person)
        except DirectoryError:
            return False
        moved = placement is None or has_moved(asked, tuple(school.id for school in placement.person.schools))
        if transfer.open and moved:
            gone = closed_as_moved(transfer, placement, self.clock())
            await change(self.transfers, task, transfer, gone, Event.STALE, now=self.clock())
            return True
        if placement is None or not moved:
            return False
        by_worker = ChangeByWorker(
            transfers=self.transfers, calendar=self.calendar, clock=self.clock, clocks=self.clocks
        )
        if has_arrived(asked, placement):
            steps = await self.transfers.steps(transfer.id)
            await by_worker.arrived(task, transfer, remark_of(transfer, placement, steps))
        elif placement.person.attends(asked.receiving.id):
            return False  # its account is not active: that is still to be done
        else:
            await by_worker.moved_away(task, transfer, placement)
        return True

    async def _do(self, task: Task, transfer: Transfer, act: Act, now: datetime) -> Transfer:
        state = after(transfer.state, act)
        if state is None:
            raise ValueError(f"{act} has no place in {transfer.state}")
        reminds = act in {Act.REMIND, Act.FALL_DUE}
        told_today = _same_day(self.calendar, transfer.last_reminded_at, now)
        changed = replace(
            transfer,
            state=state,
            last_reminded_at=now if reminds and not told_today else transfer.last_reminded_at,
            deadlines=_brought_forward(transfer, now) if state is State.ESCALATED else transfer.deadlines,
            problem=None if state is State.EXPIRED else transfer.problem,
            ended_at=now if state is State.EXPIRED else None,
        )
        event = Event.CHANGED if reminds and told_today else _EVENTS[act]
        return await change(self.transfers, task, transfer, changed, event, now=now)

    def _wakes(self, transfer: Transfer, now: datetime) -> datetime:
        look, deadlines = next_look(self.calendar, transfer, now), transfer.deadlines
        times = [look, deadlines.expire_at]
        if transfer.open:
            times += [deadlines.remind_at, deadlines.overdue_at, deadlines.escalate_at]
            if transfer.last_reminded_at is not None:
                times.append(self.calendar.after(transfer.last_reminded_at, 1))
        return min((at for at in times if at > now), default=look)


def due(transfer: Transfer, now: datetime, *, reached: bool) -> Act | None:
    """What is due, the furthest first (a worker that was down for days does not make up for every day). A request
    that could not be brought to anybody goes to the regional office with the first deadline.
    """
    deadlines, state = transfer.deadlines, transfer.state
    if now >= deadlines.expire_at:
        return Act.EXPIRE
    if state not in OPEN - {State.ESCALATED}:
        return None
    if now >= deadlines.escalate_at or (now >= deadlines.remind_at and not reached):
        return Act.ESCALATE
    if now >= deadlines.overdue_at:
        return None if state is State.OVERDUE else Act.FALL_DUE
    return Act.REMIND if now >= deadlines.remind_at and state is State.REQUESTED else None


def _brought_forward(transfer: Transfer, now: datetime) -> Deadlines:
    """Of a request that nobody could be told of: it is with the office from now on, and not from a day to come."""
    return replace(transfer.deadlines, escalate_at=min(transfer.deadlines.escalate_at, now))


def remind_again(calendar: WorkCalendar, transfer: Transfer, now: datetime) -> bool:
    """Whether another working day has passed since the last reminder, and none was given today. One "given" days from
    now was noted by a clock that was wrong.
    """
    last = transfer.last_reminded_at
    if last is None or transfer.state not in {State.REMINDED, State.OVERDUE}:
        return False
    if last > now + STEP:
        return True
    return calendar.after(last, 1) <= now and not _same_day(calendar, last, now)


def _same_day(calendar: WorkCalendar, one: datetime | None, other: datetime) -> bool:
    return one is not None and calendar.day_of(one) == calendar.day_of(other)


def _runs(transfer: Transfer, task: Task) -> bool:
    """Whether this clock is still the request's: it is open and not returned since, or this is its clock as one that
    needs attention.
    """
    if task.payload["round"] == ATTENTION:
        return transfer.state is State.NEEDS_ATTENTION
    return transfer.open and task.payload["round"] == str(transfer.returned)
