"""How the text of an environment variable becomes a value. Errors: ValueError, in words for the operator."""

import json
from datetime import time
from urllib.parse import urlsplit

from bot.core.intake.season import DayOfYear, Season

_MOST_DIGITS = 9
_LONGEST_DAY = 5
_YES = {"yes": True, "no": False}


def hours_of(text: str) -> tuple[time, time]:
    """When a working day begins and ends: `8-18`."""
    first, separator, last = text.partition("-")
    if not (separator and first.isascii() and first.isdigit() and last.isascii() and last.isdigit()):
        raise ValueError("not two hours")
    opens, closes = int(first), int(last)
    if not opens < closes <= 24:
        raise ValueError("no hours")
    return time(opens), time.max if closes == 24 else time(closes)


def season_of(first: str, last: str) -> Season:
    """The days of intake: `06-01` and `09-14`."""
    return Season(_day_of_year(first), _day_of_year(last))


def _day_of_year(text: str) -> DayOfYear:
    month, separator, day = text.partition("-")
    if not (separator and text.isascii() and month.isdigit() and day.isdigit() and len(text) <= _LONGEST_DAY):
        raise ValueError("not a month and a day")
    return DayOfYear(int(month), int(day))


def host_of(url: str) -> str | None:
    """The host of a URL, None for what is no URL."""
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None


def parsed(raw: str, kind: object) -> object:
    """The value of a setting of this type."""
    if kind is bool:
        if raw.lower() not in _YES:
            raise ValueError("yes or no")
        return _YES[raw.lower()]
    if kind is int:
        if not raw.isascii() or not raw.isdigit() or len(raw) > _MOST_DIGITS:
            raise ValueError("a whole number")
        return int(raw)
    if kind is str:
        return raw
    if kind == tuple[str, ...]:
        return tuple(part.strip() for part in raw.split(",") if part.strip())
    try:
        mapping = json.loads(raw)
    except ValueError:
        mapping = None
    if not isinstance(mapping, dict) or not all(isinstance(value, str) for value in mapping.values()):
        raise ValueError("a JSON object of strings")
    return mapping
