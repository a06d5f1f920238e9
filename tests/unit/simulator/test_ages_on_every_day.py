"""The cases on each side of fourteen, on every day on which somebody may run the tests."""

from calendar import isleap
from datetime import date, timedelta

import pytest

from simulator.people.cases import plant
from simulator.people.identifiers import counted_birth
from simulator.people.model import Homeroom, TenantOptions

HOMEROOMS = {school: tuple(Homeroom(grade, school, grade, "а") for grade in range(1, 13)) for school in range(1, 7)}


def birthdays_until(born: date, day: date) -> int:
    """Counted one by one, as people do it. Whoever was born on 29 February has it a day earlier in a common year."""
    of_leap_day = (born.month, born.day) == (2, 29)
    years = range(born.year + 1, day.year + 1)
    return sum(
        (date(year, 2, 28) if of_leap_day and not isleap(year) else date(year, born.month, born.day)) <= day
        for year in years
    )


@pytest.mark.parametrize("year", range(2026, 2036))
def test_who_is_fourteen_today_tomorrow_and_yesterday_is_so_on_every_day_and_a_child_is_one(year):
    wrong = []
    for number in range(366 if isleap(year) else 365):
        today = date(year, 1, 1) + timedelta(days=number)
        found = {case.key: case.identifier for case in plant(TenantOptions(today), HOMEROOMS)}
        for key, age in (("fourteen-today", 14), ("fourteen-tomorrow", 13), ("fourteen-yesterday", 14)):
            born = counted_birth(found[key])
            if born is None or birthdays_until(born, today) != age:
                wrong.append((today, key, born))
        child = counted_birth(found["egn-also-lnch"])
        if child is None or birthdays_until(child, today) not in range(9, 14):
            wrong.append((today, "egn-also-lnch", child))
    assert wrong == []
