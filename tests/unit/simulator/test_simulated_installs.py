"""The bot's app installed for somebody, and the regions of the regional experts."""

import pytest
import requests

from tests.unit.simulator.living import Client

PERSON = "2990001@edu.mon.bg"


def bind(graph: Client, catalog_id: str | None = None, base: str | None = None) -> dict[str, str]:
    app = catalog_id or graph.description["app_catalog_id"]
    return {"teamsApp@odata.bind": f"{base or graph.base}/v1.0/appCatalogs/teamsApps/{app}"}


def install(graph: Client, person: str = PERSON, who: str = "writer", **headers: str) -> requests.Response:
    return graph.post(f"/users/{person}/teamwork/installedApps", bind(graph), who=who, **headers)


def test_an_app_is_installed_once_and_without_a_body(graph: Client):
    first, second = install(graph), install(graph)
    assert (first.status_code, first.content) == (201, b"")
    assert (second.status_code, second.json()["error"]["code"]) == (409, "Conflict")
    assert install(graph, "2990002@edu.mon.bg").status_code == 201
    assert graph.admin("GET", "requests").json()["requests"] == {"POST /users/{user}/teamwork/installedApps": 3}


def test_for_whom_it_is_installed_does_not_depend_on_how_they_are_called(graph: Client):
    object_id = graph.get(f"/users/{PERSON}?$select=id").json()["id"]
    assert [install(graph, key).status_code for key in (PERSON, object_id, object_id.upper())] == [201, 409, 409]


def test_a_policy_forbids_it_until_it_does_not(graph: Client):
    assert graph.admin("POST", f"users/{PERSON}", {"appAllowed": False}).status_code == 200
    assert install(graph).status_code == 403
    assert install(graph, "2990002@edu.mon.bg").status_code == 201
    graph.admin("POST", f"users/{PERSON}", {"appAllowed": True})
    assert install(graph).status_code == 201


def test_a_policy_installs_it_for_people_and_takes_it_away(graph: Client):
    graph.admin("POST", f"users/{PERSON}", {"appInstalled": True})
    assert install(graph).status_code == 409
    graph.admin("POST", f"users/{PERSON}", {"appInstalled": False})
    assert install(graph).status_code == 201


def test_a_reset_uninstalls_and_forgets_what_was_forbidden(graph: Client):
    install(graph)
    graph.admin("POST", "users/2990002@edu.mon.bg", {"appAllowed": False})
    graph.reset()
    assert [install(graph, key).status_code for key in (PERSON, "2990002@edu.mon.bg")] == [201, 201]


def test_the_package_that_was_uploaded_is_found_by_its_manifests_id_and_names_who_may_install_it(graph: Client):
    ours, reader = "5a1e0000-0000-4000-8000-0000000000aa", graph.description["clients"]["reader"]["id"]
    manifest = {"id": ours, "webApplicationInfo": {"id": reader}}
    asked = f"/appCatalogs/teamsApps?$filter=externalId eq '{ours.upper()}'"
    assert graph.get(asked, "administrator").json()["value"] == []
    graph.admin("POST", "settings", {"dialect": {"app_of_caller": True}})

    assert graph.admin("POST", "settings", {"package": manifest}).status_code == 200

    (found,) = graph.get(asked, "administrator").json()["value"]
    assert found["id"] == graph.description["app_catalog_id"] != found["externalId"] == ours
    assert graph.get(asked.replace("aa'".upper(), "ab'"), "administrator").json()["value"] == []
    assert graph.get(asked).status_code == 403, "only somebody who is signed in may look into the catalog"
    assert install(graph).status_code == 403, "the package names another"
    assert graph.admin("POST", "settings", {"package": {"name": "none"}}).status_code == 400
    graph.reset()
    assert graph.get(asked, "administrator").json()["value"] == []


def test_nobody_and_callers_without_the_right(graph: Client):
    assert install(graph, "nobody@edu.mon.bg").status_code == 404
    refused = install(graph, who="reader")
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "Authorization_RequestDenied")
    assert install(graph).status_code == 201, "a refusal installed nothing"


@pytest.mark.parametrize("odd", [None, [], {}, {"teamsApp": "x"}, {"teamsApp@odata.bind": 7}])
def test_a_body_of_another_shape_installs_nothing(graph: Client, odd):
    assert graph.post(f"/users/{PERSON}/teamwork/installedApps", odd).status_code in {400, 404}
    assert install(graph).status_code == 201


def test_another_app_or_another_service_is_not_ours(graph: Client):
    path = f"/users/{PERSON}/teamwork/installedApps"
    other = "00000000-0000-4000-8000-000000000000"
    assert graph.post(path, bind(graph, other)).status_code == 404
    assert graph.post(path, bind(graph, base="https://graph.microsoft.com")).status_code in {400, 404}
    assert install(graph).status_code == 201


def test_an_answer_may_be_lost_after_it_was_installed(graph: Client):
    graph.admin("POST", "faults", {"match": "installedApps", "fault": "lost"})
    with pytest.raises(requests.ConnectionError):
        install(graph)
    assert install(graph).status_code == 409


@pytest.mark.parametrize(("expert", "region"), [("ruo-plovdiv", "16"), ("ruo-varna", "3")])
def test_an_expert_has_the_region_of_the_office_and_keeps_the_app_role(graph: Client, expert, region):
    extension, role = graph.description["identifier_extension"], graph.description["role_extension"]
    account = graph.get(f"/users/{expert}@edu.mon.bg?$select=id,{extension},{role}").json()
    assert account[extension] == region
    assert role not in account
    roles = graph.get(f"/users/{expert}@edu.mon.bg/appRoleAssignments").json()["value"]
    assert graph.description["app_roles_resource"] in [each["resourceId"] for each in roles]


def test_strangers_have_no_region(graph: Client):
    extension = graph.description["identifier_extension"]
    for stranger in ("asen.neznakov", "fani.chuzhdova"):
        assert extension not in graph.get(f"/users/{stranger}@edu.mon.bg?$select=id,{extension}").json()
