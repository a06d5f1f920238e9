"""A world that can be tried in several ways: each way in a copy of it."""

import copy
import datetime as dt
import types
from collections.abc import Iterator
from enum import Enum
from functools import cache
from operator import is_
from typing import Any

from bot.dialogs import DIALOGS
from tests.conversations.bot import CATALOG, ROUTER, Bot

_ATOMS = frozenset(
    {
        str, int, float, bool, bytes, type(None), type, range, types.FunctionType, types.BuiltinFunctionType,
        dt.datetime, dt.date, dt.time, dt.timedelta,
    }
)  # fmt: skip
_same: dict[int, Any] = {}
"""Tuples and frozen objects found without a changeable part, kept so that none is looked through twice."""


def copied(bot: Bot) -> Bot:
    """A world of its own, as this one is now. What nothing changes is the same in both; a secret cannot be copied."""
    copy_: Bot = _copy(bot, {id(one): one for one in _unchanging(bot)})
    return copy_


def _unchanging(bot: Bot) -> Iterator[object]:
    """Words, router, dialogs; secrets; and what was said, which grows with every day that goes by."""
    yield from (CATALOG, ROUTER, DIALOGS, *DIALOGS)
    yield from bot.room.operations.secrets.values()
    yield from bot.heard
    for message in (*bot.moves.messenger.sent, *bot.moves.messenger.updated):
        yield message
        yield message[-1]


def _copy(value: Any, memo: dict[int, Any]) -> Any:
    """What `copy.deepcopy` makes, several times as fast: a frozen object without a changeable part stays the same."""
    kind: Any = type(value)
    if kind in _ATOMS:
        return value
    made: Any = memo.get(id(value))
    if made is None:
        made = _same.get(id(value))
    if made is not None:
        return made
    if kind is dict:
        memo[id(value)] = made = {}
        for key, item in value.items():
            made[_copy(key, memo)] = _copy(item, memo)
        return made
    if kind is list:
        memo[id(value)] = made = []
        made.extend([_copy(item, memo) for item in value])
        return made
    if kind is tuple:
        parts = [_copy(item, memo) for item in value]
        made = tuple(parts)
        if all(map(is_, parts, value)):
            made = _same[id(value)] = value
    elif (names := _names(kind)) is not None:
        return _object(value, kind, names, memo)
    else:
        made = copy.deepcopy(value, memo)
    memo[id(value)] = made
    return made


def _object(value: Any, kind: type, names: tuple[str, ...], memo: dict[int, Any]) -> Any:
    held = {name: getattr(value, name) for name in names if hasattr(value, name)} | getattr(value, "__dict__", {})
    made: Any = object.__new__(kind)
    frozen = _is_frozen(kind)
    if not frozen:
        memo[id(value)] = made
    parts = {name: _copy(item, memo) for name, item in held.items()}
    if frozen:
        if all(map(is_, parts.values(), held.values())):
            made = _same[id(value)] = value
        made = memo.setdefault(id(value), made)
    if made is not value:
        for name, item in parts.items():
            object.__setattr__(made, name, item)
    return made


@cache
def _is_frozen(kind: type) -> bool:
    return bool(getattr(kind, "__dataclass_params__", None) and kind.__dataclass_params__.frozen)  # type: ignore[attr-defined]


@cache
def _names(kind: type) -> tuple[str, ...] | None:
    """The slots of a class of ours whose objects are no more than their attributes; None for any other class."""
    ours = kind.__module__.startswith(("bot.", "tests."))
    if not ours or issubclass(kind, Enum) or kind.__new__ is not object.__new__ or hasattr(kind, "__deepcopy__"):
        return None
    if kind.__reduce__ is not object.__reduce__ or kind.__reduce_ex__ is not object.__reduce_ex__:
        return None
    slots = [name for one in kind.__mro__ for name in getattr(one, "__slots__", ())]
    return tuple(name for name in slots if name not in {"__dict__", "__weakref__"})
