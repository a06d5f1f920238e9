"""Lists of transfer requests: those of a school by side, those that concern a regional office."""

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, case, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.people.places import Places
from bot.core.people.regions import region_key
from bot.core.transfers.model import CLOSED, UNFINISHED, Group, State, Transfer
from bot.database.connections import Connections
from bot.database.keys import DatabaseKeys, Undecipherable
from bot.database.tables import to_milliseconds
from bot.database.transfer_rows import asked_row, read_transfer
from bot.database.transfer_tables import transfer

log = logging.getLogger(__name__)

_OFFICE = (State.ESCALATED, State.OVERDUE, State.NEEDS_ATTENTION)
_LATE = case((transfer.c.state == State.ESCALATED.value, 0), (transfer.c.state == State.OVERDUE.value, 1), else_=2)


class TransferLists:
    """The part of `bot.core.transfers.ports.Transfers` that lists."""

    def __init__(self, connections: Connections, keys: DatabaseKeys) -> None:
        self._connections = connections
        self._keys = keys

    async def page(
        self, group: Group, *, school: str = "", region: str = "", after: int = 0, most: int = 10
    ) -> tuple[Transfer, ...]:
        """See the port."""
        order: tuple[Any, ...] = (transfer.c.escalate_at, transfer.c.number)
        if group is Group.CLOSED:
            order = (transfer.c.ended_at.desc(), transfer.c.number.desc())
        elif group is Group.OFFICE:
            order = (_LATE, *order)

        async def work(connection: AsyncConnection) -> tuple[Transfer, ...]:
            found = await connection.execute(
                select(transfer).where(*_of(group, school, region)).order_by(*order).offset(after).limit(most)
            )
            return tuple(self._legible(found))

        return await self._connections.run(work)

    async def counts(self, *, school: str = "", region: str = "") -> Mapping[Group, int]:
        """See the port."""
        groups = (Group.OFFICE,) if region else (Group.SENT, Group.RECEIVED, Group.CLOSED)

        async def work(connection: AsyncConnection) -> Mapping[Group, int]:
            counted = {}
            for group in groups:
                count = select(func.count()).select_from(transfer).where(*_of(group, school, region))
                counted[group] = int((await connection.execute(count)).scalar_one())
            return counted

        return await self._connections.run(work)

    async def earlier(self, transfer_: Transfer, since: datetime, most: int) -> tuple[Transfer, ...]:
        """See the port."""
        asked = transfer_.asked

        async def work(connection: AsyncConnection) -> tuple[Transfer, ...]:
            found = await connection.execute(
                select(transfer)
                .where(
                    transfer.c.releasing == asked.releasing.id,
                    transfer.c.receiving == asked.receiving.id,
                    transfer.c.id != asked.id,
                    transfer.c.at >= to_milliseconds(since),
                )
                .order_by(transfer.c.number.desc())
                .limit(most)
            )
            return tuple(self._legible(found))

        return await self._connections.run(work)

    async def place(self, places: Places) -> int:
        """Gives open requests the places of their schools: those made while nobody knew the region are no office's,
        and stay so for as long as they are open. Repeatable; returns how many were changed.
        """
        if not len(places):
            return 0

        async def work(connection: AsyncConnection) -> int:
            found = await connection.execute(
                select(transfer).where(transfer.c.region == "", transfer.c.state.in_(sorted(UNFINISHED)))
            )
            placed = 0
            for one in list(self._legible(found)):
                asked = replace(
                    one.asked,
                    releasing=places.completed(one.asked.releasing),
                    receiving=places.completed(one.asked.receiving),
                )
                if asked.releasing.region:
                    row = asked_row(asked, self._keys)
                    changed = {"region": row["region"], "detail": row["detail"]}
                    await connection.execute(update(transfer).where(transfer.c.id == one.id).values(changed))
                    placed += 1
            return placed

        placed = await self._connections.run(work)
        if placed:
            log.info("%d open requests were given the region of their school", placed)
        return placed

    def _legible(self, rows: Iterable[Row[Any]]) -> Iterator[Transfer]:
        """One that somebody changed by hand keeps nobody from the others."""
        for row in rows:
            try:
                yield read_transfer(row, self._keys)
            except Undecipherable:
                log.error("request %d does not open: its row was changed", row.number)  # noqa: TRY400 -- that is all there is to know


def _of(group: Group, school: str, region: str) -> tuple[Any, ...]:
    match group:
        case Group.SENT:
            return transfer.c.receiving == school, transfer.c.state.in_(sorted(UNFINISHED))
        case Group.RECEIVED:
            return transfer.c.releasing == school, transfer.c.state.in_(sorted(UNFINISHED))
        case Group.CLOSED:
            either = or_(transfer.c.receiving == school, transfer.c.releasing == school)
            return either, transfer.c.state.in_(sorted(CLOSED))
        case Group.OFFICE:
            key = region_key(region)
            return (
                transfer.c.region == key,
                transfer.c.region != "",
                transfer.c.state.in_([one.value for one in _OFFICE]),
            )
