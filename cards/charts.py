"""Charts and progress as Teams draws them, and a bar in columns where it does not.

`Chart.HorizontalBar.Stacked` and `ProgressBar` are elements of Teams' own, outside the schema 1.5
(learn.microsoft.com, "Charts in Adaptive Cards"; `Microsoft.Teams.Cards.ProgressBar`). A client that knows neither
draws the `fallback`, which is of the schema, so each has one. No number stands in a drawing alone: who reads with the
ear, and a client that draws nothing, have it in the words beside it.
"""

from dataclasses import dataclass

from adaptivecards.baseobject import PropertyType

from cards.columns import Column, ColumnSet
from cards.strict import COLOR, RichTextBlock, Strict, StrictElement, TextRun, Word
from cards.words import prose

_COLORS = {"good": "good", "warning": "warning", "attention": "attention", "accent": "categoricalBlue"}
_NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole: how many, in a container's style, and the words for it with the number (`липсват: 3`)."""

    count: int
    style: str
    words: str = ""


class _OfTeams(StrictElement):
    """An element that only some clients know. Without what they draw instead it cannot be made."""

    fallback = PropertyType(type=ColumnSet)

    def __init__(self, instead: ColumnSet, **properties: object) -> None:
        super().__init__(fallback=instead, **properties)


class ProgressBar(_OfTeams):
    """How far something is: `value` of `max`."""

    element_type = "ProgressBar"

    value = PropertyType(type=int)
    max = PropertyType(type=int)
    color = Word("Accent", "Good", "Warning", "Attention")


class _Point(Strict):
    legend = PropertyType(type=str)
    value = PropertyType(type=int)
    color = Word(*_COLORS.values(), _NEUTRAL)


class _Series(Strict):
    title = PropertyType(type=str)
    data = PropertyType(type=list)


class StackedBar(_OfTeams):
    """One bar of several parts."""

    element_type = "Chart.HorizontalBar.Stacked"

    title = PropertyType(type=str)
    show_title = PropertyType(type=bool, key_name="showTitle")
    show_legend = PropertyType(type=bool, key_name="showLegend")
    data = PropertyType(type=list)


def proportions(title: str, *parts: Share) -> tuple[StackedBar, RichTextBlock] | tuple[()]:
    """One bar of these parts, and below it what each colour means, with its number. `title`: of what it is a bar."""
    some = [part for part in parts if part.count > 0]
    if not some:
        return ()
    points = [_Point(legend=part.words, value=part.count, color=_COLORS.get(part.style, _NEUTRAL)) for part in some]
    drawn = StackedBar(
        _bar(some),
        title=title,
        show_title=False,
        show_legend=False,  # the words below are the legend, and every client has them
        data=[_Series(title=title, data=points)],
        spacing="small",
    )
    return drawn, _legend(some)


def progress(*parts: Share) -> tuple[ProgressBar, ...]:
    """How much of a job is done, which is the first part. What it shows is said in words beside it, by the card."""
    some = [part for part in parts if part.count > 0]
    if not some:
        return ()
    amiss = any(part.style == "attention" for part in some)
    return (
        ProgressBar(
            _bar(some),
            value=max(parts[0].count, 0),
            max=sum(part.count for part in some),
            color="Warning" if amiss else "Good",
            spacing="small",
        ),
    )


def _bar(parts: list[Share]) -> ColumnSet:
    """Coloured columns, each as wide as its part. They are empty: a screen reader has nothing to stop at."""
    columns = (Column(width=part.count, style=part.style, min_height="12px", spacing="none") for part in parts)
    return ColumnSet(*columns, spacing="small")


def _legend(parts: list[Share]) -> RichTextBlock:
    """For each part a mark in its colour and its words."""
    runs: list[TextRun] = []
    for part in parts:
        colour: dict[str, object] = {"color": part.style} if part.style in COLOR else {"is_subtle": True}
        runs += [TextRun("●\N{NO-BREAK SPACE}", **colour), TextRun(f"{prose(part.words)}   ")]
    return RichTextBlock(*runs, spacing="small")
