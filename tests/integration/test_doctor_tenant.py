"""Checks 7 to 21 against the pretend tenant: right where it is kind, and each fault named."""

import time
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import jwt
import pytest

from bot.runtime.doctor.examination import Outside
from demo.stack import PERMISSIONS
from simulator.entra.clients import read_permissions
from simulator.graph.dialect import KIND
from simulator.people.directory_names import READER_CLIENT_ID, WRITER_CLIENT_ID
from simulator.people.model import TenantOptions
from simulator.server import ServerOptions
from tests.integration.doctor_visit import (
    APP_ID,
    environment,
    known_to_teams,
    said_of,
    settings_of,
    visit,
    with_reader_token,
)
from tests.unit.simulator.living import TODAY, Client, served

SMALL = TenantOptions(today=TODAY, students=300)
NO_LISTS = {"EXPECTED_LISTS_FOLDER": "", "ACCOUNT_LISTS_FOLDER": ""}
OTHER_TENANT = "5a1e0000-0000-4000-8000-00000000ffff"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    permissions = read_permissions(PERMISSIONS)
    with served(
        ServerOptions(SMALL, tmp_path_factory.mktemp("simulator"), dialect=KIND, permissions=permissions)
    ) as client:
        yield client


@pytest.fixture
def tenant(shared: Client) -> Client:
    shared.reset()
    return shared


def dialect(tenant: Client, **parts: object) -> None:
    answer = tenant.admin("POST", "settings", {"dialect": parts})
    assert answer.status_code == 200, answer.text


RIGHT = {
    "reader": ["identity-right"],
    "tenant": ["tenant-right"],
    "domain": ["domain-right"],
    "school": ["school-bare", "school-placed", "school-or"],
    "account": ["account-right"],
    "expand": ["expand-two", "expand-quick"],
    "filled": ["filled-grade", "filled-identifier"],
    "filter": ["filter-right"],
    "username": ["username-right"],
    "roles": ["roles-right", "roles-right"],
    "classes": [
        "classes-named",
        "classes-rows",
        "classes-members",
        "classes-groups",
        "classes-teams",
        "classes-unit",
    ],
    "drive": ["drive-right", "drive-right"],
    "writer": ["identity-right", "writer-roles-none"],
    "app": ["app-right"],
}


@pytest.mark.parametrize("name", list(RIGHT))
async def test_a_kind_tenant_is_right(tenant: Client, tmp_path: Path, name: str) -> None:
    gets_the_app(tenant)
    assert said_of(await visit(name, environment(tenant, tmp_path))) == [("ok", meaning) for meaning in RIGHT[name]]


def gets_the_app(tenant: Client) -> None:
    """The bot's app is installed for the account of the school that the doctor looks at."""
    director = tenant.get(f"/users/2990001@{tenant.description['domain']}").json()["id"]
    bind = f"{tenant.base}/v1.0/appCatalogs/teamsApps/{tenant.description['app_catalog_id']}"
    installed = tenant.post(f"/users/{director}/teamwork/installedApps", {"teamsApp@odata.bind": bind})
    assert installed.status_code == 201


SWITCHED = [
    ("account", {"outside_roster": True}, {}, ("warn", "account-outside")),
    ("account", {"named_as_schools": True}, {}, ("warn", "account-named-as-school")),
    ("school", {"without_address": True}, {"SCHOOLS_FILE": ""}, ("warn", "school-placeless")),
    ("school", {"without_address": True}, {}, ("ok", "school-placed-by-file")),
    ("school", {"or_refused": True}, {}, ("warn", "school-or-refused")),
    ("expand", {"expansions": 1}, {"GRAPH_EXPANDS": "no"}, ("warn", "expand-one")),
    ("expand", {"expansions": 1}, {"GRAPH_EXPANDS": "yes"}, ("fail", "expand-one")),
    ("expand", {"expansions": 0}, {"GRAPH_EXPANDS": "yes"}, ("fail", "expand-none")),
    ("expand", {"expanded_items": 20}, {}, ("warn", "expand-cut")),
    ("filled", {"without_grade": True}, {}, ("warn", "filled-gradeless")),
    ("filter", {"external_id_only_in_beta": True}, {"GRAPH_USERS_VERSION": "v1.0"}, ("fail", "filter-other")),
    ("filter", {"external_id_only_in_beta": True}, {"GRAPH_USERS_VERSION": "beta"}, ("ok", "filter-right")),
    ("filter", {"or_refused": True}, {}, ("warn", "filter-or-refused")),
    ("username", {"upn_refused": True}, {}, ("warn", "username-refused")),
    ("classes", {"units": "refused"}, {}, ("warn", "classes-unitless")),
    ("classes", {"units": "missing"}, {}, ("warn", "classes-unitless")),
    ("classes", {"units": "empty"}, {}, ("warn", "classes-unitless")),
    ("drive", {"sites_by_grant": True}, {}, ("ok", "drive-right")),
]


@pytest.mark.parametrize(("name", "parts", "changed", "expected"), SWITCHED)
async def test_each_part_in_which_tenants_differ_is_named(
    tenant: Client, tmp_path: Path, *, name: str, parts: dict, changed: dict, expected: tuple[str, str]
) -> None:
    dialect(tenant, **parts)

    assert expected in said_of(await visit(name, environment(tenant, tmp_path, **changed)))


async def test_hidden_members_are_named_where_the_permission_for_them_is_missing(tmp_path: Path) -> None:
    consented = {
        identity: tuple(name for name in names if name != "Member.Read.Hidden")
        for identity, names in read_permissions(PERMISSIONS).items()
    }
    with served(ServerOptions(SMALL, tmp_path, dialect=KIND, permissions=consented)) as tenant:
        for how, expected in (("refused", "classes-hidden"), ("empty", "classes-empty")):
            dialect(tenant, members=how)
            assert ("fail", expected) in said_of(await visit("classes", environment(tenant, tmp_path)))


async def test_a_page_that_is_slower_than_the_product_waits_is_named(tenant: Client, tmp_path: Path) -> None:
    slow = Outside(monotonic=lambda: time.monotonic() * 1000)

    assert ("warn", "expand-slow") in said_of(await visit("expand", environment(tenant, tmp_path), slow))


@pytest.mark.parametrize(
    ("name", "parts", "changed", "expected"),
    [
        ("expand", {"expansions": 1}, {"GRAPH_EXPANDS": "yes"}, {"GRAPH_EXPANDS": "no"}),
        (
            "filter",
            {"external_id_only_in_beta": True},
            {"GRAPH_USERS_VERSION": "v1.0"},
            {"GRAPH_USERS_VERSION": "beta"},
        ),
    ],
)
async def test_what_is_to_be_set_mends_it(
    tenant: Client, tmp_path: Path, *, name: str, parts: dict, changed: dict, expected: dict
) -> None:
    dialect(tenant, **parts)
    before = await visit(name, environment(tenant, tmp_path, **changed))
    assert settings_of(before) == expected
    assert any(one.to_mend for one in before)

    after = await visit(name, environment(tenant, tmp_path, **{**changed, **expected}))

    assert not any(one.to_mend for one in after)


PLANTED = [
    ("tenant", {}, {"ACCOUNT_DOMAIN": "other.example"}, ("fail", "tenant-domain")),
    ("tenant", {"synchronised": True}, {}, ("warn", "tenant-synchronised")),
    ("domain", {"federated": True}, {}, ("fail", "domain-federated")),
    (
        "account",
        {},
        {"GRAPH_ROLE_EXTENSION": "extension_00000000000000000000000000000000_NEISPUO_ROLE"},
        ("fail", "account-roleless"),
    ),
    ("account", {}, {"ACCOUNT_DOMAIN": "other.example"}, ("fail", "account-none")),
    ("drive", {}, {"EXPECTED_LISTS_FOLDER": "Другаде/Класове"}, ("warn", "drive-none")),
    ("drive", {}, NO_LISTS, ("skipped", "drive-unused")),
    ("drive", {"siteGrants": [], "dialect": {"sites_by_grant": True}}, {}, ("fail", "drive-refused")),
    ("drive", {"siteGrants": ["2990001"], "dialect": {"sites_by_grant": True}}, {}, ("ok", "drive-right")),
    ("drive", {"siteGrants": ["2990004"], "dialect": {"sites_by_grant": True}}, {}, ("ok", "drive-right")),
    ("app", {}, {"TEAMS_APP_CATALOG_ID": ""}, ("skipped", "app-unused")),
    (
        "writer",
        {"appDirectoryRoles": {WRITER_CLIENT_ID: ["Password Administrator"]}},
        {},
        ("ok", "writer-roles-right"),
    ),
    (
        "writer",
        {"appDirectoryRoles": {WRITER_CLIENT_ID: [f"Password Administrator@299000{school}" for school in (1, 2)]}},
        {},
        ("ok", "writer-roles-units"),
    ),
    (
        "writer",
        {"appDirectoryRoles": {WRITER_CLIENT_ID: ["Password Administrator", "Password Administrator@2990001"]}},
        {},
        ("ok", "writer-roles-right"),
    ),
    (
        "writer",
        {"appDirectoryRoles": {WRITER_CLIENT_ID: ["Password Administrator", "User Administrator@2990001"]}},
        {},
        ("warn", "writer-roles-strong"),
    ),
    (
        "writer",
        {"appDirectoryRoles": {WRITER_CLIENT_ID: ["Password Administrator", "Global Administrator"]}},
        {},
        ("warn", "writer-roles-strong"),
    ),
    ("app", {"appNames": READER_CLIENT_ID}, {}, ("fail", "app-other")),
    ("app", {"appNames": READER_CLIENT_ID, "dialect": {"foreign_apps": "refused"}}, {}, ("fail", "app-other")),
    ("app", {"appNames": READER_CLIENT_ID, "dialect": {"foreign_apps": "empty"}}, {}, ("warn", "app-unseen")),
    ("app", {"appNames": WRITER_CLIENT_ID.upper()}, {}, ("ok", "app-right")),
    ("app", {"manifestId": OTHER_TENANT}, {}, ("warn", "app-unseen")),
    ("app", {"manifestId": OTHER_TENANT}, {"TEAMS_APP_ID": OTHER_TENANT.upper()}, ("ok", "app-right")),
]


@pytest.mark.parametrize(("name", "done", "changed", "expected"), PLANTED)
async def test_what_an_administrator_did_or_set_wrongly_is_named(
    tenant: Client, tmp_path: Path, *, name: str, done: dict, changed: dict, expected: tuple[str, str]
) -> None:
    gets_the_app(tenant)
    assert tenant.admin("POST", "settings", done).status_code == 200

    assert expected in said_of(await visit(name, environment(tenant, tmp_path, **changed)))


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (
            {"ACCOUNT_LISTS_FOLDER": "Другаде/Профили"},
            [("drive-right", "EXPECTED_LISTS_FOLDER"), ("drive-none", "ACCOUNT_LISTS_FOLDER")],
        ),
        (
            {"EXPECTED_LISTS_FOLDER": "Другаде/Класове"},
            [("drive-none", "EXPECTED_LISTS_FOLDER"), ("drive-right", "ACCOUNT_LISTS_FOLDER")],
        ),
        ({"EXPECTED_LISTS_FOLDER": ""}, [("drive-right", "ACCOUNT_LISTS_FOLDER")]),
        ({"ACCOUNT_LISTS_FOLDER": ""}, [("drive-right", "EXPECTED_LISTS_FOLDER")]),
    ],
)
async def test_each_folder_that_is_set_is_looked_into_and_named(
    tenant: Client, tmp_path: Path, changed: dict, expected: list[tuple[str, str]]
) -> None:
    found = await visit("drive", environment(tenant, tmp_path, **changed))

    assert [(one.meaning.text_id, one.meaning.args.get("setting")) for one in found] == expected


async def test_a_site_is_asked_for_once_for_both_folders(tenant: Client, tmp_path: Path) -> None:
    tenant.admin("POST", "settings", {"siteGrants": [], "dialect": {"sites_by_grant": True}})
    before = _asked_for_sites(tenant)

    await visit("drive", environment(tenant, tmp_path, ACCOUNT_LISTS_FOLDER=""))
    one = _asked_for_sites(tenant) - before
    await visit("drive", environment(tenant, tmp_path))

    assert one > 1
    assert _asked_for_sites(tenant) - before == 2 * one


def _asked_for_sites(tenant: Client) -> int:
    counted = tenant.admin("GET", "requests").json()["requests"]
    return sum(number for name, number in counted.items() if "personal" in name)


@pytest.mark.parametrize("code", ["2990006", "02990006"])
async def test_the_school_that_was_named_is_looked_at_before_others(
    tenant: Client, tmp_path: Path, code: str
) -> None:
    """The pilot's, whose site alone was granted, is not among the first of the list."""
    tenant.admin("POST", "settings", {"siteGrants": ["2990006"], "dialect": {"sites_by_grant": True}})
    usual = environment(tenant, tmp_path)
    named = partial(replace, school_code=code)

    assert said_of(await visit("drive", usual)) == [("fail", "drive-refused")] * 2
    assert said_of(await visit("drive", usual, prepare=named)) == [("ok", "drive-right")] * 2
    schools = said_of(await visit("school", usual, prepare=named))
    assert schools == [("ok", meaning) for meaning in RIGHT["school"]]


async def test_a_school_that_is_not_there_is_told(tenant: Client, tmp_path: Path) -> None:
    nowhere = partial(replace, school_code="2999999")

    found = await visit("school", environment(tenant, tmp_path), prepare=nowhere)

    assert ("fail", "school-unknown") in said_of(found)


async def test_the_number_of_the_app_in_the_catalog_is_told(tenant: Client, tmp_path: Path) -> None:
    usual = environment(tenant, tmp_path)
    assert said_of(await visit("app", usual)) == [("warn", "app-unseen")]
    gets_the_app(tenant)

    assert said_of(await visit("app", usual)) == [("ok", "app-right")]
    other = await visit("app", {**usual, "TEAMS_APP_CATALOG_ID": OTHER_TENANT})

    assert said_of(other) == [("fail", "app-catalog")]
    assert settings_of(other) == {"TEAMS_APP_CATALOG_ID": usual["TEAMS_APP_CATALOG_ID"]}


async def test_where_the_app_has_no_id_of_its_own_it_is_asked_for_by_the_bots(tenant: Client, tmp_path: Path) -> None:
    gets_the_app(tenant)
    tenant.admin("POST", "settings", {"manifestId": APP_ID})
    assert said_of(await visit("app", known_to_teams(tenant, tmp_path, TEAMS_APP_ID=""))) == [("ok", "app-right")]
    assert said_of(await visit("app", known_to_teams(tenant, tmp_path))) == [("warn", "app-unseen")]


async def test_permissions_that_are_missing_or_too_many_are_named(tmp_path: Path) -> None:
    consented = {
        "reader": ("EduRoster.Read.All", "User.Read.All", "TeamSettings.Read.All", "Sites.Selected", "Mail.Read"),
        "writer": ("User-PasswordProfile.ReadWrite.All", "User.EnableDisableAccount.All", "User.ReadWrite.All"),
    }
    with served(ServerOptions(SMALL, tmp_path, dialect=KIND, permissions=consented)) as tenant:
        usual = environment(tenant, tmp_path)
        reader, writer = await visit("reader", usual), await visit("writer", usual)
        roles, drive = await visit("roles", usual), await visit("drive", usual)

    assert said_of(reader) == [("fail", "identity-missing"), ("fail", "identity-beyond")]
    assert [one.came.args for one in reader] == [
        {"names": "Directory.Read.All, Member.Read.Hidden"},
        {"names": "Mail.Read"},
    ]
    assert said_of(writer)[:3] == [
        ("fail", "identity-missing"),
        ("fail", "identity-beyond"),
        ("warn", "writer-enable"),
    ]
    assert ("warn", "writer-roles-unread") in said_of(writer)
    assert said_of(roles) == [("fail", "graph-refused"), ("fail", "graph-refused")]
    assert said_of(drive) == [("ok", "drive-right")] * 2


async def test_what_is_not_in_use_needs_no_permission(tmp_path: Path) -> None:
    consented = {
        "reader": (
            "EduRoster.Read.All", "Member.Read.Hidden", "User.Read.All", "Directory.Read.All", "TeamSettings.Read.All",
        ),
        "writer": (
            "User-PasswordProfile.ReadWrite.All", "User.RevokeSessions.All", "EduRoster.ReadWrite.All",
            "User.EnableDisableAccount.All", "Group.ReadWrite.All", "User.Read.All",
        ),
    }  # fmt: skip
    with served(ServerOptions(SMALL, tmp_path, dialect=KIND, permissions=consented)) as tenant:
        without = environment(tenant, tmp_path, **NO_LISTS, TEAMS_APP_CATALOG_ID="")
        assert said_of(await visit("reader", without)) == [("ok", "identity-right")]
        assert said_of(await visit("writer", without))[0] == ("ok", "identity-right")
        assert said_of(await visit("reader", environment(tenant, tmp_path))) == [("fail", "identity-missing")]


async def test_a_token_of_another_tenant_is_named(tenant: Client, tmp_path: Path) -> None:
    claims = {"tid": OTHER_TENANT, "appid": READER_CLIENT_ID, "roles": []}
    token = jwt.encode(claims, "x" * 32, algorithm="HS256")

    found = await visit("reader", environment(tenant, tmp_path), prepare=with_reader_token(token))

    assert said_of(found)[0] == ("fail", "identity-tenant")


async def test_a_wrong_secret_is_named_and_what_depends_on_it_is_skipped(tenant: Client, tmp_path: Path) -> None:
    wrong = environment(tenant, tmp_path, GRAPH_CLIENT_SECRET="not-the-secret")

    assert said_of(await visit("reader", wrong)) == [("fail", "identity-refused")]
    assert said_of(await visit("classes", wrong)) == [("skipped", "skipped-reader")]


async def test_the_web_process_has_no_writer_to_look_at(tenant: Client, tmp_path: Path) -> None:
    web = {
        name: value
        for name, value in environment(tenant, tmp_path, PROCESS="web", DATABASE_URL="postgresql://h/d").items()
        if not name.startswith("GRAPH_WRITER_")
    }

    for name in ("writer", "app", "reset"):
        found = await visit(name, web, account="somebody@edu.mon.bg")
        assert said_of(found) == [("skipped", "skipped-web")], name


def requests(tenant: Client) -> dict[str, int]:
    told = tenant.admin("GET", "requests").json()
    return {**told["requests"], **told["batchItems"]}


async def test_nothing_is_written_unless_it_is_asked_for(tenant: Client, tmp_path: Path) -> None:
    for name in (*RIGHT, "reset"):
        await visit(name, environment(tenant, tmp_path))

    asked = requests(tenant)
    assert sum(asked.values()) > 20
    assert [name for name in asked if not name.startswith(("GET ", "POST /$batch", "POST token"))] == []
    assert tenant.admin("GET", "passwords").json()["passwords"] == []


def trial(tenant: Client) -> str:
    """An account that nobody needs: outside the roster, without a role."""
    username: str = tenant.roster["students"][0]["username"]
    answer = tenant.admin("POST", f"users/{username}", {"inRoster": False, "extensionRole": None})
    assert answer.status_code == 200, answer.text
    return username


async def test_a_password_of_a_test_account_is_set_and_shown_nowhere(tenant: Client, tmp_path: Path) -> None:
    username = trial(tenant)

    found = await visit("reset", environment(tenant, tmp_path), account=username)

    assert said_of(found) == [("ok", "reset-right")]
    (set_,) = tenant.admin("GET", "passwords").json()["passwords"]
    assert set_["username"] == username
    assert set_["password"] not in repr(found)


@pytest.mark.parametrize(
    ("schools", "expected"), [([], ("ok", "reset-right")), (["2990001"], ("fail", "reset-ordinary"))]
)
async def test_an_account_that_the_roster_shows_as_everybodys_is_nobodys_unless_a_school_has_it(
    tenant: Client, tmp_path: Path, schools: list[str], expected: tuple[str, str]
) -> None:
    """Graph shows every account of the tenant below /education/users, those of no school with the role `none`."""
    (stranger,) = (one for one in tenant.roster["people"] if one["upn"].startswith("asen."))
    tenant.admin("POST", f"users/{stranger['upn']}", {"schools": schools})

    assert said_of(await visit("reset", environment(tenant, tmp_path), account=stranger["upn"])) == [expected]


async def test_a_refused_password_tells_what_is_missing(tenant: Client, tmp_path: Path) -> None:
    username = trial(tenant)
    dialect(tenant, role_for_passwords=True)

    assert said_of(await visit("reset", environment(tenant, tmp_path), account=username)) == [
        ("fail", "reset-roleless")
    ]

    tenant.admin("POST", "settings", {"appDirectoryRoles": {WRITER_CLIENT_ID: ["Password Administrator"]}})
    assert said_of(await visit("reset", environment(tenant, tmp_path), account=username)) == [("ok", "reset-right")]


@pytest.mark.parametrize(
    ("change", "username", "expected"),
    [
        ({"inRoster": True, "extensionRole": None}, None, "reset-ordinary"),
        ({"inRoster": False, "extensionRole": "0"}, None, "reset-ordinary"),
        (
            {"inRoster": False, "extensionRole": None, "directoryRole": "Helpdesk Administrator"},
            None,
            "reset-privileged",
        ),
        ({"inRoster": False, "extensionRole": None, "roleAssignableGroup": True}, None, "reset-privileged"),
        ({"inRoster": False, "extensionRole": None, "synced": True}, None, "reset-ordinary"),
        ({}, "nobody.at.all@edu.mon.bg", "reset-nobody"),
        ({}, "somebody@other.example", "reset-foreign"),
    ],
)
async def test_an_account_that_somebody_needs_is_left_alone(
    tenant: Client, tmp_path: Path, change: dict, username: str | None, expected: str
) -> None:
    chosen = tenant.roster["students"][0]["username"]
    if change:
        assert tenant.admin("POST", f"users/{chosen}", change).status_code == 200

    found = await visit("reset", environment(tenant, tmp_path), account=username or chosen)

    assert said_of(found) == [("fail", expected)]
    assert tenant.admin("GET", "passwords").json()["passwords"] == []
