"""Rows that give rights are sealed, and a seal is believed only while it is the newest one.

A seal is a MAC over all columns of a row: edited, made up, or copied to another row it is wrong. An older copy of
the same row has a seal that was right once, so every writing leaves the seal's mark in the audit entry of what was
done: of the row's marks in the chain the newest is the one that counts. Who can write the database but has no key
would have to break the chain, which the next verification finds.

What is wrong gives nothing, and is an alarm: an entry in the audit log and an error in the log, once an hour a row.
"""

import hashlib
import hmac
import logging
from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from sqlalchemy import ColumnElement, Connection, Row, Table, select, update

from bot.core.audit import AuditEntry
from bot.core.clock import Clock
from bot.core.errors import StoreUnavailable
from bot.core.memory import Memory
from bot.database.audit import ChainedAuditLog
from bot.database.connections import Connections
from bot.database.keys import DatabaseKeys, framed
from bot.database.password_tables import release
from bot.database.tables import conversation
from bot.database.transfer_tables import deputy, transfer, transfer_step

log = logging.getLogger(__name__)

Given = ParamSpec("Given")
Result = TypeVar("Result")

SEALED: Mapping[str, tuple[str, ...]] = {
    conversation.name: ("conversation_id",),
    release.name: ("person", "school"),
    deputy.name: ("id",),
    transfer.name: ("id",),
    transfer_step.name: ("transfer", "place"),
}
"""Tables whose rows give rights, or say whose chat a message goes to; and the columns that name a row in alarms."""

ALTERED, RESEALED = "rights.altered", "rights.sealed"
"""Actions of the audit log: a row that is not as it was written; a row whose seal no other entry speaks of."""

DATABASE = "database"
"""The actor of both."""

AGAIN_AFTER = timedelta(hours=1)
_MOST_REMEMBERED = 1_000
_MARK_BYTES = 16


@dataclass(frozen=True, slots=True)
class Altered:
    """A row that gives nothing, and why."""

    table: str
    row: str
    why: str


Note = Callable[[Altered], None]
"""Takes down what was found while reading."""

Work = Callable[[Connection, Note], Result]


class Rights:
    """Seals rows and judges them. Errors of calls that wait: StoreUnavailable."""

    def __init__(self, connections: Connections, keys: DatabaseKeys, audit: ChainedAuditLog, clock: Clock) -> None:
        self._connections = connections
        self._keys = keys
        self._audit = audit
        self._clock = clock
        self._told: Memory[tuple[str, str], bool] = Memory(AGAIN_AFTER, _MOST_REMEMBERED)

    def seal(self, table: Table, values: Mapping[str, Any]) -> bytes:
        """The seal of a row with these values; of a column that is not named: none."""
        parts: list[bytes | str | int] = ["row/v1", table.name, self._keys.key_id]
        for column in table.columns:
            if column.name != "seal":
                value = values.get(column.name)
                parts += [column.name, type(value).__name__, b"" if value is None else value]
        return hmac.digest(self._keys.rights, framed(*parts), hashlib.sha256)

    def sound(self, table: Table, row: Row[Any], note: Note) -> bool:
        """Whether the row is as the bot has written it, at some time."""
        good = row.seal is not None and hmac.compare_digest(row.seal, self.seal(table, row._asdict()))
        if not good:
            note(Altered(table.name, row_name(table, row), "no seal" if row.seal is None else "changed"))
        return good

    def current_in(
        self, connection: Connection, table: Table, row: Row[Any], subject: str, note: Note
    ) -> Row[Any] | None:
        """The row, if it is as the bot has written it last. `subject`: of the audit entries about it.

        Another replica may write it between two statements of ours: then it is the row as it is after that.
        """
        while True:
            if not self.sound(table, row, note):
                return None
            newest = self._newest_in(connection, subject, mark_name(table, row))
            if newest == mark(row.seal):
                return row
            again = connection.execute(select(table).where(*_here(table, row))).one_or_none()
            if again is None:
                return None
            if again.seal == row.seal:
                why = "an older copy" if newest else "unknown to the audit log"
                note(Altered(table.name, row_name(table, row), why))
                return None
            row = again

    def seal_in(self, connection: Connection, table: Table, *where: ColumnElement[bool]) -> dict[str, str]:
        """Seals the rows that were just written; their marks, to go into the entry about it (`marked`)."""
        marks = {}
        for row in connection.execute(select(table).where(*where)).all():
            seal = self.seal(table, row._asdict())
            connection.execute(update(table).where(*_here(table, row)).values(seal=seal))
            marks[mark_name(table, row)] = mark(seal)
        return marks

    def _newest_in(self, connection: Connection, subject: str, name: str) -> str | None:
        entries = self._audit.about_in(connection, subject)
        return next((one.detail[name] for one in entries if name in one.detail), None)

    async def run(self, work: Work[Result]) -> Result:
        """One transaction; what it noted raises the alarm when it is over."""
        found: list[Altered] = []

        def noting(connection: Connection) -> Result:
            found.clear()
            return work(connection, found.append)

        result = await self._connections.run(noting)
        await self.alarm(found)
        return result

    async def alarm(self, found: Iterable[Altered]) -> None:
        """Once an hour for a row. A store that does not take the entry keeps nobody from the refusal."""
        now = self._clock()
        new = [one for one in dict.fromkeys(found) if self._told.get((one.table, one.row), now) is None]
        for one in new:
            self._told.put((one.table, one.row), True, now)
            log.error("a row of %s gives nothing: %s (%s)", one.table, one.why, one.row)
        entries = [
            AuditEntry(now, DATABASE, ALTERED, f"{one.table}:{one.row}", "refused", {"why": one.why}) for one in new
        ]
        if not entries:
            return
        try:
            await self._connections.run(lambda connection: self._audit.append_in(connection, entries))
        except StoreUnavailable as error:
            log.warning("an alarm was not recorded: %s", error)


class Judges(Protocol):
    """A store that judges rows."""

    _rights: Rights


OfStore = TypeVar("OfStore", bound=Judges)


def transaction_with_alarm(
    work: Callable[Concatenate[OfStore, Connection, Note, Given], Result],
) -> Callable[Concatenate[OfStore, Given], Coroutine[Any, Any, Result]]:
    """As `@transaction`, by `Rights.run`: what the method notes raises the alarm when the transaction is over."""

    @wraps(work)
    async def call(store: OfStore, /, *args: Given.args, **kwargs: Given.kwargs) -> Result:
        return await store._rights.run(lambda connection, note: work(store, connection, note, *args, **kwargs))  # noqa: SLF001 -- what a store has them for

    return call


def row_name(table: Table, row: Row[Any]) -> str:
    """What a row is called in an alarm."""
    return "/".join(str(getattr(row, column)) for column in SEALED[table.name])


def mark_name(table: Table, row: Row[Any]) -> str:
    """What it is called in the details of audit entries."""
    return f"seal:{table.name}:{row_name(table, row)}"


def mark(seal: bytes) -> str:
    """What an audit entry keeps of a seal."""
    return seal[:_MARK_BYTES].hex()


def marked(
    entries: Sequence[AuditEntry], marks: Mapping[str, str], subject: str, at: datetime
) -> tuple[AuditEntry, ...]:
    """The entries with the marks in the last one about this subject, or in an entry of their own where none is."""
    if not marks:
        return tuple(entries)
    for place in range(len(entries) - 1, -1, -1):
        if entries[place].subject == subject:
            one = entries[place]
            return (*entries[:place], replace(one, detail={**one.detail, **marks}), *entries[place + 1 :])
    return (*entries, AuditEntry(at, DATABASE, RESEALED, subject, "sealed", marks))


def _here(table: Table, row: Row[Any]) -> Sequence[ColumnElement[bool]]:
    return [column == getattr(row, column.name) for column in table.primary_key.columns]
