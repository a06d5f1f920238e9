"""Who the account belongs to, what was given before, and to whom the new password will be handed."""

from collections.abc import Iterator
from typing import Literal

from adaptivecards.baseobject import Element

from cards.account_lines import person, recipient_word, shown, state_words, status_label, status_words
from cards.actions import Button, Press, ToggleVisibility, form_button, offered
from cards.card import CardJson, aside, attention_box, card, fact, never_fails, paragraphs_of
from cards.inputs import ChoiceInput, DateInput, ToggleInput, is_day
from cards.strict import ActionSet, Container
from cards.words import TextOf

PasswordField = Literal["recipient", "birth", "identity"]


@never_fails
def password_person_card(
    t: TextOf,
    *,
    submit: Press,
    name: str,
    username: str,
    school: str,
    class_: str,
    account_state: str,
    status: str,
    status_at: str,
    choices: tuple[str, ...],
    asks_birth: bool,
    asks_sen: bool,
    earliest_birth: str = "",
    latest_birth: str = "",
    recipient: str = "",
    birth: str = "",
    sen: bool = False,
    identity: bool = False,
    compromised: bool = False,
    problem: str = "",
    concerns: PasswordField | None = None,
    handover: str = "",
    pending: Button | None = None,
    buttons: tuple[Button, ...] = (),
) -> CardJson:
    """Inputs: `recipient`, `birth`, `sen`, `identity`, `compromised` (toggles send "true" or "false").

    `account_state` is a word of `AccountState`, `status` of `PasswordStatus`, `status_at` the hour that belongs to
    it (empty: none). `choices` are recipients (`student`, `parent`, `teacher`); with `asks_birth` the card has a date
    input for the student's birth, needed only for a parent; with `asks_sen` a statement about СОП, needed only for a
    parent of somebody not under 14. What was entered is given back in `recipient`, `birth`, `sen`, `identity`,
    `compromised`. `concerns` says beside which input the `problem` is shown. `handover` says to whom and when the
    last one was handed over. `pending` is a button to the last one. With it at most three `buttons` fit, without it
    four.
    """
    state, advice = state_words(account_state, t)
    if account_state == "being-created":  # not the look-up is to be repeated later
        advice = t("card-password-being-created")
    # Above the input it concerns, or above the first one.
    place = "recipient" if concerns is None or (concerns == "birth" and not asks_birth) else concerns

    def said(here: PasswordField) -> tuple[Container, ...]:
        return attention_box(problem if place == here else "", t)

    return card(
        t,
        t("card-password-title"),
        person(
            name,
            class_,
            username,
            t,
            *([fact(t("card-school"), shown(school))] if school else []),
            fact(t("card-result-state"), state),
            fact(t(status_label(status)), status_words(status, t, status_at)),
            *([fact(t("card-password-handover"), handover)] if handover else []),
        ),
        *paragraphs_of(advice),
        *([ActionSet(*offered(pending))] if pending else []),
        *said("recipient"),
        _recipient(choices, recipient, t, asks_birth=asks_birth, asks_sen=asks_sen),
        *((*said("birth"), *_birth(birth, earliest_birth, latest_birth, t)) if asks_birth else ()),
        *(_sen(t, sure=sen) if asks_sen else ()),
        *said("identity"),
        ToggleInput(
            "identity",
            t("card-password-identity"),
            t("card-password-identity-statement"),
            sure=identity,
            missing=t("card-password-identity-missing"),
        ),
        *_more(t, compromised=compromised),
        aside(t("card-password-viber"), "medium"),
        aside(t("card-form-logged")),
        actions=(form_button(t("card-choices-continue"), submit), *offered(*buttons)),
    )


def _recipient(
    choices: tuple[str, ...], recipient: str, t: TextOf, *, asks_birth: bool, asks_sen: bool
) -> ChoiceInput:
    titles = [(choice, t(_recipient_words(choice, asks_birth=asks_birth, asks_sen=asks_sen))) for choice in choices]
    # Of one there is nothing to choose; among several nobody is suggested.
    chosen = choices[0] if len(choices) == 1 else recipient
    return ChoiceInput(
        "recipient",
        t("card-password-recipient"),
        titles,
        value=chosen if chosen in choices else "",
        missing=t("card-password-recipient-missing"),
        style="expanded",
        spacing="large",
    )


def _recipient_words(recipient: str, *, asks_birth: bool, asks_sen: bool) -> str:
    """The text for a recipient: a parent's says on which ground."""
    if recipient == "parent":
        if asks_birth:
            return "card-password-to-parent-either"
        return "card-password-to-parent-sen" if asks_sen else "card-password-to-parent-14"
    return f"card-password-to-{recipient_word(recipient)}"


def _birth(birth: str, earliest: str, latest: str, t: TextOf) -> Iterator[Element]:
    # The client gives back anything at all; only a date can stand in a date input.
    yield DateInput(
        "birth",
        t("card-password-birth"),
        placeholder=t("card-date-placeholder"),
        value=birth if is_day(birth) else "",
        earliest=earliest,
        latest=latest,
        impossible=t("card-password-birth-impossible"),
    )
    yield aside(t("card-password-birth-why"))


def _sen(t: TextOf, *, sure: bool) -> Iterator[Element]:
    yield ToggleInput("sen", t("card-password-sen"), t("card-password-sen-statement"), sure=sure)
    yield aside(t("card-password-sen-why"))


def _more(t: TextOf, *, compromised: bool) -> Iterator[Element]:
    """What is seldom needed is asked for; once stated it stays in sight."""
    statement = ToggleInput(
        "compromised",
        t("card-password-compromised"),
        t("card-password-compromised-statement"),
        sure=compromised,
    )
    if not compromised:
        yield ActionSet(ToggleVisibility(t("card-password-more"), ["more"]))
    yield Container(statement, aside(t("card-password-compromised-why")), id="more", visible=compromised)
