"""How SQLite goes about each statement of the stores: whether it reads a whole table to find what it wants."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from sqlalchemy import Engine, event

from bot.database.tables import metadata

STORES = str(Path(__file__).parents[3] / "bot" / "database")

READ_WHOLE = {
    "DELETE FROM account_look WHERE account_look.at <": "housekeeping; a row for each school",
    "DELETE FROM account_list WHERE": "housekeeping; a row for each school",
    "DELETE FROM account_receipt WHERE account_receipt.at < ? AND account_receipt.reverses IS NULL AND"
    " account_receipt.person IN": "housekeeping; who is on no board is told by all of them",
    "DELETE FROM account_week WHERE account_week.monday <": "housekeeping; some rows for each school",
    "DELETE FROM deputy WHERE deputy.until <": "housekeeping; a few",
    "DELETE FROM expected_list WHERE expected_list.checked_at <": "housekeeping; a row for each school",
    "DELETE FROM link_case WHERE link_case.matter =": "housekeeping",
    "DELETE FROM link_mark WHERE link_mark.at <": "housekeeping; some rows for each school on Google Classroom",
    "DELETE FROM list_columns WHERE list_columns.at <": "housekeeping; a row for each school",
    "DELETE FROM listed_person WHERE listed_person.school IN": "housekeeping; of the schools the whole table is read",
    "DELETE FROM message WHERE message.at <": "housekeeping",
    "DELETE FROM pace WHERE pace.next_free <": "housekeeping; a day's limits",
    "DELETE FROM password_job WHERE password_job.at <": "housekeeping",
    "DELETE FROM password_operation WHERE password_operation.at < ? AND password_operation.person IN": "as receipts",
    "DELETE FROM regional_expert WHERE": "housekeeping; a few hundred",
    "DELETE FROM release WHERE release.until <": "housekeeping",
    "DELETE FROM school_account WHERE school_account.school IN": "housekeeping; of the schools the whole table is read",
    "DELETE FROM school_director WHERE": "housekeeping; some rows for each school",
    "DELETE FROM slip_link WHERE slip_link.actor =": "a day's links",
    "SELECT FROM account_list END": "housekeeping; a row for each school",
    "SELECT FROM account_list WHERE account_list.people >": "once a night; a row for each school",
    "SELECT FROM alembic_version": "one row",
    "SELECT FROM audit ORDER BY audit.seq DESC LIMIT": "from the end, one row",
    "SELECT FROM audit WHERE audit.seq >": "a check of the whole chain, or the clearing up of an incident",
    "SELECT FROM conversation WHERE conversation.object_id !=": "at a start, the newest five thousand",
    "SELECT FROM deputy WHERE deputy.since <=": "at a start, in housekeeping and once a day; some for each school",
    "SELECT FROM errand_link WHERE errand_link.digest BETWEEN": "the links that begin so: one",
    "SELECT FROM key_check END": "one row",
    "SELECT FROM password_operation WHERE password_operation.stage = ? AND password_operation.at <": "housekeeping",
    "SELECT FROM school_director LEFT OUTER JOIN account_look": "once a night; some rows for each school",
    "SELECT FROM secret END": "housekeeping; those that may be shown at present",
    "SELECT FROM seen_activity WHERE seen_activity.at >=": "at a start, an hour's",
    "SELECT FROM task WHERE status = 'ready' AND task.run_at <=": "what is due",
    "SELECT FROM transfer WHERE transfer.region =": "at a start, requests without a region",
    "UPDATE task SET run_at=?, held=? WHERE status = 'ready' AND task.run_at >": "after a clock that was wrong",
    "UPDATE task SET run_at=?, held=? WHERE task.held =": "at a start, what a process that is gone had claimed",
    **{
        f"SELECT FROM {table}{which}": "once after an update, to seal what was there"
        for table, which in {
            "conversation": " END",
            "deputy": " WHERE deputy.seal IS NULL",
            "release": " WHERE release.seal IS NULL",
            "transfer": " WHERE transfer.seal IS NULL",
            "transfer_step": " WHERE transfer_step.seal IS NULL",
        }.items()
    },
}
"""Beginning of a statement (without what it selects; END is its end) → why it may. What is asked at a press, by a worker or by the health page may not."""

OF_FEW = {
    index.name
    for table in metadata.tables.values()
    for index in table.indexes
    if index.dialect_options["sqlite"]["where"] is not None
}
"""Indexes of some rows only."""


class Plans:
    """Looks at the plan of every statement of `bot.database` that SQLite runs, each once in a process."""

    def __init__(self) -> None:
        self.statements = 0
        self._known: set[str] = set()
        self._whole: list[str] = []

    @contextmanager
    def looked_at(self) -> Iterator[None]:
        """Errors: AssertionError at the end, when one that is new read a whole table and is not in `READ_WHOLE`."""
        event.listen(Engine, "before_cursor_execute", self._look)
        try:
            yield
        finally:
            event.remove(Engine, "before_cursor_execute", self._look)
        whole, self._whole = self._whole, []
        assert not whole, "read whole, for want of an index or of a condition that has its form:\n" + "\n".join(whole)

    def _look(self, connection: Any, cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
        if connection.dialect.name != "sqlite" or statement in self._known or not _by_a_store():
            return
        self._known.add(statement)
        if not statement.startswith(("SELECT", "UPDATE", "DELETE")):
            return
        self.statements += 1
        given = (parameters[0] if many else parameters) or ()
        plan = [row[-1] for row in cursor.connection.execute(f"EXPLAIN QUERY PLAN {statement}", given)]
        words = re.sub(r"^SELECT .*? FROM ", "SELECT FROM ", " ".join(f"{statement} END".split()))
        if any(_whole(step, words) for step in plan) and not words.startswith(tuple(READ_WHOLE)):
            self._whole.append(f"{words[:300]}\n    {plan}")


def _whole(step: str, statement: str) -> bool:
    """Whether a step reads all rows of a table, or all of a time. An index of few of its rows may be read whole, and
    what is old may be looked for to be removed; what a subquery found was found by other steps.
    """
    if step.startswith("SEARCH "):
        return "=?" not in step and ("<?" in step or ">?" in step) and not statement.startswith("DELETE")
    if not step.startswith("SCAN ") or step.startswith(("SCAN (", "SCAN CONSTANT", "SCAN anon_")):
        return False
    return step.rpartition("INDEX ")[2] not in OF_FEW


def _by_a_store() -> bool:
    """Whether the nearest caller that is neither SQLAlchemy nor this file is a store."""
    frame: FrameType | None = sys._getframe(2)
    while frame is not None:
        name = frame.f_code.co_filename
        if "sqlalchemy" not in name and name != __file__:
            return name.startswith(STORES)
        frame = frame.f_back
    return False
