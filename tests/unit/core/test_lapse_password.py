from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from bot.core.errors import (
    AccountMissing,
    DirectoryBusy,
    DirectoryForbidden,
    DirectoryUnavailable,
    PasswordRefused,
    StoreUnavailable,
)
from bot.core.passwords.lapse import school_time_left, unknown_password
from bot.core.passwords.model import BURN, EXPIRE, NOTICE, RESET, Failure, Stage, Timing
from bot.core.tasks import Task, TryAgain
from tests.unit.core.password_world import CHAT, DIRECTOR, LEASE, PUPIL, WISH, World

SOFIA = ZoneInfo("Europe/Sofia")
REPLACING = Timing(replace_unused=True)
THURSDAY_NOON = datetime(2026, 11, 26, 10, tzinfo=UTC)
"""Three days after the Monday noon on which the password was set."""


class Killed(BaseException):
    """The process is gone at this moment."""


@pytest.fixture
def world():
    return World()


def waits(told):
    return [one and (one.after, one.failed) for one in told]


# The key of a secret.


async def test_nobody_looked(world):
    await world.ready()
    world.clock.move(minutes=30)

    assert await world.work(BURN) == [None]

    assert (world.stored().stage, world.operations.secrets) == (Stage.UNSEEN, {})
    assert world.entries()[-1] == ("key-destroyed", "unseen")


async def test_seen_and_over(world):
    await world.shown()
    world.clock.move(seconds=120)

    assert await world.work(BURN) == [None]

    assert (world.stored().stage, world.operations.secrets) == (Stage.CLOSED, {})
    assert world.entries()[-1] == ("key-destroyed", "seen")
    world.clock.move(minutes=30)
    assert await world.work(BURN) == [None]
    assert world.entries("password.key") == [("key-destroyed", "seen")]


async def test_looked_at_just_before_it_was_to_be_destroyed(world):
    await world.ready()
    world.clock.move(minutes=29, seconds=30)
    await world.reveal(DIRECTOR, CHAT, "press-1")
    world.clock.move(seconds=30)

    assert waits([await world.attempt(BURN)]) == [(timedelta(seconds=90), False)]
    assert world.stored().stage is Stage.SHOWN


@pytest.mark.parametrize("early", [timedelta(minutes=1), timedelta(milliseconds=1)])
async def test_a_clock_that_was_set_back(world, early):
    operation = await world.ready()
    task = Task(1, BURN, "press-1:unseen", {"operation": "press-1"}, 1)
    world.clock.now = operation.unseen_until - early

    with pytest.raises(TryAgain) as raised:
        await world.burning.carry_out(task)
    assert waits([raised.value]) == [(max(early, timedelta(seconds=1)), False)]
    assert set(world.operations.secrets) == {"press-1"}


async def test_handed_over_there_is_nothing_left_to_destroy(world):
    await world.shown()
    await world.hand_over(DIRECTOR, CHAT, "press-1")
    world.clock.move(seconds=120)

    assert await world.work(BURN) == [None]
    assert world.entries()[-1] == ("handed", "done")


async def test_a_key_of_nothing(world):
    await world.burning.carry_out(Task(1, BURN, "gone:unseen", {"operation": "gone"}, 1))
    await world.burning.on_dead_letter(Task(1, BURN, "gone:unseen", {"operation": "gone"}, 1), RuntimeError())

    assert world.audit.entries == []


@pytest.mark.parametrize("moment", ["before", "after"])
async def test_killed_while_destroying(world, moment):
    await world.ready()
    world.clock.move(minutes=30)

    def dies(name, when):
        if (name, when) == ("burn", moment):
            world.operations.interrupt = None
            raise Killed

    world.operations.interrupt = dies
    with pytest.raises(Killed):
        await world.attempt(BURN)
    world.clock.now += LEASE
    await world.work(BURN)

    assert world.operations.secrets == {}
    assert world.entries("password.key") == [("key-destroyed", "unseen")]


# The end of a password's life, noted only.


@pytest.mark.parametrize(
    ("changed", "ending"),
    [
        (None, "expired"),
        (timedelta(seconds=-1), "expired"),
        (timedelta(seconds=5), "expired"),
        (timedelta(seconds=6), "changed"),
        (timedelta(hours=71), "changed"),
    ],
)
async def test_what_became_of_it(world, changed, ending):
    operation = await world.shown()
    world.stand(password_changed_at=None if changed is None else operation.set_at + changed)
    world.clock.move(hours=72)

    assert await world.work(EXPIRE) == [None]

    assert (world.stored().ending, world.stored().ended_at) == (ending, world.clock())
    assert world.entries()[-1] == ("life-ended", ending)
    assert len(world.accounts.set_calls) == 1
    assert "replaced" not in str(world.tasks(NOTICE))


async def test_before_its_time_nothing_is_noted(world):
    await world.shown()
    world.clock.move(hours=71)
    task = Task(1, EXPIRE, "press-1", {"operation": "press-1"}, 1)

    with pytest.raises(TryAgain) as raised:
        await world.ending.carry_out(task)
    assert waits([raised.value]) == [(timedelta(hours=1), False)]


async def test_noted_once(world):
    await world.shown()
    world.clock.move(hours=72)
    task = await world.claim(EXPIRE)
    await world.ending.carry_out(task)
    await world.ending.carry_out(task)
    await world.ending.on_dead_letter(task, RuntimeError())

    assert world.entries("password.life") == [("life-ended", "expired")]


@pytest.mark.parametrize("replacing", [True, False])
async def test_a_newer_password_has_its_own_end(replacing):
    world = World(timing=replace(REPLACING, replace_unused=replacing))
    await world.shown()
    world.clock.move(hours=50)
    await world.ask(replace(WISH, operation="press-2"))
    await world.work(RESET)
    world.clock.move(hours=22)

    assert await world.work(EXPIRE) == [None]

    assert world.stored().ending == ""
    assert world.entries("password.life") == []
    assert len(world.accounts.set_calls) == 2


async def test_while_a_newer_one_is_being_set_it_waits(world):
    await world.shown()
    world.clock.move(hours=72)
    await world.ask(replace(WISH, operation="press-2"))
    assert waits([await world.attempt(EXPIRE)]) == [(timedelta(minutes=5), False)]

    task = await world.claim(RESET)
    await world.operations.fail(task, "press-2", Failure.FORBIDDEN, "", entries=(), tasks=())
    world.clock.move(minutes=5)
    assert await world.work(EXPIRE) == [None]
    assert world.stored().ending == "expired"


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (DirectoryUnavailable(), (timedelta(minutes=1), True)),
        (DirectoryForbidden(), (timedelta(minutes=1), True)),
        (DirectoryBusy(90), (timedelta(seconds=90), False)),
    ],
)
async def test_what_cannot_be_read_is_asked_again(world, error, told):
    await world.shown()
    world.clock.move(hours=72)
    world.accounts.fail_read.append(error)

    assert waits(await world.work(EXPIRE)) == [told, None]
    assert world.stored().ending == "expired"


async def test_an_account_that_is_gone_ends_when_nobody_believes_in_it_any_more(world):
    await world.shown()
    world.clock.move(hours=72)
    del world.accounts.accounts[PUPIL.person.id]
    assert waits([await world.attempt(EXPIRE)]) == [(timedelta(minutes=1), True)]
    world.clock.move(minutes=1)

    await world.ending.on_dead_letter(await world.claim(EXPIRE), RuntimeError())

    assert world.entries()[-1] == ("life-ended", "expired")


@pytest.mark.parametrize("operation", ["gone", "press-1"])
async def test_what_was_never_set_has_no_end(world, operation):
    await world.ask()
    task = Task(9, EXPIRE, operation, {"operation": operation}, 1)

    await world.ending.carry_out(task)
    await world.ending.on_dead_letter(task, RuntimeError())

    assert world.entries("password.life") == []


# An unused one replaced by one nobody knows.


@pytest.fixture
async def unused():
    """An unused password at the end of its life, on a Thursday at noon."""
    world = World(timing=REPLACING)
    await world.shown()
    world.clock.now = THURSDAY_NOON
    await world.work(BURN)
    return world


def replaced_with(world):
    return [text for _, text in world.accounts.set_calls[1:]]


async def test_not_in_school_hours(unused):
    world = unused

    school = world.stored().asked.school
    world.operations.seen_directors[school]["deputy"] = world.clock()
    told = await world.work(EXPIRE)

    assert waits(told) == [(timedelta(hours=7), False), None]
    assert world.clock().astimezone(SOFIA).hour == 19
    (unknown,) = replaced_with(world)
    assert world.accounts.passwords[PUPIL.person.id] == unknown
    assert (world.stored().ending, world.stored().ended_at) == ("replaced", world.clock())
    assert world.entries()[-1] == ("life-ended", "replaced")
    assert [row.payload for row in world.queue.of(NOTICE) if row.payload["what"] == "replaced"] == [
        {"what": "replaced", "operation": "press-1", "to": director} for director in ("deputy", "director")
    ]
    assert unknown not in repr((world.audit.entries, world.queue.rows, world.operations.operations))
    assert world.operations.secrets == {}


async def test_on_a_weekend_at_once(unused):
    unused.clock.move(days=2)

    assert await unused.work(EXPIRE) == [None]
    assert unused.stored().ending == "replaced"


async def test_changed_by_its_owner_it_is_left_alone(unused):
    unused.accounts.change(PUPIL.person.id, "its own")

    assert await unused.work(EXPIRE) == [None]
    assert (unused.stored().ending, replaced_with(unused)) == ("changed", [])


async def test_changed_while_school_lasted(unused):
    await unused.attempt(EXPIRE)
    unused.clock.move(hours=6)
    unused.accounts.change(PUPIL.person.id, "its own")
    unused.clock.move(hours=1)

    assert await unused.work(EXPIRE) == [None]
    assert (unused.stored().ending, unused.accounts.passwords[PUPIL.person.id]) == ("changed", "its own")


async def test_changed_in_the_last_moment(unused):
    """Between the first look and the request, while the common limit was asked."""
    world = unused
    world.clock.move(days=2)
    take = world.rate_limit.take

    async def slow(*arguments):
        world.accounts.change(PUPIL.person.id, "its own")
        return await take(*arguments)

    world.rate_limit.take = slow
    await world.work(EXPIRE)

    assert (world.stored().ending, replaced_with(world)) == ("changed", [])


async def test_it_waits_its_turn(unused):
    unused.clock.move(days=2)
    await unused.rate_limit.pause("graph-writes", unused.clock() + timedelta(seconds=30))

    assert waits(await unused.work(EXPIRE)) == [(timedelta(seconds=30), False), None]
    assert unused.stored().ending == "replaced"


async def test_throttled_everybody_waits(unused):
    unused.clock.move(days=2)
    unused.accounts.fail_next.append(DirectoryBusy(45, everybody=True))

    told = await unused.work(EXPIRE)

    assert waits(told) == [(timedelta(seconds=45), False), None]
    assert unused.stored().ending == "replaced"
    assert len(unused.accounts.applied) == 2


@pytest.mark.parametrize("error", [DirectoryForbidden(), PasswordRefused()])
async def test_refused_it_is_tried_again_and_in_the_end_only_noted(unused, error):
    unused.clock.move(days=2)
    unused.accounts.fail_next.extend([error] * 3)
    assert waits([await unused.attempt(EXPIRE)]) == [(timedelta(minutes=1), True)]
    unused.clock.move(minutes=1)
    assert waits([await unused.attempt(EXPIRE)]) == [(timedelta(minutes=2), True)]
    unused.clock.move(minutes=2)

    await unused.ending.on_dead_letter(await unused.claim(EXPIRE), error)

    assert unused.entries("password.life") == [("life-ended", "expired")]
    assert len(unused.accounts.applied) == 1


async def test_an_account_that_vanished(unused):
    unused.clock.move(days=2)
    unused.accounts.fail_next.append(AccountMissing())

    assert await unused.work(EXPIRE) == [None]
    assert unused.stored().ending == "expired"


@pytest.mark.parametrize("applies", [True, False])
async def test_not_answered(applies):
    """Whether or not it was done: the password is unknown in the end, and that is what is told."""
    world = World(timing=REPLACING, doubt_applies=applies)
    await world.shown()
    world.clock.now = THURSDAY_NOON + timedelta(days=2)
    world.accounts.fail_next.append(DirectoryUnavailable())

    await world.work(EXPIRE)

    assert world.stored().ending == "replaced"
    assert len(world.accounts.applied) == 2
    assert world.entries("password.life") == [("life-ended", "replaced")]
    assert "replaced:press-1:director" in [key for key, _ in world.tasks(NOTICE)]


@pytest.mark.parametrize("point", ["sent", "end-before", "end-after", "add-before"])
async def test_killed_while_replacing(unused, point):
    world = unused
    world.clock.move(days=2)

    def dies(name, when):
        if f"{name}-{when}" == point:
            world.operations.interrupt = world.queue.interrupt = None
            raise Killed

    if point == "sent":
        world.accounts.fail_next.append(Killed)  # called: dies after it was done
    world.operations.interrupt = world.queue.interrupt = dies
    with pytest.raises(Killed):
        await world.attempt(EXPIRE)
    world.clock.now += LEASE
    await world.work(EXPIRE)

    assert len(world.accounts.applied) == 2
    assert world.entries("password.life") == [("life-ended", "replaced")]
    assert "replaced:press-1:director" in [key for key, _ in world.tasks(NOTICE)]


async def test_its_owner_was_quicker_than_a_late_second_attempt(unused):
    """A change within school hours was not ours, however often it was tried."""
    world = unused
    await world.attempt(EXPIRE)
    world.accounts.change(PUPIL.person.id, "its own")
    world.clock.move(hours=7)
    await world.work(EXPIRE)

    assert world.stored().ending == "changed"


async def test_its_owner_was_quicker_than_a_worker_that_was_down(unused):
    """Changed on the evening after its life, and the first to look comes later still: nobody else has tried."""
    unused.clock.move(hours=9)
    unused.accounts.change(PUPIL.person.id, "its own")
    unused.clock.move(days=2)
    await unused.work(EXPIRE)

    assert unused.stored().ending == "changed"


async def test_a_change_before_the_end_of_its_life_was_not_ours_however_often_it_was_tried(unused):
    unused.accounts.fail_read.append(DirectoryUnavailable())
    await unused.attempt(EXPIRE)
    unused.stand(password_changed_at=THURSDAY_NOON - timedelta(hours=12))
    unused.clock.move(minutes=1)
    await unused.work(EXPIRE)

    assert unused.stored().ending == "changed"


async def test_a_worker_that_was_frozen_before_it_replaced_asks_again(unused):
    """What its owner chose while the machine slept is not taken away."""
    world = unused
    world.clock.move(hours=9)
    world.accounts.fail_read.extend([None, lambda: world.clock.move(seconds=31)])
    before = list(world.accounts.set_calls)

    later = await world.attempt(EXPIRE)

    assert later is not None
    assert world.accounts.set_calls == before
    world.clock.now += later.after
    world.accounts.change(PUPIL.person.id, "its own")
    await world.work(EXPIRE)
    assert world.accounts.passwords[PUPIL.person.id] == "its own"


async def test_a_store_that_is_gone_is_the_engines_business(unused):
    unused.operations.fail_with = StoreUnavailable("OperationalError")

    with pytest.raises(StoreUnavailable):
        await unused.attempt(EXPIRE)


@pytest.mark.parametrize(
    ("local", "left"),
    [
        ("2026-11-23 06:59:59", timedelta(0)),
        ("2026-11-23 07:00:00", timedelta(hours=12)),
        ("2026-11-23 18:59:59", timedelta(seconds=1)),
        ("2026-11-23 19:00:00", timedelta(0)),
        ("2026-11-27 12:00:00", timedelta(hours=7)),
        ("2026-11-28 12:00:00", timedelta(0)),
        ("2026-11-29 12:00:00", timedelta(0)),
        ("2026-03-30 07:00:00", timedelta(hours=12)),
        ("2026-10-26 07:00:00", timedelta(hours=12)),
    ],
)
def test_school_hours_are_sofias(local, left):
    assert school_time_left(datetime.fromisoformat(local).replace(tzinfo=SOFIA).astimezone(UTC), SOFIA) == left


@pytest.mark.parametrize("below", [Random(3).randrange, lambda n: 0, lambda n: n - 1])
def test_an_unknown_password_satisfies_entra(below):
    text = unknown_password(below).reveal()

    assert len(text) >= 24
    assert text.isascii()
    assert text.isalnum()
    assert any(char.isupper() for char in text)
    assert any(char.islower() for char in text)
    assert any(char.isdecimal() for char in text)


def test_unknown_passwords_are_not_alike():
    below = Random(4).randrange

    assert len({unknown_password(below).reveal()[:24] for _ in range(500)}) == 500
