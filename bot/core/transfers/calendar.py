"""Working time: the hours in which a director may be expected to answer. Always the clock of Sofia.

Which days are off is given (public holidays, school holidays, the ministry's days off): nothing here knows a holiday.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

OPENS, CLOSES = time(8), time(18)
_LONGEST_REST = 366
"""Days off in a row after which the configuration is wrong, not the holiday long."""

DayOff = Callable[[date], bool]
"""Whether it is one of these days."""


class WorkCalendar:
    """Counts working days. A day has the hours from `opens` to `closes`. Saturday and Sunday are off unless `day_on`
    says otherwise: the ministry has school held on some of them.
    """

    def __init__(
        self,
        day_off: DayOff,
        *,
        day_on: DayOff | None = None,
        opens: time = OPENS,
        closes: time = CLOSES,
        zone: tzinfo | None = None,
    ) -> None:
        if not opens < closes:
            raise ValueError("a working day ends after it begins")
        self._day_off = day_off
        self._day_on = day_on
        self._opens = opens
        self._closes = closes
        self._zone = zone or ZoneInfo("Europe/Sofia")

    def works(self, day: date) -> bool:
        """Whether this is a working day."""
        if self._day_on is not None and self._day_on(day):
            return True
        return day.weekday() < 5 and not self._day_off(day)

    def is_open(self, moment: datetime) -> bool:
        """Whether this moment is within working hours."""
        local = moment.astimezone(self._zone)
        return self.works(local.date()) and self._opens <= local.time() < self._closes

    def opening(self, moment: datetime) -> datetime:
        """The moment itself within working hours, else the next at which they begin (in UTC)."""
        local = moment.astimezone(self._zone)
        if self.is_open(moment):
            return moment.astimezone(UTC)
        day = local.date() if local.time() < self._opens else local.date() + timedelta(days=1)
        return self._at(self._working_from(day), self._opens)

    def after(self, moment: datetime, days: int) -> datetime:
        """The same time of day so many working days later (in UTC). What begins outside working hours begins when
        they do: of Friday evening one working day is over on Tuesday morning.

        A time of day that a change of the clocks leaves out is the moment at which it would have been.
        """
        if days < 0:
            raise ValueError("time does not run back")
        opening = self.opening(moment)
        if days == 0:
            return opening
        start = opening.astimezone(self._zone)
        day = start.date()
        for _ in range(days):
            day = self._working_from(day + timedelta(days=1))
        return self._at(day, start.time())

    def next_morning(self, moment: datetime) -> datetime:
        """When the next working day after this one begins (in UTC)."""
        local = moment.astimezone(self._zone).date()
        return self._at(self._working_from(local + timedelta(days=1)), self._opens)

    def days_between(self, earlier: datetime, later: datetime) -> int:
        """How many whole working days have passed; 0 if none."""
        count = 0
        while count < _LONGEST_REST and self.after(earlier, count + 1) <= later:
            count += 1
        return count

    def day_of(self, moment: datetime) -> date:
        """The calendar day in Sofia."""
        return moment.astimezone(self._zone).date()

    def _working_from(self, day: date) -> date:
        for offset in range(_LONGEST_REST):
            if self.works(day + timedelta(days=offset)):
                return day + timedelta(days=offset)
        raise ValueError(f"no working day within a year after {day}: the configured days off cannot be right")

    def _at(self, day: date, hour: time) -> datetime:
        return datetime.combine(day, hour.replace(fold=0), self._zone).astimezone(UTC)
