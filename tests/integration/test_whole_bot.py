"""The product as a process, against the pretend tenant over HTTPS, with a pretend Teams as its only client."""

import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from demo.processes import stop_all
from demo.stack import ROOT, Stack, start
from simulator.days import day_in_bulgaria
from tests.connector import FakeTeams
from tests.connector.people import Person, conversation_of, without
from tests.connector.records import Exchange
from tests.conversations.bot import nodes

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("whole-bot")


@pytest.fixture(scope="module")
def stack(folder: Path) -> Iterator[Stack]:
    running = start(folder)
    yield running
    stop_all(running.programs)


@pytest.fixture(scope="module")
def tenant() -> dict[str, Any]:
    """Who there is on this day, in the simulator's own words."""
    return everybody(day_in_bulgaria())


@cache
def everybody(day: date) -> dict[str, Any]:
    said = subprocess.run(
        [sys.executable, "-m", "simulator", "people", "--today", day.isoformat()],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    people: dict[str, Any] = json.loads(said.stdout)
    return people


@pytest.fixture
async def teams(stack):
    async with FakeTeams(app_id="") as fake:
        fake.bot_url = stack.bot
        yield fake


def somebody(tenant: dict[str, Any], role: str, number: int = 0) -> tuple[Person, dict[str, Any]]:
    found = [one for one in tenant["people"] if one["role"] == role][number]
    return Person(object_id=found["aadObjectId"], name=found["name"], tenant_id=tenant["tenant"]), found


def a_student(tenant: dict[str, Any], **wanted: Any) -> dict[str, Any]:
    return next(one for one in tenant["students"] if all(one[name] == value for name, value in wanted.items()))


def words(exchange: Exchange) -> str:
    if exchange.card is None:
        return exchange.text or ""
    return "\n".join(
        str(node[key]) for node in nodes(exchange.card) for key in ("text", "label", "title") if key in node
    )


def button(exchange: Exchange, title: str) -> dict[str, Any]:
    return next(
        node for node in nodes(exchange.card) if node.get("type") == "Action.Execute" and node["title"] == title
    )


async def look_up(teams: FakeTeams, who: Person, *, purpose: str = "", **inputs: str) -> Exchange:
    """Without a reason first, where it is not the one that stands on the form."""
    form = await teams.say(who, "справка")
    if purpose in {"", "moved"}:
        return await teams.press(who, button(form, "Преместен ученик" if purpose else "Търсене"), inputs)
    asked = await teams.press(who, button(form, "Търсене"), inputs)
    return await teams.press(who, button(asked, "Друго основание"), inputs)


async def test_installing_greets_once(teams, tenant):
    director, facts = somebody(tenant, "director", 2)

    first, second = await teams.install(director)

    assert len(first.sent) + len(second.sent) == 1
    assert facts["schoolName"] in words(first)


async def test_who_comes_with_half_an_event_is_greeted_once_and_reachable(teams, tenant):
    """Teams was reported to send events without an id, and without the conversation's tenant."""
    director, facts = somebody(tenant, "director", 1)
    added = [{"id": director.channel_id, "aadObjectId": director.object_id}, {"id": teams.bot_id}]
    first = without(teams.activity("conversationUpdate", director, membersAdded=added), "id")
    first["conversation"] = without(conversation_of(director, "personal"), "tenantId")
    second = without(teams.activity("installationUpdate", director, action="add"), "id")

    answers = [await teams.deliver(made) for made in (first, first, second)]

    assert {answer.status for answer in answers} == {200}
    assert [len(answer.sent) for answer in answers] == [1, 0, 0]
    assert facts["schoolName"] in words(answers[0])


async def test_a_director_finds_a_student_of_another_school_with_a_reason(teams, tenant):
    director, facts = somebody(tenant, "director")
    student = next(
        one
        for one in tenant["students"]
        if one["identifierKind"] == "egn"
        and one["state"] == "active"
        and one["schoolCode"] not in {"", facts["schoolCode"]}
    )

    found = await look_up(teams, director, kind="egn", typed=student["identifier"], purpose="moved")

    assert found.status == 200
    for shown in (student["name"], student["username"], student["schoolCode"]):
        assert shown in words(found)
    assert student["identifier"] not in found.raw.decode()
    assert found.sent == ()  # nothing personal is in any message


async def test_own_students_by_name_and_every_kind_of_identifier(teams, tenant):
    director, facts = somebody(tenant, "director")
    own = [one for one in tenant["students"] if one["schoolCode"] == facts["schoolCode"] and one["state"] == "active"]
    kinds = {one["identifierKind"]: one for one in own}
    assert {"egn", "lnch"} <= set(kinds)

    for kind, student in kinds.items():
        found = await look_up(teams, director, kind=kind, typed=student["identifier"])
        assert student["username"] in words(found), kind
    by_name = await look_up(teams, director, kind="name", typed=own[0]["name"])
    assert own[0]["name"] in words(by_name)
    by_username = await look_up(teams, director, kind="username", typed=own[0]["username"].partition("@")[0].upper())
    assert own[0]["name"] in words(by_username)


@pytest.mark.parametrize("role", ["teacher", "ruo", "student", "none"])
async def test_nobody_else_gets_the_form(teams, tenant, role):
    who, _ = somebody(tenant, role)

    answer = await teams.say(who, "справка")

    assert answer.status == 200
    assert "Търсене" not in words(answer)
    assert button(answer, "Помощ")


async def test_a_form_sent_as_a_message_brings_nothing_personal_into_the_chat(teams, tenant):
    director, facts = somebody(tenant, "director")
    student = next(one for one in tenant["students"] if one["schoolCode"] == facts["schoolCode"])
    search = button(await teams.say(director, "справка"), "Търсене")
    data = {**search["data"], "verb": search["verb"], "kind": "username", "typed": student["username"]}

    answer = await teams.deliver(teams.activity("message", director, value=data))

    (message,) = answer.sent
    for personal in (student["name"], student["username"]):
        assert personal not in str(message.body)
    assert "компютър" in message.text


async def test_a_repeated_delivery_is_answered_once(teams, tenant):
    director, _ = somebody(tenant, "director")

    answers = await teams.deliver_times(teams.activity("message", director, text="помощ"), 4)

    assert {answer.status for answer in answers} == {200}
    assert len(teams.sent) == 1


def test_a_refused_start_says_why():
    done = subprocess.run(
        [sys.executable, "app.py"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={"PATH": "/usr/bin"},
    )

    assert done.returncode == 2
    assert "APP_ID" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"GRAPH_CLIENT_ID": "s3cret!"}, "client_id"),
        ({"DATABASE_URL": "postgresql://bot:s3cret@127.0.0.1:1/bot"}, "database cannot be reached"),
    ],
)
def test_what_only_shows_while_starting_is_said_as_plainly(tmp_path, change, says):
    settings = {
        "PATH": "/usr/bin",
        "TENANT_ID": "7d1a3c1e-0000-4000-8000-000000000001",
        "BOT_DEVELOPMENT": "yes",
        "BOT_HOST": "127.0.0.1",
        "BOT_PORT": "0",
        "GRAPH_URL": "https://127.0.0.1:9000",
        "GRAPH_AUTHORITY": "https://127.0.0.1:9000",
        "GRAPH_CLIENT_ID": "reader",
        "GRAPH_CLIENT_SECRET": "s3cret",
        "GRAPH_WRITER_CLIENT_ID": "writer",
        "GRAPH_WRITER_CLIENT_SECRET": "s3cret",
        "KEY_FILE": str(tmp_path / "keys" / "master.key"),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'bot.db'}",
    }

    done = subprocess.run(
        [sys.executable, "app.py"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=settings | change,
    )

    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert "s3cret" not in done.stderr


async def test_afterwards_no_identifier_or_name_is_in_any_log_or_database_file(teams, tenant, stack, folder):
    """Runs last in this file: everything above has left its traces by now."""
    director, _ = somebody(tenant, "director")
    await teams.say(director, f"ученик с ЕГН {tenant['students'][0]['identifier']}")
    await look_up(
        teams, director, kind="egn", typed="4146054046", purpose="other", purpose_text="по молба на Канарче Примерово"
    )
    secrets = {one["identifier"] for one in tenant["students"]} | {one["name"] for one in tenant["students"]}
    secrets |= {"4146054046", "Канарче"}
    with sqlite3.connect(f"file:{folder / 'bot.db'}?mode=ro", uri=True) as database:
        assert database.execute("SELECT count(*) FROM audit").fetchone()[0] > 5

    files = [*folder.glob("bot.*")]
    assert {path.name for path in files} >= {"bot.db", "bot.db-wal", "bot.log"}
    for path in files:
        text = path.read_bytes()
        found = [secret for secret in secrets if secret.encode() in text]
        assert found == [], path.name
        assert not re.search(rb"(?<![0-9a-fA-F-])\d{10}(?![0-9a-fA-F-])", text) or path.suffix != ".log"
