"""Ways to look at a finished card."""

from collections.abc import Callable, Iterator
from functools import partial
from inspect import unwrap
from pathlib import Path
from typing import Any

from bot.texts.catalog import LANGUAGES, Catalog
from cards.words import TextOf
from tests.trees import objects

CATALOG = Catalog.load()
VOICES = {language: CATALOG.speak(language) for language in LANGUAGES}
SHARED = Path(__file__).parents[3].parent / "shared"


def elements(value: object) -> Iterator[dict]:
    """Every part of the card that has a type, the card itself included."""
    return (one for one in objects(value) if isinstance(one.get("type"), str))


def of_type(card: dict, *types: str) -> list[dict]:
    """The parts of these types, in reading order."""
    return [part for part in elements(card) if part["type"] in types]


OF_TEAMS = frozenset({"Chart.HorizontalBar.Stacked", "ProgressBar"})
"""Elements of Teams' own, which the schema 1.5 does not know."""


def without_those_of_teams(value: Any) -> Any:
    """The card as a client draws it that knows only the schema: what is Teams' own gives way to its fallback.

    KeyError for one that has none.
    """
    if isinstance(value, list):
        return [without_those_of_teams(item) for item in value]
    if not isinstance(value, dict):
        return value
    if value.get("type") in OF_TEAMS:
        return without_those_of_teams(value["fallback"])
    return {key: without_those_of_teams(item) for key, item in value.items()}


def strings(value: object, path: tuple = ()) -> Iterator[tuple[tuple, str]]:
    """Every string of the card and where it stands."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from strings(item, (*path, key))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from strings(item, (*path, number))


def shown(card: dict) -> str:
    """What a person reads, from top to bottom, one line per line."""
    lines = []
    for part in elements(card):
        if part["type"] == "TextBlock":
            lines.append(part["text"])
        elif part["type"] == "RichTextBlock":
            lines.append("".join(run["text"] for run in part["inlines"]))
        elif part["type"].startswith("Input."):
            lines.append(part["label"])
    return "\n".join(lines)


def strictly(card: Callable[..., dict[str, Any]], t: TextOf, **view: Any) -> dict[str, Any]:
    """The card, or the CardError of which people are spared by a card that says less."""
    function: Any = card
    while isinstance(function, partial):
        function, view = function.func, function.keywords | view
    built: dict[str, Any] = unwrap(function)(t, **view)
    return built
