"""Links to printed slips."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, case, delete, insert, select, update

from bot.core.audit import AuditEntry
from bot.core.passwords.ports import LinkEntries, SlipLink
from bot.database.operation_rows import OperationRows
from bot.database.password_tables import slip_link
from bot.database.tables import from_milliseconds, to_milliseconds
from bot.database.transaction import transaction

LINKS_KEPT = timedelta(days=1)


class KeepSlipLinks(OperationRows):
    """The part of `bot.core.passwords.ports.Operations` that keeps links."""

    @transaction
    def offer_link(self, connection: Connection, link: SlipLink, entries: Sequence[AuditEntry]) -> None:
        """See the port."""
        self._connections.serialise(connection, "slips", link.actor, link.operation, link.job)
        connection.execute(
            delete(slip_link).where(
                slip_link.c.actor == link.actor,
                slip_link.c.operation == link.operation,
                slip_link.c.job == link.job,
            )
        )
        connection.execute(
            insert(slip_link).values(
                digest=link.digest,
                actor=link.actor,
                operation=link.operation,
                job=link.job,
                conversation=self._keys.seal(
                    {"conversation": link.conversation}, "slip_link", "conversation", link.digest.hex()
                ),
                until=to_milliseconds(link.until),
            )
        )
        self._audit.append_in(connection, entries)

    @transaction
    def link(self, connection: Connection, digest: bytes, now: datetime) -> SlipLink | None:
        """See the port."""
        found = connection.execute(select(slip_link).where(*_works(digest, now)))
        return self._link(found.one_or_none())

    @transaction
    def use_link(
        self,
        connection: Connection,
        digest: bytes,
        now: datetime,
        ends: datetime,
        entries: LinkEntries,
    ) -> SlipLink | None:
        """See the port. The first update is lock, first use and mark in one; who comes second waits for it."""
        works, end = _works(digest, now), to_milliseconds(ends)
        use = update(slip_link).where(*works).returning(slip_link)
        first = use.where(slip_link.c.used_at.is_(None)).values(used_at=to_milliseconds(now), until=end)
        row, again = connection.execute(first).one_or_none(), False
        if row is None:
            nearer = case((slip_link.c.until > end, end), else_=slip_link.c.until)
            row, again = connection.execute(use.values(until=nearer)).one_or_none(), True
        link = self._link(row)
        if link is not None:
            self._audit.append_in(connection, entries(link, again))
        return link

    def _link(self, row: Row[Any] | None) -> SlipLink | None:
        if row is None:
            return None
        hidden = self._keys.unseal(row.conversation, "slip_link", "conversation", row.digest.hex())
        return SlipLink(
            digest=row.digest,
            actor=row.actor,
            conversation=hidden["conversation"],
            operation=row.operation,
            job=row.job,
            until=from_milliseconds(row.until),
        )


def _works(digest: bytes, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return slip_link.c.digest == digest, slip_link.c.until > to_milliseconds(now)
