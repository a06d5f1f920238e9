"""The documents tell the truth: every setting, default, path and link they name is there, and none is kept quiet."""

import json
import re
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from pathlib import Path

import pytest

from bot.runtime.settings import Settings
from bot.teams.options import PUBLIC_CLOUD_HOSTS
from demo.stack import SETTING_PREFIXES, bot_settings
from tests.architecture.tree import ROOT, tracked

SETTINGS = {one.name.upper(): one for one in fields(Settings)}
DOCUMENTS = [path for path in tracked() if path.suffix == ".md"]
ROOMS = sorted({path.relative_to(ROOT).parts[0] for path in tracked()} - {"app.py"})
MADE = (
    *("out/", "build/", "var/", ".venv", ".tools", "deploy/.env", "deploy/settings.env", "deploy/worker.env"),
    *("deploy/master.key", "deploy/files", "deploy/worker-files", "deploy/tls", "deploy/backups"),
)
"""What commands and operators make, so it is in no clone."""
PATH = re.compile(r"(?<![\w./-])(?:" + "|".join(map(re.escape, ROOMS)) + r")/[\w./<>*-]*")


def rows() -> list[tuple[list[str], list[str]]]:
    """Each row of the table of settings: the variables, and the defaults written as code."""
    cells = [
        line.split("|")
        for line in (ROOT / "docs" / "settings.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("| `")
    ]
    return [
        (re.findall(r"`([A-Z_]+)(?:=yes)?`", cell[1]), re.findall(r"`([^`]*)`", cell[2])) for cell in cells
    ]  # fmt: skip


def test_the_settings_page_lists_exactly_the_settings() -> None:
    listed = [variable for variables, _ in rows() for variable in variables]
    assert len(listed) == len(set(listed))
    assert set(listed) == set(SETTINGS)


def test_the_defaults_on_the_settings_page_are_the_defaults() -> None:
    told = {
        variable: default
        for variables, defaults in rows()
        if len(variables) == len(defaults)
        for variable, default in zip(variables, defaults, strict=True)
    }
    assert len(told) > 12
    assert told == {variable: _written(SETTINGS[variable]) for variable in told}


def test_a_setting_without_a_default_on_the_page_has_none() -> None:
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    silent = {
        name
        for line in page.splitlines()
        if re.match(r"\| `.*\| – \|", line)
        for name in re.findall(r"`([A-Z_]+)", line.split("|")[1])
    }
    assert silent
    assert {name for name in silent if _written(SETTINGS[name]) not in {"", "no"}} == set()


def test_what_sets_settings_sets_only_those_that_exist() -> None:
    example = (ROOT / "deploy" / "settings.example.env").read_text(encoding="utf-8")
    image = (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8")
    tenant = dict.fromkeys(("tenant", "domain", "graph", "authority", "ca_file", "role_extension"), "x")
    pretend = {
        **tenant,
        "identifier_extension": "x",
        "app_roles": {},
        "clients": {name: {"id": "x", "secret": "x"} for name in ("reader", "writer")},
    }
    named = {
        *re.findall(r"^([A-Z_]+)=", example, re.MULTILINE),
        *re.findall(r"\b((?:BOT|KEY|DATABASE)_[A-Z]+)=", image),
        *bot_settings(pretend, Path("x"), port=1),
    }
    assert len(named) > 15
    assert named <= set(SETTINGS)


def test_a_line_of_the_examples_that_is_off_shows_the_default_where_there_is_one() -> None:
    """Who takes the # away to see the defaults changes nothing; where nothing is set by default it is an example."""
    lines = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "deploy").glob("*.example.env"))
    off = {name: value for name, value in re.findall(r"^#([A-Z_]+)=(.+)$", lines, re.MULTILINE) if name in SETTINGS}
    defaults = {name: default for name in off if (default := _written(SETTINGS[name])) not in {"", "no", "{}"}}

    assert len(defaults) > 12
    assert {name: off[name] for name in defaults} == defaults


def test_the_demo_keeps_every_setting_of_the_terminal_from_its_bot() -> None:
    """A variable it forgot could turn a demo towards a real tenant."""
    assert [name for name in SETTINGS if not name.startswith(SETTING_PREFIXES)] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_path_a_document_names_exists(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]
    paths = [path.rstrip(".") for path in PATH.findall(text)]
    missing = [link for link in links if not (document.parent / link).exists()]
    missing += [path for path in paths if not _exists(path)]
    assert missing == []


def test_decisions_are_numbered_without_a_gap_and_have_the_same_parts() -> None:
    pages = sorted((ROOT / "docs" / "adr").glob("*.md"))
    assert [int(page.name[:4]) for page in pages] == list(range(1, len(pages) + 1))
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert text.startswith(f"# {page.name[:4]}. "), page.name
        assert re.findall(r"^(?:## \w+|Status: \w+)", text, re.MULTILINE) == [
            "Status: Accepted", "## Context", "## Decision", "## Consequences",
        ], page.name  # fmt: skip


def test_a_document_names_only_decisions_that_exist() -> None:
    pages = {page.name[:4] for page in (ROOT / "docs" / "adr").glob("*.md")}
    named = {
        (path.relative_to(ROOT).as_posix(), number)
        for path in tracked()
        if path.suffix in {".md", ".py", ".toml"}
        for number in re.findall(r"\bADR (\d{4})", path.read_text(encoding="utf-8"))
    }
    assert named
    assert {(path, number) for path, number in named if number not in pages} == set()


def _exists(path: str) -> bool:
    if path.startswith(MADE):
        return True
    return any(ROOT.glob(re.sub(r"<\w+>", "*", path).rstrip("/")))


def _written(setting: "Field[object]") -> str:
    """A default as an operator would write it."""
    default = setting.default if setting.default is not MISSING else None
    if setting.name == "bot_service_hosts":
        default = ",".join(PUBLIC_CLOUD_HOSTS)
    if setting.default_factory is not MISSING:
        default = setting.default_factory()
    if isinstance(default, Mapping):
        return json.dumps(dict(default))
    if isinstance(default, bool):
        return "yes" if default else "no"
    return "" if default is None else str(default)
