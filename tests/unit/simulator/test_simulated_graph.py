"""Objects, lists, pages, $select and $expand, as Graph answers them."""

import re
from urllib.parse import unquote

import pytest

from simulator.graph.dialect import Dialect
from simulator.graph.route import Route, Router
from tests.unit.simulator.living import Client, living

GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
ROLE = "extension_3fd591523047404483834154c3498778_NEISPUO_ROLE"


def school_id(graph: Client, code: str = "2990001") -> str:
    found: str = graph.get(f"/education/schools?$filter=schoolNumber eq '{code}'&$select=id").json()["value"][0]["id"]
    return found


def every_page(graph: Client, path: str) -> tuple[list[dict], int]:
    items, pages, link = [], 0, path
    while link:
        body = graph.get(link).json()
        items += body["value"]
        pages += 1
        link = body.get("@odata.nextLink")
    return items, pages


def test_a_school_account_is_read_by_name_or_id_with_its_extension(graph: Client):
    by_name = graph.get(f"/users/2990001@EDU.mon.bg?$select=id,userPrincipalName,accountEnabled,displayName,{ROLE}")
    body = by_name.json()
    assert body["@odata.context"].startswith(f"{graph.base}/v1.0/$metadata#users(id,")
    assert body[ROLE] == "0"
    assert graph.get(f"/users/{body['id'].upper()}?$select={ROLE}").json()[ROLE] == "0"


def test_an_unset_extension_is_left_out_and_defaults_have_none(graph: Client):
    teacher = next(person for person in graph.roster["people"] if person["role"] == "teacher")
    assert ROLE not in graph.get(f"/users/{teacher['upn']}?$select=id,{ROLE}").json()
    default = graph.get(f"/users/{teacher['aadObjectId']}").json()
    assert set(default) == {
        "@odata.context", "id", "businessPhones", "displayName", "givenName", "jobTitle", "mail", "mobilePhone",
        "officeLocation", "preferredLanguage", "surname", "userPrincipalName",
    }  # fmt: skip


def test_only_what_is_selected_comes_back(graph: Client):
    body = graph.get("/users/2990001@edu.mon.bg?$select=displayName").json()
    assert set(body) == {"@odata.context", "displayName"}


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/users/2990001@edu.mon.bg?$select=nationalId", "BadRequest"),
        ("/users/2990001@edu.mon.bg?$select=id,", "BadRequest"),
        ("/users/2990001@edu.mon.bg?$filter=id eq 'x'", "BadRequest"),
        ("/education/users?$select=externalId", "BadRequest"),
        ("/education/users?$expand=pupils", "BadRequest"),
        ("/education/users?$expand=classes($select=nothing)", "BadRequest"),
        ("/education/users?$expand=classes($levels=2)", "BadRequest"),
        ("/education/users?$expand=classes(", "BadRequest"),
        ("/education/users?$top=0", "Request_UnsupportedQuery"),
        ("/education/users?$top=1000", "Request_UnsupportedQuery"),
        ("/education/users?$top=-1", "BadRequest"),
        ("/education/users?$top=ten", "BadRequest"),
        ("/education/users?$count=maybe", "BadRequest"),
        ("/education/users?$skiptoken=AAAA", "Directory_ExpiredPageToken"),
        ("/education/users?$search=x", "BadRequest"),
        ("/education/users?$top=1&$top=2", "BadRequest"),
        ("/education/pupils", "BadRequest"),
        ("/education/users/x/y/z", "BadRequest"),
    ],
)
def test_what_graph_refuses_is_refused(graph: Client, path, code):
    answer = graph.get(path)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, code)


def test_an_error_carries_the_ids_support_asks_for(graph: Client):
    answer = graph.get("/users/nobody@edu.mon.bg", client_request_id="11111111-2222-4333-8444-555555555555")
    assert answer.status_code == 404
    error = answer.json()["error"]
    assert error["code"] == "Request_ResourceNotFound"
    assert GUID.fullmatch(error["innerError"]["request-id"])
    assert answer.headers["request-id"] == error["innerError"]["request-id"]
    assert answer.headers["client-request-id"] == "11111111-2222-4333-8444-555555555555"
    assert error["innerError"]["client-request-id"] == "11111111-2222-4333-8444-555555555555"
    other = graph.get("/users/nobody@edu.mon.bg")
    assert other.headers["request-id"] != answer.headers["request-id"]


@pytest.mark.parametrize(
    "path",
    [
        "/users/x/appRoleAssignments",
        "/education/users/x",
        "/education/users/x/schools",
        "/education/schools/x",
        "/education/schools/x/users",
        "/education/classes/x",
        "/education/classes/x/members",
    ],
)
def test_an_unknown_object_is_404_on_every_path(graph: Client, path):
    answer = graph.get(path)
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "Request_ResourceNotFound")


def test_nobody_found_is_an_empty_list(graph: Client):
    answer = graph.get("/education/users?$filter=student/externalId eq '4146054046'&$count=true")
    assert answer.status_code == 200
    assert answer.json()["value"] == []
    assert answer.json()["@odata.count"] == 0


def test_a_method_that_is_not_offered(graph: Client):
    answer = graph.session.delete(
        f"{graph.base}/v1.0/education/users", headers={"Authorization": f"Bearer {graph.token()}"}, timeout=20
    )
    assert answer.status_code == 405


@pytest.mark.parametrize("size", [1, 7, 100, 384, 385, 999])
def test_pages_give_everybody_once(graph: Client, size):
    path = f"/education/schools/{school_id(graph)}/users?$select=id&$count=true"
    if size == 1:
        first = graph.get(f"{path}&$top=1").json()
        second = graph.get(first["@odata.nextLink"]).json()
        assert first["value"] != second["value"]
        return
    total = graph.get(path).json()["@odata.count"]
    items, pages = every_page(graph, f"{path}&$top={size}")
    assert len(items) == len({item["id"] for item in items}) == total
    assert pages == -(-total // size)


def test_the_default_page_is_a_hundred_and_the_link_is_ours_and_keeps_the_question(graph: Client):
    path = f"/education/schools/{school_id(graph)}/users?$select=id,displayName&$expand=schools($select=schoolNumber)"
    body = graph.get(path).json()
    assert len(body["value"]) == 100
    link = body["@odata.nextLink"]
    assert link.startswith(f"{graph.base}/v1.0/education/schools/")
    assert "$expand=schools($select=schoolNumber)" in unquote(link)
    assert set(graph.get(link).json()["value"][0]) == {"id", "displayName", "schools"}


def test_a_page_token_belongs_to_its_question(graph: Client):
    link = graph.get("/education/users?$top=2&$select=id").json()["@odata.nextLink"]
    stolen = link.replace("/education/users?", "/education/classes?")
    assert graph.get(stolen).json()["error"]["code"] == "Directory_ExpiredPageToken"
    assert graph.get(link[:-3] + "AAA").json()["error"]["code"] == "Directory_ExpiredPageToken"


def test_expand_gives_schools_and_classes_with_the_selected_properties(graph: Client):
    student = graph.case("moved-half-done")
    found = graph.find(
        student["identifier"],
        "&$select=id,displayName&$expand=schools($select=id,schoolNumber),classes($select=displayName)",
    )
    assert len(found) == 1
    assert set(found[0]) == {"id", "displayName", "schools", "classes"}
    assert [set(school) for school in found[0]["schools"]] == [{"id", "schoolNumber"}] * 2
    assert "Математика - 5 а - ООП" in [team["displayName"] for team in found[0]["classes"]]


def test_expanded_and_separate_reads_agree(graph: Client):
    student = graph.case("several-new-enabled")["aadObjectId"]
    expanded = graph.get(f"/education/users/{student}?$expand=schools,classes").json()
    assert expanded["schools"] == graph.get(f"/education/users/{student}/schools").json()["value"]
    assert expanded["classes"] == graph.get(f"/education/users/{student}/classes").json()["value"]
    assert expanded["primaryRole"] == "student"
    assert expanded["teacher"] is None


def test_membership_reads_the_same_from_both_ends(graph: Client):
    teacher = next(person for person in graph.roster["people"] if person["role"] == "teacher")
    taught = graph.get(f"/education/users/{teacher['aadObjectId']}/taughtClasses").json()["value"]
    classes = graph.get(f"/education/users/{teacher['aadObjectId']}/classes").json()["value"]
    assert taught
    assert taught == classes
    team = taught[0]["id"]
    teachers = graph.get(f"/education/classes/{team}/teachers?$select=id").json()["value"]
    assert {"id": teacher["aadObjectId"]} in teachers
    members = graph.get(f"/education/classes/{team}/members?$select=id,primaryRole&$top=999").json()["value"]
    assert {person["primaryRole"] for person in members} == {"student", "teacher"}
    pupil = next(person["id"] for person in members if person["primaryRole"] == "student")
    assert team in [item["id"] for item in graph.get(f"/education/users/{pupil}/classes").json()["value"]]
    assert graph.get(f"/education/users/{pupil}/taughtClasses").json()["value"] == []
    group = graph.get(f"/education/classes/{team}/group").json()
    assert (group["id"], group["resourceProvisioningOptions"]) == (team, ["Team"])
    assert [s["schoolNumber"] for s in graph.get(f"/education/classes/{team}/schools").json()["value"]] == ["2990001"]


def test_members_of_a_class_come_in_pages_with_their_schools(graph: Client):
    teams, _ = every_page(graph, f"/education/schools/{school_id(graph)}/classes?$select=id,displayName&$top=50")
    assert len(teams) == len({team["id"] for team in teams}) > 50
    team = next(team["id"] for team in teams if team["displayName"].startswith("Час на класа - 5 а"))
    path = (
        f"/education/classes/{team}/members?$select=id,displayName,primaryRole&$expand=schools($select=schoolNumber)"
    )
    members, pages = every_page(graph, f"{path}&$top=7")
    assert pages == -(-len(members) // 7) > 1
    assert members == graph.get(f"{path}&$top=999").json()["value"]
    assert all({"schoolNumber": "2990001"} in member["schools"] for member in members if member["schools"])
    assert sum(member["primaryRole"] == "teacher" for member in members) == 1


def test_a_class_team_is_one_curriculum_row(graph: Client):
    teams, _ = every_page(graph, f"/education/schools/{school_id(graph)}/classes?$select=displayName,externalId")
    assert len({team["externalId"] for team in teams}) == len(teams)
    assert {"displayName": "Математика - 5 а - ООП"}.items() <= next(
        team for team in teams if team["displayName"].startswith("Математика - 5 а")
    ).items()
    found = graph.get(f"/education/classes?$filter=externalId eq '{teams[0]['externalId']}'").json()["value"]
    assert [team["displayName"] for team in found] == [teams[0]["displayName"]]
    electives, _ = every_page(graph, f"/education/schools/{school_id(graph, '2990003')}/classes?$select=displayName")
    assert {"displayName": "Немски език - 8 а, 8 б - ИУЧ"} in electives


def test_app_roles_name_their_application(graph: Client):
    people = {person["upn"]: person for person in graph.roster["people"]}

    def roles(upn: str) -> list[tuple[str, str]]:
        found = graph.get(f"/users/{people[upn]['aadObjectId']}/appRoleAssignments").json()["value"]
        return [(role["appRoleId"], role["resourceId"]) for role in found]

    ours = graph.description["app_roles_resource"]
    role_id = next(iter(graph.description["app_roles"]))
    assert roles("ruo-plovdiv@edu.mon.bg") == [(role_id, ours)]
    assert roles("asen.neznakov@edu.mon.bg") == []
    lookalike = roles("fani.chuzhdova@edu.mon.bg")
    assert [role for role, _ in lookalike] == [role_id]
    assert lookalike[0][1] != ours
    of_ours = graph.get(f"/users/ruo-varna@edu.mon.bg/appRoleAssignments?$filter=resourceId eq {ours}").json()[
        "value"
    ]
    assert len(of_ours) == 1


def test_beta_answers_with_beta_addresses(graph: Client):
    body = graph.get("/education/users?$top=1", version="beta").json()
    assert body["@odata.context"].startswith(f"{graph.base}/beta/")
    assert body["@odata.nextLink"].startswith(f"{graph.base}/beta/")
    assert graph.get("/education/users", version="v2.0").status_code == 404


def test_a_tenant_may_refuse_the_identifier_filter_in_v1_and_expand(state):
    with living(state, Dialect(external_id_only_in_beta=True, expansions=0)) as graph:
        path = "/education/users?$filter=student/externalId eq '1'"
        assert graph.get(path).json()["error"]["code"] == "Request_UnsupportedQuery"
        assert graph.get(path, version="beta").status_code == 200
        assert graph.get("/education/users?$top=1&$expand=schools").status_code == 400


def test_administrators_move_and_change_people_until_reset(graph: Client):
    student = graph.case("first-grader")
    change = {"schools": ["2990004"], "accountEnabled": False, "displayName": "Ния *Звезда*"}
    assert graph.admin("POST", f"users/{student['username']}", change).status_code == 200
    after = graph.find(student["identifier"])[0]
    assert ([s["schoolNumber"] for s in after["schools"]], after["accountEnabled"]) == (["2990004"], False)
    assert after["displayName"] == "Ния *Звезда*"
    assert graph.admin("POST", f"users/{student['username']}", {"shoeSize": 3}).status_code == 400
    assert graph.admin("POST", f"users/{student['username']}", {"schools": ["1"]}).status_code == 400
    graph.reset()
    before = graph.find(student["identifier"])[0]
    assert ([s["schoolNumber"] for s in before["schools"]], before["accountEnabled"]) == (["2990001"], True)


def test_a_write_is_seen_only_after_the_replication_lag(graph: Client):
    student = graph.case("moved")
    graph.admin("POST", "settings", {"replicationLag": 60_000})
    graph.admin("POST", f"users/{student['username']}", {"accountEnabled": False})
    assert graph.find(student["identifier"])[0]["accountEnabled"] is True
    graph.admin("POST", "settings", {"replicationLag": 0})
    graph.admin("POST", f"users/{graph.case('disabled')['username']}", {"accountEnabled": True})
    assert graph.find(student["identifier"])[0]["accountEnabled"] is True, "an earlier write may not be overtaken"


def test_fixed_words_win_over_parameters():
    def nothing(*_):
        raise AssertionError

    by_id = Route("GET", "education/users/{user}", frozenset(), nothing)
    delta = Route("GET", "education/users/delta", frozenset(), nothing)
    router = Router((by_id, delta))
    assert router.find("GET", ("education", "users", "delta"))[0] is delta
    assert router.find("GET", ("education", "users", "x"))[1] == {"user": "x"}
