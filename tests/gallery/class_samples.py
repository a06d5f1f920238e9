"""The cards of the passwords of a class in every state."""

from dataclasses import replace
from functools import partial
from uuid import UUID

from cards.actions import Button
from cards.password_class import (
    MOST_STUDENTS,
    StudentChoice,
    class_pick_card,
    class_progress_card,
    class_students_card,
)
from tests.gallery.sample import APOSTROPHE, LONGEST_NAME, Sample, press

CLASSES = tuple(f"{grade} {letter}" for grade in range(1, 13) for letter in "абвг")
STATUSES = ("never", "given", "changed", "expired", "unseen", "ready", "replaced", "running", "doubtful", "unknown")
NAMES = ("Иво Пробен Образцов", "Калина Примерова Образцова", APOSTROPHE, LONGEST_NAME, "Ян Ли")


def _student(number, name, status, under_14=None):
    return StudentChoice(
        str(UUID(int=number)),
        name,
        status,
        under_14,
        ticked=status == "never",
        status_at="24.11.2026 г." if status == "changed" else "",
    )


CLASS = tuple(
    _student(number, NAMES[number % 5], "never" if number % 3 else STATUSES[number % 10], True)
    for number in range(26)
)
MIXED = tuple(
    _student(number, NAMES[number % 5], STATUSES[number % 10], (True, False, None)[number % 3])
    for number in range(10)
)
OLDER = tuple(_student(number, NAMES[number % 5], "never", under_14=False) for number in range(4))
LARGEST = tuple(
    replace(
        _student(number, f"{LONGEST_NAME} младши от Примерово", "doubtful", under_14=number == 0 or None), ticked=True
    )
    for number in range(MOST_STUDENTS)
)


def hostile(text: str) -> tuple[Sample, ...]:
    """The cards with this text wherever something from outside can stand."""
    offered = (Button("A", press("class.progress")),)
    pick = partial(
        class_pick_card,
        pick=press("class.students"),
        classes=((text, press("class.students")), ("5 б", press("class.students"))),
        school=text,
        problem=text,
        buttons=offered,
    )
    students = partial(
        class_students_card,
        submit=press("class.choose"),
        class_=text,
        students=tuple(replace(student, name=text) for student in MIXED),
        recipient=text,
        problem=text,
        notice=text,
        buttons=offered,
    )
    progress = partial(
        class_progress_card,
        class_=text,
        total=3,
        done=1,
        left=0,
        cancelled=0,
        failed=((text, text), ("Ян Ли", text)),
        state="finished",
        waits=text,
        printable=1,
        printable_until=text,
        at=text,
        notice=text,
    )
    return (
        Sample("class-pick", lambda t, _: pick(t)),
        Sample("class-students", lambda t, _: students(t)),
        Sample("class-progress", lambda t, _: progress(t, buttons=offered)),
    )
