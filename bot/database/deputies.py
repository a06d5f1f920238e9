"""Who is authorised to decide in a director's place."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, func, insert, select, update

from bot.core.actors.authorise import ENDED
from bot.core.actors.deputies import CARDS, LONGEST_ORDER, AuthorityEvent, Deputy, look_at_cards, tell_of_restoring
from bot.core.audit import AuditEntry
from bot.core.decision import Decision
from bot.core.people.free_text import free_text
from bot.core.tasks import NewTask
from bot.database.audit import ChainedAuditLog
from bot.database.connections import Connections
from bot.database.keys import DatabaseKeys
from bot.database.queue import DONE_KEPT, StoredQueue
from bot.database.rights import Note, Rights, marked, transaction_with_alarm
from bot.database.tables import from_milliseconds, to_milliseconds
from bot.database.transaction import transaction
from bot.database.transfer_tables import deputy

KEPT = timedelta(days=400)
"""After its end."""

ENDED_LATELY = DONE_KEPT - timedelta(hours=1)
"""So long after its end an authority that nobody remembered is looked at; what was looked at is known for longer."""

OPERATOR, PUT_BACK = "operator", "database.restored"


class StoredDeputies:
    """`bot.core.actors.ports.Deputies`. Errors: StoreUnavailable."""

    def __init__(
        self,
        connections: Connections,
        keys: DatabaseKeys,
        audit: ChainedAuditLog,
        queue: StoredQueue,
        *,
        rights: Rights,
    ) -> None:
        self._connections = connections
        self._keys = keys
        self._audit = audit
        self._queue = queue
        self._rights = rights

    async def of_person(self, person: str, now: datetime) -> tuple[Deputy, ...]:
        """See the port. A row that is not as it was written last authorises nobody, and is an alarm."""
        return await self._read(deputy.c.person == person, now, newest_first=True)

    async def of_school(self, school: str, now: datetime) -> tuple[Deputy, ...]:
        """See the port, and above."""
        return await self._read(deputy.c.school == school, now, newest_first=False)

    @transaction
    def schools(self, connection: Connection, now: datetime) -> tuple[str, ...]:
        """See the port. No row is judged here: whoever goes on with one of these schools reads them."""
        found = connection.execute(
            select(deputy.c.school).where(*_at(to_milliseconds(now))).distinct().order_by(deputy.c.school)
        )
        return tuple(found.scalars())

    @transaction_with_alarm
    def authorise(  # noqa: PLR0917 -- its caller gives four
        self,
        connection: Connection,
        note: Note,
        given: Deputy,
        entries: Sequence[AuditEntry],
        judge: Callable[[Sequence[Deputy]], Decision],
        tasks: Sequence[NewTask] = (),
    ) -> Decision:
        """See the port."""
        # Whatever is not over: one given a moment ago by a replica whose clock is ahead counts too.
        held = self.held_in(connection, note, given.person)
        decision = judge([one for one in held if one.until > given.since])
        if not decision.allowed:
            return decision
        marks = self._end_in(connection, given.school, given.person, given.since, note)
        # The row's number is part of what its words are bound to, so it is taken before they are sealed.
        self._connections.serialise(connection, "deputy")
        number = connection.execute(select(func.coalesce(func.max(deputy.c.id), 0))).scalar_one() + 1
        hidden = {"name": given.name, "order": given.order, "order_date": given.order_date.isoformat()}
        connection.execute(
            insert(deputy).values(
                id=number,
                school=given.school,
                person=given.person,
                given_by=given.given_by,
                since=to_milliseconds(given.since),
                until=to_milliseconds(given.until),
                detail=self._keys.seal(hidden, "deputy", "detail", number),
            )
        )
        marks |= self._rights.seal_in(connection, deputy, deputy.c.id == number)
        self._queue.add_in(connection, tasks)
        self._audit.append_in(connection, marked(entries, marks, given.person, given.since))
        return decision

    def held_in(self, connection: Connection, note: Note, person: str) -> tuple[Deputy, ...]:
        """All that the person was ever authorised to, the newest first: nobody gives or ends any of it until the
        transaction's end.
        """
        self._connections.serialise(connection, "deputy", person)
        rows = self._judged_in(connection, note, deputy.c.person == person, newest_first=True)
        return tuple(self._deputy(row) for row in rows)

    @transaction_with_alarm
    def end(  # noqa: PLR0917 -- its caller gives four
        self,
        connection: Connection,
        note: Note,
        school: str,
        person: str,
        now: datetime,
        entries: Sequence[AuditEntry],
        tasks: Sequence[NewTask] = (),
    ) -> bool:
        """See the port."""
        self._connections.serialise(connection, "deputy", person)
        marks = self._end_in(connection, school, person, now, note)
        if not marks:
            return False
        self._queue.add_in(connection, tasks)
        self._audit.append_in(connection, marked(entries, marks, person, now))
        return True

    @transaction_with_alarm
    def end_all(self, connection: Connection, note: Note, now: datetime) -> int:
        """After a copy was put back: it does not know which authorities were ended since it was made, so all end,
        each with an audit entry, and the directors of each school are told; how many.
        """
        moment, ended, schools = to_milliseconds(now), 0, set[str]()
        for row in connection.execute(select(deputy).where(deputy.c.until > moment).order_by(deputy.c.id)).all():
            if not self._rights.sound(deputy, row, note):
                continue  # it gives nothing
            here = deputy.c.id == row.id
            connection.execute(update(deputy).where(here).values(since=min(row.since, moment), until=moment))
            marks = self._rights.seal_in(connection, deputy, here)
            detail = {"school": row.school, **marks}
            self._audit.append_in(connection, (AuditEntry(now, OPERATOR, ENDED, row.person, "restored", detail),))
            self._queue.add_in(connection, (look_at_cards(row.school, row.person, AuthorityEvent.ENDED, now),))
            schools.add(row.school)
            ended += 1
        self._queue.add_in(connection, [tell_of_restoring(school, now) for school in schools])
        entry = AuditEntry(now, OPERATOR, PUT_BACK, "database", "restored", {"authorities": str(ended)})
        self._audit.append_in(connection, (entry,))
        return ended

    @transaction
    def remember_ends(self, connection: Connection, now: datetime) -> None:
        """What a release has given that wrote no task for the end of an authority gets one, also if it ended lately;
        run at every start and in housekeeping, for in a deploy an older replica goes on. What was ended, or given
        anew, with a task of its own gets no second one.
        """
        ends = select(deputy.c.school, deputy.c.person, deputy.c.until)
        found = connection.execute(ends.where(*_at(to_milliseconds(now), to_milliseconds(now - ENDED_LATELY)))).all()
        rows = [(row.school, row.person, from_milliseconds(row.until)) for row in found]
        over = [row for row in rows if row[2] <= now]
        others = (AuthorityEvent.ENDED, AuthorityEvent.GIVEN)
        looks = {(row, event): look_at_cards(row[0], row[1], event, row[2]).key for row in over for event in others}
        looked = self._queue.known_in(connection, CARDS, looks.values())
        seen = {row for (row, _), key in looks.items() if key in looked}
        unseen = (row for row in rows if row not in seen)
        self._queue.add_in(connection, [look_at_cards(row[0], row[1], AuthorityEvent.OVER, row[2]) for row in unseen])

    @transaction
    def purge(self, connection: Connection, now: datetime) -> int:
        """Removes authorities that ended 400 days ago; returns how many."""
        old = deputy.c.until < to_milliseconds(now - KEPT)
        return connection.execute(delete(deputy).where(old)).rowcount

    def _end_in(self, connection: Connection, school: str, person: str, now: datetime, note: Note) -> dict[str, str]:
        """Ends what holds now; the marks of what was ended. What is not sound is left as it is: to write into it
        would be to seal what somebody else made of it.
        """
        moment, marks = to_milliseconds(now), dict[str, str]()
        holding = (deputy.c.school == school, deputy.c.person == person, *_at(moment))
        for row in connection.execute(select(deputy).where(*holding)).all():
            if self._rights.sound(deputy, row, note):
                here = deputy.c.id == row.id
                connection.execute(update(deputy).where(here).values(until=moment))
                marks |= self._rights.seal_in(connection, deputy, here)
        return marks

    @transaction_with_alarm
    def _read(
        self,
        connection: Connection,
        note: Note,
        wanted: ColumnElement[bool],
        now: datetime,
        *,
        newest_first: bool,
    ) -> tuple[Deputy, ...]:
        moment = to_milliseconds(now)
        # Rows of another time are looked at too: one that was moved into the present, or out of it, is found out.
        rows = self._judged_in(connection, note, wanted, newest_first=newest_first)
        return tuple(self._deputy(row) for row in rows if row.since <= moment < row.until)

    def _judged_in(
        self, connection: Connection, note: Note, wanted: ColumnElement[bool], *, newest_first: bool
    ) -> list[Row[Any]]:
        order = (deputy.c.since.desc(), deputy.c.id.desc()) if newest_first else (deputy.c.since, deputy.c.id)
        rows = connection.execute(select(deputy).where(wanted).order_by(*order)).all()
        judged = [self._rights.current_in(connection, deputy, row, row.person, note) for row in rows]
        return [row for row in judged if row is not None]

    def _deputy(self, row: Row[Any]) -> Deputy:
        hidden = self._keys.unseal(row.detail, "deputy", "detail", row.id)
        return Deputy(
            school=row.school,
            person=row.person,
            name=hidden["name"],
            order=free_text(hidden["order"], LONGEST_ORDER),
            order_date=date.fromisoformat(hidden["order_date"]),
            given_by=row.given_by,
            since=from_milliseconds(row.since),
            until=from_milliseconds(row.until),
        )


def _at(moment: int, after: int | None = None) -> tuple[Any, ...]:
    """Those that hold at this moment, or ended since an earlier one."""
    return deputy.c.since <= moment, deputy.c.until > (moment if after is None else after)
