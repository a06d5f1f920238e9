"""The real MSAL against an authority of our own, over HTTPS with its own certificate."""

import asyncio
import datetime as dt
import json
import logging
import ssl
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import aiohttp
import jwt
import pytest
import trustme
from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from bot.core.errors import DirectoryError, DirectoryForbidden, DirectoryUnavailable
from bot.graph.describing import Call
from bot.graph.options import Certificate, GraphOptions, ManagedIdentity
from bot.graph.tokens import MsalTokens
from bot.graph.transport import GraphTransport
from tests.unit.graph.hostile import TENANT, Clockwork, options

SECRET = "s3cret"


@dataclass
class Authority:
    """A token endpoint: counts what it is asked, and lies when told to."""

    server: TestServer
    ca_file: Path
    discoveries: int = 0
    forms: list[dict[str, str]] = field(default_factory=list)
    lifetime: int = 3600
    trouble: Callable[[], web.Response] | None = None
    slowness: float = 0.0

    @property
    def url(self) -> str:
        return str(self.server.make_url("")).rstrip("/")

    async def discovery(self, request: web.Request) -> web.Response:
        self.discoveries += 1
        base = f"{self.url}/{TENANT}"
        return web.json_response(
            {
                "issuer": f"{base}/v2.0",
                "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
                "token_endpoint": f"{base}/oauth2/v2.0/token",
            }
        )

    async def token(self, request: web.Request) -> web.Response:
        self.forms.append({name: str(value) for name, value in (await request.post()).items()})
        await asyncio.sleep(self.slowness)
        if self.trouble is not None:
            return self.trouble()
        body = {"token_type": "Bearer", "access_token": f"at-{len(self.forms)}", "expires_in": self.lifetime}
        return web.json_response(body)


async def echo(request: web.Request) -> web.Response:
    return web.json_response({"token": request.headers["Authorization"]})


@pytest.fixture
async def authority(tmp_path: Path) -> AsyncIterator[Authority]:
    ca = trustme.CA()
    ca_file = tmp_path / "ca.pem"
    ca.cert_pem.write_to_path(str(ca_file))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    ca.issue_cert("127.0.0.1").configure_cert(context)
    application = web.Application()
    server = TestServer(application, scheme="https")
    result = Authority(server, ca_file)
    application.router.add_get(f"/{TENANT}/v2.0/.well-known/openid-configuration", result.discovery)
    application.router.add_post(f"/{TENANT}/oauth2/v2.0/token", result.token)
    application.router.add_get("/v1.0/thing", echo)
    await server.start_server(ssl=context)
    yield result
    await server.close()


def settings(authority: Authority, **changes: Any) -> GraphOptions:
    made = replace(options("http://127.0.0.1:1"), authority=authority.url, ca_file=str(authority.ca_file), **changes)
    made.check()
    return made


async def test_a_secret_becomes_a_token_for_graph(authority: Authority):
    tokens = MsalTokens(settings(authority))
    assert await tokens.bearer() == "at-1"
    (form,) = authority.forms
    assert form["scope"] == "https://graph.microsoft.com/.default"
    assert (form["client_id"], form["client_secret"], form["grant_type"]) == (
        "bot-client",
        SECRET,
        "client_credentials",
    )


async def test_an_environments_ca_bundle_does_not_replace_ours(authority: Authority, monkeypatch, tmp_path: Path):
    other = tmp_path / "other.pem"
    trustme.CA().cert_pem.write_to_path(str(other))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(other))
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    assert await MsalTokens(settings(authority)).bearer() == "at-1"


async def test_many_who_ask_at_once_share_one_request(authority: Authority):
    authority.slowness = 0.05
    tokens = MsalTokens(settings(authority))
    assert set(await asyncio.gather(*(tokens.bearer() for _ in range(50)))) == {"at-1"}
    assert (authority.discoveries, len(authority.forms)) == (1, 1)


async def test_one_who_gives_up_does_not_take_the_token_from_the_others(authority: Authority):
    authority.slowness = 0.2
    tokens = MsalTokens(settings(authority))

    async def impatient() -> str:
        async with asyncio.timeout(0.05):
            return await tokens.bearer()

    impatient_result, token = await asyncio.gather(impatient(), tokens.bearer(), return_exceptions=True)
    assert isinstance(impatient_result, TimeoutError)
    assert token == "at-1"
    assert len(authority.forms) == 1


async def test_the_loop_is_free_while_msal_works(authority: Authority):
    # The authority lives on this very loop: a blocking MSAL could never get its answer.
    async with asyncio.timeout(10):
        await MsalTokens(settings(authority)).bearer()


async def settled(tokens: MsalTokens) -> None:
    if tokens._refresh is not None:
        await asyncio.wait([tokens._refresh])
        await asyncio.sleep(0)


async def test_a_token_is_renewed_five_minutes_early_and_nobody_waits(authority: Authority):
    clock = Clockwork()
    authority.lifetime = 400  # MSAL's own cache calls a token with less than five minutes left expired
    tokens = MsalTokens(settings(authority), clock.now)
    assert await tokens.bearer() == "at-1"
    clock.time += 199
    assert await tokens.bearer() == "at-1"
    assert tokens.refreshes == 1
    clock.time += 2
    authority.slowness = 0.05
    assert await tokens.bearer() == "at-1"
    await settled(tokens)
    assert tokens.refreshes == 2


async def test_a_failed_early_renewal_keeps_the_old_token_and_is_not_hammered(authority: Authority, caplog):
    clock = Clockwork()
    authority.lifetime = 290
    tokens = MsalTokens(settings(authority), clock.now)
    await tokens.bearer()
    authority.trouble = lambda: web.json_response({"error": "server_error", "error_description": "x"}, status=400)
    clock.time += 200
    for _ in range(20):
        assert await tokens.bearer() == "at-1"
        await settled(tokens)
    assert tokens.refreshes == 2
    assert "server_error" in caplog.text


async def test_an_expired_token_is_never_given_out(authority: Authority):
    clock = Clockwork()
    authority.lifetime = 290
    tokens = MsalTokens(settings(authority), clock.now)
    await tokens.bearer()
    clock.time += 290
    assert await tokens.bearer() == "at-2"


async def test_a_dropped_token_does_not_come_back_from_a_cache(authority: Authority):
    tokens = MsalTokens(settings(authority))
    first = await tokens.bearer()
    tokens.drop(first)
    assert await tokens.bearer() == "at-2"
    tokens.drop(first)  # somebody late: the new one stays
    assert await tokens.bearer() == "at-2"


@pytest.mark.parametrize(
    ("trouble", "kind", "code"),
    [
        (
            {"error": "invalid_client", "error_description": f"AADSTS7000215 {SECRET}"},
            DirectoryForbidden,
            "invalid_client",
        ),
        ({"error": "temporarily_unavailable"}, DirectoryUnavailable, "temporarily_unavailable"),
        ({"error": f"{SECRET} 4146054046"}, DirectoryForbidden, "unknown"),
        ({"error": ["x"]}, DirectoryForbidden, "unknown"),
    ],
)
async def test_a_refusal_is_told_without_msals_words(
    authority: Authority, caplog, trouble, kind: type[DirectoryError], code: str
):
    caplog.set_level(logging.DEBUG, logger="bot")
    authority.trouble = lambda: web.json_response(trouble, status=401)
    with pytest.raises(kind) as caught:
        await MsalTokens(settings(authority)).bearer()
    assert caught.value.code == f"token-{code}"
    assert SECRET not in str(caught.value) + repr(caught.value)
    assert SECRET not in " ".join(record.getMessage() for record in caplog.records if record.name.startswith("bot"))


@pytest.mark.parametrize(
    "body",
    [
        {"access_token": "", "expires_in": 3600},
        {"access_token": "x", "expires_in": -1, "token_type": "Bearer"},
        {"access_token": "x", "expires_in": None},
        "<html>proxy</html>",
        [],
    ],
)
async def test_a_token_answer_that_is_none_is_an_error_of_ours_to_name(authority: Authority, body):
    authority.trouble = lambda: web.Response(
        text=body if isinstance(body, str) else json.dumps(body), content_type="application/json"
    )
    with pytest.raises((DirectoryForbidden, DirectoryUnavailable)):
        await MsalTokens(settings(authority)).bearer()


async def test_an_authority_that_is_away_is_unavailable_and_then_tried_again(authority: Authority):
    away = settings(authority, attempt_timeout=1.0)
    tokens = MsalTokens(replace(away, authority="https://127.0.0.1:9"))
    with pytest.raises(DirectoryUnavailable):
        await tokens.bearer()
    with pytest.raises(DirectoryUnavailable):
        await tokens.bearer()
    assert tokens.refreshes == 2


async def test_an_unknown_certificate_is_refused(authority: Authority, tmp_path: Path):
    other = tmp_path / "other.pem"
    trustme.CA().cert_pem.write_to_path(str(other))
    with pytest.raises(DirectoryUnavailable):
        await MsalTokens(replace(settings(authority), ca_file=str(other))).bearer()
    assert authority.forms == []


async def test_a_certificate_signs_for_the_application(authority: Authority):
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "bot")])
    now = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now)
        .not_valid_after(now + dt.timedelta(days=3650))
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.BestAvailableEncryption(b"pw")
    ).decode()
    public = certificate.public_bytes(serialization.Encoding.PEM).decode()
    both = settings(authority, credential=Certificate(private, public, "pw"))
    assert await MsalTokens(both).bearer() == "at-1"
    assertion = authority.forms[0]["client_assertion"]
    claims = jwt.decode(assertion, key.public_key(), algorithms=["RS256", "PS256"], options={"verify_aud": False})
    assert claims["iss"] == "bot-client"
    assert "client_secret" not in authority.forms[0]


async def test_a_managed_identity_asks_the_machine(authority: Authority, monkeypatch):
    asked: list[str] = []

    async def endpoint(request: web.Request) -> web.Response:
        asked.append(request.query["resource"] + " " + request.query.get("client_id", ""))
        return web.json_response(
            {"access_token": "mi", "expires_on": "4102444800", "resource": "r", "token_type": "Bearer"}
        )

    application = web.Application()
    application.router.add_get("/msi", endpoint)
    server = TestServer(application)
    await server.start_server()
    monkeypatch.setenv("IDENTITY_ENDPOINT", str(server.make_url("/msi")))
    monkeypatch.setenv("IDENTITY_HEADER", "header")
    try:
        identity = settings(authority, credential=ManagedIdentity("user-assigned"))
        assert await MsalTokens(identity).bearer() == "mi"
    finally:
        await server.close()
    assert asked == ["https://graph.microsoft.com user-assigned"]


async def test_over_https_the_transport_trusts_the_same_file(authority: Authority):
    both = settings(authority, base_url=authority.url)
    async with aiohttp.ClientSession() as session:
        transport = GraphTransport(session, MsalTokens(both), both)
        answer = await transport.send(Call("look", "GET", "GET /thing", "/thing"))
        assert answer.value() == {"token": "Bearer at-1"}
        distrustful = replace(both, ca_file=None)
        with pytest.raises(DirectoryUnavailable):
            await GraphTransport(session, MsalTokens(both), distrustful).send(
                Call("look", "GET", "GET /thing", "/thing", repeatable=False)
            )
