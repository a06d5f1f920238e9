"""Rows that a release without seals has written: each is sealed, if the audit log knows it as it is.

Run at every start, because such a release may still have written beside us: rows without a seal, and changes of rows
that we had sealed, whose seal is wrong since. Its entries have no marks. So where none is newer than the last mark of
a row somebody took the seal away, or edited it. Nothing is believed that the chain does not say: what it does not
know gives nothing, and is an alarm.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, or_, select

from bot.core.actors.authorise import ENDED, GIVEN
from bot.core.audit import AuditEntry
from bot.core.transfers.model import CLOSED, UNFINISHED, State
from bot.core.transfers.policy import RELEASED_FOR
from bot.core.transfers.record import BEGUN, DENIED, OPENED, REQUESTED
from bot.database.audit import ChainedAuditLog
from bot.database.connections import Connections
from bot.database.password_tables import release
from bot.database.rights import Altered, Rights, mark_name, marked, row_name
from bot.database.tables import from_milliseconds, to_milliseconds
from bot.database.transfer_tables import deputy, transfer, transfer_step

log = logging.getLogger(__name__)

_STATES: Mapping[str, frozenset[State]] = {
    "requested": frozenset({State.REQUESTED, State.ESCALATED}),
    "begun": frozenset({State.CARRYING_OUT}),
    "retried": frozenset({State.APPROVED}),
}
"""Which states an outcome of the audit log stands for, where it is not the state's own word."""

_ROLLOUT = timedelta(days=7)
"""Two releases do not run side by side for longer."""

Entries = Sequence[AuditEntry]


@dataclass(frozen=True, slots=True)
class _Question:
    """What is asked of the rows of a table. `looked_at`: those that have a seal and may have been written since."""

    looked_at: ColumnElement[bool] | None
    gives: Callable[[Row[Any]], bool]
    """What is over gives nothing, whatever stands in it."""
    about: Callable[[Row[Any], Entries], Entries]
    """Of the entries about its person, the newest first, those about the row."""
    vouches: Callable[[Row[Any], Entries], AuditEntry | None]
    """Which of these knows it as it is."""


class SealWhatWasThere:
    """Errors: StoreUnavailable."""

    def __init__(self, connections: Connections, audit: ChainedAuditLog, rights: Rights) -> None:
        self._connections = connections
        self._audit = audit
        self._rights = rights

    async def __call__(self, now: datetime) -> None:
        """One transaction, one replica at a time; the alarm is raised after it."""

        def work(connection: Connection) -> tuple[int, list[Altered]]:
            self._connections.serialise(connection, "sealing")
            sealed, unknown = 0, []
            for table, question in _questions(now).items():
                for row in self._doubtful(connection, table, question):
                    subject = self._subject(connection, table, row)
                    entries = list(self._audit.about_in(connection, subject)) if subject else []
                    if not _is_known(mark_name(table, row), row, entries, question):
                        why = "no seal" if row.seal is None else "changed"
                        unknown.append(Altered(table.name, row_name(table, row), why))
                        continue
                    here = [column == getattr(row, column.name) for column in table.primary_key.columns]
                    marks = self._rights.seal_in(connection, table, *here)
                    if table is not transfer_step:
                        self._audit.append_in(connection, marked((), marks, subject, now))
                    sealed += 1
            return sealed, unknown

        sealed, unknown = await self._connections.run(work, deadline=None)
        if sealed:
            log.warning("%d rows of a release without seals were known to the audit log and are sealed now", sealed)
        await self._rights.alarm(unknown)

    def _doubtful(self, connection: Connection, table: Table, question: _Question) -> list[Row[Any]]:
        """Those without a seal, and those with a wrong one."""
        unsealed = table.c.seal.is_(None)
        wanted = unsealed if question.looked_at is None else or_(unsealed, question.looked_at)
        rows = connection.execute(select(table).where(wanted)).all()
        return [row for row in rows if row.seal is None or not self._rights.sound(table, row, lambda _: None)]

    def _subject(self, connection: Connection, table: Table, row: Row[Any]) -> str:
        if table is not transfer_step:
            return str(row.person)
        found = connection.execute(select(transfer.c.person).where(transfer.c.id == row.transfer))
        return str(found.scalar_one_or_none() or "")


def _questions(now: datetime) -> Mapping[Table, _Question]:
    moment, lately = to_milliseconds(now), to_milliseconds(now - _ROLLOUT)
    return {
        deputy: _Question(deputy.c.until > lately, lambda row: row.until > moment, _of_authority, _authorised),
        release: _Question(release.c.until > lately, lambda row: row.until > moment, _of_release, _released),
        transfer: _Question(
            or_(transfer.c.state.in_(sorted(UNFINISHED)), transfer.c.ended_at > lately),
            lambda row: row.state in set(UNFINISHED),
            lambda row, entries: _of_request(row.id, entries),
            _requested,
        ),
        transfer_step: _Question(
            None, lambda _: True, lambda row, entries: _of_request(row.transfer, entries), _planned
        ),
    }


def _is_known(name: str, row: Row[Any], entries: Entries, question: _Question) -> bool:
    """Whether the row, called `name` in marks, is as the audit log says."""
    about = question.about(row, entries)
    word = question.vouches(row, about) if question.gives(row) else next(iter(about), None)
    sealed = next((place for place, one in enumerate(entries) if name in one.detail), None)
    if sealed is not None or row.seal is not None:
        return word is not None and word in entries[:sealed]
    return word is not None or not question.gives(row)


def _of_authority(row: Row[Any], newest_first: Entries) -> Entries:
    return [one for one in newest_first if one.action in {GIVEN, ENDED} and one.detail.get("school") == row.school]


def _authorised(row: Row[Any], about: Entries) -> AuditEntry | None:
    if not about or about[0].action != GIVEN:
        return None
    given = about[0]
    said = (given.actor, to_milliseconds(given.at), given.detail.get("until"))
    return given if said == (row.given_by, row.since, _until(given, row.until)) else None


def _until(given: AuditEntry, until: int) -> str | None:
    """The entry's own word for that moment, if it means it."""
    word = given.detail.get("until", "")
    try:
        return word if to_milliseconds(datetime.fromisoformat(word)) == until else None
    except ValueError:
        return None


def _of_release(row: Row[Any], newest_first: Entries) -> Entries:
    return _of_request(row.request, newest_first)


def _released(row: Row[Any], about: Entries) -> AuditEntry | None:
    """Approved then, to that school, and not at its end since."""
    over = not about or about[0].outcome in set(CLOSED)
    if over or from_milliseconds(row.until) > from_milliseconds(row.at) + RELEASED_FOR:
        return None
    said = (State.APPROVED, row.at, row.school)
    approvals = (one for one in about if (one.outcome, to_milliseconds(one.at), one.detail.get("receiving")) == said)
    return next(approvals, None)


def _requested(row: Row[Any], about: Entries) -> AuditEntry | None:
    """Between these schools, and in the state that was written down last."""
    if not any(one.action == REQUESTED and one.actor == row.actor for one in about):
        return None
    newest = about[0]
    schools = (newest.detail.get("receiving"), newest.detail.get("releasing"))
    states = _STATES.get(newest.outcome, {newest.outcome})
    return newest if schools == (row.receiving, row.releasing) and row.state in states else None


def _planned(row: Row[Any], about: Entries) -> AuditEntry | None:
    plan = next((one for one in about if one.action == BEGUN), None)
    named = plan.detail.get("steps", "").split(",") if plan is not None else ()
    return plan if f"{row.kind}:{row.target}" in named else None


def _of_request(request: str, newest_first: Entries) -> Entries:
    """What was done to it: a look at it and a refusal say nothing of how it is."""
    return [
        one for one in newest_first if one.action not in {DENIED, OPENED} and one.detail.get("transfer") == request
    ]
