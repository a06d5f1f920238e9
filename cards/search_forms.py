"""The forms that search for a person, with the same inputs in each: for a username, a password, a transfer."""

from typing import Literal

from adaptivecards.baseobject import Element

from cards.actions import Button, Press, form_button, offered
from cards.card import CardJson, aside, card, fact, never_fails, notice_box, problem_box, sentence
from cards.inputs import ChoiceInput, TextInput, known
from cards.strict import Container
from cards.words import TextOf

LookupField = Literal["typed", "purpose", "purpose_text"]


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


@never_fails
def lookup_form_card(
    t: TextOf,
    *,
    submit: Press,
    kind: str = "egn",
    typed: str = "",
    purpose: str = "",
    purpose_text: str = "",
    problem: str = "",
    concerns: LookupField | None = None,
    notice: str = "",
    school: str = "",
) -> CardJson:
    """The form. Inputs: `kind`, `typed`, `purpose`, `purpose_text`; an empty one may be missing from what comes back.

    `kind`, `typed`, `purpose` and `purpose_text` give back what was entered: only in the answer to a press.

    A `problem` is to be corrected, a `notice` to be known. Both are said directly above the input that `concerns`
    names; without one a problem stands above what was typed, a notice at the top. An unknown `kind` or `purpose`
    shows the first choice; `own` as a purpose means that none is needed.
    """

    def said(place: LookupField) -> tuple[Container, ...]:
        wrong = problem if (concerns or "typed") == place else ""
        return (*problem_box(wrong, t), *notice_box(notice if concerns == place else ""))

    return card(
        t,
        t("card-form-title"),
        *([fact(t("card-school"), school)] if school else []),
        *notice_box("" if concerns else notice),
        kind_input(kind, t),
        *said("typed"),
        *typed_input(typed, t),
        *said("purpose"),
        _purpose(purpose, t),
        *said("purpose_text"),
        TextInput("purpose_text", t("card-form-purpose-text"), value=purpose_text, max_length=200),
        aside(t("card-form-logged"), "medium"),
        actions=(form_button(t("card-form-search"), submit),),
    )


def _purpose(purpose: str, t: TextOf) -> ChoiceInput:
    """All in sight at once: whoever looks for a moved student sees the reason to choose before searching in vain."""
    choices = [
        ("own", t("card-form-purpose-own")),
        ("moved", t("card-form-purpose-moved")),
        ("forgotten", t("card-form-purpose-forgotten")),
        ("other", t("card-form-purpose-other")),
    ]
    chosen = known(purpose, choices, "own")
    return ChoiceInput("purpose", t("card-form-purpose"), choices, value=chosen, style="expanded")


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
) -> CardJson:
    """Inputs: `kind`, `typed`, as in the look-up's form.

    `by_class` leads to the classes. A `problem` is to be corrected, a `notice` to be known.
    """
    return card(
        t,
        t("card-password-title"),
        *([fact(t("card-school"), school)] if school else []),
        sentence(t("card-password-lead")),
        *notice_box(notice),
        kind_input(kind, t),
        *problem_box(problem, t),
        *typed_input(typed, t),
        aside(t("card-password-own"), "medium"),
        actions=(form_button(t("card-form-search"), find), *offered(by_class)),
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
