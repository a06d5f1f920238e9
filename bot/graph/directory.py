"""The ports `Directory`, `RoleSource` and `AccountIds` over Microsoft Graph."""

from collections.abc import Sequence
from dataclasses import replace

from bot.core.actors.model import RoleFacts
from bot.core.clock import Clock, day_in_sofia
from bot.core.errors import DirectoryMisunderstood
from bot.core.people.model import Person, School
from bot.core.people.regions import region_key
from bot.graph import reading
from bot.graph.batch import MOST_ITEMS, Answer
from bot.graph.calls import Calls
from bot.graph.describing import Call, warm
from bot.graph.identities import is_object_id, is_school_code, is_username, normal
from bot.graph.options import GraphOptions
from bot.graph.school_years import EducationClasses, expanded
from bot.graph.sweeps import Sweeps
from bot.graph.transport import GraphTransport
from bot.graph.ways import MOST_EXPANDED, Ways

_RELATIONS = ("schools", "classes")
"""In the order in which they are expanded."""


class GraphDirectory:
    """Reads only. What has not the form of an id, code or username cannot exist: nobody is asked."""

    def __init__(self, transport: GraphTransport, options: GraphOptions, clock: Clock) -> None:
        self._transport = transport
        self._options = options
        self._clock = clock
        self._sweeps: Sweeps[Person] = Sweeps(transport.machine.now)
        self._schools: Sweeps[School] = Sweeps(transport.machine.now)

    @property
    def transport(self) -> GraphTransport:
        """For who counts requests (`sent`) or reports health (`breaker`)."""
        return self._transport

    async def role_facts(self, object_id: str) -> RoleFacts:
        """See `RoleSource`. A part that fails fails the whole: facts with a hole could name the wrong role."""
        if not is_object_id(object_id):
            return RoleFacts(object_id=object_id, exists=False)
        await warm()  # nothing is asked before somebody's role is, so here is where to wait for the builders
        return await self._transport.ways.by(lambda ways: self._role_facts(object_id, ways))

    async def _role_facts(self, object_id: str, ways: Ways) -> RoleFacts:
        asking = Calls(self._options, ways)
        calls = {"account": asking.account(object_id), "education": asking.education_account(object_id)}
        if not ways.expands:
            calls["schools"] = asking.schools_of(object_id, "role-facts")
        if self._options.app_roles:
            calls["roles"] = asking.app_roles(object_id)
        answers = dict(zip(calls, await self._transport.batch(list(calls.values())), strict=True))
        found = {part: answer.found() for part, answer in answers.items()}
        if found["account"] is None:
            return RoleFacts(object_id=object_id, exists=False)
        account = reading.same(reading.thing(found["account"], "account"), "id", object_id)
        education: dict[str, object] = {}
        if found["education"] is not None:
            education.update(reading.same(reading.thing(found["education"], "person"), "id", object_id))
            if not ways.expands:
                education["schools"] = await self._all(calls["schools"], answers["schools"])
        roles: list[object] = []
        if (
            page := found.get("roles")
        ) is not None:  # more than one for somebody assigned to hundreds of applications
            roles = await self._transport.completed(calls["roles"], page)
        return reading.role_facts(normal(object_id), account, education, roles, self._options)

    async def school_by_code(self, code: str) -> School | None:
        """See `RoleSource`. Two schools with one code are an error: neither may be taken for the other."""
        if not is_school_code(code):
            return None
        return await self._transport.ways.by(lambda ways: self._school_by_code(code, ways))

    async def _school_by_code(self, code: str, ways: Ways) -> School | None:
        calls = Calls(self._options, ways).schools_by_code(code)
        if len(calls) == 1:
            answers: Sequence[Answer] = (await self._transport.send(calls[0]),)
        else:
            answers = await self._transport.batch(calls)
        bare = code.lstrip("0")
        records: list[object] = []
        for call, answer in zip(calls, answers, strict=True):
            records += await self._transport.completed(call, answer.value())
        found = reading.schools(records, self._options)
        if any(school.code != bare for school in found):
            raise DirectoryMisunderstood("filter-not-obeyed")
        if len(found) > 1:
            raise DirectoryMisunderstood("school-code-twice")
        return found[0] if found else None

    async def schools_of_region(self, region: str) -> tuple[School, ...]:
        """See `bot.core.oversight.ports.SchoolsOfRegion`. The directory cannot be asked for one region: all schools
        are read, at most five minutes old, and for all offices together.
        """
        wanted = region_key(region)
        every = await self._schools.of("", self._every_school) if wanted else ()
        return tuple(one for one in every if region_key(one.region) == wanted)

    async def _every_school(self) -> tuple[School, ...]:
        schools: dict[str, School] = {}
        async for page in self._transport.pages(Calls(self._options).every_school()):
            schools |= {school.id: school for school in reading.schools(page, self._options)}
        return tuple(schools.values())

    async def find_by_identifier(self, forms: Sequence[str]) -> tuple[Person, ...]:
        """See `Directory`. Errors: also ValueError for a form that is not 1 to 50 digits."""
        return await self._transport.ways.by(lambda ways: self._find_by_identifier(forms, ways))

    async def _find_by_identifier(self, forms: Sequence[str], ways: Ways) -> tuple[Person, ...]:
        records = await self._transport.all_in_batch(*Calls(self._options, ways).people_by_identifier(forms))
        # A service that ignores a filter answers with somebody else: better no answer than a stranger's account.
        if not all(reading.identifiers(record) & frozenset(forms) for record in records):
            raise DirectoryMisunderstood("filter-not-obeyed")
        people = {reading.person_id(record): record for record in records}
        return await self._completed(tuple(people.values()), ways)

    async def find_by_username(self, username: str) -> Person | None:
        """See `Directory`."""
        if not is_username(username):
            return None
        return await self._transport.ways.by(lambda ways: self._find_by_username(username, ways))

    async def _find_by_username(self, username: str, ways: Ways) -> Person | None:
        if not ways.username_as_key:
            found = await self.account_id(username)
            return None if found is None else await self._find_by_id(found, ways)
        (answer,) = await self._transport.batch([Calls(self._options, ways).person_by_username(username)])
        return await self._one(answer, "userPrincipalName", username, ways)

    async def account_id(self, username: str) -> str | None:
        """See `AccountIds`."""
        if not is_username(username):
            return None
        (answer,) = await self._transport.batch([Calls(self._options).account_by_username(username)])
        if (found := answer.found()) is None:
            return None
        account = reading.same(reading.thing(found, "account"), "userPrincipalName", username)
        return reading.person_id(account)

    async def find_by_id(self, object_id: str) -> Person | None:
        """See `Directory`."""
        if not is_object_id(object_id):
            return None
        return await self._transport.ways.by(lambda ways: self._find_by_id(object_id, ways))

    async def _find_by_id(self, object_id: str, ways: Ways) -> Person | None:
        answer = await self._transport.send(Calls(self._options, ways).person_by_id(object_id))
        return await self._one(answer, "id", object_id, ways)

    async def people_of_school(self, school: School) -> tuple[Person, ...]:
        """See `Directory`. At most five minutes old."""
        sweep = self._transport.ways.by
        return await self._sweeps.of(school.id, lambda: sweep(lambda ways: self._swept(school, ways)))

    async def with_teams(self, people: Sequence[Person]) -> tuple[Person, ...]:
        """See `Directory`. Errors: also ValueError for more than 20 people."""
        if not people:
            return ()
        asking, today = Calls(self._options), day_in_sofia(self._clock())
        calls = [asking.classes_of(person.id, "with-teams") for person in people]
        return tuple(
            [
                replace(person, teams=EducationClasses(await self._all(call, answer)).titles(today))
                for person, call, answer in zip(people, calls, await self._transport.batch(calls), strict=True)
            ]
        )

    async def _one(self, answer: Answer, key: str, asked: str, ways: Ways) -> Person | None:
        if (record := answer.found()) is None:
            return None
        (completed,) = await self._completed((reading.same(reading.thing(record, "person"), key, asked),), ways)
        return completed

    async def _completed(self, records: Sequence[object], ways: Ways) -> tuple[Person, ...]:
        """The people, with those of their schools and teams that did not come expanded in the first request."""
        people = [reading.person(record, self._options) for record in records]
        asking, today = Calls(self._options, ways), day_in_sofia(self._clock())
        # Graph may leave an empty expansion out; that it was asked for makes it empty, not unread.
        missing = [
            (place, relation)
            for place, record in enumerate(records)
            for number, relation in enumerate(_RELATIONS)
            if number >= ways.expands or reading.is_cut(record, relation, MOST_EXPANDED)
        ]
        found: dict[tuple[int, str], list[object]] = {}
        for start in range(0, len(missing), MOST_ITEMS):
            some = missing[start : start + MOST_ITEMS]
            calls = [
                (asking.schools_of if relation == "schools" else asking.classes_of)(people[place].id)
                for place, relation in some
            ]
            answers = await self._transport.batch(calls)
            for each, call, answer in zip(some, calls, answers, strict=True):
                found[each] = await self._all(call, answer)
        return tuple(
            replace(
                person,
                schools=reading.schools(found[place, "schools"], self._options)
                if (place, "schools") in found
                else person.schools,
                teams=(
                    EducationClasses(found[place, "classes"])
                    if (place, "classes") in found
                    else expanded(records[place])
                ).titles(today),
            )
            for place, person in enumerate(people)
        )

    async def _all(self, call: Call, answer: Answer) -> list[object]:
        """Every page of a list that was asked for in a batch; none when its owner is gone meanwhile."""
        first = answer.found()
        return [] if first is None else await self._transport.completed(call, first)

    async def _swept(self, school: School, ways: Ways) -> tuple[Person, ...]:
        shared: dict[tuple[School, ...], tuple[School, ...]] = {}
        people: dict[str, Person] = {}
        async for page in self._transport.pages(Calls(self._options, ways).people_of_school(school.id)):
            for record in page:
                person = reading.person(record, self._options)
                # The list says that they belong to this school, whatever an expansion left out. One tuple of schools
                # for everybody who has the same keeps 1,500 people small.
                schools = person.schools if person.attends(school.id) else (school, *person.schools)
                people[person.id] = replace(person, schools=shared.setdefault(schools, schools))
        return tuple(people.values())
