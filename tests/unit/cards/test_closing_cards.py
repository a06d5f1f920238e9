"""The card on which is ticked who signed, and what became of it."""

import json
from functools import partial
from uuid import UUID

import pytest

from cards.actions import Button, Press
from cards.checked import MOST_BYTES, CardError
from cards.closing import MOST_SIGNERS, Signer, closed_card, closing_card
from tests.gallery.sample import HOSTILE, press
from tests.unit.cards.parts import VOICES, of_type, shown, strictly
from tests.unit.cards.password_parts import LONGEST_NAME

T = VOICES["bg"]
BACK = Button("Назад", Press("own.open", {"seal": "b"}))
TICKED, ALL = Press("own.close", {"seal": "t"}), Press("own.close-all", {"seal": "a"})
PAIR = (Signer("a", "Иво Пробен Образцов"), Signer("b", "Калина Примерова", "не е предаден"))
CARD = partial(closing_card, submit=TICKED, everybody=ALL, people=PAIR, class_="1 а", buttons=(BACK,))


def field(card, name):
    (found,) = [part for part in of_type(card, "Input.ChoiceSet") if part["id"] == name]
    return found


def test_nobody_is_ticked_and_nothing_is_chosen_until_somebody_does():
    card = CARD(T, parents=True)
    assert "value" not in field(card, "signed")
    assert "value" not in field(card, "recipient")
    assert "isRequired" not in field(card, "signed"), "„Всички подписаха“ is pressed with nobody ticked"
    assert field(card, "recipient")["isRequired"] is True


def test_to_whom_is_asked_only_where_a_parent_may_have_been_handed_it():
    assert [part["id"] for part in of_type(CARD(T), "Input.ChoiceSet")] == ["signed"]
    assert [one["value"] for one in field(CARD(T, parents=True), "recipient")["choices"]] == ["owner", "parent"]


def test_both_buttons_send_what_was_chosen_and_the_way_back_sends_nothing():
    said = [(one["data"]["seal"], one["associatedInputs"], one["title"]) for one in CARD(T)["actions"]]
    assert said == [
        ("t", "auto", "Запис на отбелязаните"),
        ("a", "auto", "Всички подписаха (2)"),
        ("b", "none", "Назад"),
    ]


@pytest.mark.parametrize("people", [PAIR[:1], tuple(Signer(str(n), "Иво") for n in range(MOST_SIGNERS + 1))])
def test_everybody_is_offered_only_where_it_means_several_who_are_all_on_the_card(people):
    assert [one["data"]["seal"] for one in CARD(T, people=people)["actions"]] == ["t", "b"]


def test_what_was_ticked_is_given_back_with_what_is_to_be_corrected():
    card = CARD(T, ticked=("b", "stranger"), parents=True, recipient="neighbour", problem="Посочете на кого.")
    assert field(card, "signed")["value"] == "b"
    assert "value" not in field(card, "recipient")
    assert "Посочете на кого." in shown(card)


def test_two_of_one_name_can_be_told_apart_and_a_group_is_named():
    card = CARD(T, people=(Signer("a", "Иво Пробен"), Signer("b", "Иво Пробен")), class_="", group="Клуб")
    assert [one["title"] for one in field(card, "signed")["choices"]] == ["Иво Пробен", "Иво Пробен (2)"]
    assert "Група: Клуб" in shown(card)


@pytest.mark.parametrize("name", [LONGEST_NAME, *HOSTILE])
def test_a_class_of_sixty_fits_one_card_whatever_they_are_called(name):
    people = tuple(Signer(str(UUID(int=n)), f"{name} {n}", "предаден, още не е ползван") for n in range(MOST_SIGNERS))
    shut = {"submit": press("own.close", people="d" * 64), "everybody": press("own.close-all", people="d" * 64)}
    card = strictly(CARD, T, people=people, parents=True, problem="Посочете на кого са предадени.", **shut)
    assert len(field(card, "signed")["choices"]) == MOST_SIGNERS
    assert 2 * len(json.dumps(card, ensure_ascii=False, separators=(",", ":"))) <= MOST_BYTES


def test_with_nobody_there_is_no_card():
    with pytest.raises(CardError, match="nobody"):
        strictly(CARD, T, people=())


def test_what_became_of_it_says_who_was_left_out_and_why_and_how_many_are_left():
    refused = (("Иво Пробен", "Навършил е 14 години."), ("Ян Ли", "Навършил е 14 години."))
    text = shown(closed_card(T, done=24, before=1, refused=refused, left=2, class_="1 а", buttons=(BACK,)))
    assert text.splitlines() == [
        "Предаването е записано",
        "Паралелка: 1 а",
        "Записано е предаване на 24 профила.",
        "За 1 профил предаването вече беше записано.",
        "Не е записано за (2)",
        "Навършил е 14 години.",
        "• Иво Пробен",
        "• Ян Ли",
        "Остават непредадени 2 профила.",
    ]


def test_nothing_noted_is_not_called_a_success():
    text = shown(closed_card(T, done=0, before=0, refused=(("Иво", "Не е в училището."),), left=0))
    assert text.startswith("Нищо не е записано")
    assert text.endswith("Няма непредадени профили.")
