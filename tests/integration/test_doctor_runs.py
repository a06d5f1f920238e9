"""`python app.py doctor` as a program: beside a running bot, without a network, interrupted, as JSON."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import requests

from demo.stack import PERMISSIONS, ROOT, clean_environment, start
from simulator.entra.clients import read_permissions
from simulator.graph.dialect import KIND, REAL
from simulator.people.model import TenantOptions
from simulator.server import ServerOptions
from tests.integration.doctor_visit import environment
from tests.unit.simulator.living import TODAY, Client, served

TEXT = {"type": "string", "minLength": 1, "maxLength": 2000, "pattern": r"^[^\n]*$"}
VARIABLES = {"type": "object", "patternProperties": {"^[A-Z_]+$": {"type": "string"}}, "additionalProperties": False}
STATUS = {"enum": ["ok", "warn", "fail", "skipped"]}
FINDING = {
    "type": "object",
    "required": ["status", "asked", "came", "meaning", "mend", "to_mend", "settings"],
    "additionalProperties": False,
    "properties": {
        "status": STATUS,
        "asked": TEXT,
        "came": TEXT,
        "meaning": TEXT,
        "mend": {"anyOf": [TEXT, {"type": "null"}]},
        "to_mend": {"type": "boolean"},
        "settings": VARIABLES,
    },
    "if": {"properties": {"status": {"const": "fail"}}},
    "then": {"properties": {"mend": TEXT, "to_mend": {"const": True}}},
}
CHECK = {
    "type": "object",
    "required": ["number", "name", "title", "status", "findings"],
    "additionalProperties": False,
    "properties": {
        "number": {"type": "integer", "minimum": 1, "maximum": 21},
        "name": {"type": "string", "pattern": "^[a-z-]+$"},
        "title": TEXT,
        "status": STATUS,
        "findings": {"type": "array", "items": FINDING, "minItems": 1},
    },
}
COUNT = {"type": "integer", "minimum": 0}
SCHEMA = {
    "type": "object",
    "required": ["version", "exit", "interrupted", "summary", "settings", "checks"],
    "additionalProperties": False,
    "properties": {
        "version": {"const": 1},
        "exit": {"enum": [0, 1, 2]},
        "interrupted": {"type": "boolean"},
        "summary": {
            "type": "object",
            "required": ["ok", "warn", "mend", "skipped"],
            "additionalProperties": False,
            "properties": dict.fromkeys(("ok", "warn", "mend", "skipped"), COUNT),
        },
        "settings": VARIABLES,
        "checks": {"type": "array", "items": CHECK},
    },
}
SMALL = TenantOptions(today=TODAY, students=300)


def run(settings: Mapping[str, str], *options: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    """The program to its end; one that hangs is ended."""
    return subprocess.run(
        [sys.executable, "app.py", "doctor", *options],
        cwd=ROOT, env={**clean_environment(), **settings}, input=typed, capture_output=True, text=True, timeout=100,
        check=False,
    )  # fmt: skip


def judged(told: str) -> dict[str, Any]:
    """The JSON, which is as described."""
    found: dict[str, Any] = json.loads(told)
    jsonschema.validate(found, SCHEMA, cls=jsonschema.Draft202012Validator)
    return found


def meanings(told: Mapping[str, Any], status: str) -> set[str]:
    return {one["name"] for one in told["checks"] if one["status"] == status}


@pytest.fixture(scope="module")
def kind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    permissions = read_permissions(PERMISSIONS)
    with served(
        ServerOptions(SMALL, tmp_path_factory.mktemp("simulator"), dialect=KIND, permissions=permissions)
    ) as client:
        yield client


@pytest.mark.long
def test_a_kind_tenant_ends_with_nothing_to_mend_and_nothing_is_given_away(kind: Client, tmp_path: Path) -> None:
    kind.reset()
    settings = environment(kind, tmp_path)

    for options in (("--json",), ("--language", "en")):
        done = run(settings, *options)
        assert done.returncode == 0, done.stdout + done.stderr
        assert done.stderr == ""
        everybody = [*kind.roster["students"], *kind.roster["people"]]
        hidden = {one[part] for one in everybody for part in ("username", "name", "upn") if one.get(part)}
        assert len(hidden) > 20
        hidden |= {settings[name] for name in ("GRAPH_CLIENT_SECRET", "GRAPH_WRITER_CLIENT_SECRET")}
        assert [one for one in hidden if one in done.stdout] == []
        if "--json" in options:
            assert judged(done.stdout)["settings"] == {}
    assert not (tmp_path / "bot.db").exists()
    assert not (tmp_path / "keys").exists()


def test_the_real_profile_names_what_is_on(tmp_path: Path) -> None:
    """The waits for new classes and the forms of refusals show in writes and by chance only; who may turn an account
    on, who is in a class, which app may be installed and which sites may be read is right as the administrator of the
    pretend tenant left it.
    """
    with served(ServerOptions(SMALL, tmp_path, dialect=REAL, permissions=read_permissions(PERMISSIONS))) as tenant:
        tenant.admin("POST", "settings", {"dialect": {"page_seconds": 0.5}})
        done = run(environment(tenant, tmp_path, GRAPH_EXPANDS="yes", SCHOOLS_FILE=""), "--json")

    told = judged(done.stdout)
    assert done.returncode == told["exit"] == 1
    assert {"school", "account", "expand", "filled"} <= meanings(told, "warn") | meanings(told, "fail")
    assert told["settings"].keys() == {"SCHOOLS_FILE", "GRAPH_EXPANDS"}


@pytest.mark.long
def test_a_tenant_named_by_its_domain_is_found_and_the_rest_is_examined_with_it(kind: Client, tmp_path: Path) -> None:
    kind.reset()
    told = judged(run(environment(kind, tmp_path, TENANT_ID="edu.mon.bg"), "--json").stdout)

    assert told["exit"] == 1
    assert told["settings"] == {"TENANT_ID": kind.description["tenant"]}
    assert meanings(told, "fail") == {"settings"}
    assert "tenant" in meanings(told, "ok")


def test_a_tenant_that_is_neither_is_told(kind: Client, tmp_path: Path) -> None:
    told = judged(run(environment(kind, tmp_path, TENANT_ID="no such/tenant"), "--json").stdout)

    assert told["exit"] == 1
    assert "settings" in meanings(told, "fail")
    assert told["settings"] == {}


@pytest.mark.long
def test_it_looks_on_while_the_bot_works(tmp_path: Path) -> None:
    """The same settings, the same SQLite file: the bot keeps its port, its database and its answers."""
    stack = start(tmp_path, simulator_options=["--students", "300", "--profile", "kind"])
    try:
        bot = stack.bot.removesuffix("/api/messages")
        settings = {**_settings_of(stack.programs[1].pid), "PUBLIC_URL": bot}
        before = requests.get(f"{bot}/health", timeout=10).json()
        told = judged(run(settings, "--json").stdout)
        after = requests.get(f"{bot}/health", timeout=10)
    finally:
        for program in stack.programs:
            program.stop()

    pages = next(one for one in told["checks"] if one["name"] == "pages")
    assert [one["status"] for one in pages["findings"]][:3] == ["ok", "ok", "ok"]
    assert meanings(told, "fail") <= {"pages"}  # the pages that the package promises may be somebody else's
    assert after.status_code == 200
    assert after.json()["database"] == before["database"] == "available"


def _settings_of(pid: int) -> dict[str, str]:
    """The environment of a program that runs."""
    raw = Path(f"/proc/{pid}/environ").read_bytes().decode()
    names = clean_environment().keys()
    return {
        name: value
        for name, _, value in (entry.partition("=") for entry in raw.split("\0") if entry)
        if name not in names
    }


def test_without_a_network_it_says_so_and_ends(kind: Client, tmp_path: Path) -> None:
    nowhere = environment(
        kind, tmp_path, GRAPH_URL="https://127.0.0.1:1", GRAPH_AUTHORITY="https://127.0.0.1:1",
        PUBLIC_URL="http://127.0.0.1:1",
    )  # fmt: skip

    done = run(nowhere, "--json")

    told = judged(done.stdout)
    assert done.returncode == 1
    assert meanings(told, "fail") == {"authority", "pages", "reader", "writer"}
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.long
def test_who_never_answers_does_not_keep_it(kind: Client, tmp_path: Path) -> None:
    """Connections are taken and nothing comes: every check has its end."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silence = f"https://127.0.0.1:{silent.getsockname()[1]}"
        done = run(environment(kind, tmp_path, GRAPH_URL=silence, GRAPH_AUTHORITY=silence), "--json")

    told = judged(done.stdout)
    assert done.returncode == 1
    assert {"authority", "reader", "writer"} <= meanings(told, "fail")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_it_tells_what_it_found_and_ends(kind: Client, tmp_path: Path, number: signal.Signals) -> None:
    kind.reset()
    kind.admin("POST", "faults", {"match": "GET /organization", "fault": "slow=20000", "times": 1})
    program = subprocess.Popen(
        [sys.executable, "app.py", "doctor", "--json"],
        cwd=ROOT, env={**clean_environment(), **environment(kind, tmp_path)}, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    guard = threading.Timer(90, program.kill)
    guard.start()
    try:
        while not kind.admin("GET", "requests").json()["requests"].get("GET /organization"):
            assert program.poll() is None
            time.sleep(0.05)
        os.kill(program.pid, number)
        out, err = program.communicate()
    finally:
        guard.cancel()
        kind.reset()

    told = judged(out)
    assert program.returncode == told["exit"] == 2
    assert told["interrupted"]
    assert [one["number"] for one in told["checks"]] == [1, 2, 3, 4, 5, 6, 7]
    assert err == ""


def test_who_stops_reading_gets_no_traceback() -> None:
    program = subprocess.Popen(
        [sys.executable, "app.py", "doctor"],
        cwd=ROOT, env=clean_environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert program.stdout is not None
    assert program.stderr is not None
    program.stdout.close()
    told = program.stderr.read()
    program.stderr.close()

    assert program.wait(60) == 2
    assert told == ""


@pytest.mark.long
def test_a_trial_of_a_password_is_asked_for_twice(kind: Client, tmp_path: Path) -> None:
    kind.reset()
    username = kind.roster["students"][0]["username"]
    kind.admin("POST", f"users/{username}", {"inRoster": False, "extensionRole": None})
    settings = environment(kind, tmp_path)

    refused = run(settings, "--reset-test-account", username, typed="\n")
    assert refused.returncode == 2
    assert kind.admin("GET", "passwords").json()["passwords"] == []

    done = run(settings, "--json", "--reset-test-account", username, typed=f"{username}\n")

    assert done.returncode == 0, done.stdout
    (set_,) = kind.admin("GET", "passwords").json()["passwords"]
    assert set_["password"] not in done.stdout + done.stderr
    assert username not in done.stdout
    assert judged(done.stdout)["checks"][-1]["status"] == "ok"
    kind.reset()
