"""Working time: the hours in which a director may be expected to answer. Always the clock of Sofia.

Which days are off is given (public holidays, school holidays, the ministry's days off): nothing here knows a holiday.
"""

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from bot.core.clock import sofia

OPENS, CLOSES = time(8), time(18)
_LONGEST_REST = 366
"""Days off in a row after which the configuration is wrong, not the holiday long."""

DayOff = Callable[[date], bool]
"""Whether it is one of these days."""


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Counts working days. A day has the hours from `opens` to `closes`. Saturday and Sunday are off unless `day_on`
    says otherwise: the ministry has school held on some of them.
    """

    day_off: DayOff
    _: KW_ONLY
    day_on: DayOff | None = None
    opens: time = OPENS
    closes: time = CLOSES
    zone: tzinfo = field(default_factory=sofia)

    def __post_init__(self) -> None:
        if not self.opens < self.closes:
            raise ValueError("a working day ends after it begins")

    def works(self, day: date) -> bool:
        """Whether this is a working day."""
        if self.day_on is not None and self.day_on(day):
            return True
        return day.weekday() < 5 and not self.day_off(day)

    def is_open(self, moment: datetime) -> bool:
        """Whether this moment is within working hours."""
        local = moment.astimezone(self.zone)
        return self.works(local.date()) and self.opens <= local.time() < self.closes

    def opening(self, moment: datetime) -> datetime:
        """The moment itself within working hours, else the next at which they begin (in UTC)."""
        local = moment.astimezone(self.zone)
        if self.is_open(moment):
            return moment.astimezone(UTC)
        day = local.date() if local.time() < self.opens else local.date() + timedelta(days=1)
        return self._at(self._working_from(day), self.opens)

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
        start = opening.astimezone(self.zone)
        day = start.date()
        for _ in range(days):
            day = self._working_from(day + timedelta(days=1))
        return self._at(day, start.time())

    def next_morning(self, moment: datetime) -> datetime:
        """When the next working day after this one begins (in UTC)."""
        local = moment.astimezone(self.zone).date()
        return self._at(self._working_from(local + timedelta(days=1)), self.opens)

    def day_of(self, moment: datetime) -> date:
        """The calendar day in Sofia."""
        return moment.astimezone(self.zone).date()

    def _working_from(self, day: date) -> date:
        for offset in range(_LONGEST_REST):
            if self.works(day + timedelta(days=offset)):
                return day + timedelta(days=offset)
        raise ValueError(f"no working day within a year after {day}: the configured days off cannot be right")

    def _at(self, day: date, hour: time) -> datetime:
        return datetime.combine(day, hour.replace(fold=0), self.zone).astimezone(UTC)
