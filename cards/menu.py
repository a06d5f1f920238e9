"""What the bot can do for this person: the welcome, the help, and the answer to what was not understood."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, assert_never

from adaptivecards.baseobject import Element

from cards.actions import Button, offered
from cards.lines import aside, fact, heading, paragraphs_of, sentence
from cards.strict import Card, Container, RichTextBlock, TextRun
from cards.total import total
from cards.words import Translate, prose

Opening = Literal["welcome", "help", "more", "not-understood"]


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One thing the person can ask for. `example` is what to type for it."""

    title: str
    hint: str
    example: str


@total
def menu_card(
    t: Translate,
    *,
    opening: Opening,
    intro: tuple[str, ...] = (),
    items: tuple[MenuItem, ...] = (),
    buttons: tuple[Button, ...] = (),
    school: str = "",
    notes: tuple[str, ...] = (),
    warns_of_identifiers: bool = False,
) -> dict[str, Any]:
    """`intro` are paragraphs for this kind of person, `notes` stand below the services; `school` is the person's own.

    `warns_of_identifiers`: says that numbers belong into the form and not into the conversation.
    """
    title, _ = _opening(opening, t)
    body = _body(
        opening,
        intro,
        items,
        school,
        notes,
        warns_of_identifiers,
        t,  # type: ignore[arg-type]  # a function has a hash, only a Protocol cannot say so
    )
    return Card(
        *body,
        lang=t("card-lang"),
        fallback_text=title,
        actions=offered(*buttons),
    ).to_dict()


@lru_cache(maxsize=256)
def _body(  # noqa: PLR0917 -- each is part of the key
    opening: Opening,
    intro: tuple[str, ...],
    items: tuple[MenuItem, ...],
    school: str,
    notes: tuple[str, ...],
    warns: bool,
    t: Translate,
) -> tuple[Element, ...]:
    """Everything but the buttons: the same for everybody of one role and school, and asked for most often."""
    title, lead = _opening(opening, t)
    return (
        heading(title),
        *([fact(t("card-school"), school)] if school else []),
        sentence(lead),
        *paragraphs_of(*intro),
        *(_item(item, t) for item in items),
        *paragraphs_of(*notes),
        *([aside(t("card-menu-identifiers"), "large")] if warns else []),
    )


def _opening(opening: Opening, t: Translate) -> tuple[str, str]:
    match opening:
        case "welcome":
            return t("card-menu-welcome-title"), t("card-menu-welcome")
        case "help":
            return t("card-menu-help-title"), t("card-menu-help")
        case "more":
            return t("card-menu-more-title"), t("card-menu-more")
        case "not-understood":
            return t("card-menu-not-understood-title"), t("card-menu-not-understood")
    assert_never(opening)


def _item(item: MenuItem, t: Translate) -> Container:
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
        RichTextBlock(TextRun(prose(item.title), weight="bolder")),
        *([RichTextBlock(TextRun(prose(item.hint)), spacing="none")] if item.hint else []),
        *([example] if example else []),
        spacing="medium",
    )
