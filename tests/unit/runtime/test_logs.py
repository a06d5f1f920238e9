"""No identifier reaches a log line, by whatever way it comes."""

import asyncio
import io
import json
import logging

import pytest
from aiohttp import web

from bot.runtime.logs import JsonLines, Redaction, redacted

EGN = "4146054046"


@pytest.fixture
def written():
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    handler.addFilter(Redaction())
    logger = logging.getLogger("test.logs")
    logger.handlers[:] = [handler]
    logger.propagate = False
    return logger, stream


def test_arguments_messages_and_tracebacks_are_cleaned(written):
    logger, stream = written
    logger.warning("asked for %s", EGN)
    logger.warning(f"asked for {EGN} in text")  # noqa: G004
    try:
        raise ValueError(f"student/externalId eq '{EGN}'")
    except ValueError:
        logger.exception("failed with %s", {"id": EGN})

    text = stream.getvalue()
    assert EGN not in text
    lines = [json.loads(line) for line in text.splitlines()]
    assert len(lines) == 3
    assert "ValueError" in lines[2]["traceback"]


async def test_bytes_that_are_no_http_are_not_quoted(written):
    logger, stream = written
    runner = web.AppRunner(web.Application(logger=logger), access_log=None, logger=logger)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        reader, writer = await asyncio.open_connection(*runner.addresses[0][:2])
        writer.write(b"POST / HTTP/1.1\r\nHost: x\r\nAuthorization Bearer: the-channels-token\r\n\r\n")
        answer = await reader.read()
        writer.close()
    finally:
        await runner.cleanup()

    assert b"400 Bad Request" in answer
    assert "BadHttpMessage" in stream.getvalue()
    assert "the-channels-token" not in stream.getvalue()


@pytest.mark.parametrize("text", [EGN, f"a{EGN}", f"-{EGN}", f"ЕГН{EGN}", f"ip{EGN}x", f"{EGN[:9]}", f"f{EGN}f"])
def test_long_digit_runs_never_survive(text):
    assert not any(EGN[:9] in part for part in [redacted(text)])


def test_ids_stay_readable():
    line = "request 7d1a3c1e-1234-4000-8000-0a0000000001 status=429 ms=1250"

    assert redacted(line) == line
