"""Directors whom the roster does not know, in the product as a process: nothing rests on the director's own person."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from demo.processes import stop_all
from demo.stack import Stack, start
from simulator.days import day_in_bulgaria
from tests.connector import FakeTeams
from tests.connector.people import Person
from tests.connector.records import Exchange
from tests.conversations.bot import nodes
from tests.integration.test_whole_bot import button, words
from tests.integration.test_whole_links import looks_for, opens, rows
from tests.integration.test_whole_passwords import admin, finished
from tests.integration.test_whole_transfers import asks, card_of, case, director, eventually, pressable, settings

pytestmark = pytest.mark.slow
CODES = ("2990001", "2990002")


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    folder = tmp_path_factory.mktemp("outsider")
    running = start(folder, simulator_options=("--links",), more_settings=settings(folder))
    yield running
    stop_all(running.programs)


@pytest.fixture
async def teams(stack):
    async with FakeTeams(app_id="") as fake:
        fake.bot_url = stack.bot
        yield fake


@pytest.fixture
async def people(stack) -> dict[str, Any]:
    """Of no school but the third and those after it does the roster know the account."""
    for code in CODES:
        await admin(stack, f"users/{code}@edu.mon.bg", {"inRoster": False})
    return await admin(stack, "people")


def students_field(exchange: Exchange) -> dict[str, Any]:
    return next(node for node in nodes(exchange.card) if node.get("id") == "students")


@pytest.mark.long
async def test_looking_up_and_a_password_for_one_and_for_a_class(stack, teams, people):
    who = director(people, CODES[0])
    first, second = await teams.install(who)
    assert "Сребърна липа" in words(first) + words(second)
    own = [one for one in people["students"] if one["schoolCode"] == CODES[0] and one["state"] == "active"]
    student = next(one for one in own if one["identifierKind"] == "egn")

    form = await teams.say(who, "справка")
    found = await teams.press(who, button(form, "Търсене"), {"kind": "egn", "typed": student["identifier"]})
    assert student["username"] in words(found)
    by_name = await teams.press(who, button(form, "Търсене"), {"kind": "egn", "typed": student["name"]})
    assert student["name"] in words(by_name)

    person = await teams.press(who, button(found, "Временна парола"))
    sure = await teams.press(who, button(person, "Напред"), {"recipient": "student", "identity": "true"})
    assert "Временната парола е създадена" in words(await teams.press(who, button(sure, "Потвърждаване")))

    classes = await teams.press(who, button(await teams.say(who, "парола"), "Цяла паралелка"))
    few = any(one["selectAction"]["title"] == "5 а" for one in nodes(classes.card) if "selectAction" in one)
    listed = await teams.press(who, button(classes, "5 а" if few else "Напред"), {} if few else {"class": "5 а"})
    field = students_field(listed)
    ticked = set(field["value"].split(","))
    titles = {choice["value"]: choice["title"] for choice in field["choices"]}
    in_use = {one for one, title in titles.items() if "неизвестно от кого" in title}
    assert ticked, "some have never signed in"
    assert in_use, "some have for years"
    assert not ticked & in_use
    assert all("не е давана" in titles[one] for one in ticked)
    everybody = {"students": ",".join(titles), "recipient": "student", "identity": "true"}
    sure = await teams.press(who, button(listed, "Създаване на паролите"), everybody)
    counted = re.search(r"Паролите на (\d+) от избраните ученици са сменяни", words(sure))
    assert counted is not None
    assert int(counted[1]) == len(in_use)
    only_new = {**everybody, "students": ",".join(ticked)}
    begun = await teams.press(who, button(listed, "Създаване на паролите"), only_new)
    done = await finished(teams, who, begun)
    assert f"Готови: {len(ticked)} от {len(ticked)}" in words(done)
    set_for = {one["username"] for one in (await admin(stack, "passwords"))["passwords"]}
    assert len(set_for) == len(ticked | {student["aadObjectId"]})


async def test_a_request_is_sent_decided_and_carried_out_and_a_colleague_authorised(stack, teams, people):
    first, second = (director(people, code) for code in CODES)
    for one in (first, second):
        await teams.install(one)
    assert "Искане № 1 е изпратено" in words(await asks(teams, first, case(people, "moved")))

    received = await eventually(lambda: card_of(teams, second, "Получено е искане"))
    question = await teams.press(second, pressable(received.card, "Одобряване"))
    assert "Одобрихте искането" in words(await teams.press(second, button(question, "Одобряване")))
    await eventually(lambda: card_of(teams, first, "ученикът вече е във Вашето училище"))

    colleague = next(one for one in people["people"] if one["role"] == "teacher" and one["schoolCode"] == CODES[1])
    deputies = await teams.press(second, button(await teams.say(second, "искания"), "Упълномощени лица"))
    found = await teams.press(second, button(deputies, "Упълномощаване на колега"))
    form = await teams.press(second, button(found, "Търсене"), {"typed": colleague["name"]})
    order = {"order": "РД-12", "order_date": "2026-01-12", "until": _in_a_month()}
    given = await teams.press(second, button(form, "Упълномощаване"), order)
    assert f"{colleague['name']} е упълномощен(а) до" in words(given)


@pytest.mark.long
async def test_links_are_mended_through_a_graph_that_is_slow_to_know_its_own_classes(stack, teams, people):
    """A class made a moment ago is known to nobody for a while, everything that is there already conflicts, and no
    group tells of its team.
    """
    who = director(people, CODES[0])
    teacher = _teacher(people)
    for one in (who, teacher):
        await teams.install(one)
    known = await rows(stack)
    titles = {one["key"]: one["name"] for one in (await admin(stack, "links"))["links"]}
    quirks = ["conflicting-object", "object-not-found-code", "next-link-form", "no-team-option", "full-folder"]
    await admin(stack, "settings", {"classWait": 40, "quirks": quirks})

    link = await opens(teams, teacher, titles["missing"])
    await teams.press(teacher, button(link, "Въпрос до директора"))
    await eventually(lambda: card_of(teams, who, "Въпрос от учител за класна стая"))

    for key, act in (("missing", "Създаване на класната стая"), ("not-owner", "Добавяне като собственик")):
        link = await looks_for(teams, who, known[key])
        assert "Заявката е приета" in words(await teams.press(who, button(link, act)))
    await eventually(lambda: card_of(teams, who, "Учителят е собственик и член"), 60)
    made = await eventually(lambda: card_of(teams, who, "Създаден е екип „Изоб"), 110)
    assert "друго училище" not in json.dumps(made.card, ensure_ascii=False)
    assert len([one for one in (await admin(stack, "links"))["links"] if one["externalId"] == known["missing"]]) == 1
    await eventually(lambda: card_of(teams, teacher, "Решено е"), 60)


def _teacher(people: dict[str, Any]) -> Person:
    found = next(one for one in people["people"] if one["role"] == "teacher" and one["schoolCode"] == CODES[0])
    return Person(object_id=found["aadObjectId"], name=found["name"], tenant_id=people["tenant"])


def _in_a_month() -> str:
    return (day_in_bulgaria() + timedelta(days=30)).isoformat()
