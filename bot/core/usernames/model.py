"""The look-up of a username: what is asked, why, and what came of it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.core.decision import Decision
from bot.core.people.free_text import NO_WORDS, FreeText
from bot.core.people.identifiers import IdentifierKind, InvalidIdentifier
from bot.core.people.model import Person

LONGEST_PURPOSE = 200
"""Characters."""


class PurposeKind(StrEnum):
    """Why a director looks for a student who is not in the director's own school."""

    MOVED = "moved"
    FORGOTTEN = "forgotten"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Purpose:
    """The stated reason. `text` is required for `OTHER`."""

    kind: PurposeKind
    text: FreeText = NO_WORDS


@dataclass(frozen=True, slots=True)
class ByIdentifier:
    """By national identifier; the kind is chosen by the person because the digits do not tell it.

    `again` is the mark of an `Unreadable` number that the person was told about, from the sealed card: the same
    number, sent once more, is as it is written in the document.
    """

    kind: IdentifierKind
    typed: str = field(repr=False)
    again: str = ""


@dataclass(frozen=True, slots=True)
class ByName:
    """By name, perhaps with a class („Симона 5а“), in the director's own school only."""

    typed: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ByUsername:
    """By username, with or without the domain."""

    typed: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ByChoice:
    """One of the people a search by name in the director's own school had offered (object id from a sealed card)."""

    object_id: str


@dataclass(frozen=True, slots=True)
class ByChoices:
    """All of those people once more, as a list that was left is shown again."""

    object_ids: tuple[str, ...]


Query = ByIdentifier | ByName | ByUsername | ByChoice | ByChoices


class Reach(StrEnum):
    """How far a look-up may see, and which budget it is charged to."""

    OWN = "own"
    OTHER = "other"


class Outcome(StrEnum):
    """How a charged look-up ended."""

    PENDING = "pending"
    HIT = "hit"
    MISS = "miss"
    FAILED = "failed"
    """The directory gave no answer; charged to nobody."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One charged look-up in a director's ledger."""

    at: datetime
    reach: Reach
    outcome: Outcome
    schools: frozenset[str] = frozenset()
    """Of a hit: the directory ids of the schools of the accounts that were shown."""


@dataclass(frozen=True, slots=True)
class LookupLimits:
    """How much a director may look up. Source: the abuse case "enumeration of identifiers" (SECURITY.md)."""

    own_per_day: int = 200
    other_per_day: int = 20
    misses: int = 5
    misses_within: int = 20
    """So many misses among so many look-ups outside the director's own school pause such look-ups."""
    schools_for_office: int = 3
    """An alarm with hits from so many schools among those look-ups concerns the regional office, too."""
    pause_minutes: int = 60
    most_choices: int = 10


@dataclass(frozen=True, slots=True)
class Found:
    """The person's accounts, the current one first. `current` is its id, None when it cannot be told.

    Of a служебен номер: `several_people`, where its accounts have different names, so that it may be the number of
    several, one of which lost a zero; `without_zero`, where they hold it without the zeros it was asked for with, so
    that it may be another one.
    """

    accounts: tuple[Person, ...]
    own_school: bool
    current: str | None
    asked: str = field(default="", repr=False)
    """The identifier that was asked for, normalised; empty when asked by name or username."""
    several_people: bool = False
    without_zero: bool = False


@dataclass(frozen=True, slots=True)
class Several:
    """Several people of the director's own school have such a name."""

    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class TooMany:
    """More people than a card can offer; `count` of them."""

    count: int


@dataclass(frozen=True, slots=True)
class NotFound:
    """Nobody. `only_own_school`: no reason was given, so nothing outside their school was said or counted. `near`:
    people of their own school with nearly such a name or username, or with that name in another class; nobody for a
    number. `former`: what was asked for is a username of before April 2024, and near are those who may have it now.
    `not_in`: the class that was typed with a name, where people of that name are, but in none of its teams;
    `left_out`: how many of them are not among the near.
    """

    only_own_school: bool
    near: tuple[Person, ...] = ()
    former: bool = False
    not_in: str = ""
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Unreadable:
    """What was typed cannot be searched for: an identifier with a problem, or None for a name/username of no form.

    `again` is not empty where the number may be right all the same: its keyed mark, to be given back with it.
    """

    problem: InvalidIdentifier | None
    again: str = ""


@dataclass(frozen=True, slots=True)
class Denied:
    """Not now, or not by this person."""

    decision: Decision


Answer = Found | Several | TooMany | NotFound | Unreadable | Denied
