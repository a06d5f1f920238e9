"""Numbers that exist although they break a rule of their kind: said once, and read when they are sent once more."""

import json

import pytest

from bot.core.people.model import Kind
from bot.core.usernames.model import Outcome, Reach
from tests.conversations.bot import DIRECTOR, LIPA, OTHER_DIRECTOR, PEOPLE, UTRO, Bot, nodes, person, shown

LNCH, EGN, SHORT, LONG = "9999999010", "4742080923", "29", "9" * 30
ODD = (("lnch", LNCH), ("egn", EGN), ("service", SHORT), ("service", LONG))
FORMS = ("справка", "временна парола", "ново искане")
ONCE_MORE = "натиснете същия бутон още веднъж, без да променяте номера"


def crowd(*schools):
    odd = [
        person(500 + place, f"Необичаен Номер {letter}", number, *schools, kind=Kind.STUDENT)
        for place, (letter, (_, number)) in enumerate(zip("ЖЗИЙ", ODD, strict=True))
    ]
    return (*PEOPLE, *odd)


async def searches(bot, form, **inputs):
    return await bot.presses(DIRECTOR, form, "Търсене", **inputs)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("kind", "number"), ODD)
async def test_the_same_number_once_more_is_searched_for(form, kind, number):
    bot = Bot(people=crowd(UTRO if form == "ново искане" else LIPA))

    told = await searches(bot, await bot.says(DIRECTOR, form), kind=kind, typed=number)
    assert ONCE_MORE in shown(told)
    assert "find_by_identifier" not in {name for name, *_ in bot.directory.calls}
    assert bot.ledger.rows.get(DIRECTOR, []) == []

    found = await searches(bot, told)

    assert "Необичаен Номер" in shown(found)
    assert len(bot.ledger.rows[DIRECTOR]) == 1


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("kind", "number"), ODD)
async def test_the_number_is_in_no_button_and_its_mark_cannot_be_computed(form, kind, number):
    bot = Bot()

    told = await searches(bot, await bot.says(DIRECTOR, form), kind=kind, typed=number)

    sealed = [node["data"]["action"] for node in nodes(told.card) if node.get("type") == "Action.Execute"]
    (mark,) = {action["ids"]["again"] for action in sealed if "again" in action["ids"]}
    assert len(mark) > 60
    assert number not in json.dumps([action["ids"] for action in sealed if len(number) > 2])
    again = await searches(bot, await bot.says(DIRECTOR, form), kind=kind, typed=number)
    assert ONCE_MORE in shown(again), "a new form knows of nothing"


@pytest.mark.parametrize("form", FORMS)
async def test_another_number_is_asked_about_anew(form):
    bot = Bot(people=crowd(LIPA))

    told = await searches(bot, await bot.says(DIRECTOR, form), kind="lnch", typed=LNCH)
    other = await searches(bot, told, typed="9999999011")
    assert ONCE_MORE in shown(other)
    kind = await searches(bot, told, kind="egn", typed=EGN)
    assert ONCE_MORE in shown(kind)
    forged = await bot.responder(bot.turn(DIRECTOR, _with_mark(told, EGN)))
    assert forged is not None
    assert forged.refused, "the mark is under the seal"
    assert bot.ledger.rows.get(DIRECTOR, []) == []


def _with_mark(told, number):
    from bot.conversation import Pressed  # noqa: PLC0415 -- one use

    button = next(node for node in nodes(told.card) if node.get("title") == "Търсене")
    action = button["data"]["action"]
    edited = {**action, "ids": {**action["ids"], "again": number}}
    return Pressed(button["verb"], {**button["data"], "action": edited, "kind": "egn", "typed": number})


async def test_what_is_wrong_in_another_way_stays_wrong():
    bot = Bot()
    for kind, number in (("egn", "4713080922"), ("lnch", "0000000000"), ("lnch", "99999990"), ("service", "9" * 60)):
        told = await searches(bot, await bot.says(DIRECTOR, "справка"), kind=kind, typed=number)
        assert ONCE_MORE not in shown(told)
        assert shown(await searches(bot, told)) == shown(told)


async def test_a_miss_counts_as_any_other():
    bot = Bot()
    told = await bot.looks_up(kind="lnch", typed=LNCH, purpose="moved")
    assert ONCE_MORE in shown(told)
    await bot.presses(DIRECTOR, told, "Преместен ученик")

    (row,) = bot.ledger.rows[DIRECTOR]
    assert (row.attempt.reach, row.attempt.outcome) == (Reach.OTHER, Outcome.MISS)
    assert LNCH not in str(bot.ledger.audit.entries)


async def test_somebody_elses_card_confirms_nothing():
    bot = Bot()
    told = await searches(bot, await bot.says(DIRECTOR, "справка"), kind="lnch", typed=LNCH)

    assert (await bot.presses(OTHER_DIRECTOR, told, "Търсене")).refused


async def test_the_person_is_led_to_the_service_number():
    bot = Bot(people=crowd(LIPA))
    told = await searches(bot, await bot.says(DIRECTOR, "справка"), kind="lnch", typed=LNCH)

    assert "„Служебен номер“" in shown(told)
    assert "Необичаен Номер" in shown(await searches(bot, told, kind="service"))
