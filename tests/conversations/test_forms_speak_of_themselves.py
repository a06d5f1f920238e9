"""A form that refuses what was typed speaks of the fields, choices and buttons that it has. All buttons of everybody
are pressed by `test_everything_pressed.py`, which asks the same of every form; here each form that searches is given
what its kinds cannot be.
"""

import pytest

from bot.conversation import Reply
from bot.core.people.model import Kind
from bot.texts.catalog import LANGUAGES
from tests.conversations.bot import CATALOG, DIRECTOR, LIPA, PEOPLE, Bot, buttons, nodes, person, shown
from tests.conversations.walk import inputs_of, lacking

TYPED = (
    "Иван Петров",
    "Ivan Petrov",
    "Еднаква",
    "иван.петров",
    "ip01234567",
    "а",
    "5а",
    "41460540О6",
    "414605404",
    "4146054047",
    "4146054046",
    "9999999014",
    "0000000000",
    "4,146,054,046",
    "4.14605E+09",
    "4446054046",
    "4199054046",
    "12",
    "1",
    "@@@",
    " ",
)
"""Names, usernames, classes, and numbers with every fault."""
FORMS = ("справка", "парола", "ново искане", "упълномощаване")
STAFF = tuple(
    person(900 + n, f"Иван Пробен Петров{'а' * n}", "", LIPA, kind=Kind.TEACHER, teams=(), grade="")
    for n in range(60)
)


async def opened(bot: Bot, form: str, locale: str):
    """The form, by its words; that of a deputy by its buttons."""
    if form != "упълномощаване":
        return await bot.says(DIRECTOR, form, locale=locale)
    reply = await bot.says(DIRECTOR, "искания", locale=locale)
    for verb in ("deputies", "deputy.find"):
        title = next(node["title"] for node in nodes(reply.card) if node.get("verb") == verb)
        reply = await bot.presses(DIRECTOR, reply, title)
    return reply


def kinds_of(form) -> list[str]:
    return [choice["value"] for node in inputs_of(form) if node["id"] == "kind" for choice in node["choices"]]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", FORMS)
async def test_what_a_form_refuses_it_refuses_by_what_it_has(form, language):
    bot, t = Bot(people=(*PEOPLE, *STAFF)), CATALOG.speak(language)
    await bot.says(DIRECTOR, t(f"language-{language}"))
    card = await opened(bot, form, "bg-BG")
    kinds = kinds_of(card)
    told = set()
    for kind in (*kinds, "name", "nonsense", ""):
        for typed in TYPED:
            bot.clock.move(days=1)
            card = await opened(bot, form, "bg-BG")
            answer = await bot.presses(DIRECTOR, card, t("card-form-search"), kind=kind, typed=typed)
            assert not lacking(answer), (kind, typed, lacking(answer))
            words = shown(answer)
            told.add(words)
            has = {choice["title"] for node in inputs_of(answer) for choice in node.get("choices", ())}
            if inputs_of(answer) and t("card-form-kind-name") not in has:
                assert t("identifier-not-digits") not in words, (kind, typed)
                assert t("lookup-kind-missing") not in words or kind != "name", (kind, typed)
            if "egn" not in kinds:
                assert "ЕГН" not in words, (kind, typed)
                assert "EGN" not in words, (kind, typed)
    assert len(told) > 4


async def test_a_name_typed_for_a_request_is_told_that_a_number_is_needed():
    bot = Bot()
    form = await bot.says(DIRECTOR, "ново искане")

    answer = await bot.presses(DIRECTOR, form, "Търсене", kind="egn", typed="Мая Преместена")

    assert "служебния номер от документа на ученика: по име искане не се подава" in shown(answer)
    assert "потребителско име" not in shown(answer)


async def test_of_many_colleagues_of_one_name_none_is_asked_for_by_class_or_number():
    bot = Bot(people=(*PEOPLE, *STAFF))

    many = await bot.presses(DIRECTOR, await opened(bot, "упълномощаване", "bg-BG"), "Търсене", typed="Иван")

    assert "учители с такова име" in shown(many)
    assert "паралелката" not in shown(many)
    assert "Търсене" in buttons(many)


async def test_the_walk_notices_a_field_that_a_form_has_not():
    form = await Bot().says(DIRECTOR, "ново искане")
    assert not lacking(form)

    told = {"type": "TextBlock", "text": "Моля, изберете „Име“ в полето „Търсене по“."}

    assert lacking(Reply(card={**(form.card or {}), "told": told})) == {"Име"}
