"""What an administrator looks at: organization, domains, directory roles and installed apps of applications."""

import pytest

from simulator.people.directory_names import (
    APP_CATALOG_ID,
    DIRECTORY_ROLES,
    PRINCIPALS,
    READER_CLIENT_ID,
    TEAMS_APP_ID,
    TENANT_ID,
    WRITER_CLIENT_ID,
)
from tests.unit.simulator.living import Client

ROLES = "/servicePrincipals(appId='{}')/memberOf/microsoft.graph.directoryRole?$select=displayName,roleTemplateId"


def test_the_organization_says_who_it_is(graph: Client) -> None:
    (found,) = graph.get("/organization?$select=id,verifiedDomains,onPremisesSyncEnabled").json()["value"]

    assert found["id"] == TENANT_ID
    assert [one["name"] for one in found["verifiedDomains"]] == ["edu.mon.bg"]
    assert found["onPremisesSyncEnabled"] is None
    graph.admin("POST", "settings", {"synchronised": True})
    assert graph.get("/organization").json()["value"][0]["onPremisesSyncEnabled"] is True


def test_a_domain_says_where_its_people_sign_in(graph: Client) -> None:
    assert graph.get("/domains/EDU.mon.bg?$select=id,authenticationType").json()["authenticationType"] == "Managed"
    graph.admin("POST", "settings", {"federated": True})
    assert graph.get("/domains/edu.mon.bg").json()["authenticationType"] == "Federated"
    assert graph.get("/domains/other.example").status_code == 404
    assert graph.get("/domains/edu.mon.bg?$select=nothing").status_code == 400


def test_the_directory_roles_of_an_application(graph: Client) -> None:
    assert graph.get(ROLES.format(WRITER_CLIENT_ID)).json()["value"] == []
    graph.admin("POST", "settings", {"appDirectoryRoles": {WRITER_CLIENT_ID: ["Password Administrator"]}})

    assert graph.get(ROLES.format(WRITER_CLIENT_ID.upper())).json()["value"] == [
        {"displayName": "Password Administrator", "roleTemplateId": DIRECTORY_ROLES["Password Administrator"]}
    ]
    assert graph.get(ROLES.format(READER_CLIENT_ID)).json()["value"] == []
    assert graph.get(ROLES.format(TENANT_ID)).status_code == 404
    assert graph.get("/something/memberOf/microsoft.graph.directoryRole").status_code == 400
    assert graph.get(ROLES.format(WRITER_CLIENT_ID), who="writer").status_code == 403


def test_the_assignments_of_roles_tell_the_unit_from_the_tenant(graph: Client) -> None:
    path = "/roleManagement/directory/roleAssignments?$filter=principalId eq '{}'"
    writer = PRINCIPALS[WRITER_CLIENT_ID]
    school = graph.get("/education/schools?$filter=schoolNumber eq '2990002'").json()["value"][0]["id"]
    roles = ["User Administrator@2990002", "Password Administrator", "Password Administrator@9999999"]
    graph.admin("POST", "settings", {"appDirectoryRoles": {WRITER_CLIENT_ID: roles}})

    found = graph.get(path.format(writer)).json()["value"]

    assert {(one["roleDefinitionId"], one["directoryScopeId"]) for one in found} == {
        (DIRECTORY_ROLES["Password Administrator"], "/"),
        (DIRECTORY_ROLES["User Administrator"], f"/administrativeUnits/{school}"),
    }
    assert graph.get(ROLES.format(WRITER_CLIENT_ID)).json()["value"] == [
        {"displayName": "Password Administrator", "roleTemplateId": DIRECTORY_ROLES["Password Administrator"]}
    ]
    assert graph.get(path.format(PRINCIPALS[READER_CLIENT_ID])).json()["value"] == []
    assert graph.get(path.format(writer), who="writer").status_code == 403
    assert graph.get("/roleManagement/directory/roleAssignments").status_code == 400


def test_the_bots_app_is_listed_where_it_is_installed(graph: Client) -> None:
    somebody = graph.roster["people"][0]["aadObjectId"]
    path = f"/users/{somebody}/teamwork/installedApps"
    assert graph.get(f"{path}?$expand=teamsApp", who="writer").json()["value"] == []
    bind = {"teamsApp@odata.bind": f"{graph.base}/v1.0/appCatalogs/teamsApps/{APP_CATALOG_ID}"}
    assert graph.post(path, bind).status_code == 201

    (found,) = graph.get(f"{path}?$expand=teamsApp,teamsAppDefinition", who="writer").json()["value"]

    assert (found["teamsApp"]["id"], found["teamsApp"]["externalId"]) == (APP_CATALOG_ID, TEAMS_APP_ID)
    assert found["teamsAppDefinition"] == {"teamsAppId": APP_CATALOG_ID, "azureADAppId": WRITER_CLIENT_ID}
    assert graph.get(path).status_code == 403


@pytest.mark.parametrize(
    ("clause", "many"),
    [
        (f"teamsApp/externalId eq '{TEAMS_APP_ID}'", 1),
        (f"teamsApp/externalId eq '{TEAMS_APP_ID.upper()}'", 1),
        (f"teamsApp/externalId eq '{APP_CATALOG_ID}'", 0),
        (f"teamsApp/externalId eq '{WRITER_CLIENT_ID}'", 0),
        ("teamsApp/externalId eq 'it''s'", 0),
        (f"teamsApp/id eq '{APP_CATALOG_ID}'", 1),
        (f"teamsApp/id eq '{TEAMS_APP_ID}'", 0),
        ("teamsApp/externalId ne 'x'", None),
        ("externalId eq 'x'", None),
    ],
)
def test_installed_apps_are_found_by_what_their_manifest_calls_them(
    graph: Client, clause: str, many: int | None
) -> None:
    path = f"/users/{graph.roster['people'][0]['aadObjectId']}/teamwork/installedApps"
    bind = {"teamsApp@odata.bind": f"{graph.base}/v1.0/appCatalogs/teamsApps/{APP_CATALOG_ID}"}
    graph.post(path, bind)

    listed = graph.get(f"{path}?$filter={clause}", who="writer")

    assert listed.status_code == (400 if many is None else 200)
    assert many is None or len(listed.json()["value"]) == many
