"""Schools on Google Classroom, and the links that were made there by hand."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from bot.core.audit import AuditEntry
from bot.core.class_links.by_hand import LONGEST_WHERE
from bot.core.class_links.cases import Mark, MarkedLink, Platform
from bot.core.known import known
from bot.core.people.free_text import free_text
from bot.database.audit import ChainedAuditLog
from bot.database.connections import Connections
from bot.database.keys import DatabaseKeys
from bot.database.link_tables import link_mark, school_platform
from bot.database.tables import from_milliseconds, to_milliseconds
from bot.database.transaction import transaction

KEPT = timedelta(days=400)
"""A mark, since it was set or taken away: a school year and the weeks after it. The next year has other classes."""


class StoredByHand:
    """`bot.core.class_links.cases.ByHand`. Errors: StoreUnavailable."""

    def __init__(self, connections: Connections, keys: DatabaseKeys, audit: ChainedAuditLog) -> None:
        self._connections = connections
        self._keys = keys
        self._audit = audit

    @transaction
    def platform(self, connection: Connection, school_id: str) -> Platform:
        """See the port."""
        found = connection.execute(select(school_platform.c.platform).where(school_platform.c.school == school_id))
        chosen = found.scalar_one_or_none()
        return Platform.TEAMS if chosen is None else known(Platform, chosen)

    @transaction
    def chosen_at(self, connection: Connection, school_id: str) -> datetime | None:
        """See the port."""
        found = connection.execute(select(school_platform.c.changed_at).where(school_platform.c.school == school_id))
        chosen = found.scalar_one_or_none()
        return None if chosen is None else from_milliseconds(chosen)

    @transaction
    def choose(self, connection: Connection, school_id: str, platform: Platform, entry: AuditEntry) -> None:
        """See the port."""
        self._connections.serialise(connection, "school-platform", school_id)
        connection.execute(delete(school_platform).where(school_platform.c.school == school_id))
        connection.execute(
            insert(school_platform).values(
                school=school_id, platform=platform.value, changed_at=to_milliseconds(entry.at)
            )
        )
        self._audit.append_in(connection, (entry,))

    @transaction
    def changed_since(self, connection: Connection, school_id: str, at: datetime) -> bool:
        """See the port."""
        since = to_milliseconds(at)
        newest = select(func.max(link_mark.c.at)).where(link_mark.c.school == school_id)
        chosen = select(school_platform.c.changed_at).where(school_platform.c.school == school_id)
        moments = [connection.execute(query).scalar() for query in (newest, chosen)]
        return any(moment is not None and moment >= since for moment in moments)

    @transaction
    def marks(self, connection: Connection, school_id: str) -> tuple[Mark, ...]:
        """See the port."""
        found = connection.execute(
            select(link_mark)
            .where(link_mark.c.school == school_id, link_mark.c.removed == 0)
            .order_by(link_mark.c.at, link_mark.c.link)
        )
        return tuple(map(self._mark, found))

    @transaction
    def mark(self, connection: Connection, marks: Sequence[Mark], entries: Sequence[AuditEntry]) -> None:
        """See the port."""
        self._connections.serialise_each(connection, "link-mark", {mark.school for mark in marks})
        for mark in marks:
            link = self._link(mark.class_id, mark.teacher)
            hidden = {"class_id": mark.class_id, "teacher": mark.teacher, "where": mark.where}
            connection.execute(delete(link_mark).where(link_mark.c.school == mark.school, link_mark.c.link == link))
            connection.execute(
                insert(link_mark).values(
                    school=mark.school,
                    link=link,
                    by=mark.by,
                    at=to_milliseconds(mark.at),
                    removed=0,
                    detail=self._keys.seal(hidden, "link_mark", "detail", f"{mark.school} {link.hex()}"),
                )
            )
        self._audit.append_in(connection, entries)

    @transaction
    def unmark(self, connection: Connection, links: Sequence[MarkedLink], entries: Sequence[AuditEntry]) -> int:
        """See the port. The rows stay as removed: that something changed is to be known."""
        self._connections.serialise_each(connection, "link-mark", {school for school, _, _ in links})
        written: list[AuditEntry] = []
        for (school, class_id, teacher), entry in zip(links, entries, strict=True):
            link = self._link(class_id, teacher)
            gone = connection.execute(
                update(link_mark)
                .where(link_mark.c.school == school, link_mark.c.link == link, link_mark.c.removed == 0)
                .values(removed=1, at=to_milliseconds(entry.at), by=entry.actor)
            )
            written += [entry] if gone.rowcount else []
        self._audit.append_in(connection, written)
        return len(written)

    @transaction
    def purge(self, connection: Connection, now: datetime) -> int:
        """Removes marks of a former school year; how many. A school's platform stays until it chooses anew."""
        return connection.execute(delete(link_mark).where(link_mark.c.at < to_milliseconds(now - KEPT))).rowcount

    def _link(self, class_id: str, teacher: str) -> bytes:
        return self._keys.digest_of("link-mark", class_id, teacher)

    def _mark(self, row: Row[Any]) -> Mark:
        hidden = self._keys.unseal(row.detail, "link_mark", "detail", f"{row.school} {row.link.hex()}")
        where = free_text(hidden["where"], LONGEST_WHERE)
        return Mark(row.school, hidden["class_id"], hidden["teacher"], where, row.by, from_milliseconds(row.at))
