from collections.abc import AsyncIterator

import aiohttp
import pytest

from tests.unit.graph.hostile import Bench, Clockwork, FixedTokens, HostileGraph, options


@pytest.fixture
async def bench() -> AsyncIterator[Bench]:
    graph = HostileGraph()
    await graph.server.start_server()
    async with aiohttp.ClientSession() as session:
        yield Bench(graph, session, options(graph.url), Clockwork(), FixedTokens())
    await graph.server.close()
    assert graph.unexpected == [], "a request nobody prepared for"
    assert not graph.replies, "a prepared reply nobody asked for"
