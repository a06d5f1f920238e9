"""One request on the wire: what is sent, how much of the answer is read, and what is logged of both."""

import json
import logging
import ssl
import uuid

import aiohttp
import orjson
from yarl import URL

from bot.graph.batch import Answer
from bot.graph.describing import Call
from bot.graph.failures import request_id
from bot.graph.options import GraphOptions

MOST_BYTES = 16 * 1024 * 1024
UNREADABLE = object()
"""Stands for a body that is no JSON: every reader of bodies refuses it."""

_NO_BODY = ("Content-Type",)
"""aiohttp would call an empty body `application/octet-stream`, which Graph need not take for JSON."""

_log = logging.getLogger(__name__)


class Wire:
    """On the process's one aiohttp session, trusting what the options say."""

    def __init__(self, session: aiohttp.ClientSession, options: GraphOptions) -> None:
        self._session = session
        self._ssl: ssl.SSLContext | bool = (
            ssl.create_default_context(cafile=options.ca_file) if options.ca_file else True
        )

    async def exchange(self, call: Call, address: URL, token: str, seconds: float) -> Answer | str:
        """An answer, or the kind of failure that kept us from one (never its text: it may quote the request)."""
        headers = {
            "Authorization": f"Bearer {token}",
            "Accept": "application/json",
            "client-request-id": str(uuid.uuid4()),
            "x-ms-throttle-priority": call.priority,
            **call.headers,
        }
        data = None
        if call.body is not None:
            headers["Content-Type"] = "application/json"
            data = json.dumps(call.body, ensure_ascii=False).encode()
        try:
            async with self._session.request(
                call.method,
                address,
                headers=headers,
                data=data,
                skip_auto_headers=() if data is not None else _NO_BODY,
                ssl=self._ssl,
                allow_redirects=False,  # Graph's JSON calls never redirect, and the token is for Graph alone
                timeout=aiohttp.ClientTimeout(total=max(0.001, seconds)),
            ) as response:
                raw = await _read(response, MOST_BYTES)
                return Answer(response.status, response.headers, UNREADABLE if raw is None else _parsed(raw))
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            return type(error).__name__

    async def download(self, address: URL, seconds: float, most: int) -> bytes | str:
        """What lies at an address that is itself the permission (no token goes there), or the kind of failure."""
        try:
            async with self._session.get(
                address,
                ssl=self._ssl,
                allow_redirects=False,
                timeout=aiohttp.ClientTimeout(total=max(0.001, seconds)),
            ) as response:
                if response.status != 200:
                    return f"HTTP{response.status}"
                raw = await _read(response, most)
                return "too-large" if raw is None else raw
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            return type(error).__name__


async def _read(response: aiohttp.ClientResponse, most: int) -> bytes | None:
    """The body, None when it is larger than any of ours can be."""
    if (response.content_length or 0) > most:
        return None
    chunks, size = [], 0
    # What arrives here is decompressed: a small bomb is counted by what it becomes.
    async for chunk in response.content.iter_any():
        size += len(chunk)
        if size > most:
            return None
        chunks.append(chunk)
    return b"".join(chunks)


def _parsed(raw: bytes) -> object:
    if not raw:
        return None
    try:
        return orjson.loads(raw)
    except ValueError:
        return UNREADABLE


def note(call: Call, outcome: Answer | str, milliseconds: float) -> None:
    """What is logged of a request: method and path without values, status, Graph's request id, milliseconds."""
    if isinstance(outcome, str):
        _log.warning("graph %s: %s in %.0f ms", call.template, outcome, milliseconds)
        return
    level = logging.DEBUG if outcome.status < 400 or outcome.status == 404 else logging.WARNING
    if _log.isEnabledFor(level):
        identifier = request_id(outcome.headers, outcome.body)
        _log.log(
            level, "graph %s: %d request-id=%s in %.0f ms", call.template, outcome.status, identifier, milliseconds
        )
