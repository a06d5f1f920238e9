"""What a person is searched by: the same inputs wherever somebody is to be found."""

from adaptivecards.baseobject import Element

from cards.inputs import ChoiceInput, TextInput
from cards.lines import aside
from cards.words import Translate


def kind_input(kind: str, t: Translate) -> ChoiceInput:
    """The input `kind`. An unknown one shows the first choice."""
    choices = [
        ("egn", t("card-form-kind-egn")),
        ("lnch", t("card-form-kind-lnch")),
        ("service", t("card-form-kind-service")),
        ("name", t("card-form-kind-name")),
        ("username", t("card-form-kind-username")),
    ]
    chosen = kind if kind in dict(choices) else "egn"
    return ChoiceInput("kind", t("card-form-kind"), choices, value=chosen, style="compact")


def typed_input(typed: str, t: Translate) -> tuple[Element, ...]:
    """The input `typed` and how it is filled in. It is given back only in the answer to a press."""
    return (
        TextInput("typed", t("card-form-typed"), value=typed, missing=t("card-form-typed-missing"), max_length=100),
        aside(t("card-form-typed-hint")),
    )
