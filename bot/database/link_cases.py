"""What people have begun about class links."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, or_, select, update

from bot.core.audit import AuditEntry
from bot.core.class_links.act import LONGEST_ANSWER
from bot.core.class_links.cases import CaseStage, LinkCase, Matter, Trouble
from bot.core.class_links.limits import DAY, AskedBefore
from bot.core.decision import Decision
from bot.core.known import known, known_or_none
from bot.core.people.free_text import free_text
from bot.core.people.model import School
from bot.core.tasks import NewTask, Task
from bot.database.audit import ChainedAuditLog
from bot.database.connections import Connections
from bot.database.keys import DatabaseKeys
from bot.database.link_tables import link_case
from bot.database.queue import StoredQueue
from bot.database.tables import from_milliseconds, to_milliseconds
from bot.database.transaction import transaction

KEPT = timedelta(days=400)
"""After its end; an open question as long after it was asked."""

_SCHOOL = ("id", "code", "name", "town", "region")
_MOST = 200


class StoredLinkCases:
    """`bot.core.class_links.cases.LinkCases`. Errors: StoreUnavailable."""

    def __init__(
        self, connections: Connections, keys: DatabaseKeys, audit: ChainedAuditLog, queue: StoredQueue
    ) -> None:
        self._connections = connections
        self._keys = keys
        self._audit = audit
        self._queue = queue

    async def open(self, case: LinkCase, entries: Sequence[AuditEntry], tasks: Sequence[NewTask]) -> LinkCase:
        """See the port."""
        opened = await self._open(case, entries, tasks, None)
        if isinstance(opened, Decision):
            raise TypeError("denied where nobody judges")
        return opened

    async def ask(
        self,
        case: LinkCase,
        entries: Sequence[AuditEntry],
        tasks: Sequence[NewTask],
        judge: Callable[[AskedBefore], Decision],
    ) -> LinkCase | Decision:
        """See the port."""
        return await self._open(case, entries, tasks, judge)

    @transaction
    def _open(
        self,
        connection: Connection,
        case: LinkCase,
        entries: Sequence[AuditEntry],
        tasks: Sequence[NewTask],
        judge: Callable[[AskedBefore], Decision] | None,
    ) -> LinkCase | Decision:
        link = self._link(case.class_id, case.teacher, case.title)
        if judge is not None:
            self._connections.serialise(connection, "link-question", case.actor)
        self._connections.serialise(connection, "link-case", case.school.id, link.hex())
        same = (
            link_case.c.school == case.school.id,
            link_case.c.link == link,
            link_case.c.matter == case.matter.value,
            link_case.c.stage == CaseStage.OPEN.value,
        )
        known = self._first(connection, link_case.c.id == case.id)
        known = known or self._first(connection, *same)
        if known is not None:
            return known
        if judge is not None:
            decision = judge(_asked_before(connection, case, link))
            if not decision.allowed:
                return decision
        fixed = {
            "id": case.id,
            "matter": case.matter.value,
            "school": case.school.id,
            "link": link,
            "at": to_milliseconds(case.at),
            "actor": case.actor,
            "tenant": case.tenant,
        }
        connection.execute(insert(link_case).values({**fixed, **self._changing(case)}))
        self._queue.add_in(connection, tasks)
        self._audit.append_in(connection, entries)
        return case

    @transaction
    def one(self, connection: Connection, case_id: str) -> LinkCase | None:
        """See the port."""
        return self._first(connection, link_case.c.id == case_id)

    @transaction
    def of_school(self, connection: Connection, school_id: str, since: datetime) -> tuple[LinkCase, ...]:
        """See the port. The newest two hundred."""
        wanted = or_(link_case.c.ended_at.is_(None), link_case.c.ended_at >= to_milliseconds(since))
        found = connection.execute(
            select(link_case)
            .where(link_case.c.school == school_id, wanted)
            .order_by(link_case.c.at.desc(), link_case.c.id)
            .limit(_MOST)
        )
        return tuple(map(self._case, found))

    @transaction
    def ended_since(self, connection: Connection, school_id: str, at: datetime) -> bool:
        """See the port. Asks for no word of the row, which another release may have written."""
        wanted = (link_case.c.school == school_id, link_case.c.ended_at >= to_milliseconds(at))
        return connection.execute(select(link_case.c.id).where(*wanted).limit(1)).first() is not None

    @transaction
    def note(self, connection: Connection, case: LinkCase) -> None:
        """See the port."""
        connection.execute(
            update(link_case)
            .where(link_case.c.id == case.id, link_case.c.stage == CaseStage.OPEN.value)
            .values(self._changing(case))
        )

    @transaction
    def end(
        self,
        connection: Connection,
        case: LinkCase,
        entries: Sequence[AuditEntry],
        tasks: Sequence[NewTask],
        *,
        task: Task | None = None,
    ) -> LinkCase | None:
        """See the port."""
        if task is not None:
            self._queue.fence_in(connection, task)
        ended = connection.execute(
            update(link_case)
            .where(link_case.c.id == case.id, link_case.c.stage == CaseStage.OPEN.value)
            .values(self._changing(case))
        )
        if ended.rowcount != 1:
            return None
        self._queue.add_in(connection, tasks)
        self._audit.append_in(connection, entries)
        if task is not None:
            self._queue.done_in(connection, task)
        return case

    @transaction
    def purge(self, connection: Connection, now: datetime) -> int:
        """Removes cases that ended 400 days ago, and questions nobody answered in so long; returns how many."""
        before = to_milliseconds(now - KEPT)
        unanswered = (link_case.c.matter == Matter.QUESTION.value, link_case.c.at < before)
        gone = connection.execute(delete(link_case).where(link_case.c.ended_at < before)).rowcount
        return gone + connection.execute(delete(link_case).where(*unanswered)).rowcount

    def _link(self, class_id: str, teacher: str, title: str) -> bytes:
        return self._keys.digest_of("link", class_id or title, teacher)

    def _changing(self, case: LinkCase) -> dict[str, Any]:
        hidden = {f"school.{name}": str(getattr(case.school, name)) for name in _SCHOOL}
        hidden |= {
            "class_id": case.class_id,
            "teacher": case.teacher,
            "title": case.title,
            "actor_name": case.actor_name,
            "by_name": case.by_name,
            "answer": case.answer,
            "made": case.made,
            "made_at": "" if case.made_at is None else case.made_at.isoformat(),
        }
        return {
            "stage": case.stage.value,
            "ended_at": None if case.ended_at is None else to_milliseconds(case.ended_at),
            "ended_by": case.by or None,
            "trouble": None if case.trouble is None else case.trouble.value,
            "people": case.count,
            "detail": self._keys.seal(hidden, "link_case", "detail", case.id),
        }

    def _first(self, connection: Connection, *wanted: Any) -> LinkCase | None:
        row = connection.execute(select(link_case).where(*wanted)).first()
        return None if row is None else self._case(row)

    def _case(self, row: Row[Any]) -> LinkCase:
        hidden = self._keys.unseal(row.detail, "link_case", "detail", row.id)
        return LinkCase(
            id=row.id,
            matter=known(Matter, row.matter),
            school=School(**{name: hidden[f"school.{name}"] for name in _SCHOOL}),
            class_id=hidden["class_id"],
            teacher=hidden["teacher"],
            title=hidden["title"],
            at=from_milliseconds(row.at),
            actor=row.actor,
            actor_name=hidden["actor_name"],
            tenant=row.tenant,
            stage=known(CaseStage, row.stage),
            ended_at=None if row.ended_at is None else from_milliseconds(row.ended_at),
            by=row.ended_by or "",
            by_name=hidden["by_name"],
            answer=free_text(hidden["answer"], LONGEST_ANSWER),
            trouble=known_or_none(Trouble, row.trouble),
            count=row.people,
            made=hidden.get("made", ""),  # in the rows of an earlier release neither
            made_at=datetime.fromisoformat(hidden["made_at"]) if hidden.get("made_at") else None,
        )


def _asked_before(connection: Connection, case: LinkCase, link: bytes) -> AskedBefore:
    found = connection.execute(
        select(link_case.c.at, link_case.c.link)
        .where(
            link_case.c.school == case.school.id,
            link_case.c.actor == case.actor,
            link_case.c.matter == Matter.QUESTION.value,
            link_case.c.at > to_milliseconds(case.at - DAY),
        )
        .order_by(link_case.c.at, link_case.c.id)
    )
    rows = found.all()
    return AskedBefore(
        anything=tuple(from_milliseconds(row.at) for row in rows),
        this=tuple(from_milliseconds(row.at) for row in rows if row.link == link),
    )
