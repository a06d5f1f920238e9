"""Who is in which class on the board of a school, also where somebody calls a team what it is not."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import web

from bot.graph import school_accounts
from bot.graph.school_accounts import GraphSchoolAccounts
from tests.unit.graph.hostile import Bench, answers
from tests.unit.graph.test_graph_directory import OURS, student
from tests.unit.graph.test_graph_rosters import someone, team

DATES = {"createdDateTime": "2026-09-01T00:00:00Z", "lastPasswordChangeDateTime": "2026-09-01T00:00:00Z"}


async def classes(bench: Bench, teams: Sequence[dict[str, Any]], members: Mapping[str, Sequence[int]]) -> list[str]:
    """The class of each of the school's students, whose numbers are those of the members."""
    numbers = sorted({number for some in members.values() for number in some})
    people = [student(someone(each), student={"externalId": f"42{each:08}"}) for each in numbers]

    async def told(request: web.Request) -> web.StreamResponse:
        if request.path.endswith("/$batch"):
            asked = [one["url"].split("/")[3] for one in (await request.json())["requests"]]
            lists = [[{"id": someone(number)} for number in members.get(one, ())] for one in asked]
            return await answers(*((200, {"value": one}) for one in lists))(request)
        if request.path.endswith("/users"):
            return web.json_response({"value": people})
        if request.path.endswith("/classes"):
            return web.json_response({"value": list(teams)})
        return web.json_response({"value": [{"id": one["id"], "accountEnabled": True, **DATES} for one in people]})

    bench.graph.will(told, told, told, told)
    look = await GraphSchoolAccounts(bench.transport, bench.options, bench.today).look(OURS)
    return [one.class_ for one in look.accounts]


REAL, FALSE, OTHER = (
    team("real", "Час на класа - 7 а - ООП"),
    team("false", "Час на класа - 7 а - А"),
    team("other", "Час на класа - 5 б - ООП"),
)
REGISTERED = [{**one, "externalName": one["displayName"]} for one in (REAL, OTHER)]


@pytest.mark.parametrize("teams", [[FALSE, REAL, OTHER], [FALSE, *REGISTERED]], ids=["by-name", "registered"])
async def test_a_team_that_its_owner_calls_the_class_hour_takes_nobody_out_of_the_class(
    bench: Bench, teams: list[dict[str, Any]]
):
    """It comes first by its name, and a pupil of 5 б is in it: the class is not made of them, nor is it emptied."""
    found = await classes(bench, teams, {"real": [1, 2], "false": [3], "other": [3, 4]})
    assert found == ["7 а", "7 а", "", "5 б"]


async def test_of_a_class_without_an_hour_three_teams_tell_and_of_one_with_an_hour_that_alone(bench: Bench):
    teams = [team(f"m{number}", f"Предмет {number} - 7 а - ООП") for number in range(4)]
    of_other = [OTHER, team("n", "Музика - 5 б - ООП")]
    members = {"m0": [1], "m1": [2], "m2": [3], "m3": [4], "other": [5], "n": [6]}
    assert await classes(bench, [*teams, *of_other], members) == ["7 а", "7 а", "7 а", "", "5 б", ""]


@pytest.mark.parametrize(("hours", "class_"), [(3, "7 а"), (4, "")])
async def test_of_a_class_with_more_hours_than_three_nobody_is_told(bench: Bench, hours: int, class_: str):
    """Of a part of them the owners of the others would choose which."""
    teams = [REAL, OTHER, *(team(f"f{number}", f"Час на класа - 7 а - А{number}") for number in range(hours - 1))]
    assert await classes(bench, teams, {"real": [1], "other": [2]}) == [class_, "5 б"]


async def test_where_more_lists_are_called_for_than_are_read_no_class_is_read_in_part(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(school_accounts, "MOST_LISTS", 2)
    found = await classes(bench, [REAL, FALSE, OTHER], {"real": [1], "false": [2], "other": [3]})
    assert found == ["", "", "5 б"]


async def test_in_summer_what_tells_no_year_is_not_ahead_of_what_tells_it(bench: Bench):
    """A class hour without a term may be of any year: in July as in October who is in two is of none."""
    bench.start = datetime(2027, 7, 5, 9, tzinfo=UTC)
    bare = team("bare", "Час на класа - 4 а - ООП")
    present = {**team("present", "Час на класа - 5 а - ООП"), "term": {"endDate": "2027-06-30"}}
    following = {**team("next", "Математика - 6 а - ООП"), "term": {"endDate": "2028-06-30"}}
    members = {"bare": [1, 2, 3], "present": [2], "next": [3]}
    assert await classes(bench, [bare, present, following], members) == ["4 а", "", "6 а"]
