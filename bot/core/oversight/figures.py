"""What a regional office sees of its schools: figures alone. No type here has a place for a person.

A number of people below `FEWEST` is hidden, and so is one that together with what is shown would give a hidden one
back. Every other is shown as the nearest multiple of `FEWEST`: else whoever looks again and subtracts would learn
that two people were handed theirs meanwhile. All that is shown of a region (sums, shares, order, bars) is reckoned
from what is shown of each school, so it gives nothing back that is hidden there.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.core.people.model import School

FEWEST = 5
"""The least number of people, or of requests, that is shown, and the step in which they are."""


@dataclass(frozen=True, slots=True)
class SchoolFigures:
    """What is counted of a school, to be shown to nobody. `week`: of the Monday of which the accounts are, "" where
    the school was never looked at. `open` requests wait for its decision; `late` of them are overdue or with the
    office.
    """

    week: str = ""
    handed: int = 0
    of: int = 0
    open: int = 0
    late: int = 0


NOTHING_KNOWN = SchoolFigures()


class Hidden(StrEnum):
    """Why a number is not shown."""

    FEW = "few"
    """It is one to four."""
    BESIDE = "beside"
    """It would give back one that is hidden."""
    UNKNOWN = "unknown"
    """The school was never looked at."""


Count = int | Hidden


class HowFar(StrEnum):
    """How far a school is, as far as its numbers are shown; the furthest behind first."""

    LITTLE = "little"
    """Less than half; also where all but a few are left."""
    PART = "part"
    ALMOST = "almost"
    """Nine in ten; also where only a few are left."""
    ALL = "all"
    SMALL = "small"
    """There are too few accounts to say."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class SchoolSeen:
    """A school as an office sees it. `listed`: whether a list of it was read."""

    school: School
    week: str
    of: Count
    handed: Count
    left: Count
    open: Count
    late: Count
    listed: bool

    @property
    def percent(self) -> int | None:
        """The share handed over, never rounded up to 100; None where one of the numbers is hidden."""
        if isinstance(self.of, Hidden) or isinstance(self.handed, Hidden):
            return None
        return 100 * self.handed // self.of if self.of else 100

    @property
    def progress(self) -> HowFar:
        """How far it is."""
        if self.of is Hidden.UNKNOWN:
            return HowFar.UNKNOWN
        if self.of is Hidden.FEW or not self.of:
            return HowFar.SMALL
        if self.left is Hidden.FEW:
            return HowFar.ALMOST
        percent = self.percent
        if percent is None and self.left is self.handed:
            return HowFar.SMALL
        if percent is None or percent < _HALF:
            return HowFar.LITTLE
        if self.left == 0:
            return HowFar.ALL
        return HowFar.ALMOST if percent >= _ALMOST else HowFar.PART


_HALF, _ALMOST = 50, 90


@dataclass(frozen=True, slots=True)
class RegionTotals:
    """Sums over the schools whose numbers are shown: `counted` schools by share, `asked` by requests."""

    handed: int
    of: int
    counted: int
    open: int
    late: int

    @property
    def percent(self) -> int:
        """The share handed over, never rounded up to 100."""
        return 100 * self.handed // self.of if self.of else 100


@dataclass(frozen=True, slots=True)
class RegionSeen:
    """The schools of a region, those furthest behind first."""

    region: str
    schools: tuple[SchoolSeen, ...]

    @property
    def totals(self) -> RegionTotals:
        """Of what is shown."""
        both = [
            (one.handed, one.of)
            for one in self.schools
            if isinstance(one.handed, int) and isinstance(one.of, int) and one.of
        ]
        return RegionTotals(
            handed=sum(handed for handed, _ in both),
            of=sum(of for _, of in both),
            counted=len(both),
            open=sum(one.open for one in self.schools if isinstance(one.open, int)),
            late=sum(one.late for one in self.schools if isinstance(one.late, int)),
        )

    @property
    def by_progress(self) -> Mapping[HowFar, int]:
        """How many schools are how far."""
        every = [one.progress for one in self.schools]
        return {progress: every.count(progress) for progress in HowFar if progress in every}

    def of_view(self, view: "RegionView") -> tuple[SchoolSeen, ...]:
        """The schools of a view, in its order."""
        match view:
            case RegionView.BEHIND:
                return self.schools
            case RegionView.WAITING:
                waiting = (one for one in self.schools if one.open != 0)
                return tuple(sorted(waiting, key=lambda one: (-_least(one.late), -_least(one.open), one.school.name)))
            case RegionView.UNLISTED:
                return tuple(one for one in self.schools if not one.listed)


class RegionView(StrEnum):
    """Which schools, in which order."""

    BEHIND = "behind"
    """All, the furthest behind first."""
    WAITING = "waiting"
    """Those with open requests, the most late ones first."""
    UNLISTED = "unlisted"
    """Those that have read no list."""


def seen(school: School, figures: SchoolFigures, *, listed: bool) -> SchoolSeen:
    """What is shown of a school."""
    of: Count = _near(figures.of)
    handed, left = _parts(figures.of, figures.handed)
    if not figures.week:
        of = left = handed = Hidden.UNKNOWN
    elif _few(figures.of):
        of = left = handed = Hidden.FEW
    open_: Count = Hidden.FEW if _few(figures.open) else _near(figures.open)
    late = _parts(figures.open, figures.late)[0]
    if open_ is Hidden.FEW:
        late = Hidden.FEW if figures.late else 0
    return SchoolSeen(school, figures.week, of, handed, left, open_, late, listed)


def region_seen(
    region: str,
    schools: Sequence[School],
    figures: Mapping[str, SchoolFigures],
    listed: Iterable[str],
) -> RegionSeen:
    """The region; `listed`: ids of the schools of which a list was read."""
    known = frozenset(listed)
    every = [seen(one, figures.get(one.id, NOTHING_KNOWN), listed=one.id in known) for one in schools]
    return RegionSeen(region, tuple(sorted(every, key=_place)))


def _parts(whole: int, part: int) -> tuple[Count, Count]:
    """What is shown of a part of a whole that is shown, and of its rest. Of a small whole even which of the two is
    small would tell (of six, one and five), so both are hidden alike; of all that are shown as such a whole, too.
    """
    rest = whole - part
    if part and rest and _near(whole) <= 2 * FEWEST:
        return Hidden.BESIDE, Hidden.BESIDE
    if _few(part):
        return Hidden.FEW, Hidden.BESIDE
    return (Hidden.BESIDE, Hidden.FEW) if _few(rest) else (_near(part), _near(whole) - _near(part))


def _near(number: int) -> int:
    """The nearest multiple of `FEWEST`. What it makes 0 of is hidden, or 0."""
    return (number + FEWEST // 2) // FEWEST * FEWEST


def _few(number: int) -> bool:
    return 0 < number < FEWEST


def _least(count: Count) -> int:
    """For order alone: what is hidden stands between nothing and the least that is shown."""
    return count if isinstance(count, int) else 1


def _place(one: SchoolSeen) -> tuple[int, int, str, str]:
    """By what is shown alone: the order would else tell hidden numbers apart."""
    percent = one.percent
    return (list(HowFar).index(one.progress), 0 if percent is None else percent, one.school.name, one.school.id)
