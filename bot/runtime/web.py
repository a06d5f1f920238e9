"""The web application: the bot's endpoint, the pages of printed slips, and a health page."""

from aiohttp import web

from bot.core.errors import StoreUnavailable
from bot.runtime.container import Container
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

    async def health(_: web.Request) -> web.Response:
        try:
            await container.database.ping()
        except StoreUnavailable:
            return web.json_response({"database": "unavailable"}, status=503)
        return web.json_response({"database": "available"})

    app.router.add_get(HEALTH, health)
    return app
