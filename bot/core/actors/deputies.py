"""Who may decide in a director's place: a teacher of the school, named by the director in an order.

Source: a deputy acts for an absent director by written order (ЗПУО, чл. 261); its number is kept, and the
authority ends with the school year.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from bot.core.people.free_text import FreeText
from bot.core.tasks import NewTask

LONGEST_ORDER = 40
"""Characters of an order's number."""

RESTORED = "deputy.restored"
"""Task kind: a copy of the database was put back, and the school's authorities have ended with that."""

CARDS = "deputy.cards"
"""Task kind: are the cards that somebody has as a school's deputy still theirs to see?"""


@dataclass(frozen=True, slots=True)
class Deputy:
    """An authority given: `person` may decide about the school's transfer requests from `since` until `until`.

    `name` and `order` (the number of the director's order) are stored encrypted.
    """

    school: str
    person: str
    name: str = field(repr=False)
    order: FreeText
    order_date: date
    given_by: str
    since: datetime
    until: datetime


def elsewhere(held: Iterable[Deputy], school: str, works_at: Collection[str]) -> Deputy | None:
    """The authority that keeps one for this school from holding: the first of these (the newest first) that is for
    another school where the person works. Somebody decides for one school at a time, and one for a school that they
    have left is worth nothing (docs/adr/0085).
    """
    return next((one for one in held if one.school != school and one.school in works_at), None)


class AuthorityEvent(StrEnum):
    """What changes about whether somebody may decide for a school."""

    GIVEN = "given"
    ENDED = "ended"
    OVER = "over"
    """It has run out."""


def look_at_cards(school: str, person: str, event: AuthorityEvent, at: datetime) -> NewTask:
    """The task for that moment. An authority given again until the same moment has the same."""
    key = f"{school}:{person}:{event.value}:{at.astimezone(UTC).isoformat()}"
    return NewTask(CARDS, key, at, {"school": school, "person": person})


def tell_of_restoring(school: str, at: datetime) -> NewTask:
    """The task that tells the school's directors."""
    key = f"{school}:{at.astimezone(UTC).isoformat()}"
    return NewTask(RESTORED, key, at, {"school": school, "at": at.isoformat()})


def end_of_authority(last_day: date, today: date, zone: tzinfo) -> datetime:
    """The end of the last day, at the latest of the school year (31 August, when НЕИСПУО changes years).

    ValueError when the last day is over.
    """
    if last_day < today:
        raise ValueError("an authority that is over before it begins")
    return datetime.combine(min(last_day, last_possible(today)) + timedelta(days=1), time.min, zone)


def last_possible(today: date) -> date:
    """The last day an authority given today can have."""
    return date(today.year + (today.month > 8), 8, 31)
