"""Tests of whole programs wait for midnight to be over."""

import signal
import time
from datetime import UTC, datetime, timedelta

import pytest

from tests import midnight
from tests.midnight import clear_of_midnight, until_midnight


@pytest.mark.parametrize(
    ("moment", "left"),
    [
        (datetime(2026, 11, 30, 21, 50, tzinfo=UTC), timedelta(minutes=10)),
        (datetime(2026, 11, 30, 22, 0, tzinfo=UTC), timedelta(hours=24)),
        (datetime(2026, 7, 14, 20, 59, tzinfo=UTC), timedelta(minutes=1)),  # summer time
        (datetime(2026, 10, 24, 21, 30, tzinfo=UTC), timedelta(hours=24, minutes=30)),  # a day of 25 hours
        (datetime(2027, 3, 27, 22, 0, tzinfo=UTC), timedelta(hours=23)),
    ],
)
def test_how_long_the_day_still_is(moment, left):
    assert until_midnight(moment) == left


@pytest.mark.parametrize(("left", "waits"), [(299, [300]), (301, [])])
def test_it_waits_past_midnight_when_that_is_near_and_the_time_out_stands_still(monkeypatch, left, waits):
    waited: list[float] = []
    running: list[float] = []

    def sleep(seconds: float) -> None:
        waited.append(seconds)
        running.append(signal.getitimer(signal.ITIMER_REAL)[0])

    monkeypatch.setattr(midnight, "until_midnight", lambda now: timedelta(seconds=left))
    monkeypatch.setattr(time, "sleep", sleep)
    before = signal.getitimer(signal.ITIMER_REAL)[0]

    clear_of_midnight(5)

    assert waited == waits
    assert not any(running)
    assert signal.getitimer(signal.ITIMER_REAL)[0] == pytest.approx(before, abs=5)
