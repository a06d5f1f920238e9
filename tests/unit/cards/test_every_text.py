"""Every text of every property of every card is cleaned where the card is finished, whoever put it there."""

import re
from typing import Any

import pytest
from adaptivecards.baseobject import BareObject

from cards.actions import Execute, Press, ToggleVisibility
from cards.checked import CardError, checked
from cards.inputs import ChoiceInput, TextInput, ToggleInput
from cards.strict import ActionSet, Card, Container, RichTextBlock, TextBlock, TextRun
from tests.gallery.samples import SAMPLES, hostile
from tests.unit.cards.parts import VOICES, elements, strings

PRESS = Press("help", {"action": {}, "seal": "s"})
NAME = "**у** [x](https://evil.example)\u202e\r\n{{DATE(2026-11-23)}}\u200b\ud83d\x00 `к` <b>|#_~\\"
SIGNS = set("*_`~[]<>{}\\|#")
FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
MACHINE = {
    "type", "version", "lang", "id", "verb", "style", "size", "weight", "color", "spacing", "fontType", "height",
    "minHeight", "associatedInputs", "url", "min", "max", "fallback", "$schema", "targetElements", "width",
    "verticalContentAlignment",
}  # fmt: skip
"""Properties that no person reads."""


def read(card: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Every text of a card that somebody may read: the type of its part, its property, the text."""
    found = []
    for part in elements(card):
        for key, value in part.items():
            if key in MACHINE | {"data"}:
                continue
            if isinstance(value, str) and not (key == "value" and part["type"] != "Input.Text"):
                found.append((part["type"], key, value))
            if key == "choices":
                found += [(part["type"], "choice", choice["title"]) for choice in value]
    return found


def assert_clean(card: dict[str, Any]) -> None:
    for kind, key, text in read(card):
        assert not FORBIDDEN.search(text), (kind, key, text)
        assert "{{" not in text, (kind, key, text)
        if (kind, key) not in {("TextRun", "text"), ("Input.Text", "value")}:
            assert not SIGNS & set(text), (kind, key, text)


@pytest.mark.parametrize("sample", hostile(NAME), ids=lambda sample: sample.name)
def test_the_cards_of_the_gallery_are_clean_with_hostile_data(sample):
    assert_clean(sample.card(VOICES["bg"]))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_every_string_property_of_every_card_is_cleaned_by_the_layer_and_not_by_the_caller(sample, monkeypatch):
    """Whatever stands in a property when the card is finished: the layer does not trust whoever built it."""
    real = BareObject.render
    touched: set[tuple[str, str]] = set()

    def spoilt(part: BareObject) -> dict[str, Any]:
        values = dict(real(part))
        kind = values.get("type", "")
        for key, value in values.items():
            if isinstance(value, str) and key not in MACHINE and not (key == "value" and kind != "Input.Text"):
                values[key] = f"а {NAME}"
                touched.add((kind, key))
            if key == "choices":
                values[key] = [{**choice, "title": f"{number} {NAME}"} for number, choice in enumerate(value)]
        return values

    monkeypatch.setattr(BareObject, "render", spoilt)
    card = sample.card(VOICES["bg"])
    assert {("AdaptiveCard", "fallbackText"), ("TextBlock", "text")} <= touched
    assert ("Action.Execute", "title") in touched or "-told-" in sample.name
    assert_clean(card)


class Everything(BareObject):  # type: ignore[misc]  # adaptivecards ships no types
    """A part with properties that no card of ours has today."""

    def render(self) -> dict[str, Any]:
        names = ("title", "label", "placeholder", "tooltip", "altText", "errorMessage", "speak", "subtitle", "text")
        return {"type": "Input.New", "id": "n", **dict.fromkeys(names, NAME)}


def test_a_property_nobody_has_thought_of_is_cleaned_too():
    card = Card(TextBlock("x"), lang="bg", fallback_text=NAME)
    card._data["body"] = [Everything()]
    card._data["speak"] = NAME
    built = checked(card)
    assert {key for _, key, _ in read(built)} >= {"altText", "tooltip", "speak", "subtitle", "fallbackText"}
    assert_clean(built)


def test_a_name_in_a_button_is_cleaned_and_its_press_is_not_touched():
    press = Press("deputy.end", {"action": {"ids": {"person": "a_b*"}}, "seal": "s_"})
    button = Execute("Прекратяване: **у** [x](https://evil.example)\u202e\nдве", press)
    (action,) = Card(TextBlock("x"), lang="bg", fallback_text="x", actions=(button,)).to_dict()["actions"]
    assert action["title"] == "Прекратяване: ∗∗у∗∗ ［x］(https://evil.example) две"
    assert action["data"] == press.data


def test_what_is_left_empty_by_cleaning_is_a_dash_where_something_must_be_read():
    nothing = "\u202e\u200b"
    toggle = ToggleVisibility(nothing, ["more"])
    body = (
        Container(TextInput("a", nothing), ToggleInput("b", nothing, nothing), id="more"),
        ChoiceInput("c", "Кой", [("1", nothing), ("2", ""), ("3", "Ана")]),
        ActionSet(toggle),
    )
    card = Card(*body, lang="bg", fallback_text=nothing).to_dict()
    texts = {(kind, key): text for kind, key, text in read(card)}
    for place in (("AdaptiveCard", "fallbackText"), ("Input.Text", "label"), ("Input.Toggle", "title")):
        assert texts[place] == "–"
    assert texts["Action.ToggleVisibility", "title"] == "–"
    (choices,) = [part["choices"] for part in elements(card) if "choices" in part]
    assert [choice["title"] for choice in choices] == ["–", "– (2)", "Ана"]


def test_a_text_nobody_gave_is_still_a_mistake():
    with pytest.raises(CardError, match="title"):
        Execute("", PRESS)
    with pytest.raises(CardError, match="too old"):
        Card(TextBlock("x"), lang="bg", fallback_text="").to_dict()


def test_choices_that_read_alike_are_told_apart_and_keep_their_values():
    field = ChoiceInput("c", "Кой", [("1", "5 б"), ("2", "5\u200b б"), ("3", "5 б (2)"), ("4", "5  б")])
    (built,) = Card(field, lang="bg", fallback_text="x").to_dict()["body"]
    titles = [choice["title"] for choice in built["choices"]]
    assert len(set(titles)) == 4
    assert [choice["value"] for choice in built["choices"]] == ["1", "2", "3", "4"]


def test_the_blanks_between_runs_stay():
    line = RichTextBlock(TextRun("Клас:\u200b ", weight="bolder"), TextRun(" \x00 5 б"))
    (built,) = Card(line, lang="bg", fallback_text="x").to_dict()["body"]
    assert "".join(run["text"] for run in built["inlines"]).replace("  ", " ") == "Клас: 5 б"


def test_no_string_of_a_card_escapes_by_standing_in_a_list():
    card = Card(TextBlock("x"), lang="bg", fallback_text="x")
    card._data["body"] = [RichTextBlock()]
    card._data["body"][0]._data["inlines"] = [NAME]
    assert not any(FORBIDDEN.search(text) for _, text in strings(checked(card)))
