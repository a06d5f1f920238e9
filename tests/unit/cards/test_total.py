"""What the strict layer refuses becomes a card that says less, and the log says so without a word of data."""

import logging
from dataclasses import replace

import pytest

from cards.actions import Button, Press
from cards.checked import MOST_BYTES, size_of
from cards.class_pick import ClassPick, class_pick_card
from cards.link_one import LinkOne, link_one_card
from cards.lookup_choices import LookupChoices, lookup_choices_card
from cards.notice import Notice, notice_card
from cards.password_confirm import PasswordConfirm, password_confirm_card
from tests.unit.cards.parts import VOICES, of_type, shown

T = VOICES["bg"]
BACK = Button("Назад", Press("links.list", {"action": {}, "seal": "s"}))
YES = Button("Потвърждавам", Press("link.do", {"action": {}, "seal": "s"}), "positive")
CONFIRM = PasswordConfirm(YES, BACK, "student", "5 б", "Иво Пробен 4146054046")


def titles(card):
    return [action["title"] for action in of_type(card, "Action.Execute")]


@pytest.mark.says_less
def test_a_refused_card_becomes_one_that_says_less_and_still_leads_on(caplog):
    with caplog.at_level(logging.INFO, logger="cards.total"):
        card = class_pick_card(ClassPick(BACK.press, (), "СУ „Климент“", buttons=(BACK,) * 9), T)
    assert shown(card).startswith("Отговорът не може да бъде показан\n")
    assert "помощ" in shown(card)
    assert titles(card) == ["Назад"] * 6
    assert caplog.messages == ["class_pick_card says less: no class to pick"]


@pytest.mark.says_less
def test_nobody_confirms_what_is_not_shown_and_no_data_comes_into_the_log(caplog):
    card = password_confirm_card(replace(CONFIRM, recipient="чичо 4146054046"), T)
    assert titles(card) == ["Назад"]
    assert caplog.messages == ["password_confirm_card says less: no such recipient"]
    assert titles(notice_card(Notice("Сигурни ли сте?", (), (YES, BACK) * 4), T)) == ["Назад"] * 4


@pytest.mark.says_less
@pytest.mark.parametrize("data", [{"seal": object()}, {"seal": "я" * 20_000}])
def test_it_does_without_buttons_that_cannot_be_carried(data):
    card = lookup_choices_card(LookupChoices(BACK.press, (), Button("Назад", Press("x", data))), T)
    assert titles(card) == []
    assert "помощ" in shown(card)


def test_a_card_that_is_only_too_large_keeps_its_buttons_and_what_is_to_be_copied(caplog):
    notices = tuple(f"{number} {'я' * 1_900}" for number in range(8))
    card = notice_card(Notice("Известие", notices, (YES, BACK)), T)
    assert size_of(card) <= MOST_BYTES
    assert titles(card) == ["Потвърждавам", "Назад"]
    assert [line[0] for line in shown(card).splitlines()[1:]] == list("01234567")
    assert caplog.messages == ["notice_card is too large and its texts are cut"]


def test_the_names_of_a_lecture_are_told_in_rows_and_those_of_a_class_line_by_line():
    few, many = (tuple(f"Ученик {number} Пробен" for number in range(count)) for count in (26, 150))
    card = LinkOne("Музика", (), names=few, buttons=(BACK,))
    assert shown(link_one_card(card, T)).count("\nУченик") == 26
    large = link_one_card(replace(card, names=many), T)
    assert size_of(large) <= MOST_BYTES
    assert "Ученик 119 Пробен" in shown(large)
    assert "и още 30" in shown(large)
