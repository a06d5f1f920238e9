"""JSON from outside, read so that every reader would agree on what it says."""

import json
from collections.abc import Callable
from typing import NoReturn

MAX_DEPTH = 20


class BadJson(ValueError):
    """The bytes are not JSON we accept. Without their content: it may hold what must not be logged."""


def read_object(body: bytes) -> dict[str, object]:
    """The object in `body`. Errors: BadJson for anything else.

    Refused besides broken syntax: invalid UTF-8, duplicate keys, NaN and infinities, lone surrogates (they cannot be
    stored or sent on), more than `MAX_DEPTH` levels.
    """
    try:
        value = _decode(body.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise BadJson("not JSON") from error
    if not isinstance(value, dict):
        raise BadJson("not an object")
    _check_tree(value)
    return value


def _pairs(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise BadJson("duplicate key")
    return found


def _constant(_: str) -> NoReturn:
    raise BadJson("not a number")


def _finite(digits: str) -> float:
    number = float(digits)
    if number in {float("inf"), float("-inf")}:
        raise BadJson("number too large")
    return number


_decode: Callable[[str], object] = json.JSONDecoder(
    object_pairs_hook=_pairs, parse_constant=_constant, parse_float=_finite
).decode


def _check_tree(root: dict[str, object]) -> None:
    level: list[object] = [root]
    depth = 0
    while level:
        depth += 1
        if depth > MAX_DEPTH:
            raise BadJson("too deep")
        below: list[object] = []
        for container in level:
            if isinstance(container, dict):
                for key in container:
                    _check_text(key)
                children = list(container.values())
            else:
                children = container if isinstance(container, list) else []
            for child in children:
                if isinstance(child, str):
                    _check_text(child)
                elif isinstance(child, (dict, list)):
                    below.append(child)
        level = below


def _check_text(text: str) -> None:
    if text.isascii():
        return
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise BadJson("lone surrogate") from error
