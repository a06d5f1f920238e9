"""Open requests that were made while nobody knew where the school is."""

import logging
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from bot.core.errors import NotKnownHere
from bot.core.people.places import Places
from bot.core.transfers.model import UNFINISHED, Event, Side
from bot.core.transfers.record import placed_entry
from bot.core.transfers.told import CARDS_FOR, tell
from bot.database.audit import ChainedAuditLog
from bot.database.connections import Connections
from bot.database.keys import DatabaseKeys
from bot.database.queue import StoredQueue
from bot.database.rights import Note, Rights, marked, transaction_with_alarm
from bot.database.transaction import transaction
from bot.database.transfer_rows import asked_row, read_transfer
from bot.database.transfer_tables import transfer

log = logging.getLogger(__name__)

_WHEN_PLACED = 0
"""No version of a request: it was told of as escalated before, when nobody knew whom to tell."""


class PlaceTransfers:
    """Gives them the places of their schools: a request without a region is no office's for as long as it is open.
    The office is told of those that wait for it. Errors: StoreUnavailable.
    """

    def __init__(
        self,
        connections: Connections,
        keys: DatabaseKeys,
        audit: ChainedAuditLog,
        rights: Rights,
        queue: StoredQueue,
    ) -> None:
        self._connections = connections
        self._keys = keys
        self._audit = audit
        self._rights = rights
        self._queue = queue

    async def __call__(self, places: Places, at: datetime) -> int:
        """Repeatable; returns how many were changed."""
        if not len(places):
            return 0
        placed = 0
        for one in await self._without():
            try:
                placed += await self._place(one, places=places, at=at)
            except NotKnownHere as error:
                log.warning("a request that another release wrote stays without a region: %s", error)
        if placed:
            log.info("%d open requests were given the region of their school", placed)
        return placed

    @transaction
    def _without(self, connection: Connection) -> list[Any]:
        nowhere = (transfer.c.region == "", transfer.c.state.in_(sorted(UNFINISHED)))
        return list(connection.execute(select(transfer.c.id, transfer.c.person).where(*nowhere)).all())

    @transaction_with_alarm
    def _place(self, connection: Connection, note: Note, one: Row[Any], *, places: Places, at: datetime) -> int:
        """In the order of locks of `transfers.py`. What lies there is judged before a new seal makes it right."""
        self._connections.serialise(connection, "transfer", one.person)
        here = transfer.c.id == one.id
        row = connection.execute(select(transfer).where(here, transfer.c.region == "")).one_or_none()
        if row is None or ((sound := self._rights.current_in(connection, transfer, row, row.person, note)) is None):
            return 0
        lies = read_transfer(sound, self._keys)
        receiving, releasing = map(places.completed, (lies.asked.receiving, lies.asked.releasing))
        if not releasing.region:
            return 0
        asked = replace(lies.asked, receiving=receiving, releasing=releasing)
        values = asked_row(asked, self._keys)
        connection.execute(update(transfer).where(here).values({name: values[name] for name in ("region", "detail")}))
        marks = self._rights.seal_in(connection, transfer, here)
        placed = replace(lies, asked=asked)
        if placed.state in CARDS_FOR[Side.OFFICE]:
            self._queue.add_in(connection, (tell(placed, Event.ESCALATED, at, _WHEN_PLACED),))
        entries = (placed_entry(placed, at),)
        self._audit.append_in(connection, marked(entries, marks, asked.person, at))
        return 1
