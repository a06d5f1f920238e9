"""The menu, the help and what is not understood: short, only what the person may do, and a way to everything else."""

import itertools

import pytest

from bot.conversation import Reply
from bot.core.errors import DirectoryUnavailable
from bot.texts.catalog import LANGUAGES
from tests.conversations.bot import (
    CATALOG,
    DEPUTY,
    DIRECTOR,
    DISABLED,
    EGN_OWN,
    LOST,
    RUO,
    STRANGER,
    STUDENT,
    TEACHER,
    Bot,
    buttons,
    nodes,
    shown,
)

T = {language: CATALOG.speak(language) for language in LANGUAGES}
MAY = {
    DIRECTOR: ("lookup", "password", "requests", "accounts", "class-links"),
    DEPUTY: ("requests", "class-links", "own-class"),
    TEACHER: ("class-links", "own-class"),
    RUO: ("requests", "region"),
    STUDENT: (),
    STRANGER: (),
    DISABLED: (),
    LOST: (),
}
"""What each role may do, what it needs most first."""

SMALL_TALK = {
    "благодаря": "courtesy-thanks",
    "Мерси много!": "courtesy-thanks",
    "🙏": "courtesy-thanks",
    "довиждане": "courtesy-farewell",
    "ок": "courtesy-thanks",
    "браво": "courtesy-thanks",
    "❤️": "courtesy-thanks",
    "да": "courtesy-agreed",
    "не": "courtesy-stop",
    "Не потвърждавам": "courtesy-stop",
    "потвърждавам": "courtesy-agreed",
    "👍": "courtesy-agreed",
    "отказ": "courtesy-stop",
    "cancel": "courtesy-stop",
    "назад": "courtesy-back",
}
_ACROSS = 34
"""Characters of a line on a card of 320 px."""


def room() -> Bot:
    bot = Bot()
    bot.appoint()
    return bot


def before_the_first_button(reply: Reply) -> list[str]:
    """What stands above it, whether the buttons are the card's own or stand in its body."""
    above: list[str] = []
    body = (reply.card or {})["body"]
    assert isinstance(body, list)
    for part in body:
        if part["type"] == "ActionSet":
            break
        above.append("".join(str(node["text"]) for node in nodes(part) if "text" in node))
    return above


def lines_of(texts: list[str]) -> int:
    return sum(-(-len(text) // _ACROSS) for text in texts)


def about(who: str, *, language: str = "bg") -> list[str]:
    """The services of the menu: of five, three and what leads to the others."""
    names = [T[language](f"command-{name}") for name in MAY[who]]
    return names if len(names) <= 4 else [*names[:3], T[language]("services-more")]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("who", MAY)
async def test_each_card_offers_what_this_person_may_and_nothing_else(who, language):
    bot, t, locale = room(), T[language], {"locale": f"{language}-BG"}
    help_, other = t("command-help"), t(f"language-{'en' if language == 'bg' else 'bg'}")
    welcome = await bot.installs(who, **locale)
    assert welcome is not None

    offered = about(who, language=language)
    assert buttons(welcome) == [*offered, help_, other]
    assert buttons(await bot.says(who, "здравейте", **locale)) == [*offered, help_, other]
    assert buttons(await bot.says(who, "помощ", **locale)) == [*offered, other]
    assert buttons(await bot.says(who, "абракадабра", **locale)) == [*offered[:2], help_]
    assert buttons(await bot.says(who, "отказ", **locale)) == [*offered[:2], help_]
    assert buttons(await bot.says(who, "благодаря", **locale)) == [help_]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("who", MAY)
async def test_every_button_of_the_menu_opens_what_it_is_called(who, language):
    bot, t, locale = room(), T[language], {"locale": f"{language}-BG"}
    for says in ("здравейте", "помощ", "абракадабра", "назад"):
        card = await bot.says(who, says, **locale)
        for title in buttons(card):
            reply = await bot.presses_elsewhere(who, card, title, locale)
            bot.preferences.languages.clear()
            assert reply.card is not None, title
            assert not reply.refused
            assert t("card-menu-not-understood-title") not in shown(reply)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("who", MAY)
async def test_the_first_button_stands_on_the_first_screen(who, language):
    """Of a phone of 320×560: a title and at most what fits a third of it, whatever is folded below the buttons."""
    bot, locale = room(), {"locale": f"{language}-BG"}
    welcome = await bot.installs(who, **locale)
    assert welcome is not None

    for card in [
        welcome,
        *[await bot.says(who, text, **locale) for text in ("помощ", "абракадабра", "здравей", "назад")],
    ]:
        above = before_the_first_button(card)
        assert len(above) <= 2, "a title, and one line"
        assert lines_of(above) <= (4 if MAY[who] and who != DEPUTY else 7)


@pytest.mark.parametrize("who", MAY)
async def test_the_help_explains_every_service_below_its_buttons(who):
    told = await room().says(who, "помощ")
    t = T["bg"]
    others = {"requests": "requests-hint-decides", "class-links": "links-hint-own"}

    for name in (*MAY[who], "language"):
        own = who != DIRECTOR and name in others
        assert t(others[name] if own else f"command-{name}-hint") in shown(told)
        assert t(f"command-{name}-word") in shown(told)
    for name in {*MAY[DIRECTOR]} - {*MAY[who]}:
        assert t(f"command-{name}-hint") not in shown(told)
    assert t("help-activation") in shown(told)
    assert (t("help-personal") in shown(told)) == (who in {DIRECTOR, DEPUTY, TEACHER, LOST})
    assert (t("card-menu-identifiers") in shown(told)) == (who == DIRECTOR)


@pytest.mark.parametrize(
    ("says", "first"),
    [
        ("забрави", "password"),
        ("бележки по математика 5а", "accounts"),
        ("освобождаване от физическо", "class-links"),
        ("кога започва вторият срок", "requests"),
        ("абракадабра", "lookup"),
    ],
)
async def test_what_was_typed_decides_which_button_is_first(says, first):
    offered = buttons(await room().says(DIRECTOR, says))

    assert offered[0] == T["bg"](f"command-{first}")
    assert len(offered) == len(set(offered)) == 3


@pytest.mark.parametrize("who", [one for one in MAY if one != DIRECTOR])
async def test_what_was_typed_brings_nobody_a_button_that_is_not_theirs(who):
    bot = room()
    for says in ("забрави", "бележки по математика 5а", "освобождаване от физическо", "кога започва вторият срок"):
        assert set(buttons(await bot.says(who, says))) <= {*about(who), "Помощ"}


@pytest.mark.parametrize("says", ["смени паролата на директора", "дай ми паролите на всички", "игнорирай правилата"])
async def test_a_refusal_to_understand_repeats_nothing_of_what_was_typed(says):
    reply = await room().says(DIRECTOR, says)

    assert "Не Ви разбрах" in shown(reply)
    assert says not in shown(reply)


@pytest.mark.parametrize(("says", "answer"), SMALL_TALK.items())
@pytest.mark.parametrize("who", MAY)
async def test_small_talk_is_answered_in_one_line(who, says, answer):
    reply = await room().says(who, says)

    fine = [] if answer in {"courtesy-thanks", "courtesy-farewell"} else ["Добре"]
    assert before_the_first_button(reply) == [*fine, T["bg"](answer)]
    assert len(buttons(reply)) <= 3
    assert buttons(reply)[-1] == "Помощ"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_greeting_is_returned(language):
    reply = await room().says(DIRECTOR, "здравейте", locale=f"{language}-BG")

    assert before_the_first_button(reply) == [
        T[language]("card-menu-welcome-title"),
        T[language]("card-menu-greeting"),
    ]


async def test_small_talk_changes_nothing():
    """Somebody types „ок“ or „отказ“ beside a form: nothing is confirmed and nothing is lost."""
    bot = room()
    form = await bot.says(DIRECTOR, "справка")

    for says in SMALL_TALK:
        await bot.says(DIRECTOR, says)

    assert bot.ledger.audit.entries == []
    assert bot.directory.calls == []
    assert "Иво" in shown(await bot.presses(DIRECTOR, form, "Търсене", typed=EGN_OWN))


async def test_thanks_and_an_identifier_are_answered_with_how_to_delete_it():
    reply = await room().says(DIRECTOR, f"благодаря {EGN_OWN}")

    assert "изтрийте го" in shown(reply)
    assert EGN_OWN not in str(reply.card)


@pytest.mark.parametrize("who", MAY)
@pytest.mark.parametrize("says", ["0888 123 456", "тел. +359 888 123 456", "обадете се на 0878123456"])
async def test_a_telephone_number_is_not_taken_for_an_identifier(who, says):
    reply = await room().says(who, says)

    assert "изтрийте го" not in shown(reply)
    assert "Не Ви разбрах" in shown(reply)
    assert "123456" not in str(reply.card).replace(" ", "")


@pytest.mark.parametrize("says", ["парола за Иво, тел. 0888 123 456", "временна парола 0888123456"])
async def test_beside_a_telephone_number_the_form_opens_empty(says):
    reply = await room().says(DIRECTOR, says)

    assert "Търсене" in buttons(reply)
    assert "изтрийте го" not in shown(reply)


@pytest.mark.parametrize("says", ["0845123456", "0898123456", f"0888 123 456, {EGN_OWN}", "ЕГН 0888123456"])
async def test_what_may_be_an_identifier_is_warned_of_as_before(says, caplog):
    caplog.set_level("DEBUG")
    reply = await room().says(DIRECTOR, says)

    assert "изтрийте го" in shown(reply)
    assert EGN_OWN not in str(reply.card) + caplog.text


@pytest.mark.parametrize("who", MAY)
async def test_while_the_role_cannot_be_read_every_short_card_says_so(who):
    bot = room()
    bot.roles.fail_with = DirectoryUnavailable("down")

    for says in ("здравейте", "помощ", "абракадабра"):
        reply = await bot.says(who, says)
        assert "временно не е достъпна" in shown(reply)
        assert set(buttons(reply)) <= {"Помощ", "English"}
    for says in ("благодаря", "отказ"):
        assert buttons(await bot.says(who, says)) == ["Помощ"]


@pytest.mark.parametrize(("one", "other"), itertools.combinations(("искане", "искания", "Искания", "request"), 2))
async def test_one_letter_makes_no_other_command(one, other):
    bot = room()

    assert shown(await bot.says(DIRECTOR, one)) == shown(await bot.says(DIRECTOR, other))


@pytest.mark.parametrize("says", ["ново искане", "преместен ученик", "искам да подам искане"])
async def test_the_form_of_a_new_request_opens_for_a_director_only(says):
    bot = room()

    assert "Номер на ученика" in shown(await bot.says(DIRECTOR, says))
    for who in MAY.keys() - {DIRECTOR}:
        assert "Номер на ученика" not in shown(await bot.says(who, says))


async def test_a_new_request_is_begun_from_the_list():
    bot = room()
    listed = await bot.presses(DIRECTOR, await bot.says(DIRECTOR, "помощ"), "Искания")

    assert "Номер на ученика" in shown(await bot.presses(DIRECTOR, listed, "Ново искане"))
