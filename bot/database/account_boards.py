"""What was last seen of the accounts of each school."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, func, insert, or_, select, text, update

from bot.core.accounts.model import Account, BoardRow, Looked, Week
from bot.core.accounts.ports import KeptBoard, Settle
from bot.core.clock import Clock, day_in_sofia
from bot.core.tasks import Task
from bot.database.account_rows import account_row, opened_account, seen_rows
from bot.database.account_tables import account_look, account_week, school_account
from bot.database.connections import Connections
from bot.database.keys import DatabaseKeys
from bot.database.password_tables import school_director
from bot.database.queue import StoredQueue
from bot.database.tables import from_milliseconds, to_milliseconds
from bot.database.transaction import transaction

NOT_LOOKED_AT = timedelta(days=120)
"""After which a school's accounts are forgotten: nobody asks for them any more. A summer is 77 days; what was seen,
and uploaded, before it is there in September.
"""

WEEKS_KEPT = timedelta(days=400)

SCHOOL_TURN = "school-accounts"
"""Whoever changes what is known of a school's accounts, or notes a handing over in it, takes this turn."""

_AT_ONCE = 500
_LOOKED = text(
    "INSERT INTO account_look (school, at) VALUES (:school, :at)"
    " ON CONFLICT (school) DO UPDATE SET at = excluded.at WHERE excluded.at > account_look.at"
)
_WEEK = text(
    "INSERT INTO account_week (school, monday, handed, whole, used) VALUES (:school, :monday, :handed, :whole, :used)"
    " ON CONFLICT (school, monday) DO UPDATE"
    " SET handed = excluded.handed, whole = excluded.whole, used = excluded.used"
)


class StoredBoards:
    """`bot.core.accounts.ports.Boards`. Errors: StoreUnavailable."""

    def __init__(self, connections: Connections, keys: DatabaseKeys, queue: StoredQueue, clock: Clock) -> None:
        self._connections = connections
        self._keys = keys
        self._queue = queue
        self._clock = clock

    @transaction
    def kept(self, connection: Connection, school_id: str) -> KeptBoard:
        """See the port. A row that does not open is left out, and the school is as one that was never looked at: a
        look is what mends it.
        """
        at = connection.execute(select(account_look.c.at).where(account_look.c.school == school_id)).scalar()
        if at is None:
            return KeptBoard(None)
        spoilt: set[str] = set()
        rows = seen_rows(connection, self._keys, school_id, self._clock(), spoilt=spoilt)
        weeks = connection.execute(
            select(account_week).where(account_week.c.school == school_id).order_by(account_week.c.monday)
        )
        return KeptBoard(
            None if spoilt else from_milliseconds(at),
            tuple(row for _, row in rows),
            tuple(Week(week.monday, week.handed, week.whole, week.used) for week in weeks),
        )

    @transaction
    def keep(
        self, connection: Connection, looked: Looked, fresh: Sequence[str], settle: Settle, task: Task | None = None
    ) -> bool:
        """See the port. Only what differs is written: as a rule nothing."""
        if task is not None:
            self._queue.fence_in(connection, task)
        school, at = looked.school.id, to_milliseconds(looked.at)
        self._connections.serialise(connection, SCHOOL_TURN, school)
        newer = connection.execute(_LOOKED, {"school": school, "at": at}).rowcount == 1
        if newer:
            self._replace(connection, looked)
            untold = self._tell(connection, school, fresh, at)
            accounts = {one.person: one for one in looked.accounts}
            rows = [row for _, row in seen_rows(connection, self._keys, school, looked.at, accounts=accounts)]
            week, tasks = settle(untold, rows)
            given = {"monday": week.monday, "handed": week.handed, "whole": week.of, "used": week.used}
            connection.execute(_WEEK, {"school": school, **given})
            self._queue.add_in(connection, tasks)
        if task is not None:
            self._queue.done_in(connection, task)
        return newer

    def _replace(self, connection: Connection, looked: Looked) -> None:
        school = looked.school.id
        found = connection.execute(select(school_account).where(school_account.c.school == school))
        before = {row.person: opened_account(row, self._keys) for row in found}
        now = {one.person: one for one in looked.accounts}
        gone = sorted(before.keys() - now.keys())
        for start in range(0, len(gone), _AT_ONCE):
            some = gone[start : start + _AT_ONCE]
            connection.execute(
                delete(school_account).where(school_account.c.school == school, school_account.c.person.in_(some))
            )
        if new := [self._row(school, one) for person, one in now.items() if person not in before]:
            connection.execute(insert(school_account), new)
        for person, one in now.items():
            if person in before and before[person] != one:
                values = self._row(school, one)
                connection.execute(
                    update(school_account)
                    .where(school_account.c.school == school, school_account.c.person == person)
                    .values({name: value for name, value in values.items() if name not in {"school", "person"}})
                )

    def _row(self, school: str, one: Account) -> dict[str, Any]:
        return account_row(school, one, self._keys)

    @staticmethod
    def _tell(connection: Connection, school: str, fresh: Sequence[str], at: int) -> list[str]:
        """Those of the new ones of whom nobody was told: from now on somebody was."""
        untold: list[str] = []
        for start in range(0, len(fresh), _AT_ONCE):
            here = (
                school_account.c.school == school,
                school_account.c.person.in_(fresh[start : start + _AT_ONCE]),
                school_account.c.told.is_(None),
            )
            untold += connection.execute(select(school_account.c.person).where(*here)).scalars()
            connection.execute(update(school_account).where(*here).values(told=at))
        return untold

    @transaction
    def due(self, connection: Connection, before: datetime, directors_since: datetime) -> tuple[str, ...]:
        """See the port."""
        found = connection.execute(
            select(school_director.c.school, func.coalesce(account_look.c.at, 0).label("looked"))
            .outerjoin(account_look, account_look.c.school == school_director.c.school)
            .where(
                school_director.c.seen >= to_milliseconds(directors_since),
                or_(account_look.c.at.is_(None), account_look.c.at <= to_milliseconds(before)),
            )
            .distinct()
            .order_by("looked", school_director.c.school)
        )
        return tuple(row.school for row in found)

    @transaction
    def told(self, connection: Connection, school_id: str, at: datetime) -> tuple[BoardRow, ...]:
        """See the port."""
        moment = to_milliseconds(at)
        rows = seen_rows(connection, self._keys, school_id, self._clock(), spoilt=set())
        return tuple(seen for row, seen in rows if row.told == moment)

    @transaction
    def purge(self, connection: Connection, now: datetime) -> int:
        """Removes schools nobody has looked at for so long, and weeks of more than a school year ago."""
        old = to_milliseconds(now - NOT_LOOKED_AT)
        left = select(account_look.c.school).where(account_look.c.at < old)
        oldest = day_in_sofia(now - WEEKS_KEPT)
        removed = 0
        for statement in (
            delete(school_account).where(school_account.c.school.in_(left)),
            delete(account_look).where(account_look.c.at < old),
            delete(account_week).where(account_week.c.monday < oldest.isoformat()),
        ):
            removed += connection.execute(statement).rowcount
        return removed
