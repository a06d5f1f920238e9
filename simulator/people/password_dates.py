"""When an account was made, and when its password was last changed: in use for years, new, or reset by somebody."""

from datetime import date, timedelta

from simulator.people.model import Account
from simulator.people.population import FIRST_PLANTED

Dates = tuple[str, str | None]
"""As Graph writes them. The second None: the password is the one the account was made with."""


def password_dates(account: Account, school_year: int) -> Dates:
    """Of one of the many. What is planted, first graders and one in four of the others have never signed in; one in
    four was reset last spring, by whomever; the others chose a password of their own in their first year.
    """
    if account.grade == 1 or account.number >= FIRST_PLANTED:
        return _written(date(school_year, 8, 25)), None
    years = account.grade - 1 if account.grade else account.number % 8 + 1
    made = date(school_year - years, 9, 1)
    match account.number % 4:
        case 0:
            return _written(made), None
        case 1:
            return _written(made), _written(date(school_year, 4, account.number % 30 + 1))
        case _:
            return _written(made), _written(made + timedelta(days=account.number % 300 + 1))


def _written(day: date) -> str:
    return f"{day.isoformat()}T06:00:00Z"
