"""Whom the bot reaches in the regional offices that the settings name: looked at an hour after the start, then once a
day, and told aloud.

A request that goes to an office where nobody can be told waits for its last day, and no single delivery looks wrong:
an expert becomes known by being configured or by writing to the bot, and is reached where they have the app. Offices
that nobody named may take no part (a pilot is of one region): the doctor counts them, and the cards of a request that
goes there say so.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection

from bot.core.actors.ports import KnownExperts
from bot.core.errors import OutsideError

log = logging.getLogger(__name__)

FIRST_SECONDS, AGAIN_SECONDS, SOON_SECONDS = 3600.0, 24 * 3600.0, 600.0
"""On the first day nobody has opened the bot at its start yet."""

UNREACHED = (
    "no expert of %d regional offices can be told of requests: %s. Ask them to open the bot in Teams, or name others"
    " in REGIONAL_OFFICES"
)


class Offices:
    """`regions`: those named. `has_the_app` says of a person's object id whether they can be spoken to."""

    def __init__(
        self, regions: Collection[str], experts: KnownExperts, has_the_app: Callable[[str], Awaitable[bool]]
    ) -> None:
        self._regions = sorted(set(regions))
        self._experts = experts
        self._has_the_app = has_the_app
        self.unreached: int | None = None
        """For the health page: of how many of the regions nobody can be told. None: not known yet."""

    async def run(self) -> None:
        """Until cancelled."""
        await asyncio.sleep(FIRST_SECONDS)
        while True:
            asked = await self.look()
            await asyncio.sleep(AGAIN_SECONDS if asked else SOON_SECONDS)

    async def look(self) -> bool:
        """Whether it could be asked. A failure leaves what is known."""
        try:
            unreached = [region for region in self._regions if not await self._reached(region)]
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
