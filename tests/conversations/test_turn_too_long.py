"""A turn ends before the client gives up; what it had begun is whole, and the same press goes on from there."""

import asyncio
from dataclasses import replace

import pytest

from bot.conversation import PATIENCE, Pressed
from bot.texts.catalog import LANGUAGES
from tests.conversations.bot import (
    CATALOG,
    DIRECTOR,
    EGN_MOVED,
    EGN_OWN,
    OTHER_DIRECTOR,
    PEOPLE,
    UTRO,
    Bot,
    button_of,
    person,
    shown,
)
from tests.conversations.passwords import ALL, asked
from tests.conversations.walk import on


class Gate:
    """Lets nothing through while it is shut; `passed` counts who came by."""

    def __init__(self) -> None:
        self.open = asyncio.Event()
        self.open.set()
        self.after = 0

    async def __call__(self) -> None:
        if self.after > 0:
            self.after -= 1
            return
        await self.open.wait()


def test_a_turn_ends_before_bots_report_that_the_client_does():
    assert PATIENCE < 10


@pytest.mark.parametrize("language", LANGUAGES)
async def test_its_words_are_those_of_the_person(language):
    bot = Bot(patience=0.05)
    form = await bot.says(DIRECTOR, "справка", locale=f"{language}-BG")
    bot.directory.answer = asyncio.Event()
    button = next(one for one in on(form) if one.verb == "lookup.search")
    data = {**button.data, "kind": "egn", "typed": EGN_MOVED, "purpose": "moved"}
    reply = await bot.responder(bot.turn(DIRECTOR, Pressed(button.verb, data), locale=f"{language}-BG"))

    assert reply is not None
    assert (reply.text, reply.refused) == (CATALOG.speak(language)("error-turn-too-long"), True)


@pytest.mark.parametrize("waited", [PATIENCE, 30.0])
async def test_a_turn_that_had_to_wait_for_so_long_does_nothing_and_says_so(waited):
    """Its client shows words of its own by now: what was done then would be done after „something went wrong“."""
    bot = Bot(people=ALL)
    confirm = button_of(await asked(bot), "Потвърждаване")
    turn = bot.turn(DIRECTOR, Pressed(confirm["verb"], confirm["data"]))

    reply = await bot.responder(replace(turn, waited=waited))

    assert reply is not None
    assert reply.refused
    assert "Нищо не е изгубено" in shown(reply)
    assert not bot.room.made
    again = await bot.responder(replace(turn, waited=PATIENCE - 1))
    assert again is not None
    assert len(bot.room.made) == 1


async def test_a_turn_has_less_time_by_what_it_has_waited():
    bot = Bot(patience=5.0)
    form = await bot.says(DIRECTOR, "справка")
    bot.directory.answer = asyncio.Event()
    button = next(one for one in on(form) if one.verb == "lookup.search")
    data = {**button.data, "kind": "egn", "typed": EGN_MOVED, "purpose": "moved"}
    async with asyncio.timeout(2):
        reply = await bot.responder(replace(bot.turn(DIRECTOR, Pressed(button.verb, data)), waited=4.9))

    assert reply is not None
    assert reply.refused


async def test_a_password_that_was_asked_for_in_a_turn_without_time_is_one_password(monkeypatch):
    bot = Bot(people=ALL, patience=0.2)
    question = await asked(bot)
    slept = asyncio.Event()

    async def slowly() -> None:
        await slept.wait()

    monkeypatch.setattr(bot.room, "work", slowly)
    confirm = button_of(question, "Потвърждаване")
    cut = await bot.responder(bot.turn(DIRECTOR, Pressed(confirm["verb"], confirm["data"])))
    assert cut is not None
    assert "Нищо не е изгубено" in shown(cut)
    assert len(bot.room.made) == 1
    assert bot.room.queue.rows, "its task is written down"

    slept.set()
    again = await bot.responder(bot.turn(DIRECTOR, Pressed(confirm["verb"], confirm["data"])))
    assert again is not None
    assert again.card is not None
    assert len(bot.room.made) == 1


async def test_approvals_that_were_cut_off_go_on_with_the_same_press():
    other = person(60, "Втора Пробна Преместена", EGN_OWN, UTRO)
    bot = Bot(people=(PEOPLE[1], other))
    for who in (OTHER_DIRECTOR, DIRECTOR):
        await bot.says(who, "помощ")
    for typed in (EGN_MOVED, EGN_OWN):
        found = await bot.presses(
            DIRECTOR, await bot.says(DIRECTOR, "ново искане"), "Търсене", kind="egn", typed=typed
        )
        await bot.presses(DIRECTOR, found, "Изпращане на искането", basis="application", to_class="5 б")
    listed = await bot.says(OTHER_DIRECTOR, "искания")
    pick = next(one for one in on(listed) if one.verb == "requests.pick")
    ticked = ",".join(part.partition(":")[0] for part in pick.ids["requests"].split(","))
    sure = await bot.responder(bot.turn(OTHER_DIRECTOR, Pressed(pick.verb, {**pick.data, "ticked": ticked})))
    assert sure is not None
    approve = next(one for one in on(sure) if one.verb == "requests.approve")

    transfers, gate = bot.moves.transfers, Gate()
    one, bot.responder._patience = transfers.one, 0.1

    async def slowly(transfer_id: str):
        await gate()
        return await one(transfer_id)

    transfers.one = slowly  # type: ignore[method-assign]
    gate.open.clear()
    gate.after = 1
    cut = await bot.responder(bot.turn(OTHER_DIRECTOR, Pressed(approve.verb, approve.data)))
    assert cut is not None
    assert "Нищо не е изгубено" in shown(cut)
    assert sorted(row.state.value for row in transfers.rows.values()) == ["approved", "requested"]

    gate.open.set()
    done = await bot.responder(bot.turn(OTHER_DIRECTOR, Pressed(approve.verb, approve.data)))
    assert done is not None
    assert done.card is not None
    assert {row.state.value for row in transfers.rows.values()} == {"approved"}
    assert [entry.action for entry in bot.ledger.audit.entries].count("transfer.decided") == 2
