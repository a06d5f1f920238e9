"""Which days nobody is expected to answer on: public holidays by law, and what the ministry orders for schools.

The ministry moves school holidays and days off every year, so they come from a file of the operator's.
"""

import json
import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bot.kept import kept

log = logging.getLogger(__name__)

_LONGEST = 120
"""Days one entry may take: longer ones are a slip of the keyboard (a summer is 77)."""

_BEGINS = (9, 1)
"""НЕИСПУО ends a school year on 31 August."""
_SUMMER = (7, 8)


class DaysFileError(Exception):
    """The file of days off cannot be used. The message says where."""


@dataclass(frozen=True, slots=True)
class DaysOff:
    """Public holidays of Bulgaria (Кодекс на труда, чл. 154), moved ones included, and the days of the file.

    `on` are days on which schools work although the calendar would not have it. `confirmed`: whether the file's days
    were compared with the minister's order.
    """

    off: frozenset[date] = frozenset()
    on: frozenset[date] = frozenset()
    confirmed: bool = True
    _holidays: dict[int, frozenset[date]] = field(default_factory=dict)

    @classmethod
    def read(cls, path: str, today: date) -> "DaysOff":
        """The days of the file (`""`: none), with the public holidays around `today` already computed: that may
        take half a second. Says in the log until when school days are known, whether they are confirmed, and when
        the file has nothing for the present school year.

        Errors: DaysFileError.
        """
        off, on, confirmed = _read(path) if path else (frozenset(), frozenset(), True)
        days = cls(off, on, confirmed)
        for year in range(today.year - 1, today.year + 2):
            days._public(year)
        known = days.known_until(today)
        if known is None:
            days.warn(today)
        elif days.confirmed:
            log.info("school days are known until %s (SCHOOL_DAYS_FILE)", known)
        else:
            log.warning(
                "school days are known until %s, and nobody has compared them with the minister's order"
                " (SCHOOL_DAYS_FILE)",
                known,
            )
        return days

    def warn(self, today: date) -> None:
        """Says in the log when the file has nothing for the school year that is asked for."""
        if self.known_until(today) is None:
            log.warning(
                "no school holidays are known for the school year from %s: the time directors have to answer is"
                " counted by public holidays alone (SCHOOL_DAYS_FILE)",
                self.year_asked(today),
            )

    def known_until(self, today: date) -> date | None:
        """The last day of the last school year, from the one that is asked for on and without a gap, that has school
        holidays in the file; None when that one has none.
        """
        year, last = self.year_asked(today), None
        while self.days_known(year):
            year += 1
            last = date(year, *_BEGINS) - timedelta(days=1)
        return last

    def year_asked(self, today: date) -> int:
        """When the school year begins whose holidays are to be known: the present one. In July and August its
        holidays are over, and a file without them is right that has those of the next.
        """
        present = _year_of(today)
        return present + 1 if today.month in _SUMMER and not self.days_known(present) else present

    def days_known(self, year: int) -> int:
        """How many days off the file has in the school year that begins then."""
        return sum(_year_of(day) == year for day in self.off)

    def is_off(self, day: date) -> bool:
        """Whether it is a public holiday or a day off of schools."""
        return day in self.off or day in self._public(day.year)

    def is_on(self, day: date) -> bool:
        """Whether schools work on it, whatever else is said."""
        return day in self.on

    def _public(self, year: int) -> frozenset[date]:
        known = self._holidays.get(year)
        if known is None:
            self._holidays.update(public_holidays(year))
            known = self._holidays[year]
        return known


def public_holidays(year: int) -> dict[int, frozenset[date]]:
    """The public holidays of Bulgaria by year, for the decade in which this one lies."""
    first = year - year % 10
    years = range(first, first + 10)
    made = kept(
        f"holidays-{first}",
        (version("holidays"), Path(__file__).read_bytes()),
        lambda: _from_library(years),
        lambda days: [date.fromisoformat(day) for day in days],
    )
    return {each: frozenset(day for day in made if day.year == each) for each in years}


def _from_library(years: range) -> list[str]:
    import holidays  # noqa: PLC0415 -- brings the holidays of every country: 0.2 s and 15 MB

    return [day.isoformat() for day in sorted(holidays.country_holidays("BG", years=years))]


def _year_of(day: date) -> int:
    """When the school year begins in which it lies."""
    return day.year - ((day.month, day.day) < _BEGINS)


def _read(path: str) -> tuple[frozenset[date], frozenset[date], bool]:
    try:
        content: Any = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DaysFileError(f"it cannot be read as JSON ({type(error).__name__})") from None
    if not isinstance(content, dict) or not set(content) <= {"about", "confirmed", "off", "on"}:
        raise DaysFileError("it is an object with the lists `off` and `on`")
    confirmed = content.get("confirmed", True)
    if not isinstance(confirmed, bool):
        raise DaysFileError("`confirmed` is true or false")
    return frozenset(_days(content, "off")), frozenset(_days(content, "on")), confirmed


def _days(content: dict[str, Any], name: str) -> Iterable[date]:
    entries = content.get(name, [])
    if not isinstance(entries, list):
        raise DaysFileError(f"`{name}` is a list")
    for number, entry in enumerate(entries, start=1):
        try:
            first, last = date.fromisoformat(entry["from"]), date.fromisoformat(entry.get("to", entry["from"]))
        except (TypeError, KeyError, ValueError, AttributeError):
            raise DaysFileError(f"entry {number} of `{name}`: from and to are dates like 2026-12-24") from None
        if not timedelta(0) <= last - first < timedelta(days=_LONGEST):
            raise DaysFileError(f"entry {number} of `{name}`: it ends before it begins, or lasts too long")
        for offset in range((last - first).days + 1):
            yield first + timedelta(days=offset)
