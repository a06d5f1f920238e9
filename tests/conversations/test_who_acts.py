"""Who has to act and what is to be done agree, whoever reads it."""

from datetime import UTC, datetime

import pytest

from bot.core.class_links.model import WHO, Link, LinkState, Who
from bot.dialogs.class_links.words import step, who_word
from bot.texts.catalog import LANGUAGES
from tests.conversations.bot import CATALOG

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
REMIND = {"bg": "Напомнете на учителя", "en": "Remind the teacher"}
REPORT = {"bg": "Подайте сигнал", "en": "Report it"}
HELP_DESK = {"bg": "помощ на НЕИСПУО", "en": "NEISPUO help desk"}
STATES = [state for state in LinkState if WHO[state] is not Who.NOBODY]


def told(state: LinkState, language: str, *, director: bool) -> str:
    link = Link("row", "Музика - 5 а - ООП", "a.b", state)
    return step(link, CATALOG.speak(language), language, now=NOW, director=director, awaited=False)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", STATES)
def test_what_the_teacher_has_to_do_the_director_reminds_of_and_what_the_help_desk_is_reported(state, language):
    link = Link("row", "Музика - 5 а - ООП", "a.b", state)
    t, words = CATALOG.speak(language), told(state, language, director=True)

    assert who_word(link, t) == t(f"link-who-{WHO[state]}")
    assert (REMIND[language] in words) == (WHO[state] is Who.TEACHER)
    assert (REPORT[language] in words) == (WHO[state] is Who.HELP_DESK)
    assert REMIND[language] not in told(state, language, director=False)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("service", ["account", "listed"])
def test_of_two_accounts_the_help_desk_is_told(service, language):
    t = CATALOG.speak(language)

    assert HELP_DESK[language] in t(f"{service}-who-neispuo")
    assert HELP_DESK[language] in t(f"{service}-next-two")
