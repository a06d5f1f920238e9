"""JSON from outside: whatever two parsers could read differently is refused."""

import json
import re
from collections.abc import Callable, Iterable
from typing import NoReturn

MAX_DEPTH = 20
REPLACEMENT = "\ufffd"
"""Replaces half a surrogate pair."""

_HALF = re.compile("[\ud800-\udfff]")
_MAY_HOLD_HALF = re.compile(rb"\\u[dD][89a-fA-F]")


class BadJson(ValueError):
    """The bytes are not JSON that we accept. The message does not contain them: they may be personal data."""


def read_object(body: bytes) -> dict[str, object]:
    """The object in `body`. Errors: BadJson for anything else.

    Refused besides broken syntax: invalid UTF-8, duplicate keys, NaN and infinities, more than `MAX_DEPTH` levels.
    Half a surrogate pair (some clients cut an emoji in two) cannot be stored or sent; it becomes REPLACEMENT, and
    the person still gets an answer.
    """
    try:
        value = _decode(body.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise BadJson("not JSON") from error
    if not isinstance(value, dict):
        raise BadJson("not an object")
    _check_depth(value)
    if _MAY_HOLD_HALF.search(body):  # UTF-8 holds none: it can only have been written as an escape
        return _mended_object(value)
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


def _check_depth(root: dict[str, object]) -> None:
    level: list[object] = [root]
    depth = 0
    while level:
        depth += 1
        if depth > MAX_DEPTH:
            raise BadJson("too deep")
        below: list[object] = []
        for container in level:
            children = container.values() if isinstance(container, dict) else container
            if isinstance(children, Iterable):
                below += [child for child in children if isinstance(child, (dict, list))]
        level = below


def _mended_object(found: dict[str, object]) -> dict[str, object]:
    return _pairs([(_HALF.sub(REPLACEMENT, key), _mended(value)) for key, value in found.items()])


def _mended(value: object) -> object:
    """Not deeper than `MAX_DEPTH`: that was checked."""
    if isinstance(value, str):
        return _HALF.sub(REPLACEMENT, value)
    if isinstance(value, dict):
        return _mended_object(value)
    return [_mended(one) for one in value] if isinstance(value, list) else value
