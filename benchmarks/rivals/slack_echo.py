"""slack-bolt (async, over HTTP, requests signed) as it comes: echoes what is said.

SLACK_API: base URL of the stand-in for Slack. SLACK_SHARED_SESSION=yes gives it one HTTP session, a tuning its
documentation offers; by default it opens one per call.
"""

import os

import aiohttp
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from benchmarks.rivals.listening import serve

SIGNING_SECRET = "benchmark"  # noqa: S105 -- both ends of a measurement on loopback know it


def main() -> None:
    """Serves until SIGTERM."""
    client = AsyncWebClient(token="xoxb-benchmark", base_url=os.environ["SLACK_API"])  # noqa: S106 -- made up
    bolt = AsyncApp(client=client, signing_secret=SIGNING_SECRET)

    @bolt.event("message")
    async def echo(event: dict[str, str], say: object) -> None:
        assert callable(say)  # noqa: S101 -- for the type checker: the library passes it without a type
        await say(f"Echo: {event['text']}")

    async def events(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await bolt.async_dispatch(await to_bolt_request(request)))

    async def shared_session(_: web.Application) -> None:
        client.session = aiohttp.ClientSession()

    app = web.Application()
    app.router.add_post("/slack/events", events)
    if os.environ.get("SLACK_SHARED_SESSION") == "yes":
        app.on_startup.append(shared_session)
    serve(app, "/slack/events")


if __name__ == "__main__":
    main()
