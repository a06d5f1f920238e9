"""What is refused leads on: to what the person may do, and never by the button that was just pressed."""

import pytest

from bot.conversation import Reply
from bot.dialogs import DIALOGS
from bot.texts.catalog import LANGUAGES
from tests.conversations.bot import (
    CATALOG,
    DEPUTY,
    DIALOG_NAMES,
    DIRECTOR,
    EGN_MOVED,
    EGN_NOBODY,
    LIPA,
    RUO,
    TEACHER,
    Bot,
    button_of,
    buttons,
    row_titles,
    shown,
)
from tests.conversations.own_class_room import OwnClassRoom
from tests.conversations.walk import EVERYBODY, UNREADABLE, on, refused

OWN_CLASS = "Моята паралелка"
PEOPLE = [who for who in EVERYBODY if who != UNREADABLE]


def again(reply: Reply, verb: str) -> list[str]:
    """The buttons that do what was just done."""
    return [one.title for one in on(reply) if one.verb == verb and not one.ids]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("who", PEOPLE)
async def test_no_refusal_offers_the_button_or_the_word_that_led_to_it(who, language):
    bot, t = Bot(), CATALOG.speak(language)
    locale = {"bg": "bg-BG", "en": "en-GB"}[language]
    opens = {dialog.name: dialog.opens for dialog in DIALOGS}
    menu = await bot.says(who, t("command-help"), locale=locale)
    answers = [(opens[name], await bot.says(who, t(f"command-{name}"), locale=locale)) for name in DIALOG_NAMES]
    answers += [(one.verb, await bot.presses(who, menu, one.title)) for one in on(menu)]

    assert [(verb, again(answer, verb)) for verb, answer in answers if refused(answer) and again(answer, verb)] == []


@pytest.mark.parametrize("who", [TEACHER, DEPUTY])
async def test_a_teacher_who_is_no_class_teacher_is_told_why_and_not_sent_there_again(who):
    bot = Bot()
    menu = await bot.says(who, "помощ")

    answer = await bot.presses(who, menu, OWN_CLASS)

    assert "липсва „Час на класа“ на паралелката" in shown(answer)
    assert buttons(answer) == ["Класни стаи в Teams", "Помощ"]


async def test_a_director_who_asks_for_an_own_class_is_sent_to_the_board_and_not_to_the_director():
    bot = Bot()

    words = shown(await bot.says(DIRECTOR, "моята паралелка"))

    assert "обърнете се към директора" not in words
    assert "напишете „профили“" in words
    assert "Предадени: 0 от" in shown(await bot.says(DIRECTOR, "профили"))


async def test_whose_class_was_given_to_another_is_not_sent_there_again_either():
    room = OwnClassRoom()
    card = await room.opened()
    room.bot.accounts.class_teacher(TEACHER, LIPA)

    for title in (*buttons(card), row_titles(card)[0]):
        assert OWN_CLASS not in buttons(await room.bot.presses(TEACHER, card, title)), title


@pytest.mark.parametrize("says", ["парола", "справка", "нулирай паролата на Мария от 5б"])
async def test_a_class_teacher_who_wants_a_password_gets_there_in_three_presses(says):
    room = OwnClassRoom()

    answer = await room.bot.says(TEACHER, says)

    assert buttons(answer)[0] == OWN_CLASS, "first"
    own = await room.bot.presses(TEACHER, answer, OWN_CLASS)
    pupil = await room.bot.presses(TEACHER, own, row_titles(own)[0])
    assert "Искане на парола" in buttons(pupil)
    assert all(f"„{name}“" in shown(answer) for name in (OWN_CLASS, "Искане на парола", "Помощ"))


@pytest.mark.parametrize("says", ["искания", "преместен ученик"])
async def test_a_teacher_who_asks_for_requests_reads_of_requests(says):
    words = shown(await Bot().says(TEACHER, says))

    assert "изпраща директорът" in words
    assert "парол" not in words


def test_a_refusal_that_sends_to_a_service_names_it():
    sent = [(one.name, reason) for one in DIALOGS for reason in one.instead_of]
    assert sent
    for name, reason in sent:
        for language in LANGUAGES:
            t = CATALOG.speak(language)
            assert t(f"command-{name}") in t(f"refusal-{reason}")


@pytest.mark.parametrize(("kind", "typed"), [("egn", EGN_MOVED), ("egn", EGN_NOBODY), ("name", "Мая Преместена")])
async def test_whoever_is_not_found_for_a_password_can_be_asked_for(kind, typed):
    bot = Bot()
    form = await bot.says(DIRECTOR, "парола")
    assert "Искане за преместен ученик" not in buttons(form), "nobody was looked for yet"

    answer = await bot.presses(DIRECTOR, form, "Търсене", kind=kind, typed=typed)

    assert "първо изпратете искане за профила му" in shown(answer)
    assert button_of(answer, "Искане за преместен ученик")["verb"] == "transfer.open"
    assert "Номер на ученика" in shown(await bot.presses(DIRECTOR, answer, "Искане за преместен ученик"))


@pytest.mark.parametrize("who", [TEACHER, DEPUTY])
async def test_the_help_promises_no_table_to_a_teacher(who):
    bot = Bot()
    offers = buttons(await bot.says(who, "таблица на класните стаи"))

    assert "Таблица (Excel)" not in offers
    assert "Excel" not in shown(await bot.says(who, "помощ"))
    assert "Excel" in shown(await bot.says(DIRECTOR, "помощ"))


@pytest.mark.parametrize(("language", "new"), [("bg", "ново искане"), ("en", "a new one")])
async def test_the_help_promises_a_new_request_to_whom_may_send_one(language, new):
    bot = Bot()
    bot.appoint()
    t = CATALOG.speak(language)
    locale = {"bg": "bg-BG", "en": "en-GB"}[language]
    for who in (DIRECTOR, DEPUTY, RUO):
        told = shown(await bot.says(who, t("command-help"), locale=locale))

        assert t("command-requests") in told
        assert (new in told) == (who == DIRECTOR), who
        assert (t("requests-hint-decides") in told) == (who != DIRECTOR), who
