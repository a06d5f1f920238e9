"""What the worker does with an approved request where the student, the account or the time is not as approved."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.core.audit import AuditEntry
from bot.core.errors import (
    AccountMissing,
    DirectoryBusy,
    DirectoryForbidden,
    DirectoryMisunderstood,
    DirectoryUnavailable,
    NotGranted,
)
from bot.core.people.model import AccountState
from bot.core.tasks import Task, TaskLost, TryAgain
from bot.core.transfers.decide import Decided
from bot.core.transfers.finish import ChangeByWorker
from bot.core.transfers.model import (
    CARRY_OUT,
    CLOCK,
    RECHECK,
    TELL,
    Clocks,
    Event,
    Placement,
    Problem,
    Remark,
    State,
    StepKind,
)
from bot.core.transfers.policy import Choice
from bot.core.transfers.ports import StepOutcome
from tests.fakes import NOON, FakeClock
from tests.fakes_passwords import FakeRateLimit
from tests.fakes_placements import Fault, Roster
from tests.unit.core.transfer_world import ASKER, HEAD, LEASE, NEW, OLD, PUPIL, THIRD, World, pupil

JOINED = (StepKind.JOIN_SCHOOL, PUPIL, NEW.id)


async def forbidden() -> World:
    """Approved, and Microsoft lets nothing be written: people must look."""
    world = World()
    await world.approved()
    world.roster.faults.append(Fault(DirectoryForbidden("403")))
    await world.work(CARRY_OUT)
    assert (world.now.state, world.now.problem) == (State.NEEDS_ATTENTION, Problem.FORBIDDEN)
    assert world.roster.writes == []
    return world


async def begun(writes: int = 1) -> World:
    """After so many writes Microsoft wants to be left alone. One: the student is in both schools."""
    world = World()
    await world.approved()
    world.roster.faults.extend((*[None] * writes, Fault(DirectoryBusy(2.0, everybody=True))))
    await world.attempt(CARRY_OUT)
    assert world.now.state is State.CARRYING_OUT
    assert world.roster.writes == [JOINED][:writes]
    return world


# The student is elsewhere


async def test_a_student_who_left_the_releasing_school_for_another_is_moved_nowhere():
    world = World()
    await world.approved()
    world.roster.move(PUPIL, THIRD.id)

    await world.work(CARRY_OUT)

    assert world.now.state is State.STALE
    assert world.now.ended_at == NOON, "at once"
    assert world.roster.writes == []
    assert world.roster.now_in(PUPIL) == (THIRD.id,)
    assert world.entries() == [("requested", "requested"), ("decided", "approved"), ("carried-out", "stale")]


async def test_a_student_whom_the_school_has_discharged_meanwhile_is_moved_as_approved():
    world = World()
    await world.approved()
    world.roster.move(PUPIL)

    await world.work(CARRY_OUT)

    assert world.now.state is State.DONE
    assert world.placed() == world.moved


async def test_so_is_one_who_is_discharged_before_anything_was_written():
    """The plan was written down, and no more."""
    world = await begun(writes=0)
    world.roster.move(PUPIL)

    await world.work(CARRY_OUT)

    assert world.now.state is State.DONE
    assert world.placed() == world.moved


async def test_who_is_in_no_school_halfway_is_waited_for_and_then_said_not_to_be_visible():
    world = await begun()
    world.roster.move(PUPIL)

    await world.work(CARRY_OUT)

    assert (world.now.state, world.now.problem) == (State.NEEDS_ATTENTION, Problem.NOT_VISIBLE)
    assert world.roster.writes == [JOINED]
    await world.does(HEAD, Choice.RETRY)
    await world.work(CARRY_OUT)
    assert world.placed() == world.moved


async def test_nor_is_one_of_a_request_that_needed_attention_and_is_tried_again_weeks_later():
    world = await forbidden()
    world.roster.move(PUPIL, THIRD.id)
    world.clock.move(days=20)

    assert isinstance(await world.does(HEAD, Choice.RETRY), Decided)
    await world.work(CARRY_OUT)

    assert world.now.state is State.STALE
    assert world.roster.writes == []
    assert world.roster.now_in(PUPIL) == (THIRD.id,)
    assert world.entries()[-2:] == [("changed", "retried"), ("carried-out", "stale")]


async def test_nor_is_one_who_leaves_before_anything_was_written():
    """The plan was written down, and no more."""
    world = await begun(writes=0)
    world.roster.move(PUPIL, THIRD.id)

    await world.work(CARRY_OUT)

    assert world.now.state is State.STALE
    assert world.roster.writes == []
    assert world.roster.now_in(PUPIL) == (THIRD.id,)


async def test_for_one_who_leaves_halfway_nothing_more_is_written_once_reading_has_had_its_time():
    world = await begun()
    world.roster.move(PUPIL, THIRD.id)

    told = await world.work(CARRY_OUT)

    assert {(one.why, one.failed) for one in told[:-1]} == {("not-visible-yet", False)}
    assert timedelta(minutes=10) <= world.clock() - NOON < timedelta(minutes=10, seconds=5)
    assert world.now.state is State.STALE
    assert world.roster.writes == [JOINED]
    assert world.audit.entries[-1].detail["steps"] == "join-school:school-1"
    assert not await world.releases.released_by(PUPIL, NEW.id, world.clock())


async def test_who_is_brought_back_halfway_is_not_left_in_no_school():
    """The synchronisation of the night has taken the new school away again."""
    world = await begun()
    world.roster.move(PUPIL, OLD.id)

    await world.work(CARRY_OUT)

    assert (world.now.state, world.now.problem) == (State.NEEDS_ATTENTION, Problem.NOT_VISIBLE)
    assert world.roster.writes == [JOINED]
    assert world.roster.now_in(PUPIL) == (OLD.id,)
    await world.does(ASKER, Choice.RETRY)
    await world.work(CARRY_OUT)
    assert world.now.state is State.DONE
    assert world.placed() == world.moved


async def test_who_is_not_seen_in_the_new_school_yet_is_taken_out_of_the_old_one_when_seen():
    world = World()
    await world.approved()
    world.roster.lag = timedelta(seconds=20)
    world.roster.faults.extend((None, Fault(DirectoryBusy(2.0))))

    told = await world.work(CARRY_OUT)

    assert [one.why for one in told[:2]] == ["DirectoryBusy", "not-visible-yet"]
    assert world.now.state is State.DONE
    assert world.placed() == world.moved


# НЕИСПУО was quicker


async def not_granted(person, steps):
    return tuple(StepOutcome(step, NotGranted("403")) for step in steps)


@pytest.mark.parametrize("days", [0, 1])
async def test_who_has_arrived_before_anything_was_written_is_done_without_a_write(monkeypatch, days):
    """Also where nothing could be written; the teams are for НЕИСПУО, and that is remarked."""
    world = World()
    await world.approved()
    monkeypatch.setattr(Roster, "carry_out", lambda _, *given: not_granted(*given))
    world.roster.move(PUPIL, NEW.id)
    world.roster.unordinary.add(PUPIL)
    world.clock.move(days=days)

    await world.work(CARRY_OUT)

    assert (world.now.state, world.now.remark, world.now.problem) == (State.DONE, Remark.ARRIVED, None)
    assert world.roster.writes == []
    assert world.states() == [State.REQUESTED, State.APPROVED, State.DONE]
    assert world.entries()[2:] == [("carried-out", "done")]
    assert world.told() == ["submitted", "approved", "done"]
    assert not await world.releases.released_by(PUPIL, NEW.id, world.clock())
    assert len(world.queue.of(RECHECK)) == 1


async def test_so_is_one_who_has_arrived_when_it_is_tried_again():
    world = await forbidden()
    world.roster.faults.extend([Fault(NotGranted("403"))] * 99)
    world.roster.move(PUPIL, NEW.id)

    assert isinstance(await world.does(ASKER, Choice.RETRY, ""), Decided)
    await world.work(CARRY_OUT)

    assert (world.now.state, world.now.remark) == (State.DONE, Remark.ARRIVED)
    assert world.roster.writes == []


async def test_who_has_arrived_with_an_account_that_is_off_still_has_it_enabled():
    world = World()
    world.roster.people[PUPIL] = pupil(state=AccountState.DISABLED)
    await world.approved()
    world.roster.move(PUPIL, NEW.id)

    await world.work(CARRY_OUT)

    assert (world.now.state, world.now.remark) == (State.DONE, Remark.NONE)
    assert world.placed() == world.moved


async def test_what_was_all_done_and_is_seen_later_is_not_called_the_doing_of_another():
    world = World()
    await world.approved()
    world.roster.lag = timedelta(hours=1)
    await world.work(CARRY_OUT)
    assert world.now.problem is Problem.NOT_VISIBLE
    world.clock.move(hours=1)

    await world.does(ASKER, Choice.RETRY, "")
    await world.work(CARRY_OUT)

    assert (world.now.state, world.now.remark) == (State.DONE, Remark.NONE)
    assert world.placed() == world.moved


# The clock of a request that needs attention looks, as that of an open one does


async def test_one_who_has_arrived_meanwhile_ends_it_within_hours_and_nobody_presses_anything():
    world = await forbidden()
    world.roster.move(PUPIL, NEW.id)

    await world.clock_until(NOON + timedelta(hours=24))

    assert (world.now.state, world.now.remark, world.now.problem) == (State.DONE, Remark.ARRIVED, None)
    assert world.roster.writes == []
    assert world.entries()[-1] == ("carried-out", "done")
    assert world.told()[-1] == "done"
    assert not await world.releases.released_by(PUPIL, NEW.id, world.clock())
    assert world.live(CLOCK) == []
    assert len(world.live(RECHECK)) == 1


async def test_one_who_is_in_a_third_school_ends_it_and_the_release():
    world = await forbidden()
    world.roster.move(PUPIL, THIRD.id)

    await world.clock_until(NOON + timedelta(hours=24))

    assert (world.now.state, world.now.remark, world.now.problem) == (State.STALE, Remark.NONE, None)
    assert world.told()[-1] == "stale"
    assert not await world.releases.released_by(PUPIL, NEW.id, world.clock())
    assert world.live(CLOCK) == []
    assert await world.transfers.unfinished_of(PUPIL) is None, "the next school can ask"


async def test_one_who_had_arrived_and_went_on_to_a_third_school_is_not_said_to_be_here():
    """НЕИСПУО brought them, took them back, and brought them elsewhere."""
    world = await forbidden()
    world.roster.move(PUPIL, NEW.id)
    await world.clock_until(NOON + timedelta(hours=24))
    assert world.now.remark is Remark.ARRIVED
    world.roster.move(PUPIL, OLD.id)
    world.clock.now = max(world.clock(), min(world.live(RECHECK)))
    await world.attempt(RECHECK)
    assert world.now.problem is Problem.UNDONE
    world.roster.move(PUPIL, THIRD.id)

    await world.clock_until(world.clock() + timedelta(days=2))

    assert (world.states()[-1], world.now.remark) == (State.STALE, Remark.NONE)


@pytest.mark.parametrize("schools", [(OLD.id,), (OLD.id, NEW.id), (OLD.id, THIRD.id), ()])
async def test_one_whom_nobody_has_moved_yet_is_waited_for(schools):
    world = await forbidden()
    world.roster.move(PUPIL, *schools)

    await world.clock_until(NOON + timedelta(days=7))

    assert world.now.state is State.NEEDS_ATTENTION
    assert len(world.live(CLOCK)) == 1


async def test_one_whose_account_is_off_or_gone_or_who_cannot_be_read_is_waited_for():
    for what in ("off", "gone", "unread"):
        world = await forbidden()
        world.roster.move(PUPIL, NEW.id)
        if what == "off":
            world.roster.people[PUPIL] = replace(world.roster.people[PUPIL], state=AccountState.DISABLED)
        elif what == "gone":
            del world.roster.people[PUPIL]
        else:
            world.roster.fail_reads_with = DirectoryUnavailable("503")

        await world.clock_until(NOON + timedelta(days=7))

        assert world.now.state is State.NEEDS_ATTENTION, what
        await world.clock_until(world.now.deadlines.expire_at)
        assert world.states()[-1] is State.EXPIRED, what


# The account is not one that a school may move


async def test_an_account_that_became_protected_after_the_approval_is_not_touched():
    world = World()
    world.roster.people[PUPIL] = pupil(state=AccountState.DISABLED)
    await world.approved()
    world.roster.unordinary.add(PUPIL)

    await world.work(CARRY_OUT)

    assert (world.now.state, world.now.problem) == (State.NEEDS_ATTENTION, Problem.PROTECTED)
    assert world.roster.writes == []
    assert world.roster.people[PUPIL].state is AccountState.DISABLED
    assert world.entries()[2:] == [("carried-out", "needs-attention")]


async def test_nor_is_one_that_became_protected_halfway():
    world = await begun()
    world.roster.unordinary.add(PUPIL)

    await world.work(CARRY_OUT)

    assert (world.now.state, world.now.problem) == (State.NEEDS_ATTENTION, Problem.PROTECTED)
    assert world.roster.writes == [JOINED]


async def test_an_account_that_is_no_more_is_said_to_be_missing():
    world = World()
    await world.approved()
    del world.roster.people[PUPIL]

    await world.work(CARRY_OUT)

    assert (world.now.state, world.now.problem) == (State.NEEDS_ATTENTION, Problem.MISSING)
    assert world.roster.writes == []


# Time has passed


@pytest.mark.parametrize("halfway", [False, True])
async def test_an_approval_of_a_day_ago_is_not_carried_out_before_somebody_has_looked(halfway):
    world = await begun() if halfway else World()
    if not halfway:
        await world.approved()
    before = list(world.roster.writes)
    world.clock.now = NOON + timedelta(days=1)

    await world.attempt(CARRY_OUT)

    assert (world.now.state, world.now.problem) == (State.NEEDS_ATTENTION, Problem.UNAVAILABLE)
    assert world.roster.writes == before
    await world.does(HEAD, Choice.RETRY)
    await world.work(CARRY_OUT)
    assert world.now.state is State.DONE, "somebody has looked"


async def test_one_of_a_second_less_is():
    world = World()
    await world.approved()
    world.clock.now = NOON + timedelta(days=1) - timedelta(seconds=1)

    await world.work(CARRY_OUT)

    assert world.now.state is State.DONE


class Frozen(FakeRateLimit):
    """The machine sleeps for so long, once, while a turn to write is taken."""

    def __init__(self, clock: FakeClock, seconds: float) -> None:
        super().__init__(clock)
        self.seconds = seconds

    async def take(self, name: str, interval: timedelta, burst: int, count: int = 1) -> timedelta:
        wait = await super().take(name, interval, burst, count)
        self.clock.move(seconds=self.seconds)
        self.seconds = 0
        return wait


async def falls_asleep(seconds: float) -> World:
    """Approved, and the machine of the worker sleeps between reading and writing."""
    world = World()
    await world.approved()
    handler: Any = world.handlers[CARRY_OUT]
    world.handlers[CARRY_OUT] = replace(handler, rate_limit=Frozen(world.clock, seconds))
    return world


async def test_a_worker_that_slept_before_it_wrote_reads_everything_again():
    world = await falls_asleep(30.1)

    told = await world.attempt(CARRY_OUT)

    assert isinstance(told, TryAgain)
    assert (told.why, told.after, told.failed) == ("frozen", timedelta(0), False)
    assert world.roster.writes == []
    world.roster.move(PUPIL, THIRD.id)
    await world.work(CARRY_OUT)
    assert world.roster.writes == []


async def test_what_was_read_half_a_minute_ago_is_new_enough_to_write():
    world = await falls_asleep(30)

    assert await world.attempt(CARRY_OUT) is None

    assert world.now.state is State.DONE


# Microsoft refuses, or does not answer


@pytest.mark.parametrize(
    ("error", "problem"),
    [
        (DirectoryForbidden("403"), Problem.FORBIDDEN),
        (NotGranted("403"), Problem.NOT_GRANTED),
        (AccountMissing("404"), Problem.MISSING),
        (DirectoryMisunderstood("400"), Problem.NOT_UNDERSTOOD),
    ],
)
@pytest.mark.parametrize("only", [None, 1])
async def test_a_refusal_that_asking_again_would_not_change_is_said_at_once(error, problem, only):
    """Of everything that goes together, or of the second of two teams."""
    world = World()
    await world.approved()
    world.roster.faults.extend(() if only is None else (None,))
    world.roster.faults.append(Fault(error, only=only))

    assert await world.attempt(CARRY_OUT) is None

    assert (world.now.state, world.now.problem) == (State.NEEDS_ATTENTION, problem)
    done = [kind.value for kind, _, _ in world.roster.writes]
    assert done == ([] if only is None else ["join-school", "join-team"])
    assert world.told() == ["submitted", "approved", "attention"]


@pytest.mark.parametrize("reading", [False, True])
async def test_who_waits_is_told_after_ten_minutes_without_an_answer(reading):
    world = World()
    await world.approved()
    if reading:
        world.roster.fail_reads_with = DirectoryUnavailable("503")
    else:
        world.roster.faults.extend([Fault(DirectoryUnavailable("503"))] * 100)
    world.clock.now = NOON + timedelta(minutes=9, seconds=59)

    told = await world.attempt(CARRY_OUT)

    assert isinstance(told, TryAgain)
    assert (told.after, told.failed) == (timedelta(seconds=1), True)
    world.clock.move(seconds=1)
    await world.attempt(CARRY_OUT)
    assert (world.now.state, world.now.problem) == (State.NEEDS_ATTENTION, Problem.UNAVAILABLE)
    assert world.roster.writes == []


async def test_two_who_change_one_object_at_once_hold_up_no_other():
    world = World()
    await world.approved()
    world.roster.faults.extend((Fault(DirectoryBusy(10.0, "Request_Conflict")),))
    told = await world.attempt(CARRY_OUT)

    assert isinstance(told, TryAgain)
    assert (told.after, world.rate_limit.paused) == (timedelta(seconds=10), {})


async def test_while_microsoft_wants_to_be_left_alone_nobody_writes():
    world = await begun()

    assert world.rate_limit.paused == {"graph-writes": NOON + timedelta(seconds=2)}
    await world.work(CARRY_OUT)
    assert world.clock() == NOON + timedelta(seconds=2)
    assert world.now.state is State.DONE


async def test_it_is_done_when_reading_shows_it_and_not_before():
    world = World()
    await world.approved()
    world.roster.lag = timedelta(seconds=20)

    told = await world.work(CARRY_OUT)

    assert {(one.why, one.after) for one in told[:-1]} == {("not-visible-yet", timedelta(seconds=2))}
    assert (world.now.state, world.now.ended_at) == (State.DONE, NOON + timedelta(seconds=20))
    assert len(world.roster.writes) == 6, "each step once"
    assert world.states() == [State.REQUESTED, State.APPROVED, State.CARRYING_OUT, State.DONE]


async def test_what_reading_does_not_show_for_ten_minutes_is_said():
    world = World()
    await world.approved()
    world.roster.lag = timedelta(hours=1)

    await world.work(CARRY_OUT)

    assert (world.now.state, world.now.problem) == (State.NEEDS_ATTENTION, Problem.NOT_VISIBLE)
    assert world.clock() == NOON + timedelta(minutes=10)


# What is kept of it


async def test_what_was_begun_and_what_was_done_is_recorded_step_by_step():
    world = World()
    world.roster.people[PUPIL] = pupil(state=AccountState.DISABLED)
    await world.approved()

    await world.work(CARRY_OUT)

    steps = "join-school:school-1,join-team:team-3,join-team:team-4,leave-team:team-1,leave-team:team-2,"
    steps += "leave-school:school-2,enable:pupil"
    asked = {"transfer": "press-1", "number": "1", "receiving": "school-1", "releasing": "school-2"}
    assert world.audit.entries[2:] == [
        AuditEntry(NOON, "worker", "transfer.begun", "pupil", "begun", asked | {"version": "2", "steps": steps}),
        AuditEntry(
            NOON,
            "worker",
            "transfer.carried-out",
            "pupil",
            "done",
            asked | {"version": "3", "steps": steps, "problem": "", "remark": ""},
        ),
    ]
    assert world.told() == ["submitted", "approved", "done"]
    assert world.placed() == world.moved


async def test_a_failure_is_recorded_with_its_reason_and_ends_when_nobody_looks():
    world = await forbidden()

    last = world.audit.entries[-1]
    assert (last.actor, last.action, last.outcome) == ("worker", "transfer.carried-out", "needs-attention")
    assert (last.detail["problem"], last.detail["steps"], last.detail["version"]) == ("forbidden", "", "3")
    ends = datetime(2027, 1, 4, 10, tzinfo=UTC)
    assert world.now.deadlines.expire_at == ends, "thirty working days"
    await world.clock_until(ends)
    assert (world.now.state, world.now.problem) == (State.EXPIRED, None)


async def test_a_class_that_has_gone_meanwhile_is_remarked_and_the_student_is_in_the_school():
    world = World()
    await world.approved()
    for team in world.new_teams:
        del world.roster.teams[team.id]

    await world.work(CARRY_OUT)

    assert (world.now.state, world.now.remark) == (State.DONE, Remark.CLASS_GONE)
    assert world.placed() == ((NEW.id,), set(), AccountState.ACTIVE)


async def test_a_class_whose_year_is_over_is_remarked_as_that():
    world = World()
    await world.approved()
    world.roster.ended |= {team.id for team in world.new_teams}

    await world.work(CARRY_OUT)

    assert (world.now.state, world.now.remark) == (State.DONE, Remark.CLASS_OVER)
    assert world.placed() == ((NEW.id,), set(), AccountState.ACTIVE)


async def test_teams_that_go_while_it_is_carried_out_are_remarked_too():
    world = await begun()
    for team in world.new_teams:
        del world.roster.teams[team.id]

    await world.work(CARRY_OUT)

    assert (world.now.state, world.now.remark) == (State.DONE, Remark.CLASS_GONE)
    assert world.placed() == ((NEW.id,), set(), AccountState.ACTIVE)
    assert world.entries()[3:] == [("changed", "carrying-out"), ("carried-out", "done")]
    assert world.audit.entries[3].at == NOON + timedelta(seconds=2)
    keys = [row.key for row in world.queue.of(TELL)]
    assert keys[2:] == ["press-1:4:changed", "press-1:5:done"]


# Attempts that come too late, twice, or into a bug


def by_worker(world: World) -> ChangeByWorker:
    return ChangeByWorker(transfers=world.transfers, calendar=world.calendar, clock=world.clock, clocks=Clocks())


@pytest.mark.parametrize(
    "what", ["begins", "elsewhere", "protected", "missing", "old", "forbidden", "not visible", "done"]
)
async def test_a_worker_that_lost_its_task_changes_nothing(what):
    """The lease ran out and another worker has claimed the task, before the first one writes to the database."""
    world = World()
    await world.approved()
    if what in {"not visible", "done"}:
        world.roster.lag = timedelta(seconds=20)
        assert isinstance(await world.attempt(CARRY_OUT), TryAgain)
        assert world.now.state is State.CARRYING_OUT
    match what:
        case "elsewhere":
            world.roster.move(PUPIL, THIRD.id)
        case "protected":
            world.roster.unordinary.add(PUPIL)
        case "missing":
            del world.roster.people[PUPIL]
        case "old":
            world.clock.now = NOON + timedelta(days=1)
        case "forbidden":
            world.roster.fail_reads_with = DirectoryForbidden("403")
        case "done":
            world.clock.now = NOON + timedelta(minutes=1)
        case "not visible":
            world.roster._waiting.clear()
            world.roster.move(PUPIL, OLD.id, NEW.id)
            world.clock.now = NOON + timedelta(minutes=10)
    world.clock.move(seconds=2)
    (lost,) = await world.queue.claim((CARRY_OUT,), 1, timedelta(0))
    await world.queue.claim((CARRY_OUT,), 1, LEASE)
    before, writes = (world.now, len(world.audit.entries)), list(world.roster.writes)

    with pytest.raises(TaskLost):
        await world.handlers[CARRY_OUT].carry_out(lost)

    assert (world.now, len(world.audit.entries)) == before
    assert world.roster.writes == writes


async def test_nor_does_it_note_anything():
    world = World()
    await world.approved()
    (lost,) = await world.queue.claim((CARRY_OUT,), 1, timedelta(0))
    await world.queue.claim((CARRY_OUT,), 1, LEASE)

    with pytest.raises(TaskLost):
        await by_worker(world).change(lost, world.now, world.now, Event.CHANGED)

    assert world.now.version == 2


async def test_the_end_and_the_end_of_its_task_are_one():
    world = World()
    await world.approved()
    (task,) = await world.queue.claim((CARRY_OUT,), 1, LEASE)

    await world.handlers[CARRY_OUT].carry_out(task)

    assert world.now.state is State.DONE
    assert [row.status for row in world.queue.of(CARRY_OUT)] == ["done"]
    tells = [row.key for row in world.queue.of(TELL)]
    assert tells == ["press-1:1:submitted", "press-1:2:approved", "press-1:4:done"]


async def test_who_has_moved_on_while_the_worker_reads_is_read_again():
    """Somebody else has changed the request between the worker's reading and its writing."""
    world = World()
    await world.approved()
    older = replace(world.now, version=1)
    (task,) = await world.queue.claim((CARRY_OUT,), 1, LEASE)

    with pytest.raises(TryAgain) as again:
        await by_worker(world).stumble(task, older, Problem.MISSING)

    assert (again.value.after, again.value.why, again.value.failed) == (timedelta(0), "moved-on", False)
    assert world.now.state is State.APPROVED


async def test_a_task_of_what_is_over_or_was_never_asked_does_nothing():
    world = World()
    await world.done()
    writes, reads = list(world.roster.writes), world.roster.reads

    for transfer in ("press-1", "press-9"):
        await world.handlers[CARRY_OUT].carry_out(Task(9, CARRY_OUT, "again", {"transfer": transfer}, 1))

    assert (world.roster.writes, world.roster.reads) == (writes, reads)
    assert world.now.state is State.DONE


async def test_a_bug_is_told_to_people_after_ten_minutes_and_not_before(monkeypatch):
    world = World()
    await world.approved()

    async def broken(*_):
        raise RuntimeError

    monkeypatch.setattr(world.roster, "teams_of_class", broken)
    assert isinstance(await world.attempt(CARRY_OUT), RuntimeError)
    assert world.now.state is State.APPROVED
    world.clock.move(minutes=10)
    assert await world.attempt(CARRY_OUT) is None
    assert (world.now.state, world.now.problem) == (State.NEEDS_ATTENTION, Problem.UNAVAILABLE)


async def test_what_is_given_up_needs_attention():
    world = World()
    await world.approved()
    (task,) = await world.queue.claim((CARRY_OUT,), 1, LEASE)

    await world.handlers[CARRY_OUT].on_dead_letter(task, RuntimeError())

    assert (world.now.state, world.now.problem) == (State.NEEDS_ATTENTION, Problem.UNAVAILABLE)


class Later:
    """The roster, in which the student is found like this after the first look."""

    def __init__(self, roster: Roster, then: Callable[[Placement], Placement | None]) -> None:
        self.roster = roster
        self.looks = 0
        self.then = then

    async def of(self, person_id: str) -> Placement | None:
        self.looks += 1
        found = await self.roster.of(person_id)
        return found if found is None or self.looks == 1 else self.then(found)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.roster, name)


@pytest.mark.parametrize(
    ("then", "problem"),
    [
        (lambda _: None, Problem.MISSING),
        (lambda found: replace(found, teams=()), Problem.NOT_VISIBLE),
        (lambda found: replace(found, person=pupil()), Problem.NOT_VISIBLE),
    ],
    ids=["no account", "no teams", "the old school"],
)
async def test_it_is_not_done_while_the_last_look_does_not_show_all_of_it(then, problem):
    world = World()
    await world.approved()
    handler: Any = world.handlers[CARRY_OUT]
    world.handlers[CARRY_OUT] = replace(handler, placements=Later(world.roster, then))

    told = await world.attempt(CARRY_OUT)

    assert isinstance(told, TryAgain)
    assert told.why == "not-visible-yet"
    assert world.now.state is State.CARRYING_OUT
    world.handlers[CARRY_OUT] = replace(handler, placements=Later(world.roster, then))
    world.clock.move(minutes=10)
    await world.attempt(CARRY_OUT)
    assert (world.now.state, world.now.problem) == (State.NEEDS_ATTENTION, problem)


async def test_what_is_tried_again_weeks_later_has_its_ten_minutes_again():
    world = await forbidden()
    world.clock.move(days=20)
    await world.does(HEAD, Choice.RETRY)
    world.roster.faults.append(Fault(DirectoryUnavailable("503")))

    assert isinstance(await world.attempt(CARRY_OUT), TryAgain)

    assert world.now.state is State.CARRYING_OUT


async def test_of_several_answers_the_one_that_asking_again_would_not_change_counts(monkeypatch):
    """One team wants to be left alone, the other is forbidden."""
    world = World()
    await world.approved()
    write = world.roster.carry_out

    async def both(person, steps):
        done = await write(person, steps)
        errors = (DirectoryBusy(2.0), DirectoryForbidden("403"))
        return tuple(map(StepOutcome, steps, errors)) if len(steps) == 2 else done

    monkeypatch.setattr(Roster, "carry_out", lambda _, *given: both(*given))
    await world.attempt(CARRY_OUT)

    assert (world.now.state, world.now.problem) == (State.NEEDS_ATTENTION, Problem.FORBIDDEN)


async def test_where_one_of_several_wants_to_be_left_alone_all_wait():
    world = World()
    await world.approved()
    world.roster.faults.extend((None, Fault(DirectoryBusy(7.0, everybody=True), only=0)))

    told = await world.attempt(CARRY_OUT)

    assert isinstance(told, TryAgain)
    assert told.after == timedelta(seconds=7)
    assert world.rate_limit.paused == {"graph-writes": NOON + timedelta(seconds=7)}
    assert [kind.value for kind, _, _ in world.roster.writes] == ["join-school", "join-team"]
    await world.work(CARRY_OUT)
    assert world.placed() == world.moved
    assert len(world.roster.writes) == 6, "each step once"
