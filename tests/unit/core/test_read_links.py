"""Reading links: how old an answer may be, when the list is fetched, whose links they are."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core.actors.model import Actor, Role
from bot.core.audit import AuditEntry
from bot.core.class_links.act import AskDirector, KeepRegister
from bot.core.class_links.cases import LIST, CaseStage, LinkCase, Mark, Matter, Platform
from bot.core.class_links.expected import Carrier, ExpectedClass, ExpectedList
from bot.core.class_links.model import Existing, Flag, LinkState
from bot.core.class_links.ports import KeptList
from bot.core.class_links.read import LIST_FRESH_FOR, NO_SOONER, LinksSeen, ReadLinks
from bot.core.clock import SteadyClock
from bot.core.decision import Decision, Reason
from bot.core.memory import Memory
from bot.core.people.free_text import FreeText
from bot.core.people.model import School
from tests.fakes import FakeClock
from tests.fakes_links import FakeByHand, FakeCases, FakeClasses, FakeFresh, FakeLists, FakeTasks

OURS, THEIRS = School("school-1", "2990001", "СУ „Измислено“"), School("school-2", "2990002", "ОУ „Друго“")
DIRECTOR = Actor("director", "tenant", Role.DIRECTOR, OURS, name="Директор Едно", username="2990001@edu.mon.bg")
TEACHER = Actor("teacher", "tenant", Role.TEACHER, username="ivan@edu.mon.bg", works_at=(OURS, THEIRS))


class Desk:
    def __init__(self) -> None:
        self.clock = FakeClock()
        there = Existing(
            "c1", "101", "Химия", has_team=True, created=self.clock() - timedelta(days=30), owners=frozenset({"ivan"}),
            members=frozenset(), archived=False, activated=True,
        )  # fmt: skip
        self.classes = FakeClasses(self.clock, (there,), {"ivan": "teacher"})
        self.lists, self.cases, self.by_hand, self.tasks = FakeLists(), FakeCases(), FakeByHand(), FakeTasks()
        self.comes_after: int | None = None
        self.slept = 0
        self.read = ReadLinks(
            reader=self.classes,
            lists=self.lists,
            by_hand=self.by_hand,
            cases=self.cases,
            tasks=self.tasks,
            clock=self.clock,
            zone=ZoneInfo("Europe/Sofia"),
            sleep=self.sleep,
        )

    async def sleep(self, seconds: float) -> None:
        self.slept += 1
        self.clock.move(seconds=seconds)
        if self.slept == self.comes_after:
            self.keep(OURS)

    def keep(self, school: School, *rows: str, teacher: str = "ivan") -> None:
        now = self.clock()
        classes = tuple(ExpectedClass(row, f"Клас {row}", (teacher,), ("s1",)) for row in rows or ("101",))
        names = {"ivan": "Иван Пробни", "s1": "Рада Ученикова", "other": "Друг Човек"}
        self.lists.kept[school.code] = KeptList(
            now, ExpectedList(school.code, Carrier.SDS, now - timedelta(days=2), classes, names), (), "m"
        )

    async def seen(self, actor: Actor = DIRECTOR, *, anew: bool = False) -> LinksSeen:
        found = await self.read(actor, anew=anew)
        assert isinstance(found, LinksSeen)
        return found

    @property
    def fetches(self) -> list[str]:
        return [key for kind, key in self.tasks.added if kind == LIST]


@pytest.fixture
def desk() -> Desk:
    return Desk()


async def test_the_first_to_look_waits_for_the_list_for_some_seconds(desk):
    desk.comes_after = 3
    seen = await desk.seen()
    assert seen.listed
    assert [one.rpartition(":")[0] for one in desk.fetches] == ["2990001:never"]
    assert desk.slept == 3


async def test_a_list_that_does_not_come_is_not_waited_for_for_ever(desk):
    began = desk.clock()
    seen = await desk.seen()
    assert not seen.listed
    assert [link.class_id for link in seen.links] == ["101"]
    assert desk.clock() - began <= timedelta(seconds=6.5)


async def test_an_old_list_is_shown_and_a_new_one_fetched_beside(desk):
    desk.keep(OURS)
    assert (await desk.seen()).listed
    assert desk.fetches == []
    desk.clock.move(seconds=LIST_FRESH_FOR.total_seconds())
    await desk.seen()
    assert len(desk.fetches) == 1
    assert desk.slept == 0


async def test_check_now_has_the_list_fetched_but_not_every_second(desk):
    desk.keep(OURS)
    await desk.seen()
    desk.clock.move(seconds=NO_SOONER.total_seconds() - 1)
    await desk.seen(anew=True)
    assert (desk.fetches, desk.classes.readings) == ([], 1)
    desk.clock.move(seconds=1)
    await desk.seen(anew=True)
    assert (len(desk.fetches), desk.classes.readings) == (1, 2)


async def test_what_was_mended_since_is_not_shown_as_it_was(desk):
    desk.keep(OURS)
    await desk.seen()
    desk.clock.move(seconds=2)
    now = desk.clock()
    desk.cases.cases["x"] = LinkCase(
        "x",
        Matter.ADD_OWNER,
        OURS,
        "101",
        "ivan",
        "Химия",
        now,
        "director",
        "",
        "tenant",
        CaseStage.DONE,
        now,
        "worker",
    )
    await desk.seen()
    assert (desk.classes.readings, desk.fetches) == (2, [])
    await desk.seen()
    assert desk.classes.readings == 3  # the same moment: rather once too often
    desk.clock.move(seconds=2)
    await desk.seen()
    await desk.seen()
    assert desk.classes.readings == 4


async def test_a_list_that_was_looked_for_meanwhile_is_held_against_what_there_is_now(desk):
    desk.keep(OURS)
    await desk.seen()
    desk.clock.move(seconds=1)
    desk.keep(THEIRS)
    await desk.seen()
    assert desk.classes.readings == 1
    desk.keep(OURS, "101", "102")
    assert len((await desk.seen()).links) == 2
    assert desk.classes.readings == 2


async def test_a_teacher_of_two_schools_has_the_links_of_both(desk):
    desk.keep(OURS, "101")
    desk.keep(THEIRS, "201")
    desk.keep(THEIRS, "201", "202")
    seen = await desk.seen(TEACHER)
    assert [link.class_id for link in seen.links] == ["101", "201", "202"]
    assert len(seen.lists) == 2
    schools = {link.class_id: seen.school_of(link, TEACHER.works_at) for link in seen.links}
    assert schools == {"101": OURS, "201": THEIRS, "202": THEIRS}


def owned(desk: Desk, class_id: str, *schools: School, row: str = "", **over: object) -> None:
    """A class of the teacher's in these schools, of a row that no list has."""
    known = desk.classes.classes["c1"]
    there = replace(known, id=class_id, external_id=row, title=f"Клас {class_id}", **over)  # type: ignore[arg-type]  # fields by name
    desk.classes.classes[class_id] = there
    desk.classes.schools[class_id] = frozenset(school.id for school in schools)


async def state_of(desk: Desk, class_id: str, actor: Actor = TEACHER) -> LinkState:
    return next(link.state for link in (await desk.seen(actor)).links if class_id in link.existing)


def asking(desk: Desk, actor: Actor = TEACHER) -> AskDirector:
    fresh = FakeFresh([actor])
    return AskDirector(actors=fresh, read=desk.read, cases=desk.cases, tasks=desk.tasks, clock=desk.clock)


async def asked_about(desk: Desk, class_id: str, actor: Actor = TEACHER) -> LinkCase | Decision:
    key = next(link.key for link in (await desk.seen(actor)).links if class_id in link.existing)
    return await asking(desk, actor)(actor, key, f"press {class_id}")


@pytest.mark.parametrize("row", ["", "201"])
async def test_a_class_of_a_school_without_a_list_is_not_said_to_be_in_none(desk, row):
    desk.keep(OURS)
    owned(desk, "c2", THEIRS, row=row)
    owned(desk, "c3", OURS)
    assert await state_of(desk, "c2") is LinkState.FOUND
    assert await state_of(desk, "c3") is LinkState.UNEXPECTED
    assert await state_of(desk, "c1") is not LinkState.FOUND
    assert desk.classes.schools_asked == [("c2", "c3")]


async def test_what_is_wrong_with_a_class_of_a_school_without_a_list_is_asked_of_its_own_director(desk):
    desk.keep(OURS)
    owned(desk, "c2", THEIRS, row="201", has_team=False)
    assert await state_of(desk, "c2") is LinkState.NO_TEAM
    case = await asked_about(desk, "c2")
    assert isinstance(case, LinkCase)
    assert (case.school, case.class_id) == (THEIRS, "201")


@pytest.mark.parametrize("schools", [(), (OURS, THEIRS), (School("school-3", "", ""),)])
async def test_a_class_that_is_not_certainly_of_the_school_with_the_list_is_not_held_against_it(desk, schools):
    desk.keep(OURS)
    owned(desk, "c2", *schools)
    assert await state_of(desk, "c2") is LinkState.FOUND


async def test_a_class_whose_school_cannot_be_read_is_unread(desk):
    desk.keep(OURS)
    owned(desk, "c2", THEIRS)
    desk.classes.gone.add("c2")
    assert await state_of(desk, "c2") is LinkState.UNREAD
    assert not (await desk.seen(TEACHER)).whole


@pytest.mark.parametrize("kept", [(), (OURS, THEIRS)])
async def test_whether_all_schools_have_a_list_or_none_the_question_goes_to_that_of_the_class(desk, kept):
    for school in kept:
        desk.keep(school, "101" if school is OURS else "301")
    owned(desk, "c2", THEIRS, row="201", has_team=False)
    assert await state_of(desk, "c2") is (LinkState.UNEXPECTED if kept else LinkState.NO_TEAM)
    assert desk.classes.schools_asked == []
    case = await asked_about(desk, "c2")
    assert isinstance(case, LinkCase)
    assert case.school == THEIRS


async def test_a_row_that_both_lists_have_is_of_the_school_in_which_the_class_is(desk):
    for school in (OURS, THEIRS):
        desk.keep(school, "201")
    owned(desk, "c2", THEIRS, row="201", has_team=False)
    case = await asked_about(desk, "c2")
    assert isinstance(case, LinkCase)
    assert case.school == THEIRS


@pytest.mark.parametrize("school", [OURS, THEIRS])
async def test_a_class_that_is_not_there_yet_is_asked_of_the_school_whose_list_has_it(desk, school):
    desk.keep(OURS, "101")
    desk.keep(THEIRS, "301")
    row = "101" if school is OURS else "301"
    del desk.classes.classes["c1"]
    seen = await desk.seen(TEACHER)
    case = await asking(desk)(TEACHER, next(link.key for link in seen.links if link.class_id == row), "press")
    assert isinstance(case, LinkCase)
    assert case.school == school


@pytest.mark.parametrize("schools", [(), (OURS, THEIRS), (School("school-3", "", ""),)])
async def test_where_it_cannot_be_told_whose_the_class_is_nobody_is_asked(desk, schools):
    owned(desk, "c2", *schools, row="201", has_team=False)
    assert await asked_about(desk, "c2") == Decision(Reason.LINK_OF_WHICH_SCHOOL)
    desk.classes.gone.add("c2")
    assert await asked_about(desk, "c2") == Decision(Reason.LINK_OF_WHICH_SCHOOL)
    assert desk.cases.cases == {}


async def test_a_class_of_a_school_the_teacher_has_left_is_not_told_to_the_present_director(desk):
    left = replace(TEACHER, works_at=(OURS,))
    desk.keep(OURS)
    owned(desk, "c2", THEIRS, row="201")
    assert await asked_about(desk, "c2", left) == Decision(Reason.LINK_OF_WHICH_SCHOOL)
    owned(desk, "c3", OURS, row="301")
    desk.clock.move(minutes=6)
    case = await asked_about(desk, "c3", left)
    assert isinstance(case, LinkCase)
    assert case.school == OURS
    assert desk.classes.schools_asked == []


@pytest.mark.parametrize("classroom", [OURS, THEIRS])
async def test_a_teacher_of_two_schools_has_each_link_where_its_school_keeps_it(desk, classroom):
    desk.keep(OURS, "101")
    desk.keep(THEIRS, "201")
    desk.by_hand.platforms[classroom.id] = Platform.CLASSROOM
    mark = Mark(classroom.id, "101" if classroom is OURS else "201", "ivan", FreeText("abc"), "teacher", desk.clock())
    await desk.by_hand.mark([mark], [AuditEntry(desk.clock(), "teacher", "links.mark", "x", "made")])
    seen = await desk.seen(TEACHER)
    links = {link.class_id: link for link in seen.links}
    assert set(links) == {"101", "201"}
    assert {class_id for class_id, link in links.items() if link.by_hand} == {mark.class_id}
    assert links[mark.class_id].state is LinkState.MADE
    register = KeepRegister(actors=FakeFresh([TEACHER]), read=desk.read, by_hand=desk.by_hand, clock=desk.clock)
    assert await register.unmark(TEACHER, links[mark.class_id].key) == 1
    assert await desk.by_hand.marks(classroom.id) == ()
    other = next(link for link in links.values() if not link.by_hand)
    assert await register.mark(TEACHER, other.key, "x") == Decision(Reason.NO_LINK)
    assert await register.unmark(TEACHER, other.key) == Decision(Reason.NO_LINK)


async def test_where_all_is_in_classroom_the_directory_is_not_asked(desk):
    desk.keep(OURS, "101")
    desk.by_hand.platforms[OURS.id] = Platform.CLASSROOM
    assert [link.state for link in (await desk.seen()).links] == [LinkState.TO_BE_MADE]
    assert desk.classes.readings == 0


async def test_only_the_names_of_people_in_the_links_are_remembered(desk):
    desk.keep(OURS)
    assert (await desk.seen()).names == {"ivan": "Иван Пробни", "s1": "Рада Ученикова"}
    desk.clock.move(seconds=1)
    desk.keep(OURS, "101", teacher="other")
    assert set((await desk.seen()).names) == {"ivan", "s1", "other"}


@pytest.mark.parametrize(
    "actor",
    [
        Actor("x", "tenant", Role.STUDENT),
        Actor("x", "tenant", Role.NONE),
        Actor("x", "tenant", Role.REGIONAL_OFFICE),
        Actor("x", "tenant", Role.DIRECTOR),
        Actor("x", "tenant", Role.TEACHER, username="ivan@edu.mon.bg"),
        Actor("x", "tenant", Role.TEACHER, works_at=(OURS,)),
        Actor("x", "tenant", Role.TEACHER, username="ivan@edu.mon.bg", works_at=(OURS,), enabled=False),
        Actor("x", "tenant", Role.DIRECTOR, OURS, enabled=False),
    ],
)
async def test_others_are_told_no_and_nobody_is_asked(desk, actor):
    assert isinstance(await desk.read(actor), Decision)
    assert desk.classes.readings == 0
    assert desk.tasks.added == {}


async def test_the_worker_has_no_list_fetched(desk):
    desk.keep(OURS)
    desk.clock.move(hours=48)
    await desk.read.of_school(OURS)
    await desk.read.of_teacher(TEACHER)
    assert desk.tasks.added == {}
    assert desk.classes.readings == 2


def test_a_memory_forgets_what_it_is_told_to():
    clock = FakeClock()
    memory: Memory[str, int] = Memory(timedelta(minutes=1), 3)
    memory.put("a", 1, clock())
    memory.drop("a")
    memory.drop("a")
    assert memory.get("a", clock()) is None
    assert len(memory) == 0


async def test_a_class_of_today_is_on_its_way_while_our_own_time_is_ahead_of_the_directorys(desk):
    """Teams takes a day over its owners: without one a class of yesterday would be asked about."""
    now = desk.clock()
    (there,) = desk.classes.classes.values()
    desk.classes.classes["c1"] = replace(there, created=now - timedelta(hours=2), owners=frozenset())
    desk.keep(OURS)
    (right,) = (await desk.seen()).links
    ahead = SteadyClock(desk.clock, lambda: (desk.clock() - now) / timedelta(seconds=1))
    ahead.follow(now + timedelta(hours=30))
    desk.read._clock = ahead
    (link,) = (await desk.seen(anew=True)).links

    assert (link.state, link.also, link.flags, link.until) == (right.state, right.also, right.flags, right.until)
    assert Flag.NO_OWNER not in link.flags
