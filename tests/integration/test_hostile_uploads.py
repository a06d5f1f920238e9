"""Uploads made to cost much, at the real page in a process of its own: it stays small, goes on answering, and leaves
neither children nor files behind.
"""

import asyncio
import gzip
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from aiohttp import ClientError, ClientSession

from tests.integration.hostile_lists import of_the_largest_school, packed, quoted, unclosed, wide, wide_package
from tests.integration.processes import children, resident
from tests.unit.documents.test_rosters import sds

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
ROOT = Path(__file__).parents[2]
T = TypeVar("T")
MOST_GROWTH = 50 * 1024 * 1024
TYPE = {"Content-Type": "multipart/form-data; boundary=b"}
HEAD = b'--b\r\nContent-Disposition: form-data; name="files"; filename="%s"\r\n\r\n'


def form(files: dict[str, bytes]) -> bytes:
    return b"".join(HEAD % name.encode() + raw + b"\r\n" for name, raw in files.items()) + b"--b--\r\n"


EMPTY_PART = b'--b\r\nContent-Disposition: form-data; name="files"\r\n\r\n\r\n'


@dataclass(frozen=True)
class Process:
    """The pages, served for all tests of this file."""

    url: str
    pid: int
    files: Path
    log: Path
    small: int
    """Bytes in memory before the first test: what all of them together leave behind counts for the last."""


@dataclass
class Server:
    session: ClientSession
    process: Process
    paths: list[str]
    """Links of this test alone."""
    answered: int = 0

    @property
    def url(self) -> str:
        return self.process.url

    async def upload(self, body, path: int = 0, headers: Mapping[str, str] = MappingProxyType({})) -> tuple[int, str]:
        async with self.session.post(self.url + self.paths[path], data=body, headers={**TYPE, **headers}) as answer:
            return answer.status, await answer.text()

    async def goes_on(self, *uploads: Coroutine[Any, Any, T]) -> list[T]:
        """The answers to these uploads; meanwhile others are answered, and memory is looked at."""
        running = [asyncio.create_task(each) for each in uploads]
        most, small = 0, self.process.small
        while not all(each.done() for each in running):
            async with self.session.get(self.url + "/health") as answer:
                assert answer.status == 200
            self.answered += 1
            most = max(most, resident(self.process.pid))
            await asyncio.sleep(0.02)
        async with self.session.get(self.url + "/measured") as answer:
            measured = await answer.json()
        print(f"grew by {(most - small) / 1e6:.1f} MB, longest gap {measured['gap'] * 1000:.0f} ms")
        assert most - small < MOST_GROWTH
        assert measured["resident"] - small < MOST_GROWTH
        return [each.result() for each in running]

    def is_tidy(self) -> bool:
        """No child, no file, no traceback."""
        pid, files = self.process.pid, self.process.files
        held = [os.path.realpath(each) for each in Path(f"/proc/{pid}/fd").iterdir()]
        return (
            not children(pid)
            and not list(files.iterdir())
            and not [one for one in held if one.startswith(str(files))]
            and "Traceback" not in self.process.log.read_text()
        )


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    folder = tmp_path_factory.mktemp("uploads")
    files, log = folder / "files", folder / "log"
    files.mkdir()
    with log.open("w") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.integration.page_server"],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=errors, env={"TMPDIR": str(files), "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
    assert process.stdout is not None
    try:
        told = json.loads(process.stdout.readline())
        url = f"http://127.0.0.1:{told['port']}"
        garbage = Request(url + told["paths"][0], data=b"garbage", headers=TYPE)  # noqa: S310 -- ours
        with pytest.raises(HTTPError, match="400"):
            urlopen(garbage, timeout=30)  # noqa: S310 -- what is imported late, is now
        with urlopen(url + "/measured", timeout=30) as answer:  # noqa: S310 -- ours
            small = json.load(answer)["resident"]
        yield Process(url, told["pid"], files, log, small)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


@pytest.fixture
async def server(process: Process) -> AsyncIterator[Server]:
    async with ClientSession() as session:
        async with session.get(process.url + "/more") as answer:
            one = Server(session, process, await answer.json())
        yield one
        assert one.is_tidy()
        assert (await one.upload(form(sds()), path=-1))[0] == 200


@pytest.mark.long
async def test_one_small_package_that_is_large_within_and_its_link_is_one_upload(server: Server):
    body = form({"a.zip": wide_package()})
    answers = await server.goes_on(*(server.upload(body) for _ in range(3)))
    assert sorted(status for status, _ in answers) == [422, 503, 503]
    assert "Нищо не е променено" in dict(answers)[422]
    assert server.answered > 3


@pytest.mark.long
async def test_three_at_once_and_more(server: Server):
    body = form({"a.zip": wide_package()})
    answers = await server.goes_on(*(server.upload(body, path) for path in range(5)))
    told = [text for status, text in answers if status == 503]
    assert {status for status, _ in answers} == {422, 503}
    assert all("Опитайте отново след минута" in text for text in told)


@pytest.mark.long
async def test_forty_plain_uploads_of_many_megabytes(server: Server):
    body = form({f"{number}.csv": b"0" * (7 * 1024 * 1024) for number in range(3)})

    async def all_forty() -> set[int]:
        return {(await server.upload(body))[0] for _ in range(40)}

    assert await server.goes_on(all_forty()) == [{422}]


COSTLY: dict[str, tuple[Callable[[], dict[str, bytes]], set[int]]] = {
    "users": (lambda: sds() | {"users.csv": wide("users.csv")}, {200}),
    "quotes": (lambda: sds() | {"classes.csv": quoted()}, {422}),
    "unclosed": (lambda: sds() | {"classes.csv": unclosed()}, {200, 422}),
    "bomb": (lambda: {"a.zip": packed({f"{number}.csv": b"0" * 8_000_000 for number in range(60)}, 1)}, {422}),
    "honest": (of_the_largest_school, {200}),
    "as-much-as-may-be": (lambda: of_the_largest_school(classes=3500, people=25_000, places=28), {200}),
    "more-than-may-be": (lambda: of_the_largest_school(classes=4000, people=25_000, places=28), {422}),
}


@pytest.mark.parametrize(
    "name", [pytest.param(one, marks=[] if one in {"bomb", "honest"} else [pytest.mark.long]) for one in COSTLY]
)
async def test_lists_that_cost_much(server: Server, name: str):
    files, statuses = COSTLY[name]
    [(status, _)] = await server.goes_on(server.upload(form(files())))
    assert status in statuses


@pytest.mark.parametrize(
    "parts", [10_000, *(pytest.param(many, marks=pytest.mark.long) for many in (100_000, 300_000))]
)
async def test_a_form_of_empty_parts(server: Server, parts: int):
    [(status, _)] = await server.goes_on(server.upload(EMPTY_PART * parts + b"--b--\r\n"))
    assert status in {400, 422}


async def test_a_head_of_many_megabytes(server: Server):
    for body in (HEAD % (b"x" * 20_000_000), b"--b\r\n" + b"X: y\r\n" * 3_000_000):
        [(status, _)] = await server.goes_on(server.upload(body))
        assert status == 400


async def test_an_endless_body_is_cut_off(server: Server):
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        yield HEAD % b"a.csv"
        while sent < 400 * 1024 * 1024:
            sent += 65_536
            yield b"0" * 65_536

    async def upload() -> int:
        try:
            return (await server.upload(endless()))[0]
        except ClientError:  # cut off while sending
            return 0

    [status] = await server.goes_on(upload())
    assert status in {0, 422}
    assert sent < 400 * 1024 * 1024


async def test_a_length_that_is_too_much_is_not_waited_for(server: Server):
    assert b" 422 " in await answered(server, server.paths[0], 99_999_999)


async def test_who_hangs_up_in_the_middle_leaves_nothing(server: Server):
    for ends in (b"Content-Length: 1000000\r\n\r\n--b", b"Transfer-Encoding: chunked\r\n\r\n5\r\n--b"):
        _, writer = await asyncio.open_connection("127.0.0.1", int(server.url.rpartition(":")[2]))
        head = f"POST {server.paths[0]} HTTP/1.1\r\nHost: x\r\nContent-Type: {TYPE['Content-Type']}\r\n"
        writer.write(head.encode() + ends)
        await writer.drain()
        await asyncio.sleep(0.2)
        writer.close()
        await writer.wait_closed()
    for _ in range(100):
        if server.is_tidy():
            break
        await asyncio.sleep(0.05)
    assert (await server.upload(form({"a.zip": b"x"})))[0] == 422  # the link is free again


async def test_a_packed_body_is_refused(server: Server):
    status, _ = await server.upload(gzip.compress(form(sds())), headers={"Content-Encoding": "gzip"})
    assert status == 400


async def test_whose_link_it_is_not_is_told_so_before_a_byte_is_read(server: Server):
    """The head alone is sent, of a body that would be taken: the answer does not wait for it."""
    assert b" 410 " in await answered(server, server.paths[0][:-1] + "Z", 1000)


async def answered(server: Server, path: str, length: int) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", int(server.url.rpartition(":")[2]))
    head = (
        f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: {TYPE['Content-Type']}\r\nContent-Length: {length}\r\n\r\n"
    )
    writer.write(head.encode())
    line = await reader.readline()
    writer.close()
    return line
