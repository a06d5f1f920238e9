"""Whose class teacher somebody is: by the class hours of this school year, and no former one."""

from typing import Any

import pytest

from bot.graph.school_accounts import GraphSchoolAccounts
from tests.unit.graph.hostile import START, Bench, answers
from tests.unit.graph.test_graph_directory import ID, OURS, school
from tests.unit.graph.test_graph_rosters import listed, team

SCHOOL = OURS
HOUR = team("h", "Час на класа - 5а - ООП")
TODAY = START.date().isoformat()


async def own(bench: Bench, *teams: dict[str, Any], asked: int) -> list[str]:
    bench.graph.will(listed(*teams))
    if asked:
        bench.graph.will(answers(*[(200, {"value": [school()]})] * asked))
    found = await GraphSchoolAccounts(bench.transport, bench.options, bench.today).own_classes(ID, (SCHOOL,))
    assert {one.school for one in found} <= {SCHOOL}
    return [one.name for one in found]


async def test_the_class_teacher_of_last_year_is_none_of_the_class_that_has_its_name_now(bench: Bench):
    former = {**team("f", "Час на класа - 4а - ООП"), "term": {"endDate": "2026-08-31"}}
    present = {**HOUR, "term": {"endDate": TODAY}}
    assert await own(bench, former, present, asked=1) == ["5 а"]
    assert "term" in bench.graph.seen[0].raw_path


@pytest.mark.parametrize("term", [None, {}, {"endDate": None}, {"endDate": "2027-08-31T00:00:00Z"}])
async def test_a_class_without_an_end_goes_on(bench: Bench, term: Any):
    assert await own(bench, {**HOUR, "term": term}, asked=1) == ["5 а"]


@pytest.mark.parametrize("term", ["2027", 7, {"endDate": "31.08.2027"}, {"endDate": ""}, {"endDate": 5}])
async def test_a_term_that_cannot_be_read_gives_no_right(bench: Bench, term: Any):
    assert await own(bench, {**HOUR, "term": term}, asked=0) == []
