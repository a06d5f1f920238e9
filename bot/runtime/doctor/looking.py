"""A GET to an address that is neither Graph nor Teams: a page of our own, a document of Entra's."""

import json
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field

import aiohttp

_MOST_BYTES = 1024 * 1024
SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came, or (`failed`) why nothing did: a word of ours, `certificate`, `refused`, `slow`, `unreachable`."""

    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = field(default=b"", repr=False)
    failed: str = ""

    @property
    def document(self) -> Mapping[str, object]:
        """The JSON object that came, empty for anything else."""
        try:
            value: object = json.loads(self.body)
        except (ValueError, RecursionError):
            return {}
        return value if isinstance(value, Mapping) else {}


async def look(session: aiohttp.ClientSession, url: str, trust: ssl.SSLContext | bool = True) -> Fetched:
    """Never raises for what the network does; follows no redirect."""
    try:
        async with session.get(
            url, ssl=trust, allow_redirects=False, timeout=aiohttp.ClientTimeout(total=SECONDS)
        ) as response:
            body = b""
            async for chunk in response.content.iter_any():
                body += chunk
                if len(body) > _MOST_BYTES:
                    return Fetched(failed="unreachable")
            return Fetched(response.status, response.headers, body)
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
        return Fetched(failed=failure_of(error))


def failure_of(error: Exception) -> str:
    """The kind of a failure: never its text, which may quote addresses."""
    if isinstance(error, aiohttp.ClientConnectorCertificateError | ssl.SSLCertVerificationError):
        return "certificate"
    if isinstance(error, TimeoutError):
        return "slow"
    inner = error.os_error if isinstance(error, aiohttp.ClientConnectorError) else error
    if isinstance(inner, ConnectionRefusedError):
        return "refused"
    return "unreachable"
