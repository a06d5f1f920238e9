"""What a person is searched by: the same inputs wherever somebody is to be found."""

from adaptivecards.baseobject import Element

from cards.inputs import ChoiceInput, TextInput, known
from cards.lines import aside
from cards.words import TextOf


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
