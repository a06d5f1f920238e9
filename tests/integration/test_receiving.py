"""Uploads on their way, of both pages: few at once, a full disk, a body that does not come."""

import asyncio
import errno
import html
from collections.abc import AsyncIterator, Callable
from typing import Self

import pytest
from aiohttp import ClientSession
from aiohttp.test_utils import TestClient, TestServer

from bot.core.class_links.one_time_links import LinkPage
from bot.documents import uploads
from bot.runtime.body_limits import BodyLimit
from bot.runtime.list_pages import add_list_routes
from bot.runtime.listening import Limits, listening
from bot.runtime.receiving import receiving_of
from bot.texts.catalog import Catalog
from tests.integration.test_link_pages import Pages
from tests.integration.test_list_pages import KNOWN, sheet
from tests.integration.test_list_pages import Page as ListPage
from tests.unit.documents.test_rosters import sds

BG = Catalog.load().speak("bg")
FORM = {"Content-Type": "multipart/form-data; boundary=b"}
HEAD = b'--b\r\nContent-Disposition: form-data; name="files"; filename="%s"\r\n\r\n'
BUSY = {"list": BG("links-fault-busy"), "people": BG("listed-fault-busy")}
BUTTON = {"list": BG("link-page-list-button"), "people": BG("listed-page-button")}


def form(files: dict[str, bytes]) -> bytes:
    return b"".join(HEAD % name.encode() + raw + b"\r\n" for name, raw in files.items()) + b"--b--\r\n"


BODIES = {"list": form(sds()), "people": form({"5 б.csv": sheet(KNOWN)})}


class Both:
    """Both pages as one bot serves them, with links for each."""

    def __init__(self) -> None:
        self.pages, self.lists = Pages(), ListPage()
        add_list_routes(self.pages.app, self.lists.upload, Catalog.load())
        self.client = TestClient(TestServer(self.pages.app))
        self.path: dict[str, str] = {}

    async def __aenter__(self) -> Self:
        await self.offered()
        return self

    async def __aexit__(self, *_: object) -> None:
        for one in (self.client, self.pages.client, self.lists.client):
            await one.close()

    async def offered(self) -> None:
        self.path["list"] = await self.pages.offered(LinkPage.LIST)
        await self.lists.offered()
        self.path["people"] = self.lists.path

    async def sends(self, page: str, path: str = "", body: object = None) -> tuple[int, str]:
        response = await self.client.post(path or self.path[page], data=body or BODIES[page], headers=FORM)
        return response.status, html.unescape(await response.text())


@pytest.fixture
async def both() -> AsyncIterator[Both]:
    async with Both() as made:
        await made.client.start_server()
        yield made


async def test_four_at_once_are_four_of_both_pages_together(both: Both):
    """What is on its way lies in /tmp, and there is one /tmp for both."""
    go_on = asyncio.Event()

    async def held() -> AsyncIterator[bytes]:
        yield BODIES["list"][:10]
        await go_on.wait()
        yield BODIES["list"][10:]

    paths = [await both.pages.another(both.path["list"]) for _ in range(4)]
    running = [asyncio.create_task(both.sends("list", path, held())) for path in paths]
    try:
        async with asyncio.timeout(10):
            while len(receiving_of(both.pages.app).tokens) < len(paths):  # noqa: ASYNC110 -- the server tells nobody
                await asyncio.sleep(0.01)
        status, shown = await both.sends("people")
        assert (status, BUSY["people"] in shown) == (503, True)
    finally:
        go_on.set()
        await asyncio.gather(*running)
    assert (await both.sends("people"))[0] == 200


@pytest.mark.parametrize("page", ["list", "people"])
async def test_while_there_is_no_room_one_is_asked_to_come_again(
    both: Both, monkeypatch: pytest.MonkeyPatch, page: str
):
    with monkeypatch.context() as full:
        full.setattr(uploads, "_write", failing(errno.ENOSPC))
        response = await both.client.post(both.path[page], data=BODIES[page], headers=FORM)
        shown = html.unescape(await response.text())
    assert (response.status, response.headers.get("Retry-After")) == (503, "60")
    assert BUSY[page] in shown
    assert BUTTON[page] in shown
    assert (await both.sends(page))[0] == 200


@pytest.mark.parametrize("page", ["list", "people"])
async def test_what_is_wrong_with_the_disk_otherwise_is_ours_and_has_a_number(
    both: Both, monkeypatch: pytest.MonkeyPatch, page: str
):
    monkeypatch.setattr(uploads, "_write", failing(errno.EIO))
    assert (await both.sends(page))[0] == 500


def failing(number: int) -> Callable[..., None]:
    def write(*_: object) -> None:
        raise OSError(number, "disk")

    return write


@pytest.mark.parametrize(
    ("page", "media_type", "said"),
    [
        ("list", FORM["Content-Type"], "links-fault-too-slow"),
        ("people", FORM["Content-Type"], "listed-fault-too-slow"),
        ("people", "application/x-www-form-urlencoded", "listed-script-cut"),
    ],
)
async def test_what_does_not_come_in_time_is_answered_and_may_come_again(page: str, media_type: str, said: str):
    async def dribbled() -> AsyncIterator[bytes]:
        yield b"x"
        await asyncio.sleep(30)

    limit = BodyLimit(10_000, 0.3)
    limits = Limits(bodies={"/links/list/": limit, "/links/people/": limit})
    async with (
        Both() as both,
        listening(both.pages.app, limits, "127.0.0.1", 0) as (host, port),
        ClientSession() as session,
    ):
        url = f"http://{host}:{port}{both.path[page]}"
        response = await session.post(url, data=dribbled(), headers={"Content-Type": media_type})
        shown = html.unescape(await response.text())
    assert (response.status, BG(said) in shown) == (422, True)
    assert BUTTON[page] in shown
