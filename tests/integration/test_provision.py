"""Provisioning against the pretend tenant: looking changes nothing, twice is once, and an interruption costs nothing."""

import http.client
import json
import re
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jwt
import msal
import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from deploy.provision import certificates
from deploy.provision.__main__ import main
from deploy.provision.checklist import LANGUAGES, checklist
from deploy.provision.wanted import BOT, DEPLOY, IDENTITIES, READER, WRITER, Identity, Wanted, permissions
from simulator.graph.dialect import REAL
from simulator.graph.registrations import GRAPH_APP_ROLES
from simulator.people.directory_names import SITES_HOST
from simulator.server import ServerOptions
from tests.contract.test_graph_requests import DESCRIPTION, Sent, description, judge
from tests.unit.simulator.living import DEMO, Client, served

NOW = datetime(2026, 9, 15, 8, tzinfo=UTC)
SUBSCRIPTION = "7d1a3c1e-0000-4000-8000-0000000000aa"
SCHOOLS = ("2990001", "2990002")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with served(ServerOptions(DEMO, tmp_path_factory.mktemp("simulator"), dialect=REAL)) as client:
        yield client


@dataclass
class Administrator:
    """Runs the command, and looks at what stands afterwards."""

    tenant: Client
    folder: Path
    say: Callable[[], str]
    waits: list[float] = field(default_factory=list)

    def run(self, *more: str, apply: bool = True, environment: dict[str, str] | None = None) -> tuple[int, str]:
        described = self.tenant.description
        arguments = [
            *("--tenant", described["tenant"].upper(), "--host", "bot.example.bg", "--domain", described["domain"]),
            *("--graph-url", described["graph"], "--azure-url", described["graph"]),
            *("--authority", described["authority"], "--ca-file", described["ca_file"]),
            *("--folder", str(self.folder / "deploy"), "--record", str(self.record), *more),
            *(["--apply"] if apply else []),
        ]
        code = main(
            arguments,
            self.signed_in if environment is None else environment,
            sleep=self.waits.append,
            now=lambda: NOW,
        )
        return code, self.say()

    def everything(self, *more: str, apply: bool = True) -> tuple[int, str]:
        asked = [
            "--subscription",
            SUBSCRIPTION,
            "--resource-group",
            "edu",
            "--password-role",
            "--sites-host",
            SITES_HOST,
        ]
        return self.run(*asked, *(word for code in SCHOOLS for word in ("--school", code)), *more, apply=apply)

    @property
    def signed_in(self) -> dict[str, str]:
        who = self.tenant.description["clients"]["administrator"]
        return {"PROVISION_CLIENT_ID": who["id"], "PROVISION_CLIENT_SECRET": who["secret"]}

    @property
    def record(self) -> Path:
        return self.folder / "provision.json"

    def get(self, path: str) -> Any:
        answer = self.tenant.get(path, "administrator")
        return None if answer.status_code == 404 else answer.json()

    def application(self, unique: str) -> Any:
        return self.get(f"/applications(uniqueName='{unique}')?$select=id,appId,keyCredentials")

    def azure(self, path: str) -> Any:
        token = {"Authorization": f"Bearer {self.tenant.token('administrator')}"}
        url = f"{self.tenant.base}/subscriptions/{SUBSCRIPTION}{path}"
        return self.tenant.session.get(url, headers=token, timeout=20).json()

    def stands(self) -> dict[str, Any]:
        """Everything that was made, without ids."""
        found: dict[str, Any] = {}
        for identity in IDENTITIES:
            application = self.application(identity.unique)
            principal = application and self.get(f"/servicePrincipals(appId='{application['appId']}')")
            given = (
                self.get(f"/servicePrincipals/{principal['id']}/appRoleAssignments") if principal else {"value": []}
            )
            found[identity.key] = {
                "keys": [one["key"] for one in application["keyCredentials"]] if application else None,
                "given": sorted(one["appRoleId"] for one in given["value"]),
            }
        writer = self.application(WRITER.unique)
        principal = writer and self.get(f"/servicePrincipals(appId='{writer['appId']}')")
        held = principal and self.get(
            f"/roleManagement/directory/roleAssignments?$filter=principalId eq '{principal['id']}'"
        )
        found["roles"] = [(one["roleDefinitionId"], one["directoryScopeId"]) for one in held["value"]] if held else []
        for code in SCHOOLS:
            site = self.get(
                f"/sites/{SITES_HOST}:/personal/{Wanted('', '', DEPLOY, self.tenant.description['domain']).site_of(code)}"
            )
            granted = self.get(f"/sites/{site['id']}/permissions")["value"]
            found[code] = [one["grantedToIdentitiesV2"][0]["application"]["displayName"] for one in granted]
        return found

    def writes(self) -> int:
        counted = self.tenant.admin("GET", "requests").json()["requests"]
        return sum(number for name, number in counted.items() if not name.startswith("GET "))


@pytest.fixture(scope="module")
def keys() -> list[rsa.RSAPrivateKey]:
    """Of the real kind, for all tests of this file: to find one takes longer than everything else a run does."""
    return []


@pytest.fixture
def administrator(
    running: Client,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    keys: list[rsa.RSAPrivateKey],
) -> Administrator:
    """No key is given out twice in one test."""
    make, numbers = rsa.generate_private_key, count()

    def key(public_exponent: int, key_size: int) -> rsa.RSAPrivateKey:
        number = next(numbers)
        if number == len(keys):
            keys.append(make(public_exponent, key_size))
        assert keys[number].key_size == key_size
        return keys[number]

    monkeypatch.setattr("deploy.provision.certificates.rsa.generate_private_key", key)
    running.reset()
    return Administrator(running, tmp_path, lambda: capsys.readouterr().out)


def test_a_key_is_large_and_no_other(tmp_path):
    for name in ("one", "two"):
        certificates.make(tmp_path / name, name, NOW)
    one, two = (load_pem_private_key((tmp_path / name).read_bytes(), None) for name in ("one", "two"))

    assert isinstance(one, rsa.RSAPrivateKey)
    assert one.key_size >= 3072
    assert one.public_key() != two.public_key()


def test_without_apply_nothing_is_changed(administrator):
    code, said = administrator.everything(apply=False)

    assert code == 0, said
    assert "Only looking" in said
    assert said.count("would be made") > 25
    assert administrator.writes() == 0
    assert list(administrator.folder.iterdir()) == []
    for title in ("# Остава на ръка", "# Left to be done by hand"):
        assert title in said
    assert "APP_ID=…" in said
    assert said.count("made by --apply") == 3, "role, Azure bot, sites"


def test_everything_is_made_as_it_is_wanted(administrator):
    code, said = administrator.everything()

    assert code == 0, said
    stands = administrator.stands()
    for identity in IDENTITIES:
        assert stands[identity.key]["given"] == sorted(permissions(identity).values())
        assert len(stands[identity.key]["keys"]) == 1
    assert stands["bot"]["given"] == []
    assert stands["roles"] == [("966707d0-3269-4727-9be2-8c3a10f19b9d", "/")]
    assert [stands[code] for code in SCHOOLS] == [[READER.display]] * 2
    bot = administrator.azure("/resourceGroups/edu/providers/Microsoft.BotService/botServices/edu-accounts-bot")
    assert bot["properties"] == {
        "displayName": "Ел. профили – бот",
        "endpoint": "https://bot.example.bg/api/messages",
        "msaAppId": administrator.application("edu-accounts-bot")["appId"],
        "msaAppType": "SingleTenant",
        "msaAppTenantId": administrator.tenant.description["tenant"],
    }
    channel = administrator.azure(
        "/resourceGroups/edu/providers/Microsoft.BotService/botServices/edu-accounts-bot/channels/MsTeamsChannel"
    )
    assert channel["properties"]["properties"]["isEnabled"] is True
    for identity in IDENTITIES:
        app_id = administrator.application(identity.unique)["appId"]
        assert said.count(app_id) >= 2, "in the checklist of each language"
    assert administrator.waits, "new objects are not known at once"


def test_what_was_made_is_what_may_be_used(administrator):
    """The applications get tokens with what was consented to, the writer's role counts, the sites open, no other."""
    tenant = administrator.tenant
    tenant.admin("POST", "settings", {"siteGrants": []})
    administrator.everything()

    def token(identity: Identity, scope: str) -> dict[str, Any]:
        app = administrator.application(identity.unique)["appId"]
        pem = (administrator.folder / "deploy" / identity.folder / f"{identity.key}.pem").read_text()
        key, certificate = pem.split("-----BEGIN CERTIFICATE-----")
        credential = {"private_key": key, "public_certificate": "-----BEGIN CERTIFICATE-----" + certificate}
        held: dict[str, Any] = msal.ConfidentialClientApplication(
            app, client_credential=credential, authority=f"{tenant.base}/{tenant.description['tenant']}",
            instance_discovery=False, http_client=tenant.session,
        ).acquire_token_for_client([f"{scope}/.default"])  # fmt: skip
        return held

    def ask(held: dict[str, Any], path: str) -> requests.Response:
        sent = {"Authorization": f"Bearer {held['access_token']}"}
        answer: requests.Response = tenant.session.get(f"{tenant.base}/v1.0{path}", headers=sent, timeout=20)
        return answer

    def claims(held: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = jwt.decode(held["access_token"], options={"verify_signature": False})
        return found

    reader, writer = (token(one, "https://graph.microsoft.com") for one in (READER, WRITER))
    assert set(claims(reader)["roles"]) == set(permissions(READER))
    assert set(claims(writer)["roles"]) == set(permissions(WRITER))
    bot = token(BOT, "https://api.botframework.com")
    assert claims(bot)["aud"] == "https://api.botframework.com"
    assert ask(bot, "/organization").status_code == 401, "a token for the connector is none for Graph"
    roles = f"/servicePrincipals(appId='{claims(writer)['appid']}')/memberOf/microsoft.graph.directoryRole"
    assert [one["displayName"] for one in ask(reader, roles).json()["value"]] == ["Password Administrator"]
    domain = Wanted("", "", DEPLOY, tenant.description["domain"])
    opened = {
        code: ask(reader, f"/sites/{SITES_HOST}:/personal/{domain.site_of(code)}:/drive").status_code
        for code in (*SCHOOLS, "2990003")
    }
    assert opened == {SCHOOLS[0]: 200, SCHOOLS[1]: 200, "2990003": 403}
    stranger = administrator.folder / "deploy" / "files" / "reader.pem"
    stranger.write_bytes((administrator.folder / "deploy" / "files" / "bot.pem").read_bytes())
    assert token(READER, "https://graph.microsoft.com")["error"] == "invalid_client"


def test_keys_are_for_their_owner_alone_and_the_record_holds_no_secret(administrator):
    administrator.everything()

    for identity in IDENTITIES:
        path = administrator.folder / "deploy" / identity.folder / f"{identity.key}.pem"
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        pem = path.read_bytes()
        assert b"PRIVATE KEY" in pem
        assert x509.load_pem_x509_certificate(pem).not_valid_after_utc > NOW
    assert (administrator.folder / "deploy" / "worker-files" / "writer.pem").exists(), "where the web process is not"
    record = administrator.record.read_text(encoding="utf-8")
    secret = administrator.signed_in["PROVISION_CLIENT_SECRET"]
    assert not re.search(rf"PRIVATE|BEGIN|eyJ|{re.escape(secret)}", record)
    held = json.loads(record)
    assert held["found"]["writer.app_id"] == administrator.application(WRITER.unique)["appId"]
    assert len(held["made"]) > 25


def test_a_second_run_changes_nothing(administrator):
    administrator.everything()
    before = (administrator.stands(), administrator.writes(), administrator.record.read_bytes())
    files = {path: path.read_bytes() for path in administrator.folder.rglob("*.pem")}

    code, said = administrator.everything()

    assert code == 0, said
    assert (administrator.stands(), administrator.writes(), administrator.record.read_bytes()) == before
    assert {path: path.read_bytes() for path in administrator.folder.rglob("*.pem")} == files
    assert not re.search(r"made  |FAILED", said)


@pytest.mark.parametrize(
    ("request_", "fault"),
    [
        ("PATCH /applications.uniqueName", "lost"),
        ("POST /servicePrincipals/{id}/appRoleAssignments", "403"),
        *(
            pytest.param(*one, marks=pytest.mark.long)
            for one in (
                ("PATCH /applications/{id}", "lost"),
                ("POST /servicePrincipals$", "lost"),
                ("POST /servicePrincipals/{id}/appRoleAssignments", "lost"),
                ("POST /roleManagement", "500"),
                ("POST /sites/{site}/permissions", "lost"),
                ("GET /servicePrincipals/{id}/appRoleAssignments", "malformed"),
            )
        ),
    ],
)
def test_an_interrupted_run_says_what_stands_and_is_gone_on_with(administrator, request_, fault):
    pattern = request_.replace("{", r"\{").replace("}", r"\}")
    administrator.tenant.admin("POST", "faults", {"match": pattern, "fault": fault, "times": 6})

    code, said = administrator.everything()
    administrator.tenant.admin("POST", "faults", {"match": "nothing", "fault": "500", "times": 1})
    if code:
        assert code == 1
        assert said.count("FAILED  ") == 1
        assert "not tried" in said
        assert "What stands, stays" in said
        assert "# Left to be done" not in said
    for _ in range(8):  # some faults are left over
        code, said = administrator.everything()
        if not code:
            break

    assert code == 0, said
    stands = administrator.stands()
    for identity in IDENTITIES:
        assert stands[identity.key]["given"] == sorted(permissions(identity).values())
        assert len(stands[identity.key]["keys"]) == 1
    assert len(stands["roles"]) == 1
    assert [stands[code] for code in SCHOOLS] == [[READER.display]] * 2


def test_killed_between_any_two_steps_the_next_run_goes_on(administrator, monkeypatch):
    """The kill comes when the record of the step is written: the step is done, nobody has noted it."""

    class Killed(BaseException):
        pass

    for number in (0, 1, 5, 13):
        left = [number]

        def note(*_: object, left: list[int] = left) -> None:
            left[0] -= 1
            if left[0] < 0:
                raise Killed

        with monkeypatch.context() as patched:
            patched.setattr("deploy.provision.record.Record.note", note)
            with pytest.raises(Killed):
                administrator.everything()
    code, said = administrator.everything()
    assert code == 0, said
    stands = administrator.stands()
    assert all(len(stands[identity.key]["keys"]) == 1 for identity in IDENTITIES)
    assert [stands[code] for code in SCHOOLS] == [[READER.display]] * 2


def test_a_permission_that_nobody_wants_is_told_and_left(administrator):
    administrator.everything()
    principal = administrator.get(f"/servicePrincipals(appId='{administrator.application(READER.unique)['appId']}')")[
        "id"
    ]
    body = {
        "principalId": principal,
        "resourceId": "5a1e0000-0000-4000-8000-0000000000f1",
        "appRoleId": GRAPH_APP_ROLES["Files.Read.All"],
    }
    administrator.tenant.post(f"/servicePrincipals/{principal}/appRoleAssignments", body, "administrator")

    code, said = administrator.everything()

    assert code == 0, said
    assert said.count(f"does not name: {GRAPH_APP_ROLES['Files.Read.All']}") == 1
    assert GRAPH_APP_ROLES["Files.Read.All"] in administrator.stands()["reader"]["given"]


def register_by_hand(administrator: Administrator, *identities: Identity) -> dict[str, str]:
    """As steps 2 to 4 of the guide say: the app, its file, its certificate. Application ids by key."""
    found = {}
    for identity in identities:
        path = administrator.folder / "deploy" / identity.folder / f"{identity.key}.pem"
        certificates.make(path, identity.key, NOW)
        key, _ = certificates.public(path, NOW)
        credential = {"type": "AsymmetricX509Cert", "usage": "Verify", "key": key}
        body = {"displayName": identity.display, "signInAudience": "AzureADMyOrg", "keyCredentials": [credential]}
        found[identity.key] = administrator.tenant.post("/applications", body, "administrator").json()["appId"]
    return found


def named(app_ids: dict[str, str]) -> list[str]:
    return [word for key, app_id in app_ids.items() for word in (f"--{key}-app-id", app_id)]


def test_beside_apps_registered_by_hand_none_is_made_and_all_are_named_at_once(administrator):
    app_ids = register_by_hand(administrator, *IDENTITIES)
    before = administrator.writes()

    for apply in (False, True):
        code, said = administrator.everything(apply=apply)
        assert code == 1
        assert " ".join(named(app_ids)) in said
        assert said.count("FAILED  ") == 1
    assert administrator.writes() == before
    assert not [one for one in IDENTITIES if administrator.application(one.unique)]


def test_apps_registered_by_hand_are_taken_over_with_their_certificates_and_found_again(administrator):
    app_ids = register_by_hand(administrator, *IDENTITIES)

    code, said = administrator.everything(*named(app_ids), apply=False)
    assert code == 0, said
    assert all(app_id in said for app_id in app_ids.values())
    code, said = administrator.everything(*named({key: value.upper() for key, value in app_ids.items()}))
    assert code == 0, said

    assert {one.key: administrator.application(one.unique)["appId"] for one in IDENTITIES} == app_ids
    stands = administrator.stands()
    for identity in IDENTITIES:
        assert stands[identity.key]["given"] == sorted(permissions(identity).values())
        assert len(stands[identity.key]["keys"]) == 1, "that of step 3"
    assert [stands[code] for code in SCHOOLS] == [[READER.display]] * 2
    before = administrator.writes()
    for more in ([], named(app_ids)):
        assert administrator.everything(*more)[0] == 0
    assert administrator.writes() == before


def test_only_what_was_registered_by_hand_is_taken_over(administrator):
    app_ids = register_by_hand(administrator, READER)

    code, said = administrator.everything()
    assert code == 1
    assert "made by hand" in said
    assert administrator.application(BOT.unique) is not None, "the step before was done"

    assert administrator.everything(*named(app_ids))[0] == 0
    assert administrator.application(READER.unique)["appId"] == app_ids["reader"]


def test_an_app_that_is_not_there_or_is_another_is_not_taken_over(administrator):
    administrator.everything()
    bot, writer = (administrator.application(one.unique)["appId"] for one in (BOT, WRITER))
    before = administrator.writes()

    for app_id, why in ((writer, f"is the app {bot} here"), (SUBSCRIPTION, f"is the app {bot} here")):
        code, said = administrator.everything("--bot-app-id", app_id)
        assert (code, why in said) == (1, True), said
    assert administrator.writes() == before

    administrator.tenant.reset()
    code, said = administrator.run("--bot-app-id", SUBSCRIPTION)
    assert code == 1
    assert f"no app registration {SUBSCRIPTION}" in said
    body = {"displayName": "Другото", "uniqueName": "another-program"}
    theirs = administrator.tenant.post("/applications", body, "administrator").json()["appId"]
    code, said = administrator.run("--bot-app-id", theirs)
    assert (code, "something else's here (another-program)" in said) == (1, True), said


def test_another_certificate_of_the_application_stays(administrator):
    administrator.everything()
    (old,) = administrator.stands()["bot"]["keys"]
    (administrator.folder / "deploy" / "files" / "bot.pem").unlink()

    assert administrator.everything()[0] == 0
    keys = administrator.stands()["bot"]["keys"]
    assert len(keys) == 2
    assert keys[0] == old


def test_a_moved_bot_is_registered_anew(administrator):
    administrator.everything()
    assert administrator.everything("--host", "new.example.bg")[0] == 0
    bot = administrator.azure("/resourceGroups/edu/providers/Microsoft.BotService/botServices/edu-accounts-bot")
    assert bot["properties"]["endpoint"] == "https://new.example.bg/api/messages"


def test_without_subscription_role_and_schools_the_checklist_asks_for_them(administrator):
    code, said = administrator.run("--language", "en")
    assert code == 0, said
    assert "Azure" not in said.partition("# Left")[0]
    assert "(Azure Bot, endpoint `https://bot.example.bg/api/messages`, channel Microsoft Teams): by hand" in said
    assert "try without it first" in said
    assert administrator.stands()["roles"] == []


def test_what_an_earlier_run_made_is_done_for_a_later_one_that_was_not_asked_for_it(administrator):
    administrator.everything()

    _, said = administrator.run("--language", "en")

    for line in ("Step 5 (role", "Step 6 (Azure Bot", "Step 17 (folders"):
        (told,) = (one for one in said.splitlines() if line in one)
        assert told.endswith(": done"), told


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        (["--tenant", "edu.mon.bg"], "--tenant: not of this form"),
        (["--host", "https://bot.example.bg"], "--host: not of this form"),
        (["--host", ""], "--host: missing"),
        (["--school", "2990001"], "--sites-host"),
        (["--school", "1'", "--sites-host", "a.sharepoint.com"], "--school: not of this form"),
        (["--subscription", SUBSCRIPTION], "--resource-group"),
        (["--password-role-unit", "x"], "--password-role-unit: not of this form"),
        (["--reader-app-id", "x"], "--reader-app-id: not of this form"),
        (["--reader-app-id", SUBSCRIPTION, "--writer-app-id", SUBSCRIPTION.upper()], "one app is named twice"),
    ],
)
def test_what_is_not_understood_begins_nothing(administrator, more, fault):
    code, said = administrator.run(*more)
    assert code == 2
    assert fault in said
    assert administrator.writes() == 0


def test_a_token_of_another_tenant_begins_nothing(administrator):
    token = administrator.tenant.token("administrator")
    environment = {"PROVISION_GRAPH_TOKEN": token}
    assert administrator.run(apply=False, environment=environment)[0] == 0
    code, said = administrator.run("--tenant", SUBSCRIPTION, environment=environment)
    assert code == 2
    assert "another tenant" in said
    assert administrator.run(environment={"PROVISION_GRAPH_TOKEN": "x"})[0] == 2
    assert token not in said


def test_an_administrator_signs_in_with_a_device_code_for_graph_and_for_azure(administrator):
    asked = ["--subscription", SUBSCRIPTION, "--resource-group", "edu"]
    code, said = administrator.run(*asked, environment={})
    assert code == 0, said
    assert said.count("enter the code SIMULATOR") == 2
    assert "eyJ" not in said
    assert len(administrator.stands()["reader"]["given"]) == len(permissions(READER))


def sites(*codes: str) -> list[str]:
    return ["--sites-host", SITES_HOST, *(word for code in codes for word in ("--school", code))]


def test_who_signs_in_opens_no_onedrive_but_one_they_administer_and_each_school_is_tried(administrator):
    administrator.run()
    administrator.tenant.admin("POST", "settings", {"siteAdmins": [SCHOOLS[1]]})

    code, said = administrator.run(*sites(*SCHOOLS), environment={})

    assert code == 1
    assert said.count("FAILED  ") == 1, said
    assert "not tried" not in said
    assert "→ 403" in said
    assert "whatever the role" in said
    assert "PROVISION_CLIENT_ID" in said
    assert [administrator.stands()[code] for code in SCHOOLS] == [[], [READER.display]]


def test_a_school_without_a_onedrive_keeps_no_other_from_being_opened(administrator):
    administrator.run()
    code, said = administrator.run(*sites("2999999", *SCHOOLS))

    assert code == 1
    assert "the account of this school has no OneDrive yet" in said
    assert [administrator.stands()[code] for code in SCHOOLS] == [[READER.display]] * 2


def test_an_application_that_may_nothing_else_opens_the_onedrives(tmp_path, capsys):
    may = {"reader": ("Application.Read.All", "Sites.FullControl.All"), "writer": ()}
    options = ServerOptions(DEMO, tmp_path / "simulator", dialect=REAL, permissions=may)
    with served(options) as tenant:
        administrator = Administrator(tenant, tmp_path, lambda: capsys.readouterr().out)
        assert administrator.run()[0] == 0
        alone = tenant.description["clients"]["reader"]
        signed_in = {"PROVISION_CLIENT_ID": alone["id"], "PROVISION_CLIENT_SECRET": alone["secret"]}

        code, said = administrator.run(*sites(*SCHOOLS), environment=signed_in)

        assert code == 0, said
        assert [administrator.stands()[code] for code in SCHOOLS] == [[READER.display]] * 2


def test_a_wrong_secret_begins_nothing_and_is_not_shown(administrator):
    code, said = administrator.run(environment=administrator.signed_in | {"PROVISION_CLIENT_SECRET": "wr0ng-secret"})
    assert code == 1
    assert "sign-in failed: invalid_client" in said
    assert "wr0ng-secret" not in said


def test_the_record_of_another_tenant_or_no_record_is_not_written_over(administrator):
    for held in (json.dumps({"tenant": SUBSCRIPTION, "found": {}, "made": []}), "{", "[]"):
        administrator.record.write_text(held)
        assert administrator.run()[0] == 2
        assert administrator.record.read_text() == held


def test_both_checklists_have_the_same_steps_and_values():
    wanted = Wanted("t", "bot.example.bg", DEPLOY)
    found = {f"{identity.key}.app_id": f"id-of-{identity.key}" for identity in IDENTITIES}
    lists = [checklist(language, wanted, found, whole=True) for language in LANGUAGES]
    points = [re.findall(r"^- \[ \] \w+ (\d+)?", one, re.MULTILINE) for one in lists]
    assert points[0] == points[1]
    values = [sorted(re.findall(r"id-of-\w+|https://\S+", one)) for one in lists]
    assert values[0] == values[1]
    assert not any("$" in one.replace("$filter", "") for one in lists)


def test_the_pretend_graph_knows_the_permissions_by_their_real_ids():
    for identity in (READER, WRITER):
        assert permissions(identity).items() <= GRAPH_APP_ROLES.items()


@pytest.mark.skipif(not DESCRIPTION.exists(), reason="Microsoft's description of Graph is not beside the repository")
def test_every_request_to_graph_that_its_description_covers_is_as_described(administrator, monkeypatch):
    sent: list[Sent] = []
    ask = http.client.HTTPSConnection.request

    def recorded(self, method, url, body=None, headers=None, **more):
        target = url.removeprefix("/v1.0")
        if target != url:
            sent.append(Sent(method, target, headers, json.loads(body) if body else None))
        return ask(self, method, url, body, headers, **more)

    monkeypatch.setattr(http.client.HTTPSConnection, "request", recorded)
    assert administrator.everything()[0] == 0
    covered = [one for one in sent if _described(one)]
    for one in covered:
        judge(one)
    assert len(sent) > 60
    if not covered:
        pytest.skip("the description at hand covers none of these calls")


def _described(sent: Sent) -> bool:
    parts = unquote(sent.url.partition("?")[0]).split("/")
    return any(
        len(known.split("/")) == len(parts)
        and all(
            theirs == ours or re.fullmatch(re.sub(r"\\\{[^}]*\}", ".+", re.escape(theirs)), ours)
            for ours, theirs in zip(parts, known.split("/"), strict=True)
        )
        for known in description()["paths"]
    )
