"""Several people have such a name: which one is meant."""

from dataclasses import dataclass, field
from typing import Any

from cards.account_lines import more
from cards.actions import Button, Press, form_button, offered
from cards.checked import CardError
from cards.inputs import ChoiceInput, merged
from cards.lines import heading, sentence
from cards.strict import Card
from cards.total import total
from cards.words import Translate, data, without_numbers

MOST_CHOICES = 15
_LONGEST_PART = 80


@dataclass(frozen=True, slots=True)
class Choice:
    """One person. `value` is what the card sends back (an opaque id); empty `class_` and `school` are left out.

    `is_teacher`: the school's teachers are found by name too, and are told from its students by a word.
    """

    value: str
    name: str = field(repr=False)
    class_: str = ""
    school: str = ""
    is_teacher: bool = False


@total
def lookup_choices_card(
    t: Translate,
    *,
    pick: Press,
    choices: tuple[Choice, ...],
    new_search: Button,
) -> dict[str, Any]:
    """The first 15 people, as many as a person can oversee. Input: `choice`. `pick` is sealed for the whole list."""
    offers = merged([(choice.value, _title(choice, t)) for choice in choices], MOST_CHOICES)
    if not offers:
        raise CardError("no people to choose from")
    title = t("card-choices-title")
    return Card(
        heading(title),
        ChoiceInput(
            "choice",
            t("card-choices-label"),
            offers,
            missing=t("card-choices-missing"),
            style="expanded",
        ),
        *more(len(choices) - MOST_CHOICES, t),
        sentence(t("card-choices-lead")),
        lang=t("card-lang"),
        fallback_text=title,
        actions=(
            form_button(t("card-choices-continue"), pick),
            *offered(new_search),
        ),
    ).to_dict()


def _title(choice: Choice, t: Translate) -> str:
    class_ = t("card-choices-class", name=data(choice.class_)) if choice.class_ else ""
    role = t("card-choices-teacher") if choice.is_teacher else class_
    parts = (data(choice.name)[:_LONGEST_PART], role[:_LONGEST_PART], data(choice.school)[:_LONGEST_PART])
    return without_numbers(" · ".join(part for part in parts if part))
