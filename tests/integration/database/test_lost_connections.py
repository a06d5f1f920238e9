import asyncio
import random
from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection, event

from bot.core.audit import AuditEntry
from bot.core.decision import ALLOWED
from bot.core.errors import StoreUnavailable
from bot.core.usernames.model import Reach
from bot.database.engine import Database
from tests.integration.database.conftest import Open
from tests.integration.database.owner import as_owner, owner_runs

NOW = datetime(2026, 9, 15, 8, 30, tzinfo=UTC)
END_ALL_OTHERS = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


def entry(number: int = 0) -> AuditEntry:
    return AuditEntry(NOW, "actor", "username.lookup", f"v1:{number}", "hit", {})


async def test_a_restarted_server_is_not_noticed_by_the_next_call(open_database: Open, postgres_url: str):
    database = await open_database(postgres_url)
    await asyncio.gather(*(database.high_water.read() for _ in range(5)))
    for number in range(5):
        await as_owner(postgres_url, END_ALL_OTHERS)
        assert await database.preferences.language(f"person {number}") is None
        await as_owner(postgres_url, END_ALL_OTHERS)
        await database.audit.append(entry(number))
    state = await database.audit.verify()
    assert (state.intact, state.rows) == (True, 5)


async def test_a_connection_lost_in_the_middle_of_a_transaction_is_one_effect(open_database: Open, postgres_url: str):
    """The judge stands in for anything slow: while it thinks, the server ends the session."""
    database = await open_database(postgres_url)
    calls = 0

    def work(connection: Connection) -> None:
        nonlocal calls
        calls += 1
        database.audit.append_in(connection, [entry()])
        if calls == 1:
            owner_runs(postgres_url, END_ALL_OTHERS)
            database.audit.append_in(connection, [entry()])

    await database.connections.run(work)
    assert calls == 2
    assert (await database.audit.verify()).rows == 1


async def test_a_server_that_is_gone_is_unavailable(open_database: Open, postgres_url: str):
    database = await open_database(postgres_url)
    name = postgres_url.rpartition("/")[2]
    admin = postgres_url.replace(name, "postgres")
    await as_owner(admin, f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
    await as_owner(admin, f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")  # noqa: S608
    with pytest.raises(StoreUnavailable):
        await database.high_water.read()
    with pytest.raises(StoreUnavailable):
        await database.audit.append(entry())
    with pytest.raises(StoreUnavailable):
        await database.ledger.reserve("director", "op", Reach.OWN, NOW, lambda _: ALLOWED)
    await as_owner(admin, f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
    await database.high_water.read()


async def test_a_caller_that_gives_up_at_any_moment_harms_nobody(database: Database):
    """On SQLite the connection must not even be replaced: closing it late would lock everybody else out."""
    rng = random.Random(7)
    opened: list[object] = []
    event.listen(database.connections._engine, "connect", lambda *new: opened.append(new))

    async def impatient(number: int) -> int:
        try:
            async with asyncio.timeout(rng.choice((0.001, 0.003, 0.005, 0.01, 5))):
                await database.audit.append(entry(number))
        except TimeoutError:
            return 0
        return 1

    done = 0
    for start in range(0, 120, 4):
        done += sum(await asyncio.gather(*(impatient(start + number) for number in range(4))))
    await database.audit.append(entry())
    state = await database.audit.verify()
    assert state.intact
    assert done + 1 <= state.rows <= 121
    assert 0 < done < 120
    assert not opened or not database.connections.sqlite
