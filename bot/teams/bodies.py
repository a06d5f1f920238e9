"""The body of an HTTP request, read with limits on size and time."""

import asyncio

import aiohttp
from aiohttp import web

MAX_BYTES = 256 * 1024
"""Teams' largest activity is a message of 100 KB counted as UTF-16; the SDK has no limit at all."""
PATIENCE = 10.0
"""Seconds for the whole body."""
WAITS_TO_SEND = web.RequestKey("waits_to_send", bool)
"""True in a request whose sender waits for `100 Continue` before it sends the body."""
_GO_ON = b"HTTP/1.1 100 Continue\r\n\r\n"


class BodyRefused(Exception):
    """The body is not read. `status` is the HTTP answer."""

    def __init__(self, status: int) -> None:
        super().__init__(str(status))
        self.status = status


def check_headers(request: web.Request) -> None:
    """Raises BodyRefused unless the headers announce uncompressed JSON in UTF-8 of a size we read."""
    if request.content_type != "application/json" or (request.charset or "utf-8").lower() not in {"utf-8", "utf8"}:
        raise BodyRefused(415)
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise BodyRefused(415)  # unpacking turns a small body into a large one
    if request.content_length is not None and request.content_length > MAX_BYTES:
        raise BodyRefused(413)


async def read_body(request: web.Request) -> bytes:
    """The whole body. Errors: BodyRefused when it is too large, too slow or incomplete."""
    parts: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(PATIENCE):
            if request.get(WAITS_TO_SEND):
                await request.writer.write(_GO_ON)
                request.writer.output_size = 0  # the answer itself has not begun
            async for part in request.content.iter_any():
                size += len(part)
                if size > MAX_BYTES:
                    raise BodyRefused(413)
                parts.append(part)
    except TimeoutError as error:
        raise BodyRefused(408) from error
    except (
        aiohttp.ClientError,
        aiohttp.http_exceptions.HttpProcessingError,
        web.RequestPayloadError,
        ConnectionError,
    ) as error:
        raise BodyRefused(400) from error
    except ValueError as error:
        raise BodyRefused(413) from error  # the server's own limit
    return b"".join(parts)
