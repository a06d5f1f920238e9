import pytest
from hypothesis import example, given

from bot.core.people.classes import (
    LONGEST_CLASS,
    class_of,
    classes_of_team,
    normalise_class,
    normalise_grade,
    of_grade_first,
)
from bot.core.people.model import AccountState, Kind, Person
from cards.words import data
from tests.properties.hostile import texts


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("5б", "5 б"), ("5 б", "5 б"), ("V „б“", "5 б"), ('5"Б"', "5 б"), ("5-б", "5 б"), ("5 - в", "5 в"),
        ("5b", "5 б"), ("ХII г", "12 г"), ("ІX а", "9 а"), ("05 а", "5 а"), ("10 л", "10 л"), ("13 а", "13 а"),
        ("5А", "5 а"), ("5A", "5 а"), ("Vв", "5 в"), ("9 ЦСОП", "9 ЦСОП"), ("ХІ", "11"), ("\uff15 б", "5 б"),
        # Left alone: mixed groups, and what a guess could get wrong.
        ("5B", "5B"), ("5 P", "5 P"), ("5 x", "5 x"), ("подг", "подг"), ("14 а", "14 а"), ("0 а", "0 а"),
        ("IIII а", "IIII а"), ("5 бв", "5 бв"), ("четвърта ПГ 5 и 6 г", "четвърта ПГ 5 и 6 г"),
        ("ДГ разновъзрастова сборна", "ДГ разновъзрастова сборна"), ("паралелка V-ХII Б", "паралелка V-ХII Б"),
        ("сборна  ІV-ХІ", "сборна ІV-ХІ"), ("", ""),
    ],
)  # fmt: skip
def test_classes_are_shown_one_way(stored, shown):
    assert normalise_class(stored) == shown


@pytest.mark.parametrize("stored", ["5б", "V „б“", "5B", "ХII г", "9 ЦСОП", "сборна ІV-ХІ", "5 - в"])
def test_normalising_twice_changes_nothing(stored):
    assert normalise_class(normalise_class(stored)) == normalise_class(stored)


@pytest.mark.parametrize(
    ("team", "classes"),
    [
        ("Математика - 5 б - ООП", ("5 б",)),
        ("Английски език - ИУЧ - 5 а, 5 б - РП", ("5 а", "5 б")),
        ("Математика - 5 - в - ООП", ("5 в",)),
        ("Математика - 5 - в, 5 - г - ООП", ("5 в", "5 г")),
        ("Модул 2 - 5 - 5 а - ООП", ("5 а",)),
        ("Музика - сборна ІV-ХІ - ООП", ("сборна ІV-ХІ",)),
        ("Музика - 5 а, 5А, V „а“ - ООП", ("5 а",)),
        ("Учителски съвет", ()),
        ("Клуб - Шах", ()),
        ("", ()),
    ],
)
def test_classes_in_team_names(team, classes):
    assert classes_of_team(team) == classes


def student(teams, grade="", kind=Kind.STUDENT):
    return Person("1", "Юлия", "u@edu.mon.bg", kind, AccountState.ACTIVE, grade=grade, teams=teams)


@pytest.mark.parametrize(
    ("teams", "grade", "shown"),
    [
        (("Математика - 5 б - ООП", "Музика - 5б - ООП", "Английски - 5 а, 5 б - РП"), "5", "5 б"),
        (("Английски - 5 а, 5 б - РП", "Математика - 5 б - ООП"), "5", "5 б"),
        (("Хор - 7 а - ФУЧ", "Танци - 7 а - ФУЧ", "Математика - 5 б - ООП"), "5", "5 б"),
        (("Хор - сборна V-VII - ФУЧ", "Танци - сборна V-VII - ФУЧ", "Математика - 5 б - ООП"), "V", "5 б"),
        (("Хор - сборна V-VII - ФУЧ",), "", "сборна V-VII"),
        (("Математика - 5 б - ООП",), "6", "5 б"),
        (("Английски - 5 а, 5 б - РП",), "5", "5 а"),
        (("Учителски съвет",), "VIII", "8"),
        ((), "05", "5"),
        (None, "12", "12"),
        (None, "", ""),
    ],
)
def test_the_class_of_a_student(teams, grade, shown):
    assert class_of(student(teams, grade)) == shown


def test_a_teacher_has_no_class():
    assert class_of(student(("Математика - 5 б - ООП",), kind=Kind.TEACHER)) == ""


@pytest.mark.parametrize(
    ("stored", "shown"), [("V", "5"), ("05", "5"), ("5. клас", "5"), ("ХІІ", "12"), ("подг", "подг"), (" ", "")]
)
def test_grades(stored, shown):
    assert normalise_grade(stored) == shown


@pytest.mark.parametrize("class_", ["5 б", "5"])
def test_the_classes_of_the_same_grade_come_first_and_none_is_lost(class_):
    names = ["1 а", "4 а", "5 а", "5 в", "10 а", "15 а", "сборна"]
    assert of_grade_first(names, class_) == ("5 а", "5 в", "1 а", "4 а", "10 а", "15 а", "сборна")


@pytest.mark.parametrize("class_", ["", "ПГ", "сборна", "12 а"])
def test_without_a_class_of_the_grade_the_order_stays(class_):
    names = ["1 а", "2 б", "група"]
    assert of_grade_first(names, class_) == tuple(names)


@given(texts())
@example("{{DATE(2026-11-23)}}")
@example("5\u200b б\u202e")
@example("д" * 500)
def test_a_class_is_called_what_a_card_shows_and_sends_back(text):
    name = normalise_class(text)
    assert data(name) == name
    assert len(name) <= LONGEST_CLASS
