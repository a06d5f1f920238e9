"""The port `Placements` over Microsoft Graph, with the reader identity."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.core.errors import DirectoryError
from bot.core.passwords.ports import Rosters
from bot.core.people.model import Kind, School, SchoolClass
from bot.core.transfers.model import Placement, Team
from bot.graph import reading
from bot.graph.accounts import GraphAccounts
from bot.graph.batch import MOST_ITEMS
from bot.graph.calls import Calls
from bot.graph.calls_rosters import RosterCalls
from bot.graph.class_teams import ClassTeam, teams_of_class
from bot.graph.describing import warm
from bot.graph.identities import is_object_id
from bot.graph.options import GraphOptions
from bot.graph.transport import GraphTransport

_ORDINARY_ROLES = frozenset({"", "6"})
"""SysRole of НЕИСПУО: student, or none."""


class GraphPlacements:
    """Reads only. `accounts` tells what an account is, `rosters` the classes of a school."""

    def __init__(
        self, transport: GraphTransport, options: GraphOptions, accounts: GraphAccounts, rosters: Rosters
    ) -> None:
        self._transport = transport
        self._options = options
        self._accounts = accounts
        self._rosters = rosters
        self._people = Calls(options)
        self._calls = RosterCalls(options)

    async def of(self, person_id: str) -> Placement | None:
        """See `Placements`. Two requests: what the account is, and its class teams with their ids."""
        facts = await self._accounts.facts(person_id)
        if facts is None:
            return None
        call = self._people.classes_of(person_id, "placement")
        answer = await self._transport.send(call)
        # Of somebody whom the roster knows, "no such object" about their teams is no answer: `value` refuses it.
        found = answer.found() if facts.person.kind is Kind.OTHER else answer.value()
        records = [] if found is None else await self._transport.completed(call, found)
        teams = tuple(dict.fromkeys(Team(*reading.class_team(record)) for record in records))
        ordinary = (
            facts.person.kind is Kind.STUDENT
            and (facts.extension_role or "").strip() in _ORDINARY_ROLES
            and not (facts.privileged or facts.guest or facts.synchronised)
            and not facts.person.username.partition("@")[0].isdecimal()
        )
        person = replace(facts.person, teams=tuple(team.name for team in teams if team.name))
        return Placement(person, teams, ordinary)

    async def schools_of(self, person_ids: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
        """See `Placements`. Errors: also ValueError for more than 20."""
        if len(person_ids) > MOST_ITEMS:
            raise ValueError(f"at most {MOST_ITEMS} at once, not {len(person_ids)}")
        asked = [each for each in dict.fromkeys(person_ids) if is_object_id(each)]
        if not asked:
            return {}
        await warm()
        calls = [self._people.schools_of(each, "schools-of-moving", "low") for each in asked]
        schools: dict[str, tuple[str, ...]] = {}
        for person_id, call, answer in zip(asked, calls, await self._transport.batch(calls), strict=True):
            try:
                found = answer.found()
                read = (
                    ()
                    if found is None
                    else reading.schools(await self._transport.completed(call, found), self._options)
                )
            except DirectoryError:
                continue  # who could not be read is not in the answer
            schools[person_id] = tuple(school.id for school in read)
        return schools

    async def classes_of(self, school: School) -> tuple[SchoolClass, ...]:
        """See `Placements`. Grades of a school whose teams name no class are no classes."""
        return tuple(one for one in await self._rosters.classes_of(school) if one.teams)

    async def teams_of_class(self, school: School, class_name: str) -> tuple[Team, ...]:
        """See `Placements`."""
        if not class_name:
            return ()
        named = [ClassTeam.named(team.id, team.name) for team in await self.teams_of_school(school.id)]
        return tuple(Team(team.id, team.name) for team in teams_of_class(named, class_name))

    async def teams_of_school(self, school_id: str) -> tuple[Team, ...]:
        """See `Placements`."""
        await warm()
        teams: dict[str, Team] = {}
        async for page in self._transport.pages(self._calls.classes_of_school(school_id)):
            for record in page:
                team = Team(*reading.class_team(record))
                teams[team.id] = team
        return tuple(teams.values())
