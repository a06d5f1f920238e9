"""What follows from `DIALOGS`: unique names, buttons that lead somewhere, and nobody else who names a service."""

import ast
import dataclasses
import re
import typing
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.dialogs import DIALOGS, FOLDERS
from bot.dialogs.dialog import entries_of, gates_of
from bot.dialogs.parts import Parts, WorkerParts
from bot.texts.catalog import LANGUAGES
from tests.architecture.tree import ROOT

PLACE = ROOT / "bot" / "dialogs"
SHARED = ("described", "dialog", "menu", "outside", "paging", "parts", "search")
"""Modules beside the folders: what all dialogs are made with."""
VERBS = {verb: dialog.name for dialog in DIALOGS for verb in dialog.handlers}
ENTRIES = entries_of(DIALOGS)
MAKE_A_PRESS = {"press"}
OFFER_AN_ENTRY = {"to"}


def of_folder(folder: str) -> Iterator[Path]:
    yield from (path for path in (PLACE / folder).rglob("*.py") if path.name != "samples.py")


def literals(path: Path, methods: set[str]) -> Iterator[str]:
    """The first argument of every call of these methods, where it is written out; both where there is a choice."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in methods
            and node.args
        ):
            first = node.args[0]
            for one in (first.body, first.orelse) if isinstance(first, ast.IfExp) else (first,):
                if isinstance(one, ast.Constant) and isinstance(one.value, str):
                    yield one.value


def test_names_verbs_and_inputs_are_each_one_dialogs() -> None:
    verbs = Counter(verb for dialog in DIALOGS for verb in dialog.handlers)

    assert [verb for verb, count in verbs.items() if count > 1] == []
    assert len({dialog.name for dialog in DIALOGS}) == len(DIALOGS)
    assert [dialog.name.replace("-", "_") for dialog in DIALOGS] == list(FOLDERS)
    assert gates_of(DIALOGS), "two dialogs never declare one input differently"


def test_every_folder_is_a_line_and_has_its_words() -> None:
    assert {one.parent.name for one in PLACE.glob("*/__init__.py")} == set(FOLDERS)
    assert {one.stem for one in PLACE.glob("*.py")} == {"__init__", *SHARED}
    for folder in FOLDERS:
        for language in LANGUAGES:
            assert f"command-{folder.replace('_', '-')} =" in (PLACE / folder / f"{language}.ftl").read_text("utf-8")


@pytest.mark.parametrize("dialog", DIALOGS, ids=lambda dialog: dialog.name)
def test_what_a_dialog_says_of_its_verbs_it_says_of_its_own(dialog) -> None:
    own = set(dialog.handlers)

    assert dialog.opens in own
    assert set(dialog.entries) <= own
    assert set(dialog.shows_nobody) <= own
    assert set(dialog.by_message) <= own
    assert set(dialog.unfilled) <= set(dialog.by_message)
    for verb in own:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*(\.[a-z]+(-[a-z]+)*)?", verb), verb


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_dialog_presses_its_own_verbs_and_reaches_others_through_their_entries(folder) -> None:
    name = folder.replace("_", "-")
    wrong = [
        f"{path.relative_to(ROOT)}: {verb}"
        for path in of_folder(folder)
        for verb in literals(path, MAKE_A_PRESS)
        if VERBS.get(verb) != name
    ]
    unknown = [
        f"{path.relative_to(ROOT)}: {entry}"
        for path in of_folder(folder)
        for entry in literals(path, OFFER_AN_ENTRY)
        if entry not in ENTRIES
    ]
    own = [
        entry for path in of_folder(folder) for entry in literals(path, OFFER_AN_ENTRY) if ENTRIES.get(entry) == name
    ]

    assert wrong == [], "a verb of nobody, or of another dialog: another's is offered by `to`"
    assert unknown == [], "nobody has such an entry"
    assert own == [], "the own verbs are pressed, not offered"


OLDER = {"requests.open"}
"""Verbs of buttons that are not made any more: cards live 90 days."""


def test_every_entry_is_offered_by_somebody_and_every_verb_is_pressed_somewhere() -> None:
    offered, pressed = set[str](), set[str]()
    for path in PLACE.rglob("*.py"):
        offered |= set(literals(path, OFFER_AN_ENTRY))
        pressed |= set(literals(path, MAKE_A_PRESS))
    written = {
        node.value
        for path in PLACE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and path.name != "__init__.py"
    }

    assert set(ENTRIES) - offered == set(), "an entry that nobody offers"
    opens = {dialog.opens for dialog in DIALOGS}
    assert set(VERBS) - offered - pressed - opens - written == OLDER, "a handler that no button leads to"


def test_nobody_outside_names_a_service() -> None:
    """The responder, the router, the manifest and what all dialogs are made with read DIALOGS, or are given it."""
    names = {dialog.name for dialog in DIALOGS} | set(FOLDERS)
    said = [
        f"{path.relative_to(ROOT)}: {node.value}"
        for path in (
            ROOT / "bot" / "responder.py",
            *(ROOT / "bot" / "router").glob("*.py"),
            *(PLACE / f"{name}.py" for name in SHARED),
            ROOT / "manifest" / "build.py",
        )
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and node.value in names
    ]

    assert set(said) <= CONCEPTS


CONCEPTS = {
    # Words of the router's own, which happen to be called like a service.
    "bot/dialogs/menu.py: help",  # and what stands beside every menu
    "bot/dialogs/menu.py: language",
    "bot/router/courtesies.py: help",
    "bot/router/router.py: help",
    "bot/router/meaning.py: password",
    "bot/router/pairs.py: language",
    "bot/router/pairs.py: password",
    "bot/router/pairs.py: requests",
}


def ports(parts: type) -> dict[str, object]:
    hints = typing.get_type_hints(parts)
    return {field.name: hints[field.name] for field in dataclasses.fields(parts)}


def test_only_the_worker_sees_a_writer() -> None:
    """What changes an account, a class or a team, or installs the app, is no part of what every dialog is made from."""
    writers = {str(port) for name, port in ports(WorkerParts).items() if name != "common"}
    common = {name: str(port) for name, port in ports(Parts).items()}

    assert {"account_writer", "enrolment_writer", "class_writer", "installer"} <= set(ports(WorkerParts))
    assert [name for name, port in common.items() if port in writers - {str(float), str(int), str(str)}] == []
    assert [name for name, port in common.items() if re.search(r"Writer|Installer", port)] == []
