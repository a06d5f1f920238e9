"""Several people have such a name: which one is meant."""

from dataclasses import dataclass, field

from cards.account_lines import more
from cards.actions import Button, Press, form_button, offered
from cards.card import CardJson, card, never_fails, sentence
from cards.checked import CardError
from cards.inputs import ChoiceInput, merged
from cards.words import TextOf, data, without_numbers

MOST_CHOICES = 15
_LONGEST_PART = 80


@dataclass(frozen=True, slots=True)
class PersonChoice:
    """One person. `value` is what the card sends back (an opaque id); empty `class_` and `school` are left out.

    `is_teacher`: the school's teachers are found by name too, and are told from its students by a word.
    """

    value: str
    name: str = field(repr=False)
    class_: str = ""
    school: str = ""
    is_teacher: bool = False


@never_fails
def lookup_choices_card(t: TextOf, *, pick: Press, choices: tuple[PersonChoice, ...], new_search: Button) -> CardJson:
    """The first 15 people, as many as a person can oversee. Input: `choice`. `pick` is sealed for the whole list."""
    offers = merged([(choice.value, _title(choice, t)) for choice in choices], MOST_CHOICES)
    if not offers:
        raise CardError("no people to choose from")
    return card(
        t,
        t("card-choices-title"),
        ChoiceInput("choice", t("card-choices-label"), offers, missing=t("card-choices-missing"), style="expanded"),
        *more(len(choices) - MOST_CHOICES, t),
        sentence(t("card-choices-lead")),
        actions=(form_button(t("card-choices-continue"), pick), *offered(new_search)),
    )


def _title(choice: PersonChoice, t: TextOf) -> str:
    class_ = t("card-choices-class", name=data(choice.class_)) if choice.class_ else ""
    role = t("card-choices-teacher") if choice.is_teacher else class_
    parts = (data(choice.name)[:_LONGEST_PART], role[:_LONGEST_PART], data(choice.school)[:_LONGEST_PART])
    return without_numbers(" · ".join(part for part in parts if part))
