"""The tasks: what is to be done later, or after a restart, by whichever replica is free. See docs/adr/0012."""

import logging
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, case, delete, func, select, text, update

from bot.core.clock import Clock
from bot.core.tasks import NewTask, Task, TaskLost
from bot.database.connections import Connections
from bot.database.keys import DatabaseKeys, Undecipherable
from bot.database.tables import from_milliseconds, to_milliseconds
from bot.database.tables import task as stored
from bot.database.transaction import transaction

log = logging.getLogger(__name__)

DONE_KEPT = timedelta(days=7)
"""As long a task that is written down again is known to be done."""

DEAD_KEPT = timedelta(days=90)

VERSIONS = frozenset({"1", "2", "3"})
"""Of the payloads this release reads, in each of them under `v`: replicas of two releases share the table during a
deploy, and what the older one would do otherwise, or fail at, is for the newer one to do. "2": that an approval of a
transfer is told of. "3": that a password was not set.
"""

NEWER_WAITS = timedelta(minutes=10)
"""When a payload of an unknown version is looked at again."""

LONGEST_WHY = 200
"""Characters."""

READY = text("status = 'ready'")
"""Written out, so that the index of what is due serves (and so the two below); and `kind` is hidden from the planner
where due tasks are claimed: by the index of kinds it would read each of the thousands that wait (measured: 3.7 ms
instead of 0.01).
"""
OVER = text("status <> 'ready'")
DEAD = text("status = 'dead'")

_HELD = (
    stored.c.id == bindparam("task"),
    stored.c.attempts == bindparam("attempt"),
    stored.c.status == "ready",
)
_FENCED = select(stored.c.id).where(*_HELD).with_for_update()
_CHANGED = update(stored).where(*_HELD)
_DUE = (
    select(stored.c.id, stored.c.kind, stored.c.key, stored.c.payload, stored.c.attempts, stored.c.failures)
    .where(
        READY,
        stored.c.run_at <= bindparam("now"),
        stored.c.kind.concat("").in_(bindparam("kinds", expanding=True)),
    )
    .order_by(stored.c.run_at, stored.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_CLAIMED = (
    update(stored)
    .where(stored.c.id.in_(bindparam("tasks", expanding=True)))
    .values(run_at=bindparam("until"), held=1, attempts=stored.c.attempts + 1)
)
"""Built once: a worker runs them all the time, and to build a statement costs as much as to run it."""

ADD = text(
    "INSERT INTO task (kind, key, payload, status, run_at, held, attempts, failures, last_error, created)"
    " VALUES (:kind, :key, :payload, 'ready', :run_at, 0, 0, 0, '', :created) ON CONFLICT (kind, key) DO NOTHING"
)


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """For the log and the health page: tasks that could be run now, since when the oldest could, and the dead."""

    due: int
    oldest_due: datetime | None
    dead: int


@dataclass(frozen=True, slots=True)
class DeadTasks:
    """How many tasks of one kind were given up for one reason (a short code), and when the last one was."""

    kind: str
    why: str
    count: int
    last: datetime


class StoredQueue:
    """`bot.core.tasks.TaskQueue` and `AskedTasks`. Errors: StoreUnavailable."""

    def __init__(self, connections: Connections, keys: DatabaseKeys, clock: Clock) -> None:
        self._connections = connections
        self._keys = keys
        self._clock = clock
        self._listeners: list[Callable[[Mapping[str, datetime]], None]] = []

    def tell(self, listener: Callable[[Mapping[str, datetime]], None]) -> None:
        """Has the listener called whenever this process has written down tasks: when each kind is first due."""
        self._listeners.append(listener)

    @transaction
    def claim(self, connection: Connection, kinds: Collection[str], most: int, lease: timedelta) -> tuple[Task, ...]:
        """See the port. On PostgreSQL replicas pass over what another one is just taking; none waits.

        A task whose payload does not open (somebody changed the row) is dead at once; one of an unknown version is
        put back and not handed out.
        """
        if not kinds or most < 1:
            return ()
        now = self._clock()
        due = {"now": to_milliseconds(now), "kinds": tuple(kinds), "most": most}
        found = connection.execute(_DUE, due).all()
        read = {row.id: self._read(row) for row in found}
        spoilt = [id_ for id_, one in read.items() if one is None]
        taken = tuple(one[1] for one in read.values() if one is not None and one[0] in VERSIONS)
        foreign = [id_ for id_, one in read.items() if one is not None and one[0] not in VERSIONS]
        if taken:
            claimed = {"tasks": [one.id for one in taken], "until": to_milliseconds(now + lease)}
            connection.execute(_CLAIMED, claimed)
        if foreign:
            log.warning("%d tasks are of a newer release and wait for it", len(foreign))
            later = {"run_at": to_milliseconds(now + NEWER_WAITS), "held": 0, "last_error": "newer-payload"}
            connection.execute(update(stored).where(stored.c.id.in_(foreign)).values(later))
        if spoilt:
            log.error("%d tasks do not open and are dead: their rows were changed", len(spoilt))
            connection.execute(
                update(stored).where(stored.c.id.in_(spoilt)).values(**_over("dead", now, "undecipherable"))
            )
        return taken

    async def renew(self, task: Task, lease: timedelta) -> None:
        """See the port. Nothing for a task this attempt has finished meanwhile."""
        await self._change(task, run_at=to_milliseconds(self._clock() + lease))

    async def done(self, task: Task) -> None:
        """See the port."""
        await self._change(task, **_over("done", self._clock()))

    async def again(self, task: Task, at: datetime, why: str, *, failed: bool) -> None:
        """See the port. A task this attempt has finished stays finished."""
        await self._change(
            task,
            run_at=to_milliseconds(at),
            held=0,
            failures=task.failures + int(failed),
            last_error=why[:LONGEST_WHY],
        )

    async def dead_letter(self, task: Task, why: str) -> None:
        """See the port."""
        await self._change(task, **_over("dead", self._clock(), why))

    async def add(self, tasks: Collection[NewTask]) -> None:
        """See the port."""
        if tasks:
            await self._connections.run(lambda connection: self.add_in(connection, tasks))

    def add_in(self, connection: Connection, tasks: Iterable[NewTask]) -> None:
        """Writes tasks down within the transaction that makes them necessary. What is known stays as it is."""
        created = to_milliseconds(self._clock())
        tasks = sorted(tasks, key=lambda new: (new.kind, new.key))  # one order: nobody waits in a circle
        rows = [
            {
                "kind": new.kind,
                "key": new.key,
                "payload": self._keys.seal_payload({**new.payload, "v": new.version}, new.kind, new.key),
                "run_at": to_milliseconds(new.run_at),
                "created": created,
            }
            for new in tasks
        ]
        if rows:
            connection.execute(ADD, rows)
            first: dict[str, datetime] = {}
            for new in tasks:
                first[new.kind] = min(new.run_at, first.get(new.kind, new.run_at))
            self._connections.on_commit(connection, lambda: self._told(first))

    @transaction
    def is_over(self, connection: Connection, kind: str, key: str) -> bool:
        """See the port."""
        found = select(stored.c.id).where(stored.c.kind == kind, stored.c.key == key, stored.c.status != "ready")
        return connection.execute(found).first() is not None

    def known_in(self, connection: Connection, kind: str, keys: Iterable[str]) -> frozenset[str]:
        """Which of these tasks are written down: ready, dead, or done within the last seven days."""
        keys = tuple(keys)
        if not keys:
            return frozenset()
        found = connection.execute(select(stored.c.key).where(stored.c.kind == kind, stored.c.key.in_(keys)))
        return frozenset(found.scalars())

    def fence_in(self, connection: Connection, task: Task) -> None:
        """Lets a transaction go on only while the task is this attempt's, and keeps it so to the transaction's end.

        TaskLost when another worker has it, or it is over. A lease that ran out without a taker is no loss.
        """
        if connection.execute(_FENCED, _held_by(task)).first() is None:
            raise TaskLost

    def done_in(self, connection: Connection, task: Task) -> None:
        """The task is done, by the transaction that keeps its effect. TaskLost: see `fence_in`."""
        self._change.within(connection, task, **_over("done", self._clock()))

    @transaction
    def release_all(self, connection: Connection) -> int:
        """Frees what a process that is gone had claimed, so that nobody waits for leases; returns how many.

        Only where one process is all there is: called at its start on SQLite, under the lock file.
        """
        freed = connection.execute(
            update(stored).where(stored.c.held == 1).values(held=0, run_at=to_milliseconds(self._clock()))
        )
        return freed.rowcount

    @transaction
    def counts(self, connection: Connection) -> QueueCounts:
        """How the queue is doing."""
        # One that is due "before" it was written goes ahead of others; it has not waited any longer for that.
        since = case((stored.c.run_at > stored.c.created, stored.c.run_at), else_=stored.c.created)
        waiting = (READY, stored.c.run_at <= to_milliseconds(self._clock()))
        due = connection.execute(select(func.count(), func.min(since)).select_from(stored).where(*waiting)).one()
        dead = connection.execute(select(func.count()).select_from(stored).where(DEAD))
        oldest = None if due[1] is None else from_milliseconds(due[1])
        return QueueCounts(due[0], oldest, dead.scalar_one())

    @transaction
    def dead(self, connection: Connection) -> tuple[DeadTasks, ...]:
        """Those that were given up, by kind and reason."""
        last = func.max(stored.c.run_at)
        columns = (stored.c.kind, stored.c.last_error, func.count(), last)
        grouped = select(*columns).where(DEAD).group_by(stored.c.kind, stored.c.last_error)
        rows = connection.execute(grouped.order_by(stored.c.kind, stored.c.last_error)).all()
        return tuple(DeadTasks(kind, why, count, from_milliseconds(at)) for kind, why, count, at in rows)

    @transaction
    def revive(self, connection: Connection, kind: str) -> int:
        """Has those of this kind that were given up tried again, with as many failures before them as a new one; how
        many.
        """
        anew = {"status": "ready", "failures": 0, "held": 0, "run_at": to_milliseconds(self._clock())}
        return connection.execute(update(stored).where(DEAD, stored.c.kind == kind).values(**anew)).rowcount

    @transaction
    def purge(self, connection: Connection, now: datetime) -> int:
        """Removes tasks done seven days ago and dead ones after ninety; returns how many."""
        gone = 0
        for status, kept in (("done", DONE_KEPT), ("dead", DEAD_KEPT)):
            old = (OVER, stored.c.status == status, stored.c.run_at < to_milliseconds(now - kept))
            gone += connection.execute(delete(stored).where(*old)).rowcount
        return gone

    def _told(self, due: Mapping[str, datetime]) -> None:
        for listener in self._listeners:
            listener(due)

    @transaction
    def _change(self, connection: Connection, /, task: Task, **values: Any) -> None:
        if connection.execute(_CHANGED, values | _held_by(task)).rowcount == 1:
            return
        over = (stored.c.id == task.id, stored.c.attempts == task.attempt, stored.c.status != "ready")
        if connection.execute(select(stored.c.id).where(*over)).first() is None:
            raise TaskLost

    def _read(self, row: Any) -> tuple[str, Task] | None:
        """The task and the version of its payload; None when it does not open."""
        try:
            payload = self._keys.unseal_payload(row.payload, row.kind, row.key)
        except Undecipherable:
            return None
        version = payload.pop("v", "")
        return version, Task(row.id, row.kind, row.key, payload, row.attempts + 1, row.failures)


def _held_by(task: Task) -> dict[str, int]:
    return {"task": task.id, "attempt": task.attempt}


def _over(status: str, now: datetime, why: str = "") -> dict[str, Any]:
    return {"status": status, "held": 0, "run_at": to_milliseconds(now), "last_error": why[:LONGEST_WHY]}
