"""Lists of transfer requests: those of a school by side, those that concern a regional office."""

import logging
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, case, func, or_, select

from bot.core.errors import NotKnownHere
from bot.core.people.regions import region_key
from bot.core.transfers.limits import WEEK, Past
from bot.core.transfers.model import CLOSED, UNFINISHED, Group, State, Transfer
from bot.database.connections import Connections
from bot.database.keys import DatabaseKeys
from bot.database.rights import Note, Rights, transaction_with_alarm
from bot.database.tables import from_milliseconds, to_milliseconds
from bot.database.transaction import transaction
from bot.database.transfer_rows import read_transfer
from bot.database.transfer_tables import transfer

log = logging.getLogger(__name__)

_OFFICE = (State.ESCALATED, State.OVERDUE, State.NEEDS_ATTENTION)
_WITHDRAWN_AT = case((transfer.c.state == State.WITHDRAWN.value, transfer.c.ended_at)).label("withdrawn_at")
_LATE = case((transfer.c.state == State.ESCALATED.value, 0), (transfer.c.state == State.OVERDUE.value, 1), else_=2)


class TransferLists:
    """The part of `bot.core.transfers.ports.Transfers` that lists."""

    def __init__(self, connections: Connections, keys: DatabaseKeys, rights: Rights) -> None:
        self._connections = connections
        self._keys = keys
        self._rights = rights

    @transaction_with_alarm
    def page(
        self,
        connection: Connection,
        note: Note,
        group: Group,
        *,
        school: str = "",
        region: str = "",
        after: int = 0,
        most: int = 10,
    ) -> tuple[Transfer, ...]:
        """See the port."""
        order: tuple[Any, ...] = (transfer.c.escalate_at, transfer.c.number)
        if group is Group.CLOSED:
            order = (transfer.c.ended_at.desc(), transfer.c.number.desc())
        elif group is Group.OFFICE:
            order = (_LATE, *order)
        found = connection.execute(
            select(transfer).where(*_of(group, school, region)).order_by(*order).offset(after).limit(most)
        )
        return tuple(self._sound(found, note))

    @transaction
    def counts(self, connection: Connection, *, school: str = "", region: str = "") -> Mapping[Group, int]:
        """See the port."""
        groups = (Group.OFFICE,) if region else (Group.SENT, Group.RECEIVED, Group.CLOSED)
        counted = {}
        for group in groups:
            count = select(func.count()).select_from(transfer).where(*_of(group, school, region))
            counted[group] = int(connection.execute(count).scalar_one())
        return counted

    @transaction
    def states(self, connection: Connection, region: str) -> Mapping[State, int]:
        """See the port."""
        here = _of(Group.OFFICE, "", region)
        found = connection.execute(select(transfer.c.state, func.count()).where(*here).group_by(transfer.c.state))
        return {State(state): int(count) for state, count in found if state in set(State)}

    @transaction_with_alarm
    def earlier(
        self, connection: Connection, note: Note, transfer_: Transfer, since: datetime, most: int
    ) -> tuple[Transfer, ...]:
        """See the port."""
        asked = transfer_.asked
        found = connection.execute(
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
        return tuple(self._sound(found, note))

    @transaction
    def past(
        self, connection: Connection, actor: str, person: str, *, receiving: str, releasing: str, now: datetime
    ) -> Past:
        """See the port."""
        found = connection.execute(
            select(transfer.c.at, transfer.c.actor, transfer.c.releasing, transfer.c.person, _WITHDRAWN_AT)
            .where(transfer.c.receiving == receiving, transfer.c.at > to_milliseconds(now - WEEK))
            .order_by(transfer.c.at, transfer.c.number)
        )
        rows = found.all()
        withdrawn = [row.withdrawn_at for row in rows if row.person == person and row.withdrawn_at is not None]
        return Past(
            by_director=tuple(from_milliseconds(row.at) for row in rows if row.actor == actor),
            of_school=tuple(from_milliseconds(row.at) for row in rows if row.releasing == releasing),
            for_student=tuple(from_milliseconds(row.at) for row in rows if row.person == person),
            withdrawn_at=from_milliseconds(max(withdrawn)) if withdrawn else None,
        )

    def _sound(self, rows: Iterable[Row[Any]], note: Note) -> Iterator[Transfer]:
        """One that somebody changed by hand, or that another release wrote, keeps nobody from the others. Whether a
        row is the newest copy is asked when the request is opened: a list gives no right.
        """
        for row in rows:
            if not self._rights.sound(transfer, row, note):
                continue
            try:
                yield read_transfer(row, self._keys)
            except NotKnownHere as error:
                log.warning("request %d was written by another release: %s", row.number, error)


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
