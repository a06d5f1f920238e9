"""The real files: what no text of ours may hold, in either language."""

import re
from pathlib import Path

import pytest

from bot.dialogs import DIALOGS
from bot.router import Router
from bot.texts.catalog import LANGUAGES, Catalog
from bot.texts.source import TextError
from tests.conversations.bot import DIALOG_NAMES

TEXTS = Path(__file__).parents[3] / "bot" / "texts"
_COMMAND_TEXTS = ("", "-hint", "-word", "-example")


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return Catalog.load()


@pytest.mark.parametrize("file", sorted(TEXTS.glob("*/*.ftl")), ids=lambda file: f"{file.parent.name}/{file.name}")
def test_no_text_holds_an_invisible_character_or_an_identifier(file: Path) -> None:
    text = file.read_text(encoding="utf-8")

    assert not re.findall("[\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u2069\ufeff]", text)
    assert not re.findall(r"\d{9,}", text)


@pytest.mark.parametrize("command", DIALOG_NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_says_what_it_does_and_what_to_type(catalog: Catalog, command: str, language: str) -> None:
    t = catalog.speak(language)
    texts = [t(f"command-{command}{ending}") for ending in _COMMAND_TEXTS]

    assert len(set(texts)) == len(texts)
    assert all(bool(re.search("[а-я]", text)) == (language == "bg") for text in texts)
    assert all("\n" not in text and "!" not in text for text in texts)


@pytest.mark.parametrize("command", DIALOG_NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_command_tells_people_to_type_opens_it(catalog: Catalog, command: str, language: str) -> None:
    router, t = Router(catalog, DIALOGS), catalog.speak(language)
    for ending in ("", "-word", "-example"):
        said = t(f"command-{command}{ending}")
        assert router.hear(said).name == command, said
        assert router.hear(f"  {said.upper()}! ").name == command, said
        assert router.hear(f"{said}, pls").name == command, said


def test_no_sentence_ends_twice_after_a_moment(catalog: Catalog) -> None:
    """A Bulgarian moment ends in "ч." or "г.", and a full stop after it would be a second one."""
    t = catalog.speak("bg")
    moments = dict.fromkeys(("at", "until", "since"), "24.11.2056 г., 08:00 ч.")
    dated = [text_id for text_id in catalog.ids if catalog.variables(text_id) & moments.keys()]
    for text_id in dated:
        names = catalog.variables(text_id)
        try:
            text = t(text_id, **{name: moments.get(name, "x") for name in names})
        except TextError:  # one of them counts
            text = t(text_id, **{name: moments.get(name, 2) for name in names})
        assert ".." not in text, text_id
    assert len(dated) > 20
