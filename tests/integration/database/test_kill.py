"""Invariants I6 and I9: whatever is acknowledged survives kill -9, and nothing is ever there by half."""

import random

import pytest

from bot.database.engine import Database
from tests.integration.database.conftest import Open
from tests.integration.database.forks import Forks
from tests.integration.database.owner import as_owner
from tests.integration.database.writer import ENTRIES_EACH


async def _state(url: str, database: Database) -> tuple[int, int, int]:
    """Look-ups pending, settled, and audit entries; the chain must verify."""
    verified = await database.audit.verify()
    assert verified.intact, verified
    counted = dict(await as_owner(url, "SELECT outcome, count(*) FROM lookup_attempt GROUP BY outcome"))
    return counted.pop("pending", 0), counted.pop("hit", 0), verified.rows


@pytest.mark.parametrize(
    "database_url", ["sqlite", pytest.param("postgresql", marks=pytest.mark.long)], indirect=True
)
async def test_a_look_up_killed_at_each_step_is_whole_or_absent(open_database: Open, forks: Forks, database_url: str):
    stages: list[tuple[int, int, int, bool]] = []
    for step in range(1, 100):
        await as_owner(database_url, *(["DELETE FROM lookup_attempt", "DELETE FROM seen_activity"] if stages else []))
        before = 0
        if stages:
            database = await open_database(database_url)
            before = (await database.audit.verify()).rows
            await database.close()
        ended = forks.start(database_url, str(step)).ended()
        database = await open_database(database_url)
        pending, settled, rows = await _state(database_url, database)
        seen = await database.seen.seen("conversation", "op 1")
        await database.close()
        stage = (pending, settled, rows - before, seen)
        stages.append(stage)
        if ended.returncode == 0:
            assert ended.stdout.split() == [b"1"]
            break
        assert ended.returncode == -9, ended.stderr
        assert ended.stdout == b"" or stage[1] == 1

    nothing, reserved = (0, 0, 0, False), (1, 0, 0, False)
    settled_only, whole = (0, 1, ENTRIES_EACH, False), (0, 1, ENTRIES_EACH, True)
    assert [stage for number, stage in enumerate(stages) if number == 0 or stage != stages[number - 1]] == [
        nothing,
        reserved,
        settled_only,
        whole,
    ]
    assert len(stages) > 8


@pytest.mark.parametrize(
    "database_url", ["sqlite", pytest.param("postgresql", marks=pytest.mark.long)], indirect=True
)
async def test_everything_acknowledged_survives_a_kill_at_any_moment(
    open_database: Open, forks: Forks, database_url: str
):
    rng = random.Random(20260915)
    acknowledged = 0
    for _ in range(4):
        process = forks.start(database_url, "work")
        for _ in range(rng.randint(5, 40)):
            last = int(process.printed.readline())
        process.kill()
        ended = process.ended()
        assert ended.returncode == -9, ended.stderr
        last = max([last, *(int(line) for line in ended.stdout.splitlines(keepends=True) if line[-1:] == b"\n")])
        acknowledged = max(acknowledged, last)

        database = await open_database(database_url)
        pending, settled, rows = await _state(database_url, database)
        assert settled >= acknowledged
        assert pending <= 1
        assert rows >= ENTRIES_EACH * settled
        assert rows % ENTRIES_EACH == 0
        for number in range(1, acknowledged + 1):
            assert await database.seen.seen("conversation", f"op {number}")
        await database.close()


@pytest.mark.parametrize("how", ["PRAGMA integrity_check", "PRAGMA foreign_key_check"])
async def test_a_sqlite_file_is_sound_after_a_kill(open_database: Open, forks: Forks, sqlite_url: str, how: str):
    process = forks.start(sqlite_url, "work")
    for _ in range(10):
        process.printed.readline()
    process.kill()
    assert process.ended().returncode == -9
    await open_database(sqlite_url)
    assert await as_owner(sqlite_url, how) in ([("ok",)], [])
