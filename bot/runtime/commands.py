"""What the operator asks of the database with the settings of a start: `python app.py audit`, `clock`, `revive`,
`restored`.

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
from bot.database.urls import beside
from bot.runtime.keys import KeyFileError, master_key
from bot.runtime.now import utc_now
from bot.runtime.settings import Settings, SettingsError

CANNOT = (SettingsError, KeyFileError, CannotOpen, StoreUnavailable)
"""What keeps a command from the database; each says so in words for the operator."""


async def verify_audit(
    environment: Mapping[str, str], anchors: Sequence[str] = (), database_name: str | None = None
) -> int:
    """Checks the audit chain and says what it found: 0 when it holds, 1 when it is broken, 2 when it cannot be read.

    `anchors` are those of the log ("audit anchor …"): with them a chain whose end was cut off is found out, too.
    `database_name`: of another one on the same server, as where a copy was restored for practice. The bot itself
    verifies the chain every six hours.
    """
    try:
        async with opened_database(environment, database_name) as database:
            state = await database.audit.verify(anchors=[read_anchor(word) for word in anchors])
    except (*CANNOT, ValueError) as error:
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
        async with opened_database(environment) as database:
            before = await database.high_water.confirm(now)
    except CANNOT as error:
        print(error, file=sys.stderr)  # noqa: T201 -- same
        return 2
    known = day_in_sofia(before).isoformat() if before is not None else "-"
    print(f"Noted: today is {today.isoformat()}. The last moment known before was of {known}.")  # noqa: T201 -- same
    return 0


async def revive_tasks(environment: Mapping[str, str], kind: str | None) -> int:
    """Has tasks of this kind that were given up tried again; without a kind says which there are. 0 when it is done,
    1 when there are none of the kind, 2 when it cannot be done.

    Each is judged anew by who carries it out: what is no longer right does nothing. The worker may be running.
    """
    try:
        async with opened_database(environment) as database:
            dead = await database.queue.dead()
            revived = 0 if kind is None else await database.queue.revive(kind)
    except CANNOT as error:
        print(error, file=sys.stderr)  # noqa: T201 -- read by the operator who just started it
        return 2
    if kind is not None and revived:
        print(f"{revived} of {kind} are tried again.")  # noqa: T201 -- same
        return 0
    for one in dead:
        day = day_in_sofia(one.last).isoformat()
        print(f"{one.kind}: {one.count} given up, {one.why}, the last one on {day}")  # noqa: T201 -- same
    if kind is not None:
        print(f"None of {kind} was given up.", file=sys.stderr)  # noqa: T201 -- same
        return 1
    if not dead:
        print("No task was given up.")  # noqa: T201 -- same
    return 0


async def note_restoring(environment: Mapping[str, str], database_name: str | None = None) -> int:
    """A copy was put back: what may have ended since it was made ends (docs/adr/0089), and it is recorded. 0 when it
    is done, 2 when it cannot be done; then the bot is not to be started. To be done after each restoring.
    """
    try:
        async with opened_database(environment, database_name) as database:
            await database.one_time_links.end_all()
            ended = await database.deputies.end_all(utc_now())
    except CANNOT as error:
        print(error, file=sys.stderr)  # noqa: T201 -- read by the operator who just started it
        return 2
    print(f"Noted that a copy was put back. Authorities that ended with it: {ended}; their directors are told.")  # noqa: T201 -- same
    return 0


@asynccontextmanager
async def opened_database(environment: Mapping[str, str], name: str | None = None) -> AsyncIterator[Database]:
    """Open, and closed at the end. Errors: SettingsError, KeyFileError, CannotOpen, StoreUnavailable."""
    settings = Settings.read(environment)
    keys = DatabaseKeys.derive(master_key(Path(settings.key_file), may_make=False))
    url = settings.database_url if name is None else beside(settings.database_url, name)
    database = await Database.open(url, keys, utc_now)
    try:
        yield database
    finally:
        await database.close()
