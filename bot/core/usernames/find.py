"""A director finds a person's username: what was typed is read, charged, asked of the directory, and only what may be
seen is shown.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from hmac import compare_digest
from typing import assert_never

from bot.core.actors.model import Actor
from bot.core.actors.permits import may_look_up
from bot.core.audit import AuditLog
from bot.core.clock import Clock, day_in_sofia, sofia
from bot.core.people.accounts import current_of, holders_of, of_several, ordered, without_zeros
from bot.core.people.classes import class_of
from bot.core.people.identifiers import Identifier, as_issued, read_as_written, read_identifier
from bot.core.people.model import Person, School
from bot.core.people.names import SHORTEST_GUESSED, NameIndex, one_letter_off, plain_name, readable_name
from bot.core.people.ports import Directory
from bot.core.people.spoken_of import same_class, split_class
from bot.core.people.usernames import after_renaming, before_renaming, read_username
from bot.core.ports import LookupLedger
from bot.core.pseudonyms import Pseudonyms
from bot.core.usernames.charge import Charge
from bot.core.usernames.model import (
    Answer,
    ByChoice,
    ByChoices,
    ByIdentifier,
    ByName,
    ByUsername,
    Denied,
    Found,
    LookupLimits,
    NotFound,
    Purpose,
    Query,
    Reach,
    Several,
    TooMany,
    Unreadable,
)
from bot.core.usernames.policy import may_see, reach_of, stated
from bot.core.usernames.record import Question

_MOST_WITH_TEAMS = 20
_MOST_OF_ONE_NAME = 60
"""Of so many people of one name the classes are read, to find those of one class."""


@dataclass(frozen=True, slots=True)
class SearchTerm:
    """A query that can be searched for. `by` is the kind of identifier, `username`, `name`, `choice` or `choices`;
    `value` what was typed, normalised; `class_` the class that was typed with a name.
    """

    by: str
    value: str = field(repr=False)
    identifier: Identifier | None = None
    class_: str = ""


def read(query: Query, today: date, domain: str, admit_synthetic: bool) -> SearchTerm | Unreadable:
    """The query, or why it cannot be searched for. Asks nobody."""
    match query:
        case ByIdentifier(kind, typed):
            identifier = read_identifier(kind, typed, today, admit_synthetic)
            if isinstance(identifier, Identifier):
                return SearchTerm(kind.value, identifier.digits, identifier)
            return Unreadable(identifier)
        case ByUsername(typed):
            username = read_username(typed, domain)
            return SearchTerm("username", username) if username else Unreadable(None)
        case ByName(typed):
            name, class_ = split_class(typed)
            if not readable_name(name):
                return Unreadable(None)
            return SearchTerm("name", plain_name(name), class_=class_)
        case ByChoice(object_id):
            return SearchTerm("choice", object_id) if object_id else Unreadable(None)
        case ByChoices(object_ids):
            return SearchTerm("choices", ",".join(object_ids)) if object_ids else Unreadable(None)
    assert_never(query)


@dataclass(frozen=True, slots=True)
class SearchPeople:
    """Finds who was asked for among the people a director of one school may see."""

    directory: Directory
    limits: LookupLimits

    async def __call__(self, asked: SearchTerm, school: School, reach: Reach) -> Answer:
        """Found, Several, TooMany or NotFound. By name: two requests, with a class four at most. By anything else
        one, and for a username that nobody has the people of the school, as by name.

        What the directory returns is checked against what was asked: an account that does not match is not shown.
        """
        if asked.by == "name":
            return await self._by_name(asked, school)
        if asked.by == "choices":
            return await self._again(asked.value.split(","), school)
        if asked.identifier is not None:
            found = await self.directory.find_by_identifier(asked.identifier.stored_forms)
            # Only among those who may be seen: who else holds the number must not be told by who is left out.
            return _of_number(asked.identifier, _seen(found, school, reach), school, reach)
        if asked.by == "username":
            meant = _only(await self.directory.find_by_username(asked.value))
            meant = [person for person in meant if person.username.casefold() == asked.value.casefold()]
        else:
            meant = _only(await self.directory.find_by_id(asked.value))
            meant = [person for person in meant if person.id.casefold() == asked.value.casefold()]
        answer = _answer(_seen(meant, school, reach), school, reach)
        if isinstance(answer, NotFound) and asked.by == "username":
            former = await self._renamed(asked.value, school)
            near = former or await self._of_nearly_that_username(asked.value, school)
            return replace(answer, near=near, former=bool(former))
        return answer

    async def _by_name(self, asked: SearchTerm, school: School) -> Answer:
        index = NameIndex(await self._people(school))
        fitting = index.search(asked.value)
        near = () if fitting else index.near(asked.value)[: self._most]
        most = _MOST_OF_ONE_NAME if asked.class_ else self._most
        if len(fitting) > most:
            return TooMany(len(fitting))
        read = await self._with_teams(fitting or near, school)
        of_class = [one for one in read if same_class(class_of(one), asked.class_)] if asked.class_ else read
        if not fitting:
            return NotFound(only_own_school=True, near=tuple((of_class or read)[: self._most]))
        if not of_class:
            near, left_out = tuple(read[: self._most]), max(0, len(read) - self._most)
            return NotFound(only_own_school=True, near=near, not_in=asked.class_ if near else "", left_out=left_out)
        if len(of_class) > self._most:
            return TooMany(len(of_class))
        return _answer(of_class, school, Reach.OWN) if _one_person(of_class) else Several(tuple(of_class))

    async def _again(self, ids: Sequence[str], school: School) -> Answer:
        people = {one.id: one for one in await self._people(school)}
        read = await self._with_teams([people[one] for one in ids if one in people][:_MOST_WITH_TEAMS], school)
        return Several(tuple(read)) if read else NotFound(only_own_school=True)

    async def _renamed(self, username: str, school: School) -> tuple[Person, ...]:
        """Those of the school who may have had this username before it got a second letter."""
        short = before_renaming(username)
        if short is None:
            return ()
        found = [one for one in await self._people(school) if after_renaming(one.username) == short]
        return tuple(await self._with_teams(found[: self._most], school))

    async def _of_nearly_that_username(self, username: str, school: School) -> tuple[Person, ...]:
        local = _local(username)
        if len(local) < SHORTEST_GUESSED:
            return ()
        near = [one for one in await self._people(school) if one_letter_off(_local(one.username), local)]
        return tuple(await self._with_teams(sorted(near, key=lambda one: one.username)[: self._most], school))

    @property
    def _most(self) -> int:
        return min(self.limits.most_choices, _MOST_WITH_TEAMS)

    async def _people(self, school: School) -> list[Person]:
        return _seen(await self.directory.people_of_school(school), school, Reach.OWN)

    async def _with_teams(self, people: Sequence[Person], school: School) -> list[Person]:
        """The same people in their order, those who are still of the school, with their teams."""
        read: list[Person] = []
        for first in range(0, len(people), _MOST_WITH_TEAMS):
            some = {one.id: one for one in await self.directory.with_teams(people[first : first + _MOST_WITH_TEAMS])}
            read += [some[one.id] for one in people if one.id in some]
        return _seen(read, school, Reach.OWN)


def _of_number(number: Identifier, seen: Sequence[Person], school: School, reach: Reach) -> Answer:
    accounts = holders_of(number, seen)
    answer = _answer(accounts, school, reach, number.digits)
    if not isinstance(answer, Found):
        return answer
    several = of_several(number, accounts)
    current = None if several else answer.current
    return replace(answer, current=current, several_people=several, without_zero=without_zeros(number, accounts))


def _answer(accounts: Sequence[Person], school: School, reach: Reach, asked: str = "") -> Answer:
    if not accounts:
        return NotFound(only_own_school=reach is Reach.OWN)
    in_order = ordered(accounts)
    return Found(in_order, in_order[0].attends(school.id), current_of(accounts), asked)


def _seen(people: Iterable[Person], school: School, reach: Reach) -> list[Person]:
    return [person for person in people if may_see(person, school.id, reach)]


def _local(username: str) -> str:
    return username.casefold().partition("@")[0]


def _only(person: Person | None) -> list[Person]:
    return [] if person is None else [person]


def _one_person(accounts: Sequence[Person]) -> bool:
    """Whether these are one person's accounts: none or one, or all with the same identifier."""
    identifiers = {as_issued(account.identifier) for account in accounts}
    return len(accounts) < 2 or (len(identifiers) == 1 and "" not in identifiers)


@dataclass(frozen=True, slots=True, kw_only=True)
class FindUsername:
    """Finds the accounts of one person, for a director.

    - Without a stated reason only their school exists: who is elsewhere and who is nowhere get the same answer by
      the same calls.
    - The budget is charged before the directory is asked and settled before the answer is given, so that parallel
      presses cannot overrun it and no answer goes unrecorded.
    - One look-up leaves one audit entry, also when it is denied by the budget or the directory fails.
    """

    directory: Directory
    ledger: LookupLedger
    audit: AuditLog
    pseudonyms: Pseudonyms
    clock: Clock
    limits: LookupLimits
    domain: str
    admit_synthetic: bool = False

    async def __call__(self, actor: Actor, query: Query, purpose: Purpose | None, operation: str) -> Answer:
        """The answer. `operation` identifies the press: the same press delivered twice is charged once.

        Errors: DirectoryError and its kinds (charged to nobody), StoreUnavailable (nothing was shown).
        """
        permit = may_look_up(actor)
        if not permit.allowed or actor.school is None:
            return Denied(permit)
        now = self.clock()
        asked = read(query, day_in_sofia(now), self.domain, self.admit_synthetic)
        if isinstance(asked, Unreadable):
            asked = self._as_written(query, asked)
        if isinstance(asked, Unreadable):
            return asked
        purpose = stated(purpose)
        question = Question(actor, now, asked.by, self._alias(asked), reach_of(query, purpose), purpose)
        charge = Charge(self.ledger, self.audit, self.limits, question, operation)
        decision = await charge.reserve(sofia())
        if not decision.allowed:
            return Denied(decision)
        try:
            answer = await SearchPeople(self.directory, self.limits)(asked, actor.school, question.reach)
        except BaseException:  # also when the turn's time is over: nobody pays for a look-up that was not answered
            await charge.fail()
            raise
        await charge.settle(answer)
        return answer

    def _as_written(self, query: Query, unreadable: Unreadable) -> SearchTerm | Unreadable:
        """A number that breaks a rule of its kind, as some issued ones do: read when it comes once more."""
        number = read_as_written(unreadable.problem) if unreadable.problem is not None else None
        if number is None or not isinstance(query, ByIdentifier):
            return unreadable
        mark = self.pseudonyms.of(f"as-written-{number.kind.value}", number.digits)
        if compare_digest(mark.encode(), query.again.encode("utf-8", "surrogatepass")):
            return SearchTerm(number.kind.value, number.digits, number)
        return Unreadable(unreadable.problem, again=mark)

    def _alias(self, asked: SearchTerm) -> str:
        """What stands for the question in ledger and audit: never the identifier or name itself."""
        if asked.by == "choice":
            return asked.value
        return self.pseudonyms.of(asked.by, " ".join(filter(None, (asked.value, asked.class_))))
