"""A word that comes from outside (a row, a task, a card, a setting) may be one that this release does not know.

Whoever makes a member of an enumeration from it either asks first whether it is one, or goes through
`bot.core.known`. Otherwise a card or a row of another release ends in the apology.
"""

import ast
import importlib
from collections.abc import Iterator
from enum import Enum
from pathlib import Path

from bot.core.class_links.cases import Matter
from bot.core.class_links.expected import Fault
from bot.core.class_links.model import Remedy
from bot.core.lists.model import ListFault
from tests.architecture.tree import ROOT

ALLOWED = {
    ("bot/core/known.py", "_member"): "the door itself",
    ("bot/announcer/urgency.py", "after"): "between the most urgent and itself",
    ("bot/core/class_links/act.py", "__call__"): "every act is a matter: below",
    ("bot/core/usernames/charge.py", "settle"): "of an entry made a line before",
    ("bot/documents/answers.py", "_fault"): "a child of this release wrote it; anything else is Unlikely",
    ("bot/documents/answers.py", "_row"): "the same",
    ("bot/documents/answers.py", "taken"): "the same",
    ("bot/documents/account_list_answers.py", "_person"): "the same",
    ("bot/documents/account_list_answers.py", "_question"): "the same",
    ("bot/documents/account_list_answers.py", "list_taken"): "the same",
}
"""Where it is known already."""


def unguarded(source: str, kinds: set[str]) -> Iterator[tuple[str, str, int]]:
    """(function, kind, line) of every member made from a value that nobody has looked at."""
    tree = ast.parse(source)
    functions = [one for one in ast.walk(tree) if isinstance(one, (ast.FunctionDef, ast.AsyncFunctionDef))]
    for function in functions:
        asked = {
            call.args[0].id
            for call in ast.walk(function)
            if isinstance(call, ast.Call)
            and isinstance(call.func, ast.Name)
            and call.func.id in {"set", "frozenset"}
            and call.args
            and isinstance(call.args[0], ast.Name)
        }
        for call in ast.walk(function):
            if (
                isinstance(call, ast.Call)
                and isinstance(call.func, ast.Name)
                and call.func.id in kinds - asked
                and len(call.args) == 1
                and not isinstance(call.args[0], ast.Constant)
            ):
                yield function.name, call.func.id, call.lineno


def kinds_in(path: Path) -> set[str]:
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    members = vars(importlib.import_module(name))
    kinds = {name for name, one in members.items() if isinstance(one, type) and issubclass(one, Enum)}
    return kinds | ({"kind"} if path.name == "known.py" else set())


def test_no_word_from_outside_is_taken_for_one_of_ours_unasked():
    found = {
        (str(path.relative_to(ROOT)), function): (kind, line)
        for room in ("bot", "cards")
        for path in sorted((ROOT / room).rglob("*.py"))
        if "migrations" not in path.parts
        for function, kind, line in unguarded(path.read_text(encoding="utf-8"), kinds_in(path))
    }

    assert {place: what for place, what in found.items() if place not in ALLOWED} == {}
    assert set(ALLOWED) <= set(found), "what is allowed is still there"


def test_every_act_is_a_matter():
    assert {act.value for act in Remedy} <= {matter.value for matter in Matter}


def test_it_would_be_noticed():
    source = "def read(row):\n    return State(row.state)\ndef asked(x):\n    return State(x) if x in set(State) else None\n"

    assert list(unguarded(source, {"State"})) == [("read", "State", 2)]


def test_every_fault_of_a_file_that_a_child_or_a_package_has_is_one_of_a_list():
    of_classes_alone = {Fault.NO_COLUMN, Fault.EMPTY, Fault.ROW, Fault.FORBIDDEN, Fault.UNREACHABLE}
    assert {fault.value for fault in set(Fault) - of_classes_alone} <= {fault.value for fault in ListFault}
