"""botbuilder-core 4.17.1 as it comes: CloudAdapter, no app id (so no tokens either way), echoes what is said."""

from types import SimpleNamespace

from aiohttp import web
from botbuilder.core import ActivityHandler, TurnContext
from botbuilder.integration.aiohttp import CloudAdapter, ConfigurationBotFrameworkAuthentication

from benchmarks.rivals.listening import serve


class Echo(ActivityHandler):  # type: ignore[misc]  # the SDK ships no types
    """Says back what was said."""

    async def on_message_activity(self, turn_context: TurnContext) -> None:
        """One message in, one message out."""
        await turn_context.send_activity(f"Echo: {turn_context.activity.text}")


def main() -> None:
    """Serves until SIGTERM."""
    settings = SimpleNamespace(APP_ID="", APP_PASSWORD="", APP_TYPE="MultiTenant", APP_TENANTID="")
    adapter = CloudAdapter(ConfigurationBotFrameworkAuthentication(settings))
    bot = Echo()

    async def messages(request: web.Request) -> web.StreamResponse:
        answer: web.StreamResponse | None = await adapter.process(request, bot)
        return answer or web.Response(status=201)

    app = web.Application()
    app.router.add_post("/api/messages", messages)
    serve(app, "/api/messages")


if __name__ == "__main__":
    main()
