"""What a country asks for in the first school week, squeezed into the minutes of a run.

Nobody publishes it; the figures are assumptions with their reasons. What is asked does not wait for what was asked
before: a slow bot gets its turns all the same, as from people.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from benchmarks.national.country import Class, Country

LOOKUPS_A_SCHOOL = 10
"""58,000 students begin the eighth grade, each looked up once within four weeks: six a school and week. The rest:
names that were forgotten."""
TRANSFERS_A_SCHOOL = 3
"""Two to three per cent of the students move in September, of whom a director asks for half: 15,000 in two weeks."""
TEACHERS_A_SCHOOL = 7
"""One in four of the teachers looks at the own class links."""
SCHOOL_OVERVIEWS = 1
"""Each director looks once at those of the school."""
OUTSIDE_SHARE = 0.3
"""Look-ups that are for a student of another school."""


class Intent(StrEnum):
    """What somebody wants of the bot. Each has its function in `acts.py`."""

    LOOKUP = "look-up"
    PASSWORD = "one password"  # noqa: S105 -- a name for a table
    CLASS = "class passwords"
    TRANSFER = "transfer, asked and approved"
    OWN_LINKS = "class links of a teacher"
    SCHOOL_LINKS = "class links of a school"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One wish. `at` seconds after the start; `school` an index of `Country.schools`; `class_` whose students it is
    about, where it is about students; `students`: how many of them.
    """

    at: float
    intent: Intent
    school: int
    class_: Class | None = None
    students: int = 0


def week(country: Country, share: float, seconds: float, random: Random, *, times: float = 1.0) -> list[Wanted]:
    """Everything of the week in order of time. `share` (0 … 1) of the students have forgotten their password; `times`
    as many of all else.

    Each moment is drawn by itself: given how many there are, that is a Poisson process.
    """
    wishes = [*_forgotten(country, share, seconds, random), *_others(country, seconds, random, times)]
    return sorted(wishes, key=lambda one: one.at)


def _forgotten(country: Country, share: float, seconds: float, random: Random) -> Iterator[Wanted]:
    """Of each class those who have forgotten: one gets a password by itself, several get theirs as a class."""
    index = {school.number: place for place, school in enumerate(country.schools)}
    for class_ in country.classes:
        some = sum(random.random() < share for _ in range(class_.size))
        if some and class_.school in index:
            intent = Intent.PASSWORD if some == 1 else Intent.CLASS
            yield Wanted(random.uniform(0, seconds), intent, index[class_.school], class_, some)


def _others(country: Country, seconds: float, random: Random, times: float) -> Iterator[Wanted]:
    index = {school.number: place for place, school in enumerate(country.schools)}
    by_school: dict[int, list[Class]] = {}
    for class_ in country.classes:
        if class_.school in index:
            by_school.setdefault(index[class_.school], []).append(class_)
    places = sorted(by_school)
    for intent, a_school in (
        (Intent.LOOKUP, LOOKUPS_A_SCHOOL),
        (Intent.TRANSFER, TRANSFERS_A_SCHOOL),
        (Intent.OWN_LINKS, TEACHERS_A_SCHOOL),
        (Intent.SCHOOL_LINKS, SCHOOL_OVERVIEWS),
    ):
        # Every school in turn, so that nobody spends the look-ups of two days in one.
        for number in range(round(a_school * len(places) * times)):
            school = places[number % len(places)]
            at, outside = random.uniform(0, seconds), intent is Intent.TRANSFER or random.random() < OUTSIDE_SHARE
            whose = random.choice([one for one in places if one != school]) if outside else school
            about = random.choice(by_school[whose]) if intent in {Intent.LOOKUP, Intent.TRANSFER} else None
            yield Wanted(at, intent, school, about)
