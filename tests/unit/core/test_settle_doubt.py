"""A password that was never clearly answered: what is known of it after its doubt's time, and what follows for the
one before it.
"""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.errors import DirectoryUnavailable
from bot.core.handover.changes import CLOCKS_DIFFER, DOUBT_ENDS
from bot.core.passwords.model import NOTHING_YET, Failure, Stage, Timing
from bot.core.passwords.policy import awaited_for
from tests.unit.core.password_world import CHAT, DIRECTOR, PUPIL, WISH, World

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
NEWER = replace(WISH, operation="press-2")


@pytest.fixture
async def world():
    """The first password was shown; an hour later one was asked for that failed without a clear answer."""
    world = World()
    await world.shown()
    world.clock.now += HOUR
    await world.ask(NEWER)
    world.accounts.fail_next.extend([DirectoryUnavailable()] * 100)
    await world.work()
    world.accounts.fail_next.clear()
    failed = world.stored("press-2")
    assert (failed.stage, failed.in_doubt, failed.failure) == (Stage.FAILED, True, Failure.UNAVAILABLE)
    return world


async def wait(world, until):
    """Time goes by, and a worker does what is due."""
    world.clock.now = until
    for kind in world.handlers:
        while any(row.run_at <= until and row.status == "ready" for row in world.queue.of(kind)):
            await world.attempt(kind)


def ends(world):
    return world.stored("press-2").asked.at + DOUBT_ENDS


def test_it_is_settled_an_hour_after_the_last_attempt_of_whatever_was_asked_for():
    last = max(awaited_for(many, Timing()) for many in (False, True))
    assert last + HOUR == DOUBT_ENDS
    assert CLOCKS_DIFFER < HOUR


async def handed(world):
    await world.hand_over(DIRECTOR, CHAT, "press-1")
    return world.stored().handed_at is not None


async def test_known_not_to_have_been_set_the_one_before_it_may_be_noted(world):
    assert not await handed(world)
    await wait(world, ends(world) - timedelta(seconds=1))
    assert not await handed(world), "what was sent may still have its effect"
    assert (await world.operations.afterwards(world.stored())).newer is not None

    await wait(world, ends(world))

    assert not world.stored("press-2").in_doubt
    assert await world.operations.afterwards(world.stored()) == NOTHING_YET
    assert await world.operations.latest([PUPIL.person.id]) == {PUPIL.person.id: world.stored()}
    assert (await world.check(DIRECTOR, CHAT, "press-1")).accepted
    assert await handed(world)
    assert world.entries("password.not-set") == [("not-set", "certain")]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda asked, ends: asked, id="with the attempt"),
        pytest.param(lambda asked, ends: asked - timedelta(minutes=5), id="by a clock that differs"),
        pytest.param(lambda asked, ends: ends - MINUTE, id="later, perhaps by its owner"),
        pytest.param(lambda asked, ends: None, id="the directory does not tell"),
    ],
)
async def test_what_the_directory_does_not_rule_out_stays_in_doubt(world, change):
    asked = world.stored("press-2").asked.at
    world.stand(password_changed_at=change(asked, ends(world)))

    await wait(world, ends(world) + 2 * HOUR)

    assert world.stored("press-2").in_doubt
    assert not await handed(world)
    assert (await world.check(DIRECTOR, CHAT, "press-1")).accepted is None
    assert world.entries("password.not-set") == []


async def test_a_newer_one_is_the_way_on_whatever_became_of_it(world):
    world.stand(password_changed_at=None)
    await wait(world, ends(world) + 24 * HOUR)

    await world.shown(replace(WISH, operation="press-3"))
    await world.hand_over(DIRECTOR, CHAT, "press-3")

    assert world.stored("press-3").handed_at is not None
    assert not await handed(world), "the first one has ended for certain"


async def test_a_directory_that_does_not_answer_is_asked_again(world):
    world.accounts.fail_read.append(DirectoryUnavailable())

    await wait(world, ends(world))
    assert world.stored("press-2").in_doubt

    await wait(world, ends(world) + timedelta(minutes=1))
    assert not world.stored("press-2").in_doubt


async def test_whose_account_cannot_be_read_is_asked_about_again(world):
    account = world.accounts.accounts.pop(PUPIL.person.id)
    await wait(world, ends(world))
    assert world.stored("press-2").in_doubt

    world.accounts.put(account)
    await wait(world, ends(world) + HOUR)
    assert not world.stored("press-2").in_doubt
