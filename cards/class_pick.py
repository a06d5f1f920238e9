"""Which class?"""

from cards.account_lines import more
from cards.actions import Button, Press, form_button, offered
from cards.card import CardJson, card, never_fails
from cards.checked import CardError
from cards.inputs import listed, merged
from cards.lines import fact, problem_box, sentence
from cards.words import TextOf, data

MOST_CLASSES = 100
"""More than the largest school has; further ones are left out."""
_LONGEST_NAME = 36


@never_fails
def class_pick_card(
    t: TextOf,
    *,
    pick: Press,
    classes: tuple[str, ...],
    school: str,
    problem: str = "",
    buttons: tuple[Button, ...] = (),
) -> CardJson:
    """Input: `class`, one of the names in `classes`. Raises CardError when there is none: that is a notice."""
    # By its cleaned name: two that look alike are one choice.
    names = [data(name)[:_LONGEST_NAME].rstrip() for name in classes]
    every = dict(zip(names, names, strict=True))
    choices = merged(tuple(every.items()), MOST_CLASSES)
    if not choices:
        raise CardError("no class to pick")
    return card(
        t,
        t("card-class-pick-title"),
        *([fact(t("card-school"), school)] if school else []),
        sentence(t("card-class-pick-lead")),
        *problem_box(problem, t),
        listed(
            "class",
            t("card-class-pick-label"),
            choices,
            missing=t("card-class-pick-missing"),
            placeholder=t("card-class-pick-placeholder"),
        ),
        *more(len(every) - MOST_CLASSES, t),
        actions=(form_button(t("card-choices-continue"), pick), *offered(*buttons)),
    )
