"""The house rules that no linter knows."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

from tests.architecture.tree import ROOT, tracked

ROOMS = ("app.py", "bot", "cards", "manifest", "deploy", "simulator", "demo", "benchmarks", "tools")
MOST_LINES = 400
"""Most have 50–250: a habit, and no law that would cut a class to fit it. This many are read at once by nobody."""
CONTRACTS = {
    "bot.core": {"aiohttp", "sqlalchemy", "msgraph", "msal", "botbuilder", "botframework", "msrest", "adaptivecards"},
    "cards": {"bot", "simulator", "demo"},
}


def sources(*rooms: str) -> list[Path]:
    return [
        path for path in tracked() if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in (rooms or ROOMS)
    ]


def test_the_room_contracts_hold() -> None:
    run = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports"))], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr


MADE_WITH = {
    f"bot.dialogs.** -> bot.dialogs.{name}" for name in ("dialog", "menu", "outside", "paging", "parts", "search")
}
"""What all dialogs are made with: modules, none of which is a service."""


def test_the_room_contracts_are_still_written_down() -> None:
    """A contract that was deleted or hollowed out would hold, too."""
    linter = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    assert set(linter["root_packages"]) >= {"bot", "cards", "simulator", "demo"}
    forbidden: dict[str, set[str]] = {}
    for contract in linter["contracts"]:
        through = set(contract.get("ignore_imports", ()))
        assert through <= MADE_WITH, f"{contract['name']} lets something through"
        for source in contract.get("source_modules", []):
            forbidden.setdefault(source, set()).update(contract.get("forbidden_modules", []))
    for room, banned in CONTRACTS.items():
        assert banned <= forbidden[room], room
    for edge, library in (("bot.teams", "sqlalchemy"), ("bot.graph", "adaptivecards"), ("bot.database", "msgraph")):
        assert library in forbidden[edge], (edge, library)
    assert "simulator" in forbidden["bot"]
    assert {"bot", "cards"} <= forbidden["simulator"]


def test_a_file_is_short_enough_to_be_read_at_once() -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in sources()
        if "/data/" not in path.as_posix() and path.name != "samples.py"  # a table for the gallery
    }
    assert lengths
    assert {name: lines for name, lines in lengths.items() if lines > MOST_LINES} == {}


def test_no_file_is_named_after_nothing() -> None:
    nameless = re.compile(r"^(utils?|helpers?|commons?|managers?|misc|stuff|base)$|_(utils?|helpers?|manager)$")
    names = [path.relative_to(ROOT).with_suffix("") for path in sources()]
    assert not [path for path in names for part in path.parts[-2:] if nameless.search(part)]


def test_an_exception_from_lint_or_types_says_why() -> None:
    bare = re.compile(r"#\s*(?:noqa(?:: [A-Z0-9, ]+)?|type: ignore(?:\[[a-z, -]+\])?)\s*$", re.MULTILINE)
    assert bare.search("x = 1  # noqa: X123\n")
    assert not bare.search("x = 1  # noqa: X123 -- why\n")
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sources()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if bare.search(line)
    ]
    assert found == []


def test_nothing_of_one_machine_or_of_its_package_registry_is_in_the_project() -> None:
    """Paths that only one machine has, and hosts that packages came from, would break or mislead the next one."""
    told = re.compile(
        rb"/(?:home|Users|root)/[a-z]|/opt/(?:pypi|wheels)|(?:files\.pythonhosted|pypi|registry\.npmjs|deb\.debian)\.org"
    )
    own = Path(__file__)
    found = [
        (str(path.relative_to(ROOT)), told.findall(path.read_bytes())[0])
        for path in tracked()
        if path != own and told.search(path.read_bytes())
    ]
    assert not found


def test_every_command_the_documents_name_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    named = {
        (document.name, command)
        for document in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / ".ci").glob("run")]
        for command in re.findall(r"`?\bmake ([a-z]+(?:-[a-z]+)*)\b", _commands(document.read_text(encoding="utf-8")))
    }
    assert named, "the README tells how to start"
    assert not {(document, command) for document, command in named if command not in targets}


def test_every_make_command_says_what_it_does() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.findall(r"^([a-z]+):(?!.*## ).*$", makefile, re.MULTILINE) == []


def test_the_first_command_of_the_readme_is_the_demo() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    first = re.search(r"make ([a-z]+)", readme)
    assert first
    assert first.group(1) == "demo"


def test_the_check_runs_the_commands_of_the_readme() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert [line for line in script if line.startswith("make ")] == [
        "make setup",
        "make check",
        "make test",
        "make test-long",
    ]
    assert "set -euo pipefail" in script


def _commands(text: str) -> str:
    """The parts of a document that are code: fenced blocks, inline code, lines of a script."""
    fenced = re.findall(r"```.*?\n(.*?)```", text, re.DOTALL)
    inline = re.findall(r"`([^`\n]+)`", text)
    script = [line for line in text.splitlines() if line.startswith("make ")]
    return "\n".join([*fenced, *inline, *script])
