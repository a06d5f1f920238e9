"""The product before a tenant that sends no grades and no addresses: passwords, transfers, regional offices."""

import asyncio
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from demo.processes import Program, free_port, stop_all
from demo.stack import ROOT, Stack, bot_settings, clean_environment, has, start, without_patience
from tests.connector import FakeTeams
from tests.connector.people import Person
from tests.connector.records import Exchange
from tests.conversations.bot import nodes
from tests.integration.test_whole_bot import button, look_up, words
from tests.integration.test_whole_passwords import admin, to_confirm, to_person
from tests.integration.test_whole_transfers import asks, card_of, case, director, eventually
from tests.midnight import clear_of_midnight

pytestmark = [pytest.mark.slow, pytest.mark.long]

UNKIND = ("--without-grade", "--without-address")


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    folder = tmp_path_factory.mktemp("unkind")
    clear_of_midnight(5)  # somebody is fourteen tomorrow
    running = start(folder, simulator_options=UNKIND, more_settings=without_patience(folder))
    yield running
    stop_all(running.programs)


@pytest.fixture
def without_file(stack: Stack, tmp_path: Path) -> Iterator[Program]:
    """Another bot of the same tenant."""
    settings = {**bot_settings(stack.tenant, tmp_path, port=free_port()), "SCHOOLS_FILE": ""}
    environment = clean_environment() | without_patience(tmp_path) | settings
    bot = Program("the bot", [sys.executable, "app.py"], log=tmp_path / "bot.log", cwd=ROOT, env=environment)
    try:
        bot.wait_for_line(lambda line: has(line, "listening"), seconds=60)
        yield bot
    finally:
        bot.stop()


@pytest.fixture
async def teams(stack):
    async with FakeTeams(app_id="") as fake:
        fake.bot_url = stack.bot
        yield fake


def expert(people: dict[str, Any], key: str) -> Person:
    found = next(one for one in people["people"] if one["upn"] == f"{key}@edu.mon.bg")
    return Person(object_id=found["aadObjectId"], name=found["name"], tenant_id=people["tenant"])


async def password_of(teams: FakeTeams, stack: Stack, who: Person, student: dict[str, Any], recipient: str) -> str:
    confirm = await to_confirm(teams, who, student, recipient)
    ready = await teams.press(who, button(confirm, "Потвърждаване"))
    assert "Временната парола е създадена" in words(ready)
    sent = (await admin(stack, "passwords"))["passwords"]
    return next(str(one["password"]) for one in sent if one["username"] == student["username"])


async def test_a_first_grader_gets_the_short_password_and_a_parent_of_a_child_receives_it(teams, stack):
    people = await admin(stack, "people")
    first = director(people, "2990001")
    await teams.install(first)

    short = await password_of(teams, stack, first, case(people, "first-grader"), "student")
    # One number in ten could be an ЛНЧ: that it is a child's, only the class tells.
    child = case(people, "egn-also-lnch")
    card = await to_person(teams, first, child)
    long = await password_of(teams, stack, first, child, "parent")

    assert "Дата на раждане" not in words(card)
    assert re.fullmatch(r"(?:[A-Z]?[a-z]+)[2-9]{4}", short)
    assert len(short) == len(long) - 2  # three syllables, four syllables


async def test_who_is_fourteen_is_so_without_a_grade(teams, stack):
    people = await admin(stack, "people")
    first = director(people, "2990001")

    refused = await to_confirm(teams, first, case(people, "fourteen-today"), "parent")
    allowed = await to_confirm(teams, first, case(people, "fourteen-tomorrow"), "parent")

    assert "навършил 14 години" in words(refused)
    assert button(allowed, "Потвърждаване")


async def test_cards_name_the_town_and_the_classes_of_the_grade_come_first(teams, stack):
    people = await admin(stack, "people")
    first = director(people, "2990001")
    student = case(people, "moved")

    found = await look_up(teams, first, kind="egn", typed=student["identifier"], purpose="moved")
    form = await form_of(teams, first, student)

    assert "Пловдив" in found.raw.decode()
    classes = next(node for node in nodes(form.card) if node.get("id") == "to_class")["choices"]
    grade = student["class"].split()[0]
    own = [choice["value"] for choice in classes if choice["value"].split()[0] == grade]
    assert own
    assert [choice["value"] for choice in classes][: len(own)] == own


async def test_a_late_request_reaches_the_office_of_the_region_and_no_other(teams, stack):
    people = await admin(stack, "people")
    first, second = director(people, "2990001"), director(people, "2990002")
    office, elsewhere = expert(people, "ruo-plovdiv"), expert(people, "ruo-varna")
    for each in (first, second, office, elsewhere):
        await teams.install(each)

    form = await asks(teams, first, case(people, "moved"))
    assert "Искане № 1 е изпратено" in words(form)

    await eventually(lambda: card_of(teams, office, "РУО"), 60)
    listed = await late_of(teams, office)
    assert "ОУ „Ведро утро“ → СУ „Сребърна липа“" in words(listed)
    assert "Няма просрочени искания" in words(await teams.say(elsewhere, "искания"))


async def test_without_the_file_the_log_says_what_does_not_work(without_file):
    log = without_file.log.read_text(encoding="utf-8")

    assert log.count("SCHOOLS_FILE is not set") == 1
    assert "regional offices see no requests" in log


async def late_of(teams: FakeTeams, office: Person, seconds: float = 60.0) -> Exchange:
    ends = time.monotonic() + seconds
    while "Няма просрочени искания" in words(listed := await teams.say(office, "искания")):
        assert time.monotonic() < ends, "no request came to the office"
        await asyncio.sleep(0.5)
    return listed


async def form_of(teams: FakeTeams, who: Person, student: dict[str, Any]) -> Exchange:
    start_card = await teams.say(who, "ново искане")
    return await teams.press(who, button(start_card, "Търсене"), {"kind": "egn", "typed": student["identifier"]})
