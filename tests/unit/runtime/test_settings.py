"""Wrong configuration stops the process, says which variable, and never shows its value."""

import json
import socket

import pytest

from bot.core.people.regions import REGIONS
from bot.runtime.options import graph_options, writer_options
from bot.runtime.serve import run
from bot.runtime.settings import Settings, SettingsError
from bot.texts.support import Support

LOCAL = {
    "TENANT_ID": "7d1a3c1e-0000-4000-8000-000000000001",
    "BOT_DEVELOPMENT": "yes",
    "BOT_HOST": "127.0.0.1",
    "GRAPH_URL": "https://127.0.0.1:9000",
    "GRAPH_AUTHORITY": "https://127.0.0.1:9000",
    "GRAPH_CLIENT_ID": "reader",
    "GRAPH_CLIENT_SECRET": "s3cret-value",
    "GRAPH_WRITER_CLIENT_ID": "writer",
    "GRAPH_WRITER_CLIENT_SECRET": "s3cret-value",
}
SERVER = "postgresql+asyncpg://bot@127.0.0.1/bot"


@pytest.fixture
def real(tmp_path):
    key = tmp_path / "master.key"
    key.write_text("ab" * 32)
    return {
        "TENANT_ID": "7d1a3c1e-0000-4000-8000-000000000001",
        "APP_ID": "7d1a3c1e-0000-4000-8000-000000000002",
        "APP_PASSWORD": "s3cret-value",
        "GRAPH_CLIENT_ID": "reader",
        "GRAPH_CLIENT_SECRET": "s3cret-value",
        "GRAPH_WRITER_CLIENT_ID": "writer",
        "GRAPH_WRITER_CLIENT_SECRET": "s3cret-value",
        "KEY_FILE": str(key),
    }


def faults(environment: dict[str, str]) -> str:
    with pytest.raises(SettingsError) as caught:
        Settings.read(environment)
    return str(caught.value)


def test_a_developers_machine_and_a_real_tenant_start(real):
    assert Settings.read(LOCAL).bot_development
    assert Settings.read(real).real_tenant


def test_ids_are_kept_in_small_letters_however_they_are_written(real):
    written = Settings.read({name: value.upper() if name.endswith("_ID") else value for name, value in real.items()})
    assert (written.tenant_id, written.app_id) == (real["TENANT_ID"], real["APP_ID"])
    assert written.graph_client_id == real["GRAPH_CLIENT_ID"]


@pytest.mark.parametrize(
    ("said", "version", "expands"),
    [({}, "auto", None), ({"GRAPH_USERS_VERSION": "beta", "GRAPH_EXPANDS": "No"}, "beta", False)],
)
def test_what_the_tenant_takes_is_asked_unless_it_is_said(real, said, version, expands):
    made = graph_options(Settings.read(real | said))
    assert (made.users_version, made.expands) == (version, expands)


def test_nothing_configured_does_not_start_and_says_everything_at_once():
    said = faults({})

    for name in ("TENANT_ID", "APP_ID", "GRAPH_CLIENT_ID", "GRAPH_CLIENT_SECRET", "KEY_FILE"):
        assert name in said


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"APP_ID": ""}, "APP_ID"),
        ({"BOT_DEVELOPMENT": "yes", "BOT_HOST": "127.0.0.1"}, "BOT_DEVELOPMENT"),
        ({"ADMIT_SYNTHETIC_IDENTIFIERS": "yes"}, "ADMIT_SYNTHETIC_IDENTIFIERS"),
        ({"APP_TYPE": "MultiTenant"}, "APP_TYPE"),
        ({"TENANT_ID": "edu.mon.bg"}, "TENANT_ID: not a GUID"),
        ({"TENANT_ID": "edu.mon.bg"}, "Tenant ID"),
        ({"TENANT_ID": "7d1a3c1e-0000-4000-8000"}, "TENANT_ID"),
        ({"GRAPH_EXPANDS": "two"}, "GRAPH_EXPANDS"),
        ({"APP_PASSWORD": ""}, "APP_PASSWORD"),
        ({"APP_CERTIFICATE_FILE": "both.pem"}, "APP_CERTIFICATE_FILE"),
        ({"GRAPH_MANAGED_IDENTITY": "yes"}, "GRAPH_MANAGED_IDENTITY"),
        ({"KEY_FILE": "/nowhere/master.key"}, "KEY_FILE"),
        ({"GRAPH_USERS_VERSION": "v2"}, "GRAPH_USERS_VERSION"),
        ({"LOOKUPS_OTHER_PER_DAY": "0"}, "LOOKUPS_OTHER_PER_DAY"),
        ({"GRAPH_WRITER_CLIENT_SECRET": ""}, "GRAPH_WRITER_CLIENT_SECRET"),
        ({"GRAPH_WRITER_MANAGED_IDENTITY": "yes"}, "GRAPH_WRITER_MANAGED_IDENTITY"),
        ({"GRAPH_WRITER_CLIENT_ID": ""}, "GRAPH_WRITER_CLIENT_ID"),
        ({"GRAPH_WRITER_CLIENT_ID": "reader"}, "GRAPH_WRITER_CLIENT_ID"),
        ({"GRAPH_WRITER_CLIENT_ID": "Reader"}, "GRAPH_WRITER_CLIENT_ID: must not be the reader's"),
        ({"GRAPH_WRITER_CERTIFICATE_FILE": "/nowhere"}, "GRAPH_WRITER_CERTIFICATE_FILE: there is no such file"),
        ({"PUBLIC_URL": "http://bot.example"}, "PUBLIC_URL"),
        ({"PUBLIC_URL": "http://127.0.0.1:3978"}, "PUBLIC_URL"),
        ({"PUBLIC_URL": "https://bot.example/path"}, "PUBLIC_URL"),
        ({"PUBLIC_URL": "https://somebody@bot.example"}, "PUBLIC_URL"),
        ({"PUBLIC_URL": "https://"}, "PUBLIC_URL"),
        ({"PROCESS": "both"}, "PROCESS"),
        ({"PROCESS": "worker"}, "DATABASE_URL"),
        ({"PASSWORD_WRITES_PER_SECOND": "21"}, "PASSWORD_WRITES_PER_SECOND"),
        ({"PASSWORD_WRITES_PER_SECOND": "0"}, "PASSWORD_WRITES_PER_SECOND"),
        ({"PASSWORD_LIFE_HOURS": "12"}, "PASSWORD_LIFE_HOURS"),
        ({"PASSWORD_WORKS_AFTER_MINUTES": "31"}, "PASSWORD_WORKS_AFTER_MINUTES"),
        ({"PASSWORD_SAME_CHANGE_MINUTES": "0"}, "PASSWORD_SAME_CHANGE_MINUTES"),
        ({"PASSWORD_SAME_CHANGE_MINUTES": "61"}, "PASSWORD_SAME_CHANGE_MINUTES"),
    ],
)
def test_a_contradiction_with_a_real_tenant_names_the_variable(real, change, named):
    assert named in faults(real | change)


def test_the_process_that_faces_the_internet_holds_no_credential_that_writes(real):
    web = real | {"PROCESS": "web", "DATABASE_URL": SERVER}

    assert "GRAPH_WRITER_" in faults(web)
    assert "GRAPH_WRITER_" in faults(web | {"GRAPH_WRITER_CLIENT_ID": ""})
    assert "GRAPH_WRITER_" in faults(web | {"GRAPH_WRITER_CLIENT_SECRET": ""})
    clean = Settings.read(web | {"GRAPH_WRITER_CLIENT_ID": "", "GRAPH_WRITER_CLIENT_SECRET": ""})
    assert clean.answers
    assert not clean.works


def test_the_writer_is_an_identity_of_its_own(real):
    machine = {"GRAPH_CLIENT_ID": "", "GRAPH_CLIENT_SECRET": "", "GRAPH_MANAGED_IDENTITY": "yes"}
    its_own = {"GRAPH_WRITER_CLIENT_SECRET": "", "GRAPH_WRITER_MANAGED_IDENTITY": "yes"}

    assert "must not be the reader's" in faults(real | machine | its_own | {"GRAPH_WRITER_CLIENT_ID": ""})
    assert "must not be APP_ID" in faults(real | {"GRAPH_WRITER_CLIENT_ID": real["APP_ID"].upper()})
    assert Settings.read(real | machine | its_own).graph_writer_managed_identity
    assert Settings.read(real | its_own | {"GRAPH_WRITER_CLIENT_ID": ""}).graph_writer_managed_identity


def test_a_worker_of_its_own_writes_and_answers_nobody(real):
    worker = Settings.read(real | {"PROCESS": "worker", "DATABASE_URL": SERVER})

    assert worker.works
    assert not worker.answers


@pytest.mark.parametrize("address", ["https://bot.example", "https://bot.example/", "https://bot.example:8443"])
def test_an_address_for_printed_slips(real, address):
    assert Settings.read(real | {"PUBLIC_URL": address}).public_url == address


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"BOT_HOST": "0.0.0.0"}, "BOT_HOST"),
        ({"GRAPH_URL": "https://graph.microsoft.com"}, "BOT_DEVELOPMENT"),
        ({"GRAPH_AUTHORITY": "https://127.0.0.1.evil.example"}, "BOT_DEVELOPMENT"),
        ({"BOT_DEVELOPMENT": "true"}, "BOT_DEVELOPMENT"),
        ({"BOT_PORT": "-1"}, "BOT_PORT"),
        ({"BOT_PORT": "３９７８"}, "BOT_PORT"),
        ({"GRAPH_APP_ROLES": "[1]"}, "GRAPH_APP_ROLES"),
        ({"GRAPH_APP_ROLES": "{"}, "GRAPH_APP_ROLES"),
        ({"GRAPH_URL": "http://[::1"}, "BOT_DEVELOPMENT"),
        ({"GRAPH_CA_FILE": "/nowhere/ca.pem"}, "GRAPH_CA_FILE"),
        ({"BOT_PORT": "65536"}, "BOT_PORT"),
        ({"BOT_CONNECTIONS": "0"}, "BOT_CONNECTIONS"),
        ({"BOT_CONNECTIONS": "100001"}, "BOT_CONNECTIONS"),
        ({"BOT_CONNECTIONS_PER_ADDRESS": "-1"}, "BOT_CONNECTIONS_PER_ADDRESS"),
        ({"BOT_IDLE_SECONDS": "0"}, "BOT_IDLE_SECONDS"),
        ({"BOT_UPLOAD_SECONDS": "9"}, "BOT_UPLOAD_SECONDS"),
        ({"GRAPH_ATTEMPT_SECONDS": "0"}, "GRAPH_ATTEMPT_SECONDS"),
        ({"GRAPH_ATTEMPT_SECONDS": "9"}, "GRAPH_DEADLINE_SECONDS"),
        ({"GRAPH_DEADLINE_SECONDS": "61"}, "GRAPH_DEADLINE_SECONDS"),
        ({"GRAPH_SWEEP_ATTEMPT_SECONDS": "3"}, "GRAPH_SWEEP_ATTEMPT_SECONDS"),
        ({"GRAPH_SWEEP_SECONDS": "20"}, "GRAPH_SWEEP_SECONDS"),
        ({"GRAPH_SWEEP_SECONDS": "901"}, "GRAPH_SWEEP_SECONDS"),
        ({"GRAPH_PAGE_SIZE": "1000"}, "GRAPH_PAGE_SIZE"),
        ({"EXPECTED_LISTS_FOLDER": "НЕИСПУО/Класове"}, "ONEDRIVE_HOST"),
        ({"ACCOUNT_LISTS_FOLDER": "НЕИСПУО/Профили"}, "ONEDRIVE_HOST"),
        ({"EXPECTED_LISTS_FOLDER": "x", "ONEDRIVE_HOST": "https://contoso-my.sharepoint.com"}, "ONEDRIVE_HOST"),
        ({"LOOKUPS_MISSES": "0"}, "LOOKUPS_MISSES"),
        ({"LOOKUPS_MISSES": "21"}, "LOOKUPS_MISSES"),
        ({"TRANSFER_REQUESTS_PER_DIRECTOR": "0"}, "TRANSFER_REQUESTS_PER_DIRECTOR"),
        ({"TRANSFER_REQUESTS_PER_STUDENT": "0"}, "TRANSFER_REQUESTS_PER_STUDENT"),
        ({"TRANSFER_COOLING_HOURS": "169"}, "TRANSFER_COOLING_HOURS"),
        ({"BOT_PORT": "9" * 5000}, "BOT_PORT"),
    ],
)
def test_a_contradiction_in_development_names_the_variable(change, named):
    assert named in faults(LOCAL | change)


@pytest.mark.parametrize(
    ("name", "secret"),
    [
        ("APP", "APP_PASSWORD"),
        ("GRAPH", "GRAPH_CLIENT_SECRET"),
        ("GRAPH_WRITER", "GRAPH_WRITER_CLIENT_SECRET"),
    ],
)
def test_a_private_key_pasted_where_its_file_belongs_is_refused_and_not_shown(real, name, secret):
    pasted = "-----BEGIN PRIVATE KEY-----\n" + "s3cretlines\n" * 100

    said = faults(real | {f"{name}_CERTIFICATE_FILE": pasted, secret: ""})

    assert f"{name}_CERTIFICATE_FILE: there is no such file" in said
    assert "s3cretlines" not in said


def test_no_value_of_a_secret_is_ever_shown(real):
    assert "s3cret-value" not in faults(real | {"APP_TYPE": "x", "GRAPH_MANAGED_IDENTITY": "yes"})
    assert "s3cret-value" not in repr(Settings.read(real))


async def test_an_address_somebody_else_listens_on_is_said_plainly(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("bot.runtime.logs.set_up", lambda: None)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        database, key = f"sqlite+aiosqlite:///{tmp_path / 'bot.db'}", str(tmp_path / "master.key")

        ended = await run(
            {**LOCAL, "BOT_PORT": str(taken.getsockname()[1]), "DATABASE_URL": database, "KEY_FILE": key}
        )

    assert ended == 2
    said = capsys.readouterr()
    assert "BOT_PORT" in said.err
    assert "Traceback" not in said.err
    assert said.out == ""


def test_how_long_graph_may_take_reaches_both_identities(real):
    given = {
        "GRAPH_ATTEMPT_SECONDS": "5",
        "GRAPH_DEADLINE_SECONDS": "7",
        "GRAPH_SWEEP_ATTEMPT_SECONDS": "45",
        "GRAPH_SWEEP_SECONDS": "600",
        "GRAPH_PAGE_SIZE": "100",
    }
    settings = Settings.read(real | given)
    for made in (graph_options(settings), writer_options(settings)):
        made.check()
        assert (made.attempt_timeout, made.deadline) == (5, 7)
        assert (made.sweep_attempt_timeout, made.sweep_deadline, made.page_size) == (45, 600, 100)


def test_support_is_told_as_it_was_named():
    named = {"SUPPORT_PHONE": "(+359) 2 000-00-00", "SUPPORT_EMAIL": "help@example.bg"}
    named["SUPPORT_PAGE"] = "https://help.example.bg:8443/a/b?c=d&e=1#f"
    assert Settings.read(LOCAL | {"SUPPORT_PHONE": "+359 (2) 000-00-00"}).support == Support("+359 (2) 000-00-00")
    assert "SUPPORT_PHONE" in faults(LOCAL | named)  # a plus stands first
    del named["SUPPORT_PHONE"]
    support = Settings.read(LOCAL | named).support
    assert support == Support("", "help@example.bg", "https://help.example.bg:8443/a/b?c=d&e=1#f")


def test_who_runs_the_installation_is_its_support_until_another_is_named():
    operator = {"OPERATOR_PHONE": "02 000 00 00", "OPERATOR_EMAIL": "office@example.bg"}
    assert not Settings.read(LOCAL).support.named
    assert not Settings.read(LOCAL | {"OPERATOR_NAME": "Примерна дирекция"}).support.named
    assert Settings.read(LOCAL | operator).support == Support("02 000 00 00", "office@example.bg")
    mixed = Settings.read(LOCAL | operator | {"SUPPORT_PAGE": "https://help.example.bg"}).support
    assert mixed == Support("", "", "https://help.example.bg")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SUPPORT_PHONE", "call us"),
        ("SUPPORT_PHONE", "02 000 00 00, 0700 00 000"),
        ("SUPPORT_PHONE", "() -"),
        ("SUPPORT_PHONE", "12"),
        ("SUPPORT_PHONE", "٠٢٠٠٠"),
        ("SUPPORT_PHONE", "1" * 201),
        ("SUPPORT_EMAIL", "help"),
        ("SUPPORT_EMAIL", "Help <help@example.bg>"),
        ("SUPPORT_EMAIL", "a@example.bg, b@example.bg"),
        ("SUPPORT_EMAIL", "a" * 200 + "@example.bg"),
        ("SUPPORT_PAGE", "http://example.bg"),
        ("SUPPORT_PAGE", "www.example.bg"),
        ("SUPPORT_PAGE", "https://user:word@example.bg"),
        ("SUPPORT_PAGE", "https://localhost"),
        ("SUPPORT_PAGE", "https://example.bg/a b"),
        ("SUPPORT_PAGE", "https://example.bg/[x](y)"),
        ("SUPPORT_PAGE", "https://пример.бг"),
        ("SUPPORT_PAGE", "https://example.bg/" + "a" * 200),
        ("SUPPORT_PAGE", "javascript:alert(1)"),
    ],
)
def test_a_support_nobody_could_reach_is_refused_by_name(name, value):
    told = faults(LOCAL | {name: value})
    assert f"- {name}: " in told
    assert value not in told


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("PASSWORD_LIFE_HOUR", "PASSWORD_LIFE_HOURS"),
        ("LOOKUP_OTHER_PER_DAY", "LOOKUPS_OTHER_PER_DAY"),
        ("TRANSFER_EXPIRES_DAYS", "TRANSFER_EXPIRE_DAYS"),
        ("TRANSFERS_EXPIRE_DAYS", "TRANSFER_EXPIRE_DAYS"),
        ("PASSWORD_REPLACE_UNUSED_", "PASSWORD_REPLACE_UNUSED"),
        ("SCHOOL_FILE", "SCHOOLS_FILE"),
        ("KEYFILE", "KEY_FILE"),
        ("BOT_CONNECTION", "BOT_CONNECTIONS"),
        ("password_life_hours", "PASSWORD_LIFE_HOURS"),
    ],
)
def test_a_misspelt_setting_stops_the_start_and_the_one_that_was_meant_is_named(name, meant):
    said = faults(LOCAL | {name: "s3cret-value"})

    assert f"{name}: there is no such setting; is {meant} meant?" in said
    assert "s3cret-value" not in said


OTHERS = {
    "PATH", "HOME", "PWD", "LANG", "HOSTNAME", "PYTHONUNBUFFERED", "PYTHONPATH", "VIRTUAL_ENV", "GPG_KEY", "TZ", "PORT",
    "SSL_CERT_FILE", "HTTPS_PROXY", "no_proxy", "PROCESSOR_LEVEL", "PROCESSOR_ARCHITECTURE", "USERDOMAIN", "APPDATA",
    "WEBSITE_SITE_NAME", "WEBSITE_HOSTNAME", "APPSETTING_TENANT_ID", "APPLICATIONINSIGHTS_CONNECTION_STRING",
    "CONTAINER_APP_NAME", "CONTAINER_APP_HOSTNAME", "IDENTITY_ENDPOINT", "IDENTITY_HEADER", "MSI_ENDPOINT", "APPID",
    "AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET", "KEY_VAULT_URL", "DATABASE_HOST", "DATABASE_PASSWORD",
    "DATABASE_PORT_5432_TCP_ADDR", "DATABASE_SERVICE_HOST", "GRAPH_SERVICE_HOST", "GRAPH_PORT_443_TCP_PROTO",
    "GRAPH_SERVICE_PORT_HTTPS", "KUBERNETES_SERVICE_HOST", "BOT_SERVICE_HOST", "BOT_ID", "BOT_DOMAIN", "BOT_ENDPOINT",
    "BOT_TENANT_ID", "TEAMSFX_ENV", "TEAMS_APP_TENANT_ID", "TEAMS_APP_NAME", "TEAMS_APP_PUBLISHED_APP_ID",
    "APP_NAME_SUFFIX", "APP_ENV", "APP_SERVICE", "SECRET_BOT_PASSWORD", "POSTGRES_PASSWORD", "HOST_NAME", "APP_HOST",
    "SYSTEMD_EXEC_PID", "INVOCATION_ID", "JOURNAL_STREAM", "CREDENTIALS_DIRECTORY", "LOGNAME", "SHLVL", "OLDPWD",
}  # fmt: skip
"""What shells, images, Azure, Kubernetes, the Agents Toolkit and our own compose file put into an environment."""


def test_what_platforms_put_into_the_environment_is_not_refused(real):
    assert Settings.read(real | dict.fromkeys(OTHERS, "x")).real_tenant
    assert Settings.read(real | {"PASSWORD_LIFE_HOUR": " "}).password_life_hours == 72, "nothing is set by a blank"


@pytest.mark.parametrize("region", ["Пловдиф", "София-регион", "Тракия", ""])
def test_a_region_that_does_not_exist_stops_the_start(region):
    said = faults(LOCAL | {"REGIONAL_OFFICES": json.dumps({"expert@edu.mon.bg": region})})

    assert "REGIONAL_OFFICES: " in said
    assert ("Пловдив" in said) is (region == "Пловдиф")
    assert "expert@edu.mon.bg" not in said


@pytest.mark.parametrize("region", [*REGIONS, "област Варна", "VARNA", "София", "София (столица)", "обл. София"])
def test_a_region_is_taken_in_every_spelling_that_the_directory_has(region):
    given = {"REGIONAL_OFFICES": json.dumps({"expert@edu.mon.bg": region})}

    assert Settings.read(LOCAL | given).regional_offices == {"expert@edu.mon.bg": region}
