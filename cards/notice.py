"""A notice: a refusal, an apology, or the news that something was done."""

from dataclasses import dataclass
from typing import Any

from cards.actions import Button, OpenUrl, offered
from cards.lines import heading, paragraphs
from cards.strict import Card
from cards.total import total
from cards.words import Translate


@dataclass(frozen=True, slots=True)
class Notice:
    """`title` and `paragraphs` are finished texts; what stands in them is never read as Markdown.

    `link` is (title, address): the first button opens it in a browser.
    """

    title: str
    paragraphs: tuple[str, ...] = ()
    buttons: tuple[Button, ...] = ()
    link: tuple[str, str] | None = None


@total
def notice_card(view: Notice, t: Translate) -> dict[str, Any]:
    """The card of a Notice."""
    return Card(
        heading(view.title),
        *paragraphs(*view.paragraphs),
        lang=t("card-lang"),
        fallback_text=view.title,
        actions=(*([OpenUrl(*view.link)] if view.link else []), *offered(*view.buttons)),
    ).to_dict()
