"""Builds the Teams edge: one session, one token cache, one connector, one endpoint."""

import ssl
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp
from aiohttp.abc import AbstractResolver

from bot.conversation import Answer, SeenActivities
from bot.teams.adapter import TeamsAdapter
from bot.teams.credentials import ConnectorToken
from bot.teams.keys import SigningKeys
from bot.teams.options import TeamsOptions
from bot.teams.outbound import Connector, TokenSource, never
from bot.teams.tokens import TokenRules, WallClock

_CONNECTIONS = 100
_IDLE = 4.0
"""Seconds after which a connection is not used again. Many servers close theirs after five (Node's default), and a
message sent at that very moment is in doubt: it is never repeated, and the person waits in vain.
"""


@dataclass(frozen=True, slots=True)
class TeamsEdge:
    """`adapter.handle` is the endpoint; `connector` sends messages of the bot's own accord."""

    adapter: TeamsAdapter
    connector: Connector


def open_session(options: TeamsOptions, *, resolver: AbstractResolver | None = None) -> aiohttp.ClientSession:
    """The session of all requests to the channel: no cookies, no proxy from the environment. The caller closes it."""
    trust: ssl.SSLContext | bool = ssl.create_default_context(cafile=options.ca_file) if options.ca_file else True
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=_CONNECTIONS, ssl=trust, resolver=resolver, keepalive_timeout=_IDLE),
        cookie_jar=aiohttp.DummyCookieJar(),
    )


@asynccontextmanager
async def open_teams(
    options: TeamsOptions,
    *,
    answer: Answer,
    seen: SeenActivities,
    clock: WallClock,
    new_reference: Callable[[], str],
    monotonic: Callable[[], float] = time.monotonic,
    session: aiohttp.ClientSession | None = None,
    token: TokenSource | None = None,
) -> AsyncIterator[TeamsEdge]:
    """The edge, while the context is open. Errors: ConfigurationError before anything is opened.

    `new_reference` makes what names a failure in the log and to the person. `session` (left open) and `token` replace
    the edge's own; without app id there is no token.
    """
    options.check()
    own: ConnectorToken | None = None
    if token is None and options.app_id:
        token = own = ConnectorToken(options, monotonic=monotonic)
    used = session or open_session(options)
    try:
        connector = Connector(options, used, token, drop=own.drop if own else never, monotonic=monotonic)
        rules = TokenRules(options, SigningKeys(used, options.openid_metadata_url, monotonic=monotonic), clock)
        adapter = TeamsAdapter(
            options, rules, connector, answer=answer, seen=seen, new_reference=new_reference, monotonic=monotonic
        )
        yield TeamsEdge(adapter, connector)
    finally:
        if session is None:
            await used.close()
