import asyncio

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.database.connections import Connections
from bot.database.engine import Database
from bot.database.preferences import CHOOSE
from bot.database.tables import preference
from bot.database.transaction import transaction
from tests.integration.database.conftest import Open
from tests.integration.database.owner import as_owner
from tests.integration.database.test_lost_connections import END_ALL_OTHERS


class Choices:
    """A store of the stored preferences, whose methods are made for these tests."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    @transaction
    async def read(self, connection: AsyncConnection, person: str) -> str | None:
        """What the person chose."""
        found = await connection.execute(select(preference.c.language).where(preference.c.object_id == person))
        return found.scalar_one_or_none()

    @transaction
    async def write(self, connection: AsyncConnection, person: str, *, language: str = "bg") -> None:
        await self._connections.serialise(connection, "choices")
        await connection.execute(CHOOSE, {"object_id": person, "language": language})

    @transaction
    async def write_and_read(self, connection: AsyncConnection, person: str, language: str) -> str | None:
        await self.write.within(connection, person, language=language)
        return await self.read.within(connection, person)

    @transaction
    async def write_and_fail(self, connection: AsyncConnection, person: str) -> None:
        await self.write.within(connection, person)
        raise LookupError(person)

    @transaction
    async def write_both(self, connection: AsyncConnection, began: asyncio.Event, go: asyncio.Event) -> None:
        """The second one when told to."""
        await self.write.within(connection, "first")
        began.set()
        await go.wait()
        await self.write.within(connection, "second")

    async def both(self) -> tuple[str | None, str | None]:
        return await self.read("first"), await self.read("second")


@pytest.fixture
def choices(database: Database) -> Choices:
    return Choices(database.connections)


async def test_what_a_method_did_is_kept_when_it_returns(choices: Choices):
    await choices.write("person", language="en")
    assert await choices.read("person") == "en"
    assert await Choices(choices._connections).read("nobody") is None


async def test_an_error_passes_as_it_is_and_nothing_is_kept(choices: Choices):
    with pytest.raises(LookupError, match="person"):
        await choices.write_and_fail("person")
    assert await choices.read("person") is None


async def test_a_part_of_another_transaction_sees_what_that_wrote(choices: Choices):
    assert await choices.write_and_read("person", "en") == "en"
    assert await choices.read("person") == "en"


async def test_who_is_cancelled_while_others_are_at_work_leaves_nothing(choices: Choices):
    began, go = asyncio.Event(), asyncio.Event()
    at_work = asyncio.create_task(choices.write_both(began, go))
    await began.wait()
    waits = asyncio.create_task(choices.write("third"))
    await asyncio.sleep(0.05)  # until it waits for its turn
    waits.cancel()
    go.set()
    with pytest.raises(asyncio.CancelledError):
        await waits
    await at_work
    assert await choices.both() == ("bg", "bg")
    assert await choices.read("third") is None


async def test_who_is_cancelled_in_the_middle_leaves_nothing_or_on_sqlite_all_of_it(choices: Choices):
    """Interrupted, the one connection of SQLite would be lost (see `connections._undisturbed`)."""
    began, go = asyncio.Event(), asyncio.Event()
    at_work = asyncio.create_task(choices.write_both(began, go))
    await began.wait()
    at_work.cancel()
    go.set()
    with pytest.raises(asyncio.CancelledError):
        await at_work
    assert await choices.both() == (("bg", "bg") if choices._connections.sqlite else (None, None))


async def test_a_method_whose_connection_was_lost_is_tried_again_with_the_same_arguments(
    open_database: Open, postgres_url: str
):
    tries: list[tuple[str, str]] = []

    class Unlucky(Choices):
        @transaction
        async def lost_once(self, connection: AsyncConnection, person: str, *, language: str) -> str | None:
            tries.append((person, language))
            await self.write.within(connection, person, language=language)
            if len(tries) == 1:
                await as_owner(postgres_url, END_ALL_OTHERS)
            return await self.read.within(connection, person)

    unlucky = Unlucky((await open_database(postgres_url)).connections)
    assert await unlucky.lost_once("person", language="en") == "en"
    assert tries == [("person", "en")] * 2


async def test_the_type_checker_sees_what_the_caller_gives(choices: Choices):
    """An ignored error that is none is itself an error of `mypy --strict`."""
    with pytest.raises(TypeError):
        await choices.read()  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        await choices.write("person", "en")  # type: ignore[call-arg]
    assert Choices.read.__doc__ == "What the person chose."
