from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.calendar import WorkCalendar

SOFIA = ZoneInfo("Europe/Sofia")
DAYS_OFF = frozenset(
    {
        date(2026, 3, 3),
        date(2026, 9, 7),
        date(2026, 9, 22),
        *(date(2026, 12, 24) + timedelta(days=day) for day in range(12)),
    }
)
"""Among them the winter holiday: 24 December to 4 January."""
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)
"""Sundays on which the clocks change: 03:00 becomes 04:00, 04:00 becomes 03:00."""
CALENDAR = WorkCalendar(DAYS_OFF.__contains__)
ROUND_THE_CLOCK = WorkCalendar(lambda _: False, day_on=lambda _: True, opens=time(0), closes=time.max)


def sofia(text):
    """`"2026-11-23 10:00"` by the clock on the wall."""
    return datetime.fromisoformat(text).replace(tzinfo=SOFIA)


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def shown(moment):
    assert moment.utcoffset() == timedelta(0), "answers are in UTC"
    return moment.astimezone(SOFIA).strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("begins", "days", "ends"),
    [
        ("2026-11-23 10:00", 0, "2026-11-23 10:00"),
        ("2026-11-23 10:00", 1, "2026-11-24 10:00"),
        ("2026-11-23 10:00", 5, "2026-11-30 10:00"),
        ("2026-11-23 00:00", 0, "2026-11-23 08:00"),
        ("2026-11-23 07:59", 1, "2026-11-24 08:00"),
        ("2026-11-23 08:00", 1, "2026-11-24 08:00"),
        ("2026-11-27 17:59", 1, "2026-11-30 17:59"),
        ("2026-11-27 18:00", 0, "2026-11-30 08:00"),
        ("2026-11-27 18:00", 1, "2026-12-01 08:00"),
        ("2026-11-27 22:15", 1, "2026-12-01 08:00"),
        ("2026-11-28 12:00", 1, "2026-12-01 08:00"),
        ("2026-11-29 23:59", 1, "2026-12-01 08:00"),
        ("2026-03-02 12:00", 1, "2026-03-04 12:00"),
        ("2026-03-03 12:00", 1, "2026-03-05 08:00"),
        ("2026-09-04 12:00", 1, "2026-09-08 12:00"),
        ("2026-09-21 18:00", 0, "2026-09-23 08:00"),
        ("2026-12-23 12:00", 1, "2027-01-05 12:00"),
        ("2026-12-23 18:00", 0, "2027-01-05 08:00"),
        ("2026-12-23 18:00", 1, "2027-01-06 08:00"),
        ("2026-12-31 12:00", 3, "2027-01-08 08:00"),
        ("2026-08-31 16:30", 1, "2026-09-01 16:30"),
        ("2026-09-14 16:30", 1, "2026-09-15 16:30"),
        ("2026-03-27 10:00", 1, "2026-03-30 10:00"),
        ("2026-10-23 10:00", 1, "2026-10-26 10:00"),
        ("2026-11-23 10:00", 30, "2027-01-14 10:00"),
    ],
)
def test_days_are_counted_as_people_count_them(begins, days, ends):
    assert shown(CALENDAR.after(sofia(begins), days)) == ends


@pytest.mark.parametrize(
    ("friday", "monday"),
    [("2026-03-27 08:00", "2026-03-30 07:00"), ("2026-10-23 07:00", "2026-10-26 08:00")],
)
def test_a_day_is_as_long_as_it_is_when_the_clocks_change(friday, monday):
    assert CALENDAR.after(utc(friday), 1) == utc(monday)


@pytest.mark.parametrize(
    ("asked", "opens"),
    [
        ("2026-03-29 00:59:59", "2026-03-30 05:00"),
        ("2026-03-29 01:00", "2026-03-30 05:00"),
        ("2026-10-25 00:30", "2026-10-26 06:00"),
        ("2026-10-25 01:30", "2026-10-26 06:00"),
    ],
)
def test_what_is_asked_while_the_clocks_change_begins_on_monday(asked, opens):
    assert CALENDAR.opening(utc(asked)) == utc(opens)
    assert CALENDAR.after(utc(asked), 0) == utc(opens)


def test_a_wall_clock_time_that_never_was_is_the_moment_it_would_have_been():
    assert ROUND_THE_CLOCK.after(sofia("2026-03-28 03:30"), 1) == utc("2026-03-29 01:30")
    assert ROUND_THE_CLOCK.after(sofia("2026-03-28 03:30"), 2) == utc("2026-03-30 00:30")


def test_a_day_after_the_doubled_hour_is_the_same_time_of_day():
    for moment in ("2026-10-25 00:30", "2026-10-25 01:30"):
        assert shown(ROUND_THE_CLOCK.after(utc(moment), 1)) == "2026-10-26 03:30"


@pytest.mark.parametrize("moment", ["2026-10-25 00:30", "2026-10-25 01:30"])
def test_no_time_runs_back_within_the_doubled_hour(moment):
    assert ROUND_THE_CLOCK.after(utc(moment), 0) == ROUND_THE_CLOCK.opening(utc(moment)) == utc(moment)


def test_the_ministry_may_have_school_held_on_a_saturday_and_on_a_holiday():
    held = {date(2026, 11, 28), date(2026, 12, 24)}
    calendar = WorkCalendar(DAYS_OFF.__contains__, day_on=held.__contains__)

    assert shown(calendar.after(sofia("2026-11-27 12:00"), 1)) == "2026-11-28 12:00"
    assert shown(calendar.after(sofia("2026-12-23 12:00"), 1)) == "2026-12-24 12:00"
    assert shown(calendar.after(sofia("2026-12-23 12:00"), 2)) == "2027-01-05 12:00"


@pytest.mark.parametrize("change", [SPRING, AUTUMN])
def test_school_may_be_held_on_the_day_the_clocks_change(change):
    calendar = WorkCalendar(lambda _: False, day_on=change.__eq__)
    friday = datetime.combine(change - timedelta(days=2), time(9, 15), SOFIA)

    after = calendar.after(friday, 1)

    assert after.astimezone(SOFIA).replace(tzinfo=None) == datetime.combine(change, time(9, 15))
    assert calendar.is_open(after)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-11-23 07:59:59.999999", False),
        ("2026-11-23 08:00", True),
        ("2026-11-23 17:59:59.999999", True),
        ("2026-11-23 18:00", False),
        ("2026-11-28 12:00", False),
        ("2026-12-24 12:00", False),
        ("2027-01-04 12:00", False),
        ("2027-01-05 08:00", True),
    ],
)
def test_a_working_day_has_its_first_moment_and_not_its_last(moment, is_open):
    assert CALENDAR.is_open(sofia(moment)) is is_open


@pytest.mark.parametrize(
    ("moment", "morning"),
    [
        ("2026-11-23 00:00", "2026-11-24 08:00"),
        ("2026-11-23 12:00", "2026-11-24 08:00"),
        ("2026-11-23 23:59", "2026-11-24 08:00"),
        ("2026-11-27 12:00", "2026-11-30 08:00"),
        ("2026-12-23 12:00", "2027-01-05 08:00"),
        ("2026-03-27 12:00", "2026-03-30 08:00"),
    ],
)
def test_the_next_morning_is_that_of_another_working_day(moment, morning):
    assert shown(CALENDAR.next_morning(sofia(moment))) == morning


def test_the_day_of_a_moment_is_that_of_sofia():
    assert CALENDAR.day_of(utc("2026-11-23 21:59")) == date(2026, 11, 23)
    assert CALENDAR.day_of(utc("2026-11-23 22:00")) == date(2026, 11, 24)
    assert CALENDAR.day_of(utc("2026-07-23 21:00")) == date(2026, 7, 24)


def test_a_calendar_without_a_working_day_says_so():
    calendar = WorkCalendar(lambda _: True)

    for ask in (calendar.opening, calendar.next_morning, lambda moment: calendar.after(moment, 1)):
        with pytest.raises(ValueError, match="configured days off"):
            ask(sofia("2026-11-23 12:00"))


def test_no_time_runs_back():
    with pytest.raises(ValueError, match="run back"):
        CALENDAR.after(sofia("2026-11-23 12:00"), -1)


@pytest.mark.parametrize("closes", [time(8), time(7)])
def test_a_day_that_ends_before_it_begins_is_refused(closes):
    with pytest.raises(ValueError, match="ends after it begins"):
        WorkCalendar(lambda _: False, opens=time(8), closes=closes)


# Whatever the days off

MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 -- Hypothesis adds the zone
DAYS = st.integers(0, 25)


@st.composite
def calendars(draw):
    numbers = st.frozensets(st.integers(0, 500), max_size=80)
    off, on = draw(numbers), draw(numbers)
    first = date(2026, 1, 1)
    return WorkCalendar(
        lambda day: (day - first).days in off,
        day_on=lambda day: (day - first).days in on,
        opens=draw(st.sampled_from((time(8), time(9, 30)))),
        closes=draw(st.sampled_from((time(13), time(18)))),
    )


@given(calendars(), MOMENTS, DAYS)
def test_what_is_due_is_due_within_working_hours(calendar, moment, days):
    at = calendar.after(moment, days)

    assert at >= moment
    assert calendar.is_open(at)
    assert calendar.works(at.astimezone(SOFIA).date())


@given(calendars(), MOMENTS, DAYS)
def test_so_many_working_days_lie_between(calendar, moment, days):
    first, last = (one.astimezone(SOFIA) for one in (calendar.opening(moment), calendar.after(moment, days)))
    between = (first.date() + timedelta(days=day) for day in range((last.date() - first.date()).days))

    assert sum(calendar.works(day) for day in between) == days
    assert first.time() == last.time()


@given(calendars(), MOMENTS, MOMENTS, DAYS)
def test_who_asks_first_is_due_first(calendar, one, other, days):
    first, second = sorted((one, other))

    assert calendar.after(first, days) <= calendar.after(second, days) < calendar.after(second, days + 1)


@given(calendars(), MOMENTS, DAYS, DAYS)
def test_days_add_up(calendar, moment, one, other):
    assert calendar.after(calendar.after(moment, one), other) == calendar.after(moment, one + other)


@given(calendars(), MOMENTS)
def test_nothing_is_open_before_the_opening(calendar, moment):
    opening = calendar.opening(moment)

    assert opening >= moment
    assert calendar.is_open(opening)
    assert calendar.opening(opening) == opening
    assert (opening == moment) == calendar.is_open(moment)
    if opening > moment:
        steps = min(int((opening - moment) / timedelta(minutes=30)), 400)
        assert not any(calendar.is_open(moment + timedelta(minutes=30) * step) for step in range(steps))
        assert not calendar.is_open(opening - timedelta(microseconds=1))


@given(calendars(), MOMENTS)
def test_the_next_morning_opens_the_next_working_day(calendar, moment):
    morning = calendar.next_morning(moment)
    today, then = calendar.day_of(moment), calendar.day_of(morning)

    assert then > today
    assert calendar.works(then)
    assert calendar.opening(morning) == morning
    assert not calendar.is_open(morning - timedelta(microseconds=1))
    assert not any(calendar.works(today + timedelta(days=day)) for day in range(1, (then - today).days))
