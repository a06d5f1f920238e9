"""A use case is what it is given: its fields stand in one list, and nothing of it changes while it works."""

import ast
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT

FILES = sorted(path for room in ("core", "announcer") for path in (ROOT / "bot" / room).rglob("*.py"))


def copying(source: str) -> list[str]:
    """Classes whose `__init__` does nothing but keep what it is given."""
    return [
        defined.name
        for defined in ast.walk(ast.parse(source))
        if isinstance(defined, ast.ClassDef)
        for function in defined.body
        if isinstance(function, ast.FunctionDef) and function.name == "__init__" and all(map(_keeps, function.body))
    ]


def _keeps(statement: ast.stmt) -> bool:
    match statement:
        case ast.Expr(ast.Constant()):
            return True
        case ast.Assign([ast.Attribute(ast.Name("self"))], ast.Name()):
            return True
        case _:
            return False


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_only_keeps_its_arguments_is_a_dataclass(path: Path):
    hides = {"Secret"}  # has a text that nothing may print or compare field by field
    assert set(copying(path.read_text())) <= hides


def test_a_class_that_only_keeps_is_found_and_one_that_makes_something_is_not():
    keeps = (
        'class A:\n    def __init__(self, a, *, b=1):\n        """x"""\n        self._a = a\n        self._b = b\n'
    )
    makes = "class B:\n    def __init__(self, a):\n        self._a = a\n        self._known = {}\n"
    assert copying(keeps + makes) == ["A"]
