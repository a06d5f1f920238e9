"""What cannot be undone waits while the clock may be wrong by weeks; everything else goes on."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.clock import SteadyClock
from bot.core.errors import DirectoryUnavailable
from bot.core.passwords.doubt import SettleDoubt
from bot.core.passwords.model import EXPIRE, RESET, SETTLE, Failure, Timing
from bot.core.tasks import TryAgain
from bot.core.transfers.model import CLOCK, State
from tests.fakes import NOON
from tests.unit.core import password_world, transfer_world


def started(world, kind, **later):
    """The process of this kind's handler was started so much later, on a machine whose clock may be wrong."""
    world.clock.move(**later)

    def elapsed():
        return (world.clock.now - NOON).total_seconds()

    clock = SteadyClock(world.clock, elapsed)
    clock.resume(NOON)
    world.handlers[kind] = replace(world.handlers[kind], clock=clock)
    return clock


async def test_no_request_ends_by_a_clock_in_doubt_and_it_does_when_the_word_is_given():
    world = transfer_world.World()
    await world.asked()
    clock = started(world, CLOCK, days=71)

    told = await world.attempt(CLOCK)

    assert isinstance(told, TryAgain)
    assert (told.why, told.failed) == ("clock-in-doubt", False)
    assert world.now.open
    clock.follow(world.clock())
    world.clock.move(minutes=10)
    await world.attempt(CLOCK)
    assert world.now.state is State.EXPIRED


async def test_what_can_be_undone_goes_on():
    """A week without power in a school's cellar: the office is asked, as it would have been."""
    world = transfer_world.World()
    await world.asked()
    clock = started(world, CLOCK, days=8)
    assert clock.in_doubt

    await world.attempt(CLOCK)

    assert world.now.state is State.ESCALATED


async def test_no_password_ends_by_a_clock_in_doubt():
    world = password_world.World()
    await world.shown()
    clock = started(world, EXPIRE, days=30)

    told = await world.attempt(EXPIRE)

    assert isinstance(told, TryAgain)
    assert told.why == "clock-in-doubt"
    assert world.stored().ending == ""
    clock.follow(world.clock())
    world.clock.move(minutes=10)
    await world.attempt(EXPIRE)
    assert world.stored().ending


async def test_no_doubt_about_a_password_is_settled_by_a_clock_in_doubt():
    world = password_world.World()
    await world.ask()
    world.accounts.fail_next.extend([DirectoryUnavailable()] * 100)
    await world.work()
    clock = started(world, SETTLE, days=30)

    told = await world.attempt(SETTLE)

    assert isinstance(told, TryAgain)
    assert told.why == "clock-in-doubt"
    assert world.stored().in_doubt
    clock.follow(world.clock())
    world.clock.move(minutes=10)
    await world.attempt(SETTLE)
    assert not world.stored().in_doubt


async def test_a_reminder_noted_years_ahead_is_no_reason_to_be_silent():
    world = transfer_world.World()
    await world.asked()
    await world.reached()
    await world.clock_until(world.now.deadlines.remind_at)
    assert world.now.state is State.REMINDED
    row = replace(world.now, last_reminded_at=world.clock() + timedelta(days=730))
    world.transfers.rows[row.id] = row

    await world.clock_until(world.clock() + timedelta(hours=5))

    assert world.now.version == row.version + 1
    assert world.now.last_reminded_at is not None
    assert world.now.last_reminded_at <= world.clock()


def ahead(world, kind, **by):
    """The bot's own time is so far ahead of the machine's and the directory's, after a jump."""
    lead = timedelta(**by)
    begun = world.clock()
    clock = SteadyClock(lambda: world.clock() - lead, lambda: (world.clock() - begun) / timedelta(seconds=1))
    clock.follow(begun)
    world.handlers[kind] = replace(world.handlers[kind], clock=clock)
    return lead


@pytest.mark.parametrize(("before", "doubt"), [(timedelta(0), True), (timedelta(minutes=10), False)])
async def test_what_the_directory_dates_is_held_against_the_machines_time(before, doubt):
    """An attempt that never came back set the password; by our own time the directory did so hours before."""
    world = password_world.World()
    operation = await world.ask()
    lead = ahead(world, RESET, hours=3)

    def dies():
        world.stand(password_changed_at=operation.asked.at - lead - before)
        raise KeyboardInterrupt

    world.accounts.fail_next.append(dies)
    with pytest.raises(KeyboardInterrupt):
        await world.attempt()
    world.clock.move(minutes=2)
    world.actors.actors.clear()
    await world.work()

    assert (world.stored().failure, world.stored().in_doubt) == (Failure.DENIED, doubt)


async def test_a_replacing_whose_answer_was_lost_is_known_again_by_the_machines_time():
    world = password_world.World(timing=Timing(replace_unused=True))
    await world.shown()
    lead = ahead(world, EXPIRE, hours=20)
    world.clock.now = world.stored().expires_at + timedelta(hours=16)  # in the evening by its own time

    def dies():
        world.stand(password_changed_at=world.clock() - lead)
        raise KeyboardInterrupt

    world.accounts.fail_next.append(dies)
    with pytest.raises(KeyboardInterrupt):
        await world.attempt(EXPIRE)
    world.clock.move(minutes=2)
    await world.attempt(EXPIRE)

    assert world.stored().ending == "replaced"


@pytest.mark.parametrize("hours", [1, 20])
async def test_a_doubt_is_not_ended_by_a_moment_that_was_noted_while_our_own_time_was_ahead(hours):
    """It was set; by our own time that was an hour before it was asked for. When it is looked at, the lead is lost."""
    world = password_world.World(doubt_applies=True)
    operation = await world.ask()
    world.accounts.fail_next.extend([DirectoryUnavailable()] * 99)
    await world.work()
    assert world.stored().in_doubt
    clock = SteadyClock(world.clock, lambda: (world.clock() - operation.asked.at) / timedelta(seconds=1))
    lead = timedelta(hours=hours)
    world.clock.now = operation.asked.at - lead
    clock.follow(operation.asked.at)
    world.handlers[SETTLE] = SettleDoubt(reader=world.accounts, operations=world.operations, clock=clock)
    world.stand(password_changed_at=world.clock() + timedelta(seconds=20))
    world.clock.now = operation.asked.at + timedelta(hours=3, minutes=1)

    await world.attempt(SETTLE)

    assert world.stored().in_doubt
