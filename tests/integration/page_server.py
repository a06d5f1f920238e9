"""The pages in a process of its own, as the bot serves them, with what uploads cost: `python -m` this.

Says one line of JSON with its port, its pid, the paths of links to upload a list (`paths`), to a table, to slips and to the page for lists of accounts (`people`); GET /measured tells the longest time for which the
loop did nothing else, and forgets it; GET /said the outcomes of all one-time links; GET /more makes as many new links to upload a list.
"""

import asyncio
import gc
import json
import os
import time

from aiohttp import web

from bot.core.class_links.one_time_links import LinkPage
from bot.documents.uploads import MOST_FORM
from bot.runtime.about_pages import Operator, add_about_routes
from bot.runtime.body_limits import BodyLimit
from bot.runtime.list_pages import add_list_routes
from bot.runtime.listening import Limits, listening
from bot.runtime.slip_pages import add_slip_routes
from tests.integration.processes import resident
from tests.integration.test_link_pages import CATALOG, Pages
from tests.integration.test_list_pages import Page as ListPage
from tests.integration.test_slip_pages import Page, a_room
from tests.unit.core.classroom import TENANT

LINKS = 12
_TICK = 0.005


class _Watch:
    def __init__(self) -> None:
        self.longest = 0.0
        self._last = time.monotonic()

    async def watch(self) -> None:
        while True:
            await asyncio.sleep(_TICK)
            now = time.monotonic()
            self.longest = max(self.longest, now - self._last - _TICK)
            self._last = now

    async def measured(self, _: web.Request) -> web.Response:
        gc.collect()
        longest, self.longest = self.longest, 0.0
        self._last = time.monotonic()
        return web.json_response({"gap": longest, "resident": resident(os.getpid())})


async def serve() -> None:
    pages, watch = Pages(), _Watch()
    path = await pages.offered(LinkPage.LIST)
    paths = [path, *[await pages.another(path) for _ in range(LINKS - 1)]]
    table = await pages.offered(LinkPage.TABLE)
    slips = Page(await a_room())
    slips_path, _ = await slips.link()
    add_slip_routes(pages.app, slips.room.collect, CATALOG, TENANT)
    lists = ListPage()
    await lists.offered()
    add_list_routes(pages.app, lists.upload, CATALOG)
    add_about_routes(pages.app, CATALOG, Operator(name="Примерна дирекция", email="help@example.bg"))

    async def healthy(_: web.Request) -> web.Response:
        return web.Response(text="ok")

    async def said(_: web.Request) -> web.Response:
        return web.json_response(pages.outcomes)

    async def more(_: web.Request) -> web.Response:
        return web.json_response([await pages.another(path) for _ in range(LINKS)])

    pages.app.router.add_get("/health", healthy)
    pages.app.router.add_get("/more", more)
    pages.app.router.add_get("/measured", watch.measured)
    pages.app.router.add_get("/said", said)
    most = BodyLimit(MOST_FORM + 1024 * 1024, 120)
    async with listening(
        pages.app, Limits(bodies={"/links/list/": most, "/links/people/": most}), "127.0.0.1", 0
    ) as (_, port):
        found = {
            "port": port,
            "pid": os.getpid(),
            "paths": paths,
            "table": table,
            "slips": slips_path,
            "people": lists.path,
        }
        print(json.dumps(found), flush=True)
        await watch.watch()


if __name__ == "__main__":
    asyncio.run(serve())
