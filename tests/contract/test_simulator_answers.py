"""Every answer of every operation of the simulator, judged by Microsoft's own description of Graph."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

import pytest
import requests
from openapi_core import OpenAPI
from openapi_core.datatypes import RequestParameters
from openapi_core.testing import MockResponse
from werkzeug.datastructures import Headers, ImmutableMultiDict

from simulator.graph.operations import ROUTES, provisioning
from tests.unit.simulator.living import Client, living

DESCRIPTION = Path(__file__).parents[3] / "shared" / "schemas" / "graph-subset.json"

pytestmark = pytest.mark.skipif(
    not DESCRIPTION.exists(), reason="Microsoft's description of Graph (shared/schemas/graph-subset.json) is not here"
)

GRAPH = "https://graph.microsoft.com"


class Asked:
    """A request as openapi-core wants to see it."""

    def __init__(self, method: str, target: str, body: bytes | None = None) -> None:
        parts = urlsplit(target)
        self.host_url = GRAPH
        self.path = f"/v1.0{parts.path}"
        self.method = method.lower()
        self.content_type = "application/json"
        self.body = body
        self.parameters = RequestParameters(
            query=ImmutableMultiDict(parse_qsl(parts.query)), header=Headers(), cookie=ImmutableMultiDict(), path={}
        )


@pytest.fixture(scope="module")
def description() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(DESCRIPTION.read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def graph_api(description) -> OpenAPI:
    return OpenAPI.from_dict(description)


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with living(tmp_path_factory.mktemp("contract")) as client:
        yield client


def judge(api: OpenAPI, asked: Asked, status: int, body: bytes, content_type: str) -> None:
    api.validate_response(asked, MockResponse(body, status, content_type=content_type.partition(";")[0]))


def property_names(description: dict[str, Any], schema: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The properties a schema declares, through references and allOf / anyOf."""
    if "$ref" in schema:
        return property_names(description, description["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
    found = dict(schema.get("properties", {}))
    for part in (*schema.get("allOf", ()), *schema.get("anyOf", ())):
        found |= property_names(description, part)
    return found


def assert_no_invented_names(description: dict[str, Any], schema: dict[str, Any], value: Any) -> None:
    """The schema allows unknown names, so a misspelt property would pass: they are compared here."""
    if isinstance(value, list):
        for item in value:
            assert_no_invented_names(description, schema.get("items", {}), item)
    elif isinstance(value, dict):
        declared = property_names(description, schema)
        for name, inner in value.items():
            if name.startswith(("@odata.", "extension_")):
                continue
            assert name in declared, f"Graph has no property {name}"
            assert_no_invented_names(description, declared[name], inner)


def assert_known(description: dict[str, Any], template: str, body: dict[str, Any]) -> None:
    """No invented names; a thing that says its own type is compared with that."""
    typed = [item for item in body.get("value", ()) if "@odata.type" in item]
    for item in typed:
        of_type = {"$ref": f"#/components/schemas/{item['@odata.type'].removeprefix('#')}"}
        assert_no_invented_names(description, of_type, item)
    if not typed:
        assert_no_invented_names(description, schema_of(description, OFFICIAL[template]), body)


def schema_of(description: dict[str, Any], template: str) -> dict[str, Any]:
    responses = description["paths"][template]["get"]["responses"]
    answer = responses.get("2XX") or responses["200"]
    if "$ref" in answer:
        answer = description["components"]["responses"][answer["$ref"].rpartition("/")[2]]
    found: dict[str, Any] = answer["content"]["application/json"]["schema"]
    return found


OFFICIAL = {
    "users/{user}": "/users/{user-id}",
    "users/{user}/memberOf": "/users/{user-id}/memberOf",
    "users/{user}/scopedRoleMemberOf": "/users/{user-id}/scopedRoleMemberOf",
    "users/{user}/appRoleAssignments": "/users/{user-id}/appRoleAssignments",
    "education/users": "/education/users",
    "education/users/{user}": "/education/users/{educationUser-id}",
    "education/users/{user}/schools": "/education/users/{educationUser-id}/schools",
    "education/users/{user}/classes": "/education/users/{educationUser-id}/classes",
    "education/users/{user}/taughtClasses": "/education/users/{educationUser-id}/taughtClasses",
    "education/schools": "/education/schools",
    "education/schools/{school}": "/education/schools/{educationSchool-id}",
    "education/schools/{school}/users": "/education/schools/{educationSchool-id}/users",
    "education/schools/{school}/classes": "/education/schools/{educationSchool-id}/classes",
    "education/classes": "/education/classes",
    "education/classes/{class}": "/education/classes/{educationClass-id}",
    "education/classes/{class}/group": "/education/classes/{educationClass-id}/group",
    "education/classes/{class}/schools": "/education/classes/{educationClass-id}/schools",
    "education/classes/{class}/teachers": "/education/classes/{educationClass-id}/teachers",
    "education/classes/{class}/members": "/education/classes/{educationClass-id}/members",
    "groups": "/groups",
    "groups/{group}": "/groups/{group-id}",
    "groups/{group}/members": "/groups/{group-id}/members",
    "directory/administrativeUnits/{unit}/members": "/directory/administrativeUnits/{administrativeUnit-id}/members",
    "teams/{team}": "/teams/{team-id}",
}
"""The simulator's templates of what is read, and Microsoft's."""

WRITTEN = {
    ("PATCH", "users/{user}"): "/users/{user-id}",
    ("POST", "users/{user}/revokeSignInSessions"): "/users/{user-id}/revokeSignInSessions",
    ("POST", "users/{user}/teamwork/installedApps"): "/users/{user-id}/teamwork/installedApps",
    ("POST", "education/schools/{school}/users/$ref"): "/education/schools/{educationSchool-id}/users/$ref",
    (
        "DELETE",
        "education/schools/{school}/users/{user}/$ref",
    ): "/education/schools/{educationSchool-id}/users/{educationUser-id}/$ref",
    ("POST", "education/classes/{class}/members/$ref"): "/education/classes/{educationClass-id}/members/$ref",
    (
        "DELETE",
        "education/classes/{class}/members/{user}/$ref",
    ): "/education/classes/{educationClass-id}/members/{educationUser-id}/$ref",
    ("POST", "education/classes"): "/education/classes",
    ("POST", "education/schools/{school}/classes/$ref"): "/education/schools/{educationSchool-id}/classes/$ref",
    ("POST", "education/classes/{class}/teachers/$ref"): "/education/classes/{educationClass-id}/teachers/$ref",
    (
        "DELETE",
        "education/classes/{class}/teachers/{user}/$ref",
    ): "/education/classes/{educationClass-id}/teachers/{educationUser-id}/$ref",
    ("PUT", "groups/{group}/team"): "/groups/{group-id}/team",
}
"""What is written."""

FILES = {
    "users/{user}/drive": "/users/{user-id}/drive",
    "drives/{drive}": "/drives/{drive-id}",
    "drives/{drive}/root:/{first}/{second}/children": "/drives/{drive-id}/root:/{s1}/{s2}:/children",
    "drives/{drive}/root:/{first}/{second}/{file}/content": "/drives/{drive-id}/root:/{s1}/{s2}/{s3}:/content",
    "users/{user}/drive/root:/{first}/{second}/children": "/users/{user-id}/drive/root:/{s1}/{s2}:/children",
    "users/{user}/drive/root:/{first}/{second}/{file}/content": (
        "/users/{user-id}/drive/root:/{s1}/{s2}/{s3}:/content"
    ),
}
"""Files of a school's account."""

SITES = {
    "sites/{site}",
    "sites/{host}/personal/{name}",
    *(
        f"sites/{site}/drive{rest}"
        for site in ("{site}", "{host}/personal/{name}")
        for rest in ("", "/root:/{first}/{second}/children", "/root:/{first}/{second}/{file}/content")
    ),
}
"""Sites, which the description leaves out: their drives are judged as a user's."""

NARROWED = {
    f"users/{{user}}/memberOf/{prefix}.{kind}"
    for prefix in ("graph", "microsoft.graph")
    for kind in ("group", "directoryRole")
}
"""A type in the path, which the description leaves out: judged as `memberOf`."""

TENANT_FACTS = {
    "organization",
    "domains/{domain}",
    "{principal}/memberOf/microsoft.graph.directoryRole",
}
"""What an administrator looks at, which the description leaves out."""
LISTED = {"users/{user}/teamwork/installedApps": "/users/{user-id}/teamwork/installedApps"}
"""Asked with the writer's identity."""

CATALOG = {"appCatalogs/teamsApps": "/appCatalogs/teamsApps"}
"""Asked by an administrator who is signed in."""

PROVISIONED = {(route.method, route.template) for route in provisioning.ROUTES}
"""What an administrator sets up before the bot runs."""

STAFF = (
    "teacher-with-role",
    "teacher-with-scoped-role",
    "teacher-in-role-group",
    "teacher-synced",
    "guest",
    "helpdesk",
)
GOOD_PASSWORD = "Mirala-4827"
QUERIES = ("", "?$select=id", "?$top=3&$count=true", "?$expand=schools,classes($select=id,displayName)")


def addressed(graph: Client, template: str, who: str) -> str:
    school = graph.get("/education/schools?$filter=schoolNumber eq '2990001'").json()["value"][0]["id"]
    taught = graph.get(f"/education/schools/{school}/classes?$top=1").json()["value"][0]["id"]
    values = {
        "{user}": who,
        "{school}": school,
        "{unit}": school,
        "{class}": taught,
        "{group}": taught,
        "{team}": taught,
    }
    path = "/" + template
    for name, value in values.items():
        path = path.replace(name, value)
    return path


def test_every_operation_is_judged():
    judged = [route for route in ROUTES if (route.method, route.template) not in PROVISIONED]
    read = {route.template for route in judged if route.method == "GET"}
    assert read == set(OFFICIAL) | set(FILES) | set(LISTED) | set(CATALOG) | SITES | NARROWED | TENANT_FACTS
    assert {(route.method, route.template) for route in judged if route.method != "GET"} == set(WRITTEN)


@pytest.mark.parametrize(
    ("template", "who"),
    [
        (template, who)
        for template in OFFICIAL
        for who in ("director", "teacher", "student", "ruo", "none")
        if who == "director" or "{user}" in template
    ],
)
def test_answers_fit_the_description(graph: Client, graph_api: OpenAPI, description, template: str, who: str):
    person = next(person for person in graph.roster["people"] if person["role"] == who)
    path = addressed(graph, template, person["aadObjectId"])
    fit = 0
    for query in QUERIES:
        answer = graph.get(path + query)
        judge(
            graph_api, Asked("GET", path + query), answer.status_code, answer.content, answer.headers["Content-Type"]
        )
        if answer.status_code == 200:
            fit += 1
            assert_known(description, template, answer.json())
    assert fit >= 2, "the plain and the selected question must be answered"


@pytest.mark.parametrize("key", STAFF)
@pytest.mark.parametrize("path", ["", "/memberOf", "/scopedRoleMemberOf"])
def test_what_is_read_of_staff_fits(graph: Client, graph_api: OpenAPI, description, key: str, path: str):
    person = f"/users/{graph.staff(key)['aadObjectId']}{path}"
    answer = graph.get(person)
    judge(graph_api, Asked("GET", person), 200, answer.content, answer.headers["Content-Type"])
    assert_known(description, f"users/{{user}}{path}", answer.json())


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"passwordProfile": {"password": GOOD_PASSWORD, "forceChangePasswordNextSignIn": True}}, 204),
        ({"accountEnabled": True}, 204),
        ({"passwordProfile": {"password": "weak"}}, 400),
        ({"passwordProfil": {}}, 400),
        ({"displayName": "Друго Име"}, 403),
    ],
)
def test_a_changed_account_is_answered_as_described(graph: Client, graph_api: OpenAPI, body, status: int):
    path = f"/users/{graph.case('first-grader')['username']}"
    answer = graph.patch(path, body)
    assert answer.status_code == status
    if status == 204:
        assert answer.content == b""
        assert (
            "204"
            in json.loads(DESCRIPTION.read_text(encoding="utf-8"))["paths"]["/users/{user-id}"]["patch"]["responses"]
        )
    else:
        judge(graph_api, Asked("PATCH", path), status, answer.content, answer.headers["Content-Type"])


def test_ended_sessions_are_answered_as_described(graph: Client, graph_api: OpenAPI):
    path = f"/users/{graph.case('first-grader')['username']}/revokeSignInSessions"
    answer = graph.post(path)
    judge(graph_api, Asked("POST", path), 200, answer.content, answer.headers["Content-Type"])
    refusal = graph.post(path, x_simulator_fault="429;retry-after=1")
    judge(graph_api, Asked("POST", path), 429, refusal.content, refusal.headers["Content-Type"])


@pytest.mark.parametrize("template", ["education/schools/{school}/users", "education/classes/{class}/members"])
def test_joining_and_leaving_are_answered_as_described(graph: Client, graph_api: OpenAPI, description, template: str):
    person = graph.case("moved-other-region")["aadObjectId"]
    collection = addressed(graph, template, person)
    joining, leaving = f"{collection}/$ref", f"{collection}/{person}/$ref"
    body = {"@odata.id": f"{graph.base}/v1.0/education/users/{person}"}
    for method, path, official in (
        ("POST", joining, WRITTEN["POST", f"{template}/$ref"]),
        ("DELETE", leaving, WRITTEN["DELETE", template + "/{user}/$ref"]),
    ):
        answer = graph.post(path, body) if method == "POST" else graph.delete(path)
        assert (answer.status_code, answer.content) == (204, b"")
        assert "204" in description["paths"][official][method.lower()]["responses"]
    refusals = [("DELETE", leaving, graph.delete(leaving))]
    graph.post(joining, body)
    refusals += [
        ("POST", joining, graph.post(joining, body)),
        ("POST", joining, graph.post(joining, {})),
        ("POST", joining, graph.post(joining, body, who="reader")),
        ("DELETE", leaving, graph.delete(leaving, x_simulator_fault="429;retry-after=1")),
    ]
    assert [answer.status_code for _, _, answer in refusals] == [404, 400, 400, 403, 429]
    for method, path, answer in refusals:
        asked = Asked(method, path, json.dumps(body).encode())
        judge(graph_api, asked, answer.status_code, answer.content, answer.headers["Content-Type"])
    graph.delete(leaving)


def test_a_new_class_its_teacher_its_school_and_its_team_are_answered_as_described(
    graph: Client, graph_api: OpenAPI, description
):
    school = graph.get("/education/schools?$filter=schoolNumber eq '2990001'").json()["value"][0]["id"]
    person = graph.staff("teacher-with-role")["aadObjectId"]
    body = {"displayName": "Нов клас", "mailNickname": "class777", "externalId": "777", "externalSource": "sis"}
    made = graph.post("/education/classes", body)
    assert made.status_code == 201
    asked = Asked("POST", "/education/classes", json.dumps(body).encode())
    judge(graph_api, asked, 201, made.content, made.headers["Content-Type"])
    assert_no_invented_names(
        description, schema_of(description, "/education/classes/{educationClass-id}"), made.json()
    )
    group = made.json()["id"]
    early = graph.put(f"/groups/{group}/team", {})
    class_, teacher = f"/education/schools/{school}/classes/$ref", f"/education/classes/{group}/teachers"
    references = {
        kind: {"@odata.id": f"{graph.base}/v1.0/education/{kind}"} for kind in (f"classes/{group}", f"users/{person}")
    }
    of_class, of_person = references[f"classes/{group}"], references[f"users/{person}"]
    done = [graph.post(class_, of_class), graph.post(f"{teacher}/$ref", of_person)]
    assert [(answer.status_code, answer.content) for answer in done] == [(204, b"")] * 2
    team = graph.put(f"/groups/{group}/team", {})
    assert team.status_code == 201
    judge(graph_api, Asked("PUT", f"/groups/{group}/team", b"{}"), 201, team.content, team.headers["Content-Type"])
    refusals = [
        ("POST", "/education/classes", graph.post("/education/classes", body)),
        ("PUT", f"/groups/{group}/team", early),
        ("PUT", f"/groups/{group}/team", graph.put(f"/groups/{group}/team", {})),
        ("POST", class_, graph.post(class_, of_class)),
        ("POST", f"{teacher}/$ref", graph.post(f"{teacher}/$ref", of_person)),
        ("POST", f"{teacher}/$ref", graph.post(f"{teacher}/$ref", of_person, who="reader")),
    ]
    assert [answer.status_code for _, _, answer in refusals] == [400, 400, 409, 400, 400, 403]
    for method, path, answer in refusals:
        judge(
            graph_api, Asked(method, path, b"{}"), answer.status_code, answer.content, answer.headers["Content-Type"]
        )
    gone = graph.delete(f"{teacher}/{person}/$ref")
    assert (gone.status_code, gone.content) == (204, b"")


def test_the_files_of_a_school_are_answered_as_described(graph: Client, graph_api: OpenAPI, description):
    folder = "/".join(map(quote, graph.description["lists_folder"].split("/")))
    path = f"/users/2990001@edu.mon.bg/drive/root:/{folder}:/children"
    answer = graph.get(path)
    assert answer.status_code == 200
    judge(graph_api, Asked("GET", path), 200, answer.content, answer.headers["Content-Type"])
    official = FILES["users/{user}/drive/root:/{first}/{second}/children"]
    assert_no_invented_names(description, schema_of(description, official), answer.json())
    name = answer.json()["value"][0]["name"]
    content = f"/users/2990001@edu.mon.bg/drive/root:/{folder}/{name}:/content"
    told = graph.session.get(
        f"{graph.base}/v1.0{content}",
        headers={"Authorization": f"Bearer {graph.token()}"},
        allow_redirects=False,
        timeout=20,
    )
    assert told.status_code == 302
    official = FILES["users/{user}/drive/root:/{first}/{second}/{file}/content"]
    assert "302" in description["paths"][official]["get"]["responses"]
    bytes_of = graph.session.get(told.headers["Location"], timeout=20)
    assert bytes_of.status_code == 200
    assert bytes_of.content
    for nobody in (f"/users/2990003@edu.mon.bg/drive/root:/{folder}:/children", path.replace("2990001", "nobody")):
        refusal = graph.get(nobody)
        assert refusal.status_code == 404
        judge(graph_api, Asked("GET", nobody), 404, refusal.content, refusal.headers["Content-Type"])


def test_an_installed_app_is_answered_as_described(graph: Client, graph_api: OpenAPI, description):
    path = f"/users/{graph.case('first-grader')['aadObjectId']}/teamwork/installedApps"
    body = {"teamsApp@odata.bind": f"{graph.base}/v1.0/appCatalogs/teamsApps/{graph.description['app_catalog_id']}"}
    first = graph.post(path, body)
    assert (first.status_code, first.content) == (201, b"")
    official = WRITTEN["POST", "users/{user}/teamwork/installedApps"]
    assert "201" in description["paths"][official]["post"]["responses"]
    for answer, status in ((graph.post(path, body), 409), (graph.post(path, body, who="reader"), 403)):
        assert answer.status_code == status
        judge(graph_api, Asked("POST", path), status, answer.content, answer.headers["Content-Type"])
    listed = graph.get(f"{path}?$expand=teamsApp", who="writer")
    assert len(listed.json()["value"]) == 1
    judge(graph_api, Asked("GET", path), 200, listed.content, listed.headers["Content-Type"])
    (template,) = LISTED.values()
    assert_no_invented_names(description, schema_of(description, template), listed.json())


def test_the_catalog_of_apps_fits(graph: Client, graph_api: OpenAPI, description):
    ours = "5a1e0000-0000-4000-8000-0000000000aa"
    manifest = {"id": ours, "webApplicationInfo": {"id": graph.description["clients"]["reader"]["id"]}}
    assert graph.admin("POST", "settings", {"package": manifest}).status_code == 200
    ((path, template),) = CATALOG.items()
    for who, status in (("administrator", 200), ("reader", 403)):
        answer = graph.get(f"/{path}?$filter=externalId eq '{ours}'", who)
        judge(graph_api, Asked("GET", f"/{path}"), status, answer.content, answer.headers["Content-Type"])
        if status == 200:
            assert len(answer.json()["value"]) == 1
            assert_no_invented_names(description, schema_of(description, template), answer.json())


@pytest.mark.parametrize("key", ["moved-half-done", "moved-no-school", "being-created", "disabled", "lost-zero-lnch"])
def test_the_search_for_each_kind_of_account_fits(graph: Client, graph_api: OpenAPI, description, key: str):
    number = graph.case(key)["identifier"].lstrip("0")
    path = f"/education/users?$filter=student/externalId eq '{number}'&$expand=schools,classes"
    answer = graph.get(path)
    assert len(answer.json()["value"]) == 1
    judge(graph_api, Asked("GET", path), 200, answer.content, answer.headers["Content-Type"])
    assert_no_invented_names(description, schema_of(description, "/education/users"), answer.json())


def refused(graph: Client) -> dict[str, requests.Response]:
    anonymous = graph.session.get(f"{graph.base}/v1.0/education/users", timeout=20)
    return {
        "/users/nobody": graph.get("/users/nobody"),
        "/education/users?$filter=x eq": graph.get("/education/users?$filter=x eq"),
        "/education/users?$top=5000": graph.get("/education/users?$top=5000"),
        "/education/users": anonymous,
        "/users/x/appRoleAssignments": graph.get("/users/x/appRoleAssignments", who="writer"),
        "/education/schools": graph.get("/education/schools", x_simulator_fault="429;retry-after=1"),
        "/education/classes": graph.get("/education/classes", x_simulator_fault="503"),
    }


def test_refusals_fit_the_description(graph: Client, graph_api: OpenAPI):
    answers = refused(graph)
    assert sorted(answer.status_code for answer in answers.values()) == [400, 400, 401, 403, 404, 429, 503]
    for path, answer in answers.items():
        judge(graph_api, Asked("GET", path), answer.status_code, answer.content, answer.headers["Content-Type"])
        assert answer.json()["error"]["innerError"]["request-id"]


def test_a_batch_and_its_refusal_fit(graph: Client, graph_api: OpenAPI):
    items: list[dict[str, Any]] = [
        {"id": "1", "method": "GET", "url": "/users/2990001@edu.mon.bg"},
        {"id": "2", "method": "GET", "url": "/users/nobody", "dependsOn": ["1"]},
        {"id": "3", "method": "GET", "url": "/education/schools", "dependsOn": ["2"]},
    ]
    asked = Asked("POST", "/$batch", json.dumps({"requests": items}).encode())
    answer = graph.batch(*items)
    assert sorted(item["status"] for item in answer.json()["responses"]) == [200, 404, 424]
    judge(graph_api, asked, answer.status_code, answer.content, answer.headers["Content-Type"])
    for item in answer.json()["responses"]:
        inner = Asked("GET", items[int(item["id"]) - 1]["url"])
        judge(graph_api, inner, item["status"], json.dumps(item["body"]).encode(), item["headers"]["Content-Type"])
    too_many = graph.batch(*({"id": str(n), "method": "GET", "url": "/users/x"} for n in range(21)))
    judge(graph_api, asked, too_many.status_code, too_many.content, too_many.headers["Content-Type"])


def test_the_judge_refuses_what_graph_would_never_say(graph_api: OpenAPI, description):
    wrong = {"value": [{"id": "1", "accountEnabled": "yes"}]}
    with pytest.raises(Exception, match=r"validation|Invalid"):
        judge(graph_api, Asked("GET", "/education/users"), 200, json.dumps(wrong).encode(), "application/json")
    with pytest.raises(AssertionError, match="acountEnabled"):
        assert_no_invented_names(
            description, schema_of(description, "/education/users"), {"value": [{"acountEnabled": True}]}
        )
