from datetime import timedelta

from bot.database.directors import StoredDirectors
from bot.database.engine import Database
from tests.fakes import FakeClock
from tests.promises.store import NOW


async def test_a_director_who_came_is_among_those_told_until_not_seen_for_long(database: Database):
    clock = FakeClock(NOW)
    directors = StoredDirectors(database.connections, clock)
    await directors.seen("school", "one")
    await directors.seen("school", "other")
    await directors.seen("another school", "third")

    assert await database.operations.directors("school", NOW) == ("one", "other")
    assert await database.operations.directors("school", NOW + timedelta(milliseconds=1)) == ()


async def test_seen_again_the_next_day_is_written_again_and_the_same_day_not(database: Database):
    clock = FakeClock(NOW)
    directors = StoredDirectors(database.connections, clock)
    await directors.seen("school", "one")
    clock.move(hours=23)
    await directors.seen("school", "one")
    assert await database.operations.directors("school", NOW + timedelta(hours=1)) == ()
    clock.move(hours=2)
    await directors.seen("school", "one")

    assert await database.operations.directors("school", NOW + timedelta(hours=1)) == ("one",)
