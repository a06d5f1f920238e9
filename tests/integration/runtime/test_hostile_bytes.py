"""The product as a process, and somebody without an account who means harm. What it costs is compared with what the
same bytes cost when nothing is wrong with them, in the same run.
"""

import asyncio
import json
import os
import zlib
from collections.abc import Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from demo.processes import stop_all
from demo.stack import Stack, start
from tests.integration.runtime.raw import Raw, head

pytestmark = pytest.mark.slow

TOKEN = "x" * 43
PATHS = (
    "/api/messages",
    f"/slips/{TOKEN}",
    f"/links/table/{TOKEN}",
    f"/links/list/{TOKEN}",
    f"/links/list/{TOKEN}x",
    "/health",
    "/nowhere",
    "/",
)
METHODS = ("POST", "PUT", "GET", "DELETE", "OPTIONS", "PROPFIND")
MB = 1024 * 1024


def packed(size: int, wbits: int) -> bytes:
    """So many zeros, a thousandth of them: one packed piece again and again, which unpacks as one whole."""
    packer = zlib.compressobj(9, zlib.DEFLATED, wbits)
    begin = packer.compress(b"") + packer.flush(zlib.Z_FULL_FLUSH)
    piece = packer.compress(b"\0" * MB) + packer.flush(zlib.Z_FULL_FLUSH)
    zeros = b"\0" * size
    if wbits > zlib.MAX_WBITS:  # gzip
        end = zlib.crc32(zeros).to_bytes(4, "little") + size.to_bytes(4, "little")
    else:
        end = zlib.adler32(zeros).to_bytes(4, "big")
    return begin + piece * (size // MB) + b"\x03\x00" + end


ENCODINGS = ("gzip", "deflate", "br", "zstd")


@pytest.fixture(scope="module")
def bombs() -> dict[str, bytes]:
    """A body of each encoding."""
    contents = (
        packed(256 * MB, 31),
        packed(256 * MB, 15),
        b"\xcf\xff\xff\x7f\xf8" + os.urandom(64) * 4000,
        b"\x28\xb5\x2f\xfd" + os.urandom(64) * 4000,
    )
    return dict(zip(ENCODINGS, contents, strict=True))


@pytest.fixture(scope="module", params=["with tokens", pytest.param("in development", marks=pytest.mark.long)])
def stack(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    tokens = {"BOT_DEVELOPMENT": "no", "APP_ID": "b07b07b0-0000-4000-8000-000000000007", "APP_PASSWORD": "made-up"}
    running = start(
        tmp_path_factory.mktemp("hostile"), more_settings=tokens if request.param == "with tokens" else {}
    )
    yield running
    stop_all(running.programs)


class Victim:
    """The bot's process, from outside."""

    def __init__(self, stack: Stack) -> None:
        self.program = stack.programs[1]
        at = urlsplit(stack.bot)
        self.address = (str(at.hostname), int(at.port or 0))

    @property
    def seconds_of_cpu(self) -> float:
        fields = Path(f"/proc/{self.program.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    @property
    def most_memory(self) -> int:
        status = Path(f"/proc/{self.program.pid}/status").read_text()
        return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) * 1024

    def lines(self) -> list[str]:
        return self.program.log.read_text(encoding="utf-8").splitlines()

    async def hit(self, method: str, path: str, body: bytes, *headers: str) -> int:
        """The status it answers with."""
        client = await Raw.open(self.address)
        client.send(head(method, path, "Content-Type: application/json", f"Content-Length: {len(body)}", *headers))
        client.send(body)
        try:
            return (await client.answer()).status
        finally:
            client.close()

    @asynccontextmanager
    async def watched(self):
        """Somebody asks all the while how it is; gives the longest time an answer took."""
        waits: list[float] = []
        done = asyncio.Event()
        loop = asyncio.get_running_loop()

        async def ask() -> None:
            client = await Raw.open(self.address)
            while not done.is_set() or not waits:
                began = loop.time()
                client.send(head("GET", "/health"))
                assert (await client.answer()).status == 200
                waits.append(loop.time() - began)
                await asyncio.sleep(0.002)
            client.close()

        asking = asyncio.ensure_future(ask())
        try:
            yield waits
        finally:
            done.set()
            await asking


@pytest.fixture
def victim(stack: Stack) -> Victim:
    return Victim(stack)


async def volley(victim: Victim, bodies: dict[str, bytes]) -> tuple[float, float, set[int]]:
    """Every body at every address by every method: CPU seconds, the longest wait of somebody else, what was answered."""
    before, statuses = victim.seconds_of_cpu, set()
    async with victim.watched() as waits:
        for path in PATHS:
            for method in METHODS:
                for encoding, body in bodies.items():
                    statuses.add(await victim.hit(method, path, body, f"Content-Encoding: {encoding}"))
    return victim.seconds_of_cpu - before, max(waits), statuses


async def test_a_packed_body_costs_what_a_plain_one_costs_wherever_it_is_sent(victim, bombs):
    plain = dict(zip(("a", "b", "c", "d"), bombs.values(), strict=True))
    await volley(victim, plain)  # so that what a process does once is done
    plain_cpu, plain_wait, _ = await volley(victim, plain)
    memory, lines = victim.most_memory, len(victim.lines())

    cpu, wait, statuses = await volley(victim, bombs)

    said = victim.lines()[lines:]
    print(f"\nplain: {plain_cpu:.2f} s of CPU, longest wait {plain_wait:.3f} s; packed: {cpu:.2f} s, {wait:.3f} s")
    assert cpu < 3 * plain_cpu + 0.5
    assert wait < 10 * max(plain_wait, 0.05)
    assert victim.most_memory - memory < 64 * MB
    assert max(statuses) < 500
    assert "Traceback" not in "\n".join(said)
    assert len(said) <= 30, "of the same line so many are written within a minute, then none"


@pytest.mark.parametrize("encoding", ENCODINGS)
async def test_a_broken_packed_body_leaves_a_short_line_at_most(victim, encoding):
    lines = len(victim.lines())

    statuses = {
        await victim.hit(
            "POST", PATHS[number % len(PATHS)], b"\x1f\x8b\x08\0broken" * 5, f"Content-Encoding: {encoding}"
        )
        for number in range(200)
    }

    said = victim.lines()[lines:]
    assert max(statuses) < 500
    assert len(said) <= 40
    assert all(len(line) < 400 and "traceback" not in json.loads(line) for line in said)


async def test_bytes_that_are_no_http_leave_a_short_line_at_most(victim):
    lines = len(victim.lines())
    for number in range(100):
        for sent in (b"\x16\x03\x01\0\xa5\x01\0", b"%d HTTP\r\n\r\n" % number, b"POST / HTTP/1.1\r\nHost x\r\n\r\n"):
            client = await Raw.open(victim.address)
            client.send(sent)
            client.writer.write_eof()
            await client.rest()
            client.close()

    said = victim.lines()[lines:]
    assert len(said) <= 60
    assert all(len(line) < 400 and "traceback" not in json.loads(line) for line in said)


async def test_a_thousand_who_say_nothing_shut_nobody_out(victim):
    memory, silent = victim.most_memory, []
    try:
        for number in range(1500):
            silent.append(await Raw.open(victim.address))
            silent[-1].send(
                (b"", b"POST /api/messages HTTP/1.1\r\nX: ", b"\r\n\r\n", head("GET", "/nowhere"))[number % 4]
            )
        async with victim.watched() as waits:
            for _ in range(20):
                assert await victim.hit("GET", "/health", b"") == 200
    finally:
        for client in silent:
            client.close()

    assert len(waits) >= 1
    assert victim.most_memory - memory < 64 * MB


async def test_bodies_that_never_end_shut_nobody_out(victim):
    slow = []
    try:
        for number in range(400):
            slow.append(await Raw.open(victim.address))
            slow[-1].send(head("POST", PATHS[number % len(PATHS)], "Content-Length: 100000") + b"{")
        for _ in range(20):
            assert await victim.hit("GET", "/health", b"") == 200
    finally:
        for client in slow:
            client.close()
