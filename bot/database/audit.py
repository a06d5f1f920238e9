"""The append-only record of who did what to whom."""

from collections.abc import AsyncIterator, Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from bot.core.audit import AuditEntry
from bot.database.chain import (
    BEFORE_THE_FIRST,
    Anchor,
    AuditRow,
    AuditState,
    Checker,
    RecordedEntry,
    next_row,
    read_entry,
)
from bot.database.connections import Connections
from bot.database.keys import DatabaseKeys
from bot.database.tables import audit, to_milliseconds
from bot.database.transaction import transaction

PAGE = 500
"""Rows read in one transaction: short enough that nobody waits behind a check of the whole chain."""

BEFORE_ANY = -(2**63)
"""Less than any seq, also one that somebody slipped in before the first."""

AFTER_ANY = 2**63 - 1
"""More than any seq."""

_LOOKED_AT = 20
"""Entries about one subject read at once: mostly the first of them is the one."""

FIELDS = tuple(AuditRow.__slots__)

_NEWEST = select(audit.c.seq, audit.c.mac).order_by(audit.c.seq.desc()).limit(1)
_APPENDED = insert(audit)
"""Built once: nearly every transaction runs both."""


class ChainedAuditLog:
    """`bot.core.ports.AuditLog`, with its checking and its reading. Errors: StoreUnavailable."""

    def __init__(self, connections: Connections, keys: DatabaseKeys) -> None:
        self._connections = connections
        self._keys = keys

    @transaction
    def append(self, connection: Connection, entry: AuditEntry) -> None:
        """Adds one entry to the chain, in a transaction of its own."""
        self.append_in(connection, (entry,))

    def append_in(self, connection: Connection, entries: Iterable[AuditEntry]) -> None:
        """Adds entries as the last thing of a transaction: from here to its end all other appends wait."""
        entries = tuple(entries)
        if not entries:
            return
        self._connections.serialise(connection, "audit")
        head = self.anchor.within(connection)
        rows = []
        for entry in entries:
            row = next_row(head, entry, self._keys)
            rows.append({name: getattr(row, name) for name in FIELDS})
            head = Anchor(row.seq, row.mac)
        connection.execute(_APPENDED, rows)

    def about_in(self, connection: Connection, subject: str) -> Iterator[AuditEntry]:
        """The entries about this subject, the newest first. One that is not as it was written is passed over."""
        before = AFTER_ANY
        while True:
            found = connection.execute(
                select(audit)
                .where(audit.c.subject == subject, audit.c.seq < before)
                .order_by(audit.c.seq.desc())
                .limit(_LOOKED_AT)
            )
            rows = [_row(row) for row in found]
            for row in rows:
                if (read := read_entry(row, self._keys)).intact:
                    yield read.entry
            if len(rows) < _LOOKED_AT:
                return
            before = rows[-1].seq

    @transaction
    def anchor(self, connection: Connection) -> Anchor:
        """The end of the chain as it is now, to be kept elsewhere."""
        last = connection.execute(_NEWEST).one_or_none()
        return Anchor(0, BEFORE_THE_FIRST) if last is None else Anchor(last.seq, last.mac)

    async def verify(self, from_seq: int = 0, anchors: Sequence[Anchor] = ()) -> AuditState:
        """Checks every row from `from_seq` on, and that the anchored rows are there, unchanged.

        `broken_at` of the result is the first wrong row; a row that is not there is named by the seq it had.
        Started in the middle, the row before `from_seq` is taken as good.
        """
        start = Anchor(0, BEFORE_THE_FIRST)
        after = BEFORE_ANY
        if from_seq > 1:
            before = await self._page(audit.c.seq == from_seq - 1)
            if not before:
                return AuditState(0, start, from_seq - 1, "missing")
            start = Anchor(before[0].seq, before[0].mac)
            after = start.seq
        checker = Checker(start, anchors, self._keys)
        async for row in self._rows(after):
            broken = checker.check(row)
            if broken is not None:
                return broken
        return checker.end()

    async def entries(
        self,
        since: datetime,
        until: datetime | None = None,
        *,
        actors: Collection[str] = (),
        subjects: Collection[str] = (),
    ) -> AsyncIterator[RecordedEntry]:
        """For the clearing up of an incident: the entries of a time, oldest first, with their details decrypted.

        `actors` and `subjects` (object ids, pseudonyms) narrow it down when given. A row that was removed is not
        missed here: that is what `verify` is for.
        """
        wanted = [audit.c.at >= to_milliseconds(since)]
        if until is not None:
            wanted.append(audit.c.at < to_milliseconds(until))
        if actors:
            wanted.append(audit.c.actor.in_(actors))
        if subjects:
            wanted.append(audit.c.subject.in_(subjects))
        async for row in self._rows(BEFORE_ANY, *wanted):
            yield read_entry(row, self._keys)

    async def _rows(self, after: int, *wanted: Any) -> AsyncIterator[AuditRow]:
        while page := await self._page(audit.c.seq > after, *wanted):
            for row in page:
                yield row
            after = page[-1].seq

    @transaction
    def _page(self, connection: Connection, *wanted: Any) -> list[AuditRow]:
        found = connection.execute(select(audit).where(*wanted).order_by(audit.c.seq).limit(PAGE))
        return [_row(row) for row in found]


def _row(row: Row[Any]) -> AuditRow:
    return AuditRow(**{name: getattr(row, name) for name in FIELDS})
