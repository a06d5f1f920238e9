"""The port `OwnClasses` over Microsoft Graph: whose class teacher somebody is (docs/adr/0031, 0079, 0081)."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from bot.core.accounts.ports import OwnClass
from bot.core.clock import Clock, day_in_sofia
from bot.core.errors import DirectoryForbidden
from bot.core.people.model import School
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


class GraphOwnClasses:
    """Reads only."""

    def __init__(self, transport: GraphTransport, options: GraphOptions, clock: Clock) -> None:
        self._transport = transport
        self._options = options
        self._clock = clock
        self._roster = RosterCalls(options)
        self._people = Calls(options)

    async def own_classes(self, teacher: str, schools: Sequence[School]) -> tuple[OwnClass, ...]:
        """See `OwnClasses`."""
        if not is_object_id(teacher) or not schools:
            return ()
        await warm()
        calls = LinkCalls(self._options, "high")
        taught = calls.taught(teacher)
        if (page := (await self._transport.send(taught)).found()) is None:
            return ()
        today = day_in_sofia(self._clock())
        found = EducationClasses(await self._transport.completed(taught, page)).of_this_year(today)
        teams = zip(found, teams_of(found), strict=True)
        hours = [(one, team) for one, team in teams if team.is_class_hour and len(team.classes) == 1][:MOST_ITEMS]
        certain = await self._not_by_name_alone([team for _, team in hours], teacher)
        hours = [(one, team) for one, team in hours if team.id in certain]
        if not hours:
            return ()
        asked = [calls.schools(one.id) for one, _ in hours]
        works_at = {school.id: school for school in schools}
        own: dict[OwnClass, None] = {}
        every: dict[str, EducationClasses] = {}
        for (one, team), call, answer in zip(hours, asked, await self._transport.batch(asked), strict=True):
            first = answer.found()
            for record in [] if first is None else await self._transport.completed(call, first):
                school = works_at.get(reading.school(record, self._options).id)
                if school is None:
                    continue
                if is_in_doubt(one, today):
                    if school.id not in every:
                        every[school.id] = await self._classes_of(school)
                    if not _is_the_one(one, team.classes[0], every[school.id], today):
                        continue
                own[OwnClass(school, team.classes[0])] = None
        return tuple(own)

    async def _not_by_name_alone(self, hours: Sequence[ClassTeam], teacher: str) -> frozenset[str]:
        """The ids of those that something tells which their owner cannot write: the name in the register, or, where
        the tenant does not keep it, the other teams of those who are in it.
        """
        doubtful = [team for team in hours if not team.registered]
        known = await self._proven(doubtful[:_MOST_DOUBTFUL], teacher) if doubtful else frozenset()
        return known | {team.id for team in hours if team.registered}

    async def _proven(self, hours: Sequence[ClassTeam], teacher: str) -> frozenset[str]:
        """The ids of those of whose members (twenty are asked about) most are of this class by their other teams, and
        in no other „Час на класа“ of it: two would be one too many.
        """
        lists = await self._shown([self._roster.members(team.id) for team in hours])
        proven: set[str] = set()
        for team, members in zip(hours, lists, strict=True):
            people = [one for one in map(reading.person_id, members) if one.casefold() != teacher.casefold()]
            calls = [self._people.classes_of(one) for one in people[:MOST_ITEMS]]
            others = [self._others(team, records) for records in await self._shown(calls)]
            rivals = any(one.is_class_hour and one.classes == team.classes for teams in others for one in teams)
            told = [found for teams in others if (found := _most_named(teams))]
            if not rivals and 2 * told.count(team.classes[0]) > len(told):
                proven.add(team.id)
        return frozenset(proven)

    def _others(self, team: ClassTeam, records: Sequence[object]) -> list[ClassTeam]:
        teams = teams_of(EducationClasses(records).newest_of_person(day_in_sofia(self._clock())))
        return [one for one in teams if one.id != team.id]

    async def _shown(self, calls: Sequence[Call]) -> list[list[object]]:
        """Each of at most 20 lists; empty for one that is gone, or not shown."""
        if not calls:
            return []
        lists: list[list[object]] = []
        for call, answer in zip(calls, await self._transport.batch(calls), strict=True):
            try:
                first = answer.found()
            except DirectoryForbidden:
                first = None
            lists.append([] if first is None else await self._transport.completed(call, first))
        return lists

    async def _classes_of(self, school: School) -> EducationClasses:
        records: list[object] = []
        async for page in self._transport.pages(self._roster.classes_of_school(school.id)):
            records += page
        return EducationClasses(records)


def _is_the_one(hour: KnownClass, name: str, classes: EducationClasses, today: date) -> bool:
    """Whether the school has no newer class of this name: its accounts are its own class teacher's. In summer a class
    that does not tell its year may be that one.
    """
    if hour.id not in {one.id for one in classes.newest_of_school(today)}:
        return False
    return hour.undated or classes.are_certain(name, today)


def _most_named(teams: Sequence[ClassTeam]) -> str:
    """The class that most of somebody's teams name alone; empty where none does, or two do alike."""
    named = Counter(team.classes[0] for team in teams if len(team.classes) == 1)
    most = max(named.values(), default=0)
    found = [name for name, count in named.items() if count == most]
    return found[0] if len(found) == 1 else ""
