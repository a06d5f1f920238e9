"""The web application: the bot's endpoint, the pages of printed slips and of class links, and a health page."""

from aiohttp import web

from bot.runtime.container import Container
from bot.runtime.health import Health
from bot.runtime.link_pages import add_link_routes
from bot.runtime.slip_pages import add_slip_routes

MESSAGES = "/api/messages"
HEALTH = "/health"


def application(container: Container) -> web.Application:
    """The routes; a process that only works has the health page alone. The adapter answers every method itself, so
    that a wrong one gets 405 and not 404.
    """
    app = web.Application()
    if container.settings.answers:
        app.router.add_route("*", MESSAGES, container.teams.adapter.handle)
        add_slip_routes(app, container.collect, container.catalog, container.settings.tenant_id)
        add_link_routes(app, container.run, container.catalog)
    app.router.add_get(
        HEALTH, Health(container.database.queue.counts, container.clock, lambda: container.clock.in_doubt).__call__
    )
    return app
