"""How many requests to Graph one intent costs, counted by the pretend Graph itself."""

import json
import ssl
import urllib.request
from collections.abc import Mapping
from typing import Any

from benchmarks.contenders import OurBot


async def measure(bot: OurBot) -> dict[str, int]:
    """Intent → HTTP requests to Graph. The director's role is known from the first «помощ»."""
    conversation = "a:conversation-intents"
    help_turn, lookup = bot.help_turn(1), bot.lookup_turn(1)
    counted = {}
    before = _requests(bot.stack.tenant)
    for name, turn in (
        ("first help of a director (role asked)", help_turn.turn),
        ("help, role known", help_turn.turn),
    ):
        await turn(conversation)
        counted[name], before = _requests(bot.stack.tenant) - before, _requests(bot.stack.tenant)
    await lookup.turn(conversation)
    counted["look-up by ЕГН, role known"] = _requests(bot.stack.tenant) - before
    return counted


def _requests(tenant: Mapping[str, Any]) -> int:
    trusted = ssl.create_default_context(cafile=tenant["ca_file"])
    address = f"{tenant['graph']}/_simulator/requests"
    with urllib.request.urlopen(address, context=trusted, timeout=30) as answer:  # noqa: S310 -- our own simulator
        return sum(json.load(answer)["requests"].values())
