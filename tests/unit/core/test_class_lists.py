"""A director sees the classes of the own school, and of each student what became of the last password."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.core.actors.model import Role
from bot.core.decision import Reason
from bot.core.errors import DirectoryUnavailable
from bot.core.passwords.class_lists import ClassList, ListClasses
from bot.core.passwords.model import PasswordStatus, Refused
from tests.fakes import NOON
from tests.unit.core.classroom import ANA, CLASS, THEIRS, Classroom, student

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
    room.clock.move(minutes=1)
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
    asked = [argument for call, argument in room.accounts.calls if call == "password_changes"]
    assert asked == [("student-2", "student-3", "student-4")], "only those with an operation are asked for"


async def test_nobody_is_asked_for_when_nobody_has_an_operation():
    room = Classroom([student(1)])
    await room.students(ANA, CLASS)
    assert room.accounts.calls == []


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
    room.students._admit_synthetic = False
    listed = await room.students(ANA, CLASS)
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
