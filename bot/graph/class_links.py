"""The port `ClassReader` over Microsoft Graph, with the reader identity.

What a class is asked for: its group (`resourceProvisioningOptions`, owners), its members, its team (/beta). Each is
an item of a `$batch`; an item that fails leaves that part of that class unread and nothing else.
"""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import NamedTuple

from bot.core.class_links.model import Existing
from bot.core.class_links.ports import Reading
from bot.core.clock import Clock, day_in_sofia
from bot.core.errors import AccountMissing, DirectoryError, DirectoryMisunderstood
from bot.core.memory import Memory
from bot.core.people.model import School
from bot.graph import reading
from bot.graph.batch import MOST_ITEMS, Answer
from bot.graph.calls_links import MOST_IDS, LinkCalls
from bot.graph.describing import Call, Priority, warm
from bot.graph.failures import request_id
from bot.graph.identities import is_external_id, is_object_id, normal
from bot.graph.options import GraphOptions
from bot.graph.reading_classes import detailed, existing, groups, usernames, value_of
from bot.graph.school_years import EducationClasses
from bot.graph.shared import Shared
from bot.graph.transport import GraphTransport
from bot.graph.ways import SAFE, Members, Ways

MOST_REQUESTS = 60
"""For one school: 400 class teams take 43."""

_LEFT_FOR, _MOST_LEFT = timedelta(minutes=3), 50
"""How long a school's reading waits for somebody who had no time to wait for it, and of how many schools."""

_AT_ONCE = 4
"""Batches of one sweep on their way: the others' budget is for people who wait."""


class _Key(NamedTuple):
    """What is read of a school: a list that has changed meanwhile has other classes."""

    school_id: str
    expected: frozenset[str]


class GraphClassLinks:
    """Reads only."""

    def __init__(self, transport: GraphTransport, options: GraphOptions, clock: Clock) -> None:
        self._transport = transport
        self._options = options
        self._clock = clock
        self._schools: Shared[Reading] = Shared()
        self._left: Memory[_Key, Reading] = Memory(_LEFT_FOR, _MOST_LEFT)

    async def of_teacher(self, person_id: str, expected: Sequence[str]) -> Reading:
        """See `ClassReader`."""
        if not is_object_id(person_id):
            return Reading((), self._clock())
        await warm()
        return await self._transport.ways.by(lambda ways: self._read(expected, ways, taught_by=person_id))

    async def of_rows(self, expected: Sequence[str]) -> Reading:
        """See `ClassReader`."""
        await warm()
        return await self._transport.ways.by(lambda ways: self._read(expected, ways))

    async def _read(self, expected: Sequence[str], ways: Ways, *, taught_by: str = "") -> Reading:
        """The classes of these rows, and those somebody teaches (of no row), without which nothing is said."""
        at = self._clock()
        asking = self._asking("high", ways)
        first: Mapping[str, Call] = {"": asking.calls.taught(taught_by)} if taught_by else {}
        rows = [each for each in dict.fromkeys(expected) if is_external_id(each)]
        calls = {**first, **{each: asking.calls.with_external_id(each) for each in rows}}
        answers = await asking.ask(list(calls.values()))
        if calls and all(answer is None for answer in answers):
            raise asking.error
        found: dict[str, Existing] = {}
        unread: set[str] = {each for each in expected if not is_external_id(each)}
        for (row, call), answer in zip(calls.items(), answers, strict=True):
            if answer is None and not row:
                raise asking.error
            try:
                records = await self._transport.completed(call, value_of(answer))
            except DirectoryError as error:
                refused = isinstance(error, DirectoryMisunderstood) and error.refused
                if not row or (refused and ways.classes_version != SAFE.classes_version):
                    raise
                unread.add(row)
                continue
            told = EducationClasses(records)
            # What is found by its row is the row's, whatever year it says.
            wanted = told.every() if row else told.of_this_year(day_in_sofia(at))
            found |= {each.id: each for each in map(existing, wanted)}
        classes = await asking.details(list(found.values()))
        return Reading(classes, at, frozenset(unread), asking.requests, asking.items)

    async def of_school(self, school: School, expected: Sequence[str]) -> Reading:
        """See `ClassReader`."""
        key = _Key(school.id, frozenset(expected))
        left = self._left.get(key, self._clock())
        read = left or await self._schools.of(key, lambda: self._of_school(key))
        self._left.drop(key)
        return read

    async def _of_school(self, key: "_Key") -> Reading:
        """Kept until somebody takes it: who began it may have had no time to wait."""
        await warm()
        at = self._clock()
        asking = self._asking("low", self._transport.ways.now)
        records: list[object] = []
        async for page in self._transport.pages(asking.calls.of_school(key.school_id)):
            asking.requests += 1
            records += page
        # The newer are asked for first.
        found = EducationClasses(records).of_this_year(day_in_sofia(at), key.expected)
        classes = await asking.details(list(map(existing, found)))
        read = Reading(classes, at, requests=asking.requests, items=asking.items)
        self._left.put(key, read, at)
        return read

    def _asking(self, priority: Priority, ways: Ways) -> "_Asking":
        calls = LinkCalls(self._options, priority, ways.classes_version)
        hidden = ways.members is Members.EMPTY
        return _Asking(self._transport, calls, priority, MOST_REQUESTS, hidden=hidden)

    async def schools_of(self, class_id: str) -> frozenset[str]:
        """See `ClassReader`."""
        await warm()
        call = LinkCalls(self._options, "high").schools(class_id)
        answer = await self._transport.send(call)
        if (body := answer.found()) is None:
            raise AccountMissing("no-such-class", request_id(answer.headers))
        return _schools(await self._transport.completed(call, body))

    async def schools_of_each(self, class_ids: Sequence[str]) -> Mapping[str, frozenset[str]]:
        """See `ClassReader`."""
        await warm()
        asking = self._asking("high", self._transport.ways.now)
        calls = {each: asking.calls.schools(each) for each in class_ids}
        found: dict[str, frozenset[str]] = {}
        for (each, call), answer in zip(calls.items(), await asking.ask(list(calls.values())), strict=True):
            with suppress(DirectoryError):
                found[each] = _schools(await self._transport.completed(call, value_of(answer)))
        return found


def _schools(records: Iterable[object]) -> frozenset[str]:
    schools = (reading.thing(record, "school") for record in records)
    return frozenset(normal(reading.text(school.get("id"))) for school in schools)


class _Asking:
    """One reading: what it has asked, and how much it still may. `hidden`: that nobody is in a class says nothing."""

    def __init__(
        self, transport: GraphTransport, calls: LinkCalls, priority: Priority, most: int, *, hidden: bool
    ) -> None:
        self.calls = calls
        self.requests = 0
        self.items = 0
        self.error = DirectoryError("nothing-answered")
        self._transport = transport
        self._priority = priority
        self._most = most
        self._hidden = hidden
        self._concurrency = asyncio.Semaphore(_AT_ONCE)

    async def details(self, classes: Sequence[Existing]) -> tuple[Existing, ...]:
        """The same classes with their groups, members and teams, in this order as far as the budget goes."""
        ids = [each.id for each in classes]
        somes = [ids[start : start + MOST_IDS] for start in range(0, len(ids), MOST_IDS)]
        calls = [*map(self.calls.groups, somes), *map(self.calls.members, ids)]
        answers, teams = await self._both(calls, list(map(self.calls.team, ids)))
        found = groups(answers[: len(somes)])
        named = map(usernames, answers[len(somes) :])
        read = [names if names or not self._hidden else None for names in named]
        members = dict(zip(ids, read, strict=True))
        told = dict(zip(ids, teams, strict=True))
        return tuple(detailed(each, found, members[each.id], told[each.id]) for each in classes)

    async def _both(
        self, calls: Sequence[Call], teams: Sequence[Call]
    ) -> tuple[list[Answer | None], list[Answer | None]]:
        """A batch goes to one version of the API, so there are two lists; the first goes first on the budget."""
        batches, more = self._afford(calls), self._afford(teams)
        async with asyncio.TaskGroup() as group:
            first = group.create_task(self._answers(calls, batches))
            second = group.create_task(self._answers(teams, more))
        return first.result(), second.result()

    async def ask(self, calls: Sequence[Call]) -> list[Answer | None]:
        """The answers in order; None for what the budget did not allow to be asked, or was not answered."""
        return await self._answers(calls, self._afford(calls))

    def _afford(self, calls: Sequence[Call]) -> list[Sequence[Call]]:
        """The batches for which the budget suffices: counted as sent."""
        somes = [calls[start : start + MOST_ITEMS] for start in range(0, len(calls), MOST_ITEMS)]
        affordable = somes[: max(0, self._most - self.requests)]
        self.requests += len(affordable)
        return affordable

    async def _answers(self, calls: Sequence[Call], batches: Sequence[Sequence[Call]]) -> list[Answer | None]:
        async with asyncio.TaskGroup() as group:
            asked = [group.create_task(self._batch(some)) for some in batches]
        answers = [answer for task in asked for answer in task.result()]
        return [*answers, *([None] * (len(calls) - len(answers)))]

    async def _batch(self, calls: Sequence[Call]) -> list[Answer | None]:
        async with self._concurrency:
            self.items += len(calls)
            try:
                return list(await self._transport.batch(calls))
            except DirectoryError as error:
                self.error = error
                return [None] * len(calls)
