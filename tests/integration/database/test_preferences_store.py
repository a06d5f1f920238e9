import asyncio

from bot.database.engine import Database
from tests.integration.database.conftest import MovableClock, Open
from tests.integration.database.owner import as_owner


async def test_a_choice_survives_a_restart(open_database: Open, database_url: str):
    first = await open_database(database_url)
    await first.preferences.choose_language("person", "en")
    await first.close()
    assert await (await open_database(database_url)).preferences.language("person") == "en"


async def test_a_language_known_for_less_than_a_minute_is_not_read_again(
    database: Database, database_url: str, clock: MovableClock
):
    for person in ("chose", "never chose"):
        await database.preferences.language(person)
    await database.preferences.choose_language("chose", "en")
    await as_owner(database_url, "DELETE FROM preference", "INSERT INTO preference VALUES ('never chose', 'en')")

    clock.advance(seconds=59)
    assert await database.preferences.language("chose") == "en"
    assert await database.preferences.language("never chose") is None
    clock.advance(seconds=1)
    assert await database.preferences.language("chose") is None
    assert await database.preferences.language("never chose") == "en"


async def test_a_choice_made_while_the_old_one_is_read_wins(database: Database):
    for number in range(50):
        person = f"person {number}"
        await asyncio.gather(
            *(database.preferences.language(person) for _ in range(3)),
            database.preferences.choose_language(person, "en"),
            *(database.preferences.language(person) for _ in range(3)),
        )
        assert await database.preferences.language(person) == "en"


async def test_choices_at_the_same_time_are_both_well(open_database: Open, postgres_url: str):
    replicas = [await open_database(postgres_url) for _ in range(2)]
    for number in range(30):
        await asyncio.gather(*(one.preferences.choose_language(f"person {number}", "en") for one in replicas * 3))
    assert await as_owner(postgres_url, "SELECT count(*) FROM preference") == [(30,)]
