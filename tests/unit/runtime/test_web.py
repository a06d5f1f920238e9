"""The addresses of the web side, and what may be sent there. What the proxy makes of them: test_deployment."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.core.accounts.papers import Paper
from bot.core.class_links.one_time_links import LinkPage
from bot.dialogs import DIALOGS
from bot.dialogs.account_lists.cases import PEOPLE
from bot.dialogs.class_links.cases import LINKS
from bot.dialogs.dialog import services_of
from bot.dialogs.password.cases import SLIPS
from bot.documents.uploads import MOST_FORM
from bot.runtime.about_pages import PAGES as ABOUT
from bot.runtime.settings import Settings
from bot.runtime.web import HEALTH, MESSAGES, PAGES, application, limits
from bot.teams.bodies import MAX_BYTES
from bot.texts.catalog import Catalog
from tests.conversations.bot import DIRECTOR, TENANT, Bot

SETTINGS = Settings(tenant_id="t")


def web_side(process: str = "web", services: Any = ()) -> web.Application:
    """What a process serves."""

    async def handle(_: object) -> None: ...

    parts: Any = SimpleNamespace(
        settings=Settings(tenant_id="t", process=process),
        catalog=Catalog.load(),
        teams=SimpleNamespace(adapter=SimpleNamespace(handle=handle)),
        services=services or Bot().built,
        installing=None,
        offices=None,
        transport=SimpleNamespace(ways=SimpleNamespace(shown=dict)),
        database=SimpleNamespace(queue=SimpleNamespace(counts=handle)),
        clock=SimpleNamespace(in_doubt=False),
    )
    return application(parts)


def routes(app: web.Application) -> set[str]:
    """Every address."""
    return {route.resource.canonical for route in app.router.routes() if route.resource is not None}


def addresses(process: str) -> set[str]:
    """Every address of a process, without what stands for a token."""
    return {place.partition("{")[0] for place in routes(web_side(process))}


def test_a_worker_has_the_health_page_alone() -> None:
    assert addresses("worker") == {HEALTH}


def test_every_page_of_every_dialog_is_served_and_nothing_else_is() -> None:
    pages = tuple(address for dialog in DIALOGS for address in dialog.pages)
    served = addresses("web")

    assert len(pages) == len(set(pages)) == 6
    assert set(PAGES) == set(pages)
    assert [page for page in pages if not any(place.startswith(page) for place in served)] == []
    others = {place for place in served if not place.startswith(pages)}
    assert others == {MESSAGES, HEALTH, *ABOUT}


async def test_each_page_asks_the_use_case_that_its_dialog_names() -> None:
    """Of a token that nobody was given the use case says that it is good for nothing: anything else would be 500."""
    app = web_side()
    token = "t" * 43
    with_token = [place.replace("{token}", token) for place in routes(app) if "{token}" in place]
    async with TestClient(TestServer(app)) as client:
        assert len(with_token) == 4 + len(LinkPage) + len(Paper)
        for place in with_token:
            assert (await client.get(place)).status == 200
            assert (await client.post(place)).status == 410


async def test_what_the_chat_offers_is_what_the_page_gives() -> None:
    bot = Bot()
    services = services_of(DIALOGS, replace(bot.parts, new_token=lambda: "t" * 43))
    cases = next(one.cases for one in services if one.name == "class-links")
    offered = await cases.run.offer(await bot.recognise.fresh(DIRECTOR, TENANT), LinkPage.TABLE, "bg")
    place = cases.page(LinkPage.TABLE, offered.token).removeprefix(bot.parts.public_url)
    async with TestClient(TestServer(web_side(services=services))) as client:
        given = await client.post(place)
        assert (given.status, given.content_type.rpartition(".")[2]) == (200, "sheet")
        assert (await client.post(place)).status == 410


def test_a_page_that_nobody_serves_fails_at_the_start() -> None:
    service = SimpleNamespace(dialog=SimpleNamespace(pages={"/journal/": lambda cases: cases}), cases=None)
    with pytest.raises(KeyError, match="/journal/"):
        web_side(services=[service])


@pytest.mark.parametrize("process", ["web", "worker"])
def test_only_four_addresses_take_a_body_and_that_of_slips_a_small_one(process: str) -> None:
    taking = {place for place in addresses(process) if limits(SETTINGS).body_of(place).most}
    lists = {f"{LINKS}{LinkPage.LIST.value}/", PEOPLE}

    assert taking == ({MESSAGES, SLIPS, *lists} if process == "web" else set())
    assert limits(SETTINGS).body_of(f"{SLIPS}{'t' * 43}").most == 1024
    assert limits(SETTINGS).body_of("/nowhere").most == 0


def test_what_an_address_reads_fits_into_what_its_connection_lets_through() -> None:
    assert limits(SETTINGS).body_of(MESSAGES).most > MAX_BYTES
    assert limits(SETTINGS).body_of(f"{LINKS}{LinkPage.LIST.value}/x").most > MOST_FORM
    assert limits(SETTINGS).body_of(f"{PEOPLE}x").most > MOST_FORM


def test_the_operators_limits_are_the_servers() -> None:
    set_ = Settings(
        tenant_id="t", bot_connections=50, bot_connections_per_address=5, bot_idle_seconds=9, bot_upload_seconds=99
    )

    made = limits(set_)

    assert (made.connections, made.connections_per_address, made.idle_seconds) == (50, 5, 9)
    assert made.body_of(f"{LINKS}{LinkPage.LIST.value}/x").seconds == 99
