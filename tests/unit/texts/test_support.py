"""Nobody is sent to a support that has no name, and everybody to whom they can reach."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, FluentSerializer, ast

from bot.core.actors.model import Role
from bot.texts.catalog import DEFAULT_LANGUAGE, LANGUAGES, Catalog
from bot.texts.source import TextError
from bot.texts.support import Asker, Noted, Support
from cards.card import paragraphs_of

BOT = Path(__file__).parents[3] / "bot"
CATALOG = Catalog.load()
NAMED = Support("+359 2 000 00 00", "help_desk@example.bg", "https://example.bg/help?a=1")
WITH = CATALOG.with_support(NAMED)
SENDS = sorted(text_id for text_id, text in CATALOG._texts[DEFAULT_LANGUAGE].items() if text.sends)

_NAMES_SUPPORT = re.compile(r"поддръжк|\bsupport\b", re.IGNORECASE)
_PLACEABLE = re.compile(r"\{[^{}]*\}")
MAY_NAME_IT = frozenset(
    {
        "ask-support",  # said together with the ways to reach it
        "about-support",  # the title of a page
        "settings-support-asked",  # the doctor, of the settings
        "words-help",  # what people type
    }
)


def naming(text: str) -> Iterator[str]:
    """The ids of the texts that name support themselves."""
    for entry in FluentParser(with_spans=False).parse(text).body:
        if isinstance(entry, ast.Message | ast.Term):
            name, said = entry.id.name, FluentSerializer().serialize_entry(entry).partition("=")[2]
            if name not in MAY_NAME_IT and _NAMES_SUPPORT.search(_PLACEABLE.sub("", said)):
                yield name


def arguments(text_id: str) -> dict[str, str | int]:
    return dict.fromkeys(CATALOG.variables(text_id), "X")


@pytest.mark.parametrize("file", sorted(BOT.rglob("*.ftl")), ids=lambda file: str(file.relative_to(BOT)))
def test_no_text_names_support_itself(file):
    assert list(naming(file.read_text(encoding="utf-8"))) == []


def test_no_code_names_it_either():
    files = sorted(BOT.rglob("*.py"))
    assert len(files) > 200
    assert [str(file) for file in files if "поддръжк" in file.read_text(encoding="utf-8").lower()] == []


@pytest.mark.parametrize(
    "text", ["a = Обърнете се към Поддръжката.", "a = Please tell support.", "a =\n    x\n    към поддръжката на МОН"]
)
def test_a_text_that_names_it_is_found(text):
    assert list(naming(text)) == ["a"]


def test_a_text_that_leaves_it_to_the_catalog_is_not():
    assert list(naming("a = Обърнете се към { $support }. Supported.")) == []


def test_in_bulgarian_the_phrase_stands_where_its_form_is_right():
    found = 0
    for file in sorted(BOT.rglob("*.ftl")):
        if "bg" in {file.stem, file.parent.name}:
            for before in re.findall(r"(\S+)\s+\{\s*\$support\s*\}", file.read_text(encoding="utf-8")):
                found += 1
                assert before in {"към", "на"}, file
    assert found == len(SENDS) >= 20


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("asker", Asker)
@pytest.mark.parametrize("text_id", SENDS)
def test_without_support_every_text_says_whom_to_ask(text_id, asker, language):
    said = CATALOG.speak(language, asker)(text_id, **arguments(text_id))

    assert not _NAMES_SUPPORT.search(said)
    bulgarian = {
        Asker.DIRECTOR: "регионалното управление на образованието (РУО)",
        Asker.OF_SCHOOL: "директора на училището",
        Asker.REGIONAL_OFFICE: "Министерството на образованието и науката",
        Asker.UNKNOWN: "директора на училището или РУО",
    }
    english = {
        Asker.DIRECTOR: "regional office",
        Asker.OF_SCHOOL: "director of the school",
        Asker.REGIONAL_OFFICE: "Ministry",
        Asker.UNKNOWN: "director of the school or the regional office",
    }
    assert (bulgarian if language == "bg" else english)[asker] in said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text_id", SENDS)
def test_with_support_every_text_tells_how_to_reach_it(text_id, language):
    for asker in set(Asker) - {Asker.OF_SCHOOL}:
        said = WITH.speak(language, asker)(text_id, **arguments(text_id))
        assert _NAMES_SUPPORT.search(said)
        assert all(way in said for way in (NAMED.phone, NAMED.email, NAMED.page))


@pytest.mark.parametrize("language", LANGUAGES)
def test_teachers_and_students_turn_to_their_director_whatever_support_there_is(language):
    for text_id in SENDS:
        said = WITH.speak(language, Asker.OF_SCHOOL)(text_id, **arguments(text_id))
        assert said == CATALOG.speak(language, Asker.OF_SCHOOL)(text_id, **arguments(text_id))
        assert NAMED.email not in said


@pytest.mark.parametrize(
    ("support", "said"),
    [
        (Support(phone="02 000"), "поддръжката (тел. 02 000)"),
        (Support(email="a@b.bg"), "поддръжката (a@b.bg)"),
        (Support(page="https://b.bg"), "поддръжката (https://b.bg)"),
        (Support("02 000", "a@b.bg"), "поддръжката (тел. 02 000, a@b.bg)"),
    ],
)
def test_only_the_ways_there_are_are_told(support, said):
    assert support.whom(Asker.DIRECTOR, CATALOG.speak("bg")) == said


@pytest.mark.parametrize(
    ("role", "asker"),
    [
        (Role.DIRECTOR, Asker.DIRECTOR),
        (Role.TEACHER, Asker.OF_SCHOOL),
        (Role.STUDENT, Asker.OF_SCHOOL),
        (Role.REGIONAL_OFFICE, Asker.REGIONAL_OFFICE),
        (Role.NONE, Asker.UNKNOWN),
    ],
)
def test_every_role_is_sent_where_it_belongs(role, asker):
    assert Asker.of(role) is asker


@pytest.mark.parametrize("support", [Support(), NAMED])
@pytest.mark.parametrize("asker", Asker)
def test_the_reference_number_is_told_once_and_only_where_somebody_is_sent(asker, support):
    told: list[tuple[str, str]] = []
    numbers = iter(("AB12CD34", "second"))
    noted = Noted(lambda: next(numbers), lambda reference, text_id: told.append((reference, text_id)))
    t = CATALOG.with_support(support).speak("bg", asker, noted)

    assert "справка" not in t("error-store-unavailable")
    assert (noted.reference, told) == ("", [])
    assert "номер AB12CD34)" in t("refusal-protected")
    assert "номер AB12CD34)" in t("error-not-granted")
    assert t("error-unknown", reference="AB12CD34").count("AB12CD34") == 1
    assert told == [("AB12CD34", "refusal-protected"), ("AB12CD34", "error-not-granted")]


def test_nobody_else_fills_the_phrase_in():
    with pytest.raises(TextError, match="superfluous"):
        CATALOG.speak("bg")("refusal-protected", support="x")
    assert "support" not in CATALOG.variables("refusal-protected")


def test_one_catalog_does_not_tell_the_support_of_another():
    CATALOG.with_support(NAMED)
    assert NAMED.email not in CATALOG.speak("bg", Asker.DIRECTOR)("refusal-protected")


def test_a_card_shows_the_ways_as_they_were_written():
    said = WITH.speak("bg", Asker.DIRECTOR)("refusal-protected")
    (paragraph,) = paragraphs_of(said)
    shown = "".join(run.text if hasattr(run, "text") else str(run) for run in paragraph.inlines)
    assert f"(тел. {NAMED.phone}, {NAMED.email}, {NAMED.page})" in shown
