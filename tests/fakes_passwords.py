"""Honest in-memory implementations of the ports of temporary passwords and of durable tasks.

They keep the promises written in `bot/core/passwords/ports.py` and `bot/core/tasks.py`. A call is one transaction: it
changes nothing before everything in it is known, and it does not wait within. `interrupt` dies at a commit point.
Seeded simulations run on them by the ten thousand, so they yield to the loop only if asked to (`yields`).
"""

import asyncio
from collections import deque
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.core.accounts.model import NewReceipt
from bot.core.accounts.ports import Reversal
from bot.core.actors.model import Actor, Role
from bot.core.audit import AuditEntry
from bot.core.decision import ALLOWED
from bot.core.errors import AccountMissing, DirectoryUnavailable, NotKnownHere
from bot.core.passwords.model import (
    AccountFacts,
    Afterwards,
    Failure,
    Handed,
    Job,
    Newer,
    NewOperation,
    Operation,
    PasswordDates,
    SetTimes,
    Shown,
    Stage,
)
from bot.core.passwords.ports import Begun, Entries, Judge, Judgement, LinkEntries, Newest, SlipLink
from bot.core.passwords.secret import Secret
from bot.core.people.free_text import NO_WORDS, FreeText
from bot.core.people.model import Person, School, SchoolClass
from bot.core.tasks import NewTask, Task, TaskLost
from tests.fakes import FakeAuditLog, FakeClock

_NO_WAIT = timedelta(0)
_PAST = timedelta(hours=48)

Interrupt = Callable[[str, str], None]
"""Told (call, "before" | "after") at each commit; what it raises the caller gets: before it nothing is kept, after it
everything is (the answer was lost).
"""


@dataclass
class TaskRow:
    """A task as the queue keeps it. `attempts` counts claims; `status` is ready, done or dead."""

    id: int
    kind: str
    key: str
    payload: Mapping[str, str]
    run_at: datetime
    status: str = "ready"
    attempts: int = 0
    failures: int = 0
    last_error: str = ""


async def nobody_waits(person: str, school: str, asked_at: datetime, operation: str) -> Sequence[NewTask]:
    """For where nobody asks a director for a password."""
    return ()


class FakeQueue:
    """`TaskQueue` in memory. `rows` are all tasks ever written, done and dead ones too."""

    def __init__(self, clock: FakeClock, *, yields: bool = False) -> None:
        self.clock = clock
        self.yields = yields
        self.rows: dict[int, TaskRow] = {}
        self.fail_with: Exception | None = None
        self.interrupt: Interrupt | None = None
        self._ids: dict[tuple[str, str], int] = {}
        self._waiting: dict[int, TaskRow] = {}

    async def claim(self, kinds: Collection[str], most: int, lease: timedelta) -> tuple[Task, ...]:
        await self._begin()
        now = self.clock()
        due = [row for row in self._waiting.values() if row.run_at <= now and row.kind in kinds]
        due.sort(key=lambda row: (row.run_at, row.id))
        self._at("claim", "before")
        claimed = []
        for row in due[: max(most, 0)]:
            row.attempts += 1
            row.run_at = now + lease
            claimed.append(Task(row.id, row.kind, row.key, dict(row.payload), row.attempts, row.failures))
        self._at("claim", "after")
        return tuple(claimed)

    async def renew(self, task: Task, lease: timedelta) -> None:
        await self._begin()
        row = self.held(task)
        self._at("renew", "before")
        if row.status == "ready":
            row.run_at = self.clock() + lease
        self._at("renew", "after")

    async def done(self, task: Task) -> None:
        await self._begin()
        self.held(task)
        self._at("done", "before")
        self.finish(task)
        self._at("done", "after")

    async def again(self, task: Task, at: datetime, why: str, *, failed: bool) -> None:
        await self._begin()
        row = self.held(task)
        self._at("again", "before")
        if row.status == "ready":
            row.run_at, row.last_error = at, why
            row.failures += failed
        self._at("again", "after")

    async def dead_letter(self, task: Task, why: str) -> None:
        await self._begin()
        row = self.held(task)
        self._at("dead_letter", "before")
        if row.status == "ready":
            row.status, row.last_error = "dead", why
            del self._waiting[row.id]
        self._at("dead_letter", "after")

    async def add(self, tasks: Collection[NewTask]) -> None:
        await self._begin()
        self._at("add", "before")
        self.write(tasks)
        self._at("add", "after")

    def write(self, tasks: Iterable[NewTask]) -> None:
        """Part of a transaction: the same work written twice is written once, also after it was done."""
        for task in tasks:
            if (task.kind, task.key) in self._ids:
                continue
            row = TaskRow(len(self.rows) + 1, task.kind, task.key, dict(task.payload), task.run_at)
            self._ids[task.kind, task.key] = row.id
            self.rows[row.id] = self._waiting[row.id] = row

    def held(self, task: Task) -> TaskRow:
        """Part of a transaction: the row, if this attempt is still the last one; else TaskLost."""
        row = self.rows.get(task.id)
        if row is None or row.attempts != task.attempt:
            raise TaskLost
        return row

    def fence(self, task: Task) -> None:
        """Part of a transaction: TaskLost when this attempt is not the last one, or the task is over."""
        if self.held(task).status != "ready":
            raise TaskLost

    def finish(self, task: Task) -> None:
        """Part of a transaction: the task is done."""
        row = self.held(task)
        if row.status == "ready":
            row.status = "done"
            del self._waiting[row.id]

    def of(self, kind: str) -> list[TaskRow]:
        """All tasks of a kind, in the order written."""
        return [row for row in self.rows.values() if row.kind == kind]

    def next_due(self) -> datetime | None:
        """When the next waiting task is due; None when none waits."""
        return min((row.run_at for row in self._waiting.values()), default=None)

    async def _begin(self) -> None:
        if self.yields:
            await asyncio.sleep(0)
        if self.fail_with is not None:
            raise self.fail_with

    def _at(self, call: str, moment: str) -> None:
        if self.interrupt is not None:
            self.interrupt(call, moment)


class FakeRateLimit:
    """`Pace` in memory (GCRA). `taken` are the moments at which one went, by name."""

    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self.taken: dict[str, list[datetime]] = {}
        self.paused: dict[str, datetime] = {}
        self.fail_with: Exception | None = None
        self._next: dict[str, datetime] = {}
        self._line: dict[tuple[str, int], datetime] = {}

    async def take(self, name: str, interval: timedelta, burst: int, count: int = 1) -> timedelta:
        if not 1 <= count <= max(burst, 1):
            raise ValueError(f"{count} at once never fit into a burst of {burst}")
        if self.fail_with is not None:
            raise self.fail_with
        now = self.clock()
        waiting = self._line.get((name, burst), now) > now
        arrival = max(self._next.get(name, now), now - interval if waiting else now)
        opens = max(arrival - interval * (burst - count), self.paused.get(name, now))
        if opens > now:
            place = max(self._line.get((name, burst), opens), opens)
            if place - opens >= timedelta(seconds=20):
                place = opens
            self._line[name, burst] = place + interval * count
            return place - now
        self._next[name] = arrival + interval * count
        self.taken.setdefault(name, []).extend([now] * count)
        return _NO_WAIT

    async def pause(self, name: str, until: datetime) -> None:
        if self.fail_with is not None:
            raise self.fail_with
        self.paused[name] = max(until, self.paused.get(name, until))


@dataclass
class _Link:
    link: SlipLink
    open: bool = True
    used: bool = False


class FakeOperations:
    """`Operations` in memory. `secrets` are the passwords that may still be shown, by operation: nothing else here
    knows a password, so what is destroyed is gone.
    """

    def __init__(self, audit: FakeAuditLog, queue: FakeQueue, *, yields: bool = False) -> None:
        self.audit = audit
        self.queue = queue
        self.yields = yields
        self.operations: dict[str, Operation] = {}
        self.secrets: dict[str, Secret] = {}
        self.refused: dict[str, int] = {}
        self.jobs: dict[str, Job] = {}
        self.links: dict[bytes, _Link] = {}
        self.receipts: dict[str, NewReceipt] = {}
        """Of the boards (`FakeAccountStore`)."""
        self.reversals: dict[str, Reversal] = {}
        """By the receipt, or the operation, taken back."""
        self.of_another_release: set[str] = set()
        """Operations that this one cannot read (`newest` and `begin` say so)."""
        self.seen_directors: dict[str, dict[str, datetime]] = {}
        self.fail_with: Exception | None = None
        self.interrupt: Interrupt | None = None
        self._of_person: dict[str, list[str]] = {}
        self._of_job: dict[str, list[str]] = {}

    async def begin(
        self,
        new: Sequence[NewOperation],
        judge: Judge,
        job: Job | None = None,
        *,
        unreadable: Callable[[NewOperation], Judgement] | None = None,
    ) -> tuple[Begun, ...]:
        await self._begin()
        staged: dict[str, Operation] = {}
        begun, entries, tasks = [], list[AuditEntry](), list[NewTask]()
        for one in new:
            stored = self.operations.get(one.id) or staged.get(one.id)
            if stored is not None:
                begun.append(Begun(stored, ALLOWED))
                continue
            past = [*self._past(one), *(other for other in staged.values() if other.asked.person == one.person)]
            past.sort(key=_newest, reverse=True)
            if all(self._readable(other) for other in past):
                verdict = judge(one, tuple(past))
            elif unreadable is None:
                raise NotKnownHere("Stage")
            else:
                verdict = unreadable(one)
            entries += verdict.entries
            if verdict.decision.allowed:
                tasks += verdict.tasks
                staged[one.id] = Operation(one, Stage.REQUESTED)
            begun.append(Begun(staged.get(one.id), verdict.decision))
        self._commit("begin")
        for operation in staged.values():
            self.operations[operation.asked.id] = operation
            self._of_person.setdefault(operation.asked.person, []).append(operation.asked.id)
            if operation.asked.job:
                self._of_job.setdefault(operation.asked.job, []).append(operation.asked.id)
            seen = self.seen_directors.setdefault(operation.asked.school, {})
            seen[operation.asked.actor] = max(operation.asked.at, seen.get(operation.asked.actor, operation.asked.at))
        if job is not None and staged:
            self.jobs.setdefault(job.id, job)
        self._end("begin", entries, tasks)
        return tuple(begun)

    async def one(self, operation_id: str) -> Operation | None:
        await self._begin()
        return self.operations.get(operation_id)

    async def of_job(self, job_id: str) -> tuple[Operation, ...]:
        await self._begin()
        return tuple(sorted(self._job_operations(job_id), key=lambda one: (one.asked.name.casefold(), one.asked.id)))

    async def job(self, job_id: str) -> Job | None:
        await self._begin()
        return self.jobs.get(job_id)

    async def latest(self, person_ids: Collection[str]) -> Mapping[str, Operation]:
        newest = await self.newest(person_ids)
        if newest.unreadable:
            raise NotKnownHere("Stage")
        return newest.operations

    async def newest(self, person_ids: Collection[str]) -> Newest:
        await self._begin()
        found = {}
        for person in person_ids:
            counting = [one for one in self._person_operations(person) if one.counts]
            if counting:
                found[person] = max(counting, key=_newest)
        unreadable = frozenset(person for person, one in found.items() if not self._readable(one))
        return Newest({person: one for person, one in found.items() if person not in unreadable}, unreadable)

    def _readable(self, operation: Operation) -> bool:
        return operation.asked.id not in self.of_another_release

    async def afterwards(self, operation: Operation) -> Afterwards:
        await self._begin()
        return self._afterwards(operation)

    def _afterwards(self, operation: Operation) -> Afterwards:
        asked = operation.asked
        later = [one for one in self._person_operations(operation.asked.person) if _newest(one) > _newest(operation)]
        set_ = [one for one in later if one.set_at is not None]
        doubtful = [one for one in later if one.in_doubt]
        newer = None
        if set_:
            newest = max(set_, key=_newest)
            newer = Newer(newest.set_at or newest.asked.at, newest.asked.school)
        elif doubtful:
            newest = max(doubtful, key=_newest)
            newer = Newer(newest.asked.at, newest.asked.school, in_doubt=True)
        ends = min((one.asked.at for one in later if one.counts), default=None)
        handed = [
            Handed(one.at, one.recipient, one.actor, one.school)
            for one in sorted(self.receipts.values(), key=lambda one: (one.at, one.id), reverse=True)
            if one.person == asked.person and one.id not in self.reversals and asked.at <= one.at
            if ends is None or one.at < ends
        ][:1]
        taken_back = asked.id in self.reversals
        if operation.handed_at is not None and not taken_back:
            handed.append(Handed(operation.handed_at, asked.recipient, asked.actor, asked.school))
        return Afterwards(newer, max(handed, key=lambda one: one.at, default=None), taken_back=taken_back)

    async def candidate(
        self, task: Task, operation_id: str, propose: Callable[[], Secret], superseded: Entries | None = None
    ) -> Secret | None:
        await self._begin()
        self.queue.fence(task)
        operation = self.operations.get(operation_id)
        if operation is None or operation.stage is not Stage.REQUESTED:
            return None
        stored = self.secrets.get(operation_id)
        if stored is not None:
            return stored
        proposed = propose()
        ends = {Stage.READY: Stage.UNSEEN, Stage.SHOWN: Stage.CLOSED}
        others = [one for one in self._person_operations(operation.asked.person) if one.stage in ends]
        ended = [replace(one, stage=ends[one.stage]) for one in others]
        recorded = [entry for one in ended for entry in superseded(one)] if superseded is not None else []
        self._commit("candidate")
        for one in ended:
            self.operations[one.asked.id] = one
            self.secrets.pop(one.asked.id, None)
        self.secrets[operation_id] = proposed
        self._end("candidate", recorded)
        return proposed

    async def refuse_candidate(self, task: Task, operation_id: str) -> int:
        await self._begin()
        self.queue.fence(task)
        refused = self.refused.get(operation_id, 0)
        operation = self.operations.get(operation_id)
        if operation is None or operation.stage is not Stage.REQUESTED or operation_id not in self.secrets:
            return refused
        self._commit("refuse_candidate")
        del self.secrets[operation_id]
        self.refused[operation_id] = refused + 1
        self._end("refuse_candidate")
        return refused + 1

    async def doubt(self, task: Task, operation_id: str) -> None:
        await self._begin()
        self.queue.fence(task)
        operation = self.operations.get(operation_id)
        if operation is None or operation.stage is not Stage.REQUESTED:
            return
        self._commit("doubt")
        self._change(operation, in_doubt=True)
        self._end("doubt")

    async def ready(
        self,
        task: Task,
        operation_id: str,
        times: SetTimes,
        *,
        revoked: bool = False,
        entries: Sequence[AuditEntry],
        tasks: Sequence[NewTask],
        superseded: Entries | None = None,
    ) -> bool:
        await self._begin()
        self.queue.fence(task)
        operation = self.operations.get(operation_id)
        if operation is None or operation.stage is not Stage.REQUESTED:
            return False
        self._commit("ready")
        self._change(
            operation,
            stage=Stage.READY,
            in_doubt=False,
            revoked=revoked,
            set_at=times.set_at,
            works_from=times.works_from,
            unseen_until=times.unseen_until,
            expires_at=times.expires_at,
        )
        self.queue.finish(task)
        others = [
            one
            for one in self._person_operations(operation.asked.person)
            if one.set_at is not None and one.asked.id != operation_id
        ]
        ended = superseded(max(others, key=_newest)) if superseded is not None and others else ()
        self._end("ready", [*entries, *ended], tasks)
        return True

    async def fail(
        self,
        task: Task,
        operation_id: str,
        failure: Failure,
        reason: str,
        *,
        entries: Sequence[AuditEntry],
        tasks: Sequence[NewTask],
    ) -> bool:
        await self._begin()
        self.queue.fence(task)
        operation = self.operations.get(operation_id)
        if operation is None or operation.stage is not Stage.REQUESTED:
            return False
        self._commit("fail")
        self._change(operation, stage=Stage.FAILED, failure=failure, reason=reason)
        self.secrets.pop(operation_id, None)
        self.queue.finish(task)
        self._end("fail", entries, tasks)
        return True

    async def reveal(
        self,
        operation_ids: Sequence[str],
        actor: str,
        conversation: str,
        *,
        now: datetime,
        lease_until: datetime,
        record: Callable[[Operation, bool], tuple[Sequence[AuditEntry], Sequence[NewTask]]],
    ) -> tuple[Shown, ...]:
        await self._begin()
        shown, entries, tasks = list[Shown](), list[AuditEntry](), list[NewTask]()
        for operation_id in dict.fromkeys(operation_ids):
            operation = self.operations.get(operation_id)
            secret = self.secrets.get(operation_id)
            if (
                operation is None
                or secret is None
                or (operation.asked.actor, operation.asked.conversation) != (actor, conversation)
            ):
                continue
            again = operation.stage is Stage.SHOWN
            if not (again and _within(operation.shown_at, now, operation.lease_until)):
                if operation.stage is not Stage.READY or not _within(operation.asked.at, now, operation.unseen_until):
                    continue
                operation = replace(operation, stage=Stage.SHOWN, shown_at=now, lease_until=lease_until)
            more_entries, more_tasks = record(operation, again)
            entries += more_entries
            tasks += more_tasks
            shown.append(Shown(operation, secret, again))
        self._commit("reveal")
        for one in shown:
            self.operations[one.operation.asked.id] = one.operation
        self._end("reveal", entries, tasks)
        return tuple(shown)

    async def hand_over(self, operation_id: str, now: datetime, entries: Sequence[AuditEntry]) -> bool:
        await self._begin()
        operation = self.operations.get(operation_id)
        if operation is None or operation.shown_at is None or operation.handed_at is not None:
            return False
        after = self._afterwards(operation)
        if after.newer is not None or after.handed is not None:
            return False
        self._commit("hand_over")
        self._change(operation, stage=Stage.CLOSED, handed_at=now)
        self.secrets.pop(operation_id, None)
        self._end("hand_over", entries)
        return True

    async def burn(
        self, operation_id: str, now: datetime, entries: Callable[[Operation], Sequence[AuditEntry]]
    ) -> bool:
        await self._begin()
        operation = self.operations.get(operation_id)
        if operation is None:
            return False
        if operation.stage is Stage.SHOWN and not _within(operation.shown_at, now, operation.lease_until):
            stage = Stage.CLOSED
        elif operation.stage is Stage.READY and not _within(operation.asked.at, now, operation.unseen_until):
            stage = Stage.UNSEEN
        else:
            return False
        burnt = replace(operation, stage=stage)
        recorded = entries(burnt)
        self._commit("burn")
        self.operations[operation_id] = burnt
        self.secrets.pop(operation_id, None)
        self._end("burn", recorded)
        return True

    async def end(self, operation_id: str, ending: str, now: datetime, entries: Sequence[AuditEntry]) -> bool:
        await self._begin()
        operation = self.operations.get(operation_id)
        if operation is None or operation.ended_at is not None:
            return False
        self._commit("end")
        self._change(operation, ending=ending, ended_at=now)
        self._end("end", entries)
        return True

    async def not_set(self, operation_id: str, entries: Sequence[AuditEntry]) -> bool:
        await self._begin()
        operation = self.operations.get(operation_id)
        if operation is None or operation.stage is not Stage.FAILED or not operation.in_doubt:
            return False
        self._commit("not_set")
        self._change(operation, in_doubt=False)
        self._end("not_set", entries)
        return True

    async def cancel(self, job_id: str, now: datetime, entries: Callable[[int], Sequence[AuditEntry]]) -> int:
        await self._begin()
        job = self.jobs.get(job_id)
        if job is None or job.cancelled_at is not None:
            return 0
        untouched = [
            one
            for one in self._job_operations(job_id)
            if one.stage is Stage.REQUESTED and one.asked.id not in self.secrets and one.asked.id not in self.refused
        ]
        recorded = entries(len(untouched))
        self._commit("cancel")
        for one in untouched:
            self._change(one, stage=Stage.CANCELLED)
        self.jobs[job_id] = replace(job, cancelled_at=now)
        self._end("cancel", recorded)
        return len(untouched)

    async def note(self, entries: Sequence[AuditEntry], tasks: Sequence[NewTask]) -> None:
        await self._begin()
        written = tuple(entries)
        self._commit("note")
        self._end("note", written, tasks)

    async def offer_link(self, link: SlipLink, entries: Sequence[AuditEntry]) -> None:
        await self._begin()
        self._commit("offer_link")
        for kept in self.links.values():
            if (kept.link.actor, kept.link.operation, kept.link.job) == (link.actor, link.operation, link.job):
                kept.open = False
        self.links[link.digest] = _Link(link)
        self._end("offer_link", entries)

    async def link(self, digest: bytes, now: datetime) -> SlipLink | None:
        await self._begin()
        kept = self.links.get(digest)
        return kept.link if kept is not None and kept.open and now < kept.link.until else None

    async def use_link(self, digest: bytes, now: datetime, ends: datetime, entries: LinkEntries) -> SlipLink | None:
        await self._begin()
        kept = self.links.get(digest)
        if kept is None or not kept.open or now >= kept.link.until:
            return None
        link = replace(kept.link, until=min(kept.link.until, ends) if kept.used else ends)
        recorded = entries(link, kept.used)
        self._commit("use_link")
        kept.link, kept.used = link, True
        self._end("use_link", recorded)
        return kept.link

    async def directors(self, school_id: str, since: datetime) -> tuple[str, ...]:
        await self._begin()
        seen = self.seen_directors.get(school_id, {})
        return tuple(sorted(actor for actor, at in seen.items() if at >= since))

    async def _begin(self) -> None:
        if self.yields:
            await asyncio.sleep(0)
        if self.fail_with is not None:
            raise self.fail_with

    def _commit(self, call: str) -> None:
        """The last moment at which nothing is kept."""
        if self.audit.fail_with is not None:
            raise self.audit.fail_with
        if self.interrupt is not None:
            self.interrupt(call, "before")

    def _end(self, call: str, entries: Iterable[AuditEntry] = (), tasks: Iterable[NewTask] = ()) -> None:
        self.queue.write(tasks)
        self.audit.entries.extend(entries)
        if self.interrupt is not None:
            self.interrupt(call, "after")

    def _change(self, operation: Operation, **to: object) -> None:
        self.operations[operation.asked.id] = replace(operation, **to)  # type: ignore[arg-type]

    def _person_operations(self, person: str) -> list[Operation]:
        return [self.operations[one] for one in self._of_person.get(person, ())]

    def _job_operations(self, job: str) -> list[Operation]:
        return [self.operations[one] for one in self._of_job.get(job, ())]

    def _past(self, new: NewOperation) -> list[Operation]:
        """Those of the last 48 hours, and one that still runs however old it is."""
        return [
            one
            for one in self._person_operations(new.person)
            if one.asked.at > new.at - _PAST or one.stage is Stage.REQUESTED
        ]


class FakeAccounts:
    """`AccountReader` and `AccountWriter` over accounts by object id.

    `passwords` are the present ones; `set_calls` every request sent to set one, `applied` those that took effect.
    Each call takes one fault from `fail_next` (writing) or `fail_read` (reading), if there is one: an error is
    raised and nothing done, but a DirectoryUnavailable is in doubt, and whether it was done is `doubt_applies`; None
    is no fault; a function is called first, may raise, and may give an error to be raised after it was done.
    """

    def __init__(
        self,
        facts: Iterable[AccountFacts] = (),
        *,
        clock: FakeClock | None = None,
        doubt_applies: bool | Callable[[], bool] = False,
        yields: bool = False,
    ) -> None:
        self.accounts = {one.person.id: one for one in facts}
        self.clock = clock or FakeClock()
        self.passwords: dict[str, str] = {}
        self.set_calls: list[tuple[str, str]] = []
        self.applied: list[tuple[str, str]] = []
        self.revoked: list[str] = []
        self.calls: list[tuple[str, object]] = []
        self.fail_next: deque[Exception | Callable[[], Exception | None] | None] = deque()
        self.fail_read: deque[Exception | Callable[[], Exception | None] | None] = deque()
        self._doubt_applies = doubt_applies
        self._yields = yields

    async def facts(self, person_id: str) -> AccountFacts | None:
        await self._read("facts", person_id)
        return self.accounts.get(person_id)

    async def password_changes(self, person_ids: Sequence[str]) -> Mapping[str, datetime | None]:
        if len(person_ids) > 100:
            raise AssertionError("password_changes is promised at most 100 people")
        await self._read("password_changes", tuple(person_ids))
        return {one: self.accounts[one].password_changed_at for one in person_ids if one in self.accounts}

    async def password_dates(self, person_ids: Sequence[str]) -> Mapping[str, PasswordDates]:
        if len(person_ids) > 100:
            raise AssertionError("password_dates is promised at most 100 people")
        await self._read("password_dates", tuple(person_ids))
        return {one: self.accounts[one].dates for one in person_ids if one in self.accounts}

    async def set_password(self, person_id: str, password: Secret, *, many: bool) -> datetime:
        text = password.reveal()

        def apply() -> None:
            self.applied.append((person_id, text))
            self.change(person_id, text)

        self.calls.append(("set_password", person_id))
        self.set_calls.append((person_id, text))
        await self._write(person_id, apply)
        return self.clock()

    async def revoke_sessions(self, person_id: str) -> None:
        self.calls.append(("revoke_sessions", person_id))
        await self._write(person_id, lambda: self.revoked.append(person_id))

    def change(self, person_id: str, password: str) -> None:
        """The password is another one from now on (by its owner, when a test calls this)."""
        self.passwords[person_id] = password
        self.accounts[person_id] = replace(self.accounts[person_id], password_changed_at=self.clock())

    def put(self, facts: AccountFacts) -> None:
        """The account is like this from now on."""
        self.accounts[facts.person.id] = facts

    async def _read(self, name: str, argument: object) -> None:
        self.calls.append((name, argument))
        if self._yields:
            await asyncio.sleep(0)
        fault = self.fail_read.popleft() if self.fail_read else None
        if isinstance(fault, Exception):
            raise fault
        failure = fault() if fault is not None else None
        if failure is not None:
            raise failure

    async def _write(self, person_id: str, apply: Callable[[], None]) -> None:
        if self._yields:
            await asyncio.sleep(0)
        fault = self.fail_next.popleft() if self.fail_next else None
        if isinstance(fault, Exception):
            if isinstance(fault, DirectoryUnavailable) and person_id in self.accounts and self._applies():
                apply()
            raise fault
        failure = fault() if fault is not None else None
        if person_id not in self.accounts:
            raise AccountMissing("Request_ResourceNotFound")
        apply()
        if failure is not None:
            raise failure

    def _applies(self) -> bool:
        return self._doubt_applies if isinstance(self._doubt_applies, bool) else self._doubt_applies()


class FakeActors:
    """`FreshActors` over actors by object id; whoever is not among them is a stranger."""

    def __init__(self, actors: Mapping[str, Actor] | None = None) -> None:
        self.actors = dict(actors or {})
        self.calls: list[tuple[str, str]] = []
        self.fail_next: deque[Exception | None] = deque()

    async def fresh(self, object_id: str, tenant_id: str) -> Actor:
        self.calls.append((object_id, tenant_id))
        fault = self.fail_next.popleft() if self.fail_next else None
        if fault is not None:
            raise fault
        return self.actors.get(object_id) or Actor(object_id, tenant_id, Role.NONE)


@dataclass
class FakeRosters:
    """`Rosters`: the classes of each school (by its id), the students of each (school id, class name), the object ids
    of each person's class teachers.
    """

    classes: dict[str, tuple[SchoolClass, ...]] = field(default_factory=dict)
    students: dict[tuple[str, str], tuple[Person, ...]] = field(default_factory=dict)
    teachers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    fail_with: Exception | None = None
    calls: list[tuple[str, object]] = field(default_factory=list)

    async def classes_of(self, school: School) -> tuple[SchoolClass, ...]:
        self._ask("classes_of", school.id)
        return self.classes.get(school.id, ())

    async def students_of(self, school: School, class_: SchoolClass) -> tuple[Person, ...]:
        self._ask("students_of", (school.id, class_.name))
        students = self.students.get((school.id, class_.name), ())
        return tuple(sorted((one for one in students if one.attends(school.id)), key=lambda one: one.name.casefold()))

    async def students_among(self, school: School, person_ids: Collection[str]) -> tuple[Person, ...]:
        self._ask("students_among", (school.id, tuple(person_ids)))
        here = {one.id: one for (at, _), some in self.students.items() if at == school.id for one in some}
        found = [here[one] for one in person_ids if one in here and here[one].attends(school.id)]
        return tuple(sorted(found, key=lambda one: one.name.casefold()))

    async def class_teachers(self, person_id: str) -> tuple[str, ...]:
        self._ask("class_teachers", person_id)
        return self.teachers.get(person_id, ())

    def _ask(self, name: str, argument: object) -> None:
        self.calls.append((name, argument))
        if self.fail_with is not None:
            raise self.fail_with


async def nobody_received(person_ids: Collection[str]) -> Collection[str]:
    """`Received` where nothing is noted on any board."""
    return ()


async def no_sentence(_: str) -> FreeText:
    """`OwnSentence` of schools that have none."""
    return NO_WORDS


@dataclass
class FakeReleases:
    """`Releases`: until when which student (object id) is released to which school (directory id)."""

    until: dict[tuple[str, str], datetime] = field(default_factory=dict)
    by: dict[tuple[str, str], str] = field(default_factory=dict)
    """The directory id of the school that did."""
    fail_with: Exception | None = None

    async def released_by(self, person_id: str, school_id: str, now: datetime) -> str | None:
        if self.fail_with is not None:
            raise self.fail_with
        lives = _before(now, self.until.get((person_id, school_id)))
        return self.by[person_id, school_id] if lives else None

    def add(self, person_id: str, school_id: str, at: datetime, until: datetime, by: str) -> None:
        """Part of a transaction: released from `at`; one that is over at once ends an earlier one."""
        self.until[person_id, school_id] = max(until, at)
        self.by[person_id, school_id] = by


def _before(now: datetime, moment: datetime | None) -> bool:
    return moment is not None and now < moment


def _within(since: datetime | None, now: datetime, until: datetime | None) -> bool:
    return since is not None and until is not None and since - timedelta(seconds=30) <= now < until


def _newest(operation: Operation) -> tuple[datetime, str]:
    return operation.asked.at, operation.asked.id
