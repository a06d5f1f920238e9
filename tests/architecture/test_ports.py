"""What the core asks of the outside is said once: a narrower need is a port that the wider one extends."""

import ast
from collections import defaultdict
from collections.abc import Iterable

from tests.architecture.tree import ROOT


def said_twice(sources: Iterable[str]) -> dict[str, list[str]]:
    """Calls that two ports declare, with the same name and the same parameters."""
    ports: dict[str, list[str]] = defaultdict(list)
    for source in sources:
        for defined in ast.walk(ast.parse(source)):
            if isinstance(defined, ast.ClassDef) and "Protocol" in map(ast.unparse, defined.bases):
                for call in defined.body:
                    if isinstance(call, ast.FunctionDef | ast.AsyncFunctionDef):
                        given = ", ".join(one.arg for one in (*call.args.args, *call.args.kwonlyargs))
                        ports[f"{call.name}({given})"].append(defined.name)
    return {call: names for call, names in ports.items() if len(names) > 1}


def test_no_two_ports_ask_for_the_same():
    rooms = [*(ROOT / "bot" / "core").rglob("*.py"), *(ROOT / "bot" / "announcer").rglob("*.py")]
    assert len(rooms) > 50
    assert said_twice(path.read_text() for path in rooms) == {}


def test_a_port_said_twice_is_found_and_one_that_extends_another_is_not():
    wide = "class A(Protocol):\n    async def of(self, one: str) -> None: ...\n"
    other = "class B(Protocol):\n    def of(self, one: int) -> None: ...\n    def by(self) -> None: ...\n"
    more = "class C(A, Protocol):\n    def by(self, *, most: int) -> None: ...\n"
    assert said_twice([wide, other, more]) == {"of(self, one)": ["A", "B"]}
