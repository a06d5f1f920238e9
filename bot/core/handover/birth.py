"""The age at which an account is handed to its owner alone."""

from datetime import date

from bot.core.people.births import birthday


def under_14(birth: date, today: date) -> bool:
    """Whether somebody born then is not yet 14 on this day. The 14th birthday counts as 14."""
    return today < birthday(birth, 14)
