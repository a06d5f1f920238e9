"""Single-use links from the chat to pages outside it.

A page knows whoever opens it by the row alone, so the row gives a right and is sealed (see `rights.py`): the second
half of its digest is a MAC over token and row. A link lives for minutes; one of a release without seals is over.
"""

import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, insert, select, update

from bot.core.audit import AuditEntry
from bot.core.one_time_links import OneTimeLink
from bot.database.audit import ChainedAuditLog
from bot.database.connections import Connections
from bot.database.keys import DatabaseKeys, framed
from bot.database.link_tables import errand_link
from bot.database.rights import Altered, Note, Rights, transaction_with_alarm
from bot.database.tables import from_milliseconds, to_milliseconds
from bot.database.transaction import transaction

KEPT = timedelta(days=1)

_HALF = 16
"""Bytes of the digest by which a row is found, and of its MAC."""


class StoredOneTimeLinks:
    """`bot.core.one_time_links.OneTimeLinks`. Errors: StoreUnavailable."""

    def __init__(self, connections: Connections, keys: DatabaseKeys, audit: ChainedAuditLog, rights: Rights) -> None:
        self._connections = connections
        self._keys = keys
        self._audit = audit
        self._rights = rights

    @transaction
    def offer(self, connection: Connection, token: str, link: OneTimeLink, entries: Sequence[AuditEntry]) -> None:
        """See the port."""
        earlier = (
            errand_link.c.actor == link.actor,
            errand_link.c.errand == str(link.link_page),
            errand_link.c.about == link.about,
            errand_link.c.used_at.is_(None),
        )
        self._connections.serialise(connection, "errand", link.actor, str(link.link_page))
        connection.execute(delete(errand_link).where(*earlier))
        connection.execute(
            insert(errand_link).values(
                digest=self._found_by(token) + self._mac(token, link),
                errand=str(link.link_page),
                actor=link.actor,
                tenant=link.tenant,
                school=link.school,
                language=link.language,
                until=to_milliseconds(link.until),
                about=link.about,
            )
        )
        self._audit.append_in(connection, entries)

    @transaction_with_alarm
    def one(self, connection: Connection, note: Note, token: str, now: datetime) -> OneTimeLink | None:
        """See the port. A row that is not as it was written is none, and an alarm."""
        found = self._sound(connection, token, now, note)
        return None if found is None else found[1]

    @transaction_with_alarm
    def use(
        self, connection: Connection, note: Note, token: str, now: datetime, entries: Sequence[AuditEntry]
    ) -> bool:
        """See the port, and above. The update is lock and single use in one."""
        found = self._sound(connection, token, now, note)
        if found is None:
            return False
        used = connection.execute(
            update(errand_link)
            .where(errand_link.c.digest == found[0], errand_link.c.used_at.is_(None))
            .values(used_at=to_milliseconds(now))
        )
        if used.rowcount:
            self._audit.append_in(connection, entries)
        return used.rowcount > 0

    @transaction
    def end_all(self, connection: Connection) -> None:
        """After a copy was put back: it does not know which were used since it was made."""
        connection.execute(delete(errand_link).where(errand_link.c.used_at.is_(None)))

    @transaction
    def purge(self, connection: Connection, now: datetime) -> int:
        """Removes links a day after they ended; returns how many."""
        old = errand_link.c.until < to_milliseconds(now - KEPT)
        return connection.execute(delete(errand_link).where(old)).rowcount

    def _sound(
        self, connection: Connection, token: str, now: datetime, note: Note
    ) -> tuple[bytes, OneTimeLink] | None:
        """The link of this token that was not used yet, as it was offered, with its row's digest."""
        row = connection.execute(select(errand_link).where(*self._works(token, now))).one_or_none()
        if row is None:
            return None
        digest, link = bytes(row.digest), _link(row)
        if not hmac.compare_digest(digest[_HALF:], self._mac(token, link)):
            note(Altered(errand_link.name, digest[:_HALF].hex(), "changed"))
            return None
        return digest, link

    def _found_by(self, token: str) -> bytes:
        return self._keys.digest_of("errand", token)

    def _mac(self, token: str, link: OneTimeLink) -> bytes:
        row = (str(link.link_page), link.actor, link.tenant, link.school, link.language, to_milliseconds(link.until))
        about = (link.about,) if link.about else ()  # one about the whole school has the MAC it has always had
        return hmac.digest(self._keys.rights, framed("errand-link/v1", token, *row, *about), hashlib.sha256)[:_HALF]

    def _works(self, token: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
        first = self._found_by(token)
        return (
            errand_link.c.digest.between(first, first + b"\xff" * _HALF),
            errand_link.c.used_at.is_(None),
            errand_link.c.until > to_milliseconds(now),
        )


def _link(row: Row[Any]) -> OneTimeLink:
    return OneTimeLink(
        row.errand,
        row.actor,
        row.tenant,
        row.school,
        row.language,
        from_milliseconds(row.until),
        row.about,
    )
