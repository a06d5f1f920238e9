"""What the operator asks of the database with the settings of a start: `python app.py audit`, `python app.py clock`.

A SQLite database serves one process: stop the bot first.
"""

import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path

from bot.core.clock import day_in_sofia
from bot.core.errors import StoreUnavailable
from bot.database.chain import read_anchor
from bot.database.engine import Database
from bot.database.failures import CannotOpen
from bot.database.keys import DatabaseKeys
from bot.runtime.keys import KeyFileError, master_key
from bot.runtime.now import utc_now
from bot.runtime.settings import Settings, SettingsError

_CANNOT = (SettingsError, KeyFileError, CannotOpen, StoreUnavailable)


async def verify_audit(environment: Mapping[str, str], anchors: Sequence[str] = ()) -> int:
    """Checks the audit chain and says what it found: 0 when it holds, 1 when it is broken, 2 when it cannot be read.

    `anchors` are those of the log ("audit anchor …"): with them a chain whose end was cut off is found out, too.
    The bot itself verifies the chain every six hours.
    """
    try:
        async with _database(environment) as database:
            state = await database.audit.verify(anchors=[read_anchor(word) for word in anchors])
    except (*_CANNOT, ValueError) as error:
        print(error, file=sys.stderr)  # noqa: T201 -- read by the operator who just started it
        return 2
    if not state.intact:
        print(f"The audit chain is broken at entry {state.broken_at}: {state.why}")  # noqa: T201 -- its purpose
        return 1
    print(f"The audit chain holds; its last entry is {state.head.seq}.")  # noqa: T201 -- its purpose
    return 0


async def confirm_clock(environment: Mapping[str, str], words: Sequence[str]) -> int:
    """The operator's word that the machine's clock is right: 0 when the mark is set to the present moment, 1 when the
    date in `words` is not the clock's, 2 when it cannot be done.

    The date is asked for so that a wrong clock is not confirmed by habit. With PostgreSQL replicas follow within
    seconds; only to set the mark back all are to be stopped.
    """
    now = utc_now()
    today = day_in_sofia(now)
    try:
        said = date.fromisoformat(words[0]) if len(words) == 1 else None
    except ValueError:
        said = None
    if said != today:
        print(  # noqa: T201 -- read by the operator who just started it
            f"This machine's clock says that today is {today.isoformat()} (in Sofia). Nothing was changed. If that is"
            f" right, run `python app.py clock {today.isoformat()}`; otherwise put the clock right first.",
            file=sys.stderr,
        )
        return 1
    try:
        async with _database(environment) as database:
            before = await database.high_water.confirm(now)
    except _CANNOT as error:
        print(error, file=sys.stderr)  # noqa: T201 -- same
        return 2
    known = day_in_sofia(before).isoformat() if before is not None else "-"
    print(f"Noted: today is {today.isoformat()}. The last moment known before was of {known}.")  # noqa: T201 -- same
    return 0


@asynccontextmanager
async def _database(environment: Mapping[str, str]) -> AsyncIterator[Database]:
    """Open, and closed at the end. Errors: SettingsError, KeyFileError, CannotOpen, StoreUnavailable."""
    settings = Settings.read(environment)
    keys = DatabaseKeys.derive(master_key(Path(settings.key_file), may_make=False))
    database = await Database.open(settings.database_url, keys, utc_now)
    try:
        yield database
    finally:
        await database.close()
