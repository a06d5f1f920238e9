"""Who may decide in a director's place: a teacher of the school, named by the director in an order.

Source: a deputy acts for an absent director by written order (ЗПУО, чл. 261); its number is kept, and the
authority ends with the school year.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from bot.core.actors.model import Actor, Role
from bot.core.actors.permits import directs, works_at
from bot.core.people.free_text import FreeText
from bot.core.tasks import NewTask

LONGEST_ORDER = 40
"""Characters of an order's number."""

RESTORED = "deputy.restored"
"""Task kind: a copy of the database was put back, and the school's authorities have ended with that."""

CARDS = "deputy.cards"
"""Task kind: are the cards that somebody has as a school's deputy still theirs to see?"""

ROUND, LOOK = "deputy.round", "deputy.look"
"""Task kinds: see which schools have authorised somebody, and who of one school's has left it. Payload: `school`."""

LEFT = "deputy.left"
"""Task kind: is somebody who is authorised for a school away from it? Payload: `school`, `person`."""


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


class Absence(StrEnum):
    """Why the directory keeps somebody who is authorised from deciding."""

    LEFT = "left"
    """No teacher of the school any more."""
    DISABLED = "disabled"


def absence_of(actor: Actor, school: str) -> Absence | None:
    """Of somebody authorised for this school, as just read; None of whom it keeps from nothing."""
    if not actor.enabled:
        return Absence.DISABLED
    teaches = actor.role is Role.TEACHER and works_at(actor, school)
    return None if teaches or directs(actor, school).allowed else Absence.LEFT


def look_whether_left(given: Deputy, now: datetime) -> NewTask:
    """The task that finds out, one an authority."""
    key = f"{given.school}:{given.person}:{given.since.astimezone(UTC).isoformat(timespec='milliseconds')}"
    return NewTask(LEFT, key, now, {"school": given.school, "person": given.person})


class AuthorityEvent(StrEnum):
    """What changes about whether somebody may decide for a school."""

    GIVEN = "given"
    ENDED = "ended"
    OVER = "over"
    """It has run out."""


def look_at_cards(school: str, person: str, event: AuthorityEvent, at: datetime) -> NewTask:
    """The task for that moment, to the millisecond, as an authority is kept. One given again until the same moment
    has the same.
    """
    at -= timedelta(microseconds=at.microsecond % 1000)
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
