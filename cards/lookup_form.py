"""The form of a look-up: what to search for, and why when the student is of another school."""

from dataclasses import dataclass, field
from typing import Any, Literal

from cards.actions import Press, submit
from cards.inputs import ChoiceInput, TextInput
from cards.lines import aside, box, fact, heading
from cards.search_inputs import kind_input, typed_input
from cards.strict import Card, Container
from cards.total import total
from cards.words import Translate

Field = Literal["typed", "purpose", "purpose_text"]


@dataclass(frozen=True, slots=True)
class LookupForm:
    """`kind`, `typed`, `purpose` and `purpose_text` give back what was entered: only in the answer to a press.

    A `problem` is to be corrected, a `notice` to be known. Both are said directly above the input that `concerns`
    names; without one a problem stands above what was typed, a notice at the top. An unknown `kind` or `purpose`
    shows the first choice; `own` as a purpose means that none is needed. The inputs are called `kind`, `typed`,
    `purpose`, `purpose_text`; an empty one may be missing from what the client sends.
    """

    submit: Press
    kind: str = "egn"
    typed: str = field(default="", repr=False)
    purpose: str = ""
    purpose_text: str = field(default="", repr=False)
    problem: str = ""
    concerns: Field | None = None
    notice: str = ""
    school: str = ""


@total
def lookup_form_card(view: LookupForm, t: Translate) -> dict[str, Any]:
    """The card of a LookupForm."""
    title = t("card-form-title")
    return Card(
        heading(title),
        *([fact(t("card-school"), view.school)] if view.school else []),
        *_notice(view, None),
        kind_input(view.kind, t),
        *_said(view, "typed", t),
        *typed_input(view.typed, t),
        *_said(view, "purpose", t),
        _purpose(view, t),
        *_said(view, "purpose_text", t),
        TextInput("purpose_text", t("card-form-purpose-text"), value=view.purpose_text, max_length=200),
        aside(t("card-form-logged"), "medium"),
        lang=t("card-lang"),
        fallback_text=title,
        actions=(submit(t("card-form-search"), view.submit),),
    ).to_dict()


def _purpose(view: LookupForm, t: Translate) -> ChoiceInput:
    """All in sight at once: whoever looks for a moved student sees the reason to choose before searching in vain."""
    choices = [
        ("own", t("card-form-purpose-own")),
        ("moved", t("card-form-purpose-moved")),
        ("forgotten", t("card-form-purpose-forgotten")),
        ("other", t("card-form-purpose-other")),
    ]
    chosen = view.purpose if view.purpose in dict(choices) else "own"
    return ChoiceInput("purpose", t("card-form-purpose"), choices, value=chosen, style="expanded")


def _said(view: LookupForm, place: Field, t: Translate) -> tuple[Container, ...]:
    problem = view.problem and (view.concerns or "typed") == place
    return (
        *([box(t("card-form-problem"), view.problem, "attention")] if problem else []),
        *_notice(view, place),
    )


def _notice(view: LookupForm, place: Field | None) -> tuple[Container, ...]:
    return (box("", view.notice, "emphasis"),) if view.notice and view.concerns == place else ()
