"""Which class?"""

from dataclasses import dataclass
from typing import Any

from cards.actions import Button, Press, offered, submit
from cards.checked import CardError
from cards.inputs import ChoiceInput
from cards.lines import box, fact, heading, sentence
from cards.strict import Card, Container
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
    notice: str = ""
    buttons: tuple[Button, ...] = ()


def class_pick_card(card: ClassPick, t: Translate) -> dict[str, Any]:
    """Input: `class`. Raises CardError when there is no class to pick: that is a notice."""
    if not card.classes:
        raise CardError("no class to pick")
    title = t("card-class-pick-title")
    # By its cleaned name: two that look alike are one choice.
    classes = tuple(dict.fromkeys(data(name)[:_LONGEST_NAME] for name in card.classes[:MOST_CLASSES]))
    return Card(
        heading(title),
        *([fact(t("card-school"), card.school)] if card.school else []),
        *([box("", card.notice, "emphasis")] if card.notice else []),
        sentence(t("card-class-pick-lead")),
        *([box(t("card-form-problem"), card.problem, "attention")] if card.problem else []),
        # In a container of its own: where a list stands in the same place as one of the card it replaces, the web
        # client goes on offering the old one's choices.
        Container(
            ChoiceInput(
                "class",
                t("card-class-pick-label"),
                [(name, name) for name in classes],
                missing=t("card-class-pick-missing"),
                placeholder=t("card-class-pick-placeholder"),
                style="compact",
            )
        ),
        lang=t("card-lang"),
        fallback_text=title,
        actions=(submit(t("card-choices-continue"), card.pick), *offered(*card.buttons)),
    ).to_dict()
