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


def row(client: Client, words: str) -> str | None:
    """The whole name of the first row of the last card that begins with these words."""
    names = client.rows()
    return next((name for name in names if name.startswith(words)), None)


def opens(client: Client, subject: str) -> str:
    """Opens the link of this subject from the pages of the list that is shown."""
    for _ in range(8):
        if (name := row(client, subject)) is not None:
            return client.press(name)
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
    assert "Директорът или администраторът на училището" in overview
    name = row(director, "Има класна стая, но учителят не е неин собственик")
    assert name is not None
    assert NOT_OWNER in director.press(name)
    director.screenshot("64-found")
    question = opens(director, NOT_OWNER)
    director.screenshot("65-sure")
    assert "Данните идват от НЕИСПУО" in question
    assert "Заявката е приета" in director.press("Добавяне като собственик")
    assert "учителят не е неин собственик" in director.press("Към списъка"), "the same list"
    comes(director, "Учителят е собственик и член")
    comes(director, "Вече е отговорено")  # the teacher's question closed itself
    director.screenshot("66-done")
    comes(teacher, "Решено е")
    teacher.screenshot("67-teacher-answered")
    assert "Синхронизиран" in teacher.press("Преглед на класната стая")
    teacher.screenshot("68-teacher-in-order")


def test_a_link_of_the_second_page_is_opened_and_not_one_of_the_first(client_of: Open, product: Product) -> None:
    teacher = client_of(product.cast.teacher)
    teacher.say("класове")
    first = teacher.rows()
    teacher.press("Следващи")
    second = teacher.rows()
    assert not set(first) & set(second)
    one = opens(teacher, "Руски език")
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
    asked = director.press("Преминаване към Classroom")
    director.screenshot("72-platform")
    assert "получава напомняне" in asked
    assert "Сега училището ползва Google Classroom" in director.press("Потвърждаване")
    overview = director.press("Към обобщението")
    director.screenshot("73-classroom")
    assert "Предстои създаване в Classroom" in overview
    before = re.search(r"Остават: (\d+) от (\d+)", overview)
    assert before is not None
    assert before[1] == before[2]
    director.press(director.rows()[0])
    director.press(director.rows()[0])
    director.fill("Код или адрес на класната стая в Classroom (по желание)", "abc-defg")
    director.screenshot("74-to-be-made")
    marked = director.press("Отбелязване като създадена")
    director.screenshot("75-made")
    assert "Създадена в Classroom" in marked
    assert "abc-defg" in marked
    after = re.search(r"Остават: (\d+) от (\d+)", director.say("класове"))
    assert after is not None
    assert int(after[1]) == int(before[1]) - 1
    director.press(director.rows()[0])
    title, _, _ = director.rows()[0].partition(",")
    director.press("Отбелязване на няколко")
    director.answers.get_by_text(title).last.click()  # the client's label of a tick is no label of its field
    director.screenshot("76-several")
    assert "Отбелязана е 1 класна стая." in director.press("Отбелязване на избраните")
    director.screenshot("77-some-made")
    sure = director.press(f"Отбелязване на всички ({int(before[1]) - 2})")
    assert "ще бъдат отбелязани" in sure
    assert "са отбелязани" in director.press("Потвърждаване")
    director.screenshot("78-all-made")
    assert f"Остават: 0 от {before[2]}" in director.say("класове")
    director.press("Връщане към Teams")
    assert "Сега училището ползва Teams" in director.press("Потвърждаване")
