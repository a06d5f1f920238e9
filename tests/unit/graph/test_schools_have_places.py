"""Whatever names a school brings its town and region from the operator's file: every port, with and without $expand."""

import ast
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.core.people.model import School
from bot.core.people.places import Place, Places
from bot.graph import reading
from tests.unit.graph.hostile import Bench, answers, says
from tests.unit.graph.test_graph_accounts import account as whole_account
from tests.unit.graph.test_graph_accounts import told
from tests.unit.graph.test_graph_directory import ID, account, student
from tests.unit.graph.test_graph_placements import MATHS
from tests.unit.graph.test_graph_reading import OPTIONS
from tests.unit.graph.test_graph_rosters import listed, team

ROOT = Path(__file__).parents[3]
PLACES = Places({"299001": Place("Основно училище", "Варна", "Варна")})
HERE = School("a1", "299001", "ОУ „Елин Пелин“", "Варна", "Варна")
BARE = {"id": "a1", "displayName": "ОУ „Елин Пелин“", "schoolNumber": "0299001", "address": None}
PERSON = student(schools=[BARE])
APART = {name: value for name, value in PERSON.items() if name not in {"schools", "classes"}}
FOUND = (200, {"value": [PERSON]})


async def test_a_person_by_identifier(bench: Bench):
    bench.graph.will(answers(FOUND))
    (person,) = await bench.directory(places=PLACES).find_by_identifier(["4146054046"])
    assert person.schools == (HERE,)


async def test_a_person_by_username(bench: Bench):
    bench.graph.will(answers((200, PERSON)))
    person = await bench.directory(places=PLACES).find_by_username("ip01234567@edu.mon.bg")
    assert person is not None
    assert person.schools == (HERE,)


async def test_a_person_by_id_also_without_expansion(bench: Bench):
    bench.graph.will(says(PERSON), says(APART), answers((200, {"value": [BARE]}), (200, {"value": []})))
    for expands in (True, False):
        person = await bench.directory(places=PLACES, expands=expands).find_by_id(ID)
        assert person is not None
        assert person.schools == (HERE,)


async def test_the_people_of_a_school(bench: Bench):
    bench.graph.will(says({"value": [PERSON]}))
    (person,) = await bench.directory(places=PLACES).people_of_school(HERE)
    assert person.schools == (HERE,)


async def test_a_school_by_code(bench: Bench):
    bench.graph.will(says({"value": [BARE]}))
    assert await bench.directory(places=PLACES).school_by_code("299001") == HERE


async def test_who_is_signed_in_also_without_expansion(bench: Bench):
    works = {"id": ID, "primaryRole": "teacher"}
    bench.graph.will(
        answers((200, account()), (200, {**works, "schools": [BARE]})),
        answers((200, account()), (200, works), (200, {"value": [BARE]})),
    )
    for expands in (True, False):
        facts = await bench.directory(places=PLACES, expands=expands).role_facts(ID)
        assert facts.schools == (HERE,)


async def test_an_account_and_a_placement(bench: Bench):
    bench.graph.will(told(account=whole_account(), person=PERSON))
    facts = await bench.accounts(places=PLACES).facts(ID)
    assert facts is not None
    assert facts.person.schools == (HERE,)
    bench.graph.will(told(account=whole_account(), person=PERSON), listed(team("t1", MATHS)))
    found = await bench.placements(places=PLACES).of(ID)
    assert found is not None
    assert found.person.schools == (HERE,)


def schools_made(source: str) -> int:
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return sum(isinstance(call.func, ast.Name) and call.func.id == "School" for call in calls)


def test_schools_are_read_in_one_place_only():
    made = {path.name: schools_made(path.read_text(encoding="utf-8")) for path in (ROOT / "bot/graph").glob("*.py")}
    assert {name: count for name, count in made.items() if count} == {"reading.py": 1}


@pytest.mark.parametrize(
    ("sent", "born"),
    [
        ("2018-05-01", date(2018, 5, 1)),
        ("2018-05-01T00:00:00Z", date(2018, 5, 1)),
        ("0001-01-01", None),
        ("01.05.2018", None),
        ("", None),
        (None, None),
        (20180501, None),
        ({}, None),
    ],
)
def test_the_directorys_date_of_birth_is_read_where_it_is_filled(sent, born):
    record = student(student={"externalId": "4146054046", "birthDate": sent})

    assert reading.person(record, OPTIONS).born == born
    assert reading.person(record, replace(OPTIONS, birth_dates=False)).born is None
