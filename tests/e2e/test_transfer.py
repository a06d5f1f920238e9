"""Two directors, each at a Teams-like client of their own: asked, approved or refused, both cards follow. Pictures."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from demo.cast import Player
from tests.e2e.conftest import Product
from tests.e2e.playground import PATIENCE, Client

pytestmark = [pytest.mark.e2e, pytest.mark.long, pytest.mark.timeout(240)]

TYPED = "Номер на ученика"
RECEIVED = "Получено е искане"

Open = Callable[[Player], Client]


def case(product: Product, key: str) -> dict[str, Any]:
    return next(one for one in product.people["students"] if one["case"] == key)


def comes(client: Client, words: str) -> None:
    """Something in the chat says so, soon."""
    expect(client.answers.filter(has_text=words).last).to_be_visible(timeout=2 * PATIENCE)


def asks(director: Client, student: dict[str, Any], note: str, picture: str) -> str:
    director.say("ново искане")
    director.screenshot(f"{picture}-find")
    director.fill(TYPED, student["identifier"])
    form = director.press("Търсене")
    assert student["name"] in form
    assert student["identifier"] not in form
    director.choose("Паралелка във Вашето училище", "6 а")
    director.tick("Заявление за записване")
    director.fill("Бележка до директора", note)
    director.screenshot(f"{picture}-form")
    sent = director.press("Изпращане на искането")
    director.screenshot(f"{picture}-sent")
    return sent


def test_a_request_is_approved_in_the_other_directors_window(client_of: Open, product: Product) -> None:
    student = case(product, "moved")
    first, second = client_of(product.cast.first_director), client_of(product.cast.second_director)
    second.say("помощ")
    second.screenshot("40-menu")

    sent = asks(first, student, "Ученикът започва в понеделник.", "41")
    number = re.search(r"Искане № (\d+) е изпратено", sent)
    assert number is not None
    comes(second, RECEIVED)
    second.screenshot("42-received")
    question = second.press("Одобряване")
    second.screenshot("43-sure")
    assert "Потвърждавате ли?" in question
    approved = second.press("Одобряване")
    assert "Потвърждавате ли?" not in approved  # the answer, or already the updated message
    comes(first, "ученикът вече е във Вашето училище")
    comes(first, "Профилът е предоставен")
    first.screenshot("44-done-receiving")
    comes(second, "Профилът е предоставен на приемащото училище")
    second.screenshot("45-done-releasing")

    first.say("справка")
    first.choose("Търсене по", "Потребителско име")
    first.fill("Номер, име или потребителско име", student["username"])
    found = first.press("Търсене")
    first.screenshot("46-found-in-the-new-school")
    assert student["name"] in found
    assert product.cast.first_director.school_name in found
    listed = second.say("искания")
    second.screenshot("47-list")
    assert "Приключени: 1" in listed


def test_a_request_is_refused_with_a_reason_that_the_other_side_reads(client_of: Open, product: Product) -> None:
    student = case(product, "lnch-2")
    first, second = client_of(product.cast.first_director), client_of(product.cast.second_director)
    second.say("помощ")
    first.say("ново искане")
    first.choose("Търсене по", "ЛНЧ")
    first.fill(TYPED, student["identifier"])
    first.press("Търсене")
    first.choose("Паралелка във Вашето училище", "4 а")
    first.tick("Ученикът вече е записан")
    first.press("Изпращане на искането")
    comes(second, student["name"])
    form = second.press("Отхвърляне")
    second.screenshot("50-refuse")
    assert "Посочете причина" in form
    second.fill("Причина", "Ученикът остава при нас до края на срока.")
    refused = second.press("Отхвърляне")
    second.screenshot("51-refused")
    assert "Отхвърлихте искането" in refused or "Искането е отхвърлено" in refused
    comes(first, "Ученикът остава при нас до края на срока.")
    first.screenshot("52-refused-receiving")


def test_a_teacher_and_a_stranger_are_told_whose_business_it_is(client_of: Open, product: Product) -> None:
    teacher = client_of(product.cast.teacher)
    assert "директорът на училището" in teacher.say("ново искане")
    teacher.screenshot("55-teacher")
    assert "директорът на училището" in teacher.say("искания")
    stranger = client_of(product.player("none"))
    assert "Услугите са за директори" in stranger.say("искания")
    stranger.screenshot("56-stranger")
