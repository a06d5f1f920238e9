"""The days nobody has to answer on: the law's, and those of the operator's file."""

import json
import logging
from datetime import date
from pathlib import Path

import pytest

from bot.core.calendar import WorkCalendar
from bot.runtime.days_off import DaysFileError, DaysOff
from bot.runtime.settings import Settings, SettingsError
from tests.unit.runtime.test_settings import LOCAL

DEPLOY = Path(__file__).parents[3] / "deploy"
SHIPPED = DEPLOY / "school-days-2025-2026.json"
UNCONFIRMED = DEPLOY / "school-days-2026-2027.json"


def written(tmp_path: Path, content: object) -> str:
    path = tmp_path / "days.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 1, 1),
        date(2026, 3, 3),
        date(2026, 4, 10),
        date(2026, 4, 13),
        date(2026, 5, 6),
        date(2026, 5, 25),  # the 24th is a Sunday
        date(2026, 9, 7),  # the 6th is a Sunday
        date(2026, 9, 22),
        date(2026, 12, 28),  # the 26th is a Saturday
        date(2031, 4, 11),  # Good Friday of a year that was not asked for at the start
    ],
)
def test_public_holidays_are_off_moved_ones_too(day):
    assert DaysOff.read("", date(2026, 9, 15)).is_off(day)


def test_a_school_year_by_the_shipped_file():
    days = DaysOff.read(str(SHIPPED), date(2025, 11, 27))
    calendar = WorkCalendar(days.is_off, day_on=days.is_on)

    closed = [date(2025, 10, 31), date(2025, 12, 24), date(2026, 1, 2), date(2026, 2, 2), date(2026, 4, 7)]
    assert not [day for day in closed if calendar.works(day)]
    assert [day for day in (date(2025, 10, 30), date(2026, 1, 5), date(2026, 2, 3)) if calendar.works(day)]


def test_a_saturday_on_which_schools_work(tmp_path):
    days = DaysOff.read(written(tmp_path, {"on": [{"from": "2026-11-28"}]}), date(2026, 11, 27))

    assert WorkCalendar(days.is_off, day_on=days.is_on).works(date(2026, 11, 28))
    assert not WorkCalendar(days.is_off, day_on=days.is_on).works(date(2026, 11, 29))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "cannot be read as JSON"),
        ([], "lists `off` and `on`"),
        ({"of": []}, "lists `off` and `on`"),
        ({"off": {}}, "`off` is a list"),
        ({"confirmed": "yes"}, "`confirmed` is true or false"),
        ({"off": [{"to": "2026-12-24"}]}, "entry 1 of `off`"),
        ({"off": [{"from": "24.12.2026"}]}, "entry 1 of `off`"),
        ({"off": ["2026-12-24"]}, "entry 1 of `off`"),
        ({"on": [{"from": "2026-12-24"}, {"from": "2026-12-24", "to": "2026-12-23"}]}, "entry 2 of `on`"),
        ({"off": [{"from": "2026-12-24", "to": "2027-12-24"}]}, "lasts too long"),
    ],
)
def test_a_file_that_cannot_be_right_says_where(tmp_path, content, said):
    with pytest.raises(DaysFileError, match=said):
        DaysOff.read(written(tmp_path, content), date(2026, 11, 27))


def test_a_file_of_another_year_is_said_in_the_log(caplog):
    with caplog.at_level(logging.WARNING):
        DaysOff.read(str(SHIPPED), date(2026, 8, 31))
        assert caplog.text == ""
        DaysOff.read(str(SHIPPED), date(2026, 9, 1))
    assert "no school holidays are known for the school year from 2026" in caplog.text


def test_the_start_says_until_when_school_days_are_known(caplog):
    with caplog.at_level(logging.INFO):
        DaysOff.read(str(SHIPPED), date(2025, 11, 27))
    assert [record.levelname for record in caplog.records] == ["INFO"]
    assert "school days are known until 2026-08-31" in caplog.text
    assert "nobody" not in caplog.text


def test_days_that_nobody_compared_with_the_order_count_and_are_said_to_be_so(caplog):
    days = DaysOff.read(str(UNCONFIRMED), date(2026, 11, 29))

    assert not days.confirmed
    assert days.is_off(date(2027, 4, 7))
    (record,) = caplog.records
    assert record.levelname == "WARNING"
    assert "known until 2027-08-31, and nobody has compared them" in caplog.text


def test_a_file_of_several_years_is_known_until_the_first_gap(tmp_path):
    years = [{"from": f"{year}-12-24", "to": f"{year + 1}-01-03"} for year in (2025, 2026, 2028)]
    days = DaysOff.read(written(tmp_path, {"off": years}), date(2026, 1, 15))

    assert days.known_until(date(2026, 1, 15)) == date(2027, 8, 31)
    assert days.known_until(date(2028, 1, 15)) is None
    assert days.known_until(date(2028, 9, 1)) == date(2029, 8, 31)


@pytest.mark.parametrize("today", [date(2026, 7, 1), date(2026, 8, 20), date(2026, 8, 31), date(2026, 9, 1)])
def test_in_summer_the_file_of_the_year_that_begins_is_the_right_one(today, caplog):
    """The guide has the operator put it in place in August, in the place of the last."""
    with caplog.at_level(logging.INFO):
        days = DaysOff.read(str(UNCONFIRMED), today)

    assert days.known_until(today) == date(2027, 8, 31)
    assert "known until 2027-08-31" in caplog.text
    assert "no school holidays" not in caplog.text


@pytest.mark.parametrize(
    ("today", "year"),
    [(date(2027, 6, 30), 2026), (date(2027, 7, 1), 2027), (date(2027, 8, 31), 2027), (date(2027, 9, 1), 2027)],
)
def test_a_file_without_the_year_names_the_one_that_is_missing(today, year, caplog):
    assert DaysOff.read(str(SHIPPED), today).known_until(today) is None
    assert f"for the school year from {year}" in caplog.text


@pytest.mark.parametrize("file", sorted(DEPLOY.glob("school-days-*.json")), ids=lambda file: file.stem)
def test_every_shipped_file_is_of_the_year_in_its_name(file):
    first, last = map(int, file.stem.split("-")[2:])
    days = DaysOff.read(str(file), date(first, 9, 15))

    assert last == first + 1
    assert days.known_until(date(first, 9, 15)) == date(last, 8, 31)
    assert all(date(first, 9, 15) < day < date(last, 7, 1) for day in days.off)
    assert days.confirmed == ("NOT yet" not in file.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"TRANSFER_EXPIRE_DAYS": "1000"}, "TRANSFER_"),
        ({"TRANSFER_REMIND_DAYS": "4"}, "TRANSFER_"),
        ({"TRANSFER_OVERDUE_DAYS": "6"}, "TRANSFER_"),
        ({"TRANSFER_EXPIRE_DAYS": "4"}, "TRANSFER_"),
        ({"SCHOOL_DAYS_FILE": "/nowhere/days.json"}, "SCHOOL_DAYS_FILE"),
        ({"WORKING_HOURS": "18-8"}, "WORKING_HOURS"),
        ({"WORKING_HOURS": "8:00-18:00"}, "WORKING_HOURS"),
        ({"WORKING_HOURS": "8-25"}, "WORKING_HOURS"),
        ({"REGIONAL_OFFICES": "Варна"}, "REGIONAL_OFFICES"),
        ({"TEAMS_APP_CATALOG_ID": "the-app"}, "TEAMS_APP_CATALOG_ID"),
    ],
)
def test_a_wrong_setting_names_the_variable(change, named):
    with pytest.raises(SettingsError, match=named):
        Settings.read(LOCAL | change)


def test_right_settings_are_taken():
    settings = Settings.read(LOCAL | {"WORKING_HOURS": "7-24", "REGIONAL_OFFICES": '{"a": "Варна"}'})

    assert [hour.hour for hour in settings.hours] == [7, 23]
    assert settings.regional_offices == {"a": "Варна"}
