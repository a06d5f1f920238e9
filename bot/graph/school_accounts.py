"""The port `SchoolAccounts` over Microsoft Graph, with the reader identity.

A look costs few requests whatever the school: its roster and its administrative unit in pages, its class teams in
pages, and one or a few member lists a class. Where the tenant does not tell the members of the unit, the dates come
with the members of the classes' groups, and who is in no class has none.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.accounts.model import Account, Looked
from bot.core.clock import Clock, day_in_sofia
from bot.core.errors import DirectoryForbidden, DirectoryMisunderstood
from bot.core.people.identifiers import as_issued
from bot.core.people.model import AccountState, Kind, Person, School
from bot.graph import reading
from bot.graph.batch import MOST_ITEMS, Answer
from bot.graph.calls import RosterCalls
from bot.graph.calls_school_accounts import SchoolAccountCalls
from bot.graph.class_teams import ClassTeam, classes_in, teams_of
from bot.graph.describing import Call, warm
from bot.graph.options import GraphOptions
from bot.graph.reading_accounts import USER, moment, password_dates
from bot.graph.school_years import EducationClasses, by_year
from bot.graph.shared import Shared
from bot.graph.transport import GraphTransport

_REFUSED = frozenset({400, 403})
MOST_LISTS = 100
"""Member lists of classes asked for in one look: with the pages of a school of 1,500 some 110 requests."""

_MOST_OF_CLASS = 3
"""Lists of one class: of its lessons „Час на класа“, of which it has one, unless somebody calls another team so. Of a
class without one, of its teams: a group may be half a class.
"""


@dataclass(frozen=True, slots=True)
class _Dates:
    enabled: bool | None
    created: datetime | None
    changed: datetime | None
    signed_in: datetime | None


class GraphSchoolAccounts:
    """Reads only."""

    def __init__(self, transport: GraphTransport, options: GraphOptions, clock: Clock) -> None:
        self._transport = transport
        self._options = options
        self._clock = clock
        self._roster = RosterCalls(options)
        self._looking: Shared[Looked] = Shared()

    async def look(self, school: School) -> Looked:
        """See `SchoolAccounts`. Who asks while a school is being looked at shares that look."""
        return await self._looking.of(school.id, lambda: self._look(school))

    async def _look(self, school: School) -> Looked:
        await warm()
        at = self._clock()
        asking = _Look(self._transport, self._options)
        people = await self._people(asking, school)
        found = EducationClasses(await asking.pages(self._roster.classes_of_school(school.id, "low")))
        today = day_in_sofia(at)
        years = [teams_of(some) for some in by_year(found.newest_of_school(today), today)]
        teams = [team for some in years for team in some]
        dates = await self._of_unit(asking, school)
        by_group = dates is None
        members = await self._members(asking, teams, by_group=by_group)
        if dates is None:
            every = [one for each in members.values() for one in each.items()]
            dates = {person: told for person, told in every if told is not None}
        if people and not _tell(dates):
            raise DirectoryForbidden("dates-hidden")  # not "nobody ever changed a password", nor "everybody has"
        classes: dict[str, str] = {}
        for some in years:  # who is in a class of the next year already is in none of the last
            classes = _classes(some, members) | classes
        twins = _twins(people)
        accounts = tuple(
            _account(one, classes.get(one.id, ""), dates.get(one.id), twin=one.id in twins) for one in people
        )
        return Looked(school, at, accounts, asking.requests)

    async def _people(self, asking: "_Look", school: School) -> tuple[Person, ...]:
        records = await asking.pages(asking.calls.people(school.id))
        people = {one.id: one for one in (reading.person(each, self._options) for each in records)}
        return tuple(one for one in people.values() if one.kind in {Kind.STUDENT, Kind.TEACHER})

    async def _of_unit(self, asking: "_Look", school: School) -> dict[str, _Dates] | None:
        """The dates by account; None where the tenant tells neither who is in the unit nor anybody's dates."""
        ways = self._transport.ways
        if not ways.now.units:
            return None
        try:
            dated = _dated(await asking.of_unit(school.id))
        except (DirectoryForbidden, DirectoryMisunderstood):
            dated = {}
        if _tell(dated):
            return dated
        ways.doubted.set()  # an empty unit is one that is not shown, and so is one without a date
        return None

    async def _members(
        self, asking: "_Look", teams: Sequence[ClassTeam], *, by_group: bool
    ) -> Mapping[str, dict[str, _Dates | None]]:
        """Who is in some teams of each class, as far as the tenant shows it, by the team's id. Its class hours are
        read all or, where there are too many, not at all, nor anything else of it: their owners choose their names,
        and would choose which of them is read.
        """
        hours = {team.id for team in teams if team.is_class_hour}
        first: list[str] = []
        more: list[str] = []
        for class_ in classes_in(teams):
            of_class = [team for team in class_.teams if team in hours]
            if not of_class:
                first += class_.teams[:1]
                more += class_.teams[1:_MOST_OF_CLASS]
            elif len(of_class) <= min(_MOST_OF_CLASS, MOST_LISTS - len(first)):
                first += of_class
        asked = list(dict.fromkeys((*first, *more)))[:MOST_LISTS]
        found: dict[str, dict[str, _Dates | None]] = {}
        for start in range(0, len(asked), MOST_ITEMS):
            some = asked[start : start + MOST_ITEMS]
            lists = await (asking.of_classes(some) if by_group else asking.lists(list(map(self._low_members, some))))
            for team, records in zip(some, lists, strict=True):
                found[team] = dict(_dated(records)) if by_group else {reading.person_id(one): None for one in records}
        return found

    def _low_members(self, class_id: str) -> Call:
        return self._roster.members(class_id, "low")


class _Look:
    """One look: what it has asked so far."""

    def __init__(self, transport: GraphTransport, options: GraphOptions) -> None:
        self.calls = SchoolAccountCalls(options, transport.ways.now)
        self.requests = 0
        self._transport = transport
        self._options = options

    async def pages(self, call: Call) -> list[object]:
        """All pages of a list."""
        everything: list[object] = []
        async for page in self._transport.pages(call):
            self.requests += 1
            everything += page
        return everything

    async def of_unit(self, school_id: str) -> list[object]:
        """Who is in the unit, with their dates. Errors: as `pages`."""
        try:
            return await self.pages(self.calls.of_unit(school_id))
        except (DirectoryForbidden, DirectoryMisunderstood):
            if (bare := self._bare()) is None:
                raise
        found = await self.pages(bare.of_unit(school_id))
        self._goes_on_with(bare)
        return found

    async def of_classes(self, class_ids: Sequence[str]) -> list[list[object]]:
        """Who is in each of at most 20 classes, with their dates; as `lists`."""
        calls = list(map(self.calls.of_class, class_ids))
        answers = await self._answers(calls)
        refused = [place for place, answer in enumerate(answers) if answer.status in _REFUSED]
        if refused and (bare := self._bare()) is not None:
            again = [bare.of_class(class_ids[place]) for place in refused]
            for place, call, answer in zip(refused, again, await self._answers(again), strict=True):
                calls[place], answers[place] = call, answer
            if any(answers[place].status == 200 for place in refused):
                self._goes_on_with(bare)
        return await self._read(calls, answers)

    def _bare(self) -> SchoolAccountCalls | None:
        """The calls without sign-ins, if they were asked for: that may be why a list was refused, and they are not
        worth a board.
        """
        if not self.calls.sign_ins:
            return None
        return SchoolAccountCalls(self._options, replace(self._transport.ways.now, sign_ins=False))

    def _goes_on_with(self, bare: SchoolAccountCalls) -> None:
        """A list was answered without them. One that is refused either way has a reason of its own (its members are
        hidden), and says nothing of the others.
        """
        self.calls = bare
        self._transport.ways.doubted.set()

    async def lists(self, calls: Sequence[Call]) -> list[list[object]]:
        """Each of at most 20 lists; empty for one that is gone, or not shown."""
        return await self._read(calls, await self._answers(calls))

    async def _answers(self, calls: Sequence[Call]) -> list[Answer]:
        self.requests += len(calls)
        return list(await self._transport.batch(calls))

    async def _read(self, calls: Sequence[Call], answers: Sequence[Answer]) -> list[list[object]]:
        lists: list[list[object]] = []
        for call, answer in zip(calls, answers, strict=True):
            try:
                first = answer.found()
            except DirectoryForbidden:
                first = None
            lists.append([] if first is None else await self._transport.completed(call, first))
        return lists


def _dated(records: Sequence[object]) -> dict[str, _Dates]:
    """By account; what is no user is passed over."""
    found: dict[str, _Dates] = {}
    for record in records:
        account = reading.thing(record, "account")
        if account.get("@odata.type", USER) != USER:
            continue
        enabled = account.get("accountEnabled")
        dates = password_dates(account)
        activity = account.get("signInActivity")
        found[reading.person_id(account)] = _Dates(
            enabled if isinstance(enabled, bool) else None, dates.created, dates.changed, _signed_in(activity)
        )
    return found


def _signed_in(activity: object) -> datetime | None:
    """When somebody last succeeded to: `lastSignInDateTime` records attempts that failed, too. Not told of sign-ins
    before December 2023 (learn.microsoft.com/graph/api/resources/signinactivity), so none is not "never".
    """
    try:
        return moment(activity.get("lastSuccessfulSignInDateTime")) if isinstance(activity, Mapping) else None
    except DirectoryMisunderstood:
        return None


def _tell(dates: Mapping[str, _Dates]) -> bool:
    """Whether of anybody it is told when the password was set: every account has one. Whom the bot may not read comes
    with nulls, which say nothing.
    """
    return any(one.changed is not None for one in dates.values())


def _classes(teams: Sequence[ClassTeam], members: Mapping[str, Mapping[str, object]]) -> dict[str, str]:
    """The class of each person: that of „Час на класа“, unless more of the lists name another, else the one that most
    of the lists name; in a list of several classes one is of none of them. Whoever owns a team can add people to it:
    who is in the lessons of two classes is of none until one is left.
    """
    hours: dict[str, set[str]] = defaultdict(set)
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for team in teams:
        if len(team.classes) != 1:
            continue
        for person in members.get(team.id, ()):
            if team.is_class_hour:
                hours[person].add(team.classes[0])
            votes[person][team.classes[0]] += 1
    return {person: _class_of(hours.get(person, set()), found) for person, found in votes.items()}


def _class_of(hours: Collection[str], votes: Mapping[str, int]) -> str:
    most = max(votes.values())
    if len(hours) > 1:
        return ""
    return next((name for name in hours if votes[name] == most), min(name for name in votes if votes[name] == most))


def _twins(people: Sequence[Person]) -> frozenset[str]:
    """Those who have another enabled account with the same identifier, with or without its lost zeros. Служебни
    номера that differ by a zero are two people's.
    """
    same: dict[str, list[str]] = defaultdict(list)
    for one in people:
        if one.identifier.strip("0") and one.state is not AccountState.DISABLED:
            same[as_issued(one.identifier)].append(one.id)
    return frozenset(person for found in same.values() if len(found) > 1 for person in found)


def _account(one: Person, class_: str, dates: _Dates | None, *, twin: bool) -> Account:
    """Who is off in the roster or in the directory is off."""
    enabled: bool | None = {AccountState.DISABLED: False, AccountState.ACTIVE: True}.get(one.state)
    if dates is not None and dates.enabled is False:
        enabled = False
    return Account(
        person=one.id,
        name=one.name,
        username=one.username,
        kind=one.kind,
        class_=class_ if one.kind is Kind.STUDENT else "",
        enabled=enabled,
        created=None if dates is None else dates.created,
        changed=None if dates is None else dates.changed,
        twin=twin,
        signed_in=None if dates is None else dates.signed_in,
    )
