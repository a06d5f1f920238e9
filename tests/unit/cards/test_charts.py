"""Charts and progress: Teams' own elements, what stands in their place elsewhere, and the words beside both."""

from typing import Any

import pytest

from cards.card import card
from cards.charts import ProgressBar, Share, StackedBar, progress, proportions
from cards.checked import CardError
from cards.columns import Column, ColumnSet
from tests.unit.cards.parts import VOICES, of_type, without_those_of_teams

PARTS = (Share(12, "good", "в ред: 12"), Share(0, "attention", "не работят: 0"), Share(3, "emphasis", "изчакват: 3"))


def drawn(*body):
    return card(VOICES["bg"], "Карта", *body, actions=())


def test_a_bar_of_parts_has_one_for_every_number_but_nought():
    (chart,) = of_type(drawn(*proportions("Класни стаи", *PARTS)), "Chart.HorizontalBar.Stacked")
    assert chart["title"] == "Класни стаи"
    assert chart["data"] == [
        {
            "title": "Класни стаи",
            "data": [
                {"legend": "в ред: 12", "value": 12, "color": "good"},
                {"legend": "изчакват: 3", "value": 3, "color": "neutral"},
            ],
        }
    ]
    assert chart["showLegend"] is False, "the words below are the legend"


def test_a_client_that_does_not_know_it_draws_columns_of_the_same_widths_with_nothing_to_read():
    (title, row, _) = without_those_of_teams(drawn(*proportions("Класни стаи", *PARTS)))["body"]
    assert title["text"] == "Карта"
    assert [(part["width"], part["style"]) for part in row["columns"]] == [(12, "good"), (3, "emphasis")]
    assert not any(part["items"] for part in row["columns"])


def test_what_the_parts_mean_is_said_in_words_behind_marks_in_their_colours():
    (*_, line) = drawn(*proportions("Класни стаи", *PARTS))["body"]
    marks, words = line["inlines"][::2], line["inlines"][1::2]
    assert [(mark.get("color"), mark.get("isSubtle")) for mark in marks] == [("good", None), (None, True)]
    assert [text["text"].strip() for text in words] == ["в ред: 12", "изчакват: 3"]


@pytest.mark.parametrize(
    ("parts", "value", "most", "color", "columns"),
    [
        ((Share(12, "good"), Share(14, "emphasis")), 12, 26, "Good", [12, 14]),
        ((Share(12, "good"), Share(1, "attention"), Share(13, "emphasis")), 12, 26, "Warning", [12, 1, 13]),
        ((Share(0, "good"), Share(5, "emphasis")), 0, 5, "Good", [5]),
        ((Share(5, "good"), Share(0, "attention")), 5, 5, "Good", [5]),
    ],
)
def test_progress_is_the_first_part_of_all_of_them(parts, value, most, color, columns):
    (bar,) = of_type(drawn(*progress(*parts)), "ProgressBar")
    assert (bar["value"], bar["max"], bar["color"]) == (value, most, color)
    assert [part["width"] for part in bar["fallback"]["columns"]] == columns


@pytest.mark.parametrize("parts", [(), (Share(0, "good"),), (Share(-1, "good"), Share(0, "emphasis"))])
def test_of_nothing_there_is_neither(parts):
    assert progress(*parts) == ()
    assert proportions("Класни стаи", *parts) == ()


def test_an_element_of_teams_own_cannot_be_made_without_what_is_drawn_instead():
    elements: tuple[Any, ...] = (ProgressBar, StackedBar)
    for element in elements:
        with pytest.raises(TypeError):
            element()
        with pytest.raises(CardError, match="fallback is a ColumnSet"):
            element("drop")
    with pytest.raises(CardError, match="color is one of"):
        ProgressBar(ColumnSet(Column(width=1)), color="good")


def test_the_words_of_a_chart_are_cleaned_like_everything_that_leaves():
    (chart,) = of_type(
        drawn(*proportions("**x**\u202e", Share(1, "good", "<b>\u200b{{DATE(1)}}"))), StackedBar.element_type
    )
    said = [chart["title"], chart["data"][0]["title"], chart["data"][0]["data"][0]["legend"]]
    assert not any(set("*<>{\u202e\u200b") & set(text) for text in said)
