"""One turn at a time in each conversation: parallel HTTP requests have no order."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

MAX_WAITING = 30
"""Turns that may wait in one conversation; a person causes far fewer."""


class NotItsTurn(Exception):
    """The turns before it took longer than it can wait."""


class TooManyTurns(Exception):
    """The conversation has `MAX_WAITING` turns waiting already."""


class _Queue:
    __slots__ = ("lock", "turns")

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.turns = 0


class ConversationOrder:
    """First come, first served within a conversation; conversations do not wait for each other.

    Memory is held only for conversations with a turn running or waiting.
    """

    def __init__(self, max_waiting: int = MAX_WAITING) -> None:
        self._max_turns = max_waiting + 1
        self._queues: dict[str, _Queue] = {}

    def __len__(self) -> int:
        return len(self._queues)

    @asynccontextmanager
    async def turn(self, conversation_id: str, within: float | None = None) -> AsyncIterator[None]:
        """Waits until no other turn of the conversation runs, so many seconds at most. Errors: TooManyTurns,
        NotItsTurn.
        """
        queue = self._queues.setdefault(conversation_id, _Queue())
        if queue.turns >= self._max_turns:
            raise TooManyTurns
        queue.turns += 1
        try:
            try:
                async with asyncio.timeout(within):
                    await queue.lock.acquire()
            except TimeoutError:
                raise NotItsTurn from None
            try:
                yield
            finally:
                queue.lock.release()
        finally:
            queue.turns -= 1
            if not queue.turns:
                del self._queues[conversation_id]
