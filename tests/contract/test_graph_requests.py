"""Every request we can send to Graph, judged by Microsoft's own description of the API.

The description (cut to the calls in use) lies beside the repository; batches are unfolded and their items judged one
by one. `$select` names are checked against the schemas too, because OpenAPI takes any string there.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from jsonschema import Draft202012Validator, ValidationError

from bot.core.clock import MachineClock
from bot.core.passwords.secret import Secret
from bot.core.people.model import AccountState, Kind, Person, School, SchoolClass
from bot.core.transfers.model import Step, StepKind
from bot.core.transfers.ports import StepOutcome
from bot.graph.accounts import GraphAccounts, GraphPlacements
from bot.graph.calls import Calls
from bot.graph.describing import warm
from bot.graph.directory import GraphDirectory
from bot.graph.enrolments import GraphEnrolments
from bot.graph.inquiries import NOBODY, InquiryCalls, WriterInquiryCalls
from bot.graph.installer import GraphInstaller, MayInstall
from bot.graph.options import GraphOptions
from bot.graph.own_classes import GraphOwnClasses
from bot.graph.probing import Probing
from bot.graph.rosters import GraphRosters
from bot.graph.school_accounts import GraphSchoolAccounts
from bot.graph.transport import GraphTransport
from bot.graph.ways import SAFE, TenantWays, Ways
from bot.graph.writer import GraphWriter
from tests.unit.graph.hostile import Clockwork, FixedTokens, nobody, options

SCHEMAS = Path(__file__).resolve().parents[3] / "shared" / "schemas"
DESCRIPTION = SCHEMAS / "graph-subset.json"

pytestmark = pytest.mark.skipif(
    not DESCRIPTION.exists(), reason="Microsoft's description of Graph is not beside the repository (shared/schemas)"
)

TYPES: dict[str, Callable[[str], Any]] = {"array": lambda value: value.split(","), "integer": int, "string": str}
ID = "0b5e2a52-7f7e-4a6c-9d53-0f2a0a4f1c11"
ROLE = "11111111-1111-4111-8111-111111111111"
SCHOOL = "a1a1a1a1-1111-4a6c-9d53-0f2a0a4f1c11"
TEAMS = ("b2b2b2b2-2222-4a6c-9d53-0f2a0a4f1c11", "b2b2b2b2-2222-4a6c-9d53-0f2a0a4f1c22")
APP = "c3c3c3c3-3333-4a6c-9d53-0f2a0a4f1c11"
FORMS = ("4146054046", "04146054046")
NOW = datetime(2026, 9, 15, 8, tzinfo=UTC)
DERIVED = {
    "/users/{user-id}/memberOf": ("group", "directoryRole", "administrativeUnit"),
    "/directory/administrativeUnits/{administrativeUnit-id}/members": ("user",),
    "/groups/{group-id}/members": ("user",),
}
"""What a list of directoryObject holds, whose properties may be selected although the description names the base."""


@dataclass(frozen=True)
class Sent:
    """A request as it left, or an item of a batch as it stood there."""

    method: str
    url: str
    headers: dict[str, str]
    body: Any


@cache
def description() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(DESCRIPTION.read_text(encoding="utf-8"))
    return read


def resolved(node: Any) -> Any:
    while isinstance(node, dict) and "$ref" in node:
        target: Any = description()
        for part in node["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        node = target
    return node


def matching(path: str) -> str:
    """The described path; one written in full wins over one with a parameter."""
    parts = path.split("/")
    known_paths: list[str] = list(description()["paths"])
    found = [
        known
        for known in known_paths
        if len(known.split("/")) == len(parts)
        and all(
            ours == theirs or theirs.startswith("{") for ours, theirs in zip(parts, known.split("/"), strict=True)
        )
    ]
    assert found, f"Graph has no {path}"
    return min(found, key=lambda known: known.count("{"))


def properties(schema: Any) -> dict[str, Any]:
    schema = resolved(schema)
    collected = dict(schema.get("properties", {}))
    for part in schema.get("allOf", []) + schema.get("anyOf", []):
        collected |= properties(part)
    return collected


def entity(operation: dict[str, Any]) -> dict[str, Any]:
    """The properties of what the operation answers with, one of them if it is a list."""
    answer = resolved(operation["responses"]["2XX"])
    found = properties(answer["content"]["application/json"]["schema"])
    return properties(found["value"]["items"]) if "value" in found else found


def judge(sent: Sent) -> None:
    """Fails when Graph's description does not allow this request."""
    parts = urlsplit(sent.url)
    operation = description()["paths"][matching(unquote(parts.path))].get(sent.method.lower())
    assert operation, f"Graph has no {sent.method} {parts.path}"
    parameters = [resolved(parameter) for parameter in operation.get("parameters", [])]
    queries = {parameter["name"]: parameter["schema"] for parameter in parameters if parameter["in"] == "query"}
    known = entity(operation) if sent.method == "GET" else {}
    for derived in DERIVED.get(matching(unquote(parts.path)), ()):
        known |= properties(description()["components"]["schemas"].get(f"microsoft.graph.{derived}", {}))
    for name, value in parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query)):
        assert name in queries, f"{name} is not for {parts.path}"
        schema = resolved(queries[name])
        typed = TYPES[schema["type"]](value)
        Draft202012Validator(schema).validate(typed)
        if name in {"$select", "$expand"}:
            unknown = [each for each in typed if each not in known and not each.startswith("extension_")]
            assert not unknown, f"{name} of what {parts.path} has not: {unknown}"
    body = resolved(operation.get("requestBody", {})).get("content", {}).get("application/json", {}).get("schema")
    assert (sent.body is None) == (body is None)
    if body is not None:
        schema = {**resolved(body), "components": description()["components"]}
        Draft202012Validator(schema).validate(sent.body)


def unfolded(sent: Sent) -> Iterator[Sent]:
    yield sent
    if sent.url == "/$batch":
        for item in sent.body["requests"]:
            yield Sent(item["method"], item["url"], item["headers"], item.get("body"))


class Recorder:
    """A Graph that accepts everything and remembers it."""

    def __init__(self) -> None:
        self.sent: list[Sent] = []

    async def serve(self, request: web.Request) -> web.Response:
        body: Any = await request.json() if request.can_read_body else None
        url = request.raw_path.removeprefix("/v1.0").removeprefix("/beta")
        self.sent.append(Sent(request.method, url, dict(request.headers), body))
        if url == "/$batch":
            responses = [
                {"id": item["id"], "status": 200, "body": self._answer(item["url"])} for item in body["requests"]
            ]
            return web.json_response({"responses": responses})
        if request.method == "PATCH" or url.endswith("/$ref"):
            return web.Response(status=204)
        if url.endswith("/installedApps"):  # the POST: what is read has a filter
            return web.Response(status=201)
        return web.json_response(self._answer(url))

    @staticmethod
    def _answer(url: str) -> dict[str, Any]:
        if url.endswith("/revokeSignInSessions"):
            return {"value": True}
        if "/installedApps?" in url:
            return {"value": [{"id": "installation"}]}
        if "/classes?" in url or "/taughtClasses?" in url:
            return {"value": [{"id": ID, "displayName": HOUR, "externalName": HOUR}]}
        student = {"externalId": FORMS[0]}
        return {
            "id": ID,
            "userPrincipalName": "ip01234567@edu.mon.bg",
            "student": student,
            "value": [{"id": ID, "student": student}] if "filter=student" in url else [],
        }


HOUR = "Час на класа - 5а - ООП"


async def everything(made: GraphOptions, known: Ways | None = None) -> list[Sent]:
    """All that can be sent under these options, to a tenant of which this is known."""
    recorder = Recorder()
    application = web.Application()
    application.router.add_route("*", "/{path:.*}", recorder.serve)
    server = TestServer(application)
    await server.start_server()
    try:
        base = str(server.make_url("")).rstrip("/")
        own = replace(made, base_url=base)
        own.check()
        async with aiohttp.ClientSession() as session:
            ways = TenantWays(own, known)
            transport = GraphTransport(session, FixedTokens(), own, Clockwork().machine(), ways=ways)
            directory = GraphDirectory(transport, own, lambda: NOW)
            ana = Person(ID, "Ана", "ip01234567@edu.mon.bg", Kind.STUDENT, AccountState.ACTIVE)
            await directory.role_facts(ID)
            await directory.school_by_code("299001")
            await directory.find_by_identifier(FORMS)
            await directory.find_by_username("ip01234567@edu.mon.bg")
            await directory.account_id("ip01234567@edu.mon.bg")
            await directory.find_by_id(ID)
            await directory.with_teams([ana] * 20)
            async for _page in transport.pages(Calls(own, ways.now).people_of_school(ID)):
                pass
            accounts = GraphAccounts(transport, own, lambda: NOW)
            await accounts.facts(ID)
            await accounts.password_changes([ID])
            rosters = GraphRosters(transport, own, directory, lambda: NOW)
            school = School(ID, "299001", "ОУ")
            assert await rosters.classes_of(school) == (SchoolClass("5 а", (ID,)),)
            await rosters.students_of(school, SchoolClass("5 а", (ID,)))
            await rosters.class_teachers(ID)
            await GraphSchoolAccounts(transport, own, lambda: NOW).look(school)
            await GraphOwnClasses(transport, own, lambda: NOW).own_classes(ID, (school,))
            writer = GraphWriter(transport, MachineClock(lambda: NOW))
            await writer.set_password(ID, Secret("dobavi-4713"), many=False)
            await writer.revoke_sessions(ID)
            placements = GraphPlacements(transport, own, accounts, rosters, lambda: NOW)
            assert await placements.of(ID) is not None
            await placements.schools_of([ID, ROLE])
            assert len(await placements.teams_of_class(school, "5 а")) == 1
            enrolments = GraphEnrolments(transport, own)
            for steps in MOVE:
                assert await enrolments.carry_out(ID, steps) == tuple(map(StepOutcome, steps))
            assert await GraphInstaller(transport, own, APP, nobody).install(ID)
            assert await GraphInstaller(transport, own, APP, nobody).may_install(ID, ROLE) is MayInstall.ALLOWED
            await Probing(transport, own, lambda: NOW).once()
    finally:
        await server.close()
    return [each for sent in recorder.sent for each in unfolded(sent)]


MOVE = (
    (Step(StepKind.JOIN_SCHOOL, SCHOOL),),
    (Step(StepKind.JOIN_TEAM, TEAMS[0]),),
    tuple(Step(StepKind.JOIN_TEAM, team) for team in TEAMS),
    (Step(StepKind.LEAVE_TEAM, TEAMS[0]),),
    tuple(Step(StepKind.LEAVE_TEAM, team) for team in TEAMS),
    (Step(StepKind.LEAVE_SCHOOL, SCHOOL),),
    (Step(StepKind.ENABLE, ID),),
)
"""Every kind of step, alone and (where several can go together) with another."""

VARIANTS = {
    "as delivered": options("https://graph.microsoft.com"),
    "without expansion": replace(options("https://graph.microsoft.com"), expands=False),
    "beta filter": replace(options("https://graph.microsoft.com"), users_version="beta"),
    "with app roles": replace(
        options("https://graph.microsoft.com"), app_roles={ROLE: "RegionalOffice"}, app_roles_resource=ROLE
    ),
}


@pytest.mark.parametrize("variant", list(VARIANTS))
async def test_graph_describes_every_request_we_send(variant: str):
    sent = await everything(VARIANTS[variant])
    for each in sent:
        judge(each)
    assert len(sent) >= 30  # six calls, two batches unfolded, twenty teams: a silent recorder would judge nothing


@pytest.mark.parametrize("known", [SAFE, Ways(expands=1), Ways("beta", "beta", or_in_filter=False, expands=2)])
async def test_graph_describes_every_request_in_whatever_way_it_is_sent(known: Ways):
    sent = await everything(VARIANTS["as delivered"], known)
    for each in sent:
        judge(each)
    assert len(sent) >= 30


async def test_every_call_we_describe_is_among_them():
    asked = {
        f"{each.method} {matching(unquote(urlsplit(each.url).path))}"
        for variant in VARIANTS.values()
        for each in await everything(variant)
    }
    assert asked == {
        "POST /$batch",
        "GET /directory/administrativeUnits/{administrativeUnit-id}/members",
        "GET /groups/{group-id}/members",
        "GET /education/users/{educationUser-id}/taughtClasses",
        "GET /education/classes/{educationClass-id}/schools",
        "GET /education/classes",
        "GET /education/classes/{educationClass-id}/members",
        "GET /education/classes/{educationClass-id}/teachers",
        "GET /education/schools",
        "GET /education/schools/{educationSchool-id}/classes",
        "GET /education/schools/{educationSchool-id}/users",
        "GET /education/users",
        "GET /education/users/{educationUser-id}",
        "GET /education/users/{educationUser-id}/classes",
        "GET /education/users/{educationUser-id}/schools",
        "GET /users/{user-id}",
        "GET /users/{user-id}/appRoleAssignments",
        "GET /users/{user-id}/memberOf",
        "GET /users/{user-id}/scopedRoleMemberOf",
        "GET /users/{user-id}/teamwork/installedApps",
        "PATCH /users/{user-id}",
        "POST /users/{user-id}/revokeSignInSessions",
        "POST /users/{user-id}/teamwork/installedApps",
        "POST /education/schools/{educationSchool-id}/users/$ref",
        "DELETE /education/schools/{educationSchool-id}/users/{educationUser-id}/$ref",
        "POST /education/classes/{educationClass-id}/members/$ref",
        "DELETE /education/classes/{educationClass-id}/members/{educationUser-id}/$ref",
    }


async def test_all_we_write_is_a_temporary_password_the_end_of_sessions_a_move_and_our_own_app():
    for variant in VARIANTS.values():
        sent = await everything(variant)
        writes = [each for each in sent if each.method != "GET" and each.url != "/$batch"]
        person = next(
            each.body["@odata.id"] for each in writes if each.url == f"/education/schools/{SCHOOL}/users/$ref"
        )
        base = person.removesuffix(f"/v1.0/education/users/{ID}")
        assert base.startswith("http://127.0.0.1:")
        joining, leaving = (
            [("POST", f"/education/classes/{team}/members/$ref", {"@odata.id": person}) for team in TEAMS],
            [("DELETE", f"/education/classes/{team}/members/{ID}/$ref", None) for team in TEAMS],
        )
        assert [(each.method, each.url, each.body) for each in writes] == [
            (
                "PATCH",
                f"/users/{ID}",
                {"passwordProfile": {"password": "dobavi-4713", "forceChangePasswordNextSignIn": True}},
            ),
            ("POST", f"/users/{ID}/revokeSignInSessions", None),
            ("POST", f"/education/schools/{SCHOOL}/users/$ref", {"@odata.id": person}),
            joining[0],
            *joining,
            leaving[0],
            *leaving,
            ("DELETE", f"/education/schools/{SCHOOL}/users/{ID}/$ref", None),
            ("PATCH", f"/users/{ID}", {"accountEnabled": True}),
            (
                "POST",
                f"/users/{ID}/teamwork/installedApps",
                {"teamsApp@odata.bind": f"{base}/v1.0/appCatalogs/teamsApps/{APP}"},
            ),
        ]


async def test_what_the_doctor_asks_is_described_too():
    """But for the three that the description leaves out: organization, domain and the roles of an application."""
    await warm()
    calls, app = InquiryCalls(), WriterInquiryCalls()
    both = ("schools", "classes")
    for call in (
        calls.schools(5),
        calls.schools_by_code("2990001"),
        calls.school_named("2990001"),
        calls.schools_of(ID),
        calls.school_with_people(SCHOOL),
        calls.people_of_school(SCHOOL, both, 10),
        calls.people_of_school(SCHOOL, (), 500),
        calls.person(ID, both),
        calls.person_by_username("ab01234567@edu.mon.bg"),
        calls.by_identifier([NOBODY], "v1.0"),
        calls.by_identifier([NOBODY, f"0{NOBODY}"], "beta"),
        calls.memberships(ID),
        calls.scoped_roles(ID),
        calls.classes_of_school(SCHOOL, 5),
        calls.members_of_unit(SCHOOL, 5),
        app.installed_apps(ID, APP),
    ):
        assert call.method == "GET"
        assert call.priority == "low"
        judge(Sent("GET", call.url, {}, None))


@pytest.mark.parametrize(
    "wrong",
    [
        Sent("GET", "/education/pupils", {}, None),
        Sent("DELETE", "/education/users", {}, None),
        Sent("GET", "/education/users?$select=id,displayname", {}, None),
        Sent("GET", "/education/users?$expand=school", {}, None),
        Sent("GET", f"/education/users/{ID}?$top=5", {}, None),
        Sent("GET", "/education/users?$top=many", {}, None),
        Sent("POST", "/$batch", {}, {"requests": []}),
        Sent("POST", "/$batch", {}, {"requests": [{"id": 1, "method": "GET", "url": "/x"}]}),
        Sent("POST", "/$batch", {}, {"requests": [{"id": "1", "method": "GET", "url": "x"}]}),
        Sent("POST", "/$batch", {}, None),
        Sent("GET", f"/users/{ID}/memberOf?$select=id,isAssignableToRoles", {}, None),
        Sent("GET", f"/education/classes/{ID}/pupils", {}, None),
        Sent("PATCH", f"/users/{ID}", {}, {"passwordProfile": {"password": 7}}),
        Sent("PATCH", f"/users/{ID}", {}, {"passwordProfile": {"forceChangePasswordNextSignIn": "yes"}}),
        Sent("POST", f"/users/{ID}/revokeSignInSessions", {}, {}),
        Sent("PATCH", f"/users/{ID}", {}, {"accountEnabled": "true"}),
        Sent("POST", f"/education/schools/{ID}/users", {}, {"@odata.id": "x"}),
        Sent("POST", f"/education/schools/{ID}/users/$ref", {}, None),
        Sent("POST", f"/education/schools/{ID}/users/$ref", {}, {"id": ID}),
        Sent("POST", f"/education/classes/{ID}/members/$ref", {}, {"@odata.id": 7}),
        Sent("DELETE", f"/education/classes/{ID}/members/{ID}", {}, None),
        Sent("DELETE", f"/education/classes/{ID}/members/{ID}/$ref", {}, {}),
        Sent("PUT", f"/education/classes/{ID}/members/$ref", {}, {"@odata.id": "x"}),
        Sent("POST", f"/users/{ID}/teamwork/installedApps", {}, None),
    ],
)
def test_a_wrong_request_would_be_noticed(wrong: Sent):
    with pytest.raises((AssertionError, ValidationError, ValueError)):
        judge(wrong)
