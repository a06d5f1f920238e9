"""Where transfer requests are kept: every change one transaction, guarded by the version of what was read."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, TextClause, delete, insert, or_, select, text, update

from bot.core.actors.deputies import Deputy
from bot.core.audit import AuditEntry
from bot.core.decision import Decision
from bot.core.errors import StoreUnavailable
from bot.core.known import known
from bot.core.tasks import NewTask, Task
from bot.core.transfers.limits import Past
from bot.core.transfers.model import UNFINISHED, Asked, Deadlines, Side, State, Step, StepKind, Transfer
from bot.core.transfers.ports import Kept
from bot.core.transfers.told import Delivery, DeliveryState
from bot.database.audit import ChainedAuditLog
from bot.database.connections import Connections
from bot.database.deputies import StoredDeputies
from bot.database.keys import DatabaseKeys
from bot.database.queue import StoredQueue
from bot.database.releases import StoredReleases
from bot.database.rights import Note, Rights, marked, transaction_with_alarm
from bot.database.tables import from_milliseconds, to_milliseconds
from bot.database.transaction import transaction
from bot.database.transfer_lists import TransferLists
from bot.database.transfer_rows import asked_row, read_transfer, state_row
from bot.database.transfer_tables import IS_UNFINISHED, transfer, transfer_delivery, transfer_step

Wanted = ColumnElement[bool] | TextClause

KEPT = timedelta(days=400)
"""After its end: a school year and the weeks after it in which somebody may ask what became of a request."""

DELIVERED = text(
    "INSERT INTO transfer_delivery (transfer, side, person, reach, at)"
    " VALUES (:transfer, :side, :person, :reach, :at)"
    " ON CONFLICT (transfer, side, person) DO UPDATE SET reach = excluded.reach, at = excluded.at"
)


class StoredTransfers(TransferLists):
    """`bot.core.transfers.ports.Transfers`. Errors: StoreUnavailable.

    One order of locks, so that nobody waits in a circle: the student's turn, the deputy's, the request, the task, the
    tasks, the release, and the audit log last.
    """

    def __init__(
        self,
        connections: Connections,
        keys: DatabaseKeys,
        audit: ChainedAuditLog,
        queue: StoredQueue,
        releases: StoredReleases,
        *,
        deputies: StoredDeputies,
        rights: Rights,
    ) -> None:
        super().__init__(connections, keys, rights)
        self._deputies = deputies
        self._audit = audit
        self._queue = queue
        self._releases = releases

    async def submit(
        self,
        asked: Asked,
        deadlines: Deadlines,
        state: State,
        keep: Callable[[Transfer], Kept],
        judge: Callable[[Past], Decision],
    ) -> Transfer | Decision:
        """See the port. StoreUnavailable also while a request of the student that is not as it was written stands in
        the way: an operator must look at it.
        """
        new = Transfer(asked=asked, number=0, state=state, version=1, deadlines=deadlines)
        found = await self._submit(new, keep, judge)
        if found is None:
            raise StoreUnavailable
        return found

    @transaction_with_alarm
    def _submit(
        self,
        connection: Connection,
        note: Note,
        new: Transfer,
        keep: Callable[[Transfer], Kept],
        judge: Callable[[Past], Decision],
    ) -> Transfer | Decision | None:
        asked = new.asked
        asking = f"asked by {asked.receiving.id}"
        self._connections.serialise_each(connection, "transfer", (asked.person, asking))
        for wanted in ((transfer.c.id == asked.id,), _unfinished_of(asked.person)):
            row = _row_of(connection, *wanted)
            if row is not None:
                return self._judged(connection, row, note)
        schools = {"receiving": asked.receiving.id, "releasing": asked.releasing.id}
        decision = judge(self.past.within(connection, asked.actor, asked.person, **schools, now=asked.at))
        if not decision.allowed:
            return decision
        values = {**asked_row(asked, self._keys), **state_row(new, self._keys), "version": 1}
        connection.execute(insert(transfer).values(values))
        return self._written(connection, asked.id, keep)

    async def one(self, transfer_id: str) -> Transfer | None:
        """See the port. One that is not as it was written last is none, and an alarm."""
        return await self._one(transfer.c.id == transfer_id)

    async def unfinished_of(self, person_id: str) -> Transfer | None:
        """See the port, and above."""
        return await self._one(*_unfinished_of(person_id))

    @transaction_with_alarm
    def change(
        self, connection: Connection, note: Note, before: Transfer, after: Transfer, kept: Kept
    ) -> Transfer | None:
        """See the port. ValueError when `after` is another request, or asks for something else."""
        return self._change_in(connection, note, before, after, kept)

    @transaction_with_alarm
    def change_by_deputy(  # noqa: PLR0917 -- its caller gives five
        self,
        connection: Connection,
        note: Note,
        before: Transfer,
        after: Transfer,
        kept: Kept,
        deputy: str,
        judge: Callable[[Sequence[Deputy]], Decision],
    ) -> Transfer | Decision | None:
        """See the port, and above. Whoever ends the authority meanwhile waits, or was first."""
        self._connections.serialise(connection, "transfer", before.asked.person)
        decision = judge(self._deputies.held_in(connection, note, deputy))
        return self._change_in(connection, note, before, after, kept) if decision.allowed else decision

    def _change_in(
        self, connection: Connection, note: Note, before: Transfer, after: Transfer, kept: Kept
    ) -> Transfer | None:
        """What lies there is judged before it is written into: a seal over what somebody else made of it would make
        it right.
        """
        if after.asked != before.asked:
            raise ValueError("what was asked does not change")
        self._connections.serialise(connection, "transfer", before.asked.person)
        lies = _row_of(connection, transfer.c.id == before.id, transfer.c.version == before.version)
        if lies is None or self._judged(connection, lies, note) is None:
            return None
        reopened = after.state in UNFINISHED and before.state not in UNFINISHED
        if reopened and _row_of(connection, *_unfinished_of(before.asked.person)) is not None:
            return None
        if reopened and before.state is State.DONE and _overtaken(connection, before):
            return None
        written = connection.execute(
            update(transfer)
            .where(transfer.c.id == before.id, transfer.c.version == before.version)
            .values({**state_row(after, self._keys), "version": before.version + 1})
        )
        if written.rowcount != 1:
            return None
        return self._written(connection, before.id, lambda _: kept)

    @transaction
    def overtaken(self, connection: Connection, transfer_: Transfer) -> bool:
        """See the port. No row is judged: it takes a right, and gives none."""
        return _overtaken(connection, transfer_)

    @transaction_with_alarm
    def steps(self, connection: Connection, note: Note, transfer_id: str) -> tuple[Step, ...]:
        """See the port. A step that is not as it was written is left out, and is an alarm."""
        found = connection.execute(
            select(transfer_step).where(transfer_step.c.transfer == transfer_id).order_by(transfer_step.c.place)
        )
        return tuple(
            Step(
                known(StepKind, row.kind),
                row.target,
                None if row.done_at is None else from_milliseconds(row.done_at),
            )
            for row in found
            if self._rights.sound(transfer_step, row, note)
        )

    @transaction_with_alarm
    def record(  # noqa: PLR0917 -- its caller gives four
        self,
        connection: Connection,
        note: Note,
        task: Task,
        transfer_id: str,
        done: Sequence[Step],
        at: datetime,
    ) -> None:
        """See the port."""
        self._queue.fence_in(connection, task)
        for step in done:
            open_ones = select(transfer_step).where(
                transfer_step.c.transfer == transfer_id,
                transfer_step.c.kind == step.kind.value,
                transfer_step.c.target == step.target,
                transfer_step.c.done_at.is_(None),
            )
            for row in connection.execute(open_ones).all():
                if self._rights.sound(transfer_step, row, note):
                    here = (transfer_step.c.transfer == transfer_id, transfer_step.c.place == row.place)
                    connection.execute(update(transfer_step).where(*here).values(done_at=to_milliseconds(at)))
                    self._rights.seal_in(connection, transfer_step, *here)

    @transaction
    def note(self, connection: Connection, entries: Sequence[AuditEntry], tasks: Sequence[NewTask]) -> None:
        """See the port."""
        self._queue.add_in(connection, tasks)
        self._audit.append_in(connection, entries)

    async def delivered(
        self, transfer_id: str, deliveries: Collection[Delivery], tasks: Sequence[NewTask] = ()
    ) -> None:
        """See the port."""
        rows = [
            {
                "transfer": transfer_id,
                "side": one.side.value,
                "person": one.person,
                "reach": one.reach.value,
                "at": to_milliseconds(one.at),
            }
            for one in sorted(deliveries, key=lambda one: (one.side, one.person))
        ]
        if rows or tasks:
            await self._delivered(rows, tasks)

    @transaction
    def _delivered(self, connection: Connection, rows: list[dict[str, Any]], tasks: Sequence[NewTask]) -> None:
        if rows:
            connection.execute(DELIVERED, rows)
        self._queue.add_in(connection, tasks)

    @transaction
    def deliveries(self, connection: Connection, transfer_id: str) -> tuple[Delivery, ...]:
        """See the port."""
        found = connection.execute(
            select(transfer_delivery)
            .where(transfer_delivery.c.transfer == transfer_id)
            .order_by(transfer_delivery.c.side, transfer_delivery.c.person)
        )
        return tuple(
            Delivery(row.person, known(Side, row.side), known(DeliveryState, row.reach), from_milliseconds(row.at))
            for row in found
        )

    @transaction
    def told_for(self, connection: Connection, school: str, person: str) -> tuple[str, ...]:
        """See the port."""
        told = transfer_delivery.c
        found = connection.execute(
            select(transfer.c.id)
            .join(transfer_delivery, told.transfer == transfer.c.id)
            .where(transfer.c.releasing == school, told.side == Side.RELEASING.value, told.person == person)
            .order_by(transfer.c.number.desc())
        )
        return tuple(found.scalars())

    @transaction
    def purge(self, connection: Connection, now: datetime) -> int:
        """Removes requests that ended 400 days ago, with what hangs on them; returns how many rows."""
        old = select(transfer.c.id).where(transfer.c.ended_at < to_milliseconds(now - KEPT))
        removed = 0
        for statement in (
            delete(transfer_step).where(transfer_step.c.transfer.in_(old)),
            delete(transfer_delivery).where(transfer_delivery.c.transfer.in_(old)),
            delete(transfer).where(transfer.c.ended_at < to_milliseconds(now - KEPT)),
        ):
            removed += connection.execute(statement).rowcount
        return removed

    def _written(self, connection: Connection, transfer_id: str, keep: Callable[[Transfer], Kept]) -> Transfer:
        """Seals what was just written, and keeps what belongs to it."""
        marks = self._rights.seal_in(connection, transfer, transfer.c.id == transfer_id)
        row = _row_of(connection, transfer.c.id == transfer_id)
        if row is None:
            raise RuntimeError("a request that was just written is not there")
        written = read_transfer(row, self._keys)
        self._keep(connection, written, keep(written), marks)
        return written

    def _keep(self, connection: Connection, changed: Transfer, kept: Kept, marks: dict[str, str]) -> None:
        if kept.task is not None and kept.finishes:
            self._queue.fence_in(connection, kept.task)
            self._queue.done_in(connection, kept.task)
        elif kept.task is not None:
            self._queue.fence_in(connection, kept.task)
        if kept.steps is not None:
            connection.execute(delete(transfer_step).where(transfer_step.c.transfer == changed.id))
            rows = [_step_row(changed.id, place, step) for place, step in enumerate(kept.steps)]
            if rows:
                connection.execute(insert(transfer_step), rows)
                self._rights.seal_in(connection, transfer_step, transfer_step.c.transfer == changed.id)
        self._queue.add_in(connection, kept.tasks)
        if kept.release is not None:
            decided = changed.verdict.at if changed.verdict is not None else changed.asked.at
            marks |= self._releases.add_in(
                connection,
                kept.release.person,
                kept.release.school,
                at=decided,
                until=kept.release.until,
                request=changed.id,
            )
        now = kept.entries[-1].at if kept.entries else changed.asked.at
        self._audit.append_in(connection, marked(kept.entries, marks, changed.asked.person, now))

    @transaction_with_alarm
    def _one(self, connection: Connection, note: Note, *wanted: Wanted) -> Transfer | None:
        row = _row_of(connection, *wanted)
        return None if row is None else self._judged(connection, row, note)

    def _judged(self, connection: Connection, row: Row[Any], note: Note) -> Transfer | None:
        """The request, if the row is as it was written last."""
        newest = self._rights.current_in(connection, transfer, row, row.person, note)
        return None if newest is None else read_transfer(newest, self._keys)


def _row_of(connection: Connection, *wanted: Wanted) -> Row[Any] | None:
    return connection.execute(select(transfer).where(*wanted)).one_or_none()


def _unfinished_of(person_id: str) -> tuple[Wanted, ...]:
    """There is at most one. Written as its index is, which is else not taken: requests stay for years."""
    return transfer.c.person == person_id, IS_UNFINISHED


def _overtaken(connection: Connection, done: Transfer) -> bool:
    """By school, for students have no index of their own: whoever moves a student back, or on, is one of the two, or
    asks one of them.
    """
    if done.verdict is None:
        return False
    schools = (done.asked.receiving.id, done.asked.releasing.id)
    later = select(transfer.c.id).where(
        or_(transfer.c.receiving.in_(schools), transfer.c.releasing.in_(schools)),
        transfer.c.person == done.asked.person,
        transfer.c.id != done.id,
        transfer.c.ended_at > to_milliseconds(done.verdict.at),
        transfer.c.started_at.is_not(None),
    )
    return connection.execute(later.limit(1)).first() is not None


def _step_row(transfer_id: str, place: int, step: Step) -> dict[str, Any]:
    done_at = None if step.done_at is None else to_milliseconds(step.done_at)
    return {
        "transfer": transfer_id,
        "place": place,
        "kind": step.kind.value,
        "target": step.target,
        "done_at": done_at,
    }
