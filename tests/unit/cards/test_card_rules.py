"""The rules of the house, on every card in every state and language, and on every card full of hostile text.

Each rule is one test, each card it does not hold for is named (a card is drawn once for all of them).
"""

import json
import logging
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import jsonschema_rs
import pytest

from tests.gallery.samples import HOSTILE, SAMPLES, Sample, hostile
from tests.unit.cards.parts import (
    OF_TEAMS,
    SHARED,
    VOICES,
    elements,
    of_type,
    shown,
    strings,
    without_those_of_teams,
)

Card = dict[str, Any]


def _written(card: Card) -> str:
    """The card as JSON, which is read again for each test: quicker than a copy, and a tuple in it would be seen."""
    written = json.dumps(card)
    assert json.loads(written) == card
    return written


@cache
def _drawn() -> tuple[tuple[Sample, str, str], ...]:
    return tuple(
        (sample, language, _written(sample.card(VOICES[language]))) for sample in SAMPLES for language in VOICES
    )


def every_card() -> Iterator[tuple[Sample, str, Card]]:
    """Each sample in each language: nobody's card is another's."""
    assert len(_drawn()) > 300
    for sample, language, card in _drawn():
        yield sample, language, json.loads(card)


@cache
def _drawn_hostile() -> tuple[tuple[str, str], ...]:
    return tuple(
        (f"{number}-{sample.name}", _written(sample.card(VOICES["bg"])))
        for number, text in enumerate(HOSTILE)
        for sample in hostile(text)[number % 3 :: 3]
    )


def every_hostile_card() -> Iterator[tuple[str, Card]]:
    """Each sample in three hostile worlds or four."""
    assert len(_drawn_hostile()) > 700
    for name, card in _drawn_hostile():
        yield name, json.loads(card)


@pytest.mark.says_less
def test_a_hostile_world_makes_a_card_say_less_by_its_size_and_by_nothing_else(caplog):
    _drawn_hostile.cache_clear()
    _drawn_hostile()
    said = [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]
    assert [words for words in said if "bytes; the house allows" not in words] == []


@pytest.fixture(scope="module")
def schema():
    path = SHARED / "schemas" / "adaptive-cards" / "adaptive-card-1.5.0.json"
    if not path.exists():
        pytest.skip("Microsoft's schema of Adaptive Cards 1.5 is not beside the project (../shared/schemas)")
    return jsonschema_rs.Draft6Validator(json.loads(path.read_text(encoding="utf-8")))


def test_every_card_is_an_adaptive_card_1_5(subtests, schema):
    for sample, language, card in every_card():
        with subtests.test(sample.name, language=language):
            assert [error.message for error in schema.iter_errors(without_those_of_teams(card))] == []
            assert card["version"] == "1.5"


def test_the_schema_would_notice_a_wrong_card(schema):
    card = SAMPLES[0].card(VOICES["bg"])
    card["body"][0]["size"] = "huge"
    assert list(schema.iter_errors(card))


def test_the_schema_would_notice_an_element_of_teams_own_that_leaves_nothing_behind(schema):
    sample = next(sample for sample in SAMPLES if of_type(sample.card(VOICES["bg"]), *OF_TEAMS))
    assert list(schema.iter_errors(sample.card(VOICES["bg"]))), "the schema does not know it"
    for instead in ("drop", {"type": "ProgressRing"}, {"type": "ColumnSet", "columns": [{"width": 1}], "wide": True}):
        card = sample.card(VOICES["bg"])
        for part in of_type(card, *OF_TEAMS):
            part["fallback"] = instead
        assert list(schema.iter_errors(without_those_of_teams(card))), instead
    card = sample.card(VOICES["bg"])
    del of_type(card, *OF_TEAMS)[0]["fallback"]
    with pytest.raises(KeyError):
        without_those_of_teams(card)


def test_no_number_stands_in_a_drawing_alone(subtests):
    """What Teams draws is said in words too: for who reads with the ear, and for clients that draw nothing."""
    for sample, language, card in every_card():
        for part in of_type(card, *OF_TEAMS):
            with subtests.test(sample.name, language=language):
                said = shown(without_those_of_teams(card))
                drawn = [part["value"]] if "value" in part else [one["value"] for one in part["data"][0]["data"]]
                assert all(re.search(rf"(?<!\d){number}(?!\d)", said) for number in drawn)
                assert not shown({"body": part["fallback"]}), "a reader of the screen has nothing to stop at"


def test_every_card_keeps_the_rules_of_the_house(subtests):
    for sample, language, card in every_card():
        with subtests.test(sample.name, language=language):
            assert card["lang"] == language
            assert card["fallbackText"]
            assert len(json.dumps(card, ensure_ascii=False).encode("utf-16-le")) <= 24 * 1024
            headings = [part for part in of_type(card, "TextBlock") if part.get("style") == "heading"]
            assert card["body"][0] is headings[0]
            assert len(headings) == 1
            assert all(part["wrap"] is True for part in of_type(card, "TextBlock", "Input.ChoiceSet"))
            assert not of_type(card, "FactSet", "Action.Submit", "Action.ShowCard", "Image", "Media")
            assert all(part["label"] for part in elements(card) if part["type"].startswith("Input."))
            assert all(part["errorMessage"] for part in elements(card) if part.get("isRequired"))
            rows = [part["selectAction"] for part in elements(card) if "selectAction" in part]
            actions = [action for action in of_type(card, "Action.Execute") if action not in rows]
            assert len({row["title"] for row in rows}) == len(rows) <= 15, "each row has a name of its own"
            least = 0 if "-told-" in sample.name else 1  # a message sent unasked may only tell; an answer leads on
            pressed = [row for row in rows if row["type"] == "Action.Execute"]
            assert least <= len(actions) + len(pressed)
            assert len(actions) <= 6
            presses = (*actions, *pressed)
            assert all(one["verb"] and one["data"]["seal"] and "fallback" not in one for one in presses)
            assert not any("refresh" in part or "speak" in part for part in elements(card))


def test_what_a_client_would_say_of_an_empty_input_is_said_by_the_card(subtests):
    """A client puts words of its own, in its own language, into an empty list or date."""
    for sample, language, card in every_card():
        with subtests.test(sample.name, language=language):
            dates = of_type(card, "Input.Date")
            lists = [part for part in of_type(card, "Input.ChoiceSet") if part.get("style") != "expanded"]
            assert all(part.get("placeholder") for part in dates)
            assert all(part.get("placeholder") or part.get("value") for part in lists)


def test_a_date_beyond_its_bounds_is_told_from_one_that_is_missing(subtests):
    for sample, language, card in every_card():
        with subtests.test(sample.name, language=language):
            for part in of_type(card, "Input.Date"):
                bounded = {"min", "max"} & set(part)
                assert not bounded or re.search(r"не може|не е възможна|cannot|not possible", part["errorMessage"])


def test_a_card_speaks_one_language(subtests):
    own_words = re.compile(r"[a-z]{4,}")
    allowed = {
        "english",
        "mon",
        "viber",
        "messenger",
        "teams",
        "microsoft",
        "excel",
        "viii",  # the grade
        "classroom",
        "google",
        "onedrive",
        *("school", "data", "sync", "oneroster"),  # names of forms of an export
        "users",  # users.csv, a file of the export
        *("xlsx", "xlsm"),  # endings of files
        "zege",
        "gosa",
        "zegegosa",
        "zegegosatu",
    }
    for sample, language, card in every_card():
        if language == "bg":
            with subtests.test(sample.name):
                read = [
                    text
                    for path, text in strings(
                        {"body": card["body"], "title": [action["title"] for action in card.get("actions", [])]}
                    )
                    if path[-1] in {"text", "label", "title", "placeholder", "errorMessage"} and "@" not in text
                ]
                assert read
                assert {word for text in read for word in own_words.findall(text.lower())} <= allowed


@pytest.mark.says_less
def test_text_from_outside_stands_only_where_no_client_reads_markdown(subtests):
    for name, card in every_hostile_card():
        with subtests.test(name):
            for block in of_type(card, "TextBlock"):
                assert not set("*_`~[]<>{}\\|#") & set(block["text"])
            for choices in of_type(card, "Input.ChoiceSet"):
                assert not any(set("*_`~[]<>{}\\|#") & set(choice["title"]) for choice in choices["choices"])
            assert not set("*_`~[]<>{}\\|#") & set(card["fallbackText"])


MARKED = "МАРКЕР"
OWN_WORDS = ("result-", "deputies")
"""Samples with a button for each of several: its title says which."""


def test_text_from_outside_enters_runs_values_and_titles_of_choices_and_rows_only(subtests):
    marked = 0
    for sample in hostile(MARKED):
        card = sample.card(VOICES["bg"])
        places = {(*_place(card, path), "selectAction" in path) for path, text in strings(card) if MARKED in text}
        marked += bool(places)
        allowed = {("TextRun", "text", False), ("Input.Text", "value", False), ("Input.ChoiceSet", "title", False)}
        allowed |= {("Action.Execute", "title", True)}  # a row is called by its title
        if sample.name.startswith(OWN_WORDS):
            allowed |= {("Action.Execute", "title", False)}
        if sample.name.startswith("transfer-form"):  # the name of the class is what comes back
            allowed |= {("Input.ChoiceSet", "value", False)}
        with subtests.test(sample.name):
            assert {place for place in places if place[1] not in SEALED} <= allowed
    assert marked > 180


SEALED = {"class", "list", "of", "typed", "what"}
"""What a press carries to the bot and nobody reads."""


def _place(card, path):
    """The type of the part a string stands in, and the string's key."""
    kind, value = "", card
    for step in path:
        kind = value.get("type", kind) if isinstance(value, dict) else kind
        value = value[step]
    return kind, path[-1]


@pytest.mark.says_less
def test_no_control_direction_or_invisible_character_leaves_in_a_card(subtests):
    for name, card in every_hostile_card():
        with subtests.test(name):
            for path, shown in strings(card["body"]):
                if "ids" in path:  # what a row's press carries to the bot, sealed, and nobody reads
                    continue
                assert not re.search(
                    "[\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]", shown
                ), path
                assert "\u0301\u0301\u0301" not in shown
                assert "{{" not in shown


def test_text_from_outside_is_drawn_literally(subtests):
    """Wherever a text stands in a run, one that looks like Markdown stands there as it is."""
    nasty, drawn = "[Вход](https://evil.example) **x**", 0
    for plain, sample in zip(hostile(MARKED), hostile(nasty), strict=True):
        if any(MARKED in run["text"] for run in of_type(plain.card(VOICES["bg"]), "TextRun")):
            drawn += 1
            with subtests.test(sample.name):
                assert any(nasty in run["text"] for run in of_type(sample.card(VOICES["bg"]), "TextRun"))
    assert drawn > 150


def test_what_was_typed_comes_back_cleaned_into_its_input_and_nowhere_else():
    sample = next(one for one in hostile("4146\u200b054046 **x**") if one.name == "password-start-notice")
    card = sample.card(VOICES["bg"])
    assert {part["id"]: part.get("value") for part in of_type(card, "Input.Text")} == {"typed": "4146054046 **x**"}
