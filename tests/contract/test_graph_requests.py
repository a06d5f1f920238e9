"""Every request we can send to Graph, judged by Microsoft's own description of the API: what is sent, and every call
that is described anywhere in the room, found there and not listed here.

The description (cut to the calls in use) lies beside the repository; batches are unfolded and their items judged one
by one. `$select` names are checked against the schemas too, because OpenAPI takes any string there.
"""

import json
import re
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
from bot.graph.class_links import GraphClassLinks
from bot.graph.describing import Call, warm
from bot.graph.directory import GraphDirectory
from bot.graph.enrolments import GraphClassWriter, GraphEnrolments
from bot.graph.installer import GraphInstaller, MayInstall
from bot.graph.options import GraphOptions
from bot.graph.own_classes import GraphOwnClasses
from bot.graph.probing import Probing
from bot.graph.rosters import GraphRosters
from bot.graph.school_accounts import GraphSchoolAccounts
from bot.graph.transport import GraphTransport
from bot.graph.ways import SAFE, TenantWays, Ways
from bot.graph.writer import GraphWriter
from tests.described_calls import described, describers
from tests.unit.graph.hostile import Clockwork, FixedTokens, nobody, options

SCHEMAS = Path(__file__).resolve().parents[3] / "shared" / "schemas"
DESCRIPTION = SCHEMAS / "graph-subset.json"

pytestmark = pytest.mark.skipif(
    not DESCRIPTION.exists(), reason="Microsoft's description of Graph is not beside the repository (shared/schemas)"
)

_COMMA = re.compile(r",(?![^(]*\))")
"""Outside brackets."""
TYPES: dict[str, Callable[[str], Any]] = {"array": _COMMA.split, "integer": int, "string": str}
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
IN_BETA = {"/teams/{team-id}": {"isMembershipLimitedToOwners"}}
"""Properties that the description, which is of v1.0, does not have: learn.microsoft.com/graph/api/resources/team, beta."""
UNDESCRIBED = {
    "GET /organization",
    "GET /domains/{id}",
    "GET /servicePrincipals(appId='{id}')/memberOf/microsoft.graph.directoryRole",
    "GET /roleManagement/directory/roleAssignments",
    "GET /sites/{id}:/personal/{id}",
    "GET /sites/{id}/drive/root:/{id}:/children",
    "GET /sites/{id}/drive/root:/{id}:/content",
}
"""Calls of which the description, which was cut to what was in use once, says nothing."""


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
    known |= {name: {} for name in IN_BETA.get(matching(unquote(parts.path)), ())}
    for name, value in parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query)):
        assert name in queries, f"{name} is not for {parts.path}"
        schema = resolved(queries[name])
        typed = TYPES[schema["type"]](value)
        Draft202012Validator(schema).validate(typed)
        if name in {"$select", "$expand"}:
            judge_names(name, typed, known, parts.path)
    body = resolved(operation.get("requestBody", {})).get("content", {}).get("application/json", {}).get("schema")
    assert (sent.body is None) == (body is None)
    if body is not None:
        schema = {**resolved(body), "components": description()["components"]}
        Draft202012Validator(schema).validate(sent.body)


def judge_names(option: str, names: list[str], known: dict[str, Any], where: str) -> None:
    """Fails for what is not there; of what is expanded with options of its own, these too."""
    for each in names:
        name, _, inner = each.partition("(")
        assert name in known or name.startswith("extension_"), f"{option} of what {where} has not: {each}"
        assert (not inner) or (option == "$expand" and inner.endswith(")")), each
        for nested in filter(None, inner.removesuffix(")").split(";")):
            nested_option, _, value = nested.partition("=")
            assert nested_option in {"$select", "$expand"}, each
            judge_names(nested_option, TYPES["array"](value), expanded(known[name]), f"{where}/{name}")


def expanded(schema: Any) -> dict[str, Any]:
    """The properties of what a relation leads to: all that is expanded so are people."""
    schema = resolved(schema)
    found = properties(schema.get("items", schema))
    return found | properties(description()["components"]["schemas"]["microsoft.graph.user"])


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
        if url == "/education/classes":
            return web.json_response({"id": ID}, status=201)
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
            links = GraphClassLinks(transport, own, lambda: NOW)
            assert (await links.of_school(school, ("101",))).classes
            assert (await links.of_teacher(ID, ("101",))).classes
            mending = GraphClassWriter(transport, own)
            assert await mending.create("101", HOUR, NOW.date()) == ID
            await mending.to_school(SCHOOL, TEAMS[0])
            await mending.add_teachers(TEAMS[0], (ID,))
            await mending.add_members(TEAMS[0], (ID,))
            assert await mending.make_team(TEAMS[0])
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


def described_calls() -> list[Call]:
    """In every way in which they can be sent."""
    ways = (None, SAFE, Ways(sign_ins=True), Ways("beta", "beta", or_in_filter=False, expands=2))
    return [
        call
        for options_ in VARIANTS.values()
        for known in ways
        for one in describers()
        for call in described(one, options_, known or TenantWays(options_).now)
    ]


async def test_graph_describes_every_call_that_is_described_here():
    """Whether or not anything sends it by now."""
    await warm()
    calls = described_calls()
    for call in calls:
        if call.template not in UNDESCRIBED:
            judge(Sent(call.method, call.url, {}, call.body))
    assert {call.template for call in calls} >= UNDESCRIBED
    assert len({call.template for call in calls}) > 35


async def test_what_is_not_judged_is_not_described():
    await warm()
    for call in described_calls():
        if call.template in UNDESCRIBED:
            with pytest.raises(AssertionError, match="Graph has no"):
                judge(Sent(call.method, call.url, {}, call.body))


async def test_every_call_that_is_described_here_is_sent():
    await warm()
    asked = {
        f"{each.method} {matching(unquote(urlsplit(each.url).path))}"
        for variant in VARIANTS.values()
        for each in await everything(variant)
    }
    judged = [call for call in described_calls() if call.template not in UNDESCRIBED]
    known = {f"{call.method} {matching(unquote(urlsplit(call.url).path))}" for call in judged}
    assert known - asked == {"GET /education/schools/{educationSchool-id}"}, "the doctor alone"
    assert asked - known == {"POST /$batch"}


async def test_all_we_write_is_a_temporary_password_the_end_of_sessions_a_move_a_class_and_our_own_app():
    for variant in VARIANTS.values():
        sent = await everything(variant)
        writes = [each for each in sent if each.method != "GET" and each.url != "/$batch"]
        person = next(
            each.body["@odata.id"] for each in writes if each.url == f"/education/schools/{SCHOOL}/users/$ref"
        )
        base = person.removesuffix(f"/v1.0/education/users/{ID}")
        assert base.startswith("http://127.0.0.1:")
        class_ = f"{base}/v1.0/education/classes/{TEAMS[0]}"
        made = next(each.body for each in writes if each.url == "/education/classes")
        assert (made["externalId"], made["displayName"]) == ("101", HOUR)
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
            ("POST", "/education/classes", made),
            ("POST", f"/education/schools/{SCHOOL}/classes/$ref", {"@odata.id": class_}),
            ("POST", f"/education/classes/{TEAMS[0]}/teachers/$ref", {"@odata.id": person}),
            joining[0],
            ("PUT", f"/groups/{TEAMS[0]}/team", {}),
            (
                "POST",
                f"/users/{ID}/teamwork/installedApps",
                {"teamsApp@odata.bind": f"{base}/v1.0/appCatalogs/teamsApps/{APP}"},
            ),
        ]


async def test_nothing_the_doctor_asks_is_hurried():
    await warm()
    doctors = [one for one in describers() if one.__module__ == "bot.graph.inquiries"]
    asked = [call for one in doctors for call in described(one, VARIANTS["as delivered"], SAFE)]
    assert len(asked) > 15
    assert {(call.method, call.priority) for call in asked} == {("GET", "low")}


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
        Sent("GET", "/groups?$expand=owners($select=id,username)", {}, None),
        Sent("GET", "/groups?$expand=owner($select=id)", {}, None),
        Sent("GET", "/groups?$expand=owners($where=id)", {}, None),
        Sent("GET", "/groups?$select=id,owners(id)", {}, None),
        Sent("GET", f"/teams/{ID}?$select=id,isMembershipLimited", {}, None),
    ],
)
def test_a_wrong_request_would_be_noticed(wrong: Sent):
    with pytest.raises((AssertionError, ValidationError, ValueError)):
        judge(wrong)
