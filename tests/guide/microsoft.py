"""Microsoft, for the walk: the pretend tenant and a pretend Teams under Microsoft's own names, and who trusts them."""

import json
import socket
import ssl
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import jwt
import trustme
from aiohttp.abc import AbstractResolver, ResolveResult

from demo.processes import Program, free_port
from demo.stack import clean_environment, has
from tests.architecture.tree import ROOT
from tests.connector import FakeTeams

CONNECTOR = "https://api.botframework.com"
TENANT_NAMES = ("graph.microsoft.com", "login.microsoftonline.com", "management.azure.com")
TEAMS_NAMES = ("login.botframework.com", "smba.trafficmanager.net")


@dataclass(slots=True)
class Microsoft:
    """`names` leads programs of the walk to what pretends; `folder` holds that, and what they trust."""

    folder: Path
    tenant: Mapping[str, Any]
    names: dict[str, tuple[str, int]]
    site: trustme.CA = field(default_factory=trustme.CA)
    """Who signed the certificate of the operator's own site."""

    def lead(self, *names: str, to: int) -> None:
        """These names (with a port, or 443) are on this port here, for programs that start from now on."""
        for name in names:
            self.names[name if ":" in name else f"{name}:443"] = ("127.0.0.1", to)
        (self.folder / "names.json").write_text(json.dumps(self.names), encoding="utf-8")

    def trust(self, authority: bytes) -> None:
        """One more authority that the walk's machine believes."""
        with (self.folder / "trusted.pem").open("ab") as file:
            file.write(authority)

    def trust_file(self, file: str) -> None:
        """The same, from a file."""
        self.trust(Path(file).read_bytes())

    def environment(self, pace: float) -> dict[str, str]:
        """What makes a program meet these instead of Microsoft."""
        bundle = str(self.folder / "trusted.pem")
        return {
            "PYTHONPATH": str(Path(__file__).parent / "names"),
            "WALK_NAMES": str(self.folder / "names.json"),
            "WALK_PACE": str(pace),
            "SSL_CERT_FILE": bundle,
            "REQUESTS_CA_BUNDLE": bundle,
        }

    @property
    def trusting(self) -> ssl.SSLContext:
        """For what this process asks."""
        return ssl.create_default_context(cafile=str(self.folder / "trusted.pem"))

    def session(self) -> aiohttp.ClientSession:
        """Asks by the same names."""
        connector = aiohttp.TCPConnector(ssl=self.trusting, resolver=_Leading(self.names))
        return aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(total=30))

    async def admin(self, path: str, body: Any = None) -> Any:
        """What can be told and asked behind Graph's back."""
        async with self.session() as session:
            method, url = "GET" if body is None else "POST", f"https://graph.microsoft.com/_simulator/{path}"
            async with session.request(method, url, json=body) as answer:
                assert answer.status == 200, await answer.text()
                return await answer.json()

    async def as_administrator(self, method: str, url: str, body: Any = None) -> Any:
        """A request of somebody who is signed in, as Graph Explorer or a portal sends it."""
        who, tenant = self.tenant["clients"]["administrator"], self.tenant["tenant"]
        form = {
            "grant_type": "client_credentials",
            "client_id": who["id"],
            "client_secret": who["secret"],
            "scope": "https://graph.microsoft.com/.default",
        }
        async with self.session() as session:
            login = f"https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token"
            async with session.post(login, data=form) as answer:
                token = (await answer.json())["access_token"]
            headers = {"Authorization": f"Bearer {token}"}
            async with session.request(method, url, json=body, headers=headers) as answer:
                assert answer.status < 300, await answer.text()
                return await answer.json() if answer.status == 200 else None

    @asynccontextmanager
    async def teams(self, app_id: str) -> AsyncIterator[FakeTeams]:
        """Teams, for the bot with this id: it takes the tokens that the tenant gives this bot."""

        def takes(token: str) -> bool:
            claims = jwt.decode(token, options={"verify_signature": False})
            return bool(claims["aud"] == CONNECTOR and claims["appid"] == app_id)

        async with FakeTeams(app_id=app_id, tls=True, takes=takes, client=self.session) as teams:
            assert teams.ca_file is not None
            self.trust_file(teams.ca_file)
            self.lead(*TEAMS_NAMES, to=int(teams.origin.rpartition(":")[2]))
            yield teams


@asynccontextmanager
async def microsoft(folder: Path, *options: str) -> AsyncIterator[Microsoft]:
    """A tenant that nothing of ours was registered in, in the profile `real`."""
    port = free_port()
    usual = ("--state", str(folder / "state"), "--named", "--port", str(port), "--profile", "real", "--links")
    nothing_done = ("--app-names", "", "--site-grants", "")
    program = Program(
        "the pretend tenant",
        [sys.executable, "-m", "simulator", "serve", *usual, *nothing_done, *options],
        log=folder / "tenant.log",
        cwd=ROOT,
        env=clean_environment(),
    )
    try:
        tenant = json.loads(program.wait_for_line(lambda line: has(line, "graph"), seconds=60))
        made = Microsoft(folder, tenant, {})
        made.lead(*TENANT_NAMES, to=port)
        made.trust_file(tenant["ca_file"])
        made.trust(made.site.cert_pem.bytes())
        yield made
    finally:
        program.stop()


class _Leading(AbstractResolver):
    def __init__(self, names: Mapping[str, tuple[str, int]]) -> None:
        self._names = names

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        address, there = self._names[f"{host}:{port}"]
        return [ResolveResult(hostname=host, host=address, port=there, family=family, proto=0, flags=0)]

    async def close(self) -> None:
        """Nothing is open."""
