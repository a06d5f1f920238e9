"""A name of the product means one thing: whoever searches for a class finds it, and no other."""

import ast
from collections import defaultdict
from pathlib import Path

from tests.architecture.tree import ROOT

PRODUCT = [*(ROOT / "bot").rglob("*.py"), *(ROOT / "cards").rglob("*.py"), ROOT / "app.py"]


def defined(sources: dict[str, str]) -> dict[str, list[str]]:
    """Every class, also within classes and functions, and where it is defined."""
    places: dict[str, list[str]] = defaultdict(list)
    for name, source in sources.items():
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(f"{name}:{node.lineno}")
    return places


def test_no_class_name_is_given_twice():
    found = defined({str(path.relative_to(ROOT)): Path(path).read_text(encoding="utf-8") for path in PRODUCT})
    assert len(found) > 300
    assert {name: places for name, places in found.items() if len(places) > 1} == {}


def test_a_name_given_twice_is_found_wherever_it_stands():
    sources = {
        "a.py": "class One: ...\nclass Two:\n    class Three: ...\n",
        "b.py": "def f():\n    class Three: ...\n",
    }
    assert defined(sources)["Three"] == ["a.py:3", "b.py:2"]
    assert defined(sources)["One"] == ["a.py:1"]
