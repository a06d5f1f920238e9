"""A director authorises a teacher, who decides in the director's place and may nothing else; and ends it. Pictures."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from demo import cast
from demo.cast import Player
from tests.e2e.conftest import Product
from tests.e2e.playground import PATIENCE, Client, today
from tests.midnight import clear_of_midnight

pytestmark = [pytest.mark.e2e, pytest.mark.long, pytest.mark.timeout(240)]

Open = Callable[[Player], Client]

RECEIVED = "Получено е искане"
NEVER = {
    "Ново искане",
    "Упълномощени лица",
    "Потребителско име",
    "Временна парола",
    "Оттегляне на искането",
}
"""What stays with directors."""


def comes(client: Client, words: str) -> None:
    """Something in the chat says so, soon."""
    expect(client.answers.filter(has_text=words).last).to_be_visible(timeout=2 * PATIENCE)


def colleague(product: Product) -> Player:
    """A teacher of the first director's school, not the one of the other tests."""
    school, taken = product.cast.first_director.school_code, product.cast.teacher.upn
    one = next(
        one
        for one in product.people["people"]
        if one["role"] == "teacher" and one["schoolCode"] == school and one["upn"] != taken
    )
    return cast.player("deputy", one)


def other_director(product: Product) -> Player:
    """The director of a third school: the other tests count the requests of the second."""
    taken = {product.cast.first_director.school_code, product.cast.second_director.school_code}
    people = product.people["people"]
    return cast.player(
        "director-3", next(one for one in people if one["role"] == "director" and one["schoolCode"] not in taken)
    )


def asks(director: Client, identifier: str) -> None:
    director.say("ново искане")
    director.fill("Номер на ученика", identifier)
    director.press("Търсене")
    director.choose("Паралелка във Вашето училище", re.compile(r"\w"))
    director.tick("Заявление за записване")
    assert "е изпратено" in director.press("Изпращане на искането")


def authorises(director: Client, deputy: Player) -> str:
    """From the list to the order with its two dates; the list again."""
    director.say("искания")
    director.press("Упълномощени лица")
    director.press("Упълномощаване на колега")
    director.fill("Име или потребителско име на колега", deputy.upn)
    assert deputy.name in director.press("Търсене")
    director.fill("Номер на заповедта", "РД-12")
    director.date("Дата на заповедта", today() - timedelta(days=3))
    director.date("Упълномощен до", today())
    director.screenshot("81-deputy-form")
    return director.press("Упълномощаване")


def test_a_deputy_decides_until_the_director_ends_it(client_of: Open, product: Product) -> None:
    clear_of_midnight(4)  # the deputy is one until the end of the day
    deputy, elsewhere = colleague(product), other_director(product)
    student, other = (
        one
        for one in product.people["students"]
        if one["schoolCode"] == deputy.school_code and one["case"] in {"twelfth-grader", "name-hyphen"}
    )
    director = client_of(product.cast.first_director)
    listed = authorises(director, deputy)
    director.screenshot("82-deputy-listed")
    assert f"{deputy.name} е упълномощен(а)" in listed
    assert "Заповед РД-12" in listed

    teacher, asking = client_of(deputy), client_of(elsewhere)
    welcome = teacher.last_text()
    teacher.screenshot("83-deputy-welcome")
    assert product.cast.first_director.school_name in welcome, "whom the deputy decides for is said"
    assert not NEVER & set(teacher.buttons())
    asks(asking, student["identifier"])
    comes(teacher, RECEIVED)
    comes(director, RECEIVED)
    teacher.screenshot("84-deputy-received")

    for title, asked in (
        ("Отхвърляне", "Посочете причина"),
        ("Не е при нас", "Посочете защо"),
        ("Одобряване", "Потвърждавате ли?"),
    ):
        assert asked in teacher.press(title)
        back = teacher.press("Отказ")
        assert student["name"] in back, "the request again, as it was"
        assert {"Одобряване", "Отхвърляне", "Не е при нас"} <= set(teacher.buttons())
        assert not NEVER & set(teacher.buttons())
    teacher.press("Одобряване")
    assert "Потвърждавате ли?" not in teacher.press("Одобряване")
    comes(teacher, "Профилът е предоставен на приемащото училище")
    comes(asking, "ученикът вече е във Вашето училище")
    comes(director, deputy.name)
    director.screenshot("85-decided-by-the-deputy")

    teacher.say("искания")
    teacher.screenshot("86-deputy-list")
    assert not NEVER & set(teacher.buttons())
    for word in ("справка", "парола", "ново искане"):
        assert "директорът на училището" in teacher.say(word), word

    asks(asking, other["identifier"])
    comes(teacher, other["name"])
    director.say("искания")
    director.press("Упълномощени лица")
    first, *_, last = deputy.name.split()
    end = f"Прекратяване: {first} {last}"
    assert "Потвърждавате ли?" in director.press(end)
    assert end in (director.press("Отказ"), *director.buttons())
    director.press(end)
    assert "Упълномощаването е прекратено" in director.press("Потвърждаване")
    director.screenshot("87-deputy-ended")
    comes(teacher, "Това искане вече не се отнася до Вас")
    expect(teacher.answers.filter(has_text=other["name"])).to_have_count(0, timeout=2 * PATIENCE)
    teacher.screenshot("88-no-deputy-any-more")
    assert "директорът на училището" in teacher.say("искания")
