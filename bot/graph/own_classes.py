"""The port `OwnClasses` over Microsoft Graph: whose class teacher somebody is (docs/adr/0031, 0079, 0081)."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.core.accounts.ports import OwnClass
from bot.core.clock import Clock, day_in_sofia
from bot.core.errors import DirectoryForbidden
from bot.core.memory import Memory
from bot.core.people.model import Kind, School
from bot.graph import reading
from bot.graph.batch import MOST_ITEMS
from bot.graph.calls import Calls, RosterCalls
from bot.graph.calls_links import LinkCalls
from bot.graph.class_teams import ClassTeam, teams_of
from bot.graph.describing import Call, warm
from bot.graph.identities import is_object_id
from bot.graph.options import GraphOptions
from bot.graph.school_years import EducationClasses, KnownClass, is_in_doubt
from bot.graph.transport import GraphTransport

_MOST_DOUBTFUL = 3
"""Classes of one teacher that only a name tells: more than a class teacher has."""

_FEWEST_TELLING = 3
"""Students whose other teams have to tell the class: a single account is soon found."""

_KNOWN_FOR = timedelta(minutes=5)
_MOST_SCHOOLS = 30
"""Whose classes are remembered: some thousand a school at most, of every year."""


@dataclass(frozen=True, slots=True)
class _Hour:
    """A „Час на класа“ of one class, in a school its teacher works at."""

    known: KnownClass
    team: ClassTeam
    school: School

    @property
    def name(self) -> str:
        """The class."""
        return self.team.classes[0]


class GraphOwnClasses:
    """Reads only, and now; but which classes a school has may be five minutes old."""

    def __init__(self, transport: GraphTransport, options: GraphOptions, clock: Clock) -> None:
        self._transport = transport
        self._options = options
        self._clock = clock
        self._roster = RosterCalls(options)
        self._people = Calls(options)
        self._links = LinkCalls(options, "high")
        self._classes: Memory[str, EducationClasses] = Memory(_KNOWN_FOR, _MOST_SCHOOLS)

    async def own_classes(self, teacher: str, schools: Sequence[School]) -> tuple[OwnClass, ...]:
        """See `OwnClasses`."""
        if not is_object_id(teacher) or not schools:
            return ()
        await warm()
        call = self._links.taught(teacher)
        if (page := (await self._transport.send(call)).found()) is None:
            return ()
        taught = EducationClasses(await self._transport.completed(call, page))
        hours = await self._hours(taught, schools)
        doubtful = [hour for hour in hours if not hour.team.registered][:_MOST_DOUBTFUL]
        certain = {hour for hour in hours if hour.team.registered} | await self._proven(doubtful, teacher, taught)
        today = day_in_sofia(self._clock())
        own: dict[OwnClass, None] = {}
        for hour in hours:
            if hour not in certain:
                continue
            if is_in_doubt(hour.known, today) and not _is_the_one(hour, await self._classes_of(hour), today):
                continue
            own[OwnClass(hour.school, hour.name)] = None
        return tuple(own)

    async def _hours(self, taught: EducationClasses, schools: Sequence[School]) -> list[_Hour]:
        """Those of this year, in these schools."""
        found = taught.of_this_year(day_in_sofia(self._clock()))
        teams = zip(found, teams_of(found), strict=True)
        hours = [(one, team) for one, team in teams if team.is_class_hour and len(team.classes) == 1][:MOST_ITEMS]
        if not hours:
            return []
        asked = [self._links.schools(one.id) for one, _ in hours]
        works_at = {school.id: school for school in schools}
        there: list[_Hour] = []
        for (one, team), call, answer in zip(hours, asked, await self._transport.batch(asked), strict=True):
            first = answer.found()
            records = [] if first is None else await self._transport.completed(call, first)
            there += [_Hour(one, team, works_at[id_]) for id_ in self._ids(records) if id_ in works_at]
        return there

    async def _proven(self, hours: Sequence[_Hour], teacher: str, taught: EducationClasses) -> set[_Hour]:
        """Of those that have no name in the register: where something that their owner cannot write alone tells the
        class.
        """
        if not hours:
            return set()
        calls = [self._people.classes_of(teacher), *(self._roster.members_and_roles(one.team.id) for one in hours)]
        joined, *lists = await self._shown(calls)
        if joined is None:
            return set()
        mine = {one.id for some in (taught, EducationClasses(joined)) for one in some.every()}
        of_hours = zip(hours, lists, strict=True)
        return {hour for hour, members in of_hours if await self._is_proven(hour, _students(members or ()), mine)}

    async def _is_proven(self, hour: _Hour, students: Sequence[str], mine: Collection[str]) -> bool:
        """Whether at least three students of the school, and most of those whose teams tell a class at all, are of
        this class by teams of the school that are not `mine`, the teacher's; ten are asked about. And neither the
        school nor any of them has another „Час на класа“ of it: two would be one too many.
        """
        if len(students) < _FEWEST_TELLING:
            return False
        today = day_in_sofia(self._clock())
        of_school = await self._classes_of(hour)
        if _has_rival(hour, of_school, today):
            return False
        counting = {one.id for one in of_school.every()}.difference(mine, [hour.team.id])
        asked = students[: MOST_ITEMS // 2]
        shown = await self._shown(
            [call(one) for one in asked for call in (self._people.classes_of, self._people.schools_of)]
        )
        told: Counter[str] = Counter()
        for classes, schools in zip(shown[::2], shown[1::2], strict=True):
            theirs = EducationClasses(classes or ())
            if _has_rival(hour, theirs, today):
                return False
            teams = [team for team in teams_of(theirs.newest_of_person(today)) if team.id in counting]
            if (name := _most_named(teams)) and hour.school.id in self._ids(schools or ()):
                told[name] += 1
        return told[hour.name] >= _FEWEST_TELLING and 2 * told[hour.name] > told.total()

    def _ids(self, schools: Sequence[object]) -> list[str]:
        return [reading.school(record, self._options).id for record in schools]

    async def _shown(self, calls: Sequence[Call]) -> list[list[object] | None]:
        """Each of at most 20 lists; None for one that is gone, or not shown."""
        lists: list[list[object] | None] = []
        for call, answer in zip(calls, await self._transport.batch(calls), strict=True):
            try:
                first = answer.found()
            except DirectoryForbidden:
                first = None
            lists.append(None if first is None else await self._transport.completed(call, first))
        return lists

    async def _classes_of(self, hour: _Hour) -> EducationClasses:
        """All of the school. What is remembered from when the hour was another than now is read anew."""
        now = self._clock()
        kept = self._classes.get(hour.school.id, now)
        if kept is None or hour.known not in kept.every():
            records: list[object] = []
            async for page in self._transport.pages(self._roster.classes_of_school(hour.school.id)):
                records += page
            kept = EducationClasses(records)
            self._classes.put(hour.school.id, kept, now)
        return kept


def _students(members: Sequence[object]) -> list[str]:
    """Those whose teams can tell a class: teachers are in the teams of many."""
    return [
        reading.person_id(one)
        for one in members
        if reading.kind(reading.thing(one, "person").get("primaryRole")) is Kind.STUDENT
    ]


def _has_rival(hour: _Hour, classes: EducationClasses, today: date) -> bool:
    """Whether there is another „Час на класа“ of the class among these, of no former year."""
    return any(
        team.is_class_hour and team.classes == hour.team.classes and team.id != hour.team.id
        for team in teams_of(classes.newest_of_school(today))
    )


def _is_the_one(hour: _Hour, classes: EducationClasses, today: date) -> bool:
    """Whether the school has no newer class of this name: its accounts are its own class teacher's. In summer a class
    that does not tell its year may be that one; and one that has no term is none beside those that are dated.
    """
    if hour.known.id not in {one.id for one in classes.newest_of_school(today)}:
        return False
    if hour.known.year is None:
        return hour.known.undated or not classes.are_dated(hour.name, today)
    return classes.are_certain(hour.name, today)


def _most_named(teams: Sequence[ClassTeam]) -> str:
    """The class that most of somebody's teams name alone; empty where none does, or two do alike."""
    named = Counter(team.classes[0] for team in teams if len(team.classes) == 1)
    most = max(named.values(), default=0)
    found = [name for name, count in named.items() if count == most]
    return found[0] if len(found) == 1 else ""
