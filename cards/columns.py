"""Columns: what is drawn side by side."""

from typing import Literal

from adaptivecards import containers
from adaptivecards.baseobject import BareObject, Element, PropertyType

from cards.strict import STYLE, StrictElement, Word


class Column(StrictElement, containers.Column):  # type: ignore[misc]  # adaptivecards ships no types
    """One column; `width` is its share of the row, or `auto` or `stretch`; `min_height` in pixels (`8px`)."""

    style = Word(*STYLE)
    width = PropertyType(type=(int, str))
    min_height = PropertyType(type=str, key_name="minHeight")
    vertical_content_alignment = Word("top", "center", "bottom", key_name="verticalContentAlignment")

    def __init__(self, *items: Element, width: int | Literal["auto", "stretch"], **properties: object) -> None:
        super().__init__(width=width, **properties)
        self._put("items", list(items))


class ColumnSet(StrictElement, containers.ColumnSet):  # type: ignore[misc]  # adaptivecards ships no types
    """A row of columns; with an action, the whole row is one button."""

    style = Word(*STYLE)
    select_action = PropertyType(type=BareObject, key_name="selectAction")

    def __init__(self, *columns: Column, **properties: object) -> None:
        super().__init__(**properties)
        self._put("columns", list(columns))
