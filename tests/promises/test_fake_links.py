"""The in-memory stores of class links keep the promises that the databases keep."""

import pytest

from bot.core.audit import AuditEntry
from tests.fakes import FakeClock
from tests.fakes_links import FakeByHand, FakeCases, FakeLists, FakeOneTimeLinks
from tests.promises.links_promises import LinkPromises, LinkStore
from tests.promises.store import NOW


@pytest.fixture
def store() -> LinkStore:
    cases, by_hand, one_time_links, lists = FakeCases(), FakeByHand(), FakeOneTimeLinks(), FakeLists()

    async def entries() -> list[AuditEntry]:
        return [*cases.entries, *by_hand.entries, *one_time_links.entries, *lists.entries]

    async def tasks() -> set[tuple[str, str]]:
        return {(task.kind, task.key) for task in cases.tasks}

    return LinkStore(cases, lists, by_hand, one_time_links, FakeClock(NOW), entries, tasks)


class TestFakeLinks(LinkPromises):
    pass
