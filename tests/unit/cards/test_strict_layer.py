"""What the package `adaptivecards` lets pass and the strict layer does not."""

from datetime import UTC, datetime

import pytest
from adaptivecards.elements import TextBlock as StockTextBlock

from cards.actions import Button, Execute, OpenUrl, Press, ToggleVisibility, form_button, offered
from cards.checked import CardError
from cards.columns import Column, ColumnSet
from cards.inputs import ChoiceInput, DateInput, ManyChoiceInput, TextInput, ToggleInput, is_day
from cards.strict import ActionSet, Card, Container, Refresh, RichTextBlock, TextBlock, TextRun
from tests.unit.cards.parts import of_type

PRESS = Press("help", {"action": {}, "seal": "s"})


def card(*body, actions=(), **changes):
    return Card(*body, actions=actions, **{"lang": "bg", "fallback_text": "Карта"} | changes).to_dict()


def test_the_stock_package_loses_an_unknown_keyword_without_a_word():
    assert "colour" not in str(StockTextBlock(text="x", colour="good"))


@pytest.mark.parametrize(
    "build",
    [
        lambda: TextBlock("x", colour="good"),
        lambda: TextRun("x", sise="large"),
        lambda: RichTextBlock(TextRun("x"), wrap=True),
        lambda: Container(TextBlock("x"), title="x"),
        lambda: Column(width=1, colour="good"),
        lambda: TextInput("typed", "Име", maxLength=3),
        lambda: Execute("Търсене", PRESS, fallback="drop"),
        lambda: Execute("Търсене", PRESS, on_click="x"),
    ],
)
def test_an_unknown_keyword_is_an_error(build):
    with pytest.raises(CardError, match="has no property"):
        build()


def test_an_unknown_attribute_is_an_error_afterwards_too():
    block = TextBlock("x")
    with pytest.raises(CardError):
        block.colour = "good"


@pytest.mark.parametrize(
    "build",
    [
        lambda: TextBlock("x", color="red"),
        lambda: TextBlock("x", style="title"),
        lambda: TextBlock("x", spacing="huge"),
        lambda: TextRun("x", weight="bold"),
        lambda: Container(TextBlock("x"), style="danger"),
        lambda: Column(width=1, style="danger"),
        lambda: ChoiceInput("kind", "Вид", [("a", "А")], style="dropdown"),
        lambda: Execute("x", PRESS, associated_inputs="all"),
        lambda: Execute("x", PRESS, style="red"),
    ],
)
def test_a_word_the_schema_does_not_know_is_an_error(build):
    with pytest.raises(CardError, match="is one of"):
        build()


@pytest.mark.parametrize(
    "build",
    [
        lambda: TextRun("x", is_subtle="yes"),
        lambda: TextInput("typed", "Име", max_length="3"),  # type: ignore[arg-type]  # that is the point
        lambda: TextBlock(None),  # type: ignore[arg-type]  # that is the point
    ],
)
def test_a_value_of_the_wrong_kind_is_an_error(build):
    with pytest.raises(CardError, match=r"is a (str|bool|int)"):
        build()


def test_a_card_is_version_1_5_in_its_language_and_made_of_json_values():
    built = card(Container(TextBlock("Заглавие", style="heading")), actions=(Execute("Помощ", PRESS),))
    assert built["version"] == "1.5"
    assert built["lang"] == "bg"
    assert built["fallbackText"] == "Карта"
    assert built["body"][0]["items"][0] == {
        "type": "TextBlock",
        "text": "Заглавие",
        "wrap": True,
        "style": "heading",
    }
    assert built["actions"] == [
        {
            "type": "Action.Execute",
            "title": "Помощ",
            "verb": "help",
            "data": {"action": {}, "seal": "s"},
        }
    ]


def test_a_built_card_can_be_changed_without_changing_the_next_one():
    source = Card(TextBlock("x"), lang="bg", fallback_text="x")
    source.to_dict()["body"].append("junk")
    assert source.to_dict()["body"] == [{"type": "TextBlock", "text": "x", "wrap": True}]


@pytest.mark.parametrize("missing", ["fallback_text", "lang"])
def test_a_card_without_fallback_text_or_language_is_refused(missing):
    with pytest.raises(CardError):
        card(TextBlock("x"), **{missing: ""})


def test_six_actions_pass_and_seven_are_refused_wherever_they_stand():
    six = tuple(Execute(str(n), PRESS) for n in range(6))
    assert len(card(TextBlock("x"), actions=six)["actions"]) == 6
    with pytest.raises(CardError, match="7 actions"):
        card(Container(ActionSet(*six[:4])), actions=six[:3])


def test_the_action_of_a_refresh_is_no_button():
    refresh = Refresh(Execute("Обновяване", PRESS), ["29:a"])
    six = tuple(Execute(str(n), PRESS) for n in range(6))
    built = card(TextBlock("x"), actions=six, refresh=refresh)
    assert built["refresh"]["userIds"] == ["29:a"]
    assert built["refresh"]["action"]["verb"] == "help"


def test_a_refresh_for_more_than_sixty_people_is_refused():
    with pytest.raises(CardError, match="60"):
        Refresh(Execute("x", PRESS), [f"29:{n}" for n in range(61)])


def test_a_card_over_24_kilobytes_counted_as_utf_16_is_refused():
    just_under, just_over = "я" * 12_000, "я" * 12_300
    assert card(TextBlock(just_under))
    with pytest.raises(CardError, match="bytes"):
        card(TextBlock(just_over))


@pytest.mark.parametrize("label", ["", " "])
def test_an_input_without_a_label_is_refused(label):
    with pytest.raises(CardError, match="label"):
        TextInput("typed", label)


def test_an_input_whose_label_was_taken_away_is_refused_by_the_card():
    field = TextInput("typed", "Име")
    field.label = ""
    with pytest.raises(CardError, match="label"):
        card(Container(field))


def test_two_inputs_of_one_name_are_refused():
    with pytest.raises(CardError, match="one id"):
        card(TextInput("typed", "Име"), Container(TextInput("typed", "Номер")))


@pytest.mark.parametrize("name", ["action", "seal"])
def test_an_input_that_would_overwrite_the_seal_is_refused(name):
    with pytest.raises(CardError, match="carries"):
        card(TextInput(name, "Име"), actions=(Execute("Търсене", PRESS),))


@pytest.mark.parametrize("value", [object(), datetime(2026, 9, 15, tzinfo=UTC), PRESS])
def test_what_is_no_json_value_is_refused(value):
    with pytest.raises(CardError, match="JSON"):
        card(TextBlock("x"), actions=(Execute("x", Press("help", {"when": value})),))


def test_half_of_a_surrogate_pair_in_a_name_is_no_reason_to_refuse_a_card_but_weighs_like_any_letter():
    assert card(RichTextBlock(TextRun("Ана \ud83d")))
    with pytest.raises(CardError, match="bytes"):
        card(RichTextBlock(TextRun("\ud83d" + "я" * 12_300)))


@pytest.mark.parametrize(
    ("choices", "value"), [([("a", "А"), ("a", "Б")], ""), ([("a", "А")], "b")], ids=["twice", "foreign"]
)
def test_choices_have_different_values_and_the_chosen_one_is_among_them(choices, value):
    with pytest.raises(CardError):
        ChoiceInput("kind", "Вид", choices, value=value)


def test_a_required_input_says_in_words_what_is_missing():
    built = card(TextInput("typed", "Име", missing="Моля, въведете име."))
    assert built["body"][0]["isRequired"] is True
    assert built["body"][0]["errorMessage"] == "Моля, въведете име."


def test_dates_and_statements_have_labels_too():
    built = card(
        DateInput("born", "Дата на раждане", placeholder="Дата"), ToggleInput("sure", "Самоличност", "Уверих се")
    )
    assert [part["label"] for part in of_type(built, "Input.Date", "Input.Toggle")] == [
        "Дата на раждане",
        "Самоличност",
    ]


def test_several_answers_are_ticked_by_their_values_in_the_order_of_the_choices():
    students = [("a", "Иво Пробен"), ("b", "**Мира**"), ("c", "Ян Ли")]
    (field,) = card(ManyChoiceInput("students", "Ученици", students, chosen=("c", "a"), missing="Моля."))["body"]
    assert (field["isMultiSelect"], field["style"], field["wrap"], field["value"]) == (True, "expanded", True, "a,c")
    assert field["choices"][1] == {"value": "b", "title": "∗∗Мира∗∗"}
    assert "value" not in card(ManyChoiceInput("students", "Ученици", students))["body"][0]


@pytest.mark.parametrize(
    ("choices", "chosen"),
    [
        ([("a", "А"), ("a", "Б")], ()),
        ([("a", "А")], ("b",)),
        ([("a", "А")], ("a", "b")),
        ([("a,b", "А")], ()),
        ([("", "А")], ()),
    ],
    ids=["twice", "foreign", "one-foreign", "comma", "empty"],
)
def test_several_answers_come_back_whole_and_only_known_ones_are_ticked(choices, chosen):
    with pytest.raises(CardError):
        ManyChoiceInput("students", "Ученици", choices, chosen=chosen)


def test_a_date_input_holds_dates_only():
    (field,) = card(
        DateInput("birth", "Дата", placeholder="Дата", value="2040-02-29", earliest="2037-01-01", latest="2056-12-31")
    )["body"]
    assert (field["value"], field["min"], field["max"]) == ("2040-02-29", "2037-01-01", "2056-12-31")
    assert not {"value", "min", "max"} & set(card(DateInput("birth", "Дата", placeholder="Дата"))["body"][0])


@pytest.mark.parametrize(
    "day", ["29.02.2040", "2041-02-29", "2040-2-9", "20400229", "2040-W09-3", "2040-02-29\n", "x"]
)
def test_what_is_no_date_is_refused(day):
    assert not is_day(day)
    for place in ("value", "earliest", "latest"):
        with pytest.raises(CardError, match="YYYY-MM-DD"):
            DateInput("birth", "Дата", placeholder="Дата", **{place: day})


def test_a_date_that_must_be_given_says_both_what_is_missing_and_what_cannot_be():
    both = {"missing": "Моля, въведете дата.", "impossible": "Не може да бъде в бъдещето."}
    (field,) = card(DateInput("until", "До", placeholder="Дата", latest="2040-01-01", **both))["body"]
    assert field["errorMessage"] == "Моля, въведете дата. Не може да бъде в бъдещето."
    with pytest.raises(CardError, match="beyond its bounds"):
        DateInput("until", "До", placeholder="Дата", latest="2040-01-01", missing=both["missing"])


def test_an_empty_date_without_words_is_refused():
    with pytest.raises(CardError, match="placeholder"):
        DateInput("until", "До", placeholder=" ")


def test_bounds_that_admit_no_date_are_refused():
    DateInput("birth", "Дата", placeholder="Дата", earliest="2040-01-01", latest="2040-01-01")
    with pytest.raises(CardError, match="after"):
        DateInput("birth", "Дата", placeholder="Дата", earliest="2040-01-02", latest="2040-01-01")


def test_a_statement_wraps_on_a_narrow_screen():
    assert card(ToggleInput("sure", "Самоличност", "Уверих се"))["body"][0]["wrap"] is True


def test_what_stands_in_a_column_is_looked_at_like_everything_else():
    with pytest.raises(CardError, match="one id"):
        card(ColumnSet(Column(TextInput("a", "А"), width=1), Column(TextInput("a", "Б"), width=1)))


@pytest.mark.parametrize(
    "url",
    [
        "https://bot.example.org/slips/abc",
        "https://bot.example.org:8443/slips/abc",
        "http://127.0.0.1:3978/slips/abc",
        "http://localhost:3978/slips/abc",
        "http://localhost/slips/abc",
    ],
)
def test_a_card_opens_https_addresses_and_those_of_a_developers_own_machine(url):
    assert card(TextBlock("x"), actions=(OpenUrl("Отваряне", url),))["actions"] == [
        {"type": "Action.OpenUrl", "title": "Отваряне", "url": url}
    ]


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://example.org",
        "http://127.0.0.2/",
        "http://127.0.0.1.example.org/",
        "http://localhost.example.org/",
        "http://localhost@example.org/",
        "http://127.0.0.1:80@example.org/",
        "http://localhost\\@example.org/",
        "http://localhost:port/",
        "http://[::1/",
        "http:///slips",
        "https:///slips",
        "https://",
        "https://good.example@example.org/",
        "https://example.org/ x",
        "https://example.org/\n",
        "https://exаmple.org/",
        "ftp://localhost/",
        "javascript:alert(1)",
        "//example.org",
    ],
)
def test_a_card_opens_https_addresses_only(url):
    with pytest.raises(CardError, match="https"):
        OpenUrl("Отваряне", url)


def test_a_button_that_shows_what_is_not_there_is_refused():
    toggle = ToggleVisibility("Подробности", ["more"])
    assert card(Container(TextBlock("x"), id="more", visible=False), actions=(toggle,))
    with pytest.raises(CardError, match="not there"):
        card(TextBlock("x"), actions=(toggle,))


def test_a_button_without_a_title_is_refused():
    with pytest.raises(CardError, match="title"):
        Execute(" ", PRESS)


def test_only_the_button_of_the_form_sends_what_was_typed():
    built = card(
        TextInput("typed", "Име", missing="Моля, въведете име."),
        actions=(
            form_button("Търсене", PRESS),
            *offered(Button("Помощ", PRESS), Button("Отказ", PRESS, "destructive")),
        ),
    )
    assert [action["associatedInputs"] for action in built["actions"]] == ["auto", "none", "none"]
    assert built["actions"][2]["style"] == "destructive"


def test_a_press_does_not_show_its_data_when_printed():
    assert "secret" not in repr(Press("help", {"seal": "secret"}))
