"""What a text names in quotes is there: a button, a field, a service, or what somebody else's page calls its own."""

import re

import pytest

from tests.unit.texts.test_given_up_words import administrator_texts, guide_texts, shown_texts

_QUOTED = {"bg": re.compile(r"„([^„“]*)“"), "en": re.compile(r"“([^“”]*)”")}

NOT_OURS = {
    "Активиране": "a button of Teams",
    "Activate": "the same",
    "Управление на екипи": "a page of Teams",
    "Manage teams": "the same",
    "Архивирани": "a part of it",
    "Archived": "the same",
    "Изтриване": "of Teams, of one's own message",
    "Delete": "the same",
    "…": "the menu of a message in Teams",
    "Изтегляния": "a folder of the computer",
    "Час на класа": "the name of a lesson",
    "Необходима е още информация": "a page of Microsoft's sign-in",
    "Пропускане засега": "its button",
    "Да": "a button of Microsoft's sign-in",
    "Приемане": "a reason as it is recorded",
    "Intake": "the same",
    "Иван 5а": "what somebody might type",
    "Ivan 5a": "the same",
    "д": "a letter of a law",
    "Application permissions": "of the portal of Entra, as the next ones are",
    "API permissions": "the same",
    "Tenant ID": "the same",
    "Managed": "the same",
    "Password Administrator": "the same",
    "or": "a word of the language of queries",
    "код@домейн": "how an account is named",
    "code@domain": "the same",
}
"""What is quoted and no text of ours, and what it is."""


def named(text: str, language: str) -> list[str]:
    """The names in a text; what a person or the tenant has named is not among them."""
    return [name for name in _QUOTED[language].findall(text) if "{" not in name]


_IN_PART = {"-statement": ". ", "-text": " ("}
"""A statement may be named by its first sentence, a field to write in without what stands in brackets."""


def titles(texts: dict[str, str]) -> set[str]:
    """What may be named: the whole of a text, without its full stop."""
    ends = ((text, end) for text_id, text in texts.items() for of, end in _IN_PART.items() if text_id.endswith(of))
    begun = {text.partition(end)[0] for text, end in ends}
    return {one.rstrip(".") for one in (*texts.values(), *begun)} | set(texts.values())


def missing(texts: dict[str, str], there: set[str], language: str) -> dict[str, str]:
    """The names that nothing has, by text."""
    return {
        name: text_id
        for text_id, text in texts.items()
        for name in named(text, language)
        if name not in there | NOT_OURS.keys()
    }


@pytest.mark.parametrize("language", ["bg", "en"])
def test_what_a_text_names_is_there(language: str) -> None:
    texts = shown_texts(language, whole=True) | administrator_texts(language)

    assert missing(texts, titles(texts), language) == {}
    assert sum(bool(named(text, language)) for text in texts.values()) > 20


@pytest.mark.parametrize("language", ["bg", "en"])
def test_what_the_guide_names_is_there(language: str) -> None:
    """Both guides name in Bulgarian what is on the screen."""
    texts = shown_texts("bg", whole=True) | administrator_texts("bg")
    guide = guide_texts(language)

    assert missing(guide, titles(texts), "bg") == {}
    assert any(named(text, "bg") for text in guide.values())


def test_what_is_not_ours_is_still_named() -> None:
    said = {
        name
        for language in ("bg", "en")
        for text in (shown_texts(language, whole=True) | administrator_texts(language)).values()
        for name in named(text, language)
    }

    assert said >= NOT_OURS.keys()


def test_it_would_be_noticed() -> None:
    told = {"hint": "„Таблица на класните стаи“ дава целия списък в Excel."}

    assert missing(told, {"Таблица (Excel)"}, "bg") == {"Таблица на класните стаи": "hint"}
    service = {"command": "Класни стаи (Teams)", "told": "Услугата „Класни стаи“ ще е празна."}
    assert missing(service, titles(service), "bg") == {"Класни стаи": "told"}, "the beginning is not the name"
