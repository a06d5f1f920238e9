"""Where a student is and what makes the account an ordinary one, from a Graph that answers well, badly and partly."""

import inspect
from typing import Any

import pytest

from bot.core.errors import (
    DirectoryBusy,
    DirectoryError,
    DirectoryForbidden,
    DirectoryMisunderstood,
    DirectoryUnavailable,
)
from bot.core.people.classes import class_of
from bot.core.people.model import AccountState, Kind, School, SchoolClass
from bot.core.transfers.model import Placement, Team
from bot.core.transfers.ports import Placements
from tests.unit.graph.hostile import Bench, Reply, answers, error, refuses, says
from tests.unit.graph.test_graph_accounts import ADMINISTRATOR, ROLE, SCHOOL_UNIT, SCOPED, account, group, told
from tests.unit.graph.test_graph_directory import ID, OTHER, OURS, gone, school, student
from tests.unit.graph.test_graph_rosters import listed, team

ORDINARY = account(**{ROLE: 6})
MATHS, HOUR, CHOIR = "Математика - 5а - ООП", "Час на класа - 5а - ООП", "Хор - 5а, 5б - ИУЧ"


def someone(number: int) -> str:
    return f"{number:08}-7f7e-4a6c-9d53-0f2a0a4f1c11"


async def placed(bench: Bench, teams: Reply | None = None, **parts: Any) -> Placement:
    bench.graph.will(told(**{"account": ORDINARY} | parts), teams or listed(team("t1", MATHS)))
    found = await bench.placements().of(ID)
    assert found is not None
    return found


async def test_it_has_every_method_of_its_port(bench: Bench):
    placements: Placements = bench.placements()
    for name, method in vars(Placements).items():
        if inspect.isfunction(method) and not name.startswith("_"):
            assert inspect.signature(getattr(type(placements), name)) == inspect.signature(method)


# one student


async def test_a_student_with_schools_and_teams(bench: Bench):
    found = await placed(bench, listed(team("t1", MATHS), team("t2", HOUR)))
    assert found.teams == (Team("t1", MATHS), Team("t2", HOUR))
    assert (found.person.id, found.person.schools, found.ordinary) == (ID, (OURS,), True)
    assert class_of(found.person) == "5 а"
    assert bench.transport.sent == {"account-facts": 1, "placement": 1}
    assert [seen.headers["x-ms-throttle-priority"] for seen in bench.graph.seen] == ["high", "high"]
    assert bench.graph.seen[1].raw_path.startswith(f"/v1.0/education/users/{ID}/classes?")


async def test_the_teams_are_those_with_ids_whatever_the_expansion_said(bench: Bench):
    person = student(classes=[{"id": "x", "displayName": "Математика - 7в - ООП"}])
    found = await placed(bench, listed(team("t1", MATHS)), person=person)
    assert found.person.teams == (MATHS,)
    assert class_of(found.person) == "5 а"


async def test_every_page_of_teams_counts_and_each_team_once(bench: Bench):
    link = f"{bench.graph.url}/v1.0/education/users/{ID}/classes?$skiptoken=x"
    bench.graph.will(
        told(account=ORDINARY),
        says({"value": [team("t1", MATHS)], "@odata.nextLink": link}),
        listed(team("t1", MATHS), team("t2", HOUR)),
    )
    found = await bench.placements().of(ID)
    assert found is not None
    assert [each.id for each in found.teams] == ["t1", "t2"]


async def test_a_team_without_a_name_is_a_team(bench: Bench):
    found = await placed(bench, listed({"id": "t1", "displayName": None}, team("t2", MATHS)))
    assert found.teams == (Team("t1", ""), Team("t2", MATHS))
    assert found.person.teams == (MATHS,)


async def test_without_expansion_the_schools_are_read_too(bench: Bench):
    bare = {name: value for name, value in student().items() if name not in {"schools", "classes"}}
    parts = [ORDINARY, bare, {"value": []}, {"value": []}, {"value": [school()]}, {"value": []}]
    bench.graph.will(answers(*((200, part) for part in parts)), listed(team("t1", MATHS)))
    found = await bench.placements(expands=False).of(ID)
    assert found is not None
    assert (found.person.schools, found.teams) == ((OURS,), (Team("t1", MATHS),))


async def test_nothing_is_remembered(bench: Bench):
    bench.graph.will(
        told(account=ORDINARY),
        listed(team("t1", MATHS)),
        told(account=ORDINARY, person=student(schools=[])),
        listed(),
    )
    placements = bench.placements()
    first, second = await placements.of(ID), await placements.of(ID)
    assert first is not None
    assert second is not None
    assert (first.person.schools, second.person.schools) == ((OURS,), ())
    assert (len(first.teams), len(second.teams)) == (1, 0)


async def test_an_account_that_is_gone_is_none(bench: Bench):
    bench.graph.will(answers(*[gone()] * 4))
    assert await bench.placements().of(ID) is None


@pytest.mark.parametrize("odd", ["", "..", "ip01234567@edu.mon.bg", f"{ID}/x", "4146054046"])
async def test_what_is_no_object_id_is_none_without_a_request(bench: Bench, odd: str):
    assert await bench.placements().of(odd) is None


async def test_an_account_outside_the_roster_is_nowhere_and_not_ordinary(bench: Bench):
    bench.graph.will(told(account=ORDINARY, person=gone()), refuses(404, "Request_ResourceNotFound"))
    found = await bench.placements().of(ID)
    assert found is not None
    assert (found.person.kind, found.person.schools, found.teams, found.ordinary) == (Kind.OTHER, (), (), False)


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (refuses(404, "Request_ResourceNotFound"), DirectoryMisunderstood),
        (refuses(403, "AccessDenied"), DirectoryForbidden),
        (refuses(429, "TooManyRequests", Retry_After="99"), DirectoryBusy),
        (says({}), DirectoryMisunderstood),
        (says({"value": None}), DirectoryMisunderstood),
        (says({"value": [{"displayName": MATHS}]}), DirectoryMisunderstood),
        (says({"value": [{"id": "../x", "displayName": MATHS}]}), DirectoryMisunderstood),
        (says({"value": [], "@odata.nextLink": "https://evil.example/v1.0/x"}), DirectoryMisunderstood),
        (says("<html>sign in</html>"), DirectoryMisunderstood),
    ],
)
async def test_teams_that_cannot_be_read_are_not_none(bench: Bench, reply: Reply, kind: type[DirectoryError]):
    """Whose old teams are not known would stay in them."""
    bench.graph.will(told(account=ORDINARY), reply)
    with pytest.raises(kind):
        await bench.placements().of(ID)


@pytest.mark.parametrize("part", ["account", "person", "memberships", "scoped"])
@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [(403, "AccessDenied", DirectoryForbidden), (500, "UnknownError", DirectoryUnavailable)],
)
async def test_a_part_that_fails_fails_the_whole(bench: Bench, part: str, status: int, code: str, kind: type):
    bench.graph.will(told(**{"account": ORDINARY, part: (status, error(code))}))
    with pytest.raises(kind):
        await bench.placements().of(ID)


# whose account no school may move


@pytest.mark.parametrize(
    ("parts", "ordinary"),
    [
        ({}, True),
        ({"account": account(**{ROLE: "6"})}, True),
        ({"account": account(**{ROLE: " 6 "})}, True),
        ({"account": account(**{ROLE: None})}, True),
        ({"account": account(**{ROLE: ""})}, True),
        ({"memberships": {"value": [group(), SCHOOL_UNIT]}}, True),
        *(({"account": account(**{ROLE: role})}, False) for role in ("0", 0, 1, 2, 5, "7", 8, 9, 14, 18, "06", "66")),
        ({"account": account(**{ROLE: 6}, userType="Guest")}, False),
        ({"account": account(**{ROLE: 6}, userType=None)}, False),
        ({"account": account(**{ROLE: 6}, onPremisesSyncEnabled=True)}, False),
        ({"memberships": {"value": [group(), ADMINISTRATOR]}}, False),
        ({"memberships": {"value": [group(isAssignableToRole=True)]}}, False),
        ({"scoped": {"value": [SCOPED]}}, False),
        ({"person": student(primaryRole="teacher")}, False),
        ({"person": student(primaryRole="none")}, False),
        ({"person": student(primaryRole=None)}, False),
        ({"person": student(userPrincipalName="299001@edu.mon.bg")}, False),
        ({"person": student(userPrincipalName="299001")}, False),
        ({"person": student(userPrincipalName="299001a@edu.mon.bg")}, True),
    ],
)
async def test_who_is_ordinary(bench: Bench, parts: dict[str, Any], ordinary: bool):
    assert (await placed(bench, **parts)).ordinary is ordinary


async def test_a_role_on_the_second_page_counts(bench: Bench):
    link = f"{bench.graph.url}/v1.0/users/{ID}/memberOf?$skiptoken=x"
    memberships = {"value": [], "@odata.nextLink": link}
    bench.graph.will(
        told(account=ORDINARY, memberships=memberships), says({"value": [ADMINISTRATOR]}), listed(team("t1", MATHS))
    )
    found = await bench.placements().of(ID)
    assert found is not None
    assert not found.ordinary


async def test_a_disabled_account_may_be_ordinary(bench: Bench):
    found = await placed(bench, account=account(**{ROLE: 6}, accountEnabled=False))
    assert (found.ordinary, found.person.state) == (True, AccountState.DISABLED)


# many students


async def test_the_schools_of_many_are_one_request_of_low_priority(bench: Bench):
    asked = [someone(number) for number in range(20)]
    bench.graph.will(answers(*[(200, {"value": [school("a1"), school("a2", "0299002")]})] * 20))
    assert await bench.placements().schools_of(asked) == dict.fromkeys(asked, ("a1", "a2"))
    (seen,) = bench.graph.seen
    assert (seen.method, seen.raw_path) == ("POST", "/v1.0/$batch")
    assert seen.headers["x-ms-throttle-priority"] == "low"
    assert {item["headers"]["x-ms-throttle-priority"] for item in seen.body["requests"]} == {"low"}


async def test_who_could_not_be_read_is_left_out_and_who_is_gone_attends_nothing(bench: Bench):
    asked = [someone(number) for number in range(8)]
    bench.graph.will(
        answers(
            (200, {"value": [school()]}),
            gone(),
            (404, "<html>nothing here</html>"),
            (403, error("AccessDenied")),
            (200, None),
            (200, {"value": None}),
            (200, {"value": [{"schoolNumber": "0299001"}]}),
            (200, {"value": []}),
        )
    )
    assert await bench.placements().schools_of(asked) == {asked[0]: ("a1",), asked[1]: (), asked[7]: ()}


async def test_a_school_on_the_second_page_is_not_missed(bench: Bench):
    link = f"{bench.graph.url}/v1.0/education/users/{ID}/schools?$skiptoken=x"
    bench.graph.will(answers((200, {"value": [], "@odata.nextLink": link})), listed(school()))
    assert await bench.placements().schools_of([ID]) == {ID: ("a1",)}
    bench.graph.will(answers((200, {"value": [], "@odata.nextLink": link})), refuses(403, "AccessDenied"))
    assert await bench.placements().schools_of([ID]) == {}


async def test_a_whole_that_fails_is_not_nobody(bench: Bench):
    bench.graph.will(refuses(403, "AccessDenied"))
    with pytest.raises(DirectoryForbidden):
        await bench.placements().schools_of([ID, OTHER])


async def test_nobody_and_nobodies_are_not_asked_for(bench: Bench):
    placements = bench.placements()
    assert await placements.schools_of([]) == {}
    assert await placements.schools_of(["", "..", f"{ID}?x", "ip01234567@edu.mon.bg"]) == {}
    with pytest.raises(ValueError, match="20"):
        await placements.schools_of([someone(number) for number in range(21)])


async def test_one_asked_for_twice_is_asked_for_once(bench: Bench):
    bench.graph.will(answers((200, {"value": [school()]})))
    assert await bench.placements().schools_of([ID, ID]) == {ID: ("a1",)}


# classes and their teams


async def test_the_classes_of_a_school_are_kept_five_minutes_and_its_teams_are_not(bench: Bench):
    bench.graph.will(listed(team("t1", MATHS)), listed(team("t2", MATHS)), listed(team("t3", MATHS)))
    placements = bench.placements()
    for _ in range(2):
        assert await placements.classes_of(OURS) == (SchoolClass("5 а", ("t1",)),)
    assert await placements.teams_of_class(OURS, "5 а") == (Team("t2", MATHS),)
    assert await placements.teams_of_school(OURS.id) == (Team("t3", MATHS),)
    assert bench.transport.sent == {"classes-of-school": 3}


async def test_grades_of_a_school_without_teams_are_no_classes(bench: Bench):
    bench.graph.will(listed(), listed(student(student={"grade": "5"})))
    assert await bench.placements().classes_of(OURS) == ()


async def test_teams_that_name_the_class_alone_are_those_that_are_joined(bench: Bench):
    bench.graph.will(listed(team("t3", CHOIR), team("t2", HOUR), team("t1", MATHS), team("t4", "БЕЛ - 5б - ООП")))
    found = await bench.placements().teams_of_class(OURS, "5 а")
    assert sorted(each.id for each in found) == ["t1", "t2"]
    assert {each.name for each in found} == {MATHS, HOUR}


async def test_where_none_names_it_alone_all_that_name_it_are(bench: Bench):
    bench.graph.will(listed(team("t3", CHOIR), team("t4", "БЕЛ - 5б - ООП"), team("t5", "Спорт - 5а, 6а - ИУЧ")))
    found = await bench.placements().teams_of_class(OURS, "5 а")
    assert sorted(each.id for each in found) == ["t3", "t5"]


async def test_all_teams_of_a_class_are_found_on_all_pages(bench: Bench):
    """More than the twenty that are enough to tell who is in a class."""
    link = f"{bench.graph.url}/v1.0/education/schools/a1/classes?$skiptoken=x"
    first = [team(f"t{number:02}", f"Предмет {number:02} - 5а - ООП") for number in range(25)]
    second = [
        team("t24", "Предмет 24 - 5а - ООП"),
        *(team(f"u{n:02}", f"Кръжок {n:02} - 5а - ООП") for n in range(5)),
    ]
    bench.graph.will(says({"value": first, "@odata.nextLink": link}), listed(*second))
    found = await bench.placements().teams_of_class(OURS, "5 а")
    assert len(found) == len({each.id for each in found}) == 30


@pytest.mark.parametrize("name", ["5 в", "5", "5 А", "5а"])
async def test_a_class_that_nobody_names_has_no_teams(bench: Bench, name: str):
    bench.graph.will(listed(team("t1", MATHS), team("t2", "Учителски съвет")))
    assert await bench.placements().teams_of_class(OURS, name) == ()


async def test_for_no_class_nobody_is_asked(bench: Bench):
    assert await bench.placements().teams_of_class(OURS, "") == ()
    assert bench.graph.seen == []


async def test_all_teams_of_a_school_include_those_that_name_no_class(bench: Bench):
    bench.graph.will(listed(team("t1", MATHS), team("t2", "Учителски съвет"), {"id": "t3"}))
    found = await bench.placements().teams_of_school("a1")
    assert found == (Team("t1", MATHS), Team("t2", "Учителски съвет"), Team("t3", ""))


@pytest.mark.parametrize("reply", [refuses(404, "Request_ResourceNotFound"), says({"value": [{}]}), says({})])
async def test_teams_of_a_school_that_cannot_be_read_are_not_none(bench: Bench, reply: Reply):
    bench.graph.will(reply)
    with pytest.raises(DirectoryMisunderstood):
        await bench.placements().teams_of_school("a1")


async def test_what_can_be_no_school_gets_near_no_url(bench: Bench):
    placements = bench.placements()
    for odd in ("", "..", "a1/users"):
        with pytest.raises(ValueError, match="school id"):
            await placements.teams_of_school(odd)
        with pytest.raises(ValueError, match="school id"):
            await placements.teams_of_class(School(odd, "299001", "ОУ"), "5 а")
