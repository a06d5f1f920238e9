"""memberOf and scopedRoleMemberOf: where power over accounts is read."""

import pytest

from tests.unit.simulator.living import Client

CLASS, UNIT, ROLE = (
    "#microsoft.graph.group",
    "#microsoft.graph.administrativeUnit",
    "#microsoft.graph.directoryRole",
)
HELPDESK = "729827e3-9c14-49f7-bb1b-9608f156bbb8"


def memberships(graph: Client, upn: str, query: str = "?$top=999") -> list[dict]:
    found: list[dict] = graph.get(f"/users/{upn.replace('#', '%23')}/memberOf{query}").json()["value"]
    return found


def scoped(graph: Client, upn: str) -> list[dict]:
    found: list[dict] = graph.get(f"/users/{upn}/scopedRoleMemberOf").json()["value"]
    return found


def test_a_student_is_in_class_groups_and_the_school_and_nothing_else(graph: Client):
    student = graph.case("first-grader")
    found = memberships(graph, student["username"])
    classes = graph.get(f"/education/users/{student['aadObjectId']}/classes").json()["value"]
    (school,) = graph.get(f"/education/users/{student['aadObjectId']}/schools").json()["value"]
    assert [item["id"] for item in found if item["@odata.type"] == CLASS] == [item["id"] for item in classes]
    assert all(item["isAssignableToRole"] is None for item in found if item["@odata.type"] == CLASS)
    assert [item["id"] for item in found if item["@odata.type"] == UNIT] == [school["id"]]
    assert {item["@odata.type"] for item in found} == {CLASS, UNIT}
    assert scoped(graph, student["username"]) == []


def test_a_role_comes_after_the_groups_and_names_its_template(graph: Client):
    found = memberships(graph, graph.staff("teacher-with-role")["upn"])
    assert found[-1]["@odata.type"] == ROLE
    assert (found[-1]["roleTemplateId"], found[-1]["displayName"]) == (HELPDESK, "Helpdesk Administrator")
    assert "isAssignableToRole" not in found[-1]


def test_a_role_for_one_school_is_only_in_the_other_list(graph: Client):
    upn = graph.staff("teacher-with-scoped-role")["upn"]
    assert ROLE not in {item["@odata.type"] for item in memberships(graph, upn)}
    (held,) = scoped(graph, upn)
    (school,) = graph.get("/education/schools?$filter=schoolNumber eq '2990001'").json()["value"]
    assert held["administrativeUnitId"] == school["id"]
    assert held["roleMemberInfo"]["id"] == graph.staff("teacher-with-scoped-role")["aadObjectId"]
    assert set(held) == {"id", "administrativeUnitId", "roleId", "roleMemberInfo"}


@pytest.mark.parametrize(("key", "assignable"), [("teacher-in-role-group", True), ("teacher-in-plain-group", False)])
def test_a_group_says_whether_a_role_can_be_assigned_to_it(graph: Client, key, assignable):
    found = memberships(graph, graph.staff(key)["upn"])
    assert [item["isAssignableToRole"] for item in found if item["@odata.type"] == CLASS] == [assignable]


def test_selected_properties_are_those_the_type_has(graph: Client):
    upn = graph.staff("teacher-with-role")["upn"]
    graph.admin("POST", f"users/{upn}", {"roleAssignableGroup": True})
    found = memberships(graph, upn, "?$select=id,isAssignableToRole,roleTemplateId")
    assert [set(item) - {"@odata.type"} for item in found] == [
        {"id", "isAssignableToRole"},
        {"id"},
        {"id", "roleTemplateId"},
    ]
    only = memberships(graph, upn, "?$select=roleTemplateId")
    assert [set(item) for item in only] == [{"@odata.type"}, {"@odata.type"}, {"@odata.type", "roleTemplateId"}]


@pytest.mark.parametrize("query", ["?$select=shoeSize", "?$filter=shoeSize eq 1", "?$filter=id eq 'x'", "?$search=x"])
def test_what_graph_refuses_is_refused(graph: Client, query):
    assert graph.get(f"/users/{graph.case('first-grader')['username']}/memberOf{query}").status_code == 400


@pytest.mark.parametrize("size", [1, 3, 50])
def test_pages_give_every_membership_once_and_the_role_last(graph: Client, size):
    teacher = next(person for person in graph.roster["people"] if person["role"] == "teacher")["upn"]
    graph.admin("POST", f"users/{teacher}", {"directoryRole": "Groups Administrator", "roleAssignableGroup": True})
    whole = memberships(graph, teacher)
    assert len(whole) > 5
    items, link = [], f"/users/{teacher}/memberOf?$top={size}"
    while link:
        body = graph.get(link).json()
        items += body["value"]
        link = body.get("@odata.nextLink")
    assert items == whole
    assert items[-1]["@odata.type"] == ROLE


@pytest.mark.parametrize("prefix", ["microsoft.graph", "graph"])
def test_a_type_in_the_path_narrows(graph: Client, prefix):
    upn = graph.staff("teacher-with-role")["upn"]
    graph.admin("POST", f"users/{upn}", {"roleAssignableGroup": True})
    roles = graph.get(f"/users/{upn}/memberOf/{prefix}.directoryRole").json()["value"]
    groups = graph.get(f"/users/{upn}/memberOf/{prefix}.group?$select=isAssignableToRole").json()["value"]
    assert [role["displayName"] for role in roles] == ["Helpdesk Administrator"]
    assert [group["isAssignableToRole"] for group in groups] == [True]


def test_unknown_people_and_callers_without_the_right(graph: Client):
    for path in ("memberOf", "scopedRoleMemberOf"):
        assert graph.get(f"/users/nobody/{path}").status_code == 404
        assert graph.get(f"/users/{graph.case('first-grader')['username']}/{path}", who="writer").status_code == 403


def test_power_given_by_a_test_is_read(graph: Client):
    student = graph.case("first-grader")["username"]
    graph.admin("POST", f"users/{student}", {"directoryRole": "User Administrator", "scopedRole": True})
    assert memberships(graph, student)[-1]["displayName"] == "User Administrator"
    assert len(scoped(graph, student)) == 1
    graph.admin("POST", f"users/{student}", {"directoryRole": "Teams Administrator"})
    assert [item["displayName"] for item in memberships(graph, student) if item["@odata.type"] == ROLE] == [
        "Teams Administrator"
    ]
    graph.admin("POST", f"users/{student}", {"directoryRole": None, "scopedRole": False})
    assert ROLE not in {item["@odata.type"] for item in memberships(graph, student)}
    assert scoped(graph, student) == []


def test_a_moved_student_is_in_the_new_schools_unit(graph: Client):
    student = graph.case("first-grader")["username"]
    graph.admin("POST", f"users/{student}", {"schools": ["2990004"]})
    (unit,) = [item for item in memberships(graph, student) if item["@odata.type"] == UNIT]
    assert unit["id"] == graph.get("/education/schools?$filter=schoolNumber eq '2990004'").json()["value"][0]["id"]
