"""A change that the directory dates is the same to the board, to the card of a password and to the end of its life."""

from datetime import timedelta

import pytest

from bot.core.accounts.model import TO_HAND_OVER, Account, BoardRow, BoardState, BoardTiming, Ending, GivenPassword
from bot.core.accounts.states import state_of
from bot.core.passwords.follow import PasswordState
from bot.core.passwords.model import BURN, EXPIRE, PasswordStatus, Timing
from bot.core.people.model import Kind
from tests.unit.core.password_world import CHAT, DIRECTOR, PUPIL, World

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
LATE = (timedelta(0), 5 * SECOND, 6 * SECOND, MINUTE, 9 * MINUTE, 10 * MINUTE, 10 * MINUTE + SECOND, 60 * MINUTE)


def on_the_board(operation, changed):
    account = Account(
        PUPIL.person.id, "Мария", "m@edu.mon.bg", Kind.STUDENT, "5 б", True, operation.set_at - 900 * MINUTE, changed
    )
    given = GivenPassword(
        operation.asked.at, operation.set_at, operation.shown_at, Ending(operation.ending), elsewhere=False
    )
    return state_of(BoardRow(account, given), BoardTiming())


@pytest.mark.parametrize("late", LATE)
@pytest.mark.parametrize("seen", [None, 7 * SECOND, 2 * MINUTE])
async def test_whoever_asks_is_told_the_same_of_a_change(late, seen):
    world = World()
    operation = await world.ready()
    if seen is not None:
        world.clock.move(seconds=seen.total_seconds())
        await world.reveal(DIRECTOR, CHAT, "press-1")
    changed = operation.set_at + late
    world.stand(password_changed_at=changed)
    world.clock.move(minutes=61)
    await world.work(BURN)

    before = on_the_board(world.stored(), changed)
    checked = await world.check(DIRECTOR, CHAT, "press-1")
    assert isinstance(checked, PasswordState)
    world.clock.now = operation.expires_at + MINUTE
    await world.work(EXPIRE)

    somebody = before is BoardState.CHANGED
    assert (checked.status is PasswordStatus.CHANGED) is somebody
    assert (world.stored().ending == "changed") is somebody
    assert on_the_board(world.stored(), changed) is before


@pytest.mark.parametrize("late", LATE[:-2])
async def test_a_password_that_nobody_saw_is_never_handed_over_by_the_directory_dating_it_late(late):
    world = World()
    operation = await world.ready()
    world.stand(password_changed_at=operation.set_at + late)
    world.clock.now = operation.expires_at + MINUTE
    await world.work(BURN)
    await world.work(EXPIRE)

    assert world.stored().ending == "expired"
    assert on_the_board(world.stored(), operation.set_at + late) in TO_HAND_OVER


@pytest.mark.parametrize("early", [SECOND, 20 * SECOND])
async def test_what_may_be_its_owners_is_not_replaced_where_the_directorys_clock_is_behind_ours(early):
    world = World(timing=Timing(replace_unused=True))
    operation = await world.ready()
    world.clock.move(minutes=2)
    await world.reveal(DIRECTOR, CHAT, "press-1")
    world.stand(password_changed_at=world.clock() - early)
    world.clock.now = operation.expires_at + timedelta(hours=10)
    await world.work(EXPIRE)

    assert (world.stored().ending, len(world.accounts.set_calls)) == ("expired", 1)


async def test_what_its_owner_may_have_chosen_unseen_is_not_replaced_where_the_unused_are():
    """Somebody signed in elsewhere can, a minute after; a late date of our own setting looks the same."""
    world = World(timing=Timing(replace_unused=True))
    operation = await world.ready()
    world.stand(password_changed_at=operation.set_at + MINUTE)
    world.clock.now = operation.expires_at + timedelta(hours=10)
    await world.work(EXPIRE)

    assert (world.stored().ending, len(world.accounts.set_calls)) == ("expired", 1)
