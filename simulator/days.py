"""Which day it is for those who live in the pretend tenant: that of Bulgaria, whatever the machine's zone."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

SOFIA = ZoneInfo("Europe/Sofia")


def day_in_bulgaria(moment: datetime | None = None) -> date:
    """The day on which this moment is (None: the present one): for two or three hours another one than in UTC."""
    return (moment or datetime.now(UTC)).astimezone(SOFIA).date()
