"""A teacher asks why a class is missing, the director mends it, a school keeps its classes in Classroom. Pictures."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, expect

from demo.cast import Player
from tests.e2e.conftest import Product
from tests.e2e.playground import PATIENCE, PICTURES, Client

pytestmark = [pytest.mark.e2e, pytest.mark.long, pytest.mark.timeout(300)]

Open = Callable[[Player], Client]

NOT_OWNER = "Технологии и предприемачество"


def comes(client: Client, words: str) -> None:
    """Something in the chat says so, soon."""
    expect(client.answers.filter(has_text=words).last).to_be_visible(timeout=2 * PATIENCE)


def opens(client: Client, subject: str) -> str:
    """Opens the link of this subject from the pages of the list that is shown."""
    for _ in range(6):
        if subject in client.last_text():
            client.choose("Класна стая", re.compile(subject))
            return client.press("Отваряне")
        client.press("Следващи")
    raise AssertionError(f"no link of {subject}")


def test_a_missing_owner_is_asked_for_mended_and_answered(client_of: Open, product: Product) -> None:
    teacher, director = client_of(product.cast.teacher), client_of(product.cast.first_director)
    director.say("помощ")

    listed = teacher.say("класове")
    teacher.screenshot("60-teacher-list")
    assert "Проверено" in listed
    one = opens(teacher, NOT_OWNER)
    teacher.screenshot("61-teacher-link")
    assert "учителят не е неин собственик" in one
    assert "Директорът или администраторът на училището" in one
    assert "Изпратено е" in teacher.press("Въпрос до директора")
    comes(director, "Въпрос от учител за класна стая")
    director.screenshot("62-director-asked")

    overview = director.say("класове")
    director.screenshot("63-overview")
    assert "По състояние" in overview
    assert "Кой трябва да действа" in overview
    director.fill("Или потърсете паралелка, предмет или учител", "технологии")
    found = director.press("Отваряне на списъка")
    director.screenshot("64-found")
    assert NOT_OWNER in found
    opens(director, NOT_OWNER)
    question = director.press("Добавяне като собственик")
    director.screenshot("65-sure")
    assert "Данните идват от НЕИСПУО" in question
    assert "Заявката е приета" in director.press("Потвърждаване")
    comes(director, "Добавен е собственик")
    comes(director, "Вече е отговорено")  # the teacher's question closed itself
    director.screenshot("66-done")
    comes(teacher, "Решено е")
    teacher.screenshot("67-teacher-answered")
    assert "Синхронизиран" in teacher.press("Преглед на класната стая")
    teacher.screenshot("68-teacher-in-order")


def test_a_link_of_the_second_page_is_opened_and_not_one_of_the_first(client_of: Open, product: Product) -> None:
    teacher = client_of(product.cast.teacher)
    teacher.say("класове")
    second = teacher.press("Следващи")
    assert "Руски език" in second
    teacher.choose("Класна стая", re.compile("Руски език"))
    one = teacher.press("Отваряне")
    teacher.screenshot("68-second-page")
    assert "Руски език" in one
    assert "Екипът е архивиран" in one


def test_the_director_gets_the_school_as_a_table(client_of: Open, product: Product, browser: Browser) -> None:
    director = client_of(product.cast.first_director)
    director.say("класове")
    director.press("Таблица (Excel)")
    director.screenshot("69-table-offered")
    page = browser.new_page()
    page.goto(director.address("Отваряне на страницата"))
    page.screenshot(path=PICTURES / "70-table-page.png")
    with page.expect_download() as download:
        page.get_by_role("button", name="Изтегляне на таблицата (Excel)").click()
    assert download.value.suggested_filename == "klasove.xlsx"
    page.get_by_role("button", name="Изтегляне на таблицата (Excel)").click()
    expect(page.get_by_text("Тази страница вече не е достъпна.")).to_be_visible()
    page.close()


def test_a_school_keeps_its_classes_in_classroom(client_of: Open, product: Product) -> None:
    director = client_of(product.cast.second_director)
    director.say("класове")
    director.screenshot("71-second-school")
    director.press("Teams или Google Classroom?")
    director.screenshot("72-platform")
    overview = director.press("Избор на Google Classroom")
    director.screenshot("73-classroom")
    assert "Предстои създаване в Classroom" in overview
    before = re.search(r"Остават: (\d+) от (\d+)", overview)
    assert before is not None
    assert before[1] == before[2]
    director.press("Отваряне на списъка")
    director.choose("Класна стая", re.compile(r"\w"))
    director.press("Отваряне")
    director.fill("Код или адрес на класната стая в Classroom (по желание)", "abc-defg")
    director.screenshot("74-to-be-made")
    marked = director.press("Отбелязване като създадена")
    director.screenshot("75-made")
    assert "Създадена в Classroom" in marked
    assert "abc-defg" in marked
    after = re.search(r"Остават: (\d+) от (\d+)", director.say("класове"))
    assert after is not None
    assert int(after[1]) == int(before[1]) - 1
    director.press("Teams или Google Classroom?")
    assert "По състояние" in director.press("Избор на Teams")
