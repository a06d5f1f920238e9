"""Whose class teacher somebody is: by the class hours of this school year, and no former one."""

from typing import Any

import pytest

from bot.graph.class_teams import ClassTeam
from bot.graph.own_classes import GraphOwnClasses
from bot.graph.school_accounts import _classes
from tests.unit.graph.hostile import START, Bench, answers, error
from tests.unit.graph.test_graph_directory import ID, OURS, school
from tests.unit.graph.test_graph_rosters import listed, someone, team

SCHOOL = OURS
HOUR = {**team("h", "Час на класа - 5а - ООП"), "externalName": "Час на класа - 5 а - ООП"}
TODAY = START.date().isoformat()


async def own(bench: Bench, *teams: dict[str, Any], asked: int) -> list[str]:
    bench.graph.will(listed(*teams))
    if asked:
        bench.graph.will(answers(*[(200, {"value": [school()]})] * asked))
    found = await GraphOwnClasses(bench.transport, bench.options, bench.today).own_classes(ID, (SCHOOL,))
    assert {one.school for one in found} <= {SCHOOL}
    return [one.name for one in found]


async def test_the_class_teacher_of_last_year_is_none_of_the_class_that_has_its_name_now(bench: Bench):
    former = {**HOUR, **team("f", "Час на класа - 4а - ООП"), "term": {"endDate": "2026-08-31"}}
    present = {**HOUR, "term": {"endDate": TODAY}}
    assert await own(bench, former, present, asked=1) == ["5 а"]
    assert "term" in bench.graph.seen[0].raw_path


@pytest.mark.parametrize("term", [None, {}, {"endDate": None}, {"endDate": "2027-08-31T00:00:00Z"}])
async def test_a_class_without_an_end_goes_on(bench: Bench, term: Any):
    assert await own(bench, {**HOUR, "term": term}, asked=1) == ["5 а"]


@pytest.mark.parametrize("term", ["2027", 7, {"endDate": "31.08.2027"}, {"endDate": ""}, {"endDate": 5}])
async def test_a_term_that_cannot_be_read_gives_no_right(bench: Bench, term: Any):
    assert await own(bench, {**HOUR, "term": term}, asked=0) == []


@pytest.mark.parametrize(
    "registered",
    [
        "Математика - 5 б - ООП",
        "Математика - 5а - ООП",
        "Час на класа - 5 б - ООП",
        "Час на класа - 5 а, 5 б - ООП",
        "Час на класа",
    ],
)
async def test_a_team_that_its_owner_calls_the_class_hour_is_none(bench: Bench, registered: str):
    assert await own(bench, {**HOUR, "externalName": registered}, asked=0) == []


BY_NAME = {**HOUR, "externalName": None}


async def by_members(
    bench: Bench, *of_members: list[dict[str, Any]], proven: bool, hour: dict[str, Any] = BY_NAME
) -> list[str]:
    """Of a tenant that does not keep the register's names: the members of the class, and the teams of each."""
    people = [someone(number) for number in range(len(of_members))]
    bench.graph.will(
        listed(hour),
        answers((200, {"value": [{"id": ID}, *({"id": one} for one in people)]})),
        *([answers(*((200, {"value": teams}) for teams in of_members))] if of_members else []),
        *([answers((200, {"value": [school()]}))] if proven else []),
    )
    found = await GraphOwnClasses(bench.transport, bench.options, bench.today).own_classes(ID, (SCHOOL,))
    return [one.name for one in found]


OURS_TOO = [BY_NAME, team("m", "Математика - 5а - ООП"), team("e", "Хор - 5а, 5б - ИУЧ")]
OTHERS = [BY_NAME, team("n", "Математика - 5б - ООП")]


async def test_a_name_in_the_register_that_tells_nothing_of_the_class_is_none(bench: Bench):
    assert await by_members(bench, OURS_TOO, hour={**BY_NAME, "externalName": "101"}, proven=True) == ["5 а"]


async def test_where_the_tenant_does_not_keep_that_name_the_other_teams_of_most_members_tell(bench: Bench):
    assert await by_members(bench, OURS_TOO, OURS_TOO, OTHERS, proven=True) == ["5 а"]
    assert [one["url"].split("?")[0].split("/")[-2] for one in bench.graph.seen[2].body["requests"]] == [
        someone(number) for number in range(3)
    ]


@pytest.mark.parametrize(
    "of_members",
    [
        [],
        [[BY_NAME]],
        [OTHERS],
        [OURS_TOO, OTHERS],
        [[*OURS_TOO, team("x", "ЧК - 5а - ООП")]],
        [[*OURS_TOO, {**team("x", "ЧК - 5а - ООП"), "externalName": "ЧК - 5а - ООП"}]],
        [[BY_NAME, {**team("m", "Математика - 5а - ООП"), "term": {"endDate": "2026-06-30"}}]],
    ],
    ids=["nobody", "nothing-else", "of-another", "half", "two-hours", "a-registered-one", "last-year"],
)
async def test_what_they_do_not_tell_gives_no_right(bench: Bench, of_members: list[list[dict[str, Any]]]):
    assert await by_members(bench, *of_members, proven=False) == []


async def test_what_is_not_shown_gives_no_right(bench: Bench):
    bench.graph.will(listed(BY_NAME), answers((403, error("Authorization_RequestDenied"))))
    found = await GraphOwnClasses(bench.transport, bench.options, bench.today).own_classes(ID, (SCHOOL,))
    assert found == ()


def of(class_: str, *subjects: str) -> list[ClassTeam]:
    return [ClassTeam.named(f"{class_}-{one}", f"{one} - {class_} - ООП") for one in subjects]


@pytest.mark.parametrize(
    ("teams", "class_"),
    [
        (of("5 а", "Час на класа", "Музика") + of("5 б", "Химия"), "5 а"),
        (of("5 а", "Час на класа") + of("5 б", "Химия"), "5 а"),
        (of("5 а", "Час на класа") + of("5 б", "Химия", "Физика"), "5 б"),
        (of("5 а", "Час на класа") + of("5 б", "Час на класа"), ""),
        (of("5 а", "Музика", "Химия") + of("5 б", "Физика"), "5 а"),
    ],
)
def test_whoever_owns_a_team_takes_nobody_out_of_another_class_by_adding_them(teams: list[ClassTeam], class_: str):
    assert _classes(teams, {team.id: {"somebody": None} for team in teams}) == {"somebody": class_}
