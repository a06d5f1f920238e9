"""The beginning of operations: judged and written down in one transaction, one at a time for each person."""

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, insert, or_, select

from bot.core.audit import AuditEntry
from bot.core.decision import ALLOWED
from bot.core.passwords.model import Job, NewOperation, Operation, Stage
from bot.core.passwords.ports import Begun, Judge, Judgement
from bot.core.tasks import NewTask
from bot.database.directors import SEEN
from bot.database.operation_rows import OperationRows, Unread, begun, job_row, new_row, reading
from bot.database.operations_read import AT_ONCE
from bot.database.password_tables import password_job, password_operation
from bot.database.tables import to_milliseconds
from bot.database.transaction import transaction

REMEMBERED = timedelta(hours=48)
"""What a judge is shown. An operation that still runs is shown however old it is."""


class BeginOperations(OperationRows):
    """`begin` of `bot.core.passwords.ports.Operations`."""

    @transaction
    def begin(
        self,
        connection: Connection,
        new: Sequence[NewOperation],
        judge: Judge,
        job: Job | None = None,
        *,
        unreadable: Callable[[NewOperation], Judgement] | None = None,
    ) -> tuple[Begun, ...]:
        """See the port."""
        if job is not None:
            self._connections.serialise(connection, "job", job.id)
        self._connections.serialise_each(connection, "person", (one.person for one in new))
        stored = {one.asked.id: one for one in self._among(connection, "id", (one.id for one in new))}
        unread = None if unreadable is None else Unread()
        past = self._past(connection, [one for one in new if one.id not in stored], unread)
        answers: list[Begun] = []
        written: list[NewOperation] = []
        entries: list[AuditEntry] = []
        tasks: list[NewTask] = []
        for one in new:
            if one.id in stored:
                answers.append(Begun(stored[one.id], ALLOWED))
                continue
            if unreadable is not None and unread is not None and one.person in unread.persons:
                verdict = unreadable(one)
            else:
                verdict = judge(one, _past_of(one, past))
            entries += verdict.entries
            answers.append(_answer(one, verdict))
            if verdict.decision.allowed:
                tasks += verdict.tasks
                written.append(one)
                stored[one.id] = begun(one)
                past.append(stored[one.id])
        if written:
            self._write(connection, written, job)
        self._queue.add_in(connection, tasks)
        self._audit.append_in(connection, entries)
        return tuple(answers)

    def _past(self, connection: Connection, new: Sequence[NewOperation], unread: Unread | None) -> list[Operation]:
        if not new:
            return []
        since = to_milliseconds(min(one.at for one in new) - REMEMBERED)
        still = or_(password_operation.c.at > since, password_operation.c.stage == Stage.REQUESTED)
        return self._among(connection, "person", (one.person for one in new), still, unread=unread)

    def _among(
        self,
        connection: Connection,
        column: str,
        values: Iterable[str],
        *wanted: Any,
        unread: Unread | None = None,
    ) -> list[Operation]:
        all_values = sorted(set(values))
        found: list[Operation] = []
        for start in range(0, len(all_values), AT_ONCE):
            among = password_operation.c[column].in_(all_values[start : start + AT_ONCE])
            found += self._read(connection, reading(among, *wanted), unread=unread)
        return found

    def _write(self, connection: Connection, written: Sequence[NewOperation], job: Job | None) -> None:
        if job is not None:
            known = connection.execute(select(password_job.c.id).where(password_job.c.id == job.id))
            if known.first() is None:
                connection.execute(insert(password_job).values(job_row(job, self._keys)))
        connection.execute(insert(password_operation), [new_row(one, self._keys) for one in written])
        seen: dict[tuple[str, str], Any] = {}
        for one in written:
            seen[one.school, one.actor] = to_milliseconds(one.at)
        for (school, actor), at in sorted(seen.items()):
            connection.execute(SEEN, {"school": school, "object_id": actor, "seen": at})


def _answer(new: NewOperation, verdict: Judgement) -> Begun:
    return Begun(begun(new) if verdict.decision.allowed else None, verdict.decision)


def _past_of(new: NewOperation, operations: Sequence[Operation]) -> tuple[Operation, ...]:
    return tuple(
        sorted(
            (
                one
                for one in operations
                if one.asked.person == new.person
                and (one.asked.at > new.at - REMEMBERED or one.stage is Stage.REQUESTED)
            ),
            key=lambda one: (one.asked.at, one.asked.id),
            reverse=True,
        )
    )
