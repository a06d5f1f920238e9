"""The reverse proxy of compose, run for real before the bot: TLS, its own addresses, nothing in its log.

Needs Caddy (Debian: `apt-get install caddy`); skipped without it.
"""

import asyncio
import re
import shutil
import signal
import socket
import ssl
import subprocess
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from demo.processes import free_port, stop_all
from demo.stack import start
from tests.architecture.tree import ROOT
from tests.integration.test_slip_pages import check_headers, check_policy

CADDY = shutil.which("caddy")
pytestmark = [pytest.mark.slow, pytest.mark.skipif(CADDY is None, reason="Caddy is not installed")]

TOKEN = "t" * 43
StartProxy = Callable[..., str]
PATIENCE = "lb_try_duration 8s"
"""With a bot that is away: longer than its restart takes."""
ANSWERS = "response_header_timeout 60s"


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "proxy.log"


@pytest.fixture
def start_proxy(tmp_path: Path, log: Path) -> Iterator[StartProxy]:
    """Starts the proxy before a bot at this address, for which it waits so long, and so long for its answer; gives its
    own.
    """
    with ExitStack() as running:

        def begin(bot: str, patience: str = PATIENCE, answers: str = ANSWERS) -> str:
            given = (ROOT / "deploy" / "Caddyfile").read_text(encoding="utf-8")
            assert given.count(PATIENCE) == given.count(ANSWERS) == 1
            config = tmp_path / "Caddyfile"
            config.write_text(given.replace(PATIENCE, patience).replace(ANSWERS, answers), encoding="utf-8")
            port = free_port()
            environment = {
                "HOST_NAME": "localhost",
                "PROXY_TLS": "internal",
                "HTTP_PORT": str(free_port()),
                "HTTPS_PORT": str(port),
                "BOT_ADDRESS": bot,
                "HOME": str(tmp_path),
                "XDG_DATA_HOME": str(tmp_path / "data"),
                "XDG_CONFIG_HOME": str(tmp_path / "config"),
            }
            command = [str(CADDY), "run", "--config", str(config), "--adapter", "caddyfile"]
            process = subprocess.Popen(
                command, env=environment, stdout=subprocess.DEVNULL, stderr=running.enter_context(log.open("w"))
            )
            running.callback(process.wait, 10)
            running.callback(process.send_signal, signal.SIGTERM)
            for _ in range(600):
                if _shakes_hands(port, tmp_path / "data/caddy/pki/authorities/local/root.crt"):
                    return f"https://localhost:{port}"
                assert process.poll() is None, log.read_text()
                time.sleep(0.05)
            raise AssertionError(log.read_text())

        yield begin


def _shakes_hands(port: int, authority: Path) -> bool:
    """The proxy listens before its own authority has issued the certificate; until then a handshake is an alert."""
    if not authority.exists():
        return False
    try:
        with (
            socket.create_connection(("localhost", port), 5) as line,
            ssl.create_default_context(cafile=authority).wrap_socket(line, server_hostname="localhost"),
        ):
            return True
    except OSError:  # ssl.SSLError is one
        return False


@pytest.fixture
async def browser(tmp_path: Path) -> AsyncIterator[Callable[[], aiohttp.ClientSession]]:
    """A client that trusts the proxy's own authority and nobody else."""
    sessions = []

    def opened() -> aiohttp.ClientSession:
        trust = ssl.create_default_context(cafile=tmp_path / "data/caddy/pki/authorities/local/root.crt")
        sessions.append(aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=trust)))
        return sessions[-1]

    yield opened
    for session in sessions:
        await session.close()


async def says(answer: aiohttp.ClientResponse, title: str) -> None:
    """A page of the proxy's own, in plain Bulgarian with English behind it, with the headers of the bot's pages."""
    raw = await answer.text()
    assert f"<title>{title}</title>" in raw
    assert f"<h1>{title}</h1>" in raw
    assert '<p lang="en">' in raw
    assert not re.search(r"\{\w+[.}]", raw.partition("</style>")[2]), (
        "a variable of the proxy stands there by its name"
    )
    check_headers(answer)
    check_policy(answer, raw)
    assert answer.content_type == "text/html"
    assert answer.charset == "utf-8"
    assert answer.headers["Strict-Transport-Security"]
    assert "Caddy" not in answer.headers.get("Server", "")
    assert TOKEN not in raw + str(answer.headers)


async def test_the_bot_behind_the_proxy(tmp_path, start_proxy, browser, log):
    stack = start(tmp_path)
    try:
        bot = stack.bot.removeprefix("http://").partition("/")[0]
        site = start_proxy(bot)
        session = browser()

        async def status(method: str, path: str, **more: Any) -> int:
            async with session.request(method, site + path, **more) as answer:
                assert answer.headers["Strict-Transport-Security"]
                assert "Caddy" not in answer.headers.get("Server", "")
                told: int = answer.status
                return told

        assert await status("GET", "/api/messages") == 405
        assert await status("GET", f"/slips/{TOKEN}") == 200
        for page in ("/", "/privacy", "/terms", "/support"):
            assert await status("GET", page) == 200, page
        assert await status("GET", "/slips/x") == 410
        assert await status("GET", "/links/table/x") == 410
        for page in ("accounts", "papers/protocol", "papers/parents"):
            assert await status("GET", f"/links/{page}/x") == 410, page
        assert await status("POST", f"/links/people/{TOKEN}", data=b"x" * 100_000) == 410
        assert await status("POST", f"/links/list/{TOKEN}", data=b"x" * 100_000) == 410
        assert await status("POST", f"/slips/{TOKEN}") in {410, 503}
        for nothing in ("/health", "/HEALTH", "//health", "/api/messages/../../health", "/api/health", "/.env"):
            assert await status("GET", nothing) == 404, nothing
        async with aiohttp.ClientSession() as direct:
            async with direct.get(f"http://{bot}/health") as answer:
                assert answer.status == 200
            for method, path in (("GET", "/slips/x"), ("PUT", f"/slips/{TOKEN}"), ("GET", "/api/messages")):
                own = await direct.request(method, f"http://{bot}{path}")
                answer = await session.request(method, site + path)
                assert await answer.read() == await own.read(), "what the bot answers passes as it is"
                for name in own.headers.keys() - {"Date", "Server", "Connection", "Keep-Alive"}:
                    assert answer.headers[name] == own.headers[name], name
    finally:
        stop_all(stack.programs)
    assert TOKEN not in log.read_text()


async def test_no_more_passes_than_the_bot_takes_and_no_token_is_logged(start_proxy, browser, log):
    came: dict[str, int] = {}

    async def count(request: web.Request) -> web.Response:
        came[request.path] = 0
        async for part in request.content.iter_any():
            came[request.path] += len(part)
        return web.Response()

    app = web.Application(client_max_size=0)
    app.router.add_route("*", "/{path:.*}", count)
    server = TestServer(app)
    await server.start_server()
    site = start_proxy(f"127.0.0.1:{server.port}", patience="lb_try_duration 500ms")
    session = browser()

    async def chunks(size: int) -> AsyncIterator[bytes]:
        for _ in range(size // 1024):
            yield b"x" * 1024

    for path, most in (
        ("/api/messages", 512),
        (f"/slips/{TOKEN}", 1),
        ("/links/list/x", 25_664),
        ("/links/people/x", 25_664),
    ):
        async with session.post(site + path, data=chunks(most * 1024)) as answer:
            assert answer.status == 200
            assert came.pop(path) == most * 1024
        try:
            async with session.post(site + path, data=chunks((most + 512) * 1024)) as answer:
                assert answer.status >= 400
        except aiohttp.ClientError:
            pass  # cut off while it still speaks
        assert came.get(path, 0) <= most * 1024
    await server.close()
    async with session.get(f"{site}/slips/{TOKEN}") as answer:
        assert answer.status == 502
        await says(answer, "Ботът не отговаря в момента")
    written = log.read_text()
    assert "refused" in written, "the failure itself is told"
    assert TOKEN not in written
    assert "/slips" not in written


@pytest.mark.long
async def test_what_the_proxy_says_itself_is_a_page_and_what_the_bot_says_is_the_bots(start_proxy, browser, log):
    hangs = asyncio.Event()

    async def answered(request: web.Request) -> web.Response:
        if request.path == "/support":
            await hangs.wait()
        if request.path.startswith("/links/list/"):
            await request.read()
        return web.Response(status=int(request.query.get("status", "200")), text="the bot's own")

    app = web.Application(client_max_size=0)
    app.router.add_route("*", "/{path:.*}", answered)
    server = TestServer(app)
    await server.start_server()
    site = start_proxy(f"127.0.0.1:{server.port}", answers="response_header_timeout 1s")
    session = browser()
    for status in (400, 404, 405, 410, 413, 422, 500, 502, 503, 504):
        async with session.post(f"{site}/slips/{TOKEN}", params={"status": str(status)}) as answer:
            assert (answer.status, await answer.text()) == (status, "the bot's own")
    for path in (f"/slip/{TOKEN}", f"/health/{TOKEN}"):
        async with session.get(site + path) as answer:
            assert answer.status == 404
            await says(answer, "Няма такава страница")
    async with session.post(f"{site}/links/list/{TOKEN}", data=b"x" * (25_665 * 1024)) as answer:
        assert answer.status == 413
        await says(answer, "Изпратеното е твърде голямо")
    async with session.get(f"{site}/support", params={"lang": TOKEN}) as answer:
        assert answer.status == 504
        await says(answer, "Ботът не отговаря в момента")
    hangs.set()
    await server.close()
    assert TOKEN not in log.read_text()
