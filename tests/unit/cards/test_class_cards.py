"""The cards of the passwords of a class."""

import json
from dataclasses import replace
from functools import partial
from uuid import UUID

import pytest

from bot.core.passwords.model import PasswordStatus
from cards.actions import Button, Press
from cards.checked import MOST_BYTES, CardError
from cards.password_class import (
    MOST_CLASSES,
    MOST_STUDENTS,
    StudentChoice,
    class_pick_card,
    class_progress_card,
    class_students_card,
)
from cards.password_confirm import password_confirm_card
from tests.gallery.sample import press
from tests.unit.cards.parts import VOICES, of_type, shown, strictly, strings
from tests.unit.cards.password_parts import APOSTROPHE, LARGEST_CLASS, LONGEST_NAME, MIXED_CLASS, OLDER_CLASS

T = VOICES["bg"]
AWAY = Button("Обратно", Press("password.open", {"seal": "o"}))
PICK = Press("class.students", {"seal": "p"})
CHOOSE = Press("class.choose", {"seal": "c"})
YOUNG = StudentChoice("a", "Иво Пробен Образцов", "never", under_14=True, ticked=True)
RUNNING = partial(
    class_progress_card,
    class_="5 б",
    total=26,
    done=12,
    left=13,
    cancelled=0,
    failed=(("Иво Пробен", "Не отговори."),),
    state="running",
    buttons=(AWAY,),
)


def choices(card, name):
    (field,) = [part for part in of_type(card, "Input.ChoiceSet") if part["id"] == name]
    return {choice["value"]: choice["title"] for choice in field["choices"]}


def size(card):
    return 2 * len(json.dumps(card, ensure_ascii=False, separators=(",", ":")))


def test_a_class_is_picked_from_a_compact_list_by_its_name():
    card = class_pick_card(
        T, pick=PICK, classes=("1 а", "5 б"), school="СУ „Климент“", problem="Няма.", buttons=(AWAY,)
    )
    (field,) = of_type(card, "Input.ChoiceSet")
    assert (field["id"], field["style"], field["isRequired"]) == ("class", "compact", True)
    assert choices(card, "class") == {"1 а": "1 а", "5 б": "5 б"}
    assert "value" not in field, "nobody's class is chosen for the director"
    text = shown(card)
    assert text.index("СУ „Климент“") < text.index("Няма.") < text.rindex("Паралелка")


def test_classes_that_look_alike_are_one_choice_and_no_class_is_an_error():
    assert list(choices(class_pick_card(T, pick=PICK, classes=("5 б", "5\u200b б", "5  б"), school=""), "class")) == [
        "5 б"
    ]
    with pytest.raises(CardError, match="no class"):
        strictly(class_pick_card, T, pick=PICK, classes=(), school="")


def test_as_many_classes_as_no_school_has_still_make_a_card():
    many = tuple(f"{number} {'паралелка ' * 9}" for number in range(MOST_CLASSES + 50))
    assert size(class_pick_card(T, pick=PICK, classes=many, school="У" * 200, buttons=(AWAY,) * 5)) <= MOST_BYTES


def test_students_are_named_with_what_became_of_their_password_and_ticked_as_asked():
    students = (
        YOUNG,
        StudentChoice("b", APOSTROPHE, "changed", under_14=True, ticked=False, status_at="24.11.2026 г."),
        replace(YOUNG, id="c"),
    )
    card = class_students_card(T, submit=CHOOSE, class_="5 б", students=students, buttons=(AWAY,))
    assert choices(card, "students") == {
        "a": "Иво Пробен Образцов – не е давана",
        "b": f"{APOSTROPHE} – сменена на 24.11.2026 г., неизвестно от кого",
        "c": "Иво Пробен Образцов – не е давана (2)",  # the second of two who read alike
    }
    (field,) = [part for part in of_type(card, "Input.ChoiceSet") if part["id"] == "students"]
    assert (field["value"], field["isMultiSelect"], field["isRequired"]) == ("a,c", True, True)
    assert [part["id"] for part in of_type(card, "Input.ChoiceSet", "Input.Toggle")] == [
        "students", "recipient", "identity",
    ]  # fmt: skip
    assert [action["associatedInputs"] for action in card["actions"]] == ["auto", "none"]


def test_a_parent_is_offered_and_ages_are_told_only_where_somebody_is_under_14():
    mixed = class_students_card(
        T, submit=CHOOSE, class_="8 а", students=MIXED_CLASS, recipient="parent", identity=True
    )
    assert list(choices(mixed, "recipient")) == ["student", "parent"]
    assert {part["id"]: part.get("value") for part in of_type(mixed, "Input.ChoiceSet", "Input.Toggle")} == {
        "students": MIXED_CLASS[0].id, "recipient": "parent", "identity": "true",
    }  # fmt: skip
    named = list(choices(mixed, "students").values())
    assert [("14 години" in title, "неизвестна възраст" in title) for title in named[:3]] == [
        (False, False), (True, False), (False, True),
    ]  # fmt: skip
    assert "се предава на родител поотделно" in shown(mixed)
    older = class_students_card(T, submit=CHOOSE, class_="11 в", students=OLDER_CLASS, recipient="parent")
    assert choices(older, "recipient") == {"student": "Лично на всеки ученик"}
    assert not [title for title in choices(older, "students").values() if "14" in title]
    assert "СОП" not in shown(older)


def test_nobody_to_tick_is_an_error():
    with pytest.raises(CardError, match="students"):
        strictly(class_students_card, T, submit=CHOOSE, class_="5 б", students=())


def test_of_more_than_a_card_holds_the_first_are_offered_and_the_others_counted():
    students = tuple(replace(YOUNG, id=str(number)) for number in range(MOST_STUDENTS + 2))
    card = class_students_card(T, submit=CHOOSE, class_="5 б", students=students)
    assert list(choices(card, "students")) == [str(number) for number in range(MOST_STUDENTS)]
    assert "и още 2" in shown(card)


def test_a_number_like_an_identifier_in_a_name_is_hidden():
    card = class_students_card(T, submit=CHOOSE, class_="5 б", students=(replace(YOUNG, name="Иво 4146054046"),))
    assert not [path for path, text in strings(card) if "4146054046" in text]


@pytest.mark.parametrize("language", VOICES)
@pytest.mark.parametrize("status", PasswordStatus)
@pytest.mark.parametrize("name", [LONGEST_NAME * 5, 'Д\'Артанян "Обра\\зцов" ' * 9], ids=["long", "escaped"])
def test_the_largest_class_with_the_longest_names_and_everything_said_fits(language, status, name):
    students = tuple(
        replace(student, name=name, status=status, under_14=number == 0 or None)
        for number, student in enumerate(LARGEST_CLASS)
    )
    away = Button("Нова временна парола", press("password.open"))
    view = partial(
        class_students_card,
        submit=press("class.choose", name="12 а"),
        class_="12 а",
        students=students,
        recipient="parent",
        identity=True,
        problem="Ж" * 160,
        notice="Ж" * 160,
        buttons=(away,) * 3,
    )
    assert len(students) == MOST_STUDENTS
    assert size(view(VOICES[language])) <= MOST_BYTES


def test_a_confirmation_that_carries_a_whole_class_fits():
    ids = ",".join(str(UUID(int=number)) for number in range(MOST_STUDENTS))
    confirm = Button("Потвърждаване", press("class.confirm", persons=ids, recipient="parent", name="12 а"))
    out = tuple((f"{LONGEST_NAME} {number}", f"{number % 6} " + "Защо " * 30) for number in range(MOST_STUDENTS))
    view = partial(
        password_confirm_card,
        confirm=confirm,
        cancel=AWAY,
        recipient="parent",
        class_="12 а",
        count=MOST_STUDENTS,
        left_out=out,
    )
    assert size(view(T)) <= MOST_BYTES


def test_progress_is_told_in_numbers_and_drawn_in_proportion():
    card = RUNNING(T, moves=True)
    assert "Готови: 12 от 26. Остават: 13. Неуспешни: 1.\n" in shown(card)
    (row,) = of_type(card, "ColumnSet")
    assert [(part["width"], part["style"]) for part in row["columns"]] == [
        (12, "good"), (1, "attention"), (13, "emphasis"),
    ]  # fmt: skip
    assert "Спрени" not in shown(card)
    assert "Спрени: 4." in shown(RUNNING(T, left=9, cancelled=4))
    assert not of_type(RUNNING(T, total=0, moves=True), "ColumnSet")
    assert not of_type(RUNNING(T), "ColumnSet"), "what does not move has no bar that stands still"


def test_the_failed_are_named_under_the_reason_they_share():
    failed = (("Иво", "Не отговори."), ("Мира", "Няма профил."), ("Ян", "Не отговори."))
    lines = shown(RUNNING(T, failed=failed)).splitlines()
    start = lines.index("Неуспешни: 3")
    assert lines[start + 1 : start + 6] == ["Не отговори.", "• Иво", "• Ян", "Няма профил.", "• Мира"]


def test_more_failures_than_fit_are_counted():
    failed = tuple((f"{LONGEST_NAME} {number}", f"{number % 8} " + "Защо " * 30) for number in range(55))
    card = RUNNING(T, failed=failed, state="finished")
    assert shown(card).count("• ") == 40
    assert "и още 15" in shown(card)
    assert "Неуспешни: 55." in shown(card)
    assert size(card) <= MOST_BYTES


@pytest.mark.parametrize(
    ("change", "title", "said", "unsaid"),
    [
        ({}, "Паролите се създават", ["Работата продължава"], ["довършени", "отново само"]),
        ({"state": "cancelling"}, "Спира се създаването на пароли", ["довършени"], ["Работата продължава"]),
        (
            {"state": "finished", "left": 0, "printable": 12, "printable_until": "10:05 ч."},
            "Създаването на пароли приключи",
            ["Бележки за печат: 12, до 10:05 ч.", "отново само за учениците без парола"],
            ["вече не могат"],
        ),
        (
            {"state": "finished", "left": 0},
            "Създаването на пароли приключи",
            ["вече не могат да бъдат изтеглени"],
            ["за печат"],
        ),
        ({"state": "finished", "left": 0, "retry": False}, "Създаването на пароли приключи", [], ["отново само"]),
        (
            {"state": "finished", "left": 0, "done": 0, "failed": ()},
            "Създаването на пароли приключи",
            [],
            ["вече не могат", "отново само"],
        ),
        (
            {"waits": "Услугата е натоварена.", "at": "08:07 ч.", "notice": "Спряно."},
            "Паролите се създават",
            ["Услугата е натоварена.", "Състояние към 08:07 ч.", "Спряно."],
            [],
        ),
    ],
    ids=["running", "cancelling", "printable", "gone", "no-retry", "nothing", "waits"],
)
def test_each_state_says_what_can_be_done_now(change, title, said, unsaid):
    card = RUNNING(T, **change)
    text = shown(card)
    assert card["body"][0]["text"] == title
    assert not [words for words in said if words not in text]
    assert not [words for words in unsaid if words in text]


@pytest.mark.parametrize(
    ("state", "title"),
    [
        ("running", "Напредък: паролите се създават"),
        ("cancelling", "Напредък: създаването се спира"),
        ("finished", "Създаването на пароли приключи"),
    ],
)
def test_the_card_that_updates_itself_is_told_from_the_answer_to_a_press(state, title):
    moving = shown(RUNNING(T, state=state, moves=True))
    pressed = shown(RUNNING(T, state=state))
    assert moving.splitlines()[0] == title
    assert "Това съобщение се обновява само" not in pressed
    if state == "running":
        assert "Това съобщение се обновява само" in moving
        assert "Следете съобщението „Напредък“ по-долу" in pressed


def test_to_whom_the_passwords_of_a_class_are_handed_stays_on_its_card():
    parents = shown(RUNNING(T, recipient="parent"))
    assert "Ще бъдат предадени: на родителите" in parents
    assert "Ще бъдат предадени" not in shown(RUNNING(T))


def test_an_unknown_state_of_a_job_is_an_error():
    with pytest.raises(CardError, match="lost"):
        strictly(RUNNING, T, state="lost")
