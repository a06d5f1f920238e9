"""The command line: one line when ready, one object of people, a clean end."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from simulator.cli import main
from tests.unit.simulator.living import Client

ROOT = Path(__file__).parents[3]


def start(state: Path, *options: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "simulator", "serve", "--state", str(state), "--today", "2026-11-23", *options],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_serve_says_where_it_is_in_one_line_and_stops_cleanly(tmp_path, stop):
    process = start(tmp_path)
    try:
        assert process.stdout is not None
        description = json.loads(process.stdout.readline())
        assert set(description) == {
            "graph", "authority", "ca_file", "tenant", "clients", "domain", "role_extension", "identifier_extension",
            "app_catalog_id", "app_roles", "writer_roles", "app_roles_resource", "lists_folder", "schools_file", "sites_host",
            "account_lists_folder", "teams_app_id",
        }  # fmt: skip
        assert description["graph"].startswith("https://127.0.0.1:")
        assert {"id", "secret"} <= set(description["clients"]["reader"])
        assert description["clients"]["reader"]["secret"] != description["clients"]["writer"]["secret"]
        secret_file = Path(description["clients"]["writer"]["certificate_file"])
        assert secret_file.stat().st_mode & 0o077 == 0
        assert Client(description).get("/users/2990001@edu.mon.bg").status_code == 200
        process.send_signal(stop)
        out, err = process.communicate(timeout=20)
    finally:
        process.kill()
    assert (process.returncode, out, err) == (0, "", "")
    assert [path.suffix for path in tmp_path.iterdir()] == [".sqlite"]


def test_people_are_those_that_are_served(tmp_path, capsys):
    assert main(["people", "--state", str(tmp_path), "--today", "2026-11-23", "--cases"]) == 0
    printed = json.loads(capsys.readouterr().out)
    process = start(tmp_path)
    try:
        assert process.stdout is not None
        graph = Client(json.loads(process.stdout.readline()))
        assert graph.roster == printed
        for person in printed["people"][::5]:
            found = graph.get(f"/users/{person['aadObjectId']}?$select=userPrincipalName,displayName").json()
            called = person["schoolName" if person["role"] == "director" else "name"]
            assert (found["userPrincipalName"], found["displayName"]) == (person["upn"], called)
        for student in printed["students"][::20]:
            found = graph.get(f"/education/users/{student['username']}?$expand=schools").json()
            assert found["displayName"] == student["name"]
            assert student["schoolCode"] in [s["schoolNumber"] for s in found["schools"]] or not found["schools"]
    finally:
        process.kill()
        process.communicate()


def test_people_print_exactly_the_agreed_keys(tmp_path, capsys):
    assert main(["people", "--state", str(tmp_path), "--today", "2026-11-23"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert set(printed) == {"tenant", "people", "students"}
    assert {frozenset(person) for person in printed["people"]} == {
        frozenset({"name", "role", "aadObjectId", "upn", "schoolCode", "schoolName"})
    }
    assert {frozenset(student) for student in printed["students"]} == {
        frozenset({"name", "identifier", "identifierKind", "username", "schoolCode", "class", "birthDate", "state"})
    }


def test_the_limit_of_writes_is_an_option(tmp_path):
    process = start(tmp_path, "--writes-per-150s", "1")
    try:
        assert process.stdout is not None
        graph = Client(json.loads(process.stdout.readline()))
        student = graph.case("first-grader")["username"]
        assert [graph.set_password(student, "Mirala-4827").status_code for _ in range(2)] == [204, 429]
    finally:
        process.kill()
        process.communicate()


@pytest.mark.parametrize(
    "arguments",
    [
        ["people", "--schools", "1"],
        ["people", "--students", "10"],
        ["serve", "--throttle", "2"],
        ["serve", "--latency", "-1"],
        ["serve", "--writes-per-150s", "0"],
        ["serve", "--throttle", "0.6", "--errors", "0.6"],
    ],
)
def test_options_that_cannot_work_are_explained_not_traced(tmp_path, capsys, arguments):
    assert main([*arguments, "--state", str(tmp_path)]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("simulator: --")
