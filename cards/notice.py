"""A notice: a refusal, an apology, or the news that something was done."""

from dataclasses import dataclass
from typing import Any

from cards.actions import Button, OpenUrl, offered
from cards.lines import copyable, heading, paragraphs
from cards.strict import Card
from cards.words import Translate, plain


@dataclass(frozen=True, slots=True)
class Notice:
    """`title` and `paragraphs` are finished texts; what stands in them is never read as Markdown.

    `reference` is the number under which the log knows what happened; it is shown so that it can be copied. `link` is
    (title, address): the first button opens it in a browser.
    """

    title: str
    paragraphs: tuple[str, ...] = ()
    buttons: tuple[Button, ...] = ()
    reference: str = ""
    link: tuple[str, str] | None = None


def notice_card(view: Notice, t: Translate) -> dict[str, Any]:
    """The card of a Notice."""
    return Card(
        heading(view.title),
        *paragraphs(*view.paragraphs),
        *(copyable(t("card-notice-reference"), view.reference) if view.reference else ()),
        lang=t("card-lang"),
        fallback_text=plain(view.title),
        actions=(*([OpenUrl(*view.link)] if view.link else []), *offered(*view.buttons)),
    ).to_dict()
