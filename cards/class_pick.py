"""Which class?"""

from dataclasses import dataclass
from typing import Any

from cards.account_lines import more
from cards.actions import Button, Press, offered, submit
from cards.checked import CardError
from cards.inputs import ChoiceInput, merged
from cards.lines import box, fact, heading, sentence
from cards.strict import Card, Container
from cards.total import total
from cards.words import Translate, data

MOST_CLASSES = 100
"""More than the largest school has; further ones are left out."""
_LONGEST_NAME = 36


@dataclass(frozen=True, slots=True)
class ClassPick:
    """`classes` are names; one is chosen from a compact list."""

    pick: Press
    classes: tuple[str, ...]
    school: str
    problem: str = ""
    buttons: tuple[Button, ...] = ()


@total
def class_pick_card(card: ClassPick, t: Translate) -> dict[str, Any]:
    """Input: `class`. Raises CardError when there is no class to pick: that is a notice."""
    title = t("card-class-pick-title")
    # By its cleaned name: two that look alike are one choice.
    names = [data(name)[:_LONGEST_NAME].rstrip() for name in card.classes]
    every = dict(zip(names, names, strict=True))
    classes = merged(tuple(every.items()), MOST_CLASSES)
    if not classes:
        raise CardError("no class to pick")
    return Card(
        heading(title),
        *([fact(t("card-school"), card.school)] if card.school else []),
        sentence(t("card-class-pick-lead")),
        *([box(t("card-form-problem"), card.problem, "attention")] if card.problem else []),
        # In a container of its own: where a list stands in the same place as one of the card it replaces, the web
        # client goes on offering the old one's choices.
        Container(
            ChoiceInput(
                "class",
                t("card-class-pick-label"),
                classes,
                missing=t("card-class-pick-missing"),
                placeholder=t("card-class-pick-placeholder"),
                style="compact",
            )
        ),
        *more(len(every) - MOST_CLASSES, t),
        lang=t("card-lang"),
        fallback_text=title,
        actions=(submit(t("card-choices-continue"), card.pick), *offered(*card.buttons)),
    ).to_dict()
