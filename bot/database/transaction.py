"""`@transaction`: a method of a store that is one transaction.

It is written as a plain function with its connection after `self`, and runs whole on a database thread.

`await store.one(key)` begins the transaction, by `Connections.run`: all is kept, or nothing.
`store.one.within(connection, key)` does the same as a part of another transaction.
"""

from collections.abc import Callable
from types import MethodType
from typing import Any, Concatenate, Generic, ParamSpec, Protocol, Self, TypeVar, overload

from sqlalchemy import Connection

from bot.database.connections import Connections


class Store(Protocol):
    """Whatever has connections."""

    _connections: Connections


OfStore = TypeVar("OfStore", bound=Store)
Given = ParamSpec("Given")
Result = TypeVar("Result")


class OneTransaction(Generic[Given, Result]):
    """Such a method of one store."""

    def __init__(self, connections: Connections, within: Callable[Concatenate[Connection, Given], Result]) -> None:
        self._connections = connections
        self.within = within

    async def __call__(self, *args: Given.args, **kwargs: Given.kwargs) -> Result:
        """One transaction; it may be tried twice, so it keeps nothing of a first, lost try."""
        return await self._connections.run(lambda connection: self.within(connection, *args, **kwargs))


class transaction(Generic[OfStore, Given, Result]):  # noqa: N801 -- a decorator, as `property` is
    """See above."""

    def __init__(self, work: Callable[Concatenate[OfStore, Connection, Given], Result]) -> None:
        self._work = work
        self.__doc__ = work.__doc__

    @overload
    def __get__(self, store: None, owner: Any) -> Self: ...
    @overload
    def __get__(self, store: OfStore, owner: Any) -> OneTransaction[Given, Result]: ...
    def __get__(self, store: OfStore | None, owner: Any) -> Self | OneTransaction[Given, Result]:
        """A store's attribute is its own transaction, the class's is this."""
        if store is None:
            return self
        return OneTransaction(store._connections, MethodType(self._work, store))  # noqa: SLF001 -- what a store has them for
