"""What the bot can do for this person: the welcome, the help, and the answer to what was not understood."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from adaptivecards.baseobject import Element

from cards.actions import Button, offered
from cards.card import CardJson, aside, bold, card, fact, line, never_fails, paragraphs_of, sentence
from cards.strict import Container, RichTextBlock, TextRun
from cards.words import TextOf, prose

Opening = Literal["welcome", "help", "more", "not-understood"]


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One thing the person can ask for. `example` is what to type for it."""

    title: str
    hint: str
    example: str


@never_fails
def menu_card(
    t: TextOf,
    *,
    opening: Opening,
    intro: tuple[str, ...] = (),
    items: tuple[MenuItem, ...] = (),
    buttons: tuple[Button, ...] = (),
    school: str = "",
    notes: tuple[str, ...] = (),
    warns_of_identifiers: bool = False,
) -> CardJson:
    """`intro` are paragraphs for this kind of person, `notes` stand below the services; `school` is the person's own.

    `warns_of_identifiers`: says that numbers belong into the form and not into the conversation.
    """
    shown = (opening, intro, items, school, notes, warns_of_identifiers)
    body = _body(*shown, t)  # type: ignore[arg-type]  # a function has a hash, only a Protocol cannot say so
    return card(t, t(f"card-menu-{opening}-title"), *body, actions=offered(*buttons))


@lru_cache(maxsize=256)
def _body(  # noqa: PLR0917 -- each is part of the key
    opening: Opening,
    intro: tuple[str, ...],
    items: tuple[MenuItem, ...],
    school: str,
    notes: tuple[str, ...],
    warns: bool,
    t: TextOf,
) -> tuple[Element, ...]:
    """Everything but heading and buttons: the same for everybody of one role and school, and asked for most often."""
    return (
        *([fact(t("card-school"), school)] if school else []),
        sentence(t(f"card-menu-{opening}")),
        *paragraphs_of(*intro),
        *(_item(item, t) for item in items),
        *paragraphs_of(*notes),
        *([aside(t("card-menu-identifiers"), "large")] if warns else []),
    )


def _item(item: MenuItem, t: TextOf) -> Container:
    example = (
        RichTextBlock(
            TextRun(f"{t('card-menu-example')} ", is_subtle=True),
            TextRun(prose(item.example), font_type="monospace"),
            spacing="small",
        )
        if item.example
        else None
    )
    return Container(
        bold(prose(item.title)),
        *([line(prose(item.hint), spacing="none")] if item.hint else []),
        *([example] if example else []),
        spacing="medium",
    )
