"""The lists of utterances, and how what a router makes of them is counted.

A third of every list and meaning was taken out (`kept_back`, by a fixed seed, lines alike but for case and marks staying
together) before another router was tried; the `unseen` lists were written before any router was asked. Whoever changes
words, weights or rules does so by the others.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

HERE = Path(__file__).parent
Lines = Mapping[str, Sequence[str]]
Route = Callable[[str], str | None]
"""What was typed → the name of the dialog it opens, None for none."""

HELD_OUT = ("kept_back", "unseen", "unseen_2", "unseen_3", "unseen_4")
TUNED_ON = ("held_out", "examiner", "examiner_2", "examiner_3", "examiner_4", "examiner_5", "walked")

COMMANDS = {
    "lookup": "lookup",
    "reset": "password",
    "transfer": "transfer",
    "pending": "requests",
    "new_accounts": "accounts",
    "class_links": "class-links",
    "own_class": "own-class",
    "intake": "intake",
    "region": "region",
    "help": "help",
    "language": "language",
}
"""What a list calls a meaning → the name of its dialog."""
NONSENSE = ("none", "vetoed")
"""What is no wish for a service; `vetoed`: what must not even seem to be offered."""
HARMLESS = {None, "help"}


def read(name: str) -> Lines:
    """The list of this name."""
    lines: Lines = json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))
    return lines


def understood(route: Route, lines: Lines) -> tuple[int, int]:
    """How many of the wishes for a service were understood, and of how many."""
    said = [(line, command) for meaning, command in COMMANDS.items() for line in lines.get(meaning, ())]
    return sum(route(line) == command for line, command in said), len(said)


def opened(route: Route, lines: Lines, meaning: str) -> Mapping[str, str | None]:
    """The lines of a meaning that should open nothing, and what each opened."""
    return {line: heard for line in lines.get(meaning, ()) if (heard := route(line)) not in HARMLESS}


def none_opened(route: Route, lines: Lines) -> tuple[int, int]:
    """How much of what is no wish for a service opened one, and of how much."""
    return (
        sum(len(opened(route, lines, meaning)) for meaning in NONSENSE),
        sum(len(lines.get(meaning, ())) for meaning in NONSENSE),
    )
