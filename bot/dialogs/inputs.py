"""The gate through which what stands in an input must pass. Each dialog declares the inputs of its cards.

An input that no dialog declares reaches none (`declared`). What is declared as free text is kept and shown as
`bot.core.people.free_text.FreeText` only, which the type checker sees to; nothing else that was typed is kept at all.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Protocol

from cards.inputs import is_day


class Gate(StrEnum):
    """What becomes of what stands in an input."""

    CHOICE = "choice"
    """One or several of what the card offered: compared with what may be chosen now, never kept as it came."""
    DATE = "date"
    """A day in the calendar, or nothing: `day_of`."""
    STATEMENT = "statement"
    """Yes or no."""
    SOUGHT = "sought"
    """An identifier, a name or a username to search by: answered and forgotten, given back to who typed it."""
    SEARCH = "search"
    """Words that a card carries on from page to page: `search_words`."""
    FREE_TEXT = "free-text"
    """Words for others to read: `free_text`."""


def gates_of(dialogs: Iterable["Declares"]) -> Mapping[str, Gate]:
    """Every input of every dialog. Errors: ValueError for one that two dialogs declare differently."""
    gates: dict[str, Gate] = {}
    for dialog in dialogs:
        for name, gate in dialog.inputs.items():
            if gates.setdefault(name, gate) is not gate:
                raise ValueError(f"the input {name} is declared as {gate} and as {gates[name]}")
    return gates


class Declares(Protocol):
    """A dialog."""

    @property
    def inputs(self) -> Mapping[str, Gate]:
        """The inputs of its cards."""
        ...


def declared(data: Mapping[str, object], gates: Mapping[str, Gate], longest: int) -> dict[str, str]:
    """What was typed into inputs that are declared, at most so many characters of each. `data` is the sender's own
    invention; what is no text is left out.
    """
    return {name: value[:longest] for name, value in data.items() if name in gates and isinstance(value, str)}


def day_of(text: str) -> date | None:
    """The day that was chosen; None for anything that is no day written YYYY-MM-DD."""
    return date.fromisoformat(text) if is_day(text) else None
