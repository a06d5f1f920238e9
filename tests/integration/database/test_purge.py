"""Everything that is kept goes some day, or is named here with why it does not."""

import re
from datetime import timedelta
from typing import Any

from sqlalchemy import Engine, event

from bot.database.engine import Database
from bot.database.tables import metadata
from tests.promises.store import NOW

STAYS = {
    "audit": "append-only: it is the proof of what was done",
    "conversation": "goes when the app is removed",
    "high_water": "one row",
    "key_check": "one row",
    "preference": "a person's language; replaced when another is chosen",
    "school_choice": "a row for each school; replaced when it chooses anew",
    "school_platform": "a row for each school; replaced when it chooses anew",
}


async def test_of_every_table_what_is_old_is_removed_or_it_is_said_why_not(database: Database):
    emptied: set[str] = set()

    def look(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        emptied.update(re.findall(r"^DELETE FROM (\w+) WHERE", statement))

    event.listen(Engine, "before_cursor_execute", look)
    try:
        await database.purge(NOW + timedelta(days=900))
    finally:
        event.remove(Engine, "before_cursor_execute", look)

    assert sorted(metadata.tables) == sorted(emptied | STAYS.keys())
    assert not emptied & STAYS.keys()
