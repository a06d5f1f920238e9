"""The health page over a real database: what is due, what is late, what was given up."""

import json
from datetime import timedelta

import pytest
from aiohttp.test_utils import make_mocked_request

from bot.core.tasks import NewTask
from bot.database.engine import Database
from bot.database.keys import DatabaseKeys
from bot.runtime.health import Health
from tests.fakes import FakeClock

KEYS = DatabaseKeys.derive(b"k" * 32)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
async def database(database_url, clock):
    opened = await Database.open(database_url, KEYS, clock)
    yield opened
    await opened.close()


@pytest.fixture
def asked(database, clock):
    async def ask():
        answer = await Health(database.queue.counts, clock)(make_mocked_request("GET", "/health"))
        assert answer.status == 200
        return tuple(json.loads(answer.text or "")["tasks"].values())

    return ask


async def test_what_is_due_late_held_done_and_dead(database, clock, asked):
    assert await asked() == ("running", 0, 0, 0)
    now = clock()
    later = {"first": timedelta(), "second": MINUTE, "tomorrow": timedelta(days=1)}
    await database.queue.add([NewTask("work", key, now + wait) for key, wait in later.items()])
    clock.move(minutes=2)
    assert await asked() == ("running", 2, 120, 0)
    clock.move(minutes=9)
    assert await asked() == ("late", 2, 660, 0)

    (first,) = await database.queue.claim(["work"], 1, MINUTE)
    assert await asked() == ("running", 1, 600, 0), "what somebody works at is not late"
    await database.queue.dead_letter(first, "unreadable")
    assert await asked() == ("dead", 1, 600, 1)
    clock.move(minutes=1)
    assert await asked() == ("late", 1, 660, 1)
    (second,) = await database.queue.claim(["work"], 1, MINUTE)
    await database.queue.done(second)
    assert await asked() == ("dead", 0, 0, 1)
