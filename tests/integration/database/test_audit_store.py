# ruff: noqa: S608, ISC004 -- the statements are put together here, from nothing but these words
import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.core.audit import AuditEntry
from bot.database.chain import Anchor, AuditRow, AuditState, mac_of
from bot.database.engine import Database
from bot.database.keys import DatabaseKeys
from tests.integration.database.conftest import Open
from tests.integration.database.owner import as_owner, without_triggers

NOW = datetime(2026, 9, 15, 8, 30, tzinfo=UTC)
COLUMNS = "seq, at, actor, action, subject, outcome, key_id, detail, prev, mac"


def entry(number: int = 0) -> AuditEntry:
    return AuditEntry(
        NOW + timedelta(seconds=number),
        f"actor {number}",
        "username.lookup",
        f"v1:{number}",
        "hit",
        {"n": str(number)},
    )


async def filled(database: Database, rows: int = 9) -> AuditState:
    for number in range(1, rows + 1):
        await database.audit.append(entry(number))
    state = await database.audit.verify()
    assert (state.intact, state.rows) == (True, rows)
    return state


async def test_an_empty_chain_is_intact(database: Database):
    state = await database.audit.verify()
    assert (state.intact, state.rows, state.head) == (True, 0, await database.audit.anchor())


async def test_a_chain_longer_than_a_page_is_checked_to_its_end(database: Database, database_url: str):
    async with asyncio.TaskGroup() as group:
        for start in range(0, 520, 130):
            group.create_task(_append(database, start, 130))
    assert (await database.audit.verify()).rows == 520
    await without_triggers(database_url, "UPDATE audit SET outcome = 'miss' WHERE seq = 517")
    assert (await database.audit.verify()).broken_at == 517


async def _append(database: Database, start: int, rows: int) -> None:
    for number in range(start, start + rows):
        await database.audit.append(entry(number))


async def test_two_replicas_write_one_chain_without_gaps(open_database: Open, postgres_url: str):
    replicas = [await open_database(postgres_url) for _ in range(2)]
    await asyncio.gather(*(_append(replicas[number % 2], number * 40, 40) for number in range(6)))
    state = await replicas[0].audit.verify()
    assert (state.intact, state.rows, state.head.seq) == (True, 240, 240)


OWNER = {
    "time": ("UPDATE audit SET at = at + 1 WHERE seq = 5", 5),
    "actor": ("UPDATE audit SET actor = 'somebody else' WHERE seq = 5", 5),
    "action": ("UPDATE audit SET action = 'help' WHERE seq = 1", 1),
    "subject": ("UPDATE audit SET subject = 'v1:other' WHERE seq = 9", 9),
    "outcome": ("UPDATE audit SET outcome = 'miss' WHERE seq = 5", 5),
    "key id": ("UPDATE audit SET key_id = 'k2' WHERE seq = 5", 5),
    "a letter moved to the next field": (
        "UPDATE audit SET actor = 'actor ', action = '5username.lookup' WHERE seq = 5",
        5,
    ),
    "detail of another row": ("UPDATE audit SET detail = (SELECT detail FROM audit WHERE seq = 3) WHERE seq = 5", 5),
    "mac of another row": ("UPDATE audit SET mac = (SELECT mac FROM audit WHERE seq = 3) WHERE seq = 5", 5),
    "link of another row": ("UPDATE audit SET prev = (SELECT prev FROM audit WHERE seq = 3) WHERE seq = 5", 5),
    "deleted": ("DELETE FROM audit WHERE seq = 5", 5),
    "first deleted": ("DELETE FROM audit WHERE seq = 1", 1),
    "first three deleted": ("DELETE FROM audit WHERE seq <= 3", 1),
    "deleted and closed up": ("DELETE FROM audit WHERE seq = 5; UPDATE audit SET seq = seq - 1 WHERE seq > 5", 5),
    "swapped": (
        "UPDATE audit SET seq = -6 WHERE seq = 6; UPDATE audit SET seq = 6 WHERE seq = 5;"
        "UPDATE audit SET seq = 5 WHERE seq = -6",
        5,
    ),
    "repeated at the end": (
        "INSERT INTO audit SELECT 10, at, actor, action, subject, outcome, key_id, detail, prev, mac"
        " FROM audit WHERE seq = 9",
        10,
    ),
    "slipped in before the first": (
        "INSERT INTO audit SELECT 0, at, actor, action, subject, outcome, key_id, detail, prev, mac"
        " FROM audit WHERE seq = 9",
        0,
    ),
    "slipped in long before the first": (
        "INSERT INTO audit SELECT -8, at, actor, action, subject, outcome, key_id, detail, prev, mac"
        " FROM audit WHERE seq = 9",
        -8,
    ),
}


@pytest.mark.parametrize("how", OWNER)
async def test_what_the_owner_changes_is_found_and_named(database: Database, database_url: str, how: str):
    statements, broken_at = OWNER[how]
    await filled(database)
    await without_triggers(database_url, *statements.split(";"))

    state = await database.audit.verify()

    assert (state.intact, state.broken_at) == (False, broken_at)
    assert state.why


async def test_a_tail_cut_off_is_found_by_an_anchor_only(database: Database, database_url: str):
    anchor = (await filled(database)).head
    assert anchor == await database.audit.anchor()
    await without_triggers(database_url, "DELETE FROM audit WHERE seq > 6")

    assert (await database.audit.verify()).intact
    state = await database.audit.verify(anchors=[anchor])
    assert (state.broken_at, state.rows) == (7, 6)


async def test_a_chain_wiped_out_is_found_by_an_anchor(database: Database, database_url: str):
    anchor = (await filled(database)).head
    await without_triggers(database_url, "DELETE FROM audit")
    assert (await database.audit.verify(anchors=[anchor])).broken_at == 1


async def test_a_tail_cut_off_and_written_anew_is_found_by_an_anchor(database: Database, database_url: str):
    """The operator has the key too: the chain by itself is good then."""
    anchor = (await filled(database)).head
    await without_triggers(database_url, "DELETE FROM audit WHERE seq > 6")
    await _append(database, 100, 10)

    assert (await database.audit.verify()).intact
    assert (await database.audit.verify(anchors=[Anchor(3, b"wrong" * 6), anchor])).broken_at == 3
    assert (await database.audit.verify(anchors=[anchor])).broken_at == 9


async def test_good_anchors_do_not_disturb(database: Database):
    anchors = [await database.audit.anchor()]
    for number in range(5):
        await database.audit.append(entry(number))
        anchors.append(await database.audit.anchor())
    assert (await database.audit.verify(anchors=anchors)).intact


async def test_a_check_from_the_middle_sees_what_is_after(database: Database, database_url: str):
    await filled(database)
    assert (await database.audit.verify(from_seq=5)).rows == 5
    await without_triggers(database_url, "UPDATE audit SET outcome = 'miss' WHERE seq = 3")
    assert (await database.audit.verify(from_seq=5)).intact
    assert (await database.audit.verify()).broken_at == 3
    await without_triggers(database_url, "DELETE FROM audit WHERE seq = 4")
    assert (await database.audit.verify(from_seq=5)).broken_at == 4


REFUSED = {
    "update": "UPDATE audit SET outcome = 'miss' WHERE seq = 2",
    "update of all": "UPDATE audit SET outcome = 'miss'",
    "delete": "DELETE FROM audit WHERE seq = 2",
    "delete of all": "DELETE FROM audit",
    "gap": f"INSERT INTO audit SELECT 11, at, actor, action, subject, outcome, key_id, detail, mac, mac FROM audit"
    f" WHERE seq = 9 -- {COLUMNS}",
    "wrong link": "INSERT INTO audit SELECT 10, at, actor, action, subject, outcome, key_id, detail, prev, mac"
    " FROM audit WHERE seq = 9",
    "upsert": "INSERT INTO audit SELECT 2, at, actor, action, subject, 'miss', key_id, detail, prev, mac FROM audit"
    " WHERE seq = 2 ON CONFLICT (seq) DO UPDATE SET outcome = 'miss'",
}
REPLACING = {
    how: f"INSERT OR REPLACE INTO audit SELECT {seq}, at, actor, action, subject, 'miss', key_id, detail, {prev}, mac"
    f" FROM audit WHERE seq = {row}"
    for how, seq, prev, row in (
        ("replace", 2, "prev", 2),
        ("replace the last", 9, "prev", 9),
        ("replace the first", 1, "prev", 1),
        ("replace with a link that fits", 2, "(SELECT mac FROM audit WHERE seq = 9)", 2),
    )
} | {"replace nothing": f"REPLACE INTO audit ({COLUMNS}) SELECT {COLUMNS} FROM audit"}


async def _all_rows(url: str) -> list[tuple[Any, ...]]:
    return await as_owner(url, f"SELECT {COLUMNS} FROM audit ORDER BY seq")


async def _is_refused(database: Database, url: str, statement: str) -> None:
    await filled(database)
    before = await _all_rows(url)
    with pytest.raises(Exception, match=r"append-only|next link"):
        await as_owner(url, statement)
    assert await _all_rows(url) == before


@pytest.mark.parametrize("how", REFUSED)
async def test_triggers_refuse(database: Database, database_url: str, how: str):
    await _is_refused(database, database_url, REFUSED[how])


async def test_triggers_refuse_truncate(open_database: Open, postgres_url: str):
    await _is_refused(await open_database(postgres_url), postgres_url, "TRUNCATE audit")


async def test_triggers_refuse_a_session_that_plays_the_replica(open_database: Open, postgres_url: str):
    database = await open_database(postgres_url)
    await filled(database)
    with pytest.raises(Exception, match="append-only"):
        await as_owner(postgres_url, "SET session_replication_role = replica", REFUSED["delete"])


@pytest.mark.parametrize("how", REPLACING)
async def test_triggers_refuse_insert_or_replace(open_database: Open, sqlite_url: str, how: str):
    """A connection of the owner's own, where REPLACE does not ask the delete trigger."""
    await _is_refused(await open_database(sqlite_url), sqlite_url, REPLACING[how])


async def test_entries_are_read_back_as_they_were_written(database: Database):
    odd = replace(entry(3), detail={"purpose": "преместен \ud83d", "n": "", "": "x" * 5000})
    for one in (entry(1), entry(2), odd):
        await database.audit.append(one)

    everything = [read async for read in database.audit.entries(NOW)]
    assert [read.entry for read in everything] == [entry(1), entry(2), odd]
    assert [read.seq for read in everything] == [1, 2, 3]
    later = [
        read.seq async for read in database.audit.entries(NOW + timedelta(seconds=2), NOW + timedelta(seconds=3))
    ]
    assert later == [2]
    assert [read.seq async for read in database.audit.entries(NOW, subjects=["v1:3"])] == [3]
    assert [read.seq async for read in database.audit.entries(NOW, actors=["actor 1"])] == [1]


async def test_a_spoilt_detail_leaves_the_other_entries_readable(database: Database, database_url: str):
    await filled(database, 3)
    await without_triggers(
        database_url, "UPDATE audit SET detail = (SELECT detail FROM audit WHERE seq = 3) WHERE seq = 2"
    )
    read = [(one.intact, dict(one.entry.detail)) async for one in database.audit.entries(NOW)]
    assert read == [(True, {"n": "1"}), (False, {}), (True, {"n": "3"})]


async def test_a_row_signed_by_somebody_without_the_key_is_found(
    database: Database, database_url: str, keys: DatabaseKeys
):
    await filled(database)
    forger = DatabaseKeys.derive(b"f" * 32)
    last = AuditRow(*(await _all_rows(database_url))[-1])
    forged = replace(last, outcome="miss", mac=b"")
    assert mac_of(last, keys) == last.mac
    literal = "x'{}'" if database_url.startswith("sqlite") else "'\\x{}'"
    await without_triggers(
        database_url,
        f"UPDATE audit SET outcome = 'miss', mac = {literal.format(mac_of(forged, forger).hex())} WHERE seq = 9",
    )
    assert (await database.audit.verify()).broken_at == 9
