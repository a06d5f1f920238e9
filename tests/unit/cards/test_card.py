"""What the strict layer refuses becomes a card that says less, and the log says so without a word of data."""

import logging
from functools import partial
from inspect import unwrap
from typing import get_args, get_type_hints

import pytest

from cards.actions import Button, Press
from cards.card import WAYS
from cards.checked import MOST_BYTES, size_of
from cards.class_links import link_one_card
from cards.lookup_choices import lookup_choices_card
from cards.notice import notice_card
from cards.password_class import class_pick_card
from cards.password_confirm import password_confirm_card
from tests.properties.hostile import CARDS
from tests.unit.cards.parts import VOICES, of_type, shown

T = VOICES["bg"]
BACK = Button("Назад", Press("links.list", {"action": {}, "seal": "s"}))
YES = Button("Потвърждаване", Press("link.do", {"action": {}, "seal": "s"}), "positive")
CONFIRM = partial(
    password_confirm_card, confirm=YES, cancel=BACK, recipient="student", class_="5 б", name="Иво Пробен 4146054046"
)


def titles(card):
    return [action["title"] for action in of_type(card, "Action.Execute")]


@pytest.mark.says_less
def test_a_refused_card_becomes_one_that_says_less_and_still_leads_on(caplog):
    with caplog.at_level(logging.INFO, logger="cards.card"):
        card = class_pick_card(T, pick=BACK.press, classes=(), school="СУ „Климент“", buttons=(BACK,) * 9)
    assert shown(card).startswith("Отговорът не може да бъде показан\n")
    assert "помощ" in shown(card)
    assert titles(card) == ["Назад"] * 6
    assert caplog.messages == ["class_pick_card says less: no class to pick"]


@pytest.mark.says_less
def test_nobody_confirms_what_is_not_shown_and_no_data_comes_into_the_log(caplog):
    card = CONFIRM(T, recipient="чичо 4146054046")
    assert titles(card) == ["Назад"]
    assert caplog.messages == ["password_confirm_card says less: no such recipient"]
    assert titles(notice_card(T, title="Сигурни ли сте?", paragraphs=(), buttons=(YES, BACK) * 4)) == ["Назад"] * 4


@pytest.mark.parametrize("name", sorted(CARDS))
def test_every_button_a_card_is_given_leads_on_or_confirms(name):
    hints = get_type_hints(unwrap(CARDS[name]))
    given = {parameter for parameter, hint in hints.items() if hint is Button or Button in get_args(hint)}
    assert given <= {*WAYS, "confirm", "decide", "pending"}


@pytest.mark.says_less
@pytest.mark.parametrize("data", [{"seal": object()}, {"seal": "я" * 20_000}])
def test_it_does_without_buttons_that_cannot_be_carried(data):
    card = lookup_choices_card(T, lead="Натиснете.", choices=(), new_search=Button("Назад", Press("x", data)))
    assert titles(card) == []
    assert "помощ" in shown(card)


def test_a_card_that_is_only_too_large_keeps_its_buttons_and_what_is_to_be_copied(caplog):
    notices = tuple(f"{number} {'я' * 1_900}" for number in range(8))
    card = notice_card(T, title="Известие", paragraphs=notices, buttons=(YES, BACK))
    assert size_of(card) <= MOST_BYTES
    assert titles(card) == ["Потвърждаване", "Назад"]
    assert [line[0] for line in shown(card).splitlines()[1:]] == list("01234567")
    assert caplog.messages == ["notice_card is too large and its texts are cut"]


def test_the_names_of_a_lecture_are_told_in_rows_and_those_of_a_class_line_by_line():
    few, many = (tuple(f"Ученик {number} Пробен" for number in range(count)) for count in (26, 150))
    card = partial(link_one_card, title="Музика", about=(), names=few, buttons=(BACK,))
    assert shown(card(T)).count("\nУченик") == 26
    large = card(T, names=many)
    assert size_of(large) <= MOST_BYTES
    assert "Ученик 119 Пробен" in shown(large)
    assert "и още 30" in shown(large)
