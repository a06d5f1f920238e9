"""The forms that search for a person, with the same inputs in each: for a username, a password, a transfer."""

from collections.abc import Sequence
from typing import Literal

from adaptivecards.baseobject import Element

from cards.account_lines import more
from cards.actions import Button, Press, form_button, offered
from cards.card import CardJson, aside, bold, card, fact, never_fails, notice_box, problem_box, sentence
from cards.inputs import ChoiceInput, TextInput, known
from cards.lookup_choices import PersonChoice, person_rows
from cards.rows import rows
from cards.words import TextOf

LookupField = Literal["typed", "purpose_text"]


def kind_input(kind: str, t: TextOf, *, numbers_only: bool = False) -> ChoiceInput:
    """The input `kind`. An unknown one shows the first choice."""
    numbers = [
        ("egn", t("card-form-kind-egn")),
        ("lnch", t("card-form-kind-lnch")),
        ("service", t("card-form-kind-service")),
    ]
    names = [("name", t("card-form-kind-name")), ("username", t("card-form-kind-username"))]
    choices = numbers if numbers_only else numbers + names
    return ChoiceInput("kind", t("card-form-kind"), choices, value=known(kind, choices, "egn"), style="compact")


def typed_input(typed: str, t: TextOf) -> tuple[Element, ...]:
    """The input `typed` and how it is filled in. It is given back only in the answer to a press."""
    return (
        TextInput("typed", t("card-form-typed"), value=typed, missing=t("card-form-typed-missing"), max_length=100),
        aside(t("card-form-typed-hint")),
    )


def _near(near: Sequence[PersonChoice], left_out: int, t: TextOf) -> tuple[Element, ...]:
    """Whom it may be, if there was a slip of the hand or of the class."""
    return (
        (bold(t("card-form-near"), spacing="medium"), *rows(*person_rows(t, near)), *more(left_out, t))
        if near
        else ()
    )


@never_fails
def lookup_form_card(
    t: TextOf,
    *,
    search: Press,
    reasons: tuple[tuple[str, Press], ...],
    kind: str = "egn",
    typed: str = "",
    purpose_text: str = "",
    asks_why: bool = False,
    problem: str = "",
    concerns: LookupField | None = None,
    notice: str = "",
    near: tuple[PersonChoice, ...] = (),
    left_out: int = 0,
    school: str = "",
) -> CardJson:
    """The form. Inputs: `kind`, `typed`, with `asks_why` also `purpose_text`. They give back what was entered: only
    in the answer to a press.

    `search` looks in the own school; each of `reasons` (title, press) everywhere, for that reason. With `asks_why`
    they come first. A `problem` is to be corrected: it is said above the input that `concerns` names, or above what
    was typed. A `notice` is to be known. `near` are people who may be meant, `left_out` how many more.
    An unknown `kind` shows the first choice.
    """
    own = form_button(t("card-form-search"), search, "default" if asks_why else "positive")
    elsewhere = tuple(form_button(title, press, "default") for title, press in reasons)
    why = (
        *problem_box(problem if concerns == "purpose_text" else "", t),
        TextInput("purpose_text", t("card-form-purpose-text"), value=purpose_text, max_length=200),
    )
    return card(
        t,
        t("card-form-title"),
        *([fact(t("card-school"), school)] if school else []),
        *notice_box(notice),
        *_near(near, left_out, t),
        kind_input(kind, t),
        *problem_box("" if concerns == "purpose_text" else problem, t),
        *typed_input(typed, t),
        *(why if asks_why else ()),
        aside(t("card-form-logged"), "medium"),
        aside(t("card-form-elsewhere")),
        actions=(*elsewhere, own) if asks_why else (own, *elsewhere),
    )


@never_fails
def password_start_card(
    t: TextOf,
    *,
    find: Press,
    by_class: Button,
    school: str,
    kind: str = "egn",
    typed: str = "",
    problem: str = "",
    notice: str = "",
    near: tuple[PersonChoice, ...] = (),
    left_out: int = 0,
    buttons: tuple[Button, ...] = (),
) -> CardJson:
    """Inputs: `kind`, `typed`, as in the look-up's form; a class alone may be typed, too.

    `by_class` leads to the classes. A `problem` is to be corrected, a `notice` to be known. `near` are people who may
    be meant, `left_out` how many more.
    """
    return card(
        t,
        t("card-password-title"),
        *([fact(t("card-school"), school)] if school else []),
        sentence(t("card-password-lead")),
        *notice_box(notice),
        *_near(near, left_out, t),
        kind_input(kind, t),
        *problem_box(problem, t),
        *typed_input(typed, t),
        aside(t("card-password-class-hint")),
        aside(t("card-password-own"), "medium"),
        actions=(form_button(t("card-form-search"), find), *offered(*buttons, by_class)),
    )


@never_fails
def transfer_find_card(
    t: TextOf,
    *,
    find: Press,
    school: str,
    kind: str = "egn",
    typed: str = "",
    problem: str = "",
    notice: str = "",
    buttons: tuple[Button, ...] = (),
) -> CardJson:
    """Inputs: `kind`, `typed`, given back as they were entered: only in the answer to a press.

    A `problem` is to be corrected, a `notice` to be known.
    """
    return card(
        t,
        t("card-transfer-find-title"),
        *([fact(t("card-transfer-receiving"), school)] if school else []),
        *notice_box(notice),
        sentence(t("card-transfer-find-lead")),
        kind_input(kind, t, numbers_only=True),
        *problem_box(problem, t),
        TextInput(
            "typed",
            t("card-transfer-find-typed"),
            value=typed,
            missing=t("card-transfer-find-missing"),
            max_length=40,
        ),
        aside(t("card-transfer-find-hint")),
        aside(t("card-transfer-find-logged"), "medium"),
        actions=(form_button(t("card-form-search"), find), *offered(*buttons)),
    )
