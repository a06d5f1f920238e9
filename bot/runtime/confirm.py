"""`python app.py clock YYYY-MM-DD`: the operator's word that the machine's clock is right."""

import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.core.errors import StoreUnavailable
from bot.database.engine import Database
from bot.database.failures import CannotOpen
from bot.database.keys import DatabaseKeys
from bot.runtime.container import utc_now
from bot.runtime.keys import KeyFileError, master_key
from bot.runtime.settings import Settings, SettingsError

SOFIA = ZoneInfo("Europe/Sofia")


async def confirm_clock(environment: Mapping[str, str], words: Sequence[str]) -> int:
    """0 when the mark is set to the present moment, 1 when the date is not the clock's, 2 when it cannot be done.

    The date is asked for so that a wrong clock is not confirmed by habit. A SQLite database serves one process: stop
    the bot first. With PostgreSQL replicas follow within seconds; only to set the mark back all are to be stopped.
    """
    now = utc_now()
    today = now.astimezone(SOFIA).date()
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
        settings = Settings.read(environment)
        keys = DatabaseKeys.derive(master_key(Path(settings.key_file), may_make=False))
        database = await Database.open(settings.database_url, keys, utc_now)
        try:
            before = await database.high_water.confirm(now)
        finally:
            await database.close()
    except (SettingsError, KeyFileError, CannotOpen, StoreUnavailable) as error:
        print(error, file=sys.stderr)  # noqa: T201 -- same
        return 2
    known = before.astimezone(SOFIA).date().isoformat() if before is not None else "-"
    print(f"Noted: today is {today.isoformat()}. The last moment known before was of {known}.")  # noqa: T201 -- same
    return 0
