"""What a school has chosen for handing over, its own groups, and what its class teachers ask."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select

from bot.core.accounts.model import LONGEST_GROUP, LONGEST_SENTENCE, Choices, Closers, OwnGroup
from bot.core.accounts.ports import ASK_LIVES, Ask
from bot.core.audit import AuditEntry
from bot.core.clock import Clock
from bot.core.decision import Decision
from bot.core.known import known
from bot.core.people.free_text import free_text
from bot.core.tasks import NewTask
from bot.database.account_rows import ANSWERED
from bot.database.account_tables import account_ask, account_group, school_choice
from bot.database.audit import ChainedAuditLog
from bot.database.connections import Connections
from bot.database.keys import DatabaseKeys
from bot.database.queue import StoredQueue
from bot.database.tables import from_milliseconds, to_milliseconds
from bot.database.transaction import transaction

GROUPS_KEPT = timedelta(days=400)
"""A group that nobody has changed for so long is of a former school year."""

_DAY = timedelta(days=1)

_ANSWERED = (
    select(account_ask.c.id)
    .where(
        account_ask.c.person == bindparam("person"),
        account_ask.c.school == bindparam("school"),
        account_ask.c.at <= bindparam("until"),
        account_ask.c.at > bindparam("after"),
    )
    .order_by(account_ask.c.at, account_ask.c.id)
)
"""Built once: it is asked with every password."""


class StoredSchoolChoices:
    """`bot.core.accounts.ports.SchoolChoices`. Errors: StoreUnavailable."""

    def __init__(self, connections: Connections, keys: DatabaseKeys, audit: ChainedAuditLog) -> None:
        self._connections = connections
        self._keys = keys
        self._audit = audit

    @transaction
    def choices(self, connection: Connection, school_id: str) -> Choices:
        """See the port."""
        found = connection.execute(select(school_choice.c.detail).where(school_choice.c.school == school_id)).scalar()
        if found is None:
            return Choices()
        hidden = self._keys.unseal(found, "school_choice", "detail", school_id)
        sentence = free_text(hidden["sentence"], LONGEST_SENTENCE)
        return Choices(known(Closers, hidden["closers"]), sentence, hidden["weekly"] == "yes")

    @transaction
    def choose(self, connection: Connection, school_id: str, choices: Choices, entries: Sequence[AuditEntry]) -> None:
        """See the port."""
        hidden = {
            "closers": choices.closers.value,
            "sentence": choices.sentence,
            "weekly": "yes" if choices.weekly else "no",
        }
        self._connections.serialise(connection, "school-choice", school_id)
        connection.execute(delete(school_choice).where(school_choice.c.school == school_id))
        connection.execute(
            insert(school_choice).values(
                school=school_id,
                changed_at=to_milliseconds(max(entry.at for entry in entries)),
                detail=self._keys.seal(hidden, "school_choice", "detail", school_id),
            )
        )
        self._audit.append_in(connection, entries)

    @transaction
    def groups(self, connection: Connection, school_id: str) -> tuple[OwnGroup, ...]:
        """See the port."""
        found = connection.execute(select(account_group).where(account_group.c.school == school_id))
        return tuple(sorted(map(self._group, found), key=lambda group: (group.name.casefold(), group.id)))

    @transaction
    def keep_group(
        self, connection: Connection, school_id: str, group: OwnGroup, entries: Sequence[AuditEntry], most: int
    ) -> bool:
        """See the port."""
        self._connections.serialise(connection, "account-groups", school_id)
        here = connection.execute(select(account_group.c.id).where(account_group.c.school == school_id)).scalars()
        others = [one for one in here if one != group.id]
        elsewhere = connection.execute(
            select(account_group.c.id).where(account_group.c.id == group.id, account_group.c.school != school_id)
        )
        if len(others) >= most or elsewhere.first() is not None:
            return False
        hidden = {"name": group.name, "people": json.dumps(group.people)}
        connection.execute(delete(account_group).where(account_group.c.id == group.id))
        connection.execute(
            insert(account_group).values(
                id=group.id,
                school=school_id,
                changed_at=to_milliseconds(max(entry.at for entry in entries)),
                detail=self._keys.seal(hidden, "account_group", "detail", group.id),
            )
        )
        self._audit.append_in(connection, entries)
        return True

    @transaction
    def drop_group(
        self, connection: Connection, school_id: str, group_id: str, entries: Sequence[AuditEntry]
    ) -> bool:
        """See the port."""
        self._connections.serialise(connection, "account-groups", school_id)
        gone = connection.execute(
            delete(account_group).where(account_group.c.id == group_id, account_group.c.school == school_id)
        )
        if gone.rowcount:
            self._audit.append_in(connection, entries)
        return gone.rowcount > 0

    @transaction
    def purge(self, connection: Connection, now: datetime) -> int:
        """Removes groups of a former school year; how many. What a school has chosen stays until it chooses anew."""
        old = to_milliseconds(now - GROUPS_KEPT)
        return connection.execute(delete(account_group).where(account_group.c.changed_at < old)).rowcount

    def _group(self, row: Row[Any]) -> OwnGroup:
        hidden = self._keys.unseal(row.detail, "account_group", "detail", row.id)
        return OwnGroup(row.id, free_text(hidden["name"], LONGEST_GROUP), tuple(json.loads(hidden["people"])))


class StoredAsks:
    """`bot.core.accounts.ports.Asks`. Errors: StoreUnavailable."""

    def __init__(
        self, connections: Connections, keys: DatabaseKeys, audit: ChainedAuditLog, queue: StoredQueue, clock: Clock
    ) -> None:
        self._connections = connections
        self._keys = keys
        self._audit = audit
        self._queue = queue
        self._clock = clock

    @transaction
    def ask(
        self,
        connection: Connection,
        new: Ask,
        judge: Callable[[Sequence[datetime]], Decision],
        entries: Sequence[AuditEntry],
        tasks: Sequence[NewTask],
    ) -> Ask | Decision:
        """See the port."""
        self._connections.serialise(connection, "account-ask", new.school)
        mine = (account_ask.c.id == new.id) & (account_ask.c.teacher == new.teacher)
        same = (account_ask.c.school == new.school) & (account_ask.c.person == new.person) & self._open(new.at)
        if (known_ask := connection.execute(select(account_ask).where(mine | same)).first()) is not None:
            return self._read(known_ask)
        before = connection.execute(
            select(account_ask.c.at)
            .where(account_ask.c.teacher == new.teacher, account_ask.c.at > to_milliseconds(new.at - _DAY))
            .order_by(account_ask.c.at)
        )
        decision = judge([from_milliseconds(at) for at in before.scalars()])
        if not decision.allowed:
            return decision
        hidden = {"name": new.name, "teacher_name": new.teacher_name, "class": new.class_, "code": new.code}
        connection.execute(
            insert(account_ask).values(
                id=new.id,
                school=new.school,
                person=new.person,
                at=to_milliseconds(new.at),
                teacher=new.teacher,
                tenant=new.tenant,
                detail=self._keys.seal(hidden, "account_ask", "detail", new.id),
            )
        )
        self._queue.add_in(connection, tasks)
        self._audit.append_in(connection, entries)
        return new

    @transaction
    def one(self, connection: Connection, ask_id: str) -> tuple[Ask, bool] | None:
        """See the port."""
        found = connection.execute(
            select(account_ask, self._open(self._clock()).label("open")).where(account_ask.c.id == ask_id)
        ).first()
        return None if found is None else (self._read(found), bool(found.open))

    @transaction
    def answered(self, connection: Connection, ask: Ask) -> bool:
        """See the port."""
        return (
            connection.execute(select(account_ask.c.id).where(account_ask.c.id == ask.id, ANSWERED)).first()
            is not None
        )

    @transaction
    def answered_by(self, connection: Connection, person: str, school: str, at: datetime) -> tuple[str, ...]:
        """See the port. No row is opened: one that does not open must keep nobody from a password."""
        given = {
            "person": person,
            "school": school,
            "until": to_milliseconds(at),
            "after": to_milliseconds(at - ASK_LIVES),
        }
        return tuple(connection.execute(_ANSWERED, given).scalars())

    @transaction
    def purge(self, connection: Connection, now: datetime) -> int:
        """Removes questions whose time is over; returns how many."""
        return connection.execute(
            delete(account_ask).where(account_ask.c.at < to_milliseconds(now - ASK_LIVES - _DAY))
        ).rowcount

    @staticmethod
    def _open(now: datetime) -> Any:
        """No password was asked for since, and its time is not over."""
        return (account_ask.c.at > to_milliseconds(now - ASK_LIVES)) & ~ANSWERED

    def _read(self, row: Row[Any]) -> Ask:
        hidden = self._keys.unseal(row.detail, "account_ask", "detail", row.id)
        return Ask(
            id=row.id,
            school=row.school,
            person=row.person,
            at=from_milliseconds(row.at),
            teacher=row.teacher,
            tenant=row.tenant,
            name=hidden["name"],
            teacher_name=hidden["teacher_name"],
            class_=hidden["class"],
            code=hidden["code"],
        )
