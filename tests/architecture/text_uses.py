"""Reads the code, without running it, for the texts it speaks: which ids, with which arguments."""

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.texts.catalog import Catalog

_ID = re.compile(r"[a-z]+(-[a-z0-9]+)+")


@dataclass(frozen=True)
class Uses:
    """What was found: ids that are used somewhere, and everything that is wrong, each with its place."""

    used: frozenset[str]
    problems: tuple[str, ...]


def uses(
    files: Mapping[str, str],
    catalog: Catalog,
    families: Mapping[str, Sequence[str]],
    maps: frozenset[str] = frozenset(),
) -> Uses:
    """`files`: path → source. `families`: an f-string with its values as `{}` → the ids it stands for. `maps`: the
    files in which every literal that looks like an id is one (`"refusal-teacher"`): there a misspelt one is noticed.
    """
    used: set[str] = set()
    problems: list[str] = []
    for path, source in files.items():
        tree = ast.parse(source)
        prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            place = f"{path}:{getattr(node, 'lineno', 0)}"
            if isinstance(node, ast.Call) and _translates(node):
                problems += [f"{place}: {problem}" for problem in _wrong_call(node, catalog, families)]
            if isinstance(node, ast.JoinedStr) and (family := _pattern(node)) in families:
                used.update(families[family])
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
                if catalog.resolves(node.value):
                    used.add(node.value)
                elif path in maps and _ID.fullmatch(node.value):
                    problems.append(f"{place}: no text {node.value!r}")
    return Uses(frozenset(used), tuple(dict.fromkeys(problems)))


def unused(found: Uses, catalog: Catalog) -> list[str]:
    """The dead texts."""
    return sorted(catalog.ids - found.used)


def sources(root: Path, *rooms: str) -> dict[str, str]:
    """The Python files of some rooms of the project: path → source. A sample keeps no text alive."""
    files = [path for room in rooms for path in sorted((root / room).rglob("*.py")) if path.name != "samples.py"]
    return {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in files}


def _translates(call: ast.Call) -> bool:
    """`t(…)`, `scene.t(…)`, `catalog.speak(language)(…)`."""
    function = call.func
    if isinstance(function, ast.Call):
        return isinstance(function.func, ast.Attribute) and function.func.attr == "speak"
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return name == "t"


def _wrong_call(call: ast.Call, catalog: Catalog, families: Mapping[str, Sequence[str]]) -> Iterator[str]:
    if len(call.args) != 1 or isinstance(call.args[0], ast.Starred):
        yield "a text is called with its id first and named arguments behind it"
        return
    given = {keyword.arg for keyword in call.keywords}
    if None in given:
        yield "the arguments of a text must be written out, not passed as **"
        return
    for asked in _choices(call.args[0]):
        if isinstance(asked, ast.JoinedStr):
            pattern = _pattern(asked)
            if pattern not in families:
                yield f"the family of texts {pattern!r} is not declared"
            ids = list(families.get(pattern, ()))
        elif isinstance(asked, ast.Constant):
            ids = [str(asked.value)]
        else:
            continue  # The id comes from a mapping; its literals are read where they stand.
        for text_id in ids:
            if not catalog.resolves(text_id):
                yield f"no text {text_id!r}"
            elif catalog.variables(text_id) != given:
                wanted = sorted(catalog.variables(text_id))
                yield f"{text_id!r} needs {wanted}, is given {sorted(str(name) for name in given)}"


def _choices(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.IfExp):
        yield from _choices(node.body)
        yield from _choices(node.orelse)
    else:
        yield node


def _pattern(node: ast.JoinedStr) -> str:
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
