"""Class links in the pretend tenant: what is planted, what Graph shows of it, and what others do about it."""

import csv
import io
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from bot.documents.rosters import read_roster
from demo.outside import Outside
from simulator.days import day_in_bulgaria
from simulator.people.directory_names import SITES_HOST
from tests.unit.simulator.living import Client, living

HOST = SITES_HOST
MARKS = str.maketrans(".,@ ", "____")
FOLDER = "%D0%9D%D0%95%D0%98%D0%A1%D0%9F%D0%A3%D0%9E/%D0%9A%D0%BB%D0%B0%D1%81%D0%BE%D0%B2%D0%B5"
SETTLED_BY_ITSELF = {"in-order", "synced", "of-another"}


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with living(tmp_path_factory.mktemp("links"), links=True) as client:
        yield client


@pytest.fixture
def graph(shared: Client) -> Client:
    shared.reset()
    return shared


def planted(graph: Client) -> dict[str, dict[str, str]]:
    found: list[dict[str, str]] = graph.admin("GET", "links").json()["links"]
    return {one["key"]: one for one in found}


def drive(graph: Client, code: str, path: str) -> str:
    """A path in the drive of the school's account."""
    site = graph.get(f"/sites/{HOST}:/personal/{code}_edu_mon_bg?$select=id").json()["id"]
    return f"/sites/{site}/drive/root:/{path}"


def table(graph: Client, name: str, code: str = "2990001") -> list[dict[str, str]]:
    path = drive(graph, code, f"{FOLDER}/{name}:/content")
    answer = graph.session.get(
        f"{graph.base}/v1.0{path}",
        headers={"Authorization": f"Bearer {graph.token()}"},
        allow_redirects=False,
        timeout=20,
    )
    assert answer.status_code == 302, answer.text
    raw = graph.session.get(answer.headers["Location"], timeout=20).content
    return list(csv.DictReader(io.StringIO(raw.decode())))


def test_a_link_is_planted_for_every_cause_and_comes_back_after_a_reset(graph: Client):
    before = planted(graph)
    assert len(before) == 18
    assert graph.admin("POST", "links/missing").status_code == 200
    graph.reset()
    assert planted(graph) == before


def test_the_register_knows_what_the_directory_does_not_and_the_other_way_round(graph: Client):
    links = planted(graph)
    listed = {row["sourcedId"] for row in table(graph, "classes.csv")}
    assert links["missing"]["externalId"] in listed
    assert links["unexpected"]["externalId"] not in listed
    assert (
        graph.get(f"/education/classes?$filter=externalId eq '{links['missing']['externalId']}'").json()["value"]
        == []
    )
    twice = graph.get(f"/education/classes?$filter=externalId eq '{links['duplicate']['externalId']}'").json()[
        "value"
    ]
    assert len(twice) == 2
    said = {row["classSourcedId"]: row["status"] for row in table(graph, "statuses.csv")}
    assert said[links["failed"]["externalId"]] == "Грешка при създаване"
    assert said[links["looping"]["externalId"]] == "В безкраен цикъл"


def test_graph_tells_groups_teams_and_what_is_archived_or_closed(graph: Client):
    links = planted(graph)
    ids = ",".join(f"'{links[key]['id']}'" for key in ("no-team", "archived", "not-activated"))
    groups = graph.get(f"/groups?$filter=id in ({ids})&$select=id,resourceProvisioningOptions&$expand=owners").json()
    options = {one["id"]: one["resourceProvisioningOptions"] for one in groups["value"]}
    assert options == {
        links["no-team"]["id"]: [],
        links["archived"]["id"]: ["Team"],
        links["not-activated"]["id"]: ["Team"],
    }
    assert graph.get(f"/teams/{links['no-team']['id']}").status_code == 404
    assert graph.get(f"/teams/{links['archived']['id']}").json()["isArchived"] is True
    closed = f"/teams/{links['not-activated']['id']}?$select=id,isMembershipLimitedToOwners"
    assert graph.get(closed, version="beta").json()["isMembershipLimitedToOwners"] is True
    assert graph.get(closed).status_code == 400  # v1.0 has no such property


def test_a_teacher_who_was_made_one_is_owner_alone_until_added_to_the_members(graph: Client):
    """And the other way round: who owns a class no more stays its member."""
    team = planted(graph)["not-owner"]["id"]
    somebody = next(
        one for one in graph.roster["people"] if one["role"] == "teacher" and one["schoolCode"] == "2990001"
    )
    person, base = somebody["aadObjectId"], f"/education/classes/{team}"
    body = {"@odata.id": f"{graph.base}/v1.0/education/users/{person}"}

    def stands() -> tuple[bool, bool, bool]:
        owners, members = (graph.get(f"{base}/{part}?$top=999").json()["value"] for part in ("teachers", "members"))
        mine = graph.get(f"/education/users/{person}/classes?$top=999").json()["value"]
        sides = ((owners, person), (members, person), (mine, team))
        is_owner, is_member, has_class = (any(one["id"] == wanted for one in each) for each, wanted in sides)
        return is_owner, is_member, has_class

    assert stands() == (False, False, False)
    assert graph.post(f"{base}/teachers/$ref", body).status_code == 204
    assert stands() == (True, False, False)
    assert graph.post(f"{base}/members/$ref", body).status_code == 204
    assert stands() == (True, True, True)
    assert graph.post(f"{base}/members/$ref", body).status_code == 400
    assert graph.delete(f"{base}/teachers/{person}/$ref").status_code == 204
    assert stands() == (False, True, True)


def test_sixteen_ids_in_one_clause_are_too_many(graph: Client):
    def asked(count: int) -> int:
        ids = ",".join(f"'5a1e0003-0000-4000-8000-{number:012}'" for number in range(count))
        return graph.get(f"/groups?$filter=id in ({ids})").status_code

    assert (asked(15), asked(16)) == (200, 400)


def test_a_file_is_had_with_its_address_and_without_a_token_only(graph: Client):
    path = drive(graph, "2990001", f"{FOLDER}/users.csv:/content")
    token = {"Authorization": f"Bearer {graph.token()}"}
    told = graph.session.get(f"{graph.base}/v1.0{path}", headers=token, allow_redirects=False, timeout=20)
    address = told.headers["Location"]
    assert graph.session.get(address, timeout=20).status_code == 200
    assert graph.session.get(address, headers=token, timeout=20).status_code == 401
    assert graph.session.get(address + "x", timeout=20).status_code == 401


@pytest.mark.parametrize(
    ("code", "path"),
    [
        ("2990003", f"{FOLDER}:/children"),
        ("2990001", "Друго/Място:/children"),
        ("2990001", f"{FOLDER}/other.csv:/content"),
    ],
)
def test_what_is_not_there_is_not_found(graph: Client, code: str, path: str):
    assert graph.get(drive(graph, code, path)).status_code == 404


def test_a_teachers_drive_is_nobodys_folder(graph: Client):
    teacher = next(person for person in graph.roster["people"] if person["role"] == "teacher")
    username = graph.get(f"/users/{teacher['aadObjectId']}?$select=userPrincipalName").json()["userPrincipalName"]
    assert graph.get(f"/sites/{HOST}:/personal/{username.translate(MARKS)}").status_code == 404
    assert graph.get(f"/sites/{HOST}:/personal/nobody_edu_mon_bg").status_code == 404
    assert graph.get("/sites/elsewhere-my.sharepoint.com:/personal/2990001_edu_mon_bg").status_code == 404
    nowhere = "00000000-0000-4000-8000-000000000000"
    assert graph.get(f"/sites/{HOST},{nowhere},{nowhere}/drive/root:/{FOLDER}:/children").status_code == 404


def test_a_site_is_opened_by_its_own_grant_and_a_drive_by_its_site_alone(graph: Client):
    granted, other = (drive(graph, code, f"{FOLDER}:/children") for code in ("2990001", "2990002"))
    graph.admin("POST", "settings", {"siteGrants": ["2990001"], "dialect": {"sites_by_grant": True}})
    assert graph.get(granted).status_code == 200
    for path in (other, f"/sites/{HOST}:/personal/2990002_edu_mon_bg"):
        refused = graph.get(path)
        assert (refused.status_code, refused.json()["error"]["code"]) == (403, "accessDenied")
    by_account = f"/users/2990001@edu.mon.bg/drive/root:/{FOLDER}:/children"
    assert graph.get(by_account).status_code == 403
    graph.reset()
    assert graph.get(other).status_code == 200


def test_everything_can_be_settled_outside_and_the_register_learns_it(graph: Client):
    links = planted(graph)
    marks = {row["name"]: row["eTag"] for row in _children(graph)}
    for key, one in links.items():
        assert (one["outside"] == "") is (key in SETTLED_BY_ITSELF), key
        assert graph.admin("POST", f"links/{key}").status_code == (400 if key in SETTLED_BY_ITSELF else 200), key
    assert {row["name"]: row["eTag"] for row in _children(graph)} != marks
    twice = graph.get(f"/education/classes?$filter=externalId eq '{links['duplicate']['externalId']}'").json()[
        "value"
    ]
    assert len(twice) == 1
    made = planted(graph)["missing"]["id"]
    opened = graph.get(f"/teams/{made}?$select=isMembershipLimitedToOwners", version="beta").json()
    assert opened["isMembershipLimitedToOwners"] is False
    assert {row["status"] for row in table(graph, "statuses.csv")} == {"Синхронизиран"}
    assert graph.admin("POST", "links/nothing").status_code == 400


def _children(graph: Client) -> list[dict[str, str]]:
    found: list[dict[str, str]] = graph.get(drive(graph, "2990001", f"{FOLDER}:/children")).json()["value"]
    return found


def test_without_planted_links_there_is_nothing_to_settle(tmp_path):
    with living(tmp_path) as client:
        assert client.admin("GET", "links").json() == {"links": []}
        assert client.admin("POST", "links/missing").status_code == 400


# the demo's page


@pytest.fixture
def outside(graph: Client) -> Iterator[Outside]:
    page = Outside(graph.description, "2990002")
    yield page
    page.stop()


def ask(address: str, method: str = "GET", **headers: str) -> tuple[int, str]:
    request = urllib.request.Request(address, method=method, headers=headers)  # noqa: S310 -- a loopback address
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310 -- as above
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, ""


def test_the_page_shows_what_others_can_do_and_has_it_done(graph: Client, outside: Outside):
    status, shown = ask(outside.address)
    assert status == 200
    assert "НЕИСПУО: нощна синхронизация" in shown
    assert shown.count("<button>") == 18 - len(SETTLED_BY_ITSELF) + 1 + 2  # the duplicate stands there twice
    assert graph.get(f"/teams/{planted(graph)['archived']['id']}").json()["isArchived"] is True
    status, shown = ask(f"{outside.address}/archived", "POST", Origin=outside.address)
    assert status == 200
    assert graph.get(f"/teams/{planted(graph)['archived']['id']}").json()["isArchived"] is False
    assert ask(f"{outside.address}/nothing", "POST", Origin=outside.address)[0] == 400


def test_a_schools_list_can_be_taken_away_and_had_as_a_package(graph: Client, outside: Outside):
    children = drive(graph, "2990002", f"{FOLDER}:/children")
    assert graph.get(children).status_code == 200
    assert ask(f"{outside.address}/list-gone", "POST", Origin=outside.address)[0] == 200
    assert graph.get(children).status_code == 404
    with urllib.request.urlopen(f"{outside.address}/list.zip", timeout=20) as answer:  # noqa: S310 -- a loopback address
        found = read_roster(
            {"list.zip": answer.read()}, school_code="2990002", dated=datetime.now(UTC), today=day_in_bulgaria()
        )
    assert len(found.classes) > 20
    ask(f"{outside.address}/list-there", "POST", Origin=outside.address)
    assert graph.get(children).status_code == 200
    assert graph.admin("GET", "lists/1").status_code == 400


def test_some_questions_can_be_left_unanswered(graph: Client, outside: Outside):
    class_id = planted(graph)["in-order"]["id"]
    assert ask(f"{outside.address}/some-fail", "POST", Origin=outside.address)[0] == 200
    said = [graph.get(f"/education/classes/{class_id}/members").status_code for _ in range(4)]
    assert said == [429, 429, 429, 200]


@pytest.mark.parametrize("headers", [{}, {"Origin": "https://evil.example"}, {"Origin": "null"}])
def test_no_other_page_presses_its_buttons(graph: Client, outside: Outside, headers: dict[str, str]):
    assert ask(f"{outside.address}/archived", "POST", **headers)[0] == 403
    assert graph.get(f"/teams/{planted(graph)['archived']['id']}").json()["isArchived"] is True
