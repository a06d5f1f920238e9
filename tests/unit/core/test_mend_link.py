"""The worker mends a link: what it refuses, what it does once, and what it never touches."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.core.actors.model import Actor, Role
from bot.core.class_links.carry_out import CarryOutMend
from bot.core.class_links.cases import MEND, CaseStage, LinkCase, Matter, Trouble
from bot.core.class_links.expected import Carrier, ExpectedClass, ExpectedList
from bot.core.class_links.model import Existing
from bot.core.class_links.ports import KeptList, Reading
from bot.core.clock import SteadyClock
from bot.core.errors import (
    AccountMissing,
    DirectoryBusy,
    DirectoryError,
    DirectoryForbidden,
    DirectoryMisunderstood,
    DirectoryUnavailable,
)
from bot.core.people.model import AccountState, Kind, Person, School
from bot.core.tasks import Task, TryAgain
from tests.fakes import FakeClock
from tests.fakes_links import FakeCases, FakeClasses, FakeFresh, FakeLists
from tests.fakes_passwords import FakeRateLimit

OURS, THEIRS = School("school-1", "2990001", "СУ „Измислено“"), School("school-2", "2990002", "ОУ „Друго“")
DIRECTOR = Actor("director", "tenant", Role.DIRECTOR, OURS, name="Директор Едно")
STUDENTS = tuple(f"s{number}" for number in range(25))


class Desk:
    """One class of the school, without owner and students; one director."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        old = self.clock() - timedelta(days=30)
        there = Existing(
            "c1", "101", "Химия", has_team=True, created=old, owners=frozenset(), members=frozenset(),
            archived=False, activated=True,
        )  # fmt: skip
        ids = {one: f"id-{one}" for one in ("ivan", "petar", "stranger", *STUDENTS)}
        self.classes = FakeClasses(self.clock, (there,), ids)
        rows = (
            ExpectedClass("101", "Химия", ("ivan",), STUDENTS),
            ExpectedClass("102", "Физика", ("ivan", "petar"), STUDENTS),
        )
        listed = ExpectedList(OURS.code, Carrier.SDS, self.clock(), rows)
        self.lists, self.cases = FakeLists({OURS.code: KeptList(self.clock(), listed)}), FakeCases()
        self.actors = FakeFresh([DIRECTOR])
        self.school = [
            *(self.person(one, Kind.TEACHER) for one in ("ivan", "petar")),
            *(self.person(one, Kind.STUDENT) for one in STUDENTS),
        ]
        self.worker = CarryOutMend(
            actors=self.actors,
            cases=self.cases,
            lists=self.lists,
            reader=self.classes,
            writer=self.classes,
            people=self,
            rate_limit=FakeRateLimit(self.clock),
            clock=self.clock,
            writes_per_second=20.0,
        )

    @staticmethod
    def person(username: str, kind: Kind) -> Person:
        return Person(f"id-{username}", username, f"{username}@edu.mon.bg", kind, AccountState.ACTIVE, (OURS,))

    async def people_of_school(self, school: School) -> tuple[Person, ...]:
        assert school == OURS
        return tuple(self.school)

    def case(self, matter: Matter, class_id: str = "101", **changes: Any) -> LinkCase:
        given = LinkCase(
            "case-1", matter, OURS, class_id, "ivan", "Химия", self.clock(), "director", "Директор Едно", "tenant"
        )
        self.cases.cases["case-1"] = replace(given, **changes)
        return self.cases.cases["case-1"]

    async def work(self, failures: int = 0) -> LinkCase:
        await self.worker.carry_out(Task(1, MEND, "case-1", {"case": "case-1"}, 1, failures))
        return self.cases.cases["case-1"]

    @property
    def kinds(self) -> list[str]:
        return [write[0] for write in self.classes.writes]


@pytest.fixture
def desk() -> Desk:
    return Desk()


async def test_a_task_run_again_finds_it_done(desk):
    desk.case(Matter.ADD_OWNER)
    assert (await desk.work()).stage is CaseStage.DONE
    await desk.work()
    assert desk.classes.writes == [("add-teachers", "c1", "id-ivan"), ("add-members", "c1", "id-ivan")]
    assert [entry.outcome for entry in desk.cases.entries] == ["done"]


async def test_what_somebody_else_did_meanwhile_is_done_and_not_written_again(desk):
    desk.case(Matter.ADD_OWNER)
    both = frozenset({"ivan"})
    desk.classes.classes["c1"] = replace(desk.classes.classes["c1"], owners=both, members=both)
    assert (await desk.work()).stage is CaseStage.DONE
    assert desk.classes.writes == []


async def test_an_owner_who_is_no_member_is_made_one_and_nothing_else(desk):
    desk.case(Matter.ADD_OWNER)
    desk.classes.classes["c1"] = replace(desk.classes.classes["c1"], owners=frozenset({"ivan"}))
    ended = await desk.work()
    assert (ended.stage, ended.count) == (CaseStage.DONE, 1)
    assert desk.classes.writes == [("add-members", "c1", "id-ivan")]


async def test_a_member_who_is_no_owner_is_made_one_and_nothing_else(desk):
    desk.case(Matter.ADD_OWNER)
    desk.classes.classes["c1"] = replace(desk.classes.classes["c1"], members=frozenset({"ivan"}))
    await desk.work()
    assert desk.classes.writes == [("add-teachers", "c1", "id-ivan")]


async def test_where_members_are_hidden_the_teacher_is_made_one_whoever_is_in_it(desk):
    desk.case(Matter.ADD_OWNER)
    desk.classes.classes["c1"] = replace(desk.classes.classes["c1"], members=None)
    await desk.work()
    assert desk.classes.writes == [("add-teachers", "c1", "id-ivan"), ("add-members", "c1", "id-ivan")]


async def test_who_was_made_owner_before_the_worker_was_killed_is_made_a_member_by_the_next_attempt(desk):
    desk.case(Matter.ADD_OWNER)
    add = desk.classes.add_members
    desk.classes.add_members = _raises(DirectoryUnavailable("in-doubt"))
    with pytest.raises(TryAgain):
        await desk.work()
    assert desk.classes.classes["c1"].owners == {"ivan"}
    desk.classes.add_members = add
    assert (await desk.work()).stage is CaseStage.DONE
    assert desk.classes.writes == [("add-teachers", "c1", "id-ivan"), ("add-members", "c1", "id-ivan")]


async def test_many_students_go_in_twenties_and_only_those_missing(desk):
    desk.case(Matter.ADD_STUDENTS)
    desk.classes.classes["c1"] = replace(desk.classes.classes["c1"], members=frozenset(STUDENTS[:3]))
    ended = await desk.work()
    assert (ended.stage, ended.count) == (CaseStage.DONE, 22)
    assert [len(write) - 2 for write in desk.classes.writes] == [20, 2]


@pytest.mark.parametrize("matter", [Matter.ADD_OWNER, Matter.ADD_STUDENTS, Matter.CREATE])
@pytest.mark.parametrize("schools", [{"school-2"}, {"school-2", "school-3"}])
async def test_a_class_of_another_school_is_never_touched(desk, matter, schools):
    """A list is the school's own word: one that names another school's row must not open that school's class."""
    desk.case(matter)
    desk.classes.schools["c1"] = frozenset(schools)
    ended = await desk.work()
    assert (ended.stage, ended.trouble) == (CaseStage.FAILED, Trouble.OTHER_SCHOOL)
    assert desk.classes.writes == []


@pytest.mark.parametrize("matter", [Matter.ADD_OWNER, Matter.ADD_STUDENTS, Matter.CREATE])
async def test_a_class_of_no_school_that_this_case_did_not_make_is_never_touched(desk, matter):
    desk.case(matter)
    desk.classes.schools["c1"] = frozenset()
    assert (await desk.work()).trouble is Trouble.OTHER_SCHOOL
    assert desk.classes.writes == []


@pytest.mark.parametrize(
    "change",
    [
        {"role": Role.TEACHER, "school": None},
        {"school": THEIRS},
        {"enabled": False},
        {"role": Role.NONE, "school": None},
    ],
)
@pytest.mark.parametrize("matter", [Matter.ADD_OWNER, Matter.ADD_STUDENTS, Matter.CREATE])
async def test_who_directs_the_school_no_more_has_nothing_done(desk, matter, change):
    desk.case(matter)
    desk.actors.actors["director"] = replace(DIRECTOR, **change)
    assert (await desk.work()).trouble is Trouble.NOT_ANY_MORE
    assert desk.classes.writes == []


async def test_who_is_not_of_the_school_is_not_added_whatever_the_list_says(desk):
    kept = desk.lists.kept[OURS.code]
    row = ExpectedClass("101", "Химия", ("stranger",), ("stranger", "s1"))
    desk.lists.kept[OURS.code] = replace(kept, list=replace(kept.list, classes=(row,)))
    desk.case(Matter.ADD_OWNER, teacher="stranger")
    assert (await desk.work()).trouble is Trouble.NOBODY
    desk.case(Matter.ADD_STUDENTS, teacher="stranger")
    assert (await desk.work()).count == 1
    assert desk.classes.writes == [("add-members", "c1", "id-s1")]


@pytest.mark.parametrize("kind", [Kind.STUDENT])
async def test_a_student_is_never_made_an_owner(desk, kind):
    desk.school = [desk.person("ivan", kind)]
    desk.case(Matter.ADD_OWNER)
    assert (await desk.work()).trouble is Trouble.NOBODY
    assert desk.classes.writes == []


async def test_a_teacher_the_list_names_no_more_is_not_added(desk):
    desk.case(Matter.ADD_OWNER, teacher="petar")
    assert (await desk.work()).trouble is Trouble.NOT_ANY_MORE
    desk.lists.kept.clear()
    desk.case(Matter.ADD_OWNER)
    assert (await desk.work()).trouble is Trouble.NOT_ANY_MORE
    assert desk.classes.writes == []


async def test_of_two_classes_of_one_row_none_is_touched(desk):
    desk.classes.classes["c2"] = replace(desk.classes.classes["c1"], id="c2")
    desk.case(Matter.ADD_OWNER)
    assert (await desk.work()).trouble is Trouble.REFUSED
    assert desk.classes.writes == []


# creating


@pytest.mark.parametrize("breaks_at", range(8))
async def test_creating_continues_where_it_broke_off_and_makes_one_class(desk, breaks_at):
    """The worker is killed, or Graph is in doubt, after any of its writes."""
    desk.case(Matter.CREATE, class_id="102", title="Физика")
    count = 0
    wrote = desk.classes._wrote

    def breaking(*what: str) -> None:
        nonlocal count
        wrote(*what)
        count += 1

    desk.classes._wrote = breaking
    for name in ("add_teachers", "add_members", "create", "to_school", "make_team"):
        setattr(desk.classes, name, _then(getattr(desk.classes, name), lambda: count == breaks_at + 1))
    attempts = 0
    while desk.cases.cases["case-1"].stage is CaseStage.OPEN:
        attempts += 1
        assert attempts < 20
        try:
            await desk.work()
        except TryAgain as again:
            desk.clock.move(seconds=max(again.after.total_seconds(), 1))
        if count > breaks_at:
            breaks_at = 99
    assert desk.cases.cases["case-1"].stage is CaseStage.DONE
    made = [each for each in desk.classes.classes.values() if each.external_id == "102"]
    assert len(made) == 1
    assert desk.kinds.count("create") == 1
    assert made[0].has_team
    assert made[0].owners == {"ivan", "petar"}
    assert made[0].members is not None
    assert {"ivan", "petar", *STUDENTS} <= made[0].members
    assert desk.kinds.index("add-teachers") < desk.kinds.index("add-members") < desk.kinds.index("make-team")


def _then(call, breaks):
    async def called(*arguments):
        found = await call(*arguments)
        if breaks():
            raise DirectoryUnavailable("in-doubt")
        return found

    return called


@pytest.mark.parametrize("too_new", [0, 3])
@pytest.mark.parametrize("there", [False, True])
async def test_where_members_are_not_told_the_class_is_made_with_its_students_all_the_same(desk, too_new, there):
    """Also a class that is there and has no team: whoever is in it already is no error."""
    of_rows: Callable[[Sequence[str]], Awaitable[Reading]] = desk.classes.of_rows

    async def hidden(rows: Sequence[str]) -> Reading:
        read = await of_rows(rows)
        return replace(read, classes=tuple(replace(each, members=None) for each in read.classes))

    desk.classes.of_rows = hidden
    desk.classes.too_new = too_new
    if there:
        old = replace(desk.classes.classes["c1"], id="c2", external_id="102", has_team=False)
        desk.classes.classes["c2"] = replace(old, members=frozenset(STUDENTS[:3]))
    desk.case(Matter.CREATE, class_id="102", title="Физика")
    await through(desk, minutes=29)

    ended = desk.cases.cases["case-1"]
    assert (ended.stage, ended.trouble) == (CaseStage.DONE, None)
    (made,) = [each for each in desk.classes.classes.values() if each.external_id == "102"]
    assert made.has_team
    assert {"ivan", "petar", *STUDENTS} <= (made.members or set())


async def test_where_members_are_not_told_students_are_not_added_to_whoever_is_there(desk):
    desk.case(Matter.ADD_STUDENTS)
    desk.classes.classes["c1"] = replace(desk.classes.classes["c1"], members=None)
    await through(desk)
    assert desk.cases.cases["case-1"].trouble is Trouble.UNAVAILABLE
    assert desk.classes.writes == []


# whose question is answered with it


def of_two(desk: Desk, *, has_team: bool = True, owners: Sequence[str] = (), members: Sequence[str] = ()) -> None:
    """The class of row 102, whose teachers are ivan and petar; each has asked about it."""
    old = replace(desk.classes.classes["c1"], id="c2", external_id="102", has_team=has_team)
    desk.classes.classes["c2"] = replace(old, owners=frozenset(owners), members=frozenset(members))
    ask(desk)


def ask(desk: Desk) -> None:
    for teacher in ("ivan", "petar"):
        asked = desk.case(Matter.QUESTION, class_id="102", teacher=teacher, actor=f"id-{teacher}")
        desk.cases.cases[f"of-{teacher}"] = replace(asked, id=f"of-{teacher}")


def answered(desk: Desk) -> set[str]:
    assert desk.cases.cases["case-1"].stage is CaseStage.DONE
    found = {one.teacher for one in desk.cases.cases.values() if one.id != "case-1" and one.stage is CaseStage.DONE}
    told = {task.payload["case"] for task in desk.cases.tasks if task.key.endswith(":answered")}
    assert told == {f"of-{one}" for one in found}
    return found


BOTH = ("ivan", "petar")


@pytest.mark.parametrize("members", [("petar", *STUDENTS), (*BOTH, *STUDENTS)])
async def test_who_is_made_owner_has_the_answer_and_nobody_else(desk, members):
    of_two(desk, members=members)
    desk.case(Matter.ADD_OWNER, class_id="102", teacher="ivan")
    await desk.work()
    assert answered(desk) == {"ivan"}


async def test_students_who_are_added_are_no_answer_to_who_does_not_own_the_class(desk):
    of_two(desk, owners=("petar",), members=("petar",))
    desk.case(Matter.ADD_STUDENTS, class_id="102", teacher="ivan")
    await desk.work()
    assert answered(desk) == {"petar"}


async def test_students_who_are_added_are_the_answer_to_both_who_missed_them(desk):
    of_two(desk, owners=BOTH, members=BOTH)
    desk.case(Matter.ADD_STUDENTS, class_id="102", teacher="ivan")
    await desk.work()
    assert answered(desk) == {*BOTH}


@pytest.mark.parametrize("matter", [Matter.ADD_OWNER, Matter.ADD_STUDENTS, Matter.CREATE])
async def test_while_students_are_missing_nothing_is_said_to_be_settled(desk, matter):
    """One of them has no account at the school."""
    of_two(desk, has_team=matter is not Matter.CREATE, owners=("petar",), members=("petar", *STUDENTS[:5]))
    desk.school = [one for one in desk.school if one.id != "id-s9"]
    desk.case(matter, class_id="102", teacher="ivan")
    await desk.work()
    assert answered(desk) == set()


@pytest.mark.parametrize("matter", [Matter.ADD_OWNER, Matter.ADD_STUDENTS])
async def test_while_there_is_no_team_nothing_is_said_to_be_settled(desk, matter):
    of_two(desk, has_team=False, owners=("petar",), members=("petar",))
    desk.case(matter, class_id="102", teacher="ivan")
    await desk.work()
    assert answered(desk) == set()


async def test_what_could_not_be_read_is_not_said_to_be_settled(desk):
    of_two(desk, owners=("petar",))
    desk.classes.classes["c2"] = replace(desk.classes.classes["c2"], members=None)
    desk.case(Matter.ADD_OWNER, class_id="102", teacher="ivan")
    await desk.work()
    assert answered(desk) == set()


@pytest.mark.parametrize("there", [False, True])
async def test_a_class_that_is_made_is_the_answer_to_all_who_own_it(desk, there):
    if there:
        of_two(desk, has_team=False, owners=("ivan",), members=("ivan", *STUDENTS))
    else:
        ask(desk)
    desk.case(Matter.CREATE, class_id="102", title="Физика")
    await desk.work()
    assert answered(desk) == {*BOTH}


async def test_a_class_that_is_made_is_no_answer_to_who_could_not_be_made_its_owner(desk):
    ask(desk)
    desk.school = [one for one in desk.school if one.id != "id-petar"]
    desk.case(Matter.CREATE, class_id="102", title="Физика")
    await desk.work()
    assert answered(desk) == {"ivan"}


async def test_a_question_about_a_row_that_names_the_asker_no_more_stays_the_directors(desk):
    of_two(desk, members=STUDENTS)
    kept = desk.lists.kept[OURS.code]
    row = ExpectedClass("102", "Физика", ("ivan",), STUDENTS)
    desk.lists.kept[OURS.code] = replace(kept, list=replace(kept.list, classes=(row,)))
    desk.case(Matter.CREATE, class_id="102", teacher="ivan")
    await desk.work()
    assert answered(desk) == {"ivan"}


JUNE, JULY = datetime(2027, 6, 20, 9, tzinfo=UTC), datetime(2027, 7, 3, 9, tzinfo=UTC)


def a_row(number: int, name: str = "5 а") -> ExpectedClass:
    return ExpectedClass(f"{number}", f"Предмет {number} - {name} - ООП", ("ivan",))


async def made_of(desk: Desk, at: datetime, dated: datetime, years: Mapping[int, int | None]) -> int:
    """The school year of row 102, of 5 а, made at that time. `years`: of the classes that rows of the list have; those
    from 900 on are of 5 б.
    """
    desk.clock.now = at
    others = [a_row(number, "5 б" if number >= 900 else "5 а") for number in years]
    listed = ExpectedList(OURS.code, Carrier.SDS, dated, (*others, a_row(102)))
    desk.lists.kept[OURS.code] = KeptList(at, listed)
    for number, year in years.items():
        there = Existing(f"c{number}", f"{number}", "", created=at - timedelta(days=90), year=year)
        desk.classes.classes[there.id] = there
    desk.case(Matter.CREATE, class_id="102", title="Предмет 102 - 5 а - ООП")
    assert (await desk.work()).stage is CaseStage.DONE
    year = desk.classes.classes["new-102"].year
    assert year is not None
    return year


async def test_a_class_that_is_made_in_summer_of_junes_list_is_of_the_year_that_ends(desk):
    """Its teacher is the class teacher of this year's 5 а, and from 15 September of none."""
    assert await made_of(desk, JULY, JUNE, {}) == 2026


@pytest.mark.parametrize(
    ("day", "years", "wanted"),
    [
        ("2027-07-03", {}, 2026),
        ("2027-09-14", {}, 2026),
        ("2027-09-15", {}, 2027),
        ("2027-07-03", {201: None, 202: None}, 2026),
        ("2027-07-03", {201: 2026}, 2026),
        ("2027-07-03", {201: 2027}, 2027),
        ("2027-10-20", {201: 2026}, 2026),  # a list of last year, brought in autumn
        ("2028-02-01", {201: 2026}, 2026),
        ("2027-08-20", {901: 2026, 201: 2027}, 2027),  # the classes of the own name tell first
        ("2027-08-20", {901: 2027, 201: None}, 2027),
        ("2027-08-20", {201: 2027, 202: 2026}, 2026),  # in doubt the older, which gives nobody a right for long
        ("2027-06-20", {201: 2027}, 2026),  # of no list of June are there the next year's
        ("2027-08-20", {201: 2031}, 2026),
    ],
)
async def test_the_classes_that_a_list_has_already_tell_its_year_and_else_its_day(desk, day, years, wanted):
    """However it came: an upload is dated when it was uploaded, an export when it was put into the folder."""
    at = datetime.fromisoformat(f"{day}T09:00:00+00:00")
    assert await made_of(desk, at, at, years) == wanted


async def test_of_a_long_list_few_classes_are_asked_for_those_of_the_own_name_first(desk):
    asked: list[tuple[str, ...]] = []
    of_rows: Callable[[Sequence[str]], Awaitable[Reading]] = desk.classes.of_rows

    async def counted(rows: Sequence[str]) -> Reading:
        asked.append(tuple(rows))
        return await of_rows(rows)

    desk.classes.of_rows = counted
    years = dict.fromkeys((*range(900, 950), 201, 202), 2026)
    assert await made_of(desk, JULY, JULY, years) == 2026
    assert asked[-1][:2] == ("201", "202")
    assert len(asked[-1]) == 20
    assert "102" not in asked[-1]


async def test_while_it_cannot_be_told_no_class_is_made(desk):
    of_rows: Callable[[Sequence[str]], Awaitable[Reading]] = desk.classes.of_rows

    async def fails(rows: Sequence[str]) -> Reading:
        if tuple(rows) != ("102",):
            raise DirectoryUnavailable("x")
        return await of_rows(rows)

    desk.classes.of_rows = fails
    with pytest.raises(TryAgain):
        await made_of(desk, JULY, JULY, {201: 2026})
    assert desk.classes.writes == []


async def test_a_class_without_a_teacher_is_not_created(desk):
    desk.school = [desk.person(one, Kind.STUDENT) for one in STUDENTS]
    desk.case(Matter.CREATE, class_id="102")
    assert (await desk.work()).trouble is Trouble.NOBODY
    assert desk.classes.writes == []


async def test_a_team_that_never_comes_ends_in_words(desk):
    desk.classes.too_new = 10_000
    case = desk.case(Matter.CREATE, class_id="102")
    until = case.at + timedelta(days=2)
    while desk.cases.cases["case-1"].stage is CaseStage.OPEN and desk.clock() < until:
        with suppress(TryAgain):
            await desk.work()
        desk.clock.move(minutes=1)
    assert desk.cases.cases["case-1"].trouble is Trouble.UNAVAILABLE
    assert desk.kinds.count("create") == 1


# a class that was made a moment ago


async def through(desk: Desk, *, minutes: float = 24 * 60) -> list[timedelta]:
    """The worker works until the case is over; the pauses it took."""
    pauses: list[timedelta] = []
    begun = desk.clock()
    while desk.cases.cases["case-1"].stage is CaseStage.OPEN:
        assert desk.clock() - begun < timedelta(minutes=minutes)
        try:
            await desk.work()
        except TryAgain as again:
            pauses.append(again.after)
            desk.clock.move(seconds=max(again.after.total_seconds(), 1))
    return pauses


@pytest.mark.parametrize("unseen", [1, 2, 3, 5, 8, 13, 21, 34])
async def test_a_class_that_is_not_seen_yet_is_waited_for_and_continued(desk, unseen):
    """Whichever read or write does not know it, and for how many of them: one class, whole, of this school."""
    desk.classes.unseen = unseen
    desk.case(Matter.CREATE, class_id="102", title="Физика")

    await through(desk, minutes=29)

    ended = desk.cases.cases["case-1"]
    assert (ended.stage, ended.trouble, ended.made) == (CaseStage.DONE, None, "new-102")
    assert desk.kinds.count("create") == 1
    made = desk.classes.classes["new-102"]
    assert made.has_team
    assert made.owners == {"ivan", "petar"}
    assert set(STUDENTS) <= (made.members or set())
    assert desk.classes.schools["new-102"] == {OURS.id}


async def test_it_is_waited_for_as_long_as_a_class_may_take(desk):
    desk.classes.unseen = 10_000
    case = desk.case(Matter.CREATE, class_id="102")
    await through(desk)
    ended = desk.cases.cases["case-1"]
    assert ended.ended_at is not None
    assert ended.ended_at - case.at >= timedelta(minutes=15)
    assert ended.trouble is not Trouble.OTHER_SCHOOL
    assert desk.kinds.count("create") == 1
    assert ended.made == "new-102"


async def test_what_a_case_left_half_made_the_next_one_continues(desk):
    """It broke off in words; a day later the director presses again: the same class, and not 'of another school'."""
    desk.classes.unseen = 10_000
    desk.case(Matter.CREATE, class_id="102")
    await through(desk)
    first = desk.cases.cases["case-1"]
    assert first.stage is CaseStage.FAILED
    desk.cases.cases["case-0"] = replace(first, id="case-0")
    desk.classes.unseen = 0
    desk.clock.move(hours=24)

    desk.case(Matter.CREATE, class_id="102")
    await through(desk, minutes=1)

    assert desk.cases.cases["case-1"].stage is CaseStage.DONE
    assert desk.kinds.count("create") == 1
    assert desk.classes.classes["new-102"].has_team


async def test_a_refusal_in_the_attempt_that_made_it_does_not_forget_it(desk):
    desk.case(Matter.CREATE, class_id="102")
    desk.classes.to_school = _raises(DirectoryForbidden("x"))
    ended = await desk.work()
    assert (ended.trouble, ended.made) == (Trouble.REFUSED, "new-102")


async def test_what_another_schools_case_has_made_is_not_taken_over(desk):
    desk.classes.classes["c2"] = replace(desk.classes.classes["c1"], id="c2", external_id="102")
    desk.classes.schools["c2"] = frozenset()
    theirs = replace(desk.case(Matter.CREATE, class_id="102"), id="case-0", school=THEIRS, made="c2")
    desk.cases.cases["case-0"] = theirs
    assert (await desk.work()).trouble is Trouble.OTHER_SCHOOL
    assert desk.classes.writes == []


async def test_a_class_that_was_removed_after_all_is_made_again(desk):
    desk.cases.cases["case-0"] = replace(
        desk.case(Matter.CREATE, class_id="102"),
        id="case-0", stage=CaseStage.FAILED, made="gone", made_at=desk.clock() - timedelta(days=3),
    )  # fmt: skip
    desk.classes.gone.add("gone")
    ended = await desk.work()
    assert (ended.stage, ended.made) == (CaseStage.DONE, "new-102")


async def test_another_class_of_the_row_beside_the_one_we_made_is_nobodys_to_choose(desk):
    desk.cases.cases["case-0"] = replace(desk.case(Matter.CREATE, class_id="101"), id="case-0", made="ours")
    assert (await desk.work()).trouble is Trouble.REFUSED
    assert desk.classes.writes == []


async def test_a_class_whose_answer_was_lost_is_found_and_never_made_twice(desk):
    """Made, the answer lost, and the search does not know it for a while: its name is taken meanwhile."""
    desk.case(Matter.CREATE, class_id="102")
    made = desk.classes.create

    async def lost(*what: str) -> str:
        await made(*what)
        desk.classes.create = made
        desk.classes.unseen = 3
        raise DirectoryUnavailable("in-doubt")

    desk.classes.create = lost
    await through(desk, minutes=29)
    assert desk.cases.cases["case-1"].stage is CaseStage.DONE
    assert desk.kinds.count("create") == 1


async def test_a_class_whose_answer_was_lost_is_found_while_our_own_time_is_ahead_of_the_directorys(desk):
    """By our own time the directory made it hours before it was asked for, when no case was at work."""
    begun = desk.clock()
    ahead = SteadyClock(desk.clock, lambda: (desk.clock() - begun) / timedelta(seconds=1))
    ahead.follow(begun + timedelta(hours=3))
    desk.worker = replace(desk.worker, clock=ahead)
    desk.case(Matter.CREATE, class_id="102", at=ahead())
    made = desk.classes.create

    async def lost(*what: str) -> str:
        await made(*what)
        desk.classes.create = made
        raise DirectoryUnavailable("in-doubt")

    desk.classes.create = lost
    await through(desk, minutes=29)
    assert (desk.cases.cases["case-1"].stage, desk.cases.cases["case-1"].trouble) == (CaseStage.DONE, None)
    assert desk.kinds.count("create") == 1


@pytest.mark.parametrize("attached", [False, True])
async def test_a_class_whose_answer_was_lost_in_a_case_that_broke_off_is_continued_by_the_next(desk, attached):
    """Nobody learnt its id, and half an hour was not enough to see it: it is ours all the same, and stays one."""
    desk.case(Matter.CREATE, class_id="102")
    made = desk.classes.create

    async def lost(*what: str) -> str:
        await made(*what)
        desk.classes.create = made
        desk.classes.unseen = 10_000
        raise DirectoryUnavailable("in-doubt")

    desk.classes.create = lost
    await through(desk)
    first = desk.cases.cases["case-1"]
    assert (first.stage, first.made) == (CaseStage.FAILED, "")
    desk.cases.cases["case-0"] = replace(first, id="case-0")
    desk.classes.unseen = 0
    desk.classes.schools["new-102"] = frozenset({OURS.id} if attached else ())
    desk.clock.move(hours=24)

    desk.case(Matter.CREATE, class_id="102")
    await through(desk, minutes=1)

    ended = desk.cases.cases["case-1"]
    assert (ended.stage, ended.trouble) == (CaseStage.DONE, None)
    assert desk.kinds.count("create") == 1
    assert desk.classes.schools["new-102"] == {OURS.id}


@pytest.mark.parametrize(
    "earlier",
    [
        {"school": THEIRS},
        {"matter": Matter.ADD_OWNER},
        {"class_id": "101"},
        {"at": -timedelta(days=40)},
        {"at": timedelta(hours=1)},
    ],
)
async def test_a_class_of_no_school_that_no_case_of_ours_can_have_made_is_never_touched(desk, earlier):
    """Of another school or row, or made before or long after it."""
    made_at = desk.clock() - timedelta(days=1)
    begun = made_at + (earlier["at"] if "at" in earlier else timedelta(0))
    case = desk.case(Matter.CREATE, class_id="102")
    desk.cases.cases["case-0"] = replace(
        case,
        **{
            **earlier,
            "id": "case-0",
            "at": begun,
            "ended_at": begun + timedelta(minutes=30),
            "stage": CaseStage.FAILED,
        },
    )
    old = desk.classes.classes["c1"]
    desk.classes.classes["c2"] = replace(old, id="c2", external_id="102", created=made_at)
    desk.classes.schools["c2"] = frozenset()

    assert (await desk.work()).trouble is Trouble.OTHER_SCHOOL
    assert desk.classes.writes == []


def _raises(error):
    async def call(*_):
        raise error

    return call


@pytest.mark.parametrize("matter", [Matter.ADD_OWNER, Matter.ADD_STUDENTS, Matter.CREATE])
async def test_who_directs_the_school_need_not_be_known_to_the_roster(desk, matter):
    """Nothing about a class is asked of the director's person: the stand-in knows this director as little as the
    roster does.
    """
    assert "director" not in desk.classes.ids.values()
    desk.case(matter, class_id="102" if matter is Matter.CREATE else "101")
    assert (await desk.work()).stage is CaseStage.DONE


# what the directory says


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (DirectoryForbidden("x"), Trouble.REFUSED),
        (DirectoryMisunderstood("x"), Trouble.REFUSED),
    ],
)
async def test_a_refusal_ends_it(desk, error, trouble):
    desk.case(Matter.ADD_OWNER)
    desk.classes.error = error
    ended = await desk.work()
    assert (ended.stage, ended.trouble) == (CaseStage.FAILED, trouble)
    assert [entry.outcome for entry in desk.cases.entries] == ["failed"]


async def test_a_new_account_that_is_read_and_cannot_be_added_yet_is_waited_for_some_minutes(desk):
    desk.case(Matter.ADD_OWNER)
    desk.classes.error = AccountMissing("x")
    with pytest.raises(TryAgain) as again:
        await desk.work()
    assert again.value.failed
    assert (await desk.work(failures=14)).trouble is Trouble.NOBODY


async def test_by_then_it_can_be_added(desk):
    desk.case(Matter.ADD_OWNER)
    desk.classes.error = AccountMissing("x")
    with pytest.raises(TryAgain):
        await desk.work()
    desk.classes.error = None
    assert (await desk.work()).stage is CaseStage.DONE


@pytest.mark.parametrize(
    ("error", "failed"),
    [(DirectoryBusy(30.0), False), (DirectoryUnavailable("x"), True), (DirectoryError("x"), True)],
)
async def test_what_may_pass_is_tried_again_until_nobody_waits(desk, error, failed):
    desk.case(Matter.ADD_OWNER)
    desk.classes.error = error
    with pytest.raises(TryAgain) as again:
        await desk.work()
    assert again.value.failed is failed
    desk.clock.move(hours=30)
    assert (await desk.work()).trouble is Trouble.UNAVAILABLE


async def test_given_up_it_is_told(desk):
    desk.case(Matter.ADD_OWNER)
    await desk.worker.on_dead_letter(Task(1, MEND, "case-1", {"case": "case-1"}, 9, 200), DirectoryUnavailable("x"))
    assert desk.cases.cases["case-1"].trouble is Trouble.UNAVAILABLE
    assert [task.kind for task in desk.cases.tasks] == ["links.news"]
    at = desk.cases.cases["case-1"].ended_at
    assert isinstance(at, datetime)
    await desk.worker.on_dead_letter(Task(1, MEND, "case-1", {"case": "case-1"}, 9, 200), DirectoryUnavailable("x"))
    assert len(desk.cases.tasks) == 1


@pytest.mark.parametrize("where", ["classes", "people", "actors"])
async def test_what_puts_off_reading_or_a_team_puts_off_nobodys_password(desk, monkeypatch, where):
    """Teams answers six requests a second, in September to everybody; passwords have another limit."""

    async def busy(*_):
        raise DirectoryBusy(600.0, "own-budget")

    desk.case(Matter.ADD_OWNER)
    if where == "classes":
        desk.classes.error = DirectoryBusy(600.0, "TooManyRequests")
    else:
        monkeypatch.setattr(*{"people": (desk, "people_of_school"), "actors": (desk.actors, "fresh")}[where], busy)
        desk.worker = replace(desk.worker)
    with pytest.raises(TryAgain) as again:
        await desk.work()

    assert again.value.after == timedelta(minutes=10), "itself it waits"
    assert desk.worker.rate_limit.paused == {}


async def test_that_the_directory_takes_no_writes_is_heeded_by_all(desk):
    desk.case(Matter.ADD_OWNER)
    desk.classes.error = DirectoryBusy(20.0, everybody=True)
    with pytest.raises(TryAgain):
        await desk.work()

    assert desk.worker.rate_limit.paused == {"graph-writes": desk.clock() + timedelta(seconds=20)}
