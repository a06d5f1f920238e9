"""The pretend tenant as an HTTPS server on loopback, in this process."""

import json
import socket
import ssl
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import trustme
from aiohttp import web

from simulator.admin import Admin
from simulator.azure import Azure
from simulator.entra.clients import Client, make_clients
from simulator.entra.endpoint import Authority
from simulator.entra.tokens import TokenIssuer
from simulator.faults import FaultPlan
from simulator.graph.administration import Administration
from simulator.graph.dialect import REAL, Dialect
from simulator.graph.errors import Trace
from simulator.graph.limits import APP_WRITES, WriteLimits
from simulator.graph.operations.drives import ACCOUNTS, FOLDER
from simulator.graph.quotas import Quotas
from simulator.graph.service import Dropped, GraphService, Sent, begun, broken
from simulator.graph.world import World
from simulator.people.directory_names import (
    APP_CATALOG_ID,
    APP_ROLES,
    BOT_SERVICE_PRINCIPAL_ID,
    IDENTIFIER_EXTENSION,
    ROLE_EXTENSION,
    SITES_HOST,
    TENANT_ID,
    WRITER_CLIENT_ID,
)
from simulator.people.model import TenantOptions
from simulator.people.usernames import DOMAIN
from simulator.store.links import plant_links
from simulator.store.tenant import Tenant

HOST = "127.0.0.1"
GRAPH, LOGIN = "https://graph.microsoft.com", "https://login.microsoftonline.com"
NAMES = ("graph.microsoft.com", "login.microsoftonline.com", "management.azure.com")
"""What `named` answers to."""
_CA = "ca.pem"


@dataclass(frozen=True, slots=True)
class ServerOptions:
    """How to serve. `latency` in milliseconds; `throttle` and `errors` are shares of all requests, 0 … 1.

    `links` plants class links in every state. `writes_per_150s` is how many changes to identities one application
    may make in 150 seconds; `all_limits`: reads are limited too (graph.quotas). `permissions` are those consented to,
    by application; None for the simulator's own.
    `named`: its addresses are Microsoft's own, for clients to whom these names lead here.
    """

    tenant: TenantOptions
    state: Path
    port: int = 0
    latency: float = 0.0
    throttle: float = 0.0
    errors: float = 0.0
    writes_per_150s: int = APP_WRITES
    all_limits: bool = False
    links: bool = False
    dialect: Dialect = field(default_factory=lambda: REAL)
    administration: Administration = field(default_factory=Administration)
    permissions: Mapping[str, Sequence[str]] | None = None
    named: bool = False

    def check(self) -> None:
        """Raises ValueError in words for the person at the command line."""
        self.tenant.check()
        if self.latency < 0 or self.throttle < 0 or self.errors < 0 or self.throttle + self.errors > 1:
            raise ValueError("--latency, --throttle, --errors: not negative, and the two shares at most 1 together")
        if self.writes_per_150s < 1:
            raise ValueError("--writes-per-150s: at least 1")


@dataclass(frozen=True, slots=True)
class Running:
    """A running simulator: its address and what a client must know (the line `serve` prints)."""

    base: str
    description: dict[str, Any]


@asynccontextmanager
async def running(options: ServerOptions) -> AsyncIterator[Running]:
    """Serves until the block is left. The certificates and the working copy of the data go with it."""
    options.check()
    with ExitStack() as cleanup:
        tenant = Tenant(options.tenant, options.state)
        cleanup.callback(tenant.close)
        if options.links:
            plant_links(tenant, datetime.now(UTC))
        folder = TemporaryDirectory(prefix="certificates-", dir=options.state.resolve(), ignore_cleanup_errors=True)
        certificates = Path(cleanup.enter_context(folder))
        listener = cleanup.enter_context(socket.create_server((HOST, options.port)))
        here = f"https://{HOST}:{listener.getsockname()[1]}"
        base, login = (GRAPH, LOGIN) if options.named else (here, here)
        clients = make_clients(options.permissions)
        tokens = TokenIssuer(f"{login}/{TENANT_ID}/v2.0")
        dice = Random(options.tenant.seed)
        faults = FaultPlan(dice, options.latency / 1000, options.throttle, options.errors)
        limits = WriteLimits(per_app=options.writes_per_150s)
        quotas = Quotas(enforced=options.all_limits)
        world = World(tenant, options.dialect, dice, limits=limits, quotas=quotas, links=options.links)
        world.administration = options.administration
        graph = GraphService(world, tokens, faults, base)
        handler = _Handler(graph, Authority(login, clients, tokens, world.registered, world.roles_of))
        application = web.Application(client_max_size=4 * 1024 * 1024)
        application.router.add_route("*", "/{tail:.*}", handler.handle)
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=1)
        await runner.setup()
        try:
            await web.SockSite(runner, listener, ssl_context=_server_certificate(certificates)).start()
            described = _description(certificates, clients, tenant, options.administration)
            yield Running(here, {"graph": base, "authority": login, **described})
        finally:
            await runner.cleanup()


def _description(
    certificates: Path, clients: Mapping[str, Client], tenant: Tenant, administration: Administration
) -> dict[str, Any]:
    described = {}
    for name, client in clients.items():
        pem = certificates / f"{name}.pem"
        pem.touch(mode=0o600)
        pem.write_bytes(client.pem)
        described[name] = {"id": client.id, "secret": client.secret, "certificate_file": str(pem)}
    return {
        "ca_file": str(certificates / _CA),
        "tenant": TENANT_ID,
        "clients": described,
        "domain": DOMAIN,
        "role_extension": ROLE_EXTENSION,
        "identifier_extension": IDENTIFIER_EXTENSION,
        "app_catalog_id": APP_CATALOG_ID,
        "teams_app_id": administration.manifest_id,
        "lists_folder": "/".join(FOLDER),
        "account_lists_folder": "/".join(ACCOUNTS),
        "sites_host": SITES_HOST,
        "schools_file": str(_schools_file(certificates, tenant)),
        "writer_roles": list(map(str, administration.assigned(WRITER_CLIENT_ID))),
        "app_roles": APP_ROLES,
        "app_roles_resource": BOT_SERVICE_PRINCIPAL_ID,
    }


def _schools_file(folder: Path, tenant: Tenant) -> Path:
    """What the public register of institutions says of these schools: it knows where they are."""
    rows = tenant.ask("SELECT code, town, region FROM school ORDER BY code")
    lines = ["code;name;town;region", *(";".join((row["code"], "", row["town"], row["region"])) for row in rows)]
    file = folder / "schools.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def _server_certificate(certificates: Path) -> ssl.SSLContext:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(certificates / _CA))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(HOST, "localhost", *NAMES).configure_cert(context)
    return context


class _Handler:
    """Every HTTP request: to the administrator, to the authority, to Azure, or to Graph."""

    def __init__(self, graph: GraphService, authority: Authority) -> None:
        self._graph, self._authority, self._admin = graph, authority, Admin(graph, authority)
        self._azure = Azure(graph.world, graph.tokens)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One request."""
        match request.method, request.path.strip("/").split("/"):
            case method, ["_simulator" | "subscriptions" as whose, *rest]:
                body, bearer = await _body(request), request.headers.get("Authorization", "")
                azure = whose == "subscriptions"
                return _json(
                    *self._azure.answer(method, request.path, bearer, body)
                    if azure
                    else self._admin.answer(method, "/".join(rest), body)
                )
            case "GET", ["_files", token]:
                return self._download(request, token)
            case _, ["v1.0" | "beta", _, *_]:
                return await self._ask_graph(request)
            case "GET", ["common", "discovery", "instance"]:
                return _json(*self._authority.instance_discovery())
            case "GET", [tenant, "v2.0", ".well-known", "openid-configuration"]:
                return _json(*self._authority.openid_configuration(tenant))
            case "GET", [_, "discovery", "v2.0", "keys"]:
                return _json(200, self._graph.tokens.keys())
            case "POST", [tenant, "oauth2", "v2.0", "token" | "devicecode"]:
                return await self._ask_authority(request, tenant)
            case _:
                return _json(
                    404, {"error": {"code": "BadRequest", "message": "Invalid version: neither v1.0 nor beta."}}
                )

    def _download(self, request: web.Request, token: str) -> web.StreamResponse:
        """What lies at a pre-authenticated address; a token that comes along is a client's mistake."""
        content = self._graph.world.registers.tokens.get(token)
        if content is None or "Authorization" in request.headers:
            return web.Response(status=401)
        return web.Response(body=content, content_type="text/csv")

    async def _ask_authority(self, request: web.Request, tenant: str) -> web.StreamResponse:
        """Entra fails only when told to: by chance it would fail inside MSAL, where nobody can look."""
        headers = {key.lower(): value for key, value in request.headers.items()}
        try:
            fault = await begun(self._graph.faults.wanted_for("POST token", headers.get("x-simulator-fault")))
        except Dropped:
            return _dropped(request)
        except ValueError as error:
            return _json(400, {"error": str(error)})
        if fault is not None and not fault.carried_out:
            return _response(broken(fault, Trace.start(self._graph.world.dice, headers)))
        form = {key: str(value) for key, value in (await request.post()).items()}
        asks = self._authority.token if request.path.endswith("/token") else self._authority.device_code
        status, body = asks(tenant, form)
        if fault is not None and fault.kind == "lost":
            return _dropped(request)
        return _json(status, body) if fault is None else web.Response(status=status, text='{"token_type": "Bea')

    async def _ask_graph(self, request: web.Request) -> web.StreamResponse:
        headers = {key.lower(): value for key, value in request.headers.items()}
        try:
            sent = await self._graph.answer(request.method, request.raw_path, headers, await _body(request))
        except Dropped:
            return _dropped(request)
        return _response(sent)


def _response(sent: Sent) -> web.Response:
    text = sent.text
    if text is None:
        text = "" if sent.body is None else json.dumps(sent.body, ensure_ascii=False)
    return web.Response(status=sent.status, body=text.encode(), headers=sent.headers)


def _dropped(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)


async def _body(request: web.Request) -> Any:
    raw = await request.read()
    try:
        return json.loads(raw) if raw else None
    except ValueError:
        return None


def _json(status: int, body: dict[str, Any]) -> web.Response:
    return web.json_response(body, status=status)
