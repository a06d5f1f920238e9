"""What happens without anybody asking: answered activities reach the disk, old rows go, the audit chain is verified
and anchored in the log.

One coroutine beside the web server. A failure of one round is logged and the next round tries again.
"""

import asyncio
import logging
from datetime import timedelta

from bot.core.errors import StoreUnavailable
from bot.core.ports import Clock
from bot.database.chain import written
from bot.database.engine import Database

log = logging.getLogger(__name__)

FLUSH_SECONDS = 0.25
HOUSEKEEPING = timedelta(hours=6)


async def work(database: Database, clock: Clock) -> None:
    """Runs until cancelled."""
    next_housekeeping = clock()
    while True:
        try:
            await database.seen.flush()
            if clock() >= next_housekeeping:
                await housekeep(database, clock)
                next_housekeeping = clock() + HOUSEKEEPING
        except StoreUnavailable as error:
            log.warning("worker round failed: %s", error)
        await asyncio.sleep(FLUSH_SECONDS)


async def housekeep(database: Database, clock: Clock) -> None:
    """Removes what is past its time and verifies the audit chain."""
    removed = 0
    try:
        removed = await database.purge(clock())
    except StoreUnavailable:
        raise
    except Exception:
        # A row that somebody changed by hand does not open: all the more is the chain to be looked at, and the
        # process must not end with it, to find the same row again at its next start.
        log.exception("housekeeping: old rows could not be removed")
    state = await database.audit.verify()
    if state.intact:
        log.info("housekeeping: %d old rows removed, audit chain of %d entries holds", removed, state.rows)
        # Whoever owns the database can cut off the chain's newest rows; the log, kept elsewhere, remembers its end.
        log.info("audit anchor %s", written(state.head))
    else:
        log.critical("audit chain is broken at entry %s: %s", state.broken_at, state.why)
