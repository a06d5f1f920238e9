"""The pretend tenant that the demo and the tests of the whole product start."""

import json
from pathlib import Path

import pytest

from demo.stack import PACE, PERMISSIONS, simulator_command
from simulator.cli import main, server_options
from simulator.graph.dialect import PARTS, dialect


def started(folder: Path, *options: str):
    command = simulator_command(folder, *options)
    return server_options(command[command.index("serve") + 1 :])


def test_it_is_the_real_one_in_every_part(tmp_path: Path, monkeypatch):
    monkeypatch.delenv("SIMULATOR_OPTIONS", raising=False)
    assert started(tmp_path).dialect == dialect("real", pace=PACE)


def test_its_administrator_has_consented_to_what_we_ask_for_and_to_no_more(tmp_path: Path):
    asked = json.loads(PERMISSIONS.read_text(encoding="utf-8"))
    consented = started(tmp_path).permissions
    assert consented is not None
    for who in ("reader", "writer"):
        assert [*consented[who]] == [one["name"] for one in asked[who]["permissions"]]


def test_the_environment_and_then_the_caller_override_it(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("SIMULATOR_OPTIONS", "--profile kind --or-refused")
    assert started(tmp_path).dialect == dialect("kind", {"or_refused": True})
    assert started(tmp_path, "--no-or-refused", "--members", "empty").dialect == dialect("kind", {"members": "empty"})


def test_every_part_is_an_option_with_its_words_and_its_source(capsys):
    with pytest.raises(SystemExit):
        main(["serve", "--help"])
    help_text = " ".join(capsys.readouterr().out.split())
    for name in PARTS:
        assert f"--{name.replace('_', '-')}" in help_text, name
    assert "`null as grade`" in help_text


@pytest.mark.parametrize(
    "wrong",
    [
        ["--as-kind", "sunshine"],
        ["--pace", "-1"],
        ["--class-wait", "-1"],
        ["--writer-role", "Caretaker"],
        ["--permissions", "nowhere.json"],
    ],
)
def test_what_cannot_be_is_said_and_not_served(capsys, tmp_path: Path, wrong: list[str]):
    assert main(["serve", "--state", str(tmp_path), *wrong]) == 2
    assert capsys.readouterr().err.startswith("simulator: ")
