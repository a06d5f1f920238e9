"""The machine's own clock. All else is given the time as an argument."""

from datetime import UTC, datetime


def utc_now() -> datetime:
    """The present moment as the machine has it. What was signed or dated elsewhere gets it as a `MachineClock`; all
    else is given the steady clock.
    """
    return datetime.now(UTC)  # noqa: TID251 -- the clock itself
