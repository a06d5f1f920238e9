"""One person's chat with the bot during a measurement. Buttons are found by their verb."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from benchmarks.activities import JSON, Speaker
from benchmarks.channel import Channel


class Talk:
    """What one person types and presses."""

    def __init__(self, channel: Channel, bot: str, speaker: Speaker) -> None:
        self._channel = channel
        self._bot = bot
        self._speaker = speaker
        self._conversation = f"a:{speaker.object_id}"

    async def says(self, word: str, verb: str) -> Mapping[str, Any]:
        """The first card with a button of this verb; notices of earlier things may arrive in between."""
        body = self._speaker.said(self._conversation, self._channel.number(), word)
        await self._channel.post(self._bot, body, JSON)
        while True:
            card: Mapping[str, Any] = (await self._channel.reply(self._conversation))["attachments"][0]["content"]
            if any(part.get("verb") == verb for part in parts(card)):
                return card

    async def presses(self, card: Mapping[str, Any], verb: str, **inputs: str) -> Mapping[str, Any]:
        """The answer to the first button of this verb. Errors: RuntimeError when there is none."""
        action = next((part for part in parts(card) if part.get("verb") == verb), None)
        if action is None:
            raise RuntimeError(f"no button {verb} on {json.dumps(card, ensure_ascii=False)[:600]}")
        pressed = {**action, "data": {**action["data"], **inputs}}
        body = self._speaker.pressed(self._conversation, self._channel.number(), pressed)
        answer = await self._channel.post(self._bot, body, JSON)
        value: Mapping[str, Any] = answer["value"]
        return value


def parts(value: Any) -> Iterator[dict[str, Any]]:
    """Every object of a card."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from parts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from parts(inner)
