"""`python -m benchmarks.graph_calls URL ROUNDS CALLS`: CPU of a Graph call, ours beside raw aiohttp and msgraph-sdk.

All three read the same person with schools and classes. Prints one JSON object: name → milliseconds per call.
"""

import asyncio
import json
import statistics
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import aiohttp
import httpx
from kiota_abstractions.authentication import AnonymousAuthenticationProvider
from kiota_abstractions.base_request_configuration import RequestConfiguration
from msgraph.generated.education.users.item.education_user_item_request_builder import EducationUserItemRequestBuilder
from msgraph.graph_request_adapter import GraphRequestAdapter
from msgraph.graph_service_client import GraphServiceClient
from msgraph_core import GraphClientFactory  # type: ignore[import-untyped]  # ships no types

from benchmarks.stub_graph import OBJECT_ID
from bot.graph.calls import warm
from bot.graph.directory import GraphDirectory
from bot.graph.options import ClientSecret, GraphOptions
from bot.graph.transport import GraphTransport

WARM_UP = 30
SELECT = ["id", "displayName", "userPrincipalName", "accountEnabled", "primaryRole", "student", "teacher"]
EXPAND = ["schools", "classes"]

Call = Callable[[], Awaitable[object]]


class FixedTokens:
    """A token that is always there: the price of tokens is paid once an hour, not per call."""

    async def bearer(self) -> str:
        """The token."""
        return "token"

    def drop(self, token: str) -> None:
        """Nothing to forget."""


def raw(session: aiohttp.ClientSession, url: str) -> Call:
    """The floor: a request and json.loads."""
    address = f"{url}/v1.0/education/users/{OBJECT_ID}?$select={','.join(SELECT)}&$expand={','.join(EXPAND)}"

    async def call() -> object:
        async with session.get(address, headers={"Authorization": "Bearer token"}) as response:
            return json.loads(await response.read())

    return call


async def ours(session: aiohttp.ClientSession, url: str) -> Call:
    """Our directory: the SDK's builder, our transport, our dataclasses."""
    options = GraphOptions(
        tenant_id="tenant",
        client_id="client",
        credential=ClientSecret("secret"),
        base_url=url,
        requests_per_second=800,
    )
    await warm()
    transport = GraphTransport(session, FixedTokens(), options)
    directory = GraphDirectory(transport, options, lambda: datetime.now(UTC))
    return lambda: directory.find_by_id(OBJECT_ID)


def sdk(client: httpx.AsyncClient, url: str) -> Call:
    """msgraph-sdk as documented: its request builders, its middleware, its models."""
    adapter = GraphRequestAdapter(
        AnonymousAuthenticationProvider(), GraphClientFactory.create_with_default_middleware(client=client)
    )
    adapter.base_url = f"{url}/v1.0"
    user = GraphServiceClient(request_adapter=adapter).education.users.by_education_user_id(OBJECT_ID)
    parameters = EducationUserItemRequestBuilder.EducationUserItemRequestBuilderGetQueryParameters(
        select=SELECT, expand=EXPAND
    )
    return lambda: user.get(request_configuration=RequestConfiguration(query_parameters=parameters))


async def measure(url: str, rounds: int, calls: int) -> dict[str, float]:
    """Medians of interleaved rounds, in milliseconds of this process's CPU per call."""
    async with aiohttp.ClientSession() as session, httpx.AsyncClient(http2=False) as client:
        contenders = {
            "raw aiohttp + json": raw(session, url),
            "this bot's directory": await ours(session, url),
            "msgraph-sdk with models": sdk(client, url),
        }
        cost: dict[str, list[float]] = {name: [] for name in contenders}
        for name, call in contenders.items():
            for _ in range(WARM_UP):
                if not await call():
                    raise RuntimeError(f"{name} found nobody")
        for _ in range(rounds):
            for name, call in contenders.items():
                before = time.process_time()
                for _ in range(calls):
                    await call()
                cost[name].append((time.process_time() - before) / calls * 1000)
    return {name: statistics.median(values) for name, values in cost.items()}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(measure(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))))
