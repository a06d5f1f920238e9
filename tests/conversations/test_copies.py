"""A copy of a world has nothing in common with it that a press could change."""

from collections import deque
from collections.abc import Iterator
from types import MethodType
from typing import Any

from tests.conversations.bot import CATALOG, DIRECTOR, ROUTER, Bot
from tests.conversations.copies import _unchanging, copied
from tests.conversations.test_roles_read_anew import world


def changeable(bot: Bot) -> dict[int, str]:
    """By their ids, what kind of things there are in this world that can be changed."""
    left_out = {id(one) for one in _unchanging(bot)}
    seen: dict[int, Any] = {}
    waiting: list[Any] = [bot]
    while waiting:
        one = waiting.pop()
        if id(one) in left_out or id(one) in seen or isinstance(one, str | int | float | bytes | type | None):
            continue
        seen[id(one)] = one
        waiting += _parts(one)
    return {id_: type(one).__name__ for id_, one in seen.items() if _can_change(one)}


def _parts(one: Any) -> Iterator[Any]:
    if isinstance(one, dict):
        yield from (*one.keys(), *one.values())
    elif isinstance(one, list | tuple | set | frozenset | deque):
        yield from one
    elif isinstance(one, MethodType):
        yield one.__self__
    elif _is_ours(one):
        yield from getattr(one, "__dict__", {}).values()
        slots = [name for kind in type(one).__mro__ for name in getattr(kind, "__slots__", ())]
        yield from (getattr(one, name) for name in slots if hasattr(one, name))


def _can_change(one: Any) -> bool:
    params = getattr(one, "__dataclass_params__", None)
    return isinstance(one, list | dict | set | deque) or (_is_ours(one) and not (params and params.frozen))


def _is_ours(one: Any) -> bool:
    return type(one).__module__.startswith(("bot.", "tests.")) and not hasattr(type(one), "__members__")


async def test_nothing_that_can_be_changed_is_in_both():
    bot, _ = await world()
    ours = changeable(bot)
    assert len(ours) > 200
    for copy_ in (copied(bot), copied(copied(bot))):
        theirs = changeable(copy_)
        assert len(theirs) == len(ours)
        assert [kind for one, kind in theirs.items() if one in ours] == []


async def test_a_copy_is_the_same_and_goes_its_own_way():
    bot, _ = await world()
    there = copied(bot)
    assert there.room.operations.operations == bot.room.operations.operations
    assert there.moves.transfers.rows == bot.moves.transfers.rows
    assert there.ledger.audit.entries == bot.ledger.audit.entries
    assert (there.parts.catalog, there.responder._router) == (CATALOG, ROUTER)
    entries = len(bot.ledger.audit.entries)

    await there.looks_up(DIRECTOR, kind="name", typed="Еднаква")

    assert len(there.ledger.audit.entries) == entries + 1
    assert len(bot.ledger.audit.entries) == entries
