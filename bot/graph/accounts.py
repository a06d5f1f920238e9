"""The ports `AccountReader` and `Placements` over Microsoft Graph, with the reader identity: one account, and where
its student is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.core.clock import Clock, day_in_sofia
from bot.core.errors import DirectoryError
from bot.core.passwords.model import AccountFacts, PasswordDates
from bot.core.passwords.ports import Rosters
from bot.core.people.model import Kind, Person, School, SchoolClass
from bot.core.transfers.model import Placement, Team
from bot.graph import reading
from bot.graph.batch import MOST_ITEMS, Answer
from bot.graph.calls import Calls, RosterCalls
from bot.graph.calls_accounts import AccountCalls
from bot.graph.class_teams import teams_of, teams_of_class
from bot.graph.describing import Call, Priority, warm
from bot.graph.identities import is_object_id
from bot.graph.options import GraphOptions
from bot.graph.reading_accounts import account_facts, is_privileged, password_dates
from bot.graph.school_years import EducationClasses, KnownClass, expanded
from bot.graph.transport import GraphTransport
from bot.graph.ways import MOST_EXPANDED, Ways

MOST_PASSWORD_CHANGES = 100
_INTENT = "account-facts"
_BOTH = 2
"""Relations of a person that are read: schools and classes."""

_ORDINARY_ROLES = frozenset({"", "6"})
"""SysRole of НЕИСПУО: student, or none."""


class GraphAccounts:
    """Reads only, and remembers nothing: what it says decides whether a password is set."""

    def __init__(self, transport: GraphTransport, options: GraphOptions, clock: Clock) -> None:
        self._transport = transport
        self._options = options
        self._clock = clock
        self._calls = AccountCalls(options)

    async def facts(self, person_id: str) -> AccountFacts | None:
        """See `AccountReader`. More than one request only for somebody in more groups than a page holds."""
        if not is_object_id(person_id):
            return None
        await warm()
        return await self._transport.ways.by(lambda ways: self._facts(person_id, ways))

    async def _facts(self, person_id: str, ways: Ways) -> AccountFacts | None:
        people = Calls(self._options, ways)
        calls = {
            "account": self._calls.account(person_id),
            "person": people.person_by_id(person_id, _INTENT),
            "memberships": self._calls.memberships(person_id),
            "scoped": self._calls.scoped_roles(person_id),
        }
        if not ways.expands:
            calls["schools"] = people.schools_of(person_id, _INTENT)
        if ways.expands < _BOTH:
            calls["classes"] = people.classes_of(person_id, _INTENT)
        answers = dict(zip(calls, await self._transport.batch(list(calls.values())), strict=True))
        if (found := answers["account"].found()) is None:
            return None
        account = reading.same(reading.thing(found, "account"), "id", person_id)
        person = await self._person(person_id, calls, answers, people)
        # Of an account that exists, "no such object" about its memberships is no answer: `value` refuses it.
        memberships, scoped = [
            await self._transport.completed(calls[part], answers[part].value()) for part in ("memberships", "scoped")
        ]
        return account_facts(person, account, is_privileged(memberships, scoped), self._options)

    async def _person(
        self, person_id: str, calls: Mapping[str, Call], answers: Mapping[str, Answer], people: Calls
    ) -> Person | None:
        if (found := answers["person"].found()) is None:
            return None
        person = reading.person(reading.same(reading.thing(found, "person"), "id", person_id), self._options)
        if "schools" in answers:
            schools = await self._transport.completed(calls["schools"], answers["schools"].value())
            person = replace(person, schools=reading.schools(schools, self._options))
        classes = expanded(found)
        if "classes" in answers:
            classes = EducationClasses(await self._transport.completed(calls["classes"], answers["classes"].value()))
        elif reading.is_cut(found, "classes", MOST_EXPANDED):
            call = people.classes_of(person_id, _INTENT)
            whole = (await self._transport.send(call)).value()
            classes = EducationClasses(await self._transport.completed(call, whole))
        return replace(person, teams=classes.titles(day_in_sofia(self._clock())))

    async def password_changes(self, person_ids: Sequence[str]) -> Mapping[str, datetime | None]:
        """See `AccountReader`. Errors: also ValueError for more than 100."""
        return {one: dates.changed for one, dates in (await self.password_dates(person_ids)).items()}

    async def password_dates(self, person_ids: Sequence[str]) -> Mapping[str, PasswordDates]:
        """See `AccountReader`. Errors: as above."""
        if len(person_ids) > MOST_PASSWORD_CHANGES:
            raise ValueError(f"at most {MOST_PASSWORD_CHANGES} at once, not {len(person_ids)}")
        await warm()
        asked = [each for each in dict.fromkeys(person_ids) if is_object_id(each)]
        priority: Priority = "high" if len(asked) == 1 else "low"
        found: dict[str, PasswordDates] = {}
        for start in range(0, len(asked), MOST_ITEMS):
            some = asked[start : start + MOST_ITEMS]
            calls = [self._calls.password_change(each, priority) for each in some]
            for person_id, answer in zip(some, await self._transport.batch(calls), strict=True):
                try:
                    account = reading.same(reading.thing(answer.value(), "account"), "id", person_id)
                    found[person_id] = password_dates(account)
                except DirectoryError:
                    continue  # who could not be read is not in the answer
        return found


class GraphPlacements:
    """Reads only. `accounts` tells what an account is, `rosters` the classes of a school."""

    def __init__(
        self,
        transport: GraphTransport,
        options: GraphOptions,
        accounts: GraphAccounts,
        rosters: Rosters,
        clock: Clock,
    ) -> None:
        self._transport = transport
        self._options = options
        self._clock = clock
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
        classes = EducationClasses(records)
        ordinary = (
            facts.person.kind is Kind.STUDENT
            and (facts.extension_role or "").strip() in _ORDINARY_ROLES
            and not (facts.privileged or facts.guest or facts.synchronised)
            and not facts.person.username.partition("@")[0].isdecimal()
        )
        person = replace(facts.person, teams=classes.titles(day_in_sofia(self._clock())))
        # With the teams of former years, which are left like the others.
        return Placement(person, tuple(Team(one.id, one.title) for one in classes.every()), ordinary)

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
        newest, today = await self._newest_of(school)
        running = teams_of(one for one in newest if not one.has_ended(today))
        return tuple(Team(team.id, team.name) for team in teams_of_class(running, class_name))

    async def class_is_over(self, school: School, class_name: str) -> bool:
        """See `Placements`."""
        newest, today = await self._newest_of(school)
        there = {team.id for team in teams_of_class(teams_of(newest), class_name)}
        return bool(there) and all(one.has_ended(today) for one in newest if one.id in there)

    async def teams_of_school(self, school_id: str) -> tuple[Team, ...]:
        """See `Placements`."""
        return tuple(Team(one.id, one.title) for one in (await self._classes_of(school_id)).every())

    async def _newest_of(self, school: School) -> tuple[tuple[KnownClass, ...], date]:
        today = day_in_sofia(self._clock())
        return (await self._classes_of(school.id)).newest_of_school(today), today

    async def _classes_of(self, school_id: str) -> EducationClasses:
        await warm()
        records: list[object] = []
        async for page in self._transport.pages(self._calls.classes_of_school(school_id)):
            records += page
        return EducationClasses(records)
