"""Whom the bot reaches in the regional offices: looked at after the start and then once a day, and told aloud.

A request that goes to an office where nobody can be told waits for its last day, and no single delivery looks wrong:
an expert becomes known by being configured or by writing to the bot, and is reached where they have the app.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot.core.actors.ports import KnownExperts
from bot.core.errors import OutsideError
from bot.core.people.regions import REGIONS

log = logging.getLogger(__name__)

AGAIN_SECONDS, SOON_SECONDS = 24 * 3600.0, 600.0

UNREACHED = (
    "no expert of %d regional offices can be told of requests: %s. Ask them to open the bot in Teams, or name them in"
    " REGIONAL_OFFICES"
)


class Offices:
    """`has_the_app` says of a person's object id whether they can be spoken to."""

    def __init__(self, experts: KnownExperts, has_the_app: Callable[[str], Awaitable[bool]]) -> None:
        self._experts = experts
        self._has_the_app = has_the_app
        self.unreached: int | None = None
        """For the health page: of how many regions nobody can be told. None: not known yet."""

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            asked = await self.look()
            await asyncio.sleep(AGAIN_SECONDS if asked else SOON_SECONDS)

    async def look(self) -> bool:
        """Whether it could be asked. A failure leaves what is known."""
        try:
            unreached = [region for region in REGIONS if not await self._reached(region)]
        except OutsideError as error:
            log.warning("whom the bot reaches in the regional offices could not be asked: %s", error)
            return False
        if unreached:
            log.warning(UNREACHED, len(unreached), ", ".join(unreached))
        self.unreached = len(unreached)
        return True

    async def _reached(self, region: str) -> bool:
        for person in await self._experts.experts(region):
            if await self._has_the_app(person):
                return True
        return False
