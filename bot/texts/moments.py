"""Moments as people in Bulgaria read them: always the time of Sofia, whatever the server's zone.

The Bulgarian form has the "г." and "ч." of official letters. Months are spelled here and not by `strftime`, whose
words depend on the machine's locale. What has no moment yet reads "".
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

_SOFIA = ZoneInfo("Europe/Sofia")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def moment(at: datetime | None, language: str) -> str:
    """Day and hour: "24.11.2026 г., 08:00 ч." or "24 Nov 2026, 08:00". Errors: ValueError for a naive `at`."""
    return "" if at is None else f"{day(at, language)}, {hour(at, language)}"


def day(at: datetime | None, language: str) -> str:
    """The day in Sofia: "24.11.2026 г." or "24 Nov 2026". Errors: ValueError for a naive `at`."""
    return "" if at is None else date_of(_local(at).date(), language)


def last_day(until: datetime, language: str) -> str:
    """The last day of what ends at `until`, a midnight. Errors: ValueError for a naive moment."""
    return day(until - timedelta(seconds=1), language)


def date_of(one: date, language: str) -> str:
    """A date, as `day` writes it."""
    if language == "bg":
        return f"{one.day:02}.{one.month:02}.{one.year:04} г."
    return f"{one.day} {_MONTHS[one.month - 1]} {one.year:04}"


def hour(at: datetime | None, language: str) -> str:
    """The time of day in Sofia: "08:00 ч." or "08:00". Errors: ValueError for a naive `at`."""
    if at is None:
        return ""
    local = _local(at)
    return f"{local.hour:02}:{local.minute:02}" + (" ч." if language == "bg" else "")


def _local(at: datetime) -> datetime:
    if at.utcoffset() is None:
        raise ValueError("a moment needs its time zone")
    try:
        return at.astimezone(_SOFIA)
    except OverflowError:  # at the ends of time there is no hour to shift: what is written is shown
        return at
