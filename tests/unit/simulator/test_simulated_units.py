"""Who is in a school's administrative unit and in a class's group, with the dates of their accounts."""

import pytest

from tests.unit.simulator.living import Client

SELECT = "?$select=id,userPrincipalName,accountEnabled,createdDateTime,lastPasswordChangeDateTime"


def school(graph: Client, code: str = "2990001") -> str:
    (found,) = graph.get(f"/education/schools?$filter=schoolNumber eq '{code}'").json()["value"]
    return str(found["id"])


def unit(graph: Client, query: str = SELECT) -> str:
    return f"/directory/administrativeUnits/{school(graph)}/members{query}"


def test_a_schools_unit_has_everybody_of_the_school_with_the_dates_of_their_accounts(graph: Client):
    roster = graph.get(f"/education/schools/{school(graph)}/users?$top=999&$select=id").json()["value"]
    found = graph.get(unit(graph) + "&$top=999").json()["value"]
    assert {one["id"] for one in roster} <= {one["id"] for one in found}
    assert {one["@odata.type"] for one in found} == {"#microsoft.graph.user"}
    assert all(one["createdDateTime"] <= one["lastPasswordChangeDateTime"] for one in found)
    assert set(found[0]) == {"@odata.type", *SELECT.removeprefix("?$select=").split(",")}


def test_it_comes_in_pages_and_without_a_selection_without_dates(graph: Client):
    page = graph.get(unit(graph) + "&$top=7").json()
    more = graph.get(page["@odata.nextLink"]).json()
    assert len(page["value"]) == len(more["value"]) == 7
    assert not {one["id"] for one in page["value"]} & {one["id"] for one in more["value"]}
    assert "createdDateTime" not in graph.get(unit(graph, "?$top=1")).json()["value"][0]


def test_a_temporary_password_and_the_first_sign_in_move_the_date_of_the_password_and_not_of_the_account(
    graph: Client,
):
    student = next(
        one for one in graph.roster["students"] if one["schoolCode"] == "2990001" and one["state"] == "active"
    )

    def dates() -> tuple[str, str]:
        every = graph.get(unit(graph) + "&$top=999").json()["value"]
        (mine,) = [one for one in every if one["userPrincipalName"] == student["username"]]
        return mine["createdDateTime"], mine["lastPasswordChangeDateTime"]

    made, first = dates()
    assert graph.set_password(student["username"], "Zegego2399").status_code == 204
    again, ours = dates()
    assert (again, ours > first) == (made, True)
    assert graph.sign_in(student["username"], "Zegego2399") == "must-change"
    assert dates() == (made, ours)
    assert graph.sign_in(student["username"], "Zegego2399", "Zaedno-Napred-81") == "signed-in"
    assert dates()[1] >= ours


@pytest.mark.parametrize(("units", "status"), [("refused", 403), ("missing", 404), ("empty", 200)])
def test_a_tenant_may_not_tell_of_units(graph: Client, units: str, status: int):
    graph.admin("POST", "settings", {"dialect": {"units": units}})
    answer = graph.get(unit(graph))
    assert answer.status_code == status
    if status == 200:
        assert answer.json()["value"] == []


def test_a_tenant_may_tell_of_members_nothing_but_who_they_are(graph: Client):
    graph.admin("POST", "settings", {"dialect": {"units": "limited"}})
    found = graph.get(unit(graph) + "&$top=999").json()["value"]
    assert len(found) > 20
    for one in found:
        assert (one.pop("@odata.type"), len(one.pop("id"))) == ("#microsoft.graph.user", 36)
        assert set(one.values()) == {None}
        assert set(one) == {"userPrincipalName", "accountEnabled", "createdDateTime", "lastPasswordChangeDateTime"}


def test_what_is_no_school_has_no_unit(graph: Client):
    assert graph.get("/directory/administrativeUnits/00000000-0000-4000-8000-000000000001/members").status_code == 404


def test_a_classes_group_has_its_members_and_hides_them_where_classes_do(graph: Client):
    student = next(one for one in graph.roster["students"] if one["class"] == "5 а" and one["state"] == "active")
    (team, *_) = graph.get(f"/education/users/{student['aadObjectId']}/classes").json()["value"]
    members = {one["id"] for one in graph.get(f"/education/classes/{team['id']}/members?$top=999").json()["value"]}
    path = f"/groups/{team['id']}/members{SELECT}&$top=999"
    assert {one["id"] for one in graph.get(path).json()["value"]} == members
    graph.admin("POST", "settings", {"dialect": {"members": "refused"}})
    graph.forget_tokens()
    seen = graph.get(path)
    assert seen.status_code == (200 if "Member.Read.Hidden" in permissions(graph) else 403)


def permissions(graph: Client) -> set[str]:
    import base64  # noqa: PLC0415
    import json  # noqa: PLC0415

    part = graph.token().split(".")[1]
    return set(json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))["roles"])


def test_when_somebody_signed_in_is_told_to_nobody_without_the_permission(graph: Client):
    answer = graph.get(unit(graph, "?$select=id,signInActivity"))
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "Authentication_MSGraphPermissionMissing")
