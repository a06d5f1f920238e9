"""A new service is one folder and one line: made in a copy of the tree, it is there for everybody and everything."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT
from tools.new_dialog import NOT_COPIED, Refused, main, make

TITLES = {"bg": "Журнал", "en": "Journal"}
WORD = "журнал"
OWN_TEST = "tests/conversations/test_journal.py"
MOST_TOUCHED = 3
"""Beside its own folder and its test: the line, the table of README, CHANGELOG."""

LOOK = """
import asyncio, json
from bot.dialogs import DIALOGS
from bot.router import Router
from bot.texts.catalog import Catalog
from manifest.build import offered_commands
from tests.conversations.bot import DIRECTOR, TEACHER, VERBS, Bot, buttons, shown
from tests.gallery.samples import SAMPLES

async def pressed(language, title, more):
    bot, locale = Bot(), {"locale": f"{language}-BG"}
    menu = await bot.says(DIRECTOR, "помощ" if language == "bg" else "help", **locale)
    while title not in buttons(menu):
        menu = await bot.presses_elsewhere(DIRECTOR, menu, more, locale)
    return shown(await bot.presses_elsewhere(DIRECTOR, menu, title, locale))

async def refused():
    return shown(await Bot().says(TEACHER, "WORD"))

catalog = Catalog.load()
print(json.dumps({
    "heard": Router(catalog, DIALOGS).hear("WORD").name,
    "commands": offered_commands(),
    "verbs": VERBS,
    "samples": [sample.name for sample in SAMPLES],
    "pressed": [
        asyncio.run(pressed("bg", "Журнал", "Още…")),
        asyncio.run(pressed("en", "Journal", "More…")),
    ],
    "refused": asyncio.run(refused()),
}))
"""


def ran(tree: Path, *command: str) -> str:
    """What a command prints in the copy, with the environment of these tests."""
    environment = {**os.environ, "PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-4_000:] + done.stderr[-4_000:]
    return done.stdout


def files(tree: Path) -> dict[str, bytes]:
    return {
        str(one.relative_to(tree)): one.read_bytes()
        for one in tree.rglob("*")
        if one.is_file() and one.parent.name != "__pycache__"
    }


def not_copied(folder: str, names: list[str]) -> set[str]:
    """As for everybody, but bytecode is: a thousand modules need not be compiled for each command in the copy."""
    return NOT_COPIED(folder, names) - {"__pycache__"}


@pytest.fixture(scope="module")
def trees(tmp_path_factory) -> tuple[Path, Path]:
    """The tree as it is, and one with the trial service."""
    before = tmp_path_factory.mktemp("new-dialog") / "before"
    shutil.copytree(ROOT, before, ignore=NOT_COPIED)
    after = before.with_name("after")
    shutil.copytree(ROOT, after, ignore=not_copied)
    make(after, "journal", TITLES, WORD)
    return before, after


def test_it_touches_three_files_outside_its_folder_and_brings_its_own_test(trees):
    before, after = map(files, trees)
    new = {path for path in after if path not in before}
    touched = {path for path, content in before.items() if after.get(path) != content}

    assert {Path(path).parent.as_posix() for path in new} == {"bot/dialogs/journal", "tests/conversations"}
    assert touched == {"bot/dialogs/__init__.py", "README.md", "CHANGELOG.md"}
    assert len(touched) <= MOST_TOUCHED


def test_it_is_typed_listed_pressed_refused_drawn_and_among_what_is_tested(trees):
    found = json.loads(ran(trees[1], sys.executable, "-c", LOOK.replace("WORD", WORD)))

    assert found["heard"] == "journal"
    assert "journal" in found["commands"]
    assert "journal.open" in found["verbs"]
    assert "journal" in found["samples"]
    assert "Тук ще видите услугата." in found["pressed"][0]
    assert "The service will be shown here." in found["pressed"][1]
    assert "Тук ще видите услугата." not in found["refused"]


@pytest.mark.long
def test_its_own_test_passes_and_it_is_formatted(trees):
    said = ran(trees[1], sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", OWN_TEST)

    assert "passed" in said
    assert "failed" not in said
    ruff = str(Path(sys.executable).parent / "ruff")
    for does in (("format", "--check"), ("check",)):
        ran(trees[1], ruff, *does, "bot/dialogs/journal", OWN_TEST, "bot/dialogs/__init__.py")


WALKS = re.compile(r"\b(DIALOGS|DIALOG_NAMES|FOLDERS|VERBS|SAMPLES|LIVES|offered_commands|shown_texts)\b")
"""By which a test that walks all services is known: what it goes through."""
ALSO = (
    "tests/architecture/test_dialogs.py",
    "tests/architecture/test_samples.py",
    "tests/architecture/test_texts.py",
    "tests/integration/test_about_pages.py",
)


def walking(tree: Path) -> list[str]:
    """The files of tests that walk all services."""
    rooms = (tree / "tests" / "conversations", tree / "tests" / "unit")
    found = (path for room in rooms for path in sorted(room.rglob("test_*.py")))
    return [*ALSO, *(str(one.relative_to(tree)) for one in found if WALKS.search(one.read_text("utf-8")))]


def with_another_verb(tree: Path) -> None:
    """The service as it is after an hour of work: its card has a button of its own."""
    face, screens = (tree / "bot" / "dialogs" / "journal" / name for name in ("__init__.py", "screens.py"))
    for path, before, after in (
        (face, '{"journal.open": _open}', '{"journal.open": _open, "journal.more": _open}'),
        (screens, "buttons=help_button(scene)", "buttons=(more, *help_button(scene))"),
        (screens, "    return Reply", '    more = Button(scene.t("command-journal"), scene.press("journal.more"))\n    return Reply'),
        (screens, "from cards.notice", "from cards.actions import Button\nfrom cards.notice"),
    ):  # fmt: skip
        text = path.read_text("utf-8")
        assert before in text
        path.write_text(text.replace(before, after), encoding="utf-8")


@pytest.mark.long
@pytest.mark.timeout(1_200)
def test_those_that_walk_all_services_pass(trees, tmp_path):
    tree = tmp_path / "tree"
    shutil.copytree(trees[1], tree)
    with_another_verb(tree)
    files_ = walking(tree)

    said = ran(tree, sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", "0", *files_)

    assert {"tests/conversations/test_lifetimes.py", "tests/unit/manifest/test_package.py"} < set(files_)
    assert "passed" in said
    assert "failed" not in said


@pytest.mark.long
def test_it_is_typed_and_within_the_contracts(trees):
    ran(trees[1], sys.executable, "-m", "mypy", "bot/dialogs/journal")
    ran(trees[1], str(Path(sys.executable).parent / "lint-imports"))


@pytest.mark.parametrize("name", ["Journal", "", "1st", "a--b", "журнал", "../x", "lookup", "menu", "class-links"])
def test_a_bad_or_taken_name_is_refused_and_nothing_is_made(trees, name):
    before = files(trees[0])

    with pytest.raises(Refused):
        make(trees[0], name, TITLES, WORD)
    assert files(trees[0]) == before


def test_a_tree_without_the_line_is_refused_whole(trees, tmp_path):
    tree = tmp_path / "tree"
    shutil.copytree(trees[0], tree)
    (tree / "CHANGELOG.md").write_text("nothing yet\n", encoding="utf-8")
    before = files(tree)

    with pytest.raises(Refused, match="CHANGELOG"):
        make(tree, "journal", TITLES, WORD)
    assert files(tree) == before


def test_the_command_says_what_it_touched(capsys):
    assert main(["school-report", "--count"]) == 0
    said = capsys.readouterr().out

    assert "3 existing files touched" in said
    assert not (ROOT / "bot" / "dialogs" / "school_report").exists()


def test_the_command_says_why_it_refuses(capsys):
    assert main(["lookup"]) == 2
    assert "there is a lookup already" in capsys.readouterr().err
