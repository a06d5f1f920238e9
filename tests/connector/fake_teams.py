"""A pretend Teams over HTTP on loopback: the channel that calls the bot and the connector the bot calls."""

import asyncio
import json
import socket
import tempfile
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Self

import aiohttp
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.runtime.body_limits import BodyLimit
from bot.runtime.listening import Limits, listening
from bot.teams.bodies import MAX_BYTES, PATIENCE
from bot.teams.options import TeamsOptions
from tests.connector.certificates import server_context
from tests.connector.people import MEMBER, TENANT, Person, activity, conversation_of
from tests.connector.records import Exchange, Fault, Sent
from tests.connector.signing import Signer

APP_ID = "b07b07b0-0000-4000-8000-000000000007"
BOT_TOKEN = "the-bot's-access-token"

_MAX_MESSAGE = 100 * 1024


class FakeTeams:
    """Teams for a test: people write and press, the bot's messages are kept.

    Authentication as in production (its own RSA keys, OpenID metadata and signed tokens), in development's loopback
    mode::

        async with FakeTeams() as teams:
            async with open_teams(teams.options(), answer=bot, seen=seen, clock=clock, token=teams.bot_token) as edge:
                async with teams.serving(edge.adapter.handle):
                    shown = await teams.say(MEMBER, "справка")         # Exchange
                    button, = actions_of(shown.card, title="Търсене")
                    found = await teams.press(MEMBER, button, {"identifier": "4146054046"})
                    assert "Илинда" in str(found.card)

    Against a bot that runs in a process of its own: `teams.bot_url = "http://127.0.0.1:3978/api/messages"` instead of
    `serving`. A bot in development without app id: `FakeTeams(app_id="")`, no tokens anywhere.

    `FakeTeams(tls=True)` pretends to be production itself: `options()` are production's (real host names, https, no
    development flag) and `session(options)` finds every host here.

    People: any `Person(object_id=…, name=…)`; another `tenant_id` makes a foreigner. `scope` of each delivery:
    `personal` (default), `groupChat`, `channel`. Two people's personal chats are two conversations.

    What the connector does next can be set: `fail(...)` (429, 412, 502, HTML, dropped connection, slow), `blocked`.
    Repeats: `deliver_times(activity, 3)` posts the same activity three times at once.

    `takes` judges the bot's bearer token where it comes from elsewhere than `bot_token`; `client` opens the session in
    which activities are posted, where the bot is not on plain loopback.
    """

    def __init__(
        self,
        *,
        app_id: str = APP_ID,
        tls: bool = False,
        now: Callable[[], float] | None = None,
        takes: Callable[[str], bool] = lambda token: token == BOT_TOKEN,
        client: Callable[[], aiohttp.ClientSession] | None = None,
    ) -> None:
        self.app_id = app_id
        self.bot_id = f"28:{app_id or 'developer'}"
        self.bot_url = ""
        self.sent: list[Sent] = []
        self.updated: list[Sent] = []
        self.deleted: list[str] = []
        self.calls: list[tuple[str, str]] = []
        self.authorizations: list[str | None] = []
        self.faults: deque[Fault] = deque()
        self.blocked: dict[str, str] = {}
        """Conversation id → error code of a 403."""
        self.refusals: dict[str, tuple[int, str]] = {}
        """Conversation id → status and body with which every call about it is refused."""
        self.moved: dict[str, str] = {}
        """Conversation id → the region where it is by now; until it is written to there, it is refused."""
        self.thrown_away: set[str] = set()
        """Ids of the bot's messages that the person has deleted."""
        self.members: dict[str, list[dict[str, Any]]] = {}
        """Conversation id → the accounts that a bot may read there."""
        self.wants_whole_address = True
        """Whether a message that does not say of which tenant it is, and for whom, is refused (403, no word why): some
        tenants were reported to do so with what a bot sends first (openclaw/openclaw#58774, #63949).
        """
        self.cannot_delete = False
        self.metadata_down = False
        self.metadata_reads = 0
        self.key_reads = 0
        self.token_requests: list[dict[str, str]] = []
        self.connections: set[object] = set()
        self._tls = tls
        self._now = now
        self._takes = takes
        self._new_client = client or (lambda: aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30)))
        self._known: set[str] = set()
        self._folder = tempfile.TemporaryDirectory(prefix="fake-teams-")
        self._port = 0
        self._runners: list[web.AppRunner] = []
        self._client: aiohttp.ClientSession | None = None
        self.ca_file: str | None = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listens on a free loopback port."""
        context = None
        if self._tls:
            context, authority = server_context(Path(self._folder.name))
            self.ca_file = str(authority)
        app = web.Application(client_max_size=4 * 1024 * 1024)
        app.router.add_get("/v1/.well-known/openidconfiguration", self._metadata)
        app.router.add_get("/v1/.well-known/keys", self._key_set)
        app.router.add_get("/{tenant}/v2.0/.well-known/openid-configuration", self._authority)
        app.router.add_post("/{tenant}/oauth2/v2.0/token", self._issue_token)
        conversations = "/{region:emea|eudb}/v3/conversations"
        app.router.add_post(conversations, self._create)
        app.router.add_post(conversations + "/{conversation}/activities", self._send)
        app.router.add_post(conversations + "/{conversation}/activities/{activity}", self._send)
        app.router.add_put(conversations + "/{conversation}/activities/{activity}", self._update)
        app.router.add_delete(conversations + "/{conversation}/activities/{activity}", self._delete)
        app.router.add_get(conversations + "/{conversation}/members", self._members)
        app.router.add_get(conversations + "/{conversation}/members/{member}", self._members)
        app.router.add_get(conversations + "/{conversation}/pagedmembers", self._members)
        self._port = await self._listen(app, context)
        now = {"now": self._now} if self._now else {}
        self.signer = Signer(self.app_id, self.service_url, **now)
        self._client = self._new_client()

    async def stop(self) -> None:
        """Stops listening and forgets everything."""
        if self._client is not None:
            await self._client.close()
        for runner in self._runners:
            await runner.cleanup()
        self._folder.cleanup()

    @property
    def origin(self) -> str:
        """Where this server really listens."""
        return f"{'https' if self._tls else 'http'}://127.0.0.1:{self._port}"

    @property
    def service_url(self) -> str:
        return "https://smba.trafficmanager.net/emea/" if self._tls else f"{self.origin}/emea/"

    def service_url_of(self, region: str) -> str:
        return self.service_url.replace("/emea/", f"/{region}/")

    @property
    def openid_metadata_url(self) -> str:
        host = "https://login.botframework.com" if self._tls else self.origin
        return f"{host}/v1/.well-known/openidconfiguration"

    def options(self, **changes: Any) -> TeamsOptions:
        """Options under which the bot talks to this Teams and to nobody else."""
        fields: dict[str, Any] = {
            "app_id": self.app_id,
            "tenant_id": TENANT if self.app_id else "",
            "client_secret": "made-up" if self.app_id else "",
            "development": not self._tls,
            "openid_metadata_url": self.openid_metadata_url,
            "ca_file": self.ca_file,
        }
        return TeamsOptions(**(fields | changes))

    def session(self, options: TeamsOptions) -> aiohttp.ClientSession:
        """The session production would open, except that all names lead here."""
        from bot.teams.edge import open_session  # noqa: PLC0415 -- the options are enough for most users

        return open_session(options, resolver=_Here(self._port))

    async def bot_token(self) -> str:
        """The access token this connector takes; stands in for MSAL."""
        return BOT_TOKEN

    @asynccontextmanager
    async def serving(
        self, handle: Callable[[web.Request], Awaitable[web.StreamResponse]], *, most: int = 2 * MAX_BYTES
    ) -> AsyncIterator[str]:
        """Serves a bot's endpoint on loopback, as production does, and delivers to it; gives its address. `most`:
        bytes of a body that the server lets through.
        """
        app = web.Application(client_max_size=1024 * 1024)
        app.router.add_route("*", "/api/messages", handle)
        limits = Limits(bodies={"/api/messages": BodyLimit(most, 2 * PATIENCE)})
        async with listening(app, limits, "127.0.0.1", 0, shutdown_seconds=1) as (_, port):
            self.bot_url = f"http://127.0.0.1:{port}/api/messages"
            yield self.bot_url

    # What people do

    async def say(self, person: Person, text: str, *, scope: str = "personal", **fields: Any) -> Exchange:
        """The person types a message."""
        return await self.deliver(self.activity("message", person, scope=scope, text=text, **fields))

    async def press(
        self,
        person: Person,
        action: Mapping[str, Any],
        inputs: Mapping[str, object] | None = None,
        *,
        scope: str = "personal",
        trigger: str = "manual",
        **fields: Any,
    ) -> Exchange:
        """The person presses a button of a card (its Action.Execute or Action.Submit) after filling the inputs in."""
        return await self.deliver(self.press_activity(person, action, inputs, scope=scope, trigger=trigger, **fields))

    async def refresh(self, person: Person, card: Mapping[str, Any], *, scope: str = "personal") -> Exchange:
        """The person's client refreshes a card by itself."""
        return await self.press(person, card["refresh"]["action"], scope=scope, trigger="automatic")

    async def install(self, person: Person, *, scope: str = "personal") -> tuple[Exchange, Exchange]:
        """The person installs the app: Teams sends installationUpdate and conversationUpdate, one after the other."""
        first = await self.deliver(self.activity("installationUpdate", person, scope=scope, action="add"))
        added = [{"id": person.channel_id, "aadObjectId": person.object_id}, {"id": self.bot_id}]
        second = await self.deliver(self.activity("conversationUpdate", person, scope=scope, membersAdded=added))
        return first, second

    async def uninstall(self, person: Person, *, scope: str = "personal") -> Exchange:
        """The person removes the app; from then on the connector refuses messages to the conversation."""
        self.blocked[self.conversation_id(person, scope)] = "BotNotInConversationRoster"
        return await self.deliver(self.activity("installationUpdate", person, scope=scope, action="remove"))

    # What a test makes of it

    def conversation_id(self, person: Person, scope: str = "personal") -> str:
        return str(conversation_of(person, scope)["id"])

    def activity(
        self, kind: str, person: Person = MEMBER, *, scope: str = "personal", **fields: Any
    ) -> dict[str, Any]:
        """An activity as Teams would send it, to be changed and delivered."""
        defaults = {"service_url": self.service_url, "bot_id": self.bot_id}
        return activity(kind, person, scope=scope, **(defaults | fields))

    def press_activity(
        self,
        person: Person,
        action: Mapping[str, Any],
        inputs: Mapping[str, object] | None = None,
        *,
        scope: str = "personal",
        trigger: str = "manual",
        **fields: Any,
    ) -> dict[str, Any]:
        """The activity of a press."""
        data = dict(action.get("data") or {}) | dict(inputs or {})
        if action.get("type") == "Action.Submit":
            return self.activity("message", person, scope=scope, value=data, **fields)
        pressed = {name: action[name] for name in ("type", "id", "verb", "title") if name in action} | {"data": data}
        value = {"action": pressed, "trigger": trigger}
        return self.activity("invoke", person, scope=scope, name="adaptiveCard/action", value=value, **fields)

    async def deliver(self, made: Mapping[str, Any], *, token: str | None = "") -> Exchange:
        """Posts an activity to the bot. `token`: empty for a good one, None for none, anything else as it is."""
        conversation = made.get("conversation")
        if isinstance(conversation, Mapping):
            self._known.add(str(conversation.get("id")))
        headers = {"Content-Type": "application/json; charset=utf-8"}
        if token is not None and (token or self.app_id):
            headers["Authorization"] = f"Bearer {token or self.signer.token()}"
        exchange = await self.post(json.dumps(made, ensure_ascii=False).encode("utf-8", "surrogatepass"), headers)
        # What the bot says of its own accord at the same moment is no answer to this: answers stand last.
        answers = sorted(exchange.sent, key=lambda one: one.reply_to is not None and one.reply_to == made.get("id"))
        return replace(exchange, sent=tuple(answers))

    async def deliver_times(self, made: Mapping[str, Any], times: int) -> list[Exchange]:
        """Posts the same activity several times at once."""
        return list(await asyncio.gather(*(self.deliver(made) for _ in range(times))))

    async def post(self, body: bytes, headers: Mapping[str, str], *, method: str = "POST") -> Exchange:
        """Posts any bytes with any headers to the bot."""
        assert self._client is not None, "start() first"
        before = len(self.sent)
        async with self._client.request(
            method, self.bot_url, data=body, headers=headers, skip_auto_headers=("Content-Type",)
        ) as response:
            raw = await response.read()
            return Exchange(response.status, raw, dict(response.headers), tuple(self.sent[before:]))

    def fail(self, status: int = 502, *, times: int = 1, **fault: Any) -> None:
        """The connector's next `times` answers; the fields are those of `Fault`."""
        self.faults.extend(Fault(status=status, **fault) for _ in range(times))

    # The connector

    async def _listen(self, app: web.Application, context: Any) -> int:
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        self._runners.append(runner)
        listening = socket.create_server(("127.0.0.1", 0))
        await web.SockSite(runner, listening, ssl_context=context).start()
        return int(listening.getsockname()[1])

    async def _refusal(self, request: web.Request) -> web.Response | None:
        """What is wrong with a call of the bot, or what the test wants to be wrong with it."""
        self.calls.append((request.method, request.path))
        self.authorizations.append(request.headers.get("Authorization"))
        assert request.transport is not None
        self.connections.add(request.transport.get_extra_info("peername"))
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if self.app_id and not (scheme == "Bearer" and self._takes(token)):
            return _error(401, "Unauthorized")
        if self.faults:
            fault = self.faults.popleft()
            await asyncio.sleep(fault.delay)
            if fault.delivered:
                await self._store(request)
            if fault.drop:
                request.transport.close()
            return web.Response(status=fault.status, text=fault.body, headers=fault.headers, content_type="text/html")
        conversation = request.match_info.get("conversation")
        if conversation in self.blocked:
            return _error(403, self.blocked[conversation])
        if conversation in self.refusals:
            status, body = self.refusals[conversation]
            return web.Response(status=status, text=body, content_type="application/json")
        here, there = request.match_info["region"], self.moved.get(str(conversation), "emea")
        if here != there:
            geos = f"Current geo: {here.upper()}, Target geo: {there.upper()}"
            words = f"Incoming request was redirected to the wrong geo! {geos}"
            return web.json_response({"code": "BadArgument", "message": words}, status=400)
        if conversation is not None and conversation not in self._known:
            return _error(404, "ConversationNotFound")
        if len((await request.text()).encode("utf-16-le")) > _MAX_MESSAGE:
            return _error(413, "MessageSizeTooBig")
        if self.wants_whole_address and request.method in {"POST", "PUT"} and conversation is not None:
            return None if _is_whole(await request.json(), conversation) else web.Response(status=403)
        return None

    async def _store(self, request: web.Request) -> Sent:
        number = f"1:sent{len(self.sent) + 1}"
        stored = Sent(
            number, request.match_info["conversation"], request.match_info.get("activity"), await request.json()
        )
        self.sent.append(stored)
        return stored

    async def _send(self, request: web.Request) -> web.Response:
        if refusal := await self._refusal(request):
            return refusal
        return web.json_response({"id": (await self._store(request)).id}, status=201)

    async def _update(self, request: web.Request) -> web.Response:
        if refusal := await self._refusal(request):
            return refusal
        number = request.match_info["activity"]
        if number in self.thrown_away:
            return web.json_response({"error": {"code": "ServiceError", "message": "Unknown"}}, status=403)
        if number not in {each.id for each in self.sent}:
            return _error(404, "ActivityNotFoundInConversation")
        self.updated.append(Sent(number, request.match_info["conversation"], None, await request.json()))
        return web.json_response({"id": number})

    async def _delete(self, request: web.Request) -> web.Response:
        if refusal := await self._refusal(request):
            return refusal
        if self.cannot_delete:
            return _error(501, "DeleteActivityAPINotImplemented")
        number = request.match_info["activity"]
        if number in self.thrown_away:
            return web.json_response({"error": {"code": "ServiceError", "message": "Unknown"}}, status=403)
        if number not in {each.id for each in self.sent}:
            return _error(404, "ActivityNotFoundInConversation")
        self.deleted.append(number)
        return web.Response(status=200)

    async def _members(self, request: web.Request) -> web.Response:
        if refusal := await self._refusal(request):
            return refusal
        members = self.members.get(request.match_info["conversation"], [])
        if request.path.endswith("/pagedmembers"):
            begin, size = int(request.query.get("continuationToken", 0)), int(request.query.get("pageSize", 50))
            more = {"continuationToken": str(begin + size)} if begin + size < len(members) else {}
            return web.json_response({"members": members[begin : begin + size]} | more)
        wanted = request.match_info.get("member")
        if wanted is None:
            return web.json_response(members)
        found = [each for each in members if each["id"] == wanted]
        return web.json_response(found[0]) if found else _error(404, "MemberNotFoundInConversation")

    async def _create(self, request: web.Request) -> web.Response:
        if refusal := await self._refusal(request):
            return refusal
        asked = await request.json()
        conversation = f"a:1{str(asked['members'][0]['id']).removeprefix('29:1')}"
        if asked["channelData"]["tenant"]["id"] != asked["tenantId"]:
            return _error(400, "BadSyntax")
        self._known.add(conversation)
        return web.json_response({"id": conversation}, status=201)

    # The channel's keys, and Entra

    async def _metadata(self, request: web.Request) -> web.Response:
        self.metadata_reads += 1
        if self.metadata_down:
            return web.Response(status=503, text="<html>down</html>", content_type="text/html")
        jwks = self.openid_metadata_url.replace("openidconfiguration", "keys")
        return web.json_response({"issuer": "https://api.botframework.com", "jwks_uri": jwks})

    async def _key_set(self, request: web.Request) -> web.Response:
        self.key_reads += 1
        return web.json_response(self.signer.key_set())

    async def _authority(self, request: web.Request) -> web.Response:
        base = f"{self.origin}/{request.match_info['tenant']}"
        return web.json_response(
            {
                "issuer": f"{base}/v2.0",
                "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
                "token_endpoint": f"{base}/oauth2/v2.0/token",
            }
        )

    async def _issue_token(self, request: web.Request) -> web.Response:
        self.token_requests.append({name: str(value) for name, value in (await request.post()).items()})
        return web.json_response({"token_type": "Bearer", "expires_in": 3600, "access_token": BOT_TOKEN})


class _Here(AbstractResolver):
    """Every name is this machine, and every port the fake's."""

    def __init__(self, port: int) -> None:
        self._port = port

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        return [
            ResolveResult(hostname=host, host="127.0.0.1", port=self._port, family=socket.AF_INET, proto=0, flags=0)
        ]

    async def close(self) -> None:
        """Nothing is open."""


def _is_whole(message: Any, conversation_id: str) -> bool:
    """Whether a message names its conversation with tenant and kind, and in a personal one the person. Names are read
    in any case, as the connector does: the SDK writes `tenantID`.
    """
    place, person = (
        {name.lower(): value for name, value in message.get(part, {}).items()}
        for part in ("conversation", "recipient")
    )
    known = place.get("id") == conversation_id and place.get("tenantid") and place.get("conversationtype")
    return bool(known and (place["conversationtype"] != "personal" or person.get("aadobjectid")))


def _error(status: int, code: str) -> web.Response:
    return web.json_response({"error": {"code": code, "message": "made up"}}, status=status)
