"""Rows that open by a press, what is folded, and facts beside each other."""

import pytest

from cards.actions import Button, Press, offered
from cards.card import card, line, never_fails
from cards.checked import MOST_ACTIONS, MOST_ROWS, CardError
from cards.inputs import TextInput
from cards.rows import Row, facts, folded, row, rows
from cards.strict import TextBlock
from tests.unit.cards.parts import VOICES, elements, of_type


def drawn(*body, actions=()):
    return card(VOICES["bg"], "Списък", *body, actions=actions)


def test_a_row_is_one_button_with_the_name_of_what_it_opens():
    shown = drawn(row(Row("Симона Пробна", ("5 а", ""), Press("lookup.open", {"action": "x"}))))
    (opens,) = [part["selectAction"] for part in elements(shown) if "selectAction" in part]
    assert opens["type"] == "Action.Execute"
    assert opens["title"] == "Симона Пробна"
    assert opens["associatedInputs"] == "none"
    assert opens["data"] == {"action": "x"}
    assert [part["text"] for part in of_type(shown, "TextRun")] == ["Симона Пробна", "5 а"]


def test_rows_leave_the_buttons_their_room():
    several = rows(*(Row(f"Ред {place}", (), Press("a.b", {"n": place})) for place in range(MOST_ROWS)))
    buttons = offered(*(Button(f"Бутон {place}", Press("a.c")) for place in range(MOST_ACTIONS)))
    assert drawn(*several, actions=buttons)
    with pytest.raises(CardError, match="rows on one card"):
        drawn(*several, row(Row("Още един", (), Press("a.b"))))


def test_a_row_carries_nothing_that_an_input_of_the_card_would_overwrite():
    with pytest.raises(CardError, match="an input has the name"):
        drawn(TextInput("who", "Кой"), row(Row("Ред", (), Press("a.b", {"who": "x"}))))


def test_what_is_folded_is_hidden_and_shown_by_its_heading():
    shown = drawn(*folded("more", "Още", line("подробности")))
    (hidden,) = [part for part in elements(shown) if part.get("isVisible") is False]
    (opens,) = [part["selectAction"] for part in elements(shown) if "selectAction" in part]
    assert opens["targetElements"] == [hidden["id"]] == ["more"]
    assert folded("more", "Още") == ()
    with pytest.raises(CardError, match="what is not there"):
        drawn(folded("more", "Още", line("подробности"))[0])


@pytest.mark.parametrize(
    ("pairs", "beside"),
    [
        ((("Паралелка", "5 а"), ("Номер", "12")), [2]),
        ((("Паралелка", "5 а"), ("Училище", "Профилирана гимназия в Пробнево")), [1, 1]),
        ((("Паралелка", "5 а"), ("Бележка", ""), ("Номер", "12"), ("Срок", "днес")), [2, 1]),
    ],
)
def test_short_facts_stand_beside_each_other_and_none_is_left_out(pairs, beside):
    shown = [part.render() for part in facts(*pairs)]
    assert [len(part.get("columns", [None])) for part in shown] == beside
    said = [part["text"] for part in of_type(drawn(*facts(*pairs)), "TextRun")]
    assert said == [text for label, value in pairs if value for text in (label, value)]


def test_an_element_that_is_no_row_has_no_action():
    with pytest.raises(CardError, match="no property"):
        TextBlock("a", select_action=None)


def test_no_two_rows_are_called_alike_wherever_they_stand_on_the_card():
    twin = Row("Симона Пробна", (), Press("a.b"))
    shown = drawn(*rows(twin, twin), row(twin))
    assert [part["selectAction"]["title"] for part in elements(shown) if "selectAction" in part] == [
        "Симона Пробна",
        "Симона Пробна (2)",
        "Симона Пробна (3)",
    ]


def test_rows_that_were_cut_short_are_told_apart_too():
    @never_fails
    def long_list(t):
        several = (Row("Д" * 700 + str(place), (), Press("a.b")) for place in range(10))
        return card(t, "Списък", *rows(*several), actions=())

    shown = long_list(VOICES["bg"])
    titles = [part["selectAction"]["title"] for part in elements(shown) if "selectAction" in part]
    assert len(titles) == len(set(titles)) == 10
