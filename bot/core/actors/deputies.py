"""Who may decide in a director's place: a teacher of the school, named by the director in an order.

Source: a deputy acts for an absent director by written order (ЗПУО, чл. 261); its number is kept, and the
authority ends with the school year.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo

from bot.core.people.free_text import FreeText

LONGEST_ORDER = 40
"""Characters of an order's number."""


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
