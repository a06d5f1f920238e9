import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.actors.model import Actor, Role
from bot.core.decision import Decision, Reason
from bot.core.errors import DirectoryUnavailable, StoreUnavailable
from bot.core.handover.model import Recipient
from bot.core.passwords.model import ALARM, BURN, Failure, Job, Operation, Refused, Shown, Stage
from tests.fakes import NOON
from tests.properties.strategies import TENANT
from tests.unit.core.password_world import CHAT, DEPUTY, DIRECTOR, OTHER, OWN, PUPIL, WISH, World


@pytest.fixture
def world():
    return World()


@pytest.fixture
async def set_(world):
    """A world where one password is set and waits to be shown."""
    await world.ready()
    return world


def refused(reason):
    return Refused(Decision(reason))


def show(world, actor=DIRECTOR, chat=CHAT, operation="press-1"):
    return world.reveal(actor, chat, operation)


async def test_it_is_shown_and_its_time_begins(set_):
    world, now = set_, set_.clock()

    shown = await show(world)

    assert isinstance(shown, Shown)
    assert shown.secret.reveal() == world.accounts.passwords[PUPIL.person.id]
    assert (shown.again, shown.operation) == (False, world.stored())
    assert (shown.operation.stage, shown.operation.shown_at) == (Stage.SHOWN, now)
    assert shown.operation.lease_until == now + timedelta(seconds=120)
    assert ("press-1:lease", now + timedelta(seconds=120)) in world.tasks(BURN)
    assert world.entries()[-1] == ("shown", "shown")
    assert shown.secret.reveal() not in repr((shown, world.audit.entries, world.queue.rows))


async def test_a_lost_reply_loses_nothing(set_):
    first = await show(set_)
    set_.clock.move(seconds=119)
    again = await show(set_)

    assert (again.secret, again.again) == (first.secret, True)
    assert again.operation.lease_until == first.operation.lease_until
    assert set_.entries()[-2:] == [("shown", "shown"), ("shown-again", "shown")]
    assert len(set_.tasks(BURN)) == 2


@pytest.mark.parametrize("burnt", [True, False])
async def test_after_the_lease_it_is_gone_whether_or_not_the_worker_came_by(set_, burnt):
    await show(set_)
    set_.clock.move(seconds=120)
    if burnt:
        await set_.work(BURN)

    later = await show(set_)

    assert isinstance(later, Operation)
    assert later.stage is (Stage.CLOSED if burnt else Stage.SHOWN)
    assert later.shown_at == NOON
    assert set_.entries("password.shown") == [("shown", "shown")]


@pytest.mark.parametrize("burnt", [True, False])
async def test_looked_at_too_late(set_, burnt):
    set_.clock.move(minutes=30)
    if burnt:
        await set_.work(BURN)

    later = await show(set_)

    assert isinstance(later, Operation)
    assert later.stage is (Stage.UNSEEN if burnt else Stage.READY)
    assert set_.entries("password.shown") == []


async def test_looked_at_in_the_last_moment(set_):
    set_.clock.move(minutes=29, seconds=59)

    assert isinstance(await show(set_), Shown)


async def test_the_time_counts_after_the_directory_answered(set_):
    """The check of the role may take long; a password past its time is not shown for that."""
    set_.clock.move(minutes=29, seconds=59)
    fresh = set_.actors.fresh

    async def slow(*arguments):
        set_.clock.move(seconds=1)
        return await fresh(*arguments)

    set_.actors.fresh = slow
    assert isinstance(await show(set_), Operation)


async def test_several_presses_at_once_begin_one_lease(set_):
    set_.operations.yields = True

    shown = await asyncio.gather(*(show(set_) for _ in range(4)))

    assert len({one.secret.reveal() for one in shown}) == 1
    assert [one.again for one in shown].count(False) == 1
    assert set_.entries("password.shown")[0] == ("shown", "shown")
    assert len(set_.entries("password.shown")) == 4
    assert len(set_.tasks(BURN)) == 2


async def test_not_yet_and_not_any_more(world):
    await world.ask()
    assert (await show(world)).stage is Stage.REQUESTED

    task = await world.claim()
    await world.operations.fail(task, "press-1", Failure.FORBIDDEN, "", entries=(), tasks=())
    world.actors.fail_next.append(DirectoryUnavailable())
    failed = await show(world)

    assert (failed.stage, failed.failure) == (Stage.FAILED, Failure.FORBIDDEN)
    assert await show(world, operation="press-9") == refused(Reason.NO_OPERATION)


async def test_followed_by_a_newer_one(set_):
    await set_.ask(replace(WISH, operation="press-2"))
    await set_.work()

    assert (await show(set_)).stage is Stage.UNSEEN
    assert isinstance(await show(set_, operation="press-2"), Shown)


@pytest.mark.parametrize(
    ("actor", "chat"),
    [
        (DEPUTY, CHAT),
        (DEPUTY, "deputy's"),
        (DIRECTOR, "another chat"),
        (replace(DIRECTOR, tenant_id="another"), CHAT),
        (Actor("", TENANT, Role.NONE), ""),
    ],
)
async def test_nobody_else_and_nowhere_else(set_, actor, chat):
    set_.actors.calls.clear()

    assert await show(set_, actor, chat) == refused(Reason.NOT_YOURS)
    assert set_.stored().stage is Stage.READY
    entry = set_.audit.entries[-1]
    assert (entry.action, entry.actor, entry.subject, entry.outcome) == (
        "password.shown",
        actor.object_id,
        PUPIL.person.id,
        "denied",
    )
    assert entry.detail["reason"] == "not-yours"
    assert isinstance(await show(set_), Shown)


@pytest.mark.parametrize(
    ("now", "reason"),
    [
        (Actor("director", TENANT, Role.TEACHER), Reason.TEACHER),
        (Actor("director", TENANT, Role.NONE), Reason.STRANGER),
        (replace(DIRECTOR, enabled=False), Reason.ACCOUNT_DISABLED),
        (replace(DIRECTOR, school=None), Reason.SCHOOL_UNKNOWN),
        (replace(DIRECTOR, school=OTHER), Reason.SCHOOL_CHANGED),
    ],
)
@pytest.mark.parametrize("seen_before", [True, False])
async def test_no_longer_director_of_the_school(set_, now, reason, seen_before):
    if seen_before:
        await show(set_)
    set_.actors.actors["director"] = now
    before = set_.stored()

    assert await show(set_) == refused(reason)
    assert set_.stored() == before
    assert set_.entries()[-1] == ("shown", "denied")


async def test_who_cannot_be_read_is_shown_nothing(set_):
    set_.actors.fail_next.append(DirectoryUnavailable())

    with pytest.raises(DirectoryUnavailable):
        await show(set_)
    assert set_.stored().stage is Stage.READY
    assert isinstance(await show(set_), Shown)


@pytest.mark.parametrize("what", ["operations", "audit"])
async def test_what_cannot_be_recorded_is_not_shown(set_, what):
    getattr(set_, what).fail_with = StoreUnavailable("OperationalError")

    with pytest.raises(StoreUnavailable):
        await show(set_)
    set_.operations.fail_with = set_.audit.fail_with = None
    assert set_.stored().stage is Stage.READY


@pytest.mark.parametrize("moment", ["before", "after"])
async def test_killed_while_showing(set_, moment):
    def dies(name, when):
        if (name, when) == ("reveal", moment):
            set_.operations.interrupt = None
            raise KeyboardInterrupt

    set_.operations.interrupt = dies
    with pytest.raises(KeyboardInterrupt):
        await show(set_)

    shown = await show(set_)
    assert shown.again is (moment == "after")
    assert set_.entries("password.shown")[0] == ("shown", "shown")


# Handing over.


async def test_the_receipt(set_):
    await show(set_)
    set_.clock.move(seconds=30)

    operation = await set_.hand_over(DIRECTOR, CHAT, "press-1")

    assert (operation.stage, operation.handed_at) == (Stage.CLOSED, set_.clock())
    assert set_.operations.secrets == {}
    assert set_.entries()[-1] == ("handed", "done")
    assert set_.audit.entries[-1].detail.items() >= {"recipient": "student", "ground": "owner"}.items()
    assert isinstance(await show(set_), Operation)


async def test_the_receipt_is_noted_once(set_):
    await show(set_)
    first = await set_.hand_over(DIRECTOR, CHAT, "press-1")
    set_.clock.move(seconds=30)

    assert await set_.hand_over(DIRECTOR, CHAT, "press-1") == first
    assert set_.entries("password.handed") == [("handed", "done")]


async def test_the_receipt_after_the_lease(set_):
    await show(set_)
    set_.clock.move(seconds=120)
    await set_.work(BURN)

    operation = await set_.hand_over(DIRECTOR, CHAT, "press-1")

    assert operation.handed_at == set_.clock()


async def test_what_was_never_shown_cannot_have_been_handed_over(set_):
    operation = await set_.hand_over(DIRECTOR, CHAT, "press-1")

    assert (operation.stage, operation.handed_at) == (Stage.READY, None)
    assert set_.entries("password.handed") == []
    assert isinstance(await show(set_), Shown)


async def test_only_its_director_notes_it(set_):
    await show(set_)

    assert await set_.hand_over(DEPUTY, CHAT, "press-1") == refused(Reason.NOT_YOURS)
    assert await set_.hand_over(DIRECTOR, "another chat", "press-1") == refused(Reason.NOT_YOURS)
    assert await set_.hand_over(DIRECTOR, CHAT, "press-9") == refused(Reason.NO_OPERATION)
    assert set_.stored().handed_at is None
    assert set_.entries("password.handed") == []


# Somebody else's card.


async def test_a_strangers_press_is_recorded_and_its_director_told(set_):
    await set_.report_theft("stranger", "password.reveal", "press-1")

    entry = set_.audit.entries[-1]
    assert (entry.action, entry.actor, entry.subject, entry.outcome) == (
        "password.alarm",
        "stranger",
        PUPIL.person.id,
        "raised",
    )
    assert entry.detail.items() >= {"operation": "press-1", "verb": "password.reveal"}.items()
    told = list(set_.queue.of(ALARM))
    assert [(row.run_at, row.payload) for row in told] == [
        (
            set_.clock(),
            {"what": "alarm", "operation": "press-1", "to": "director", "at": set_.clock().isoformat()},
        )
    ]
    assert set_.stored().stage is Stage.READY


def alarms(world):
    return list(world.queue.of(ALARM))


async def test_its_director_is_told_once_an_hour_of_the_same_person(set_):
    for _ in range(5):
        await set_.report_theft("stranger", "password.reveal", "press-1")
    set_.clock.move(minutes=59)
    await set_.report_theft("stranger", "password.state", "press-1")
    assert len(alarms(set_)) == 1

    await set_.report_theft("another", "password.reveal", "press-1")
    assert len(alarms(set_)) == 2
    set_.clock.move(minutes=1)
    await set_.report_theft("stranger", "password.reveal", "press-1")
    assert len(alarms(set_)) == 3
    assert len(set_.entries("password.alarm")) == 8


async def test_an_alarm_is_recorded_and_told_together_or_not_at_all(set_):
    """Recorded alone, its director would never hear of it: the press is not repeated."""

    def dies(call: str, moment: str) -> None:
        if moment == "before":
            raise ConnectionError(call)

    set_.queue.interrupt = set_.operations.interrupt = dies
    with pytest.raises(ConnectionError):
        await set_.report_theft("stranger", "password.reveal", "press-1")

    assert set_.entries("password.alarm") == []
    assert alarms(set_) == []


async def test_ones_own_card_in_another_chat_is_recorded_only(set_):
    await set_.report_theft("director", "password.reveal", "press-1")

    assert set_.entries()[-1] == ("alarm", "raised")
    assert alarms(set_) == []


@pytest.mark.parametrize(
    ("operation", "job", "subject", "detail"),
    [
        ("press-9", "", "press-9", {"operation": "press-9"}),
        ("press-9", "job-9", "press-9", {"operation": "press-9"}),
        ("", "job-9", "job-9", {"job": "job-9"}),
        ("", "", "stranger", {"job": ""}),
    ],
)
async def test_a_card_about_what_is_known_no_more_is_recorded(set_, operation, job, subject, detail):
    await set_.report_theft("stranger", "class.progress", operation, job_id=job)

    entry = set_.audit.entries[-1]
    assert (entry.subject, entry.detail) == (subject, detail | {"verb": "class.progress"})
    assert alarms(set_) == []


JOB = Job("job-1", NOON, "director", TENANT, CHAT, OWN.id, "5 б", Recipient.STUDENT)


@pytest.fixture
def class_(world):
    world.operations.jobs[JOB.id] = JOB
    return world


async def test_a_strangers_press_on_the_card_of_a_class_is_recorded_and_its_director_told(class_):
    for _ in range(3):
        await class_.report_theft("stranger", "password.slips", job_id="job-1")
    await class_.report_theft("another", "class.cancel", job_id="job-1")

    first, *others = class_.audit.entries
    assert (first.action, first.actor, first.subject, first.outcome) == (
        "password.alarm",
        "stranger",
        OWN.id,
        "raised",
    )
    assert first.detail == {"job": "job-1", "verb": "password.slips", "recipient": "student", "school": OWN.id}
    assert len(others) == 3
    told = {"what": "alarm", "job": "job-1", "to": "director", "at": class_.clock().isoformat()}
    assert [row.payload for row in alarms(class_)] == [told, told]

    class_.clock.move(hours=1)
    await class_.report_theft("stranger", "class.retry", job_id="job-1")
    assert len(alarms(class_)) == 3


async def test_ones_own_card_of_a_class_in_another_chat_is_recorded_only(class_):
    await class_.report_theft("director", "class.progress", job_id="job-1")

    assert class_.entries() == [("alarm", "raised")]
    assert alarms(class_) == []
