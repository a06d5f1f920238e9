"""Deadlines as a director would count them, by the clock of Sofia."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.transfers.calendar import WorkCalendar

SOFIA = ZoneInfo("Europe/Sofia")
OFF = {
    *(date(2025, 12, 24) + timedelta(days=n) for n in range(12)),  # the Christmas holidays, to 4 January
    date(2026, 5, 1),
    date(2026, 5, 6),
}
ON = {date(2026, 11, 28)}
CALENDAR = WorkCalendar(OFF.__contains__, day_on=ON.__contains__)


def sofia(text: str) -> datetime:
    """A moment by the wall clock of Sofia."""
    return datetime.fromisoformat(text).replace(tzinfo=SOFIA)


AFTER = [
    ("2026-11-24 10:00", 1, "2026-11-25 10:00", "the next day, the same time"),
    ("2026-11-24 10:00", 0, "2026-11-24 10:00", "no days"),
    ("2026-11-24 10:00", 5, "2026-11-30 10:00", "Saturday the 28th is worked on, Sunday is not"),
    ("2026-11-20 17:59", 1, "2026-11-23 17:59", "the last minute of Friday"),
    ("2026-11-20 18:00", 1, "2026-11-24 08:00", "Friday after hours begins on Monday"),
    ("2026-11-20 20:00", 1, "2026-11-24 08:00", "Friday evening"),
    ("2026-11-21 12:00", 1, "2026-11-24 08:00", "Saturday"),
    ("2026-11-22 12:00", 0, "2026-11-23 08:00", "Sunday, and no days"),
    ("2026-11-23 03:00", 1, "2026-11-24 08:00", "before Monday's opening"),
    ("2026-11-27 10:00", 1, "2026-11-28 10:00", "a Saturday on which schools work"),
    ("2026-03-27 10:00", 1, "2026-03-30 10:00", "over the night of summer time"),
    ("2026-10-23 10:00", 1, "2026-10-26 10:00", "over the night of winter time"),
    ("2025-12-23 12:00", 1, "2026-01-05 12:00", "over the Christmas holidays"),
    ("2025-12-23 19:00", 1, "2026-01-06 08:00", "the evening before them"),
    ("2025-12-31 12:00", 5, "2026-01-12 08:00", "asked within them"),
    ("2026-04-30 09:00", 1, "2026-05-04 09:00", "a holiday on a Friday"),
    ("2026-04-30 09:00", 3, "2026-05-07 09:00", "two holidays and a weekend"),
    ("2026-08-31 10:00", 1, "2026-09-01 10:00", "into the new school year"),
    ("2026-08-31 10:00", 30, "2026-10-12 10:00", "thirty"),
]


@pytest.mark.parametrize(("begins", "days", "ends", "_why"), AFTER, ids=[case[3] for case in AFTER])
def test_so_many_working_days_later(begins, days, ends, _why):
    assert CALENDAR.after(sofia(begins), days) == sofia(ends)


def test_a_day_over_the_change_of_clocks_is_a_day_by_the_wall_clock():
    spring = CALENDAR.after(sofia("2026-03-27 10:00"), 1)
    autumn = CALENDAR.after(sofia("2026-10-23 10:00"), 1)

    assert spring == datetime(2026, 3, 30, 7, 0, tzinfo=UTC)
    assert autumn == datetime(2026, 10, 26, 8, 0, tzinfo=UTC)


def test_a_time_of_day_that_the_clocks_leave_out_or_have_twice_comes_once():
    all_night = WorkCalendar(lambda _: False, day_on=lambda _: True, opens=time(0), closes=time.max)

    assert all_night.after(sofia("2026-03-28 03:30"), 1) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert all_night.after(sofia("2026-10-24 03:30"), 1) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert all_night.after(sofia("2026-10-25 23:30"), 1) == sofia("2026-10-26 23:30")


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-11-23 07:59:59.999", False),
        ("2026-11-23 08:00", True),
        ("2026-11-23 17:59:59.999", True),
        ("2026-11-23 18:00", False),
        ("2026-11-22 12:00", False),
        ("2026-05-06 12:00", False),
        ("2026-11-28 12:00", True),
    ],
)
def test_working_hours(moment, is_open):
    assert CALENDAR.is_open(sofia(moment)) is is_open


@pytest.mark.parametrize(
    ("moment", "morning"),
    [
        ("2026-11-23 10:00", "2026-11-24 08:00"),
        ("2026-11-23 06:00", "2026-11-24 08:00"),
        ("2026-11-20 10:00", "2026-11-23 08:00"),
        ("2026-11-23 23:59", "2026-11-24 08:00"),
        ("2025-12-23 10:00", "2026-01-05 08:00"),
    ],
)
def test_the_morning_of_the_next_working_day(moment, morning):
    assert CALENDAR.next_morning(sofia(moment)) == sofia(morning)


@pytest.mark.parametrize(
    ("later", "days"),
    [("2026-11-24 07:59", 0), ("2026-11-24 08:00", 1), ("2026-11-27 23:00", 4), ("2026-11-19 10:00", 0)],
)
def test_whole_days_since_friday_evening(later, days):
    assert CALENDAR.days_between(sofia("2026-11-20 20:00"), sofia(later)) == days


def test_the_day_is_that_of_sofia():
    assert CALENDAR.day_of(datetime(2026, 11, 23, 21, 59, tzinfo=UTC)) == date(2026, 11, 23)
    assert CALENDAR.day_of(datetime(2026, 11, 23, 22, 0, tzinfo=UTC)) == date(2026, 11, 24)


def test_what_cannot_be_right_is_said():
    with pytest.raises(ValueError, match="no working day within a year"):
        WorkCalendar(lambda _: True).after(sofia("2026-11-23 10:00"), 1)
    with pytest.raises(ValueError, match="does not run back"):
        CALENDAR.after(sofia("2026-11-23 10:00"), -1)
    with pytest.raises(ValueError, match="ends after it begins"):
        WorkCalendar(lambda _: False, opens=time(18), closes=time(8))


MOMENTS = st.integers(0, 600 * 86_400).map(lambda seconds: sofia("2025-09-01 00:00") + timedelta(seconds=seconds))


@given(MOMENTS, st.integers(0, 12), st.integers(0, 12))
def test_days_add_up_and_end_within_working_hours(moment, first, second):
    whole = CALENDAR.after(moment, first + second)

    assert CALENDAR.after(CALENDAR.after(moment, first), second) == whole
    assert CALENDAR.is_open(whole)
    assert CALENDAR.days_between(moment, whole) == first + second
    assert whole >= moment


@given(MOMENTS, MOMENTS, st.integers(0, 10))
def test_who_asks_later_does_not_wait_less(one, other, days):
    earlier, later = sorted((one, other))
    assert CALENDAR.after(earlier, days) <= CALENDAR.after(later, days)
