"""The cards of one temporary password in every state."""

from collections.abc import Mapping
from functools import partial

from cards.actions import Button
from cards.password_confirm import password_confirm_card
from cards.password_person import password_person_card
from cards.password_reveal import password_reveal_card
from cards.password_start import password_start_card
from cards.password_state import password_state_card
from tests.gallery.sample import APOSTROPHE, LONGEST_NAME, SCHOOL, Sample, buttons, press

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


def _start(said, **fields):
    view = partial(
        password_start_card,
        find=press("password.find"),
        by_class=Button(said("to-class"), press("class.open")),
        school=SCHOOL,
    )
    return partial(view, **fields)


def _starts(*, problem="", notice="", **fields):
    def build(t, said):
        words = {"problem": said(problem) if problem else "", "notice": said(notice) if notice else ""}
        return _start(said, **words, **fields)(t)

    return build


def _person(view, *, problem="", notice="", pending=False, at=""):
    def build(t, said):
        return view(
            t,
            problem=said(problem) if problem else "",
            notice=said(notice) if notice else "",
            status_at=said(at) if at else "",
            pending=buttons(said, "show")[0] if pending else None,
            buttons=buttons(said, "back"),
        )

    return build


def _confirm(*left_out, **fields):
    def build(t, said):
        confirm, cancel = buttons(said, "confirm", "cancel")
        view = partial(
            password_confirm_card,
            confirm=confirm,
            cancel=cancel,
            recipient="student",
            class_="5 б",
            name=NAME,
            username=USERNAME,
        )
        reasons = tuple((name, said(reason)) for name, reason in left_out)
        return view(t, left_out=reasons, **fields)

    return build


def _reveal(*, problem="", notice="", **fields):
    def build(t, said):
        hours = {"works_from": said("hour"), "expires": said("later"), "seen_again_until": said("hour")}
        shown = buttons(said, "handed", "slip", "check")
        words = {"problem": problem and t(problem), "notice": notice and t(notice)}
        return REVEAL(t, buttons=shown, **hours, **fields, **words)

    return build


def _state(
    title,
    *texts,
    offers=(),
    facts: Mapping[str, str] | None = None,
    **fields,
):
    def build(t, said):
        told = tuple((said(label), said(value)) for label, value in (facts or {}).items())
        person = {"name": NAME, "class_": "5 б", "username": USERNAME}
        view = partial(
            password_state_card,
            title=said(title),
            paragraphs=tuple(said(text) for text in texts),
            facts=told,
            **person | fields,
        )
        return view(t, buttons=buttons(said, *offers))

    return build


SAMPLES = (
    Sample("password-start", _starts()),
    Sample("password-start-problem", _starts(kind="egn", typed="4146054047", problem="invalid")),
    Sample("password-start-notice", _starts(kind="name", typed="Калина", notice="not-ours")),
    Sample("password-person-young", _person(PERSON)),
    Sample("password-person-older", _person(OLDER)),
    Sample("password-person-no-birth", _person(partial(NO_BIRTH, status="expired"), at="moment")),
    Sample("password-person-teacher", _person(partial(TEACHER, status="changed"), at="moment")),
    Sample("password-person-student-only", _person(partial(PERSON, choices=("student",), class_="8", school=""))),
    Sample("password-person-creating", _person(partial(PERSON, account_state="being-created"))),
    Sample(
        "password-person-handed",
        _person(partial(PERSON, status="given", handover="родител на ученика, 24.11.2056 г., 08:05 ч."), at="moment"),
    ),
    Sample(
        "password-person-pending",
        _person(partial(PERSON, status="ready"), at="moment", notice="waiting", pending=True),
    ),
    Sample("password-person-nobody-chosen", _person(partial(PERSON, concerns="recipient"), problem="nobody-chosen")),
    Sample(
        "password-person-birth",
        _person(
            partial(NO_BIRTH, recipient="parent", birth="2036-02-29", identity=True, concerns="birth"),
            problem="birth-implausible",
        ),
    ),
    Sample(
        "password-person-fourteen",
        _person(partial(OLDER, recipient="parent", identity=True, concerns="recipient"), problem="fourteen"),
    ),
    Sample(
        "password-person-identity",
        _person(
            partial(OLDER, recipient="parent", sen=True, compromised=True, concerns="identity"),
            problem="identity-wanted",
        ),
    ),
    Sample("password-person-longest", _person(partial(NO_BIRTH, name=LONGEST_NAME, status="doubtful"), at="moment")),
    *(
        Sample(f"password-person-{status}", _person(partial(PERSON, status=status, name=APOSTROPHE), at="moment"))
        for status in ("running", "unseen", "given", "replaced")
    ),
    Sample("password-confirm", _confirm()),
    Sample("password-confirm-parent", _confirm(recipient="parent", compromised=True, name=LONGEST_NAME)),
    Sample("password-confirm-teacher", _confirm(recipient="teacher", class_="", name=APOSTROPHE)),
    Sample("password-confirm-works", _confirm(works_since="24.11.2026 г., 08:00 ч.")),
    Sample("password-confirm-class", _confirm(count=26, name="", username="")),
    Sample("password-confirm-class-working", _confirm(count=26, name="", username="", working=3, unknown=1)),
    Sample("password-confirm-one-of-class", _confirm((NAME, "age14"), count=1, name="", username="")),
    Sample(
        "password-confirm-left-out",
        _confirm(
            (NAME, "age14"),
            (LONGEST_NAME, "protected"),
            (APOSTROPHE, "age14"),
            ("Иво Пробен", "third"),
            recipient="parent",
            count=22,
            name="",
            username="",
        ),
    ),
    Sample("password-reveal", _reveal()),
    Sample("password-reveal-signed-out", _reveal(notice="password-revoked")),
    Sample("password-reveal-still-signed-in", _reveal(problem="password-not-revoked")),
    Sample("password-reveal-parent", _reveal(recipient="parent", name=LONGEST_NAME)),
    Sample(
        "password-reveal-teacher",
        _reveal(
            recipient="teacher",
            name=APOSTROPHE,
            class_="",
            password="Zegegosatu239",
            grouped="Zege gosa tu 239",
            reading="Зе-ге-го-са-ту, две три девет",
        ),
    ),
    Sample("password-state-making", _state("making-title", "making", offers=("refresh",))),
    Sample("password-state-ready", _state("ready-title", "ready", mood="good", offers=("show", "slip"))),
    Sample(
        "password-state-shown",
        _state("gone-title", "gone", facts={"shown-on": "moment"}, offers=("check", "new-password")),
    ),
    Sample(
        "password-state-handed",
        _state(
            "handed-title",
            mood="good",
            facts={"handed-to": "student", "shown-on": "moment"},
            offers=("check",),
            name=LONGEST_NAME,
        ),
    ),
    Sample("password-state-failed", _state("failed-title", "failed", mood="attention", offers=("new-password",))),
    Sample(
        "password-state-slip",
        _state("slip-title", "slip-ready", pin="40719263", link=LINK, offers=("back",)),
    ),
    Sample(
        "password-state-slips",
        _state(
            "slip-title", "slip-ready", pin="407192", link=LINK, name="", class_="", username="", offers=("back",)
        ),
    ),
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
