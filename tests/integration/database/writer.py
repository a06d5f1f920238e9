"""A process that works with the database until it is killed. `python -m tests.integration.database.writer URL WHAT`.

WHAT: `open` opens and closes; `work` does look-ups for ever, printing the number of each one acknowledged; a number n
does one look-up and dies by its own kill -9 at the n-th thing it does to the database.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import event
from sqlalchemy.engine import Engine

from bot.core.audit import AuditEntry
from bot.core.decision import ALLOWED, Decision
from bot.core.usernames.model import Attempt, Outcome, Reach
from bot.database.engine import Database
from bot.database.keys import DatabaseKeys
from tests.integration.database.owner import MASTER_KEY

REPOSITORY = Path(__file__).parents[3]
NOW = datetime(2026, 9, 15, 8, 30, tzinfo=UTC)
ENTRIES_EACH = 2


def allow(_: Sequence[Attempt]) -> Decision:
    return ALLOWED


async def look_up(database: Database, number: int) -> None:
    """One look-up, `ENTRIES_EACH` audit entries, and one activity answered."""
    operation = f"op {number}"
    await database.ledger.reserve("director", operation, Reach.OTHER, NOW, allow)
    entries = [
        AuditEntry(NOW, "director", action, operation, "hit") for action in ("username.lookup", "username.shown")
    ]
    await database.ledger.settle("director", operation, Reach.OTHER, Outcome.HIT, entries)
    database.seen.mark("conversation", operation)
    await database.seen.flush()
    print(number, flush=True)


def die_at(step: int) -> None:
    done = 0

    def count(*_: object) -> None:
        nonlocal done
        done += 1
        if done == step:
            os.kill(os.getpid(), signal.SIGKILL)

    for name in ("before_cursor_execute", "commit"):
        event.listen(Engine, name, count)


async def main(url: str, what: str) -> None:
    database = await Database.open(url, DatabaseKeys.derive(MASTER_KEY), lambda: NOW)
    if what.isdecimal():
        die_at(int(what))
        await look_up(database, 1)
    number = 0
    while what == "work":
        number += 1
        await look_up(database, number)
    await database.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
