"""The mornings after: what the nightly synchronisation took back is noticed, and nothing else is."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.core.tasks import TaskLost
from bot.core.transfers.model import CARRY_OUT, CLOCK, RECHECK, Problem, State
from bot.core.transfers.policy import Choice
from tests.fakes import NOON
from tests.unit.core.transfer_world import (
    HEAD,
    LEASE,
    NEW,
    OLD,
    PUPIL,
    THIRD,
    THIRD_HEAD,
    World,
)

TUESDAY, WEDNESDAY, THURSDAY = (datetime(2026, 11, day, 6, tzinfo=UTC) for day in (24, 25, 26))
"""Eight in the morning in Sofia, after the Monday of these tests."""


async def test_who_has_arrived_is_looked_at_on_three_mornings():
    world = World()
    await world.done()
    assert [(row.key, row.payload, row.run_at) for row in world.queue.of(RECHECK)] == [
        ("press-1:3", {"transfer": "press-1"}, TUESDAY)
    ]
    reads = world.roster.reads

    told = await world.work(RECHECK)

    assert [(one.why, one.failed) for one in told[:-1]] == [("another-morning", False)] * 2
    assert told[-1] is None
    assert world.clock() == THURSDAY
    assert world.roster.reads == reads + 3
    assert (world.now.state, world.now.ended_at) == (State.DONE, NOON)
    assert world.told() == ["submitted", "approved", "done"]


@pytest.mark.parametrize("schools", [(OLD.id,), (OLD.id, NEW.id), ()])
async def test_what_was_taken_back_needs_attention_and_has_thirty_working_days_from_then(schools):
    world = World()
    await world.done()
    world.clock.now = TUESDAY
    await world.attempt(RECHECK)
    world.roster.move(PUPIL, *schools)
    world.clock.now = WEDNESDAY

    await world.attempt(RECHECK)

    assert (world.now.state, world.now.problem) == (State.NEEDS_ATTENTION, Problem.UNDONE)
    assert world.now.ended_at is None
    ends = datetime(2027, 1, 6, 6, tzinfo=UTC)
    assert world.now.deadlines.expire_at == ends
    last = world.queue.of(CLOCK)[-1]
    assert (last.key, last.payload, last.run_at) == (
        "press-1:attention-4",
        {"transfer": "press-1", "round": "attention"},
        ends,
    )
    assert world.live(RECHECK) == []
    assert world.entries()[-1] == ("carried-out", "needs-attention")
    assert world.told() == ["submitted", "approved", "done", "attention"]
    assert not await world.releases.released_by(PUPIL, NEW.id, world.clock()), "no new one"


async def test_who_has_moved_on_to_a_third_school_or_is_no_more_is_looked_at_once_and_left_there():
    for gone in (False, True):
        world = World()
        await world.done()
        writes = list(world.roster.writes)
        if gone:
            del world.roster.people[PUPIL]
        else:
            world.roster.move(PUPIL, THIRD.id)

        assert await world.work(RECHECK) == [None]

        assert world.now.state is State.DONE
        assert world.roster.writes == writes


async def test_of_whom_another_school_asks_meanwhile_nothing_is_said():
    world = World()
    await world.done()
    world.roster.team(THIRD.id, "Музика - 8 а - ООП")
    await world.asked(THIRD_HEAD, id="press-2", school=THIRD.id)
    world.roster.move(PUPIL, OLD.id)

    assert await world.work(RECHECK) == [None]

    assert world.now.state is State.DONE


async def test_what_is_not_done_any_more_is_not_looked_at():
    world = World()
    await world.done()
    row = replace(world.now, state=State.NEEDS_ATTENTION)
    world.transfers.rows[row.id] = row
    await world.does(HEAD, Choice.RETRY)
    world.roster.move(PUPIL, OLD.id)
    reads = world.roster.reads

    assert await world.work(RECHECK) == [None]

    assert world.roster.reads == reads
    assert world.now.state is State.APPROVED


async def test_two_working_days_are_over_at_the_minute():
    world = World()
    await world.approved()
    world.clock.now = TUESDAY
    await world.work(CARRY_OUT)
    assert world.now.state is State.DONE

    assert len(await world.work(RECHECK)) == 2

    assert world.clock() == THURSDAY


async def test_a_worker_that_lost_its_task_undoes_nothing():
    world = World()
    await world.done()
    world.roster.move(PUPIL, OLD.id)
    world.clock.now = TUESDAY
    (lost,) = await world.queue.claim((RECHECK,), 1, timedelta(0))
    await world.queue.claim((RECHECK,), 1, LEASE)

    with pytest.raises(TaskLost):
        await world.handlers[RECHECK].carry_out(lost)

    assert world.now.state is State.DONE
