"""A director gives passwords at the Teams-like client: to one student, to a class, on paper. Pictures: out/e2e/."""

import re
import subprocess
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from demo.cast import Player, Student
from tests.e2e.conftest import Product
from tests.e2e.playground import Client

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

TYPED = "Номер, име или потребителско име"
IDENTITY = "Уверих се в самоличността"
PASSWORD = re.compile(r"\b[DFGKMRSTVZ][a-z]+[2-9]{3,4}\b")

Open = Callable[[Player], Client]


def to_person(director: Client, student: Student) -> str:
    director.say("парола")
    director.fill(TYPED, student.identifier)
    return director.press("Търсене")


def second_class(product: Product) -> str:
    """Of the first director's school: all of the first one are given passwords with their accounts, by another test."""
    here = product.cast.first_director.school_code
    classes = {str(one["class"]) for one in product.people["students"] if one["schoolCode"] == here and one["class"]}
    return min(classes - {product.cast.own_class})


def paper(url: str, pin: str, folder: Path) -> str:
    """What stands on the slips: fetched as the page's button does."""
    with urllib.request.urlopen(urllib.request.Request(url, method="POST"), timeout=30) as answer:  # noqa: S310 -- ours
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.headers["Cache-Control"] == "no-store"
        file = folder / "slips.pdf"
        file.write_bytes(answer.read())
    return subprocess.run(
        ["pdftotext", "-layout", "-upw", pin, str(file), "-"], capture_output=True, text=True, check=True
    ).stdout


def test_a_director_gives_a_young_students_password_to_a_parent(client_of: Open, product: Product) -> None:
    student = product.cast.young_student
    director = client_of(product.cast.first_director)
    director.say("парола")
    director.screenshot("20-password-start")
    director.fill(TYPED, student.identifier)
    person = director.press("Търсене")
    director.screenshot("21-password-person")
    assert student.name in person
    assert "не е давана" in person
    director.tick("На родител – ученикът не е навършил 14 години")
    director.tick(IDENTITY)
    sure = director.press("Напред")
    director.screenshot("22-password-confirm")
    assert student.name in sure
    assert "на родител" in sure
    ready = director.press("Потвърждаване")
    director.screenshot("23-password-ready")
    assert "Временната парола е създадена" in ready
    assert not PASSWORD.search(ready)
    shown = director.press("Показване на паролата")
    director.screenshot("24-password-shown")
    (password,) = set(PASSWORD.findall(shown))
    receipt = director.press("Отбелязване като предадена")
    director.screenshot("25-password-receipt")
    assert password not in receipt
    assert "родител на ученика" in receipt
    assert password not in director.page.inner_text("body"), "the password stands nowhere in the chat any more"
    again = to_person(director, student)
    director.screenshot("26-password-given")
    assert "дадена на" in again
    assert "Предаване: родител на ученика" in again
    receipt = director.press("Към разписката")
    assert "Предаването е отбелязано" in receipt


@pytest.mark.long
def test_a_parent_of_a_fourteen_year_old_is_refused_politely(client_of: Open, product: Product) -> None:
    director = client_of(product.cast.first_director)
    to_person(director, product.cast.older_student)
    director.tick("На родител")
    director.tick(IDENTITY)
    answer = director.press("Напред")
    director.screenshot("27-password-fourteen")
    assert "навършил 14 години" in answer
    assert "лично" in answer


@pytest.mark.long
def test_the_password_of_another_schools_student_is_not_ours_to_give(client_of: Open, product: Product) -> None:
    director = client_of(product.cast.second_director)
    answer = to_person(director, product.cast.young_student)
    director.screenshot("28-password-elsewhere")
    assert product.cast.young_student.name not in answer
    assert "Във Вашето училище" in answer


@pytest.mark.long
def test_a_look_up_leads_on_to_the_password(client_of: Open, product: Product) -> None:
    director = client_of(product.cast.first_director)
    director.say("справка")
    director.fill(TYPED, product.cast.own_student.identifier)
    director.press("Търсене")
    title = next(title for title in director.buttons() if "арола" in title)
    person = director.press(title)
    director.screenshot("29-password-from-look-up")
    assert product.cast.own_student.name in person
    assert "На кого ще предадете паролата?" in person


@pytest.mark.long
def test_a_teacher_is_told_who_gives_passwords(client_of: Open, product: Product) -> None:
    teacher = client_of(product.cast.teacher)
    answer = teacher.say("парола")
    teacher.screenshot("30-password-teacher")
    assert "директор" in answer
    assert "Търсене" not in teacher.buttons()


@pytest.mark.long
def test_a_class_on_paper(client_of: Open, product: Product, tmp_path: Path) -> None:
    director = client_of(product.cast.first_director)
    director.say("парола")
    director.press("Цяла паралелка")
    class_ = second_class(product)
    if class_ in director.rows():
        director.press_row(class_)
    else:
        director.choose("Паралелка", class_)
        director.press("Напред")
    director.screenshot("31-class-students")
    director.tick("Лично на всеки ученик")
    director.tick("Ще предам всяка парола")
    begun = director.press("Създаване на паролите")
    if "Желаете ли да продължите" in begun:
        director.screenshot("32-class-confirm")
        begun = director.press("Потвърждаване")
    director.screenshot("33-class-begun")
    count = int(re.search(r"Готови: \d+ от (\d+)", begun)[1])  # type: ignore[index]  # the test fails if it is not said
    answers = director.answers.count()
    director.answers.get_by_text(f"Готови: {count} от {count}").first.wait_for(timeout=60_000)
    director.screenshot("34-class-done")
    assert director.answers.count() == answers, "the card that began it goes on showing it"
    offered = director.press("Отпечатване на бележките")
    director.screenshot("35-class-slips")
    pin = re.search(r"\b\d{12}\b", offered)
    assert pin is not None
    text = paper(director.address("Изтегляне на файла (PDF)"), pin[0], tmp_path)
    assert len(set(PASSWORD.findall(text))) == count
    assert "Унищожете бележката" in " ".join(text.split())
