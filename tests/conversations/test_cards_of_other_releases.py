"""A card lives for ninety days and the bot changes meanwhile: what a card says that this release does not know."""

from dataclasses import replace
from datetime import timedelta
from enum import StrEnum

import pytest

from bot.conversation import Pressed, Reply
from bot.presser import MENU_LIFETIME
from bot.seals import Holder, Sealer
from bot.texts.catalog import LANGUAGES
from tests.conversations.bot import (
    CATALOG,
    DEPUTY,
    DIRECTOR,
    DISABLED,
    LOST,
    RUO,
    STRANGER,
    STUDENT,
    TEACHER,
    VERBS,
    Bot,
    buttons,
    shown,
)

EVERYBODY = (DIRECTOR, DEPUTY, TEACHER, RUO, STUDENT, STRANGER, DISABLED, LOST)


class Other(StrEnum):
    """Verbs of another release."""

    RENAMED = "lookup.search-by-number"
    EMPTY = ""
    LONG = "x" * 150


async def pressed(bot: Bot, who: str, verb: StrEnum, *, key: bytes = b"s" * 32, holder: str = "", **more) -> Reply:
    """A press on a card of that release: sealed with our key, unless another is given."""
    automatic, locale = more.pop("automatic", False), more.pop("locale", "bg-BG")
    turn = bot.turn(who, Pressed(verb, {}), locale=locale)
    held = Holder.of(bot.turn(holder or who, Pressed("", {})))
    data = Sealer(key, lambda: "nonce").seal(verb, held, bot.clock(), MENU_LIFETIME, **more)
    answer = await bot.responder(replace(turn, occasion=Pressed(verb, data, automatic=automatic)))
    assert answer is not None
    return answer


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("verb", Other)
@pytest.mark.parametrize("who", EVERYBODY)
async def test_a_verb_that_is_gone_is_too_old_with_a_way_forward(who, verb, language):
    bot, t = Bot(), CATALOG.speak(language)
    bot.appoint()

    for automatic in (False, True):
        reply = await pressed(bot, who, verb, locale=f"{language}-BG", automatic=automatic)
        assert t("refusal-card-expired") in shown(reply)
        assert buttons(reply)[-1] == t("command-help")
        assert not reply.refused

    bot.clock.move(days=89)
    assert t("refusal-card-expired") in shown(await pressed(bot, who, verb, locale=f"{language}-BG"))


@pytest.mark.parametrize("verb", Other)
async def test_whose_it_is_and_whether_it_is_ours_is_said_first(verb):
    bot = Bot()

    assert "не може да бъде разпознато" in shown(await pressed(bot, DIRECTOR, verb, key=b"x" * 32))
    assert "друг потребител" in shown(await pressed(bot, DIRECTOR, verb, holder=TEACHER))


@pytest.mark.parametrize("verb", VERBS)
async def test_no_verb_presumes_a_dialog(verb):
    """A verb that is still known and that no dialog answers any more is as one that is gone."""
    bot = Bot()
    bot.responder._by_verb.clear()

    assert "вече не е валиден" in shown(await pressed(bot, DIRECTOR, verb))
    await pressed(bot, STRANGER, verb, holder=DIRECTOR)
    old = bot.turn(DIRECTOR, Pressed(verb, {}))
    data = Sealer(b"s" * 32, lambda: "n").seal(verb, Holder.of(old), bot.clock() - timedelta(days=9), timedelta(1))
    late = await bot.responder(replace(old, occasion=Pressed(verb, data)))
    assert late is not None
    assert "вече не е валиден" in shown(late)
