"""The objects of a JSON value, for those who look through hundreds of thousands of cards."""

from typing import Any


def objects(value: object) -> list[dict[str, Any]]:
    """Every object in it, in the order it stands there."""
    found: list[dict[str, Any]] = []
    waiting = [value]
    while waiting:  # millions of times in the walks
        one = waiting.pop()
        if isinstance(one, dict):
            found.append(one)
            waiting.extend([part for part in reversed(one.values()) if isinstance(part, (dict, list))])
        elif isinstance(one, list):
            waiting.extend(reversed(one))
    return found
