from datetime import timedelta

from bot.database.engine import Database
from tests.integration.database.owner import as_owner
from tests.promises.store import NOW

MONTH = timedelta(days=30)


async def test_a_student_is_released_to_one_school_for_a_time(database: Database):
    releases = database.releases
    await releases.add("student", "school", NOW, NOW + MONTH, "request")

    assert await releases.released("student", "school", NOW)
    assert await releases.released("student", "school", NOW + MONTH - timedelta(milliseconds=1))
    assert not await releases.released("student", "school", NOW + MONTH)
    assert not await releases.released("student", "school", NOW - timedelta(milliseconds=1))
    assert not await releases.released("student", "another", NOW)
    assert not await releases.released("another", "school", NOW)


async def test_a_newer_release_takes_the_place_of_the_one_before(database: Database, database_url: str):
    await database.releases.add("student", "school", NOW, NOW + MONTH, "first")
    await database.releases.add("student", "school", NOW + MONTH, NOW + 2 * MONTH, "second")

    assert await database.releases.released("student", "school", NOW + MONTH)
    assert await as_owner(database_url, "SELECT request FROM release") == [("second",)]


async def test_releases_that_ended_long_ago_are_purged(database: Database):
    await database.releases.add("student", "school", NOW, NOW + MONTH, "request")
    assert await database.purge(NOW + 2 * MONTH) == 0
    assert await database.purge(NOW + 2 * MONTH + timedelta(seconds=1)) == 1
