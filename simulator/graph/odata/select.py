"""$select and $expand: which properties and related objects an answer carries."""

import re
from dataclasses import dataclass

from simulator.graph.call import bad_request

_ITEM = re.compile(r"\s*([A-Za-z_][\w]*)\s*")


@dataclass(frozen=True, slots=True)
class Expansion:
    """One related collection or object to inline, with its own $select (None: the default properties)."""

    name: str
    select: tuple[str, ...] | None = None


def parse_select(text: str) -> tuple[str, ...]:
    """Property names, in order."""
    names = tuple(name.strip() for name in text.split(","))
    if not all(re.fullmatch(r"[A-Za-z_][\w]*", name) for name in names):
        raise bad_request(
            f"Parsing OData Select and Expand failed: Term '{text}' is not valid in a $select or $expand expression."
        )
    return names


def parse_expand(text: str) -> tuple[Expansion, ...]:
    """Items like `schools,classes($select=id,displayName)`."""
    found: list[Expansion] = []
    position = 0
    while True:
        match = _ITEM.match(text, position)
        if match is None:
            raise _invalid(text, position)
        name, position = match.group(1), match.end()
        select: tuple[str, ...] | None = None
        if text[position : position + 1] == "(":
            end = text.find(")", position)
            if end < 0:
                raise _invalid(text, position)
            select = _nested(text[position + 1 : end])
            position = end + 1
        if any(item.name == name for item in found):
            raise _invalid(text, position)
        found.append(Expansion(name, select))
        if position >= len(text.rstrip()):
            return tuple(found)
        if text[position] != ",":
            raise _invalid(text, position)
        position += 1


def _nested(text: str) -> tuple[str, ...] | None:
    select: tuple[str, ...] | None = None
    for option in text.split(";"):
        name, equals, value = option.strip().partition("=")
        if name != "$select" or not equals or select is not None:
            raise bad_request(
                f"Parsing OData Select and Expand failed: Term '{option.strip()}' is not supported in $expand here."
            )
        select = parse_select(value)
    return select


def _invalid(text: str, position: int) -> Exception:
    return bad_request(f"Parsing OData Select and Expand failed: Syntax error at position {position} in '{text}'.")
