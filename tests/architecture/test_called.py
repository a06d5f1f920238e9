"""Every method that a port asks for, and every other public one of the bot, is called by the bot: what only a test calls
is a promise to nobody, or a need that nobody can meet (who may read the audit log, and by which command?).
"""

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping

import pytest

from tests.architecture.tree import ROOT

CALLED_BY_OTHERS = {
    ("bot/documents/printed.py", "Printed"): "fpdf, by the names of its class",
    ("bot/runtime/connections.py", "Connection"): "asyncio, of a protocol",
    ("bot/runtime/logs.py", "Redaction"): "logging, of a filter",
    ("bot/runtime/logs.py", "Repeats"): "logging, of a filter",
    (
        "bot/teams/adapter.py",
        "TeamsAdapter",
    ): "the SDK's TurnContext, and whoever hosts a bot of their own (ADR 0003)",
    ("bot/teams/sdk_models.py", "MemberCalls"): "the SDK's TeamsInfo (ADR 0003)",
}
"""Classes whose methods a library calls, and which."""


def called(trees: Mapping[str, ast.Module]) -> set[str]:
    """Names of attributes that are called, or given to somebody who may call them."""
    found: set[str] = set()
    for tree in trees.values():
        for call in ast.walk(tree):
            if isinstance(call, ast.Call):
                given = (call.func, *call.args, *(one.value for one in call.keywords))
                found.update(one.attr for each in given for one in branches(each) if isinstance(one, ast.Attribute))
    return found


def branches(one: ast.expr) -> Iterator[ast.expr]:
    """What it may be: of `a if x else b` either."""
    if isinstance(one, ast.IfExp):
        yield from (*branches(one.body), *branches(one.orelse))
    else:
        yield one


def uncalled(trees: Mapping[str, ast.Module]) -> dict[tuple[str, str], list[str]]:
    """By file and class: public methods whose name nobody calls; of a property, whose name nobody reads."""
    known = called(trees)
    read = {one.attr for tree in trees.values() for one in ast.walk(tree) if isinstance(one, ast.Attribute)}
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for path, tree in trees.items():
        for defined in ast.walk(tree):
            if not isinstance(defined, ast.ClassDef):
                continue
            for method in defined.body:
                if not isinstance(method, ast.FunctionDef | ast.AsyncFunctionDef) or method.name.startswith("_"):
                    continue
                is_value = any(ast.unparse(one).endswith("property") for one in method.decorator_list)
                if method.name not in (read if is_value else known):
                    found[path, defined.name].append(method.name)
    return dict(found)


@pytest.fixture(scope="module")
def trees() -> dict[str, ast.Module]:
    files = [
        ROOT / "app.py",
        *(path for room in ("bot", "cards", "manifest") for path in (ROOT / room).rglob("*.py")),
    ]
    return {str(path.relative_to(ROOT)): ast.parse(path.read_text(encoding="utf-8")) for path in files}


def test_whatever_can_be_called_is_called(trees: dict[str, ast.Module]) -> None:
    found = uncalled(trees)

    assert {where: names for where, names in found.items() if where not in CALLED_BY_OTHERS} == {}
    assert CALLED_BY_OTHERS.keys() == found.keys() & CALLED_BY_OTHERS.keys(), "no longer needed"


def test_what_nobody_calls_is_found_and_what_is_called_or_given_is_not() -> None:
    port = "class Port(Protocol):\n    def of(self): ...\n    def history(self): ...\n    def given(self): ...\n"
    value = "class Value:\n    @property\n    def whole(self): ...\n    @property\n    def lost(self): ...\n"
    user = "def use(port, value):\n    port.of()\n    run(port.given if x else port.of)\n    return value.whole\n"

    assert uncalled({"one.py": ast.parse(port + value + user)}) == {
        ("one.py", "Port"): ["history"],
        ("one.py", "Value"): ["lost"],
    }
