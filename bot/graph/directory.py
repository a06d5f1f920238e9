"""The ports `Directory`, `RoleSource` and `AccountIds` over Microsoft Graph."""

from collections.abc import Sequence
from dataclasses import replace

from bot.core.actors.model import RoleFacts
from bot.core.errors import DirectoryMisunderstood
from bot.core.people.model import Person, School
from bot.core.ports import Clock
from bot.graph import reading
from bot.graph.batch import MOST_ITEMS, Answer
from bot.graph.calls import Calls
from bot.graph.describing import warm
from bot.graph.identities import is_object_id, is_school_code, is_username
from bot.graph.options import GraphOptions
from bot.graph.paging import page_value
from bot.graph.sweeps import Sweeps
from bot.graph.transport import GraphTransport

_CALLS_A_PERSON = 2


class GraphDirectory:
    """Reads only. What has not the form of an id, code or username cannot exist: nobody is asked."""

    def __init__(self, transport: GraphTransport, options: GraphOptions, clock: Clock) -> None:
        self._transport = transport
        self._options = options
        self._calls = Calls(options)
        self._sweeps: Sweeps[Person] = Sweeps(clock)

    @property
    def transport(self) -> GraphTransport:
        """For who counts requests (`sent`) or reports health (`breaker`)."""
        return self._transport

    async def role_facts(self, object_id: str) -> RoleFacts:
        """See `RoleSource`. A part that fails fails the whole: facts with a hole could name the wrong role."""
        if not is_object_id(object_id):
            return RoleFacts(object_id=object_id, exists=False)
        await warm()  # nothing is asked before somebody's role is, so here is where to wait for the builders
        calls = {"account": self._calls.account(object_id), "education": self._calls.education_account(object_id)}
        if not self._options.expands:
            calls["schools"] = self._calls.schools_of(object_id, "role-facts")
        if self._options.app_roles:
            calls["roles"] = self._calls.app_roles(object_id)
        answers = dict(zip(calls, await self._transport.batch(list(calls.values())), strict=True))
        found = {part: answer.found() for part, answer in answers.items()}
        if found["account"] is None:
            return RoleFacts(object_id=object_id, exists=False)
        account = reading.same(reading.thing(found["account"], "account"), "id", object_id)
        education: dict[str, object] = {}
        if found["education"] is not None:
            education.update(reading.same(reading.thing(found["education"], "person"), "id", object_id))
            if not self._options.expands:
                education["schools"] = _values(found["schools"])
        roles: list[object] = []
        if (
            page := found.get("roles")
        ) is not None:  # more than one for somebody assigned to hundreds of applications
            roles = await self._transport.completed(calls["roles"], page)
        return reading.role_facts(object_id, account, education, roles, self._options)

    async def school_by_code(self, code: str) -> School | None:
        """See `RoleSource`. Two schools with one code are an error: neither may be taken for the other."""
        if not is_school_code(code):
            return None
        answer = await self._transport.send(self._calls.schools_by_code(code))
        bare = code.lstrip("0")
        found = reading.schools(page_value(answer.value()), self._options)
        if any(school.code != bare for school in found):
            raise DirectoryMisunderstood("filter-not-obeyed")
        if len(found) > 1:
            raise DirectoryMisunderstood("school-code-twice")
        return found[0] if found else None

    async def find_by_identifier(self, forms: Sequence[str]) -> tuple[Person, ...]:
        """See `Directory`. Errors: also ValueError for a form that is not 1 to 20 digits."""
        records = await self._transport.all_in_batch(self._calls.people_by_identifier(forms))
        # A service that ignores a filter answers with somebody else: better no answer than a stranger's account.
        if not all(reading.identifiers(record) & frozenset(forms) for record in records):
            raise DirectoryMisunderstood("filter-not-obeyed")
        people = {person.id: person for person in (reading.person(record, self._options) for record in records)}
        return await self._completed(tuple(people.values()))

    async def find_by_username(self, username: str) -> Person | None:
        """See `Directory`."""
        if not is_username(username):
            return None
        (answer,) = await self._transport.batch([self._calls.person_by_username(username)])
        return await self._one(answer, "userPrincipalName", username)

    async def account_id(self, username: str) -> str | None:
        """See `AccountIds`."""
        if not is_username(username):
            return None
        (answer,) = await self._transport.batch([self._calls.account_by_username(username)])
        if (found := answer.found()) is None:
            return None
        account = reading.same(reading.thing(found, "account"), "userPrincipalName", username)
        return reading.person_id(account)

    async def find_by_id(self, object_id: str) -> Person | None:
        """See `Directory`."""
        if not is_object_id(object_id):
            return None
        answer = await self._transport.send(self._calls.person_by_id(object_id))
        return await self._one(answer, "id", object_id)

    async def people_of_school(self, school: School) -> tuple[Person, ...]:
        """See `Directory`. At most five minutes old."""
        return await self._sweeps.of(school.id, lambda: self._swept(school))

    async def with_teams(self, people: Sequence[Person]) -> tuple[Person, ...]:
        """See `Directory`. Errors: also ValueError for more than 20 people."""
        if not people:
            return ()
        answers = await self._transport.batch([self._calls.classes_of(person.id, "with-teams") for person in people])
        return tuple(
            replace(person, teams=reading.teams(_values(answer.found())))
            for person, answer in zip(people, answers, strict=True)
        )

    async def _one(self, answer: Answer, key: str, asked: str) -> Person | None:
        if (record := answer.found()) is None:
            return None
        person = reading.person(reading.same(reading.thing(record, "person"), key, asked), self._options)
        (completed,) = await self._completed((person,))
        return completed

    async def _completed(self, people: tuple[Person, ...]) -> tuple[Person, ...]:
        """With schools and teams, where the directory could not expand them in the first request."""
        if self._options.expands:
            # Graph may leave an empty expansion out; that it was asked for makes it empty, not unread.
            return tuple(replace(person, teams=person.teams or ()) for person in people)
        completed: list[Person] = []
        step = MOST_ITEMS // _CALLS_A_PERSON
        for start in range(0, len(people), step):
            some = people[start : start + step]
            calls = [
                call
                for person in some
                for call in (self._calls.schools_of(person.id), self._calls.classes_of(person.id))
            ]
            values = [_values(answer.found()) for answer in await self._transport.batch(calls)]
            completed.extend(
                replace(person, schools=reading.schools(of_schools, self._options), teams=reading.teams(of_classes))
                for person, of_schools, of_classes in zip(some, values[::2], values[1::2], strict=True)
            )
        return tuple(completed)

    async def _swept(self, school: School) -> tuple[Person, ...]:
        shared: dict[tuple[School, ...], tuple[School, ...]] = {}
        people: dict[str, Person] = {}
        async for page in self._transport.pages(self._calls.people_of_school(school.id)):
            for record in page:
                person = reading.person(record, self._options)
                # The list says that they belong to this school, whatever an expansion left out. One tuple of schools
                # for everybody who has the same keeps 1,500 people small.
                schools = person.schools if person.attends(school.id) else (school, *person.schools)
                people[person.id] = replace(person, schools=shared.setdefault(schools, schools), teams=None)
        return tuple(people.values())


def _values(body: object) -> list[object]:
    """The `value` of a collection that is part of a batch; empty when its owner is gone meanwhile."""
    return [] if body is None else page_value(body)
