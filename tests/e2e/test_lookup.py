"""A school's people at the Teams-like client, from the first card to the username. Pictures: out/e2e/."""

import re
from collections.abc import Callable

import pytest

from demo.cast import Player
from tests.e2e.conftest import Product
from tests.e2e.playground import Client

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

TYPED, MOVED, SEARCH = "Номер, име или потребителско име", "Преместен ученик", "Търсене"

Open = Callable[[Player], Client]


def test_a_director_is_welcomed_once_and_offered_the_look_up(new_client_of: Open, product: Product) -> None:
    director = new_client_of(product.cast.first_director)
    director.page.wait_for_timeout(1500)  # a second welcome would arrive by now
    assert director.answers.count() == 1
    assert "Здравейте" in director.last_card_text()
    assert "Потребителско име" in director.last_card_text()
    director.screenshot("1-welcome")


def test_a_director_finds_a_moved_student_by_identifier(client_of: Open, product: Product) -> None:
    student = product.cast.other_student
    director = client_of(product.cast.first_director)
    director.say("справка")
    director.fill(TYPED, student.identifier)
    director.screenshot("2-form")
    answer = director.press(MOVED)
    director.screenshot("3-moved-student")
    assert student.name in answer
    assert student.school_code in answer
    assert re.search(r"[a-z0-9]+@edu\.mon\.bg", answer), "the username is shown in full"
    assert student.identifier not in answer, "the identifier is masked in the answer"
    assert "Временна парола" not in "".join(director.buttons()), "no button for another school's student"


@pytest.mark.long
def test_a_wrong_check_digit_is_named_and_what_was_typed_stays(client_of: Open, product: Product) -> None:
    right = product.cast.other_student.identifier
    wrong = right[:-1] + str((int(right[-1]) + 1) % 10)
    director = client_of(product.cast.first_director)
    director.say("справка")
    director.fill(TYPED, wrong)
    answer = director.press(MOVED)
    director.screenshot("4-wrong-check-digit")
    assert "контролната цифра" in answer
    assert director.value(TYPED) == wrong
    director.fill(TYPED, right)
    assert product.cast.other_student.name in director.press(MOVED)


@pytest.mark.long
def test_a_student_of_another_school_needs_a_reason(client_of: Open, product: Product) -> None:
    director = client_of(product.cast.second_director)
    director.say("справка")
    director.fill(TYPED, product.cast.own_student.identifier)
    answer = director.press(SEARCH)
    assert product.cast.own_student.name not in answer
    assert "основание" in answer
    director.screenshot("4-reason-wanted")
    assert product.cast.own_student.name in director.press("Забравено потребителско име"), (
        "one press, nothing retyped"
    )


@pytest.mark.long
def test_several_students_of_one_name_are_told_apart(client_of: Open, product: Product) -> None:
    director = client_of(product.cast.first_director)
    director.say("справка")
    director.fill(TYPED, product.shared_name)
    answer = director.press(SEARCH)
    director.screenshot("5-choices")
    assert "Намерени са няколко души" in answer
    assert product.cast.other_student.school_code not in answer
    rows = director.rows()
    assert len(set(rows)) == len(rows) > 1, "a screen reader calls each something else"
    chosen = director.press_row(rows[1])
    assert re.search(r"@edu\.mon\.bg", chosen)
    director.screenshot("6-chosen")
    assert "Намерени са няколко души" in director.press("Към списъка")
    assert director.rows() == rows


def test_an_identifier_in_the_chat_is_not_repeated(client_of: Open, product: Product) -> None:
    identifier = product.cast.other_student.identifier
    director = client_of(product.cast.first_director)
    answer = director.say(f"намери ученик {identifier}")
    director.screenshot("7-identifier-in-chat")
    assert identifier not in answer
    assert "изтрийте" in answer.lower()
    assert director.value(TYPED) == "", "the form is empty: the number must be typed again, where it is not kept"


@pytest.mark.long
def test_the_language_is_remembered(client_of: Open, product: Product) -> None:
    director = client_of(product.cast.second_director)
    try:
        director.say("english")
        assert "Help" in director.say("help")
        director.screenshot("8-english")
    finally:
        director.say("български")
    assert "Помощ" in director.say("помощ")


@pytest.mark.long
@pytest.mark.parametrize(
    ("role", "words"),
    [
        ("teacher", "дава директорът на училището"),
        ("student", "класния си ръководител"),
        ("ruo", "нямат достъп чрез бота до лични данни"),
        ("none", "Ако сте директор, влезте"),
    ],
    ids=["teacher", "student", "ruo", "none"],
)
def test_everybody_else_is_refused_with_a_way_forward(
    client_of: Open, product: Product, role: str, words: str
) -> None:
    person = client_of(product.player(role))
    answer = person.say("справка")
    person.screenshot(f"9-refused-{role}")
    assert words in answer
    assert person.answers.get_by_label(TYPED).count() == 0, "no form to fill in"
    assert person.buttons(), "no dead end"
    assert not re.search(r"\d{10}|@edu\.mon\.bg\b", answer.replace("следван от @edu.mon.bg", ""))


@pytest.mark.long
def test_an_old_form_still_answers_after_the_bot_said_more(client_of: Open, product: Product) -> None:
    director = client_of(product.cast.first_director)
    director.say("справка")
    director.say("помощ")
    director.answers.filter(has_text=SEARCH).first.get_by_label(TYPED).fill(product.cast.own_student.identifier)
    assert product.cast.own_student.name in director.press(SEARCH)


def test_nothing_typed_into_the_form_reaches_the_log(client_of: Open, product: Product) -> None:
    director = client_of(product.cast.first_director)
    director.say("справка")
    director.fill(TYPED, product.cast.own_student.identifier)
    director.press(SEARCH)
    for log in ("bot.log", "bot.db", "bot.db-wal"):
        path = product.folder / log
        written = path.read_bytes() if path.exists() else b""
        assert product.cast.own_student.identifier.encode() not in written, f"{log} holds the identifier"
