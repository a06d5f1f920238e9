"""Dates as schools' programs write them, within the years in which a school's list makes sense."""

import re
from datetime import UTC, date, datetime, timedelta

from bot.documents.limits import EARLIEST, LATEST

_BULGARIAN = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})(?: ?г\.?)?(?: .*)?", re.ASCII)
"""What Excel makes of a date on a Bulgarian computer: 15.9.2026 г."""


def day(written: str) -> date:
    """A day: 2026-09-15, with a time or without, or 15.09.2026. Errors: ValueError, also for one of no school."""
    found = _BULGARIAN.fullmatch(written)
    read = date(int(found[3]), int(found[2]), int(found[1])) if found else datetime.fromisoformat(written).date()
    if not EARLIEST <= read < LATEST:
        raise ValueError("a date of no school")
    return read


def moment(written: str) -> datetime:
    """A moment in UTC; without an offset it is one. Errors: ValueError, also for one of no school."""
    read = datetime.fromisoformat(written)
    # A day of room on both sides: where the offset counts, the wall clock may already be over the edge.
    if not EARLIEST + timedelta(days=1) <= read.date() < LATEST - timedelta(days=1):
        raise ValueError("a moment of no school")
    return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)
