"""School years, as everything counts them: from 15 September to 14 September (docs/adr/0079)."""

from datetime import date

YEAR_ENDS = (9, 14)
"""Month and last day of a school year; school opens on the 15th."""
NEXT_FROM = (7, 1)
"""From this day on schools make the classes, and the ministry the accounts, of the next year."""


def school_year(day: date) -> int:
    """The calendar year in which the school year of this day began."""
    return day.year - ((day.month, day.day) <= YEAR_ENDS)


def first_of_year(today: date) -> date:
    """The first day of what is of this school year: the summer before it is."""
    month, first = NEXT_FROM
    return date(school_year(today), month, first)


def ends_on(day: date) -> date:
    """The last day of what is of this day. What comes in summer is of the year that begins."""
    month, last = YEAR_ENDS
    return date(school_year(day) + 1 + (NEXT_FROM <= (day.month, day.day) <= YEAR_ENDS), month, last)
