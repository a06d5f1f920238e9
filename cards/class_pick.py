"""Which class?"""

from typing import Any

from cards.account_lines import more
from cards.actions import Button, Press, form_button, offered
from cards.checked import CardError
from cards.inputs import ChoiceInput, merged
from cards.lines import fact, heading, problem_box, sentence
from cards.strict import Card, Container
from cards.total import total
from cards.words import Translate, data

MOST_CLASSES = 100
"""More than the largest school has; further ones are left out."""
_LONGEST_NAME = 36


@total
def class_pick_card(
    t: Translate,
    *,
    pick: Press,
    classes: tuple[str, ...],
    school: str,
    problem: str = "",
    buttons: tuple[Button, ...] = (),
) -> dict[str, Any]:
    """Input: `class`, one of the names in `classes`. Raises CardError when there is none: that is a notice."""
    title = t("card-class-pick-title")
    # By its cleaned name: two that look alike are one choice.
    names = [data(name)[:_LONGEST_NAME].rstrip() for name in classes]
    every = dict(zip(names, names, strict=True))
    choices = merged(tuple(every.items()), MOST_CLASSES)
    if not choices:
        raise CardError("no class to pick")
    return Card(
        heading(title),
        *([fact(t("card-school"), school)] if school else []),
        sentence(t("card-class-pick-lead")),
        *problem_box(problem, t),
        # In a container of its own: where a list stands in the same place as one of the card it replaces, the web
        # client goes on offering the old one's choices.
        Container(
            ChoiceInput(
                "class",
                t("card-class-pick-label"),
                choices,
                missing=t("card-class-pick-missing"),
                placeholder=t("card-class-pick-placeholder"),
                style="compact",
            )
        ),
        *more(len(every) - MOST_CLASSES, t),
        lang=t("card-lang"),
        fallback_text=title,
        actions=(form_button(t("card-choices-continue"), pick), *offered(*buttons)),
    ).to_dict()
