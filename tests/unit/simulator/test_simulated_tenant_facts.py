"""What an administrator looks at: organization, domains, directory roles and installed apps of applications."""

from simulator.people.directory_names import (
    APP_CATALOG_ID,
    DIRECTORY_ROLES,
    READER_CLIENT_ID,
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


def test_the_bots_app_is_listed_where_it_is_installed(graph: Client) -> None:
    somebody = graph.roster["people"][0]["aadObjectId"]
    path = f"/users/{somebody}/teamwork/installedApps"
    assert graph.get(f"{path}?$expand=teamsApp", who="writer").json()["value"] == []
    bind = {"teamsApp@odata.bind": f"{graph.base}/v1.0/appCatalogs/teamsApps/{APP_CATALOG_ID}"}
    assert graph.post(path, bind).status_code == 201

    (found,) = graph.get(f"{path}?$expand=teamsApp", who="writer").json()["value"]

    assert found["teamsApp"]["id"] == APP_CATALOG_ID
    assert graph.get(path).status_code == 403
    graph.admin("POST", "settings", {"dialect": {"app_of_caller": True}, "appNames": READER_CLIENT_ID})
    assert graph.get(path, who="writer").status_code == 403
