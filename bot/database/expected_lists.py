"""The register's list of each school, as it was last fetched: encrypted as a whole, for it names minors."""

import json
import logging
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from bot.core.audit import AuditEntry
from bot.core.class_links.expected import Carrier, Change, ExpectedClass, ExpectedList, Fault, RosterFault
from bot.core.class_links.ports import UPLOADED, KeptList
from bot.core.known import known
from bot.database.audit import ChainedAuditLog
from bot.database.connections import Connections
from bot.database.keys import DatabaseKeys, Undecipherable
from bot.database.link_tables import expected_list
from bot.database.tables import from_milliseconds, to_milliseconds
from bot.database.transaction import transaction

log = logging.getLogger(__name__)

KEPT = timedelta(days=60)
"""Since it was last fetched: nobody has looked at the school's links for so long."""


class StoredExpectedLists:
    """`bot.core.class_links.ports.ExpectedLists`. Errors: StoreUnavailable."""

    def __init__(self, connections: Connections, keys: DatabaseKeys, audit: ChainedAuditLog) -> None:
        self._connections = connections
        self._keys = keys
        self._audit = audit

    @transaction
    def of_school(self, connection: Connection, school_code: str) -> KeptList | None:
        """See the port. What does not open counts as nothing: the list that is fetched then is what mends it."""
        found = connection.execute(select(expected_list).where(expected_list.c.school_code == school_code))
        row = found.first()
        if row is None:
            return None
        try:
            hidden = self._keys.unseal(row.detail, "expected_list", "detail", school_code)
        except Undecipherable:
            log.error("the kept list of school %s does not open: its row was changed", school_code)  # noqa: TRY400 -- that is all there is to know
            return None
        return _kept(from_milliseconds(row.checked_at), json.loads(hidden["kept"]))

    @transaction
    def checked_at(self, connection: Connection, school_code: str) -> datetime | None:
        """See the port."""
        found = connection.execute(
            select(expected_list.c.checked_at).where(expected_list.c.school_code == school_code)
        ).scalar_one_or_none()
        return None if found is None else from_milliseconds(found)

    @transaction
    def change(
        self,
        connection: Connection,
        school_code: str,
        to: Callable[[KeptList | None], KeptList],
        entries: Sequence[AuditEntry] = (),
    ) -> KeptList:
        """See the port."""
        self._connections.serialise(connection, "expected-list", school_code)
        kept = to(self.of_school.within(connection, school_code))
        hidden = {"kept": json.dumps(_written(kept), ensure_ascii=False, separators=(",", ":"))}
        sealed = self._keys.seal(hidden, "expected_list", "detail", school_code)
        values = {"school_code": school_code, "checked_at": to_milliseconds(kept.checked_at), "detail": sealed}
        connection.execute(delete(expected_list).where(expected_list.c.school_code == school_code))
        connection.execute(insert(expected_list).values(values))
        self._audit.append_in(connection, entries)
        return kept

    @transaction
    def purge(self, connection: Connection, now: datetime) -> int:
        """Removes lists not fetched for sixty days; returns how many."""
        old = expected_list.c.checked_at < to_milliseconds(now - KEPT)
        return connection.execute(delete(expected_list).where(old)).rowcount


def _written(kept: KeptList) -> dict[str, Any]:
    faults = [[one.fault.value, one.where, one.line, one.count] for one in kept.faults]
    return {"mark": kept.mark, "faults": faults, "list": None if kept.list is None else _list_written(kept.list)}


def _list_written(one: ExpectedList) -> dict[str, Any]:
    return {
        "school": one.school_code,
        "carrier": one.carrier.value,
        "dated": one.dated.isoformat(),
        "names": dict(one.names),
        "classes": [
            [row.id, row.title, row.teachers, row.students, row.status, row.since and row.since.isoformat()]
            for row in one.classes
        ],
        "later": {
            row.id: [[each.day.isoformat(), each.teachers, each.students] for each in row.later]
            for row in one.classes
            if row.later
        },
    }


def _kept(checked_at: datetime, read: dict[str, Any]) -> KeptList:
    # A fault that another release found is only not named: the list stands.
    faults = tuple(
        RosterFault(Fault(fault), where, line, count)
        for fault, where, line, count in read["faults"]
        if fault in set(Fault)
    )
    given = read["list"]
    if given is None:
        return KeptList(checked_at, None, faults, read["mark"])
    # An older release kept who was in the classes on one day only, and knew nothing of days to come: read anew.
    mark = read["mark"] if "later" in given or read["mark"].startswith(UPLOADED) else ""
    later = given.get("later", {})
    classes = tuple(
        ExpectedClass(
            identifier,
            title,
            tuple(teachers),
            tuple(students),
            status,
            None if since is None else datetime.fromisoformat(since),
            tuple(
                Change(date.fromisoformat(day), tuple(then), tuple(pupils))
                for day, then, pupils in later.get(identifier, ())
            ),
        )
        for identifier, title, teachers, students, status, since in given["classes"]
    )
    listed = ExpectedList(
        given["school"],
        known(Carrier, given["carrier"]),
        datetime.fromisoformat(given["dated"]),
        classes,
        given["names"],
        faults,
    )
    return KeptList(checked_at, listed, faults, mark)
