"""One turn at a time in each conversation: parallel HTTP requests carry no order of their own."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

MAX_WAITING = 30
"""Turns that may wait in one conversation; a person types and presses far less."""


class TooManyTurns(Exception):
    """The conversation has more turns waiting than a person makes."""


class _Queue:
    __slots__ = ("lock", "turns")

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.turns = 0


class ConversationOrder:
    """First come, first served per conversation; different conversations do not wait for each other.

    Holds memory only for conversations with a turn running or waiting.
    """

    def __init__(self, max_waiting: int = MAX_WAITING) -> None:
        self._max_turns = max_waiting + 1
        self._queues: dict[str, _Queue] = {}

    def __len__(self) -> int:
        return len(self._queues)

    @asynccontextmanager
    async def turn(self, conversation_id: str) -> AsyncIterator[None]:
        """Waits for the conversation's turn. Errors: TooManyTurns."""
        queue = self._queues.setdefault(conversation_id, _Queue())
        if queue.turns >= self._max_turns:
            raise TooManyTurns
        queue.turns += 1
        try:
            async with queue.lock:
                yield
        finally:
            queue.turns -= 1
            if not queue.turns:
                del self._queues[conversation_id]
