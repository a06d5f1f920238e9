"""Checks 1 to 6 (our settings, Entra, the channel, our pages), and answers that no tenant should give."""

import asyncio
import json
import ssl
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jwt
import pytest
import trustme
from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography.hazmat.primitives.asymmetric import rsa

from bot.core.clock import day_in_sofia
from bot.runtime.doctor.examination import Finding, Outside
from bot.teams.options import TeamsOptions
from simulator.graph.dialect import KIND
from simulator.people.model import TenantOptions
from simulator.server import ServerOptions
from tests.integration.doctor_visit import APP_ID, environment, known_to_teams, said_of, visit
from tests.unit.runtime.test_certificates import pem
from tests.unit.simulator.living import TODAY, Client, served

OTHER = "5a1e0000-0000-4000-8000-00000000ffff"


@pytest.fixture(scope="module")
def tenant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    options = ServerOptions(TenantOptions(today=TODAY, students=300), tmp_path_factory.mktemp("s"), dialect=KIND)
    with served(options) as client:
        yield client


async def test_settings_of_a_first_start_are_right(tenant: Client, tmp_path: Path) -> None:
    found = await visit("settings", environment(tenant, tmp_path))

    assert said_of(found) == [
        ("ok", "settings-right"),
        ("ok", "settings-key-made"),
        ("warn", "settings-days-none"),
        ("warn", "settings-support-none"),
        ("warn", "settings-offices-some"),
    ]
    assert not any(one.to_mend for one in found)


async def test_a_key_file_that_others_can_read_is_named(tenant: Client, tmp_path: Path) -> None:
    key = tmp_path / "master.key"
    key.write_text("ab" * 32)
    key.chmod(0o644)
    usual = environment(tenant, tmp_path, KEY_FILE=str(key))

    assert ("fail", "settings-key") in said_of(await visit("settings", usual))
    key.chmod(0o600)
    assert ("ok", "settings-key-right") in said_of(await visit("settings", usual))


async def test_school_days_of_this_year_are_looked_for(tenant: Client, tmp_path: Path) -> None:
    file = tmp_path / "days.json"
    file.write_text(json.dumps({"off": [{"from": "2025-12-24", "to": "2026-01-05"}], "on": []}))
    usual = environment(tenant, tmp_path, SCHOOL_DAYS_FILE=str(file))

    def at(year: int, month: int = 11) -> Outside:
        return Outside(clock=lambda: datetime(year, month, 23, tzinfo=UTC))

    assert ("ok", "settings-days-right") in said_of(await visit("settings", usual, at(2025)))
    assert ("ok", "settings-days-right") in said_of(await visit("settings", usual, at(2026, 8)))
    assert ("warn", "settings-days-none") in said_of(await visit("settings", usual, at(2026)))
    for month in (7, 8):  # of the year that begins
        (found,) = [
            one for one in await visit("settings", usual, at(2025, month)) if "settings-days" in one.meaning.text_id
        ]
        assert (found.status, found.meaning.args["year"]) == ("ok", "2025/2026")
    assert ("warn", "settings-days-none") in said_of(await visit("settings", usual, at(2025, 6)))
    file.write_text("no days")
    assert ("fail", "settings-days-unread") in said_of(await visit("settings", usual, at(2025)))


async def test_support_without_a_name_is_told_and_is_nothing_to_mend(tenant: Client, tmp_path: Path) -> None:
    (nameless,) = [one for one in await visit("settings", environment(tenant, tmp_path)) if _of_support(one)]
    assert (nameless.status, nameless.meaning.text_id, nameless.to_mend) == ("warn", "settings-support-none", False)

    usual = environment(tenant, tmp_path, SUPPORT_PHONE="02 000 00 00", SUPPORT_PAGE="https://help.example.bg")
    (named,) = [one for one in await visit("settings", usual) if _of_support(one)]
    assert (named.status, named.meaning.text_id) == ("ok", "settings-support-right")
    assert named.came.args == {"words": "02 000 00 00, https://help.example.bg"}


def _of_support(finding: Finding) -> bool:
    return finding.asked.text_id == "settings-support-asked"


@pytest.mark.parametrize(
    ("days", "status", "said"),
    [
        (31, "ok", "settings-certificate-right"),
        (30, "warn", "settings-certificate-soon"),
        (8, "warn", "settings-certificate-soon"),
        (7, "fail", "settings-certificate-ends"),
        (-1, "fail", "settings-certificate-ends"),
    ],
)
async def test_a_certificate_that_ends_is_told_with_its_day(
    tenant: Client, tmp_path: Path, days, status, said
) -> None:
    now = datetime(2026, 12, 1, 12, tzinfo=UTC)
    file = str(pem(tmp_path / "reader.pem", now + timedelta(days=days)))
    usual = environment(tenant, tmp_path, GRAPH_CLIENT_SECRET="", GRAPH_CERTIFICATE_FILE=file)

    found = await visit("settings", usual, Outside(clock=lambda: now))
    (one,) = [each for each in found if each.asked.text_id == "settings-certificate-asked"]
    assert (one.status, one.meaning.text_id) == (status, said)
    assert one.asked.args == {"setting": "GRAPH_CERTIFICATE_FILE"}
    assert one.came.args == {"day": day_in_sofia(now + timedelta(days=days)).isoformat()}
    assert one.to_mend is (status != "ok")


async def test_an_empty_file_that_a_setting_names_is_told(tenant: Client, tmp_path: Path) -> None:
    (tmp_path / "empty.json").touch()

    found = await visit("settings", environment(tenant, tmp_path, SCHOOL_DAYS_FILE=str(tmp_path / "empty.json")))

    assert ("fail", "settings-files") in said_of(found)
    assert found[-1].came.args == {"words": "SCHOOL_DAYS_FILE"}


async def test_options_for_teams_that_cannot_work_are_named(tenant: Client, tmp_path: Path) -> None:
    wrong = known_to_teams(tenant, tmp_path, BOT_SERVICE_HOSTS="*.trafficmanager.net")

    assert said_of(await visit("settings", wrong))[0] == ("fail", "settings-teams")


async def test_entra_and_the_clock_are_right(tenant: Client, tmp_path: Path) -> None:
    found = await visit("authority", environment(tenant, tmp_path))

    assert said_of(found) == [("ok", "authority-right"), ("ok", "authority-clock-right")]


@pytest.mark.parametrize("minutes", [-6, 6])
async def test_a_clock_that_is_wrong_is_named(tenant: Client, tmp_path: Path, minutes: int) -> None:
    skewed = Outside(clock=lambda: datetime.now(UTC) + timedelta(minutes=minutes))

    found = await visit("authority", environment(tenant, tmp_path), skewed)

    assert said_of(found) == [("ok", "authority-right"), ("fail", "authority-clock")]


async def test_a_tenant_that_entra_does_not_know_is_named(tenant: Client, tmp_path: Path) -> None:
    found = await visit("authority", environment(tenant, tmp_path, TENANT_ID=OTHER))

    assert said_of(found) == [("fail", "authority-unknown")]


async def test_entra_that_cannot_be_reached_is_named(tenant: Client, tmp_path: Path) -> None:
    found = await visit("authority", environment(tenant, tmp_path, GRAPH_AUTHORITY="https://127.0.0.1:1"))

    assert said_of(found) == [("fail", "authority-silent")]
    assert found[0].came.text_id == "came-refused"


@asynccontextmanager
async def serving(answer: Callable[[web.Request], Any]) -> AsyncIterator[str]:
    """A program that answers every request so; its address."""

    async def handle(request: web.Request) -> web.StreamResponse:
        found = answer(request)
        response: web.StreamResponse = await found if asyncio.iscoroutine(found) else found
        return response

    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", handle)
    server = TestServer(app)
    await server.start_server()
    try:
        yield str(server.make_url("")).rstrip("/")
    finally:
        await server.close()


def channel(endorsements: Any) -> Callable[[web.Request], web.StreamResponse]:
    """The channel's metadata, with one key that may sign for these channels."""
    key = jwt.algorithms.RSAAlgorithm.to_jwk(rsa.generate_private_key(65537, 2048).public_key(), as_dict=True)

    def answer(request: web.Request) -> web.StreamResponse:
        if request.path == "/keys":
            return web.json_response({"keys": [{**key, "kid": "one", "endorsements": endorsements}]})
        return web.json_response({"jwks_uri": f"{request.url.origin()}/keys"})

    return answer


@pytest.mark.parametrize(
    ("endorsements", "expected"),
    [
        (["msteams", "skype"], ("ok", "channel-right")),
        (["skype"], ("fail", "channel-none")),
        (None, ("fail", "channel-unread")),
    ],
)
async def test_the_keys_must_sign_for_teams(
    tenant: Client, tmp_path: Path, endorsements: Any, expected: tuple[str, str]
) -> None:
    async with serving(channel(endorsements)) as address:
        outside = Outside(teams=lambda options: replace(options, openid_metadata_url=f"{address}/metadata"))
        found = await visit("channel", known_to_teams(tenant, tmp_path), outside)

    assert said_of(found) == [expected]


def gives(**claims: str) -> Outside:
    """The bot's token, with these claims."""
    token = jwt.encode(claims, "x" * 32, algorithm="HS256")

    async def bearer() -> str:
        return token

    return Outside(connector_token=lambda options: bearer)


@pytest.mark.parametrize(
    ("tid", "appid", "expected"),
    [
        (None, APP_ID.upper(), ("ok", "bot-token-right")),
        (OTHER, APP_ID, ("fail", "bot-token-tenant")),
        (None, OTHER, ("fail", "bot-token-other")),
    ],
)
async def test_the_bots_token_is_of_our_tenant_and_app(
    tenant: Client, tmp_path: Path, tid: str | None, appid: str, expected: tuple[str, str]
) -> None:
    outside = gives(tid=tid or tenant.description["tenant"], appid=appid)

    assert said_of(await visit("bot-token", known_to_teams(tenant, tmp_path), outside)) == [expected]


async def test_a_bot_that_entra_refuses_is_named_with_entras_word(tenant: Client, tmp_path: Path) -> None:
    def here(options: TeamsOptions) -> TeamsOptions:
        said = tenant.description
        return replace(options, authority=said["authority"], ca_file=said["ca_file"])

    found = await visit("bot-token", known_to_teams(tenant, tmp_path), Outside(teams=here))

    assert said_of(found) == [("fail", "bot-token-refused")]
    assert found[0].came.args == {"words": "unauthorized_client"}


async def test_a_bot_in_development_has_nothing_to_do_with_teams(tenant: Client, tmp_path: Path) -> None:
    for name in ("channel", "bot-token", "egress"):
        assert said_of(await visit(name, environment(tenant, tmp_path))) == [("skipped", "skipped-development")]


async def test_the_way_to_teams(tenant: Client, tmp_path: Path) -> None:
    authority, context = trustme.CA(), ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    server = await asyncio.start_server(lambda reader, writer: writer.close(), "127.0.0.1", 0, ssl=context)
    port = server.sockets[0].getsockname()[1]

    async def found(ca_file: str | None, at: int) -> tuple[str, str]:
        outside = Outside(
            teams=lambda options: replace(options, service_hosts=("127.0.0.1",), ca_file=ca_file), channel_port=at
        )
        (one,) = said_of(await visit("egress", known_to_teams(tenant, tmp_path), outside))
        return one

    async with server:
        assert await found(str(tmp_path / "ca.pem"), port) == ("ok", "egress-right")
        assert await found(None, port) == ("fail", "egress-certificate")
    assert await found(str(tmp_path / "ca.pem"), 1) == ("fail", "egress-closed")


RIGHT = {
    "/api/messages": 405,
    "/slips/x": 410,
    "/links/table/x": 410,
    "/links/accounts/x": 410,
    "/links/papers/protocol/x": 410,
    "/privacy": 200,
    "/terms": 200,
}


@pytest.mark.parametrize(
    ("path", "status", "meaning"),
    [
        ("", 0, ""),
        ("/api/messages", 404, "pages-messages"),
        ("/slips/x", 404, "pages-slips"),
        ("/links/table/x", 502, "pages-links"),
        ("/links/accounts/x", 404, "pages-links"),
        ("/privacy", 404, "pages-told"),
        ("/terms", 301, "pages-told"),
    ],
)
async def test_each_address_must_reach_the_bot(
    tenant: Client, tmp_path: Path, path: str, status: int, meaning: str
) -> None:
    answers = {**RIGHT, path: status}
    async with serving(lambda request: web.Response(status=answers[request.path])) as address:
        found = said_of(await visit("pages", environment(tenant, tmp_path, PUBLIC_URL=address)))

    assert len(found) == 7
    assert [one for one in found if one != ("ok", "pages-right")] == ([("fail", meaning)] if path else [])


async def test_a_certificate_that_nobody_trusts_is_named(tenant: Client, tmp_path: Path) -> None:
    found = await visit("pages", environment(tenant, tmp_path, PUBLIC_URL=tenant.base))

    assert said_of(found) == [("fail", "pages-certificate")]


async def test_a_site_that_is_not_there_is_told_once(tenant: Client, tmp_path: Path) -> None:
    found = await visit("pages", environment(tenant, tmp_path, PUBLIC_URL="http://127.0.0.1:1"))

    assert said_of(found) == [("fail", "pages-unreached")]


SOMEBODY = {"id": OTHER, "primaryRole": "student", "userPrincipalName": "ab01@edu.mon.bg", "displayName": "А Б"}
SCHOOL = {"id": OTHER, "schoolNumber": "02990001", "address": {"city": "Г", "state": "О"}}


def graph(items: dict[str, Any], batched: dict[str, Any]) -> Callable[[web.Request], Any]:
    """Graph that answers plain requests and items of batches by the end of their path."""

    def of(answers: dict[str, Any], path: str) -> Any:
        return next((body for end, body in answers.items() if path.partition("?")[0].endswith(end)), {"value": []})

    async def folded(request: web.Request) -> web.StreamResponse:
        asked = (await request.json())["requests"]
        responses = [{"id": one["id"], "status": 200, "body": of(batched, one["url"])} for one in asked]
        return web.json_response({"responses": responses})

    def answer(request: web.Request) -> Any:
        return folded(request) if request.path.endswith("$batch") else web.json_response(of(items, request.path))

    return answer


PEOPLE = {"/education/schools": {"value": [SCHOOL]}, "/users": {"value": [SOMEBODY]}}
STRANGE = [
    ("filter", {}, {"/education/users": {"value": [{"id": OTHER}]}}, ("fail", "filter-ignored")),
    ("username", PEOPLE, {"edu.mon.bg": {"id": "5a1e0000-0000-4000-8000-00000000eeee"}}, ("fail", "username-other")),
    ("roles", PEOPLE, {"/memberOf": {"value": [{"@odata.type": "#microsoft.graph.group"}]}}, ("fail", "roles-unread")),
    ("school", PEOPLE, {}, ("warn", "school-zero")),
    ("school", {}, {}, ("fail", "school-none")),
    ("expand", {"/education/schools": {"value": [SCHOOL]}}, {}, ("fail", "expand-nobody")),
    ("filled", PEOPLE, {}, ("fail", "filled-nameless")),
    ("tenant", {"/organization": {"value": [{"id": "x", "verifiedDomains": []}]}}, {}, ("fail", "tenant-other")),
    ("domain", {"/domains/edu.mon.bg": {"authenticationType": "Managed", "passwordValidityPeriodInDays": 90}}, {},
     ("warn", "domain-expires")),
]  # fmt: skip


@pytest.mark.parametrize(("name", "items", "batched", "expected"), STRANGE)
async def test_an_answer_that_no_tenant_should_give_is_named(
    tenant: Client, tmp_path: Path, *, name: str, items: dict, batched: dict, expected: tuple[str, str]
) -> None:
    async with serving(graph(items, batched)) as address:
        found = said_of(await visit(name, environment(tenant, tmp_path, GRAPH_URL=address)))

    assert expected in found
