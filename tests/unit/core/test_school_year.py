"""Until when what comes on a day counts, and from when on what comes is of this school year."""

from datetime import date

import pytest

from bot.core.school_year import ends_on, first_of_year, school_year


@pytest.mark.parametrize(
    ("day", "year", "first", "ends"),
    [
        (date(2026, 9, 14), 2025, date(2025, 7, 1), date(2027, 9, 14)),
        (date(2026, 9, 15), 2026, date(2026, 7, 1), date(2027, 9, 14)),
        (date(2026, 12, 31), 2026, date(2026, 7, 1), date(2027, 9, 14)),
        (date(2027, 6, 30), 2026, date(2026, 7, 1), date(2027, 9, 14)),
        (date(2027, 7, 1), 2026, date(2026, 7, 1), date(2028, 9, 14)),
    ],
)
def test_what_comes_in_summer_is_of_the_year_that_begins(day: date, year: int, first: date, ends: date):
    assert (school_year(day), first_of_year(day), ends_on(day)) == (year, first, ends)


def test_what_comes_on_a_day_counts_on_its_last_day_and_not_on_the_next():
    for number in range(800):
        day = date.fromordinal(date(2026, 1, 1).toordinal() + number)
        last = ends_on(day)
        assert first_of_year(day) <= day
        assert first_of_year(last) <= day < first_of_year(date.fromordinal(last.toordinal() + 1))
