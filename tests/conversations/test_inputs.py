"""Every input of every card has a declared gate, and nothing that is typed into any of them goes further than that."""

import asyncio
import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.conversation import Pressed
from bot.core.class_links.cases import Matter, Platform
from bot.core.people.model import Kind
from bot.dialogs.class_links.one_link import question
from bot.dialogs.dialog import Gate, declared
from bot.presser import Presser
from bot.seals import Holder
from tests.conversations.bot import (
    ALL_YEAR,
    DIRECTOR,
    EGN_MOVED,
    EGN_OWN,
    GATES,
    LIPA,
    OTHER_DIRECTOR,
    PEOPLE,
    RUO,
    STRANGER,
    STUDENT,
    TEACHER,
    TENANT,
    UTRO,
    Bot,
    person,
)
from tests.conversations.canary_walk import Walk, holds_canary, inputs_of, texts
from tests.gallery.samples import SAMPLES
from tests.gallery.screens import scene_of
from tests.unit.cards.parts import VOICES

UTTERANCES = ("справка", "парола", "ново искане", "искания", "класове", "приемане", "помощ", "език", "каквото и да е")
ELSEWHERE = tuple(
    person(400 + number, f"Ученик {letter} Тръгващ", identifier, UTRO)
    for number, (letter, identifier) in enumerate(
        zip(
            "абвгде",
            ("4849140605", "4950049706", "5044216423", "5150025902", "5250130500", "9999999036"),
            strict=True,
        )
    )
)
COLLEAGUES = tuple(
    person(500 + number, f"Вера {letter} Колежка", f"66{number}", school, kind=Kind.TEACHER)
    for number, (letter, school) in enumerate(zip("абвг", (LIPA, UTRO, LIPA, UTRO), strict=True))
)
TWO_SCHOOLS = person(600, "Две Училища Пробен", "4450029316", UTRO, replace(UTRO, id="school-3", code="2990003"))


def _honest() -> dict[str, Iterator[str]]:
    numbers = (EGN_MOVED, *(one.identifier for one in ELSEWHERE), TWO_SCHOOLS.identifier, EGN_OWN, "Еднаква")
    return {
        "typed": itertools.cycle(numbers),
        "numbers": itertools.cycle(numbers),
        "deputy.search typed": itertools.cycle(("Вера",)),
        "kind": itertools.cycle(("egn",) * 9 + ("name",)),
        "purpose": itertools.cycle(("moved", "other", "own")),
        "recipient": itertools.cycle(("student", "parent")),
        "accounts.closed recipient": itertools.cycle(("owner", "parent")),
        "reason": itertools.cycle(("Още учи при нас",)),
        "words": itertools.cycle(("Решено е",)),
        "basis": itertools.cycle(("other", "application")),
        "basis_text": itertools.cycle(("По молба",)),
        "order": itertools.cycle(("РД-7",)),
        "order_date": itertools.repeat("2026-11-02"),
        "until": itertools.repeat("2027-06-30"),
        "birth": itertools.repeat("2045-02-03"),
        "certificate_date": itertools.repeat("2026-11-02"),
    }


@pytest.fixture(scope="module")
def walked():
    """The whole bot in memory after everybody has pressed everything, days have gone by, and they have again."""
    return asyncio.run(_walked())


async def _walked():
    bot = Bot(people=(*PEOPLE, *ELSEWHERE, *COLLEAGUES, TWO_SCHOOLS), season=ALL_YEAR)

    async def press(who, button, inputs):
        reply = await bot.responder(bot.turn(who, Pressed(button["verb"], {**button["data"], **inputs})))
        return reply and (reply.card or reply.text)

    walk = Walk(press, _honest())
    bot.links.by_hand.kept = _Ever()
    bot.accounts.store.kept_groups = _Ever()
    for platform in Platform:
        walk.again()
        bot.links.by_hand.platforms[LIPA.id] = platform
        bot.links.by_hand.changed.append((LIPA.id, bot.clock()))
        for days in (0, 8, 1):
            for _ in range(days * 4):
                bot.clock.now += timedelta(hours=6)
                await _work(bot)
            for who in (DIRECTOR, OTHER_DIRECTOR, TEACHER, RUO, STUDENT, STRANGER):
                inbox = [
                    reply.card
                    for chat, *_, reply in _messages(bot)
                    if chat == f"chat-{who}" and reply.card is not None
                ][-40:]
                said = [(await bot.says(who, words)).card for words in UTTERANCES]
                await walk.from_(who, (*said, *_questions(bot, who), *inbox))
                await _work(bot)
    walk.most_alike = 2  # what the board leads to elsewhere was pressed above
    await walk.from_(DIRECTOR, [(await bot.says(DIRECTOR, "профили")).card])
    return bot, walk


class _Ever(dict[Any, Any]):
    """Also what was taken away again."""

    def __init__(self) -> None:
        super().__init__()
        self.ever: list[Any] = []

    def __setitem__(self, key: Any, value: Any) -> None:
        self.ever.append(value)
        super().__setitem__(key, value)


async def _work(bot):
    await bot.moves.work()
    await bot.work()
    await bot.links.work()


def _messages(bot):
    return [*bot.moves.messenger.sent, *bot.moves.messenger.updated]


def _questions(bot, who):
    """The cards by which a teacher's question reaches the directors."""
    if who != DIRECTOR:
        return
    presser = Presser(Holder(who, TENANT, f"chat-{who}"), bot.clock(), bot.responder._sealer, {})
    scene = replace(scene_of("bg"), presser=presser)
    for case in list(bot.links.cases.cases.values()):
        if case.matter is Matter.QUESTION:
            yield question(scene, case, None).card


OF_OLDER_CARDS = {"choice"}
"""Inputs of cards that were sent before their lists had rows (`requests.open`)."""


@pytest.mark.long
def test_every_input_of_the_gallery_and_of_every_card_that_was_met_has_a_gate(walked):
    _, walk = walked
    drawn = {name for sample in SAMPLES for name in inputs_of(sample.card(VOICES["bg"]))}
    met = {name for card in walk.cards for name in inputs_of(card)}
    assert drawn | met == set(GATES) - OF_OLDER_CARDS, "an input without a gate, or a gate without an input"
    assert met >= {name for name, gate in GATES.items() if gate is Gate.FREE_TEXT}


@pytest.mark.long
def test_canaries_were_typed_into_every_free_text_and_searched_for(walked):
    bot, walk = walked
    wanted = {name for name, gate in GATES.items() if gate in {Gate.FREE_TEXT, Gate.SOUGHT, Gate.SEARCH}}
    assert walk.typed >= wanted
    assert walk.presses > 500
    assert any(case.answer for case in bot.links.cases.cases.values())
    assert any(mark.where for mark in bot.links.by_hand.kept.ever)
    assert any(row.asked.note for row in bot.moves.transfers.rows.values())
    assert any(group.name for _, group in bot.accounts.store.kept_groups.ever)
    assert any(back.reason for back in bot.accounts.store.reversals.values())


@pytest.mark.long
def test_no_canary_is_kept(walked):
    bot, _ = walked
    kept = {
        "cases": list(bot.links.cases.cases.values()),
        "questions": bot.links.cases.entries,
        "marks": bot.links.by_hand.kept.ever,
        "transfers": list(bot.moves.transfers.rows.values()),
        "deputies": vars(bot.deputies),
        "operations": list(bot.room.operations.operations.values()),
        "groups": bot.accounts.store.kept_groups.ever,
        "receipts": [*bot.accounts.store.receipts.values(), *bot.accounts.store.reversals.values()],
        "links": list(bot.links.one_time_links.links.values()),
        "audit": vars(bot.ledger.audit),
        "tasks": vars(bot.moves.queue),
    }
    for place, held in kept.items():
        assert not holds_canary(_everything(held)), place


def _everything(value, seen=None):
    """All strings that can be reached, also those a `repr` would hide."""
    seen = set() if seen is None else seen
    if isinstance(value, str):
        return f"{value}\n"
    if id(value) in seen or isinstance(value, int | float | bytes | type(None)):
        return ""
    seen.add(id(value))
    if isinstance(value, dict):
        return "".join(_everything(each, seen) for pair in value.items() for each in pair)
    if isinstance(value, list | tuple | set | frozenset):
        return "".join(_everything(each, seen) for each in value)
    fields = getattr(type(value), "__dataclass_fields__", None)
    return "".join(_everything(getattr(value, name), seen) for name in fields) if fields else ""


@pytest.mark.long
def test_no_message_holds_one_and_no_answer_but_that_to_the_press_itself(walked):
    bot, walk = walked
    assert walk.leaks == []
    assert _messages(bot)
    assert [text for message in _messages(bot) for _, text in texts(message[-1].card) if holds_canary(text)] == []


@pytest.mark.long
def test_no_press_found_a_mistake_of_ours(walked):
    _, walk = walked
    assert walk.apologies == []


def test_what_is_not_declared_reaches_no_dialog():
    data = {"action": {}, "seal": "s", "words": "да", "wordz": "не", "typed": 7, "note": "а" * 9}
    assert declared(data, GATES, 5) == {"words": "да", "note": "ааааа"}
