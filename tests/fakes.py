"""Honest in-memory implementations of the core's ports, for every test that does not test an edge.

They keep the promises written in `bot/core/ports.py`, yield to the loop where the real ones wait, count what was
asked (`calls`), and fail on demand (`fail_with`).
"""

import asyncio
import hashlib
import hmac
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from bot.core.actors.model import RoleFacts
from bot.core.audit import AuditEntry
from bot.core.decision import ALLOWED, Decision
from bot.core.people.model import Person, School
from bot.core.tasks import NewTask
from bot.core.usernames.model import Attempt, Outcome, Reach

NOON = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
"""Noon in Sofia on a Monday in term."""


class FakeClock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        """`clock.move(minutes=5)`."""
        self.now += timedelta(**by)


class FakeDirectory:
    """`Directory` over a list of people. `calls` are (name, argument) in order."""

    def __init__(self, people: Iterable[Person] = ()) -> None:
        self.people = list(people)
        self.calls: list[tuple[str, object]] = []
        self.fail_with: Exception | None = None
        self.asked: asyncio.Event = asyncio.Event()
        self.answer: asyncio.Event | None = None
        """When set, every call waits for it after `asked` is set."""

    async def _ask(self, name: str, argument: object) -> None:
        self.calls.append((name, argument))
        self.asked.set()
        await asyncio.sleep(0)
        if self.answer is not None:
            await self.answer.wait()
        if self.fail_with is not None:
            raise self.fail_with

    async def find_by_identifier(self, forms: Sequence[str]) -> tuple[Person, ...]:
        if not forms or not all(re.fullmatch(r"[0-9]{1,50}", form, re.ASCII) for form in forms):
            raise ValueError("Graph is asked for digits, and not for more than it is")
        await self._ask("find_by_identifier", tuple(forms))
        return tuple(person for person in self.people if person.identifier and person.identifier in forms)

    async def find_by_username(self, username: str) -> Person | None:
        await self._ask("find_by_username", username)
        return next((person for person in self.people if person.username.lower() == username.lower()), None)

    async def account_id(self, username: str) -> str | None:
        await self._ask("account_id", username)
        return next((person.id for person in self.people if person.username.lower() == username.lower()), None)

    async def find_by_id(self, object_id: str) -> Person | None:
        await self._ask("find_by_id", object_id)
        return next((person for person in self.people if person.id == object_id), None)

    async def people_of_school(self, school: School) -> tuple[Person, ...]:
        await self._ask("people_of_school", school.id)
        return tuple(replace(person, teams=None) for person in self.people if person.attends(school.id))

    async def with_teams(self, people: Sequence[Person]) -> tuple[Person, ...]:
        if len(people) > 20:
            raise AssertionError("with_teams is promised at most 20 people")
        await self._ask("with_teams", tuple(person.id for person in people))
        by_id = {person.id: person for person in self.people}
        return tuple(replace(person, teams=by_id[person.id].teams or ()) for person in people if person.id in by_id)


class FakeRoleSource:
    """`RoleSource` over role facts by object id and a list of schools."""

    def __init__(self, facts: Iterable[RoleFacts] = (), schools: Iterable[School] = ()) -> None:
        self.facts = {one.object_id: one for one in facts}
        self.schools = list(schools)
        self.calls: list[tuple[str, str]] = []
        self.fail_with: Exception | None = None
        self.asked = asyncio.Event()
        self.answer: asyncio.Event | None = None

    async def _ask(self, name: str, argument: str) -> None:
        self.calls.append((name, argument))
        self.asked.set()
        await asyncio.sleep(0)
        if self.answer is not None:
            await self.answer.wait()
        if self.fail_with is not None:
            raise self.fail_with

    async def role_facts(self, object_id: str) -> RoleFacts:
        await self._ask("role_facts", object_id)
        return self.facts.get(object_id, RoleFacts(object_id, exists=False))

    async def school_by_code(self, code: str) -> School | None:
        await self._ask("school_by_code", code)
        return next((school for school in self.schools if int(school.code) == int(code)), None)


class FakeAuditLog:
    """`AuditLog` as a list."""

    def __init__(self) -> None:
        self.entries: list[AuditEntry] = []
        self.fail_with: Exception | None = None

    async def append(self, entry: AuditEntry) -> None:
        await asyncio.sleep(0)
        if self.fail_with is not None:
            raise self.fail_with
        self.entries.append(entry)

    def of(self, action: str) -> list[AuditEntry]:
        """The entries of one action."""
        return [entry for entry in self.entries if entry.action == action]


@dataclass
class _Row:
    operation: str
    attempt: Attempt


@dataclass
class FakeLedger:
    """`LookupLedger` in memory: one lock per actor stands for the serialised transaction."""

    audit: FakeAuditLog = field(default_factory=FakeAuditLog)
    fail_with: Exception | None = None
    fail_settle_with: Exception | None = None
    rows: defaultdict[str, list[_Row]] = field(default_factory=lambda: defaultdict(list))
    judged: int = 0
    tasks: list[NewTask] = field(default_factory=list)
    """What was written down to be done."""
    _locks: defaultdict[str, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))

    async def reserve(
        self,
        actor: str,
        operation: str,
        reach: Reach,
        at: datetime,
        judge: Callable[[Sequence[Attempt]], Decision],
    ) -> Decision:
        async with self._locks[actor]:
            await asyncio.sleep(0)
            if self.fail_with is not None:
                raise self.fail_with
            if any(
                row.operation == operation and row.attempt.outcome is not Outcome.FAILED for row in self.rows[actor]
            ):
                return ALLOWED
            self.judged += 1
            decision = judge(self.attempts(actor, at))
            await asyncio.sleep(0)
            if decision.allowed:
                self.rows[actor] = [row for row in self.rows[actor] if row.operation != operation]
                self.rows[actor].append(_Row(operation, Attempt(at, reach, Outcome.PENDING)))
            return decision

    async def settle(
        self,
        actor: str,
        operation: str,
        reach: Reach,
        outcome: Outcome,
        entries: Sequence[AuditEntry],
        *,
        schools: frozenset[str] = frozenset(),
        tasks: Sequence[NewTask] = (),
    ) -> None:
        async with self._locks[actor]:
            await asyncio.sleep(0)
            if self.fail_settle_with is not None:
                raise self.fail_settle_with
            for row in self.rows[actor]:
                if row.operation == operation and row.attempt.outcome in {Outcome.PENDING, Outcome.FAILED}:
                    row.attempt = Attempt(row.attempt.at, reach, outcome, schools)
            self.audit.entries.extend(entries)
            self.tasks.extend(tasks)

    def attempts(self, actor: str, at: datetime) -> tuple[Attempt, ...]:
        """What a judge is shown: the last seven days, oldest first, without failed ones."""
        recent = (row.attempt for row in self.rows[actor] if row.attempt.at > at - timedelta(days=7))
        return tuple(
            sorted((one for one in recent if one.outcome is not Outcome.FAILED), key=lambda attempt: attempt.at)
        )


class FakePseudonyms:
    """`Pseudonyms` with a key of its own."""

    def __init__(self, key: bytes = b"a key for tests only") -> None:
        self._key = key

    def of(self, kind: str, digits: str) -> str:
        return "v1:" + hmac.new(self._key, f"{kind}\0{digits}".encode(), hashlib.sha256).hexdigest()


class FakePreferences:
    """`Preferences` as a dictionary."""

    def __init__(self) -> None:
        self.languages: dict[str, str] = {}

    async def language(self, object_id: str) -> str | None:
        return self.languages.get(object_id)

    async def choose_language(self, object_id: str, language: str) -> None:
        self.languages[object_id] = language
