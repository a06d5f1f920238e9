"""The port `AccountReader` over Microsoft Graph, with the reader identity."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.core.errors import DirectoryError
from bot.core.passwords.model import AccountFacts, PasswordDates
from bot.core.people.model import Person
from bot.graph import reading
from bot.graph.batch import MOST_ITEMS, Answer
from bot.graph.calls import Calls
from bot.graph.calls_accounts import AccountCalls
from bot.graph.describing import Priority, warm
from bot.graph.identities import is_object_id
from bot.graph.options import GraphOptions
from bot.graph.paging import page_value
from bot.graph.reading_accounts import account_facts, is_privileged, password_dates
from bot.graph.transport import GraphTransport
from bot.graph.ways import MOST_EXPANDED, Ways

MOST_PASSWORD_CHANGES = 100
_INTENT = "account-facts"
_BOTH = 2
"""Relations of a person that are read: schools and classes."""


class GraphAccounts:
    """Reads only, and remembers nothing: what it says decides whether a password is set."""

    def __init__(self, transport: GraphTransport, options: GraphOptions) -> None:
        self._transport = transport
        self._options = options
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
        person = await self._person(person_id, answers, people)
        # Of an account that exists, "no such object" about its memberships is no answer: `value` refuses it.
        memberships, scoped = [
            await self._transport.completed(calls[part], answers[part].value()) for part in ("memberships", "scoped")
        ]
        return account_facts(person, account, is_privileged(memberships, scoped), self._options)

    async def _person(self, person_id: str, answers: Mapping[str, Answer], people: Calls) -> Person | None:
        if (found := answers["person"].found()) is None:
            return None
        person = reading.person(reading.same(reading.thing(found, "person"), "id", person_id), self._options)
        if "schools" in answers:
            person = replace(person, schools=reading.schools(page_value(answers["schools"].value()), self._options))
        if "classes" in answers:
            return replace(person, teams=reading.teams(page_value(answers["classes"].value())))
        if reading.is_cut(found, "classes", MOST_EXPANDED):
            whole = await self._transport.send(people.classes_of(person_id, _INTENT))
            return replace(person, teams=reading.teams(page_value(whole.value())))
        return replace(person, teams=person.teams or ())

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
