"""What `python app.py` takes: a wrong word starts no bot, and asking for help loads none."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import app
from bot import VERSION

ROOT = Path(__file__).parents[2]
COMMANDS = {"audit", "clock", "restored", "revive", "schools", "doctor"}
SETTINGS = {"TENANT_ID": "", "APP_ID": "", "HOME": "/"}


def program(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "app.py", *arguments],
        cwd=ROOT, env=SETTINGS, capture_output=True, text=True, encoding="utf-8", check=False, timeout=60,
    )  # fmt: skip


def test_help_names_every_command_and_what_the_exit_codes_mean() -> None:
    asked = program("--help")

    assert (asked.returncode, asked.stderr) == (0, "")
    listed = asked.stdout.partition("commands:")[2].partition("Exit codes:")[0]
    assert set(re.findall(r"^ {4}([a-z]+) ", listed, re.MULTILINE)) == COMMANDS
    assert re.findall(r"\b(\d) ", asked.stdout.partition("Exit codes:")[2]) == ["0", "1", "2"]


def test_the_version_is_that_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert project["version"] == VERSION
    assert program("--version").stdout == f"{VERSION}\n"


@pytest.mark.parametrize("asked", ["--help", "--version", "nonsense"])
def test_what_only_asks_or_is_wrong_loads_nothing_of_the_bot(asked: str) -> None:
    loading = (
        "import sys, app\ntry: app.main([sys.argv[1]])\nexcept SystemExit: pass\n"
        "print([name for name in sys.modules if name.startswith(('bot.', 'aiohttp', 'cards'))])"
    )
    run = subprocess.run(
        [sys.executable, "-c", loading, asked], cwd=ROOT, env=SETTINGS, capture_output=True, text=True, check=True
    )
    assert run.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    "arguments",
    [
        ["docter"],
        ["serve"],
        [""],
        ["--doctor"],
        ["--vers"],
        ["audit", "--anchor"],
        ["audit", "--json"],
        ["audit", "--subject", "-"],
        ["audit", "--until", "2026-09-15"],
        ["audit", "--since", "2026-09-15", "--subject", ""],
        ["audit", "--since", "2026-09-15", "--actor", " "],
        ["audit", "--since", "yesterday"],
        ["audit", "--since", "2026-09-15", "1-AAAA"],
        ["audit", "--since", "2026-09-15", "--until", "2026-09-14"],
        ["--json", "audit"],
        ["clock", "--date=2026-09-15"],
        ["revive", "one", "two"],
        ["restored", "bot"],
        ["schools"],
        ["schools", "one"],
        ["schools", "one", "two", "three"],
        ["schools", "one", "two", "--force"],
        ["doctor", "--no-such-option"],
        ["doctor", "a-word"],
        ["doctor", "--version"],
        ["--no-such-option", "doctor"],
    ],
    ids=" ".join,
)
def test_wrong_words_are_said_with_the_usage_and_nothing_is_done(arguments: list[str], capsys, monkeypatch) -> None:
    monkeypatch.setattr("bot.runtime.serve.run", never)
    monkeypatch.setattr("bot.runtime.commands.verify_audit", never)
    monkeypatch.setattr("bot.runtime.audit_reading.read_audit", never)
    monkeypatch.setattr("bot.runtime.commands.confirm_clock", never)
    monkeypatch.setattr("bot.runtime.commands.revive_tasks", never)
    monkeypatch.setattr("bot.runtime.commands.note_restoring", never)
    monkeypatch.setattr("bot.runtime.schools.make_schools", never)
    monkeypatch.setattr("bot.runtime.doctor.run.checks", never)
    try:
        code: object = app.main(arguments)
    except SystemExit as ended:
        code = ended.code

    assert code == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("usage: python app.py")
    assert "error:" in told.err


def never(*_: object, **__: object) -> int:
    raise AssertionError("something was done")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ([], 2, "TENANT_ID"),
        (["audit", "1:00"], 2, "TENANT_ID"),
        (["audit", "--since", "2026-09-15"], 2, "TENANT_ID"),
        (["revive"], 2, "TENANT_ID"),
        (["restored"], 2, "TENANT_ID"),
        (["clock"], 1, "python app.py clock "),
        (["clock", "2001-01-01"], 1, "Nothing was changed"),
        (["schools", "nowhere.xlsx", "out.csv"], 2, "nowhere.xlsx"),
    ],
    ids=["serve", "audit", "audit read", "revive", "restored", "clock alone", "clock", "schools"],
)
def test_what_cannot_be_done_ends_with_the_code_that_help_tells(arguments, code, said) -> None:
    ended = program(*arguments)

    assert ended.returncode == code
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_help_of_each_command_exists_and_the_readme_has_the_commands() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for command in sorted(COMMANDS):
        asked = program(command, "--help")
        assert (asked.returncode, asked.stderr) == (0, "")
        assert asked.stdout.startswith(f"usage: python app.py {command} ")
        assert f"python app.py {command}" in readme
