"""The cards of one temporary password in every state."""

from functools import partial

from cards.actions import Button
from cards.password_confirm import password_confirm_card
from cards.password_person import password_person_card
from cards.password_reveal import password_reveal_card
from cards.password_state import password_state_card
from cards.search_forms import password_start_card
from tests.gallery.sample import SCHOOL, Sample, press

NAME = "Калина Примерова Образцова"
USERNAME = "ko01460540@edu.mon.bg"
PASSWORD = "Zegegosa2399"
LINK = "https://bot.example.org/slips/" + "t" * 43
PERSON = partial(
    password_person_card,
    submit=press("password.recipient", person="p" * 36),
    name=NAME,
    username=USERNAME,
    school=SCHOOL,
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


def hostile(text: str) -> tuple[Sample, ...]:
    """The cards with this text wherever something from outside can stand."""
    two = (Button("A", press("password.state")), Button("B", press("password.state")))
    start = partial(
        password_start_card,
        find=press("password.find"),
        by_class=two[0],
        school=text,
        kind=text,
        typed=text,
        problem=text,
        notice=text,
    )
    person = partial(
        NO_BIRTH,
        name=text,
        username=text,
        school=text,
        class_=text,
        status="given",
        status_at=text,
        recipient=text,
        birth=text,
        earliest_birth="",
        latest_birth="",
        problem=text,
        notice=text,
        buttons=two,
    )
    confirm = partial(
        password_confirm_card,
        confirm=two[0],
        cancel=two[1],
        recipient="parent",
        class_=text,
        name=text,
        username=text,
        compromised=True,
    )
    many = partial(
        password_confirm_card,
        confirm=two[0],
        cancel=two[1],
        recipient="parent",
        class_=text,
        count=3,
        left_out=((text, text), (NAME, text)),
    )
    reveal = partial(
        password_reveal_card,
        name=text,
        username=text,
        class_=text,
        recipient="student",
        password=text,
        grouped=text,
        reading=text,
        works_from=text,
        expires=text,
        seen_again_until=text,
        buttons=two,
        problem=text,
        notice=text,
    )
    state = partial(
        password_state_card,
        title=text,
        paragraphs=(text, text),
        name=text,
        class_=text,
        username=text,
        facts=((text, text),),
        mood="good",
        pin="407192",
        link=LINK,
        buttons=two,
    )
    return (
        Sample("password-start", lambda t, _: start(t)),
        Sample("password-person", lambda t, _: person(t)),
        Sample("password-confirm", lambda t, _: confirm(t)),
        Sample("password-confirm-many", lambda t, _: many(t)),
        Sample("password-reveal", lambda t, _: reveal(t)),
        Sample("password-state", lambda t, _: state(t)),
    )
