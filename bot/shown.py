"""Whom a reply shows, besides the one who reads it: what the audit log keeps of a look at people."""

from enum import StrEnum
from typing import NamedTuple


class Shows(StrEnum):
    """What kind of look it was."""

    PERSON = "person"
    """A person's details."""
    CLASS = "class"
    """Students of a class."""
    REQUEST = "request"
    """The student of a transfer request."""
    REQUESTS = "requests"
    """The students of several."""
    DEPUTIES = "deputies"
    LINKS = "links"
    """Teachers beside their classes."""
    LINK = "link"
    """The teacher of one class."""
    MISSING = "missing"
    """Students who are not in a class's team."""


class PeopleShown(NamedTuple):
    """`of` is the object id of the one person, or the id of the school, class or region whose people they are;
    `many` how many; `class_` the name of their class, where it is one class. No names, no identifiers.
    """

    kind: Shows
    of: str
    many: int = 1
    class_: str = ""
