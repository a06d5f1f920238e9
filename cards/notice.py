"""A notice: a refusal, an apology, or the news that something was done."""

from cards.actions import Button, OpenUrl, offered
from cards.card import CardJson, card, never_fails, paragraphs_of
from cards.words import TextOf


@never_fails
def notice_card(
    t: TextOf,
    *,
    title: str,
    paragraphs: tuple[str, ...] = (),
    buttons: tuple[Button, ...] = (),
    link: tuple[str, str] | None = None,
) -> CardJson:
    """`title` and `paragraphs` are finished texts; what stands in them is never read as Markdown.

    `link` is (title, address): the first button opens it in a browser.
    """
    return card(
        t,
        title,
        *paragraphs_of(*paragraphs),
        actions=(*([OpenUrl(*link)] if link else []), *offered(*buttons)),
    )
