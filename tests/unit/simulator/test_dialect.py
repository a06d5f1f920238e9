"""Every part of a tenant's dialect, both ways."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import quote

import pytest
import requests

from simulator.graph.dialect import (
    DATED,
    EMPTY,
    KIND,
    PARTS,
    REAL,
    REFUSED,
    UNDATED,
    UNENDED,
    Dialect,
    changed,
    dialect,
)
from simulator.people.directory_names import READER_CLIENT_ID, SITES_HOST, WRITER_CLIENT_ID
from simulator.server import ServerOptions
from tests.unit.simulator.living import DEMO, Client, served

FOLDER = quote("НЕИСПУО/Класове")
PASSWORD = "Mirala-4827"
SLOW = 5_000.0
"""Seconds of a page of 500: nobody waits ten for one."""


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A tenant whose writer may enable accounts and read nothing."""
    permissions = {
        "reader": (
            "EduRoster.Read.All",
            "User.Read.All",
            "Directory.Read.All",
            "Sites.Selected",
            "AuditLog.Read.All",
        ),
        "writer": (
            "EduRoster.ReadWrite.All",
            "Group.ReadWrite.All",
            "User.EnableDisableAccount.All",
            "User-PasswordProfile.ReadWrite.All",
            "TeamsAppInstallation.ReadWriteSelfForUser.All",
        ),
    }
    options = ServerOptions(DEMO, tmp_path_factory.mktemp("dialect"), dialect=KIND, permissions=permissions)
    with served(options) as client:
        yield client


@pytest.fixture
def graph(shared: Client) -> Client:
    shared.reset()
    return shared


def speaks(graph: Client, **parts: Any) -> None:
    assert graph.admin("POST", "settings", {"dialect": parts}).status_code == 200


def student(graph: Client) -> dict[str, Any]:
    return graph.find(graph.case("first-grader")["identifier"], "&$expand=schools")[0]


def school(graph: Client) -> dict[str, Any]:
    found: dict[str, Any] = graph.get("/education/schools?$filter=schoolNumber eq '2990001'").json()["value"][0]
    return found


def director(graph: Client) -> dict[str, Any]:
    return next(one for one in graph.roster["people"] if one["role"] == "director" and one["schoolCode"] == "2990001")


def reference(graph: Client, what: str, identifier: str) -> dict[str, str]:
    return {"@odata.id": f"{graph.base}/v1.0/education/{what}/{identifier}"}


def makes_a_class(graph: Client, row: str = "880001") -> str:
    body = {"displayName": "Химия - 7 а - ООП", "mailNickname": f"class{row}", "externalId": row}
    made = graph.post("/education/classes", body)
    assert made.status_code == 201
    identifier: str = made.json()["id"]
    return identifier


def seen_grade(graph: Client) -> object:
    everybody = graph.get(f"/education/schools/{school(graph)['id']}/users?$top=999").json()["value"]
    of_page = {one["student"]["grade"] is None for one in everybody if one["student"] and one["displayName"]}
    return student(graph)["student"]["grade"], of_page == {True}


def seen_place(graph: Client) -> object:
    of_school, expanded = school(graph)["address"], student(graph)["schools"][0]["address"]
    return [of_school[name] is None for name in ("city", "state", "countryOrRegion")], expanded["state"] is None


def seen_director(graph: Client) -> object:
    person = director(graph)["aadObjectId"]
    everybody = graph.get(f"/education/schools/{school(graph)['id']}/users?$top=999").json()["value"]
    named = graph.get(f"/education/users?$filter=userPrincipalName eq '{director(graph)['upn']}'").json()["value"]
    listed = person in {one["id"] for one in everybody}
    statuses = [graph.get(f"/{path}/{person}").status_code for path in ("education/users", "users")]
    return *statuses, listed, len(named)


def seen_name(graph: Client) -> object:
    """Whether the account bears the name of its school, whatever else was reset meanwhile; and the people of the tenant
    their own names.
    """
    graph.admin("POST", "reset")
    shown = graph.get(f"/users/{director(graph)['upn']}?$select=displayName").json()["displayName"]
    teacher = next(one for one in graph.roster["people"] if one["role"] == "teacher")
    own = graph.get(f"/users/{teacher['upn']}?$select=displayName").json()["displayName"] == teacher["name"]
    return shown == director(graph)["schoolName"], shown == director(graph)["name"], own


def seen_class(graph: Client) -> object:
    made, person = makes_a_class(graph), student(graph)["id"]
    return (
        graph.get(f"/education/classes/{made}").status_code,
        len(graph.get("/education/classes?$filter=externalId eq '880001'").json()["value"]),
        len(graph.get(f"/groups?$filter=id in ('{made}')").json()["value"]),
        graph.post(f"/education/classes/{made}/members/$ref", reference(graph, "users", person)).status_code,
        graph.post(f"/education/classes/{made}/teachers/$ref", reference(graph, "users", person)).status_code,
        graph.post(
            f"/education/schools/{school(graph)['id']}/classes/$ref", reference(graph, "classes", made)
        ).status_code,
        graph.put(f"/groups/{made}/team", {}).status_code,
    )


def seen_team(graph: Client) -> object:
    made, person = makes_a_class(graph), student(graph)["id"]
    added = graph.post(f"/education/classes/{made}/teachers/$ref", reference(graph, "users", person)).status_code
    return added, graph.put(f"/groups/{made}/team", {}).status_code


def seen_page(graph: Client) -> object:
    headers = {"Authorization": f"Bearer {graph.token()}"}
    try:
        return graph.session.get(f"{graph.base}/v1.0/education/users?$top=1", headers=headers, timeout=2).status_code
    except requests.Timeout:
        return "too slow"


def seen_expansions(graph: Client) -> object:
    person = student(graph)["id"] if graph.get("/education/users?$top=1&$expand=schools").ok else "nobody"
    two = graph.get(f"/education/users?$top=1&$expand=schools,classes($select=id)&x={person}").status_code
    of_group = graph.get("/groups?$top=1&$expand=owners").status_code
    return graph.get("/education/users?$top=1&$expand=schools").status_code, two, of_group


def seen_items(graph: Client) -> object:
    one = graph.get(f"/education/users/{student(graph)['id']}?$expand=classes").json()["classes"]
    page = graph.get("/groups?$top=50&$expand=owners").json()["value"]
    return len(one) > 1, any(group["owners"] for group in page)


def seen_filter(graph: Client) -> object:
    path = "/education/users?$filter=student/externalId eq '1'"
    return graph.get(path).status_code, graph.get(path, version="beta").status_code


def seen_or(graph: Client) -> object:
    two = graph.get("/education/schools?$filter=schoolNumber eq '1' or schoolNumber eq '01'").status_code
    quoted = graph.get("/education/schools?$filter=displayName eq 'x or y'").status_code
    return two, quoted


def seen_key(graph: Client) -> object:
    name = graph.case("first-grader")["username"]
    return graph.get(f"/education/users/{name}").status_code, graph.get(f"/users/{name}").status_code


def seen_unit(graph: Client) -> object:
    return graph.get(f"/directory/administrativeUnits/{school(graph)['id']}/members").status_code


def seen_sign_ins(graph: Client) -> object:
    """Of who is in a unit, of who is in a group, of one account."""
    one = graph.get(f"/education/schools/{school(graph)['id']}/users?$top=1").json()["value"][0]["id"]
    team = graph.get(f"/education/schools/{school(graph)['id']}/classes?$top=1").json()["value"][0]["id"]
    of = f"/directory/administrativeUnits/{school(graph)['id']}/members", f"/groups/{team}/members", f"/users/{one}"
    unit, group, user = (graph.get(f"{each}?$select=id,signInActivity").status_code for each in of)
    return unit, group, user


def seen_members(graph: Client) -> object:
    taught = graph.get(f"/education/schools/{school(graph)['id']}/classes?$top=1").json()["value"][0]["id"]
    listed = graph.get(f"/education/classes/{taught}/members")
    expanded = graph.get(f"/education/classes/{taught}?$expand=members")
    teachers = graph.get(f"/education/classes/{taught}/teachers")
    assert teachers.json()["value"], "who teaches is not hidden"
    if not listed.ok:
        return listed.status_code, expanded.status_code
    return bool(listed.json()["value"]), bool(expanded.json()["members"])


def seen_enabling(graph: Client) -> object:
    return graph.patch(f"/users/{graph.case('first-grader')['username']}", {"accountEnabled": True}).status_code


def seen_password(graph: Client) -> object:
    return graph.set_password(graph.case("first-grader")["username"], PASSWORD).status_code


def seen_role(graph: Client) -> object:
    """With a token from before the role was given, and with the next."""
    graph.forget_tokens()
    graph.token("writer")
    graph.admin("POST", "settings", {"appDirectoryRoles": {WRITER_CLIENT_ID: ["Password Administrator"]}})
    before = seen_password(graph)
    graph.forget_tokens()
    return before, seen_password(graph)


def seen_install(graph: Client) -> object:
    app = f"{graph.base}/v1.0/appCatalogs/teamsApps/{graph.description['app_catalog_id']}"
    graph.admin("POST", "settings", {"appNames": READER_CLIENT_ID})
    person = graph.case("first-grader")["username"]
    return graph.post(f"/users/{person}/teamwork/installedApps", {"teamsApp@odata.bind": app}).status_code


def seen_apps(graph: Client) -> object:
    """Of an app that is installed and names another application."""
    path = f"/users/{graph.case('first-grader')['username']}/teamwork/installedApps"
    graph.admin("POST", "settings", {"appNames": WRITER_CLIENT_ID})
    app = f"{graph.base}/v1.0/appCatalogs/teamsApps/{graph.description['app_catalog_id']}"
    graph.post(path, {"teamsApp@odata.bind": app})
    graph.admin("POST", "settings", {"appNames": READER_CLIENT_ID})
    listed = graph.get(path, who="writer")
    return len(listed.json()["value"]) if listed.ok else listed.status_code


def seen_drives(graph: Client) -> object:
    graph.admin("POST", "settings", {"siteGrants": ["2990001"]})
    return tuple(graph.get(f"{place}/root:/{FOLDER}:/children").status_code for place in drives(graph))


def seen_by_who_signs_in(graph: Client) -> object:
    """Of two schools, of the second of which they administer the site collection."""
    graph.admin("POST", "settings", {"siteAdmins": ["2990002"]})
    oauth = f"{graph.description['authority']}/{graph.description['tenant']}/oauth2/v2.0"
    who = {"client_id": "somebody"}
    code = graph.session.post(f"{oauth}/devicecode", data=who, timeout=20).json()["device_code"]
    form = who | {"grant_type": "urn:ietf:params:oauth:grant-type:device_code", "device_code": code}
    graph.session.post(f"{oauth}/token", data=form, timeout=20)
    token = graph.session.post(f"{oauth}/token", data=form, timeout=20).json()["access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    places = [f"{graph.base}/v1.0/sites/{SITES_HOST}:/personal/299000{number}_edu_mon_bg" for number in (1, 2)]
    return [graph.session.get(place, headers=headers, timeout=20).status_code for place in places]


def drives(graph: Client) -> list[str]:
    """The drive of a school that was granted in every form of address, then of one that was not."""
    sites = graph.get(f"/sites/{SITES_HOST}:/personal/2990001_edu_mon_bg").json()
    granted = [
        "/users/2990001@edu.mon.bg/drive",
        f"/sites/{sites['id']}/drive",
        f"/sites/{SITES_HOST}:/personal/2990001_edu_mon_bg:/drive",
        f"/drives/{graph.get('/sites/' + sites['id'] + '/drive').json()['id']}",
    ]
    return [*granted, f"/sites/{SITES_HOST}:/personal/2990002_edu_mon_bg:/drive"]


def seen_date(graph: Client) -> object:
    """Whether the date is there, and whether it is a minute or more after the answer that the password was set."""
    person = graph.case("first-grader")["username"]
    answered = parsedate_to_datetime(graph.set_password(person, PASSWORD).headers["Date"])
    told = graph.get(f"/users/{person}?$select=lastPasswordChangeDateTime").json()["lastPasswordChangeDateTime"]
    late = datetime.fromisoformat(told) - answered
    return late > timedelta(seconds=-5), late > timedelta(minutes=1)


def seen_form(graph: Client) -> object:
    return "odata.error" in graph.get("/education/users/00000000-0000-4000-8000-000000000000").json()


def seen_term(graph: Client) -> object:
    return student_classes(graph)[0]["term"]


def seen_classes(graph: Client) -> object:
    """Of a school: whether each row has one class, and whether two are called the same."""
    every = graph.get(f"/education/schools/{school(graph)['id']}/classes?$top=999").json()["value"]
    rows, titles = ([one[name] for one in every] for name in ("externalId", "displayName"))
    return len({*rows}) == len(rows), len({*titles}) < len(titles)


def seen_pages(graph: Client) -> object:
    path = f"/education/users/{graph.case('moved')['aadObjectId']}/classes?$top=100"
    sizes = []
    while path:
        page = graph.get(path).json()
        sizes.append(len(page["value"]))
        path = page.get("@odata.nextLink")
    return max(sizes) > 3, len(sizes) > 1


def seen_account(graph: Client) -> object:
    """Who was made this moment is read, and written."""
    person, made = student(graph), datetime.now(UTC).isoformat()
    assert graph.admin("POST", f"users/{person['id']}", {"created": made}).status_code == 200
    other = graph.get("/education/schools?$filter=schoolNumber eq '2990002'").json()["value"][0]["id"]
    return (
        *(graph.get(f"/{path}/{person['id']}").status_code for path in ("education/users", "users")),
        graph.set_password(person["id"], PASSWORD).status_code,
        graph.post(f"/education/schools/{other}/users/$ref", reference(graph, "users", person["id"])).status_code,
    )


def seen_batch(graph: Client) -> object:
    """Three are added to one class and one to another, at once and one after the other."""
    people = graph.get(f"/education/schools/{school(graph)['id']}/users?$top=3").json()["value"]
    first, second = makes_a_class(graph), makes_a_class(graph, "880002")

    def added(*, chained: bool) -> list[int]:
        items: list[dict[str, Any]] = [
            {
                "id": str(place),
                "method": "POST",
                "url": f"/education/classes/{class_}/members/$ref",
                "headers": {"Content-Type": "application/json"},
                "body": reference(graph, "users", one["id"]),
                **({"dependsOn": [str(place - 1)]} if chained and place else {}),
            }
            for place, (class_, one) in enumerate([*((first, one) for one in people), (second, people[0])])
        ]
        answers = graph.batch(*items, who="writer").json()["responses"]
        return [one["status"] for one in sorted(answers, key=lambda one: str(one["id"]))]

    at_once = added(chained=False)
    graph.admin("POST", "reset")
    first, second = makes_a_class(graph), makes_a_class(graph, "880002")
    return at_once, added(chained=True)


def student_classes(graph: Client) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = graph.get(
        f"/education/users/{graph.case('moved')['aadObjectId']}/classes?$select=id,term"
    ).json()["value"]
    return found


BOTH: Mapping[str, tuple[object, Callable[[Client], object], object, object]] = {
    "without_grade": (True, seen_grade, ("1", False), (None, True)),
    "without_address": (True, seen_place, ([False] * 3, False), ([True] * 3, True)),
    "outside_roster": (True, seen_director, (200, 200, True, 1), (404, 200, False, 0)),
    "named_as_schools": (True, seen_name, (False, True, True), (True, False, True)),
    "class_wait": (600.0, seen_class, (200, 1, 1, 204, 204, 204, 201), (404, 0, 0, 404, 404, 404, 404)),
    "team_wait": (600.0, seen_team, (204, 201), (204, 404)),
    "page_seconds": (SLOW, seen_page, 200, "too slow"),
    "expansions": (1, seen_expansions, (200, 200, 200), (200, 400, 200)),
    "expanded_items": (0, seen_items, (True, True), (False, False)),
    "external_id_only_in_beta": (True, seen_filter, (200, 200), (400, 200)),
    "or_refused": (True, seen_or, (200, 200), (400, 200)),
    "upn_refused": (True, seen_key, (200, 200), (404, 200)),
    "units": (REFUSED, seen_unit, 200, 403),
    "sign_ins_of_users_alone": (True, seen_sign_ins, (200, 200, 200), (400, 400, 200)),
    "members": (REFUSED, seen_members, (True, True), (403, 403)),
    "reading_to_enable": (True, seen_enabling, 204, 403),
    "role_for_passwords": (True, seen_password, 204, 403),
    "roles_by_token": (True, seen_role, (204, 204), (403, 204)),
    "dated_late": (90, seen_date, (True, False), (True, True)),
    "role_for_enabling": (True, seen_enabling, 204, 403),
    "app_of_caller": (True, seen_install, 201, 403),
    "foreign_apps": (EMPTY, seen_apps, 1, 0),
    "sites_by_grant": (True, seen_drives, (200,) * 5, (403, 200, 200, 200, 403)),
    "sites_of_their_owners": (True, seen_by_who_signs_in, [200, 200], [403, 200]),
    "terms": (
        DATED,
        seen_term,
        None,
        {"displayName": "2026/2027", "externalId": "2026", "startDate": "2026-09-15", "endDate": "2027-06-30"},
    ),
    "former_classes": (True, seen_classes, (True, False), (True, True)),
    "page_most": (3, seen_pages, (True, False), (False, True)),
    "error_forms": ("odata", seen_form, False, True),
    "account_wait": (600.0, seen_account, (200, 200, 204, 204), (200, 200, 404, 404)),
    "one_change_at_once": (True, seen_batch, ([204] * 4, [204] * 4), ([204, 400, 400, 204], [204] * 4)),
}
"""Each part: its unkind value, what is looked at, what is seen without it and with it."""
BESIDE = {"roles_by_token": {"role_for_passwords": True}}
"""What a part shows itself with."""


def test_every_part_is_tried_both_ways_and_says_what_it_is_and_from_where():
    assert set(BOTH) == set(PARTS) == {field.name for field in fields(Dialect)}
    for name, part in PARTS.items():
        assert part.metadata["says"], name
        assert part.metadata["source"], name


@pytest.mark.parametrize("name", BOTH)
def test_a_part_is_its_own(graph: Client, name: str):
    unkind, look, without, with_it = BOTH[name]
    speaks(graph, **BESIDE.get(name, {}))
    assert look(graph) == without
    graph.reset()
    speaks(graph, **{name: unkind}, **BESIDE.get(name, {}))
    assert look(graph) == with_it


def test_the_classes_of_last_year_are_of_those_who_were_in_them_and_say_so_whatever_this_years_say(graph: Client):
    for terms, ends in ((DATED, "2027-06-30"), (UNDATED, "9999-12-31"), (UNENDED, None)):
        speaks(graph, terms=terms, former_classes=True)
        found = [one["term"]["endDate"] for one in student_classes(graph)]
        assert {*found} == {ends, "2026-06-30"}
        assert found.count(ends) == found.count("2026-06-30")
    graph.admin("POST", "reset")
    assert "2026-06-30" in [one["term"]["endDate"] for one in student_classes(graph)]
    speaks(graph, terms=DATED)
    assert {one["term"]["endDate"] for one in student_classes(graph)} == {"2027-06-30"}


def test_what_an_administrator_has_done_opens_what_was_refused(graph: Client):
    speaks(graph, role_for_passwords=True, role_for_enabling=True, app_of_caller=True)
    roles = {"appDirectoryRoles": {WRITER_CLIENT_ID: ["Password Administrator"]}}
    assert graph.admin("POST", "settings", roles).status_code == 200
    assert (seen_password(graph), seen_enabling(graph)) == (204, 403)
    roles["appDirectoryRoles"][WRITER_CLIENT_ID] = ["User Administrator"]
    graph.admin("POST", "settings", roles)
    assert (seen_password(graph), seen_enabling(graph)) == (204, 204)
    assert graph.admin("POST", "settings", {"appDirectoryRoles": {"x": ["Caretaker"]}}).status_code == 400
    app = f"{graph.base}/v1.0/appCatalogs/teamsApps/{graph.description['app_catalog_id']}"
    person = graph.case("moved")["username"]
    body = {"teamsApp@odata.bind": app}
    for names, status in ((READER_CLIENT_ID, 403), ("", 403), (WRITER_CLIENT_ID.upper(), 201)):
        graph.admin("POST", "settings", {"appNames": names})
        assert graph.post(f"/users/{person}/teamwork/installedApps", body).status_code == status


def test_an_app_that_names_another_application_can_be_refused(graph: Client):
    speaks(graph, foreign_apps=REFUSED)
    assert seen_apps(graph) == 403
    graph.admin("POST", "settings", {"appNames": WRITER_CLIENT_ID})
    path = f"/users/{graph.case('first-grader')['username']}/teamwork/installedApps"
    assert len(graph.get(path, who="writer").json()["value"]) == 1


def test_a_role_for_an_administrative_unit_is_one_for_its_members_alone(graph: Client):
    """[D] admin-units-assign-roles; who is not of the unit is refused as without the role."""
    first, second = (graph.case(key)["username"] for key in ("first-grader", "moved"))
    of_no_unit = "asen.neznakov@edu.mon.bg"
    speaks(graph, role_for_passwords=True, role_for_enabling=True)

    def statuses(*roles: str) -> list[int]:
        own = {"appDirectoryRoles": {WRITER_CLIENT_ID: roles}}
        assert graph.admin("POST", "settings", own).status_code == 200
        return [graph.set_password(one, PASSWORD).status_code for one in (first, second, of_no_unit)]

    assert statuses("Password Administrator@2990001") == [204, 403, 403]
    refused = graph.set_password(second, PASSWORD).json()["error"]["code"]
    assert refused == "Authorization_RequestDenied"
    assert statuses("Password Administrator@2990001", "Password Administrator@2990002") == [204, 204, 403]
    assert statuses("Groups Administrator@2990001") == [403, 403, 403]
    assert statuses("Password Administrator@2990002", "Password Administrator") == [204, 204, 204]
    statuses("User Administrator@2990002")
    enabled = [graph.patch(f"/users/{one}", {"accountEnabled": True}).status_code for one in (first, second)]
    assert enabled == [403, 204]
    for wrong in ("Password Administrator@", "Password Administrator@school", "Caretaker@2990001"):
        body = {"appDirectoryRoles": {WRITER_CLIENT_ID: [wrong]}}
        assert graph.admin("POST", "settings", body).status_code == 400


def test_hidden_members_are_an_empty_list_or_shown_to_whom_they_are_not_hidden(graph: Client, tmp_path):
    speaks(graph, members=EMPTY)
    assert seen_members(graph) == (False, False)
    readers = ("EduRoster.Read.All", "Member.Read.Hidden")
    options = ServerOptions(
        DEMO, tmp_path, dialect=changed(KIND, {"members": REFUSED}), permissions={"reader": readers, "writer": ()}
    )
    with served(options) as allowed:
        assert seen_members(allowed) == (True, True)
        speaks(allowed, members=EMPTY)
        assert seen_members(allowed) == (True, True)


def test_expand_can_be_refused_altogether(graph: Client):
    speaks(graph, expansions=0)
    assert seen_expansions(graph) == (400, 400, 200)


def test_no_site_and_no_drive_of_nobody(graph: Client):
    for place in (
        f"/sites/{SITES_HOST}:/personal/nobody_edu_mon_bg",
        "/sites/other-my.sharepoint.com:/personal/2990001_edu_mon_bg",
        f"/sites/{SITES_HOST},00000000-0000-4000-8000-000000000000,x/drive",
        "/drives/b!nothing",
    ):
        assert graph.get(place).status_code == 404


def test_a_classes_school_its_team_and_an_installed_app_are_seen_after_the_lag(graph: Client):
    made, teacher, person = makes_a_class(graph), student(graph)["id"], graph.case("moved")["username"]
    graph.post(f"/education/classes/{made}/teachers/$ref", reference(graph, "users", teacher))
    classes, apps = f"/education/schools/{school(graph)['id']}/classes", f"/users/{person}/teamwork/installedApps"
    app = f"{graph.base}/v1.0/appCatalogs/teamsApps/{graph.description['app_catalog_id']}"

    def seen() -> tuple[bool, bool, bool]:
        group = graph.get(f"/groups?$filter=id in ('{made}')").json()["value"][0]
        return (
            made in {one["id"] for one in graph.get(f"{classes}?$top=999").json()["value"]},
            bool(group["resourceProvisioningOptions"]),
            bool(graph.get(apps, who="writer").json()["value"]),
        )

    graph.admin("POST", "settings", {"replicationLag": 700})
    assert graph.post(f"{classes}/$ref", reference(graph, "classes", made)).status_code == 204
    assert graph.put(f"/groups/{made}/team", {}).status_code == 201
    assert graph.post(apps, {"teamsApp@odata.bind": app}).status_code == 201
    assert seen() == (False,) * 3
    deadline = time.monotonic() + 10
    while seen() != (True,) * 3 and time.monotonic() < deadline:
        time.sleep(0.05)
    assert seen() == (True,) * 3


def test_a_part_there_is_not_and_a_value_it_cannot_have_are_refused(graph: Client):
    for wrong in (
        {"sunshine": True},
        {"members": "gone"},
        {"or-refused": 1},
        {"class-wait": -1},
        {"expansions": "1"},
    ):
        assert graph.admin("POST", "settings", {"dialect": wrong}).status_code == 400, wrong
        with pytest.raises(ValueError, match=r"\w"):
            changed(KIND, wrong)
    with pytest.raises(ValueError, match="no profile"):
        dialect("cruel")


def test_profiles():
    assert dialect("kind") == KIND
    assert dialect() == dialect("real") == REAL != KIND
    paced = dialect("real", {"team_wait": 7.0}, pace=0.1)
    assert [paced.class_wait, paced.page_seconds, paced.team_wait] == pytest.approx([3.0, 0.3, 7.0])
    assert dialect("real", as_kind=PARTS) == KIND
    assert dialect("real", {"without-grade": True}, as_kind=["without-grade"]).without_grade
