"""A director sees the classes of the own school, and of each student what became of the last password."""

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core.actors.model import Role
from bot.core.decision import Reason
from bot.core.errors import DirectoryUnavailable
from bot.core.passwords.class_lists import ClassList, ListClasses
from bot.core.passwords.model import PasswordStatus, Refused, Stage, Timing
from bot.core.passwords.request_many import ManyChecked
from tests.fakes import NOON
from tests.unit.core.classroom import ANA, CLASS, MADE, THEIRS, Classroom, student

TODAY = NOON.date()


async def test_the_classes_are_those_of_the_own_school():
    room = Classroom()
    classes = await ListClasses(rosters=room.rosters)(ANA)
    assert not isinstance(classes, Refused)
    assert [one.name for one in classes] == ["5 а", CLASS]
    assert await ListClasses(rosters=room.rosters)(replace(ANA, school=THEIRS)) == ()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.DIRECTOR])
async def test_nobody_but_a_director_sees_a_class(role):
    room = Classroom([student(1)])
    actor = replace(ANA, role=role)
    assert isinstance(await ListClasses(rosters=room.rosters)(actor), Refused)
    assert isinstance(await room.students(actor, CLASS), Refused)
    assert room.rosters.calls == []


async def test_a_director_without_a_school_sees_nothing():
    room = Classroom([student(1)])
    refused = await room.students(replace(ANA, school=None), CLASS)
    assert isinstance(refused, Refused)
    assert refused.decision.denied_because is Reason.SCHOOL_UNKNOWN


async def test_there_is_nobody_in_a_class_that_does_not_exist():
    room = Classroom([student(1)])
    for name in ("5 в", "", "5 Б", "5 б "):
        listed = await room.students(ANA, name)
        assert isinstance(listed, ClassList)
        assert (listed.class_.name, listed.rows) == (name, ())


async def test_a_status_follows_from_operation_and_directory():
    room = Classroom([student(number) for number in range(1, 6)])
    await room.begun("student-2", "student-3", "student-4")
    await room.work(most=2)
    room.clock.move(minutes=11)
    room.accounts.change("student-2", "his own")
    statuses = {
        PasswordStatus.NEVER: ["student-1", "student-5"],
        PasswordStatus.CHANGED: ["student-2"],
        PasswordStatus.READY: ["student-3"],
        PasswordStatus.RUNNING: ["student-4"],
    }
    listed = await room.students(ANA, CLASS)
    assert isinstance(listed, ClassList)
    assert {row.person.id: row.status for row in listed.rows} == {
        person: status for status, persons in statuses.items() for person in persons
    }
    asked = [argument for call, argument in room.accounts.calls if call == "password_dates"]
    assert asked == [tuple(f"student-{number}" for number in range(1, 6))], "in one call"


MINUTE = timedelta(minutes=1)


async def ticks(room):
    listed = await room.students(ANA, CLASS)
    assert isinstance(listed, ClassList)
    return {row.person.id: (row.status, row.anew) for row in listed.rows}


@pytest.mark.parametrize(
    ("created", "changed", "status"),
    [
        (MADE, MADE, PasswordStatus.NEVER),
        (MADE, MADE + timedelta(seconds=1), PasswordStatus.NEVER),
        (MADE, MADE - timedelta(seconds=3), PasswordStatus.NEVER),  # written first, or by another clock
        (MADE, MADE + 10 * MINUTE, PasswordStatus.NEVER),
        (MADE, MADE + 10 * MINUTE + timedelta(seconds=1), PasswordStatus.CHANGED),
        (MADE, (MADE + timedelta(days=3)).astimezone(ZoneInfo("America/New_York")), PasswordStatus.CHANGED),
        (MADE.astimezone(ZoneInfo("Asia/Tokyo")), MADE, PasswordStatus.NEVER),
        (
            MADE,
            MADE - timedelta(days=3),
            PasswordStatus.UNKNOWN,
        ),  # older than its account: nobody knows what that means
        (MADE, None, PasswordStatus.UNKNOWN),
        (None, MADE, PasswordStatus.UNKNOWN),
        (None, None, PasswordStatus.UNKNOWN),
    ],
)
async def test_on_the_first_day_only_those_are_ticked_whose_password_nobody_has_changed(created, changed, status):
    """Not a row of ours anywhere: what the directory tells decides, and what it does not tell ticks nobody."""
    room = Classroom([student(1)])
    room.accounts.accounts["student-1"] = replace(
        room.accounts.accounts["student-1"], created_at=created, password_changed_at=changed
    )
    assert await ticks(room) == {"student-1": (status, status is PasswordStatus.NEVER)}


async def test_who_was_handed_the_first_password_on_paper_is_not_ticked_and_is_asked_about():
    """The boards know of it; a password of ours, and what the directory does not tell, say what they said."""
    room = Classroom([student(number) for number in range(1, 6)])
    room.accounts.accounts["student-3"] = replace(room.accounts.accounts["student-3"], password_changed_at=None)
    await room.begun("student-4")
    await room.work()
    room.clock.move(hours=3)
    room.noted = {"student-2", "student-3", "student-4", "elsewhere"}
    assert await ticks(room) == {
        "student-1": (PasswordStatus.NEVER, True),
        "student-2": (PasswordStatus.HANDED, False),
        "student-3": (PasswordStatus.UNKNOWN, False),
        "student-4": (PasswordStatus.UNSEEN, True),
        "student-5": (PasswordStatus.NEVER, True),
    }
    checked = await room.many.check(ANA, room.wish("student-1", "student-2"))
    assert isinstance(checked, ManyChecked)
    assert not checked.anew
    room.noted.clear()
    assert (await ticks(room))["student-2"] == (PasswordStatus.NEVER, True), "taken back"


async def test_who_could_not_be_read_is_not_ticked():
    room = Classroom([student(1)])
    room.accounts.accounts.clear()
    assert await ticks(room) == {"student-1": (PasswordStatus.UNKNOWN, False)}


@pytest.mark.parametrize("minutes", [1, 10, 60])
async def test_how_soon_counts_as_the_same_change_is_a_setting(minutes):
    room = Classroom([student(1)], timing=Timing(same_change_minutes=minutes))
    for later, status in ((timedelta(0), PasswordStatus.NEVER), (timedelta(seconds=1), PasswordStatus.CHANGED)):
        room.accounts.accounts["student-1"] = replace(
            room.accounts.accounts["student-1"], password_changed_at=MADE + minutes * MINUTE + later
        )
        assert (await ticks(room))["student-1"][0] is status


async def test_after_a_password_of_ours_it_counts_from_that_one():
    """In use for years; given a new one here that nobody fetched; then not changed, or changed by somebody else."""
    room = Classroom([student(1)])
    room.accounts.accounts["student-1"] = replace(
        room.accounts.accounts["student-1"], password_changed_at=MADE + timedelta(days=9)
    )
    assert (await ticks(room))["student-1"] == (PasswordStatus.CHANGED, False)
    await room.begun("student-1")
    assert (await ticks(room))["student-1"] == (PasswordStatus.RUNNING, False)
    await room.work()
    assert (await ticks(room))["student-1"] == (PasswordStatus.READY, False)
    room.clock.move(minutes=9)
    room.accounts.change("student-1", "by the provider, in the same minutes")
    assert (await ticks(room))["student-1"] == (PasswordStatus.READY, False)
    room.clock.move(hours=3)
    assert (await ticks(room))["student-1"] == (PasswordStatus.UNSEEN, True)
    room.accounts.change("student-1", "by somebody")
    assert (await ticks(room))["student-1"] == (PasswordStatus.CHANGED, False)


async def test_who_changed_a_password_just_handed_over_is_never_ticked():
    """Seen, it can be changed at once: soon after ours is then no sign that it is ours."""
    room = Classroom([student(1)])
    await room.begun("student-1")
    await room.work()
    operation = (await room.operations.latest(["student-1"]))["student-1"]
    room.clock.move(minutes=1)
    room.operations.operations[operation.asked.id] = replace(operation, stage=Stage.SHOWN, shown_at=room.clock())
    room.clock.move(minutes=1)
    room.accounts.change("student-1", "own")
    for hours in (0, 72, 720):
        room.clock.move(hours=hours)
        assert (await ticks(room))["student-1"] == (PasswordStatus.CHANGED, False)


@pytest.mark.parametrize("noted", [False, True], ids=["its time is over", "and that was noted"])
async def test_whose_slip_is_older_than_its_time_and_goes_on_working_is_not_ticked(noted):
    room = Classroom([student(1)])
    await room.begun("student-1")
    await room.work()
    operation = (await room.operations.latest(["student-1"]))["student-1"]
    room.operations.operations[operation.asked.id] = replace(operation, stage=Stage.SHOWN, shown_at=room.clock())
    room.clock.move(hours=73)
    if noted:
        await room.operations.end(operation.asked.id, "expired", room.clock(), ())
    assert (await ticks(room))["student-1"] == (PasswordStatus.EXPIRED, False)
    checked = await room.many.check(ANA, room.wish("student-1"))
    assert isinstance(checked, ManyChecked)
    assert not checked.anew, "it is asked about first"


async def test_what_nobody_was_shown_is_nobodys_slip_however_old_it_is():
    room = Classroom([student(1)])
    await room.begun("student-1")
    await room.work()
    for hours in (24, 72, 720):
        room.clock.move(hours=hours)
        assert (await ticks(room))["student-1"] == (PasswordStatus.UNSEEN, True)


async def test_how_many_working_passwords_end_is_counted_before_it_is_confirmed():
    room = Classroom([student(number) for number in range(1, 6)])
    for number, changed in ((1, MADE + timedelta(days=1)), (2, MADE + timedelta(days=2)), (3, None)):
        room.accounts.accounts[f"student-{number}"] = replace(
            room.accounts.accounts[f"student-{number}"], password_changed_at=changed
        )
    checked = await room.many.check(ANA, room.wish("student-1", "student-2", "student-3", "student-4", "elsewhere"))
    assert isinstance(checked, ManyChecked)
    assert (len(checked.allowed), checked.working, checked.unknown) == (4, 2, 1)
    checked = await room.many.check(ANA, room.wish("student-4", "student-5"))
    assert isinstance(checked, ManyChecked)
    assert (checked.working, checked.unknown) == (0, 0)


async def test_more_than_a_hundred_are_asked_for_in_several_calls():
    """The fake refuses more than a hundred, as the directory would."""
    people = [student(1, id=f"student-{number}", name=f"Ученик {number:03}") for number in range(230)]
    room = Classroom(people)
    await room.begun(*(one.id for one in people))
    listed = await room.students(ANA, CLASS)
    assert isinstance(listed, ClassList)
    assert {row.status for row in listed.rows} == {PasswordStatus.RUNNING}
    assert len(room.accounts.calls) == 3


async def test_a_status_that_cannot_be_read_fails_the_list():
    room = Classroom([student(1)])
    await room.begun("student-1")
    room.accounts.fail_read.append(DirectoryUnavailable())
    with pytest.raises(DirectoryUnavailable):
        await room.students(ANA, CLASS)


@pytest.mark.parametrize(
    ("counted", "under"),
    [
        (date(TODAY.year - 14, TODAY.month, TODAY.day), False),
        (date(TODAY.year - 14, TODAY.month, TODAY.day) + timedelta(days=1), True),
        (date(2007, 1, 1), False),
        (date(2017, 1, 1), True),
        (None, None),
    ],
)
async def test_the_age_is_told_only_where_the_identifier_tells_it(counted, under):
    born = counted and counted.replace(year=counted.year + 30)
    room = Classroom([student(1, born=born)])
    listed = await room.students(ANA, CLASS)
    assert isinstance(listed, ClassList)
    assert [row.under_14 for row in listed.rows] == [under]


async def test_a_birth_in_the_future_tells_no_age():
    """As a synthetic number does where those are not admitted."""
    room = Classroom([student(1)])
    students = replace(room.students, admit_synthetic=False)
    listed = await students(ANA, CLASS)
    assert isinstance(listed, ClassList)
    assert [row.under_14 for row in listed.rows] == [None]


async def test_a_day_begins_in_sofia():
    """At 22:30 UTC on the eve of the birthday it is the birthday in Sofia."""
    room = Classroom([student(1, born=date(TODAY.year - 14 + 30, TODAY.month, TODAY.day))])
    room.clock.now = NOON.replace(hour=21, minute=59) - timedelta(days=1)
    before = await room.students(ANA, CLASS)
    room.clock.move(minutes=1)
    after = await room.students(ANA, CLASS)
    assert isinstance(before, ClassList)
    assert isinstance(after, ClassList)
    assert (before.rows[0].under_14, after.rows[0].under_14) == (True, False)
