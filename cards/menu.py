"""The help: what the bot can do for this person. Its buttons come first, what explains them is folded below."""

from dataclasses import dataclass
from functools import lru_cache

from cards.actions import Button, offered
from cards.card import CardJson, aside, card, never_fails, paragraphs_of
from cards.checked import Rendered
from cards.rows import folded
from cards.strict import ActionSet, Container, RichTextBlock, TextRun
from cards.words import TextOf, prose


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One thing the person can ask for. `example` is what to type for it."""

    title: str
    hint: str
    example: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """What stands folded under a heading."""

    title: str
    paragraphs: tuple[str, ...] = ()
    items: tuple[MenuItem, ...] = ()


@never_fails
def help_card(
    t: TextOf,
    *,
    lead: str,
    buttons: tuple[Button, ...] = (),
    explanations: tuple[Explanation, ...] = (),
    warns_of_identifiers: bool = False,
) -> CardJson:
    """`lead` says whose the card is, or what the bot is to this person.

    `warns_of_identifiers`: says that numbers belong into the form and not into the conversation.
    """
    warning = t("card-menu-identifiers") if warns_of_identifiers else ""
    return card(
        t,
        t("card-menu-help-title"),
        *paragraphs_of(lead),
        *([ActionSet(*offered(*buttons))] if buttons else []),
        _explained(explanations, t("card-menu-example"), warning),
        actions=(),
    )


@lru_cache(maxsize=256)
def _explained(explanations: tuple[Explanation, ...], example: str, warning: str) -> Rendered:
    """The same for everybody of one role, and asked for most often: checked once."""
    parts = [
        part
        for number, one in enumerate(explanations)
        for part in folded(
            f"explanation-{number}",
            one.title,
            *paragraphs_of(*one.paragraphs),
            *(_item(item, example) for item in one.items),
        )
    ]
    return Rendered(Container(*parts, *([aside(warning, "large")] if warning else []), spacing="large"))


def _item(item: MenuItem, example: str) -> RichTextBlock:
    return RichTextBlock(
        TextRun(f"{prose(item.title)}. ", weight="bolder"),
        TextRun(f"{prose(item.hint)} "),
        TextRun(f"{prose(example)} ", is_subtle=True),
        TextRun(prose(item.example), font_type="monospace"),
        spacing="medium",
    )
