"""For tests of whole programs, which have the machine's own clock: a stack and what is asked of it have the same day."""

import signal
import time
from datetime import UTC, datetime, timedelta

from simulator.days import SOFIA, day_in_bulgaria


def clear_of_midnight(minutes: int) -> None:
    """Returns at once where the day of Bulgaria has more than so many minutes left, else once the next has begun; so it
    waits `minutes` at most, a few. Called before a stack is started whose test counts ages or what is left of a day.
    `minutes`: what the tests need that share the stack. The time-out of the test stands still meanwhile.
    """
    left = until_midnight(datetime.now(UTC))
    if left > timedelta(minutes=minutes):
        return
    timeout, _ = signal.setitimer(signal.ITIMER_REAL, 0)
    try:
        time.sleep(left.total_seconds() + 1)
    finally:
        signal.setitimer(signal.ITIMER_REAL, timeout)


def until_midnight(now: datetime) -> timedelta:
    """How long the day of Bulgaria still is."""
    tomorrow = day_in_bulgaria(now) + timedelta(days=1)
    return datetime(tomorrow.year, tomorrow.month, tomorrow.day, tzinfo=SOFIA).astimezone(UTC) - now
