"""What must not get in: the bot is not asked, nothing is sent, and the answer is never a 500; whichever bot it is."""

import asyncio
import gzip
import json
from collections.abc import AsyncIterator, Callable
from urllib.parse import urlsplit

import pytest

from bot.teams import bodies
from tests.connector import MEMBER, FakeTeams, Person, Signer
from tests.connector.people import without
from tests.connector.signing import signed
from tests.integration.runtime.raw import Raw, head
from tests.integration.teams.conftest import House, open_house

OTHER = "cccccccc-0000-4000-8000-000000000003"

BAD_TOKENS: dict[str, tuple[int, Callable[[Signer], str]]] = {
    "garbage": (401, lambda s: "garbage"),
    "three empty parts": (401, lambda s: "a.b.c"),
    "dots only": (401, lambda s: ".."),
    "not ASCII": (401, lambda s: "жетон"),
    "a space in it": (401, lambda s: f"{s.token()} {s.token()}"),
    "4 KB of signature": (401, lambda s: s.token() + "A" * 4000),
    "alg none": (401, lambda s: s.unsigned_token()),
    "HS256 with the public key": (401, lambda s: s.confused_token()),
    "RS512": (401, lambda s: s.token(algorithm="RS512")),
    "PS256": (401, lambda s: s.token(algorithm="PS256")),
    "wrong key": (401, lambda s: s.token(key_number=9)),
    "unknown kid": (401, lambda s: s.token(key_id="key-9")),
    "no kid": (401, lambda s: s.token_without_key_id()),
    "signature cut": (401, lambda s: s.token()[:-8]),
    "wrong issuer": (401, lambda s: s.token(iss="https://evil.example")),
    "Entra as issuer (Emulator)": (
        401,
        lambda s: s.token(
            iss="https://login.microsoftonline.com/f8cdef31-a31e-4b4a-93e4-5f571e91255a/v2.0", azp=s.app_id
        ),
    ),
    "issuer a list": (401, lambda s: s.token(iss=["https://api.botframework.com"])),
    "no issuer": (401, lambda s: s.token(iss=None)),
    "other audience": (401, lambda s: s.token(aud=OTHER)),
    "audience a list": (401, lambda s: s.token(aud=[s.app_id])),
    "audience empty": (401, lambda s: s.token(aud="")),
    "no audience": (401, lambda s: s.token(aud=None)),
    "expired 6 minutes ago": (401, lambda s: s.token(exp=int(s.now()) - 360)),
    "no exp": (401, lambda s: s.token(exp=None)),
    "exp a text": (401, lambda s: s.token(exp=str(int(s.now()) + 3600))),
    "exp true": (401, lambda s: s.token(exp=True)),
    "exp endless": (401, lambda s: s.token(exp=float("inf"))),
    "exp not a number": (401, lambda s: s.token(exp=float("nan"))),
    "valid from in 6 minutes": (401, lambda s: s.token(nbf=int(s.now()) + 360)),
    "nbf a text": (401, lambda s: s.token(nbf="now")),
    "no serviceurl": (401, lambda s: s.token(serviceurl=None)),
    "serviceurl a list": (401, lambda s: s.token(serviceurl=[s.service_url])),
    "serviceurl of another region": (401, lambda s: s.token(serviceurl=s.service_url.replace("emea", "amer"))),
    "serviceurl elsewhere": (403, lambda s: s.token(serviceurl="https://evil.example/emea/")),
    "critical extension nobody knows": (
        401,
        lambda s: signed(s.claims(), 1, {"kid": "key-1", "crit": ["x"], "x": 1}),
    ),
    "claims a list": (401, lambda s: signed([], 1, {"kid": "key-1"})),  # type: ignore[arg-type]
    "kid a number": (401, lambda s: signed(s.claims(), 1, {"kid": "1"})),
}


@pytest.fixture(params=[False, True], ids=["own", "hosted"])
async def house(request: pytest.FixtureRequest) -> AsyncIterator[House]:
    async with open_house(hosted=request.param) as opened:
        yield opened


@pytest.fixture(params=[False, True], ids=["own", "hosted"])
async def production(request: pytest.FixtureRequest) -> AsyncIterator[House]:
    async with open_house(teams=FakeTeams(tls=True), hosted=request.param) as opened:
        yield opened


@pytest.fixture
async def own() -> AsyncIterator[House]:
    """For what only our own bot does so."""
    async with open_house() as opened:
        yield opened


def assert_nothing_happened(house: House) -> None:
    assert (house.bot.turns, house.bot.hosted) == ([], [])
    assert house.teams.calls == []


@pytest.mark.parametrize("name", BAD_TOKENS)
async def test_a_bad_token_is_refused_without_detail(house: House, name: str) -> None:
    status, token = BAD_TOKENS[name]

    answer = await house.teams.deliver(
        house.teams.activity("message", text="здравей"), token=token(house.teams.signer)
    )

    assert (answer.status, answer.raw) == (status, b"")
    assert_nothing_happened(house)


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "Bearer",
        "Bearer ",
        "Basic dXNlcjpwYXNz",
        "Bearer  {token}",
        "{token}",
        "Bearer {token} x",
        "x {token}",
    ],
)
async def test_a_header_that_is_not_one_bearer_token_is_refused(house: House, header: str | None) -> None:
    headers = {"Content-Type": "application/json"}
    if header is not None:
        headers["Authorization"] = header.format(token=house.teams.signer.token())

    answer = await house.teams.post(json.dumps(house.teams.activity("message", text="а")).encode(), headers)

    assert answer.status == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert_nothing_happened(house)


async def test_the_good_token_of_the_matrix_is_good(house: House) -> None:
    assert (await house.teams.say(MEMBER, "здравей")).text == "Добре"


async def test_clocks_may_differ_by_less_than_five_minutes(house: House) -> None:
    late = house.teams.signer.token(exp=int(house.teams.signer.now()) - 240)
    early = house.teams.signer.token(nbf=int(house.teams.signer.now()) + 240)

    for token in (late, early):
        assert (await house.teams.deliver(house.teams.activity("message", text="а"), token=token)).status == 200


@pytest.mark.parametrize(
    ("channel", "endorsements"),
    [
        ("msteams", ["webchat"]),
        ("msteams", []),
        ("msteams", [None, 1]),
        ("webchat", ["msteams", "webchat"]),
        ("emulator", ["msteams", "emulator"]),
        ("directline", ["directline"]),
    ],
)
async def test_only_teams_and_only_with_a_key_that_signs_for_teams(
    house: House, channel: str, endorsements: list[object]
) -> None:
    house.teams.signer.endorsements["key-1"] = endorsements

    answer = await house.teams.deliver(house.teams.activity("message", text="а", channelId=channel))

    assert answer.status == 403
    assert_nothing_happened(house)


async def test_a_key_without_endorsements_is_no_key(house: House) -> None:
    house.teams.signer.keys["bare"] = 5
    house.teams.signer.endorsements["bare"] = None

    answer = await house.teams.deliver(
        house.teams.activity("message", text="а"), token=house.teams.signer.token(key_id="bare")
    )

    assert answer.status == 401
    assert_nothing_happened(house)


FOREIGN_ADDRESSES = [
    "https://evil.trafficmanager.net/emea/",
    "https://smba.trafficmanager.net.evil.tld/emea/",
    "https://evil.tld/smba.trafficmanager.net/",
    "https://user@smba.trafficmanager.net/emea/",
    "https://smba.trafficmanager.net@evil.tld/emea/",
    "https://smba.trafficmanager.net:8443/emea/",
    "https://smba.trafficmanager.net:443/emea/",
    "https://smba.trafficmanager.net:/emea/",
    "http://smba.trafficmanager.net/emea/",
    "https://13.107.42.14/emea/",
    "https://127.0.0.1/emea/",
    "https://localhost/emea/",
    "https://[::1]/emea/",
    "https://smbа.trafficmanager.net/emea/",  # a Cyrillic а
    "https://smba.trafficmanager.net\\@evil.tld/",
    "https://smba.trafficmanager.net./emea/",
    "https://smba.trafficmanager.net/../emea/",
    "https://smba.trafficmanager.net/emea/?x=1",
    "https://smba.trafficmanager.net/emea/#x",
    "https://smba.trafficmanager.net%2eevil.tld/",
    "ftp://smba.trafficmanager.net/",
    "//smba.trafficmanager.net/",
    "smba.trafficmanager.net",
    " https://smba.trafficmanager.net/emea/",
    "https://",
]


@pytest.mark.parametrize("address", FOREIGN_ADDRESSES)
async def test_with_authentication_on_a_signed_foreign_address_is_refused(production: House, address: str) -> None:
    token = production.teams.signer.token(serviceurl=address)

    answer = await production.teams.deliver(
        production.teams.activity("message", text="а", service_url=address), token=token
    )

    assert answer.status == 403
    assert_nothing_happened(production)


@pytest.mark.parametrize(
    "change",
    [
        {"serviceUrl": ""},
        {"serviceUrl": None},
        {"serviceUrl": ["https://smba.trafficmanager.net/emea/"]},
        {"channelId": ""},
        {"channelId": None},
        {"type": None},
    ],
)
async def test_an_activity_without_address_channel_or_type_is_no_activity(production: House, change: dict) -> None:
    answer = await production.teams.deliver(production.teams.activity("message", text="а") | change)

    assert answer.status == 400
    assert_nothing_happened(production)


async def test_production_works_with_its_own_names(production: House) -> None:
    assert (await production.teams.say(MEMBER, "здравей")).text == "Добре"
    assert production.edge.connector._options.development is False


async def test_another_cloud_is_a_setting() -> None:
    gcc = "https://smba.infra.gcc.teams.microsoft.com/teams/"
    async with open_house(teams=FakeTeams(tls=True), service_hosts=("smba.infra.gcc.teams.microsoft.com",)) as house:
        house.bot.reply = None
        made = house.teams.activity("message", text="а", service_url=gcc)
        answer = await house.teams.deliver(made, token=house.teams.signer.token(serviceurl=gcc))
        public = await house.teams.say(MEMBER, "а")

    assert (answer.status, public.status) == (200, 403)


@pytest.mark.parametrize(
    "address",
    [
        "https://smba.trafficmanager.net/emea/",
        "http://10.0.0.1:8080/",
        "http://localhost.evil.tld/",
        "http://127.0.0.1.evil.tld/",
        "http://127.0.0.1@evil.tld/",
        "http://0.0.0.0:8080/",
        "http://2130706433/",
        "file:///etc/passwd",
    ],
)
async def test_in_development_only_this_machine_is_answered(developer: House, house: House, address: str) -> None:
    for opened in (developer, house):
        made = opened.teams.activity("message", text="а", service_url=address)
        answer = await opened.teams.deliver(made, token=opened.teams.signer.token(serviceurl=address))

        assert answer.status == 403
        assert_nothing_happened(opened)


TENANTS: dict[str, dict[str, object]] = {
    "no channelData": {"channelData": None},
    "channelData a list": {"channelData": [{"tenant": {"id": MEMBER.tenant_id}}]},
    "no tenant": {"channelData": {}},
    "tenant a text": {"channelData": {"tenant": MEMBER.tenant_id}},
    "tenant id a list": {"channelData": {"tenant": {"id": [MEMBER.tenant_id]}}},
    "tenant id empty": {"channelData": {"tenant": {"id": ""}}},
    "two tenants": {"channelData": {"tenant": {"id": OTHER}}},
    "conversation without tenant": {"conversation": {"id": "a:1", "conversationType": "personal"}},
    "conversation's tenant a list": {
        "conversation": {"id": "a:1", "conversationType": "personal", "tenantId": [MEMBER.tenant_id]}
    },
    "no conversation": {"conversation": None},
    "nobody": {"from": {"id": "29:1"}},
    "nobody in particular": {"from": {"id": "29:1", "aadObjectId": ""}},
}


@pytest.mark.parametrize("name", TENANTS)
async def test_an_activity_that_does_not_say_plainly_who_and_where_from_is_refused(house: House, name: str) -> None:
    answer = await house.teams.deliver(house.teams.activity("message", text="а") | TENANTS[name])

    assert answer.status == 403
    assert_nothing_happened(house)


ONCE = ("no channelData", "no tenant", "conversation without tenant")


@pytest.mark.parametrize("name", TENANTS)
async def test_on_a_developers_machine_the_tenant_may_be_said_once_but_must_be_said(
    developer: House, name: str
) -> None:
    # The conversation's tenant alone, or channelData's alone; two that differ, and none, are refused there too.
    answer = await developer.teams.deliver(developer.teams.activity("message", text="а") | TENANTS[name])
    neither = await developer.teams.deliver(
        developer.teams.activity("message", text="а") | TENANTS["no tenant"] | TENANTS["conversation without tenant"]
    )

    tenant_is_known = name in {*ONCE, "channelData a list", "tenant a text"}
    assert answer.status == 200 if tenant_is_known else answer.status in {400, 403}
    assert neither.status == 403


async def test_a_consistent_foreign_tenant_reaches_the_bot_by_name(own: House) -> None:
    await own.teams.say(Person(tenant_id=OTHER), "здравей")

    assert [turn.tenant_id for turn in own.bot.turns] == [OTHER]


DEEP = b'{"a":' * 100_000 + b"1" + b"}" * 100_000
MESSAGE = b'{"type":"message",%s}'
BODIES: dict[str, tuple[int, bytes]] = {
    "empty": (400, b""),
    "not JSON": (400, b"{"),
    "null": (400, b"null"),
    "a list": (400, b"[]"),
    "a number": (400, b"1"),
    "a text": (400, b'"message"'),
    "an empty object": (400, b"{}"),
    "invalid UTF-8": (400, b'{"type":"mess\xffage"}'),
    "UTF-16": (400, '{"type":"message"}'.encode("utf-16")),
    "a byte order mark": (400, b'\xef\xbb\xbf{"type":"message"}'),
    "a surrogate in UTF-8": (400, b'{"type":"\xed\xa0\x80"}'),
    "NaN": (400, MESSAGE % b'"a":NaN'),
    "Infinity": (400, MESSAGE % b'"a":-Infinity'),
    "1e999": (400, MESSAGE % b'"a":1e999'),
    "a number of 5,000 digits": (400, MESSAGE % (b'"a":' + b"1" * 5000)),
    "two types": (400, b'{"type":"message","type":"invoke"}'),
    "a duplicate key deep inside": (400, MESSAGE % b'"a":[{"b":1,"b":2}]'),
    "two keys that are half a character each": (400, MESSAGE % rb'"\udc00":1,"\ud800":1'),
    "21 levels": (400, MESSAGE % (b'"a":' + b"[" * 20 + b"]" * 20)),
    "100,000 lists": (400, b"[" * 100_000 + b"]" * 100_000),
    "too deep to parse": (413, DEEP),
    "something after the object": (400, b'{"type":"message"} {}'),
    "257 KB": (413, MESSAGE % (b'"text":"' + b"a" * 257 * 1024 + b'"')),
    "1 MB": (413, MESSAGE % (b'"text":"' + b"a" * 1024 * 1024 + b'"')),
}


@pytest.mark.parametrize("name", BODIES)
async def test_a_body_that_is_no_activity_is_refused(house: House, name: str) -> None:
    status, body = BODIES[name]
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {house.teams.signer.token()}"}

    answer = await house.teams.post(body, headers)

    assert answer.status == status
    assert_nothing_happened(house)


async def test_a_large_body_without_announced_length_is_cut_off(house: House) -> None:
    async def endless():
        for _ in range(64):
            yield b" " * 16_384

    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {house.teams.signer.token()}"}

    answer = await house.teams.post(endless(), headers)

    assert answer.status == 413


@pytest.mark.parametrize("field", ["id", "from", "recipient", "conversation"])
@pytest.mark.parametrize(
    "value", [None, 1, "", [], {}, {"id": 1}, {"id": "a\u0000b"}, {"id": ".."}, {"id": "x" * 2000}, True]
)
async def test_a_message_with_a_field_of_another_kind_is_refused(house: House, field: str, value: object) -> None:
    answer = await house.teams.deliver(house.teams.activity("message", text="а") | {field: value})

    assert answer.status in {400, 403}
    assert_nothing_happened(house)


@pytest.mark.parametrize(
    "content_type", [None, "text/plain", "text/html", "application/jsonx", "application/json; charset=utf-16"]
)
async def test_only_json_in_utf8_is_read(house: House, content_type: str | None) -> None:
    headers = {"Authorization": f"Bearer {house.teams.signer.token()}"}
    headers |= {"Content-Type": content_type} if content_type else {}

    answer = await house.teams.post(json.dumps(house.teams.activity("message", text="а")).encode(), headers)

    assert answer.status == 415
    assert_nothing_happened(house)


async def test_a_packed_body_is_not_unpacked(house: House) -> None:
    headers = {
        "Authorization": f"Bearer {house.teams.signer.token()}",
        "Content-Type": "application/json",
        "Content-Encoding": "gzip",
    }

    answer = await house.teams.post(gzip.compress(b" " * 10_000_000), headers)

    assert answer.status == 415


async def test_who_asks_whether_to_send_a_body_is_told_after_the_token_was_judged(house: House) -> None:
    at = urlsplit(house.teams.bot_url)
    made = json.dumps(house.teams.activity("message", text="здравей")).encode()
    headers = ("Content-Type: application/json", "Expect: 100-continue", f"Content-Length: {len(made)}")
    known = (*headers, f"Authorization: Bearer {house.teams.signer.token()}")
    client, stranger = [await Raw.open((str(at.hostname), int(at.port or 0))) for _ in range(2)]

    stranger.send(head("POST", at.path, *headers))
    client.send(head("POST", at.path, *known))

    assert (await stranger.answer()).status == 401
    assert (await client.answer()).status == 100
    client.send(made)
    assert (await client.answer()).status == 202  # accepted; a conversation of which this Teams had not heard before
    assert len(house.bot.turns + house.bot.hosted) == 1
    client.close()
    stranger.close()


@pytest.mark.parametrize("broken", [b"zz\r\n", b"5\r\nabcdefgh", b"ffffffffffffffffff\r\n"])
async def test_a_body_in_broken_chunks_is_refused(
    house: House, broken: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies, "PATIENCE", 0.5)
    at = urlsplit(house.teams.bot_url)
    client = await Raw.open((str(at.hostname), int(at.port or 0)))
    token = f"Authorization: Bearer {house.teams.signer.token()}"
    client.send(head("POST", at.path, token, "Content-Type: application/json", "Transfer-Encoding: chunked"))
    await asyncio.sleep(0.1)
    client.send(broken)

    assert (await client.answer()).status in {400, 408}
    assert await client.ended()
    assert_nothing_happened(house)
    client.close()


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH"])
async def test_only_post_is_an_activity(house: House, method: str) -> None:
    answer = await house.teams.post(b"{}", {}, method=method)

    assert (answer.status, answer.headers["Allow"]) == (405, "POST")


async def test_the_token_is_judged_before_the_body_is_read(house: House) -> None:
    answer = await house.teams.post(b"[" * 300_000, {"Content-Type": "text/plain"})

    assert answer.status == 401


async def test_an_invoke_nobody_knows_is_not_implemented(own: House) -> None:
    answer = await own.teams.deliver(own.teams.activity("invoke", name="task/fetch", value={}))

    assert (answer.status, answer.raw) == (501, b"")
    assert_nothing_happened(own)


@pytest.mark.parametrize(
    "kind", ["typing", "messageReaction", "messageUpdate", "messageDelete", "event", "endOfConversation", "нещо"]
)
async def test_what_the_bot_has_nothing_to_say_to_is_accepted_in_silence(own: House, kind: str) -> None:
    answer = await own.teams.deliver(without(own.teams.activity(kind), "recipient", "conversation"))

    assert (answer.status, answer.raw) == (200, b"")
    assert_nothing_happened(own)
