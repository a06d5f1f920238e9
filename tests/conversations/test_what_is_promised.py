"""No text speaks of a service that whoever reads it does not have, and nobody is told a director's words but a director."""

from collections.abc import Mapping

import pytest

from bot.core.actors.model import RoleFacts
from bot.core.people.model import Kind
from bot.dialogs import DIALOGS
from bot.texts.catalog import LANGUAGES
from tests.conversations.bot import (
    CATALOG,
    DEPUTY,
    DIRECTOR,
    DISABLED,
    FACTS,
    LIPA,
    LOST,
    RUO,
    STRANGER,
    STUDENT,
    TEACHER,
    UTRO,
    Bot,
    buttons,
    shown,
)
from tests.conversations.test_anything_said import HEARS, few_of_each
from tests.conversations.test_menu import MAY
from tests.fakes import FakeRoleSource

NEW_TEACHER, EXPERT = "teacher-without-school", "expert-without-region"
UNCONNECTED = (
    RoleFacts(NEW_TEACHER, exists=True, enabled=True, username="n.s@edu.mon.bg", education_role=Kind.TEACHER),
    RoleFacts(EXPERT, exists=True, enabled=True, username="o.bez@edu.mon.bg", app_roles=("RegionalOffice",)),
)
EVERYBODY = (DIRECTOR, DEPUTY, TEACHER, RUO, STUDENT, STRANGER, DISABLED, LOST, NEW_TEACHER, EXPERT)
LISTED = set().union(*MAY.values())
SERVICES = [one.name for one in DIALOGS if one.name in LISTED]
TOLD = {
    "help-teacher": {"class-links", "own-class"},
    "help-regional-office": {"requests"},
    "requests-hint-decides": {"requests"},
    "links-hint-own": {"class-links"},
}
"""Texts about services → which."""
OF_A_DIRECTOR = ("refusal-school-unknown", "help-school-unknown")


def room() -> Bot:
    roles = FakeRoleSource((*FACTS, *UNCONNECTED), (LIPA, UTRO))
    bot = Bot(router=HEARS, roles=roles)
    bot.appoint()
    return bot


def spoken_of(language: str) -> Mapping[str, set[str]]:
    """What may stand on a card → the services it speaks of."""
    t = CATALOG.speak(language)
    quoted = {"bg": "„{}“", "en": "“{}”"}[language]
    names = {quoted.format(t(f"command-{name}{end}")): {name} for name in SERVICES for end in ("", "-word")}
    hints = {t(f"command-{name}-hint"): {name} for name in SERVICES}
    return {**names, **hints, **{t(text_id): services for text_id, services in TOLD.items()}}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("who", EVERYBODY)
async def test_no_text_promises_a_service_that_is_not_among_the_buttons(who, language):
    bot, locale, t = room(), {"locale": f"{language}-BG"}, CATALOG.speak(language)
    speaks = spoken_of(language)
    directors = [t(text_id).split(".")[0] for text_id in OF_A_DIRECTOR]
    wrong = []
    for text in few_of_each():
        bot.preferences.languages.clear()
        reply = await bot.says(who, text, **locale)
        words = shown(reply)
        promised = set().union(*(services for said, services in speaks.items() if said in words))
        if not promised <= {*MAY.get(who, ())}:
            wrong.append((text, words))
        if who not in {DIRECTOR, LOST} and any(one in words for one in directors):
            wrong.append((text, words))

    assert wrong == []


@pytest.mark.parametrize("says", ["здравейте", "помощ", "класни стаи", "парола", "моята паралелка", "абракадабра"])
async def test_a_teacher_of_no_school_and_an_expert_of_no_region_are_told_what_is_missing(says):
    bot = room()

    teacher, expert = await bot.says(NEW_TEACHER, says), await bot.says(EXPERT, says)

    assert "не е свързан с училище" in shown(teacher)
    assert "директора на училището" in shown(teacher)
    assert "Не е известно за коя област отговаряте" in shown(expert)
    for reply in (teacher, expert):
        assert set(buttons(reply)) <= {"Помощ", "English"}
