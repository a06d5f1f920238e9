import asyncio
import contextvars
import threading

import pytest
from sqlalchemy import Connection, select, text

from bot.core.errors import StoreUnavailable
from bot.database.connections import Connections
from bot.database.engine import Database
from bot.database.preferences import CHOOSE
from bot.database.tables import preference
from bot.database.transaction import transaction
from tests.integration.database.conftest import Open
from tests.integration.database.owner import owner_runs
from tests.integration.database.test_lost_connections import END_ALL_OTHERS


class Choices:
    """A store of the stored preferences, whose methods are made for these tests."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    @transaction
    def read(self, connection: Connection, person: str) -> str | None:
        """What the person chose."""
        found = connection.execute(select(preference.c.language).where(preference.c.object_id == person))
        return found.scalar_one_or_none()

    @transaction
    def write(self, connection: Connection, person: str, *, language: str = "bg") -> None:
        self._connections.serialise(connection, "choices")
        connection.execute(CHOOSE, {"object_id": person, "language": language})

    @transaction
    def write_and_read(self, connection: Connection, person: str, language: str) -> str | None:
        self.write.within(connection, person, language=language)
        return self.read.within(connection, person)

    @transaction
    def write_and_fail(self, connection: Connection, person: str) -> None:
        self.write.within(connection, person)
        raise LookupError(person)

    @transaction
    def write_both(self, connection: Connection, began: threading.Event, go: threading.Event) -> None:
        """The second one when told to."""
        self.write.within(connection, "first")
        began.set()
        go.wait()
        self.write.within(connection, "second")

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
    began, go = threading.Event(), threading.Event()
    at_work = asyncio.create_task(choices.write_both(began, go))
    await asyncio.to_thread(began.wait)
    waits = asyncio.create_task(choices.write("third"))
    await asyncio.sleep(0.05)  # until it waits for its turn
    waits.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waits
    go.set()
    await at_work
    assert await choices.both() == ("bg", "bg")
    assert await choices.read("third") is None


async def test_who_is_cancelled_in_the_middle_goes_at_once_and_leaves_nothing(choices: Choices):
    began, go = threading.Event(), threading.Event()
    at_work = asyncio.create_task(choices.write_both(began, go))
    await asyncio.to_thread(began.wait)
    at_work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await at_work
    go.set()
    assert await choices.both() == (None, None)
    await choices.write("person")
    assert await choices.read("person") == "bg"


async def test_a_transaction_that_takes_too_long_leaves_nothing_also_when_it_ends_after_all(choices: Choices):
    began, go = threading.Event(), threading.Event()
    with pytest.raises(StoreUnavailable):
        await choices._connections.run(lambda at: choices.write_both.within(at, began, go), deadline=0.2)
    go.set()
    assert await choices.both() == (None, None)


async def test_a_statement_that_takes_too_long_is_interrupted(choices: Choices):
    endless = text(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
        if choices._connections.sqlite
        else "SELECT pg_sleep(25)"
    )
    with pytest.raises(StoreUnavailable):
        await choices._connections.run(lambda connection: connection.execute(endless), deadline=0.2)
    async with asyncio.timeout(10):  # the thread is free again, and so is its connection
        for _ in range(12):
            await choices.write("person")


async def test_closing_ends_what_still_runs(choices: Choices):
    began, go = threading.Event(), threading.Event()
    at_work = asyncio.create_task(choices.write_both(began, go))
    await asyncio.to_thread(began.wait)
    closing = asyncio.create_task(choices._connections.close())
    await asyncio.sleep(0.05)
    go.set()
    await closing
    with pytest.raises((StoreUnavailable, asyncio.CancelledError)):
        await at_work
    with pytest.raises(StoreUnavailable):
        await choices.read("first")


async def test_who_is_told_of_a_commit_is_told_on_the_event_loop_and_before_the_caller(choices: Choices):
    told: list[threading.Thread] = []

    def work(connection: Connection) -> list[threading.Thread]:
        choices._connections.on_commit(connection, lambda: told.append(threading.current_thread()))
        return [*told, threading.current_thread()]

    (worked_on,) = await choices._connections.run(work)
    assert told == [threading.current_thread()] != [worked_on]


async def test_the_log_is_emptied_also_when_the_caller_goes_meanwhile(
    open_database: Open, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
):
    kept = (await open_database(sqlite_url)).connections
    began, go, emptied = threading.Event(), threading.Event(), threading.Event()

    def counted(_: object) -> bool:
        emptied.set()
        return True

    def held_up() -> None:
        began.set()
        go.wait()

    def work(connection: Connection) -> None:
        kept.empty_log_after(connection)
        kept._threads.submit(held_up)  # stands before the emptying

    monkeypatch.setattr("bot.database.connections.emptied", counted)
    burning = asyncio.create_task(kept.run(work))
    await asyncio.to_thread(began.wait)
    await asyncio.sleep(0.05)  # until its caller waits for the emptying
    burning.cancel()
    with pytest.raises(asyncio.CancelledError):
        await burning
    go.set()
    assert await asyncio.to_thread(emptied.wait, 10)


async def test_a_transaction_runs_in_its_callers_context(choices: Choices):
    turn = contextvars.ContextVar("turn", default="")
    turn.set("a turn")
    assert await choices._connections.run(lambda _: turn.get()) == "a turn"


async def test_a_method_whose_connection_was_lost_is_tried_again_with_the_same_arguments(
    open_database: Open, postgres_url: str
):
    tries: list[tuple[str, str]] = []

    class Unlucky(Choices):
        @transaction
        def lost_once(self, connection: Connection, person: str, *, language: str) -> str | None:
            tries.append((person, language))
            self.write.within(connection, person, language=language)
            if len(tries) == 1:
                owner_runs(postgres_url, END_ALL_OTHERS)
            return self.read.within(connection, person)

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
