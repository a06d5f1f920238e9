"""What a person reads on each card, and what pressing it sends."""

import json
from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from cards.actions import Button, Press
from cards.checked import CardError
from cards.lookup_choices import PersonChoice, lookup_choices_card, told_apart
from cards.lookup_result import MOST_ACCOUNTS, AccountView, lookup_result_card
from cards.menu import Explanation, MenuItem, help_card
from cards.notice import notice_card
from cards.search_forms import lookup_form_card
from tests.unit.cards.parts import VOICES, elements, of_type, shown, strictly, strings

T = VOICES["bg"]
SEARCH = Press("lookup.search", {"action": {"verb": "lookup.search"}, "seal": "s"})
AGAIN = Button("Нова справка", Press("lookup.open", {"seal": "o"}))
ACCOUNT = AccountView(
    "Калина Образцова", "ko01460540@edu.mon.bg", "СУ „Климент“", "2990001", "гр. Примерово", "5 б", "active"
)


def result(*accounts, masked="", own_school=True):
    return lookup_result_card(T, masked=masked, own_school=own_school, accounts=accounts)


MOVED, OTHER = Press("lookup.search", {"seal": "m"}), Press("lookup.search", {"seal": "x"})
FORM = partial(lookup_form_card, search=SEARCH, reasons=(("Преместен ученик", MOVED),))
WHY = partial(FORM, reasons=(("Преместен ученик", MOVED), ("Друго основание", OTHER)), asks_why=True)


def test_the_form_asks_whom_to_look_for_and_nothing_else_under_the_names_the_dialog_reads():
    card = FORM(T)
    inputs = of_type(card, "Input.ChoiceSet", "Input.Text")
    assert [part["id"] for part in inputs] == ["kind", "typed"]
    assert [choice["value"] for choice in inputs[0]["choices"]] == ["egn", "lnch", "service", "name", "username"]
    assert inputs[1]["isRequired"] is True
    assert "Записва се в журнала на бота" in shown(card)


def test_each_reason_is_a_button_that_sends_the_inputs_and_none_is_chosen_beforehand():
    assert [(one["title"], one["data"]["seal"], one.get("style")) for one in FORM(T)["actions"]] == [
        ("Търсене", "s", "positive"),
        ("Преместен ученик", "m", None),
    ]
    asked = WHY(T)
    assert [one["title"] for one in asked["actions"]] == ["Преместен ученик", "Друго основание", "Търсене"]
    assert {one["associatedInputs"] for one in asked["actions"]} == {"auto"}
    assert [part["id"] for part in of_type(asked, "Input.Text")] == ["typed", "purpose_text"]
    assert all("isRequired" not in part for part in of_type(asked, "Input.Text") if part["id"] == "purpose_text")


def test_the_search_button_sends_the_sealed_action_with_the_inputs_as_an_invoke():
    action = FORM(T)["actions"][0]
    assert action["type"] == "Action.Execute"
    assert (action["title"], action["verb"], action["data"]) == ("Търсене", "lookup.search", dict(SEARCH.data))
    assert action["associatedInputs"] == "auto"


def test_an_empty_form_holds_nothing_typed():
    assert [part["id"] for part in of_type(WHY(T), "Input.Text") if "value" in part] == []


def test_the_form_gives_back_what_was_entered():
    card = WHY(T, kind="lnch", typed="9999999014", purpose_text="връща се")
    values = {part["id"]: part.get("value") for part in of_type(card, "Input.ChoiceSet", "Input.Text")}
    assert values == {"kind": "lnch", "typed": "9999999014", "purpose_text": "връща се"}


@pytest.mark.parametrize("nonsense", ["", "passport", "egn\n"])
def test_a_kind_that_does_not_exist_shows_the_first_choice(nonsense):
    (kind,) = of_type(FORM(T, kind=nonsense), "Input.ChoiceSet")
    assert kind["value"] == "egn"


@pytest.mark.parametrize("place", ["typed", "purpose_text"])
def test_a_problem_stands_directly_above_the_input_it_concerns_and_says_that_it_is_one(place):
    card = WHY(T, problem="Невалиден ЕГН.", concerns=place)
    position = next(n for n, part in enumerate(card["body"]) if part.get("id") == place)
    box = card["body"][position - 1]
    assert shown(box) == "Моля, поправете следното\nНевалиден ЕГН."
    assert shown(card).count("Невалиден ЕГН.") == 1


def test_a_notice_stands_at_the_top_and_asks_for_no_correction_and_who_is_near_stands_below_it():
    near = (PersonChoice(OTHER, "Симона Пробна", "sp01@edu.mon.bg", "5 а"),)
    card = WHY(T, notice="Не е намерен.", near=near)
    text = shown(card)
    assert text.index("Не е намерен.") < text.index("Може би търсите") < text.index("Симона Пробна")
    assert text.index("Симона Пробна") < text.index("Търсене по")
    assert "поправете" not in text
    (row,) = [part["selectAction"] for part in elements(card) if "selectAction" in part]
    assert (row["title"], row["data"]["seal"], row["associatedInputs"]) == ("Симона Пробна", "x", "none")


def test_the_username_stands_alone_in_its_line_so_that_it_can_be_copied():
    card = result(ACCOUNT)
    line = next(part for part in of_type(card, "RichTextBlock") if part["inlines"][0].get("fontType") == "monospace")
    assert [run["text"] for run in line["inlines"]] == ["ko01460540@edu.mon.bg"]


def test_the_result_names_school_town_code_class_and_state():
    assert shown(result(ACCOUNT, masked="••••••4046")).splitlines()[:8] == [
        "Резултат от справката",
        "Търсен номер: ••••••4046",
        "Калина Образцова",
        "Потребителско име",
        "ko01460540@edu.mon.bg",
        "Училище: СУ „Климент“, гр. Примерово",
        "Код по НЕИСПУО: 2990001",
        "Паралелка: 5 б",
    ]


def test_further_schools_are_named():
    text = shown(result(replace(ACCOUNT, also_at=("ОУ „Друго“, Варна, 2990002",))))
    assert text.index("СУ „Климент“") < text.index("Друго училище: ОУ „Друго“, Варна, 2990002")


def test_what_is_not_known_is_left_out():
    text = shown(result(replace(ACCOUNT, school="", town="", code="", class_="")))
    assert "Училище: не е посочено" in text
    assert "Код" not in text
    assert "Паралелка" not in text


@pytest.mark.parametrize("masked", ["4146054046", "ЕГН 4146054046", "414605404"])
def test_an_identifier_that_is_not_masked_is_refused(masked):
    with pytest.raises(CardError, match="masked"):
        strictly(lookup_result_card, T, masked=masked, own_school=True, accounts=(ACCOUNT,))


def test_an_identifier_hidden_in_a_name_school_or_class_does_not_get_onto_the_card():
    number = "4146054046"
    hidden: dict[str, Any] = {"name": f"Калина {number}", "school": f"СУ {number}", "town": number, "code": number}
    card = result(replace(ACCOUNT, class_=f"5 б {number}", **hidden))
    assert not [path for path, text in strings(card) if number in text]


def test_the_same_holds_for_a_choice():
    hidden = PersonChoice(SEARCH, "Калина 4146054046", "", "5 б 4146054046", "СУ 4146054046")
    card = lookup_choices_card(
        T, lead="Натиснете.", choices=(hidden, replace(hidden, username="kk01@edu.mon.bg")), new_search=AGAIN
    )
    assert not [path for path, text in strings(card) if "4146054046" in text]


def test_a_grade_is_not_called_a_class():
    assert "Клас: 8" in shown(result(replace(ACCOUNT, class_="8")))
    assert "Паралелка" not in shown(result(replace(ACCOUNT, class_="8")))


def test_one_account_is_not_called_the_current_one():
    assert "екущ" not in shown(result(replace(ACCOUNT, current=True)))


def test_of_several_accounts_the_current_one_comes_first_and_each_says_what_it_is():
    old = replace(ACCOUNT, username="ko1@edu.mon.bg", current=False)
    older = replace(ACCOUNT, username="ko2@edu.mon.bg", current=False)
    text = shown(result(old, older, replace(ACCOUNT, current=True)))
    assert "Намерени са 3 профила" in text
    assert "Първият е текущият" in text
    assert text.index("ko01460540@") < text.index("ko1@") < text.index("ko2@")
    assert text.index("Текущ профил") < text.index("ko01460540@") < text.index("Друг профил – не е текущият")
    assert text.count("Друг профил – не е текущият") == 2


def test_an_old_account_beside_the_current_one_needs_no_advice():
    old = replace(ACCOUNT, username="ko1@edu.mon.bg", state="disabled", current=False)
    text = shown(result(old, replace(ACCOUNT, current=True)))
    assert "Неактивен" in text
    assert "не може да се влиза" not in text


def test_when_it_cannot_be_told_which_account_is_current_the_card_says_so_and_marks_none():
    text = shown(result(ACCOUNT, replace(ACCOUNT, username="ko1@edu.mon.bg")))
    assert "не е ясно кой е текущият" in text
    assert "Текущ профил" not in text
    assert "проверете в НЕИСПУО" in text


def test_more_accounts_than_fit_are_counted_but_not_shown():
    accounts = tuple(replace(ACCOUNT, username=f"ko{n}@edu.mon.bg") for n in range(MOST_ACCOUNTS + 3))
    text = shown(result(*accounts))
    assert f"Намерени са {MOST_ACCOUNTS + 3} профила" in text
    assert f"Показани са първите {MOST_ACCOUNTS}" in text
    assert text.count("@edu.mon.bg") == MOST_ACCOUNTS


@pytest.mark.parametrize(
    ("state", "words", "advice"),
    [
        ("active", "Активен", ""),
        ("disabled", "Неактивен", "не може да се влиза"),
        ("being-created", "В процес на създаване", "отново по-късно"),
    ],
)
def test_each_state_has_its_words_and_advice(state, words, advice):
    text = shown(result(replace(ACCOUNT, state=state)))
    assert f"Състояние на профила: {words}\n" in text
    assert advice in text
    assert ("не може да се влиза" in text) == (state == "disabled")


def test_an_unknown_state_is_an_error_and_not_an_active_account():
    deleted = (replace(ACCOUNT, state="deleted"),)
    with pytest.raises(CardError, match="deleted"):
        strictly(lookup_result_card, T, masked="", own_school=True, accounts=deleted)


def test_a_student_of_another_school_is_said_to_be_one():
    text = shown(result(ACCOUNT, own_school=False))
    assert "не е записан във Вашето училище" in text
    assert "Паролата може да бъде сменена от директора" in text
    assert "не е записан във Вашето училище" not in shown(result(ACCOUNT))


@pytest.mark.parametrize("state", ["disabled", "being-created"])
def test_no_password_is_promised_for_an_account_elsewhere_that_cannot_be_used(state):
    text = shown(result(replace(ACCOUNT, state=state), own_school=False))
    assert "не е записан във Вашето училище" in text
    assert "Паролата" not in text


def test_nobody_is_sent_to_the_director_of_a_school_there_is_not():
    text = shown(result(replace(ACCOUNT, school="", code="", town=""), own_school=False))
    assert "запишете го в НЕИСПУО" in text
    assert "директора" not in text


def test_a_school_name_of_two_alphabets_sends_the_reader_to_the_code():
    assert "Проверете по кода" in shown(result(replace(ACCOUNT, school="СУ „Xенри“")))
    assert "Проверете по кода" not in shown(result(ACCOUNT))


def test_a_result_without_accounts_is_an_error():
    with pytest.raises(CardError):
        strictly(lookup_result_card, T, masked="", own_school=True, accounts=())


def rows_of(card):
    """What each row is called, what is read in it, and what it sends."""
    return [
        (part["selectAction"]["title"], shown(part["columns"][0]), dict(part["selectAction"]["data"]))
        for part in of_type(card, "ColumnSet")
    ]


def test_a_row_names_person_class_username_and_another_school_and_means_its_person():
    choices = (
        PersonChoice(MOVED, "Калина Образцова", "ko1@edu.mon.bg", "5 б", "СУ „Климент“"),
        PersonChoice(OTHER, "Иво Образцов", "i.o@edu.mon.bg", is_teacher=True, is_current=True),
    )
    card = lookup_choices_card(T, lead="Натиснете.", choices=choices, new_search=AGAIN)
    assert rows_of(card) == [
        ("Калина Образцова", "Калина Образцова\n5 б клас · ko1@edu.mon.bg · СУ „Климент“", dict(MOVED.data)),
        ("Иво Образцов", "Иво Образцов\nучител · i.o@edu.mon.bg · Текущ профил", dict(OTHER.data)),
    ]
    assert [action["verb"] for action in card["actions"]] == ["lookup.open"]


@pytest.mark.parametrize(
    ("people", "titles"),
    [
        ([("Анна", "5 а", "a1"), ("Иво", "5 а", "i1")], ["Анна", "Иво"]),
        ([("Анна", "5 а", "a1"), ("Анна", "5 б", "a2")], ["Анна · 5 а", "Анна · 5 б"]),
        ([("Анна", "5 а", "a1"), ("АННА", "5 а", "a2")], ["Анна · 5 а · a1", "АННА · 5 а · a2"]),
        ([("Анна", "", "a1"), ("Анна", "", "a2"), ("Анна", "6 а", "a3")], ["Анна · a1", "Анна · a2", "Анна · 6 а"]),
        ([("Анна", "5 а", "a1"), ("Анна\u200b", "5 а", "a2")], ["Анна · 5 а · a1", "Анна · 5 а · a2"]),
        ([("Анна", "a1"), ("Анна", "a2")], ["Анна · a1", "Анна · a2"]),
        ([], []),
    ],
)
def test_two_alike_are_told_apart_by_as_little_as_it_takes(people, titles):
    assert list(told_apart(*people)) == titles


def test_nobody_to_choose_from_is_an_error():
    with pytest.raises(CardError, match="people"):
        strictly(lookup_choices_card, T, lead="Натиснете.", choices=(), new_search=AGAIN)


def test_of_more_people_than_one_can_oversee_the_first_are_offered_and_the_others_counted():
    choices = tuple(PersonChoice(Press("x", {"n": n}), f"Калина Образцова {n}") for n in range(18))
    card = lookup_choices_card(T, lead="Натиснете.", choices=choices, new_search=AGAIN)
    assert [sent["n"] for _, _, sent in rows_of(card)] == list(range(10))
    assert "и още 8" in shown(card)


def the_help(**more):
    items = (MenuItem("Справка", "Потребителско име на ученик.", "справка"),)
    explanations = (Explanation("Услуги", ("За директори.",), items), Explanation("Първо влизане", ("Отворете.",)))
    return help_card(T, lead="СУ „Климент“", buttons=(AGAIN,), explanations=explanations, **more)


def test_the_help_says_what_can_be_done_and_what_to_type_for_it():
    text = shown(the_help(warns_of_identifiers=True))

    assert text.index("Помощ") < text.index("СУ „Климент“") < text.index("За директори.")
    assert text.index("За директори.") < text.index("Справка. Потребителско име на ученик. Напишете: справка")
    assert text.index("справка") < text.index("Първо влизане")
    assert "не пишете ЕГН" in text
    assert "не пишете ЕГН" not in shown(the_help())


def test_the_buttons_of_the_help_come_before_what_explains_them_which_is_hidden_at_first():
    title, lead, buttons, explained = the_help()["body"]

    assert (title["style"], lead["type"], buttons["type"]) == ("heading", "RichTextBlock", "ActionSet")
    hidden = [part for part in explained["items"] if part.get("isVisible") is False]
    assert len(hidden) == 2
    toggles = [part["selectAction"] for part in explained["items"] if "selectAction" in part]
    assert [toggle["targetElements"] for toggle in toggles] == [[part["id"]] for part in hidden]


def test_what_is_rendered_once_is_the_same_in_every_card_and_no_card_changes_it():
    before = json.dumps(the_help(), sort_keys=True)
    long = tuple(Explanation(f"Услуги {n}", ("За директори. " * 140,) * 2) for n in range(4))

    cut = help_card(T, lead="", explanations=long)
    again = help_card(T, lead="", explanations=long)

    assert cut == again
    assert json.dumps(the_help(), sort_keys=True) == before


def test_a_notice_has_a_paragraph_per_line():
    card = notice_card(T, title="Възникна грешка", paragraphs=("Едно.\nДве.", ""), buttons=(AGAIN,))
    assert shown(card).splitlines() == ["Възникна грешка", "Едно.", "Две."]
    assert card["fallbackText"] == "Възникна грешка"
