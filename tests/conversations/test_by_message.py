"""Some phones send a press as a message. It is understood where neither the press nor its answer holds a secret."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from bot.conversation import Pressed, Reply
from bot.presser import MENU_LIFETIME
from bot.seals import Holder, Sealer
from bot.texts.catalog import LANGUAGES
from tests.conversations.bot import (
    BY_MESSAGE,
    CATALOG,
    DIRECTOR,
    EGN_MOVED,
    EGN_OWN,
    OTHER_DIRECTOR,
    PEOPLE,
    UNFILLED,
    VERBS,
    Bot,
    button_of,
    nodes,
    shown,
)
from tests.conversations.test_everything_pressed import all_answered
from tests.conversations.walk import APOLOGY, Button, World, on

ELSEWHERE = {"more", "link.do", "requests.approve", "deputy.ended", "new-accounts.open"}
"""Not always on the way of this walk; the first test presses them."""
FORMS = {"typed", "kind", "basis", "identity", "recipient", "students", "purpose"}
"""The inputs of forms about identifiers and passwords."""


def line(language: str = "bg") -> str:
    return CATALOG.speak(language)("refusal-press-by-message")


def by_message(button: Mapping[str, Any], **more: Any) -> Pressed:
    """What the Teams edge makes of a press that came as a message."""
    return Pressed(button["verb"], button["data"], by_message=True, **more)


async def pressed(bot: Bot, verb: str, language: str, *, holder: str = DIRECTOR, **more: Any) -> Reply:
    turn = bot.turn(DIRECTOR, Pressed(verb, {}), locale=f"{language}-BG")
    held = Holder.of(bot.turn(holder, Pressed("", {})))
    data = Sealer(b"s" * 32, lambda: "nonce").seal(verb, held, bot.clock(), MENU_LIFETIME)
    reply = await bot.responder(replace(turn, occasion=by_message({"verb": verb, "data": data}, **more)))
    assert reply is not None
    return reply


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("verb", VERBS)
async def test_every_verb_says_whether_it_may_come_as_a_message(verb, language):
    bot = Bot()
    entries = len(bot.ledger.audit.entries)

    reply = await pressed(bot, verb, language)

    assert (reply.text == line(language)) == (verb not in BY_MESSAGE)
    if verb not in BY_MESSAGE:
        assert reply.card is None
        assert len(bot.ledger.audit.entries) == entries, "what is refused has no effect"


@pytest.mark.parametrize("verb", UNFILLED)
async def test_words_that_were_not_read_are_not_taken_for_none(verb):
    assert shown(await pressed(Bot(), verb, "bg", filled=True)) == line()


@pytest.mark.parametrize("verb", VERBS)
async def test_the_seal_is_judged_first(verb):
    t = CATALOG.speak("bg")
    other = await pressed(Bot(), verb, "bg", holder=OTHER_DIRECTOR)
    refreshed = await pressed(Bot(), verb, "bg", automatic=True)

    assert shown(other) == t("refusal-card-other-person")
    assert shown(refreshed) == t("refusal-card-broken")


async def test_a_card_about_a_password_that_is_too_old_tells_nothing_in_a_message():
    bot = Bot()
    turn = bot.turn(DIRECTOR, Pressed("", {}))
    data = Sealer(b"s" * 32, lambda: "nonce").seal(
        "password.reveal", Holder.of(turn), bot.clock(), MENU_LIFETIME, ids={"operation": "operation-1"}
    )
    bot.clock.move(days=91)

    reply = await bot.responder(replace(turn, occasion=by_message({"verb": "password.reveal", "data": data})))

    assert reply is not None
    assert CATALOG.speak("bg")("refusal-card-expired") in shown(reply)


async def test_a_form_for_an_identifier_is_not_opened_where_it_could_not_be_sent():
    bot = Bot()
    menu = await bot.says(DIRECTOR, "помощ")
    look_up = button_of(menu, "Потребителско име")

    reply = await bot.responder(bot.turn(DIRECTOR, by_message(look_up)))

    assert reply == Reply(text=line(), refused=True)


async def test_a_request_is_approved_from_a_phone_once_however_the_press_arrives():
    bot = Bot()
    for who in (OTHER_DIRECTOR, DIRECTOR):
        await bot.says(who, "помощ")
    found = await bot.presses(
        DIRECTOR, await bot.says(DIRECTOR, "ново искане"), "Търсене", kind="egn", typed=EGN_MOVED
    )
    await bot.presses(DIRECTOR, found, "Изпращане на искането", basis="application", to_class="5 б")
    await bot.moves.work()
    told = next(reply for chat, _, reply in bot.moves.messenger.sent if chat == f"chat-{OTHER_DIRECTOR}")
    ask = next(one for one in on(told) if one.ids.get("choice") == "approve")

    asked = await bot.responder(bot.turn(OTHER_DIRECTOR, Pressed(ask.verb, ask.data, by_message=True)))
    assert asked is not None
    sure = next(one for one in on(asked) if one.verb == "request.do")
    for way in (True, False, True):
        done = await bot.responder(bot.turn(OTHER_DIRECTOR, Pressed(sure.verb, sure.data, by_message=way)))
        assert done is not None
        assert done.card is not None
        assert not done.refused

    (row,) = bot.moves.transfers.rows.values()
    assert row.state.value == "approved"
    assert [entry.action for entry in bot.ledger.audit.entries].count("transfer.decided") == 1


class Phone(World):
    """Everything is pressed from a phone first, and then from a computer."""

    def __init__(self, language: str) -> None:
        super().__init__(language)
        self.answers: list[tuple[str, Reply]] = []

    async def press(self, who: str, button: Button, inputs: Mapping[str, str]) -> Reply:
        sent = Pressed(button.verb, button.data, by_message=True, filled=bool(inputs))
        before = len(self.bot.ledger.audit.entries)
        reply = await self.bot.responder(self.bot.turn(self.as_(who), sent, **self.spoken()))
        assert reply is not None
        if button.verb not in BY_MESSAGE:
            assert reply.text == line(self.language)
            assert len(self.bot.ledger.audit.entries) == before
        self.answers.append((button.verb, reply))
        return await super().press(who, button, inputs)


@pytest.mark.long
async def test_no_answer_in_a_message_holds_a_secret_or_asks_for_one():
    """In English, while everybody presses everything (see `test_everything_pressed.py`)."""
    reached: set[str] = set()
    identifiers = {one.identifier for one in PEOPLE if len(one.identifier) == 10}
    for world in await all_answered("en", Phone):
        assert isinstance(world, Phone)
        for verb, reply in world.answers:
            said = str(reply.card) + str(reply.text)
            assert APOLOGY not in said, verb
            assert not [one for one in identifiers if one in said], verb
            assert EGN_OWN not in said
            parts = nodes(reply.card)
            assert not [part for part in parts if part.get("type") == "Action.OpenUrl"], verb
            assert not [part for part in parts if part.get("id") in FORMS], verb
            verbs = {part["verb"] for part in parts if part.get("type") == "Action.Execute"}
            assert not verbs & {"password.reveal", "password.state", "password.slips"}, verb
            if reply.text != line("en"):
                reached.add(verb)

    assert reached >= BY_MESSAGE - ELSEWHERE
    assert reached <= BY_MESSAGE
