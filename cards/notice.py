"""A notice: a refusal, an apology, or the news that something was done."""

from typing import Any

from cards.actions import Button, OpenUrl, offered
from cards.lines import heading, paragraphs_of
from cards.strict import Card
from cards.total import total
from cards.words import Translate


@total
def notice_card(
    t: Translate,
    *,
    title: str,
    paragraphs: tuple[str, ...] = (),
    buttons: tuple[Button, ...] = (),
    link: tuple[str, str] | None = None,
) -> dict[str, Any]:
    """`title` and `paragraphs` are finished texts; what stands in them is never read as Markdown.

    `link` is (title, address): the first button opens it in a browser.
    """
    return Card(
        heading(title),
        *paragraphs_of(*paragraphs),
        lang=t("card-lang"),
        fallback_text=title,
        actions=(*([OpenUrl(*link)] if link else []), *offered(*buttons)),
    ).to_dict()
