"""The port `Rosters` over Microsoft Graph, with the reader identity."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from bot.core.clock import Clock, day_in_sofia
from bot.core.errors import DirectoryForbidden
from bot.core.people.classes import grade_of
from bot.core.people.model import Kind, Person, School, SchoolClass
from bot.core.people.ports import Directory
from bot.graph import reading
from bot.graph.batch import MOST_ITEMS
from bot.graph.calls import Calls, RosterCalls
from bot.graph.class_teams import ClassTeam, classes_in, is_doubtful, is_of_another_class, natural, teams_of
from bot.graph.describing import Call, warm
from bot.graph.identities import is_object_id
from bot.graph.options import GraphOptions
from bot.graph.school_years import EducationClasses
from bot.graph.sweeps import Sweeps
from bot.graph.transport import GraphTransport
from bot.graph.ways import Members

MOST_DOUBTFUL = 100
"""Of whom it is worth asking whether they only visit the class."""


class GraphRosters:
    """Reads only. `directory` knows the people of a school, who they are and that they attend it."""

    def __init__(self, transport: GraphTransport, options: GraphOptions, directory: Directory, clock: Clock) -> None:
        self._transport = transport
        self._directory = directory
        self._clock = clock
        self._people = Calls(options)
        self._calls = RosterCalls(options)
        self._teams: Sweeps[ClassTeam] = Sweeps(transport.machine.now)

    async def classes_of(self, school: School) -> tuple[SchoolClass, ...]:
        """See `Rosters`. At most five minutes old. Grades, without teams, for a school whose teams name no class."""
        classes = classes_in(await self._teams_of(school))
        if classes:
            return classes
        grades = {grade_of(person).number for person in await self._students(school)}
        return tuple(SchoolClass(grade, ()) for grade in sorted(filter(None, grades), key=natural))

    async def students_of(self, school: School, class_: SchoolClass) -> tuple[Person, ...]:
        """See `Rosters`. Members are read now; who they are and whether they attend is at most five minutes old."""
        students = await self._students(school)
        if not class_.teams:
            return _by_name(person for person in students if grade_of(person).number == class_.name)
        known = {team.id: team for team in await self._teams_of(school)}
        asked = [known[each] for each in class_.teams if each in known][:MOST_ITEMS]
        names = await self._names_by_member(asked)
        found = [replace(person, teams=names[person.id.lower()]) for person in students if person.id.lower() in names]
        alone = all(team.classes == (class_.name,) for team in asked)
        return _by_name(await self._without_visitors(found, class_.name, alone=alone))

    async def students_among(self, school: School, person_ids: Collection[str]) -> tuple[Person, ...]:
        """See `Rosters`. Who attends the school is at most five minutes old, the teams are read now."""
        wanted = {person_id.lower() for person_id in person_ids}
        students = [person for person in await self._students(school) if person.id.lower() in wanted]
        found: list[Person] = []
        for start in range(0, len(students), MOST_ITEMS):
            found += await self._directory.with_teams(students[start : start + MOST_ITEMS])
        return _by_name(found)

    async def class_teachers(self, person_id: str) -> tuple[str, ...]:
        """See `Rosters`."""
        if not is_object_id(person_id):
            return ()
        await warm()
        call = self._people.classes_of(person_id, "class-teachers", "low")
        if (page := (await self._transport.send(call)).found()) is None:
            return ()
        classes = EducationClasses(await self._transport.completed(call, page))
        teams = teams_of(classes.newest_of_person(day_in_sofia(self._clock())))
        hours = [team for team in teams if team.is_class_hour][:MOST_ITEMS]
        lists = await self._lists([self._calls.teachers(team.id) for team in hours])
        return tuple(dict.fromkeys(reading.person_id(each) for found in lists for each in found))

    async def _teams_of(self, school: School) -> tuple[ClassTeam, ...]:
        return await self._teams.of(school.id, lambda: self._swept(school))

    async def _swept(self, school: School) -> tuple[ClassTeam, ...]:
        await warm()
        records: list[object] = []
        async for page in self._transport.pages(self._calls.classes_of_school(school.id)):
            records += page
        classes = EducationClasses(records).newest_of_school(day_in_sofia(self._clock()))
        return teams_of(classes)

    async def _students(self, school: School) -> list[Person]:
        people = await self._directory.people_of_school(school)
        return [person for person in people if person.kind is Kind.STUDENT]

    async def _names_by_member(self, teams: Sequence[ClassTeam]) -> Mapping[str, tuple[str, ...]]:
        """The names of those of the teams that each member is in, by the member's id in small letters."""
        names: dict[str, dict[str, None]] = defaultdict(dict)
        lists = await self._lists([self._calls.members(team.id) for team in teams])
        if teams and not any(lists) and self._transport.ways.known.members is Members.EMPTY:
            raise DirectoryForbidden("members-hidden")  # not "nobody is in the class"
        for team, members in zip(teams, lists, strict=True):
            for member in members:
                names[reading.person_id(member).lower()][team.name] = None
        return {member: tuple(found) for member, found in names.items()}

    async def _lists(self, calls: Sequence[Call]) -> list[list[object]]:
        """Every page of each of at most 20 lists, their first pages in one request; empty for a team that is gone."""
        if not calls:
            return []
        firsts = [answer.found() for answer in await self._transport.batch(calls)]
        return [
            [] if first is None else await self._transport.completed(call, first)
            for call, first in zip(calls, firsts, strict=True)
        ]

    async def _without_visitors(self, people: Sequence[Person], name: str, *, alone: bool) -> list[Person]:
        """Without those whose other teams speak of another class. Asked only of whom these teams leave in doubt:
        everybody where each team is of several classes, else who is in few of them.
        """
        most = max((len(person.teams or ()) for person in people), default=0)
        doubtful = [person for person in people if not alone or is_doubtful(person.teams or (), most)]
        if len(doubtful) > MOST_DOUBTFUL:
            return list(people)
        told: dict[str, Person] = {}
        for start in range(0, len(doubtful), MOST_ITEMS):
            for person in await self._directory.with_teams(doubtful[start : start + MOST_ITEMS]):
                told[person.id] = person
        visitors = {person.id for person in told.values() if is_of_another_class(person, name)}
        return [
            replace(person, teams=told[person.id].teams or person.teams) if person.id in told else person
            for person in people
            if person.id not in visitors
        ]


def _by_name(people: Iterable[Person]) -> tuple[Person, ...]:
    return tuple(sorted(people, key=lambda person: (person.name.casefold(), person.username)))
