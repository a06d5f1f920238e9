"""НЕИСПУО synchronises at night: what the register has learnt by day is in Teams in the morning.

Source: the register's published code runs its repair jobs from 00:15 to 01:30; six o'clock leaves room for Teams.
"""

from datetime import UTC, datetime, time, timedelta, tzinfo

NIGHT, MORNING = time(0, 15), time(6)


def morning_after(moment: datetime, zone: tzinfo) -> datetime:
    """When the first whole night after this moment is over (in UTC)."""
    local = moment.astimezone(zone)
    day = local.date() if local.time() < NIGHT else local.date() + timedelta(days=1)
    return datetime.combine(day, MORNING, zone).astimezone(UTC)
