from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from bot.texts.moments import date_of, day, hour, moment


@pytest.mark.parametrize(
    ("at", "bg", "en"),
    [
        (datetime(2026, 11, 24, 6, 0, tzinfo=UTC), "24.11.2026 г., 08:00 ч.", "24 Nov 2026, 08:00"),
        (datetime(2026, 7, 1, 6, 5, tzinfo=UTC), "01.07.2026 г., 09:05 ч.", "1 Jul 2026, 09:05"),
        (datetime(2026, 12, 31, 22, 30, tzinfo=UTC), "01.01.2027 г., 00:30 ч.", "1 Jan 2027, 00:30"),
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), "29.03.2026 г., 02:59 ч.", "29 Mar 2026, 02:59"),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "29.03.2026 г., 04:00 ч.", "29 Mar 2026, 04:00"),
        (datetime(2026, 10, 25, 1, 0, tzinfo=UTC), "25.10.2026 г., 03:00 ч.", "25 Oct 2026, 03:00"),
        (
            datetime(2026, 5, 4, 23, 0, tzinfo=timezone(timedelta(hours=-5))),
            "05.05.2026 г., 07:00 ч.",
            "5 May 2026, 07:00",
        ),
        (
            datetime(2026, 9, 15, 8, 0, tzinfo=ZoneInfo("Europe/Sofia")),
            "15.09.2026 г., 08:00 ч.",
            "15 Sep 2026, 08:00",
        ),
    ],
)
def test_a_moment_is_written_in_the_time_of_sofia(at: datetime, bg: str, en: str) -> None:
    assert moment(at, "bg") == bg
    assert moment(at, "en") == en


def test_day_and_hour_are_the_parts_of_a_moment() -> None:
    at = datetime(2026, 11, 24, 22, 0, tzinfo=UTC)

    assert (day(at, "bg"), hour(at, "bg")) == ("25.11.2026 г.", "00:00 ч.")
    assert (day(at, "en"), hour(at, "en")) == ("25 Nov 2026", "00:00")


def test_a_date_is_written_as_the_day_of_a_moment() -> None:
    at = datetime(2026, 11, 4, 12, 0, tzinfo=UTC)

    for language in ("bg", "en"):
        assert date_of(at.date(), language) == day(at, language)


@pytest.mark.parametrize("write", [moment, day, hour])
def test_a_moment_without_a_zone_is_refused(write) -> None:
    with pytest.raises(ValueError, match="time zone"):
        write(datetime(2026, 11, 24, 8, 0), "bg")  # noqa: DTZ001 -- the fault under test


@pytest.mark.parametrize("language", ["bg", "en"])
@pytest.mark.parametrize(
    "at",
    [
        datetime.max.replace(tzinfo=UTC),
        datetime.min.replace(tzinfo=UTC),
        datetime.min.replace(tzinfo=timezone(timedelta(hours=14))),
        datetime.max.replace(tzinfo=timezone(timedelta(hours=-14))),
        datetime.fromisoformat("9999-12-31T23:59:59+00:00"),
    ],
)
def test_a_moment_at_the_ends_of_time_is_written_too(at: datetime, language: str) -> None:
    assert f"{at.year:04}" in moment(at, language)
    assert hour(at, language)
