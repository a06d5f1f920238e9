"""Single-use links from the chat to the pages of class links."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.audit import AuditEntry
from bot.core.class_links.errands import Errand, ErrandLink
from bot.core.known import known
from bot.database.audit import ChainedAuditLog
from bot.database.connections import Connections
from bot.database.keys import DatabaseKeys
from bot.database.link_tables import errand_link
from bot.database.tables import from_milliseconds, to_milliseconds

KEPT = timedelta(days=1)


class StoredErrandLinks:
    """`bot.core.class_links.errands.ErrandLinks`. Errors: StoreUnavailable."""

    def __init__(self, connections: Connections, keys: DatabaseKeys, audit: ChainedAuditLog) -> None:
        self._connections = connections
        self._keys = keys
        self._audit = audit

    async def offer(self, token: str, link: ErrandLink, entries: Sequence[AuditEntry]) -> None:
        """See the port."""
        earlier = (
            errand_link.c.actor == link.actor,
            errand_link.c.errand == link.errand.value,
            errand_link.c.used_at.is_(None),
        )

        async def work(connection: AsyncConnection) -> None:
            await self._connections.serialise(connection, "errand", link.actor, link.errand.value)
            await connection.execute(delete(errand_link).where(*earlier))
            await connection.execute(
                insert(errand_link).values(
                    digest=self._digest(token),
                    errand=link.errand.value,
                    actor=link.actor,
                    tenant=link.tenant,
                    school=link.school,
                    language=link.language,
                    until=to_milliseconds(link.until),
                )
            )
            await self._audit.append_in(connection, entries)

        await self._connections.run(work)

    async def one(self, token: str, now: datetime) -> ErrandLink | None:
        """See the port."""

        async def work(connection: AsyncConnection) -> ErrandLink | None:
            row = (await connection.execute(select(errand_link).where(*self._works(token, now)))).one_or_none()
            if row is None:
                return None
            return ErrandLink(
                known(Errand, row.errand),
                row.actor,
                row.tenant,
                row.school,
                row.language,
                from_milliseconds(row.until),
            )

        return await self._connections.run(work)

    async def use(self, token: str, now: datetime, entries: Sequence[AuditEntry]) -> bool:
        """See the port. The update is lock, single use and mark in one."""

        async def work(connection: AsyncConnection) -> bool:
            used = await connection.execute(
                update(errand_link).where(*self._works(token, now)).values(used_at=to_milliseconds(now))
            )
            if used.rowcount:
                await self._audit.append_in(connection, entries)
            return used.rowcount > 0

        return await self._connections.run(work)

    async def purge(self, now: datetime) -> int:
        """Removes links a day after they ended; returns how many."""

        async def work(connection: AsyncConnection) -> int:
            old = errand_link.c.until < to_milliseconds(now - KEPT)
            return (await connection.execute(delete(errand_link).where(old))).rowcount

        return await self._connections.run(work)

    def _digest(self, token: str) -> bytes:
        return self._keys.digest_of("errand", token)

    def _works(self, token: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
        return (
            errand_link.c.digest == self._digest(token),
            errand_link.c.used_at.is_(None),
            errand_link.c.until > to_milliseconds(now),
        )
