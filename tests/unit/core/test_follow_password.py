from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.decision import Decision, Reason
from bot.core.errors import DirectoryUnavailable, StoreUnavailable
from bot.core.passwords.follow import PasswordState
from bot.core.passwords.model import EXPIRE, Failure, PasswordStatus, Refused, Stage
from tests.unit.bot.operations import NOW, operation
from tests.unit.core.password_world import CHAT, DEPUTY, DIRECTOR, PUPIL, WISH, World

UNSEEN, LEASE = NOW + timedelta(minutes=30), NOW + timedelta(minutes=2)


@pytest.fixture
def world():
    return World()


def refused(reason):
    return Refused(Decision(reason))


def check(world, operation="press-1"):
    return world.check(DIRECTOR, CHAT, operation)


async def test_without_patience_it_is_looked_at_once(world):
    begun = await world.ask()

    assert await world.follow(DIRECTOR, CHAT, "press-1") == begun
    assert world.slept == []


async def test_patience_ends(world):
    await world.ask()

    operation = await world.follow(DIRECTOR, CHAT, "press-1", patience=1.5)

    assert operation.stage is Stage.REQUESTED
    assert world.slept == [0.1] * 15


async def test_it_ends_as_soon_as_it_is_ready(world):
    await world.ask()

    async def third():
        if len(world.slept) == 3:
            await world.work()

    world.on_sleep = third
    operation = await world.follow(DIRECTOR, CHAT, "press-1", patience=1.5)

    assert operation.stage is Stage.READY
    assert world.slept == [0.1] * 3


async def test_what_is_over_is_not_waited_for(world):
    await world.ready()

    assert (await world.follow(DIRECTOR, CHAT, "press-1", patience=9)).stage is Stage.READY
    assert world.slept == []


@pytest.mark.parametrize("patience", [-1.0, 0.0, 0.01])
async def test_hardly_any_patience(world, patience):
    await world.ask()
    await world.follow(DIRECTOR, CHAT, "press-1", patience=patience)

    assert world.slept == []


async def test_only_ones_own_can_be_followed(world):
    await world.ready()

    for use_case in (world.follow, world.check):
        assert await use_case(DEPUTY, CHAT, "press-1") == refused(Reason.NOT_YOURS)
        assert await use_case(DIRECTOR, "another chat", "press-1") == refused(Reason.NOT_YOURS)
        assert await use_case(replace(DIRECTOR, tenant_id="another"), CHAT, "press-1") == refused(Reason.NOT_YOURS)
        assert await use_case(DIRECTOR, CHAT, "press-9") == refused(Reason.NO_OPERATION)
    assert "password_changes" not in [name for name, _ in world.accounts.calls]


async def test_a_store_that_is_gone_is_an_error(world):
    await world.ask()
    world.operations.fail_with = StoreUnavailable("OperationalError")

    with pytest.raises(StoreUnavailable):
        await world.follow(DIRECTOR, CHAT, "press-1", patience=1)


# Whether it works.


@pytest.mark.parametrize(
    ("changed", "accepted", "status"),
    [
        (timedelta(0), True, PasswordStatus.READY),
        (timedelta(seconds=-5), True, PasswordStatus.READY),
        (timedelta(seconds=-6), False, PasswordStatus.READY),
        (timedelta(days=-90), False, PasswordStatus.READY),
        (None, False, PasswordStatus.READY),
        (timedelta(seconds=5), True, PasswordStatus.READY),
        (timedelta(minutes=10), True, PasswordStatus.READY),
        (timedelta(minutes=10, seconds=1), True, PasswordStatus.CHANGED),
    ],
)
async def test_whether_the_directory_shows_the_change(world, changed, accepted, status):
    operation = await world.ready()
    world.stand(password_changed_at=None if changed is None else operation.set_at + changed)
    world.clock.move(minutes=2)

    assert await check(world) == PasswordState(operation, status, accepted)


async def test_an_account_that_cannot_be_read_shows_no_change(world):
    operation = await world.ready()
    del world.accounts.accounts[PUPIL.person.id]

    assert await check(world) == PasswordState(operation, PasswordStatus.READY, accepted=False)


async def test_a_directory_that_does_not_answer_is_an_error(world):
    await world.ready()
    world.accounts.fail_read.append(DirectoryUnavailable())

    with pytest.raises(DirectoryUnavailable):
        await check(world)


async def test_before_it_is_set_nothing_is_asked(world):
    begun = await world.ask()

    assert await check(world) == PasswordState(begun, PasswordStatus.RUNNING, None)
    assert "password_changes" not in [name for name, _ in world.accounts.calls]


@pytest.mark.parametrize(("doubt", "status"), [(True, PasswordStatus.DOUBTFUL), (False, PasswordStatus.NEVER)])
async def test_one_that_failed(world, doubt, status):
    await world.ask()
    task = await world.claim()
    if doubt:
        await world.operations.doubt(task, "press-1")
    await world.operations.fail(task, "press-1", Failure.UNAVAILABLE, "", entries=(), tasks=())

    assert await check(world) == PasswordState(world.stored(), status, None)


async def test_one_whose_life_is_over(world):
    await world.shown()
    world.clock.move(hours=72)
    state = await check(world)
    assert (state.status, state.accepted) == (PasswordStatus.EXPIRED, True)

    await world.work(EXPIRE)
    world.accounts.calls.clear()
    state = await check(world)
    assert (state.status, state.accepted) == (PasswordStatus.EXPIRED, True)
    assert world.accounts.calls, "it goes on working, so its owner may have changed it since"

    world.accounts.change(PUPIL.person.id, "own-password-1")
    assert (await check(world)).status is PasswordStatus.CHANGED


async def test_a_newer_password_is_no_change_by_its_owner(world):
    await world.shown()
    world.clock.move(hours=1)
    await world.ask(replace(WISH, operation="press-2"))
    assert (await check(world)).accepted

    await world.work()
    state = await check(world)

    assert (state.status, state.accepted) == (PasswordStatus.GIVEN, None)
    assert (await check(world, "press-2")).accepted


async def test_nor_is_one_that_may_have_been_set(world):
    await world.shown()
    world.clock.move(hours=1)
    await world.ask(replace(WISH, operation="press-2"))
    task = await world.claim()
    await world.operations.doubt(task, "press-2")
    world.accounts.change(PUPIL.person.id, "nobody knows")

    assert (await check(world)).status is PasswordStatus.GIVEN


@pytest.mark.parametrize(
    ("stage", "until"),
    [(one, {Stage.READY: UNSEEN, Stage.SHOWN: LEASE}.get(one)) for one in Stage],
)
def test_there_is_a_secret_to_show_until_it_was_not_looked_at_or_its_lease_is_over(stage, until):
    one = operation(stage=stage, unseen_until=UNSEEN, lease_until=LEASE)

    assert one.secret_until == until
    for when in (UNSEEN, LEASE):
        for away in (-1, 0, 1):
            now = when + timedelta(seconds=away)
            assert one.can_be_shown(now) == (until is not None and now < until)


@pytest.mark.parametrize("stage", [Stage.READY, Stage.SHOWN])
def test_without_a_time_there_is_no_secret_to_show(stage):
    assert not operation(stage=stage, unseen_until=None, lease_until=None).can_be_shown(NOW)
