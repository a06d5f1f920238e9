"""What time it is. Everything is given a clock; the process has one.

A machine's clock may be wrong and be put right: it jumps. Source of the rules: docs/adr/0050.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]
"""The present moment, aware, in UTC: the bot's own time."""


@dataclass(frozen=True, slots=True)
class MachineClock:
    """The machine's clock as it stands: for what was signed or dated by another machine, and for nothing else. On
    purpose no `Clock`: neither can be given where the other is meant (docs/adr/0093).
    """

    read: Callable[[], datetime]

    def now(self) -> datetime:
        """The present moment as the machine has it."""
        return self.read()


APART = timedelta(minutes=5)
"""By how much the clocks of two machines may differ without anything being wrong."""

STEP = timedelta(days=2)
"""The longest step ahead that a clock is believed without the operator's word: a night, a holiday, a repair."""

CATCHING_UP = 11 / 12
"""How fast time goes by while the machine's clock is behind: as chrony corrects a clock, by a twelfth at most
(chrony.conf, `maxslewrate`). A lease is longer by that much and not by the jump, and the lead is lost again.
"""


@dataclass(slots=True)
class _Line:
    """A moment that goes on by itself, from when it was last known."""

    moment: datetime
    since: float

    def go_on(self, elapsed: float, wall: datetime) -> datetime:
        """To where it is now; slower while it is ahead of the machine's clock, and never past a clock it catches."""
        passed = timedelta(seconds=max(0.0, elapsed - self.since))
        self.since = elapsed
        if self.moment + passed <= wall:
            self.moment += passed
        else:
            self.moment = max(self.moment + passed * CATCHING_UP, min(wall, self.moment + passed))
        return self.moment


def sofia() -> tzinfo:
    """The zone in which days begin and working hours are counted."""
    return ZoneInfo("Europe/Sofia")


def day_in_sofia(moment: datetime) -> date:
    """The day on which this moment is."""
    return moment.astimezone(sofia()).date()


class SteadyClock:
    """The process's clock: never goes back, also across restarts once `resume` was told how far it had come.

    - The machine's clock jumps back: time goes on from where it was, a twelfth slower until the clock is there again.
    - It jumps ahead by two days at most: believed. By more while the process runs: not believed, time goes on.
    - The process starts with a clock further ahead than that: either it stood still for long, or the clock is wrong.
      It is used, for people must be served, but `in_doubt`: nothing is removed and nothing ends by it, and `mark`
      does not follow it, until the operator has given the word (`python app.py clock`) or the clock is right again.
    """

    def __init__(self, wall: Clock, elapsed: Callable[[], float]) -> None:
        """`elapsed`: seconds from some fixed moment, which no setting of the clock changes."""
        self._wall = wall
        self._elapsed = elapsed
        self._line: _Line | None = None
        self._doubtful: _Line | None = None
        """Where the time went on that is not vouched for: from a start whose clock was too far ahead."""

    def resume(self, mark: datetime | None) -> None:
        """At the start: how far time had come. None: nobody knows yet, so the machine's clock is believed."""
        if mark is None:
            return
        wall, elapsed = self._wall(), self._elapsed()
        self._line = _Line(mark, elapsed)
        self._doubtful = _Line(wall, elapsed) if wall - mark > STEP else None

    def follow(self, mark: datetime) -> None:
        """Another replica, or the operator's word, has brought the mark to here."""
        if self._line is None or mark > self._line.moment:
            self._line = _Line(mark, self._elapsed())

    def __call__(self) -> datetime:
        """The present moment."""
        wall, elapsed, mark = self._read()
        if wall - mark <= STEP:
            self._doubtful = None
            return mark
        if self._doubtful is None:
            return mark
        moment = self._doubtful.go_on(elapsed, wall)
        if timedelta(0) < wall - moment <= STEP:
            moment = self._doubtful.moment = wall
        return moment

    @property
    def mark(self) -> datetime:
        """The latest moment that is vouched for."""
        return self._read()[2]

    @property
    def ahead(self) -> timedelta:
        """How far the machine's clock is ahead of that."""
        wall, _, mark = self._read()
        return wall - mark

    @property
    def in_doubt(self) -> bool:
        """Whether that is further than is believed without the operator's word."""
        return self.ahead > STEP

    @property
    def lead(self) -> timedelta:
        """How far the present moment is ahead of the machine's clock: it had jumped ahead, or was put back."""
        return max(self() - self._wall(), timedelta(0))

    def _read(self) -> tuple[datetime, float, datetime]:
        wall, elapsed = self._wall(), self._elapsed()
        if self._line is None:
            self._line = _Line(wall, elapsed)
        mark = self._line.go_on(elapsed, wall)
        if timedelta(0) < wall - mark <= STEP:
            mark = self._line.moment = wall
        return wall, elapsed, mark


def in_doubt(clock: Clock) -> bool:
    """Whether what cannot be undone is to wait: the clock may be wrong by days or years."""
    return isinstance(clock, SteadyClock) and clock.in_doubt


def lead(clock: Clock) -> timedelta:
    """How far this clock is ahead of the machine's. A moment of ours is held against one that another machine tells
    only with this taken off, so that who asks is rather in doubt than wrong.
    """
    return clock.lead if isinstance(clock, SteadyClock) else timedelta(0)


def at_earliest(moment: datetime, clock: Clock) -> datetime:
    """When this moment of ours was at the earliest by a clock that is right: it may have been noted while ours was
    ahead, which by now has lost of its lead what it can have lost since.
    """
    if not isinstance(clock, SteadyClock):
        return moment
    return moment - clock.lead - max(clock() - moment, timedelta(0)) * (1 / CATCHING_UP - 1)
