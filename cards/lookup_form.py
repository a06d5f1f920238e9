"""The form of a look-up: what to search for, and why when the student is of another school."""

from typing import Literal

from cards.actions import Press, form_button
from cards.card import CardJson, card, never_fails
from cards.inputs import ChoiceInput, TextInput, known
from cards.lines import aside, fact, notice_box, problem_box
from cards.search_inputs import kind_input, typed_input
from cards.strict import Container
from cards.words import TextOf

LookupField = Literal["typed", "purpose", "purpose_text"]


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
