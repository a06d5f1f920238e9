"""What is asked, read from what was typed."""

from dataclasses import dataclass, field
from datetime import date
from typing import assert_never

from bot.core.people.identifiers import Identifier, read_identifier
from bot.core.people.names import readable_name
from bot.core.people.spelling import words
from bot.core.people.usernames import read_username
from bot.core.usernames.model import ByChoice, ByIdentifier, ByName, ByUsername, Query, Unreadable


@dataclass(frozen=True, slots=True)
class SearchTerm:
    """A query that can be searched for. `by` is the kind of identifier, `username`, `name` or `choice`; `value` what
    was typed, normalised.
    """

    by: str
    value: str = field(repr=False)
    identifier: Identifier | None = None


def read(query: Query, today: date, domain: str, admit_synthetic: bool) -> SearchTerm | Unreadable:
    """The query, or why it cannot be searched for. Asks nobody."""
    match query:
        case ByIdentifier(kind, typed):
            identifier = read_identifier(kind, typed, today, admit_synthetic)
            if isinstance(identifier, Identifier):
                return SearchTerm(kind.value, identifier.digits, identifier)
            return Unreadable(identifier)
        case ByUsername(typed):
            username = read_username(typed, domain)
            return SearchTerm("username", username) if username else Unreadable(None)
        case ByName(typed):
            return SearchTerm("name", " ".join(words(typed))) if readable_name(typed) else Unreadable(None)
        case ByChoice(object_id):
            return SearchTerm("choice", object_id) if object_id else Unreadable(None)
    assert_never(query)
