from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.database.engine import Database
from bot.database.keys import DatabaseKeys
from tests.integration.database.forks import Forks, forking
from tests.integration.database.owner import MASTER_KEY
from tests.integration.database.plans import Plans

HERE = Path(__file__).parent
Open = Callable[[str], Awaitable[Database]]


ON_BOTH = frozenset({
    "test_lost_connections", "test_opening", "test_operations_store", "test_queue_store", "test_transaction",
    "test_transfers_store",
})  # fmt: skip
"""What `make test` runs on PostgreSQL too: what locks, waits and is claimed. Of the other stores that is more of the
same statements, and long (docs/adr/0064).
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        engine = item.callspec.params.get("database_url") if hasattr(item, "callspec") else None
        if engine == "postgresql" and item.path.parent == HERE and item.path.stem not in ON_BOTH:
            item.add_marker(pytest.mark.long)


class MovableClock:
    def __init__(self) -> None:
        self.now = datetime(2026, 9, 15, 8, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> None:
        self.now += timedelta(**by)


PLANS = Plans()


@pytest.fixture(autouse=True)
def no_table_is_read_whole() -> Iterator[None]:
    """In none of these tests: what one finds stands in its teardown."""
    with PLANS.looked_at():
        yield


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
def keys() -> DatabaseKeys:
    return DatabaseKeys.derive(MASTER_KEY)


@pytest.fixture
async def open_database(clock: MovableClock, keys: DatabaseKeys) -> AsyncIterator[Open]:
    """Opens databases and closes them at the test's end."""
    async with AsyncExitStack() as stack:

        async def open_one(url: str) -> Database:
            database = await Database.open(url, keys, clock)
            stack.push_async_callback(database.close)
            return database

        yield open_one


@pytest.fixture
async def database(open_database: Open, database_url: str) -> Database:
    """An open, empty database; on both engines."""
    return await open_database(database_url)


@pytest.fixture(params=["a few", pytest.param("many", marks=pytest.mark.long)])
def rounds(request: pytest.FixtureRequest) -> Callable[[int], int]:
    """How often a race is run: `rounds(200)` is 20 in `make test`, 200 in `make test-long`."""
    return (lambda many: max(many // 10, 5)) if request.param == "a few" else (lambda many: many)


@pytest.fixture(scope="session")
def forks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forks]:
    """Processes that work with a database, each begun in a few milliseconds."""
    with forking(tmp_path_factory.mktemp("forks")) as forks:
        yield forks
