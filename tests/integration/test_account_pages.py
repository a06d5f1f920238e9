"""The page of the table of accounts, and the file: who gets it, how often, and what is in it."""

import asyncio
import html
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from threading import Barrier, Event, current_thread
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from openpyxl import load_workbook

from bot.core.accounts.board import Board
from bot.core.accounts.pages import BoardTable
from bot.core.accounts.read import ReadBoard
from bot.core.actors.model import RoleFacts
from bot.core.errors import DirectoryUnavailable
from bot.dialogs.outside import Sheet
from bot.runtime import account_pages, pages
from bot.runtime.account_pages import add_account_routes
from bot.texts.catalog import Catalog
from tests.conversations.bot import DIRECTOR, LIPA, OTHER_DIRECTOR, PEOPLE, TENANT, Bot
from tests.integration.test_slip_pages import check_headers

CATALOG = Catalog.load()
BG = CATALOG.speak("bg")
TOKEN = "t" * 43
FORMULA = '=HYPERLINK("http://evil.example")'


class Page:
    """A director's bot, and its web side."""

    def __init__(self) -> None:
        self.bot = Bot()
        cases = self.bot.services["accounts"]
        self.table: BoardTable = replace(cases.table, new_token=lambda: TOKEN)
        app = web.Application()
        add_account_routes(app, self.table, CATALOG)
        self.client = TestClient(TestServer(app))
        self.path = f"/links/accounts/{TOKEN}"

    async def offered(self, who: str = DIRECTOR, language: str = "bg") -> None:
        offered = await self.table.offer(await self.bot.recognise.fresh(who, TENANT), language)
        assert getattr(offered, "token", None) == TOKEN, offered

    @property
    def outcomes(self) -> list[tuple[str, str, str]]:
        entries = self.bot.links.one_time_links.entries
        return [(entry.action, entry.outcome, entry.detail.get("people", "")) for entry in entries]


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    made = Page()
    async with made.client:
        yield made


async def test_the_table_is_fetched_once_and_has_everybody_with_a_state_and_no_username_or_identifier(page: Page):
    here = page.bot.accounts.school.accounts
    here[LIPA.id] = (replace(here[LIPA.id][0], name=FORMULA), *here[LIPA.id][1:])
    await page.offered()
    looked = await page.client.get(page.path)
    check_headers(looked)
    shown = html.unescape(await looked.text())
    assert BG("accounts-page-about") in shown
    given = await page.client.post(page.path)
    assert (given.status, given.headers["Content-Disposition"]) == (200, 'attachment; filename="profili.xlsx"')
    raw = await given.read()
    sheet = load_workbook(BytesIO(raw)).active
    assert sheet is not None
    cells = [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]
    ours = [one for one in PEOPLE if one.attends(LIPA.id)]
    assert cells[0][0] == LIPA.name
    assert "Предадени: 0 от 17 (0 %)." in cells[1][0]
    assert [cell for cell in cells[4] if cell] == [BG(head) for head in ("account-place", "account-name", "account-state", "account-created", "account-changed", "account-given", "account-handed-on", "account-handed-to", "accounts-who", "account-next")]  # fmt: skip
    rows = cells[5:]
    assert len(rows) == len(ours)
    assert {row[1] for row in rows} == {FORMULA, *(one.name for one in ours[1:])}
    assert all(row[2] == "Не е предаден" and row[9].startswith("Създайте временна парола") for row in rows)
    every = "\n".join(cell for row in cells for cell in row)
    for one in ours:
        assert one.username not in every
        assert not one.identifier or one.identifier not in every
    assert sheet["B6"].data_type == "s" or FORMULA not in every
    again = await page.client.post(page.path)
    assert again.status == 410
    assert BG("accounts-page-gone") in html.unescape(await again.text())
    assert page.outcomes == [("account.table", "offered", ""), ("account.table", "downloaded", "17")]


async def test_a_number_in_a_name_is_not_in_the_table(page: Page):
    here = page.bot.accounts.school.accounts
    here[LIPA.id] = (replace(here[LIPA.id][0], name="Явор 4549070385 Пробен"),)
    await page.offered()
    sheet = load_workbook(BytesIO(await (await page.client.post(page.path)).read())).active
    assert sheet is not None
    assert sheet["B6"].value == "Явор ••• Пробен"


async def test_the_table_is_made_beside_the_event_loop_and_where_that_fails_the_link_stays_good(
    page: Page, monkeypatch: pytest.MonkeyPatch
):
    await page.offered()
    threads = []

    def fails(*_: object) -> Sheet:
        threads.append(current_thread())
        raise MemoryError

    with monkeypatch.context() as broken:
        broken.setattr(account_pages, "rows_of", fails)
        assert (await page.client.post(page.path)).status == 500
    assert threads
    assert threads[0] is not current_thread()
    assert page.outcomes == [("account.table", "offered", "")]
    assert (await page.client.post(page.path)).status == 200


async def test_who_needs_help_by_the_table_is_a_director_and_not_sent_to_the_director(page: Page):
    here = page.bot.accounts.school.accounts
    here[LIPA.id] = (replace(here[LIPA.id][0], enabled=False), *here[LIPA.id][1:])
    await page.offered()
    sheet = load_workbook(BytesIO(await (await page.client.post(page.path)).read())).active
    assert sheet is not None
    every = "\n".join(str(cell or "") for row in sheet.iter_rows(values_only=True) for cell in row)
    assert "се обърнете към регионалното управление на образованието (РУО)" in every
    assert "директора на училището или РУО" not in every


@pytest.mark.parametrize("slow", ["reading", "writing"])
async def test_a_table_that_takes_too_long_is_given_up_before_the_proxy_does_and_the_link_stays_good(
    page: Page, monkeypatch: pytest.MonkeyPatch, slow: str
):
    await page.offered()
    released = Event()

    async def reads(_: object) -> Board:
        await asyncio.to_thread(released.wait, 20)
        raise AssertionError("somebody still waits")

    def writes(*_: object) -> bytes:
        released.wait(20)
        return b"PK"

    with monkeypatch.context() as hanging:
        hanging.setattr(pages, "DOWNLOAD_SECONDS", 0.1)
        if slow == "reading":
            hanging.setattr(ReadBoard, "__call__", lambda _, school: reads(school))
        else:
            hanging.setattr(account_pages, "table_xlsx", writes)
        late = await page.client.post(page.path)
        released.set()
    assert late.status == 503
    assert late.headers["Retry-After"]
    shown = html.unescape(await late.text())
    assert BG("accounts-page-trouble") in shown
    assert shown.count(f'action="{page.path}"') == 2
    assert page.outcomes == [("account.table", "offered", "")]
    assert (await page.client.post(page.path)).status == 200


async def test_a_timeout_of_something_else_is_a_fault_and_says_so(page: Page, monkeypatch: pytest.MonkeyPatch):
    await page.offered()

    def fails(*_: object) -> Sheet:
        raise TimeoutError

    monkeypatch.setattr(account_pages, "rows_of", fails)
    assert (await page.client.post(page.path)).status == 500


async def test_using_the_link_up_has_no_deadline(page: Page, monkeypatch: pytest.MonkeyPatch):
    """Cut off in the middle it would be used for nobody, or not: the page could not say which."""
    await page.offered()
    links, used = page.bot.links.one_time_links, page.bot.links.one_time_links.use

    async def slowly(*given: Any) -> bool:
        await asyncio.sleep(0.5)
        return await used(*given)

    monkeypatch.setattr(links, "use", slowly)
    monkeypatch.setattr(pages, "DOWNLOAD_SECONDS", 0.4)
    assert (await page.client.post(page.path)).status == 200
    assert [outcome for _, outcome, _ in page.outcomes] == ["offered", "downloaded"]


async def test_pressed_twice_at_once_it_is_one_table(page: Page, monkeypatch: pytest.MonkeyPatch):
    await page.offered()
    both = Barrier(2)

    def slow(*_: object) -> bytes:
        both.wait(timeout=20)
        return b"PK"

    monkeypatch.setattr(account_pages, "table_xlsx", slow)
    given = await asyncio.gather(page.client.post(page.path), page.client.post(page.path))
    assert sorted(one.status for one in given) == [200, 410]
    assert [outcome for _, outcome, _ in page.outcomes] == ["offered", "downloaded"]


async def test_the_table_is_in_the_language_of_who_asked_for_it(page: Page):
    await page.offered(language="en")
    raw = await (await page.client.post(page.path)).read()
    sheet = load_workbook(BytesIO(raw)).active
    assert sheet is not None
    assert "Handed over: 0 of 17 (0%)." in str(sheet["A2"].value)


@pytest.mark.parametrize("change", ["late", "disabled", "moved", "another page"])
async def test_a_link_that_is_not_good_any_more_gives_nothing_and_does_not_say_why(page: Page, change: str):
    await page.offered()
    facts = page.bot.roles.facts
    match change:
        case "late":
            page.bot.clock.move(minutes=10)
        case "disabled":
            facts[DIRECTOR] = replace(facts[DIRECTOR], enabled=False)
        case "moved":
            facts[DIRECTOR] = RoleFacts(
                DIRECTOR, exists=True, enabled=True, username="2990002@edu.mon.bg", extension_role="0"
            )
        case _:
            links = page.bot.links.one_time_links.links
            links[TOKEN] = replace(links[TOKEN], link_page="table")
    given = await page.client.post(page.path)
    assert given.status == 410
    assert page.outcomes == [("account.table", "offered", "")]


async def test_while_the_directory_does_not_answer_the_link_stays_good(page: Page):
    await page.offered()
    page.bot.roles.fail_with = DirectoryUnavailable("down")
    trouble = await page.client.post(page.path)
    assert trouble.status == 503
    assert BG("accounts-page-trouble") in html.unescape(await trouble.text())
    page.bot.roles.fail_with = None
    assert (await page.client.post(page.path)).status == 200


async def test_another_director_has_another_table(page: Page):
    await page.offered(OTHER_DIRECTOR)
    raw = await (await page.client.post(page.path)).read()
    sheet = load_workbook(BytesIO(raw)).active
    assert sheet is not None
    assert not {str(row[1]) for row in sheet.iter_rows(min_row=6, values_only=True)} & {
        one.name for one in PEOPLE if one.attends(LIPA.id) and not one.attends("school-2")
    } - {one.name for one in PEOPLE if one.attends("school-2")}


async def test_a_link_of_an_older_offer_ends_with_the_next(page: Page):
    await page.offered()
    page.bot.clock.move(minutes=1)
    page.table = replace(page.table, new_token=lambda: "u" * 43)
    offered = await page.table.offer(await page.bot.recognise.fresh(DIRECTOR, TENANT), "bg")
    assert getattr(offered, "until", None) == page.bot.clock() + timedelta(minutes=10)
    assert (await page.client.post(page.path)).status == 410
