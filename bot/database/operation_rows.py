"""How an operation lies in its row, and what every change of one has in common."""

import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, bindparam, select, update

from bot.core.errors import NotKnownHere
from bot.core.handover.model import Ground, Recipient
from bot.core.known import known, known_or_none
from bot.core.passwords.model import Failure, Form, Job, NewOperation, Operation, Stage
from bot.database.audit import ChainedAuditLog
from bot.database.connections import Connections
from bot.database.keys import DatabaseKeys, Undecipherable
from bot.database.password_tables import password_job, password_operation
from bot.database.queue import StoredQueue
from bot.database.tables import from_milliseconds, to_milliseconds
from bot.database.transaction import transaction
from bot.database.vault import Vault

log = logging.getLogger(__name__)

TIMES = ("set_at", "works_from", "unseen_until", "shown_at", "lease_until", "expires_at", "handed_at", "ended_at")


def reading(*wanted: ColumnElement[bool]) -> Select[Any]:
    """The statement for `OperationRows._read`: what fulfils the conditions, newest first. What runs all the time is
    built once, with bindparams: to build a statement costs as much as to run it.
    """
    newest = (password_operation.c.at.desc(), password_operation.c.id.desc())
    return select(password_operation).where(*wanted).order_by(*newest)


_ONE = password_operation.c.id == bindparam("operation")
_CHANGED = update(password_operation).where(_ONE, password_operation.c.stage == bindparam("was"))
_PERSON_OF_ONE = select(password_operation.c.person).where(_ONE)
READ_ONE = reading(_ONE)
READ_JOB = reading(password_operation.c.job == bindparam("job"))


def new_row(new: NewOperation, keys: DatabaseKeys) -> dict[str, Any]:
    """The row of an operation that begins."""
    hidden = {
        "name": new.name,
        "username": new.username,
        "class": new.class_,
        "ground": new.ground,
        "conversation": new.conversation,
    }
    return {
        "id": new.id,
        "at": to_milliseconds(new.at),
        "actor": new.actor,
        "tenant": new.tenant,
        "school": new.school,
        "person": new.person,
        "job": new.job or None,
        "recipient": new.recipient,
        "form": new.form,
        "is_student": int(new.is_student),
        "revoke": int(new.revoke),
        "revoked": 0,
        "stage": Stage.REQUESTED,
        "candidates": 0,
        "in_doubt": 0,
        "ending": "",
        "reason": "",
        "detail": keys.seal(hidden, "password_operation", "detail", new.id),
    }


def begun(new: NewOperation) -> Operation:
    """The operation as it is once that row is written."""
    return Operation(replace(new, at=from_milliseconds(to_milliseconds(new.at))), Stage.REQUESTED)


def read_operation(row: Row[Any], keys: DatabaseKeys) -> Operation:
    """The operation in a row. Undecipherable when its hidden part was changed or moved, NotKnownHere when another
    release wrote it.
    """
    hidden = keys.unseal(row.detail, "password_operation", "detail", row.id)
    times = {name: getattr(row, name) for name in TIMES}
    asked = NewOperation(
        id=row.id,
        at=from_milliseconds(row.at),
        actor=row.actor,
        tenant=row.tenant,
        conversation=hidden["conversation"],
        school=row.school,
        person=row.person,
        name=hidden["name"],
        username=hidden["username"],
        class_=hidden["class"],
        is_student=bool(row.is_student),
        recipient=known(Recipient, row.recipient),
        ground=known(Ground, hidden["ground"]),
        form=known(Form, row.form),
        revoke=bool(row.revoke),
        job=row.job or "",
    )
    return Operation(
        asked,
        known(Stage, row.stage),
        in_doubt=bool(row.in_doubt),
        ending=row.ending,
        failure=known_or_none(Failure, row.failure),
        reason=row.reason,
        revoked=bool(row.revoked),
        **{name: None if value is None else from_milliseconds(value) for name, value in times.items()},
    )


def job_row(job: Job, keys: DatabaseKeys) -> dict[str, Any]:
    """The row of a job that begins."""
    hidden = {"label": job.label, "conversation": job.conversation, "selected": "true" if job.selected else ""}
    return {
        "id": job.id,
        "at": to_milliseconds(job.at),
        "actor": job.actor,
        "tenant": job.tenant,
        "school": job.school,
        "recipient": job.recipient,
        "detail": keys.seal(hidden, "password_job", "detail", job.id),
    }


def read_job(row: Row[Any], keys: DatabaseKeys) -> Job:
    """The job in a row. Undecipherable, NotKnownHere: see `read_operation`."""
    hidden = keys.unseal(row.detail, "password_job", "detail", row.id)
    return Job(
        id=row.id,
        at=from_milliseconds(row.at),
        actor=row.actor,
        tenant=row.tenant,
        conversation=hidden["conversation"],
        school=row.school,
        label=hidden["label"],
        recipient=known(Recipient, row.recipient),
        cancelled_at=None if row.cancelled_at is None else from_milliseconds(row.cancelled_at),
        selected=bool(hidden.get("selected")),  # not in rows of earlier releases, whose jobs were of classes
    )


@dataclass(frozen=True, slots=True)
class Unread:
    """Ids of what was not read, whose they are, and why: a row that somebody changed never opens; what another
    release wrote, that one can read, and may be at work on (docs/adr/0044).
    """

    spoilt: set[str] = field(default_factory=set)
    of_another_release: set[str] = field(default_factory=set)
    persons: set[str] = field(default_factory=set)


class OperationRows:
    """What the parts of `StoredOperations` share.

    Whatever changes an operation first takes its person's turn (of several persons' in one order), then reads, then
    writes tasks, and audit entries last: one order of locks, so nobody waits in a circle.
    """

    def __init__(
        self,
        connections: Connections,
        keys: DatabaseKeys,
        audit: ChainedAuditLog,
        queue: StoredQueue,
        vault: Vault,
    ) -> None:
        self._connections = connections
        self._keys = keys
        self._audit = audit
        self._queue = queue
        self._vault = vault

    def _read(
        self,
        connection: Connection,
        wanted: Select[Any],
        given: Mapping[str, Any] | None = None,
        *,
        unread: Unread | None = None,
    ) -> list[Operation]:
        """The operations of a statement that `reading` made, with what its bindparams are given. Undecipherable when
        one does not open, NotKnownHere when another release wrote it, unless there is a place for those `unread`.
        """
        operations = []
        for row in connection.execute(wanted, given):
            try:
                operations.append(read_operation(row, self._keys))
            except Undecipherable:
                if unread is None:
                    raise
                unread.spoilt.add(row.id)
                unread.persons.add(row.person)
                log.error("operation %s does not open: its row was changed", row.id)  # noqa: TRY400 -- that is all there is to know
            except NotKnownHere as error:
                if unread is None:
                    raise
                unread.of_another_release.add(row.id)
                unread.persons.add(row.person)
                log.warning("operation %s was written by another release: %s", row.id, error)
        return operations

    def _in_turn(self, connection: Connection, *wanted: Any, unread: Unread | None = None) -> Mapping[str, Operation]:
        """The same by id, in the turn of their persons: until the transaction's end nobody else changes them.

        The conditions must name what never changes (id, job, person).
        """
        if not self._connections.sqlite:
            persons = connection.execute(select(password_operation.c.person).where(*wanted).distinct())
            self._connections.serialise_each(connection, "person", persons.scalars())
        return {one.asked.id: one for one in self._read(connection, reading(*wanted), unread=unread)}

    def _one_in_turn(self, connection: Connection, operation_id: str) -> Operation | None:
        given = {"operation": operation_id}
        if not self._connections.sqlite:
            person = connection.execute(_PERSON_OF_ONE, given).scalar_one_or_none()
            if person is not None:
                self._connections.serialise_each(connection, "person", (person,))
        found = self._read(connection, READ_ONE, given)
        return found[0] if found else None

    def _changed(self, connection: Connection, operation: Operation, **changes: Any) -> Operation:
        """The operation with these fields changed, in its row too. It must have been read in turn."""
        times = {name: to_milliseconds(value) for name, value in changes.items() if isinstance(value, datetime)}
        flags = {name: int(value) for name, value in changes.items() if isinstance(value, bool)}
        here = {"operation": operation.asked.id, "was": operation.stage}
        written = connection.execute(_CHANGED, changes | times | flags | here)
        if written.rowcount != 1:
            raise RuntimeError(f"operation {operation.asked.id} was changed out of turn")
        return replace(operation, **changes | {name: from_milliseconds(value) for name, value in times.items()})

    @transaction
    def job(self, connection: Connection, job_id: str) -> Job | None:
        """See the port."""
        row = connection.execute(select(password_job).where(password_job.c.id == job_id)).one_or_none()
        return None if row is None else read_job(row, self._keys)

    def _supersede(self, connection: Connection, operations: Collection[Operation]) -> list[Operation]:
        """Destroys the secrets of these: what was not seen never will be. Those it ended."""
        self._vault.burn_in(connection, [one.asked.id for one in operations])
        ends = {Stage.READY: Stage.UNSEEN, Stage.SHOWN: Stage.CLOSED}
        return [self._changed(connection, one, stage=ends[one.stage]) for one in operations if one.stage in ends]
