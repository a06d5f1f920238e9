"""Honest in-memory implementations of the ports of transfer requests: `Transfers`, `Deputies`.

A call is one transaction: it changes nothing before everything in it is known. `interrupt` dies at a commit point.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.core.actors.deputies import Deputy
from bot.core.audit import AuditEntry
from bot.core.decision import ALLOWED, Decision
from bot.core.people.regions import region_key
from bot.core.tasks import NewTask, Task
from bot.core.transfers.limits import WEEK, Past
from bot.core.transfers.model import CLOSED, UNFINISHED, Asked, Deadlines, Group, Side, State, Step, Transfer
from bot.core.transfers.ports import Kept
from bot.core.transfers.told import Delivery
from tests.fakes import FakeAuditLog
from tests.fakes_passwords import FakeQueue, FakeReleases, Interrupt

_OFFICE = (State.ESCALATED, State.OVERDUE, State.NEEDS_ATTENTION)


def anybody(_: Sequence[Deputy]) -> Decision:
    """The judge that keeps nobody from an authority."""
    return ALLOWED


def unlimited(_: Past) -> Decision:
    """The judge of whoever is not limited."""
    return ALLOWED


class FakeTransfers:
    """`Transfers` in memory. `written` are all versions of all requests, in the order of writing."""

    def __init__(self, audit: FakeAuditLog, queue: FakeQueue, releases: FakeReleases) -> None:
        self.audit = audit
        self.queue = queue
        self.releases = releases
        self.rows: dict[str, Transfer] = {}
        self.plans: dict[str, tuple[Step, ...]] = {}
        self.told: dict[str, dict[tuple[str, str], Delivery]] = {}
        self.written: list[Transfer] = []
        self.fail_with: Exception | None = None
        self.interrupt: Interrupt | None = None
        self.deputies: FakeDeputies | None = None
        """Whose authority a change by a deputy rests on; None: nobody's ends while a press is judged."""

    async def submit(
        self,
        asked: Asked,
        deadlines: Deadlines,
        state: State,
        keep: Callable[[Transfer], Kept],
        judge: Callable[[Past], Decision],
    ) -> Transfer | Decision:
        await self._begin()
        known = self.rows.get(asked.id) or self._unfinished(asked.person)
        if known is not None:
            return known
        decision = judge(self._past(asked.actor, asked.person, asked.receiving.id, asked.releasing.id, asked.at))
        if not decision.allowed:
            return decision
        new = Transfer(asked, len(self.rows) + 1, state, 1, deadlines)
        self._commit("submit", new, keep(new))
        return new

    async def past(self, actor: str, person: str, *, receiving: str, releasing: str, now: datetime) -> Past:
        await self._begin()
        return self._past(actor, person, receiving, releasing, now)

    def _past(self, actor: str, person: str, receiving: str, releasing: str, now: datetime) -> Past:
        rows = [
            row for row in self.rows.values() if row.asked.receiving.id == receiving and row.asked.at > now - WEEK
        ]
        rows.sort(key=lambda row: (row.asked.at, row.number))
        ended = [row.ended_at for row in rows if row.asked.person == person and row.state is State.WITHDRAWN]
        return Past(
            by_director=tuple(row.asked.at for row in rows if row.asked.actor == actor),
            of_school=tuple(row.asked.at for row in rows if row.asked.releasing.id == releasing),
            for_student=tuple(row.asked.at for row in rows if row.asked.person == person),
            withdrawn_at=max((at for at in ended if at is not None), default=None),
        )

    async def one(self, transfer_id: str) -> Transfer | None:
        await self._begin()
        return self.rows.get(transfer_id)

    async def unfinished_of(self, person_id: str) -> Transfer | None:
        await self._begin()
        return self._unfinished(person_id)

    async def change(self, before: Transfer, after: Transfer, kept: Kept) -> Transfer | None:
        if after.asked != before.asked:
            raise ValueError("what was asked does not change")
        await self._begin()
        return self._change(before, after, kept)

    async def change_by_deputy(
        self,
        before: Transfer,
        after: Transfer,
        kept: Kept,
        deputy: str,
        judge: Callable[[Sequence[Deputy]], Decision],
    ) -> Transfer | Decision | None:
        if self.deputies is None:
            return await self.change(before, after, kept)
        if after.asked != before.asked:
            raise ValueError("what was asked does not change")
        await self._begin()
        decision = judge([row for row in self.deputies.rows if row.person == deputy])
        return self._change(before, after, kept) if decision.allowed else decision

    def _change(self, before: Transfer, after: Transfer, kept: Kept) -> Transfer | None:
        if self.rows[before.id].version != before.version:
            return None
        reopened = after.state in UNFINISHED and before.state not in UNFINISHED
        if reopened and self._unfinished(before.asked.person) is not None:
            return None
        if reopened and before.state is State.DONE and self._overtaken(before):
            return None
        written = replace(after, version=before.version + 1, number=before.number)
        self._commit("change", written, kept)
        return written

    async def overtaken(self, transfer: Transfer) -> bool:
        await self._begin()
        return self._overtaken(transfer)

    def _overtaken(self, done: Transfer) -> bool:
        schools = {done.asked.receiving.id, done.asked.releasing.id}
        return done.verdict is not None and any(
            one.asked.person == done.asked.person
            and one.id != done.id
            and one.ended_at is not None
            and one.ended_at > done.verdict.at
            and one.started_at is not None
            and schools & {one.asked.receiving.id, one.asked.releasing.id}
            for one in self.rows.values()
        )

    async def steps(self, transfer_id: str) -> tuple[Step, ...]:
        await self._begin()
        return self.plans.get(transfer_id, ())

    async def record(self, task: Task, transfer_id: str, done: Sequence[Step], at: datetime) -> None:
        await self._begin()
        self.queue.fence(task)
        self._at("record", "before")
        keys = {(step.kind, step.target) for step in done}
        self.plans[transfer_id] = tuple(
            replace(step, done_at=at) if (step.kind, step.target) in keys and step.done_at is None else step
            for step in self.plans.get(transfer_id, ())
        )
        self._at("record", "after")

    async def page(
        self, group: Group, *, school: str = "", region: str = "", after: int = 0, most: int = 10
    ) -> tuple[Transfer, ...]:
        await self._begin()
        found = [row for row in self.rows.values() if _in(group, row, school, region)]
        if group is Group.CLOSED:
            found.sort(key=lambda row: (row.ended_at, row.number), reverse=True)
        else:
            found.sort(key=lambda row: (row.deadlines.escalate_at, row.number))
        if group is Group.OFFICE:
            found.sort(key=lambda row: _OFFICE.index(row.state))
        return tuple(found[after : after + most])

    async def counts(self, *, school: str = "", region: str = "") -> Mapping[Group, int]:
        await self._begin()
        groups = (Group.OFFICE,) if region else (Group.SENT, Group.RECEIVED, Group.CLOSED)
        return {group: sum(_in(group, row, school, region) for row in self.rows.values()) for group in groups}

    async def states(self, region: str) -> Mapping[State, int]:
        await self._begin()
        return Counter(row.state for row in self.rows.values() if _in(Group.OFFICE, row, "", region))

    async def earlier(self, transfer: Transfer, since: datetime, most: int) -> tuple[Transfer, ...]:
        await self._begin()
        between = (transfer.asked.receiving.id, transfer.asked.releasing.id)
        found = [
            row
            for row in self.rows.values()
            if (row.asked.receiving.id, row.asked.releasing.id) == between
            and row.id != transfer.id
            and row.asked.at >= since
        ]
        return tuple(sorted(found, key=lambda row: row.number, reverse=True)[:most])

    async def note(self, entries: Sequence[AuditEntry], tasks: Sequence[NewTask]) -> None:
        await self._begin()
        written = tuple(entries)
        if self.audit.fail_with is not None:
            raise self.audit.fail_with
        self._at("note", "before")
        self.queue.write(tasks)
        self.audit.entries.extend(written)
        self._at("note", "after")

    async def delivered(
        self, transfer_id: str, deliveries: Collection[Delivery], tasks: Sequence[NewTask] = ()
    ) -> None:
        await self._begin()
        self._at("delivered", "before")
        kept = self.told.setdefault(transfer_id, {})
        kept.update({(one.side.value, one.person): one for one in deliveries})
        self.queue.write(tasks)
        self._at("delivered", "after")

    async def told_for(self, school: str, person: str) -> tuple[str, ...]:
        await self._begin()
        rows = sorted(self.rows.values(), key=lambda row: row.number, reverse=True)
        told = (row.id for row in rows if (Side.RELEASING.value, person) in self.told.get(row.id, {}))
        return tuple(one for one in told if self.rows[one].asked.releasing.id == school)

    async def deliveries(self, transfer_id: str) -> tuple[Delivery, ...]:
        await self._begin()
        kept = self.told.get(transfer_id, {})
        return tuple(kept[key] for key in sorted(kept))

    def _unfinished(self, person: str) -> Transfer | None:
        found = [row for row in self.rows.values() if row.asked.person == person and row.state in UNFINISHED]
        assert len(found) <= 1, "two unfinished requests of one student"
        return found[0] if found else None

    def _commit(self, call: str, written: Transfer, kept: Kept) -> None:
        if kept.task is not None:
            self.queue.fence(kept.task)
        self._at(call, "before")
        self.rows[written.id] = written
        self.written.append(written)
        if kept.steps is not None:
            self.plans[written.id] = kept.steps
        if kept.task is not None and kept.finishes:
            self.queue.finish(kept.task)
        self.queue.write(kept.tasks)
        if kept.release is not None:
            at = written.verdict.at if written.verdict is not None else written.asked.at
            self.releases.add(
                kept.release.person, kept.release.school, at, kept.release.until, written.asked.releasing.id
            )
        self.audit.entries.extend(kept.entries)
        self._at(call, "after")

    async def _begin(self) -> None:
        await asyncio.sleep(0)
        if self.fail_with is not None:
            raise self.fail_with

    def _at(self, call: str, when: str) -> None:
        if self.interrupt is not None:
            self.interrupt(call, when)


class FakeDeputies:
    """`Deputies` in memory."""

    def __init__(self, audit: FakeAuditLog) -> None:
        self.audit = audit
        self.rows: list[Deputy] = []
        self.queue: FakeQueue | None = None
        """Where the tasks go."""
        self.fail_with: Exception | None = None

    async def of_person(self, person: str, now: datetime) -> tuple[Deputy, ...]:
        await self._begin()
        found = [row for row in self.rows if row.person == person and row.since <= now < row.until]
        return tuple(sorted(found, key=lambda row: row.since, reverse=True))

    async def of_school(self, school: str, now: datetime) -> tuple[Deputy, ...]:
        await self._begin()
        found = [row for row in self.rows if row.school == school and row.since <= now < row.until]
        return tuple(sorted(found, key=lambda row: row.since))

    async def schools(self, now: datetime) -> tuple[str, ...]:
        await self._begin()
        return tuple(sorted({row.school for row in self.rows if row.since <= now < row.until}))

    async def authorise(
        self,
        deputy: Deputy,
        entries: Sequence[AuditEntry],
        judge: Callable[[Sequence[Deputy]], Decision],
        tasks: Sequence[NewTask] = (),
    ) -> Decision:
        await self._begin()
        held = [row for row in self.rows if row.person == deputy.person and row.until > deputy.since]
        decision = judge(sorted(held, key=lambda row: row.since, reverse=True))
        if not decision.allowed:
            return decision
        self._record(entries)
        self._end(deputy.school, deputy.person, deputy.since)
        self.rows.append(deputy)
        self._write(tasks)
        return decision

    async def end(
        self,
        school: str,
        person: str,
        now: datetime,
        entries: Sequence[AuditEntry],
        tasks: Sequence[NewTask] = (),
    ) -> bool:
        await self._begin()
        if not self._holding(school, person, now):
            return False
        self._record(entries)
        self._end(school, person, now)
        self._write(tasks)
        return True

    def _write(self, tasks: Sequence[NewTask]) -> None:
        if self.queue is not None:
            self.queue.write(tasks)

    def _holding(self, school: str, person: str, now: datetime) -> list[int]:
        return [
            place
            for place, row in enumerate(self.rows)
            if (row.school, row.person) == (school, person) and row.since <= now < row.until
        ]

    def _end(self, school: str, person: str, now: datetime) -> None:
        for place in self._holding(school, person, now):
            self.rows[place] = replace(self.rows[place], until=now)

    def _record(self, entries: Sequence[AuditEntry]) -> None:
        """The one thing of a transaction that may fail, so it is done first."""
        if entries and self.audit.fail_with is not None:
            raise self.audit.fail_with
        self.audit.entries.extend(entries)

    async def _begin(self) -> None:
        await asyncio.sleep(0)
        if self.fail_with is not None:
            raise self.fail_with


def _in(group: Group, row: Transfer, school: str, region: str) -> bool:
    asked = row.asked
    match group:
        case Group.SENT:
            return asked.receiving.id == school and row.state in UNFINISHED
        case Group.RECEIVED:
            return asked.releasing.id == school and row.state in UNFINISHED
        case Group.CLOSED:
            return school in {asked.receiving.id, asked.releasing.id} and row.state in CLOSED
        case Group.OFFICE:
            return region_key(asked.releasing.region) == region_key(region) != "" and row.state in _OFFICE
