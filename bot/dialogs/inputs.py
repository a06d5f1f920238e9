"""Every input that a card of ours has, and the gate through which what stands in it must pass.

An input that is not declared here reaches no dialog (`declared`). What is declared as free text is kept and shown as
`bot.core.people.free_text.FreeText` only, which the type checker sees to; nothing else that was typed is kept at all.
"""

from collections.abc import Mapping
from enum import StrEnum


class Gate(StrEnum):
    """What becomes of what stands in an input."""

    CHOICE = "choice"
    """One or several of what the card offered: compared with what may be chosen now, never kept as it came."""
    DATE = "date"
    """A day in the calendar, or nothing."""
    STATEMENT = "statement"
    """Yes or no."""
    SOUGHT = "sought"
    """An identifier, a name or a username to search by: answered and forgotten, given back to who typed it."""
    SEARCH = "search"
    """Words that a card carries on from page to page: `search_words`."""
    FREE_TEXT = "free-text"
    """Words for others to read: `free_text`."""


GATES: Mapping[str, Gate] = {
    "basis": Gate.CHOICE,
    "basis_text": Gate.FREE_TEXT,
    "birth": Gate.DATE,
    "certificate": Gate.FREE_TEXT,
    "certificate_date": Gate.DATE,
    "choice": Gate.CHOICE,
    "class": Gate.CHOICE,
    "compromised": Gate.STATEMENT,
    "find": Gate.SEARCH,
    "group": Gate.CHOICE,
    "identity": Gate.STATEMENT,
    "kind": Gate.CHOICE,
    "note": Gate.FREE_TEXT,
    "order": Gate.FREE_TEXT,
    "order_date": Gate.DATE,
    "purpose": Gate.CHOICE,
    "purpose_text": Gate.FREE_TEXT,
    "reason": Gate.FREE_TEXT,
    "recipient": Gate.CHOICE,
    "releasing": Gate.CHOICE,
    "sen": Gate.STATEMENT,
    "students": Gate.CHOICE,
    "ticked": Gate.CHOICE,
    "to_class": Gate.CHOICE,
    "typed": Gate.SOUGHT,
    "until": Gate.DATE,
    "where": Gate.FREE_TEXT,
    "words": Gate.FREE_TEXT,
}


def declared(data: Mapping[str, object], longest: int) -> dict[str, str]:
    """What was typed into inputs that are declared, at most so many characters of each. `data` is the sender's own
    invention; what is no text is left out.
    """
    return {name: value[:longest] for name, value in data.items() if name in GATES and isinstance(value, str)}
