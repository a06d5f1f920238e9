"""Who the account belongs to, what was given before, and to whom the new password will be handed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from adaptivecards.baseobject import Element

from cards.account_lines import account_state, person, shown
from cards.actions import Button, Press, ToggleVisibility, offered, submit
from cards.checked import CardError
from cards.inputs import ChoiceInput, DateInput, ToggleInput, is_day
from cards.lines import aside, box, fact, heading, paragraphs
from cards.password_status import status_label, status_words
from cards.strict import ActionSet, Card, Container
from cards.total import total
from cards.words import Translate

Field = Literal["recipient", "birth", "identity"]

_OWNERS: Mapping[str, str] = {"student": "card-password-to-student", "teacher": "card-password-to-teacher"}


@dataclass(frozen=True, slots=True)
class PasswordPerson:
    """`account_state` is a word of `AccountState`, `status` of `PasswordStatus`, `status_at` the hour that belongs to
    it (empty: none). `choices` are recipients (`student`, `parent`, `teacher`); with `asks_birth` the card has a date
    input for the student's birth, needed only for a parent; with `asks_sen` a statement about СОП, needed only for a
    parent of somebody not under 14. What was entered is given back in `recipient`, `birth`, `sen`, `identity`,
    `compromised`. `concerns` says beside which input the `problem` is shown. `handover` says to whom and when the
    last one was handed over. `pending` is a button to the last one. With it at most three `buttons` fit, without it
    four.
    """

    submit: Press
    name: str = field(repr=False)
    username: str = field(repr=False)
    school: str
    class_: str
    account_state: str
    status: str
    status_at: str
    choices: tuple[str, ...]
    asks_birth: bool
    asks_sen: bool
    earliest_birth: str = ""
    latest_birth: str = ""
    recipient: str = ""
    birth: str = ""
    sen: bool = False
    identity: bool = False
    compromised: bool = False
    problem: str = ""
    concerns: Field | None = None
    notice: str = ""
    handover: str = ""
    pending: Button | None = None
    buttons: tuple[Button, ...] = ()


@total
def password_person_card(card: PasswordPerson, t: Translate) -> dict[str, Any]:
    """Inputs: `recipient`, `birth`, `sen`, `identity`, `compromised` (toggles send "true" or "false")."""
    title = t("card-password-title")
    state, advice = account_state(card.account_state, t)
    if card.account_state == "being-created":  # not the look-up is to be repeated later
        advice = t("card-password-being-created")
    return Card(
        heading(title),
        *([box("", card.notice, "emphasis")] if card.notice else []),
        person(
            card.name,
            card.class_,
            card.username,
            t,
            *([fact(t("card-school"), shown(card.school))] if card.school else []),
            fact(t("card-result-state"), state),
            fact(t(status_label(card.status)), status_words(card.status, t, card.status_at)),
            *([fact(t("card-password-handover"), card.handover)] if card.handover else []),
        ),
        *paragraphs(advice),
        *([ActionSet(*offered(card.pending))] if card.pending else []),
        *_recipient(card, t),
        *(_birth(card, t) if card.asks_birth else ()),
        *(_sen(card, t) if card.asks_sen else ()),
        *_problem(card, "identity", t),
        ToggleInput(
            "identity",
            t("card-password-identity"),
            t("card-password-identity-statement"),
            value=_said(sure=card.identity),
            missing=t("card-password-identity-missing"),
        ),
        *_more(card, t),
        aside(t("card-password-viber"), "medium"),
        aside(t("card-form-logged")),
        lang=t("card-lang"),
        fallback_text=title,
        actions=(submit(t("card-choices-continue"), card.submit), *offered(*card.buttons)),
    ).to_dict()


def _recipient(card: PasswordPerson, t: Translate) -> Iterator[Element]:
    yield from _problem(card, "recipient", t)
    choices = [(choice, t(_recipient_words(card, choice))) for choice in card.choices]
    # Of one there is nothing to choose; among several nobody is suggested.
    chosen = card.choices[0] if len(card.choices) == 1 else card.recipient
    yield ChoiceInput(
        "recipient",
        t("card-password-recipient"),
        choices,
        value=chosen if chosen in card.choices else "",
        missing=t("card-password-recipient-missing"),
        style="expanded",
        spacing="large",
    )


def _recipient_words(card: PasswordPerson, recipient: str) -> str:
    """The text for a recipient: a parent's says on which ground."""
    if recipient == "parent":
        if card.asks_birth:
            return "card-password-to-parent-either"
        return "card-password-to-parent-sen" if card.asks_sen else "card-password-to-parent-14"
    if recipient not in _OWNERS:
        raise CardError("no such recipient", recipient)
    return _OWNERS[recipient]


def _birth(card: PasswordPerson, t: Translate) -> Iterator[Element]:
    yield from _problem(card, "birth", t)
    # The client gives back anything at all; only a date can stand in a date input.
    yield DateInput(
        "birth",
        t("card-password-birth"),
        value=card.birth if is_day(card.birth) else "",
        earliest=card.earliest_birth,
        latest=card.latest_birth,
        impossible=t("card-password-birth-impossible"),
    )
    yield aside(t("card-password-birth-why"))


def _sen(card: PasswordPerson, t: Translate) -> Iterator[Element]:
    yield ToggleInput("sen", t("card-password-sen"), t("card-password-sen-statement"), value=_said(sure=card.sen))
    yield aside(t("card-password-sen-why"))


def _more(card: PasswordPerson, t: Translate) -> Iterator[Element]:
    """What is seldom needed is asked for; once stated it stays in sight."""
    compromised = ToggleInput(
        "compromised",
        t("card-password-compromised"),
        t("card-password-compromised-statement"),
        value=_said(sure=card.compromised),
    )
    if not card.compromised:
        yield ActionSet(ToggleVisibility(t("card-password-more"), ["more"]))
    yield Container(compromised, aside(t("card-password-compromised-why")), id="more", visible=card.compromised)


def _problem(card: PasswordPerson, place: Field, t: Translate) -> tuple[Container, ...]:
    """The problem, if it is said here: above the input it concerns, or above the first one."""
    absent = card.concerns == "birth" and not card.asks_birth
    if not card.problem or place != ("recipient" if absent else card.concerns or "recipient"):
        return ()
    return (box(t("card-password-attention"), card.problem, "attention"),)


def _said(*, sure: bool) -> str:
    return "true" if sure else "false"
