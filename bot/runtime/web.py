"""The web application: the bot's endpoint, pages of slips, class links, accounts, regions and us; a health page."""

from collections.abc import Callable, Mapping
from typing import Any

from aiohttp import web

from bot.core.class_links.one_time_links import LinkPage
from bot.dialogs.account_lists.cases import PEOPLE
from bot.dialogs.accounts.cases import ACCOUNTS, PAPERS
from bot.dialogs.class_links.cases import LINKS
from bot.dialogs.password.cases import SLIPS
from bot.dialogs.region.cases import REGION
from bot.documents.uploads import MOST_FORM
from bot.runtime.about_pages import Operator, add_about_routes
from bot.runtime.account_pages import add_account_routes
from bot.runtime.body_limits import BodyLimit
from bot.runtime.connections import HEAD_SECONDS
from bot.runtime.container import RunningBot
from bot.runtime.health import Health
from bot.runtime.link_pages import add_link_routes
from bot.runtime.list_pages import add_list_routes
from bot.runtime.listening import Limits
from bot.runtime.paper_pages import add_paper_routes
from bot.runtime.region_pages import add_region_routes
from bot.runtime.settings import Settings
from bot.runtime.slip_pages import MOST_BYTES, add_slip_routes
from bot.teams.bodies import MAX_BYTES, PATIENCE

MESSAGES = "/api/messages"
HEALTH = "/health"
_ABOVE = 1024 * 1024
"""So much above the page's own limit the page itself can still say that it is too much."""

AddPage = Callable[[web.Application, Any, RunningBot], None]
PAGES: Mapping[str, AddPage] = {
    SLIPS: lambda app, collect, container: add_slip_routes(
        app, collect, container.catalog, container.settings.tenant_id
    ),
    LINKS: lambda app, run, container: add_link_routes(app, run, container.catalog),
    PAPERS: lambda app, papers, container: add_paper_routes(app, papers, container.catalog),
    ACCOUNTS: lambda app, table, container: add_account_routes(app, table, container.catalog),
    PEOPLE: lambda app, upload, container: add_list_routes(app, upload, container.catalog),
    REGION: lambda app, table, container: add_region_routes(app, table, container.catalog),
}
"""How the pages that dialogs name are served."""


def application(container: RunningBot) -> web.Application:
    """The routes; a process that only works has the health page alone. The adapter answers every method itself, so
    that a wrong one gets 405 and not 404.
    """
    app = web.Application()
    if container.settings.answers:
        app.router.add_route("*", MESSAGES, container.teams.adapter.handle)
        for service in container.services:
            for address, use_case in service.dialog.pages.items():
                PAGES[address](app, use_case(service.cases), container)
        add_about_routes(app, container.catalog, Operator.of(container.settings))
    installing, offices = container.installing, container.offices
    health = Health(
        container.database.queue.counts,
        container.clock,
        in_doubt=lambda: container.clock.in_doubt,
        lead=lambda: container.clock.lead,
        directory=container.transport.ways.shown,
        installs=None if installing is None else lambda: installing.state.value,
        certificates=lambda: container.certificates.state,
        offices=lambda: None if offices is None else offices.unreached,
    )
    app.router.add_get(HEALTH, health.__call__)
    return app


def limits(settings: Settings) -> Limits:
    """What connections may cost. Only four addresses take a body: an activity, whose own limit is told in its answer
    and which may come in many small chunks, the forms with a school's lists of classes and of accounts, and how slips
    are to be printed.
    """
    lists = BodyLimit(MOST_FORM + _ABOVE, settings.bot_upload_seconds)
    return Limits(
        connections=settings.bot_connections,
        connections_per_address=settings.bot_connections_per_address,
        idle_seconds=settings.bot_idle_seconds,
        bodies={
            MESSAGES: BodyLimit(2 * MAX_BYTES, 2 * PATIENCE),
            SLIPS: BodyLimit(MOST_BYTES, HEAD_SECONDS),
            f"{LINKS}{LinkPage.LIST.value}/": lists,
            PEOPLE: lists,
        },
    )
