"""The mornings after: what the nightly synchronisation took back is noticed, and nothing else is."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.core.actors.model import Actor
from bot.core.tasks import TaskLost, TryAgain
from bot.core.transfers.decide import Decided, Deed
from bot.core.transfers.model import CARRY_OUT, CLOCK, RECHECK, Problem, State
from bot.core.transfers.policy import Choice
from tests.fakes import NOON
from tests.unit.core.transfer_world import (
    ASKER,
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


@pytest.mark.parametrize(
    ("schools", "problem"),
    [((OLD.id,), Problem.UNDONE), ((OLD.id, NEW.id), Problem.UNDONE), ((), Problem.NOWHERE)],
)
async def test_what_was_taken_back_needs_attention_and_has_thirty_working_days_from_then(schools, problem):
    world = World()
    await world.done()
    world.clock.now = TUESDAY
    await world.attempt(RECHECK)
    world.roster.move(PUPIL, *schools)
    world.clock.now = WEDNESDAY

    await world.attempt(RECHECK)

    assert (world.now.state, world.now.problem) == (State.NEEDS_ATTENTION, problem)
    assert world.now.ended_at is None
    assert world.now.deadlines.expire_at == datetime(2027, 1, 6, 6, tzinfo=UTC)
    last = world.queue.of(CLOCK)[-1]
    assert (last.key, last.payload) == ("press-1:attention-4", {"transfer": "press-1", "round": "attention"})
    assert timedelta(hours=4) <= last.run_at - WEDNESDAY < timedelta(hours=5), "the bot looks too"
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


async def asked_elsewhere() -> World:
    """Done; and a third school has asked the new one for the student since."""
    world = World()
    await world.done()
    world.roster.team(THIRD.id, "Музика - 8 а - ООП")
    await world.asked(THIRD_HEAD, id="press-2", school=THIRD.id)
    return world


async def decided(world: World, actor: Actor, choice: Choice, of: str = "press-2") -> None:
    row = world.transfers.rows[of]
    assert isinstance(await world.decide(actor, Deed(of, row.version, choice, "причина")), Decided)


async def test_of_whom_another_school_asks_meanwhile_nothing_is_said_before_that_is_decided():
    world = await asked_elsewhere()
    world.roster.move(PUPIL, OLD.id)
    world.clock.now = TUESDAY
    reads = world.roster.reads

    told = await world.attempt(RECHECK)

    assert isinstance(told, TryAgain)
    assert (told.why, told.failed) == ("asked-again", False)
    assert world.live(RECHECK) == [WEDNESDAY]
    assert world.roster.reads == reads
    assert world.now.state is State.DONE


@pytest.mark.parametrize(("actor", "choice"), [(ASKER, Choice.REFUSE), (THIRD_HEAD, Choice.WITHDRAW)])
async def test_and_where_that_came_to_nothing_it_is_looked_at_the_next_morning(actor, choice):
    world = await asked_elsewhere()
    world.roster.move(PUPIL, OLD.id)
    world.clock.now = TUESDAY
    await world.attempt(RECHECK)
    await decided(world, actor, choice)

    await world.work(RECHECK)

    assert world.clock() == WEDNESDAY
    assert (world.now.state, world.now.problem) == (State.NEEDS_ATTENTION, Problem.UNDONE)


async def there_and_back() -> World:
    """The parents change their mind: the child is moved, and the same afternoon moved back as both schools want."""
    world = World()
    await world.done()
    world.clock.move(hours=2)
    await world.asked(HEAD, id="press-2", school=OLD.id, to_class="5 б")
    await decided(world, ASKER, Choice.APPROVE)
    await world.work(CARRY_OUT)
    assert world.transfers.rows["press-2"].state is State.DONE
    assert world.placed()[0] == (OLD.id,)
    return world


async def test_who_was_moved_back_by_a_later_request_was_not_taken_back_by_anybody():
    world = await there_and_back()
    entries = len(world.audit.entries)

    told = await world.work(RECHECK)

    assert [one.why for one in told if one is not None] == ["another-morning"] * 2, (
        "only that of the later one goes on"
    )
    assert {one.state for one in world.transfers.rows.values()} == {State.DONE}
    assert len(world.audit.entries) == entries
    assert "attention" not in world.told()
    assert await world.transfers.unfinished_of(PUPIL) is None
    assert world.placed()[0] == (OLD.id,)


async def test_and_what_undoes_the_later_one_is_noticed():
    world = await there_and_back()
    world.roster.move(PUPIL, NEW.id)

    await world.work(RECHECK)

    assert world.now.state is State.DONE
    later = world.transfers.rows["press-2"]
    assert (later.state, later.problem) == (State.NEEDS_ATTENTION, Problem.UNDONE)


async def test_a_later_request_that_is_approved_between_reading_and_writing_is_not_overtaken(monkeypatch):
    """The recheck has read that nothing is newer."""
    world = await there_and_back()
    overtaken = [False]

    async def nothing_newer(_):
        return overtaken.pop() if overtaken else True

    monkeypatch.setattr(world.transfers, "overtaken", nothing_newer)
    world.clock.now = TUESDAY

    told = await world.attempt(RECHECK)

    assert isinstance(told, TryAgain)
    assert told.why == "moved-on"
    assert world.now.state is State.DONE


async def test_what_is_not_done_any_more_is_not_looked_at():
    world = World()
    await world.done()
    row = replace(world.now, state=State.NEEDS_ATTENTION, problem=Problem.UNDONE, ended_at=None)
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
