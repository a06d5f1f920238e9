"""Transfer requests in the product as a process: two directors, Graph, worker, database, messages."""

import asyncio
import json
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from demo.processes import stop_all
from demo.stack import Stack, start
from simulator.days import day_in_bulgaria
from tests.connector import FakeTeams
from tests.connector.people import Person
from tests.connector.records import Exchange, Sent
from tests.conversations.bot import nodes
from tests.integration.test_whole_bot import button, tenant, words
from tests.integration.test_whole_passwords import admin

__all__ = ["tenant"]
pytestmark = [pytest.mark.slow, pytest.mark.long]

EVERY_DAY = {"on": [{"from": "2026-01-01", "to": "2026-01-01"}]}


@pytest.fixture
def stack(tmp_path: Path) -> Iterator[Stack]:
    running = start(tmp_path, simulator_options=("--latency", "100"), more_settings=settings(tmp_path))
    yield running
    stop_all(running.programs)


def settings(folder: Path, **more: str) -> dict[str, str]:
    """Directors work round the clock and every day, so that the tests do not depend on the hour they are run at."""
    days = folder / "days.json"
    days.write_text(json.dumps({"on": [{"from": day, "to": day} for day in _coming_days()]}))
    return {"SCHOOL_DAYS_FILE": str(days), "WORKING_HOURS": "0-24", **more}


def _coming_days() -> list[str]:
    today = day_in_bulgaria()
    return [(today + timedelta(days=offset)).isoformat() for offset in range(-2, 100)]


@pytest.fixture
async def teams(stack):
    async with FakeTeams(app_id="") as fake:
        fake.bot_url = stack.bot
        yield fake


def director(people: dict[str, Any], code: str) -> Person:
    found = next(one for one in people["people"] if one["role"] == "director" and one["schoolCode"] == code)
    return Person(object_id=found["aadObjectId"], name=found["name"], tenant_id=people["tenant"])


def case(people: dict[str, Any], key: str) -> dict[str, Any]:
    return next(one for one in people["students"] if one["case"] == key)


async def eventually(found: Callable[[], Any], seconds: float = 30.0) -> Any:
    ends = time.monotonic() + seconds
    while not (value := found()):
        assert time.monotonic() < ends, "it did not come"
        await asyncio.sleep(0.05)
    return value


def card_of(teams: FakeTeams, person: Person, said: str) -> Sent | None:
    """The newest message or update in the person's chat that says so."""
    everything = [*teams.sent, *teams.updated]
    mine = [one for one in everything if one.conversation_id == teams.conversation_id(person)]
    return next((one for one in reversed(mine) if said in json.dumps(one.body, ensure_ascii=False)), None)


def pressable(card: Any, title: str) -> dict[str, Any]:
    return next(node for node in nodes(card) if node.get("type") == "Action.Execute" and node["title"] == title)


async def asks(teams: FakeTeams, who: Person, student: dict[str, Any], **more: str) -> Exchange:
    start_card = await teams.say(who, "ново искане")
    kind = {"ЕГН": "egn", "ЛНЧ": "lnch"}.get(student["identifierKind"], student["identifierKind"])
    form = await teams.press(
        who, button(start_card, "Търсене"), {"kind": str(kind).lower(), "typed": student["identifier"]}
    )
    classes = next(node for node in nodes(form.card) if node.get("id") == "to_class")["choices"]
    filled = {"basis": "application", "to_class": classes[0]["value"], **more}
    return await teams.press(who, button(form, "Изпращане на искането"), filled)


async def test_a_request_is_approved_and_carried_out(stack, teams):
    people = await admin(stack, "people")
    first, second = director(people, "2990001"), director(people, "2990002")
    await teams.install(first)
    await teams.install(second)
    student = case(people, "moved")

    sent = await asks(teams, first, student, note="Моля, колега.", certificate="7")

    assert "Искане № 1 е изпратено" in words(sent)
    received = await eventually(lambda: card_of(teams, second, "Получено е искане"))
    text = json.dumps(received.card, ensure_ascii=False)
    assert student["name"] in text
    assert student["identifier"] not in text
    assert "Моля, колега." in text
    question = await teams.press(second, pressable(received.card, "Одобряване"))
    assert "Потвърждавате ли?" in words(question)
    pressed = time.monotonic()
    approved = await teams.press(second, button(question, "Одобряване"))
    assert "Одобрихте искането" in words(approved)
    await eventually(lambda: card_of(teams, first, "ученикът вече е във Вашето училище"))
    took = time.monotonic() - pressed
    print(f"\npress to done and told: {took:.2f} s with Graph at 100 ms")
    await eventually(lambda: card_of(teams, second, "Профилът е предоставен на приемащото"))

    after = await admin(stack, "people")
    assert case(after, "moved")["schools"] == ["2990001"]
    late = await teams.press(second, pressable(received.card, "Отхвърляне"))
    assert "Изпълнено" in words(late)
    found = await teams.say(first, "справка")
    result = await teams.press(
        first, button(found, "Търсене"), {"kind": "egn", "typed": student["identifier"], "purpose": "own"}
    )
    assert student["username"] in words(result)
    assert "Временна парола" in words(result)
