"""Rows that lay there before rows were sealed: each is sealed once, if the audit log knows it as it is.

Run at every start, because a release before this one may still have written rows beside us. Nothing is believed that
the chain does not say: what it does not know stays without a seal, gives nothing, and is an alarm.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Table, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.actors.authorise import ENDED, GIVEN
from bot.core.audit import AuditEntry
from bot.core.transfers.decide import RELEASED_FOR
from bot.core.transfers.model import UNFINISHED, State
from bot.core.transfers.record import BEGUN, DENIED, OPENED, REQUESTED
from bot.database.audit import ChainedAuditLog
from bot.database.connections import Connections
from bot.database.password_tables import release
from bot.database.rights import Altered, Rights, marked, row_name
from bot.database.tables import from_milliseconds, to_milliseconds
from bot.database.transfer_tables import deputy, transfer, transfer_step

log = logging.getLogger(__name__)

_STATES: Mapping[str, frozenset[State]] = {
    "requested": frozenset({State.REQUESTED, State.ESCALATED}),
    "begun": frozenset({State.CARRYING_OUT}),
    "retried": frozenset({State.APPROVED}),
}
"""Which states an outcome of the audit log stands for, where it is not the state's own word."""


class SealWhatWasThere:
    """Errors: StoreUnavailable."""

    def __init__(self, connections: Connections, audit: ChainedAuditLog, rights: Rights) -> None:
        self._connections = connections
        self._audit = audit
        self._rights = rights

    async def __call__(self, now: datetime) -> None:
        """One transaction, one replica at a time; the alarm is raised after it."""

        async def work(connection: AsyncConnection) -> tuple[int, list[Altered]]:
            await self._connections.serialise(connection, "sealing")
            sealed, unknown = 0, []
            for table, known in self._questions(now).items():
                for row in (await connection.execute(select(table).where(table.c.seal.is_(None)))).all():
                    subject = await self._subject(connection, table, row)
                    entries = [one async for one in self._audit.about_in(connection, subject)] if subject else []
                    if not known(row, entries):
                        unknown.append(Altered(table.name, row_name(table, row), "no seal"))
                        continue
                    here = [column == getattr(row, column.name) for column in table.primary_key.columns]
                    marks = await self._rights.seal_in(connection, table, *here)
                    if table is not transfer_step:
                        await self._audit.append_in(connection, marked((), marks, subject, now))
                    sealed += 1
            return sealed, unknown

        sealed, unknown = await self._connections.run(work, deadline=None)
        if sealed:
            log.warning("%d rows without a seal were known to the audit log and are sealed now", sealed)
        await self._rights.alarm(unknown)

    def _questions(self, now: datetime) -> Mapping[Table, Callable[[Row[Any], list[AuditEntry]], bool]]:
        """Whether the audit log knows a row. What is over gives nothing, whatever stands in it."""
        moment = to_milliseconds(now)
        return {
            deputy: lambda row, entries: row.until <= moment or _authorised(row, entries),
            release: lambda row, entries: row.until <= moment or _released(row, entries),
            transfer: lambda row, entries: row.state not in set(UNFINISHED) or _requested(row, entries),
            transfer_step: _planned,
        }

    async def _subject(self, connection: AsyncConnection, table: Table, row: Row[Any]) -> str:
        if table is not transfer_step:
            return str(row.person)
        found = await connection.execute(select(transfer.c.person).where(transfer.c.id == row.transfer))
        return str(found.scalar_one_or_none() or "")


def _authorised(row: Row[Any], newest_first: list[AuditEntry]) -> bool:
    about = (one for one in newest_first if one.action in {GIVEN, ENDED} and one.detail.get("school") == row.school)
    newest = next(about, None)
    return (
        newest is not None
        and newest.action == GIVEN
        and (
            (newest.actor, to_milliseconds(newest.at), newest.detail.get("until"))
            == (row.given_by, row.since, _until(newest, row.until))
        )
    )


def _until(given: AuditEntry, until: int) -> str | None:
    """The entry's own word for that moment, if it means it."""
    word = given.detail.get("until", "")
    try:
        return word if to_milliseconds(datetime.fromisoformat(word)) == until else None
    except ValueError:
        return None


def _released(row: Row[Any], newest_first: list[AuditEntry]) -> bool:
    """Approved then, to that school, and not at its end since."""
    about = [one for one in _of_request(row.request, newest_first) if one.action != OPENED]
    if not about or about[0].outcome in {State.DONE.value, State.STALE.value}:
        return False
    at = from_milliseconds(row.at)
    approved = any(
        (one.outcome, to_milliseconds(one.at), one.detail.get("receiving")) == (State.APPROVED, row.at, row.school)
        for one in about
    )
    return approved and from_milliseconds(row.until) <= at + RELEASED_FOR


def _requested(row: Row[Any], newest_first: list[AuditEntry]) -> bool:
    """Between these schools, and in the state that was written down last."""
    about = [one for one in _of_request(row.id, newest_first) if one.action != OPENED]
    if not about or not any(one.action == REQUESTED and one.actor == row.actor for one in about):
        return False
    schools = (about[0].detail.get("receiving"), about[0].detail.get("releasing"))
    states = _STATES.get(about[0].outcome, {about[0].outcome})
    return schools == (row.receiving, row.releasing) and row.state in states


def _planned(row: Row[Any], newest_first: list[AuditEntry]) -> bool:
    plan = next((one for one in _of_request(row.transfer, newest_first) if one.action == BEGUN), None)
    return plan is not None and f"{row.kind}:{row.target}" in plan.detail.get("steps", "").split(",")


def _of_request(request: str, newest_first: list[AuditEntry]) -> list[AuditEntry]:
    return [one for one in newest_first if one.action != DENIED and one.detail.get("transfer") == request]
