import asyncio
from dataclasses import replace
from datetime import timedelta
from itertools import product
from random import Random
from typing import Any

import pytest

from bot.core.actors.model import Actor, Role
from bot.core.errors import (
    AccountMissing,
    DirectoryBusy,
    DirectoryError,
    DirectoryForbidden,
    DirectoryMisunderstood,
    DirectoryUnavailable,
    PasswordRefused,
    StoreUnavailable,
)
from bot.core.handover.model import Ground, Recipient
from bot.core.passwords.model import BURN, EXPIRE, NOTICE, RESET, Failure, Stage
from bot.core.people.model import AccountState, Kind
from bot.core.tasks import NewTask, Task, TaskHandler, TaskLost, TryAgain
from bot.core.turns import Turns
from tests.properties.strategies import TENANT
from tests.unit.bot.operations import changed
from tests.unit.core.password_world import (
    AGEING,
    CHAT,
    DEPUTY,
    DIRECTOR,
    ELSEWHERE,
    FIRST_GRADER,
    LEASE,
    OLD,
    OTHER,
    OWN,
    PUPIL,
    TEACHERS_WISH,
    UNBORN,
    WISH,
    World,
)

UNAVAILABLE = DirectoryUnavailable()


class Killed(BaseException):
    """The process is gone at this moment."""


@pytest.fixture
def world():
    return World()


@pytest.fixture
async def begun(world):
    """A world where one reset was asked for."""
    await world.ask()
    return world


def seconds(told):
    return [one and (one.after.total_seconds(), one.failed) for one in told]


async def killed_attempt(world, error=Killed):
    """An attempt that dies; the queue is told nothing, and its lease runs out."""
    with pytest.raises(error):
        await world.attempt()
    world.clock.now += LEASE


async def test_the_password_is_set_and_all_that_follows_is_written(begun):
    world, now = begun, begun.clock()

    assert await world.work() == [None]

    operation = world.stored()
    password = world.operations.secrets["press-1"].reveal()
    assert world.accounts.passwords == {PUPIL.person.id: password}
    assert (operation.stage, operation.in_doubt) == (Stage.READY, False)
    assert (operation.set_at, operation.works_from) == (now, now + timedelta(minutes=2))
    assert (operation.unseen_until, operation.expires_at) == (now + timedelta(minutes=30), now + timedelta(hours=72))
    assert world.tasks(BURN) == [("press-1:unseen", operation.unseen_until)]
    assert world.tasks(EXPIRE) == [("press-1", operation.expires_at)]
    assert world.tasks(NOTICE) == [("set:press-1:class-teacher", now), ("set:press-1:director", now)]
    assert [row.payload for row in world.queue.of(BURN) + world.queue.of(EXPIRE)] == [{"operation": "press-1"}] * 2
    assert {"what": "set", "operation": "press-1", "to": "class-teacher"} in [
        row.payload for row in world.queue.of(NOTICE)
    ]
    assert world.entries() == [("requested", "allowed"), ("set", "done")]
    entry = world.audit.entries[1]
    assert (entry.actor, entry.subject) == ("director", PUPIL.person.id)
    assert entry.detail.items() >= {"operation": "press-1", "recipient": "student", "ground": "owner"}.items()
    assert world.accounts.revoked == []
    assert world.queue.of(RESET)[0].status == "done"


async def test_nothing_but_the_vault_knows_the_password(begun):
    await begun.work()

    password = begun.operations.secrets["press-1"].reveal()
    everything = (begun.audit.entries, begun.queue.rows, begun.operations.operations, begun.operations.secrets)
    assert password not in repr(everything)
    assert PUPIL.person.identifier not in repr(everything)


@pytest.mark.parametrize(
    ("wish", "pattern", "hours", "told"),
    [
        (WISH, 12, 72, ["class-teacher", "director"]),
        (replace(WISH, person=FIRST_GRADER.person.id), 10, 24, ["class-teacher", "director"]),
        (TEACHERS_WISH, 13, 72, ["director"]),
    ],
)
async def test_the_form_decides_length_and_life(world, wish, pattern, hours, told):
    operation = await world.ready(wish)

    assert len(world.operations.secrets["press-1"].reveal()) == pattern
    assert operation.expires_at == world.clock() + timedelta(hours=hours)
    assert [key.rpartition(":")[2] for key, _ in world.tasks(NOTICE)] == told


async def test_every_director_of_the_school_is_told(world):
    await world.ready(replace(WISH, conversation="deputy's"), DEPUTY)
    world.clock.move(days=400, seconds=1)
    await world.ask(replace(WISH, operation="press-2"))
    await world.work()

    assert [key for key, _ in world.tasks(NOTICE) if "press-2" in key] == [
        "set:press-2:class-teacher",
        "set:press-2:director",
    ]
    world.clock.move(days=1)
    await world.ask(replace(WISH, operation="press-3", conversation="deputy's"), DEPUTY)
    await world.work()
    assert "set:press-3:director" in [key for key, _ in world.tasks(NOTICE)]


async def test_who_waits_for_the_password_is_told_with_it_and_not_before(world):
    """Only once it is set, in the transaction that says so: a failed attempt answers nobody."""

    async def waiting(person, school, asked_at, operation):
        told = {"asked": asked_at.isoformat(), "school": school}
        return [NewTask("waited", f"{person}:{operation}", world.clock(), told)]

    world.resetting = replace(world.resetting, waiting=waiting)
    world.handlers[RESET] = world.resetting
    await world.ask()
    asked_at = world.clock()
    world.accounts.fail_next.append(UNAVAILABLE)
    later = await world.attempt()
    assert isinstance(later, TryAgain)
    assert world.tasks("waited") == []
    world.clock.now += later.after
    await world.attempt()
    (told,) = world.queue.of("waited")
    assert told.key == f"{PUPIL.person.id}:press-1"
    assert told.payload == {"asked": asked_at.isoformat(), "school": WISH.school}


async def test_the_actor_is_told_whoever_else_is_known(begun):
    begun.operations.seen_directors.clear()

    await begun.work()

    assert "set:press-1:director" in [key for key, _ in begun.tasks(NOTICE)]


async def test_one_of_a_class_is_told_with_the_class(begun):
    world = begun
    world.operations.operations["press-1"] = changed(world.stored(), job="job-1")

    await world.work()

    assert world.tasks(NOTICE) == []
    assert world.stored().unseen_until == world.clock() + timedelta(hours=2)
    assert world.audit.entries[-1].detail["job"] == "job-1"


async def test_the_directorys_clock_says_since_when_it_works_ours_how_long_it_lives(begun):
    world, late = begun, begun.clock() - timedelta(hours=9)

    async def set_password(person_id, password, *, many):
        assert not many
        return late

    world.accounts.set_password = set_password
    await world.work()

    operation = world.stored()
    assert (operation.set_at, operation.works_from) == (late, late + timedelta(minutes=2))
    assert (operation.unseen_until, operation.expires_at) == (
        world.clock() + timedelta(minutes=30),
        world.clock() + timedelta(hours=72),
    )


@pytest.mark.parametrize("seen", [True, False])
async def test_the_key_of_what_a_new_one_supersedes_is_recorded_once_as_destroyed(world, seen):
    await world.ready()
    if seen:
        await world.reveal(DIRECTOR, CHAT, "press-1")
    await world.ask(replace(WISH, operation="press-2"))
    await world.work()

    (entry,) = [one for one in world.audit.entries if one.action == "password.key-destroyed"]
    assert (entry.outcome, entry.detail["operation"]) == ("seen" if seen else "unseen", "press-1")
    in_hands = [("superseded", "ended")] if seen else []
    last = [("key-destroyed", entry.outcome), ("set", "done"), *in_hands]
    assert world.entries()[-len(last) :] == last
    for key, at in world.tasks(BURN):
        if key.startswith("press-1:"):
            world.clock.now = max(world.clock.now, at)
            await world.attempt(BURN)
    assert len(world.entries("password.key-destroyed")) == 1


async def test_that_a_newer_one_ended_what_was_in_somebodys_hands_is_recorded_once_about_it(world):
    await world.ready()
    await world.reveal(DIRECTOR, CHAT, "press-1")
    world.clock.move(hours=1)  # its lease is over: it is on paper only
    await world.ask(replace(WISH, operation="press-2"))
    await world.work()

    (entry,) = [one for one in world.audit.entries if one.action == "password.superseded"]
    assert (entry.actor, entry.subject, entry.outcome) == (DIRECTOR.object_id, WISH.person, "ended")
    assert (entry.detail["operation"], entry.detail["by"]) == ("press-1", "press-2")


@pytest.mark.parametrize("hours", [72, 24 * 30])
async def test_a_password_whose_life_was_over_is_ended_by_none(world, hours):
    await world.ready()
    await world.reveal(DIRECTOR, CHAT, "press-1")
    world.clock.move(hours=hours)
    await world.ask(replace(WISH, operation="press-2"))
    await world.work()

    assert world.entries("password.set") == [("set", "done")] * 2
    assert world.entries("password.superseded") == []


@pytest.mark.parametrize(("identifier", "year"), [(UNBORN, 2026), (AGEING, 2048)])
async def test_an_impossible_birth_is_not_held_against_a_stated_one(identifier, year):
    world = World()
    world.clock.now = world.clock.now.replace(year=year)
    world.stand(identifier=identifier)
    stated = world.clock.now.date().replace(year=year - 10)

    await world.ready(replace(WISH, recipient=Recipient.PARENT, birth=stated))

    assert (world.stored().stage, world.stored().asked.ground) == (Stage.READY, Ground.UNDER_14)


# Judged again before every request.


@pytest.mark.parametrize(
    ("now", "reason"),
    [
        (Actor("director", TENANT, Role.TEACHER), "teacher"),
        (Actor("director", TENANT, Role.NONE), "stranger"),
        (Actor("director", TENANT, Role.DIRECTOR, None), "school-unknown"),
        (Actor("director", TENANT, Role.DIRECTOR, OTHER), "school-changed"),
    ],
)
async def test_the_director_lost_the_right_after_confirming(begun, now, reason):
    begun.actors.actors["director"] = now

    assert await begun.work() == [None]

    operation = begun.stored()
    assert (operation.stage, operation.failure, operation.reason) == (Stage.FAILED, Failure.DENIED, reason)
    assert not operation.counts
    assert (begun.accounts.set_calls, begun.operations.secrets) == ([], {})
    assert begun.entries() == [("requested", "allowed"), ("failed", "denied")]
    assert begun.audit.entries[1].detail["reason"] == reason
    assert begun.tasks(BURN) == begun.tasks(EXPIRE) == begun.tasks(NOTICE) == []


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"schools": (OTHER,)}, "not-ours"),
        ({"privileged": True}, "protected"),
        ({"extension_role": "0"}, "protected"),
        ({"kind": Kind.OTHER}, "protected"),
        ({"guest": True}, "protected"),
        ({"synchronised": True}, "protected"),
        ({"state": AccountState.DISABLED}, "account-off"),
        ({"kind": Kind.TEACHER, "extension_role": "5"}, "only-owner"),
    ],
)
async def test_the_account_became_another_after_confirming(begun, change, reason):
    begun.stand(**change)

    await begun.work()

    assert (begun.stored().failure, begun.stored().reason) == (Failure.DENIED, reason)
    assert begun.accounts.set_calls == []


async def test_the_account_vanished_after_confirming(begun):
    del begun.accounts.accounts[PUPIL.person.id]

    await begun.work()

    assert (begun.stored().failure, begun.stored().reason) == (Failure.DENIED, "nobody")


async def test_a_student_who_turns_out_not_to_be_under_14(world):
    await world.ask(replace(WISH, recipient=Recipient.PARENT))
    world.stand(identifier=OLD, grade="9")

    await world.work()

    assert (world.stored().failure, world.stored().reason) == (Failure.DENIED, "fourteen")


async def test_right_lost_between_two_attempts(begun):
    begun.accounts.fail_next.append(DirectoryBusy(5))
    later = await begun.attempt()
    begun.actors.actors.clear()
    begun.clock.now += later.after

    await begun.work()

    assert begun.stored().failure is Failure.DENIED
    assert begun.accounts.passwords == {}
    assert not begun.stored().in_doubt


async def test_both_are_read_before_every_request_also_after_a_refused_password(begun):
    begun.accounts.fail_next.extend([PasswordRefused(), UNAVAILABLE])

    await begun.work()

    calls = [name for name, _ in begun.accounts.calls]
    begin = calls.index("set_password") - 1
    assert calls[begin:] == ["facts", "set_password"] * 3
    assert len(begun.actors.calls) == 1 + 3


async def test_denied_leaves_the_earlier_password_alone(world):
    await world.ready()
    await world.ask(replace(WISH, operation="press-2"))
    world.actors.actors.clear()

    await world.work()

    assert world.stored().stage is Stage.READY
    assert set(world.operations.secrets) == {"press-1"}


# What the directory answers.


@pytest.mark.parametrize(
    ("error", "failure"),
    [
        (DirectoryForbidden(), Failure.FORBIDDEN),
        (DirectoryMisunderstood(), Failure.NOT_UNDERSTOOD),
    ],
)
async def test_a_certain_no_ends_it_at_once(begun, error, failure):
    begun.accounts.fail_next.append(error)

    assert await begun.work() == [None]

    operation = begun.stored()
    assert (operation.stage, operation.failure, operation.counts) == (Stage.FAILED, failure, False)
    assert begun.entries() == [("requested", "allowed"), ("failed", failure.value)]
    assert (begun.operations.secrets, len(begun.accounts.set_calls)) == ({}, 1)
    assert "password_changes" not in [name for name, _ in begun.accounts.calls]


async def test_a_new_account_that_is_read_and_cannot_be_written_yet_is_tried_again(begun):
    begun.accounts.fail_next.extend([AccountMissing()] * 2)

    assert seconds(await begun.work()) == [(1, True), (2, True), None]

    assert begun.stored().stage is Stage.READY
    assert begun.entries() == [("requested", "allowed"), ("set", "done")]
    assert (len(begun.accounts.set_calls), len(begun.passwords)) == (3, 1)


async def test_one_that_cannot_be_written_for_some_minutes_is_missing(begun):
    begun.accounts.fail_next.extend([AccountMissing()] * 100)
    asked = begun.clock()

    await begun.work()

    operation = begun.stored()
    assert (operation.stage, operation.failure) == (Stage.FAILED, Failure.MISSING)
    assert (operation.counts, operation.in_doubt, begun.operations.secrets) == (False, False, {})
    assert timedelta(minutes=4) < begun.clock() - asked < timedelta(minutes=6)


async def test_one_that_is_gone_by_then_is_not_waited_for(begun):
    begun.accounts.fail_next.append(AccountMissing())
    later = await begun.attempt()
    begun.clock.now += later.after
    begun.accounts.accounts.clear()

    assert await begun.work() == [None]

    assert (begun.stored().failure, begun.stored().reason) == (Failure.DENIED, "nobody")


async def test_two_who_change_one_account_at_once_hold_up_no_other(begun):
    begun.accounts.fail_next.append(DirectoryBusy(10, "Request_Conflict"))

    later = await begun.attempt()

    assert seconds([later]) == [(10, False)]
    assert begun.rate_limit.paused == {}


async def test_throttled_it_waits_as_long_as_asked_and_so_does_everybody(begun):
    begun.accounts.fail_next.append(DirectoryBusy(17, everybody=True))

    later = await begun.attempt()

    assert seconds([later]) == [(17, False)]
    assert begun.rate_limit.paused == {"graph-writes": begun.clock() + timedelta(seconds=17)}
    assert begun.queue.of(RESET)[0].failures == 0
    begun.clock.now += later.after
    assert await begun.work() == [None]
    assert len(begun.passwords) == 1


@pytest.mark.parametrize("retry_after", [0, -3, 0.01])
async def test_throttled_without_a_time_it_does_not_run_hot(begun, retry_after):
    begun.accounts.fail_next.append(DirectoryBusy(retry_after))

    assert seconds([await begun.attempt()]) == [(1, False)]


@pytest.mark.parametrize("applies", [True, False])
async def test_not_answered_the_same_password_is_sent_again(applies):
    world = World(doubt_applies=applies)
    await world.ask()
    world.accounts.fail_next.extend([UNAVAILABLE] * 7)

    told = seconds(await world.work())

    assert told == [(1, True), (2, True), (4, True), (8, True), (16, True), (30, True), (30, True), None]
    assert len(world.accounts.set_calls) == 8
    assert {world.operations.secrets["press-1"].reveal()} == world.passwords
    assert (world.stored().stage, world.stored().in_doubt) == (Stage.READY, False)
    assert world.entries("password.set") == [("set", "done")]


async def test_an_unanswered_request_is_in_doubt_at_once(begun):
    begun.accounts.fail_next.append(DirectoryError("SomethingNew"))

    await begun.attempt()

    assert begun.stored().in_doubt


@pytest.mark.parametrize("applies", [True, False])
async def test_after_half_an_hour_of_silence_it_fails_in_doubt(applies):
    world = World(doubt_applies=applies)
    await world.ask()
    world.accounts.fail_next.extend([UNAVAILABLE] * 100)
    began = world.clock()

    await world.work()

    operation = world.stored()
    assert timedelta(minutes=30) <= world.clock() - began <= timedelta(minutes=31)
    assert (operation.stage, operation.failure) == (Stage.FAILED, Failure.UNAVAILABLE)
    assert operation.in_doubt
    assert operation.counts
    assert world.operations.secrets == {}
    assert world.entries("password.failed") == [("failed", "unavailable")]
    assert world.audit.entries[-1].detail["doubt"] == "yes"
    assert len(world.passwords) == 1


async def test_throttled_for_half_an_hour_it_fails_and_nothing_was_changed(begun):
    begun.accounts.fail_next.extend([DirectoryBusy(60)] * 100)

    await begun.work()

    assert (begun.stored().failure, begun.stored().counts) == (Failure.UNAVAILABLE, False)
    assert begun.accounts.applied == []


@pytest.mark.parametrize(
    "error", [UNAVAILABLE, DirectoryForbidden(), DirectoryMisunderstood(), AccountMissing(), DirectoryBusy(9)]
)
@pytest.mark.parametrize("where", ["actor", "account"])
async def test_what_cannot_be_read_is_tried_again_and_nothing_is_sent(begun, error, where):
    faults = begun.actors.fail_next if where == "actor" else begun.accounts.fail_read
    faults.append(error)

    later = await begun.attempt()

    throttled = isinstance(error, DirectoryBusy)
    assert seconds([later]) == [(9, False) if throttled else (1, True)]
    assert (begun.accounts.set_calls, begun.operations.secrets, begun.rate_limit.paused) == ([], {}, {})
    assert begun.stored().stage is Stage.REQUESTED
    begun.clock.now += later.after
    assert await begun.work() == [None]


@pytest.mark.parametrize("error", [UNAVAILABLE, DirectoryForbidden(), DirectoryMisunderstood(), DirectoryBusy(60)])
async def test_what_cannot_be_read_for_half_an_hour_fails_without_doubt(begun, error):
    begun.actors.fail_next.extend([error] * 100)

    await begun.work()

    assert (begun.stored().failure, begun.stored().in_doubt) == (Failure.UNAVAILABLE, False)
    assert begun.accounts.set_calls == []


# A password that the tenant's policy refuses.


async def test_a_refused_password_is_replaced_at_once(begun):
    begun.accounts.fail_next.extend([PasswordRefused(), PasswordRefused()])

    assert await begun.work() == [None]

    sent = [text for _, text in begun.accounts.set_calls]
    assert len(set(sent)) == 3
    assert begun.accounts.applied == [(PUPIL.person.id, sent[2])]
    assert begun.operations.secrets["press-1"].reveal() == sent[2]
    assert begun.entries("password.set") == [("set", "done")]


async def test_three_refused_passwords_end_it(begun):
    begun.accounts.fail_next.extend([PasswordRefused()] * 4)

    assert await begun.work() == [None]

    assert (begun.stored().failure, begun.stored().counts) == (Failure.REFUSED, False)
    assert len(begun.accounts.set_calls) == 3
    assert begun.operations.secrets == {}


async def test_refusals_are_counted_over_all_attempts(begun):
    """Two refused, then the rate limit says wait; the next attempt has one left."""
    world = begun
    world.accounts.fail_next.extend([PasswordRefused()] * 4)
    takes = iter([timedelta(0), timedelta(0), timedelta(seconds=1), timedelta(0)])

    async def take(name, interval, burst, count=1):
        return next(takes)

    world.rate_limit.take = take
    assert seconds(await world.work()) == [(1, False), None]
    assert (world.stored().failure, len(world.accounts.set_calls)) == (Failure.REFUSED, 3)
    assert not world.stored().in_doubt


@pytest.mark.parametrize("applied", [True, False])
async def test_after_silence_a_refusal_brings_no_new_password(applied):
    """Entra may refuse the very password that it took a moment ago: it is the last one used."""
    world = World(doubt_applies=applied)
    await world.ask()
    world.accounts.fail_next.extend([UNAVAILABLE, PasswordRefused()])

    await world.work()

    operation = world.stored()
    assert (operation.stage, operation.failure, operation.in_doubt) == (Stage.FAILED, Failure.REFUSED, True)
    assert len(world.passwords) == 1
    assert world.operations.secrets == {}


@pytest.mark.parametrize("applied", [True, False])
async def test_after_a_kill_a_refusal_brings_no_new_password(begun, applied):
    world = begun

    def dies():
        if applied:
            world.accounts.change(PUPIL.person.id, world.accounts.set_calls[-1][1])
        raise Killed

    world.accounts.fail_next.append(dies)
    await killed_attempt(world)
    world.accounts.fail_next.append(PasswordRefused())

    await world.work()

    operation = world.stored()
    assert (operation.failure, operation.in_doubt) == (Failure.REFUSED, applied)
    assert len(world.passwords) == 1


async def test_a_sent_password_that_was_lost_is_followed_by_no_other(begun):
    """The row that held it does not open any more: the account may have a password that nobody knows."""
    begun.accounts.fail_next.append(UNAVAILABLE)
    later = await begun.attempt()
    begun.clock.now += later.after
    begun.operations.secrets.clear()

    assert await begun.work() == [None]
    assert (begun.stored().failure, begun.stored().in_doubt) == (Failure.UNAVAILABLE, True)
    assert len(begun.passwords) == 1


# Killed, cut off, taken over, delivered twice.


@pytest.mark.parametrize("applied", [True, False])
async def test_killed_while_sending(begun, applied):
    world = begun

    def dies():
        if applied:
            world.accounts.change(PUPIL.person.id, world.accounts.set_calls[-1][1])
        raise Killed

    world.accounts.fail_next.append(dies)
    await killed_attempt(world)

    assert await world.work() == [None]
    assert len(world.passwords) == 1
    assert world.entries("password.set") == [("set", "done")]


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("call", ["candidate", "ready", "fail", "refuse_candidate", "doubt"])
async def test_killed_at_every_commit(call, moment):
    """Whatever dies where: one outcome, one record of it, one password unless one was certainly refused."""
    world = World(doubt_applies=True)
    await world.ask()
    faults: dict[str, list[Exception]] = {
        "fail": [DirectoryForbidden()],
        "refuse_candidate": [PasswordRefused()],
        "doubt": [UNAVAILABLE],
    }
    world.accounts.fail_next.extend(faults.get(call, []))

    def dies(name, when):
        if (name, when) == (call, moment):
            world.operations.interrupt = None
            raise Killed

    world.operations.interrupt = dies
    await killed_attempt(world)
    if world.stored().stage is Stage.REQUESTED:
        await world.work()

    final = [entry for entry in world.entries() if entry[0] in {"set", "failed"}]
    assert len(final) == 1
    assert world.stored().stage is {"set": Stage.READY, "failed": Stage.FAILED}[final[0][0]]
    assert len({text for _, text in world.accounts.applied}) <= 1
    if world.stored().stage is Stage.READY:
        assert world.operations.secrets["press-1"].reveal() == world.accounts.passwords[PUPIL.person.id]


async def test_killed_after_sending_and_then_denied_is_in_doubt(begun):
    """The password was changed and nobody knows it: that must not look like a refusal without effect."""
    world = begun

    def dies():
        world.accounts.change(PUPIL.person.id, world.accounts.set_calls[-1][1])
        raise Killed

    world.accounts.fail_next.append(dies)
    await killed_attempt(world)
    world.actors.actors.clear()
    await world.work()

    operation = world.stored()
    assert (operation.failure, operation.in_doubt) == (Failure.DENIED, True)
    assert world.audit.entries[-1].detail["doubt"] == "yes"


@pytest.mark.parametrize("unreadable", [True, False])
async def test_killed_before_sending_and_then_denied_is_in_doubt_only_if_nobody_can_tell(begun, unreadable):
    world = begun

    def dies():
        raise Killed

    world.accounts.fail_next.append(dies)
    await killed_attempt(world)
    world.actors.actors.clear()
    world.accounts.fail_read.extend([UNAVAILABLE] if unreadable else [])
    await world.work()

    assert (world.stored().failure, world.stored().in_doubt) == (Failure.DENIED, unreadable)


@pytest.mark.parametrize(("ahead", "doubt"), [(timedelta(minutes=4), True), (timedelta(minutes=6), False)])
async def test_killed_after_sending_by_a_clock_that_is_ahead_of_the_directorys(begun, ahead, doubt):
    """The directory notes the change before it was asked for, as it seems."""
    world = begun

    def dies():
        world.accounts.change(PUPIL.person.id, world.accounts.set_calls[-1][1])
        world.stand(password_changed_at=world.stored().asked.at - ahead)
        raise Killed

    world.accounts.fail_next.append(dies)
    await killed_attempt(world)
    world.actors.actors.clear()
    await world.work()

    assert (world.stored().failure, world.stored().in_doubt) == (Failure.DENIED, doubt)


async def test_an_account_that_vanished_after_a_kill_is_in_doubt(begun):
    def dies():
        raise Killed

    begun.accounts.fail_next.append(dies)
    await killed_attempt(begun)
    del begun.accounts.accounts[PUPIL.person.id]
    await begun.work()

    assert (begun.stored().failure, begun.stored().in_doubt) == (Failure.DENIED, True)


async def test_a_task_delivered_again_after_it_was_done(begun):
    task = await begun.claim()
    await begun.resetting.carry_out(task)
    before = (begun.stored(), list(begun.audit.entries), dict(begun.queue.rows), list(begun.accounts.calls))

    await begun.resetting.carry_out(task)

    assert (begun.stored(), begun.audit.entries, begun.queue.rows, begun.accounts.calls) == before


async def test_a_task_without_its_operation_is_over(world):
    await world.resetting.carry_out(Task(7, RESET, "gone", {"operation": "gone"}, 1))

    assert world.accounts.calls == []


async def test_cancelled_before_it_began(begun):
    begun.operations.operations["press-1"] = replace(begun.stored(), stage=Stage.CANCELLED)

    assert await begun.work() == [None]
    assert begun.accounts.set_calls == []


@pytest.mark.parametrize("when", ["reading", "sending"])
async def test_a_worker_who_lost_the_task_leaves_no_trace(begun, when):
    """The second one sets the password; the first, who had only slept, writes nothing after waking up."""
    world = begun
    slept = await world.claim()
    second = []

    async def taken_over():
        world.clock.now += LEASE
        second.append(await world.claim())
        await world.resetting.carry_out(second[0])

    if when == "sending":
        send = world.accounts.set_password

        async def slow(person_id, password, *, many):
            world.accounts.set_password = send
            await taken_over()
            return await send(person_id, password, many=many)

        world.accounts.set_password = slow
    else:
        read = world.accounts.facts

        async def slow_read(person_id):
            world.accounts.facts = read
            await taken_over()
            return await read(person_id)

        world.accounts.facts = slow_read
    with pytest.raises(TaskLost):
        await world.resetting.carry_out(slept)

    assert world.entries() == [("requested", "allowed"), ("set", "done")]
    assert world.stored().stage is Stage.READY
    assert world.operations.secrets["press-1"].reveal() == world.accounts.passwords[PUPIL.person.id]
    assert len(world.passwords) == 1
    assert len(world.queue.of(BURN)) == len(world.queue.of(EXPIRE)) == 1


@pytest.mark.parametrize(
    "fault", [DirectoryBusy(3), UNAVAILABLE, PasswordRefused(), DirectoryForbidden(), AccountMissing()]
)
async def test_a_worker_who_lost_the_task_cannot_fail_it(begun, fault):
    world = begun
    slept = await world.claim()
    world.clock.now += LEASE
    owner = await world.claim()
    world.accounts.fail_next.append(fault)

    with pytest.raises(TaskLost):
        await world.resetting.carry_out(slept)
    assert (world.stored().stage, world.stored().in_doubt) == (Stage.REQUESTED, False)
    assert world.operations.refused == {}
    world.accounts.fail_next.clear()
    await world.resetting.carry_out(owner)
    assert world.stored().stage is Stage.READY


async def test_two_workers_at_once_send_one_password(begun):
    world = begun
    world.operations.yields = world.queue.yields = world.accounts._yields = True
    slept = await world.claim()
    world.clock.now += LEASE
    owner = await world.claim()

    told = await asyncio.gather(
        world.resetting.carry_out(slept), world.resetting.carry_out(owner), return_exceptions=True
    )

    assert [type(one) for one in told] == [TaskLost, type(None)]
    assert len(world.passwords) == 1


@pytest.mark.parametrize("answer", ["candidate", "ready"])
async def test_an_answer_of_the_store_that_was_lost(begun, answer):
    def lost(name, when):
        if (name, when) == (answer, "after"):
            begun.operations.interrupt = None
            raise StoreUnavailable("ConnectionDoesNotExistError")

    begun.operations.interrupt = lost
    await killed_attempt(begun, StoreUnavailable)
    if begun.stored().stage is Stage.REQUESTED:
        await begun.work()

    assert begun.stored().stage is Stage.READY
    assert len(begun.passwords) == 1
    assert begun.entries("password.set") == [("set", "done")]


_FAULTS = {
    "busy": lambda world: DirectoryBusy(2),
    "lost": lambda world: UNAVAILABLE,
    "fine": lambda world: None,
    "cut": lambda world: Killed,
    "dead": lambda world: _raise(Killed),
}


def _raise(error):
    def dies():
        raise error

    return dies


@pytest.mark.parametrize("applies", [True, False])
@pytest.mark.parametrize("faults", [*product(("busy", "lost", "cut", "dead"), repeat=3)])
async def test_one_password_whatever_the_network_does(faults, applies):
    """`cut`: done, and the process dies before it hears of it; `dead`: it dies before anything is done."""
    world = World(doubt_applies=applies)
    await world.ask()
    world.accounts.fail_next.extend(_FAULTS[fault](world) for fault in faults)
    for _ in range(12):
        if world.stored().stage is not Stage.REQUESTED:
            break
        try:
            later = await world.attempt()
        except Killed:
            world.clock.now += LEASE
        else:
            world.clock.now += later.after if later is not None else timedelta(0)

    assert world.stored().stage is Stage.READY
    assert len(world.passwords) == 1
    assert world.accounts.passwords[PUPIL.person.id] == world.operations.secrets["press-1"].reveal()
    assert world.entries() == [("requested", "allowed"), ("set", "done")]


@pytest.mark.parametrize("seed", range(150))
async def test_a_flaky_world_leaves_one_outcome(seed):
    """Any mix of faults, refusals, kills and lost rights: what is shown works, what changed is recorded or in doubt."""
    dice = Random(seed)
    world = World(seed=seed, doubt_applies=lambda: dice.random() < 0.5)
    await world.ask(replace(WISH, compromised=dice.random() < 0.5))
    writing: tuple[Any, ...] = (
        None,
        DirectoryBusy(2),
        UNAVAILABLE,
        PasswordRefused(),
        DirectoryForbidden(),
        Killed,
        _raise(Killed),
    )
    reading = (None, None, None, UNAVAILABLE, DirectoryBusy(2), DirectoryForbidden())
    for _ in range(400):
        if world.stored().stage is not Stage.REQUESTED:
            break
        fault = dice.choice(writing)
        world.accounts.fail_next.append(fault)
        world.accounts.fail_read.append(dice.choice(reading))
        if dice.random() < 0.05:
            world.actors.actors.clear()
        try:
            later = await world.attempt()
        except Killed:
            world.clock.now += LEASE
        else:
            world.clock.now += later.after if later is not None else timedelta(0)

    operation = world.stored()
    final = [entry for entry in world.entries() if entry[0] in {"set", "failed"}]
    assert len(final) == 1
    assert len({text for _, text in world.accounts.applied}) <= 1
    if operation.stage is Stage.READY:
        assert world.operations.secrets["press-1"].reveal() == world.accounts.passwords[PUPIL.person.id]
    else:
        assert operation.stage is Stage.FAILED
        assert operation.in_doubt or not world.accounts.applied
        assert world.operations.secrets == {}


# Signing out a compromised account.


async def test_a_compromised_account_is_signed_out_after_the_password_is_set(world):
    await world.ready(replace(WISH, compromised=True))

    writes = [name for name, _ in world.accounts.calls if name in {"set_password", "revoke_sessions"}]
    assert writes == ["set_password", "revoke_sessions"]
    assert world.stored().revoked
    assert world.audit.entries[-1].detail["revoked"] == "yes"


@pytest.mark.parametrize("error", [UNAVAILABLE, DirectoryBusy(2)])
async def test_signing_out_is_tried_again_with_the_same_password(world, error):
    await world.ask(replace(WISH, compromised=True))
    world.accounts.fail_next.extend([None, error])

    told = await world.work()

    assert len(told) == 2
    assert world.stored().stage is Stage.READY
    assert len(world.accounts.set_calls) == 2
    assert len(world.passwords) == 1
    assert len(world.accounts.revoked) == 1
    assert world.entries("password.set") == [("set", "done")]


async def test_signing_out_that_never_works_fails_in_doubt(world):
    """It is not told as done what was asked for and not done; the password itself was changed."""
    await world.ask(replace(WISH, compromised=True))
    world.accounts.fail_next.extend([None, UNAVAILABLE] * 100)

    await world.work()

    operation = world.stored()
    assert (operation.failure, operation.in_doubt) == (Failure.UNAVAILABLE, True)
    assert len(world.passwords) == 1


REFUSALS = [DirectoryForbidden(), AccountMissing(), DirectoryMisunderstood()]


@pytest.mark.parametrize("error", REFUSALS)
async def test_signing_out_that_is_refused_for_certain_keeps_the_password_and_is_told(world, error):
    """A permission that the operator forgot: nobody waits half an hour for it, and nobody loses the password."""
    await world.ask(replace(WISH, compromised=True))
    world.accounts.fail_next.extend([None, error])

    assert await world.work() == [None]

    operation = world.stored()
    assert (operation.stage, operation.in_doubt, operation.asked.revoke, operation.revoked) == (
        Stage.READY,
        False,
        True,
        False,
    )
    assert world.operations.secrets["press-1"].reveal() == world.accounts.passwords[PUPIL.person.id]
    assert world.entries() == [("requested", "allowed"), ("set", "done")]
    assert world.audit.entries[-1].detail["revoked"] == "no"
    assert [key for key, _ in world.tasks(NOTICE)] == ["set:press-1:class-teacher", "set:press-1:director"]


@pytest.mark.parametrize("error", REFUSALS)
async def test_signing_out_that_is_refused_after_an_answer_was_lost(world, error):
    await world.ask(replace(WISH, compromised=True))
    world.accounts.fail_next.extend([None, UNAVAILABLE, None, error])

    assert len(await world.work()) == 2

    operation = world.stored()
    assert (operation.stage, operation.in_doubt, operation.revoked) == (Stage.READY, False, False)
    assert len(world.passwords) == 1


async def test_nobody_is_said_to_be_signed_out_who_was_not_to_be(begun):
    await begun.work()

    assert not begun.stored().revoked
    assert begun.accounts.revoked == []
    assert begun.audit.entries[-1].detail["revoked"] == "no"


# Turn, time, bugs.


async def test_it_waits_its_turn_before_anything_is_read(begun):
    await begun.rate_limit.pause("graph-writes", begun.clock() + timedelta(seconds=40))
    begun.accounts.calls.clear()
    begun.actors.calls.clear()

    later = await begun.attempt()

    assert seconds([later]) == [(40, False)]
    assert (begun.accounts.calls, begun.actors.calls, begun.operations.secrets) == ([], [], {})
    begun.clock.now += later.after
    assert await begun.work() == [None]


@pytest.mark.parametrize(("job", "minutes"), [("", 29), ("job-1", 119)])
async def test_waiting_ones_turn_is_no_reason_to_give_up_while_somebody_waits(begun, job, minutes):
    begun.operations.operations["press-1"] = changed(begun.stored(), job=job)
    await begun.rate_limit.pause("graph-writes", begun.clock() + timedelta(minutes=minutes))

    await begun.work()

    assert begun.stored().stage is Stage.READY


@pytest.mark.parametrize(("job", "minutes"), [("", 31), ("job-1", 121)])
async def test_whose_turn_comes_when_nobody_waits_any_more_is_left_alone(begun, job, minutes):
    begun.operations.operations["press-1"] = changed(begun.stored(), job=job)
    await begun.rate_limit.pause("graph-writes", begun.clock() + timedelta(minutes=minutes))

    await begun.work()

    assert (begun.stored().failure, begun.stored().in_doubt) == (Failure.UNAVAILABLE, False)
    assert begun.accounts.set_calls == []


@pytest.mark.parametrize(("per_second", "burst"), [(1.0, 2), (4.0, 8), (20.0, 40), (0.2, 1)])
async def test_whoever_waits_alone_may_go_ahead_of_the_common_limit(monkeypatch, per_second, burst):
    world = World(writes_per_second=per_second)
    asked = []

    async def take(*arguments):
        asked.append(arguments)
        return timedelta(0)

    monkeypatch.setattr(world.rate_limit, "take", take)
    await world.ready()

    assert asked == [("graph-writes", timedelta(seconds=1 / per_second), burst, 1)]


@pytest.mark.parametrize(("per_second", "burst"), [(1.0, 1), (4.0, 1), (20.0, 5), (0.2, 1)])
async def test_a_class_keeps_to_the_common_limit(monkeypatch, per_second, burst):
    world = World()
    asked = []

    async def take(*arguments):
        asked.append(arguments)
        return timedelta(0)

    monkeypatch.setattr(world.rate_limit, "take", take)
    await Turns(world.rate_limit, world.clock, per_second).take(urgent=False)

    assert asked == [("graph-writes", timedelta(seconds=1 / per_second), burst, 1)]


async def test_one_person_does_not_wait_behind_a_class():
    world = World()
    turns = Turns(world.rate_limit, world.clock, 10.0)
    await turns.take(urgent=False)
    await turns.take(urgent=False)
    with pytest.raises(TryAgain):
        await turns.take(urgent=False)

    await turns.take(urgent=True)


@pytest.mark.parametrize("per_second", [0, -1.0])
def test_a_limit_that_lets_nothing_through_is_a_mistake(per_second):
    world = World()
    with pytest.raises(ValueError, match="ever"):
        Turns(world.rate_limit, world.clock, per_second)


@pytest.mark.parametrize(("job", "minutes"), [("", 30), ("", 5 * 60), ("job-1", 120), ("job-1", 11 * 60)])
async def test_an_operation_found_when_nobody_waits_any_more_is_not_begun_and_who_asked_is_told(begun, job, minutes):
    """The worker was down, or a backup was restored. What was set now would be destroyed unseen, and with it the
    password that works.
    """
    begun.operations.operations["press-1"] = changed(begun.stored(), job=job)
    begun.clock.move(minutes=minutes)

    assert await begun.work() == [None]

    assert (begun.stored().failure, begun.stored().in_doubt) == (Failure.UNAVAILABLE, False)
    assert begun.accounts.set_calls == []
    (told,) = begun.queue.of(NOTICE)
    about = {"job": job} if job else {"operation": "press-1"}
    assert told.payload == {"what": "given-up", "to": "director", **about}


@pytest.mark.parametrize(("job", "minutes"), [("", 29), ("job-1", 119)])
async def test_an_operation_found_while_somebody_waits_is_carried_out(begun, job, minutes):
    """A class as long as its card lives and its slips wait."""
    begun.operations.operations["press-1"] = changed(begun.stored(), job=job)
    begun.clock.move(minutes=minutes)

    await begun.work()

    assert begun.stored().stage is Stage.READY
    assert "given-up" not in str(begun.tasks(NOTICE))


async def test_what_was_sent_before_the_worker_stopped_is_in_doubt_and_not_sent_again_hours_later(begun):
    def dies():
        begun.accounts.change(PUPIL.person.id, begun.accounts.set_calls[-1][1])
        raise Killed

    begun.accounts.fail_next.append(dies)
    await killed_attempt(begun)
    begun.clock.move(hours=5)
    await begun.work()

    assert (begun.stored().failure, begun.stored().in_doubt) == (Failure.UNAVAILABLE, True)
    assert len(begun.accounts.set_calls) == 1
    assert [one.payload["what"] for one in begun.queue.of(NOTICE)] == ["given-up"]


async def test_of_a_class_that_is_given_up_its_director_is_told_once(world):
    for press in ("press-1", "press-2"):
        person = PUPIL if press == "press-1" else FIRST_GRADER
        await world.ask(replace(WISH, operation=press, person=person.person.id))
        world.operations.operations[press] = changed(world.stored(press), job="job-1")
    world.clock.move(hours=3)
    await world.attempt()
    await world.attempt()

    assert [one.payload for one in world.queue.of(NOTICE)] == [{"what": "given-up", "job": "job-1", "to": "director"}]


async def test_a_refusal_that_comes_when_nobody_looks_any_more_is_told_too(begun):
    begun.clock.move(minutes=20)
    begun.actors.actors.clear()

    await begun.work()

    assert begun.stored().failure is Failure.DENIED
    assert [one.payload["what"] for one in begun.queue.of(NOTICE)] == ["given-up"]


async def test_what_is_refused_at_once_is_told_by_the_card_alone(begun):
    begun.actors.actors.clear()

    await begun.work()

    assert begun.queue.of(NOTICE) == []


async def test_a_bug_is_raised_and_ends_after_half_an_hour(begun):
    begun.handlers[RESET] = replace(begun.resetting, below=lambda n: n)  # out of range

    with pytest.raises(IndexError):
        await begun.attempt()
    assert begun.stored().stage is Stage.REQUESTED
    begun.clock.move(minutes=30)
    assert await begun.work() == [None]
    assert (begun.stored().failure, begun.stored().in_doubt) == (Failure.UNAVAILABLE, False)


async def test_releases_that_cannot_be_read_are_no_reason_to_give_up(world):
    world.releases.add(ELSEWHERE.person.id, OWN.id, world.clock(), world.clock() + timedelta(days=1), OTHER.id)
    await world.ask(replace(WISH, person=ELSEWHERE.person.id))
    world.clock.move(minutes=29)
    world.releases.fail_with = StoreUnavailable("OperationalError")

    with pytest.raises(StoreUnavailable):
        await world.attempt()
    assert world.stored().stage is Stage.REQUESTED


async def test_a_store_that_is_gone_is_no_reason_to_give_up(begun):
    begun.clock.move(hours=1)
    begun.operations.fail_with = StoreUnavailable("OperationalError")

    with pytest.raises(StoreUnavailable):
        await begun.attempt()
    begun.operations.fail_with = None
    assert begun.stored().stage is Stage.REQUESTED


@pytest.mark.parametrize("sent", [True, False])
async def test_given_up_by_the_engine(sent):
    world = World(doubt_applies=True)
    await world.ask()
    if sent:
        world.accounts.fail_next.append(UNAVAILABLE)
        await world.attempt()
        world.clock.move(seconds=1)
    task = await world.claim()

    await world.resetting.on_dead_letter(task, RuntimeError("anything"))
    await world.resetting.on_dead_letter(task, RuntimeError("twice"))

    assert (world.stored().failure, world.stored().in_doubt) == (Failure.UNAVAILABLE, sent)
    assert world.entries("password.failed") == [("failed", "unavailable")]


async def test_given_up_after_it_was_done_changes_nothing(world):
    await world.ready()
    await world.resetting.on_dead_letter(Task(1, RESET, "press-1", {"operation": "press-1"}, 1), RuntimeError())

    assert world.stored().stage is Stage.READY


def test_it_is_a_task_handler(world):
    handlers: list[TaskHandler] = [world.resetting, world.burning, world.ending]

    assert {one.kind for one in handlers} == {RESET, BURN, EXPIRE}


@pytest.mark.parametrize("frozen", [timedelta(seconds=31), timedelta(minutes=40)])
async def test_a_worker_that_was_frozen_before_it_sent_asks_for_everything_again(begun, frozen):
    """Meanwhile another may have finished, the person been given a newer password, the director lost the role."""
    world, candidate = begun, begun.operations.candidate

    async def freezing(*asked):
        stored = await candidate(*asked)
        world.operations.candidate = candidate
        world.clock.now += frozen
        world.actors.actors["director"] = replace(world.actors.actors["director"], enabled=False)
        return stored

    world.operations.candidate = freezing

    await world.work()

    assert world.accounts.set_calls == []
    assert (world.stored().stage, world.stored().in_doubt) == (Stage.FAILED, False)


@pytest.mark.parametrize("error", [DirectoryForbidden(), AccountMissing(), DirectoryMisunderstood()])
async def test_a_refusal_after_an_attempt_that_never_came_back_is_in_doubt(begun, error):
    """The request of the attempt that was killed did arrive."""
    world = begun
    world.accounts.fail_next.append(Killed)
    await killed_attempt(world)
    assert len(world.accounts.applied) == 1
    world.accounts.fail_next.extend([error] * 100)

    await world.work()

    assert (world.stored().stage, world.stored().in_doubt) == (Stage.FAILED, True)
