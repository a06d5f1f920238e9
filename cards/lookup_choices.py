"""Several people have such a name: which one is meant."""

from dataclasses import dataclass
from typing import Any

from cards.actions import Button, Press, offered, submit
from cards.checked import CardError
from cards.inputs import ChoiceInput
from cards.lines import heading, sentence
from cards.strict import Card
from cards.words import Translate, data, without_numbers

_LONGEST_PART = 80


@dataclass(frozen=True, slots=True)
class Choice:
    """One person. `value` is what the card sends back (an opaque id); empty `class_` and `school` are left out.

    `is_teacher`: the school's teachers are found by name too, and are told from its students by a word.
    """

    value: str
    name: str
    class_: str = ""
    school: str = ""
    is_teacher: bool = False


@dataclass(frozen=True, slots=True)
class LookupChoices:
    """`pick` is sealed for the whole list; the client adds the chosen value under `choice`."""

    pick: Press
    choices: tuple[Choice, ...]
    new_search: Button


def lookup_choices_card(view: LookupChoices, t: Translate) -> dict[str, Any]:
    """The card of a LookupChoices, at most 15 people."""
    if not view.choices or len(view.choices) > 15:
        raise CardError(f"{len(view.choices)} people to choose from; a person can oversee 15")
    title = t("card-choices-title")
    return Card(
        heading(title),
        ChoiceInput(
            "choice",
            t("card-choices-label"),
            [(choice.value, _title(choice, t)) for choice in view.choices],
            missing=t("card-choices-missing"),
            style="expanded",
        ),
        sentence(t("card-choices-lead")),
        lang=t("card-lang"),
        fallback_text=title,
        actions=(
            submit(t("card-choices-continue"), view.pick),
            *offered(view.new_search),
        ),
    ).to_dict()


def _title(choice: Choice, t: Translate) -> str:
    class_ = t("card-choices-class", name=data(choice.class_)) if choice.class_ else ""
    role = t("card-choices-teacher") if choice.is_teacher else class_
    parts = (data(choice.name)[:_LONGEST_PART], role[:_LONGEST_PART], data(choice.school)[:_LONGEST_PART])
    return without_numbers(" · ".join(part for part in parts if part))
