"""The server's limits, one by one: what a connection may cost before anybody knows who it is."""

import asyncio
import gzip
import json
import logging
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.runtime import connections
from bot.runtime.body_limits import BodyLimit
from bot.runtime.connections import HEAD_BYTES, LINGER_BYTES
from bot.runtime.listening import Limits, listening
from demo.stack import ROOT
from tests.integration.runtime.raw import Raw, head

MB = 1024 * 1024
READ = "/read"
KERNEL = 8 * MB
"""What the buffers of two sockets on loopback may hold, whoever reads."""


class House:
    """A server with a page that reads its body, one that does not, one that takes its time and one that says a lot."""

    def __init__(self, address: tuple[str, int], asked: list[str], gate: asyncio.Event) -> None:
        self.address, self.asked, self.gate = address, asked, gate
        self.clients: list[Raw] = []

    async def raw(self, **options: Any) -> Raw:
        self.clients.append(await Raw.open(self.address, **options))
        return self.clients[-1]

    async def asks(self, data: bytes) -> Raw:
        client = await self.raw()
        client.send(data)
        return client

    async def is_well(self) -> None:
        """Somebody else is answered."""
        answer = await (await self.asks(head("GET", "/ignore"))).answer()
        assert (answer.status, answer.body) == (200, b"ignored")


@asynccontextmanager
async def open_house(**limits: Any) -> AsyncIterator[House]:
    asked: list[str] = []
    gate = asyncio.Event()

    async def read(request: web.Request) -> web.Response:
        asked.append("read")
        try:
            body = await request.read()
        except ValueError as error:
            asked.append(type(error).__name__)
            return web.Response(status=400, text=type(error).__name__)
        return web.Response(body=body)

    async def ignore(request: web.Request) -> web.Response:
        asked.append("ignore")
        return web.Response(text="ignored")

    async def hold(request: web.Request) -> web.Response:
        asked.append("hold")
        await gate.wait()
        return web.Response(text="held")

    async def big(request: web.Request) -> web.Response:
        return web.Response(body=b"x" * 32 * MB)

    async def secret(request: web.Request) -> web.Response:
        asked.append("secret")
        return web.Response(text="secret")

    app = web.Application(client_max_size=0)
    app.router.add_route("*", READ, read)
    app.router.add_route("*", "/ignore", ignore)
    app.router.add_get("/hold", hold)
    app.router.add_get("/big", big)
    app.router.add_route("*", "/secret", secret)
    bodies = {READ: limits.pop("body", BodyLimit(MB, 5))}
    async with listening(app, Limits(bodies=bodies, **limits), "127.0.0.1", 0, shutdown_seconds=1) as address:
        house = House(address, asked, gate)
        try:
            yield house
        finally:
            for client in house.clients:
                client.close()


@pytest.fixture
async def house() -> AsyncIterator[Any]:
    async with open_house() as opened:
        yield opened


# Bodies that nobody asked for


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd", "x-gzip", "GZIP"])
async def test_what_is_packed_is_handed_on_as_it_came(house, encoding):
    body = gzip.compress(b"0" * MB)
    client = await house.asks(
        head("POST", READ, f"Content-Encoding: {encoding}", f"Content-Length: {len(body)}") + body
    )

    assert (await client.answer()).body == body


@pytest.mark.parametrize("path", ["/ignore", "/nowhere", "/hold"])
@pytest.mark.parametrize("framing", ["Content-Length: 100000000", "Transfer-Encoding: chunked"])
async def test_after_an_early_answer_the_connection_ends_however_much_more_comes(house, path, framing):
    client = await house.raw(buffers=64 * 1024)
    client.send(head("POST", path, framing))
    answer = await client.answer()

    piece = b"10000\r\n" + b"0" * 0x10000 + b"\r\n" if "chunked" in framing else b"0" * 0x10000
    sent = await client.flood(piece, 100 * MB)

    assert answer.closes
    assert sent < LINGER_BYTES + KERNEL
    await house.is_well()


async def test_whoever_is_still_sending_gets_the_answer_all_the_same(house):
    for _ in range(20):
        client = await house.asks(head("POST", "/ignore", "Content-Length: 500000") + b"0" * 500_000)

        assert (await client.answer()).body == b"ignored"
        assert await client.ended()


async def test_what_was_to_be_a_body_is_not_read_as_a_request(house):
    smuggled = head("GET", "/secret")
    client = await house.asks(head("POST", "/ignore", "Content-Length: 5000"))
    await client.answer()
    client.send(smuggled + b"0" * (5000 - len(smuggled)) + smuggled)

    assert await client.rest() == b""
    assert house.asked == ["ignore"]


async def test_a_body_waits_in_the_kernel_until_it_is_asked_for(house):
    """While the caller is being looked up, nothing of what it sends is gathered."""
    client = await house.raw(buffers=64 * 1024)
    client.send(head("GET", "/hold", "Content-Length: 100000000"))

    flooding = asyncio.ensure_future(client.flood(b"0" * 65536, 100 * MB))
    await asyncio.sleep(0.5)
    assert client.writer.transport.get_write_buffer_size() > 0, "somebody takes it"

    house.gate.set()
    assert await flooding < LINGER_BYTES + KERNEL


@pytest.mark.parametrize("framing", ["Content-Length: 3000000", "Transfer-Encoding: chunked"])
async def test_more_than_an_address_takes_is_told_to_whoever_reads_it(house, framing):
    client = await house.raw()
    client.send(head("POST", READ, framing))
    piece = b"1000\r\n" + b"0" * 0x1000 + b"\r\n" if "chunked" in framing else b"0" * 0x1000

    await client.flood(piece, MB + MB // 2)

    assert b"BodyTooLarge" in await client.rest()
    await house.is_well()


async def test_chunks_of_nothing_but_extensions_count_too(house):
    client = await house.raw()
    client.send(head("POST", READ, "Transfer-Encoding: chunked"))

    await client.flood(b"1;" + b"a" * 4000 + b"\r\n0\r\n", MB + MB // 2)

    assert b"BodyTooLarge" in await client.rest()


async def test_a_body_as_large_as_it_may_be_is_read(house):
    body = b"0" * MB
    client = await house.asks(head("POST", READ, f"Content-Length: {MB}") + body)

    assert (await client.answer()).body == body


async def test_a_slow_body_is_given_up():
    async with open_house(body=BodyLimit(MB, 0.4)) as house:
        client = await house.asks(head("POST", READ, "Content-Length: 1000"))
        for _ in range(4):
            client.send(b"0")
            await asyncio.sleep(0.05)

        assert (await client.answer()).body == b"BodyLate"
        assert await client.ended()


async def test_whoever_goes_away_in_the_middle_leaves_a_plain_error_behind(house):
    client = await house.asks(head("POST", READ, "Content-Length: 1000") + b"0")
    await asyncio.sleep(0.1)
    client.close()
    await asyncio.sleep(0.1)

    assert house.asked == ["read", "BodyBroken"]


# Heads


@pytest.mark.parametrize("start", [b"", b"\r\n\r\n", b"GET /ignore HTTP/1.1\r\nHost: x\r\nX: "])
async def test_a_slow_head_is_given_up_and_holds_up_nobody(monkeypatch, start):
    monkeypatch.setattr(connections, "HEAD_SECONDS", 0.5)
    async with open_house() as house:
        client = await house.asks(start)
        ended = asyncio.ensure_future(client.ended())
        for _ in range(100):
            if ended.done():
                break
            client.send(b"a")
            await asyncio.sleep(0.05)

        assert ended.done()
        assert house.asked == []
        await house.is_well()


@pytest.mark.parametrize(
    ("status", "sent"),
    [
        (400, head("GET", "/ignore", "X: " + "a" * 9000)),
        (400, head("GET", "/" + "a" * 9000)),
        (400, head("GET", "/ignore", *(f"X{number}: a" for number in range(100)))),
        (431, head("GET", "/ignore", *(f"X{number}: {'a' * 4000}" for number in range(10)))),
        (431, head("GET", "/ignore", *(f"X{number}: {'a' * 4000}" for number in range(10)))[:-2]),
    ],
    ids=["a field", "the address", "too many", "in all", "in all, unfinished"],
)
async def test_a_large_head_is_refused(house, status, sent):
    client = await house.asks(sent)

    answer = await client.answer()

    assert (answer.status, answer.closes) == (status, True)
    assert await client.ended()
    assert house.asked == []


async def test_an_endless_head_is_not_gathered(house):
    client = await house.raw(buffers=64 * 1024)
    client.send(b"GET / HTTP/1.1\r\n")

    assert await client.flood(b"X: " + b"a" * 1000 + b"\r\n", 100 * MB) < LINGER_BYTES + KERNEL


async def test_a_head_as_large_as_it_may_be_is_read_also_in_pieces(house):
    sent = head("GET", "/ignore", "X: " + "a" * 8000, "Y: " + "a" * 8000, "Z: " + "a" * (HEAD_BYTES - 16_080))
    client = await house.raw()
    for place in range(0, len(sent), 1000):
        client.send(sent[place : place + 1000])
        await asyncio.sleep(0)

    assert (await client.answer()).status == 200


@pytest.mark.parametrize(
    "headers",
    [
        ("Content-Length: 3", "Transfer-Encoding: chunked"),
        ("Content-Length: 3", "Content-Length: 4"),
        ("Content-Length: -1",),
        ("Content-Length: 3, 3",),
        ("Transfer-Encoding: chunked, identity",),
        ("Transfer-Encoding: xchunked",),
        ("Transfer-Encoding : chunked",),
        ("Transfer-Encoding:\x0bchunked",),
    ],
)
async def test_two_ways_to_read_one_body_are_refused(house, headers):
    client = await house.asks(head("POST", "/ignore", *headers) + b"0\r\n\r\n" + head("GET", "/secret"))

    assert (await client.answer()).status == 400
    assert await client.rest() == b""
    assert "secret" not in house.asked


# Expect, upgrades, pipelining


async def test_nobody_is_told_to_go_on_before_the_body_is_asked_for(house):
    for path, status in (("/ignore", 200), ("/nowhere", 404)):
        client = await house.asks(head("POST", path, "Expect: 100-continue", "Content-Length: 10"))

        assert (await client.answer()).status == status
        assert await client.ended()


async def test_another_expectation_is_refused(house):
    client = await house.asks(head("POST", "/ignore", "Expect: the-best", "Content-Length: 10"))

    assert (await client.answer()).status == 417
    assert house.asked == []


async def test_an_upgrade_is_answered_as_the_plain_request_it_is(house):
    upgrade = ("Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Key: x", "Sec-WebSocket-Version: 13")
    client = await house.asks(head("GET", "/ignore", *upgrade))

    assert (await client.answer()).body == b"ignored"
    assert await client.flood(b"\x81\x7f" + b"0" * 65534, 100 * MB) < LINGER_BYTES + KERNEL
    await house.is_well()


@pytest.mark.parametrize("line", ["CONNECT x:80", "OPTIONS *", "TRACE /ignore", "BREW /ignore"])
async def test_odd_requests_are_answered(house, line):
    method, _, path = line.partition(" ")
    client = await house.asks(head(method, path, "Expect: 100-continue"))

    assert (await client.answer()).status in {200, 400, 404, 405}
    await house.is_well()


async def test_requests_that_cannot_wait_are_answered_in_their_order(house):
    client = await house.asks(b"".join(head("POST", READ, "Content-Length: 1") + b"%d" % n for n in range(5)))

    assert [(await client.answer()).body for _ in range(5)] == [b"0", b"1", b"2", b"3", b"4"]


async def test_requests_behind_one_that_is_being_answered_are_not_gathered(house):
    client = await house.raw(buffers=64 * 1024)
    client.send(head("GET", "/hold"))
    sent = asyncio.ensure_future(client.flood(head("GET", "/secret") * 100, 100 * MB))
    await asyncio.sleep(0.5)

    assert client.writer.transport.get_write_buffer_size() > 0, "somebody takes them"
    assert house.asked == ["hold"]
    await house.is_well()
    client.close()
    await sent
    house.gate.set()


async def test_a_connection_serves_one_request_after_the_other(house):
    client = await house.raw()
    for number in range(50):
        client.send(head("POST", READ, "Content-Length: 2") + b"%02d" % number)
        assert (await client.answer()).body == b"%02d" % number


# How many, and how long


async def test_idle_connections_shut_nobody_out_and_are_no_more_than_may_be():
    async with open_house(connections=50) as house:
        busy = await house.asks(head("GET", "/hold"))
        await asyncio.sleep(0.05)
        idle = [await house.asks(b"GET" if number % 2 else b"") for number in range(300)]
        await house.is_well()

        ended = await asyncio.gather(*(client.ended(0.5) for client in idle))
        assert ended.count(False) < 50
        house.gate.set()
        assert (await busy.answer()).body == b"held", "who is being answered is not cut"
        await house.is_well()


async def test_those_who_asked_before_go_after_those_who_never_did():
    async with open_house(connections=20) as house:
        asked = await house.asks(head("GET", "/ignore"))
        await asked.answer()
        for _ in range(100):
            await house.raw()
        await asyncio.sleep(0.1)

        asked.send(head("GET", "/ignore"))
        assert (await asked.answer()).status == 200


async def test_when_all_are_being_answered_another_is_refused():
    async with open_house(connections=3) as house:
        busy = [await house.asks(head("GET", "/hold")) for _ in range(3)]
        await asyncio.sleep(0.1)

        assert await (await house.asks(head("GET", "/ignore"))).ended()
        house.gate.set()
        assert [(await client.answer()).body for client in busy] == [b"held"] * 3
        await house.is_well()


async def test_so_many_from_one_address():
    async with open_house(connections_per_address=3) as house:
        first = [await house.raw() for _ in range(3)]
        await asyncio.sleep(0.05)

        assert await (await house.asks(head("GET", "/ignore"))).ended()
        first[0].close()
        await asyncio.sleep(0.05)
        await house.is_well()


async def test_an_idle_connection_is_closed(monkeypatch):
    async with open_house(idle_seconds=0.3) as house:
        client = await house.asks(head("GET", "/ignore"))
        await client.answer()

        assert await client.ended()


async def test_an_answer_nobody_takes_is_given_up_and_one_that_is_taken_slowly_is_not(monkeypatch):
    monkeypatch.setattr(connections, "STALLED_SECONDS", 1.0)
    async with open_house(idle_seconds=2) as house:
        stalled, slow = await house.raw(buffers=8192), await house.raw(buffers=8192)
        for client in (stalled, slow):
            client.send(head("GET", "/big"))
        taken = 0
        while piece := await slow.reader.read(MB):
            taken += len(piece)
            await asyncio.sleep(0.005)
            if taken > 32 * MB:
                break

        assert taken > 32 * MB
        assert len(await stalled.rest()) < 32 * MB
        await house.is_well()


async def test_a_stop_ends_every_connection():
    async with open_house() as house:
        clients = [await house.asks(sent) for sent in (b"", b"GET", head("GET", "/ignore"))]
        await clients[-1].answer()

    # Aborted by the test itself when the house closed; none is left to the server.
    with pytest.raises(OSError, match=r"refused|Connect"):
        await Raw.open(house.address)


async def test_an_ordinary_client_notices_nothing(house):
    async with aiohttp.ClientSession() as session:
        for size in (0, 1, 10, 100_000, MB):
            async with session.post(f"http://127.0.0.1:{house.address[1]}{READ}", data=b"x" * size) as answer:
                assert (answer.status, await answer.read()) == (200, b"x" * size)
        async with session.get(f"http://127.0.0.1:{house.address[1]}/big") as answer:
            assert len(await answer.read()) == 32 * MB


# File descriptors

_FEW = """
import asyncio, resource, sys
resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
from aiohttp import web
from bot.runtime import logs
from bot.runtime.listening import Limits, listening, unhandled
from bot.runtime import listening as module
module._SPARE = -10_000  # as if there were plenty
async def main():
    logs.set_up()
    asyncio.get_running_loop().set_exception_handler(unhandled)
    app = web.Application()
    app.router.add_get("/", lambda request: web.Response(text="here"))
    async with listening(app, Limits(), "127.0.0.1", 0) as (_, port):
        print(port, flush=True)
        await asyncio.to_thread(sys.stdin.readline)
asyncio.run(main())
"""


async def test_out_of_file_descriptors_it_says_so_once_and_comes_back():
    program = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _FEW, cwd=ROOT,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert program.stdout is not None
    port = int(await program.stdout.readline())
    clients = [await Raw.open(("127.0.0.1", port)) for _ in range(150)]
    await asyncio.sleep(2.5)  # asyncio tries again every second
    for client in clients:
        client.close()
    client = await Raw.open(("127.0.0.1", port))
    client.send(head("GET", "/"))
    answer = await client.answer()
    client.close()
    _, said = await program.communicate(b"\n")

    lines = [json.loads(line) for line in said.decode().splitlines()]
    assert answer.body == b"here"
    assert [line["message"] for line in lines if "accepted" in line["message"]] == [
        "no connection can be accepted: Too many open files"
    ]
    assert "Traceback" not in said.decode()
    assert len(lines) < 10


async def test_no_more_connections_are_promised_than_there_are_descriptors(monkeypatch, caplog):
    caplog.set_level(logging.WARNING)
    monkeypatch.setattr("bot.runtime.listening.resource.getrlimit", lambda _: (256, 4096))
    async with open_house(connections=1000) as house:
        for _ in range(300):
            await house.raw()
        await asyncio.sleep(0.1)
        await house.is_well()

    assert "128 are taken" in caplog.text
