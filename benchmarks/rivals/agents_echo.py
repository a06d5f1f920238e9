"""microsoft-agents (the Microsoft 365 Agents SDK) as it comes: CloudAdapter, anonymous, echoes what is said."""

from aiohttp import web
from microsoft_agents.authentication.msal import MsalConnectionManager
from microsoft_agents.hosting.aiohttp import CloudAdapter, jwt_authorization_middleware
from microsoft_agents.hosting.core import ActivityHandler, AgentAuthConfiguration, TurnContext

from benchmarks.rivals.listening import serve


class Echo(ActivityHandler):
    """Says back what was said."""

    async def on_message_activity(self, turn_context: TurnContext) -> None:  # type: ignore[override]  # as documented
        """One message in, one message out."""
        await turn_context.send_activity(f"Echo: {turn_context.activity.text}")


def main() -> None:
    """Serves until SIGTERM."""
    settings = AgentAuthConfiguration(anonymous_allowed=True)
    connections = MsalConnectionManager(connections_configurations={"SERVICE_CONNECTION": settings})
    adapter = CloudAdapter(connection_manager=connections)
    bot = Echo()

    async def messages(request: web.Request) -> web.StreamResponse:
        answer: web.StreamResponse | None = await adapter.process(request, bot)
        return answer or web.Response(status=202)

    app = web.Application(middlewares=[jwt_authorization_middleware])
    app["agent_configuration"] = settings
    app.router.add_post("/api/messages", messages)
    serve(app, "/api/messages")


if __name__ == "__main__":
    main()
