"""What happens without anybody asking, on both engines."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from bot.core.audit import AuditEntry
from bot.core.clock import SteadyClock, day_in_sofia
from bot.core.errors import StoreUnavailable
from bot.database.chain import read_anchor, written
from bot.database.engine import Database
from bot.database.keys import DatabaseKeys
from bot.runtime import housekeeping
from bot.runtime.days_off import DaysOff
from bot.runtime.housekeeping import AFTER_FAILURE, HOUSEKEEPING, housekeep, keep_house, work
from bot.runtime.logs import redacted
from tests.fakes import NOON, FakeClock
from tests.integration.database.owner import as_owner, without_triggers
from tests.promises.store import Store, with_candidate

KEYS = DatabaseKeys.derive(b"k" * 32)


def steady(now):
    """The process's clock, at its first start."""
    return SteadyClock(FakeClock(now), lambda: 0.0)


async def no_entries() -> list[AuditEntry]:
    return []


@pytest.fixture
async def database(database_url):
    opened = await Database.open(database_url, KEYS, FakeClock())
    yield opened
    await opened.close()


async def worked_until(database: Database, true: Callable[[], Awaitable[bool]]) -> None:
    """Lets the worker work until it has done what is waited for; fails after ten seconds."""
    clock = steady(NOON)
    working = asyncio.gather(work(database, clock), keep_house(database, clock, DaysOff()))
    try:
        async with asyncio.timeout(10):
            while not await true():  # noqa: ASYNC110 -- the worker tells nobody what it has done
                await asyncio.sleep(0.05)
    finally:
        working.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await working


async def one_is_seen(database_url: str) -> bool:
    return bool(await as_owner(database_url, "SELECT count(*) FROM seen_activity") == [(1,)])


async def test_answered_activities_reach_the_disk(database, database_url):
    database.seen.mark("conversation", "activity")

    await worked_until(database, lambda: one_is_seen(database_url))


async def test_a_round_that_fails_is_followed_by_one_that_does_not(database, database_url, monkeypatch, caplog):
    flush, failures = type(database.seen).flush, iter([True])

    async def flaky(self):
        if next(failures, False):
            raise StoreUnavailable
        await flush(self)

    monkeypatch.setattr(type(database.seen), "flush", flaky)
    database.seen.mark("conversation", "activity")

    await worked_until(database, lambda: one_is_seen(database_url))

    assert "worker round failed" in caplog.text


async def test_housekeeping_removes_what_is_old_and_says_that_the_chain_holds(database, database_url, caplog):
    caplog.set_level(logging.INFO)
    await database.audit.append(AuditEntry(NOON, "actor", "username.lookup", "subject", "hit"))
    database.seen.mark("conversation", "activity")
    await database.seen.flush()

    await housekeep(database, steady(NOON + timedelta(days=8)))

    assert "chain of 1 entries holds" in caplog.text
    (line,) = [record.message for record in caplog.records if "anchor" in record.message]
    assert read_anchor(redacted(line).removeprefix("audit anchor ")) == await database.audit.anchor()
    assert await as_owner(database_url, "SELECT count(*) FROM seen_activity") == [(0,)]


async def test_housekeeping_removes_what_passwords_left_behind_and_says_how_much(database, caplog):
    """Operations after their receipts, tasks after a week, messages after ninety days: all of it in one round."""
    clock = FakeClock()
    store = Store(database.operations, database.queue, database.rate_limit, clock, no_entries)
    task = await with_candidate(store)
    await database.queue.done(task)
    await database.messages.intend("notice:set", "a:1")
    await database.messages.sent("notice:set", "f:1", "once")

    with caplog.at_level(logging.INFO):
        await housekeep(database, steady(NOON + timedelta(days=401)))

    assert await database.operations.one(task.payload["operation"]) is None
    assert (await database.messages.intend("notice:set", "a:1")).state == "intent"
    (said,) = [record.message for record in caplog.records if "housekeeping" in record.message]
    assert int(said.split()[1]) >= 4, (
        said
    )  # with the list of directors; an operation is two rows while its secret is kept


async def test_with_the_anchor_of_the_log_a_cut_off_end_is_found(database, database_url):
    for subject in ("one", "two"):
        await database.audit.append(AuditEntry(NOON, "actor", "username.lookup", subject, "hit"))
    noted = written(await database.audit.anchor())
    await without_triggers(database_url, "DELETE FROM audit WHERE seq = 2")

    assert (await database.audit.verify()).intact
    assert (await database.audit.verify(anchors=[read_anchor(noted)])).broken_at == 2


async def test_a_row_that_does_not_open_ends_neither_the_process_nor_the_look_at_the_chain(
    database, database_url, caplog
):
    store = Store(database.operations, database.queue, database.rate_limit, FakeClock(), no_entries)
    await with_candidate(store)
    await as_owner(database_url, "UPDATE password_operation SET detail = secret.sealed FROM secret")

    async def looked_at_the_chain() -> bool:
        return "audit chain of 1 entries holds" in caplog.text

    with caplog.at_level(logging.INFO):
        await worked_until(database, looked_at_the_chain)

    assert caplog.text.count("operation operation does not open") >= 1


async def test_while_the_chain_is_verified_answered_activities_reach_the_disk_and_the_mark_moves_on(
    database, database_url, monkeypatch
):
    verifying, marks = asyncio.Event(), []

    async def endless(*_):
        database.seen.mark("conversation", "activity")
        verifying.set()
        await asyncio.Event().wait()

    async def marked(*_):
        marks.append(verifying.is_set())

    monkeypatch.setattr(type(database.audit), "verify", endless)
    monkeypatch.setattr(housekeeping, "keep_mark", marked)
    monkeypatch.setattr(housekeeping, "MARK_SECONDS", 0.0)

    async def both() -> bool:
        return True in marks and await one_is_seen(database_url)

    await worked_until(database, both)


async def test_after_a_failure_housekeeping_is_tried_again_in_a_minute(database, monkeypatch):
    pauses, failures = [], iter([True])

    async def purged(self, now):
        if next(failures, False):
            raise StoreUnavailable
        return 0

    async def sleep(seconds):
        pauses.append(seconds)
        if len(pauses) == 2:
            raise asyncio.CancelledError

    monkeypatch.setattr(type(database), "purge", purged)
    monkeypatch.setattr(housekeeping, "asyncio", SimpleNamespace(sleep=sleep))

    with pytest.raises(asyncio.CancelledError):
        await keep_house(database, steady(NOON), DaysOff())

    assert pauses == [AFTER_FAILURE.total_seconds(), HOUSEKEEPING.total_seconds()]


async def test_a_process_that_passes_into_a_year_without_school_days_says_so_once_a_day(
    database, monkeypatch, caplog
):
    """The start, in spring, had nothing to warn of."""
    wall = FakeClock(datetime(2026, 8, 30, 6, tzinfo=UTC))
    clock = SteadyClock(wall, lambda: 0.0)
    days, rounds = DaysOff(frozenset({date(2026, 4, 7)})), iter(range(16))
    warned: list[date] = []

    async def sleep(seconds):
        warned.extend(
            day_in_sofia(clock()) for one in caplog.records if "no school holidays are known" in one.message
        )
        caplog.clear()
        wall.now += timedelta(seconds=seconds)
        if next(rounds, None) is None:
            raise asyncio.CancelledError

    monkeypatch.setattr(housekeeping, "asyncio", SimpleNamespace(sleep=sleep))
    with pytest.raises(asyncio.CancelledError):
        await keep_house(database, clock, days)

    assert warned == [date(2026, 9, 1), date(2026, 9, 2), date(2026, 9, 3)]


@pytest.mark.parametrize("word", ["", "7", "7-", "x-AAAA", "-1-AAAA", "7-ÄÄ", "٧-" + "A" * 52])
def test_what_is_no_anchor_is_not_taken_for_one(word):
    with pytest.raises(ValueError, match=r".+"):
        read_anchor(word)


async def test_a_broken_chain_is_the_loudest_line_of_the_log(database, database_url, caplog):
    for subject in ("one", "two"):
        await database.audit.append(AuditEntry(NOON, "actor", "username.lookup", subject, "hit"))
    await without_triggers(database_url, "UPDATE audit SET outcome = 'miss' WHERE seq = 1")

    await housekeep(database, steady(NOON))

    assert [record.levelname for record in caplog.records if "broken" in record.message] == ["CRITICAL"]
    assert "entry 1" in caplog.text
