"""Grades and the season in words."""

from datetime import date

from bot.core.intake.season import Season
from bot.texts.catalog import Translate
from bot.texts.moments import date_of

_ROMAN = {"1": "I", "5": "V", "8": "VIII", "11": "XI"}


def grade_word(grade: str, t: Translate) -> str:
    """„VIII клас“."""
    return t("intake-grade", grade=_ROMAN.get(grade, grade))


def lead_word(season: Season, today: date, t: Translate, language: str) -> str:
    """That students are taken in without a request, and until when."""
    last = date(today.year, season.last.month, season.last.day)
    return t("intake-lead", until=date_of(last, language))


def closed_word(season: Season, today: date, t: Translate, language: str) -> str:
    """That it is not the time, and when it is."""
    return t("intake-closed", since=date_of(season.opens_after(today), language))
