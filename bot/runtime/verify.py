"""`python app.py audit`: checks the audit chain of a database and says what it found."""

from collections.abc import Mapping
from pathlib import Path

from bot.database.engine import Database
from bot.database.keys import DatabaseKeys
from bot.runtime.container import utc_now
from bot.runtime.keys import master_key
from bot.runtime.settings import Settings


async def verify_audit(environment: Mapping[str, str]) -> int:
    """0 when the chain holds, 1 when it is broken. Needs DATABASE_URL, KEY_FILE and the settings of a start."""
    settings = Settings.read(environment)
    keys = DatabaseKeys.derive(master_key(Path(settings.key_file), may_make=False))
    database = await Database.open(settings.database_url, keys, utc_now)
    try:
        state = await database.audit.verify()
    finally:
        await database.close()
    if not state.intact:
        print(f"The audit chain is broken at entry {state.broken_at}: {state.why}")  # noqa: T201 -- its purpose
        return 1
    print(f"The audit chain holds; its last entry is {state.head.seq}.")  # noqa: T201 -- its purpose
    return 0
