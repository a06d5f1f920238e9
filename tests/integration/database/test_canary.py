"""Invariant I7: no identifier, purpose or name in the bytes of the database, its WAL or its shared memory."""

from datetime import UTC, datetime
from pathlib import Path

from bot.core.audit import AuditEntry
from bot.core.decision import ALLOWED
from bot.core.usernames.model import Outcome, Reach
from bot.database.engine import Database
from tests.integration.database.conftest import Open
from tests.integration.database.owner import as_owner, file_of

NOW = datetime(2026, 9, 15, 8, 30, tzinfo=UTC)
IDENTIFIER = "4146054046"
PURPOSE = "преместен при баба си в Мездра"
CANARIES = [
    canary.encode(encoding)
    for canary in (IDENTIFIER, PURPOSE, "Мездра", "a:conversation-canary", "f:activity-canary")
    for encoding in ("utf-8", "utf-16-le", "utf-16-be")
] + [b"\\u041c\\u0435\\u0437"]


async def _use(database: Database) -> str:
    subject = database.pseudonyms.of("egn", IDENTIFIER)
    written = AuditEntry(NOW, "object-director", "username.lookup", subject, "hit", {"purpose": PURPOSE})
    await database.ledger.reserve("object-director", "op", Reach.OTHER, NOW, lambda _: ALLOWED)
    await database.ledger.settle("object-director", "op", Reach.OTHER, Outcome.HIT, [written])
    database.seen.mark("a:conversation-canary", "f:activity-canary")
    await database.seen.flush()
    assert [read.entry async for read in database.audit.entries(NOW, subjects=[subject])] == [written]
    return subject


async def test_sqlite_files_hold_none_of_it(open_database: Open, sqlite_url: str):
    database = await open_database(sqlite_url)
    subject = await _use(database)
    for closed in (False, True):
        if closed:
            await database.close()
        folder = Path(file_of(sqlite_url)).parent
        files = {file.name: file.read_bytes() for file in folder.iterdir()}
        assert ("bot.sqlite-wal" in files) is not closed
        assert any(subject.encode() in content for content in files.values())  # the search can find something
        assert [(name, canary) for name in files for canary in CANARIES if canary in files[name]] == []


async def test_postgres_rows_hold_none_of_it(open_database: Open, postgres_url: str):
    subject = await _use(await open_database(postgres_url))
    tables = await as_owner(
        postgres_url, "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    )
    assert len(tables) > 5
    content = b""
    for (table,) in tables:
        for row in await as_owner(postgres_url, f"SELECT * FROM {table}"):  # noqa: S608
            content += b"\0".join(value if isinstance(value, bytes) else str(value).encode() for value in row)
    assert subject.encode() in content
    assert [canary for canary in CANARIES if canary in content] == []
