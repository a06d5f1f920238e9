"""The page of the table of a region's schools, and the file: who gets it, how often, and what is in it."""

from collections.abc import AsyncIterator
from dataclasses import replace
from io import BytesIO
from threading import Event

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from openpyxl import load_workbook

from bot.core.errors import DirectoryUnavailable
from bot.core.oversight.figures import SchoolFigures
from bot.core.oversight.region import RegionTable
from bot.runtime import pages, region_pages
from bot.runtime.region_pages import add_region_routes
from bot.texts.catalog import Catalog
from tests.conversations.bot import DIRECTOR, RUO, TENANT, UTRO, Bot
from tests.integration.test_slip_pages import check_headers

CATALOG = Catalog.load()
BG = CATALOG.speak("bg")
TOKEN = "t" * 43
FORMULA = '=HYPERLINK("http://evil.example")'


class Page:
    """An office's bot, and its web side."""

    def __init__(self) -> None:
        self.bot = Bot()
        self.table: RegionTable = replace(self.bot.services["region"].table, new_token=lambda: TOKEN)
        app = web.Application()
        add_region_routes(app, self.table, CATALOG)
        self.client = TestClient(TestServer(app))
        self.path = f"/links/region/{TOKEN}"

    async def offered(self) -> None:
        offered = await self.table.offer(await self.bot.recognise.fresh(RUO, TENANT), "bg")
        assert getattr(offered, "token", None) == TOKEN, offered


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    made = Page()
    async with made.client:
        yield made


async def test_the_table_is_fetched_once_and_has_the_figures_of_the_card_and_no_formula(page: Page):
    page.bot.region.schools = (replace(UTRO, name=FORMULA), replace(UTRO, id="small", name="Малко училище"))
    page.bot.region.known = {**page.bot.region.known, "small": SchoolFigures("2026-11-16", 97, 100, 2, 1)}
    await page.offered()
    looked = await page.client.get(page.path)
    check_headers(looked)

    given = await page.client.post(page.path)

    assert (given.status, given.headers["Content-Disposition"]) == (200, 'attachment; filename="uchilishta.xlsx"')
    sheet = load_workbook(BytesIO(await given.read())).active
    assert sheet is not None
    cells = [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]
    rows = {row[1]: row for row in cells if row[0] == UTRO.code}
    assert rows[FORMULA][4:9] == ["100", "60", "40", "25", "10"]
    assert rows["Малко училище"][4:9] == ["100", "скрито", "под 5", "под 5", "под 5"]
    assert all(cell.data_type in {"s", "n"} for row in sheet.iter_rows() for cell in row)
    assert not [
        cell for row in cells for cell in row if cell in {"97", "3", "2", "1", "157", "61", "98", "37", "23", "11"}
    ]
    again = await page.client.post(page.path)
    assert again.status == 410
    assert [one.outcome for one in page.bot.links.one_time_links.entries] == ["offered", "downloaded"]


async def test_the_right_is_asked_again_when_the_link_is_used(page: Page):
    await page.offered()
    page.bot.roles.facts[RUO] = replace(page.bot.roles.facts[RUO], app_roles=())

    assert (await page.client.post(page.path)).status == 410


async def test_while_the_directory_is_silent_the_link_stays_good(page: Page):
    await page.offered()
    page.bot.region.fail_with = DirectoryUnavailable("down")
    assert (await page.client.post(page.path)).status == 503
    page.bot.region.fail_with = None

    assert (await page.client.post(page.path)).status == 200


async def test_where_writing_fails_or_takes_too_long_the_link_stays_good(page: Page, monkeypatch: pytest.MonkeyPatch):
    await page.offered()
    released = Event()

    def fails(*_: object) -> bytes:
        raise MemoryError

    with monkeypatch.context() as broken:
        broken.setattr(region_pages, "table_xlsx", fails)
        failed = await page.client.post(page.path)
        assert failed.status == 500
        assert "съобщете го на Министерството на образованието и науката." in await failed.text()
        broken.setattr(region_pages, "table_xlsx", lambda *_: released.wait(20))
        broken.setattr(pages, "DOWNLOAD_SECONDS", 0.1)
        assert (await page.client.post(page.path)).status == 503
        released.set()
    assert [one.outcome for one in page.bot.links.one_time_links.entries] == ["offered"]
    assert (await page.client.post(page.path)).status == 200


async def test_a_director_gets_no_link_and_a_link_for_another_page_is_none_here(page: Page):
    director = await page.bot.recognise.fresh(DIRECTOR, TENANT)
    assert not hasattr(await page.table.offer(director, "bg"), "token")
    accounts = replace(page.bot.services["accounts"].table, new_token=lambda: TOKEN)
    assert getattr(await accounts.offer(director, "bg"), "token", None) == TOKEN

    assert (await page.client.post(page.path)).status == 410
