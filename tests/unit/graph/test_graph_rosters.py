"""The classes of a school and who is in them, as the names and members of class teams tell."""

import inspect
from typing import Any

import pytest

from bot.core.errors import DirectoryBusy, DirectoryForbidden, DirectoryMisunderstood, DirectoryUnavailable
from bot.core.passwords.ports import Rosters
from bot.core.people.classes import class_of
from bot.core.people.model import AccountState, Kind, Person, SchoolClass
from bot.graph.class_teams import ClassTeam, classes_in, is_of_another_class, natural
from bot.graph.rosters import GraphRosters
from tests.unit.graph.hostile import Bench, Reply, answers, error, refuses, says
from tests.unit.graph.test_graph_directory import ID, OTHER, OURS, gone, student


def someone(number: int) -> str:
    return f"{number:08}-7f7e-4a6c-9d53-0f2a0a4f1c11"


def team(identifier: str, name: str) -> dict[str, Any]:
    return {"id": identifier, "displayName": name}


def listed(*values: Any) -> Reply:
    return says({"value": list(values)})


def members(*numbers: int) -> tuple[int, Any]:
    return 200, {"value": [{"id": someone(number)} for number in numbers]}


def pupil(number: int, name: str = "", **changes: Any) -> dict[str, Any]:
    return student(someone(number), displayName=name or f"Ученик {number:02}", **changes)


def named(*names: str) -> list[ClassTeam]:
    return [ClassTeam.named(f"t{place}", name) for place, name in enumerate(names)]


async def test_it_has_every_method_of_its_port(bench: Bench):
    rosters: Rosters = bench.rosters()
    for name, method in inspect.getmembers(Rosters, inspect.isfunction):
        if not name.startswith("_"):
            assert inspect.signature(getattr(type(rosters), name)) == inspect.signature(method)


# which classes there are


def test_classes_come_by_grade_and_letter():
    found = classes_in(named("М - 10б - ООП", "М - 5б - ООП", "М - 5а - ООП", "М - ПГ - ООП", "М - 12 АБ - ООП"))
    assert [each.name for each in found] == ["5 а", "5 б", "10 б", "12 АБ", "ПГ"]


def test_a_grade_comes_before_its_classes_and_what_has_none_comes_last():
    assert sorted(["ПГ", "10 а", "2 б", "10", "2", "сборна"], key=natural) == [
        "2",
        "2 б",
        "10",
        "10 а",
        "ПГ",
        "сборна",
    ]


def test_a_class_is_told_by_the_teams_that_name_it_alone():
    found = classes_in(named("М - 5а - ООП", "Спорт - 5а, 5б - ИУЧ", "БЕЛ - 5а - ООП", "Хор - 5б, 6а - ИУЧ"))
    assert found == (
        SchoolClass("5 а", ("t2", "t0")),  # by name of the team: БЕЛ, М
        SchoolClass("5 б", ("t1", "t3")),
        SchoolClass("6 а", ("t3",)),
    )


def test_at_most_twenty_teams_tell_a_class_and_the_class_hour_is_one_of_them():
    teams = named(*(f"А{number:02} - 5а - ООП" for number in range(30)), "Час на класа - 5а - ООП")
    (found,) = classes_in(teams)
    assert len(found.teams) == 20
    assert found.teams[0] == "t30"
    (together,) = {len(each.teams) for each in classes_in(named(*(f"Х{n} - 5а, 5б - ИУЧ" for n in range(30))))}
    assert together == 20


@pytest.mark.parametrize("name", ["", "Учители", "М - 5а", "Екип на школото", "a - b"])
def test_a_team_whose_name_has_another_form_names_no_class(name: str):
    assert classes_in(named(name)) == ()


async def test_the_classes_of_a_school_are_read_page_by_page_and_kept_five_minutes(bench: Bench):
    link = f"{bench.graph.url}/v1.0/education/schools/a1/classes?$skiptoken=x"
    bench.graph.will(
        says({"value": [team("t1", "М - 5б - ООП")], "@odata.nextLink": link}), listed(team("t2", "М - 5а - ООП"))
    )
    rosters = bench.rosters()
    wanted = (SchoolClass("5 а", ("t2",)), SchoolClass("5 б", ("t1",)))
    assert await rosters.classes_of(OURS) == wanted
    assert bench.graph.seen[0].raw_path.startswith("/v1.0/education/schools/a1/classes?")
    bench.clock.time += 299
    assert await rosters.classes_of(OURS) == wanted
    assert bench.transport.sent == {"classes-of-school": 2}
    bench.clock.time += 1
    bench.graph.will(listed(team("t2", "М - 5а - ООП")))
    assert await rosters.classes_of(OURS) == (SchoolClass("5 а", ("t2",)),)


@pytest.mark.parametrize("teams", [[], [team("t1", "Учителски съвет")]])
async def test_a_school_whose_teams_tell_no_class_has_grades(bench: Bench, teams: list[Any]):
    people = [
        pupil(1, student={"grade": "X"}),
        pupil(2, student={"grade": "2"}),
        pupil(3, student={"grade": "10"}),
        pupil(4, student={}),
        pupil(5, primaryRole="teacher", student={"grade": "7"}),
    ]
    bench.graph.will(listed(*teams), listed(*people))
    assert await bench.rosters().classes_of(OURS) == (SchoolClass("2", ()), SchoolClass("10", ()))


async def test_nobody_and_no_team_is_no_class(bench: Bench):
    bench.graph.will(listed(), listed())
    assert await bench.rosters().classes_of(OURS) == ()


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"value": None},
        {"value": [None]},
        {"value": [{"displayName": "М - 5а - ООП"}]},
        {"value": [{"id": "../x"}]},
    ],
)
async def test_a_list_of_no_shape_is_not_an_empty_school(bench: Bench, body: Any):
    bench.graph.will(says(body))
    with pytest.raises(DirectoryMisunderstood):
        await bench.rosters().classes_of(OURS)


async def test_a_list_that_fails_is_not_an_empty_school_and_is_not_kept(bench: Bench):
    bench.graph.will(refuses(403, "AccessDenied"), listed(team("t2", "М - 5а - ООП")))
    rosters = bench.rosters()
    with pytest.raises(DirectoryForbidden):
        await rosters.classes_of(OURS)
    assert len(await rosters.classes_of(OURS)) == 1


# who is in a class

MATHS, BULGARIAN, SPORT = team("m", "М - 5а - ООП"), team("b", "БЕЛ - 5а - ООП"), team("s", "Спорт - 5а, 5б - ИУЧ")
OF_5A = SchoolClass("5 а", ("b", "m"))


async def opened(bench: Bench, people: list[Any], *teams: dict[str, Any], **options: Any) -> GraphRosters:
    """Rosters that know the school's people and teams."""
    bench.graph.will(listed(*people), listed(*teams))
    return bench.rosters(**options)


async def test_the_members_of_all_teams_are_one_request(bench: Bench):
    rosters = await opened(bench, [pupil(1, "Яна"), pupil(2, "Ана"), pupil(3, "Борис")], MATHS, BULGARIAN, SPORT)
    bench.graph.will(answers(members(1, 2), members(2, 1)))
    found = await rosters.students_of(OURS, OF_5A)
    assert [person.name for person in found] == ["Ана", "Яна"]
    assert all(person.teams == ("БЕЛ - 5а - ООП", "М - 5а - ООП") for person in found)
    assert {class_of(person) for person in found} == {"5 а"}
    assert found[0].schools == (OURS,)
    assert found[0].identifier == "4146054046"
    assert bench.transport.sent == {"people-of-school": 1, "classes-of-school": 1, "class-members": 1}
    asked = bench.graph.seen[-1].body["requests"]
    assert [item["url"].partition("?")[0] for item in asked] == [
        "/education/classes/b/members",
        "/education/classes/m/members",
    ]


async def test_who_is_of_a_class_is_asked_anew_each_time(bench: Bench):
    rosters = await opened(bench, [pupil(1), pupil(2)], MATHS, BULGARIAN)
    bench.graph.will(answers(members(1), members(1)), answers(members(2), members(2)))
    (first,) = await rosters.students_of(OURS, OF_5A)
    (second,) = await rosters.students_of(OURS, OF_5A)
    assert (first.id, second.id) == (someone(1), someone(2))


async def test_only_students_who_attend_the_school_now(bench: Bench):
    people = [pupil(1), pupil(2, primaryRole="teacher"), pupil(3, primaryRole="none")]
    rosters = await opened(bench, people, MATHS, BULGARIAN)
    bench.graph.will(answers(members(1, 2, 3, 4), members(1, 2, 3, 4)))
    (only,) = await rosters.students_of(OURS, OF_5A)
    assert only.id == someone(1)


async def test_ids_are_the_same_in_any_case(bench: Bench):
    rosters = await opened(bench, [student(ID.upper())], MATHS)
    bench.graph.will(answers((200, {"value": [{"id": ID}]})))
    assert len(await rosters.students_of(OURS, SchoolClass("5 а", ("m",)))) == 1


async def test_a_second_page_of_members_counts(bench: Bench):
    rosters = await opened(bench, [pupil(1), pupil(2)], MATHS)
    link = f"{bench.graph.url}/v1.0/education/classes/m/members?$skiptoken=x"
    bench.graph.will(answers((200, {"value": [{"id": someone(1)}], "@odata.nextLink": link})), says(members(2)[1]))
    assert len(await rosters.students_of(OURS, SchoolClass("5 а", ("m",)))) == 2


async def test_a_team_that_is_gone_has_nobody(bench: Bench):
    rosters = await opened(bench, [pupil(1), pupil(2)], MATHS, BULGARIAN)
    bench.graph.will(answers(gone(), members(1)))
    (only,) = await rosters.students_of(OURS, OF_5A)
    assert only.teams == ("М - 5а - ООП",)


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (403, "AccessDenied", DirectoryForbidden),
        (500, "UnknownError", DirectoryUnavailable),
        (429, "TooManyRequests", DirectoryBusy),
        (400, "BadRequest", DirectoryMisunderstood),
    ],
)
async def test_members_that_cannot_be_read_are_not_nobody(bench: Bench, status: int, code: str, kind: type):
    rosters = await opened(bench, [pupil(1)], MATHS, BULGARIAN)
    bench.graph.will(answers(members(1), (status, error(code), {"Retry-After": "99"})))
    with pytest.raises(kind):
        await rosters.students_of(OURS, OF_5A)


@pytest.mark.parametrize("body", [None, {}, {"value": [None]}, {"value": [{}]}, {"value": [{"id": "ana"}]}])
async def test_members_of_no_shape_are_not_nobody(bench: Bench, body: Any):
    rosters = await opened(bench, [pupil(1)], MATHS, BULGARIAN)
    bench.graph.will(answers(members(1), (200, body)))
    with pytest.raises(DirectoryMisunderstood):
        await rosters.students_of(OURS, OF_5A)


async def test_a_team_of_no_class_of_this_school_is_not_asked_for(bench: Bench):
    rosters = await opened(bench, [pupil(1)], MATHS)
    assert await rosters.students_of(OURS, SchoolClass("5 а", ("another-schools", "../x"))) == ()


async def test_more_than_twenty_teams_are_not_asked_for(bench: Bench):
    many = [team(f"t{number}", f"Предмет {number} - 5а - ООП") for number in range(30)]
    rosters = await opened(bench, [pupil(1)], *many)
    bench.graph.will(answers(*[members(1)] * 20))
    assert len(await rosters.students_of(OURS, SchoolClass("5 а", tuple(f"t{n}" for n in range(30))))) == 1


async def test_a_grade_without_teams_is_who_is_in_it(bench: Bench):
    people = [
        pupil(1, student={"grade": "V"}),
        pupil(2, student={"grade": "6"}),
        pupil(3, student={"grade": "5"}, primaryRole="teacher"),
    ]
    bench.graph.will(listed(*people))
    (only,) = await bench.rosters().students_of(OURS, SchoolClass("5", ()))
    assert (only.id, class_of(only)) == (someone(1), "5")


# who only visits


async def test_who_is_in_few_of_the_teams_is_asked_after(bench: Bench):
    teams = [team(f"t{number}", f"П{number} - 5а - ООП") for number in range(5)]
    rosters = await opened(bench, [pupil(number) for number in (1, 2, 3, 4)], *teams)
    of_5b = {"value": [team("x", "М - 5б - ООП"), team("y", "БЕЛ - 5б - ООП"), teams[0]]}
    bench.graph.will(
        answers(members(1, 2, 3, 4), members(1), members(1), members(1, 4), members(1, 4)),
        answers((200, of_5b), (200, {"value": [teams[0]]})),
    )
    found = await rosters.students_of(OURS, SchoolClass("5 а", tuple(each["id"] for each in teams)))
    # 2 is mostly in 5 б; 3 is new and in nothing else; 4 has more than half.
    assert [person.id for person in found] == [someone(1), someone(3), someone(4)]
    assert bench.transport.sent["with-teams"] == 1
    assert all(class_of(person) == "5 а" for person in found)


async def test_where_no_team_is_of_one_class_alone_the_other_teams_tell(bench: Bench):
    rosters = await opened(bench, [pupil(1), pupil(2), pupil(3)], SPORT)
    bench.graph.will(
        answers(members(1, 2, 3)),
        answers(
            (200, {"value": [SPORT, team("x", "М - 5а - ООП")]}),
            (200, {"value": [SPORT, team("y", "М - 5б - ООП")]}),
            gone(),
        ),
    )
    found = await rosters.students_of(OURS, SchoolClass("5 а", ("s",)))
    assert [person.id for person in found] == [someone(1), someone(3)]
    assert found[1].teams == ("Спорт - 5а, 5б - ИУЧ",)


async def test_who_visits_cannot_be_read_is_an_error(bench: Bench):
    rosters = await opened(bench, [pupil(1)], SPORT)
    bench.graph.will(answers(members(1)), answers((403, error("AccessDenied"))))
    with pytest.raises(DirectoryForbidden):
        await rosters.students_of(OURS, SchoolClass("5 а", ("s",)))


async def test_of_a_whole_school_nobody_is_asked_after(bench: Bench):
    everybody = list(range(101))
    rosters = await opened(bench, [pupil(number) for number in everybody], SPORT)
    bench.graph.will(answers(members(*everybody)))
    assert len(await rosters.students_of(OURS, SchoolClass("5 а", ("s",)))) == 101


def test_only_more_votes_make_another_class():
    def with_teams(*names: str) -> Person:
        return Person(ID, "", "", Kind.STUDENT, AccountState.ACTIVE, teams=names)

    assert not is_of_another_class(with_teams(), "5 а")
    assert not is_of_another_class(with_teams("С - 5а, 5б - И"), "5 б")
    assert not is_of_another_class(with_teams("М - 5а - О", "М - 5б - О"), "5 а")
    assert is_of_another_class(with_teams("С - 5а, 5б - И", "М - 5б - О"), "5 а")


# the class teacher


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("Час на класа - 5а - ООП", True),
        ("ЧАС  НА КЛАСА  - 5а - ООП", True),
        ("Час на класния ръководител - 5а - ООП", True),
        ("„Час на класа“ - 5а - ООП", True),
        ("ЧК - 5а - ООП", True),
        ("Ч.К. - 5а - ООП", True),
        ("чк", True),
        ("Математика - 5а - ООП", False),
        ("Математика - Час на класа - ООП", False),
        ("Час на класата - 5а - ООП", False),
        ("", False),
    ],
)
def test_the_class_hour(name: str, is_one: bool):
    assert ClassTeam.named("t", name).is_class_hour is is_one


async def test_who_teaches_the_class_hour_is_the_class_teacher(bench: Bench):
    bench.graph.will(
        listed(MATHS, team("h", "Час на класа - 5а - ООП"), team("k", "ЧК - 5а - ООП")),
        answers((200, {"value": [{"id": OTHER}]}), (200, {"value": [{"id": OTHER}, {"id": someone(7)}]})),
    )
    assert await bench.rosters().class_teachers(ID) == (OTHER, someone(7))
    assert bench.transport.sent == {"class-teachers": 2}
    assert {seen.headers["x-ms-throttle-priority"] for seen in bench.graph.seen} == {"low"}
    assert bench.graph.seen[0].raw_path.startswith(f"/v1.0/education/users/{ID}/classes?")


async def test_who_was_the_class_teacher_last_year_is_told_nothing(bench: Bench):
    former = {**team("f", "Час на класа - 4а - ООП"), "term": {"endDate": "2026-08-31"}}
    present = {**team("h", "Час на класа - 5а - ООП"), "term": {"endDate": "2027-08-31"}}
    bench.graph.will(listed(former, present), answers((200, {"value": [{"id": OTHER}]})))
    assert await bench.rosters().class_teachers(ID) == (OTHER,)
    assert [one["url"].split("?")[0].split("/")[-2] for one in bench.graph.seen[1].body["requests"]] == ["h"]


async def test_a_class_hour_on_the_second_page_counts(bench: Bench):
    link = f"{bench.graph.url}/v1.0/education/users/{ID}/classes?$skiptoken=x"
    bench.graph.will(
        says({"value": [MATHS], "@odata.nextLink": link}),
        listed(team("h", "Час на класа - 5а - ООП")),
        answers((200, {"value": [{"id": OTHER}]})),
    )
    assert await bench.rosters().class_teachers(ID) == (OTHER,)


async def test_no_class_hour_is_no_class_teacher(bench: Bench):
    bench.graph.will(listed(MATHS), refuses(404, "Request_ResourceNotFound"))
    rosters = bench.rosters()
    assert await rosters.class_teachers(ID) == ()
    assert await rosters.class_teachers(OTHER) == ()
    assert await rosters.class_teachers("..") == ()


async def test_a_class_hour_that_is_gone_or_taught_by_nobody(bench: Bench):
    bench.graph.will(
        listed(team("h", "ЧК - 5а - ООП"), team("k", "ЧК - 5а - ООП")), answers(gone(), (200, {"value": []}))
    )
    assert await bench.rosters().class_teachers(ID) == ()


async def test_teachers_that_cannot_be_read_are_not_nobody(bench: Bench):
    bench.graph.will(listed(team("h", "ЧК - 5а - ООП")), answers((403, error("AccessDenied"))))
    with pytest.raises(DirectoryForbidden):
        await bench.rosters().class_teachers(ID)


@pytest.mark.parametrize("record", [None, {}, {"id": "x"}, {"id": None}, [OTHER]])
async def test_a_teacher_of_no_shape_is_refused(bench: Bench, record: Any):
    bench.graph.will(listed(team("h", "ЧК - 5а - ООП")), answers((200, {"value": [record]})))
    with pytest.raises(DirectoryMisunderstood):
        await bench.rosters().class_teachers(ID)


# some people of the school


async def test_some_students_of_the_school_come_by_name_with_their_classes(bench: Bench):
    people = [pupil(1, "Яна"), pupil(2, "Ана"), pupil(3, primaryRole="teacher"), pupil(4)]
    bench.graph.will(
        listed(*people),
        answers(
            (200, {"value": [team("a", "М - 5а - ООП")]}),
            (200, {"value": [team("b", "М - 6б - ООП")]}),
        ),
    )
    found = await bench.rosters().students_among(OURS, [someone(1), someone(2).upper(), someone(3), someone(9)])
    assert [(one.name, class_of(one)) for one in found] == [("Ана", "6 б"), ("Яна", "5 а")]
    assert bench.transport.sent["with-teams"] == 1


async def test_of_more_than_twenty_the_teams_are_read_in_several_requests(bench: Bench):
    numbers = range(1, 42)
    none: tuple[int, Any] = (200, {"value": []})
    bench.graph.will(
        listed(*(pupil(number) for number in numbers)), answers(*[none] * 20), answers(*[none] * 20), answers(none)
    )
    found = await bench.rosters().students_among(OURS, [someone(number) for number in numbers])
    assert len(found) == 41
    assert bench.transport.sent["with-teams"] == 3
