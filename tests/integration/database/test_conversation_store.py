import asyncio
from dataclasses import asdict, fields, replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.conversation import ConversationReference
from bot.database.conversations import StoredReference
from bot.database.engine import Database
from bot.database.failures import WrongKey
from bot.database.keys import DatabaseKeys
from bot.database.rights import ALTERED, RESEALED
from bot.database.schema import downgrade
from tests.integration.database.conftest import MovableClock, Open
from tests.integration.database.owner import as_owner

REFERENCE = ConversationReference(
    conversation_id="a:1" + "x" * 200,
    service_url="https://smba.trafficmanager.net/emea/",
    tenant_id="tenant",
    bot_id="28:bot",
    user_id="29:person",
    object_id="object-1",
    locale="bg-BG",
)


def test_a_stored_reference_has_the_fields_of_a_conversation_reference():
    assert [field.name for field in fields(StoredReference)] == [
        field.name for field in fields(ConversationReference)
    ]


async def test_a_new_conversation_is_greeted_once(database: Database):
    assert await database.conversations.remember(REFERENCE)
    assert not await database.conversations.remember(REFERENCE)
    stored = await database.conversations.of("object-1")
    assert stored is not None
    assert ConversationReference(**asdict(stored)) == REFERENCE
    assert await database.conversations.of("object-2") is None
    assert await database.conversations.of("") is None


async def test_somebody_who_knows_the_bot_is_whoever_came_last(database: Database):
    assert await database.conversations.anybody() == ""
    await database.conversations.remember(replace(REFERENCE, conversation_id="a:0", object_id=""))
    assert await database.conversations.anybody() == ""
    await database.conversations.remember(REFERENCE)
    assert await database.conversations.anybody() == "object-1"


async def test_a_conversation_known_before_a_restart_is_not_greeted_again(open_database: Open, database_url: str):
    first = await open_database(database_url)
    await first.conversations.remember(REFERENCE)
    await first.close()
    assert not await (await open_database(database_url)).conversations.remember(REFERENCE)


async def test_a_forgotten_conversation_leaves_nothing_and_is_greeted_again(database: Database, database_url: str):
    await database.conversations.remember(REFERENCE)
    await database.conversations.forget(REFERENCE.conversation_id)
    await database.conversations.forget("never known")
    assert await database.conversations.of("object-1") is None
    assert await as_owner(database_url, "SELECT count(*) FROM conversation") == [(0,)]
    assert await database.conversations.remember(REFERENCE)


async def test_many_events_of_a_new_conversation_lead_to_one_greeting(open_database: Open, database_url: str):
    replicas = [await open_database(database_url)]
    if database_url.startswith("postgresql"):
        replicas.append(await open_database(database_url))
    for number in range(50):
        reference = replace(REFERENCE, conversation_id=f"a:{number}")
        greet = await asyncio.gather(*(one.conversations.remember(reference) for one in replicas * 3))
        assert sum(greet) == 1


async def test_an_unchanged_reference_is_not_written(database: Database, database_url: str, clock: MovableClock):
    await database.conversations.remember(REFERENCE)
    before = await as_owner(database_url, "SELECT * FROM conversation")
    clock.advance(seconds=30)
    await database.conversations.remember(REFERENCE)
    clock.advance(hours=2)
    await database.conversations.remember(REFERENCE)
    assert await as_owner(database_url, "SELECT * FROM conversation") == before


async def test_a_reference_seen_a_moment_ago_needs_no_database(database: Database, database_url: str):
    await database.conversations.remember(REFERENCE)
    await as_owner(database_url, "DROP TABLE conversation")
    assert not await database.conversations.remember(REFERENCE)


async def test_a_changed_reference_is_kept_in_place_of_the_old_one(database: Database):
    await database.conversations.remember(REFERENCE)
    changes: dict[str, Any] = {
        "service_url": "https://smba.trafficmanager.net/amer/",
        "locale": None,
        "user_id": "29:new",
    }
    for name, value in changes.items():
        changed = replace(REFERENCE, **{name: value})
        assert not await database.conversations.remember(changed)
        stored = await database.conversations.of("object-1")
        assert stored is not None
        assert asdict(stored) == asdict(changed)


async def test_an_event_that_names_nobody_does_not_wipe_out_who_it_is(database: Database):
    await database.conversations.remember(REFERENCE)
    await database.conversations.remember(replace(REFERENCE, object_id="", service_url="https://new.example"))
    stored = await database.conversations.of("object-1")
    assert stored is not None
    assert stored.service_url == "https://new.example"


async def test_of_two_conversations_the_one_that_changed_last_is_spoken_in(database: Database, clock: MovableClock):
    await database.conversations.remember(REFERENCE)
    clock.advance(minutes=5)
    await database.conversations.remember(replace(REFERENCE, conversation_id="a:2"))
    stored = await database.conversations.of("object-1")
    assert stored is not None
    assert stored.conversation_id == "a:2"


async def test_a_removal_seen_by_another_replica_is_noticed_within_a_minute(
    open_database: Open, postgres_url: str, clock: MovableClock
):
    one, other = [await open_database(postgres_url) for _ in range(2)]
    await one.conversations.remember(REFERENCE)
    await other.conversations.forget(REFERENCE.conversation_id)
    clock.advance(seconds=60)
    assert await one.conversations.remember(REFERENCE)


# Whose chat it is: a message about students goes where a row says.


async def alarms(database: Database) -> list[str]:
    since = datetime(1980, 1, 1, tzinfo=UTC)
    return [one.entry.subject async for one in database.audit.entries(since) if one.entry.action == ALTERED]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE conversation SET object_id = 'director' WHERE object_id = 'object-1'",
        "UPDATE conversation SET object_id = 'director', seal = NULL WHERE object_id = 'object-1'",
        (
            "INSERT INTO conversation"
            " (conversation_id, service_url, tenant_id, bot_id, user_id, object_id, updated, seal)"
            " SELECT 'a:mine', service_url, tenant_id, bot_id, user_id, 'director', updated + 1, seal FROM conversation"
        ),
    ],
)
async def test_a_row_that_somebody_else_wrote_is_nobodys_chat_also_after_a_restart(
    open_database: Open, database_url: str, sql: str
):
    first = await open_database(database_url)
    await first.conversations.remember(REFERENCE)
    await as_owner(database_url, sql)

    assert await first.conversations.of("director") is None
    assert len(await alarms(first)) == 1
    await first.close()
    again = await open_database(database_url)
    assert await again.conversations.of("director") is None


async def test_a_made_up_row_does_not_hide_the_true_one(database: Database, database_url: str):
    await database.conversations.remember(REFERENCE)
    await as_owner(
        database_url,
        "INSERT INTO conversation (conversation_id, service_url, tenant_id, bot_id, user_id, object_id, updated, seal)"
        " SELECT 'a:mine', service_url, tenant_id, bot_id, user_id, object_id, updated + 1, seal FROM conversation",
    )

    found = await database.conversations.of("object-1")
    assert found is not None
    assert found.conversation_id == REFERENCE.conversation_id


async def test_the_persons_next_step_mends_the_row(open_database: Open, database_url: str):
    first = await open_database(database_url)
    await first.conversations.remember(REFERENCE)
    await as_owner(database_url, "UPDATE conversation SET service_url = 'https://evil.example/'")
    assert await first.conversations.of("object-1") is None
    await first.close()
    again = await open_database(database_url)

    assert not await again.conversations.remember(REFERENCE), "it is no new conversation"
    found = await again.conversations.of("object-1")
    assert found is not None
    assert found.service_url == REFERENCE.service_url


async def test_a_step_that_names_nobody_does_not_vouch_for_a_name_that_was_written_in(
    open_database: Open, database_url: str
):
    first = await open_database(database_url)
    await first.conversations.remember(REFERENCE)
    await as_owner(database_url, "UPDATE conversation SET object_id = 'director'")
    await first.close()
    again = await open_database(database_url)
    await again.conversations.remember(replace(REFERENCE, object_id=""))

    assert await again.conversations.of("director") is None


async def test_rows_from_before_are_sealed_by_the_migration_and_never_again(open_database: Open, database_url: str):
    older = await open_database(database_url)
    await older.conversations.remember(REFERENCE)
    await older.connections.run(lambda connection: downgrade(connection, "0006"))
    await older.close()

    upgraded = await open_database(database_url)
    found = await upgraded.conversations.of("object-1")
    assert found is not None
    assert ConversationReference(**asdict(found)) == REFERENCE
    assert await sealings(upgraded) == ["conversation"]
    await upgraded.close()
    await as_owner(database_url, "UPDATE conversation SET seal = NULL")
    again = await open_database(database_url)

    assert await again.conversations.of("object-1") is None
    assert await sealings(again) == ["conversation"]


async def test_a_new_database_has_nothing_to_seal(database: Database):
    assert await sealings(database) == []


async def test_with_another_key_nothing_is_migrated_or_sealed(
    open_database: Open, database_url: str, clock: MovableClock
):
    older = await open_database(database_url)
    await older.conversations.remember(REFERENCE)
    await older.connections.run(lambda connection: downgrade(connection, "0006"))
    await older.close()

    with pytest.raises(WrongKey):
        await Database.open(database_url, DatabaseKeys.derive(b"x" * 32), clock)
    found = await (await open_database(database_url)).conversations.of("object-1")
    assert found is not None


async def sealings(database: Database) -> list[str]:
    since = datetime(1980, 1, 1, tzinfo=UTC)
    return [one.entry.subject async for one in database.audit.entries(since) if one.entry.action == RESEALED]
