"""The form of a look-up: what to search for, and why when the student is of another school."""

from dataclasses import dataclass, field
from typing import Any, Literal

from cards.actions import Button, Press, offered, submit
from cards.inputs import ChoiceInput, TextInput
from cards.lines import aside, box, fact, heading
from cards.strict import Card, Container
from cards.words import Translate

Field = Literal["typed", "purpose", "purpose_text"]


@dataclass(frozen=True, slots=True)
class LookupForm:
    """`kind`, `typed`, `purpose` and `purpose_text` give back what was entered: only in the answer to a press.

    `problem` is said above the input that `concerns` names; `notice` at the top. An unknown `kind` or `purpose` shows
    the first choice. The inputs are called `kind`, `typed`, `purpose`, `purpose_text`; an empty one may be missing
    from what the client sends.
    """

    submit: Press
    kind: str = "egn"
    typed: str = field(default="", repr=False)
    purpose: str = ""
    purpose_text: str = field(default="", repr=False)
    problem: str = ""
    concerns: Field = "typed"
    notice: str = ""
    school: str = ""
    buttons: tuple[Button, ...] = ()


def lookup_form_card(view: LookupForm, t: Translate) -> dict[str, Any]:
    """The card of a LookupForm."""
    title = t("card-form-title")
    return Card(
        heading(title),
        *([fact(t("card-school"), view.school)] if view.school else []),
        *([box("", view.notice, "emphasis")] if view.notice else []),
        _kind(view, t),
        *_problem(view, "typed", t),
        TextInput(
            "typed", t("card-form-typed"), value=view.typed, missing=t("card-form-typed-missing"), max_length=100
        ),
        aside(t("card-form-typed-hint")),
        *_problem(view, "purpose", t),
        _purpose(view, t),
        *_problem(view, "purpose_text", t),
        TextInput("purpose_text", t("card-form-purpose-text"), value=view.purpose_text, max_length=200),
        aside(t("card-form-logged"), "medium"),
        lang=t("card-lang"),
        fallback_text=title,
        actions=(submit(t("card-form-search"), view.submit), *offered(*view.buttons)),
    ).to_dict()


def _kind(view: LookupForm, t: Translate) -> ChoiceInput:
    choices = [
        ("egn", t("card-form-kind-egn")),
        ("lnch", t("card-form-kind-lnch")),
        ("service", t("card-form-kind-service")),
        ("name", t("card-form-kind-name")),
        ("username", t("card-form-kind-username")),
    ]
    chosen = view.kind if view.kind in dict(choices) else "egn"
    return ChoiceInput("kind", t("card-form-kind"), choices, value=chosen, style="compact")


def _purpose(view: LookupForm, t: Translate) -> ChoiceInput:
    own = t("card-form-purpose-own")
    choices = [
        ("", own),
        ("moved", t("card-form-purpose-moved")),
        ("forgotten", t("card-form-purpose-forgotten")),
        ("other", t("card-form-purpose-other")),
    ]
    chosen = view.purpose if view.purpose in dict(choices) else ""
    # A client that takes the empty value for "nothing chosen" shows the placeholder, which says the same.
    return ChoiceInput("purpose", t("card-form-purpose"), choices, value=chosen, placeholder=own, style="compact")


def _problem(view: LookupForm, place: Field, t: Translate) -> tuple[Container, ...]:
    if not view.problem or view.concerns != place:
        return ()
    return (box(t("card-form-problem"), view.problem, "attention"),)
