"""What happens without anybody asking: answered activities reach the disk, the clock's mark moves on, old rows go,
the audit chain is verified and anchored in the log.

Two coroutines beside the web server: what is done many times a minute does not wait for what may take minutes. A
failure of one round is logged and the next round tries again.
"""

import asyncio
import logging
from datetime import timedelta

from bot.core.clock import APART, CATCHING_UP, STEP, SteadyClock, day_in_sofia
from bot.core.errors import StoreUnavailable
from bot.database.chain import written
from bot.database.engine import Database
from bot.runtime.days_off import DaysOff

log = logging.getLogger(__name__)

FLUSH_SECONDS = 0.25
MARK_SECONDS = 5.0
"""How much of the time that has passed a restart may forget, whose clock was put back meanwhile."""

HOUSEKEEPING = timedelta(hours=6)
AFTER_FAILURE = timedelta(minutes=1)


async def work(database: Database, clock: SteadyClock) -> None:
    """What is done many times a minute. Runs until cancelled. Its own pauses, as those below, are measured by the
    event loop, which no setting of the clock reaches.
    """
    loop = asyncio.get_running_loop()
    next_mark = loop.time()
    while True:
        try:
            await database.seen.flush()
            if loop.time() >= next_mark:
                await keep_mark(database, clock)
                next_mark = loop.time() + MARK_SECONDS
        except StoreUnavailable as error:
            log.warning("worker round failed: %s", error)
        await asyncio.sleep(FLUSH_SECONDS)


async def keep_house(database: Database, clock: SteadyClock, days: DaysOff) -> None:
    """Housekeeping at the start and every six hours; once a day it is said that no school holidays are known, for a
    school year may have begun since the start said what was known. Runs until cancelled.
    """
    said = day_in_sofia(clock())
    while True:
        pause = HOUSEKEEPING
        try:
            await housekeep(database, clock)
        except StoreUnavailable as error:
            log.warning("housekeeping failed: %s", error)
            pause = AFTER_FAILURE
        if (today := day_in_sofia(clock())) != said:
            days.warn(today)
            said = today
        await asyncio.sleep(pause.total_seconds())


async def keep_mark(database: Database, clock: SteadyClock) -> None:
    """The mark moves on, and the clock learns how far other replicas, or the operator, have brought it."""
    clock.follow(await database.high_water.move(clock.mark))
    if clock.in_doubt:
        await database.high_water.doubted(clock())
    elif woken := await database.high_water.settle_doubt(clock()):
        log.warning("the clock is right again: %d tasks that it had put off are looked at now", woken)


async def housekeep(database: Database, clock: SteadyClock) -> None:
    """Remembers what is to end and removes what is past its time, unless it is in doubt what time it is, and verifies
    the audit chain.
    """
    removed = 0
    _say_lead(clock)
    mark = await database.high_water.move(clock.mark)
    clock.follow(mark)
    now = clock()
    if clock.in_doubt or now - mark > STEP:
        log.critical(
            "housekeeping: the machine's clock is %d days ahead of the last moment this database has seen (%s)."
            " Nothing is removed or ended until it is known which is right: put the clock right, or, if it is"
            " right (the bot stood still for so long), run `python app.py clock YYYY-MM-DD` with the date",
            max(clock.ahead, now - mark).days,
            day_in_sofia(mark).isoformat(),
        )
    else:
        try:
            await database.deputies.remember_ends(now)
            removed = await database.purge(now)
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


def _say_lead(clock: SteadyClock) -> None:
    """That the bot's own time is ahead of the machine's, and until when: it hurts nobody's rights, and puzzles."""
    lead = clock.lead
    if lead <= APART:
        return
    minutes = int(lead.total_seconds() // 60)
    right = clock() - lead + lead / (1 - CATCHING_UP)
    log.warning(
        "housekeeping: the bot's own time is %d:%02d ahead of the machine's clock, which was ahead for a while or was"
        " put back. Deadlines come earlier by that much; it is made up slowly, until about %s UTC (docs/settings.md"
        " says how to end it at once)",
        *divmod(minutes, 60),
        right.isoformat(timespec="minutes").removesuffix("+00:00"),
    )
