"""The cards of passwords as their tests begin with them: one student, a class."""

from dataclasses import replace
from functools import partial
from uuid import UUID

from cards.password_class import MOST_STUDENTS, StudentChoice
from cards.password_person import password_person_card
from cards.password_reveal import password_reveal_card
from tests.gallery.sample import press

LONGEST_NAME = "Александър-Константин Димитров Образцов-Примерски"
APOSTROPHE = "Д'Артанян О’Образцов-Примерски"
NAME = "Калина Примерова Образцова"
USERNAME = "ko01460540@edu.mon.bg"
PASSWORD = "Zegegosa2399"
PERSON = partial(
    password_person_card,
    submit=press("password.recipient", person="p" * 36),
    name=NAME,
    username=USERNAME,
    school="СУ „Свети Климент“, гр. Примерово",
    class_="5 б",
    account_state="active",
    status="never",
    status_at="",
    choices=("student", "parent"),
    asks_birth=False,
    asks_sen=False,
)
NO_BIRTH = partial(PERSON, asks_birth=True, asks_sen=True, earliest_birth="2036-01-01", latest_birth="2056-11-24")
OLDER = partial(PERSON, class_="9 в", asks_sen=True)
TEACHER = partial(PERSON, class_="", choices=("teacher",), username="ivo.proben@edu.mon.bg", name="Иво Пробен")
REVEAL = partial(
    password_reveal_card,
    name=NAME,
    username=USERNAME,
    class_="5 б",
    recipient="student",
    password=PASSWORD,
    grouped="Zege gosa 2399",
    reading="Зе-ге-го-са, две три девет девет",
    works_from="08:07 ч.",
    expires="27.11.2056 г., 08:05 ч.",
    seen_again_until="08:07 ч.",
    buttons=(),
)
STATUSES = (
    "never",
    "given",
    "changed",
    "expired",
    "past",
    "unseen",
    "ready",
    "replaced",
    "running",
    "doubtful",
    "unknown",
)
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


MIXED_CLASS = tuple(
    _student(number, NAMES[number % 5], STATUSES[number % 10], (True, False, None)[number % 3])
    for number in range(10)
)
OLDER_CLASS = tuple(_student(number, NAMES[number % 5], "never", under_14=False) for number in range(4))
LARGEST_CLASS = tuple(
    replace(
        _student(number, f"{LONGEST_NAME} младши от Примерово", "doubtful", under_14=number == 0 or None), ticked=True
    )
    for number in range(MOST_STUDENTS)
)
