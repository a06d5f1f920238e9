"""Columns: for what may be drawn side by side and says nothing that is not also said in words."""

from typing import Literal

from adaptivecards import containers
from adaptivecards.baseobject import BareObject, Element, PropertyType

from cards.strict import COLOR, RichTextBlock, StrictElement, TextRun, Word
from cards.words import prose


class Column(StrictElement, containers.Column):  # type: ignore[misc]  # adaptivecards ships no types
    """One column; `width` is its share of the row, or `auto` or `stretch`; `min_height` in pixels (`8px`)."""

    style = Word("default", "emphasis", "good", "attention", "warning", "accent")
    width = PropertyType(type=(int, str))
    min_height = PropertyType(type=str, key_name="minHeight")
    vertical_content_alignment = Word("top", "center", "bottom", key_name="verticalContentAlignment")

    def __init__(self, *items: Element, width: int | Literal["auto", "stretch"], **properties: object) -> None:
        super().__init__(width=width, **properties)
        self._put("items", list(items))


class ColumnSet(StrictElement, containers.ColumnSet):  # type: ignore[misc]  # adaptivecards ships no types
    """A row of columns; with an action, the whole row is one button."""

    select_action = PropertyType(type=BareObject, key_name="selectAction")

    def __init__(self, *columns: Column, **properties: object) -> None:
        super().__init__(**properties)
        self._put("columns", list(columns))


def bar(*parts: tuple[int, str]) -> ColumnSet:
    """A bar of coloured parts, each of a size and in a container's style. An ornament: the same is said in words.

    The parts are empty, so a screen reader has nothing to stop at.
    """
    return ColumnSet(
        *(Column(width=size, style=style, min_height="12px", spacing="none") for size, style in parts if size > 0),
        spacing="small",
    )


def legend(*parts: tuple[str, str]) -> RichTextBlock:
    """What the parts of a bar mean: for each its style, and words behind a mark in the colour of the style."""
    runs: list[TextRun] = []
    for style, words in parts:
        colour: dict[str, object] = {"color": style} if style in COLOR else {"is_subtle": True}
        runs += [TextRun("●\N{NO-BREAK SPACE}", **colour), TextRun(f"{prose(words)}   ")]
    return RichTextBlock(*runs, spacing="small")
