"""Rows that open by a press, and what stands folded below a heading.

A press on a row is an Action.Execute as `selectAction`: the client draws the row as one button, reached by the Tab
key, whose name for a screen reader is the row's title (adaptivecards.io, "Container.selectAction"; not ShowCard).
"""

from dataclasses import dataclass, field

from adaptivecards.baseobject import Element

from cards.actions import Press, ToggleVisibility, row_action
from cards.card import line, sentence
from cards.columns import Column, ColumnSet
from cards.strict import Container, RichTextBlock, TextRun
from cards.words import data, prose

OPENS = "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"
FOLDED = "\N{BLACK DOWN-POINTING SMALL TRIANGLE}"


@dataclass(frozen=True, slots=True)
class Row:
    """One of a list. `title` tells it from every other of the list; `lines` say more about it; `press` opens it.
    `said`: what a screen reader calls it where the title alone does not tell it from another. `style`: a container's.
    """

    title: str = field(repr=False)
    lines: tuple[str, ...] = field(repr=False)
    press: Press
    said: str = field(default="", repr=False)
    style: str = "default"


def row(one: Row) -> ColumnSet:
    """The row as one button."""
    told = (
        RichTextBlock(TextRun(data(one.title), weight="bolder")),
        *(line(data(text), spacing="none") for text in one.lines if text),
    )
    return ColumnSet(
        Column(*told, width="stretch"),
        Column(sentence(OPENS), width="auto", vertical_content_alignment="center"),
        select_action=row_action(one.said or one.title, one.press),
        separator=one.style == "default",
        spacing="small",
        **({} if one.style == "default" else {"style": one.style}),
    )


def rows(*several: Row) -> tuple[ColumnSet, ...]:
    """A list of them in their order; at most `MOST_ROWS` on a card (checked.py)."""
    return tuple(row(one) for one in several)


def folded(name: str, title: str, *hidden: Element) -> tuple[Element, ...]:
    """A heading that shows and hides what is below it; hidden at first. `name`: the id of what is hidden."""
    if not hidden:
        return ()
    return (
        ColumnSet(
            Column(RichTextBlock(TextRun(prose(title), weight="bolder")), width="stretch"),
            Column(sentence(FOLDED), width="auto"),
            select_action=ToggleVisibility(title, [name]),
            separator=True,
        ),
        Container(*hidden, id=name, is_visible=False, spacing="small"),
    )


_BESIDE = 18
"""Characters of a label and of its value that fit into half of a card of 320 px on one line."""


def facts(*pairs: tuple[str, str]) -> tuple[Element, ...]:
    """Labels and values, two beside each other where both are short, in their order. Empty values are left out."""
    left = [(label, value) for label, value in pairs if value]
    drawn: list[Element] = []
    while left:
        beside = left[:2] if len(left) > 1 and all(_short(pair) for pair in left[:2]) else left[:1]
        del left[: len(beside)]
        drawn.append(
            ColumnSet(*(Column(*_fact(*pair), width=1) for pair in beside), spacing="small")
            if len(beside) == 2
            else Container(*_fact(*beside[0]), spacing="small")
        )
    return tuple(drawn)


def _short(pair: tuple[str, str]) -> bool:
    return all(len(text) <= _BESIDE for text in pair)


def _fact(label: str, value: str) -> tuple[RichTextBlock, RichTextBlock]:
    return (
        RichTextBlock(TextRun(data(label), is_subtle=True)),
        RichTextBlock(TextRun(data(value)), spacing="none"),
    )
