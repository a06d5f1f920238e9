"""Lists of accounts of each school: who is expected in it, rows that did not count, columns that were told."""

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from bot.core.audit import AuditEntry
from bot.core.clock import Clock, day_in_sofia, sofia
from bot.core.errors import NotKnownHere
from bot.core.lists.changes import keys_of
from bot.core.lists.kept import KeptAccountList, counting
from bot.core.lists.merge import name_of
from bot.core.lists.model import ColumnMeaning, Columns, ListedPerson
from bot.core.lists.ports import MOST_REMEMBERED
from bot.core.school_year import first_of_year
from bot.core.tasks import NewTask
from bot.database.account_boards import NOT_LOOKED_AT
from bot.database.account_list_rows import (
    detail_of,
    kept_of,
    person_of,
    read_resolved,
    written_person,
    written_resolved,
)
from bot.database.account_tables import account_look
from bot.database.audit import ChainedAuditLog
from bot.database.connections import Connections
from bot.database.keys import DatabaseKeys, Undecipherable
from bot.database.list_tables import account_list, list_columns, listed_person
from bot.database.queue import StoredQueue
from bot.database.tables import from_milliseconds, to_milliseconds
from bot.database.transaction import transaction

log = logging.getLogger(__name__)

COLUMNS_KEPT = timedelta(days=400)
_AT_ONCE = 500
_TURN = "account-list"


class StoredAccountLists:
    """`bot.core.lists.ports.KeptLists`. Errors: StoreUnavailable."""

    def __init__(
        self, connections: Connections, keys: DatabaseKeys, audit: ChainedAuditLog, queue: StoredQueue, clock: Clock
    ) -> None:
        self._connections = connections
        self._keys = keys
        self._audit = audit
        self._queue = queue
        self._clock = clock

    @transaction
    def list_of(self, connection: Connection, school_id: str) -> KeptAccountList | None:
        """See the port."""
        return self._counting(self._before(connection, school_id)[1], self._clock())

    @staticmethod
    def _counting(kept: KeptAccountList | None, now: datetime) -> KeptAccountList | None:
        return None if kept is None else counting(kept, day_in_sofia(now))

    @transaction
    def change_list(
        self,
        connection: Connection,
        school_id: str,
        to: Callable[[KeptAccountList | None], KeptAccountList],
        entries: Sequence[AuditEntry] = (),
        tasks: Sequence[NewTask] = (),
    ) -> KeptAccountList:
        """See the port."""
        self._connections.serialise(connection, _TURN, school_id)
        rows, before = self._before(connection, school_id)
        after = to(self._counting(before, self._clock()))
        self._write(connection, rows, before, after)
        self._queue.add_in(connection, tasks)
        self._audit.append_in(connection, entries)
        return after

    def _write(
        self,
        connection: Connection,
        rows: Mapping[bytes, ListedPerson],
        before: KeptAccountList | None,
        after: KeptAccountList,
    ) -> None:
        school_id = after.school
        if before is None:
            for table in (listed_person, account_list):
                connection.execute(delete(table).where(table.c.school == school_id))
        self._replace(connection, school_id, rows, after.rows)
        values = {
            "at": to_milliseconds(after.at),
            "dated": to_milliseconds(after.dated),
            "checked_at": None if after.checked_at is None else to_milliseconds(after.checked_at),
            "people": len(after.people),
            "detail": self._sealed("detail", school_id, detail_of(after)),
        }
        if before is None or before.resolved != after.resolved:
            resolved = after.resolved
            values["resolved"] = (
                None if resolved is None else self._sealed("resolved", school_id, written_resolved(resolved))
            )
        if before is None:
            connection.execute(insert(account_list).values(school=school_id, **values))
        else:
            connection.execute(update(account_list).where(account_list.c.school == school_id).values(values))

    @transaction
    def columns_of(self, connection: Connection, school_id: str) -> Mapping[str, Columns]:
        """See the port. What another release told otherwise is asked for again."""
        found = connection.execute(
            select(list_columns)
            .where(list_columns.c.school == school_id)
            .order_by(list_columns.c.at, list_columns.c.fingerprint)
        )
        told = [(row.fingerprint, row.meanings.split(" ")) for row in found]
        meanings = set(ColumnMeaning)
        return {mark: tuple(map(ColumnMeaning, each)) for mark, each in told if meanings.issuperset(each)}

    @transaction
    def remember_columns(
        self,
        connection: Connection,
        school_id: str,
        told: Mapping[str, Columns],
        at: datetime,
        entries: Sequence[AuditEntry],
    ) -> None:
        """See the port."""
        self._connections.serialise(connection, _TURN, school_id)
        here = list_columns.c.school == school_id
        connection.execute(delete(list_columns).where(here, list_columns.c.fingerprint.in_(list(told))))
        connection.execute(
            insert(list_columns),
            [
                {"school": school_id, "fingerprint": mark, "at": to_milliseconds(at), "meanings": " ".join(each)}
                for mark, each in told.items()
            ],
        )
        marks = connection.execute(
            select(list_columns.c.fingerprint).where(here).order_by(list_columns.c.at.desc())
        ).scalars()
        if old := list(marks)[MOST_REMEMBERED:]:
            connection.execute(delete(list_columns).where(here, list_columns.c.fingerprint.in_(old)))
        _, kept = self._before(connection, school_id)
        if kept is not None and kept.mark:
            unread = self._sealed("detail", school_id, detail_of(kept) | {"mark": ""})
            connection.execute(update(account_list).where(account_list.c.school == school_id).values(detail=unread))
        self._audit.append_in(connection, entries)

    @transaction
    def schools_listed(self, connection: Connection) -> frozenset[str]:
        """See the port."""
        this_year = account_list.c.dated >= _first_moment(self._clock())
        return frozenset(
            connection.execute(select(account_list.c.school).where(account_list.c.people > 0, this_year)).scalars()
        )

    async def purge(self, now: datetime) -> int:
        """Removes lists of schools that nobody has looked at for so long, as the board is; what ended with its school
        year; and old columns. A school at a time: on the day on which a year ends nobody waits for all.
        """
        removed = await self._forget(now)
        for school in await self._ended(now):
            with suppress(NotKnownHere):  # left to the release that knows what it has written
                removed += await self._erase(school, now)
        return removed

    @transaction
    def _forget(self, connection: Connection, now: datetime) -> int:
        old = to_milliseconds(now - NOT_LOOKED_AT)
        looked = select(account_look.c.school).where(account_look.c.at >= old)
        left = select(account_list.c.school).where(account_list.c.at < old, account_list.c.school.not_in(looked))
        removed = 0
        for statement in (
            delete(listed_person).where(listed_person.c.school.in_(left)),
            delete(account_list).where(account_list.c.school.in_(left)),
            delete(list_columns).where(list_columns.c.at < to_milliseconds(now - COLUMNS_KEPT)),
        ):
            removed += connection.execute(statement).rowcount
        return removed

    @transaction
    def _ended(self, connection: Connection, now: datetime) -> Sequence[str]:
        """Schools of which a file has ended."""
        first = _first_moment(now)
        found = connection.execute(
            select(account_list.c.school, account_list.c.dated, account_list.c.people, account_list.c.detail)
        )
        return sorted(school for school, *told in found if self._has_ended(first, school, *told))

    def _has_ended(self, first: int, school: str, dated: int, people: int, detail: bytes) -> bool:
        try:
            came = self._opened("detail", school, detail).get("came", {})
        except Undecipherable:
            return dated < first
        if not came:  # an older release kept of all files when the newest did
            return people > 0 and dated < first
        return any(to_milliseconds(datetime.fromisoformat(at)) < first for at in came.values())

    @transaction
    def _erase(self, connection: Connection, school: str, now: datetime) -> int:
        """How many rows are gone. What is known of the school's folder stays."""
        self._connections.serialise(connection, _TURN, school)
        rows, before = self._before(connection, school)
        here = listed_person.c.school == school
        if before is None:
            connection.execute(delete(account_list).where(account_list.c.school == school))
            return connection.execute(delete(listed_person).where(here)).rowcount
        after = counting(before, day_in_sofia(now))
        if after is before:
            return 0
        self._write(connection, rows, before, after)
        return len(before.rows) - len(after.rows)

    def _before(
        self, connection: Connection, school: str
    ) -> tuple[Mapping[bytes, ListedPerson], KeptAccountList | None]:
        """The rows, and what is kept with them. Of a list that does not open in all its parts nothing counts: with a
        row less, an account that two rows are about would be somebody's. A list that is written anew mends it.
        """
        try:
            rows = self._people(connection, school)
            return rows, self._kept(connection, school, rows)
        except Undecipherable:
            log.error("the list of accounts of school %s does not open: its rows were changed", school)  # noqa: TRY400 -- that is all there is to know
            return {}, None

    def _kept(
        self, connection: Connection, school: str, rows: Mapping[bytes, ListedPerson]
    ) -> KeptAccountList | None:
        row = connection.execute(select(account_list).where(account_list.c.school == school)).first()
        if row is None:
            return None
        ordered = sorted(rows.values(), key=lambda one: (one.place.file, one.place.sheet, one.place.row))
        return kept_of(
            school,
            self._opened("detail", school, row.detail),
            ordered,
            at=from_milliseconds(row.at),
            dated=from_milliseconds(row.dated),
            checked_at=None if row.checked_at is None else from_milliseconds(row.checked_at),
            resolved=None if row.resolved is None else read_resolved(self._opened("resolved", school, row.resolved)),
        )

    def _people(self, connection: Connection, school: str) -> dict[bytes, ListedPerson]:
        found = connection.execute(select(listed_person).where(listed_person.c.school == school))
        return {row.key: person_of(self._keys.unseal(row.detail, *self._place(school, row.key))) for row in found}

    def _replace(
        self,
        connection: Connection,
        school: str,
        before: Mapping[bytes, ListedPerson],
        people: Sequence[ListedPerson],
    ) -> None:
        """Only what differs is written."""
        now = self._by_key(school, people)
        gone = [key for key in before if key not in now]
        for start in range(0, len(gone), _AT_ONCE):
            some = gone[start : start + _AT_ONCE]
            connection.execute(
                delete(listed_person).where(listed_person.c.school == school, listed_person.c.key.in_(some))
            )
        if new := [self._row(school, key, one) for key, one in now.items() if key not in before]:
            connection.execute(insert(listed_person), new)
        for key, one in now.items():
            if key in before and before[key] != one:
                connection.execute(
                    update(listed_person)
                    .where(listed_person.c.school == school, listed_person.c.key == key)
                    .values(detail=self._row(school, key, one)["detail"])
                )

    def _by_key(self, school: str, people: Sequence[ListedPerson]) -> dict[bytes, ListedPerson]:
        found: dict[bytes, ListedPerson] = {}
        for one in people:
            first = keys_of(one)[0]
            known_by = first if isinstance(first, str) else " ".join((*sorted(first[0]), one.class_))  # type: ignore[index]  # a name and a class
            known_by, again = f"{name_of(one.place.file)}\n{known_by}", 0
            key = self._keys.digest_of("listed", school, known_by)
            while key in found:
                again += 1
                key = self._keys.digest_of("listed", school, known_by, str(again))
            found[key] = one
        return found

    def _row(self, school: str, key: bytes, one: ListedPerson) -> dict[str, Any]:
        sealed = self._keys.seal(written_person(one), *self._place(school, key))
        return {"school": school, "key": key, "detail": sealed}

    @staticmethod
    def _place(school: str, key: bytes) -> tuple[str, str, str]:
        return "listed_person", "detail", f"{school} {key.hex()}"

    def _sealed(self, column: str, school: str, values: Mapping[str, Any]) -> bytes:
        hidden = {"kept": json.dumps(values, ensure_ascii=False, separators=(",", ":"))}
        return self._keys.seal(hidden, "account_list", column, school)

    def _opened(self, column: str, school: str, sealed: bytes) -> dict[str, Any]:
        opened: dict[str, Any] = json.loads(self._keys.unseal(sealed, "account_list", column, school)["kept"])
        return opened


def _first_moment(now: datetime) -> int:
    """From when on what came is of this school year."""
    return to_milliseconds(datetime.combine(first_of_year(day_in_sofia(now)), time.min, sofia()))
