"""`python app.py audit`: checks the audit chain of a database and says what it found."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.core.errors import StoreUnavailable
from bot.database.chain import read_anchor
from bot.database.engine import Database
from bot.database.failures import CannotOpen
from bot.database.keys import DatabaseKeys
from bot.runtime.container import utc_now
from bot.runtime.keys import KeyFileError, master_key
from bot.runtime.settings import Settings, SettingsError


async def verify_audit(environment: Mapping[str, str], anchors: Sequence[str] = ()) -> int:
    """0 when the chain holds, 1 when it is broken, 2 when it cannot be read. Needs the settings of a start.

    `anchors` are those of the log ("audit anchor …"): with them a chain whose end was cut off is found out, too.
    A SQLite database serves one process: stop the bot first. The bot itself verifies the chain every six hours.
    """
    try:
        settings = Settings.read(environment)
        keys = DatabaseKeys.derive(master_key(Path(settings.key_file), may_make=False))
        database = await Database.open(settings.database_url, keys, utc_now)
        try:
            state = await database.audit.verify(anchors=[read_anchor(word) for word in anchors])
        finally:
            await database.close()
    except (SettingsError, KeyFileError, CannotOpen, StoreUnavailable, ValueError) as error:
        print(error, file=sys.stderr)  # noqa: T201 -- read by the operator who just started it
        return 2
    if not state.intact:
        print(f"The audit chain is broken at entry {state.broken_at}: {state.why}")  # noqa: T201 -- its purpose
        return 1
    print(f"The audit chain holds; its last entry is {state.head.seq}.")  # noqa: T201 -- its purpose
    return 0
