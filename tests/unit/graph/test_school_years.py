"""Which classes are this year's: told by their term, in one place, for whoever reads classes."""

import ast
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.core.accounts.ports import OwnClass
from bot.core.passwords.model import Form
from bot.core.passwords.policy import form_for
from bot.core.people.classes import class_of, grade_of
from bot.core.people.model import AccountState, Kind, Person
from bot.graph import builders
from bot.graph.class_links import GraphClassLinks
from bot.graph.own_classes import GraphOwnClasses
from bot.graph.school_accounts import GraphSchoolAccounts
from bot.graph.school_years import EducationClasses
from tests.architecture.tree import ROOT
from tests.unit.graph.hostile import Bench, Reply, answers, says
from tests.unit.graph.test_graph_accounts import told
from tests.unit.graph.test_graph_directory import ID, OURS, school, student

OCTOBER, JULY, AUGUST = date(2026, 10, 12), date(2027, 7, 5), date(2027, 8, 20)
HOUR, MATHS, CHOIR = "Час на класа", "Математика", "Хор"


def a_class(identifier: str, subject: str = MATHS, name: str = "5а", ends: Any = "", **more: Any) -> dict[str, Any]:
    """`ends`: "" for a class without a term, a year for its 30 June, else what the term says."""
    term = None if ends == "" else {"endDate": f"{ends}-06-30" if isinstance(ends, int) else ends, **more}
    title = f"{subject} - {name} - ООП"
    return {"id": identifier, "displayName": title, "externalId": identifier, "externalName": title, "term": term}


FORMER, PRESENT, NEXT = a_class("former", ends=2026), a_class("present", ends=2027), a_class("next", ends=2028)


UNDATED = a_class("undated", ends="9999-12-31", startDate="1900-01-01")


def ids(found: Sequence[Any]) -> list[str]:
    return [one.id for one in found]


# the rule


@pytest.mark.parametrize(
    ("term", "day", "there"),
    [
        (None, OCTOBER, True),
        ({}, OCTOBER, True),
        ({"endDate": None, "startDate": None}, OCTOBER, True),
        ({"endDate": "9999-12-31", "startDate": "1900-01-01"}, OCTOBER, True),
        ({"endDate": "1900-05-07"}, OCTOBER, True),  # eighteen weeks of a year that begins in 1900
        ({"endDate": "2027-06-30"}, OCTOBER, True),
        ({"endDate": "2027-06-30T00:00:00Z"}, OCTOBER, True),
        ({"endDate": "2027-01-26"}, date(2027, 5, 3), True),  # taught in the first half of this year
        ({"endDate": "2027-06-30"}, JULY, True),
        ({"endDate": "2027-06-30"}, date(2027, 9, 14), True),
        ({"endDate": "2027-06-30"}, date(2027, 9, 15), False),
        ({"endDate": "2026-06-30"}, OCTOBER, False),
        ({"endDate": "2026-06-30"}, JULY, False),
        ({"endDate": None, "startDate": "2026-09-15"}, OCTOBER, True),
        ({"endDate": None, "startDate": "2020-09-15"}, OCTOBER, False),
        ({"endDate": "9999-12-31", "startDate": "2025-09-01"}, OCTOBER, False),
        ({"endDate": "2028-06-30"}, OCTOBER, True),
        ("2027", OCTOBER, False),
        (7, OCTOBER, False),
        ({"endDate": "31.08.2027"}, OCTOBER, False),
        ({"endDate": 2027}, OCTOBER, False),
    ],
)
def test_a_class_is_of_the_school_year_that_its_term_is_of_until_the_next_begins(term: Any, day: date, there: bool):
    classes = EducationClasses([{"id": "a", "displayName": "Математика - 5а - ООП", "term": term}])
    for found in (classes.of_this_year(day), classes.newest_of_person(day), classes.newest_of_school(day)):
        assert ids(found) == ["a"] * there
    assert ids(classes.every()) == ["a"]


def test_the_next_class_of_a_name_takes_the_place_of_the_one_that_ends_and_of_no_other():
    """Schools make the classes of the next year one by one, from July to October."""
    fifth = [a_class("hour", HOUR, ends=2027), PRESENT, a_class("other", name="5б", ends=2027)]
    both = a_class("choir", CHOIR, "5а, 5б", ends=2027)
    nameless = {**a_class("staff", ends=2027), "displayName": "Учителски съвет"}
    classes = EducationClasses([*fifth, both, nameless, NEXT])
    assert ids(classes.newest_of_school(AUGUST)) == ["next", "other", "staff"]
    assert ids(classes.of_this_year(AUGUST)) == ["next", "hour", "present", "other", "choir", "staff"]
    assert ids(EducationClasses([*fifth, both]).newest_of_school(AUGUST)) == ["hour", "present", "other", "choir"]


def test_who_is_in_a_class_of_the_next_year_is_in_none_of_the_last():
    classes = EducationClasses([a_class("old", HOUR, "4а", ends=2027), PRESENT, a_class("new", ends=2028)])
    assert classes.titles(AUGUST) == ("Математика - 5а - ООП",)
    assert ids(classes.newest_of_person(AUGUST)) == ["new"]


def test_a_class_without_a_term_stays_beside_those_that_have_one():
    classes = EducationClasses([a_class("bare"), FORMER, PRESENT])
    assert ids(classes.newest_of_person(OCTOBER)) == ids(classes.newest_of_school(OCTOBER)) == ["bare", "present"]
    assert ids(EducationClasses([a_class("bare"), PRESENT, NEXT]).newest_of_school(AUGUST)) == ["bare", "next"]


def test_a_class_that_nobody_dated_is_a_former_one_beside_those_that_are_dated():
    """As all are that were made before 2022; where none of this year is dated, nothing can be told."""
    old, older = UNDATED, a_class("older", CHOIR, "5а, 7в", ends="1900-05-07")
    alone, dated = a_class("alone", name="6а", ends="9999-12-31"), a_class("dated", ends=2027)
    every = EducationClasses([old, older, alone, FORMER, dated])
    assert ids(every.newest_of_school(OCTOBER)) == ["dated", "alone"]
    assert ids(every.newest_of_person(OCTOBER)) == ["dated"]
    assert ids(every.of_this_year(OCTOBER)) == ["dated", "undated", "older", "alone"]
    for found in (EducationClasses([old, FORMER]), EducationClasses([old, alone])):
        assert "undated" in ids(found.newest_of_school(OCTOBER))
        assert "undated" in ids(found.newest_of_person(OCTOBER))


def test_a_year_that_is_further_than_there_are_classes_hides_nothing():
    far = a_class("far", ends="2031-06-30")
    assert ids(EducationClasses([far, PRESENT]).newest_of_school(OCTOBER)) == ["far", "present"]


# whoever reads classes

_MAKE_CALLS = ("calls.py", "calls_accounts.py", "calls_links.py", "calls_school_accounts.py")
_NO_READERS = (*_MAKE_CALLS, "calls_writer.py", "inquiries.py", "probing.py", "school_years.py")
"""The doctor and the probing look at how the tenant answers, and at no class."""


def makers() -> dict[str, bool]:
    """The calls that bring classes, by name, and whether each asks for what tells the year. One that expands classes
    gets all of their properties.
    """
    found: dict[str, bool] = {}
    lists = {name for name in builders.__all__ if name.endswith("ClassesBuilder")}
    for file in _MAKE_CALLS:
        for function in functions(ROOT / "bot" / "graph" / file):
            for call in (one for one in ast.walk(function) if isinstance(one, ast.Call)):
                if ast.unparse(call.func) != "reads":
                    continue
                more = {one.arg: ast.unparse(one.value) for one in call.keywords}
                if {ast.literal_eval(one) for one in call.args if isinstance(one, ast.Constant)} & lists:
                    found[function.name] = more.get("select") == "THE_CLASS"
                elif "_expand_person" in more.get("expand", ""):
                    found[function.name] = "classes" not in more.get("select", "")
    return found


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [
        one
        for one in ast.walk(ast.parse(path.read_text()))
        if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def readers() -> set[str]:
    """Who asks for classes: `module.function`."""
    wanted = {*makers(), "person_by_id", "person_by_username"}
    return {
        f"{path.stem}.{function.name}"
        for path in (ROOT / "bot" / "graph").glob("*.py")
        if path.name not in _NO_READERS
        for function in functions(path)
        for call in ast.walk(function)
        if isinstance(call, ast.Attribute) and call.attr in wanted
    }


def test_every_call_that_brings_classes_asks_for_their_term():
    assert makers().keys() >= {
        "classes_of",
        "classes_of_school",
        "taught",
        "with_external_id",
        "of_school",
        "_person",
    }
    assert all(makers().values()), makers()


def test_no_other_module_makes_a_class_of_a_record():
    rooms = [*(ROOT / "bot" / "graph").glob("*.py"), *(ROOT / "bot" / "runtime").rglob("*.py")]
    assert [path.stem for path in rooms if "reading.entity(" in path.read_text()] == ["school_years"]


def names(people: Sequence[Person]) -> list[str]:
    return [title for one in people for title in one.teams or ()]


def listed(*classes: dict[str, Any]) -> Reply:
    return says({"value": list(classes)})


def batched(*classes: dict[str, Any]) -> Reply:
    return answers((200, {"value": list(classes)}))


BOTH = (FORMER, a_class("hour", HOUR, ends=2027), PRESENT, a_class("before", HOUR, "4а", ends=2026))
NOW = ["Час на класа - 5а - ООП", "Математика - 5а - ООП"]
SOMEBODY = Person(ID, "Ана", "ip01234567@edu.mon.bg", Kind.STUDENT, AccountState.ACTIVE, teams=())
BARE = {name: value for name, value in student().items() if name not in {"schools", "classes"}}
Look = Callable[[Bench], Awaitable[object]]


async def with_teams(bench: Bench) -> object:
    bench.graph.will(batched(*BOTH))
    return names(await bench.directory().with_teams([SOMEBODY]))


async def by_identifier(bench: Bench) -> object:
    bench.graph.will(batched(student(classes=list(BOTH))))
    return names(await bench.directory().find_by_identifier(["4146054046"]))


async def by_username(bench: Bench) -> object:
    bench.graph.will(answers((200, student(classes=list(BOTH)))))
    found = await bench.directory().find_by_username("ip01234567@edu.mon.bg")
    return names([found] if found else [])


async def by_id(bench: Bench) -> object:
    bench.graph.will(says(student(classes=list(BOTH))))
    found = await bench.directory().find_by_id(ID)
    return names([found] if found else [])


async def completed(bench: Bench) -> object:
    bench.graph.will(says(BARE), answers((200, {"value": [school()]}), (200, {"value": list(BOTH)})))
    found = await bench.directory(expands=False).find_by_id(ID)
    return names([found] if found else [])


async def account_facts(bench: Bench) -> object:
    bench.graph.will(told(person=student(classes=list(BOTH))))
    found = await bench.accounts().facts(ID)
    return names([found.person] if found else [])


async def account_facts_unexpanded(bench: Bench) -> object:
    parts: list[Any] = [{"id": ID, "accountEnabled": True}, BARE, {"value": []}, {"value": []}]
    bench.graph.will(answers(*((200, part) for part in (*parts, {"value": [school()]}, {"value": list(BOTH)}))))
    found = await bench.accounts(expands=False).facts(ID)
    return names([found.person] if found else [])


async def account_facts_cut(bench: Bench) -> object:
    cut = {**student(classes=[FORMER]), "classes@odata.nextLink": "x"}
    bench.graph.will(told(person=cut), listed(*BOTH))
    found = await bench.accounts().facts(ID)
    return names([found.person] if found else [])


async def placement(bench: Bench) -> object:
    bench.graph.will(told(), listed(*BOTH))
    found = await bench.placements().of(ID)
    assert found is not None
    assert {team.id for team in found.teams} == {one["id"] for one in BOTH}, "left are those of every year"
    return names([found.person])


async def classes_to_choose(bench: Bench) -> object:
    bench.graph.will(listed(*BOTH))
    return [(one.name, one.teams) for one in await bench.placements().classes_of(OURS)]


async def teams_to_join(bench: Bench) -> object:
    bench.graph.will(listed(*BOTH))
    return {one.id for one in await bench.placements().teams_of_class(OURS, "5 а")}


async def teams_to_leave(bench: Bench) -> object:
    bench.graph.will(listed(*BOTH))
    return {one.id for one in await bench.placements().teams_of_school("a1")}


async def classes_of_school(bench: Bench) -> object:
    bench.graph.will(listed(*BOTH))
    return [(one.name, one.teams) for one in await bench.rosters().classes_of(OURS)]


async def class_teachers(bench: Bench) -> object:
    bench.graph.will(listed(*BOTH), batched({"id": ID}))
    await bench.rosters().class_teachers(ID)
    return [one["url"].split("?")[0].split("/")[-2] for one in bench.graph.seen[-1].body["requests"]]


async def board(bench: Bench) -> object:
    set_at = "2026-09-01T00:00:00Z"
    dates = {"accountEnabled": True, "createdDateTime": set_at, "lastPasswordChangeDateTime": set_at}
    old = {**student("00000004-7f7e-4a6c-9d53-0f2a0a4f1c11"), "student": {"externalId": "4251020743"}}
    bench.graph.will(
        listed(student(), old),
        listed(*BOTH),
        says({"value": [{"id": one["id"], **dates} for one in (student(), old)]}),
        batched({"id": ID}),
    )
    look = await GraphSchoolAccounts(bench.transport, bench.options, bench.today).look(OURS)
    return [(one.person[:8], one.class_) for one in look.accounts]


async def own(bench: Bench) -> object:
    bench.graph.will(listed(*BOTH), batched(school()))
    return await GraphOwnClasses(bench.transport, bench.options, bench.today).own_classes(ID, (OURS,))


async def own_by_members(bench: Bench) -> object:
    """Where the register's names are not kept, the other teams of the members tell: none of last year's."""
    hour = {**a_class("hour", HOUR, ends=2027), "externalName": None}
    old = a_class("old", "Музика", ends=2026)
    pupils = [{"id": f"0000000{number}-7f7e-4a6c-9d53-0f2a0a4f1c11", "primaryRole": "student"} for number in range(3)]
    bench.graph.will(
        listed(hour),
        batched(school()),
        answers((200, {"value": [hour]}), (200, {"value": pupils})),
        listed(hour, old),
        answers(*[(200, {"value": [hour, old]}), (200, {"value": [school()]})] * 3),
    )
    return await GraphOwnClasses(bench.transport, bench.options, bench.today).own_classes(ID, (OURS,))


def asked_of(bench: Bench) -> list[str]:
    """The classes of which the members were asked for."""
    batches = [seen.body["requests"] for seen in bench.graph.seen if seen.body]
    urls = [one["url"] for batch in batches for one in batch if "/members" in one["url"]]
    return sorted(url.split("/")[3] for url in urls)


async def empty(request: Any) -> Any:
    asked = (await request.json())["requests"]
    return await answers(*[(200, {"value": []})] * len(asked))(request)


async def links_of_school(bench: Bench, *expected: str) -> object:
    bench.graph.will(listed(*BOTH), empty, empty)
    await GraphClassLinks(bench.transport, bench.options, bench.today).of_school(OURS, expected)
    return asked_of(bench)


async def links_of_teacher(bench: Bench) -> object:
    bench.graph.will(
        answers((200, {"value": list(BOTH)}), (200, {"value": [a_class("990001", ends=2026)]})), empty, empty
    )
    await GraphClassLinks(bench.transport, bench.options, bench.today).of_teacher(ID, ["990001"])
    return asked_of(bench)


ONE = [("5 а", ("hour", "present"))]
READINGS: dict[str, tuple[tuple[Look, ...], object]] = {
    "directory.with_teams": ((with_teams,), NOW),
    "directory._find_by_identifier": ((by_identifier,), NOW),
    "directory._find_by_username": ((by_username,), NOW),
    "directory._find_by_id": ((by_id,), NOW),
    "directory._completed": ((completed,), NOW),
    "accounts._facts": ((account_facts, account_facts_unexpanded), NOW),
    "accounts._person": ((account_facts_cut,), NOW),
    "accounts.of": ((placement,), NOW),
    "accounts.classes_of": ((classes_to_choose,), ONE),
    "accounts._classes_of": ((teams_to_join,), {"hour", "present"}),
    "rosters._swept": ((classes_of_school,), ONE),
    "rosters.class_teachers": ((class_teachers,), ["hour"]),
    "school_accounts._look": ((board,), [(ID[:8], "5 а"), ("00000004", "")]),
    "own_classes.own_classes": ((own,), (OwnClass(OURS, "5 а"),)),
    "own_classes._proven": ((own_by_members,), ()),
    "own_classes._is_proven": ((own_by_members,), ()),
    "class_links._of_school": ((links_of_school,), ["hour", "present"]),
    "class_links._read": ((links_of_teacher,), ["990001", "hour", "present"]),
}
"""Whoever asks Graph for classes, and what is read where last year's are beside this year's."""
IN_DOUBT = {"own_classes._classes_of"}
"""Asked for where a class may be a former one: see below."""


def test_everybody_who_reads_classes_is_tried():
    assert readers() == READINGS.keys() | IN_DOUBT


@pytest.mark.parametrize("reader", READINGS)
async def test_the_classes_of_last_year_are_nobodys(bench: Bench, reader: str):
    looks, wanted = READINGS[reader]
    for look in looks:
        assert await look(bench) == wanted, look


async def test_a_transfer_leaves_the_teams_of_every_year(bench: Bench):
    assert await teams_to_leave(bench) == {one["id"] for one in BOTH}


async def test_the_classes_of_last_year_give_nobody_the_short_password_of_the_first_grade(bench: Bench):
    first = [a_class(f"old{number}", f"Предмет {number}", "1а", ends=2026) for number in range(3)]
    person = student(classes=[*first, a_class("new", name="2а", ends=2027)], student={"externalId": "4146054046"})
    bench.graph.will(told(person=person))
    facts = await bench.accounts().facts(ID)
    assert facts is not None
    assert grade_of(facts.person).number == "2"
    assert form_for(facts.person, many=False) is Form.PUPIL


async def test_of_a_list_of_last_year_the_links_of_a_school_are_found_as_a_teachers_are(bench: Bench):
    """From 15 September until the next export: else each is missing, and nothing that is done mends it."""
    assert await links_of_school(bench, "before", "elsewhere", "hour") == ["before", "hour", "present"]
    links = GraphClassLinks(bench.transport, bench.options, bench.today)
    bench.graph.will(listed(FORMER, UNDATED, PRESENT, NEXT, a_class("other", ends=2026)), empty, empty)
    read = await links.of_school(OURS, ["former"])
    assert [(one.id, one.year) for one in read.classes] == [
        ("present", 2026),
        ("next", 2027),
        ("former", 2025),
        ("undated", None),
    ]


# summer


def in_(bench: Bench, day: date) -> Bench:
    bench.start = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    return bench


async def test_in_july_the_classes_whose_lessons_ended_are_the_classes_there_are(bench: Bench):
    bench.graph.will(listed(*BOTH))
    assert [one.name for one in await in_(bench, JULY).rosters().classes_of(OURS)] == ["5 а"]
    bench.graph.will(batched(*BOTH))
    (found,) = await bench.directory().with_teams([SOMEBODY])
    assert class_of(found) == "5 а"


async def test_nobody_joins_a_team_whose_lessons_are_over(bench: Bench):
    bench.graph.will(listed(*BOTH), listed(*BOTH, NEXT))
    placements = in_(bench, AUGUST).placements()
    assert await placements.teams_of_class(OURS, "5 а") == ()
    assert [one.id for one in await placements.teams_of_class(OURS, "5 а")] == ["next"]


@pytest.mark.parametrize(
    ("classes", "day", "over"),
    [
        (BOTH, AUGUST, True),
        (BOTH, OCTOBER, False),
        ((*BOTH, NEXT), AUGUST, False),
        ((FORMER,), OCTOBER, False),  # of a former year: there is none
        ((PRESENT, a_class("bare")), AUGUST, False),
        ((), AUGUST, False),
    ],
)
async def test_a_class_is_over_while_its_teams_wait_for_those_of_the_next_year(bench: Bench, classes, day, over):
    bench.graph.will(listed(*classes))
    assert await in_(bench, day).placements().class_is_over(OURS, "5 а") is over


async def test_who_is_in_the_next_class_already_is_in_it_on_the_board(bench: Bench):
    """Also where the class hour of the year that ends is not replaced, and tells for certain."""
    set_at = "2026-09-01T00:00:00Z"
    dates = {"accountEnabled": True, "createdDateTime": set_at, "lastPasswordChangeDateTime": set_at}
    other = student("00000004-7f7e-4a6c-9d53-0f2a0a4f1c11", student={"externalId": "4251020743"})
    old, new = a_class("old", HOUR, "4а", ends=2027), a_class("new", MATHS, "5а", ends=2028)
    bench.graph.will(
        listed(student(), other),
        listed(old, new),
        says({"value": [{"id": one["id"], **dates} for one in (student(), other)]}),
        answers((200, {"value": [{"id": ID}, {"id": other["id"]}]}), (200, {"value": [{"id": ID}]})),
    )
    look = await GraphSchoolAccounts(bench.transport, bench.options, in_(bench, AUGUST).today).look(OURS)
    assert [one.class_ for one in look.accounts] == ["5 а", "4 а"]


THIS_HOUR, NEXT_HOUR = a_class("hour", HOUR, ends=2027), a_class("next-hour", HOUR, ends=2028)


@pytest.mark.parametrize(
    ("others", "still"),
    [
        ((), True),
        ((a_class("b", name="5б", ends=2028),), True),
        ((NEXT,), False),
        ((NEXT_HOUR,), False),
        ((a_class("bare"),), False),  # which may be the next one
        ((UNDATED,), False),
        ((a_class("bare", name="5б"),), True),
    ],
)
async def test_a_class_teacher_stays_one_in_summer_until_there_is_a_next_class_of_the_name(
    bench: Bench, others: tuple[dict[str, Any], ...], still: bool
):
    bench.graph.will(listed(THIS_HOUR), batched(school()), listed(THIS_HOUR, *others))
    accounts = GraphOwnClasses(bench.transport, bench.options, in_(bench, AUGUST).today)
    assert await accounts.own_classes(ID, (OURS,)) == (OwnClass(OURS, "5 а"),) * still


@pytest.mark.parametrize(("others", "still"), [((), True), ((FORMER,), True), ((PRESENT,), False)])
async def test_who_had_a_class_before_years_were_dated_is_not_the_class_teacher_of_its_name(
    bench: Bench, others: tuple[dict[str, Any], ...], still: bool
):
    hour = a_class("hour", HOUR, ends="9999-12-31", startDate="1900-01-01")
    bench.graph.will(listed(hour), batched(school()), listed(hour, *others))
    accounts = GraphOwnClasses(bench.transport, bench.options, in_(bench, OCTOBER).today)
    assert await accounts.own_classes(ID, (OURS,)) == (OwnClass(OURS, "5 а"),) * still


@pytest.mark.parametrize("day", [OCTOBER, JULY, AUGUST])
@pytest.mark.parametrize(
    ("others", "still"),
    [
        ((), True),
        ((FORMER, a_class("b", name="5б", ends=2027), a_class("bare-too")), True),
        ((UNDATED,), True),
        ((PRESENT,), False),
        ((a_class("choir", CHOIR, "5а, 5б", ends=2027),), False),
        ((NEXT,), False),
    ],
    ids=["alone", "others", "undated", "dated", "with-others", "the-next"],
)
async def test_an_hour_without_a_term_is_nobodys_beside_a_dated_class_of_its_name(
    bench: Bench, others: tuple[dict[str, Any], ...], still: bool, day: date
):
    """It may be of any year, and would else give its teacher the class for ever."""
    hour = a_class("hour", HOUR)
    bench.graph.will(listed(hour), batched(school()), listed(hour, *others))
    accounts = GraphOwnClasses(bench.transport, bench.options, in_(bench, day).today)
    assert await accounts.own_classes(ID, (OURS,)) == (OwnClass(OURS, "5 а"),) * still


async def test_who_has_the_next_class_has_it_at_once_and_for_no_request_more(bench: Bench):
    bench.graph.will(listed(NEXT_HOUR), batched(school()))
    accounts = GraphOwnClasses(bench.transport, bench.options, in_(bench, AUGUST).today)
    assert await accounts.own_classes(ID, (OURS,)) == (OwnClass(OURS, "5 а"),)


async def test_where_the_classes_of_the_school_cannot_be_read_nobody_is_shown_a_class(bench: Bench):
    bench.graph.will(listed(THIS_HOUR), batched(school()), says({"value": "x"}))
    accounts = GraphOwnClasses(bench.transport, bench.options, in_(bench, AUGUST).today)
    with pytest.raises(Exception, match="DirectoryMisunderstood"):
        await accounts.own_classes(ID, (OURS,))
