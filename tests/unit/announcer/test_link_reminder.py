"""Reminding teachers: who, when, how often, and never of what is settled by now."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core.actors.model import Actor, Role
from bot.core.calendar import WorkCalendar
from bot.core.class_links.cases import NUDGE, REMIND, Platform
from bot.core.class_links.expected import Carrier, ExpectedClass, ExpectedList
from bot.core.class_links.lists import LookForWaiting, first_look, overdue
from bot.core.class_links.model import Existing
from bot.core.class_links.ports import KeptList
from bot.core.class_links.read import ReadLinks
from bot.core.errors import DirectoryBusy, DirectoryUnavailable
from bot.core.people.model import AccountState, Kind, Person, School
from bot.core.tasks import Task, TryAgain
from bot.dialogs.class_links.news import RemindTeacher
from tests.fakes_links import FakeByHand, FakeCases, FakeClasses, FakeLists
from tests.unit.announcer.room import Room, reference

SOFIA = ZoneInfo("Europe/Sofia")
SCHOOL = School("school-1", "2990001", "СУ „Измислено“")
MONDAY = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
AFTER = 3
STAFF = ("ivan", "petar")


class World(Room):
    """Two teachers of one school; the morning of a Monday."""

    def __init__(self) -> None:
        super().__init__()
        self.clock.now = MONDAY
        self.classes = FakeClasses(self.clock, (), {one: f"id-{one}" for one in STAFF})
        for number, (owner, activated, age) in enumerate(
            (("ivan", False, 10), ("ivan", False, 4), ("ivan", False, 2), ("ivan", True, 10), ("petar", True, 10))
        ):
            self.classes.classes[f"c{number}"] = Existing(
                f"c{number}",
                f"10{number}",
                f"Клас {number}",
                has_team=True,
                created=MONDAY - timedelta(days=age),
                owners=frozenset({owner}),
                members=frozenset(),
                archived=False,
                activated=activated,
            )
        rows = tuple(
            ExpectedClass(each.external_id, each.title, tuple(each.owners or ()))
            for each in self.classes.classes.values()
        )
        self.lists = FakeLists({SCHOOL.code: KeptList(MONDAY, ExpectedList(SCHOOL.code, Carrier.SDS, MONDAY, rows))})
        self.by_hand, self.links_tasks = FakeByHand(), None
        self.read = ReadLinks(
            reader=self.classes,
            lists=self.lists,
            by_hand=self.by_hand,
            cases=FakeCases(),
            tasks=self.queue,
            clock=self.clock,
            zone=SOFIA,
        )
        days = WorkCalendar(lambda day: day == date(2026, 11, 24), zone=SOFIA)
        self.look = LookForWaiting(
            read=self.read,
            lists=self.lists,
            people=self,
            queue=self.queue,
            clock=self.clock,
            days=days,
            after=AFTER,
        )
        self.nudge = RemindTeacher(self.speaking, read=self.read, tenant="tenant", after=AFTER)
        self.handlers = {REMIND: self.look, NUDGE: self.nudge}
        self.days = days
        for one in STAFF:
            self.references[f"id-{one}"] = reference(f"id-{one}")
            self.actors.actors[f"id-{one}"] = Actor(
                f"id-{one}", "tenant", Role.TEACHER, username=f"{one}@edu.mon.bg", works_at=(SCHOOL,)
            )

    async def people_of_school(self, school: School) -> tuple[Person, ...]:
        assert school.code == SCHOOL.code
        return tuple(
            Person(f"id-{one}", one, f"{one}@edu.mon.bg", Kind.TEACHER, AccountState.ACTIVE, (SCHOOL,))
            for one in STAFF
        )

    def begins(self) -> None:
        self.queue.write([replace(first_look(SCHOOL, MONDAY - timedelta(days=3), self.days), run_at=self.clock())])

    @property
    def told(self) -> list[tuple[str, str]]:
        return [(to, json.dumps(reply.card, ensure_ascii=False)) for to, _, reply in self.messenger.sent]

    def waiting(self, kind: str) -> list[datetime]:
        return [row.run_at for row in self.queue.rows.values() if row.kind == kind and row.status == "ready"]


@pytest.fixture
def world() -> World:
    return World()


async def test_a_teacher_is_reminded_of_what_has_waited_long_enough(world):
    world.begins()
    assert await world.work() == [None, None]
    ((to, card),) = world.told
    assert to == "a:id-ivan"
    assert "Класни стаи, които очакват действие от Вас" in card
    assert "Активиране" in card
    for title, named in (("Клас 0", True), ("Клас 1", True), ("Клас 2", False), ("Клас 3", False), ("Клас 4", False)):
        assert (title in card) is named, title


async def test_the_next_look_is_on_the_next_working_morning(world):
    world.begins()
    await world.work()
    (at,) = world.waiting(REMIND)
    morning = datetime(2026, 11, 25, 6, 0, tzinfo=UTC)  # Tuesday is off
    assert morning <= at < morning + timedelta(hours=2)


async def test_once_a_week_at_most(world):
    world.begins()
    days = 0
    while world.clock() < MONDAY + timedelta(days=14):
        await world.work()
        world.clock.move(hours=1)
        days += 1
    assert [to for to, _ in world.told] == ["a:id-ivan"] * 2
    assert len(world.waiting(REMIND)) == 1


async def test_the_week_begins_at_midnight_in_sofia_where_working_hours_do_too(world):
    """The look of Monday is then at an hour when it is Sunday still in UTC."""
    world.days = WorkCalendar(lambda day: False, opens=time.min, closes=time.max, zone=SOFIA)
    object.__setattr__(world.look, "days", world.days)
    world.clock.now = start = datetime(2026, 11, 22, 22, 0, tzinfo=UTC)
    world.begins()
    days = []
    while world.clock() < start + timedelta(days=14):
        before = len(world.told)
        await world.work()
        days += [world.clock().astimezone(SOFIA).date()] * (len(world.told) - before)
        world.clock.move(minutes=30)
    assert days == [date(2026, 11, 23), date(2026, 11, 30)]


async def test_at_night_nobody_is_reminded(world):
    world.clock.now = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
    world.begins()
    (said,) = await world.work()
    assert isinstance(said, TryAgain)
    assert not said.failed
    assert world.clock() + said.after == datetime(2026, 11, 25, 6, 0, tzinfo=UTC)
    assert world.told == []


async def test_what_was_settled_since_the_morning_is_not_said(world):
    await world.queue.add([first_look(SCHOOL, MONDAY, world.days)])
    world.add(NUDGE, "id-ivan:2026-48", to="id-ivan")
    for key in ("c0", "c1"):
        world.classes.classes[key] = replace(world.classes.classes[key], activated=True)
    assert await world.work() == [None]
    assert world.told == []


@pytest.mark.parametrize(
    "change",
    [
        {"role": Role.STUDENT},
        {"role": Role.NONE},
        {"enabled": False},
        {"works_at": ()},
        {"username": ""},
    ],
)
async def test_who_is_no_teacher_any_more_is_told_nothing(world, change):
    world.actors.actors["id-ivan"] = replace(world.actors.actors["id-ivan"], **change)
    world.add(NUDGE, "id-ivan:2026-48", to="id-ivan")
    assert await world.work() == [None]
    assert world.told == []


async def test_who_has_not_met_the_bot_is_left_alone_and_the_directory_too(world):
    del world.references["id-ivan"]
    world.add(NUDGE, "id-ivan:2026-48", to="id-ivan")
    assert await world.work() == [None]
    assert world.actors.calls == []


async def test_a_school_at_which_nobody_looks_any_more_is_forgotten(world):
    world.lists.kept.clear()
    world.begins()
    assert await world.work() == [None]
    assert world.waiting(REMIND) == []
    assert world.classes.readings == 0


async def test_looking_fetches_no_list(world):
    world.begins()
    world.lists.kept[SCHOOL.code] = replace(world.lists.kept[SCHOOL.code], checked_at=MONDAY - timedelta(days=30))
    await world.work()
    assert {row.kind for row in world.queue.rows.values()} == {REMIND, NUDGE}


async def test_a_school_on_classroom_is_reminded_of_what_is_not_marked(world):
    world.by_hand.platforms[SCHOOL.id] = Platform.CLASSROOM
    listed = world.lists.kept[SCHOOL.code].list
    old = replace(listed, dated=MONDAY - timedelta(days=4))
    world.lists.kept[SCHOOL.code] = replace(world.lists.kept[SCHOOL.code], list=old)
    world.begins()
    await world.work()
    assert {to for to, _ in world.told} == {"a:id-ivan", "a:id-petar"}
    assert all("Google Classroom" in card for _, card in world.told)


@pytest.mark.parametrize(("error", "failed"), [(DirectoryBusy(9.0), False), (DirectoryUnavailable("x"), True)])
async def test_a_directory_that_does_not_answer_is_asked_later(world, error, failed):
    world.classes.error = error
    world.begins()
    world.add(NUDGE, "id-ivan:2026-48", to="id-ivan")
    said = await world.work()
    assert [one.failed for one in said if isinstance(one, TryAgain)] == [failed, failed]
    assert world.told == []


async def test_given_up_it_looks_again_the_next_morning(world):
    task = first_look(SCHOOL, MONDAY - timedelta(days=3), world.days)
    await world.look.on_dead_letter(Task(1, task.kind, task.key, dict(task.payload), 5, 4), DirectoryUnavailable("x"))
    assert len(world.waiting(REMIND)) == 1


async def test_many_titles_are_cut_and_counted(world):
    for number in range(20, 40):
        one = replace(world.classes.classes["c0"], id=f"c{number}", external_id=f"1{number}", title=f"Клас {number}")
        world.classes.classes[one.id] = one
    listed = world.lists.kept[SCHOOL.code].list
    rows = tuple(
        ExpectedClass(each.external_id, each.title, tuple(each.owners or ()))
        for each in world.classes.classes.values()
    )
    world.lists.kept[SCHOOL.code] = replace(world.lists.kept[SCHOOL.code], list=replace(listed, classes=rows))
    world.add(NUDGE, "id-ivan:2026-48", to="id-ivan")
    await world.work()
    ((_, card),) = world.told
    assert "и още 12 класни стаи" in card


async def test_switched_off_nobody_is_reminded_of_what_was_planned_before(world):
    world.handlers = {kind: replace(handler, after=0) for kind, handler in world.handlers.items()}
    world.begins()
    world.add(NUDGE, "id-ivan:2026-48", to="id-ivan")
    await world.work()
    assert world.told == []


async def test_exactly_so_many_days_is_not_longer(world):
    seen = await world.read.of_school(SCHOOL)
    one = next(link for link in seen.links if link.title == "Клас 1")
    assert overdue([one], one.since + timedelta(days=3), 3) == ()
    assert overdue([one], one.since + timedelta(days=3, seconds=1), 3) == (one,)
    assert overdue([replace(one, teacher="")], one.since + timedelta(days=9), 3) == ()
    assert overdue([replace(one, since=None)], MONDAY, 3) == ()
